"""Entries that a person takes to Toggl in a file, because sending them one by one takes long (R47).

From the moment they are in the file they are not sent: each is a create that has left and whose
answer is awaited, so a read that shows it adopts it (R15). When the person says that the file was
imported, or that it will not be, what is not found then is sent as ever; nothing is doubled.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import attempts, bindings, progress
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ties import Ties

HANDED: Final = "handed"
"""In the payload of an attempt: the entry left in a file, and nobody said yet what became of it."""

IMPORTED: Final = "imported"
"""In its place, when somebody said so, or that nothing will: it is looked for, and else sent."""

KIND: Final = "time_entry"


def is_handed(tried: Attempt) -> bool:
    """Tells whether an entry is in a file that a person has in hand."""
    return HANDED in tried.payload


def candidates(source: Source) -> tuple[str | None, list[str]]:
    """Returns the workspace where most waits, and what waits there and was never sent.

    Only what is over, and what needs no plan: a task, or being billable, is for a paid one.
    """
    tried = {one.lid for one in attempts.outstanding(source, TRACK)}
    found: dict[str, list[str]] = {}
    for bound in bindings.waiting(source, TRACK):
        is_new = bound.kind == KIND and bound.rid is None and bound.hold is None
        if not is_new or bound.lid in tried:
            continue
        row = source.row(
            "SELECT workspace FROM time_entry WHERE lid = ? AND deleted = 0 AND stop > start "
            "AND task IS NULL AND billable = 0",
            (bound.lid,),
        )
        if row is not None:
            found.setdefault(row[0], []).append(bound.lid)
    if not found:
        return None, []
    home = max(found, key=lambda space: len(found[space]))
    return home, found[home]


def hand_out(store: Store, lids: Iterable[str], now: int) -> list[str]:
    """Keeps these entries from being sent; returns those that were not sent meanwhile."""
    held: list[str] = []
    with store.transaction("Save entries for an import in Toggl", now) as tx:
        ties = Ties(tx.source)
        seen = progress.cursor(tx.source, TRACK, KIND).max_rid
        for lid in lids:
            bound = bindings.get(tx.source, TRACK, KIND, lid)
            one = tx.stored(Entry, lid)
            is_on_its_way = attempts.get(tx.source, TRACK, KIND, lid) is not None
            if one is None or bound is None or bound.rid is not None or is_on_its_way:
                continue
            payload: dict[str, Any] = {**ties.out(one), "joined": True, HANDED: now}
            tx.also.append(attempts.put(Attempt(TRACK, KIND, lid, "create", payload, None, seen)))
            held.append(lid)
    return held


def take_back(store: Store, now: int) -> int:
    """The file was imported, or will not be: what is not found by a read from now on is sent.

    Returns of how many entries.
    """
    with store.transaction("Look for what was imported in Toggl", now) as tx:
        handed = [one for one in attempts.outstanding(tx.source, TRACK) if is_handed(one)]
        for one in handed:
            payload = {k: v for k, v in one.payload.items() if k != HANDED}
            payload[IMPORTED] = now
            tx.also.append(attempts.put(replace(one, payload=payload)))
    return len(handed)


def drop(store: Store, lids: Iterable[str], now: int) -> None:
    """The file could not be written: they are sent as ever."""
    with store.transaction("No file for an import in Toggl", now) as tx:
        tx.also += [attempts.cleared(TRACK, KIND, lid) for lid in lids]
