from dataclasses import replace

import pytest

from tests.support.builders import NOW, FakeClock, load, make_store, project
from toggl_desktop.actions import export, history, timer
from toggl_desktop.actions.exchange import import_, plan_import
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.domain.entities import Entry, Project, Tag, Task, Workspace
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.exchange.records import (
    BadLine,
    Bundle,
    ClientRecord,
    Found,
    ProjectRecord,
    Record,
    TagRecord,
    TaskRecord,
)
from toggl_desktop.store import tables
from toggl_desktop.store.bindings import Binding

START = NOW - 86400
ONE = Record(2, "one", START, START + 600, "Web", "Acme", "Draw", ("ux", "deep"), True)
TWO = Record(3, "two", START + 1000, START + 1600)


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


def found(*records, **fields):
    return Found("csv", tuple(records), **fields)


def take(store, what, **options):
    return import_(store, what, FakeClock().now(), name="file", **options)


def live(store, cls):
    return tables.load(store.source, cls, "WHERE deleted = 0")


def names(store, cls):
    return sorted(one.name for one in live(store, cls))


def test_names_are_made_once_and_matched_without_case_and_accents(store):
    take(store, found(ONE, replace(TWO, project="wéb", client="ACME", tags=("UX", "Deep", "ux"))))
    assert names(store, Project) == ["Web"]
    assert names(store, Tag) == ["deep", "ux"]
    assert names(store, Task) == ["Draw"]
    first, second = export.records(store.source)
    assert first == replace(ONE, line=None, workspace="This computer", color=first.color)
    assert (second.project, second.client, second.tags) == ("Web", "Acme", ("ux", "deep"))


def test_one_project_of_that_name_is_meant_where_the_file_names_no_client(store):
    take(store, found(ONE))
    take(store, found(replace(TWO, project="Web")))
    assert names(store, Project) == ["Web"]
    take(
        store, found(replace(TWO, start=START + 5000, stop=START + 5001, project="Web", client="B"))
    )
    assert len(live(store, Project)) == 2
    take(store, found(replace(TWO, start=START + 6000, stop=START + 6001, project="Web")))
    assert len(live(store, Project)) == 3  # whose it is cannot be told: it gets one of its own


def test_archived_projects_are_found_too(store):
    load(store, project("p", "Web", archived=True))
    take(store, found(replace(TWO, project="web")))
    assert [e.project for e in live(store, Entry)] == ["p"]


def test_one_step_one_undo(store):
    done = take(store, found(ONE, TWO))
    assert done.changes.seq == 1
    assert done.changes.step == "Import 2 entries from file"
    history.undo(store, FakeClock().now())
    assert live(store, Entry) == live(store, Project) == live(store, Tag) == []
    history.redo(store, FakeClock().now())
    assert len(live(store, Entry)) == 2


def test_what_is_here_already_is_left_alone(store):
    take(store, found(ONE, TWO))
    with pytest.raises(NothingToDoError):
        take(store, found(ONE, TWO))
    plan = plan_import(store.source, found(ONE, replace(ONE, description="other")), NOW)
    assert (plan.new, plan.duplicates) == (1, 1)


@pytest.mark.parametrize("field", ["description", "start", "stop", "project"])
def test_entries_that_differ_in_what_counts_are_two(store, field):
    take(store, found(ONE))
    other = {"description": "x", "start": START - 1, "stop": START + 601, "project": "P"}[field]
    assert plan_import(store.source, found(replace(ONE, **{field: other})), NOW).new == 1


def test_a_twin_within_the_file_is_left_out(store):
    done = take(store, found(ONE, replace(ONE, line=9, tags=())))
    assert (done.plan.new, done.plan.duplicates) == (1, 1)


def test_our_own_file_keeps_its_twins_and_only_the_missing_ones_come_in(store):
    ours = found(ONE, ONE, ONE, bundle=Bundle())
    assert take(store, ours).plan.new == 3
    history.undo(store, FakeClock().now())
    take(store, found(ONE))
    done = take(store, ours)
    assert (done.plan.new, done.plan.duplicates) == (2, 1)


def test_a_number_of_toggl_tells_a_known_entry_even_when_it_was_edited(store):
    take(store, found(TWO))
    (entry,) = live(store, Entry)
    with store.transaction("Bind", NOW) as tx:
        tx.bindings.append(Binding("track", "time_entry", entry.lid, rid=77))
    changed = replace(TWO, description="edited since", track_id=77)
    assert plan_import(store.source, found(changed), NOW).duplicates == 1
    twice = found(replace(ONE, track_id=5), replace(ONE, description="x", track_id=5))
    assert plan_import(store.source, twice, NOW).duplicates == 1


