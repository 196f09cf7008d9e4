"""What of a plan leaves the store: tasks and milestones as files tell them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from toggl_desktop.domain.entities import Client, Project
from toggl_desktop.domain.plan.days import WEEKEND, Weekend, spread
from toggl_desktop.domain.plan.entities import (
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
)
from toggl_desktop.domain.plan.notes import plain_notes
from toggl_desktop.exchange.plan_csv import DAILY_LIMIT
from toggl_desktop.exchange.plan_records import (
    VIEW,
    WORKSPACE,
    MilestoneRecord,
    Person,
    PlanRecord,
)
from toggl_desktop.store import tables
from toggl_desktop.store.source import Source

_LIVE = "WHERE deleted = 0"
Named = TypeVar("Named", Client, Project, Member, Group, Segment, Status, PlanTag)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a plan is meant; without anything all of it.

    Attributes:
        since: Only what has a day on this one or later.
        until: Only what has a day on this one or earlier.
        projects: Only tasks of these, and milestones that are for them.
        members: Only tasks of somebody among these.
        lids: Only tasks with these ids.
        weekend: The weekdays that an estimate in all skips.
    """

    since: int | None = None
    until: int | None = None
    projects: Collection[str] | None = None
    members: Collection[str] | None = None
    lids: Collection[str] | None = None
    weekend: Weekend = WEEKEND

    def has(self, start: int | None, end: int | None, project: str | None) -> bool:
        """Tells whether something with these days and this project is in it."""
        if self.since is not None and (end is None or end < self.since):
            return False
        if self.until is not None and (start is None or start > self.until):
            return False
        return self.projects is None or project in self.projects


def tasks(source: Source, part: Part) -> list[PlanRecord]:
    """Returns plan tasks as files tell them, in the order of their days; without any, last."""
    names = _Names(source)
    found = sorted(chosen(source, part), key=_in_order)
    return [names.record(task, part.weekend) for task in found]


def chosen(source: Source, part: Part) -> list[PlanTask]:
    """Returns the plan tasks of a part."""
    return [
        task
        for task in tables.load(source, PlanTask, _LIVE)
        if part.has(task.start, task.end, task.project)
        and (part.members is None or not set(task.members).isdisjoint(part.members))
        and (part.lids is None or task.lid in part.lids)
    ]


def milestones(source: Source, part: Part) -> list[MilestoneRecord]:
    """Returns milestones as files tell them; nobody's when only some members are meant."""
    if part.members is not None:
        return []
    projects, groups = _named(source, Project), _named(source, Group)
    found = tables.load(source, Milestone, f"{_LIVE} ORDER BY day, lid")
    return [
        MilestoneRecord(
            one.lid,
            one.name,
            one.day,
            one.is_done,
            one.is_holiday,
            _name(projects, one.project) or _name(groups, one.group),
        )
        for one in found
        if part.has(one.day, one.day, one.project)
    ]


def table(source: Source, part: Part, form: str, now: int) -> tuple[bytes, str]:
    """Returns a part of the plan as one of Toggl Plan's tables, or as a calendar.

    The sentence beside it says what such a file has no place for; empty when it has all.
    """
    from toggl_desktop.actions.plan.left_out import left_out
    from toggl_desktop.exchange import plan_csv_out, plan_ics

    with source.snapshot():
        found, lacks = tasks(source, part), left_out(source, part, form)
        if form in {VIEW, WORKSPACE}:
            return plan_csv_out.write(found, form, raw=False), lacks
        return plan_ics.write(found, milestones(source, part), now), lacks


class _Names:
    """Everything that plan tasks point to, by local id."""

    def __init__(self, source: Source) -> None:
        self._clients = _named(source, Client)
        self._projects = _named(source, Project)
        self._segments = _named(source, Segment)
        self._statuses = _named(source, Status)
        self._tags = _named(source, PlanTag)
        self._members = _named(source, Member)
        self._rids: dict[str, int] = dict(
            source.rows(
                "SELECT lid, rid FROM binding WHERE service = 'plan' AND kind = 'plan_task' "
                "AND rid IS NOT NULL"
            )
        )

    def record(self, task: PlanTask, weekend: Weekend) -> PlanRecord:
        project = self._projects.get(task.project or "")
        people = [self._members[lid] for lid in task.members if lid in self._members]
        minutes, is_total = _estimate(task, weekend)
        return PlanRecord(
            None,
            task.name,
            task.start,
            task.end,
            task.start_minute,
            task.end_minute,
            None if project is None else project.name,
            None if project is None else _name(self._clients, project.client),
            _name(self._segments, task.segment),
            _name(self._statuses, task.status) or ("Done" if task.is_done else None),
            task.is_done,
            tuple(Person(one.name, one.email) for one in people),
            tuple(self._tags[lid].name for lid in task.tags if lid in self._tags),
            minutes,
            is_total,
            task.repeat,
            plain_notes(task.notes),
            str(self._rids.get(task.lid, "")),
            lid=task.lid,
        )


def _estimate(task: PlanTask, weekend: Weekend) -> tuple[int | None, bool]:
    """Returns an estimate as the tables can say it.

    They do not say whether it is daily or in all. What no day can hold is in all; a smaller total
    is told by what one day takes of it.
    """
    minutes = task.estimate_minutes
    if not minutes or task.estimate_kind == "daily":
        return minutes or None, False
    if minutes > DAILY_LIMIT or task.start is None:
        return minutes, minutes > DAILY_LIMIT
    skips, days = task.skips_weekend, (task.start, task.end)
    return spread(minutes, *days, skips_weekend=skips, weekend=weekend) or None, False


def _in_order(task: PlanTask) -> tuple[bool, int, float, str]:
    return task.start is None, task.start or 0, task.weight, task.lid


def _named(source: Source, cls: type[Named]) -> dict[str, Named]:
    return {str(one.lid): one for one in tables.load(source, cls, _LIVE)}


def _name(among: Mapping[str, Named], lid: str | None) -> str | None:
    found = among.get(lid or "")
    return None if found is None else found.name
