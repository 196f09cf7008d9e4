"""A create that was refused is looked for before it is sent again: it may be there all the same.

Something on the way sends a request twice, Toggl does the first and says no to the second; what
comes back is a 409. The refusal stands and its words are shown. But a row that is just what was
sent is recognised whenever it is read, and what is tried again is looked for first, like a create
whose answer was lost (R14, R15).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.store import attempts, bindings
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import synced
from toggl_desktop.store.source import Source
from toggl_desktop.sync import reconcile
from toggl_desktop.sync.cycle import Cycle, Moment
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.handing import IMPORTED
from toggl_desktop.sync.rules import Rules
from toggl_desktop.sync.ties import plain

LAG_SECONDS: Final = 10
"""So long after its answer a read may not show yet what was done before it."""

_MARKS: Final = ("sent_at", "max_rid")


def marks(tried: Attempt | None) -> dict[str, Any]:
    """Returns what a hold keeps of an entry that was to be made: where to look for it."""
    if tried is None or tried.kind != "time_entry" or tried.op != "create":
        return {}
    return {"sent_at": tried.sent_at, "max_rid": tried.max_rid}


def draft(bound: Binding | None) -> Attempt | None:
    """Returns what was sent of a row whose create was refused; None where nothing is to be found.

    It is not dated yet: whoever keeps it leaves that to `dated`.
    """
    hold = {} if bound is None else bound.hold or {}
    if bound is None or bound.rid is not None or "max_rid" not in hold:
        return None
    payload = {**hold["values"], "refused": hold["at"]}
    return Attempt(
        TRACK, bound.kind, bound.lid, "create", payload, hold["sent_at"], hold["max_rid"]
    )


def unmarked(bound: Binding) -> Binding:
    """Returns a tie whose hold says no more where to look: it is looked there now."""
    hold = {k: v for k, v in (bound.hold or {}).items() if k not in _MARKS}
    return replace(bound, hold=hold or None)


def dated(tried: Attempt, now: Moment, wall: int, rules: Rules) -> Attempt:
    """Returns an attempt with its end: an answer came, so only what is shown late is waited for."""
    waited = max(
        0, min(LAG_SECONDS, wall - (tried.payload.get("refused") or tried.payload[IMPORTED]))
    )
    ended = now.boot - rules.settle_seconds + LAG_SECONDS - waited
    return replace(tried, ended_at=ended, boot_id=now.boot_id)


def is_again(tried: Attempt) -> bool:
    """Tells whether an attempt is one that nothing is on its way of: it is only looked for.

    It was refused, or a person took it to Toggl in a file.
    """
    return "refused" in tried.payload or IMPORTED in tried.payload


def held(source: Source) -> Iterator[Attempt]:
    """Yields what was refused and nobody has tried again yet: just the same is still adopted."""
    for bound in bindings.held(source, TRACK, "time_entry"):
        tried = draft(bound)
        if tried is not None and attempts.get(source, TRACK, bound.kind, bound.lid) is None:
            yield tried


def alike(desk: Desk, tried: Attempt) -> list[int]:
    """Returns the numbers of rows here that may be it: made elsewhere since it was sent."""
    there = []
    for bound in bindings.above(desk.tx.source, TRACK, tried.kind, tried.max_rid):
        base = plain(bound.base)
        if bound.rid is None or not base or bound.gone:
            continue
        found = reconcile.Found(bound.rid, int(base.get("at", 0)) or None, base)
        there.append((bound.lid, found))
    sought = reconcile.Draft(tried.lid, plain(tried.payload), tried.sent_at, tried.max_rid)
    source = desk.tx.source
    return [
        found.rid
        for lid, found in there
        if reconcile.may_be(sought, found)
        if not synced.was_made_here(source, tried.kind, lid)
    ]


def is_to_be_sought(desk: Desk, bound: Binding) -> bool:
    """Tells whether a row is not to be sent now because it was refused: it is looked for first."""
    tried = draft(bound)
    if tried is not None:
        desk.bind(unmarked(replace(bound, hold={**(bound.hold or {}), "due": True})))
        desk.attempted(tried)
    return tried is not None


def look(cycle: Cycle, desk: Desk, bound: Binding, now: Moment) -> None:
    """Sees to it that a refused row which is tried again is looked for first."""
    tried = draft(bound)
    if tried is not None and desk.attempt(bound.kind, bound.lid) is None:
        desk.attempted(dated(tried, now, cycle.wall(), cycle.rules))
