"""People, groups, segments, statuses, tags, time off, milestones and what waits for what."""

import pytest

from tests.support.planning import TODAY
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import DeleteThing
from toggl_desktop.domain.errors import NothingToDoError
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
from toggl_desktop.store.read import plan


def test_things_are_added_in_one_step_each(desk):
    steps = [
        (ask.AddMember("Cy Lee", "cy@x.org", group="team"), "Add member “Cy Lee”"),
        (ask.AddGroup("Other", ("bob", "bob")), "Add group “Other”"),
        (ask.AddSegment("Test", "site"), "Add segment “Test”"),
        (ask.AddStatus("Review", "site", "👀"), "Add status “Review”"),
        (ask.AddPlanTag("later", "site", "#112233"), "Add tag “later”"),
        (ask.AddTimeOff("ann", TODAY, TODAY + 4, "sick", " flu "), "Add time off of Ann"),
        (ask.AddMilestone("Launch", TODAY, "#112233", True), "Add milestone “Launch”"),
    ]
    for command, name in steps:
        assert desk.there_and_back(command) == name
    cy = desk.named("Cy Lee", Member)
    assert (cy.initials, cy.is_placeholder, cy.weight) == ("CL", True, 2.0)
    assert desk.one(Group, "team").members == ("ann", "bob", cy.lid)
    other = desk.named("Other", Group)
    assert (other.members, other.position) == (("bob",), 1)
    assert desk.named("Test", Segment).position == 2
    assert (desk.named("Review", Status).position, desk.named("Review", Status).icon) == (3, "👀")
    assert desk.named("later", PlanTag).color == "#112233"
    assert desk.all(TimeOff)[0].note == "flu"
    assert desk.named("Launch", Milestone).is_holiday


def test_people_get_colours_that_others_do_not_have(desk):
    desk.does(*(ask.AddMember(name) for name in ("C", "D", "E")))
    colors = {member.color for member in desk.all(Member)}
    assert len(colors) == 4


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ann Lee", "AL"),
        ("Anna", "AN"),
        ("a b c", "AC"),
        ("É", "É"),
        ("(x) Yo", "YO"),
        ("()", "()"),
        ("5 Bob", "5B"),
    ],
)
def test_initials_are_found(desk, name, initials):
    desk.does(ask.AddMember(name, "a@b"))
    assert desk.named(name, Member).initials == initials


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (ask.AddMember(" "), "needs a name"),
        (ask.AddMember("ann"), "There is a member “Ann” already"),
        (ask.AddMember("X", "nobody"), "no e-mail"),
        (ask.AddMember("X", initials="ABCDE"), "4 letters"),
        (ask.AddMember("X", color="red"), "not a colour"),
        (ask.AddMember("X", group="gone"), "no such group"),
        (ask.AddGroup("team"), "There is a group “Team” already"),
        (ask.AddGroup("X", ("gone",)), "no such member"),
        (ask.AddSegment("draft", "site"), "There is a segment “Draft” already"),
        (ask.AddSegment("X", "gone"), "no such project"),
        (ask.AddStatus("to-do", "site"), "There is a status “To-do” already"),
        (ask.AddStatus("X", "site", "x" * 41), "one sign"),
        (ask.AddPlanTag("Urgent", "site"), "There is a tag “urgent” already"),
        (ask.AddPlanTag("X", "site", "red"), "not a colour"),
        (ask.AddTimeOff("ann", TODAY, TODAY - 1), "cannot be before"),
        (ask.AddTimeOff("ann", TODAY, TODAY, "party"), "vacation, sick or other"),
        (ask.AddTimeOff("gone", TODAY, TODAY), "no such member"),
        (ask.AddMilestone("", TODAY), "needs a name"),
        (ask.AddMilestone("X", 5), "from 1970"),
        (ask.AddMilestone("X", TODAY, "red"), "not a colour"),
        (ask.AddMilestone("X", TODAY, project="site", group="team"), "for everyone"),
        (ask.AddMilestone("X", TODAY, group="gone"), "no such group"),
        (ask.AddMilestone("X", TODAY, workspace="gone"), "no such workspace"),
        (ask.AddGroup("X", workspace="gone"), "no such workspace"),
        (ask.EditMember("bob", name="Ann"), "already"),
        (ask.EditMember("ann", capacity=(1, 2)), "seven numbers"),
        (ask.EditMember("ann", capacity=(1441,) * 7), "seven numbers"),
        (ask.EditMember("ann", holidays="Bavaria"), "DE-BY"),
        (ask.EditMember("ann", email="x"), "no e-mail"),
        (ask.EditStatus("todo", name=" "), "needs a name"),
        (ask.EditPlanTag("urgent", color="x"), "not a colour"),
        (ask.EditGroup("team", members=("gone",)), "no such member"),
        (ask.EditSegment("draft", name="Build"), "already"),
        (ask.EditTimeOff("gone"), "no such time off"),
        (ask.EditMilestone("gone"), "no such milestone"),
        (ask.DeletePlanThing("member", "gone"), "no such member"),
        (ask.DeletePlanThing("plan_group", "gone"), "no such group"),
        (ask.AddDependency("api", "api"), "wait for itself"),
        (ask.AddDependency("api", "gone"), "no such plan task"),
    ],
)
def test_what_is_not_allowed_is_refused(desk, command, words):
    error = desk.refused(command)
    assert words in error.sentence
    assert "Nothing was changed" in error.sentence


