"""The button above the names: it leads to what the lanes are, people or segments."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import tooltip

_LEAST: Final = 120
"""A narrower column of names has room for the picture only."""


class Corner(QToolButton):
    """Stands in the corner of the timeline that nothing else needs.

    Signals:
        people_wanted(): People and groups are wanted.
        segments_wanted(): Segments of the project are wanted.
    """

    people_wanted = Signal()
    segments_wanted = Signal()

    def __init__(self, column: QWidget) -> None:
        super().__init__(column)
        self._column = column
        self._is_team = True
        self.setIcon(icon("plus", "second"))
        self.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._on_clicked)
        column.installEventFilter(self)
        self.show_lanes(is_team=True)

    def show_lanes(self, *, is_team: bool) -> None:
        """Leads to people, or to segments."""
        self._is_team = is_team
        words = self.tr("People") if is_team else self.tr("Segments")
        hint = self.tr("People and groups (Ctrl+P)")
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(tooltip(hint if is_team else self.tr("Segments and tags (Ctrl+G)")))
        self._place()

    def _place(self) -> None:
        style = Qt.ToolButtonStyle
        has_room = self._column.width() >= _LEAST
        mark(self, kind="labelled" if has_room else "")
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if has_room else style.ToolButtonIconOnly
        )
        room = self._column.width() - 2 * SPACE.hair
        self.setGeometry(SPACE.hair, SPACE.hair + 2, min(self.sizeHint().width(), room), 28)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _on_clicked(self) -> None:
        (self.people_wanted if self._is_team else self.segments_wanted).emit()
