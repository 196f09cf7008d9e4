"""Plan tasks: planned, changed and deleted, each in one step that can be taken back."""

from operator import attrgetter

import pytest

from tests.support.builders import NOW, entry, load
from tests.support.planning import TODAY
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import Dependency, PlanTask, Segment, Status
from toggl_desktop.store import tables


def edit(*tasks, **fields):
    return ask.EditPlanTasks(tasks or ("api",), **fields)


# Add --------------------------------------------------------------------------------------


def test_the_first_task_of_a_project_makes_its_segment_and_statuses(desk):
    assert desk.there_and_back(ask.AddPlanTask("  Till ", project="shop")) == "Plan “Till”"
    task = desk.named("Till")
    (segment,) = desk.all(Segment, "AND project = 'shop'")
    statuses = sorted(desk.all(Status, "AND project = 'shop'"), key=attrgetter("position"))
    assert segment.name == "Default Segment"
    assert [s.name for s in statuses] == ["To-do", "In progress", "Blocked", "Done"]
    assert [s.is_done for s in statuses] == [False, False, False, True]
    assert (task.segment, task.status, task.color) == (segment.lid, statuses[0].lid, None)
    desk.does(ask.AddPlanTask("More", project="shop"))
    assert len(desk.all(Segment, "AND project = 'shop'")) == 1


def test_a_task_without_anything_goes_to_the_taskbox(desk):
    desk.does(ask.AddPlanTask("Some day"))
    task = desk.named("Some day")
    assert (task.start, task.project, task.segment, task.status) == (None, None, None, None)


def test_one_day_alone_is_both(desk):
    desk.does(ask.AddPlanTask("A", start=TODAY), ask.AddPlanTask("B", end=TODAY))
    assert desk.named("A").end == desk.named("B").start == TODAY


def test_a_segment_or_a_status_names_the_project_too(desk):
    desk.does(ask.AddPlanTask("A", segment="build"), ask.AddPlanTask("B", status="done"))
    assert (desk.named("A").project, desk.named("A").status) == ("site", "todo")
    assert (desk.named("B").segment, desk.named("B").is_done) == ("draft", True)


def test_what_is_added_done_is_in_a_status_that_says_so(desk):
    desk.does(ask.AddPlanTask("A", project="site", is_done=True))
    assert desk.named("A").status == "done"


def test_something_new_lies_below_all_that_shares_a_day_and_a_lane(desk):
    desk.does(ask.AddPlanTask("A", TODAY + 2, TODAY + 3, members=("ann",)))
    desk.does(ask.AddPlanTask("B", TODAY + 3, TODAY + 3, project="site", members=("ann",)))
    desk.does(ask.AddPlanTask("Elsewhere", TODAY, TODAY, members=("bob",)))
    desk.does(ask.AddPlanTask("Here", TODAY, TODAY, weight=0.5))
    weights = [desk.named(name).weight for name in ("API", "A", "B", "Elsewhere", "Here")]
    assert weights == [0.0, 1.0, 2.0, 0.0, 0.5]
    assert desk.named("B").board_position == 1.0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (ask.AddPlanTask(" "), "needs a name"),
        (ask.AddPlanTask("A", TODAY, TODAY - 1), "cannot be before the start"),
        (ask.AddPlanTask("A", 1, 2), "from 1970 to 2199"),
        (ask.AddPlanTask("A", start_minute=-1), "between 0:00 and 24:00"),
        (ask.AddPlanTask("A", TODAY, TODAY, 600, 540), "end time cannot be before"),
        (ask.AddPlanTask("A", estimate_minutes=-1), "estimate lies between"),
        (ask.AddPlanTask("A", estimate_minutes=1440), "23 hours 59 minutes a day"),
        (ask.AddPlanTask("A", estimate_minutes=9**9, estimate_kind="total"), "8,760 hours"),
        (ask.AddPlanTask("A", estimate_kind="weekly"), "daily or total"),
        (ask.AddPlanTask("A", color="red"), "is not a colour"),
        (ask.AddPlanTask("A", notes="x" * 100_001), "100,000 characters"),
        (ask.AddPlanTask("A", notes="\udcff"), "holds bytes"),
        (ask.AddPlanTask("A", checklist=(("1", "x", False),) * 501), "500 lines"),
        (ask.AddPlanTask("A", checklist=(("1", "\udcff", False),)), "checklist holds bytes"),
        (ask.AddPlanTask("A", weight=float("nan")), "must be a number"),
        (ask.AddPlanTask("A", project="gone"), "no such project"),
        (ask.AddPlanTask("A", members=("gone",)), "no such member"),
        (ask.AddPlanTask("A", tags=("urgent",)), "tag of another project"),
        (ask.AddPlanTask("A", project="shop", tags=("urgent",)), "tag of another project"),
        (ask.AddPlanTask("A", project="shop", status="todo"), "status of another project"),
        (ask.AddPlanTask("A", project="shop", segment="draft"), "segment belongs to another"),
        (ask.AddPlanTask("A", repeat="every 1 week"), "needs a first day"),
        (ask.AddPlanTask("A", TODAY, repeat="often"), "nothing that recurs"),
        (ask.AddPlanTask("A", workspace="gone"), "no such workspace"),
    ],
)
def test_what_cannot_be_planned_is_refused(desk, command, words):
    error = desk.refused(command)
    assert words in error.sentence
    assert "Nothing was changed" in error.sentence


