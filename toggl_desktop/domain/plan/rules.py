"""What follows from what in a plan: pure functions from a plan task to what becomes of it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from toggl_desktop.domain.commands import Unset
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.ids import MemberId, PlanTaskId
from toggl_desktop.domain.limits import check_color, check_name, check_text
from toggl_desktop.domain.plan.dates import (
    DAY_MINUTES,
    FIRST_DAY,
    LAST_DAY,
    with_end,
    with_start,
)
from toggl_desktop.domain.plan.entities import Dependency, EstimateKind, PlanTask, Status
from toggl_desktop.domain.plan.estimate import MOST_DAILY, MOST_TOTAL
from toggl_desktop.domain.replacing import replaced

DEFAULT_SEGMENT: Final = "Default Segment"
DEFAULT_STATUSES: Final = (
    ("To-do", "🗒️", False),
    ("In progress", "🚧", False),
    ("Blocked", "🚫", False),
    ("Done", "✅", True),
)
"""Name, icon and whether it ends a task: what Toggl Plan gives a new project."""

NOTES_CHARACTERS: Final = 100_000
CHECKLIST_LINES: Final = 500

KEPT: Final = "Nothing was changed."
Given = int | Unset | None


# What is allowed --------------------------------------------------------------------------


def checked(task: PlanTask) -> PlanTask:
    """Returns the task with a clean name and colour, or raises RefusedError with the reason."""
    name = check_name("plan task", task.name)
    color = None if task.color is None else check_color(task.color)
    if name != task.name or color != task.color:
        task = replace(task, name=name, color=color)
    check_days(task.start, task.end)
    _check_minutes(task)
    check_estimate(task.estimate_minutes, task.estimate_kind)
    if task.notes:
        check_text("notes", task.notes)
    if len(task.notes) > NOTES_CHARACTERS:
        raise RefusedError(f"Notes can have {NOTES_CHARACTERS:,} characters. {KEPT}")
    _check_checklist(task)
    if not (math.isfinite(task.weight) and math.isfinite(task.board_position)):
        raise RefusedError(f"A place must be a number. {KEPT}")
    return task


def check_days(start: int | None, end: int | None) -> None:
    """Raises RefusedError for days that are none, in the wrong order, or of which one lacks."""
    if start is None and end is None:
        return
    if start is None or end is None:
        raise RefusedError(f"A plan task has both a first and a last day, or none. {KEPT}")
    check_day(start)
    check_day(end)
    if end < start:
        raise RefusedError(f"The end date cannot be before the start date. {KEPT}")


def check_day(day: int) -> None:
    """Raises RefusedError for a day that a plan does not reach."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RefusedError(f"A plan reaches from 1970 to 2199. {KEPT}")


def _check_minutes(task: PlanTask) -> None:
    for minute in (task.start_minute, task.end_minute):
        if minute is not None and not 0 <= minute <= DAY_MINUTES:
            raise RefusedError(f"A time of day lies between 0:00 and 24:00. {KEPT}")
    if task.start_minute is None or task.end_minute is None or task.start != task.end:
        return
    if task.end_minute < task.start_minute:
        raise RefusedError(f"The end time cannot be before the start time. {KEPT}")


def check_estimate(minutes: int | None, kind: EstimateKind) -> None:
    """Raises RefusedError for an estimate that is none."""
    if kind not in {"daily", "total"}:
        raise RefusedError(f"An estimate is daily or total. {KEPT}")
    most = MOST_DAILY if kind == "daily" else MOST_TOTAL
    if minutes is not None and not 0 <= minutes <= most:
        longest = "23 hours 59 minutes a day" if kind == "daily" else "a year, 8,760 hours"
        raise RefusedError(f"An estimate lies between nothing and {longest}. {KEPT}")


def _check_checklist(task: PlanTask) -> None:
    if len(task.checklist) > CHECKLIST_LINES:
        raise RefusedError(f"A checklist can have {CHECKLIST_LINES} lines. {KEPT}")
    for _, words, _ in task.checklist:
        check_text("checklist", words)


