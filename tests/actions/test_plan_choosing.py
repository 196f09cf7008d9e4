"""What is made while a task is edited is one step: undo takes the thing and its choice away."""

import pytest

from toggl_desktop.actions.perform import Undo
from toggl_desktop.actions.plan.choosing import ChooseNew
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import Member, PlanTag, Segment, Status


def new(kind, name, *tasks, **fields):
    return ChooseNew(tasks or ("api",), kind, name, **fields)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (new("project", "Cellar"), "Add project “Cellar” for “API”"),
        (new("member", "Cleo"), "Add member “Cleo” for “API”"),
        (new("segment", "Ship"), "Add segment “Ship” for “API”"),
        (new("status", "Blocked"), "Add status “Blocked” for “API”"),
        (new("plan_tag", "ux"), "Add tag “ux” for “API”"),
    ],
)
def test_it_is_one_named_step(desk, command, name):
    assert desk.there_and_back(command) == name


def test_what_was_made_is_what_the_task_has(desk):
    desk.does(new("segment", "Ship"), new("status", "Blocked"), new("plan_tag", "ux"))
    desk.does(new("member", "cleo@example.com"))
    task, cleo = desk.task(), desk.named("cleo", Member)
    assert task.segment == desk.named("Ship", Segment).lid
    assert task.status == desk.named("Blocked", Status).lid
    assert task.tags == ("urgent", desk.named("ux", PlanTag).lid)
    assert (task.members, cleo.email) == (("ann", cleo.lid), "cleo@example.com")
    desk.does(new("project", "Cellar"))
    cellar = desk.named("Cellar", Project)
    assert (desk.task().project, desk.task().tags) == (cellar.lid, ())
    assert desk.task().segment is not None
    desk.does(Undo())
    assert desk.task() == task


def test_what_is_there_already_and_what_needs_a_project_is_refused(desk):
    assert "already" in desk.refused(new("plan_tag", "URGENT")).sentence
    desk.does(ask.EditPlanTasks(("api",), project=None))
    assert "choose the project first" in desk.refused(new("segment", "Ship")).sentence
    assert isinstance(desk.refused(ChooseNew((), "member", "Cleo")), NothingToDoError)


def test_all_occurrences_get_it_when_all_are_meant(desk):
    desk.does(ask.EditPlanTasks(("api",), repeat="every 1 week"))
    desk.does(new("plan_tag", "ux", scope="all"))
    ux = desk.named("ux", PlanTag).lid
    assert all(ux in task.tags for task in desk.all(type(desk.task())))
