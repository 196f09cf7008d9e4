"""Undo and redo: across processes and restarts, and never over what somebody else changed since."""

import pytest

from tests.support.builders import (
    NOW,
    FakeClock,
    client,
    entry,
    favourite,
    load,
    make_store,
    one,
    project,
    rows_of,
    tag,
    task,
    unchanged,
)
from toggl_desktop.actions import catalog, entries, history, timer
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.commands import (
    AddProject,
    AddTag,
    DeleteEntries,
    DeleteThing,
    EditEntries,
    EditProject,
    StartTimer,
    StopTimer,
)
from toggl_desktop.domain.entities import Favourite, Project, Tag, Task
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.store import journal, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read.entries import running_entry

NOW_READ = FakeClock().now()
KEPT = "What was changed elsewhere since then was kept as it is."


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        # as if it had come from the server: nothing of it can be undone here
        load(
            made,
            client("c"),
            project("p", client="c", billable=True),
            project("q"),
            task("k", "p"),
            task("kq", "q"),
            tag("t"),
            tag("u"),
            entry("a", NOW, NOW + 600, description="A", project="p", task="k", tags=("t",)),
            favourite("f", project="p", task="k", tags=("t",)),
            origin=Origin.TRACK,
        )
        yield made


def remote(store, *rows):
    """The server changes something meanwhile."""
    load(store, *rows, origin=Origin.TRACK)


def edit(store, **fields):
    return entries.edit(store, EditEntries(("a",), **fields), NOW_READ)


def undo(store):
    return history.undo(store, NOW_READ)


def redo(store):
    return history.redo(store, NOW_READ)


def changed(store, lid, **fields):
    """Returns the entry as it is, with some fields changed: what a server would send."""
    from dataclasses import replace

    return replace(one(store, lid), **fields)


# The way back and forth -------------------------------------------------------------------


def test_steps_are_taken_back_last_first_and_done_again_first_first(store):
    states = [rows_of(store)]
    for text in ("B", "C", "D"):
        edit(store, description=text)
        states.append(rows_of(store))
    for state in reversed(states[:-1]):
        assert undo(store).step.startswith("Undo: Edit “")
        assert rows_of(store) == state
    for state in states[1:]:
        assert redo(store).step.startswith("Redo: Edit “")
        assert rows_of(store) == state
    assert store.check(full=True) == []


def test_where_there_is_nothing_to_undo_or_redo_it_is_said(store):
    with unchanged(store), pytest.raises(NothingToDoError, match="nothing to undo"):
        undo(store)
    with unchanged(store), pytest.raises(NothingToDoError, match="nothing to redo"):
        redo(store)
    edit(store, description="B")
    with unchanged(store), pytest.raises(NothingToDoError, match="nothing to redo"):
        redo(store)


def test_what_the_server_did_is_not_ours_to_undo(store):
    edit(store, description="B")
    remote(store, changed(store, "a", billable=True))
    undo(store)
    assert (one(store, "a").description, one(store, "a").billable) == ("A", True)
    with pytest.raises(NothingToDoError):
        undo(store)


def test_something_new_ends_what_could_be_done_again(store):
    edit(store, description="B")
    undo(store)
    edit(store, description="C")
    with unchanged(store), pytest.raises(NothingToDoError):
        redo(store)
    undo(store)
    assert one(store, "a").description == "A"
    with pytest.raises(NothingToDoError):
        undo(store)


def test_what_the_server_does_meanwhile_does_not_end_it(store):
    edit(store, description="B")
    undo(store)
    remote(store, tag("new"))
    redo(store)
    assert one(store, "a").description == "B"


def test_another_process_can_undo_what_this_one_did_and_a_restart_loses_nothing(store):
    edit(store, description="B")
    with Store(store.place) as other:
        assert undo(other).step == "Undo: Edit “A”"
    heard = []
    store.feed.subscribe(heard.append)
    store.catch_up()
    assert heard[-1].ids("time_entry") == {"a"}
    assert one(store, "a").description == "A"
    where = store.place
    store.close()
    with Store(where) as again:
        redo(again)
        assert one(again, "a").description == "B"
    with Store(where) as again:
        undo(again)
        assert again.check(full=True) == []


