"""Add and edit: as asked or not at all, one step each, undoable."""

from dataclasses import replace

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    client,
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
from toggl_desktop.actions import entries, history
from toggl_desktop.domain.commands import (
    AddEntry,
    DeleteEntries,
    DuplicateEntries,
    EditEntries,
    EntryTimes,
)
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import MissingFieldsError, NothingToDoError, RefusedError
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


# Add --------------------------------------------------------------------------------------


def test_a_finished_entry_is_added_as_given(store):
    result = entries.add(
        store,
        AddEntry(NOW + 10, NOW + 20, " Spec ", "p", "k", ("t", "t", "u"), plan_task="m"),
        NOW_READ,
        "Europe/Berlin",
    )
    (lid,) = result.ids("time_entry")
    assert replace(one(store, lid), lid="e") == entry(
        "e",
        NOW + 10,
        NOW + 20,
        description="Spec",
        project="p",
        task="k",
        tags=("t", "u"),
        billable=True,
        plan_task="m",
        zone="Europe/Berlin",
    )
    assert result.step == "Add “Spec”"
    assert running_entry(store.source).lid == "run"


def test_an_entry_may_be_planned_for_later_and_may_overlap_others(store):
    entries.add(store, AddEntry(NOW, NOW + 2 * HOUR), NOW_READ)
    assert len(entries_of(store)) == 4


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (AddEntry(NOW, NOW - 1), "must not be before the start"),
        (AddEntry(NOW, NOW + 999 * HOUR + 1), "999 hours"),
        (AddEntry(5, 10), "years 2006 to 2030"),
        (AddEntry(NOW, NOW, "x" * 3001), "3001 characters"),
        (AddEntry(NOW, NOW, "\ud800"), "bytes that are no text"),
        (AddEntry(NOW, NOW, project="nowhere"), "no such project"),
        (AddEntry(NOW, NOW, task="nothing"), "no such task"),
        (AddEntry(NOW, NOW, project="q", task="k"), "belongs to another project"),
        (AddEntry(NOW, NOW, tags=("gone",)), "no such tag"),
    ],
)
def test_what_cannot_be_added_is_refused(store, command, words):
    with unchanged(store), pytest.raises(RefusedError, match=words) as refusal:
        entries.add(store, command, NOW_READ)
    assert "Nothing was changed" in refusal.value.sentence


def test_an_added_entry_has_what_its_own_workspace_requires(store):
    load(store, workspace("tag", lid="w", name="Work"))
    entries.add(store, AddEntry(NOW, NOW), NOW_READ)  # this computer's requires nothing
    with unchanged(store), pytest.raises(MissingFieldsError, match="“Work” requires a tag"):
        entries.add(store, AddEntry(NOW, NOW, project="pw"), NOW_READ)


# Edit -------------------------------------------------------------------------------------


def test_an_edit_changes_the_named_fields_and_no_other(store):
    before = one(store, "a")
    edit(store, "a", description="  New  ")
    assert one(store, "a") == replace(before, description="New")
    edit(store, "a", start=NOW - 60, stop=NOW + 60)
    assert span(store, "a") == (-60, 60)
    edit(store, "a", billable=True)
    assert one(store, "a").billable


def test_a_new_project_takes_its_billable_and_drops_the_old_ones_task(store):
    edit(store, "a", project="q")
    assert (one(store, "a").project, one(store, "a").task, one(store, "a").billable) == (
        "q",
        None,
        False,
    )
    edit(store, "a", project="p")
    assert (one(store, "a").task, one(store, "a").billable) == (None, True)
    edit(store, "a", project=None)
    assert (one(store, "a").project, one(store, "a").workspace) == (None, "local")


def test_what_is_said_of_billable_counts_more_than_the_project(store):
    edit(store, "b", project="p", billable=False)
    assert not one(store, "b").billable


def test_a_task_brings_its_project_and_can_be_taken_off(store):
    edit(store, "b", task="kq")
    assert (one(store, "b").project, one(store, "b").task) == ("q", "kq")
    edit(store, "b", task=None)
    assert (one(store, "b").project, one(store, "b").task) == ("q", None)
    edit(store, "a", project="q", task="kq")
    assert one(store, "a").task == "kq"


def test_an_entry_moves_with_its_project_to_another_workspace(store):
    edit(store, "a", project="pw")
    assert one(store, "a").workspace == "w"


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ({"tags": ("u",)}, ("u",)),
        ({"tags": ("u", "t", "u")}, ("u", "t")),
        ({"tags": ()}, ()),
        ({"add_tags": ("u", "t")}, ("t", "u")),
        ({"remove_tags": ("t", "u")}, ()),
        ({"tags": ("u",), "add_tags": ("t",), "remove_tags": ("t",)}, ("u",)),
        ({"add_tags": ("u",), "remove_tags": ("t",)}, ("u",)),
    ],
)
def test_tags_are_set_added_and_removed(store, fields, tags):
    edit(store, "a", **fields)
    assert one(store, "a").tags == tags


def test_many_are_edited_in_one_step(store):
    result = edit(store, "a", "b", "run", "a", project="q", add_tags=("u",))
    assert result.step == "Edit 3 entries"
    assert result.ids("time_entry") == {"a", "b", "run"}
    assert [e.tags for e in entries_of(store)] == [("t", "u"), ("u",), ("u",)]
    history.undo(store, NOW_READ)
    assert one(store, "a").project == "p"


