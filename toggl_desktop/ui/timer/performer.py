"""From what a person wants to what became of it: every command of the window goes through here."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.commands import AddProject, AddTag
from toggl_desktop.domain.errors import KnownError, RefusedError
from toggl_desktop.domain.ids import ProjectId, TagId
from toggl_desktop.store.read import catalog
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

    def do(self, command: object) -> bool:
        """Does a command; the window says what became of it, good or bad."""
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

    def refuse(self, command: object | None, error: KnownError) -> None:
        """Lets the window say why nothing was done."""
        self.refused.emit(Refusal(command, error))

    def project(self, wish: ProjectWish) -> ProjectId | None:
        """Returns the project that a field asks for, made now if it is a new one.

        Raises:
            KnownError: Nobody knows it, or it cannot be made.
        """
        if wish.unknown:
            raise RefusedError(
                self.tr(
                    "There is no project “{name}” yet. Choose “Create “{name}”” in the list, "
                    "or another project. Nothing was changed."
                ).format(name=wish.unknown)
            )
        if wish.new_name:
            return ProjectId(self._made("project", AddProject(wish.new_name)))
        return None if wish.lid is None else ProjectId(wish.lid)

    def tags(self, names: tuple[str, ...]) -> tuple[TagId, ...]:
        """Returns the tags of these names; those that are missing are made now.

        Raises:
            KnownError: One cannot be made.
        """
        found = []
        for name in names:
            known = catalog.named(self._context.source, "tag", name)
            found.append(known[0][0] if known else self._made("tag", AddTag(name)))
        return tuple(TagId(lid) for lid in dict.fromkeys(found))

    def _made(self, kind: str, command: object) -> str:
        outcome = self._context.perform(command)
        if outcome.error is not None:
            raise outcome.error
        assert outcome.changes is not None
        (lid,) = outcome.changes.ids(kind)
        return lid

    def _tell_done(self, done: Done) -> None:
        self.done.emit(done)


@dataclass(frozen=True, slots=True)
class Kit:
    """What the parts of the window share."""

    context: Context
    performer: Performer
    wording: Wording
