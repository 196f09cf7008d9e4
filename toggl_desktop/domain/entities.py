"""The things a person works with. Frozen: a change is a new value, made by `dataclasses.replace`.

Every entity has a permanent local id `lid` and a `deleted` mark; deleting is an edit that can be
undone. Instants are epoch seconds UTC. The kind's name is the name used in SQL, JSON and events.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    ClientId,
    EntryId,
    FavouriteId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)

if TYPE_CHECKING:  # who only tracks time does not pay for the plan's classes
    from toggl_desktop.domain.plan.entities import PlanEntity

REQUIRABLE = ("description", "project", "tag", "task")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace; `required` names the fields every entry in it must have."""

    kind: ClassVar[str] = "workspace"
    lid: WorkspaceId
    name: str
    required: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """A client; archived ones are kept but no longer offered."""

    kind: ClassVar[str] = "client"
    lid: ClientId
    name: str
    workspace: WorkspaceId = LOCAL_WORKSPACE
    archived: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project; `color` is `#rrggbb`."""

    kind: ClassVar[str] = "project"
    lid: ProjectId
    name: str
    color: str
    client: ClientId | None = None
    workspace: WorkspaceId = LOCAL_WORKSPACE
    billable: bool = False
    archived: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task of Toggl Track: a named part of a project."""

    kind: ClassVar[str] = "task"
    lid: TaskId
    name: str
    project: ProjectId
    estimate_seconds: int | None = None
    archived: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag."""

    kind: ClassVar[str] = "tag"
    lid: TagId
    name: str
    workspace: WorkspaceId = LOCAL_WORKSPACE
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A time entry; it runs while `stop` is None. Its length is never stored: it is stop − start.

    Attributes:
        zone: Name of the time zone it was made in; for display only.
        plan_task: Local id of the plan task it was tracked for.
    """

    kind: ClassVar[str] = "time_entry"
    lid: EntryId
    start: int
    stop: int | None = None
    description: str = ""
    project: ProjectId | None = None
    task: TaskId | None = None
    tags: tuple[TagId, ...] = ()
    billable: bool = False
    workspace: WorkspaceId = LOCAL_WORKSPACE
    plan_task: str | None = None
    zone: str = ""
    deleted: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it has no stop yet."""
        return self.stop is None

    def seconds(self, now: int) -> int:
        """Returns its length: stop − start, or now − start while it runs; never negative."""
        return max(0, (now if self.stop is None else self.stop) - self.start)


@dataclass(frozen=True, slots=True)
class Favourite:
    """Something a person starts often, kept at hand in a chosen order."""

    kind: ClassVar[str] = "favourite"
    lid: FavouriteId
    description: str = ""
    project: ProjectId | None = None
    task: TaskId | None = None
    tags: tuple[TagId, ...] = field(default=())
    billable: bool = False
    position: int = 0
    deleted: bool = False


TimerEntity = Workspace | Client | Project | Task | Tag | Entry | Favourite
if TYPE_CHECKING:
    Entity = TimerEntity | PlanEntity
else:
    Entity = TimerEntity

_TIMER = (Workspace, Client, Project, Task, Tag, Entry, Favourite)
TIMER_KINDS = frozenset(cls.kind for cls in _TIMER)
_PLAN = (
    *("member", "plan_group", "segment", "status", "plan_tag"),
    *("plan_task", "milestone", "time_off", "dependency"),
)


class _Kinds:
    """Kind → class, parents first; the plan's classes are only made when one is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, type[Entity]] = {cls.kind: cls for cls in _TIMER}

    def __getitem__(self, kind: str) -> type["Entity"]:
        if kind in _PLAN and kind not in self._known:
            from toggl_desktop.domain.plan.entities import PLAN_KINDS

            self._known |= {cls.kind: cls for cls in PLAN_KINDS}
        return self._known[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self._known or kind in _PLAN

    def __iter__(self) -> Iterator[str]:
        yield from (cls.kind for cls in _TIMER)
        yield from _PLAN

    def items(self) -> Iterator[tuple[str, type["Entity"]]]:
        """Yields every kind with its class."""
        return ((kind, self[kind]) for kind in self)


KINDS = _Kinds()

PALETTE = (
    "#0b83d9",
    "#9e5bd9",
    "#d94182",
    "#e36a00",
    "#bf7000",
    "#2da608",
    "#06a893",
    "#c9806b",
    "#465bb3",
    "#990099",
    "#c7af14",
    "#566614",
    "#d92b2b",
    "#525266",
)
"""The colours a free Toggl plan accepts for projects."""
