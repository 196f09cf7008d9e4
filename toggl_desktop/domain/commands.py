"""What a person may ask for: one frozen value per intent. `UNSET` means: leave as it is.

Ids are local ids; instants are epoch seconds UTC.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, Literal, NamedTuple

from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import (
    ClientId,
    EntryId,
    FavouriteId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = auto()


UNSET: Final = Unset.UNSET

OverlapChoice = Literal["ask", "trim", "keep"]
"""What becomes of entries in the way of a start in the past."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Start an entry; the running one is stopped at the new start. `at` None means now."""

    description: str = ""
    project: ProjectId | None = None
    task: TaskId | None = None
    tags: tuple[TagId, ...] = ()
    billable: bool | None = None
    at: int | None = None
    plan_task: str | None = None
    overlaps: OverlapChoice = "ask"


@dataclass(frozen=True, slots=True)
class EnterLine:
    """Do what one typed line says: start, or add a finished entry; missing tags are made.

    `task` is the name or id of a task of the project; `new_client` names the client that a project
    is made for.
    """

    line: Line
    creates_project: bool = False
    overlaps: OverlapChoice = "ask"
    plan_task: str | None = None
    task: str | None = None
    new_client: str | None = None


@dataclass(frozen=True, slots=True)
class StopTimer:
    """Stop the running entry. `at` None means now."""

    at: int | None = None


@dataclass(frozen=True, slots=True)
class ContinueEntry:
    """Start a new entry with the content of an old one; None means the latest."""

    entry: EntryId | None = None
    at: int | None = None
    overlaps: OverlapChoice = "ask"


@dataclass(frozen=True, slots=True)
class UnstopEntry:
    """Let the latest entry run on as if it had never been stopped; None means the latest."""

    entry: EntryId | None = None


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Add a finished entry."""

    start: int
    stop: int
    description: str = ""
    project: ProjectId | None = None
    task: TaskId | None = None
    tags: tuple[TagId, ...] = ()
    billable: bool | None = None
    plan_task: str | None = None


class EntryTimes(NamedTuple):
    """When one entry among several is to start and stop; no stop leaves it as it is."""

    entry: EntryId
    start: int
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class EditEntries:
    """Change the named fields of one entry or of many in one step.

    `new_project` names a project that is made and set, for the client `new_client`, made too if it
    is missing; `new_tags` are names of tags to add, made where they are missing. `times` moves some
    of the entries, each to its own place.
    """

    entries: tuple[EntryId, ...]
    description: str | Unset = UNSET
    project: ProjectId | Unset | None = UNSET
    task: TaskId | Unset | None = UNSET
    tags: tuple[TagId, ...] | Unset = UNSET
    add_tags: tuple[TagId, ...] = ()
    remove_tags: tuple[TagId, ...] = ()
    billable: bool | Unset = UNSET
    start: int | Unset = UNSET
    stop: int | Unset = UNSET
    new_project: str | None = None
    new_tags: tuple[str, ...] = ()
    new_client: str | None = None
    times: tuple[EntryTimes, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitEntry:
    """Cut an entry in two."""

    entry: EntryId
    at: int


@dataclass(frozen=True, slots=True)
class MergeEntries:
    """Make one entry of several."""

    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class DuplicateEntries:
    """Add a finished copy of each entry, in one step."""

    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class DeleteEntries:
    """Delete entries; undo brings them back."""

    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class AddProject:
    """Create a project; without a colour it gets the palette's least used one.

    `new_client` names a client that is made with it.
    """

    name: str
    client: ClientId | None = None
    color: str | None = None
    billable: bool = False
    workspace: WorkspaceId | None = None
    new_client: str | None = None


@dataclass(frozen=True, slots=True)
class EditProject:
    """Rename, recolour, archive or move a project; `new_client` is made and becomes its client."""

    project: ProjectId
    name: str | Unset = UNSET
    color: str | Unset = UNSET
    client: ClientId | Unset | None = UNSET
    billable: bool | Unset = UNSET
    archived: bool | Unset = UNSET
    new_client: str | None = None


@dataclass(frozen=True, slots=True)
class AddClient:
    """Create a client."""

    name: str
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditClient:
    """Rename or archive a client."""

    client: ClientId
    name: str | Unset = UNSET
    archived: bool | Unset = UNSET


@dataclass(frozen=True, slots=True)
class AddTag:
    """Create a tag."""

    name: str
    workspace: WorkspaceId | None = None


@dataclass(frozen=True, slots=True)
class EditTag:
    """Rename a tag."""

    tag: TagId
    name: str


@dataclass(frozen=True, slots=True)
class AddTask:
    """Create a task in a project."""

    name: str
    project: ProjectId
    estimate_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class EditTask:
    """Rename, estimate or archive a task."""

    task: TaskId
    name: str | Unset = UNSET
    estimate_seconds: int | Unset | None = UNSET
    archived: bool | Unset = UNSET


@dataclass(frozen=True, slots=True)
class EditWorkspace:
    """Rename a workspace or set the fields it requires."""

    workspace: WorkspaceId
    name: str | Unset = UNSET
    required: tuple[str, ...] | Unset = UNSET


@dataclass(frozen=True, slots=True)
class ChooseHome:
    """Let what is new, and lies in no project, go to this workspace of the account."""

    workspace: WorkspaceId


@dataclass(frozen=True, slots=True)
class DeleteThing:
    """Delete a project, client, tag, task or favourite; entries keep their time."""

    kind: Literal["project", "client", "tag", "task", "favourite"]
    lid: str


@dataclass(frozen=True, slots=True)
class AddFavourite:
    """Keep something at hand; `entry` takes its content."""

    entry: EntryId | None = None
    description: str = ""
    project: ProjectId | None = None
    task: TaskId | None = None
    tags: tuple[TagId, ...] = ()
    billable: bool = False


@dataclass(frozen=True, slots=True)
class MoveFavourite:
    """Put a favourite at another place in the order, counted from 0."""

    favourite: FavouriteId
    position: int


@dataclass(frozen=True, slots=True)
class LoadSample:
    """Bring sample projects and the entries of two weeks."""


@dataclass(frozen=True, slots=True)
class RemoveSample:
    """Take the sample data away; undo brings it back."""


EditThing = EditProject | EditClient | EditTag | EditTask | EditWorkspace
AddThing = AddProject | AddClient | AddTag | AddTask
