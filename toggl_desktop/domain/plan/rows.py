"""A plan as screens and scripts read it: small rows, ready to lay out. From `store.read.plan`.

NamedTuples, because a plan may have a hundred thousand of them (tests/perf).
"""

from typing import NamedTuple


class Bar(NamedTuple):
    """A plan task as the timeline, the taskbox, the board and the command line show it.

    Attributes:
        start: First day, an ordinal; None when it is not scheduled.
        end: Last day, inclusive.
        color: `#rrggbb`, its own or its project's.
        daily_minutes: Work in it on each working day; 0 when there is no estimate.
        checklist_done: How many lines of its checklist are done, of `checklist_total`.
    """

    lid: str
    name: str
    start: int | None
    end: int | None
    start_minute: int | None
    end_minute: int | None
    project: str | None
    segment: str | None
    status: str | None
    members: tuple[str, ...]
    tags: tuple[str, ...]
    color: str
    is_done: bool
    weight: float
    board_position: float
    daily_minutes: int
    checklist_done: int
    checklist_total: int
    has_notes: bool
    recurs: bool


class MilestoneRow(NamedTuple):
    """A milestone; `project` and `group` say whom it is for."""

    lid: str
    name: str
    day: int
    color: str
    is_done: bool
    is_holiday: bool
    project: str | None
    group: str | None


class MemberRow(NamedTuple):
    """A person: a lane of the team's timeline. `capacity` is minutes a day, Monday first."""

    lid: str
    name: str
    initials: str
    color: str
    is_placeholder: bool
    capacity: tuple[int, ...]
    holidays: str
    weight: float


class GroupRow(NamedTuple):
    """A group and the ids of its members, in order."""

    lid: str
    name: str
    members: tuple[str, ...]
    position: int


class SegmentRow(NamedTuple):
    """A lane of a project's timeline."""

    lid: str
    name: str
    project: str
    position: int


class StatusRow(NamedTuple):
    """A column of a project's board."""

    lid: str
    name: str
    project: str
    position: int
    icon: str
    is_done: bool
    is_hidden: bool


class PlanTagRow(NamedTuple):
    """A tag of a project's plan tasks."""

    lid: str
    name: str
    project: str
    color: str


class PlanProjectRow(NamedTuple):
    """A project as the plan shows it."""

    lid: str
    name: str
    color: str
    client: str | None
    is_archived: bool


class TimeOffRow(NamedTuple):
    """Days on which a member does not work."""

    lid: str
    member: str
    start: int
    end: int
    reason: str
    note: str


class DependencyRow(NamedTuple):
    """`after` waits for `before`."""

    lid: str
    before: str
    after: str


class Plan(NamedTuple):
    """Everything a plan window shows, read in one snapshot."""

    bars: list[Bar]
    milestones: list[MilestoneRow]
    members: list[MemberRow]
    groups: list[GroupRow]
    projects: list[PlanProjectRow]
    segments: list[SegmentRow]
    statuses: list[StatusRow]
    tags: list[PlanTagRow]
    time_off: list[TimeOffRow]
    dependencies: list[DependencyRow]
