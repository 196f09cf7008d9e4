"""One door for every command: what a view asks for finds its action here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from toggl_desktop.actions import catalog, entries, history, home, line, sample, timer
from toggl_desktop.domain import commands
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the latest step."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again what was undone last."""


Action = Callable[..., ChangeSet]

LOADED_LATE = (
    "toggl_desktop.store.lock",
    "toggl_desktop.store.ballast",
    "toggl_desktop.store.write",
    "toggl_desktop.store.writing",
    "toggl_desktop.actions.plan.planning",
    "toggl_desktop.actions.plan.things",
    "toggl_desktop.actions.plan.moving",
    "toggl_desktop.actions.plan.registry",
    "toggl_desktop.actions.plan.turning",
)
"""What the first command of a run about the plan loads: who has time before it may load it."""

_WITH_ZONE: dict[type, Action] = {
    commands.StartTimer: timer.start,
    commands.EnterLine: line.enter,
    commands.ContinueEntry: timer.continue_entry,
    commands.AddEntry: entries.add,
    commands.LoadSample: sample.load,
}
_PLAIN: dict[type, Action] = {
    commands.RemoveSample: sample.remove,
    commands.StopTimer: timer.stop,
    commands.UnstopEntry: timer.unstop,
    commands.EditEntries: entries.edit,
    commands.SplitEntry: entries.split,
    commands.MergeEntries: entries.merge,
    commands.DuplicateEntries: entries.duplicate,
    commands.DeleteEntries: entries.delete,
    commands.AddProject: catalog.add,
    commands.AddClient: catalog.add,
    commands.AddTag: catalog.add,
    commands.AddTask: catalog.add,
    commands.EditProject: catalog.edit,
    commands.EditClient: catalog.edit,
    commands.EditTag: catalog.edit,
    commands.EditTask: catalog.edit,
    commands.EditWorkspace: catalog.edit,
    commands.ChooseHome: home.choose,
    commands.DeleteThing: catalog.delete,
    commands.AddFavourite: catalog.add_favourite,
    commands.MoveFavourite: catalog.move_favourite,
}


def _action(command: type) -> Action:
    """Returns what does a command; the plan's actions are loaded when one of them is asked for."""
    if found := _PLAIN.get(command):
        return found
    from toggl_desktop.actions.plan.registry import ACTIONS

    return ACTIONS[command]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: what it touched, or why it was refused; never both."""

    changes: ChangeSet | None = None
    error: KnownError | None = None


def perform(store: Store, command: Any, now: Reading, zone: str = "") -> Outcome:  # noqa: ANN401
    """Does what a command says and returns the outcome; known failures come back as a value."""
    try:
        if isinstance(command, Undo):
            return Outcome(history.undo(store, now))
        if isinstance(command, Redo):
            return Outcome(history.redo(store, now))
        if action := _WITH_ZONE.get(type(command)):
            return Outcome(action(store, command, now, zone))
        return Outcome(_action(type(command))(store, command, now))
    except KnownError as error:
        return Outcome(error=error)
