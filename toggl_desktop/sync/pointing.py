"""What rows owe to each other when one of them goes, or turns out to be another one."""

from dataclasses import replace
from typing import Any, Final

from toggl_desktop.domain.entities import Client, Entity, Entry, Favourite, Project, Tag, Task
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan.entities import Milestone, PlanTag, PlanTask, Segment, Status
from toggl_desktop.store import bindings, tables
from toggl_desktop.store.read import synced
from toggl_desktop.store.write import Transaction
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ties import Values, plain

_POINTING: Final[dict[str, tuple[tuple[type[Any], str], ...]]] = {
    "client": ((Project, "client"),),
    "project": ((Entry, "project"), (Task, "project"), (Favourite, "project")),
    "task": ((Entry, "task"), (Favourite, "task")),
    "tag": ((Entry, "tags"), (Favourite, "tags")),
}


_PLANNED: Final[dict[str, tuple[tuple[type[Any], str], ...]]] = {
    "project": tuple((cls, "project") for cls in (PlanTask, Segment, Status, PlanTag, Milestone)),
}


def unite(desk: Desk, twin: Entity, lid: str) -> None:
    """Makes one of a row that the server has not got and the one it has by that name."""
    for cls, field in (*_POINTING[twin.kind], *_PLANNED.get(twin.kind, ())):
        _point(desk, cls, field, twin.lid, lid)
    desk.shelve("merged", twin.kind, twin.lid, None, desk.ties.out(twin))
    desk.settled(twin.kind, twin.lid)
    desk.write(replace(twin, deleted=True), None, rid=None, hold=None)


def _point(desk: Desk, cls: type[Any], field: str, old: str, new: str) -> None:
    found = {one.lid: one for one in tables.load(desk.tx.source, cls, *_pointing(field, old))}
    found |= {one.lid: one for one in desk.tx.saved() if isinstance(one, cls)}
    for one in map(desk.latest, found.values()):
        if not _points(one, field, old):
            continue
        value = getattr(one, field)
        if field == "tags":
            value = tuple(dict.fromkeys(new if tag == old else tag for tag in value))
        else:
            value = new
        moved = replace(one, **{field: value})
        bound = desk.binding(one.kind, one.lid)
        if bound is None:
            desk.tx.save(moved)
        else:
            desk.write(moved, bound.base)


def bury(desk: Desk, one: Entity, rid: int | None) -> None:
    """Deletes a row that the server has not got any more; a project the plan needs stays."""
    dead = replace(one, deleted=True)
    release(desk, dead)
    if isinstance(one, Project) and synced.is_planned(desk.tx.source, one.lid):
        hold = {"reason": "planned", "text": "Deleted in Toggl Track; the plan needs it."}
        desk.write(one, None, rid=None, gone=False, hold=hold)
    else:
        desk.write(dead, None, rid=rid, gone=True, hold=None)


def let_go(tx: Transaction, one: Entity) -> None:
    """Deletes a row that a person lets go of; what points to it stays, without it.

    Raises:
        RefusedError: The plan needs it.
    """
    if isinstance(one, Project) and synced.is_planned(tx.source, one.lid):
        raise RefusedError(
            f"“{one.name}” is on the plan, so it stays. Nothing was changed; try it again under "
            "another name, or take it off the plan first."
        )
    tx.save(replace(one, deleted=True))
    for cls, field in _POINTING.get(one.kind, ()):
        for row in tables.load(tx.source, cls, *_pointing(field, one.lid)):
            latest = tx.present(cls, row.lid) or row
            if isinstance(latest, Task):
                let_go(tx, latest)
            elif not latest.deleted and _points(latest, field, one.lid):
                tx.save(_without(latest, field, one.lid))


def release(desk: Desk, one: Entity) -> None:
    """Takes a row that is deleted off everything that points to it, here and in the copies."""
    if isinstance(one, Project):
        _take_off(desk, Entry, "project", one.lid)
        _take_off(desk, Favourite, "project", one.lid)
        where = "WHERE deleted = 0 AND project = ?"
        for task in tables.load(desk.tx.source, Task, where, (one.lid,)):
            _follow(desk, task)
    elif isinstance(one, Task):
        _take_off(desk, Entry, "task", one.lid)
        _take_off(desk, Favourite, "task", one.lid)
    elif isinstance(one, Client):
        _take_off(desk, Project, "client", one.lid)
    elif isinstance(one, Tag):
        _take_off(desk, Entry, "tags", one.lid)
        _take_off(desk, Favourite, "tags", one.lid)


def release_copies(desk: Desk, one: Entity) -> None:
    """Takes a row that the server has just deleted off the server copies: it did the same."""
    for cls, field in _POINTING.get(one.kind, ()):
        for other in _bound_to(desk, cls, field, one.lid):
            bound = desk.binding(other.kind, other.lid)
            if bound is not None and bound.base is not None and bound.rid is not None:
                base = without(desk, plain(bound.base), field, one.lid)
                desk.write(desk.latest(other), base)


def _bound_to(desk: Desk, cls: type[Any], field: str, lid: str) -> list[Any]:
    rid = desk.ties.rid("tag" if field == "tags" else field, lid)
    if not isinstance(rid, int) or cls is Favourite:
        return []
    found = bindings.whose_base_has(desk.tx.source, TRACK, cls.kind, field, rid)
    return [one for one in (desk.row(cls.kind, lid) for lid in found) if one is not None]


def _follow(desk: Desk, task: Task) -> None:
    gone = replace(desk.latest(task), deleted=True)
    release(desk, gone)
    bound = desk.binding("task", task.lid)
    desk.tx.save(gone)
    if bound is not None:
        is_there = bound.rid is not None
        desk.bind(replace(bound, gone=is_there, unsent=False))


def _take_off(desk: Desk, cls: type[Any], field: str, lid: str) -> None:
    found = {one.lid: one for one in tables.load(desk.tx.source, cls, *_pointing(field, lid))}
    found |= {
        one.lid: one for one in desk.tx.saved() if isinstance(one, cls) and _points(one, field, lid)
    }
    for one in map(desk.latest, found.values()):
        if one.deleted or not _points(one, field, lid):
            continue
        freed = _without(one, field, lid)
        bound = desk.binding(one.kind, one.lid)
        if bound is None or bound.base is None:
            desk.tx.save(freed)
        else:
            desk.write(freed, without(desk, plain(bound.base), field, lid))


def without(desk: Desk, base: Values, field: str, lid: str) -> Values:
    """Returns a server copy that no longer points to a row that the server deleted."""
    kind = "tag" if field == "tags" else field
    rid = desk.ties.rid(kind, lid)
    if field == "tags":
        return base | {"tags": tuple(t for t in base.get("tags", ()) if t != rid)}
    if base.get(field) != rid:
        return base
    return base | ({"project": None, "task": None} if field == "project" else {field: None})


def _pointing(field: str, lid: str) -> tuple[str, tuple[object, ...]]:
    test = "instr(tags, ?)" if field == "tags" else f"{field} = ?"  # sql: names only
    return f"WHERE deleted = 0 AND {test}", (lid,)  # sql: names only


def _points(one: Any, field: str, lid: str) -> bool:  # noqa: ANN401 - any row with that field
    value = getattr(one, field)
    return lid in value if field == "tags" else bool(value == lid)


def _without(one: Any, field: str, lid: str) -> Any:  # noqa: ANN401 - any row with that field
    if field == "tags":
        return replace(one, tags=tuple(t for t in one.tags if t != lid))
    if field == "project":
        return replace(one, project=None, task=None)
    return replace(one, **{field: None})