def test_every_turn_is_a_step_of_the_journal(store):
    edit(store, description="B")
    undo(store)
    redo(store)
    steps = journal.history(store.source, 3)
    assert [(s.seq, s.role, s.target, s.state) for s in steps] == [
        (4, "redo", 2, 0),
        (3, "undo", 2, 0),
        (2, "do", None, 0),
    ]


def test_a_step_that_changed_several_kinds_turns_as_a_whole(store):
    before = rows_of(store)
    catalog.delete(store, DeleteThing("project", "p"), NOW_READ)
    after = rows_of(store)
    undo(store)
    assert rows_of(store) == before
    redo(store)
    assert rows_of(store) == after
    assert store.check(full=True) == []


def test_starting_and_stopping_turn_too(store):
    clock = FakeClock(NOW + 3600)
    timer.start(store, StartTimer("X"), clock.now())
    timer.start(store, StartTimer("Y"), clock.advance(60))
    undo(store)
    assert running_entry(store.source).description == "X"
    timer.stop(store, StopTimer(), clock.advance(60))
    undo(store)
    assert running_entry(store.source).description == "X"
    undo(store)
    assert running_entry(store.source) is None


# Somebody changed something since ---------------------------------------------------------


def test_a_field_that_was_changed_since_keeps_its_later_value_and_that_is_said(store):
    edit(store, description="B", tags=("u",))
    remote(store, changed(store, "a", description="server"))
    result = undo(store)
    assert (one(store, "a").description, one(store, "a").tags) == ("server", ("t",))
    assert result.notice == KEPT
    result = redo(store)
    assert (one(store, "a").description, one(store, "a").tags) == ("server", ("u",))
    assert result.notice == KEPT


def test_a_change_to_the_very_same_value_is_no_reason_to_speak(store):
    edit(store, description="B")
    remote(store, changed(store, "a", description="A"))
    assert undo(store).notice is None
    assert redo(store).notice is None
    assert one(store, "a").description == "B"


def test_start_and_stop_stay_together_when_one_of_them_no_longer_fits(store):
    edit(store, start=NOW - 600)
    remote(store, changed(store, "a", stop=NOW - 300))
    result = undo(store)
    assert (one(store, "a").start, one(store, "a").stop) == (NOW - 600, NOW - 300)
    assert result.notice == KEPT
    assert store.check(full=True) == []


@pytest.mark.parametrize("gone", ["p", "k"])
def test_a_project_or_task_that_was_deleted_since_does_not_come_back_by_itself(store, gone):
    edit(store, project="q")
    if gone == "p":
        remote(
            store,
            project("p", client="c", billable=True, deleted=True),
            task("k", "p", deleted=True),
            favourite("f"),
        )
    else:
        remote(store, task("k", "p", deleted=True), favourite("f"))
    result = undo(store)
    assert (one(store, "a").project, one(store, "a").task) == ("q", None)
    assert result.notice == KEPT
    assert store.check(full=True) == []


def test_a_task_that_moved_to_another_project_is_not_forced_back(store):
    edit(store, task=None)
    remote(store, task("k", "q"), favourite("f"))
    result = undo(store)
    assert (one(store, "a").project, one(store, "a").task) == ("p", None)
    assert result.notice == KEPT


def test_a_tag_that_was_deleted_since_stays_off(store):
    edit(store, tags=("u",))
    remote(store, tag("t", deleted=True), favourite("f", project="p", task="k"))
    undo(store)
    assert one(store, "a").tags == ()
    assert store.check(full=True) == []


def test_an_entry_comes_back_without_what_was_deleted_since(store):
    entries.delete(store, DeleteEntries(("a",)), NOW_READ)
    remote(
        store,
        project("p", deleted=True),
        task("k", "p", deleted=True),
        tag("t", deleted=True),
        favourite("f"),
    )
    result = undo(store)
    found = one(store, "a")
    assert (found.deleted, found.project, found.task, found.tags) == (False, None, None, ())
    assert result.notice == KEPT
    assert store.check(full=True) == []


