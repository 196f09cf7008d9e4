"""Plan tasks and milestones as scripts read them: with the names of what they point to."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from toggl_desktop.domain.folding import fold
from toggl_desktop.store.read.plan import PLAIN_COLOR
from toggl_desktop.store.source import Row, Source


class TaskRow(NamedTuple):
    """A plan task, ready to tell.

    Attributes:
        start: Its first day, an ordinal; None when it is not scheduled.
        start_minute: When it begins on each of its days, from midnight; None for all day.
        sync: `local`, `unsent`, `synced` or `problem`.
        plan_id: Toggl Plan's number for it, if it is there.
    """

    lid: str
    name: str
    start: int | None
    end: int | None
    start_minute: int | None
    end_minute: int | None
    project: str | None
    project_name: str | None
    segment: str | None
    status: str | None
    is_done: bool
    members: tuple[str, ...]
    member_ids: tuple[str, ...]
    tags: tuple[str, ...]
    estimate_minutes: int | None
    estimate_kind: str
    color: str
    notes: str
    repeat: str
    sync: str
    plan_id: int | None


class MilestoneRow(NamedTuple):
    """A milestone with the names of whom it is for."""

    lid: str
    name: str
    day: int
    is_done: bool
    is_holiday: bool
    project: str | None
    group: str | None
    color: str
    sync: str
    plan_id: int | None


class Wanted(NamedTuple):
    """Which plan tasks; what is None does not narrow.

    Attributes:
        since: Those that end on this day or later; it leaves out what is not scheduled.
        until: Those that start on this day or earlier; likewise.
        project: Those of this project.
        member: Those of this person.
        lids: Those with one of these ids.
    """

    since: int | None = None
    until: int | None = None
    project: str | None = None
    member: str | None = None
    lids: tuple[str, ...] | None = None


ALL = Wanted()

_TASKS = """
SELECT t.lid, t.name, t.start, t."end", t.start_minute, t.end_minute, t.project, p.name, s.name,
       u.name, t.is_done, t.members, t.tags, t.estimate_minutes, t.estimate_kind,
       coalesce(t.color, p.color), t.notes, t.repeat, b.lid, b.rid, b.unsent, b.hold
FROM plan_task t
LEFT JOIN project p ON p.lid = t.project
LEFT JOIN segment s ON s.lid = t.segment
LEFT JOIN status u ON u.lid = t.status
LEFT JOIN binding b ON b.service = 'plan' AND b.kind = 'plan_task' AND b.lid = t.lid
WHERE t.deleted = 0 """


def find(source: Source, wanted: Wanted) -> list[TaskRow]:
    """Returns the wanted plan tasks by their days; those without days come last."""
    where, values = "", []
    if wanted.since is not None:
        where += 'AND t.start IS NOT NULL AND t."end" >= ? '
        values.append(wanted.since)
    if wanted.until is not None:
        where += "AND t.start IS NOT NULL AND t.start <= ? "
        values.append(wanted.until)
    found: list[object] = [*values]
    if wanted.project is not None:
        where += "AND t.project = ? "
        found.append(wanted.project)
    if wanted.member is not None:
        where += "AND EXISTS (SELECT 1 FROM json_each(t.members) AS m WHERE m.value = ?) "
        found.append(wanted.member)
    if wanted.lids is not None:
        where += "AND t.lid IN (SELECT value FROM json_each(?)) "
        found.append(json.dumps(wanted.lids))
    sql = _TASKS + where + "ORDER BY t.start IS NULL, t.start, t.start_minute, t.weight, t.lid"
    return list(_told(source, source.each(sql, found)))  # sql: names only


def _told(source: Source, rows: Iterable[Row]) -> Iterable[TaskRow]:
    people: dict[str, str] = dict(source.rows("SELECT lid, name FROM member WHERE deleted = 0"))
    labels: dict[str, str] = dict(source.rows("SELECT lid, name FROM plan_tag WHERE deleted = 0"))
    for row in rows:
        *head, is_done, members, tags, estimate, kind, color, notes, repeat = row[:18]
        bound, rid, unsent, hold = row[18:]
        lids = tuple(lid for lid in source.parsed(members, list) if lid in people)
        tag_ids = source.parsed(tags, list) if tags != "[]" else []
        named = tuple(people[lid] for lid in lids)
        labelled = tuple(labels[lid] for lid in tag_ids if lid in labels)
        values = (*head, is_done == 1, named, lids, labelled, estimate, kind)
        yield TaskRow._make(
            (*values, color or PLAIN_COLOR, notes, repeat, _sync(bound, unsent, hold), rid)
        )


def _sync(bound: str | None, unsent: int | None, hold: str | None) -> str:
    if bound is None:
        return "local"
    if hold is not None:
        return "problem"
    return "unsent" if unsent else "synced"


_MILESTONES = """
SELECT m.lid, m.name, m.day, m.is_done, m.is_holiday, p.name, g.name, m.color,
       b.lid, b.rid, b.unsent, b.hold, m.project
