"""`problems`: both sides of everything in one form, for scripts and for people."""

import json

import pytest

from toggl_desktop.domain.entities import Entry, Project
from toggl_desktop.store import shelf, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.store.shelf import Shelved

ENTRY = {
    "id", "description", "project", "project_id", "client", "tags", "billable", "start", "stop",
    "seconds", "plan_task_id", "sync", "problem", "track_id", "task", "task_id",
}  # fmt: skip


@pytest.fixture
def account(terminal):
    """An entry that Toggl has too, with other values there, and what ties both sides."""
    terminal("clients", "add", "Acme").ok()
    terminal("projects", "add", "Website", "--client", "Acme").ok()
    terminal("add", "mail", "8-8:30", "-p", "Website", "-t", "deep").ok()
    with Store(Place(terminal.data)) as store:
        (one,) = tables.load(store.source, Entry)
        (project,) = tables.load(store.source, Project)
        base = {
            "description": "letters", "start": one.start, "stop": one.stop - 60, "workspace": 7,
            "project": None, "task": None, "tags": [], "billable": False,
        }  # fmt: skip
        with store.transaction("Bind", terminal.now) as tx:
            tx.bindings.append(Binding("track", "workspace", "local", 7, {}, unsent=False))
            tx.bindings.append(Binding("track", "project", project.lid, 31, None, unsent=False))
        yield store, one, project, base


def problem(terminal):
    (found,) = terminal("problems", "--json").json
    return found


def hold(account, terminal, reason, rid, **hold):
    store, one, _project, base = account
    why = {"reason": reason, "text": "No.", "at": terminal.now, **hold}
    with store.transaction("Refuse", terminal.now) as tx:
        tx.bindings.append(
            Binding("track", "time_entry", one.lid, rid, base if rid else None, hold=why)
        )


def test_a_refused_change_has_both_versions_in_the_shape_of_an_entry(terminal, account):
    hold(account, terminal, "refused", 501, op="update")
    _store, one, project, _base = account
    said = problem(terminal)
    assert {"id", "kind", "reason", "title", "text", "mine", "theirs", "at"} <= said.keys()
    assert (said["row_id"], said["track_id"]) == (one.lid, 501)
    assert set(said["here"]) == set(said["there"]) == ENTRY
    assert (said["here"]["project"], said["here"]["project_id"]) == ("Website", project.lid)
    assert (said["here"]["client"], said["here"]["tags"]) == ("Acme", ["deep"])
    assert (said["there"]["project"], said["there"]["tags"]) == (None, [])
    assert said["there"]["description"] == "letters"
    assert said["here"]["start"] == said["there"]["start"] == "2026-11-23T07:00:00Z"
    assert said["there"]["seconds"] == said["here"]["seconds"] - 60


def test_the_numbers_of_a_server_are_names_and_local_ids_too(terminal, account):
    store, one, project, base = account
    with store.transaction("Sync", terminal.now) as tx:
        base = base | {"project": 31, "description": one.description, "stop": one.stop}
        tx.bindings.append(Binding("track", "time_entry", one.lid, 501, base, unsent=False))
        gave_way = {"project": 31, "task": None, "workspace": 7}
        tx.also.append(
            shelf.put(Shelved(terminal.now, "conflict", "time_entry", one.lid, 501, gave_way))
        )
    said = problem(terminal)
    assert said["there"]["project_id"] == said["here"]["project_id"] == project.lid
    assert said["there"]["description"] == "mail"  # what did not give way is the same on both sides


def test_a_possible_duplicate_names_the_row_that_it_may_be(terminal, account):
    store, _one, _project, base = account
    terminal("add", "letters", "10-10:30").ok()
    with store.transaction("Sync", terminal.now) as tx:
        (twin,) = tables.load(store.source, Entry, "WHERE description = 'letters'")
        tx.bindings.append(Binding("track", "time_entry", twin.lid, 502, base, unsent=False))
    hold(account, terminal, "duplicate", None, rids=[502])
    said = problem(terminal)
    assert said["track_id"] is None
    assert (said["there"]["id"], said["there"]["track_id"]) == (twin.lid, 502)
    shown = terminal("problems").ok().out
    assert "description: “mail” here, “letters” in Toggl" in shown
    assert "project: “Website” here, none in Toggl" in shown
    assert "stop: 2026-11-23 8:30 here, 2026-11-23 8:29 in Toggl" in shown


def test_what_toggl_does_not_have_has_no_version_there(terminal, account):
    hold(account, terminal, "refused", None, op="create")
    said = problem(terminal)
    assert said["track_id"] is None
    assert said["there"] is None
    assert said["here"]["track_id"] is None


def test_a_project_has_both_versions_too(terminal, account):
    store, _one, project, _base = account
    base = {"name": "Web", "color": "#0b83d9", "client": None, "workspace": 7, "archived": False}
    with store.transaction("Refuse", terminal.now) as tx:
        why = {"reason": "refused", "text": "No.", "at": terminal.now}
        tx.bindings.append(Binding("track", "project", project.lid, 31, base, hold=why))
    said = problem(terminal)
    assert said["here"].keys() == said["there"].keys()
    assert (said["here"]["client"], said["there"]["client"]) == ("Acme", None)
    assert said["there"]["name"] == "Web"


def test_what_makes_no_sense_has_no_version(terminal, account):
    store, *_ = account
    with store.transaction("Sync", terminal.now) as tx:
        tx.keep_even_if_empty = True
        raw = {"raw": json.dumps({"id": "x"})}
        tx.also.append(shelf.put(Shelved(terminal.now, "strange", "time_entry", None, None, raw)))
    said = problem(terminal)
    assert (said["here"], said["there"], said["row_id"]) == (None, None, None)
