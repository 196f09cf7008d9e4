"""Stop, continue, unstop: no moved clock changes how long an entry lasted."""

from dataclasses import replace

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    entries_of,
    entry,
    load,
    make_store,
    one,
    project,
    tag,
    task,
    unchanged,
    workspace,
)
from toggl_desktop.actions import timer
from toggl_desktop.domain.commands import ContinueEntry, StartTimer, StopTimer, UnstopEntry
from toggl_desktop.domain.errors import (
    MissingFieldsError,
    NothingToDoError,
    OverlapError,
    RefusedError,
)
from toggl_desktop.domain.words import named
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


# Stop -------------------------------------------------------------------------------------


def test_a_stop_ends_what_runs_now_or_at_a_given_time(store, clock):
    start(store, "A", clock)
    result = timer.stop(store, StopTimer(), clock.advance(600))
    assert (result.step, result.notice) == ("Stop “A”", None)
    start(store, "B", clock)
    clock.advance(600)
    timer.stop(store, StopTimer(NOW + 700), clock.now())
    assert spans(store) == [("A", 0, 600), ("B", 600, 700)]


@pytest.mark.parametrize(
    ("at", "words"), [(NOW - 1, "before the start"), (NOW + 601, "cannot stop in the future")]
)
def test_a_stop_that_cannot_be_is_refused(store, clock, at, words):
    start(store, "A", clock)
    clock.advance(600)
    with unchanged(store), pytest.raises(RefusedError, match=words):
        timer.stop(store, StopTimer(at), clock.now())


def test_where_nothing_runs_there_is_nothing_to_stop(store, clock):
    with unchanged(store), pytest.raises(NothingToDoError, match="Nothing is running"):
        timer.stop(store, StopTimer(), clock.now())


def test_a_timer_forgotten_for_weeks_can_be_stopped_at_an_earlier_time(store, clock):
    start(store, "A", clock)
    clock.advance(1000 * HOUR)
    with unchanged(store), pytest.raises(RefusedError, match="999 hours"):
        timer.stop(store, StopTimer(), clock.now())
    timer.stop(store, StopTimer(NOW + 8 * HOUR), clock.now())
    assert spans(store) == [("A", 0, 8 * HOUR)]


# Clocks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [2, -2, 5, -5])
def test_a_clock_set_right_by_seconds_is_simply_believed(store, clock, jump):
    start(store, "A", clock)
    clock.advance(1800)
    result = timer.stop(store, StopTimer(), clock.jump(jump))
    assert spans(store) == [("A", 0, 1800 + jump)]
    assert result.notice is None


@pytest.mark.parametrize(
    ("jump", "moved", "by_clock"),
    [
        (HOUR, "1:00:00", "1:30:00"),
        (-HOUR, "1:00:00", "0:00:00"),
        (YEAR, "8760:00:00", "8760:30:00"),
        (-YEAR, "8760:00:00", "0:00:00"),
    ],
)
def test_a_clock_that_was_moved_does_not_change_how_long_it_lasted(
    store, clock, jump, moved, by_clock
):
    start(store, "A", clock)
    clock.advance(1800)
    result = timer.stop(store, StopTimer(), clock.jump(jump))
    assert spans(store) == [("A", 0, 1800)]
    assert result.notice == (
        f"The computer's clock was moved by {moved} while “A” ran. 0:30:00 was kept; by the clock "
        f"it would be {by_clock}. Undo or edit to change it."
    )


def test_sleep_counts_as_time_that_passed(store, clock):
    start(store, "A", clock)
    timer.stop(store, StopTimer(), clock.advance(9 * HOUR))
    assert spans(store) == [("A", 0, 9 * HOUR)]


def test_after_a_reboot_the_clock_is_believed(store, clock):
    start(store, "A", clock)
    clock.advance(600)
    clock.reboot(120)
    result = timer.stop(store, StopTimer(), clock.advance(60))
    assert spans(store) == [("A", 0, 780)]
    assert result.notice is None


def test_a_typed_stop_is_taken_literally_whatever_the_clock_did(store, clock):
    start(store, "A", clock)
    clock.advance(1800)
    clock.jump(HOUR)
    timer.stop(store, StopTimer(NOW + 3000), clock.now())
    assert spans(store) == [("A", 0, 3000)]


def test_a_switch_after_the_clock_was_put_back_removes_nothing(store, clock):
    start(store, "A", clock)
    clock.advance(1800)
    clock.jump(-2 * HOUR)
    result = start(store, "B", clock)
    assert spans(store) == [("B", 1800 - 2 * HOUR, None), ("A", 0, 1800)]
    assert "was moved by 2:00:00" in result.notice


def test_without_a_boot_clock_a_start_in_the_future_is_stopped_where_it_began(store):
    clock = FakeClock(boot=None)
    start(store, "A", clock)
    clock.jump(-HOUR)
    result = timer.stop(store, StopTimer(), clock.now())
    assert spans(store) == [("A", 0, 0)]
    assert result.notice == (
        "The computer's clock is behind the start of “A”; it was stopped where it began. "
        "Edit it to set its times."
    )


