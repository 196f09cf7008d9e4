"""What a plan has beside tasks: people, groups, segments, statuses, tags, time off, and waiting."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan.planning import is_given
from toggl_desktop.actions.plan.tasks import SO_ALREADY
from toggl_desktop.actions.plan.words import called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Project, Workspace
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.folding import same_name
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    DependencyId,
    GroupId,
    MemberId,
    PlanTagId,
    SegmentId,
    StatusId,
    TimeOffId,
    WorkspaceId,
)
from toggl_desktop.domain.limits import check_color, check_name, check_text
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan import palette, rules
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import plan_places
from toggl_desktop.store.write import Transaction

Ordered = TypeVar("Ordered", Group, Segment, Status)
Twinnable = Member | Group | Segment | Status | PlanTag
Thing = Twinnable | TimeOff
_HOLIDAYS = re.compile(r"|[A-Z]{2}(-[A-Z0-9]{1,5})?")
_NOUNS = {"plan_group": "group", "plan_tag": "tag"}


def noun(thing: Thing) -> str:
    """Returns what a person calls such a thing."""
    return _NOUNS.get(thing.kind, thing.kind)


# Add --------------------------------------------------------------------------------------


def add(store: Store, command: ask.AddPlanThing, now: Reading) -> ChangeSet:
    """Adds a person, group, segment, status, tag or time off.

    Raises:
        RefusedError: The name is taken, or a value is not allowed; nothing was changed.
    """
    with store.transaction("Add", now.wall) as tx:
        thing = create(tx, command)
        if isinstance(thing, TimeOff):
            tx.step.name = f"Add time off of {tx.get(Member, thing.member).name}"
        else:
            tx.step.name = f"Add {noun(thing)} {called(thing)}"
    return tx.result


def create(tx: Transaction, command: ask.AddPlanThing) -> Thing:
    """Makes the thing inside a step under way and returns it: for actions that need it at once."""
    thing = _MAKERS[type(command)](tx, command)
    if not isinstance(thing, TimeOff):
        _refuse_twin(tx, thing)
    tx.save(thing)
    if isinstance(command, ask.AddMember) and command.group is not None:
        group = tx.get(Group, command.group)
        tx.save(replace(group, members=(*group.members, MemberId(thing.lid))))
    return thing


def _home(tx: Transaction, workspace: WorkspaceId | None) -> WorkspaceId:
    return LOCAL_WORKSPACE if workspace is None else tx.get(Workspace, workspace).lid


def _member(tx: Transaction, command: ask.AddMember) -> Member:
    name = check_name("member", command.name)
    use = plan_places.member_colors(tx.source)
    color = command.color
    if color is None:
        strong = [row[2] for row in palette.PICKER_ROWS]
        color = min(strong, key=lambda one: use.get(one, 0))
    return Member(
        MemberId(new_id()),
        name,
        check_initials(command.initials or rules.initials(name)),
        _email(command.email),
        check_color(color),
        command.is_placeholder,
        weight=plan_places.last_member(tx.source),
        workspace=_home(tx, command.workspace),
    )


def check_initials(text: str) -> str:
    """Returns initials without outer white space, or raises RefusedError."""
    check_text("initials", text)
    clean = text.strip()
    if len(clean) > 4:
        raise RefusedError("Initials can have 4 letters. Nothing was changed.")
    return clean


def _email(text: str) -> str:
    check_text("e-mail address", text)
    clean = text.strip()
    if clean and ("@" not in clean or len(clean) > 254 or " " in clean):
        raise RefusedError(f"“{clean[:60]}” is no e-mail address. Nothing was changed.")
    return clean


def _group(tx: Transaction, command: ask.AddGroup) -> Group:
    others = tables.load(tx.source, Group, "WHERE deleted = 0")
    return Group(
        GroupId(new_id()),
        check_name("group", command.name),
        _people(tx, command.members),
        _last(others),
        _home(tx, command.workspace),
    )


def _people(tx: Transaction, members: tuple[MemberId, ...]) -> tuple[MemberId, ...]:
    return tuple(dict.fromkeys(tx.get(Member, lid).lid for lid in members))


def _last(others: list[Ordered]) -> int:
    return max((one.position for one in others), default=-1) + 1


def _segment(tx: Transaction, command: ask.AddSegment) -> Segment:
    project = tx.get(Project, command.project).lid
    others = _siblings(tx, Segment, project)
    name = check_name("segment", command.name)
    return Segment(SegmentId(new_id()), name, project, _last(others))


def _status(tx: Transaction, command: ask.AddStatus) -> Status:
    project = tx.get(Project, command.project).lid
    others = _siblings(tx, Status, project)
    name = check_name("status", command.name)
    icon = _icon(command.icon)
    return Status(StatusId(new_id()), name, project, _last(others), icon, command.is_done)


def _icon(text: str) -> str:
    check_text("icon", text)
    if len(text.strip()) > 40:
        raise RefusedError("An icon is one sign, or its name. Nothing was changed.")
    return text.strip()


def _siblings(tx: Transaction, cls: type[Ordered], project: str) -> list[Ordered]:
    where = "WHERE deleted = 0 AND project = ? ORDER BY position, lid"
    return tables.load(tx.source, cls, where, (project,))


def _tag(tx: Transaction, command: ask.AddPlanTag) -> PlanTag:
    project = tx.get(Project, command.project).lid
    name = check_name("tag", command.name)
    made = PlanTag(PlanTagId(new_id()), name, project)
    return made if command.color is None else replace(made, color=check_color(command.color))


def _time_off(tx: Transaction, command: ask.AddTimeOff) -> TimeOff:
    member = tx.get(Member, command.member).lid
    made = TimeOff(
        TimeOffId(new_id()), member, command.start, command.end, command.reason, command.note
    )
    return _checked_time_off(made)


def _checked_time_off(time_off: TimeOff) -> TimeOff:
    rules.check_days(time_off.start, time_off.end)
    check_text("note", time_off.note)
    if time_off.reason not in {"vacation", "sick", "other"}:
        raise RefusedError("Time off is vacation, sick or other. Nothing was changed.")
    return replace(time_off, note=time_off.note.strip())


_MAKERS: dict[type, Callable[[Transaction, Any], Thing]] = {
    ask.AddMember: _member,
    ask.AddGroup: _group,
    ask.AddSegment: _segment,
    ask.AddStatus: _status,
    ask.AddPlanTag: _tag,
    ask.AddTimeOff: _time_off,
}


def _refuse_twin(tx: Transaction, thing: Twinnable) -> None:
    """Refuses a name that is taken; two people may be called alike when their addresses differ."""
    for other in tables.load(tx.source, type(thing), "WHERE deleted = 0"):
        same_home = all(
            getattr(other, field, None) == getattr(thing, field, None)
            for field in ("project", "workspace", "email")
        )
        if same_home and other.lid != thing.lid and same_name(other.name, thing.name):
            raise RefusedError(
                f"There is a {noun(thing)} “{other.name}” already. Nothing was changed."
            )


# Edit -------------------------------------------------------------------------------------

_TARGETS: dict[type, tuple[type[Any], str]] = {
    ask.EditMember: (Member, "member"),
    ask.EditGroup: (Group, "group"),
    ask.EditSegment: (Segment, "segment"),
    ask.EditStatus: (Status, "status"),
    ask.EditPlanTag: (PlanTag, "tag"),
    ask.EditTimeOff: (TimeOff, "time_off"),
}
_FIELDS = (
    *("name", "initials", "email", "color", "capacity", "holidays", "weight", "members"),
    *("icon", "is_done", "is_hidden", "start", "end", "reason", "note"),
)


def edit(store: Store, command: ask.EditPlanThing, now: Reading) -> ChangeSet:
    """Changes a person, group, segment, status, tag or time off.

    Raises:
        RefusedError: The new name is taken or a value is not allowed; nothing was changed.
        NothingToDoError: Everything is so already.
    """
    cls, field = _TARGETS[type(command)]
    with store.transaction("Edit", now.wall) as tx:
        was: Thing = tx.get(cls, getattr(command, field))
        given = {
            name: value
            for name in _FIELDS
            if hasattr(command, name) and is_given(value := getattr(command, name))
        }
        thing = _checked(tx, replace(was, **given))
        if isinstance(thing, TimeOff):
            tx.step.name = f"Edit time off of {tx.get(Member, thing.member).name}"
        else:
            tx.step.name = f"Edit {noun(thing)} {called(thing)}"
            if thing.name != getattr(was, "name", None) or "email" in given:
                _refuse_twin(tx, thing)
        tx.save(thing)
        position = getattr(command, "position", None)
        if isinstance(position, int) and isinstance(thing, Group | Segment | Status):
            _put(tx, thing, position)
        if isinstance(thing, Status) and isinstance(was, Status) and thing.is_done != was.is_done:
            _follow(tx, thing)
    if not tx.result:
        raise NothingToDoError(SO_ALREADY)
    return tx.result


def _checked(tx: Transaction, thing: Thing) -> Thing:
    if isinstance(thing, TimeOff):
        return _checked_time_off(thing)
    thing = replace(thing, name=check_name(noun(thing), thing.name))
    if isinstance(thing, Member):
        return _checked_member(thing)
    if isinstance(thing, PlanTag):
        return replace(thing, color=check_color(thing.color))
    if isinstance(thing, Group):
        return replace(thing, members=_people(tx, thing.members))
    return replace(thing, icon=_icon(thing.icon)) if isinstance(thing, Status) else thing


def _checked_member(member: Member) -> Member:
    if len(member.capacity) not in {0, 7} or any(not 0 <= m <= 1440 for m in member.capacity):
        raise RefusedError(
            "A week is seven numbers of minutes, each at most 1440. Nothing was changed."
        )
    if not _HOLIDAYS.fullmatch(member.holidays):
        raise RefusedError(
            f"“{member.holidays[:20]}” is no country or part of one; write DE or DE-BY. "
            "Nothing was changed."
        )
    return replace(
        member,
        initials=check_initials(member.initials),
        email=_email(member.email),
        color=check_color(member.color),
    )


def _put(tx: Transaction, thing: Group | Segment | Status, position: int) -> None:
    """Puts a thing at a place among its like; the others close up."""
    if isinstance(thing, Group):
        others: list[Any] = tables.load(
            tx.source, Group, "WHERE deleted = 0 ORDER BY position, lid"
        )
    elif isinstance(thing, Segment):
        others = _siblings(tx, Segment, thing.project)
    else:
        others = _siblings(tx, Status, thing.project)
    others = [one for one in others if one.lid != thing.lid]
    others.insert(max(0, position), thing)
    tx.save(*(replace(one, position=place) for place, one in enumerate(others)))


def _follow(tx: Transaction, status: Status) -> None:
    """Lets the tasks of a status be done when it is, and not done when it is not."""
    where = "WHERE deleted = 0 AND status = ?"
    for task in tables.load(tx.source, PlanTask, where, (status.lid,)):
        tx.save(replace(task, is_done=status.is_done))


# Dependencies -----------------------------------------------------------------------------


def depend(store: Store, command: ask.AddDependency, now: Reading) -> ChangeSet:
    """Lets a plan task wait for another.

    Raises:
        RefusedError: It would wait for itself, by way of others too; nothing was changed.
        NothingToDoError: It waits already.
    """
    with store.transaction("Depend", now.wall) as tx:
        before, after = (tx.get(PlanTask, lid) for lid in (command.before, command.after))
        if before.lid == after.lid:
            raise RefusedError("A plan task cannot wait for itself. Nothing was changed.")
        there = tables.load(tx.source, Dependency, "WHERE deleted = 0")
        if any((one.before, one.after) == (before.lid, after.lid) for one in there):
            raise NothingToDoError(f"{called(after)} waits for {called(before)} already.")
        if rules.makes_circle(there, before.lid, after.lid):
            raise RefusedError(
                f"{called(before)} waits for {called(after)} already, directly or through others; "
                "this would make a circle. Nothing was changed."
            )
        tx.step.name = f"Let {called(after)} wait for {called(before)}"
        tx.save(Dependency(DependencyId(new_id()), before.lid, after.lid))
    return tx.result