# Days and times ---------------------------------------------------------------------------


def with_days(task: PlanTask, start: Given, end: Given) -> PlanTask:
    """Returns the task on other days; a day that is not named comes along where it must.

    None for either of them takes it off the schedule.
    """
    if start is None or end is None:
        return replace(task, start=None, end=None)
    if isinstance(start, Unset):
        if isinstance(end, Unset):
            return task
        first, last = with_end(task.start, end)
    elif isinstance(end, Unset):
        first, last = with_start(start, task.end)
    else:
        first, last = start, end
    return replace(task, start=first, end=last)


def with_minutes(task: PlanTask, start: Given, end: Given) -> PlanTask:
    """Returns the task at other times of day.

    A time that is not named keeps the distance that a daily estimate says, else it only comes along
    where it must.
    """
    if isinstance(start, Unset) and isinstance(end, Unset):
        return task
    first = task.start_minute if isinstance(start, Unset) else start
    last = task.end_minute if isinstance(end, Unset) else end
    work = task.estimate_minutes if task.estimate_kind == "daily" else None
    if not isinstance(start, Unset) and isinstance(end, Unset) and None not in (first, last):
        last = _later(first or 0, last or 0, work, is_one_day=task.start == task.end)
    elif isinstance(start, Unset) and not isinstance(end, Unset) and None not in (first, last):
        first = _earlier(first or 0, last or 0, work, is_one_day=task.start == task.end)
    return replace(task, start_minute=first, end_minute=last)


def _later(first: int, last: int, work: int | None, *, is_one_day: bool) -> int:
    if work:
        return min(first + work, DAY_MINUTES)
    return last if last > first or not is_one_day else min(first + 60, DAY_MINUTES)


def _earlier(first: int, last: int, work: int | None, *, is_one_day: bool) -> int:
    if work:
        return max(last - work, 0)
    return first if first < last or not is_one_day else max(last - 60, 0)


def moved(task: PlanTask, days: int, minutes: int = 0) -> PlanTask:
    """Returns the task some days, and some minutes of the day, later; its length stays.

    What has no days is not moved along, nor is what has no time moved within the day; a time of day
    stops at midnight.
    """
    if days and task.start is not None and task.end is not None:
        task = replaced(task, start=task.start + days, end=task.end + days)
    times = [minute for minute in (task.start_minute, task.end_minute) if minute is not None]
    if not minutes or not times:
        return task
    by = max(-min(times), min(minutes, DAY_MINUTES - max(times)))
    return replace(
        task,
        start_minute=None if task.start_minute is None else task.start_minute + by,
        end_minute=None if task.end_minute is None else task.end_minute + by,
    )


# People, statuses -------------------------------------------------------------------------


def reassigned(
    members: Sequence[MemberId], gone: MemberId | None, new: MemberId | None
) -> tuple[MemberId, ...]:
    """Returns the assignees with one of them replaced, at the same place; each is there once."""
    if gone == new:
        return tuple(members)
    if gone not in members:
        return tuple(dict.fromkeys([*members, new] if new else members))
    swapped = (new if member == gone else member for member in members)
    return tuple(dict.fromkeys(member for member in swapped if member is not None))


def swapped(
    members: Sequence[MemberId], swaps: Iterable[tuple[MemberId | None, MemberId | None]]
) -> tuple[MemberId, ...]:
    """Returns the assignees with several of them replaced at once; each is there once.

    None stands for no one: it goes where somebody leaves, and is taken where there was nobody.
    """
    goes = dict(swaps)
    found = [goes.get(member, member) for member in members]
    if None in goes:
        found.append(goes[None])
    return tuple(dict.fromkeys(member for member in found if member is not None))


def with_status(task: PlanTask, status: Status | None) -> PlanTask:
    """Returns the task in a status, done when that is; without one it stays as it is."""
    if status is None:
        return replace(task, status=None)
    return replace(task, status=status.lid, is_done=status.is_done)