def test_an_entry_deleted_here_can_come_back(store):
    take(store, found(TWO))
    (entry,) = live(store, Entry)
    load(store, replace(entry, deleted=True), at=NOW)
    assert plan_import(store.source, found(TWO), NOW).new == 1


def test_bad_lines_refuse_everything_unless_they_are_to_be_skipped(store):
    what = found(ONE, bad=(BadLine(7, "no date", "xx"), BadLine(4, "no time", "yy")))
    with pytest.raises(RefusedError, match=r"2 lines cannot be imported, .* line 4: no time"):
        take(store, what)
    assert live(store, Entry) == live(store, Project) == []
    done = take(store, what, skip_bad=True)
    assert [bad.line for bad in done.plan.bad] == [4, 7]
    assert done.plan.new == 1


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (replace(TWO, description="x" * 3001), "3001 characters"),
        (replace(TWO, stop=START + 1000 * 3600 + 1000), "999 hours"),
        (replace(TWO, start=1000, stop=2000), "years 2006 to 2030"),
        (replace(TWO, tags=tuple(map(str, range(51)))), "51 tags"),
        (replace(TWO, project="x" * 256), "255 characters"),
    ],
)
def test_what_toggl_would_not_take_is_a_bad_line(store, record, reason):
    plan = plan_import(store.source, found(record), NOW)
    (bad,) = plan.bad
    assert (bad.line, plan.new) == (3, 0)
    assert reason in bad.reason
    assert "Nothing was" not in bad.reason


def test_lines_left_out_and_twins_leave_no_names_behind(store):
    take(store, found(TWO))
    bad = replace(ONE, description="x" * 3001)
    twin = replace(TWO, tags=("never",))
    fine = replace(TWO, description="fine", tags=("kept",))
    done = take(store, found(bad, twin, fine), skip_bad=True)
    assert done.plan.made.tags == ("kept",)
    assert done.plan.made.projects == done.plan.made.clients == ()
    assert names(store, Tag) == ["kept"]


def test_what_the_workspace_requires_is_required_of_a_file_too(store):
    local = tables.get(store.source, Workspace, LOCAL_WORKSPACE)
    load(store, replace(local, required=("project",)))
    plan = plan_import(store.source, found(ONE, TWO), NOW)
    assert plan.new == 1
    assert "requires a project" in plan.bad[0].reason


# What runs ---------------------------------------------------------------------------------


def test_a_running_entry_is_kept_when_nothing_runs_here(store):
    done = take(store, found(ONE, replace(TWO, stop=None)))
    assert done.plan.running
    assert done.plan.seconds == 600
    assert [e.description for e in live(store, Entry) if e.stop is None] == ["two"]


def test_a_running_entry_is_a_bad_line_when_something_runs_here(store):
    timer.start(store, StartTimer("mine"), FakeClock().now())
    plan = plan_import(store.source, found(ONE, replace(TWO, stop=None)), NOW)
    assert (plan.new, plan.running) == (1, False)
    assert "an entry is running here already" in plan.bad[0].reason


def test_of_several_running_ones_the_latest_is_kept(store):
    first, second = replace(ONE, stop=None), replace(TWO, stop=None)
    plan = plan_import(store.source, found(first, second), NOW)
    assert [e.description for e in plan.entities if isinstance(e, Entry)] == ["two"]
    assert "only one entry can" in plan.bad[0].reason


def test_a_running_entry_cannot_begin_in_the_future(store):
    plan = plan_import(store.source, found(replace(TWO, start=NOW + 60, stop=None)), NOW)
    assert "in the future" in plan.bad[0].reason


def test_the_running_entry_is_recognised_when_it_comes_again(store):
    running = replace(TWO, stop=None)
    take(store, found(running))
    assert plan_import(store.source, found(running), NOW).duplicates == 1


# Lists beside the entries ------------------------------------------------------------------


def test_listed_things_come_in_without_entries(store):
    take(
        store,
        found(
            projects=(
                ProjectRecord("Web", "Acme", "#112233", archived=True, billable=True),
                ProjectRecord(" "),
            ),
            clients=(ClientRecord("Acme", archived=True), ClientRecord("")),
            tags=(TagRecord("t"), TagRecord(" ")),
            tasks=(TaskRecord("Draw", "Web", "Acme", archived=True), TaskRecord("homeless")),
        ),
    )
    (web,) = live(store, Project)
    assert (web.color, web.archived, web.billable) == ("#112233", True, True)
    assert (names(store, Tag), names(store, Task)) == (["t"], ["Draw"])
    assert live(store, Task)[0].archived


