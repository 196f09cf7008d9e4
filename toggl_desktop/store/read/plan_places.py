"""Where something new goes in a plan: below the others of its lane, last in its column."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from toggl_desktop.store import schema
from toggl_desktop.store.source import Source

SAMPLE = "sample_plan"
"""The key under which a store remembers the ids of what belongs to the sample plan."""


class Lane(NamedTuple):
    """Where on the timeline something is to go; without days: in the taskbox."""

    start: int | None
    end: int | None
    project: str | None
    members: tuple[str, ...]


def below(source: Source, lane: Lane) -> float:
    """Returns a weight below everything that shares a day and a lane; 0 when nothing does."""
    if lane.start is None:
        most = source.value("SELECT max(weight) FROM plan_task WHERE deleted = 0 AND start IS NULL")
    else:
        most = source.value(
            """SELECT max(weight) FROM plan_task
               WHERE deleted = 0 AND start IS NOT NULL AND start <= ? AND "end" >= ?
               AND (project = ? OR EXISTS (SELECT 1 FROM json_each(members) AS m
                    WHERE m.value IN (SELECT value FROM json_each(?))))""",
            (lane.end, lane.start, lane.project, json.dumps(lane.members)),
        )
    return 0.0 if most is None else float(most) + 1.0


_FEW = 20
Stretch = tuple[float, int, int]


def all_below(source: Source, lanes: Sequence[Lane]) -> list[float]:
    """Returns what `below` would for each of many places; the store is read once."""
    if len(lanes) < _FEW:
        return [below(source, lane) for lane in lanes]
    undated = below(source, Lane(None, None, None, ()))
    taken = _taken(source, lanes)
    return [undated if lane.start is None else _free(taken, lane) for lane in lanes]


def _taken(source: Source, lanes: Sequence[Lane]) -> dict[str, list[Stretch]]:
    """Returns, by project and by person, what lies on the lanes' days, the lowest first."""
    first = min((lane.start for lane in lanes if lane.start is not None), default=0)
    last = max((lane.end for lane in lanes if lane.end is not None), default=-1)
    found: dict[str, list[Stretch]] = {}
    for weight, start, end, project, members in source.rows(
        """SELECT weight, start, "end", project, members FROM plan_task
           WHERE deleted = 0 AND start IS NOT NULL AND start <= ? AND "end" >= ?
           ORDER BY weight DESC""",
        (last, first),
    ):
        for key in (project, *source.parsed(members, list)):
            if key is not None:
                found.setdefault(key, []).append((weight, start, end))
    return found


def _free(taken: dict[str, list[Stretch]], lane: Lane) -> float:
    start, end = lane.start or 0, lane.end or 0
    found = [
        next((w for w, s, e in taken.get(key, ()) if s <= end and e >= start), None)
        for key in (lane.project, *lane.members)
        if key is not None
    ]
    return max((weight + 1.0 for weight in found if weight is not None), default=0.0)


def column(source: Source, project: str | None, status: str | None) -> list[tuple[str, float]]:
    """Returns the ids and places of the plan tasks in a board's column, from the top."""
    return source.rows(
        """SELECT lid, board_position FROM plan_task
           WHERE deleted = 0 AND project IS ? AND status IS ? ORDER BY board_position, lid""",
        (project, status),
    )


def last_in_column(source: Source, project: str | None, status: str | None) -> float:
    """Returns a place below everything in a board's column."""
    most = source.value(
        """SELECT max(board_position) FROM plan_task
           WHERE deleted = 0 AND project IS ? AND status IS ?""",
        (project, status),
    )
    return 0.0 if most is None else float(most) + 1.0


def last_member(source: Source) -> float:
    """Returns a weight below every member."""
    most = source.value("SELECT max(weight) FROM member WHERE deleted = 0")
    return 0.0 if most is None else float(most) + 1.0


def member_colors(source: Source) -> dict[str, int]:
    """Returns how many members have each colour."""
    return dict(source.rows("SELECT color, count(*) FROM member WHERE deleted = 0 GROUP BY color"))


def sample(source: Source) -> frozenset[str]:
    """Returns the ids of what belongs, or belonged, to a sample plan."""
    found = schema.meta(source, SAMPLE)
    return frozenset(source.parsed(found, list)) if found else frozenset()


def with_occurrences(source: Source, lids: frozenset[str]) -> frozenset[str]:
    """Returns ids and those of all plan tasks that one of them was repeated to."""
    rows = source.rows(
        """SELECT lid FROM plan_task
           WHERE deleted = 0 AND series IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(lids)),),
    )
    return lids.union(lid for (lid,) in rows)


def has_sample(source: Source) -> bool:
    """Tells whether there is something left of the sample plan: it can be taken away."""
    ids = sample(source)
    return bool(ids) and bool(
        source.value(
            """SELECT EXISTS (SELECT 1 FROM plan_task WHERE deleted = 0
                              AND lid IN (SELECT value FROM json_each(?1)))
               OR EXISTS (SELECT 1 FROM member WHERE deleted = 0
                          AND lid IN (SELECT value FROM json_each(?1)))
               OR EXISTS (SELECT 1 FROM project WHERE deleted = 0
                          AND lid IN (SELECT value FROM json_each(?1)))""",
            (json.dumps(sorted(ids)),),
        )
    )


def series(source: Source) -> list[tuple[str, str, str, int, int]]:
    """Returns what recurs: its first task's id, its newest one's, its rule, its first and last day.

    Deleted occurrences count for the days: what somebody deleted does not come again.
    """
    return source.rows(
        """SELECT t.series, t.lid, t.repeat, d.first, d.last FROM plan_task AS t
           JOIN (SELECT series, min(start) AS first, max(start) AS last FROM plan_task
                 WHERE series IS NOT NULL GROUP BY series) AS d ON d.series = t.series
           WHERE t.deleted = 0 AND t.repeat <> '' AND t.series IS NOT NULL AND t.start =
             (SELECT max(start) FROM plan_task WHERE deleted = 0 AND series = t.series)
           GROUP BY t.series"""
    )
