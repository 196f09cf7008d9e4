"""What a complete list lacks: missing once is nothing, missing twice was deleted (R22)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import bindings, progress, schema, tables
from toggl_desktop.sync import homes, reconcile
from toggl_desktop.sync.cycle import BrakeError, Cycle
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.ties import plain

APART_SECONDS: Final = 600
DAY: Final = 86_400
MISSING: Final = "missing"
"""Meta key: which rows the last complete list lacked, and when."""

RECONCILED: Final = "reconciled"
"""The cursor that says when a complete list was compared last."""


def is_due(cycle: Cycle) -> bool:
    """Tells whether a complete list is to be compared: once a day, and again for what it lacked.

    The first time begins the first day: everything was read just then.
    """
    source = cycle.store.source
    missing = schema.meta(source, MISSING)
    if missing is not None:
        return bool(cycle.wall() - json.loads(missing)["at"] >= APART_SECONDS)
    at = progress.cursor(source, TRACK, RECONCILED).fetched_at
    if at is None:
        with cycle.desk("Look for what is gone") as desk:
            mark = progress.Cursor(RECONCILED, fetched_at=cycle.wall())
            desk.tx.also.append(progress.put_cursor(TRACK, mark))
        return False
    return not 0 <= cycle.wall() - at < DAY


def suspect(cycle: Cycle, rows: Iterable[Row], span: range) -> Iterator[None]:
    """Notes what the list lacks that a read without a cursor gets: the second look follows soon.

    Such a list has no tombstones, and what was deleted before it will be shown by no later one:
    after a first read that was cut short, or after a backup came back. One part, as `note`.
    """
    is_noted = schema.meta(cycle.store.source, MISSING) is not None
    _, missing = ({}, set()) if is_noted else _compared(cycle, rows, span)
    if missing:
        with cycle.desk("Look for what is gone") as desk:
            rest = {"at": cycle.wall(), "rids": sorted(missing)}
            desk.tx.step.meta[MISSING] = json.dumps(rest)
    yield


def _compared(
    cycle: Cycle, rows: Iterable[Row], span: range
) -> tuple[dict[int, bindings.Binding], set[int]]:
    """Returns what is here just as it is there, by number, and which of it the list lacks."""
    source = cycle.store.source
    there = {row.rid for row in rows}
    doubtful = homes.doubtful(source)  # that somebody lost access is no deletion
    clean = {
        b.rid: b
        for b in bindings.bound(source, TRACK, "time_entry")
        if b.rid is not None and not b.gone and not b.unsent and b.base is not None
        if b.base.get("start") in span and b.base.get("workspace") not in doubtful
    }
    return clean, {rid for rid in clean if rid not in there} if there else set()


def note(cycle: Cycle, rows: Iterable[Row], span: range, *, confirmed: bool) -> Iterator[None]:
    """Compares a complete list with what is here; deletes what it lacked before too.

    A generator of one part: who runs it may do so on another thread.

    Args:
        cycle: The cycle.
        rows: Everything the server has that starts in the span.
        span: The starts that the list surely covers; what lies outside it lacks for no reason.
        confirmed: Whether a person agreed to its deletions.

    Raises:
        BrakeError: So many are missing that a person is asked.
    """
    source = cycle.store.source
    clean, missing = _compared(cycle, rows, span)
    before = json.loads(schema.meta(source, MISSING) or "{}")
    is_later = cycle.wall() - before.get("at", cycle.wall()) >= APART_SECONDS
    twice = missing & set(before.get("rids", ())) if is_later else set()
    if not confirmed and reconcile.asks_first(len(twice), len(clean), cycle.rules):
        raise BrakeError("time_entry", len(twice), len(clean))
    mark = progress.Cursor(RECONCILED, fetched_at=cycle.wall())
    with cycle.desk("Look for what is gone") as desk:
        for rid in twice:
            one = tables.get(source, Entry, clean[rid].lid)
            if one is None:
                continue
            desk.shelve("trash", "time_entry", one.lid, rid, plain(clean[rid].base))
            desk.write(replace(one, deleted=True), None, gone=True)
        rest = {"at": cycle.wall(), "rids": sorted(missing - twice)}
        keeps = rest["rids"] and (is_later or not before.get("rids"))
        if keeps:
            desk.tx.step.meta[MISSING] = json.dumps(rest)
        elif not rest["rids"] and before:
            desk.tx.step.meta[MISSING] = None
        if not rest["rids"]:
            desk.tx.also.append(progress.put_cursor(TRACK, mark))
    yield
