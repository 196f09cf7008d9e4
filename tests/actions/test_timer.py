"""Start: one entry runs, and nothing is cut unasked."""

from dataclasses import replace

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    entries_of,
    entry,
    load,
    make_store,
    project,
    tag,
    task,
    unchanged,
    workspace,
)
from toggl_desktop.actions import timer
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import StartTimer, StopTimer
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import (
    MissingFieldsError,
    OverlapError,
    RefusedError,
)
from toggl_desktop.store.read import entries as read

HOUR, YEAR = 3600, 365 * 86400


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(
            made,
            project("p", billable=True),
            project("q"),
            task("k", "p"),
            tag("t"),
            tag("u"),
            at=NOW,
        )
        yield made


@pytest.fixture
def clock():
    return FakeClock()


def running(store):
    return read.running_entry(store.source)


def spans(store):
    """Returns text, start and stop of the entries, seconds from NOW."""
    return [
        (e.description, e.start - NOW, None if e.stop is None else e.stop - NOW)
        for e in entries_of(store)
    ]


def start(store, text, clock, **fields):
    return timer.start(store, StartTimer(text, **fields), clock.now(), "Europe/Berlin")


# Start ------------------------------------------------------------------------------------


def test_a_start_says_and_saves_all_it_was_given(store, clock):
    result = start(
        store, "  Write spec ", clock, project="p", task="k", tags=("t", "u", "t"), plan_task="m"
    )
    made = running(store)
    assert replace(made, lid="e") == entry(
        "e",
        NOW,
        description="Write spec",
        project="p",
        task="k",
        tags=("t", "u"),
        billable=True,
        plan_task="m",
        zone="Europe/Berlin",
    )
    assert (result.step, result.low, result.high) == ("Start “Write spec”", NOW, None)
    assert result.ids("time_entry") == {made.lid}


@pytest.mark.parametrize(
    ("given", "of", "billable"),
    [
        (None, "p", True),
        (None, "q", False),
        (None, None, False),
        (False, "p", False),
        (True, None, True),
    ],
)
def test_billable_is_as_the_project_is_unless_said(store, clock, given, of, billable):
    start(store, "x", clock, project=of, billable=given)
    assert running(store).billable is billable


def test_a_task_brings_its_project_and_an_entry_lives_in_its_projects_workspace(store, clock):
    load(store, Workspace("w", "Work"), project("pw", workspace="w"), task("kw", "pw"))
    start(store, "x", clock, task="kw")
    assert (running(store).project, running(store).workspace) == ("pw", "w")


def test_a_start_stops_what_runs_at_that_very_second(store, clock):
    start(store, "A", clock)
    clock.advance(600)
    result = start(store, "B", clock)
    assert spans(store) == [("A", 0, 600), ("B", 600, None)]
    assert len(result.ids("time_entry")) == 2
    assert store.seen == 3


def test_many_quick_clicks_lose_nothing_and_ask_nothing(store, clock):
    for i in range(4):
        start(store, f"{i}", clock)
    assert spans(store) == [("0", 0, 1), ("1", 1, 2), ("2", 2, 3), ("3", 3, None)]
    clock.advance(10)
    result = timer.stop(store, StopTimer(), clock.now())
    assert result.notice is None


def test_start_and_stop_within_one_second_leave_an_entry_of_no_length(store, clock):
    start(store, "A", clock)
    start(store, "B", clock)
    result = timer.stop(store, StopTimer(), clock.now())
    assert result.notice is None
    assert spans(store) == [("A", 0, 1), ("B", 1, 1)]
    start(store, "C", clock)
    assert spans(store)[-1] == ("C", 1, None)


def test_a_start_in_the_past_trims_what_runs_and_names_it(store, clock):
    start(store, "A", clock)
    clock.advance(HOUR)
    start(store, "B", clock, at=NOW + 3000)
    assert spans(store) == [("A", 0, 3000), ("B", 3000, None)]


REFUSED = [
    (StartTimer("x" * 3001), "3001 characters"),
    (StartTimer("\udcff"), "bytes that are no text"),
    (StartTimer("x", at=NOW + 1), "cannot start in the future"),
    (StartTimer("x", at=1), "must lie in the years"),
    (StartTimer("x", project="nowhere"), "no such project"),
    (StartTimer("x", task="nothing"), "no such task"),
    (StartTimer("x", project="q", task="k"), "belongs to another project"),
    (StartTimer("x", tags=("nothing",)), "no such tag"),
]


@pytest.mark.parametrize(("command", "words"), REFUSED)
def test_a_start_that_cannot_be_is_refused_and_the_running_entry_runs_on(
    store, clock, command, words
):
    start(store, "A", clock)
    clock.advance(60)
    load(store, tag("gone", deleted=True))
    with unchanged(store), pytest.raises(RefusedError, match=words) as refusal:
        timer.start(store, command, replace_wall(clock, NOW))
    assert "Nothing was changed" in refusal.value.sentence


def replace_wall(clock, wall):
    return Reading(wall, clock.boot, clock.boot_id)