def test_things_are_edited(desk):
    desk.does(
        ask.AddTimeOff("ann", TODAY, TODAY),
        ask.AddMilestone("Launch", TODAY, project="site"),
        ask.AddGroup("Other"),
    )
    off, mark = desk.all(TimeOff)[0].lid, desk.named("Launch", Milestone).lid
    other = desk.named("Other", Group).lid
    week = (60,) * 7
    steps = [
        (ask.EditMember("ann", "Anna", "A", "a@x.org", "#112233", week, "DE-BY", -1.0), "Anna"),
        (ask.EditMember("ann", capacity=(), holidays=""), "Anna"),
        (ask.EditGroup("team", "Crew", ("bob",)), "Crew"),
        (ask.EditGroup(other, position=0), "Other"),
        (ask.EditSegment("build", "Make", 0), "Make"),
        (ask.EditStatus("done", "Over", "🏁", is_hidden=True, position=0), "Over"),
        (ask.EditPlanTag("urgent", "hot", "#112233"), "hot"),
        (ask.EditTimeOff(off, TODAY + 1, TODAY + 2, "other", "x"), "Anna"),
        (ask.EditMilestone(mark, group="team"), "Launch"),
        (ask.EditMilestone(mark, project="shop", is_done=True, is_holiday=True), "Launch"),
        (ask.EditMilestone(mark, "Party", TODAY + 1, "#112233", project=None), "Party"),
    ]
    for command, name in steps:
        step = desk.there_and_back(command)
        assert step.startswith("Edit ")
        assert name in step
    assert desk.does(ask.EditMilestone(mark, day=TODAY)) == "Move milestone “Party”"
    assert [g.position for g in (desk.one(Group, "team"), desk.one(Group, other))] == [1, 0]
    assert [desk.one(Segment, lid).position for lid in ("build", "draft")] == [0, 1]
    assert [desk.one(Status, lid).position for lid in ("done", "todo", "doing")] == [0, 1, 2]
    found = desk.one(Milestone, mark)
    assert (found.project, found.group, found.is_done) == (None, None, True)
    for command, _ in steps[3:6]:
        assert isinstance(desk.refused(command), NothingToDoError)
    assert isinstance(desk.refused(ask.EditMilestone(mark, is_done=True)), NothingToDoError)


def test_a_status_that_ends_takes_its_tasks_along_both_ways(desk):
    desk.there_and_back(ask.EditStatus("todo", is_done=True))
    assert desk.task().is_done
    desk.does(ask.EditStatus("todo", is_done=False))
    assert not desk.task().is_done


def test_two_people_may_be_called_alike_when_their_addresses_differ(desk):
    desk.does(ask.AddMember("Ann", "ann@x.org"))
    assert "already" in desk.refused(ask.AddMember("Ann", "ann@x.org")).sentence
    twin = next(m for m in desk.all(Member) if m.email)
    assert "already" in desk.refused(ask.EditMember(twin.lid, email="")).sentence


# Delete -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "name", "left"),
    [
        (ask.DeletePlanThing("member", "ann"), "Delete member “Ann”", {"members": ()}),
        (ask.DeletePlanThing("segment", "draft"), "Delete segment “Draft”", {"segment": "build"}),
        (ask.DeletePlanThing("status", "todo"), "Delete status “To-do”", {"status": None}),
        (ask.DeletePlanThing("plan_tag", "urgent"), "Delete tag “urgent”", {"tags": ()}),
        (ask.DeletePlanThing("plan_group", "team"), "Delete group “Team”", {}),
    ],
)
def test_tasks_stay_without_what_is_deleted(desk, command, name, left):
    desk.does(ask.AddTimeOff("ann", TODAY, TODAY), ask.AddMilestone("M", TODAY, group="team"))
    assert desk.there_and_back(command) == name
    task = desk.task()
    assert {field: getattr(task, field) for field in left} == left
    if command.lid == "ann":
        assert desk.one(Group, "team").members == ("bob",)
        assert desk.all(TimeOff) == []
    assert len(desk.all(Milestone)) == (command.lid != "team")


def test_the_last_segment_leaves_none(desk):
    desk.does(ask.DeletePlanThing("segment", "build"), ask.DeletePlanThing("segment", "draft"))
    assert desk.task().segment is None
    desk.does(ask.EditPlanTasks(("api",), notes="x"))