FROM milestone m
LEFT JOIN project p ON p.lid = m.project
LEFT JOIN plan_group g ON g.lid = m."group"
LEFT JOIN binding b ON b.service = 'plan' AND b.kind = 'milestone' AND b.lid = m.lid
WHERE m.deleted = 0 """


def milestones(source: Source, wanted: Wanted = ALL) -> list[MilestoneRow]:
    """Returns the wanted milestones by day; of a project only its own."""
    low = -1 if wanted.since is None else wanted.since
    high = 10_000_000 if wanted.until is None else wanted.until
    rows = source.rows(_MILESTONES + "AND m.day BETWEEN ? AND ? ORDER BY m.day, m.lid", (low, high))
    return [
        MilestoneRow(lid, name, day, done == 1, off == 1, project, group, color, _sync(*bound), rid)
        for lid, name, day, done, off, project, group, color, b, rid, unsent, hold, of in rows
        for bound in ((b, unsent, hold),)
        if wanted.project in {None, of} and (wanted.lids is None or lid in wanted.lids)
    ]


# Names ------------------------------------------------------------------------------------

_NAMED = {
    "member": "SELECT lid, name, NULL FROM member WHERE deleted = 0",
    "group": "SELECT lid, name, NULL FROM plan_group WHERE deleted = 0",
    "segment": "SELECT lid, name, project FROM segment WHERE deleted = 0",
    "status": "SELECT lid, name, project FROM status WHERE deleted = 0",
    "plan tag": "SELECT lid, name, project FROM plan_tag WHERE deleted = 0",
    "plan task": "SELECT lid, name, project FROM plan_task WHERE deleted = 0",
    "milestone": "SELECT lid, name, project FROM milestone WHERE deleted = 0",
}
SHORTEST = 4
"""So many characters of an id must be written at least."""


def names(source: Source, noun: str, project: str | None = None) -> list[tuple[str, str]]:
    """Returns ids and names of a kind, of one project where one is given."""
    rows = source.rows(_NAMED[noun])
    return [(lid, name) for lid, name, of in rows if project in {None, of}]


def named(
    source: Source, noun: str, text: str, project: str | None = None
) -> list[tuple[str, str]]:
    """Returns (local id, name) of what has that (shortened) id, or is called so.

    An exact name wins over one that differs in case and accents only.
    """
    rows = names(source, noun, project)
    for matches in (
        [row for row in rows if row[0] == text],
        [row for row in rows if row[1] == text],
        [row for row in rows if fold(row[1]) == fold(text)],
        [row for row in rows if len(text) >= SHORTEST and _is_part(text, row[0])],
    ):
        if matches:
            return matches
    return []


def _is_part(text: str, lid: str) -> bool:
    return lid.endswith(text) or lid.startswith(text)
