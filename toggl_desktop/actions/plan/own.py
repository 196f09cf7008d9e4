"""The plan in our own JSON: to its lists, and from them to what is not here yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan.exchange import same
from toggl_desktop.actions.plan.matching import PlanMatcher
from toggl_desktop.domain.entities import Client, Entity, Project, Workspace
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    DependencyId,
    GroupId,
    MilestoneId,
    PlanTaskId,
    ProjectId,
    TimeOffId,
)
from toggl_desktop.domain.limits import check_name
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanEntity,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.exchange import plan_json
from toggl_desktop.exchange.plan_json import Place, Told
from toggl_desktop.exchange.records import BadLine, Row
from toggl_desktop.store import tables
from toggl_desktop.store.source import Source

_LIVE = "WHERE deleted = 0"
_OWNER = "(SELECT p.name FROM project AS p WHERE p.lid = {}.project)"
_ORDER = {
    "members": "weight, name, lid",
    "groups": "position, name, lid",
    "segments": f"{_OWNER.format('segment')}, position, name, lid",
    "statuses": f"{_OWNER.format('status')}, position, name, lid",
    "plan_tags": f"{_OWNER.format('plan_tag')}, name, color, lid",
    "plan_tasks": f'start, weight, name, "end", {_OWNER.format("plan_task")}, lid',
    "milestones": f"day, name, {_OWNER.format('milestone')}, lid",
    "time_off": 'start, "end", (SELECT m.name FROM member AS m WHERE m.lid = member), lid',
    "dependencies": "lid",
}


# Out ------------------------------------------------------------------------------------------


def lists(source: Source) -> dict[str, tuple[Row, ...]]:
    """Returns the plan as our own JSON carries it: lists of rows by name."""
    things: dict[str, Sequence[PlanEntity]] = {
        name: tables.load(source, cls, f"{_LIVE} ORDER BY {_ORDER[name]}")  # sql: names only
        for name, cls in plan_json.KINDS.items()
    }
    numbers = {str(one.lid): number for number, one in enumerate(things["plan_tasks"])}

    def by_tasks(one: Any) -> tuple[int, int]:  # noqa: ANN401 - a dependency
        return numbers.get(one.before, -1), numbers.get(one.after, -1)

    things["dependencies"] = sorted(things["dependencies"], key=by_tasks)
    return plan_json.rows(things, _places(source))


def task_numbers(source: Source) -> dict[str, int]:
    """Returns the numbers that `lists` gives to plan tasks, by their ids."""
    order = f"{_LIVE} ORDER BY {_ORDER['plan_tasks']}"  # sql: names only
    return {lid: number for number, lid in enumerate(tables.lids(source, PlanTask, order, ()), 1)}


def _places(source: Source) -> Callable[[PlanEntity], Place]:
    projects = {one.lid: one for one in tables.load(source, Project, _LIVE)}
    clients = {one.lid: one.name for one in tables.load(source, Client, _LIVE)}
    workspaces = {one.lid: one.name for one in tables.load(source, Workspace, _LIVE)}

    def place(one: PlanEntity) -> Place:
        project = projects.get(getattr(one, "project", None) or ProjectId(""))
        workspace = workspaces.get(getattr(one, "workspace", LOCAL_WORKSPACE))
        if project is None:
            return Place(workspace=workspace)
        client = None if project.client is None else clients.get(project.client)
        return Place(project.name, client, workspace)

    return place


# In -------------------------------------------------------------------------------------------


class OwnPlan:
    """What of a file's plan is not here yet.

    Attributes:
        bad: Rows that cannot be read or kept.
        entities: What would be saved; projects and clients are the matcher's.
        tasks: How many plan tasks are among it.
        duplicates: How many plan tasks are here already.
    """

    def __init__(
        self, source: Source, matcher: PlanMatcher, rows: Mapping[str, Sequence[Row]]
    ) -> None:
        found, self.bad = plan_json.told(rows)
        self._source, self._matcher = source, matcher
        self._ids: dict[tuple[str, str], str] = {}
        self._kept: list[PlanEntity] = []
        self.tasks = self.duplicates = 0
        self._here = {
            kind: {_content(one) for one in tables.load(source, cls, _LIVE)}
            for kind, cls in ((c.kind, c) for c in (Milestone, TimeOff, Dependency))
        }
        self._each(found["members"], self._member)
        self._each(found["groups"], self._group)
        self._each(found["segments"], self._segment)
        self._each(found["statuses"], self._status)
        self._each(found["plan_tags"], self._tag)
        self._take_tasks(found["plan_tasks"])
        self._each(found["milestones"], self._milestone)
        self._each(found["time_off"], self._time_off)
        self._each(found["dependencies"], self._dependency)
        self._drop_circles()
        self.entities: tuple[PlanEntity, ...] = (*matcher.new, *self._kept)

    def task(self, number: int) -> str | None:
        """Returns the id here of the plan task that has a number in the file."""
        return self._ids.get((PlanTask.kind, str(number)))

    @property
    def projects(self) -> set[str]:
        """The ids of the projects that are needed."""
        return {lid for one in self.entities if (lid := getattr(one, "project", None))}

    def _each(self, found: Iterable[Told], take: Callable[[Told], None]) -> None:
        for one in found:
            try:
                take(one)
            except KnownError as error:
                reason = error.sentence.partition(" Nothing was ")[0].rstrip(".")
                label = getattr(one.entity, "name", one.entity.kind)
                self.bad.append(BadLine(0, reason, label[:200]))

    def _member(self, told: Told) -> None:
        assert isinstance(told.entity, Member)
        home = self._matcher.workspace(told.place.workspace)
        found = self._matcher.listed_member(replace(told.entity, workspace=home))
        self._ids["member", told.entity.lid] = found.lid

    def _group(self, told: Told) -> None:
        assert isinstance(told.entity, Group)
        group = replace(
            told.entity,
            name=check_name("group", told.entity.name),
            members=self._many("member", told.entity.members),
            workspace=self._matcher.workspace(told.place.workspace),
        )
        for known in tables.load(self._source, Group, _LIVE):
            if fold(known.name) == fold(group.name):
                self._ids[Group.kind, told.entity.lid] = known.lid
                return
        self._keep(replace(group, lid=GroupId(new_id())), told)

    def _segment(self, told: Told) -> None:
        assert isinstance(told.entity, Segment)
        project = self._project(told.place)
        if project is not None:
            found = self._matcher.listed_segment(replace(told.entity, project=project.lid))
            self._ids[Segment.kind, told.entity.lid] = found.lid

    def _status(self, told: Told) -> None:
        assert isinstance(told.entity, Status)
        project = self._project(told.place)
        if project is not None:
            found = self._matcher.listed_status(replace(told.entity, project=project.lid))
            self._ids[Status.kind, told.entity.lid] = found.lid

    def _tag(self, told: Told) -> None:
        assert isinstance(told.entity, PlanTag)
        project = self._project(told.place)
        if project is not None:
            found = self._matcher.listed_tag(replace(told.entity, project=project.lid))
            self._ids[PlanTag.kind, told.entity.lid] = found.lid

    def _take_tasks(self, found: Sequence[Told]) -> None:
        here: dict[object, list[PlanTask]] = {}
        for known in tables.load(self._source, PlanTask, _LIVE):
            here.setdefault(_content(known), []).append(known)
        series: dict[str, str] = {}
        made: list[PlanTask] = []

        def take(told: Told) -> None:
            assert isinstance(told.entity, PlanTask)
            task = self._task(told.entity, told.place)
            twins = here.get(_content(task))
            if twins:
                self.duplicates += 1
                task = twins.pop()
            else:
                made.append(task)
            self._ids[PlanTask.kind, told.entity.lid] = task.lid
            if told.entity.series is not None:
                series[task.lid] = told.entity.series

        self._each(found, take)
        for task in made:
            first = self._ids.get((PlanTask.kind, series.get(task.lid, "")))
            recurs = first is not None and bool(task.repeat)
            self._kept.append(
                replace(
                    task,
                    series=PlanTaskId(first) if first is not None and recurs else None,
                    repeat=task.repeat if recurs else "",
                )
            )
        self.tasks = len(made)

    def _task(self, task: PlanTask, place: Place) -> PlanTask:
        project = self._project(place)
        return rules.checked(
            replace(
                task,
                lid=PlanTaskId(new_id()),
                project=None if project is None else project.lid,
                workspace=(
                    self._matcher.workspace(place.workspace)
                    if project is None
                    else project.workspace
                ),
                segment=self._one(Segment.kind, task.segment),
                status=self._one(Status.kind, task.status),
                members=self._many(Member.kind, task.members),
                tags=self._many(PlanTag.kind, task.tags),
                checklist=tuple((new_id(), words, done) for _, words, done in task.checklist),
                series=None,
            )
        )

    def _milestone(self, told: Told) -> None:
        one = told.entity
        assert isinstance(one, Milestone)
        rules.check_day(one.day)
        project = self._project(told.place)
        self._keep(
            replace(
                one,
                lid=MilestoneId(new_id()),
                name=check_name("milestone", one.name),
                project=None if project is None else project.lid,
                group=self._one(Group.kind, one.group),
                workspace=self._matcher.workspace(told.place.workspace),
            ),
            told,
        )

    def _time_off(self, told: Told) -> None:
        one = told.entity
        assert isinstance(one, TimeOff)
        rules.check_days(one.start, one.end)
        member = self._one(Member.kind, one.member)
        if member is not None:
            self._keep(replace(one, lid=TimeOffId(new_id()), member=member), told)

    def _dependency(self, told: Told) -> None:
        one = told.entity
        assert isinstance(one, Dependency)
        before, after = self._one(PlanTask.kind, one.before), self._one(PlanTask.kind, one.after)
        if before is not None and after is not None and before != after:
            lid = DependencyId(new_id())
            self._keep(replace(one, lid=lid, before=before, after=after), told)

    def _drop_circles(self) -> None:
        """Leaves out what would let tasks wait for each other in a circle."""
        ours = [one for one in self._kept if isinstance(one, Dependency)]
        if not ours:
            return
        rest = [*tables.load(self._source, Dependency, _LIVE), *ours]
        while True:
            waiting = {one.after for one in rest}
            left = [one for one in rest if one.before in waiting]
            if len(left) == len(rest):
                break
            rest = left
        if rest:
            circles = {one.lid for one in rest}
            self._kept = [one for one in self._kept if one.lid not in circles]
            self.bad.append(BadLine(0, "dependency: tasks would wait for each other in a circle"))

    def _keep(self, one: PlanEntity, told: Told) -> None:
        """Keeps a thing unless its like is here."""
        self._ids[one.kind, str(told.entity.lid)] = str(one.lid)
        here = self._here.get(one.kind, set())
        if _content(one) not in here:
            here.add(_content(one))
            self._kept.append(one)

    def _project(self, place: Place) -> Project | None:
        return self._matcher.project(place.project, place.client, place.workspace)

    def _one(self, kind: str, number: str | None) -> Any:  # noqa: ANN401 - an id of that kind
        return None if number is None else self._ids.get((kind, number))

    def _many(self, kind: str, numbers: Iterable[str]) -> tuple[Any, ...]:
        found = (self._ids.get((kind, number)) for number in numbers)
        return tuple(dict.fromkeys(lid for lid in found if lid is not None))


def _content(one: Entity) -> tuple[object, ...]:
    """Returns what makes two things of a plan the same one."""
    if isinstance(one, PlanTask):
        return same(one)
    if isinstance(one, Milestone):
        return one.name, one.day, one.project, one.group
    if isinstance(one, TimeOff):
        return one.member, one.start, one.end, one.reason
    if isinstance(one, Dependency):
        return one.before, one.after
    return (one.lid,)