def test_milestones_time_off_and_dependencies_are_deleted(desk):
    desk.does(
        ask.AddPlanTask("B"),
        ask.AddMilestone("Launch", TODAY),
        ask.AddTimeOff("ann", TODAY, TODAY),
        ask.AddDependency("api", desk.does(ask.AddPlanTask("C")) and desk.named("C").lid),
    )
    found = {
        "milestone": (desk.all(Milestone)[0].lid, "Delete milestone “Launch”"),
        "time_off": (desk.all(TimeOff)[0].lid, "Delete time off of Ann"),
        "dependency": (desk.all(Dependency)[0].lid, "Let “C” not wait for “API”"),
    }
    for kind, (lid, name) in found.items():
        assert desk.there_and_back(ask.DeletePlanThing(kind, lid)) == name


def test_a_deleted_project_lets_its_tasks_go_and_takes_its_own_milestones(desk):
    desk.does(ask.AddMilestone("Launch", TODAY, project="site"), ask.AddMilestone("Fair", TODAY))
    desk.there_and_back(DeleteThing("project", "site"))
    task = desk.task()
    assert (task.project, task.segment, task.status, task.tags) == (None, None, None, ())
    assert (task.color, task.members) == ("#ff9800", ("ann",))
    assert [one.name for one in desk.all(Milestone)] == ["Fair"]
    assert desk.all(Segment) == desk.all(Status) == desk.all(PlanTag) == []


# What waits for what ----------------------------------------------------------------------


def test_a_task_waits_for_another_once_and_never_in_a_circle(desk):
    desk.does(ask.AddPlanTask("B"), ask.AddPlanTask("C"), ask.AddPlanTask("D"))
    b, c, d = (desk.named(name).lid for name in "BCD")
    assert desk.there_and_back(ask.AddDependency("api", b)) == "Let “B” wait for “API”"
    desk.does(ask.AddDependency(b, c), ask.AddDependency("api", c), ask.AddDependency(b, d))
    assert isinstance(desk.refused(ask.AddDependency("api", b)), NothingToDoError)
    for before, after in ((b, "api"), (c, "api"), (d, b)):
        error = desk.refused(ask.AddDependency(before, after))
        assert "would make a circle. Nothing was changed." in error.sentence


# The sample -------------------------------------------------------------------------------


def test_a_sample_plan_fills_only_an_empty_plan(desk):
    assert "There is a plan already" in desk.refused(ask.AddSamplePlan(TODAY)).sentence
    assert isinstance(desk.refused(ask.RemoveSamplePlan()), NothingToDoError)


@pytest.fixture
def empty(desk):
    desk.does(
        ask.DeletePlanTasks(("api",)),
        ask.DeletePlanThing("member", "ann"),
        ask.DeletePlanThing("member", "bob"),
    )
    return desk


def test_a_sample_plan_shows_everything_and_goes_without_a_trace(empty):
    from toggl_desktop.store.read import plan_places

    before = empty.rows()
    assert "from 1970" in empty.refused(ask.AddSamplePlan(3)).sentence
    assert empty.there_and_back(ask.AddSamplePlan(TODAY + 2)) == "Add the sample plan"
    found = plan.plan(empty.store.source)
    assert all(found), "one of everything at least"
    starts = [bar.start for bar in found.bars if bar.start is not None]
    assert min(starts) < TODAY <= max(starts)
    assert any(bar.start is None for bar in found.bars)
    assert plan_places.has_sample(empty.store.source)
    lid = found.bars[0].lid
    empty.does(ask.EditPlanTasks((lid,), name="Changed", repeat="every 1 week"))
    assert empty.there_and_back(ask.RemoveSamplePlan()) == "Remove the sample plan"
    assert empty.rows() == before
    assert not plan_places.has_sample(empty.store.source)
    assert isinstance(empty.refused(ask.RemoveSamplePlan()), NothingToDoError)


def test_a_persons_own_things_stay_when_the_sample_goes(empty):
    empty.does(ask.AddSamplePlan(TODAY))
    sample = plan.plan(empty.store.source)
    project, member = sample.projects[0].lid, sample.members[0].lid
    own = next(p.lid for p in sample.projects if p.name.startswith("Sample"))
    empty.does(ask.AddPlanTask("Mine", TODAY, TODAY, project=own, members=(member,)))
    empty.does(ask.AddDependency(sample.bars[0].lid, empty.named("Mine").lid))
    empty.does(ask.RemoveSamplePlan())
    task = empty.named("Mine")
    assert (task.project, task.segment, task.members) == (None, None, ())
    assert [t.name for t in empty.all(PlanTask)] == ["Mine"]
    assert project


def test_a_second_sample_finds_free_names_and_both_can_be_taken_away(empty):
    from toggl_desktop.actions.perform import Undo
    from toggl_desktop.domain.commands import AddProject

    empty.does(AddProject("Sample: website"))
    empty.does(ask.AddSamplePlan(TODAY))
    assert "Sample: website 2" in {p.name for p in plan.projects(empty.store.source)}
    empty.does(ask.RemoveSamplePlan(), ask.AddSamplePlan(TODAY), Undo(), Undo())
    assert perform(empty.store, ask.RemoveSamplePlan(), Reading(empty.now)).error is None
    assert plan.is_empty(empty.store.source)
