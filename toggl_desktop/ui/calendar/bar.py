"""The line above the days: earlier, later, which days these are, and back to today."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import label, tooltip


class DaysBar(QWidget):
    """Names the days that are shown and turns to others.

    Signals:
        back_requested(): Earlier days are wanted.
        on_requested(): Later days are wanted.
        today_requested(): Today is wanted.
    """

    back_requested = Signal()
    on_requested = Signal()
    today_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", role="strong", elided=True, parent=self)
        self._back = self._button(self.tr("Earlier days"), self.tr("Page up"))
        self._on = self._button(self.tr("Later days"), self.tr("Page down"))
        self._point()
        self.today = QPushButton(self.tr("Today"), self)
        self.today.setToolTip(tooltip(self.tr("Show today (T)")))
        self.today.setAccessibleDescription(self.tr("T"))
        bar = QHBoxLayout(self)
        bar.setContentsMargins(SPACE.small, SPACE.small, SPACE.small, SPACE.hair)
        bar.setSpacing(SPACE.hair)
        bar.addWidget(self._back)
        bar.addWidget(self._on)
        bar.addSpacing(SPACE.hair)
        bar.addWidget(self.title, 1)
        bar.addWidget(self.today)
        self._back.clicked.connect(self.back_requested)
        self._on.clicked.connect(self.on_requested)
        self.today.clicked.connect(self.today_requested)

    def _button(self, words: str, key: str) -> QToolButton:
        made = QToolButton(self)
        made.setIconSize(QSize(SIZE.icon, SIZE.icon))
        made.setToolTip(tooltip(f"{words} ({key})"))
        made.setAccessibleName(words)
        made.setAccessibleDescription(key)  # or Qt would read out the tooltip's markup
        return made

    def _point(self) -> None:
        """Lets the buttons point to where the days lie that they turn to."""
        back, on = "chevron-left", "chevron-right"
        if self.isRightToLeft():
            back, on = on, back
        self._back.setIcon(icon(back, "second"))
        self._on.setIcon(icon(on, "second"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._point()

    def show_days(self, title: str, *, has_today: bool) -> None:
        """Shows which days these are."""
        self.title.setText(title)
        self.today.setEnabled(not has_today)
