"""What is made while a plan task is edited: made and chosen in one step."""

from dataclasses import dataclass
from typing import Any, Literal

from toggl_desktop.actions import catalog
from toggl_desktop.actions.plan import tasks, things
from toggl_desktop.actions.plan.planning import Planning
from toggl_desktop.actions.plan.words import about, called
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddProject
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import PlanTaskId, ProjectId
from toggl_desktop.domain.plan.commands import (
    AddMember,
    AddPlanTag,
    AddSegment,
    AddStatus,
    EditPlanTasks,
    Scope,
)
from toggl_desktop.store.database import Store


@dataclass(frozen=True, slots=True)
class ChooseNew:
    """Make something and choose it for plan tasks, in one step.

    Attributes:
        kind: What is made: a segment, a status or a tag is the first task's project's.
        name: What it is called; an address makes a member of the name before its @.
        scope: Which occurrences of what recurs get it.
    """

    tasks: tuple[PlanTaskId, ...]
    kind: Literal["project", "segment", "status", "plan_tag", "member"]
    name: str
    scope: Scope = "one"


def choose_new(store: Store, command: ChooseNew, now: Reading) -> ChangeSet:
    """Makes a project, person, segment, status or tag and gives it to plan tasks.

    Raises:
        RefusedError: There is one already, or it needs a project; nothing was changed.
    """
    with store.transaction("Add", now.wall) as tx:
        planning = Planning(tx)
        named = planning.to_change(command.tasks)
        if not named:
            raise NothingToDoError("There is no plan task to change.")
        noun, made, fields = _made(planning, command, named[0].project)
        edit = EditPlanTasks(command.tasks, scope=command.scope, **fields)
        tasks.edit_in(planning, edit, now)
        tx.step.name = f"Add {noun} {called(made)} for {about(named)}"
    return tx.result


def _made(
    planning: Planning, command: ChooseNew, project: ProjectId | None
) -> tuple[str, Any, dict[str, Any]]:
    """Returns what it is called, what was made, and the fields that choose it."""
    tx, name = planning.tx, command.name
    made: Any
    if command.kind == "project":
        made = catalog.create(tx, AddProject(name))
        return "project", made, {"project": made.lid}
    if command.kind == "member":
        who, is_address, _ = name.partition("@")
        made = things.create(tx, AddMember(who or name, email=name if is_address else ""))
        return "member", made, {"add_members": (made.lid,)}
    if project is None:
        raise RefusedError(
            "Segments, statuses and tags belong to a project. "
            "Nothing was changed; choose the project first."
        )
    if command.kind == "segment":
        made = things.create(tx, AddSegment(name, project))
        return "segment", made, {"segment": made.lid}
    if command.kind == "status":
        made = things.create(tx, AddStatus(name, project))
        return "status", made, {"status": made.lid}
    made = things.create(tx, AddPlanTag(name, project))
    return "tag", made, {"add_tags": (made.lid,)}