def test_a_project_comes_back_without_the_client_that_was_deleted_since(store):
    catalog.delete(store, DeleteThing("project", "p"), NOW_READ)
    remote(store, client("c", deleted=True), project("p", billable=True, deleted=True))
    remote(store, project("p", billable=True, client="c", deleted=True))
    undo(store)
    assert tables.get(store.source, Project, "p").client is None
    assert store.check(full=True) == []


def test_a_favourite_comes_back_without_what_was_deleted_since(store):
    catalog.delete(store, DeleteThing("favourite", "f"), NOW_READ)
    remote(store, changed(store, "a", project=None, task=None, tags=()))
    remote(store, project("p", deleted=True), task("k", "p", deleted=True), tag("t", deleted=True))
    undo(store)
    assert tables.get(store.source, Favourite, "f") == favourite("f")
    assert store.check(full=True) == []


def test_a_task_whose_project_was_deleted_since_stays_deleted(store):
    catalog.delete(store, DeleteThing("task", "kq"), NOW_READ)
    remote(store, project("q", deleted=True))
    result = undo(store)
    assert tables.get(store.source, Task, "kq").deleted
    assert result.notice == KEPT


def test_something_made_here_that_is_used_by_now_stays(store):
    made = catalog.add(store, AddProject("New"), NOW_READ)
    (lid,) = made.ids("project")
    remote(store, changed(store, "a", project=lid, task=None))
    result = undo(store)
    assert not tables.get(store.source, Project, lid).deleted
    assert result.notice == KEPT
    assert store.check(full=True) == []


def test_a_tag_made_here_that_is_used_by_now_stays(store):
    (lid,) = catalog.add(store, AddTag("New"), NOW_READ).ids("tag")
    remote(store, changed(store, "a", tags=("t", lid)))
    assert undo(store).notice == KEPT
    assert not tables.get(store.source, Tag, lid).deleted


def test_a_project_deleted_here_that_is_used_by_now_is_not_deleted_again(store):
    catalog.delete(store, DeleteThing("project", "q"), NOW_READ)
    undo(store)
    remote(store, entry("new", NOW, NOW + 1, project="q"))
    assert redo(store).notice == KEPT
    assert not tables.get(store.source, Project, "q").deleted
    assert store.check(full=True) == []


def test_what_is_gone_altogether_is_passed_over(store):
    edit(store, description="B")
    with store.locked() as connection:
        connection.execute("DELETE FROM time_entry")
    assert undo(store).step == "Undo: Edit “A”"


def test_two_running_entries_are_refused_whoever_would_make_them(store):
    timer.start(store, StartTimer("X"), FakeClock(NOW + 3600).now())
    timer.stop(store, StopTimer(), FakeClock(NOW + 3700, boot=1100.0).now())
    remote(store, entry("web", NOW + 3800))
    with unchanged(store), pytest.raises(RefusedError, match="Only one entry can run"):
        undo(store)


def test_an_entry_moved_to_another_workspace_keeps_it_with_its_project(store):
    from toggl_desktop.domain.entities import Workspace

    remote(store, Workspace("w", "Work"), project("pw", workspace="w"))
    edit(store, project="pw")
    assert one(store, "a").workspace == "w"
    undo(store)
    assert (one(store, "a").project, one(store, "a").workspace) == ("p", "local")
    redo(store)
    assert (one(store, "a").project, one(store, "a").workspace) == ("pw", "w")


def test_a_renamed_project_gets_its_name_back_and_keeps_a_colour_of_the_servers(store):
    catalog.edit(store, EditProject("p", "New", "#d94182"), NOW_READ)
    remote(store, project("p", "New", client="c", billable=True, color="#465bb3"))
    assert undo(store).notice == KEPT
    found = tables.get(store.source, Project, "p")
    assert (found.name, found.color) == ("Project p", "#465bb3")
