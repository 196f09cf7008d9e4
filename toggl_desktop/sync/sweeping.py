"""For seven days: whether what was sent a second time is in Toggl twice after all (R19).

A create whose answer was lost is looked for, and sent again when it is not found. A server that did
what it was asked later than that, or somebody who rewrote the entry meanwhile, makes two of it.
Such a pair is shown to a person; nothing is ever deleted for it.
"""

import json
from typing import Any, Final

from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import bindings, schema, tables
from toggl_desktop.store.source import Source
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ties import Values, plain

RESENT: Final = "resent"
"""Meta key: entries that were sent again because nothing was found of the first time."""

DAYS: Final = 7
DAY: Final = 86_400
_CLOSE_SECONDS: Final = 60


def _resent(source: Source) -> dict[str, dict[str, Any]]:
    return dict(json.loads(schema.meta(source, RESENT) or "{}"))


def sends_again(desk: Desk, lid: str, payload: Values) -> None:
    """Notes that an entry is sent a second time, and what was sent the first time."""
    text = desk.tx.step.meta.get(RESENT)
    known = dict(json.loads(text)) if text else _resent(desk.tx.source)
    told = {name: payload[name] for name in ("start", "stop", "description")}
    known[lid] = {"at": desk.tx.step.at, **told}
    desk.tx.step.meta[RESENT] = json.dumps(known, ensure_ascii=False)


def sweep(cycle: Cycle) -> None:
    """Shows pairs to a person, each once; forgets what is older than a week."""
    source = cycle.store.source
    if schema.meta(source, RESENT) is None:
        return
    known = _resent(source)
    pairs = {lid: twin for lid, first in known.items() if (twin := _twin(source, lid, first))}
    rest = {
        lid: first
        for lid, first in known.items()
        if lid not in pairs and cycle.wall() - first["at"] < DAYS * DAY
    }
    if rest == known:
        return
    with cycle.desk("Look for what is there twice") as desk:
        desk.tx.step.meta[RESENT] = json.dumps(rest, ensure_ascii=False) if rest else None
        for lid, twin in pairs.items():
            bound = bindings.get(source, TRACK, "time_entry", twin)
            base = plain(bound.base) | {"twin": bound.rid} if bound else {}
            mine = bindings.get(source, TRACK, "time_entry", lid)
            desk.shelve("twice", "time_entry", lid, mine.rid if mine else None, base)


def _twin(source: Source, lid: str, first: dict[str, Any]) -> str | None:
    """Returns another entry that may be the first time this one was sent; None when there is none.

    It begins at the same moment and has the same text or the same stop.
    """
    one = tables.get(source, Entry, lid)
    mine = bindings.get(source, TRACK, "time_entry", lid)
    if one is None or one.deleted or mine is None or mine.rid is None:
        return None
    near = "WHERE deleted = 0 AND start BETWEEN ? AND ? AND lid <> ? ORDER BY lid"
    low, high = first["start"] - _CLOSE_SECONDS, first["start"] + _CLOSE_SECONDS
    for other in tables.load(source, Entry, near, (low, high, lid)):
        bound = bindings.get(source, TRACK, "time_entry", other.lid)
        is_there = bound is not None and bound.rid is not None and not bound.gone
        has_same_stop = first["stop"] is not None and other.stop == first["stop"]
        if is_there and (other.description == first["description"] or has_same_stop):
            return other.lid
    return None
