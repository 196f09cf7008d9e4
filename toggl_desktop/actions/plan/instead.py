"""Steps taken back and another done in their place: what somebody meant by what they did."""

from dataclasses import dataclass

from toggl_desktop.actions import history
from toggl_desktop.actions.plan import moving, tasks
from toggl_desktop.domain.changes import ChangeSet, merged
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import KnownError, RefusedError
from toggl_desktop.domain.plan.commands import (
    DeletePlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)
from toggl_desktop.store import journal
from toggl_desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class Instead:
    """Take back steps and do a command in their place: somebody meant more, or less, by them.

    Attributes:
        steps: Their numbers in the journal, oldest first; nothing else may have been done since.
        command: What is to be done instead.
    """

    steps: tuple[int, ...]
    command: MovePlanTasks | EditPlanTasks | DeletePlanTasks


def instead(store: Store, command: Instead, now: Reading) -> ChangeSet:
    """Does a command as if some steps had not been; undo then goes back before all of them.

    Raises:
        RefusedError: Something else was done since, or the command is refused; the steps stay.
    """
    taken: list[ChangeSet] = []
    try:
        for seq in reversed(command.steps):
            _refuse_late(store, seq)
            taken.append(history.undo(store, now))
        return merged([*taken, _do(store, command.command, now)])
    except KnownError:
        for _ in taken:
            history.redo(store, now)
        raise


def _refuse_late(store: Store, seq: int) -> None:
    step = journal.undoable(store.source)
    if step is None or step.seq != seq:
        raise RefusedError(
            "Something else was done since. Nothing was changed; do it again for the others."
        )


def _do(
    store: Store, command: MovePlanTasks | EditPlanTasks | DeletePlanTasks, now: Reading
) -> ChangeSet:
    if isinstance(command, MovePlanTasks):
        return moving.move(store, command, now)
    if isinstance(command, EditPlanTasks):
        return tasks.edit(store, command, now)
    return tasks.delete(store, command, now)
