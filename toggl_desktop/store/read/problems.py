"""What waits for a person, and what only waits for its turn to be sent."""

from typing import Any, NamedTuple

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.store import bindings, shelf, tables
from toggl_desktop.store.source import Source


class Problem(NamedTuple):
    """One thing that waits for a person.

    Attributes:
        id: What `problems retry ID` takes: the row's id, or `s` and the number on the shelf.
        reason: `refused`, `rule`, `no access`, `duplicate`, `planned`, `conflict`,
            `deleted elsewhere`, `undeleted`, `twice`, `server` or `strange`.
        title: The row in words, as far as it has some.
        text: The server's own words, when it has said something.
        mine: The values of this side.
        theirs: The values of the other side, where it has some.
        at: Since when, epoch seconds; None where that is not known.
        row: The local id of the row it is about; None where there is none.
        track_id: The server's number of that row; None for what it does not have.
        twin: The number of another row of the server's that it may be.
    """

    id: str
    kind: str
    reason: str
    title: str
    text: str
    mine: dict[str, Any]
    theirs: dict[str, Any]
    at: int | None
    row: str | None = None
    track_id: int | None = None
    twin: int | None = None


class Unsent(NamedTuple):
    """One thing that is kept here and not yet in Toggl.

    Attributes:
        change: `new`, `changed` or `deleted`.
        title: The row in words, as far as it has some.
    """

    lid: str
    kind: str
    change: str
    title: str


def unsent(source: Source, most: int) -> list[Unsent]:
    """Returns what will be sent without anybody's doing, the oldest first, so many at most."""
    rows = source.rows(
        "SELECT kind, lid, rid FROM binding AS b INDEXED BY binding_waiting "
        "WHERE service = 'track' AND unsent = 1 AND hold IS NULL AND NOT EXISTS ("
        "SELECT 1 FROM attempt AS a WHERE a.service = b.service AND a.kind = b.kind "
        "AND a.lid = b.lid AND json_type(a.payload, '$.handed') IS NOT NULL) ORDER BY lid LIMIT ?",
        (most,),
    )
    found = []
    for kind, lid, rid in rows:
        values = _values(source, kind, lid)
        change = "deleted" if values.get("deleted") else "new" if rid is None else "changed"
        found.append(Unsent(lid, kind, change, _title(values, kind)))
    return found


def problems(source: Source) -> list[Problem]:
    """Returns everything that waits for a person, what is refused first."""
    found = []
    for bound in bindings.waiting(source, "track"):
        if bound.hold is None or _is_told_by_its_workspace(bound):
            continue
        mine = _values(source, bound.kind, bound.lid)
        theirs = bound.base or {}
        rids = bound.hold.get("rids", ())[:1]
        for rid in rids:
            twin = bindings.by_rid(source, "track", bound.kind, rid)
            theirs = (twin.base if twin else None) or {}
        found.append(
            Problem(
                bound.lid,
                bound.kind,
                bound.hold.get("reason", "refused"),
                _title(mine, bound.kind),
                bound.hold.get("text", ""),
                mine,
                theirs,
                bound.hold.get("at"),
                bound.lid,
                bound.rid,
                next(iter(rids), None),
            )
        )
    for one in shelf.unresolved(source):
        if one.reason not in (*shelf.DECIDE, "strange"):
            continue
        mine = _values(source, one.kind, one.lid) if one.lid else {}
        here, there = mine, one.content
        if one.reason == "deleted elsewhere":
            here, there = one.content, {}
        title = _title({**one.content, **mine}, one.kind)
        about = one.lid, one.rid, one.content.get("twin")
        place = f"s{one.id}"
        found.append(Problem(place, one.kind, one.reason, title, "", here, there, one.at, *about))
    return found


def _is_told_by_its_workspace(bound: bindings.Binding) -> bool:
    """Tells whether a row waits for a workspace that nobody reaches: that is one problem, once."""
    return bound.kind != "workspace" and (bound.hold or {}).get("reason") == "no access"


def _values(source: Source, kind: str, lid: str) -> dict[str, Any]:
    one = tables.get(source, KINDS[kind], lid) if kind in KINDS else None
    return {} if one is None else tables.plain(one)


def _title(values: dict[str, Any], kind: str) -> str:
    found = values.get("description") or values.get("name") or ""
    return str(found) or ("entry without description" if kind == "time_entry" else kind)
