"""Plan tasks along the timeline, from lane to lane, and on the board."""

from collections.abc import Sequence
from dataclasses import replace

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan import series
from toggl_desktop.actions.plan.planning import Planning
from toggl_desktop.actions.plan.tasks import SO_ALREADY, refuse_undated
from toggl_desktop.actions.plan.words import OF_SERIES, about, called, days
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import UNSET, Unset
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.commands import (
    CopyPlanTasks,
    LaneChange,
    MoveOnBoard,
    MovePlanTasks,
    ShiftEverythingAfter,
)
from toggl_desktop.domain.plan.entities import Member, Milestone, PlanTask, Segment, Status
from toggl_desktop.domain.replacing import replaced
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import plan_places
from toggl_desktop.store.write import Transaction

Move = MovePlanTasks | CopyPlanTasks


def move(store: Store, command: MovePlanTasks, now: Reading) -> ChangeSet:
    """Moves plan tasks by days, minutes and lanes in one step.

    Raises:
        RefusedError: A task has no days to move, or would leave the calendar; nothing was changed.
        NothingToDoError: Nothing would move.
    """
    with store.transaction("Move", now.wall) as tx:
        planning = Planning(tx)
        named = planning.to_change(command.tasks)
        if not named:
            raise NothingToDoError("There is no plan task to move.")
        if command.days and _stays_in_lane(command):
            refuse_undated(named)
        changes = _by_task(command)
        found = [_moved(planning, task, command, changes) for task in named]
        if not isinstance(command.weight, Unset):
            found = [_at(task, command.weight, place) for place, task in enumerate(found)]
        tx.step.name = _name("Move", tx, named, command)
        tx.save(*found)
        if command.scope != "one":
            _take_others_along(planning, named, found, command, changes)
        if command.pushes:
            tx.save(*planning.push(found if command.scope == "one" else planning.saved()))
    if not tx.result:
        raise NothingToDoError(SO_ALREADY)
    return tx.result


def _at(task: PlanTask, weight: float, place: int) -> PlanTask:
    """Returns the task at a weight; several that are moved together keep their order there."""
    return rules.checked(replace(task, weight=weight + place * 1e-6))


def _stays_in_lane(command: Move) -> bool:
    lanes = (command.to_member, command.to_project, command.to_segment)
    return not command.lanes and all(isinstance(lane, Unset) for lane in lanes)


Changes = dict[PlanTaskId, LaneChange]


def _by_task(command: Move) -> Changes:
    return {lid: change for change in command.lanes for lid in change.tasks}


def _moved(planning: Planning, task: PlanTask, command: Move, changes: Changes) -> PlanTask:
    task = rules.moved(task, command.days, command.minutes)
    if (change := changes.get(task.lid)) is not None:
        task = _in_lane(planning, task, change)
    if not isinstance(command.to_member, Unset):
        members = rules.reassigned(task.members, command.from_member, command.to_member)
        task = replace(task, members=members)
    return planning.checked(_in_project(planning, task, command))


def _in_lane(planning: Planning, task: PlanTask, change: LaneChange) -> PlanTask:
    if change.swaps:
        task = replace(task, members=rules.swapped(task.members, change.swaps))
    return _in_project(planning, task, change)


def _in_project(planning: Planning, task: PlanTask, to: Move | LaneChange) -> PlanTask:
    if not isinstance(to.to_project, Unset) and to.to_project != task.project:
        task = planning.entered(task, to.to_project)
    if not isinstance(to.to_segment, Unset):
        task = planning.in_segment(task, to.to_segment)
    return task


def _take_others_along(
    planning: Planning,
    named: Sequence[PlanTask],
    moved: Sequence[PlanTask],
    command: MovePlanTasks,
    changes: Changes,
) -> None:
    """Moves the other occurrences that the scope names alike."""
    known = {task.lid for task in named}
    for was, is_now in zip(named, moved, strict=True):
        change = changes.get(was.lid)
        for other in series.others(planning.tx, was, command.scope):
            if other.lid not in known:
                known.add(other.lid)
                alike = {} if change is None else {other.lid: change}
                planning.tx.save(_moved(planning, other, _fitting(command, other, was), alike))
        planning.tx.save(*series.parted(planning.tx, was, is_now, command.scope))


def _fitting(command: MovePlanTasks, other: PlanTask, was: PlanTask) -> MovePlanTasks:
    """Returns the command for another occurrence: who is not on it cannot be replaced there."""
    if other.members != was.members and command.from_member not in (None, *other.members):
        return replace(command, to_member=UNSET)
    return command


