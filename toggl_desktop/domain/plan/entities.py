"""The things of a plan. Frozen: a change is a new value, made by `dataclasses.replace`.

The project is the timer's (`domain.entities.Project`): one project may live in both. Everything
has a permanent local id `lid` and a `deleted` mark. Days are ordinals, minutes count from midnight
(see `domain.plan`). Field meanings follow Toggl Plan's API v5 (contract: tasks, members, groups).
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
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
    WorkspaceId,
)

EstimateKind = Literal["daily", "total"]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the plan.

    Attributes:
        is_placeholder: Nobody signs in as them.
        color: `#rrggbb`, for their initials.
        capacity: Minutes of work a day, Monday first; empty means eight hours on
            each day but the weekend's (`days.workweek`).
        holidays: Whose public holidays they keep, `DE` or `DE-BY`; empty means nobody's.
        weight: Order of the lanes, lower is higher up.
    """

    kind: ClassVar[str] = "member"
    lid: MemberId
    name: str
    initials: str = ""
    email: str = ""
    color: str = "#9575cd"
    is_placeholder: bool = False
    capacity: tuple[int, ...] = ()
    holidays: str = ""
    weight: float = 0.0
    workspace: WorkspaceId = LOCAL_WORKSPACE
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Members who belong together, in their order; Toggl Plan's screens say “team”."""

    kind: ClassVar[str] = "plan_group"
    lid: GroupId
    name: str
    members: tuple[MemberId, ...] = ()
    position: int = 0
    workspace: WorkspaceId = LOCAL_WORKSPACE
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A lane of a project's timeline."""

    kind: ClassVar[str] = "segment"
    lid: SegmentId
    name: str
    project: ProjectId
    position: int = 0
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A column of a project's board; `icon` is an emoji or its name, `is_done` ends a task."""

    kind: ClassVar[str] = "status"
    lid: StatusId
    name: str
    project: ProjectId
    position: int = 0
    icon: str = ""
    is_done: bool = False
    is_hidden: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PlanTag:
    """A tag of plan tasks; it belongs to one project, as in Toggl Plan."""

    kind: ClassVar[str] = "plan_tag"
    lid: PlanTagId
    name: str
    project: ProjectId
    color: str = "#9575cd"
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A bar on the timeline, or, without days, something in the taskbox.

    Attributes:
        start: First day; None when it is not scheduled. `start` and `end` are both set or both not.
        end: Last day, inclusive.
        start_minute: When it begins on each of its days; None for all day.
        end_minute: When it ends on each of its days.
        color: `#rrggbb`; None takes the project's.
        estimate_minutes: Work in it, a day or in total; None when nobody said.
        skips_weekend: Whether a total estimate is spread over working days only.
        notes: As it came: plain text, or Toggl's rich text (a Quill delta in JSON).
        checklist: Lines with their id, their words and whether they are done.
        weight: Order within a lane, lower is higher up.
        board_position: Order within a board's column.
        repeat: Its rule, `every 2 weeks`, `every 1 month until 2027-03-01`; empty for none.
        series: The first task of its series; None when it does not recur.
    """

    kind: ClassVar[str] = "plan_task"
    lid: PlanTaskId
    name: str
    start: int | None = None
    end: int | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    project: ProjectId | None = None
    segment: SegmentId | None = None
    status: StatusId | None = None
    members: tuple[MemberId, ...] = ()
    tags: tuple[PlanTagId, ...] = ()
    color: str | None = None
    estimate_minutes: int | None = None
    estimate_kind: EstimateKind = "daily"
    skips_weekend: bool = True
    notes: str = ""
    checklist: tuple[tuple[str, str, bool], ...] = ()
    is_done: bool = False
    weight: float = 0.0
    board_position: float = 0.0
    repeat: str = ""
    series: PlanTaskId | None = None
    workspace: WorkspaceId = LOCAL_WORKSPACE
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day that matters: to a project, to a group, or, with neither, to everyone.

    Attributes:
        is_holiday: Nobody works on it.
    """

    kind: ClassVar[str] = "milestone"
    lid: MilestoneId
    name: str
    day: int
    color: str = "#ff0000"
    is_done: bool = False
    is_holiday: bool = False
    project: ProjectId | None = None
    group: GroupId | None = None
    workspace: WorkspaceId = LOCAL_WORKSPACE
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Days on which a member does not work; `reason` is vacation, sick or other."""

    kind: ClassVar[str] = "time_off"
    lid: TimeOffId
    member: MemberId
    start: int
    end: int
    reason: Literal["vacation", "sick", "other"] = "vacation"
    note: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Dependency:
    """`after` must not begin before `before` has ended. On this computer only: Plan has none."""

    kind: ClassVar[str] = "dependency"
    lid: DependencyId
    before: PlanTaskId
    after: PlanTaskId
    deleted: bool = False


PlanEntity = (
    Member | Group | Segment | Status | PlanTag | PlanTask | Milestone | TimeOff | Dependency
)
PLAN_KINDS = (Member, Group, Segment, Status, PlanTag, PlanTask, Milestone, TimeOff, Dependency)
"""Parents first."""
