"""A plan comes in as one step, matched to what is here, and goes out as it came."""

from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from tests.support.builders import FakeClock, load, make_store, project, unchanged
from toggl_desktop.actions import history
from toggl_desktop.actions.plan import export
from toggl_desktop.actions.plan.exchange import import_plan, plan_import
from toggl_desktop.actions.plan.export import Part
from toggl_desktop.domain.entities import Client, Project
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.plan.entities import (
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
)
from toggl_desktop.exchange import plan_csv_out
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE, Person, PlanRecord
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import BadLine, Found
from toggl_desktop.store import tables
from toggl_desktop.store.bindings import Binding

FILES = Path(__file__).parent.parent / "exchange" / "files"
DAY = date(2026, 11, 23).toordinal()
ANN, BO = Person("Ann", "ann@x.test"), Person("Bo")
ONE = PlanRecord(2, "Draw", DAY, DAY + 2, project="Web", client="Acme", segment="Design",
                 status="In progress", people=(ANN, BO), tags=("ux", "deep"),
                 estimate_minutes=240)  # fmt: skip
TWO = PlanRecord(3, "Build", DAY + 3, DAY + 8, project="Web", client="Acme", status="To-do")


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


def found(*records, **fields):
    return Found(VIEW, plan=records, **fields)


def take(store, what, **options):
    return import_plan(store, what, FakeClock().now(), name="file", **options)


def live(store, cls):
    return tables.load(store.source, cls, "WHERE deleted = 0")


def names(store, cls):
    return sorted(one.name for one in live(store, cls))


def written(store, form, **part):
    return plan_csv_out.write(export.tasks(store.source, Part(**part)), form, raw=False)


def from_file(name):
    return read((FILES / name).read_bytes(), name, UTC)


def bare(record):
    return replace(record, line=None, key="", lid="", group=0)


@pytest.mark.parametrize(
    ("name", "form"), [("plan_view.csv", VIEW), ("plan_workspace.csv", WORKSPACE)]
)
def test_a_plan_that_was_imported_and_exported_is_identical(tmp_path, name, form):
    texts = []
    came = from_file(name)
    for place in ("one", "two"):
        with make_store(tmp_path / place) as store:
            take(store, came)
            texts.append(written(store, form))
            again = read(texts[-1], "x.csv", UTC)
            by_name = sorted(map(bare, came.plan), key=repr)
            assert sorted(map(bare, again.plan), key=repr) == by_name
            came = again
    assert texts[0] == texts[1]


def test_names_are_made_once_and_matched_without_case_and_accents(store):
    take(store, found(ONE, replace(TWO, project="wéb", client="ACME", status="in_progress",
                                   people=(Person("ANN", "Ann@X.test"),),
                                   tags=("UX",))))  # fmt: skip
    assert (names(store, Project), names(store, Client)) == (["Web"], ["Acme"])
    assert (names(store, Member), names(store, Status)) == (["Ann", "Bo"], ["In progress"])
    assert (names(store, Segment), names(store, PlanTag)) == (["Design"], ["deep", "ux"])
    assert {m.name: m.is_placeholder for m in live(store, Member)} == {"Ann": False, "Bo": True}


def test_a_person_of_the_same_name_with_another_address_is_somebody_else(store):
    take(store, found(replace(ONE, people=(ANN, Person("Ann", "other@x.test")))))
    assert names(store, Member) == ["Ann", "Ann"]
    assert len({m.weight for m in live(store, Member)}) == 2


def test_a_person_who_is_named_with_an_address_only_later_is_one(store):
    take(store, found(replace(ONE, people=(Person("Ann"),)), replace(TWO, people=(ANN,))))
    (ann,) = live(store, Member)
    assert (ann.email, ann.is_placeholder, ann.initials) == ("ann@x.test", False, "AN")


def test_what_the_file_says_is_what_is_kept_and_nothing_is_made_up(store):
    take(store, found(replace(ONE, segment=None, status=None, is_done=True), PlanRecord(4, "Idea")))
    draw, idea = sorted(live(store, PlanTask), key=lambda task: task.weight)
    assert (draw.segment, draw.status, draw.is_done) == (None, None, True)
    assert (idea.start, idea.project, idea.members, idea.estimate_minutes) == (None, None, (), None)
    assert names(store, Segment) == names(store, Status) == []


def test_a_status_that_ends_tasks_here_ends_those_that_come_in(store):
    load(store, project("p", "Web"), Status("s", "To-do", "p", is_done=True))
    take(store, found(replace(TWO, client=None)))
    (task,) = live(store, PlanTask)
    assert (task.status, task.is_done) == ("s", True)


def test_the_order_of_the_file_is_the_order_in_the_lanes_below_what_is_here(store):
    load(store, PlanTask("old", "Old", DAY, DAY, weight=7.0))
    take(store, found(ONE, TWO))
    in_order = sorted(live(store, PlanTask), key=lambda task: task.weight)
    assert [task.name for task in in_order] == ["Old", "Draw", "Build"]


def test_occurrences_of_one_series_are_tied_to_its_first_day(store):
    rows = [replace(ONE, line=n, start=DAY + 7 * n, end=DAY + 7 * n, repeat="every 1 week", group=1)
            for n in (2, 0, 1)]  # fmt: skip
    take(store, found(*rows))
    tasks = sorted(live(store, PlanTask), key=lambda task: task.start)
    assert {task.series for task in tasks} == {tasks[0].lid}
    assert {task.repeat for task in tasks} == {"every 1 week"}


