"""Planning with names as they are typed; what is missing and may be made comes in the same step."""

from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from toggl_desktop.actions import names
from toggl_desktop.actions.plan import milestones, tasks, things
from toggl_desktop.actions.plan.naming import lid_of, nearest
from toggl_desktop.actions.plan.planning import Planning
from toggl_desktop.actions.plan.words import called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import MemberId, PlanTagId, ProjectId
from toggl_desktop.domain.plan.commands import (
    AddMember,
    AddMilestone,
    AddPlanTag,
    AddPlanTask,
    AddSegment,
    AddStatus,
    EditPlanTasks,
)
from toggl_desktop.domain.plan.entities import PlanTask, Segment, Status
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import plan_tasks

Part = TypeVar("Part", Segment, Status)


class Named(NamedTuple):
    """Names as they were typed; None leaves as it is, an empty one takes away.

    Attributes:
        creates: Whether a project, a person, a segment or a status may be made; tags always are.
    """

    project: str | None = None
    segment: str | None = None
    status: str | None = None
    members: tuple[str, ...] | None = None
    add_members: tuple[str, ...] = ()
    remove_members: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None
    creates: bool = False


def add(store: Store, command: AddPlanTask, named: Named, now: Reading) -> ChangeSet:
    """Plans something as `tasks.add` does."""
    with store.transaction("Plan", now.wall) as tx:
        planning = Planning(tx)
        fields = _Resolver(planning, named).fields(None)
        fields.pop("add_members", None)
        fields.pop("remove_members", None)
        task = tasks.create(planning, replace(command, **fields), now)
        tx.step.name = f"Plan {called(task)}"
    return tx.result


def edit(store: Store, command: EditPlanTasks, named: Named, now: Reading) -> ChangeSet:
    """Changes plan tasks as `tasks.edit` does."""
    with store.transaction("Edit", now.wall) as tx:
        planning = Planning(tx)
        first = next(iter(planning.tasks(command.tasks[:1])), None)
        if first is None:
            raise NothingToDoError("There is no plan task to change.")
        fields = _Resolver(planning, named).fields(first)
        tasks.edit_in(planning, replace(command, **fields), now)
    if not tx.result:
        raise NothingToDoError(tasks.SO_ALREADY)
    return tx.result


def add_milestone(
    store: Store, command: AddMilestone, project: str, now: Reading, *, creates: bool = False
) -> ChangeSet:
    """Marks a day as `milestones.add` does, for a project that is named."""
    with store.transaction("Add", now.wall) as tx:
        of = names.project(tx, project, creates=creates)
        milestones.create(tx, replace(command, project=of))
    return tx.result


class _Resolver:
    """Finds, within a step, what names mean, and makes what may be made."""

    def __init__(self, planning: Planning, named: Named) -> None:
        self._planning, self._tx, self._named = planning, planning.tx, named

    def fields(self, task: PlanTask | None) -> dict[str, Any]:
        """Returns the fields of a command that the names stand for; `task` is what is changed."""
        named, found = self._named, dict[str, Any]()
        project = None if task is None else task.project
        if named.project is not None:
            project = found["project"] = self._project(named.project)
        if named.segment is not None:
            segment = self._segment(named.segment, project)
            found["segment"] = None if segment is None else segment.lid
        if named.status is not None:
            status = self._status(named.status, project)
            found["status"] = None if status is None else status.lid
        if named.members is not None:
            found["members"] = tuple(map(self._member, filter(None, named.members)))
        found["add_members"] = tuple(map(self._member, named.add_members))
        found["remove_members"] = tuple(
            MemberId(lid_of(self._tx.source, "member", name)) for name in named.remove_members
        )
        if named.tags is not None:
            found["tags"] = tuple(self._tag(name, project) for name in filter(None, named.tags))
        return found

    def _project(self, name: str) -> ProjectId | None:
        return names.project(self._tx, name, creates=self._named.creates) if name else None

    def _member(self, name: str) -> MemberId:
        try:
            return MemberId(lid_of(self._tx.source, "member", name))
        except names.UnknownNameError:
            if not self._named.creates:
                raise
        return MemberId(things.create(self._tx, AddMember(name)).lid)

    def _segment(self, name: str, project: ProjectId | None) -> Segment | None:
        if not name:
            return None
        of = self._owner("segment", project)
        found = _called(self._planning.segments(of), name)
        if found is None:
            self._refuse("segment", name, [one.name for one in self._planning.segments(of)])
            made = things.create(self._tx, AddSegment(name, of))
            assert isinstance(made, Segment)
            return made
        return found

    def _status(self, name: str, project: ProjectId | None) -> Status | None:
        if not name:
            return None
        of = self._owner("status", project)
        found = _called(self._planning.statuses(of), name)
        if found is None:
            self._refuse("status", name, [one.name for one in self._planning.statuses(of)])
            made = things.create(self._tx, AddStatus(name, of))
            assert isinstance(made, Status)
            return made
        return found

    def _refuse(self, noun: str, name: str, known: list[str]) -> None:
        """Raises UnknownNameError unless what is called so may be made."""
        if not self._named.creates:
            raise names.UnknownNameError(noun, name, nearest(known, name))

    def _tag(self, name: str, project: ProjectId | None) -> PlanTagId:
        of = self._owner("tag", project)
        known = plan_tasks.names(self._tx.source, "plan tag", of)
        for lid, other in known:
            if fold(other) == fold(name):
                return PlanTagId(lid)
        return PlanTagId(things.create(self._tx, AddPlanTag(name, of)).lid)

    def _owner(self, noun: str, project: ProjectId | None) -> ProjectId:
        if project is None:
            raise RefusedError(
                f"A {noun} belongs to a project. Nothing was changed; name the project too."
            )
        return project


def _called(parts: list[Part], name: str) -> Part | None:
    """Returns the part of that name, or of that (shortened) id."""
    for part in parts:
        if fold(part.name) == fold(name):
            return part
    ends = [p for p in parts if len(name) >= plan_tasks.SHORTEST and p.lid.endswith(name)]
    return ends[0] if len(ends) == 1 else None