def test_fifty_tags_are_taken_and_fifty_one_are_refused(store, clock):
    lids = [f"tag{i}" for i in range(51)]
    load(store, *(tag(lid) for lid in lids))
    with unchanged(store), pytest.raises(RefusedError, match="51 tags"):
        start(store, "x", clock, tags=tuple(lids))
    start(store, "x", clock, tags=tuple(lids[:50]))


@pytest.mark.parametrize("field", ["description", "project", "tag", "task"])
def test_what_the_workspace_requires_is_asked_for_before_anything_is_saved(store, clock, field):
    start(store, "A", clock)
    load(store, workspace(field))
    lacking = {"description": "", "project": "x", "tag": "x", "task": "x"}[field]
    with unchanged(store), pytest.raises(MissingFieldsError) as refusal:
        start(store, lacking, clock)
    assert refusal.value.fields == (field,)
    start(store, "x", clock, project="p", task="k", tags=("t",))
    timer.stop(store, StopTimer(), clock.advance(60))


def test_a_stop_is_never_refused_for_a_field_that_is_missing(store, clock):
    start(store, "", clock)
    load(store, workspace("description", "project"))
    timer.stop(store, StopTimer(), clock.advance(60))
    assert running(store) is None


# In the way -------------------------------------------------------------------------------


@pytest.fixture
def morning(store, clock):
    """Two finished entries and a running one, ten minutes each so far."""
    load(
        store,
        entry("a", NOW, NOW + 600, description="A"),
        entry("b", NOW + 600, NOW + 1200, description="B"),
        at=NOW,
    )
    clock.advance(1200)
    start(store, "C", clock)
    clock.advance(600)
    return store


def test_what_a_start_would_swallow_is_asked_about_not_cut(morning, clock):
    with unchanged(morning), pytest.raises(OverlapError) as refusal:
        start(morning, "D", clock, at=NOW + 300)
    assert [(o.description, o.swallowed) for o in refusal.value.overlaps] == [
        ("A", False),
        ("B", True),
        ("C", True),
    ]
    assert refusal.value.sentence == (
        "That start would shorten “A” and remove “B”, “C”. Nothing was changed; say whether it may."
    )


def test_the_preview_says_what_the_start_would_do(morning, clock):
    planned = timer.plan(morning.source, NOW + 300, clock.wall)
    assert [o.description for o in planned.overlaps] == ["A", "B", "C"]
    now = timer.plan(morning.source, None, clock.wall)
    assert (now.at, now.trimmed.stop, now.overlaps) == (clock.wall, clock.wall, ())


def test_when_it_may_they_make_room_and_undo_gives_all_back(morning, clock):
    from toggl_desktop.actions import history

    before = spans(morning)
    start(morning, "D", clock, at=NOW + 300, overlaps="trim")
    assert spans(morning) == [("A", 0, 300), ("D", 300, None)]
    history.undo(morning, clock.now())
    assert spans(morning) == before


def test_finished_entries_may_be_kept_and_the_running_one_is_trimmed(morning, clock):
    load(morning, entry("long", NOW, NOW + 1500, description="Long"), at=NOW)
    start(morning, "D", clock, at=NOW + 1400, overlaps="keep")
    assert spans(morning)[-2:] == [("C", 1200, 1400), ("D", 1400, None)]
    assert ("Long", 0, 1500) in spans(morning)


def test_the_running_entry_cannot_be_kept_beside_a_new_one_that_begins_earlier(morning, clock):
    with unchanged(morning), pytest.raises(RefusedError, match="only one can run"):
        start(morning, "D", clock, at=NOW + 1100, overlaps="keep")


def test_a_long_list_in_the_way_is_shortened_in_the_sentence(store, clock):
    load(store, *(entry(f"e{i}", NOW + i, NOW + i + 1, description=f"E{i}") for i in range(5)))
    clock.advance(60)
    with pytest.raises(OverlapError, match="remove “E0”, “E1”, “E2” and 2 more"):
        start(store, "x", clock, at=NOW)


def test_an_entry_planned_for_later_today_is_in_nobodys_way(store, clock):
    load(store, entry("later", NOW + HOUR, NOW + 2 * HOUR, description="Meeting"))
    start(store, "A", clock)
    assert spans(store) == [("A", 0, None), ("Meeting", HOUR, 2 * HOUR)]


def test_an_entry_that_reaches_past_now_is_asked_about(store, clock):
    load(store, entry("now", NOW - HOUR, NOW + HOUR, description="Meeting"))
    with unchanged(store), pytest.raises(OverlapError, match="shorten “Meeting”"):
        start(store, "A", clock)
    start(store, "A", clock, overlaps="trim")
    assert spans(store) == [("Meeting", -HOUR, 0), ("A", 0, None)]


def test_a_trimmed_entry_obeys_the_limits_too(store, clock):
    start(store, "A", clock)
    clock.advance(1000 * HOUR)
    with unchanged(store), pytest.raises(RefusedError, match="999 hours"):
        start(store, "B", clock, at=clock.wall - 1)