def test_a_colour_that_is_none_becomes_one_of_the_palette(store):
    take(store, found(projects=(ProjectRecord("A", color="red"), ProjectRecord("B"))))
    colors = {one.color for one in live(store, Project)}
    assert len(colors) == 2
    assert all(color.startswith("#") for color in colors)


def test_favourites_and_requirements_come_with_our_own_file_only_once(store):
    favourite = {
        "description": "stand-up",
        "project": "Web",
        "client": None,
        "task": "Draw",
        "tags": ["t"],
        "billable": True,
    }
    bundle = Bundle(
        favourites=(favourite,), workspaces=({"name": "This computer", "required": ["project"]},)
    )
    done = take(store, found(bundle=bundle))
    assert done.plan.made.favourites == 1
    (row,) = export.bundle(store.source).favourites
    assert row == favourite
    assert tables.get(store.source, Workspace, LOCAL_WORKSPACE).required == ("project",)
    with pytest.raises(NothingToDoError):
        take(store, found(bundle=bundle))


@pytest.mark.parametrize("required", [["frog"], "project", [1], []])
def test_requirements_that_make_no_sense_are_passed_over(store, required):
    bundle = Bundle(workspaces=({"name": "This computer", "required": required},))
    assert plan_import(store.source, found(bundle=bundle), NOW).entities == ()


def test_several_peoples_entries_need_a_choice(store):
    what = found(replace(ONE, user="ann"), replace(TWO, user="bo"))
    with pytest.raises(RefusedError, match="2 people: ann, bo"):
        plan_import(store.source, what, NOW)
    with pytest.raises(RefusedError, match="no entries of “cy”"):
        plan_import(store.source, what, NOW, user="cy")
    assert plan_import(store.source, what, NOW, user="bo").new == 1


def test_a_plan_tells_its_range_and_its_seconds(store):
    plan = plan_import(store.source, found(TWO, ONE), NOW)
    assert (plan.first, plan.last, plan.seconds) == (START, START + 1000, 1200)
    empty = plan_import(store.source, found(), NOW)
    assert (empty.first, empty.last, empty.seconds, empty.new) == (None, None, 0, 0)


def test_what_somebody_else_writes_meanwhile_is_counted(store, tmp_path, monkeypatch):
    from toggl_desktop.actions import exchange

    first = exchange.plan_import
    calls = []

    def slow(source, *arguments, **options):
        calls.append(source)
        made = first(source, *arguments, **options)
        if len(calls) == 1:
            with make_store(tmp_path) as other:
                import_(other, found(TWO), FakeClock().now(), name="other")
        return made

    monkeypatch.setattr(exchange, "plan_import", slow)
    done = take(store, found(ONE, TWO))
    assert (done.plan.new, done.plan.duplicates) == (1, 1)
    assert len(live(store, Entry)) == 2


# Export ------------------------------------------------------------------------------------


def test_an_export_leaves_out_what_is_deleted_and_can_be_narrowed(store):
    take(store, found(ONE, TWO))
    first = live(store, Entry)[0]
    assert [r.description for r in export.records(store.source, [first.lid])] == [first.description]
    load(store, replace(first, deleted=True), at=NOW)
    assert len(export.records(store.source)) == 1


def test_an_export_carries_numbers_of_toggl(store):
    take(store, found(ONE))
    (entry,), (web,) = live(store, Entry), live(store, Project)
    with store.transaction("Bind", NOW) as tx:
        tx.bindings += [
            Binding("track", "time_entry", entry.lid, rid=7),
            Binding("track", "project", web.lid, rid=8),
        ]
    (record,) = export.records(store.source)
    assert (record.track_id, record.project_track_id) == (7, 8)
    assert export.bundle(store.source).projects[0]["track_id"] == 8


def test_fifty_thousand_entries_are_one_step(store):
    """Few enough here to be quick; tests/perf measures the fifty thousand."""
    many = found(
        *(Record(n, f"e{n % 50}", START + n, START + n + 1, f"P{n % 7}") for n in range(3000))
    )
    assert take(store, many).plan.new == 3000
    assert plan_import(store.source, many, NOW).duplicates == 3000
    history.undo(store, FakeClock().now())
    assert live(store, Entry) == []
