"""Undo and redo: the journal read backwards, for the timer, the entries and all the rest alike."""

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import KINDS, Entity
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.store import journal, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.write import Transaction


def undo(store: Store, now: Reading) -> ChangeSet:
    """Takes back the latest step, whoever of this profile's processes made it.

    A field that something else changed since keeps its later value; the change's notice says so.

    Raises:
        NothingToDoError: There is nothing to undo.
        RefusedError: Two entries would run.
    """
    with store.transaction("Undo", now.wall, role="undo") as tx:
        step = journal.undoable(tx.source)
        if step is None:
            raise NothingToDoError("There is nothing to undo.")
        tx.step.name, tx.step.target = f"Undo: {step.name}", step.seq
        tx.keep_even_if_empty = True
        _turn_back(tx, journal.changes_of(tx.source, step.seq))
    return tx.result


def redo(store: Store, now: Reading) -> ChangeSet:
    """Does the step again that was undone last.

    Raises:
        NothingToDoError: Nothing was undone, or something new was done since.
    """
    with store.transaction("Redo", now.wall, role="redo") as tx:
        step = journal.redoable(tx.source)
        if step is None:
            raise NothingToDoError("There is nothing to redo.")
        tx.step.name, tx.step.target = f"Redo: {step.name}", step.seq
        tx.keep_even_if_empty = True
        _turn_forward(tx, journal.changes_of(tx.source, step.seq))
    return tx.result


def _present(tx: Transaction, change: journal.ChangeRow) -> Entity | None:
    return tables.get(tx.source, KINDS[change.kind], change.lid)


def _turn_back(tx: Transaction, changes: list[journal.ChangeRow]) -> None:
    kept_later = False
    for change in changes:
        present = _present(tx, change)
        if present is None:
            continue
        values = tables.plain(present)
        before = {"deleted": True} if change.before is None else change.before
        for name, old in before.items():
            if change.before is None or values[name] == change.after[name]:
                values[name] = old
            else:
                kept_later = True
        tx.save(tables.revived(change.kind, values))
    if kept_later:
        tx.step.notice = "What was changed elsewhere since then was kept as it is."


def _turn_forward(tx: Transaction, changes: list[journal.ChangeRow]) -> None:
    kept_later = False
    for change in changes:
        present = _present(tx, change)
        if present is None:
            continue
        values = tables.plain(present)
        if change.before is None:
            values["deleted"] = change.after["deleted"]
        else:
            for name, old in change.before.items():
                if values[name] == old:
                    values[name] = change.after[name]
                else:
                    kept_later = True
        tx.save(tables.revived(change.kind, values))
    if kept_later:
        tx.step.notice = "What was changed elsewhere since then was kept as it is."
