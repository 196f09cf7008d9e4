"""Entries that are surely new: thousands of them come with a first sync, and nothing is to decide.

An entry is that when nothing here is bound to its number, no draft of ours may be it, it is over,
and everything it points to is here and lives. All others go the long way (`meeting`). Nothing is
asked of the store here for each row; what a chunk points to was looked up at once.
"""

from collections.abc import Iterable

from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId, WorkspaceId
from toggl_desktop.sync.desk import Desk
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.ties import Values

_POINTERS = ("workspace", "project", "task")


def look_up(desk: Desk, rows: Iterable[Row]) -> None:
    """Reads everything that rows point to, at once."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        for name in ("workspace", "client", "project", "task"):
            rid = row.values.get(name)
            if rid is not None:
                wanted.setdefault(name, set()).add(rid)
        tags = row.values.get("tags")
        if tags:
            wanted.setdefault("tag", set()).update(tags)
    for kind, rids in wanted.items():
        desk.look_up(kind, sorted(rids))


def make(desk: Desk, rows: Iterable[Row], adopted: Iterable[int]) -> list[Row]:
    """Makes the entries that are surely new; returns the other rows.

    Args:
        desk: The transaction; it has looked up the rows and what they point to.
        rows: Rows of a server's answer.
        adopted: Numbers that a draft of ours may bear.
    """
    drafts = frozenset(adopted)
    rest = []
    for row in rows:
        if row.rid in drafts or not _is_plain(row) or desk.by_rid(row.kind, row.rid) is not None:
            rest.append(row)
            continue
        lids = _pointed_to(desk, row.values)
        if lids is None:
            rest.append(row)
            continue
        values = row.values
        base = values if row.at is None else {**values, "at": row.at}
        one = Entry(
            EntryId(desk.new_id()),
            values["start"],
            values["stop"],
            values["description"],
            None if lids[1] is None else ProjectId(lids[1]),
            None if lids[2] is None else TaskId(lids[2]),
            tuple(TagId(lid) for lid in lids[3:] if lid is not None),
            values["billable"],
            WorkspaceId(lids[0] or ""),
        )
        desk.make(one, row.rid, base)
    return rest


def _is_plain(row: Row) -> bool:
    values = row.values
    is_over = row.kind == "time_entry" and not row.deleted and values["stop"] is not None
    return is_over and (values["task"] is None or values["project"] is not None)


def _pointed_to(desk: Desk, values: Values) -> list[str | None] | None:
    """Returns workspace, project, task and tags as they are called here; None: one is not there."""
    found: list[str | None] = []
    for name in _POINTERS:
        rid = values[name]
        lid = None if rid is None else desk.standing(name, rid)
        if lid is None and rid is not None:
            return None
        found.append(lid)
    for rid in values["tags"]:
        lid = desk.standing("tag", rid)
        if lid is None:
            return None
        found.append(lid)
    return None if found[0] is None else found