def test_of_many_all_or_none_are_edited(store):
    load(store, entry("full", NOW, NOW, tags=tuple(f"x{i}" for i in range(50))))
    load(store, *(tag(f"x{i}") for i in range(50)))
    with unchanged(store), pytest.raises(RefusedError, match="51 tags"):
        edit(store, "a", "full", add_tags=("u",))


def test_things_that_are_missing_are_made_in_the_same_step(store):
    result = edit(store, "a", new_project="Brand new", new_tags=("fresh", "tag T", "Fresh"))
    assert store.seen == 2
    made = one(store, "a")
    assert store.source.value("SELECT name FROM project WHERE lid = ?", (made.project,)) == (
        "Brand new"
    )
    assert len(result.ids("tag")) == 1
    assert len(made.tags) == 2
    history.undo(store, NOW_READ)
    assert one(store, "a").project == "p"
    assert store.source.value("SELECT count(*) FROM project WHERE deleted = 0") == 3


def test_a_new_project_is_made_for_the_client_that_is_named(store):
    load(store, client("c", "Acme"), project("old", "Shop", client="c"))
    edit(store, "a", new_project="Blog", new_client="ACME")
    made = one(store, "a").project
    assert store.source.value("SELECT client FROM project WHERE lid = ?", (made,)) == "c"
    edit(store, "a", new_project="shop", new_client="acme")
    assert one(store, "a").project == "old"
    edit(store, "a", new_project="Shop", new_client="Lund")  # another client's shop
    made = one(store, "a").project
    assert made != "old"
    assert (
        store.source.value(
            "SELECT c.name FROM client c JOIN project p ON p.client = c.lid WHERE p.lid = ?",
            (made,),
        )
        == "Lund"
    )


def test_each_entry_may_get_its_own_time_in_one_step(store):
    times = (
        EntryTimes("a", NOW - 60, NOW + 540),
        EntryTimes("run", NOW + 1100, NOW + 1300),
        EntryTimes("b", NOW + 700),
    )
    before = store.seen
    edit(store, "a", "b", "run", times=times)
    assert store.seen == before + 1
    assert (one(store, "a").start, one(store, "a").stop) == (NOW - 60, NOW + 540)
    assert (one(store, "b").start, one(store, "b").stop) == (NOW + 700, NOW + 1200)
    assert (one(store, "run").start, one(store, "run").stop) == (NOW + 1100, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"times": (EntryTimes("a", NOW, NOW - 1),)}, "must not be before the start"),
        ({"description": "x" * 3001}, "3001 characters"),
        ({"description": "\udc80"}, "bytes that are no text"),
        ({"stop": NOW - 1}, "must not be before the start"),
        ({"start": NOW + 601}, "must not be before the start"),
        ({"start": NOW - 1000 * HOUR}, "999 hours"),
        ({"stop": 10**11}, "years 2006 to 2030"),
        ({"project": "nowhere"}, "no such project"),
        ({"task": "nothing"}, "no such task"),
        ({"task": "k", "project": "q"}, "belongs to another project"),
        ({"task": "k", "project": None}, "belongs to another project"),
        ({"tags": ("gone",)}, "no such tag"),
        ({"add_tags": ("nothing",)}, "no such tag"),
        ({"new_tags": ("x" * 256,)}, "255 characters"),
        ({"new_project": " "}, "needs a name"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(store, fields, words):
    with unchanged(store), pytest.raises(RefusedError, match=words) as refusal:
        edit(store, "a", **fields)
    assert "Nothing was changed" in refusal.value.sentence


def test_an_edit_of_what_is_not_there_is_refused(store):
    with unchanged(store), pytest.raises(RefusedError, match="no such entry"):
        edit(store, "a", "nobody", description="x")


@pytest.mark.parametrize(
    "fields",
    [{}, {"description": "A"}, {"project": "p"}, {"tags": ("t",)}, {"add_tags": ("t",)}],
)
def test_where_everything_is_so_already_there_is_nothing_to_change(store, fields):
    with unchanged(store), pytest.raises(NothingToDoError, match="it is so already"):
        edit(store, "a", **fields)


def test_without_entries_there_is_nothing_to_do(store):
    with unchanged(store), pytest.raises(NothingToDoError):
        edit(store)
    with unchanged(store), pytest.raises(NothingToDoError):
        entries.delete(store, DeleteEntries(()), NOW_READ)
    with unchanged(store), pytest.raises(NothingToDoError):
        entries.duplicate(store, DuplicateEntries(()), NOW_READ)


def test_a_running_entry_is_stopped_by_giving_it_a_stop(store):
    edit(store, "run", stop=NOW + 1300)
    assert span(store, "run") == (1200, 1300)
    assert running_entry(store.source) is None


def test_a_running_entry_cannot_be_moved_into_the_future(store):
    with unchanged(store), pytest.raises(RefusedError, match="cannot start in the future"):
        edit(store, "run", start=NOW + HOUR + 1)
    edit(store, "run", start=NOW + HOUR)


def test_under_a_clock_that_was_put_back_the_running_entry_can_still_be_edited(store):
    earlier = FakeClock(NOW - HOUR).now()
    edit(store, "run", description="Other", now=earlier)
    edit(store, "run", start=NOW + 1100, now=earlier)  # towards the present, not away from it
    assert span(store, "run") == (1100, None)


def test_an_edit_asks_for_what_is_required(store):
    load(store, workspace("project"))
    with unchanged(store), pytest.raises(MissingFieldsError):
        edit(store, "a", project=None)
    edit(store, "b", project="q")
