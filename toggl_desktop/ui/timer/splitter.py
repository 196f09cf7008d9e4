"""Cuts an entry in two, in its own row: one field for the cut, and what becomes of it beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain import words
from toggl_desktop.domain.commands import SplitEntry
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer import typed
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.fields import TextField
from toggl_desktop.ui.widgets.text import label


class Splitter(QFrame):
    """Asks where to cut, the middle unless told otherwise.

    Signals:
        closed(): Cut or dropped.
        resized(): It needs another height.
    """

    closed = Signal()
    resized = Signal()

    def __init__(self, kit: Kit, row: EntryRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._row = row
        self._stop = kit.wording.now() if row.stop is None else row.stop
        self._middle = (row.start + self._stop) // 120 * 60
        mark(self, kind="card")
        self._build_children()
        self.at.show_text(kit.wording.time(self._middle))
        self._show_parts()

    def _build_children(self) -> None:
        self.title = label(
            self.tr("Split “{name}” at").format(
                name=self._kit.wording.title(self._row.description)
            ),
            elided=True,
            parent=self,
        )
        self.at = TextField(self.tr("Split at"), self)
        self.at.setMaximumWidth(5 * SPACE.wide)
        self.split_button = QPushButton(self.tr("Split"), self)
        mark(self.split_button, kind="primary")
        self.drop_button = QToolButton(self)
        self.drop_button.setIcon(icon("close", "second"))
        self.drop_button.setAccessibleName(self.tr("Close without splitting"))
        self.note = label(role="caption", wraps=True, parent=self)
        self.note.setMinimumHeight(self._kit.context.theme.font(SIZE.caption).pixelSize())
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.title, 1)
        line.addWidget(self.at)
        line.addWidget(self.split_button)
        line.addWidget(self.drop_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(line)
        whole.addWidget(self.note)
        self.at.returnPressed.connect(self.save)
        self.at.dropped.connect(self.drop)
        self.at.textEdited.connect(self._show_parts)
        self.split_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.drop)

    @property
    def lid(self) -> str | None:
        """The entry's local id."""
        return self._row.lid

    @property
    def is_dirty(self) -> bool:
        """Whether another cut was typed."""
        return self.at.is_edited

    def take_keyboard(self) -> None:
        """Puts the keyboard into the field."""
        self.at.setFocus(Qt.FocusReason.OtherFocusReason)
        self.at.selectAll()

    def show_elsewhere(self, row: EntryRow | None) -> None:
        """Shows that the entry was changed, or deleted, by somebody else meanwhile."""
        if row is None:
            self._say(self.tr("This entry was deleted elsewhere."), is_problem=True)
        elif row != self._row:
            self._row = row
            self._stop = self._kit.wording.now() if row.stop is None else row.stop
            self._show_parts()

    def drop(self) -> None:
        """Closes without cutting."""
        self.closed.emit()

    def save(self) -> bool:
        """Cuts and closes; or says why not."""
        try:
            at = self._cut()
        except KnownError as error:
            self._say(error.sentence, is_problem=True)
            return False
        error_ = self._kit.performer.attempt(SplitEntry(EntryId(self._row.lid), at))
        if error_ is not None:
            self._say(error_.sentence, is_problem=True)
            return False
        self.drop()
        return True

    def _cut(self) -> int:
        """Returns the moment that is typed: the first one after the entry's start."""
        if not self.at.is_edited:
            return self._middle
        now, zone = self._kit.wording.now(), self._kit.wording.zone
        return typed.stop(self.at.text(), self._row.start, self._middle, now, zone)

    def _show_parts(self) -> None:
        try:
            at = self._cut()
        except KnownError:
            self._say(self.tr("Write a time between start and stop."))
            return
        wording, low, high = self._kit.wording, self._row.start, self._stop
        if not low < at < high:
            self._say(self.tr("Write a time between start and stop."))
            return
        self._say(
            self.tr("{first}, {one} and {second}, {two}").format(
                first=wording.span(low, at),
                one=words.clock(at - low),
                second=wording.span(at, high),
                two=words.clock(high - at),
            )
        )

    def _say(self, sentence: str, *, is_problem: bool = False) -> None:
        mark(self.note, tone="problem" if is_problem else "second")
        self.note.setText(sentence)
        self.at.show_invalid(is_problem)
        self.resized.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            return
        super().keyPressEvent(event)
