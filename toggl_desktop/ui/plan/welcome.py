"""What an empty plan shows: one sentence, and two ways to begin."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

_WIDTH = 420


class Card(QFrame):
    """Stands in the middle of a timeline that has nothing to show."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        mark(self, kind="card")
        self.setFixedWidth(_WIDTH)
        room.installEventFilter(self)
        self.hide()

    def show_in_place(self, *, is_wanted: bool) -> None:
        """Shows or hides it; the keyboard goes on where it stood."""
        held, view = QApplication.focusWidget(), self._room.parentWidget()
        if not is_wanted and held is not None and view is not None and self.isAncestorOf(held):
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(is_wanted)
        if is_wanted:
            self._place()
            self.raise_()

    def _place(self) -> None:
        self.adjustSize()
        room = self._room.rect()
        self.move(
            max(0, (room.width() - self.width()) // 2),
            max(SPACE.huge, (room.height() - self.height()) // 3),
        )

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        """Scrolling a viewport takes its children along; this one stays where it is read."""
        super().moveEvent(event)
        if not self.isHidden():
            self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False


class Welcome(Card):
    """A card in the middle of an empty timeline.

    Signals:
        first_wanted(): The first task is to be made, in place.
        sample_wanted(): The sample plan is to be loaded.
    """

    first_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        title = label(self.tr("Nothing is planned yet"), role="emphasis", parent=self)
        words = label(
            self.tr(
                "Drag along a lane to plan a task. Its edges change its days, "
                "another lane gives it to somebody else, and undo takes anything back."
            ),
            wraps=True,
            tone="second",
            parent=self,
        )
        self.first = QPushButton(self.tr("Plan the first task"), self)
        mark(self.first, kind="primary")
        self.sample = QPushButton(self.tr("Try a sample plan"), self)
        self.sample.setToolTip(self.tr("One line in the menu takes it away again"))
        self.first.clicked.connect(self._on_first_clicked)
        self.sample.clicked.connect(self._on_sample_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        buttons.addWidget(self.first)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.wide)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(words)
        whole.addLayout(buttons)

    def _on_first_clicked(self) -> None:
        self.first_wanted.emit()

    def _on_sample_clicked(self) -> None:
        self.sample_wanted.emit()


class NoMatch(Card):
    """What a timeline shows of which nothing passes the filter.

    Signals:
        all_wanted(): Everything is to be shown again.
    """

    all_wanted = Signal()

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        words = label(tone="second", wraps=True, parent=self)
        words.setText(self.tr("Nothing that has days matches the filter."))
        self.all = QPushButton(self.tr("Show everything"), self)
        self.all.clicked.connect(self._on_all_clicked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        whole.setSpacing(SPACE.medium)
        whole.addWidget(words)
        whole.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_all_clicked(self) -> None:
        self.all_wanted.emit()
