"""Split, merge, duplicate, delete: no second is lost, and undo brings all back."""

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
    rows_of,
    tag,
    task,
    unchanged,
)
from toggl_desktop.actions import entries, history, timer
from toggl_desktop.domain.commands import (
    DeleteEntries,
    DuplicateEntries,
    EditEntries,
    MergeEntries,
    SplitEntry,
    StartTimer,
    StopTimer,
)
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.store.read.entries import running_entry

HOUR = 3600


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(
            made,
            Workspace("w", "Work"),
            project("p", billable=True),
            project("q"),
            project("pw", workspace="w"),
            task("k", "p"),
            task("kq", "q"),
            tag("t"),
            tag("u"),
            tag("gone", deleted=True),
            entry("a", NOW, NOW + 600, description="A", project="p", task="k", tags=("t",)),
            entry("b", NOW + 600, NOW + 1200, description="B"),
            entry("run", NOW + 1200, description="Run"),
            at=NOW,
        )
        yield made


NOW_READ = FakeClock(NOW + HOUR).now()


def edit(store, *lids, now=NOW_READ, **fields):
    return entries.edit(store, EditEntries(lids, **fields), now)


def span(store, lid):
    found = one(store, lid)
    return found.start - NOW, None if found.stop is None else found.stop - NOW


# Split and merge --------------------------------------------------------------------------


def test_a_split_makes_two_that_last_as_long_as_the_one(store):
    result = entries.split(store, SplitEntry("a", NOW + 200), NOW_READ)
    (new,) = result.ids("time_entry") - {"a"}
    assert (span(store, "a"), span(store, new)) == ((0, 200), (200, 600))
    assert replace(one(store, new), lid="a", start=NOW, stop=NOW + 200) == one(store, "a")
    assert result.step == "Split “A”"


def test_the_second_part_of_a_running_entry_runs_on(store):
    entries.split(store, SplitEntry("run", NOW + 1800), NOW_READ)
    assert span(store, "run") == (1200, 1800)
    assert running_entry(store.source).start == NOW + 1800


@pytest.mark.parametrize("at", [NOW, NOW + 600, NOW - 5, NOW + HOUR])
def test_a_cut_outside_is_refused(store, at):
    with unchanged(store), pytest.raises(RefusedError, match="between start and stop"):
        entries.split(store, SplitEntry("a", at), NOW_READ)


def test_a_clock_that_was_moved_is_still_noticed_after_a_split_and_a_merge(tmp_path):
    clock = FakeClock()
    with make_store(tmp_path) as store:
        timer.start(store, StartTimer("A"), clock.now())
        first = running_entry(store.source).lid
        clock.advance(600)
        entries.split(store, SplitEntry(first, NOW + 300), clock.now())
        second = running_entry(store.source).lid
        clock.jump(HOUR)
        entries.merge(store, MergeEntries((second, first)), clock.now())
        result = timer.stop(store, StopTimer(), clock.advance(600))
        assert "was moved by 1:00:00" in result.notice
        assert span(store, first) == (0, 1200)


def test_a_merge_makes_one_of_several(store):
    result = entries.merge(store, MergeEntries(("b", "a", "b")), NOW_READ)
    assert result.step == "Merge 2 entries"
    assert span(store, "a") == (0, 1200)
    assert one(store, "b").deleted
    history.undo(store, NOW_READ)
    assert (span(store, "a"), span(store, "b")) == ((0, 600), (600, 1200))


def test_a_merge_with_the_running_entry_runs_on(store):
    entries.merge(store, MergeEntries(("a", "run")), NOW_READ)
    assert running_entry(store.source).lid == "a"
    assert one(store, "run").deleted


@pytest.mark.parametrize(
    ("lids", "words"),
    [
        (("a",), "two entries or more"),
        (("a", "a"), "two entries or more"),
        ((), "two entries or more"),
        (("a", "nobody"), "no such entry"),
        (("a", "other"), "two workspaces"),
        (("a", "far"), "999 hours"),
        (("a", "many"), "60 tags"),
    ],
)
def test_what_cannot_be_merged_is_refused(store, lids, words):
    tags = tuple(f"x{i}" for i in range(50))
    load(
        store,
        *(tag(lid) for lid in [*tags, *(f"y{i}" for i in range(9))]),
        entry("other", NOW, NOW, project="pw", workspace="w"),
        entry("far", NOW + 1000 * HOUR, NOW + 1001 * HOUR),
        entry("many", NOW, NOW, tags=tags),
    )
    edit(store, "a", tags=("t", *(f"y{i}" for i in range(9))))
    with unchanged(store), pytest.raises(RefusedError, match=words):
        entries.merge(store, MergeEntries(lids), NOW_READ)


# Duplicate and delete ---------------------------------------------------------------------


def test_a_duplicate_is_a_finished_copy(store):
    result = entries.duplicate(store, DuplicateEntries(("a",)), NOW_READ)
    (lid,) = result.ids("time_entry")
    assert replace(one(store, lid), lid="a") == one(store, "a")
    result = entries.duplicate(store, DuplicateEntries(("run",)), NOW_READ)
    (lid,) = result.ids("time_entry")
    assert span(store, lid) == (1200, HOUR)
    assert result.step == "Duplicate “Run”"


def test_several_are_duplicated_in_one_step(store):
    result = entries.duplicate(store, DuplicateEntries(("a", "b", "a")), NOW_READ)
    assert len(result.ids("time_entry")) == 2
    assert result.step == "Duplicate 2 entries"


def test_a_duplicate_of_what_begins_in_the_future_has_no_length(store):
    result = entries.duplicate(store, DuplicateEntries(("run",)), FakeClock(NOW).now())
    (lid,) = result.ids("time_entry")
    assert span(store, lid) == (1200, 1200)


def test_what_is_deleted_is_gone_and_comes_back_by_undo(store):
    before = rows_of(store)
    assert entries.delete(store, DeleteEntries(("a",)), NOW_READ).step == "Delete “A”"
    assert entries.delete(store, DeleteEntries(("b", "run", "b")), NOW_READ).step == (
        "Delete 2 entries"
    )
    assert entries_of(store) == []
    assert running_entry(store.source) is None
    for _ in range(2):
        history.undo(store, NOW_READ)
    assert rows_of(store) == before


@pytest.mark.parametrize(
    ("act", "command"),
    [
        (entries.split, SplitEntry("nobody", NOW)),
        (entries.duplicate, DuplicateEntries(("nobody",))),
        (entries.delete, DeleteEntries(("a", "nobody"))),
    ],
)
def test_what_is_not_there_is_refused(store, act, command):
    with unchanged(store), pytest.raises(RefusedError, match="no such entry"):
        act(store, command, NOW_READ)


def test_what_is_deleted_cannot_be_deleted_again(store):
    entries.delete(store, DeleteEntries(("a",)), NOW_READ)
    with unchanged(store), pytest.raises(RefusedError, match="no such entry"):
        entries.delete(store, DeleteEntries(("a",)), NOW_READ)
