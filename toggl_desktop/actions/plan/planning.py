"""What steps about plan tasks need: a project's segments and statuses, and what fits where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from toggl_desktop.actions.ids import new_id
from toggl_desktop.domain.commands import Unset
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    MemberId,
    PlanTagId,
    PlanTaskId,
    ProjectId,
    SegmentId,
    StatusId,
)
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Member,
    PlanTag,
    PlanTask,
    Segment,
    Status,
)
from toggl_desktop.domain.replacing import replaced
from toggl_desktop.store import tables
from toggl_desktop.store.read import plan_places
from toggl_desktop.store.write import Transaction

P = TypeVar("P", Segment, Status)


class Planning:
    """Knows, within one step, what belongs to which project; makes what a planned project needs."""

    def __init__(self, tx: Transaction) -> None:
        """Use one for a whole step: another one would not see what this one makes."""
        self.tx = tx
        self._segments: dict[ProjectId, list[Segment]] = {}
        self._statuses: dict[ProjectId, list[Status]] = {}
        self._checked: set[str] = set()
        self._last: dict[tuple[ProjectId | None, StatusId | None], float] = {}

    def tasks(self, lids: Iterable[PlanTaskId]) -> list[PlanTask]:
        """Returns plan tasks, each once; refuses one that is not there."""
        wanted = list(dict.fromkeys(lids))
        self.tx.look_up((PlanTask.kind, lid) for lid in wanted)
        return [self.tx.get(PlanTask, lid) for lid in wanted]

    def to_change(self, lids: Iterable[PlanTaskId]) -> list[PlanTask]:
        """Returns plan tasks as `tasks` does; what they belong to is read with them, at once."""
        found = self.tasks(lids)
        self.tx.look_up(key for task in found for key in belongings(task))
        return found

    def segments(self, project: ProjectId) -> list[Segment]:
        """Returns a project's segments in their order; one is made when there are none."""
        if project not in self._segments:
            found = self._load(Segment, project)
            if not found:
                found = [Segment(SegmentId(new_id()), rules.DEFAULT_SEGMENT, project)]
                self.tx.save(*found)
            self._segments[project] = found
        return self._segments[project]

    def statuses(self, project: ProjectId) -> list[Status]:
        """Returns a project's statuses in their order; four are made when there are none."""
        if project not in self._statuses:
            found = self._load(Status, project)
            if not found:
                found = [
                    Status(StatusId(new_id()), name, project, place, icon, is_done)
                    for place, (name, icon, is_done) in enumerate(rules.DEFAULT_STATUSES)
                ]
                self.tx.save(*found)
            self._statuses[project] = found
        return self._statuses[project]

    def _load(self, cls: type[P], project: ProjectId) -> list[P]:
        where = "WHERE deleted = 0 AND project = ? ORDER BY position, lid"
        return tables.load(self.tx.source, cls, where, (project,))

    def entered(self, task: PlanTask, project: ProjectId | None) -> PlanTask:
        """Returns the task in a project: in its first segment and status, as Toggl Plan does it.

        Tags go, and the colour becomes the project's. What is done stays done.
        """
        task = replace(task, project=project, segment=None, status=None, tags=(), color=None)
        if project is None:
            return replace(task, workspace=LOCAL_WORKSPACE)
        task = replace(
            task,
            segment=self.segments(project)[0].lid,
            workspace=self.tx.get(Project, project).workspace,
        )
        return self.in_first_status(task, project)

    def in_first_status(self, task: PlanTask, project: ProjectId) -> PlanTask:
        """Returns the task in the first of the project's statuses that suits it."""
        suiting = [s for s in self.statuses(project) if s.is_done == task.is_done]
        suiting = [s for s in suiting if not s.is_hidden] or suiting
        return replace(task, status=suiting[0].lid if suiting else None)

    def in_segment(self, task: PlanTask, segment: SegmentId | None) -> PlanTask:
        """Returns the task in a segment; one of another project takes it there."""
        if segment is None:
            return replace(task, segment=None)
        project = self.tx.get(Segment, segment).project
        if task.project != project:
            task = self.entered(task, project)
        return replace(task, segment=segment)

    def in_status(self, task: PlanTask, status: StatusId | None) -> PlanTask:
        """Returns the task in a status of its project, done when the status is."""
        if status is None:
            return rules.with_status(task, None)
        found = self.tx.get(Status, status)
        if found.project != task.project:
            raise RefusedError(
                f"“{found.name}” is a status of another project. Nothing was changed."
            )
        return rules.with_status(task, found)

    def done(self, task: PlanTask, *, is_done: bool) -> PlanTask:
        """Returns the task done or not, with a status of its project that says so."""
        statuses = [] if task.project is None else self.statuses(task.project)
        return rules.with_done(task, statuses, is_done=is_done)

    def checked(self, task: PlanTask) -> PlanTask:
        """Returns the task if everything in it fits together; else raises RefusedError.

        Its status is not looked at: `in_status` and `entered` give only one of its project.
        """
        task = rules.checked(task)
        project = None if task.project is None else self.tx.get(Project, task.project)
        if task.segment is not None and (
            self.tx.get(Segment, task.segment).project != task.project
        ):
            raise RefusedError("The segment belongs to another project. Nothing was changed.")
        self._check_people(task.members)
        members, tags = tuple(dict.fromkeys(task.members)), self._tags(task)
        workspace = task.workspace if project is None else project.workspace
        if (members, tags, workspace) == (task.members, task.tags, task.workspace):
            return task
        return replace(task, members=members, tags=tags, workspace=workspace)

    def _check_people(self, members: Sequence[MemberId]) -> None:
        for member in members:
            if member not in self._checked:
                self.tx.get(Member, member)
                self._checked.add(member)

    def _tags(self, task: PlanTask) -> tuple[PlanTagId, ...]:
        for lid in task.tags:
            tag = self.tx.get(PlanTag, lid)
            if tag.project != task.project:
                raise RefusedError(
                    f"“{tag.name}” is a tag of another project. Nothing was changed."
                )
        return tuple(dict.fromkeys(task.tags))

    def below(self, task: PlanTask) -> PlanTask:
        """Returns the task below everything that shares a day and a lane with it."""
        return self.all_below([task])[0]

    def all_below(self, tasks: Sequence[PlanTask]) -> list[PlanTask]:
        """Returns each task below everything stored that shares a day and a lane with it."""
        lanes = [plan_places.Lane(t.start, t.end, t.project, t.members) for t in tasks]
        weights = plan_places.all_below(self.tx.source, lanes)
        return [replaced(t, weight=w) for t, w in zip(tasks, weights, strict=True)]

    def last_on_board(self, task: PlanTask) -> PlanTask:
        """Returns the task at the end of its column, after those this was asked for before."""
        column = (task.project, task.status)
        if column in self._last:
            self._last[column] += 1.0
        else:
            self._last[column] = plan_places.last_in_column(self.tx.source, *column)
        return replaced(task, board_position=self._last[column])

    def saved(self) -> list[PlanTask]:
        """Returns the plan tasks that this step has changed so far, as they are now."""
        found = (one for one in self.tx.saved() if isinstance(one, PlanTask))
        return [task for task in found if not task.deleted]

    def push(self, movers: Sequence[PlanTask]) -> list[PlanTask]:
        """Returns, moved, what waits for tasks that end too late now."""
        dependencies = tables.load(self.tx.source, Dependency, "WHERE deleted = 0")
        lids = [task.lid for task in movers]
        followers = rules.end_of(dependencies, lids)
        others = self.tasks(sorted(followers.difference(lids)))
        everyone = {task.lid: task for task in (*others, *movers)}
        found = rules.pushed(everyone, dependencies, lids)
        for task in found.values():
            rules.check_days(task.start, task.end)
        return list(found.values())


def belongings(task: PlanTask) -> Iterator[tuple[str, str]]:
    """Yields, by kind and id, what a plan task belongs to and who is to do it."""
    if task.project is not None:
        yield Project.kind, task.project
    if task.segment is not None:
        yield Segment.kind, task.segment
    if task.status is not None:
        yield Status.kind, task.status
    for member in task.members:
        yield Member.kind, member
    for tag in task.tags:
        yield PlanTag.kind, tag


def is_given(value: object) -> bool:
    """Tells whether a value is not to be left as it is."""
    return not isinstance(value, Unset)