def with_done(task: PlanTask, statuses: Sequence[Status], *, is_done: bool) -> PlanTask:
    """Returns the task done or not, in the first of its project's statuses that says the same.

    A status that says so already is kept. Where there is none for what is done, a task keeps its
    status; where there is none for what is not done, it has none.
    """
    present = next((status for status in statuses if status.lid == task.status), None)
    if present is not None and present.is_done == is_done:
        return replace(task, is_done=is_done)
    fitting = [s for s in statuses if s.is_done == is_done and not s.is_hidden]
    fitting = fitting or [s for s in statuses if s.is_done == is_done]
    if fitting and (task.status is not None or is_done):
        return replace(task, status=fitting[0].lid, is_done=is_done)
    if not is_done and present is not None:
        task = replace(task, status=None)
    return replace(task, is_done=is_done)


# What waits for what ----------------------------------------------------------------------


def is_violated(before: PlanTask, after: PlanTask) -> bool:
    """Tells whether a task begins although the one it waits for has not ended."""
    return before.end is not None and after.start is not None and after.start <= before.end


def makes_circle(dependencies: Iterable[Dependency], before: str, after: str) -> bool:
    """Tells whether `before` waits already, by way of others, for what would now wait for it."""
    followers: dict[str, list[str]] = {}
    for one in dependencies:
        followers.setdefault(one.before, []).append(one.after)
    seen, waiting = {after}, [after]
    while waiting:
        lid = waiting.pop()
        if lid == before:
            return True
        fresh = [other for other in followers.get(lid, ()) if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return False


def pushed(
    tasks: Mapping[PlanTaskId, PlanTask],
    dependencies: Iterable[Dependency],
    movers: Iterable[PlanTaskId],
) -> dict[PlanTaskId, PlanTask]:
    """Returns what has to move, and where to, because what it waits for now ends too late.

    Whole days, as few as will do; whatever waits for the moved is moved in its turn.

    Args:
        tasks: The tasks as they are now; whoever is not among them stays where it is.
        dependencies: What waits for what, without circles.
        movers: The tasks that were moved.
    """
    followers: dict[PlanTaskId, list[PlanTaskId]] = {}
    for one in dependencies:
        followers.setdefault(one.before, []).append(one.after)
    found: dict[PlanTaskId, PlanTask] = {}
    waiting = list(movers)
    while waiting:
        lid = waiting.pop(0)
        before = found.get(lid) or tasks.get(lid)
        for follower in followers.get(lid, ()) if before else ():
            after = found.get(follower) or tasks.get(follower)
            if before is None or after is None or not is_violated(before, after):
                continue
            late = (before.end or 0) + 1 - (after.start or 0)
            found[follower] = moved(after, late)
            waiting.append(follower)
    return found


def end_of(dependencies: Iterable[Dependency], begin: Iterable[PlanTaskId]) -> set[PlanTaskId]:
    """Returns everything that waits for some tasks, by way of others too."""
    followers: dict[PlanTaskId, list[PlanTaskId]] = {}
    for one in dependencies:
        followers.setdefault(one.before, []).append(one.after)
    seen: set[PlanTaskId] = set()
    waiting = list(begin)
    while waiting:
        fresh = [other for other in followers.get(waiting.pop(), ()) if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen


# Places -----------------------------------------------------------------------------------


def between(low: float | None, high: float | None) -> float | None:
    """Returns a place between two neighbours; None when there is no room any more."""
    if low is None:
        return 0.0 if high is None else high - 1.0
    if high is None:
        return low + 1.0
    middle = (low + high) / 2
    return middle if low < middle < high else None


def initials(name: str) -> str:
    """Returns the first letters of the first and the last word of a name: `Ann Lee` → `AL`."""
    words = name.split()
    named = [word for word in words if word[0].isalnum()] or words
    if len(named) < 2:
        return "".join(named)[:2].upper()
    return (named[0][0] + named[-1][0]).upper()
