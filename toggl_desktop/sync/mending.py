"""What waits to be sent and would be doubled or refused as it is: put right before it goes."""

import json
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.actions import tagging
from toggl_desktop.domain.entities import Entity, Entry, Tag
from toggl_desktop.store import bindings, schema
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import synced
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK, Desk, Key
from toggl_desktop.sync.unsent import rows_of

ASLEEP: Final = "asleep"
"""Meta key: what was asked of rows that were deleted meanwhile, by their local ids."""


def waiting(cycle: Cycle) -> tuple[list[Binding], dict[Key, Entity]]:
    """Returns what is unsent or held, and its rows.

    A question about a possible duplicate ends with a deletion; where that is undone it is asked
    again. Sent without an answer the row might be there twice.
    """
    source = cycle.store.source
    found = bindings.waiting(source, TRACK)
    rows = rows_of(source, found)
    asleep: dict[str, Any] = json.loads(schema.meta(source, ASLEEP) or "{}")
    fallen: dict[str, Any] = {}
    woken: list[Binding] = []
    for bound in found:
        row = rows.get((bound.kind, bound.lid))
        if row is None or bound.rid is not None:
            continue
        if row.deleted and (bound.hold or {}).get("reason") == "duplicate":
            fallen[bound.lid] = bound.hold
        elif not row.deleted and bound.hold is None and bound.lid in asleep:
            woken.append(replace(bound, hold=asleep[bound.lid], unsent=True))
    if not (woken or fallen.keys() - asleep.keys()):
        return found, rows
    with cycle.desk("Look what waits") as desk:
        for bound in woken:
            desk.bind(bound)
        kept = asleep | fallen
        for bound in woken:
            del kept[bound.lid]
        desk.tx.step.meta[ASLEEP] = json.dumps(kept) if kept else None
    return bindings.waiting(source, TRACK), rows


def bring_home(cycle: Cycle) -> None:
    """Gives entries with a tag of another workspace their own one's: Toggl would refuse them.

    Their workspace changed on the other side, or an earlier version of this program tagged them.
    """
    strays = synced.strays(cycle.store.source)
    if not strays:
        return
    with cycle.desk("Bring tags home") as desk:
        for lid in strays:
            _bring_home(desk, lid)


def _bring_home(desk: Desk, lid: str) -> None:
    one = tagging.at_home(desk.tx, desk.tx.get(Entry, lid))
    desk.tx.save(one)
    for made in [made for made in desk.tx.saved() if isinstance(made, Tag)]:
        if desk.binding("tag", made.lid) is None:
            desk.bind(Binding(TRACK, "tag", made.lid))
    if (bound := desk.binding("time_entry", lid)) is not None:
        desk.bind(replace(bound, unsent=desk.is_unsent(one, bound)))
