"""A small plan to try things on: two projects, four people, six weeks around a day."""

import json
from typing import NamedTuple

from toggl_desktop.actions.catalog import drop_project
from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan import releasing
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Entity, Project
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import (
    SAMPLE_PROJECT,
    DependencyId,
    GroupId,
    MemberId,
    MilestoneId,
    PlanTagId,
    PlanTaskId,
    ProjectId,
    SegmentId,
    StatusId,
    TimeOffId,
)
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.commands import AddSamplePlan, RemoveSamplePlan
from toggl_desktop.domain.plan.entities import (
    Dependency,
    EstimateKind,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import catalog, plan, plan_places
from toggl_desktop.store.write import Transaction

_TODO, _DOING, _BLOCKED, _DONE = range(4)


class _Bar(NamedTuple):
    """A task of the sample: whose, where, and its days counted from the Monday of the week."""

    name: str
    first: int | None
    days: int
    project: int
    segment: int
    people: tuple[int, ...]
    state: int = _TODO
    hours: int | None = None
    kind: EstimateKind = "daily"
    times: tuple[int, int] | None = None
    lines: tuple[str, ...] = ()
    notes: str = ""
    tag: bool = False


_PEOPLE = (("Ann", "#2196f3"), ("Ben", "#338636"), ("Chloé", "#e37403"), ("Dan", "#673ab7"))
_GROUPS = (("Design", (0, 2)), ("Development", (1, 3)))
_PROJECTS = (
    ("Sample: website", "#00acc1", ("Concept", "Design", "Build")),
    ("Sample: app", "#d9480f", ("Research", "Version 1")),
)
_BARS = (
    _Bar("Interviews", -14, 5, 0, 0, (0,), _DONE, 6),
    _Bar("Site map", -9, 3, 0, 0, (0, 2), _DONE, 4),
    _Bar("Wireframes", -4, 5, 0, 1, (2,), _DONE, 7, lines=("Home", "Pricing", "Contact")),
    _Bar("Look and feel", 0, 5, 0, 1, (0,), _DOING, 6, lines=("Type", "Colours", "Pictures")),
    _Bar("Page templates", 1, 8, 0, 2, (1,), _DOING, 40, "total"),
    _Bar("Copy", 2, 4, 0, 1, (2,), _BLOCKED, 3, notes="Waits for the client's words."),
    _Bar("Checkout", 9, 5, 0, 2, (1, 3), _TODO, 6, tag=True),
    _Bar("Test with users", 15, 3, 0, 2, (0,), _TODO, 5),
    _Bar("Go live", 21, 1, 0, 2, (1, 2), _TODO, 4, times=(540, 780)),
    _Bar("Stand-up", 0, 5, 0, 2, (0, 1, 2, 3), times=(555, 570)),
    _Bar("Competitors", -7, 4, 1, 0, (3,), _DONE, 5),
    _Bar("Prototype", -2, 6, 1, 0, (3,), _DOING, 6, lines=("Sign in", "List", "Search")),
    _Bar("API", 7, 7, 1, 1, (3,), _TODO, 35, "total", tag=True),
    _Bar("App design", 7, 5, 1, 1, (2,), _TODO, 6),
    _Bar("Beta", 16, 5, 1, 1, (3, 1), _TODO, 4),
    _Bar("Newsletter", None, 1, 0, 1, (2,)),
    _Bar("Dark mode", None, 1, 1, 1, (), tag=True),
)
_WAITS = (("Wireframes", "Page templates"), ("Checkout", "Test with users"), ("API", "Beta"))
_MARKS = (
    ("Launch", 21, 0, "#ff0000"),
    ("Beta out", 20, 1, "#d9480f"),
    ("Fair", 11, None, "#673ab7"),
)


def add(store: Store, command: AddSamplePlan, now: Reading) -> ChangeSet:
    """Fills an empty plan with the sample. Raises RefusedError when there is a plan already."""
    rules.check_day(command.day)
    with store.transaction("Add the sample plan", now.wall) as tx:
        if not plan.is_empty(tx.source):
            raise RefusedError("There is a plan already. Nothing was changed.")
        made = _made(tx, command.day - (command.day - 1) % 7)
        tx.save(*made)
        ids = plan_places.sample(tx.source) | {one.lid for one in made}
        tx.step.meta[plan_places.SAMPLE] = json.dumps(sorted(ids))
    return tx.result


def _made(tx: Transaction, monday: int) -> list[Entity]:
    people = [
        Member(MemberId(new_id()), name, name[:2].upper(), "", color, True, weight=float(place))  # noqa: FBT003
        for place, (name, color) in enumerate(_PEOPLE)
    ]
    groups = [
        Group(GroupId(new_id()), name, tuple(people[who].lid for who in whose), place)
        for place, (name, whose) in enumerate(_GROUPS)
    ]
    projects = [
        Project(ProjectId(SAMPLE_PROJECT + new_id()), _free_name(tx, name), color)
        for name, color, _ in _PROJECTS
    ]
    segments = [
        [Segment(SegmentId(new_id()), name, of.lid, n) for n, name in enumerate(names)]
        for of, (_, _, names) in zip(projects, _PROJECTS, strict=True)
    ]
    statuses = [
        [
            Status(StatusId(new_id()), name, of.lid, n, icon, is_done)
            for n, (name, icon, is_done) in enumerate(rules.DEFAULT_STATUSES)
        ]
        for of in projects
    ]
    tags = [PlanTag(PlanTagId(new_id()), "important", of.lid, "#cd3633") for of in projects]
    tasks = {
        bar.name: PlanTask(
            PlanTaskId(new_id()),
            bar.name,
            None if bar.first is None else monday + bar.first,
            None if bar.first is None else monday + bar.first + bar.days - 1,
            None if bar.times is None else bar.times[0],
            None if bar.times is None else bar.times[1],
            projects[bar.project].lid,
            segments[bar.project][bar.segment].lid,
            statuses[bar.project][bar.state].lid,
            tuple(people[who].lid for who in bar.people),
            (tags[bar.project].lid,) if bar.tag else (),
            estimate_minutes=None if bar.hours is None else bar.hours * 60,
            estimate_kind=bar.kind,
            notes=bar.notes,
            checklist=tuple(
                (new_id(), line, bar.state == _DONE or n == 0) for n, line in enumerate(bar.lines)
            ),
            is_done=bar.state == _DONE,
            weight=float(place % 4),
            board_position=float(place),
        )
        for place, bar in enumerate(_BARS)
    }
    milestones = [
        Milestone(
            MilestoneId(new_id()),
            name,
            monday + day,
            color,
            project=None if of is None else projects[of].lid,
        )
        for name, day, of, color in _MARKS
    ]
    time_off = TimeOff(TimeOffId(new_id()), people[1].lid, monday + 16, monday + 18)
    waits = [
        Dependency(DependencyId(new_id()), tasks[before].lid, tasks[after].lid)
        for before, after in _WAITS
    ]
    found: list[Entity] = [*people, *groups, *projects, *tags, *tasks.values(), *milestones]
    found += [time_off, *waits]
    for stages in segments:
        found += stages
    for columns in statuses:
        found += columns
    return found


def _free_name(tx: Transaction, name: str) -> str:
    taken = {fold(one) for one in catalog.all_names(tx.source, "project")}
    number, free = 1, name
    while fold(free) in taken:
        number += 1
        free = f"{name} {number}"
    return free


def remove(store: Store, _command: RemoveSamplePlan, now: Reading) -> ChangeSet:
    """Takes away what the sample brought, whatever was changed in it, also what it was repeated to.

    A person's own things stay.

    Raises:
        NothingToDoError: Nothing of it is left.
    """
    with store.transaction("Remove the sample plan", now.wall) as tx:
        ids = plan_places.sample(tx.source)
        releasing.tasks(tx, plan_places.with_occurrences(tx.source, ids))
        for cls in (Dependency, TimeOff, Milestone, PlanTag, Group, Member):
            for lid in sorted(ids):
                if thing := tx.find(cls, lid):
                    releasing.drop(tx, thing)
        for lid in sorted(ids):
            if project := tx.find(Project, lid):
                drop_project(tx, project)
    if not tx.result:
        raise NothingToDoError("There is no sample plan to remove.")
    return tx.result
