"""Along the timeline, from lane to lane, on the board: each gesture is one step."""

import pytest

from tests.support.planning import TODAY
from toggl_desktop.actions.perform import perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import Member, Milestone, PlanTask, Segment


def move(*tasks, **fields):
    return ask.MovePlanTasks(tasks or ("api",), **fields)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (move(days=3), "Move “API” by 3 days"),
        (move(days=-1), "Move “API” by -1 day"),
        (move(days=1, from_member="ann", to_member="bob"), "Move “API” by 1 day"),
        (move(from_member="ann", to_member="bob"), "Assign “API” to Bob"),
        (move(from_member="ann", to_member=None), "Assign “API” to nobody"),
        (move(to_segment="build"), "Move “API” to “Build”"),
        (move(to_project="shop"), "Move “API” to “Shop”"),
        (move(to_segment=None), "Move “API”"),
        (move(to_project=None), "Move “API”"),
        (move(weight=3.5), "Move “API”"),
    ],
)
def test_a_move_is_called_by_what_it_does(desk, command, name):
    assert desk.there_and_back(command) == name


def test_a_lane_takes_the_place_of_the_other_and_of_nobody_else(desk):
    desk.does(ask.EditPlanTasks(("api",), members=("ann", "bob")))
    desk.does(move(from_member="ann", to_member="bob"))
    assert desk.task().members == ("bob",)
    desk.does(move(to_member="ann"))
    assert desk.task().members == ("bob", "ann")
    desk.does(move(from_member="bob", to_member=None))
    assert desk.task().members == ("ann",)
    assert isinstance(desk.refused(move(from_member="ann", to_member="ann")), NothingToDoError)
    assert isinstance(desk.refused(move(from_member="bob", to_member=None)), NothingToDoError)


def test_tasks_of_several_lanes_change_them_at_once(desk):
    desk.does(ask.AddMember("Cy"))
    cy = desk.named("Cy", Member).lid
    desk.does(ask.EditPlanTasks(("api",), members=("ann", "bob")))
    desk.does(ask.AddPlanTask("Nobody's", TODAY))
    lone = desk.named("Nobody's", PlanTask).lid
    lanes = (
        ask.LaneChange(("api",), (("ann", "bob"), ("bob", cy))),
        ask.LaneChange((lone,), ((None, "ann"),)),
    )
    name = desk.there_and_back(ask.MovePlanTasks(("api", lone), lanes=lanes))
    assert name == "Move 2 plan tasks to other lanes"
    assert (desk.task().members, desk.task(lone).members) == (("bob", cy), ("ann",))
    back = (ask.LaneChange(("api",), (("bob", None), (cy, "ann"))),)
    desk.does(ask.CopyPlanTasks(("api",), days=1, lanes=back))
    assert desk.task().members == ("bob", cy)
    (copy,) = [t for t in desk.all(PlanTask) if t.name == "API" and t.lid != "api"]
    assert (copy.members, copy.start) == (("ann",), TODAY + 1)
    segments = (
        ask.LaneChange(("api",), to_segment="build"),
        ask.LaneChange((lone,), to_project="shop"),
    )
    desk.there_and_back(ask.MovePlanTasks(("api", lone), days=1, lanes=segments))
    assert (desk.task().segment, desk.task(lone).project) == ("build", "shop")


def test_a_segment_of_another_project_takes_the_task_there(desk):
    desk.does(ask.AddSegment("Cellar", "shop"))
    cellar = desk.named("Cellar", Segment)
    desk.does(move(to_segment=cellar.lid, days=1))
    task = desk.task()
    assert (task.project, task.segment, task.tags, task.start) == (
        "shop",
        cellar.lid,
        (),
        TODAY + 1,
    )
    assert "no such segment" in desk.refused(move(to_segment="gone")).sentence


@pytest.mark.parametrize(
    ("minutes", "times"),
    [(30, (570, 630)), (-600, (0, 60)), (900, (1380, 1440))],
)
def test_a_time_of_day_stops_at_midnight_and_keeps_its_length(desk, minutes, times):
    desk.does(ask.EditPlanTasks(("api",), start_minute=540, end_minute=600))
    assert desk.there_and_back(move(minutes=minutes)) == f"Move “API” by {minutes} min"
    assert (desk.task().start_minute, desk.task().end_minute) == times


def test_what_has_no_time_has_nothing_to_move_within_the_day(desk):
    assert isinstance(desk.refused(move(minutes=30)), NothingToDoError)


def test_what_has_no_days_cannot_be_moved_but_can_change_its_lane(desk):
    desk.does(ask.AddPlanTask("Some day"))
    lid = desk.named("Some day").lid
    assert "has no days to move" in desk.refused(move("api", lid, days=1)).sentence
    desk.does(move("api", lid, days=1, to_member="bob"))
    assert (desk.task(lid).start, desk.task(lid).members) == (None, ("bob",))
    assert isinstance(desk.refused(ask.MovePlanTasks(())), NothingToDoError)


def test_several_keep_their_distances_and_their_order(desk):
    desk.does(ask.AddPlanTask("B", TODAY + 5, TODAY + 6))
    b = desk.named("B").lid
    assert desk.there_and_back(move("api", b, days=7, weight=2)) == "Move 2 plan tasks by 7 days"
    assert desk.task(b).start - desk.task().start == 5
    assert 2 == desk.task().weight < desk.task(b).weight < 2.1


def test_a_move_out_of_the_calendar_is_refused(desk):
    assert "from 1970 to 2199" in desk.refused(move(days=99_999)).sentence


