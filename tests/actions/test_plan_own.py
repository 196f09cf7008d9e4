"""The whole plan in our own JSON: out, and in again on another computer, without a difference."""

import json
from datetime import UTC, date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.builders import FakeClock, entry, load, make_store, project, unchanged
from toggl_desktop.actions import export, history
from toggl_desktop.actions.exchange import import_, plan_import
from toggl_desktop.domain.entities import Client
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.plan.entities import (
    PLAN_KINDS,
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
from toggl_desktop.exchange import own_json, plan_json
from toggl_desktop.exchange.read import read
from toggl_desktop.store import tables

DAY = date(2026, 11, 23).toordinal()
EVERYTHING = (
    Client("c", "Acme"),
    project("p", "Web", client="c"),
    project("q", "Book"),
    Member("a", "Ann", "AN", "ann@x.test", "#2196f3", capacity=(480, 480, 480, 240, 0, 0, 0),
           holidays="DE-BY", weight=1.0),
    Member("b", "Bo", "BO", color="#ff9800", is_placeholder=True, weight=2.0),
    Group("g", "Design", ("b", "a"), 1),
    Segment("s1", "Build", "p", 0),
    Segment("s2", "Design", "p", 1),
    Status("t1", "To-do", "p", 0, "🗒️"),
    Status("t2", "Done", "p", 1, "✅", is_done=True),
    Status("t3", "Later", "p", 2, is_hidden=True),
    PlanTag("x", "ux", "p", "#f44336"),
    PlanTask("1", "Wireframes", DAY, DAY + 3, 540, 1020, "p", "s2", "t1", ("b", "a"), ("x",),
             "#123456", 600, "total", False, '{"ops":[{"insert":"hi\\n"}]}',
             (("k1", "first", True), ("k2", "second", False)), False, 2.5, 7.0),
    PlanTask("2", "Stand-up", DAY, DAY, project="q", repeat="every 1 week", series="2"),
    PlanTask("3", "Stand-up", DAY + 7, DAY + 7, project="q", repeat="every 1 week", series="2",
             is_done=True),
    PlanTask("4", "Idea"),
    Milestone("m", "Launch", DAY + 9, "#00acc1", is_done=True, project="p"),
    Milestone("n", "Closed", DAY + 20, is_holiday=True, group="g"),
    Milestone("o", "For all", DAY + 30),
    TimeOff("f", "a", DAY + 5, DAY + 8, "sick", "flu"),
    Dependency("d", "1", "2"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


@pytest.fixture
def full(store):
    load(store, *EVERYTHING)
    return store


def written(store):
    return own_json.write([], export.bundle(store.source, with_plan=True))


def take(store, data, **options):
    return import_(store, read(data, "x.json", UTC), FakeClock().now(), name="file", **options)


def live(store, cls):
    return tables.load(store.source, cls, "WHERE deleted = 0")


def document(**lists):
    return json.dumps({"format": "toggl-desktop", "version": 1, **lists}).encode()


def test_the_lists_are_those_of_the_plan():
    assert tuple(plan_json.KINDS) == own_json.PLAN_LISTS
    assert set(plan_json.KINDS.values()) == set(PLAN_KINDS)


def test_what_is_written_reads_well(full):
    said = json.loads(written(full))
    tasks = {(task["name"], task["start"]): task for task in said["plan_tasks"]}
    first = tasks["Stand-up", "2026-11-23"]
    assert first == {
        "id": first["id"], "name": "Stand-up", "start": "2026-11-23", "end": "2026-11-23",
        "start_time": None, "end_time": None, "project": "Book", "client": None, "segment": None,
        "status": None, "members": [], "tags": [], "color": None, "estimate_minutes": None,
        "estimate_kind": "daily", "skips_weekend": True, "notes": "", "checklist": [],
        "done": False, "weight": 0.0, "board_position": 0.0, "repeat": "every 1 week",
        "series": first["id"], "workspace": "This computer",
    }  # fmt: skip
    drawn = tasks["Wireframes", "2026-11-23"]
    assert (drawn["client"], drawn["start_time"], drawn["members"]) == ("Acme", "09:00", [2, 1])
    assert drawn["checklist"][0] == {"text": "first", "done": True}
    assert said["members"][0]["capacity"] == [480, 480, 480, 240, 0, 0, 0]
    assert said["dependencies"] == [{"id": 1, "before": drawn["id"], "after": first["id"]}]


def test_a_plan_that_goes_to_another_computer_is_the_same_there(full, tmp_path):
    data = written(full)
    with make_store(tmp_path / "other") as other:
        done = take(other, data)
        assert (done.plan.planned, done.plan.new, done.plan.bad) == (4, 0, ())
        assert written(other) == data
        assert done.changes.step == "Import 4 plan tasks from file"
        recurring = [task for task in live(other, PlanTask) if task.series]
        assert len({task.series for task in recurring}) == 1
        history.undo(other, FakeClock().now())
        assert all(live(other, cls) == [] for cls in PLAN_KINDS)


def test_a_plan_that_is_here_is_recognised(full):
    data = written(full)
    with unchanged(full), pytest.raises(NothingToDoError):
        take(full, data)
    plan = plan_import(full.source, read(data, "x", UTC), 0)
    assert (plan.planned, plan.duplicates) == (0, 4)


def test_names_are_matched_and_what_is_here_stays(store):
    load(store, project("p", "Web"), Member("z", "ann", weight=5.0), Status("s", "to do", "p"))
    take(store, document(
        members=[{"id": 1, "name": "Ann", "color": "#000000"}],
        statuses=[{"id": 1, "name": "To-do", "project": "web"}],
        plan_tasks=[{"id": 1, "name": "x", "project": "WEB", "status": 1, "members": [1]}],
    ))  # fmt: skip
    (task,) = live(store, PlanTask)
    assert (task.project, task.members, task.status) == ("p", ("z",), "s")
    assert [member.color for member in live(store, Member)] == ["#9575cd"]


BAD = {
    "a name that is a number": {"plan_tasks": [{"id": 1, "name": 7}]},
    "no name": {"plan_tasks": [{"id": 1}]},
    "an empty name": {"members": [{"id": 1, "name": "  "}]},
    "a day that is none": {"milestones": [{"id": 1, "name": "x", "day": "2026-02-30"}]},
    "a day beyond the calendar": {"milestones": [{"id": 1, "name": "x", "day": "9999-01-01"}]},
    "a time that is none": {"plan_tasks": [{"id": 1, "name": "x", "start_time": "25:99"}]},
    "one day only": {"plan_tasks": [{"id": 1, "name": "x", "start": "2026-11-23"}]},
    "the end first": {"plan_tasks": [{"id": 1, "name": "x", "start": "2026-11-23",
                                      "end": "2026-11-22"}]},
    "a colour that is none": {"plan_tasks": [{"id": 1, "name": "x", "color": "red; url(x)"}]},
    "an estimate of years": {"plan_tasks": [{"id": 1, "name": "x", "estimate_minutes": 10**9}]},
    "a list for a text": {"plan_tasks": [{"id": 1, "name": "x", "notes": ["a"]}]},
    "a checklist of numbers": {"plan_tasks": [{"id": 1, "name": "x", "checklist": [1]}]},
    "an odd reason": {"members": [{"id": 1, "name": "a"}],
                      "time_off": [{"id": 1, "member": 1, "start": "2026-11-23",
                                    "end": "2026-11-23",
                                    "reason": "beach"}]},
    "a circle": {"plan_tasks": [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}],
                 "dependencies": [{"id": 1, "before": 1, "after": 2},
                                  {"id": 2, "before": 2, "after": 1}]},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_row_that_cannot_be_kept_refuses_the_file_or_is_left_out(store, name):
    with unchanged(store), pytest.raises(RefusedError, match="One line cannot be imported"):
        take(store, document(**BAD[name]))
    extra = {
        "milestones": [
            *BAD[name].get("milestones", ()),
            {"id": 99, "name": "Good", "day": "2026-11-23"},
        ]
    }
    done = take(store, document(**(BAD[name] | extra)), skip_bad=True)
    assert len(done.plan.bad) == 1
    assert [mark.name for mark in live(store, Milestone)] == ["Good"]


def test_rows_that_name_what_is_not_there_come_in_without_it(store):
    take(store, document(
        plan_tasks=[{"id": 1, "name": "x", "members": [9], "status": 9, "series": 9,
                     "repeat": "every 1 week"}],
        milestones=[{"id": 1, "name": "m", "day": "2026-11-23", "group": 5}],
        time_off=[{"id": 1, "member": 9, "start": "2026-11-23", "end": "2026-11-23"}],
        dependencies=[{"id": 1, "before": 1, "after": 9}, {"id": 2, "before": 1, "after": 1}],
    ))  # fmt: skip
    (task,) = live(store, PlanTask)
    assert (task.members, task.status, task.series, task.repeat) == ((), None, None, "")
    assert live(store, TimeOff) == live(store, Dependency) == []


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False)
    | st.text(max_size=6) | st.sampled_from(["2026-11-23", "09:00", "#ffffff", "total"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)  # fmt: skip
KEYS = (
    *("id", "name", "start", "end", "start_time", "end_time", "project", "client", "segment"),
    *("status", "members", "tags", "color", "estimate_minutes", "estimate_kind", "notes"),
    *("checklist", "done", "weight", "repeat", "series", "day", "member", "reason", "before"),
    *("after", "capacity", "position", "icon", "group", "workspace"),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(KEYS), VALUE, max_size=6), max_size=3)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(own_json.PLAN_LISTS), ROWS, max_size=4))
