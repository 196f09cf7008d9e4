"""What has to be done for a task, line by line."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.checklist import Line, added, moved, removed, renamed, ticked
from toggl_desktop.ui.plan.editor.edit import Edit
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE

_MOVES: Final[dict[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LineField(EnterField):
    """A line's words; Alt with up and down moves the line.

    Signals:
        move_wanted(int): By so many places.
        leave_wanted(int): The keyboard is to go so many lines on.
    """

    move_wanted = Signal(object)
    leave_wanted = Signal(object)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _MOVES.get(event.key())
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(by)
        elif by is not None and not event.modifiers():
            self.leave_wanted.emit(by)
        else:
            super().keyPressEvent(event)


class _Row(QWidget):
    """One line: done, words, away with it."""

    def __init__(self, line: Line, parent: "Checklist") -> None:
        super().__init__(parent)
        self.lid, words, is_done = line
        self.done = QCheckBox(self)
        self.done.setChecked(is_done)
        self.done.setAccessibleName(self.tr("Done: {words}").format(words=words))
        self.words = LineField(self.tr("Checklist line"), self, is_bare=True)
        self.words.setToolTip(self.tr("Alt with up and down moves it"))
        self.words.show_text(words)
        self.drop = QToolButton(self)
        self.drop.setIcon(icon("close", "second"))
        self.drop.setAccessibleName(self.tr("Delete: {words}").format(words=words))
        self.drop.setToolTip(self.tr("Delete this line"))
        line_up = QHBoxLayout(self)
        line_up.setContentsMargins(0, 0, 0, 0)
        line_up.setSpacing(SPACE.hair)
        line_up.addWidget(self.done)
        line_up.addWidget(self.words, 1)
        line_up.addWidget(self.drop)
        self.done.clicked.connect(parent.tick)
        self.words.entered.connect(parent.rename)
        self.words.move_wanted.connect(parent.move_line)
        self.words.leave_wanted.connect(parent.walk)
        self.drop.clicked.connect(parent.remove)


class Checklist(QWidget):
    """All lines, and a field for the next one.

    Signals:
        edited(Edit): The lines are to be others.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._rows: list[_Row] = []
        self.more = EnterField(self.tr("Add a line to the checklist"), self, is_bare=True)
        self.more.setPlaceholderText(self.tr("Add a line…"))
        mark(self.more, kind="bare")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.more)
        self.setFocusProxy(self.more)
        self.more.entered.connect(self._on_more_entered)

    @property
    def rows(self) -> tuple[_Row, ...]:
        """The lines' widgets, in order."""
        return tuple(self._rows)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Shows lines; a field that is being typed in keeps its text."""
        if lines == self._lines:
            return
        self._lines = lines
        typed = next((r for r in self._rows if r.words.hasFocus()), None)
        lid = None if typed is None else typed.lid
        for row in self._rows:
            self._whole.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(line, self) for line in lines]
        for place, row in enumerate(self._rows):
            self._whole.insertWidget(place, row)
            if row.lid == lid:
                row.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _row_of(self, part: object) -> str:
        found = part.parent() if isinstance(part, QWidget) else None
        return found.lid if isinstance(found, _Row) else ""

    def _edit(self, lines: tuple[Line, ...]) -> None:
        if lines != self._lines:
            self.edited.emit(Edit.of(checklist=lines))

    def tick(self) -> None:
        """Turns the line of the sender done, or not."""
        self._edit(ticked(self._lines, self._row_of(self.sender())))

    def rename(self, entered: Entered) -> None:
        """Gives the line of the sender other words; none delete it."""
        lid = self._row_of(self.sender())
        text = entered.text.strip()
        self._edit(renamed(self._lines, lid, text) if text else removed(self._lines, lid))

    def move_line(self, by: int) -> None:
        """Moves the line of the sender."""
        self._edit(moved(self._lines, self._row_of(self.sender()), by))

    def remove(self) -> None:
        """Deletes the line of the sender."""
        self._edit(removed(self._lines, self._row_of(self.sender())))
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, by: int) -> None:
        """Gives the keyboard to another line, or to the field for the next."""
        lids = [row.lid for row in self._rows]
        lid = self._row_of(self.sender())
        there = lids.index(lid) + by if lid in lids else len(lids) - 1
        if 0 <= there < len(self._rows):
            self._rows[there].words.setFocus(Qt.FocusReason.OtherFocusReason)
        elif there >= len(self._rows):
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more_entered(self, entered: Entered) -> None:
        self.more.show_text("")
        self._edit(added(self._lines, entered.text))
