"""The plan as screens and scripts show it, in one look: a hundred thousand bars at once.

The many rows come from SQL as they are shown; only what SQL cannot say is put in here, once for all
bars that share it (tests/perf/plan_open.py).
"""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plan.days import WEEKEND, Weekend, spread, workweek
from toggl_desktop.domain.plan.rows import (
    Bar,
    DependencyRow,
    GroupRow,
    MemberRow,
    MilestoneRow,
    Plan,
    PlanProjectRow,
    PlanTagRow,
    SegmentRow,
    StatusRow,
    TimeOffRow,
)
from toggl_desktop.store.source import Row, Source

if TYPE_CHECKING:  # who only reads rows does not pay for the entities
    from toggl_desktop.domain.plan.entities import Milestone, PlanTask

PLAIN_COLOR = "#9575cd"
"""What a bar has that has no colour of its own and no project."""

_BARS = """
SELECT t.lid, t.name, t.start, t."end", t.start_minute, t.end_minute, t.project, t.segment,
       t.status, nullif(t.members, '[]'), nullif(t.tags, '[]'), t.color, t.is_done, t.weight,
       t.board_position, t.estimate_minutes, t.estimate_kind = 'total', t.skips_weekend,
       nullif(t.checklist, '[]'), t.notes <> '', t.series IS NOT NULL
FROM plan_task t """
_NONE_DONE = (0, 0)


class _Ids(dict[str | None, str | None]):
    """Ids that many rows name: each is kept once."""

    def __missing__(self, lid: str | None) -> str | None:
        self[lid] = lid
        return lid


class _Lists(dict[str | None, tuple[str, ...]]):
    """Lists of ids by the JSON they are written in: each is made once, and shared."""

    def __init__(self, source: Source) -> None:
        super().__init__({"[]": (), None: ()})
        self._source = source

    def __missing__(self, text: str) -> tuple[str, ...]:
        found = self[text] = tuple(self._source.parsed(text, list))
        return found


class _Numbers(dict[str, tuple[int, ...]]):
    """Lists of numbers by their JSON."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def __missing__(self, text: str) -> tuple[int, ...]:
        found = self[text] = tuple(self._source.parsed(text, list))
        return found


def _progress(source: Source, text: str) -> tuple[int, int]:
    """Returns how many lines of a checklist are done, and how many there are."""
    lines = source.parsed(text, list)
    return sum(bool(line[2]) for line in lines), len(lines)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the collector from looking through so many new rows again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _shown(
    source: Source, where: str, values: Sequence[object] = (), weekend: Weekend = WEEKEND
) -> list[Bar]:
    """Returns the bars that SQL after the table's name names; never built from text of a person."""
    ids, lists, new = _Ids(), _Lists(source), Bar._make
    colors: dict[str | None, str] = dict(source.rows("SELECT lid, color FROM project"))
    colors[None] = PLAIN_COLOR
    with _uncollected():
        return [
            new(
                (
                    lid,
                    name,
                    start,
                    end,
                    start_minute,
                    end_minute,
                    ids[project],
                    ids[segment],
                    ids[status],
                    lists[members],
                    lists[tags],
                    color or colors[project],
                    is_done == 1,
                    weight,
                    position,
                    spread(estimate, start, end, skips_weekend=skips == 1, weekend=weekend)
                    if is_total and estimate
                    else estimate or 0,
                    *(_progress(source, checklist) if checklist else _NONE_DONE),
                    has_notes == 1,
                    recurs == 1,
                )
            )
            for (
                lid,
                name,
                start,
                end,
                start_minute,
                end_minute,
                project,
                segment,
                status,
                members,
                tags,
                color,
                is_done,
                weight,
                position,
                estimate,
                is_total,
                skips,
                checklist,
                has_notes,
                recurs,
            ) in source.each(_BARS + where, values)  # sql: names only
        ]


def plan(
    source: Source,
    since: int | None = None,
    until: int | None = None,
    *,
    weekend: Weekend = WEEKEND,
) -> Plan:
    """Returns everything a plan window shows, at one moment; bars come in no order.

    Args:
        source: Whom to ask.
        since: Only bars that end on this day or later, and those without days.
        until: Only bars that start on this day or earlier, and those without days.
        weekend: The weekdays without work.
    """
    with source.snapshot():
        return Plan(
            bars=_all_bars(source, since, until, weekend),
            milestones=milestones(source),
            members=members(source, weekend),
            groups=groups(source),
            projects=projects(source),
            segments=segments(source),
            statuses=statuses(source),
            tags=tags(source),
            time_off=time_off(source),
            dependencies=dependencies(source),
        )


