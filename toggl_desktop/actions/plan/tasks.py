"""Plan tasks: add, change, delete."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan import series
from toggl_desktop.actions.plan.planning import Planning, is_given
from toggl_desktop.actions.plan.words import OF_SERIES, about, called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import UNSET, Unset
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, PlanTaskId
from toggl_desktop.domain.plan import repeat, rules
from toggl_desktop.domain.plan.commands import AddPlanTask, DeletePlanTasks, EditPlanTasks
from toggl_desktop.domain.plan.entities import Dependency, Member, PlanTask, Segment, Status
from toggl_desktop.domain.replacing import differing, replaced
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.write import Transaction

_OF_A_LANE: Final = {
    *("start", "end", "members"),
    *("project", "segment", "status", "tags", "color"),
}
"""What a task gets that is laid into a lane: days, and whose or what it is."""
SO_ALREADY = "Nothing to change: it is so already."


# Add --------------------------------------------------------------------------------------


def add(store: Store, command: AddPlanTask, now: Reading) -> ChangeSet:
    """Plans something. Raises RefusedError when a value is not allowed; nothing was changed."""
    with store.transaction("Plan", now.wall) as tx:
        task = create(Planning(tx), command, now)
        tx.step.name = f"Plan {called(task)}"
    return tx.result


def create(planning: Planning, command: AddPlanTask, now: Reading) -> PlanTask:
    """Makes a plan task inside a step under way, with what recurs of it, and returns it."""
    tx = planning.tx
    workspace = LOCAL_WORKSPACE
    if command.workspace is not None:
        workspace = tx.get(Workspace, command.workspace).lid
    task = PlanTask(
        PlanTaskId(new_id()),
        command.name,
        start_minute=command.start_minute,
        end_minute=command.end_minute,
        members=command.members,
        estimate_minutes=command.estimate_minutes,
        estimate_kind=command.estimate_kind,
        skips_weekend=command.skips_weekend,
        notes=command.notes,
        checklist=command.checklist,
        is_done=command.is_done,
        repeat=repeat.checked(command.repeat),
        workspace=workspace,
    )
    task = _with_new_days(task, command)
    project = command.project
    if project is None and command.segment is not None:
        project = tx.get(Segment, command.segment).project
    if project is None and command.status is not None:
        project = tx.get(Status, command.status).project
    if project is not None:
        task = planning.entered(task, project)
    if command.segment is not None:
        task = replace(task, segment=command.segment)
    if command.status is not None:
        task = planning.in_status(task, command.status)
    task = planning.checked(replace(task, tags=command.tags, color=command.color))
    task = (
        planning.below(task)
        if command.weight is None
        else replace(task, weight=float(command.weight))
    )
    task = planning.last_on_board(rules.checked(task))
    if task.repeat:
        task = series.begun(task)
    tx.save(task, *series.to_come(planning, task, now))
    return task


def _with_new_days(task: PlanTask, command: AddPlanTask) -> PlanTask:
    """Returns the task on the command's days; one of them alone is both."""
    start = command.end if command.start is None else command.start
    end = command.start if command.end is None else command.end
    return replace(task, start=start, end=end)


# Edit -------------------------------------------------------------------------------------

_PLAIN = (
    *("name", "color", "estimate_minutes", "estimate_kind", "skips_weekend"),
    *("notes", "checklist", "weight"),
)


def edit(store: Store, command: EditPlanTasks, now: Reading) -> ChangeSet:
    """Changes plan tasks in one step; of what recurs, the occurrences that `scope` says.

    Raises:
        RefusedError: A value is not allowed; nothing was changed.
        NothingToDoError: Everything is so already.
    """
    with store.transaction("Edit", now.wall) as tx:
        edit_in(Planning(tx), command, now)
    if not tx.result:
        raise NothingToDoError(SO_ALREADY)
    return tx.result


def edit_in(planning: Planning, command: EditPlanTasks, now: Reading) -> None:
    """Does what `edit` does inside a step under way."""
    tx, named = planning.tx, planning.to_change(command.tasks)
    if not named:
        raise NothingToDoError("There is no plan task to change.")
    edited = [_edited(planning, task, command) for task in named]
    tx.step.name = step_name(tx, named, edited, command)
    tx.save(*edited)
    if command.scope != "one":
        tx.save(*_others(planning, named, edited, command))
        for was, is_now in zip(named, edited, strict=True):
            tx.save(*series.parted(tx, was, is_now, command.scope))
    if is_given(command.repeat):
        _repeat_anew(planning, named, edited, command, now)
    if command.pushes:
        tx.save(*planning.push(edited if command.scope == "one" else planning.saved()))


def _edited(planning: Planning, task: PlanTask, command: EditPlanTasks) -> PlanTask:
    """Returns the task as the command wants it."""
    if not isinstance(command.project, Unset) and command.project != task.project:
        task = planning.entered(task, command.project)
    if not isinstance(command.segment, Unset):
        task = replace(task, segment=command.segment)
    if not isinstance(command.status, Unset):
        task = planning.in_status(task, command.status)
    if not isinstance(command.is_done, Unset) and command.is_done != task.is_done:
        task = planning.done(task, is_done=command.is_done)
    given: dict[str, Any] = {
        name: value for name in _PLAIN if is_given(value := getattr(command, name))
    }
    if given:
        task = replaced(task, **given)
    task = rules.with_days(task, command.start, command.end)
    task = rules.with_minutes(task, command.start_minute, command.end_minute)
    members = task.members if isinstance(command.members, Unset) else command.members
    tags = task.tags if isinstance(command.tags, Unset) else command.tags
    members = tuple(m for m in (*members, *command.add_members) if m not in command.remove_members)
    tags = tuple(t for t in (*tags, *command.add_tags) if t not in command.remove_tags)
    if members != task.members or tags != task.tags:
        task = replace(task, members=members, tags=tags)
    return planning.checked(task)


