"""What ties a row to a server, and looking at one moment."""

import json

import pytest

from tests.support.builders import (
    NOW,
    entry,
    load,
    make_store,
    tag,
)
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, SAMPLE, SAMPLE_PROJECT
from toggl_desktop.store import bindings, journal, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import synced


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def heard(store):
    found = []
    store.feed.subscribe(found.append)
    return found


# Bindings ---------------------------------------------------------------------------------


def bind(store, *some, origin=Origin.TRACK):
    with store.transaction("Bind", NOW, origin=origin) as tx:
        tx.bindings += some
    return tx.result


def test_a_binding_comes_back_as_it_was(store):
    load(store, tag("t"))
    binding = Binding(
        "track", "tag", "t", 2**62, {"name": "ü"}, unsent=False, gone=True, hold={"text": "no"}
    )
    bind(store, binding)
    assert bindings.get(store.source, "track", "tag", "t") == binding
    assert bindings.by_rid(store.source, "track", "tag", 2**62) == binding
    assert bindings.get(store.source, "plan", "tag", "t") is None
    assert bindings.by_rid(store.source, "track", "tag", 1) is None


def test_a_binding_alone_is_a_step_that_whoever_shows_the_row_hears_of(store, heard):
    load(store, entry("e", NOW, NOW + 5))
    result = bind(store, Binding("track", "time_entry", "e", 1))
    assert result.ids("time_entry") == {"e"}
    assert (result.low, result.high, result.origin) == (NOW, NOW + 5, Origin.TRACK)
    assert heard[-1] == result
    assert journal.changes_of(store.source, 2)[0].before == {}
    assert journal.undoable(store.source).seq == 1
    assert store.check(full=True) == []


def test_a_binding_of_a_kind_that_is_not_here_yet_is_kept(store):
    bind(store, Binding("plan", "milestone", "m", 1))
    assert bindings.get(store.source, "plan", "milestone", "m").rid == 1


def test_an_edit_here_makes_its_binding_unsent_and_one_from_the_server_does_not(store):
    load(store, tag("t"), tag("other"))
    bind(
        store,
        Binding("track", "tag", "t", 1, unsent=False),
        Binding("plan", "tag", "t", 1, unsent=False),
        Binding("track", "tag", "other", 2, unsent=False),
    )
    load(store, tag("t", "server"), origin=Origin.TRACK)
    assert bindings.waiting(store.source, "track") == []
    load(store, tag("t", "mine"))
    assert [b.lid for b in bindings.waiting(store.source, "track")] == ["t"]
    assert [b.lid for b in bindings.waiting(store.source, "plan")] == ["t"]


def test_what_is_held_back_waits_too(store):
    load(store, tag("t"))
    bind(store, Binding("track", "tag", "t", 1, unsent=False, hold={"status": 400, "text": "no"}))
    (held,) = bindings.waiting(store.source, "track")
    assert held.hold == {"status": 400, "text": "no"}


def test_a_number_of_a_server_belongs_to_one_row(store):
    import sqlite3

    load(store, tag("a"), tag("b"))
    bind(store, Binding("track", "tag", "a", 1))
    with pytest.raises(sqlite3.IntegrityError):
        bind(store, Binding("track", "tag", "b", 1))
    bind(store, Binding("plan", "tag", "b", 1), Binding("track", "tag", "b", None))


def test_the_log_has_bindings_and_meta_with_their_step(store):
    load(store, tag("t"), at=NOW)
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "tag", "t", 1))
        tx.step.meta["cursor"] = "7"
    line = json.loads((store.place.directory / "edits-202609.jsonl").read_text().splitlines()[1])
    assert line["bindings"][0]["rid"] == 1
    assert line["meta"] == {"cursor": "7"}


@pytest.mark.parametrize("prefix", [SAMPLE, SAMPLE_PROJECT])
def test_sample_data_never_gets_a_tie(store, prefix):
    bind(store, Binding("track", "workspace", LOCAL_WORKSPACE, 1))
    with store.transaction("Add", NOW) as tx:
        tx.save(Project(f"{prefix}p", "Sample", "#0b83d9"), Project("p", "Mine", "#0b83d9"))
    assert bindings.get(store.source, "track", "project", "p") is not None
    assert bindings.get(store.source, "track", "project", f"{prefix}p") is None
    assert synced.untied(store.source, "project", 0, 10) == []


# Looking ----------------------------------------------------------------------------------


def test_a_snapshot_stays_at_one_moment_and_may_be_nested(store):
    load(store, tag("a"))
    with store.source.snapshot() as outer, outer.snapshot() as inner:
        before = inner.value("SELECT count(*) FROM tag")
        with Store(store.place) as other:
            load(other, tag("b"))
        assert inner.value("SELECT count(*) FROM tag") == before == 1
    assert store.source.value("SELECT count(*) FROM tag") == 2


def test_a_snapshot_ends_when_its_questions_fail(store):
    with pytest.raises(KeyError), store.source.snapshot():
        raise KeyError
    with store.source.snapshot():
        pass


def test_a_question_without_answer_is_none(store):
    assert store.source.row("SELECT 1 WHERE 0") is None
    assert store.source.value("SELECT 1 WHERE 0") is None
    assert tables.get(store.source, Project, "never") is None


def test_the_store_of_one_thread_is_not_for_another(store):
    import sqlite3
    import threading

    failures = []

    def ask():
        try:
            store.source.rows("SELECT 1")
        except sqlite3.ProgrammingError as error:
            failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(failures) == 1
