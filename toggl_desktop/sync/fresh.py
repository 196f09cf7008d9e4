"""Entries that are surely new: thousands of them come with a first sync, and nothing is to decide.

An entry is that when nothing here is bound to its number, no draft of ours may be it, it is over,
and everything it points to is here and lives. All others go the long way (`meeting`). Nothing is
asked of the store here for each row; what a chunk points to was looked up at once.
"""

from collections.abc import Iterable
from typing import NamedTuple

from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId, WorkspaceId
from toggl_desktop.sync.desk import Desk
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.ties import Values


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
    places: dict[object, _Place | None] = {}
    rest = []
    for row in rows:
        place = None
        values = row.values
        if row.rid not in drafts and _is_plain(row) and desk.by_rid(row.kind, row.rid) is None:
            key = values["workspace"], values["project"], values["task"], values["tags"]
            if key not in places:
                places[key] = _place(desk, values)
            place = places[key]
        if place is None:
            rest.append(row)
            continue
        one = Entry(
            EntryId(desk.new_id()),
            values["start"],
            values["stop"],
            values["description"],
            place.project,
            place.task,
            place.tags,
            values["billable"],
            place.workspace,
        )
        base = values if row.at is None else {**values, "at": row.at}
        desk.make(one, row.rid, base)
    return rest


def _is_plain(row: Row) -> bool:
    values = row.values
    is_over = row.kind == "time_entry" and not row.deleted and values["stop"] is not None
    return is_over and (values["task"] is None or values["project"] is not None)


class _Place(NamedTuple):
    """What an entry points to, as it is called here."""

    workspace: WorkspaceId
    project: ProjectId | None
    task: TaskId | None
    tags: tuple[TagId, ...]


def _place(desk: Desk, values: Values) -> _Place | None:
    """Returns it; None: something of it is not here, or does not live."""
    wanted = [("workspace", values["workspace"]), *(("tag", rid) for rid in values["tags"])]
    wanted += [(n, values[n]) for n in ("project", "task") if values[n] is not None]
    lids = {key: desk.standing(*key) for key in wanted}
    if None in lids.values():
        return None
    found = {key: lid for key, lid in lids.items() if lid is not None}
    project, task = found.get(("project", values["project"])), found.get(("task", values["task"]))
    return _Place(
        WorkspaceId(found["workspace", values["workspace"]]),
        None if project is None else ProjectId(project),
        None if task is None else TaskId(task),
        tuple(TagId(found["tag", rid]) for rid in values["tags"]),
    )
