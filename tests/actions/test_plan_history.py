"""Undo and redo of a plan when somebody else has changed it meanwhile: what is left stays whole."""

from dataclasses import replace

import pytest

from tests.support.builders import NOW, load
from tests.support.planning import TODAY
from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.commands import AddProject
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)


def elsewhere(desk, *things, **fields):
    """Somebody else changes things: a step that is not the person's."""
    changed = [replace(thing, **fields) for thing in things]
    load(desk.store, *changed, at=NOW, origin=Origin.PLAN)


def gone(desk, *named):
    elsewhere(desk, *(desk.one(cls, lid) for cls, lid in named), deleted=True)


def let_go(desk, **fields):
    elsewhere(desk, desk.task(), **fields)


def test_what_a_task_named_and_is_gone_is_left_out(desk):
    desk.does(ask.EditPlanTasks(("api",), project=None, members=(), name="Free"))
    elsewhere(desk, desk.one(Group, "team"), members=("bob",))
    gone(desk, (Member, "ann"), (PlanTag, "urgent"), (Segment, "draft"), (Status, "todo"))
    desk.does(Undo())
    task = desk.task()
    assert (task.name, task.project) == ("API", "site")
    assert (task.segment, task.status, task.members, task.tags) == (None, None, (), ())


def test_a_project_that_is_gone_takes_its_segment_along(desk):
    desk.does(ask.EditPlanTasks(("api",), project=None, name="Free"))
    gone(
        desk, (Project, "site"), (Segment, "draft"), (Segment, "build"), (Status, "todo"),
        (Status, "doing"), (Status, "done"), (PlanTag, "urgent"),
    )  # fmt: skip
    desk.does(Undo())
    assert (desk.task().name, desk.task().project, desk.task().segment) == ("API", None, None)


def test_days_that_would_not_fit_together_stay_as_they_are(desk):
    desk.does(ask.EditPlanTasks(("api",), start=TODAY - 5, notes="x"))
    let_go(desk, end=TODAY - 2)
    desk.does(Undo())
    assert (desk.task().start, desk.task().end) == (TODAY - 5, TODAY - 2)
    assert desk.task().notes == ""


def test_days_that_were_taken_away_meanwhile_are_not_given_back_by_half(desk):
    desk.does(ask.EditPlanTasks(("api",), start=TODAY - 5, notes="x"))
    let_go(desk, start=None, end=None)
    desk.does(Undo())
    assert (desk.task().start, desk.task().end) == (None, None)


def test_times_that_would_not_fit_together_go(desk):
    desk.does(ask.EditPlanTasks(("api",), end=TODAY, start_minute=540, end_minute=600))
    desk.does(ask.EditPlanTasks(("api",), start_minute=480))
    let_go(desk, end_minute=500)
    desk.does(Undo())
    assert (desk.task().start_minute, desk.task().end_minute) == (None, None)


def test_a_status_that_ends_meanwhile_ends_the_task(desk):
    desk.does(ask.EditPlanTasks(("api",), status="doing"))
    elsewhere(desk, desk.one(Status, "todo"), is_done=True)
    desk.does(Undo())
    assert (desk.task().status, desk.task().is_done) == ("todo", True)


@pytest.mark.parametrize(
    ("command", "cls", "owner"),
    [
        (ask.AddSegment("New", "shop"), Segment, (Project, "shop")),
        (ask.AddStatus("New", "shop"), Status, (Project, "shop")),
        (ask.AddPlanTag("New", "shop"), PlanTag, (Project, "shop")),
        (ask.AddMilestone("New", TODAY, project="shop"), Milestone, (Project, "shop")),
        (ask.AddMilestone("New", TODAY, group="crew"), Milestone, (Group, "crew")),
        (ask.AddTimeOff("cy", TODAY, TODAY), TimeOff, (Member, "cy")),
        (ask.AddDependency("api", "other"), Dependency, (PlanTask, "other")),
    ],
)
def test_what_cannot_be_without_its_owner_does_not_come_back(desk, command, cls, owner):
    load(desk.store, Member("cy", "Cy"), Group("crew", "Crew"), PlanTask("other", "Other"))
    before = len(desk.all(cls))
    desk.does(command, Undo())
    gone(desk, owner)
    desk.does(Redo())
    assert len(desk.all(cls)) == before - (cls is owner[0])


def test_a_group_comes_back_with_those_who_are_there(desk):
    load(desk.store, Member("cy", "Cy"))
    desk.does(ask.EditGroup("team", members=("cy", "bob")), Undo())
    gone(desk, (Member, "cy"))
    desk.does(Redo())
    assert desk.one(Group, "team").members == ("bob",)


@pytest.mark.parametrize(
    ("command", "cls", "points"),
    [
        (AddProject("New"), Project, {"project": "NEW", "segment": None, "status": None}),
        (ask.AddMember("New"), Member, {"members": ("ann", "NEW")}),
        (ask.AddSegment("New", "site"), Segment, {"segment": "NEW"}),
        (ask.AddStatus("New", "site"), Status, {"status": "NEW"}),
        (ask.AddPlanTag("New", "site"), PlanTag, {"tags": ("NEW",)}),
    ],
)
def test_what_somebody_else_uses_meanwhile_is_not_taken_away_by_undo(desk, command, cls, points):
    desk.does(command)
    lid = desk.named("New", cls).lid

    def filled(value):
        if isinstance(value, tuple):
            return tuple(lid if one == "NEW" else one for one in value)
        return lid if value == "NEW" else value

    fields = {name: filled(value) for name, value in points.items()}
    if cls is Project:
        fields |= {"tags": ()}
    let_go(desk, **fields)
    desk.does(Undo())
    assert desk.named("New", cls).lid == lid


def test_what_nobody_uses_is_taken_away_by_undo(desk):
    for command in (ask.AddMember("New"), ask.AddSegment("New", "site"), AddProject("New")):
        before = desk.rows()
        desk.does(command, Undo())
        assert desk.rows() == before
