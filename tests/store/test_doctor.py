"""Every promise of the store is asked for, and a broken one is found: each check can fail."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.builders import (
    NOW,
    client,
    dump,
    entry,
    favourite,
    load,
    make_store,
    project,
    tag,
    task,
    workspace,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.store import doctor, editlog
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(
            made, Workspace("w2", "Other"), client("c"), project("p", client="c"), project("p2"),
            task("k", "p"), tag("t"), favourite("f", project="p", task="k"), workspace("tag"),
        )  # fmt: skip
        load(made, entry("e", NOW, NOW + 60, project="p", task="k", tags=("t",)), entry("run", NOW))
        load(made, tag("t", "renamed"))
        history.undo(made, Reading(NOW))
        with made.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
            tx.bindings.append(Binding("track", "tag", "t", 1, {"a": 1}))
        assert made.check(full=True) == []
        yield made


def spoil(store, sql):
    """Does behind the store's back what must never be."""
    with closing(sqlite3.connect(store.place.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for one in sql.split(";"):
            connection.execute(one)


FAULTS = [
    ("stop before they start", "UPDATE time_entry SET stop = start - 1 WHERE lid = 'e'"),
    ("point to a deleted project", "UPDATE project SET deleted = 1 WHERE lid = 'p'"),
    ("point to a deleted task", "UPDATE task SET deleted = 1"),
    ("a task of another project", "UPDATE time_entry SET project = 'p2' WHERE lid = 'e'"),
    ("another workspace than their project", "UPDATE time_entry SET workspace = 'w2'"),
    ("a tag that is not there", "UPDATE tag SET deleted = 1"),
    ("belong to a deleted project", "UPDATE project SET deleted = 1 WHERE lid = 'p'"),
    ("belong to a deleted client", "UPDATE client SET deleted = 1"),
    ("another workspace than their client", "UPDATE client SET workspace = 'w2'"),
    ("favourites point to something deleted", "UPDATE task SET deleted = 1"),
    ("have no colour", "UPDATE project SET color = '#12345' WHERE lid = 'p'"),
    ("have no name", "UPDATE tag SET name = ' '"),
    ("neither yes nor no", "UPDATE tag SET deleted = 2"),
    ("require a field that does not exist", "UPDATE workspace SET required = '[\"shoes\"]'"),
    ("computer's workspace is gone", "DELETE FROM workspace"),
    ("is no step of a person", "UPDATE step SET target = 4 WHERE seq = 4"),
    ("is no step of a person", "UPDATE step SET target = 1 WHERE seq = 3"),
    ("a state that does not exist", "UPDATE step SET state = 3 WHERE seq = 1"),
    ("a state that does not exist", "UPDATE step SET state = 1 WHERE seq = 4"),
    ("though something newer was done", "UPDATE step SET state = 1 WHERE seq = 1"),
    ("come from nowhere", "UPDATE step SET origin = 'moon' WHERE seq = 1"),
    ("lack some of their changes", "DELETE FROM change WHERE seq = 1 AND place = 2"),
    ("lack some of their changes", "DELETE FROM change WHERE seq = 1 AND place = 0"),
    ("are of no kind", "UPDATE change SET kind = 'robot' WHERE seq = 3"),
    ("could be used twice", "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'step'"),
    ("bound to a server and not there", "UPDATE binding SET lid = 'nobody'"),
    ("have no number there", "UPDATE binding SET rid = NULL"),
    ("has no name of its own", "DELETE FROM meta WHERE key = 'store'"),
    ("run at once", "DROP INDEX one_running; UPDATE time_entry SET stop = NULL"),
]


@pytest.mark.parametrize(("words", "sql"), FAULTS)
def test_what_must_never_be_is_found_by_a_count(store, words, sql):
    spoil(store, sql)
    found = list(doctor._counted(store.place, store._reading()))
    assert any(words in sentence for sentence in found), found
    assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in found)
    assert all(sentence.endswith(".") for sentence in found)


def test_every_check_of_the_list_is_shown_to_fail():
    shown = {words for words, _ in FAULTS}
    missed = [c.words for c in doctor.CHECKS if not any(words in c.words for words in shown)]
    assert missed == []
    assert len(doctor.CHECKS) >= 24


DAMAGE = [
    ("rows of kind tag do not fit their checksum", "UPDATE tag SET name = 'x'"),
    ("rows of kind workspace do not fit", "UPDATE workspace SET crc = 0 WHERE lid = 'w2'"),
    ("changes in the journal do not fit", "UPDATE change SET before = '{}' WHERE seq = 1"),
    ("steps in the journal do not fit", "UPDATE step SET name = 'x' WHERE seq = 1"),
    ("server copies do not fit", "UPDATE binding SET base = '{}'"),
    ("rows point to nothing", "DELETE FROM client"),
    ("its shape is not the one", "DROP INDEX step_undoable"),
    ("which Toggl Desktop did not put there", "CREATE VIEW spy AS SELECT 1"),
    ("belongs to another program", "PRAGMA application_id = 1"),
]


@pytest.mark.parametrize(("words", "sql"), DAMAGE)
def test_what_a_disk_can_do_is_damage_and_leaves_a_mark_for_the_next_start(store, words, sql):
    spoil(store, sql)
    found = store.check(full=True)
    assert any(words in sentence for sentence in found), found
    assert store.place.suspect.exists()


OTHERS = [
    ("1 entries cannot be found", "UPDATE time_entry SET folded = 'x' WHERE lid = 'e'"),
    ("1 rows of kind tag are not in the journal", "DELETE FROM change WHERE kind = 'tag'"),
    ("1 rows of kind tag are not what the journal says", "DELETE FROM change WHERE seq > 3"),
    ("not of this program's version", "PRAGMA user_version = 0"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "sql"), OTHERS)
def test_rows_that_the_journal_does_not_know_are_found(store, words, sql):
    spoil(store, sql)
    assert any(words in sentence for sentence in store.check(full=True))


def test_steps_that_only_the_log_knows_are_found(store):
    line = editlog.after(store.place, editlog.Mark(store._log.store, 0))[0][-1]
    path = editlog.files(store.place)[-1]
    with path.open("a") as file:
        file.write(editlog.written({**line, "seq": line["seq"] + 3}))
    assert store.check(full=True) == ["The log knows 3 later steps."]
    assert store.check() == []


def test_pages_that_do_not_hang_together_are_found(store, tmp_path):
    with store.locked() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = bytearray(store.place.database.read_bytes())
    raw[4096 * 3 : 4096 * 4] = bytes(4096)
    other = make_store(tmp_path / "other")
    other.close()
    other.place.database.write_bytes(raw)
    with closing(sqlite3.connect(other.place.database)) as connection:
        found = doctor.examine(other.place, connection)
    assert found.damage
    assert found.faults == []


def test_looking_changes_nothing(store):
    before = dump(store.place.database)
    names = sorted(p.name for p in store.place.directory.iterdir())
    store.check(full=True)
    store.check()
    assert dump(store.place.database) == before
    assert sorted(p.name for p in store.place.directory.iterdir()) == names


def test_a_quick_look_ends_when_its_time_is_up(store, monkeypatch):
    monkeypatch.setattr(doctor, "QUICK_SECONDS", -1.0)
    monkeypatch.setattr(doctor, "_OPCODES", 1)
    spoil(store, "UPDATE time_entry SET stop = start - 1 WHERE lid = 'e'")
    assert store.check() == []
    assert store.check(full=True) != []
    assert store.source.value("SELECT 1") == 1  # nobody goes on interrupting


def test_opening_with_a_look_finds_damage_in_the_structure(store):
    store.close()
    raw = bytearray(store.place.database.read_bytes())
    page = 4096 * 9
    raw[page : page + 100] = b"\x07" * 100
    store.place.database.write_bytes(raw)
    from toggl_desktop.domain.errors import StoreDamagedError

    with pytest.raises(StoreDamagedError, match=r"It was moved to .*, untouched"):
        Store(store.place, verify=True)


def test_opening_with_a_look_opens_a_sound_store(store):
    with Store(store.place, verify=True) as again:
        assert again.seen == store.seen
