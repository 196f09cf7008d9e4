"""From what a person wants to what became of it: every command of the window goes through here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from toggl_desktop.actions.perform import Outcome, Redo, Undo
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError, RefusedError
from toggl_desktop.domain.ids import ProjectId
from toggl_desktop.store.read import suggest
from toggl_desktop.store.read.suggest import Suggestion
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.wording import Wording
from toggl_desktop.ui.widgets.completion import ProjectWish


@dataclass(frozen=True, slots=True)
class Done:
    """A command and what it touched."""

    command: object
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command and why nothing came of it; None where it never became a command."""

    command: object | None
    error: KnownError


class Performer(QObject):
    """Does commands and tells what became of them.

    Signals:
        done(Done): A command was done.
        refused(Refusal): A command was refused, and nobody but the window will say so.
    """

    done = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.takes_turn: Callable[[Undo | Redo], bool] | None = None
        """Turns a large step beside the window; tells whether it saw to it."""

    def do(self, command: object) -> bool:
        """Does a command; the window says what became of it, good or bad."""
        if isinstance(command, Undo | Redo) and self.takes_turn and self.takes_turn(command):
            return True
        error = self.attempt(command)
        if error is not None:
            self.refuse(command, error)
        return error is None

    def attempt(self, command: object) -> KnownError | None:
        """Does a command and returns why it was refused, for whoever asked to say it."""
        outcome = self._context.perform(command)
        if outcome.error is None and outcome.changes is not None:
            self._tell_done(Done(command, outcome.changes))
        return outcome.error

    def hear(self, command: object, outcome: Outcome) -> None:
        """Tells what became of a command that a part of the window did by itself."""
        if outcome.error is not None:
            self.refuse(command, outcome.error)
        elif outcome.changes is not None:
            self._tell_done(Done(command, outcome.changes))

    def refuse(self, command: object | None, error: KnownError) -> None:
        """Lets the window say why nothing was done."""
        self.refused.emit(Refusal(command, error))

    def project_of(self, wish: ProjectWish) -> dict[str, Any]:
        """Returns the fields of `EditEntries` that give an entry the project asked for.

        Raises:
            RefusedError: Nobody knows it, and nobody asked to make it.
        """
        if wish.unknown:
            raise RefusedError(
                self.tr(
                    "There is no project “{name}” yet. Choose “Create “{name}”” in the list, "
                    "or another project. Nothing was changed."
                ).format(name=wish.unknown)
            )
        if wish.new_name:
            return {"new_project": wish.new_name, "new_client": wish.new_client or None}
        return {"project": None if wish.lid is None else ProjectId(wish.lid)}

    def _tell_done(self, done: Done) -> None:
        self.done.emit(done)


@dataclass(frozen=True, slots=True)
class Kit:
    """What the parts of the window share."""

    context: Context
    performer: Performer
    wording: Wording

    def known(self) -> list[Suggestion]:
        """Reads what was tracked before. Raises StoreError."""
        return suggest.known(self.context.source)
