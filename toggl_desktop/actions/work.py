"""What takes long, as a value: whoever has a thread and a store for it does it there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from toggl_desktop.actions import history
from toggl_desktop.actions.perform import Outcome, Redo, Undo
from toggl_desktop.actions.plan import taking
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.plan.commands import ImportPlanFile
from toggl_desktop.domain.stopping import go_on
from toggl_desktop.store.database import Store

Work = Callable[[Store], Any]
"""Is given a store of its own, and lets its `pulse` stop it."""


def looking(what: Path | ImportPlanFile) -> Work:
    """Returns the look at a file (`taking.Look`), which is read first if it was not yet."""

    def work(store: Store) -> taking.Look:
        command = taking.opened(what) if isinstance(what, Path) else what
        return taking.look(store.source, command, store.pulse or go_on)

    return work


def turning(command: Undo | Redo, now: Reading) -> Work:
    """Returns the undo or the redo of the latest step."""
    turn = history.undo if isinstance(command, Undo) else history.redo

    def work(store: Store) -> Outcome:
        return Outcome(turn(store, now))

    return work


def bringing(command: ImportPlanFile, seen: taking.Look, now: Reading) -> Work:
    """Returns the import of a file that was looked at."""

    def work(store: Store) -> Outcome:
        return Outcome(taking.take(store, command, now, seen))

    return work
