"""Where new things go when an account is kept apart from what was here before."""

import json

from tests.support.builders import NOW, entries_of, entry, load, make_store, workspace
from toggl_desktop.actions import catalog, entries, timer
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddEntry, AddTag, ChooseHome, StartTimer
from toggl_desktop.domain.entities import Tag
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store import bindings, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read.home import home, homes

AT = Reading(NOW)


def signed_in(store, home):
    with store.transaction("Sign in", NOW) as tx:
        tx.step.meta["home"] = home
        tx.step.meta["account.track"] = json.dumps({"workspace": 7001})
        tx.step.meta["owner.track"] = json.dumps({"user": 1, "email": "a", "workspace": 7001})
    with store.transaction("From Toggl", NOW, origin=Origin.TRACK) as tx:
        lid = LOCAL_WORKSPACE if home == "7001" else "theirs"
        tx.save(workspace(lid=lid, name="Work"))
        tx.bindings.append(Binding("track", "workspace", lid, 7001, {}, unsent=False))


def test_kept_apart_new_things_go_to_the_account_and_old_ones_stay(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("old", NOW - 90, NOW - 60))
        signed_in(store, "apart")
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "new"), AT)
        timer.start(store, StartTimer("running"), AT)
        catalog.add(store, AddTag("deep"), AT)
        homes = {e.description: e.workspace for e in entries_of(store)}
        assert homes == {"": LOCAL_WORKSPACE, "new": "theirs", "running": "theirs"}
        assert tables.load(store.source, Tag)[0].workspace == "theirs"
        waiting = {b.lid for b in bindings.waiting(store.source, "track")}
        assert len(waiting) == 3
        assert "old" not in waiting
        assert store.check(full=True) == []


def test_joined_everything_lives_in_one_workspace_and_waits_to_be_sent(tmp_path):
    with make_store(tmp_path) as store:
        signed_in(store, "7001")
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "new"), AT)
        (made,) = entries_of(store)
        assert made.workspace == LOCAL_WORKSPACE
        (bound,) = bindings.waiting(store.source, "track")
        assert (bound.lid, bound.rid, bound.unsent) == (made.lid, None, True)


def test_without_an_account_nothing_waits(tmp_path):
    with make_store(tmp_path) as store:
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "new"), AT)
        assert bindings.waiting(store.source, "track") == []


def test_what_is_made_and_deleted_before_it_was_sent_does_not_wait(tmp_path):
    from toggl_desktop.domain.commands import DeleteEntries

    with make_store(tmp_path) as store:
        signed_in(store, "7001")
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "new"), AT)
        (made,) = entries_of(store)
        entries.delete(store, DeleteEntries((made.lid,)), AT)
        assert bindings.waiting(store.source, "track") == []


def workspaces(store, home="7001"):
    """Joined with one workspace of an account that has two more; one is out of reach."""
    signed_in(store, home)
    with store.transaction("From Toggl", NOW, origin=Origin.TRACK) as tx:
        for lid, name, rid, hold in (
            ("bakers", "Bakers", 7002, None),
            ("lost", "Lost", 7003, {"reason": "no access"}),
        ):
            tx.save(workspace(lid=lid, name=name))
            tx.bindings.append(Binding("track", "workspace", lid, rid, {}, unsent=False, hold=hold))


def test_what_is_new_goes_to_the_chosen_workspace_and_undo_takes_the_choice_back(tmp_path):
    with make_store(tmp_path) as store:
        workspaces(store)
        assert homes(store.source) == {"bakers": "Bakers", LOCAL_WORKSPACE: "Work"}
        changes = perform(store, ChooseHome("bakers"), AT).changes
        assert changes.step == "Send new entries to “Bakers”"
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "new"), AT)
        catalog.add(store, AddTag("deep"), AT)
        assert [e.workspace for e in entries_of(store)] == ["bakers"]
        assert tables.load(store.source, Tag)[0].workspace == "bakers"
        for _ in range(3):
            perform(store, Undo(), AT)
        assert home(store.source) == LOCAL_WORKSPACE
        perform(store, Redo(), AT)
        assert home(store.source) == "bakers"
        perform(store, ChooseHome(LOCAL_WORKSPACE), AT)
        assert home(store.source) == LOCAL_WORKSPACE
        perform(store, Undo(), AT)
        assert home(store.source) == "bakers"
        assert store.check(full=True) == []


def test_only_a_workspace_that_can_be_reached_is_chosen_and_only_once(tmp_path):
    with make_store(tmp_path) as store:
        workspaces(store)
        assert "can be reached" in perform(store, ChooseHome("lost"), AT).error.sentence
        assert "already" in perform(store, ChooseHome(LOCAL_WORKSPACE), AT).error.sentence
        assert perform(store, ChooseHome("nowhere"), AT).error is not None


def test_a_choice_counts_while_it_can_be_reached_and_signed_out_things_wait(tmp_path):
    with make_store(tmp_path) as store:
        workspaces(store, "apart")
        assert home(store.source) == "theirs"
        perform(store, ChooseHome("bakers"), AT)
        assert home(store.source) == "bakers"
        with store.transaction("Lost", NOW) as tx:
            hold = {"reason": "no access"}
            tx.bindings.append(
                Binding("track", "workspace", "bakers", 7002, {}, unsent=False, hold=hold)
            )
        assert home(store.source) == "theirs"
        with store.transaction("Sign out", NOW) as tx:
            tx.keep_even_if_empty = True
            tx.step.meta["account.track"] = None
        assert home(store.source) == "theirs"
        entries.add(store, AddEntry(NOW - 50, NOW - 40, "signed out"), AT)
        (made,) = [b for b in bindings.waiting(store.source, "track") if b.kind == "time_entry"]
        assert made.unsent
        assert homes(store.source) == {}