def _name(verb: str, tx: Transaction, named: Sequence[PlanTask], command: Move) -> str:
    what = about(named)
    if isinstance(command, MovePlanTasks) and command.scope != "one":
        what += f" {OF_SERIES[command.scope]}"
    if command.days:
        return f"{verb} {what} by {days(command.days)}"
    if command.lanes:
        return f"{verb} {what} to other lanes"
    if not isinstance(command.to_member, Unset) and verb == "Move":
        if command.to_member is None:
            return f"Assign {what} to nobody"
        return f"Assign {what} to {tx.get(Member, command.to_member).name}"
    if not isinstance(command.to_segment, Unset) and command.to_segment is not None:
        return f"{verb} {what} to {called(tx.get(Segment, command.to_segment))}"
    if not isinstance(command.to_project, Unset) and command.to_project is not None:
        return f"{verb} {what} to {called(tx.get(Project, command.to_project))}"
    if command.minutes:
        return f"{verb} {what} by {command.minutes} min"
    return f"{verb} {what}"


def copy(store: Store, command: CopyPlanTasks, now: Reading) -> ChangeSet:
    """Adds copies of plan tasks, moved by days and lanes; a copy recurs no more."""
    with store.transaction("Copy", now.wall) as tx:
        planning = Planning(tx)
        named = planning.to_change(command.tasks)
        if not named:
            raise NothingToDoError("There is no plan task to copy.")
        tx.step.name, changes = f"Copy {about(named)}", _by_task(command)
        made = planning.all_below(
            [_copied(_moved(planning, task, command, changes)) for task in named]
        )
        tx.save(*map(planning.last_on_board, made))
    return tx.result


def _copied(task: PlanTask) -> PlanTask:
    return replaced(
        task,
        lid=PlanTaskId(new_id()),
        checklist=tuple((new_id(), words, done) for _, words, done in task.checklist),
        repeat="",
        series=None,
    )


def shift(store: Store, command: ShiftEverythingAfter, now: Reading) -> ChangeSet:
    """Moves everything that begins on a day or later; milestones too, where it is nobody's alone.

    Raises:
        NothingToDoError: Nothing begins then.
    """
    with store.transaction("Shift", now.wall) as tx:
        whose, tasks, milestones = _after(tx, command)
        if not command.days or not (tasks or milestones):
            raise NothingToDoError("Nothing begins on that day or later.")
        tx.step.name = f"Shift everything{whose} by {days(command.days)}"
        for task in tasks:
            tx.save(rules.checked(rules.moved(task, command.days)))
        for milestone in milestones:
            rules.check_day(milestone.day + command.days)
            tx.save(replace(milestone, day=milestone.day + command.days))
    return tx.result


def _after(
    tx: Transaction, command: ShiftEverythingAfter
) -> tuple[str, list[PlanTask], list[Milestone]]:
    """Returns whose plan is shifted, in words, and what of it begins on the day or later."""
    whose, day = "", (command.day,)
    lids = tables.lids(tx.source, PlanTask, "WHERE deleted = 0 AND start >= ?", day)
    tasks = Planning(tx).tasks(map(PlanTaskId, lids))
    milestones = tables.load(tx.source, Milestone, "WHERE deleted = 0 AND day >= ?", day)
    if command.member is not None:
        member = tx.get(Member, command.member)
        tasks = [task for task in tasks if member.lid in task.members]
        milestones, whose = [], f" of {member.name}"
    if command.project is not None:
        project = tx.get(Project, command.project)
        tasks = [task for task in tasks if task.project == project.lid]
        milestones = [one for one in milestones if one.project == project.lid]
        whose += f" of {called(project)}"
    return whose, tasks, milestones


def on_board(store: Store, command: MoveOnBoard, now: Reading) -> ChangeSet:
    """Puts a plan task into a column, before another one or last; it is done when the column is.

    Raises:
        RefusedError: The column is of another project, or the other task is not in it.
        NothingToDoError: It is there already.
    """
    with store.transaction("Move", now.wall) as tx:
        planning = Planning(tx)
        task = planning.in_status(tx.get(PlanTask, command.task), command.status)
        column = "No status" if command.status is None else tx.get(Status, command.status).name
        tx.step.name = f"Move {called(task)} to “{column}”"
        tx.save(_placed(tx, task, command.before))
    if not tx.result:
        raise NothingToDoError(SO_ALREADY)
    return tx.result


def _placed(tx: Transaction, task: PlanTask, before: PlanTaskId | None) -> PlanTask:
    """Returns the task at its place in the column; the others make room where there is none."""
    places = [
        (lid, place)
        for lid, place in plan_places.column(tx.source, task.project, task.status)
        if lid != task.lid
    ]
    at = len(places)
    if before is not None:
        lids = [lid for lid, _ in places]
        if before not in lids:
            raise RefusedError("That plan task is not in the column. Nothing was changed.")
        at = lids.index(before)
    low = places[at - 1][1] if at else None
    high = places[at][1] if at < len(places) else None
    if (low is None or low < task.board_position) and (high is None or task.board_position < high):
        return task
    place = rules.between(low, high)
    if place is not None:
        return replace(task, board_position=place)
    for number, (lid, _) in enumerate(places):
        other = tx.get(PlanTask, PlanTaskId(lid))
        tx.save(replace(other, board_position=float(number + (number >= at))))
    return replace(task, board_position=float(at))
