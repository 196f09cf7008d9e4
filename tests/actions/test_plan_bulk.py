"""Steps about many plan tasks: the same rows as one by one, with as many questions as for few."""

import pytest

from tests.support.builders import load
from tests.support.planning import TODAY
from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.domain.plan.entities import Dependency, Member, PlanTask
from toggl_desktop.domain.replacing import differing, replaced
from toggl_desktop.store import tables
from toggl_desktop.store.read import plan_places


def plan(desk, count):
    """Puts so many tasks, of different people and projects, beside `api`; returns their ids."""
    made = [
        PlanTask(
            f"t{i:03}",
            f"Task {i}",
            *((None, None) if i % 7 == 6 else (TODAY + i % 5, TODAY + i % 5 + i % 3)),
            project=("site", None, "shop")[i % 3],
            segment=("draft", None, None)[i % 3],
            status=("todo", None, None)[i % 3],
            members=(("ann",), (), ("ann", "bob"), ("bob",))[i % 4],
            tags=("urgent",) if i % 3 == 0 else (),
            checklist=(("line", "Words", True),) if i % 2 else (),
            weight=float(i % 9),
        )
        for i in range(count)
    ]
    load(desk.store, *made)
    return tuple(task.lid for task in made)


def questions(desk, command):
    asked = []
    with desk.store.locked() as writer:
        writer.set_trace_callback(asked.append)
        desk.does(command)
        writer.set_trace_callback(None)
    return sum("SELECT" in sql[:10] for sql in asked)


def dated(desk, lids):
    return tuple(lid for lid in lids if desk.task(lid).start is not None)


@pytest.mark.parametrize(
    "command",
    [
        lambda lids: ask.MovePlanTasks(lids, days=1),
        lambda lids: ask.MovePlanTasks(lids, from_member="ann", to_member="bob"),
        lambda lids: ask.EditPlanTasks(lids, color="#123456"),
        lambda lids: ask.CopyPlanTasks(lids, days=2),
        ask.DeletePlanTasks,
    ],
)
def test_a_step_about_many_asks_as_much_as_one_about_few_and_so_does_its_undo(desk, command):
    lids = dated(desk, plan(desk, 240))
    few, many = lids[:40], lids[40:]
    asked = [questions(desk, command(few)), questions(desk, command(many))]
    asked += [questions(desk, Undo()), questions(desk, Undo())]  # the many first
    asked += [questions(desk, Redo()), questions(desk, Redo())]
    assert asked[1] <= asked[0] + 1
    assert asked[2] <= asked[3] + 1
    assert asked[5] <= asked[4] + 1


@pytest.mark.parametrize("days", [1, -3])
def test_many_move_as_each_would_alone(desk, days):
    lids = dated(desk, plan(desk, 40))
    before = {lid: desk.task(lid) for lid in lids}
    assert desk.there_and_back(ask.MovePlanTasks(lids, days=days)) == (
        f"Move {len(lids)} plan tasks by {days} day{'s' * (abs(days) != 1)}"
    )
    for lid in lids:
        was = before[lid]
        assert desk.task(lid) == replaced(was, start=was.start + days, end=was.end + days)


def test_the_undo_of_many_copies_keeps_the_one_that_is_waited_for(desk):
    lids = plan(desk, 30)
    desk.does(ask.CopyPlanTasks(lids, days=1))
    copies = [t for t in tables.load(desk.store.source, PlanTask) if t.lid not in (*lids, "api")]
    load(desk.store, Dependency("waits", copies[3].lid, "api"), origin=Origin.PLAN)
    desk.does(Undo())
    left = {t.lid for t in tables.load(desk.store.source, PlanTask, "WHERE deleted = 0")}
    assert left == {*lids, "api", copies[3].lid}


def test_a_copy_of_many_lies_below_what_is_there_as_a_copy_of_one_does(desk):
    lids = plan(desk, 60)
    tasks = [desk.task(lid) for lid in lids]
    lanes = [plan_places.Lane(t.start, t.end, t.project, t.members) for t in tasks]
    source = desk.store.source
    assert plan_places.all_below(source, lanes) == [plan_places.below(source, x) for x in lanes]
    desk.does(ask.CopyPlanTasks(lids, days=0))
    copies = [t for t in tables.load(source, PlanTask) if t.lid not in (*lids, "api")]
    columns = {}
    for copy in copies:
        columns.setdefault((copy.project, copy.status), []).append(copy.board_position)
    assert all(len(set(places)) == len(places) for places in columns.values())


def test_a_value_is_replaced_by_name_and_says_where_it_differs():
    ann = Member("ann", "Ann", weight=1.0)
    other = replaced(ann, name="Anna", weight=1)
    assert (other.lid, other.name, ann.name) == ("ann", "Anna", "Ann")
    assert differing(ann, other) == ["name"]
    with pytest.raises(KeyError):
        replaced(ann, nickname="A")


def test_only_what_differs_on_disk_is_a_difference():
    was = Entry("e", 10, 20, tags=("a",))
    assert tables.before(was, replaced(was, tags=["a"])) == {}
    assert tables.before(was, replaced(was, tags=("b",), stop=30)) == {"stop": 20, "tags": ["a"]}
    task = PlanTask("t", "T", weight=0.0)
    assert tables.before(task, replaced(task, weight=-0.0, is_done=0)) == {}
    assert tables.with_values(task, {}) is task
    lines = {"checklist": [["a", "b", True]], "members": ["ann"], "weight": 2}
    turned = tables.with_values(task, lines)
    assert (turned.checklist, turned.members) == ((("a", "b", True),), ("ann",))
