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
    there = {row.rid for row in rows}
    doubtful = homes.doubtful(source)  # that somebody lost access is no deletion
    clean = {
        b.rid: b
        for b in bindings.bound(source, TRACK, "time_entry")
        if not b.gone and not b.unsent and b.base is not None and b.base.get("start") in span
        if b.base.get("workspace") not in doubtful
    }
    missing = {rid for rid in clean if rid not in there} if there else set()
    before = json.loads(schema.meta(source, MISSING) or "{}")
    is_later = cycle.wall() - before.get("at", cycle.wall()) >= APART_SECONDS
    twice = missing & set(before.get("rids", ())) if is_later else set()
    if not confirmed and reconcile.asks_first(len(twice), len(clean), cycle.rules):
        raise BrakeError("time_entry", len(twice), len(clean))
    mark = progress.Cursor(RECONCILED, fetched_at=cycle.wall())
    with cycle.desk("Look for what is gone") as desk:
        for rid in twice:
            one = tables.get(source, Entry, clean[rid].lid)
            if one is None or rid is None:
                continue
            desk.shelve("trash", "time_entry", one.lid, rid, plain(clean[rid].base))
            desk.write(replace(one, deleted=True), None, gone=True)
        rest = {"at": cycle.wall(), "rids": sorted(r for r in missing - twice if r is not None)}
        keeps = rest["rids"] and (is_later or not before.get("rids"))
        if keeps:
            desk.tx.step.meta[MISSING] = json.dumps(rest)
        elif not rest["rids"] and before:
            desk.tx.step.meta[MISSING] = None
        if not rest["rids"]:
            desk.tx.also.append(progress.put_cursor(TRACK, mark))
    yield
