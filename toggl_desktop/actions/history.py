"""Undo and redo: the journal read backwards, for the timer, the entries and all the rest alike."""

from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from toggl_desktop.actions import tagging
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import (
    KINDS,
    TIMER_KINDS,
    Client,
    Entity,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
)
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.store import decided, journal, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.write import Transaction

E = TypeVar("E", bound=Entity)

_KEPT = "What was changed elsewhere since then was kept as it is."


def undo(store: Store, now: Reading) -> ChangeSet:
    """Takes back the latest step, whoever of this profile's processes made it.

    A field that something else changed since keeps its later value, and so does what the old value
    would no longer fit to (a project deleted meanwhile); the change's notice says so.

    Raises:
        NothingToDoError: There is nothing to undo.
        RefusedError: Two entries would run.
    """
    with store.transaction("Undo", now.wall, role="undo") as tx:
        step = journal.undoable(tx.source)
        if step is None:
            raise NothingToDoError("There is nothing to undo.")
        tx.step.name, tx.step.target = f"Undo: {step.name}", step.seq
        _turn(tx, journal.changes_of(tx.source, step.seq), back=True)
        decided.turn(tx, step.seq, back=True)
    return tx.result


def redo(store: Store, now: Reading) -> ChangeSet:
    """Does the step again that was undone last; what changed since is kept as in `undo`.

    Raises:
        NothingToDoError: Nothing was undone, or something new was done since.
        RefusedError: Two entries would run.
    """
    with store.transaction("Redo", now.wall, role="redo") as tx:
        step = journal.redoable(tx.source)
        if step is None:
            raise NothingToDoError("There is nothing to redo.")
        tx.step.name, tx.step.target = f"Redo: {step.name}", step.seq
        _turn(tx, journal.changes_of(tx.source, step.seq), back=False)
        decided.turn(tx, step.seq, back=False)
    return tx.result


class _Turned(NamedTuple):
    """A row as it is and as the step alone would make it."""

    present: Entity
    wanted: Entity


def _turn(tx: Transaction, changes: list[journal.ChangeRow], *, back: bool) -> None:
    """Saves the rows as the step found them, or left them; whatever is later stays."""
    tx.keep_even_if_empty = True
    kept_later = False
    turned: list[_Turned] = []
    tx.look_up((change.kind, change.lid) for change in changes)
    for change in changes:
        tx.pulse()
        present = tx.stored(KINDS[change.kind], change.lid)
        if present is None:
            continue
        values, kept = _values(change, present, back=back)
        kept_later |= kept
        turned.append(_Turned(present, tables.with_values(present, values)))
        tx.save(turned[-1].wanted)
    alone = _read_ahead(tx, turned)
    for one in turned:  # only now is it known what all the rows of the step become
        tx.pulse()
        fitting = _fitting(tx, one, is_pointed_to=one.wanted.lid not in alone)
        if fitting is not one.wanted:
            kept_later |= fitting != one.wanted
            tx.save(fitting)
    if kept_later:
        tx.step.notice = _KEPT


def _read_ahead(tx: Transaction, turned: list[_Turned]) -> frozenset[str]:
    """Reads at once what the rows of a large step name; one by one it would take much longer.

    Returns:
        Rows of which it is known then that nothing points to them.
    """
    if len(turned) < 2 or not {one.wanted.kind for one in turned} - TIMER_KINDS:
        return frozenset()
    from toggl_desktop.actions.plan import turning

    return turning.read_ahead(tx, [one.wanted for one in turned])


def _values(
    change: journal.ChangeRow, present: Entity, *, back: bool
) -> tuple[dict[str, Any], bool]:
    """Returns the values to turn back or forward, and whether a later one was kept."""
    if change.before is None:
        return {"deleted": True if back else change.after["deleted"]}, False
    wanted = dict[str, Any]()
    kept_later = False
    for name, old in change.before.items():
        left = change.after[name]
        expected, target = (left, old) if back else (old, left)
        is_now = tables.plain_value(present, name)
        if is_now == expected:
            wanted[name] = target
        elif is_now != target:
            kept_later = True
    return wanted, kept_later


