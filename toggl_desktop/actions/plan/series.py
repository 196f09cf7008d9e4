"""What recurs: occurrences are plan tasks of their own, made ahead, changed alone or together."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan.planning import Planning
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.plan import repeat, rules
from toggl_desktop.domain.plan.commands import ContinueSeries, Scope
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import plan_places
from toggl_desktop.store.write import Transaction

AHEAD_AT_LEAST = 92
"""A series is continued when it reaches no further than so many days, so that it is done seldom."""


def _today(now: Reading) -> int:
    """Returns the present day; to a day's precision nothing here depends on the zone."""
    return day_of(now.wall, UTC).toordinal()


def begun(task: PlanTask) -> PlanTask:
    """Returns the task as the first of its series; refuses one without days."""
    if task.start is None:
        raise RefusedError(
            "What recurs needs a first day. Nothing was changed; schedule it, then repeat it."
        )
    return replace(task, series=task.lid)


def to_come(planning: Planning, task: PlanTask, now: Reading) -> Iterator[PlanTask]:
    """Yields the occurrences after the first task of a series, as far ahead as they are made."""
    rule = repeat.parse(task.repeat)
    if rule is not None and task.start is not None:
        for day in repeat.to_come(rule, task.start, task.start, _today(now)):
            yield _occurrence(planning, task, day)


def _occurrence(planning: Planning, task: PlanTask, day: int) -> PlanTask:
    """Returns a copy of a plan task that begins on another day, with nothing in it done yet."""
    start, end = task.start or day, task.end or day
    made = replace(
        task,
        lid=PlanTaskId(new_id()),
        start=day,
        end=day + end - start,
        checklist=tuple((new_id(), words, False) for _, words, _ in task.checklist),
        is_done=False,
    )
    rules.check_days(made.start, made.end)
    return made if made.project is None else planning.in_first_status(made, made.project)


def others(tx: Transaction, task: PlanTask, scope: Scope) -> list[PlanTask]:
    """Returns the other occurrences that a scope names: none, those from its first day on, all."""
    if scope == "one" or task.series is None:
        return []
    where = "WHERE deleted = 0 AND series = ? ORDER BY start, lid"
    lids = tables.lids(tx.source, PlanTask, where, (task.series,))
    tx.look_up((PlanTask.kind, lid) for lid in lids)
    return [
        other
        for lid in lids
        if lid != task.lid
        and (other := tx.find(PlanTask, lid)) is not None
        and (scope == "all" or (other.start or 0, other.lid) >= (task.start or 0, task.lid))
    ]


def parted(tx: Transaction, was: PlanTask, is_now: PlanTask, scope: Scope) -> Iterator[PlanTask]:
    """Yields what else becomes of a series when occurrences move to other days together.

    What follows on other days is a series of its own, that goes on by its own first day; the former
    one ends before it. What was deleted moves along: it shall not come again on the new days.
    """
    by = (is_now.start or 0) - (was.start or 0)
    if was.series is None or scope == "one" or not by or is_now.start is None:
        return
    where = "WHERE series = ? AND start IS NOT NULL"
    lids = tables.lids(tx.source, PlanTask, where, (was.series,))
    tx.look_up((PlanTask.kind, lid) for lid in lids)
    new = was.lid if scope == "following" else was.series
    for lid in lids:
        before, task = tx.stored(PlanTask, lid), tx.present(PlanTask, lid)
        if before is None or task is None:
            continue
        if scope == "all" or (before.start or 0, lid) >= (was.start or 0, was.lid):
            yield replace(rules.moved(task, by) if task.deleted else task, series=new)
        elif not task.deleted and (rule := repeat.parse(task.repeat)) is not None:
            yield replace(task, repeat=rule._replace(until=(was.start or 1) - 1).text)


def ended(tx: Transaction, task: PlanTask) -> Iterator[PlanTask]:
    """Yields what is left of a series whose occurrences from one on are deleted: it has an end."""
    rule = repeat.find(task.repeat)
    for other in others(tx, task, "all") if rule is not None else ():
        if rule is not None and (other.start or 0, other.lid) < (task.start or 0, task.lid):
            yield replace(other, repeat=rule._replace(until=(task.start or 1) - 1).text)


def repeated(
    planning: Planning, task: PlanTask, rule: str, scope: Scope, now: Reading
) -> Iterator[PlanTask]:
    """Yields a task with another rule, what becomes of its former series, and what comes after it.

    A task with a new rule begins a series of its own; what would have followed by the old one goes,
    unless it is done. Without a rule, and for this one alone, it only leaves its series.
    """
    if task.series is not None and (rule or scope != "one"):
        yield from _ended(planning.tx, task, forgets=scope == "all" and not rule)
    if rule:
        task = begun(replace(task, repeat=rule))
        yield task
        yield from to_come(planning, task, now)
    else:
        yield replace(task, repeat="", series=None)


def _ended(tx: Transaction, task: PlanTask, *, forgets: bool) -> Iterator[PlanTask]:
    """Yields what becomes of the other occurrences of a series that a task leaves."""
    rule = repeat.parse(task.repeat)
    until = (task.start or 1) - 1
    for other in others(tx, task, "all"):
        is_later = (other.start or 0) >= (task.start or 0)
        if is_later and not other.is_done:
            yield replace(other, deleted=True)
        elif forgets:
            yield replace(other, repeat="", series=None)
        elif rule is not None:
            yield replace(other, repeat=rule._replace(until=until).text)


def continue_(store: Store, _command: ContinueSeries, now: Reading) -> ChangeSet:
    """Makes the occurrences that series lack, up to a year ahead, as one step.

    What somebody deleted does not come again, and a series that was forgotten for half a year has
    ended.

    Raises:
        NothingToDoError: All of them reach far enough.
    """
    if not any(_lacks(row, now) for row in plan_places.series(store.source)):
        raise NothingToDoError("Everything that recurs is planned ahead already.")
    with store.transaction("Continue what recurs", now.wall) as tx:
        planning = Planning(tx)
        for row in plan_places.series(tx.source):
            tx.save(*_continued(planning, row, now))
    return tx.result


Row = tuple[str, str, str, int, int]


def _lacks(row: Row, now: Reading) -> bool:
    """Tells whether a series ends too soon, though its rule goes on."""
    *_, text, first, last = row
    rule = repeat.find(text)
    if rule is None or last >= _today(now) + max(AHEAD_AT_LEAST, rule.longest):
        return False
    return bool(repeat.to_come(rule, first, last, _today(now)))


def _continued(planning: Planning, row: Row, now: Reading) -> Iterable[PlanTask]:
    _, newest, text, first, last = row
    rule = repeat.find(text)
    if rule is None or not _lacks(row, now):
        return
    task = planning.tx.get(PlanTask, PlanTaskId(newest))
    for day in repeat.to_come(rule, first, last, _today(now)):
        yield _occurrence(planning, task, day)
