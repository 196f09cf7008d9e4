"""Deleting what plan tasks point to: the tasks stay, without it; undo gives all back."""

from dataclasses import replace
from typing import Any

from toggl_desktop.actions.plan.tasks import remove
from toggl_desktop.actions.plan.words import called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.ids import SegmentId
from toggl_desktop.domain.plan.commands import DeletePlanThing
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.write import Transaction

_CLASSES: dict[str, type[Any]] = {
    cls.kind: cls
    for cls in (Member, Group, Segment, Status, PlanTag, Milestone, TimeOff, Dependency)
}
_NOUNS = {"plan_group": "group", "plan_tag": "tag"}


def delete(store: Store, command: DeletePlanThing, now: Reading) -> ChangeSet:
    """Deletes something of the plan that is no task."""
    with store.transaction("Delete", now.wall) as tx:
        thing = tx.get(_CLASSES[command.kind], command.lid)
        tx.step.name = _name(tx, thing)
        drop(tx, thing)
    return tx.result


def _name(tx: Transaction, thing: Any) -> str:  # noqa: ANN401
    if isinstance(thing, Dependency):
        before, after = tx.get(PlanTask, thing.before), tx.get(PlanTask, thing.after)
        return f"Let {called(after)} not wait for {called(before)}"
    if isinstance(thing, TimeOff):
        return f"Delete time off of {tx.get(Member, thing.member).name}"
    return f"Delete {_NOUNS.get(thing.kind, thing.kind)} {called(thing)}"


def drop(tx: Transaction, thing: Any) -> None:  # noqa: ANN401
    """Deletes a thing inside a step under way and takes it off everything that points to it."""
    tx.save(replace(thing, deleted=True))
    if isinstance(thing, Member):
        _drop_member(tx, thing)
    elif isinstance(thing, Group):
        for milestone in _pointing(tx, Milestone, '"group"', thing.lid):
            tx.save(replace(milestone, deleted=True))
    elif isinstance(thing, Segment):
        _drop_segment(tx, thing)
    elif isinstance(thing, Status):
        for task in _pointing(tx, PlanTask, "status", thing.lid):
            tx.save(replace(task, status=None))
    elif isinstance(thing, PlanTag):
        for task in _naming(tx, PlanTask, "tags", thing.lid):
            tx.save(replace(task, tags=tuple(t for t in task.tags if t != thing.lid)))


def _drop_member(tx: Transaction, member: Member) -> None:
    for task in _naming(tx, PlanTask, "members", member.lid):
        tx.save(replace(task, members=tuple(m for m in task.members if m != member.lid)))
    for group in _naming(tx, Group, "members", member.lid):
        tx.save(replace(group, members=tuple(m for m in group.members if m != member.lid)))
    for time_off in _pointing(tx, TimeOff, "member", member.lid):
        tx.save(replace(time_off, deleted=True))


def _drop_segment(tx: Transaction, segment: Segment) -> None:
    """Puts what is in a segment into the first of the others; where there is none, into none."""
    where = "WHERE deleted = 0 AND project = ? AND lid <> ? ORDER BY position, lid LIMIT 1"
    others = tables.lids(tx.source, Segment, where, (segment.project, segment.lid))
    first = SegmentId(others[0]) if others else None
    for task in _pointing(tx, PlanTask, "segment", segment.lid):
        tx.save(replace(task, segment=first))


def project(tx: Transaction, lid: str) -> None:
    """Takes a project that is deleted off the plan: tasks stay, its own milestones go with it."""
    for cls in (Segment, Status, PlanTag, Milestone):
        for thing in _pointing(tx, cls, "project", lid):
            tx.save(replace(thing, deleted=True))
    for task in _pointing(tx, PlanTask, "project", lid):
        tx.save(replace(task, project=None, segment=None, status=None, tags=()))


def tasks(tx: Transaction, lids: frozenset[str]) -> None:
    """Deletes the plan tasks with these ids that are there."""
    tx.look_up((PlanTask.kind, lid) for lid in lids)
    remove(tx, [task for lid in sorted(lids) if (task := tx.find(PlanTask, lid))])


def _pointing(tx: Transaction, cls: type[Any], field: str, lid: str) -> list[Any]:
    where = f"WHERE deleted = 0 AND {field} = ?"  # sql: names only
    return _present(tx, cls, tables.lids(tx.source, cls, where, (lid,)))


def _naming(tx: Transaction, cls: type[Any], field: str, lid: str) -> list[Any]:
    where = f"WHERE deleted = 0 AND instr({field}, ?)"  # sql: names only
    return _present(tx, cls, tables.lids(tx.source, cls, where, (lid,)))


def _present(tx: Transaction, cls: type[Any], lids: list[str]) -> list[Any]:
    """Returns those of the entities that this step has not deleted, as it has left them."""
    tx.look_up((cls.kind, lid) for lid in lids)
    return [found for lid in lids if (found := tx.find(cls, lid)) is not None]