# What a row owes to the others -------------------------------------------------------------

_POINTERS: dict[str, tuple[tuple[type[Entity], str], ...]] = {
    "client": ((Project, "client"),),
    "project": ((Entry, "project"), (Task, "project"), (Favourite, "project")),
    "task": ((Entry, "task"), (Favourite, "task")),
    "tag": ((Entry, "tags"), (Favourite, "tags")),
}


def _fitting(tx: Transaction, one: _Turned, *, is_pointed_to: bool) -> Entity:
    """Returns the wanted row, with the present values where the wanted ones do not fit any more."""
    present, wanted = one
    if wanted.deleted:
        is_needed = not present.deleted and is_pointed_to and _is_in_use(tx, wanted)
        return replace(wanted, deleted=False) if is_needed else wanted
    if isinstance(wanted, Entry) and isinstance(present, Entry):
        if wanted.stop is not None and wanted.stop < wanted.start:
            wanted = replace(wanted, start=present.start, stop=present.stop)
        wanted = _at_home(tx, wanted, present)
    elif isinstance(wanted, Project) and not _lives(tx, Client, wanted.client):
        wanted = replace(wanted, client=None)
    elif isinstance(wanted, Favourite):
        wanted = _favourite(tx, wanted)
    elif isinstance(wanted, Task) and not _lives(tx, Project, wanted.project):
        wanted = replace(wanted, deleted=True)
    elif wanted.kind not in TIMER_KINDS:
        from toggl_desktop.actions.plan import turning

        wanted = turning.fitting(tx, present, wanted)
    return wanted


def _at_home(tx: Transaction, wanted: Entry, present: Entry) -> Entry:
    """Returns the entry with a project, task and tags that are there and belong together."""
    for entry in (wanted, present):
        task = tx.find(Task, entry.task)
        project = tx.find(Project, entry.project)
        is_whole = (entry.task is None) == (task is None)
        is_whole &= (entry.project is None) == (project is None)
        is_whole &= task is None or task.project == entry.project
        if is_whole:
            wanted = replace(
                wanted,
                project=entry.project,
                task=entry.task,
                workspace=entry.workspace if project is None else project.workspace,
            )
            break
    else:
        wanted = replace(wanted, project=None, task=None)
    wanted = replace(wanted, tags=tuple(t for t in wanted.tags if _lives(tx, Tag, t)))
    return tagging.at_home(tx, wanted)


def _favourite(tx: Transaction, wanted: Favourite) -> Favourite:
    project = wanted.project if _lives(tx, Project, wanted.project) else None
    task = tx.find(Task, wanted.task)
    return replace(
        wanted,
        project=project,
        task=task.lid if task is not None and task.project == project else None,
        tags=tuple(t for t in wanted.tags if _lives(tx, Tag, t)),
    )


def _lives(tx: Transaction, cls: type[Entity], lid: str | None) -> bool:
    """Tells whether what is pointed to is there; nothing pointed to is fine too."""
    return lid is None or tx.find(cls, lid) is not None


def _is_in_use(tx: Transaction, gone: Entity) -> bool:
    """Tells whether something that stays points to a row that is to go."""
    for cls, field in _POINTERS.get(gone.kind, ()):
        is_field = "instr(tags, ?)" if field == "tags" else f"{field} = ?"  # sql: names only
        for lid in tables.lids(tx.source, cls, f"WHERE deleted = 0 AND {is_field}", (gone.lid,)):
            now = tx.find(cls, lid)
            pointed = None if now is None else getattr(now, field)
            if pointed == gone.lid or (isinstance(pointed, tuple) and gone.lid in pointed):
                return True
    if gone.kind == Project.kind or gone.kind not in TIMER_KINDS:
        from toggl_desktop.actions.plan import turning

        return turning.is_in_use(tx, gone)
    return False
