"""From names in a plan's file to people, segments, statuses and tags: those here, or new ones."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import cycle

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.matching import Matcher
from toggl_desktop.domain.entities import Client, Project, Tag, Task
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    MemberId,
    PlanTagId,
    ProjectId,
    SegmentId,
    StatusId,
    WorkspaceId,
)
from toggl_desktop.domain.limits import check_color, check_name
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.entities import Member, PlanTag, PlanTask, Segment, Status
from toggl_desktop.domain.plan.palette import PICKER_ROWS
from toggl_desktop.exchange.plan_records import Person, PlanRecord
from toggl_desktop.exchange.records import Record
from toggl_desktop.store import tables
from toggl_desktop.store.source import Source

Thing = Client | Project | Tag | Task | Member | Segment | Status | PlanTag
_LIVE = "WHERE deleted = 0"
_WEEK = 7


class PlanMatcher:
    """Finds what a name of a plan means, and makes what nothing here is called."""

    def __init__(self, source: Source, projects: Matcher | None = None) -> None:
        """Makes one that finds and makes projects through another matcher, or its own."""
        self._projects = projects or Matcher(source)
        self._new: list[Member | Segment | Status | PlanTag] = []
        self._members: dict[str, Member] = {}
        self._emails: dict[str, Member] = {}
        self._colors = cycle(row[1] for row in PICKER_ROWS)
        members = tables.load(source, Member, f"{_LIVE} ORDER BY weight, lid")
        for member in members:
            self._know(member)
        self._weight = max((member.weight for member in members), default=0.0)
        self._segments = {(s.project, fold(s.name)): s for s in tables.load(source, Segment, _LIVE)}
        self._statuses = {(s.project, _word(s.name)): s for s in tables.load(source, Status, _LIVE)}
        self._tags = {(t.project, fold(t.name)): t for t in tables.load(source, PlanTag, _LIVE)}
        self._positions: dict[tuple[str, ProjectId], int] = {}
        for segment in self._segments.values():
            self._next_position(Segment.kind, segment.project, at_least=segment.position)
        for status in self._statuses.values():
            self._next_position(Status.kind, status.project, at_least=status.position)

    def made(self, tasks: Iterable[PlanTask]) -> list[Thing]:
        """Returns what is new and needed because of these tasks; parents come first."""
        needed: set[str] = set()
        for task in tasks:
            needed.update(task.members, task.tags)
            needed.update(filter(None, (task.project, task.segment, task.status)))
        projects = self._projects.made((), also=needed)
        return [*projects, *(one for one in self._new if one.lid in needed)]

    @property
    def new(self) -> tuple[Member | Segment | Status | PlanTag, ...]:
        """What was made so far, needed or not."""
        return tuple(self._new)

    def workspace(self, name: str | None) -> WorkspaceId:
        """Returns the workspace of that name, else the one of this computer."""
        return self._projects.workspace(name)

    def project(
        self, name: str | None, client: str | None, workspace: str | None = None
    ) -> Project | None:
        """Returns the project of that name and client, made if need be; None without a name.

        Raises:
            RefusedError: Its name is too long.
        """
        named = Record(None, "", 0, 0, project=name, client=client, workspace=workspace)
        return self._projects.project(named)

    def members(self, people: tuple[Person, ...]) -> tuple[MemberId, ...]:
        """Returns who these people are: by their address, else by their name."""
        return tuple(dict.fromkeys(self._member(person).lid for person in people))

    def _member(self, person: Person) -> Member:
        found = self._known(person)
        if found is not None:
            if person.email and not found.email and found in self._new:
                self._new.remove(found)
                found = replace(found, email=person.email, is_placeholder=False)
                self._new.append(found)
                self._know(found)
            return found
        self._weight += 1
        made = Member(
            MemberId(new_id()),
            check_name("member", person.name),
            rules.initials(person.name),
            person.email,
            next(self._colors),
            is_placeholder=not person.email,
            weight=self._weight,
            workspace=LOCAL_WORKSPACE,
        )
        self._new.append(made)
        self._know(made)
        return made

    def _known(self, person: Person) -> Member | None:
        found = self._emails.get(fold(person.email)) if person.email else None
        if found is None:
            namesake = self._members.get(fold(person.name))
            # Somebody of the same name with another address is somebody else.
            if namesake and (not person.email or not namesake.email):
                found = namesake
        return found

    def listed_member(self, member: Member) -> Member:
        """Returns who is here of that address or name, else the given one, taken in."""
        found = self._known(Person(member.name, member.email))
        if found is None:
            name = check_name("member", member.name)
            capacity = member.capacity if len(member.capacity) == _WEEK else ()
            lid = MemberId(new_id())
            found = replace(member, lid=lid, name=name, capacity=capacity,
                            color=check_color(member.color))  # fmt: skip
            self._new.append(found)
            self._know(found)
        return found

    def listed_segment(self, segment: Segment) -> Segment:
        """Returns the segment of that name in its project, else the given one, taken in."""
        key = (segment.project, fold(segment.name))
        if key not in self._segments:
            name = check_name("segment", segment.name)
            self._segments[key] = replace(segment, lid=SegmentId(new_id()), name=name)
            self._new.append(self._segments[key])
        return self._segments[key]

    def listed_status(self, status: Status) -> Status:
        """Returns the status of that name in its project, else the given one, taken in."""
        key = (status.project, _word(status.name))
        if key not in self._statuses:
            name = check_name("status", status.name)
            self._statuses[key] = replace(status, lid=StatusId(new_id()), name=name)
            self._new.append(self._statuses[key])
        return self._statuses[key]

    def listed_tag(self, tag: PlanTag) -> PlanTag:
        """Returns the tag of that name in its project, else the given one, taken in."""
        key = (tag.project, fold(tag.name))
        if key not in self._tags:
            name, color = check_name("tag", tag.name), check_color(tag.color)
            self._tags[key] = replace(tag, lid=PlanTagId(new_id()), name=name, color=color)
            self._new.append(self._tags[key])
        return self._tags[key]

    def _know(self, member: Member) -> None:
        self._members[fold(member.name)] = member
        if member.email:
            self._emails[fold(member.email)] = member

    def segment(self, name: str | None, project: ProjectId) -> SegmentId | None:
        """Returns the project's segment of that name, made if need be."""
        if not name:
            return None
        key = (project, fold(name))
        if key not in self._segments:
            place = self._next_position(Segment.kind, project)
            made = Segment(SegmentId(new_id()), check_name("segment", name), project, place)
            self._segments[key] = made
            self._new.append(made)
        return self._segments[key].lid

    def status(self, record: PlanRecord, project: ProjectId) -> Status | None:
        """Returns the project's status of that name, made if need be."""
        if not record.status:
            return None
        key = (project, _word(record.status))
        if key not in self._statuses:
            made = Status(
                StatusId(new_id()),
                check_name("status", record.status),
                project,
                self._next_position(Status.kind, project),
                is_done=record.is_done,
            )
            self._statuses[key] = made
            self._new.append(made)
        return self._statuses[key]

    def tags(self, names: tuple[str, ...], project: ProjectId) -> tuple[PlanTagId, ...]:
        """Returns the project's tags of these names, made if need be."""
        return tuple(dict.fromkeys(self._tag(name, project).lid for name in names))

    def _tag(self, name: str, project: ProjectId) -> PlanTag:
        key = (project, fold(name))
        if key not in self._tags:
            color = next(self._colors)
            made = PlanTag(PlanTagId(new_id()), check_name("tag", name), project, color)
            self._tags[key] = made
            self._new.append(made)
        return self._tags[key]

    def _next_position(self, kind: str, project: ProjectId, at_least: int = -1) -> int:
        key = (kind, project)
        known = self._positions.get(key, -1)
        self._positions[key] = max(known, at_least) if at_least >= 0 else known + 1
        return self._positions[key]


def _word(name: str) -> str:
    """Returns a status' name as it is compared: `in_progress`, `In-progress` and so on are one."""
    plain = fold(name)
    return "".join(c for c in plain if c.isalnum()) or plain
