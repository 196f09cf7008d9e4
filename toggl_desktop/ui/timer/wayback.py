"""Undo and redo of a very large step: beside the window, which says so and can stop it."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.actions.work import turning
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.stopping import StoppedError
from toggl_desktop.store import journal
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.performer import Performer
from toggl_desktop.ui.widgets.aside import Aside
from toggl_desktop.ui.widgets.working import Ended

MUCH: Final = 500
"""Rows: from here on a step is worth a thread and a store of its own."""


class WayBack(QObject):
    """Turns large steps back and forth for one window."""

    def __init__(self, context: Context, performer: Performer, parent: QWidget) -> None:
        """Takes whom to tell what became of it, and a part of the window that is to wait."""
        super().__init__(parent)
        self._context, self._performer, self._part = context, performer, parent
        self._command: Undo | Redo = Undo()
        self.aside: Aside | None = None

    def take(self, command: Undo | Redo) -> bool:
        """Turns the step if it is a large one; tells whether it saw to it."""
        if self.aside is not None:
            return True  # one at a time; the card is there, or about to go
        beside = self._context.beside
        name = None if beside is None else self._large(command)
        if beside is None or name is None:
            return False
        is_undo = isinstance(command, Undo)
        title = self.tr("Undo") if is_undo else self.tr("Redo")
        words = self.tr("Undoing “{step}”…") if is_undo else self.tr("Doing “{step}” again…")
        self._command = command
        self.aside = Aside(title, words.format(step=one_line(name, 120)), self._part.window())
        self.aside.ended.connect(self._on_aside_ended)
        self.aside.begin(beside(turning(command, self._context.clock.now())))
        return True

    def _large(self, command: Undo | Redo) -> str | None:
        """Returns the name of the step that would be turned, if it has many rows."""
        source = self._context.source
        find = journal.undoable if isinstance(command, Undo) else journal.redoable
        try:
            step = find(source)
            is_large = step is not None and journal.size(source, step.seq) >= MUCH
        except KnownError:
            return None  # who does it says why it cannot be done
        return step.name if step is not None and is_large else None

    def _on_aside_ended(self, how: Ended) -> None:
        if self.aside is not None:
            self.aside.deleteLater()
            self.aside = None
        error = StoppedError() if how.error is None and how.value is None else how.error
        if isinstance(error, KnownError):
            self._performer.refuse(self._command, error)
        else:
            self._performer.hear(self._command, how.value)
