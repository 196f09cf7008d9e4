"""Milestones: mark a day, change it."""

from dataclasses import replace

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan.planning import is_given
from toggl_desktop.actions.plan.tasks import SO_ALREADY
from toggl_desktop.actions.plan.words import called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Project, Workspace
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, MilestoneId
from toggl_desktop.domain.limits import check_color, check_name
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.commands import AddMilestone, EditMilestone
from toggl_desktop.domain.plan.entities import Group, Milestone
from toggl_desktop.store.database import Store
from toggl_desktop.store.write import Transaction


def add(store: Store, command: AddMilestone, now: Reading) -> ChangeSet:
    """Marks a day. Raises RefusedError when a value is not allowed; nothing was changed."""
    with store.transaction("Add", now.wall) as tx:
        create(tx, command)
    return tx.result


def create(tx: Transaction, command: AddMilestone) -> None:
    """Makes the milestone inside a step under way."""
    workspace = LOCAL_WORKSPACE
    if command.workspace is not None:
        workspace = tx.get(Workspace, command.workspace).lid
    made = Milestone(
        MilestoneId(new_id()),
        command.name,
        command.day,
        is_holiday=command.is_holiday,
        project=command.project,
        group=command.group,
        workspace=workspace,
    )
    if command.color is not None:
        made = replace(made, color=command.color)
    made = _checked(tx, made)
    tx.step.name = f"Add milestone {called(made)}"
    tx.save(made)


def _checked(tx: Transaction, milestone: Milestone) -> Milestone:
    rules.check_day(milestone.day)
    if milestone.project is not None and milestone.group is not None:
        raise RefusedError(
            "A milestone is for a project, for a group, or for everyone. Nothing was changed."
        )
    workspace = milestone.workspace
    if milestone.project is not None:
        workspace = tx.get(Project, milestone.project).workspace
    if milestone.group is not None:
        workspace = tx.get(Group, milestone.group).workspace
    return replace(
        milestone,
        name=check_name("milestone", milestone.name),
        color=check_color(milestone.color),
        workspace=workspace,
    )


_FIELDS = ("name", "day", "color", "is_done", "is_holiday", "project", "group")


def edit(store: Store, command: EditMilestone, now: Reading) -> ChangeSet:
    """Changes a milestone. One that is given to a project is no group's any more, and vice versa.

    Raises:
        RefusedError: A value is not allowed; nothing was changed.
        NothingToDoError: Everything is so already.
    """
    with store.transaction("Edit", now.wall) as tx:
        was = tx.get(Milestone, command.milestone)
        given = {f: value for f in _FIELDS if is_given(value := getattr(command, f))}
        if given.get("project") is not None:
            given.setdefault("group", None)
        elif given.get("group") is not None:
            given.setdefault("project", None)
        changed = _checked(tx, replace(was, **given))
        verb = "Move" if given.keys() == {"day"} else "Edit"
        tx.step.name = f"{verb} milestone {called(changed)}"
        tx.save(changed)
    if not tx.result:
        raise NothingToDoError(SO_ALREADY)
    return tx.result
