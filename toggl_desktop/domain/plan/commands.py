"""What a person may ask of a plan: one frozen value per intent. `UNSET` means: leave as it is.

Ids are local ids; days are ordinals and minutes count from midnight (see `domain.plan`).
"""

from dataclasses import dataclass, field
from typing import Literal

from toggl_desktop.domain.commands import UNSET, Unset
from toggl_desktop.domain.ids import (
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
from toggl_desktop.domain.plan.entities import EstimateKind

Scope = Literal["one", "following", "all"]
"""Which occurrences of a recurring task a change is for."""


@dataclass(frozen=True, slots=True)
class AddPlanTask:
    """Plan something; without days it goes to the taskbox.

    With a project and no segment or status it takes the project's first ones (made when there are
    none). `weight` None puts it below everything else of its lane.
    """

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
    repeat: str = ""
    weight: float | None = None
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditPlanTasks:
    """Change the named fields of one plan task or of many in one step.

    Changing the project resets segment, status, tags and colour as Toggl Plan does, unless they are
    named too. `pushes` moves what depends on a task and would be violated.
    """

    tasks: tuple[PlanTaskId, ...]
    name: str | Unset = UNSET
    start: int | Unset | None = UNSET
    end: int | Unset | None = UNSET
    start_minute: int | Unset | None = UNSET
    end_minute: int | Unset | None = UNSET
    project: ProjectId | Unset | None = UNSET
    segment: SegmentId | Unset | None = UNSET
    status: StatusId | Unset | None = UNSET
    members: tuple[MemberId, ...] | Unset = UNSET
    add_members: tuple[MemberId, ...] = ()
    remove_members: tuple[MemberId, ...] = ()
    tags: tuple[PlanTagId, ...] | Unset = UNSET
    add_tags: tuple[PlanTagId, ...] = ()
    remove_tags: tuple[PlanTagId, ...] = ()
    color: str | Unset | None = UNSET
    estimate_minutes: int | Unset | None = UNSET
    estimate_kind: EstimateKind | Unset = UNSET
    skips_weekend: bool | Unset = UNSET
    notes: str | Unset = UNSET
    checklist: tuple[tuple[str, str, bool], ...] | Unset = UNSET
    is_done: bool | Unset = UNSET
    repeat: str | Unset = UNSET
    weight: float | Unset = UNSET
    scope: Scope = "one"
    pushes: bool = False


@dataclass(frozen=True, slots=True)
class LaneChange:
    """What becomes of some of many tasks that change their lanes together.

    Attributes:
        tasks: Those it is about.
        swaps: Who takes whose place among the assignees, all at once; None stands for no one.
    """

    tasks: tuple[PlanTaskId, ...]
    swaps: tuple[tuple[MemberId | None, MemberId | None], ...] = ()
    to_project: ProjectId | Unset | None = UNSET
    to_segment: SegmentId | Unset | None = UNSET


@dataclass(frozen=True, slots=True)
class MovePlanTasks:
    """Move plan tasks along by days and, where a lane is named, into another lane.

    `from_member` is replaced by `to_member` (None: no one) among each task's assignees, the others
    stay; `to_segment` and `to_project` do the same for a project's lanes. `lanes` says it for tasks
    of several lanes. `minutes` shifts the time of day of timed tasks; `scope` takes along other
    occurrences of what recurs.
    """

    tasks: tuple[PlanTaskId, ...]
    days: int = 0
    minutes: int = 0
    from_member: MemberId | None = None
    to_member: MemberId | Unset | None = UNSET
    to_project: ProjectId | Unset | None = UNSET
    to_segment: SegmentId | Unset | None = UNSET
    lanes: tuple[LaneChange, ...] = ()
    weight: float | Unset = UNSET
    scope: Scope = "one"
    pushes: bool = False


@dataclass(frozen=True, slots=True)
class CopyPlanTasks:
    """Add copies of plan tasks, moved as `MovePlanTasks` would."""

    tasks: tuple[PlanTaskId, ...]
    days: int = 0
    minutes: int = 0
    from_member: MemberId | None = None
    to_member: MemberId | Unset | None = UNSET
    to_project: ProjectId | Unset | None = UNSET
    to_segment: SegmentId | Unset | None = UNSET
    lanes: tuple[LaneChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftEverythingAfter:
    """Move every plan task and milestone that begins on `day` or later by `days`.

    Only those of a member, of a project, or all when neither is named.
    """

    day: int
    days: int
    member: MemberId | None = None
    project: ProjectId | None = None


@dataclass(frozen=True, slots=True)
class DeletePlanTasks:
    """Delete plan tasks; undo brings them back."""

    tasks: tuple[PlanTaskId, ...]
    scope: Scope = "one"


@dataclass(frozen=True, slots=True)
class MoveOnBoard:
    """Put a plan task into a column of its project's board, before another task or last."""

    task: PlanTaskId
    status: StatusId | None
    before: PlanTaskId | None = None


@dataclass(frozen=True, slots=True)
class AddMilestone:
    """Mark a day."""

    name: str
    day: int
    color: str | None = None
    is_holiday: bool = False
    project: ProjectId | None = None
    group: GroupId | None = None
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditMilestone:
    """Rename, move, recolour a milestone, or change whom it is for."""

    milestone: MilestoneId
    name: str | Unset = UNSET
    day: int | Unset = UNSET
    color: str | Unset = UNSET
    is_done: bool | Unset = UNSET
    is_holiday: bool | Unset = UNSET
    project: ProjectId | Unset | None = UNSET
    group: GroupId | Unset | None = UNSET


@dataclass(frozen=True, slots=True)
class AddMember:
    """Add a person; initials and colour are found when they are not given."""

    name: str
    email: str = ""
    initials: str = ""
    color: str | None = None
    is_placeholder: bool = True
    group: GroupId | None = None
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditMember:
    """Change a person's name, colour, capacity, holidays or place."""

    member: MemberId
    name: str | Unset = UNSET
    initials: str | Unset = UNSET
    email: str | Unset = UNSET
    color: str | Unset = UNSET
    capacity: tuple[int, ...] | Unset = UNSET
    holidays: str | Unset = UNSET
    weight: float | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddGroup:
    """Make a group of members."""

    name: str
    members: tuple[MemberId, ...] = ()
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Rename a group, change who is in it, or its place."""

    group: GroupId
    name: str | Unset = UNSET
    members: tuple[MemberId, ...] | Unset = UNSET
    position: int | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddSegment:
    """Add a lane to a project's timeline."""

    name: str
    project: ProjectId


@dataclass(frozen=True, slots=True)
class EditSegment:
    """Rename a segment or change its place."""

    segment: SegmentId
    name: str | Unset = UNSET
    position: int | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddStatus:
    """Add a column to a project's board."""

    name: str
    project: ProjectId
    icon: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class EditStatus:
    """Rename, hide or move a column, or say that it ends tasks."""

    status: StatusId
    name: str | Unset = UNSET
    icon: str | Unset = UNSET
    is_done: bool | Unset = UNSET
    is_hidden: bool | Unset = UNSET
    position: int | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddPlanTag:
    """Add a tag to a project's plan."""

    name: str
    project: ProjectId
    color: str | None = None


@dataclass(frozen=True, slots=True)
class EditPlanTag:
    """Rename or recolour a plan tag."""

    tag: PlanTagId
    name: str | Unset = UNSET
    color: str | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddTimeOff:
    """Say that a member does not work on some days."""

    member: MemberId
    start: int
    end: int
    reason: Literal["vacation", "sick", "other"] = "vacation"
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditTimeOff:
    """Move time off or change its reason."""

    time_off: TimeOffId
    start: int | Unset = UNSET
    end: int | Unset = UNSET
    reason: Literal["vacation", "sick", "other"] | Unset = UNSET
    note: str | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddDependency:
    """Let a plan task wait for another; refused where that would make a circle."""

    before: PlanTaskId
    after: PlanTaskId


@dataclass(frozen=True, slots=True)
class DeletePlanThing:
    """Delete something else of the plan; tasks that pointed to it stay, without it."""

    kind: Literal[
        "member",
        "plan_group",
        "segment",
        "status",
        "plan_tag",
        "milestone",
        "time_off",
        "dependency",
    ]
    lid: (
        MemberId
        | GroupId
        | SegmentId
        | StatusId
        | PlanTagId
        | MilestoneId
        | TimeOffId
        | DependencyId
    )


@dataclass(frozen=True, slots=True)
class AddSamplePlan:
    """Fill an empty plan with a small one to try things on; `RemoveSamplePlan` takes it away."""

    day: int


@dataclass(frozen=True, slots=True)
class RemoveSamplePlan:
    """Take the sample plan away, with whatever was changed in it."""


@dataclass(frozen=True, slots=True)
class ContinueSeries:
    """Make the occurrences that what recurs lacks, up to a year ahead (`domain.plan.repeat`)."""


@dataclass(frozen=True, slots=True)
class ImportPlanFile:
    """Bring in one of Toggl Plan's tables.

    Attributes:
        data: The file's bytes.
        name: What it is called.
        skips_bad: Whether lines that cannot be read are left out.
        date_order: How its dates are written, where the file does not tell.
    """

    data: bytes = field(repr=False)
    name: str
    skips_bad: bool = False
    date_order: Literal["dmy", "mdy"] | None = None


AddPlanThing = AddMember | AddGroup | AddSegment | AddStatus | AddPlanTag | AddTimeOff
EditPlanThing = EditMember | EditGroup | EditSegment | EditStatus | EditPlanTag | EditTimeOff