def test_a_move_can_push_what_waits(desk):
    desk.does(ask.AddPlanTask("B", TODAY + 3, TODAY + 3))
    b = desk.named("B").lid
    desk.does(ask.AddDependency("api", b))
    desk.there_and_back(move(days=2, pushes=True))
    assert desk.task(b).start == TODAY + 5
    desk.does(move("api", b, days=1, pushes=True))
    assert desk.task(b).start == TODAY + 6


# Copies -----------------------------------------------------------------------------------


def test_a_copy_is_a_task_of_its_own_that_recurs_no_more(desk):
    desk.does(ask.EditPlanTasks(("api",), repeat="every 4 months", checklist=(("1", "x", True),)))
    before = {task.lid for task in desk.all(PlanTask)}
    command = ask.CopyPlanTasks(("api",), 1, from_member="ann", to_member="bob")
    assert desk.there_and_back(command) == "Copy “API”"
    (copy,) = (task for task in desk.all(PlanTask) if task.lid not in before)
    assert (copy.start, copy.members, copy.repeat, copy.series) == (TODAY + 1, ("bob",), "", None)
    assert (copy.tags, copy.status, copy.color) == (("urgent",), "todo", "#ff9800")
    assert copy.checklist[0][0] != "1"
    assert copy.weight == 1.0
    assert isinstance(desk.refused(ask.CopyPlanTasks(())), NothingToDoError)


# Everything after -------------------------------------------------------------------------


def test_everything_after_a_day_is_shifted_with_its_milestones(desk):
    desk.does(
        ask.AddPlanTask("B", TODAY + 5, TODAY + 6, project="shop", members=("bob",)),
        ask.AddMilestone("M", TODAY + 5), ask.AddMilestone("S", TODAY + 5, project="shop"),
        ask.AddMilestone("Past", TODAY - 1),
    )  # fmt: skip

    def starts():
        marks = {one.name: one.day - TODAY for one in desk.all(Milestone)}
        return desk.task().start - TODAY, desk.named("B").start - TODAY, marks["M"], marks["S"]

    step = desk.there_and_back(ask.ShiftEverythingAfter(TODAY + 1, 7))
    assert (step, starts()) == ("Shift everything by 7 days", (0, 12, 12, 12))
    step = desk.there_and_back(ask.ShiftEverythingAfter(TODAY, 1, member="ann"))
    assert (step, starts()) == ("Shift everything of Ann by 1 day", (1, 12, 12, 12))
    step = desk.there_and_back(ask.ShiftEverythingAfter(TODAY, -2, project="shop"))
    assert (step, starts()) == ("Shift everything of “Shop” by -2 days", (1, 10, 12, 10))
    for command in (
        ask.ShiftEverythingAfter(TODAY + 99, 1),
        ask.ShiftEverythingAfter(TODAY, 0),
        ask.ShiftEverythingAfter(TODAY, 1, member="ann", project="shop"),
    ):
        assert isinstance(desk.refused(command), NothingToDoError)
    assert "from 1970" in desk.refused(ask.ShiftEverythingAfter(TODAY, 99_999)).sentence


# Board ------------------------------------------------------------------------------------


def column(desk, status):
    found = [task for task in desk.all(PlanTask) if task.status == status]
    return [task.name for task in sorted(found, key=lambda t: (t.board_position, t.lid))]


def test_a_card_goes_before_another_or_last_and_is_done_in_a_done_column(desk):
    desk.does(*(ask.AddPlanTask(name, project="site") for name in ("A", "B", "C")))
    a, b, c = (desk.named(name).lid for name in "ABC")
    assert column(desk, "todo") == ["API", "A", "B", "C"]
    assert desk.there_and_back(ask.MoveOnBoard(c, "todo", a)) == "Move “C” to “To-do”"
    assert column(desk, "todo") == ["API", "C", "A", "B"]
    desk.does(ask.MoveOnBoard(c, "todo", "api"), ask.MoveOnBoard("api", "todo"))
    assert column(desk, "todo") == ["C", "A", "B", "API"]
    desk.there_and_back(ask.MoveOnBoard(a, "done"))
    assert desk.task(a).is_done
    assert desk.does(ask.MoveOnBoard(a, None)) == "Move “A” to “No status”"
    assert (desk.task(a).status, desk.task(a).is_done) == (None, True)
    assert isinstance(desk.refused(ask.MoveOnBoard("api", "todo")), NothingToDoError)
    assert "not in the column" in desk.refused(ask.MoveOnBoard(b, "todo", a)).sentence
    assert "not in the column" in desk.refused(ask.MoveOnBoard(b, "todo", b)).sentence


def test_a_column_makes_room_where_there_is_none(desk):
    desk.does(*(ask.AddPlanTask(name, project="site") for name in "ABCD"))
    lids = [desk.named(name).lid for name in "ABCD"]
    for turn in range(1, 65):  # each time half of the room between B and the next is left
        mover, before = (lids[3], lids[2]) if turn % 2 else (lids[2], lids[3])
        command = ask.MoveOnBoard(mover, "todo", before)
        assert perform(desk.store, command, Reading(desk.now)).error is None
    assert column(desk, "todo") == ["API", "A", "B", "C", "D"]
    assert desk.store.check(full=True) == []
    places = [task.board_position for task in desk.all(PlanTask) if task.status == "todo"]
    assert len(set(places)) == len(places)


def test_a_column_of_another_project_is_refused(desk):
    desk.does(ask.AddPlanTask("Till", project="shop"))
    error = desk.refused(ask.MoveOnBoard(desk.named("Till").lid, "todo"))
    assert "status of another project" in error.sentence