def _all_bars(source: Source, since: int | None, until: int | None, weekend: Weekend) -> list[Bar]:
    if since is None and until is None:
        # Every row is wanted: as they lie they are read twice as fast as by way of an index.
        return _shown(source, "NOT INDEXED WHERE t.deleted = 0", weekend=weekend)
    return scheduled(source, since, until, weekend) + unscheduled(source)


def scheduled(
    source: Source,
    since: int | None = None,
    until: int | None = None,
    weekend: Weekend = WEEKEND,
) -> list[Bar]:
    """Returns the bars that have days, of which some lie between two days."""
    where, values = "WHERE t.deleted = 0 AND t.start IS NOT NULL", []
    if since is not None:
        where += ' AND t."end" >= ?'
        values.append(since)
    if until is not None:
        where += " AND t.start <= ?"
        values.append(until)
    return _shown(source, where, values, weekend)


def extent(source: Source) -> int:
    """Returns the number of the last row of plan tasks: there are no more of them than that."""
    return source.value("SELECT max(rowid) FROM plan_task") or 0


def part(source: Source, low: int, high: int, weekend: Weekend = WEEKEND) -> list[Bar]:
    """Returns the bars that have days of the rows numbered from `low` to before `high`."""
    where = "NOT INDEXED WHERE t.rowid >= ? AND t.rowid < ? AND t.deleted = 0"
    return _shown(source, f"{where} AND t.start IS NOT NULL", (low, high), weekend)


def unscheduled(source: Source) -> list[Bar]:
    """Returns what is planned and has no days: the taskbox."""
    return _shown(source, "WHERE t.deleted = 0 AND t.start IS NULL")


def bars(source: Source, lids: Iterable[str], weekend: Weekend = WEEKEND) -> list[Bar]:
    """Returns those of these plan tasks that there are: what a change set names, read again."""
    where = "WHERE t.deleted = 0 AND t.lid IN (SELECT value FROM json_each(?))"
    return _shown(source, where, (json.dumps(list(lids)),), weekend)


def on_day(source: Source, day: int) -> list[Bar]:
    """Returns what is planned for a day and not done: timed tasks first, in their order."""
    where = 'WHERE t.deleted = 0 AND t.start <= ? AND t."end" >= ? AND t.is_done = 0'
    return sorted(_shown(source, where, (day, day)), key=_by_time)


def _by_time(bar: Bar) -> tuple[bool, int, float, str]:
    return bar.start_minute is None, bar.start_minute or 0, bar.weight, bar.lid


def task(source: Source, lid: str) -> "PlanTask | None":
    """Returns all of a plan task, for its editor; None when it is not there any more."""
    from toggl_desktop.domain.plan.entities import PlanTask
    from toggl_desktop.store import tables

    found = tables.get(source, PlanTask, lid)
    return None if found is None or found.deleted else found


def milestone(source: Source, lid: str) -> "Milestone | None":
    """Returns all of a milestone, for its editor; None when it is not there any more."""
    from toggl_desktop.domain.plan.entities import Milestone
    from toggl_desktop.store import tables

    found = tables.get(source, Milestone, lid)
    return None if found is None or found.deleted else found


_MILESTONES = """
SELECT lid, name, day, color, is_done, is_holiday, project, "group" FROM milestone
WHERE deleted = 0 """


def milestones(source: Source) -> list[MilestoneRow]:
    """Returns the milestones by day."""
    return list(map(_milestone, source.rows(_MILESTONES + "ORDER BY day, lid")))


def _milestone(row: Row) -> MilestoneRow:
    lid, name, day, color, is_done, is_holiday, project, group = row
    return MilestoneRow(lid, name, day, color, is_done == 1, is_holiday == 1, project, group)


def next_milestone(source: Source, today: int) -> MilestoneRow | None:
    """Returns the first milestone from today on that is not done and no holiday, or None."""
    where = "AND day >= ? AND is_done = 0 AND is_holiday = 0 ORDER BY day, lid LIMIT 1"
    row = source.row(_MILESTONES + where, (today,))
    return _milestone(row) if row else None