# Edit -------------------------------------------------------------------------------------


def test_each_edit_is_called_by_what_it_does(desk):
    steps = [
        (edit(name="The API"), "Rename “API” to “The API”"),
        (edit(members=("bob",)), "Assign “The API” to Bob"),
        (edit(members=()), "Assign “The API” to nobody"),
        (edit(add_members=("ann", "bob")), "Assign “The API” to others"),
        (edit(remove_members=("ann",)), "Assign “The API” to others"),
        (edit(status="doing"), "Set “The API” to “In progress”"),
        (edit(is_done=True), "Mark “The API” done"),
        (edit(status="todo"), "Mark “The API” not done"),
        (edit(start=TODAY + 1), "Reschedule “The API”"),
        (edit(start=None), "Take “The API” off the schedule"),
        (edit(start=TODAY, end=TODAY), "Schedule “The API”"),
        (edit(start=None), "Take “The API” off the schedule"),
        (edit(start=TODAY, end=TODAY, add_members=("ann",)), "Schedule “The API”"),
        (edit(notes="Words", estimate_minutes=60), "Edit “The API”"),
        (edit(repeat="every 2 months"), "Repeat “The API”"),
        (edit(repeat=""), "Stop repeating “The API”"),
    ]
    for command, name in steps:
        assert desk.there_and_back(command) == name


def test_long_names_are_cut_in_the_names_of_steps(desk):
    assert desk.does(ask.AddPlanTask("x" * 60)) == f"Plan “{'x' * 39}…”"


def test_another_project_brings_its_own_segment_status_and_no_tags(desk):
    desk.there_and_back(edit(project="shop"))
    task = desk.task()
    assert (task.project, task.tags, task.color) == ("shop", (), None)
    assert desk.one(Segment, task.segment).name == "Default Segment"
    assert desk.one(Status, task.status).name == "To-do"
    desk.does(edit(project="site", segment="build", status="done", tags=("urgent",)))
    task = desk.task()
    assert (task.segment, task.status, task.tags, task.is_done) == (
        *("build", "done", ("urgent",)),
        True,
    )
    desk.does(edit(project=None))
    task = desk.task()
    assert (task.segment, task.status, task.tags, task.is_done) == (None, None, (), True)


def test_the_same_project_resets_nothing(desk):
    desk.does(edit(project="site", notes="x"))
    assert desk.task().tags == ("urgent",)


def test_a_status_ends_a_task_and_what_ends_gets_a_status(desk):
    desk.does(edit(status="done"))
    assert desk.task().is_done
    desk.does(edit(is_done=False))
    assert (desk.task().status, desk.task().is_done) == ("todo", False)
    desk.does(edit(status=None), edit(is_done=True))
    assert desk.task().status == "done"
    desk.does(edit(status=None))
    assert desk.task().is_done
    desk.does(edit(is_done=False))
    assert (desk.task().status, desk.task().is_done) == (None, False)


def test_what_is_done_keeps_a_status_that_cannot_say_it(desk):
    desk.does(ask.DeletePlanThing("status", "done"))
    desk.does(edit(status="doing"), edit(is_done=True))
    assert (desk.task().status, desk.task().is_done) == ("doing", True)
    desk.does(edit(is_done=False))
    assert (desk.task().status, desk.task().is_done) == ("doing", False)


