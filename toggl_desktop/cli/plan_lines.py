"""Plan tasks and milestones as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from toggl_desktop.cli import plan_shapes as shapes
from toggl_desktop.cli.words import columns, short_id
from toggl_desktop.cli.words import day as day_words
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.estimate import hours_and_minutes
from toggl_desktop.domain.words import short
from toggl_desktop.store.read import plan, plan_tasks

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.store.read.plan_tasks import MilestoneRow, TaskRow
    from toggl_desktop.store.source import Source


def span(row: TaskRow) -> str:
    """Returns `Mon 2026-11-23 – Fri 2026-11-27`, with its times; `no days` for the taskbox."""
    if row.start is None or row.end is None:
        return "no days"
    text = day_words(date.fromordinal(row.start))
    if row.end != row.start:
        text += f" – {day_words(date.fromordinal(row.end))}"
    times = [shapes.minute(one) for one in (row.start_minute, row.end_minute)]
    return f"{text} {'–'.join(one for one in times if one)}".rstrip()


def about(row: TaskRow, tracked: int) -> str:
    """Returns the name and everything else that is short."""
    place = row.project_name
    if place and row.segment:
        place = f"{place}: {row.segment}"
    parts = [row.name, place, ", ".join(row.members), row.status]
    parts += [f"#{tag}" for tag in row.tags]
    if row.estimate_minutes:
        kind = "a day" if row.estimate_kind == "daily" else "in total"
        parts.append(f"{hours_and_minutes(row.estimate_minutes)} {kind}")
    parts.append(f"tracked {short(tracked)}" if tracked else None)
    parts.append(row.repeat or None)
    if row.is_done and row.status is None:
        parts.append("done")
    return " · ".join(one_line(part, 120) for part in parts if part)


def task_lines(_context: Context, rows: Sequence[TaskRow], tracked: Mapping[str, int]) -> list[str]:
    """Returns a line for each plan task; what is done has a tick."""
    return columns(
        [
            (
                "✓" if row.is_done else " ",
                short_id(row.lid),
                span(row),
                about(row, tracked.get(row.lid, 0)),
            )
            for row in rows
        ]
    )


def milestone_lines(rows: Sequence[MilestoneRow]) -> list[str]:
    """Returns a line for each milestone."""
    return columns(
        [
            (
                "✓" if row.is_done else " ",
                short_id(row.lid),
                day_words(date.fromordinal(row.day)),
                " · ".join(
                    one_line(part, 120)
                    for part in (row.name, row.project, row.group, "holiday" * row.is_holiday)
                    if part
                ),
            )
            for row in rows
        ]
    )


def _earliest(source: Source, lids: Iterable[str]) -> tuple[str, ...]:
    """Returns the first day's task of several; one without days comes last."""
    rows = plan_tasks.find(source, plan_tasks.Wanted(lids=tuple(lids)))
    first = min(rows, key=lambda row: (row.start is None, row.start or 0, row.lid), default=None)
    return () if first is None else (first.lid,)


def say_tasks(
    context: Context,
    given: Given,
    source: Source,
    changes: ChangeSet,
    verb: str,
    lids: tuple[str, ...] = (),
) -> None:
    """Prints what was done to plan tasks; as JSON one of them as an object, several as an array.

    Args:
        context: The run.
        given: What was typed.
        source: The store.
        changes: What was done.
        verb: The first word of the sentence.
        lids: The tasks that were named; without them, the earliest that is new.
    """
    touched = changes.ids("plan_task")
    shown = lids or _earliest(source, touched)
    rows = {row.lid: row for row in plan_tasks.find(source, plan_tasks.Wanted(lids=shown))}
    found = [rows[lid] for lid in shown if lid in rows]
    if given.has("json"):
        tracked = plan.tracked(source, context.now.wall, shown)
        items = [shapes.task(row, tracked.get(row.lid, 0)) for row in found]
        context.output.json(items[0] if len(items) == 1 else items)
        return
    others = len(touched - {row.lid for row in found})
    if len(found) == 1:
        row = found[0]
        text = f"{verb} “{one_line(row.name, 60)}” ({short_id(row.lid)}), {span(row)}"
    else:
        text = f"{verb} {len(found)} plan tasks"
    more = f", and {others} more with it" if others else ""
    context.output.line(f"{text}{more}.")