def members(source: Source, weekend: Weekend = WEEKEND) -> list[MemberRow]:
    """Returns the people in the order of their lanes; who has no figures rests on the weekend."""
    lists, usual = _Numbers(source), workweek(weekend)
    rows = source.rows(
        """SELECT lid, name, initials, color, is_placeholder, capacity, holidays, weight
           FROM member WHERE deleted = 0 ORDER BY weight, lid"""
    )
    return [
        MemberRow(lid, name, initials, color, is_placeholder == 1, lists[week] or usual, *more)
        for lid, name, initials, color, is_placeholder, week, *more in rows
    ]


def groups(source: Source) -> list[GroupRow]:
    """Returns the groups in their order, each with its members in theirs."""
    lists = _Lists(source)
    rows = source.rows(
        "SELECT lid, name, members, position FROM plan_group WHERE deleted = 0 "
        "ORDER BY position, lid"
    )
    return [GroupRow(lid, name, lists[text], position) for lid, name, text, position in rows]


def projects(source: Source) -> list[PlanProjectRow]:
    """Returns the projects by name, archived ones too: bars may belong to them."""
    rows = source.rows(
        """SELECT p.lid, p.name, p.color, c.name, p.archived
           FROM project p LEFT JOIN client c ON c.lid = p.client WHERE p.deleted = 0"""
    )
    found = [PlanProjectRow(*row)._replace(is_archived=row[4] == 1) for row in rows]
    return sorted(found, key=_by_name)


def _by_name(row: PlanProjectRow | PlanTagRow) -> tuple[str, str]:
    return fold(row.name), row.lid


def segments(source: Source) -> list[SegmentRow]:
    """Returns the segments of all projects in their order."""
    rows = source.rows(
        "SELECT lid, name, project, position FROM segment WHERE deleted = 0 "
        "ORDER BY project, position, lid"
    )
    return [SegmentRow(*row) for row in rows]


def statuses(source: Source) -> list[StatusRow]:
    """Returns the statuses of all projects in their order."""
    rows = source.rows(
        """SELECT lid, name, project, position, icon, is_done, is_hidden
           FROM status WHERE deleted = 0 ORDER BY project, position, lid"""
    )
    return [StatusRow(*row)._replace(is_done=row[5] == 1, is_hidden=row[6] == 1) for row in rows]


def tags(source: Source) -> list[PlanTagRow]:
    """Returns the plan tags of all projects by name."""
    rows = source.rows("SELECT lid, name, project, color FROM plan_tag WHERE deleted = 0")
    return sorted((PlanTagRow(*row) for row in rows), key=_by_name)


def time_off(source: Source) -> list[TimeOffRow]:
    """Returns when who does not work, by the first day."""
    rows = source.rows(
        'SELECT lid, member, start, "end", reason, note FROM time_off WHERE deleted = 0 '
        "ORDER BY start, lid"
    )
    return [TimeOffRow(*row) for row in rows]


def dependencies(source: Source) -> list[DependencyRow]:
    """Returns which plan task waits for which."""
    rows = source.rows("SELECT lid, before, after FROM dependency WHERE deleted = 0 ORDER BY lid")
    return [DependencyRow(*row) for row in rows]


def tracked(source: Source, now: int, lids: Iterable[str] | None = None) -> dict[str, int]:
    """Returns the seconds tracked for each plan task that has some, up to now."""
    wanted = None if lids is None else json.dumps(list(lids))
    rows = source.rows(
        """SELECT plan_task, sum(max(0, coalesce(stop, ?) - start)) FROM time_entry
           WHERE plan_task IS NOT NULL AND deleted = 0
           AND (? IS NULL OR plan_task IN (SELECT value FROM json_each(?))) GROUP BY plan_task""",
        (now, wanted, wanted),
    )
    return dict(rows)


def is_empty(source: Source) -> bool:
    """Tells whether nothing is planned at all: no task, no milestone, nobody."""
    return not source.value(
        """SELECT EXISTS (SELECT 1 FROM plan_task WHERE deleted = 0)
           OR EXISTS (SELECT 1 FROM milestone WHERE deleted = 0)
           OR EXISTS (SELECT 1 FROM member WHERE deleted = 0)"""
    )