def test_no_row_is_a_fault(lists):
    found, bad = plan_json.told({name: tuple(rows) for name, rows in lists.items()})
    assert sum(map(len, found.values())) + len(bad) == sum(map(len, lists.values()))


def test_time_tracked_for_a_plan_task_is_still_for_it_and_files_of_two_computers_are_one(tmp_path):
    now = FakeClock().now()
    with make_store(tmp_path / "a") as here, make_store(tmp_path / "b") as there:
        load(here, *EVERYTHING)
        load(
            here,
            entry("e1", 1_790_000_000, 1_790_000_600, plan_task="3"),
            entry("e2", 1_790_001_000, 1_790_001_600, plan_task="1"),
            entry("e3", 1_790_002_000, 1_790_002_600, plan_task="gone"),
            entry("e4", 1_790_003_000, 1_790_003_600),
        )
        written = own_json.write(
            export.records(here.source), export.bundle(here.source, with_plan=True)
        )
        import_(there, read(written, "x.json", UTC), now, name="x.json")
        again = own_json.write(
            export.records(there.source), export.bundle(there.source, with_plan=True)
        )
        assert again == written
        tracked = there.source.rows(
            "SELECT t.name, t.start FROM time_entry AS e "
            "JOIN plan_task AS t ON t.lid = e.plan_task ORDER BY e.start"
        )
        assert tracked == [("Stand-up", DAY + 7), ("Wireframes", DAY)]
        assert there.check(full=True) == []