def test_a_day_drags_the_other_one_only_where_it_must(desk):
    desk.does(edit(start=TODAY + 1))
    assert (desk.task().start, desk.task().end) == (TODAY + 1, TODAY + 2)
    desk.does(edit(start=TODAY + 9))
    assert (desk.task().start, desk.task().end) == (TODAY + 9, TODAY + 9)
    desk.does(edit(end=TODAY))
    assert (desk.task().start, desk.task().end) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("task", "change", "times"),
    [
        ({"start_minute": 540, "end_minute": 600}, {"start_minute": 570}, (570, 600)),
        ({"start_minute": 540, "end_minute": 600}, {"start_minute": 660}, (660, 720)),
        ({"start_minute": 540, "end_minute": 600}, {"end_minute": 480}, (420, 480)),
        ({"start_minute": 540, "end_minute": 600}, {"start_minute": 1430}, (1430, 1440)),
        ({"start_minute": 540, "end_minute": 600}, {"end_minute": None}, (540, None)),
        ({"start_minute": 540}, {"end_minute": 600}, (540, 600)),
        (
            {"start_minute": 540, "end_minute": 600, "estimate_minutes": 120},
            {"start_minute": 600},
            (600, 720),
        ),
        (
            {"start_minute": 540, "end_minute": 600, "estimate_minutes": 120},
            {"end_minute": 720},
            (600, 720),
        ),
        (
            {"start_minute": 540, "end_minute": 600, "estimate_minutes": 120},
            {"start_minute": 1400},
            (1400, 1440),
        ),
    ],
)
def test_a_time_drags_the_other_one_by_the_estimate_or_where_it_must(desk, task, change, times):
    desk.does(edit(start=TODAY, end=TODAY, **task), edit(**change))
    assert (desk.task().start_minute, desk.task().end_minute) == times


def test_times_of_several_days_may_cross_midnight(desk):
    desk.does(edit(start_minute=1320, end_minute=360))
    assert "end time" in desk.refused(edit(end=TODAY)).sentence
    desk.does(edit(start_minute=1330))
    assert desk.task().end_minute == 360


def test_many_are_changed_in_one_step(desk):
    desk.does(ask.AddPlanTask("B", project="site"), ask.AddPlanTask("C"))
    lids = ("api", desk.named("B").lid, desk.named("C").lid, "api")
    assert desk.there_and_back(edit(*lids, is_done=True)) == "Mark 3 plan tasks done"
    assert "status of another project" in desk.refused(edit(*lids, status="todo")).sentence
    assert isinstance(desk.refused(ask.EditPlanTasks(())), NothingToDoError)


def test_what_is_so_already_is_no_step(desk):
    assert isinstance(desk.refused(edit(name="API", members=("ann", "ann"))), NothingToDoError)
    assert "no such plan task" in desk.refused(edit("gone", name="x")).sentence


def test_a_pushed_follower_moves_as_little_as_it_must(desk):
    desk.does(
        ask.AddPlanTask("B", TODAY + 3, TODAY + 4),
        ask.AddPlanTask("C", TODAY + 6, TODAY + 6),
        ask.AddPlanTask("D", TODAY + 30, TODAY + 30),
        ask.AddPlanTask("Some day"),
    )
    b, c, d, e = (desk.named(name).lid for name in ("B", "C", "D", "Some day"))
    desk.does(
        ask.AddDependency("api", b), ask.AddDependency(b, c), ask.AddDependency(c, d),
        ask.AddDependency("api", c), ask.AddDependency("api", e),
    )  # fmt: skip
    desk.there_and_back(edit(end=TODAY + 4, pushes=True))
    assert [desk.task(lid).start - TODAY for lid in (b, c, d)] == [5, 7, 30]
    desk.does(edit(end=TODAY + 5))
    assert desk.task(b).start == TODAY + 5


# Delete -----------------------------------------------------------------------------------


def test_deleting_takes_dependencies_along_and_leaves_tracked_time(desk):
    desk.does(ask.AddPlanTask("B", TODAY + 3, TODAY + 4))
    b = desk.named("B").lid
    load(desk.store, entry("e", NOW, NOW + 60, plan_task="api"))
    desk.does(ask.AddDependency("api", b))
    assert desk.there_and_back(ask.DeletePlanTasks(("api",))) == "Delete “API”"
    assert desk.all(Dependency) == []
    assert tables.load(desk.store.source, PlanTask, "WHERE deleted = 0")[0].lid == b
    assert desk.rows()["time_entry"][0][9] == "api"
    desk.does(ask.DeletePlanTasks((b,)))
    assert isinstance(desk.refused(ask.DeletePlanTasks(())), NothingToDoError)
    assert "no such plan task" in desk.refused(ask.DeletePlanTasks((b,))).sentence
