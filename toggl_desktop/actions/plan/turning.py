"""Undo and redo of what a plan is made of: what a row owes to the others when it is turned back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from toggl_desktop.actions.plan.planning import belongings
from toggl_desktop.domain.entities import Entity, Project
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
from toggl_desktop.domain.replacing import replaced
from toggl_desktop.store import tables
from toggl_desktop.store.write import Transaction

Part = TypeVar("Part", Segment, Status)

_POINTERS: dict[str, tuple[tuple[type[Any], str], ...]] = {
    "project": (
        *((PlanTask, "project"), (Milestone, "project")),
        *((Segment, "project"), (Status, "project"), (PlanTag, "project")),
    ),
    "member": ((PlanTask, "members"), (Group, "members"), (TimeOff, "member")),
    "plan_group": ((Milestone, "group"),),
    "segment": ((PlanTask, "segment"),),
    "status": ((PlanTask, "status"),),
    "plan_tag": ((PlanTask, "tags"),),
    "plan_task": ((Dependency, "before"), (Dependency, "after")),
}
_LISTS = frozenset({"members", "tags"})


def fitting(tx: Transaction, present: Entity, wanted: Entity) -> Entity:
    """Returns the wanted row, with what is there where what it names is not there any more."""
    if isinstance(wanted, PlanTask) and isinstance(present, PlanTask):
        return _task(tx, present, wanted)
    if isinstance(wanted, Group):
        members = tuple(dict.fromkeys(m for m in wanted.members if tx.find(Member, m)))
        return replace(wanted, members=members)
    return wanted if _has_its_owner(tx, wanted) else replace(wanted, deleted=True)


def _has_its_owner(tx: Transaction, wanted: Entity) -> bool:
    """Tells whether what a thing cannot be without is there."""
    if isinstance(wanted, Segment | Status | PlanTag):
        return tx.find(Project, wanted.project) is not None
    if isinstance(wanted, Milestone):
        return (wanted.project is None or tx.find(Project, wanted.project) is not None) and (
            wanted.group is None or tx.find(Group, wanted.group) is not None
        )
    if isinstance(wanted, TimeOff):
        return tx.find(Member, wanted.member) is not None
    if isinstance(wanted, Dependency):
        return all(tx.find(PlanTask, lid) for lid in (wanted.before, wanted.after))
    return True


def _task(tx: Transaction, present: PlanTask, wanted: PlanTask) -> PlanTask:
    """Returns the task in a project that is there, with what belongs to it, on days that are."""
    has_one_day = (wanted.start is None) != (wanted.end is None)
    if has_one_day or (wanted.end or 0) < (wanted.start or 0):
        wanted = replace(wanted, start=present.start, end=present.end)
    if wanted.start == wanted.end and (
        None not in (wanted.start_minute, wanted.end_minute)
        and (wanted.end_minute or 0) < (wanted.start_minute or 0)
    ):
        wanted = replace(wanted, start_minute=None, end_minute=None)
    project = tx.find(Project, wanted.project)
    lid = None if project is None else project.lid
    status = _of(tx, Status, wanted.status, lid)
    segment = _of(tx, Segment, wanted.segment, lid)
    fitting = {
        "project": lid,
        "workspace": wanted.workspace if project is None else project.workspace,
        "segment": None if segment is None else segment.lid,
        "status": None if status is None else status.lid,
        "is_done": wanted.is_done or (status is not None and status.is_done),
        "members": tuple(m for m in wanted.members if tx.find(Member, m)),
        "tags": tuple(
            t for t in wanted.tags if (tag := tx.find(PlanTag, t)) and tag.project == lid
        ),
    }
    if all(getattr(wanted, name) == value for name, value in fitting.items()):
        return wanted
    return replaced(wanted, **fitting)


def read_ahead(tx: Transaction, wanted: Sequence[Entity]) -> frozenset[str]:
    """Reads at once what plan tasks of a large step belong to; returns those nobody waits for."""
    tasks = [one for one in wanted if isinstance(one, PlanTask)]
    tx.look_up(key for task in tasks if not task.deleted for key in belongings(task))
    gone = [task.lid for task in tasks if task.deleted]
    return frozenset(gone).difference(_pointed_to(tx, gone))


def _pointed_to(tx: Transaction, tasks: Sequence[str]) -> set[str]:
    """Returns what of the tasks somebody waits for, or waits for somebody."""
    found: set[str] = set()
    lids = json.dumps(tasks)
    for where in (
        "WHERE deleted = 0 AND before IN (SELECT value FROM json_each(?))",
        "WHERE deleted = 0 AND after IN (SELECT value FROM json_each(?))",
    ):
        for one in tables.load(tx.source, Dependency, where, (lids,)) if tasks else ():
            found.update((one.before, one.after))
    return found


def _of(tx: Transaction, cls: type[Part], lid: str | None, project: str | None) -> Part | None:
    found = tx.find(cls, lid)
    return found if found is not None and found.project == project else None


def is_in_use(tx: Transaction, gone: Entity) -> bool:
    """Tells whether something of the plan that stays points to a row that is to go."""
    for cls, field in _POINTERS.get(gone.kind, ()):
        points = f"instr({field}, ?)" if field in _LISTS else f'"{field}" = ?'  # sql: names only
        lids = tables.lids(tx.source, cls, f"WHERE deleted = 0 AND {points}", (gone.lid,))
        tx.look_up((cls.kind, lid) for lid in lids)
        for lid in lids:
            now = tx.find(cls, lid)
            pointed = None if now is None else getattr(now, field)
            if pointed == gone.lid or (isinstance(pointed, tuple) and gone.lid in pointed):
                return True
    return False
