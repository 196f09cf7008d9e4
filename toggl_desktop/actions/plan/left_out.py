"""What of a plan a table or a calendar cannot carry, counted: nobody shall believe it is there."""

from collections.abc import Sequence
from typing import Final

from toggl_desktop.actions.plan.export import Part, chosen, milestones
from toggl_desktop.domain.plan.entities import Dependency, PlanTask, TimeOff
from toggl_desktop.domain.plan.notes import is_rich
from toggl_desktop.exchange.plan_csv import DAILY_LIMIT
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE
from toggl_desktop.store import tables
from toggl_desktop.store.source import Source

_LIVE: Final = "WHERE deleted = 0"


def left_out(source: Source, part: Part, form: str) -> str:
    """Returns a sentence about what a file of this form does not have; empty when it has all."""
    found = chosen(source, part)
    counts = [
        *_beside(source, part, found, form),
        *(_of_tables(found, form) if form in {VIEW, WORKSPACE} else _of_calendars(found)),
        (sum(bool(task.checklist) for task in found), "checklist", "checklists"),
        (
            sum(task.color is not None for task in found),
            "colour of its own",
            "colours of their own",
        ),
    ]
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in counts if count]
    if not parts:
        return ""
    listed = f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]
    has_milestones = form in {VIEW, WORKSPACE} and counts[0][0]
    hint = (
        "ICS has the milestones, JSON has everything" if has_milestones else "JSON has everything"
    )
    return f"Not in this file: {listed}; {hint}."


Count = tuple[int, str, str]


def _beside(source: Source, part: Part, found: Sequence[PlanTask], form: str) -> list[Count]:
    """Returns what a plan has beside its tasks."""
    lids = {task.lid for task in found}
    marks = len(milestones(source, part)) if form in {VIEW, WORKSPACE} else 0
    waits = sum(
        one.before in lids and one.after in lids for one in tables.load(source, Dependency, _LIVE)
    )
    off = 0
    if part.projects is None:
        off = sum(
            part.has(one.start, one.end, None)
            and (part.members is None or one.member in part.members)
            for one in tables.load(source, TimeOff, _LIVE)
        )
    return [
        (marks, "milestone", "milestones"),
        (waits, "dependency", "dependencies"),
        (off, "time off", "times off"),
    ]


def _of_tables(found: Sequence[PlanTask], form: str) -> list[Count]:
    in_all = sum(
        task.estimate_kind == "total" and 0 < (task.estimate_minutes or 0) <= DAILY_LIMIT
        for task in found
    )
    if form == VIEW:
        notes = (sum(bool(task.notes) for task in found), "task’s notes", "tasks’ notes")
    else:
        notes = _formatted(found)
    return [
        (in_all, "estimate in all (as a day’s share)", "estimates in all (as a day’s share)"),
        notes,
    ]


def _of_calendars(found: Sequence[PlanTask]) -> list[Count]:
    dated = [task for task in found if task.start is not None]
    return [
        (len(found) - len(dated), "task without days", "tasks without days"),
        (sum(bool(task.estimate_minutes) for task in dated), "estimate", "estimates"),
        _formatted(dated),
    ]


def _formatted(found: Sequence[PlanTask]) -> Count:
    count = sum(is_rich(task.notes) for task in found)
    return count, "note’s formatting", "notes’ formatting"