def test_a_file_can_be_imported_twice(store):
    take(store, found(ONE, TWO, TWO))
    assert len(live(store, PlanTask)) == 3
    with unchanged(store), pytest.raises(NothingToDoError):
        take(store, found(ONE, TWO, TWO))
    plan = plan_import(store.source, found(ONE, TWO, TWO, TWO))
    assert (plan.new, plan.duplicates) == (1, 3)


def test_a_task_that_is_tied_to_toggl_is_known_by_its_number(store):
    load(store, PlanTask("t", "Renamed since", DAY, DAY))
    with store.transaction("Bind", 0) as tx:
        tx.bindings.append(Binding("plan", "plan_task", "t", 42, unsent=False))
    plan = plan_import(store.source, found(replace(ONE, key="42"), replace(TWO, key="43")))
    assert (plan.new, plan.duplicates) == (1, 1)
    (record,) = export.tasks(store.source, Part())
    assert record.key == "42"


def test_one_step_one_undo(store):
    done = take(store, found(ONE, TWO))
    assert done.changes.step == "Import 2 plan tasks from file"
    history.undo(store, FakeClock().now())
    assert [names(store, cls) for cls in (PlanTask, Member, Project, Status, Segment, PlanTag)] == [
        []
    ] * 6


def test_a_trial_says_what_would_come_and_changes_nothing(store):
    with unchanged(store):
        plan = plan_import(store.source, found(ONE, TWO, PlanRecord(4, "Idea", tags=("x",))))
    assert (plan.new, plan.undated, plan.first, plan.last) == (3, 1, DAY, DAY + 8)
    assert plan.made == {
        "clients": ("Acme",), "projects": ("Web",), "members": ("Ann", "Bo"),
        "segments": ("Design",), "statuses": ("In progress", "To-do"), "tags": ("ux", "deep"),
    }  # fmt: skip
    assert plan.notes == (
        "One task has no project; tags and segments belong to one, and were left out.",
    )


def test_bad_lines_refuse_the_file_unless_they_are_skipped(store):
    long = replace(TWO, name="x" * 300)
    what = found(ONE, long, bad=(BadLine(9, "it has 2 of 13 columns"),))
    with (
        unchanged(store),
        pytest.raises(RefusedError, match="2 lines cannot be imported, the first one is line 3"),
    ):
        take(store, what)
    assert take(store, what, skip_bad=True).plan.new == 1
    assert names(store, PlanTask) == ["Draw"]


# Going out ----------------------------------------------------------------------------------


@pytest.fixture
def plan(store):
    load(
        store,
        project("p", "Web"),
        project("q", "Book"),
        Member("a", "Ann", email="ann@x.test"),
        Member("b", "Bo"),
        PlanTask("1", "One", DAY, DAY + 4, project="p", members=("a",)),
        PlanTask("2", "Two", DAY + 10, DAY + 14, project="q", members=("b", "a")),
        PlanTask("3", "Idea", project="p"),
        Milestone("m", "Launch", DAY + 4, project="p"),
        Milestone("n", "Party", DAY + 20),
    )
    return store


@pytest.mark.parametrize(
    ("part", "tasks", "marks"),
    [
        ({}, ["One", "Two", "Idea"], ["Launch", "Party"]),
        ({"since": DAY + 4}, ["One", "Two"], ["Launch", "Party"]),
        ({"since": DAY + 5}, ["Two"], ["Party"]),
        ({"until": DAY + 9}, ["One"], ["Launch"]),
        ({"projects": ("p",)}, ["One", "Idea"], ["Launch"]),
        ({"members": ("a",)}, ["One", "Two"], []),
        ({"members": ("b",), "until": DAY}, [], []),
    ],
)
def test_a_part_of_the_plan_is_what_touches_it(plan, part, tasks, marks):
    assert [record.name for record in export.tasks(plan.source, Part(**part))] == tasks
    assert [record.name for record in export.milestones(plan.source, Part(**part))] == marks


def test_rich_notes_go_out_as_plain_text(store):
    load(
        store,
        PlanTask(
            "1",
            "One",
            notes='{"ops":[{"insert":"a","attributes":{"bold":true}},{"insert":"\\nb\\n"}]}',
        ),
    )
    assert export.tasks(store.source, Part())[0].notes == "a\nb"


@pytest.mark.parametrize(
    ("minutes", "kind", "days", "told"),
    [
        (480, "daily", 5, (480, False)),
        (2400, "total", 5, (2400, True)),  # no day can hold it
        (600, "total", 5, (120, False)),
        (600, "total", 1, (600, False)),
        (None, "total", 5, (None, False)),
    ],
)
def test_an_estimate_in_all_is_told_by_what_a_day_takes(store, minutes, kind, days, told):
    load(
        store,
        PlanTask("1", "One", DAY, DAY + days - 1, estimate_minutes=minutes, estimate_kind=kind),
    )
    (record,) = export.tasks(store.source, Part())
    assert (record.estimate_minutes, record.is_total) == told


def test_a_task_that_is_done_without_a_status_says_so(store):
    load(store, PlanTask("1", "One", is_done=True))
    assert b'"One","Done"' in written(store, VIEW)