def test_a_clock_moved_before_the_start_does_not_count(store, clock):
    start(store, "A", clock)
    timer.stop(store, StopTimer(), clock.advance(60))
    clock.jump(HOUR)
    start(store, "B", clock)
    result = timer.stop(store, StopTimer(), clock.advance(60))
    assert result.notice is None
    assert spans(store)[-1] == ("B", HOUR + 60, HOUR + 120)


# Continue and unstop ----------------------------------------------------------------------


def test_continue_starts_the_latest_content_anew(store, clock):
    start(store, "A", clock, project="p", task="k", tags=("t",), billable=False)
    timer.stop(store, StopTimer(), clock.advance(60))
    clock.advance(60)
    result = timer.continue_entry(store, ContinueEntry(), clock.now(), "UTC")
    first, second = entries_of(store)
    assert result.step == "Continue “A”"
    assert (
        replace(second, lid=first.lid, start=first.start, stop=first.stop, zone=first.zone) == first
    )
    assert (second.start, second.stop, second.zone) == (NOW + 120, None, "UTC")


def test_continue_takes_an_older_one_by_name_and_stops_what_runs(store, clock):
    start(store, "A", clock)
    first = running(store).lid
    clock.advance(60)
    start(store, "B", clock)
    timer.continue_entry(store, ContinueEntry(first), clock.advance(60))
    assert spans(store) == [("A", 0, 60), ("B", 60, 120), ("A", 120, None)]


def test_continue_leaves_out_what_was_deleted_meanwhile(store, clock):
    load(store, entry("old", NOW - 60, NOW, project="q", tags=("t", "u"), description="x"), at=NOW)
    load(store, project("q", deleted=True), tag("u", deleted=True), at=NOW)
    timer.continue_entry(store, ContinueEntry("old"), clock.now())
    assert (running(store).project, running(store).tags) == (None, ("t",))


def test_continue_in_the_past_asks_like_any_start(store, clock):
    load(store, entry("a", NOW - 600, NOW, description="A"), at=NOW)
    with unchanged(store), pytest.raises(OverlapError):
        timer.continue_entry(store, ContinueEntry("a", at=NOW - 60), clock.now())
    timer.continue_entry(store, ContinueEntry("a", at=NOW - 60, overlaps="trim"), clock.now())
    assert spans(store) == [("A", -600, -60), ("A", -60, None)]


def test_continue_asks_for_what_is_required_by_now(store, clock):
    load(store, entry("a", NOW - 600, NOW, description="A"), workspace("project"), at=NOW)
    with unchanged(store), pytest.raises(MissingFieldsError):
        timer.continue_entry(store, ContinueEntry(), clock.now())


@pytest.mark.parametrize("command", [ContinueEntry(), UnstopEntry()])
def test_where_nothing_was_there_is_nothing_to_go_on_with(store, clock, command):
    act = timer.continue_entry if isinstance(command, ContinueEntry) else timer.unstop
    with unchanged(store), pytest.raises(NothingToDoError, match="There is no entry to"):
        act(store, command, clock.now())


@pytest.mark.parametrize("command", [ContinueEntry, UnstopEntry])
def test_what_runs_already_needs_no_going_on(store, clock, command):
    start(store, "A", clock)
    act = timer.continue_entry if command is ContinueEntry else timer.unstop
    with unchanged(store), pytest.raises(NothingToDoError, match="“A” is running already"):
        act(store, command(running(store).lid), clock.now())


@pytest.mark.parametrize("command", [ContinueEntry, UnstopEntry])
def test_what_is_not_there_cannot_go_on(store, clock, command):
    act = timer.continue_entry if command is ContinueEntry else timer.unstop
    with unchanged(store), pytest.raises(RefusedError, match="no such entry"):
        act(store, command("nobody"), clock.now())


def test_unstop_lets_the_latest_run_on_as_if_never_stopped(store, clock):
    start(store, "A", clock)
    timer.stop(store, StopTimer(), clock.advance(60))
    clock.advance(600)
    result = timer.unstop(store, UnstopEntry(), clock.now())
    assert spans(store) == [("A", 0, None)]
    assert result.step == "Unstop “A”"
    timer.stop(store, StopTimer(), clock.advance(60))
    assert spans(store) == [("A", 0, 720)]


def test_unstop_stops_what_runs_first(store, clock):
    start(store, "A", clock)
    first = running(store).lid
    clock.advance(60)
    start(store, "B", clock)
    timer.unstop(store, UnstopEntry(first), clock.advance(60))
    assert spans(store) == [("A", 0, None), ("B", 60, 120)]


def test_what_lies_in_the_future_cannot_run(store, clock):
    load(store, entry("later", NOW + 60, NOW + 120))
    with unchanged(store), pytest.raises(RefusedError, match="cannot start in the future"):
        timer.unstop(store, UnstopEntry("later"), clock.now())


# Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "an entry without description"),
        (" \n ", "an entry without description"),
        ("a\n b", "“a b”"),
        ("x" * 40, f"“{'x' * 40}”"),
        ("x" * 41, f"“{'x' * 39}…”"),
    ],
)
def test_an_entry_is_named_shortly(text, words):
    assert named(text) == words


def test_one_runs_in_the_store_whatever_it_was_started_with(store, clock):
    start(store, "A", clock)
    with pytest.raises(RefusedError, match="Only one entry can run"):
        load(store, entry("second", NOW))
    assert one(store, running(store).lid).is_running
