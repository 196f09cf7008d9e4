"""Work that was here before there was an account: it joins it, and is looked for there first.

An import of Toggl's own export, or another program's, may hold what the account has already. So
nothing is sent blindly: entries of the last three months are looked for by content, like a create
whose answer was lost. Older ones cannot be looked for; they stay on this computer until edited.
"""

from collections.abc import Iterator
from typing import Final

from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.store import schema, tables
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import TRACKED, Binding
from toggl_desktop.store.read import synced
from toggl_desktop.sync.cycle import UNTIED, Cycle, Moment
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ties import Values

CHUNK: Final = 200
DAY: Final = 86_400
WINDOW_DAYS: Final = 88


def is_due(cycle: Cycle) -> bool:
    """Tells whether there are rows that want a tie."""
    return schema.meta(cycle.store.source, UNTIED) is not None


def tie(cycle: Cycle, now: Moment, server_now: int) -> Iterator[None]:
    """Ties every row of the account's workspaces that has no tie yet, a short transaction a part.

    It is to be done before the entries are read: what Toggl has already is found in that very
    answer, and the rest can be sent at once, because nothing of it is on its way. What is older
    than three months is told by the server's clock: this machine's may be wrong.
    """
    low = server_now - WINDOW_DAYS * DAY
    while rows := _untied(cycle, low):
        with cycle.desk("Join") as desk:
            for one in rows:
                _tie(desk, one, now)
        yield
    with cycle.desk("Join") as desk:
        desk.tx.step.meta[UNTIED] = None


def agreed(payload: Values) -> Values:
    """Returns what both sides agree on of an entry that was recognised by time and description.

    Nothing was ever sent, so nothing else was agreed: what only one side has filled in counts, tags
    of both sides count, and two projects are a conflict like any other.
    """
    empty: Values = {"project": None, "task": None, "tags": (), "billable": False}
    return {name: value for name, value in payload.items() if name != "joined"} | empty


def _untied(cycle: Cycle, low: int) -> list[Entity]:
    source = cycle.store.source
    found: list[Entity] = []
    for kind in TRACKED:
        lids = synced.untied(source, kind, low, CHUNK - len(found))
        found += tables.many(source, KINDS[kind], lids).values()
        if len(found) >= CHUNK:
            break
    return found


def _tie(desk: Desk, one: Entity, now: Moment) -> None:
    desk.bind(Binding(TRACK, one.kind, one.lid))
    if isinstance(one, Entry):
        payload = desk.ties.out(one) | {"joined": True}
        key = (TRACK, one.kind, one.lid)
        ended = now.boot - desk.rules.settle_seconds
        desk.attempted(Attempt(*key, "create", payload, None, 0, ended, now.boot_id))