def _others(
    planning: Planning,
    named: Sequence[PlanTask],
    edited: Sequence[PlanTask],
    command: EditPlanTasks,
) -> list[PlanTask]:
    """Returns the other occurrences that the scope names, changed alike: days by as many days."""
    known = {task.lid for task in named}
    found: dict[PlanTaskId, PlanTask] = {}
    without_days = replace(command, start=UNSET, end=UNSET)
    for was, is_now in zip(named, edited, strict=True):
        for other in series.others(planning.tx, was, command.scope):
            if other.lid not in known:
                changed = _edited(planning, other, without_days)
                found[other.lid] = rules.checked(_moved_alike(changed, was, is_now))
    return list(found.values())


def _moved_alike(other: PlanTask, was: PlanTask, is_now: PlanTask) -> PlanTask:
    """Returns another occurrence on days that differ from its own as the edited one's do."""
    if None in (was.start, was.end, is_now.start, is_now.end, other.start, other.end):
        return other
    return replace(
        other,
        start=(other.start or 0) + (is_now.start or 0) - (was.start or 0),
        end=(other.end or 0) + (is_now.end or 0) - (was.end or 0),
    )


def _repeat_anew(
    planning: Planning,
    named: Sequence[PlanTask],
    edited: Sequence[PlanTask],
    command: EditPlanTasks,
    now: Reading,
) -> None:
    """Gives each edited task its new rule, and its series new occurrences."""
    rule = repeat.checked(str(command.repeat))
    for was, is_now in zip(named, edited, strict=True):
        if was.repeat != rule:
            found = list(series.repeated(planning, is_now, rule, command.scope, now))
            planning.tx.save(*found)
            remove(planning.tx, [task for task in found if task.deleted])


def step_name(
    tx: Transaction,
    before: Sequence[PlanTask],
    after: Sequence[PlanTask],
    command: EditPlanTasks,
) -> str:
    """Returns what an edit is called: by what it does, where that is one thing."""
    what = about(before)
    if command.scope != "one":
        what += f" {OF_SERIES[command.scope]}"
    if is_given(command.repeat):
        return f"Repeat {what}" if command.repeat else f"Stop repeating {what}"
    one, other = before[0], after[0]
    changed = {
        name for was, is_now in zip(before, after, strict=True) for name in differing(was, is_now)
    }
    if "is_done" in changed and changed <= {"is_done", "status"}:
        return f"Mark {what} done" if other.is_done else f"Mark {what} not done"
    if changed == {"status"} and other.status is not None:
        return f"Set {what} to {called(tx.get(Status, other.status))}"
    if changed == {"members"}:
        new = [lid for lid in other.members if lid not in one.members]
        whom = f"to {tx.get(Member, new[0]).name}" if len(new) == 1 else "to others"
        return f"Assign {what} {whom}" if other.members else f"Assign {what} to nobody"
    if changed == {"name"} and len(before) == 1:
        return f"Rename {what} to {called(other)}"
    if changed and changed <= {"start", "end"}:
        if other.start is None:
            return f"Take {what} off the schedule"
        return f"Schedule {what}" if one.start is None else f"Reschedule {what}"
    is_scheduled = one.start is None and {"start", "end"} <= changed <= _OF_A_LANE
    return f"Schedule {what}" if is_scheduled else f"Edit {what}"


# Delete -----------------------------------------------------------------------------------


def delete(store: Store, command: DeletePlanTasks, now: Reading) -> ChangeSet:
    """Deletes plan tasks and what said that others wait for them; undo brings all back.

    Time that was tracked for them stays, and still says what it was for.
    """
    if not command.tasks:
        raise NothingToDoError("There is no plan task to delete.")
    with store.transaction("Delete", now.wall) as tx:
        named = Planning(tx).tasks(command.tasks)
        tx.step.name = f"Delete {about(named)}"
        if command.scope != "one":
            tx.step.name += f" {OF_SERIES[command.scope]}"
        gone = {task.lid: task for task in named}
        for task in named:
            others = series.others(tx, task, command.scope)
            gone.update((other.lid, other) for other in others)
            if command.scope == "following":
                tx.save(*series.ended(tx, task))
        remove(tx, list(gone.values()))
    return tx.result


def remove(tx: Transaction, gone: Sequence[PlanTask]) -> None:
    """Deletes plan tasks inside a step under way, and the dependencies that name them."""
    tx.save(*(replaced(task, deleted=True) for task in gone))
    lids = json.dumps([task.lid for task in gone])
    for where in (
        "WHERE deleted = 0 AND before IN (SELECT value FROM json_each(?))",
        "WHERE deleted = 0 AND after IN (SELECT value FROM json_each(?))",
    ):
        for one in tables.load(tx.source, Dependency, where, (lids,)):
            tx.save(replace(one, deleted=True))


def refuse_undated(tasks: Sequence[PlanTask]) -> None:
    """Raises RefusedError when one of the tasks has no days."""
    for task in tasks:
        if task.start is None:
            raise RefusedError(
                f"{called(task)} has no days to move. Nothing was changed; schedule it first."
            )
