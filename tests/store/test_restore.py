"""A restore takes good files only, and is one step that can be undone, logged and heard of."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.past import break_row, copied
from tests.support.builders import (
    NOW,
    client,
    dump,
    entry,
    favourite,
    load,
    make_store,
    one,
    project,
    rows_of,
    tag,
    unchanged,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Tag
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import backup, editlog, journal, recovery, schema, tables
from toggl_desktop.store.bindings import Binding, by_rid, get
from toggl_desktop.store.database import Store

NEXT = schema.newest_version() + 1
DAY = 86400
HOUR = 3600


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(made, entry("a", NOW, NOW + 1), at=NOW)
        yield made


def names(store):
    return [b.path.name for b in backup.known(store.place)]


# Examining --------------------------------------------------------------------------------


def other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def planted(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER spy AFTER INSERT ON step BEGIN DELETE FROM tag; END")


def shortened(path):
    path.write_bytes(path.read_bytes()[: 6 * 4096])


def zeroed(path):
    raw = bytearray(path.read_bytes())
    raw[3 * 4096 : 4 * 4096] = bytes(4096)
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), other_database(path)),
        newer,
        planted,
        shortened,
        zeroed,
    ],
)  # fmt: skip
def test_a_file_that_is_no_good_backup_is_refused_and_nothing_changes(store, tmp_path, spoil):
    path = backup.make(store, NOW, tmp_path / "copy")
    spoil(path)
    with unchanged(store), pytest.raises(RefusedError) as refusal:
        backup.restore(store, path, NOW)
    assert str(path) in refusal.value.sentence
    assert "Nothing was changed" in refusal.value.sentence
    assert names(store) == []


def test_a_row_that_does_not_fit_its_checksum_stops_the_restore(store, tmp_path):
    path = backup.make(store, NOW, tmp_path / "copy")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE time_entry SET description = 'flipped'")
    with unchanged(store), pytest.raises(RefusedError, match="is damaged"):
        backup.restore(store, path, NOW)
    assert not store.place.suspect.exists()


# Restoring --------------------------------------------------------------------------------


def test_a_restore_brings_back_what_was_and_keeps_what_is(store):
    load(store, client("c"), project("p", client="c"), tag("t"), favourite("f", project="p"))
    load(store, entry("b", NOW, NOW + 5, project="p", tags=("t",)), entry("run", NOW + 10), at=NOW)
    before = rows_of(store)
    path = backup.make(store, NOW)
    load(store, project("p", "Renamed", client="c"), entry("run", NOW + 10, NOW + 20))
    load(store, entry("new", NOW, NOW + 1), entry("run2", NOW + 30), tag("t2"))
    load(store, entry("b", NOW, NOW + 5, deleted=True))
    mess = dump(store.place.database)
    last = store.seen
    kept = backup.restore(store, path, NOW + 100)
    assert store.seen == last + 1
    live = {
        kind: [r for r in rows if not r[-2] and not r[-1]] for kind, rows in rows_of(store).items()
    }
    assert live
    assert {e for (e,) in store.source.rows("SELECT lid FROM time_entry WHERE deleted = 0")} == {
        "a", "b", "run",
    }  # fmt: skip
    for kind, rows in before.items():
        now = rows_of(store, [kind])[kind]
        assert [r for r in now if r in rows] == rows
        gone = [r[0] for r in now if r not in rows]
        assert gone == {"time_entry": ["new", "run2"], "tag": ["t2"]}.get(kind, [])
    assert one(store, "new").deleted
    assert store.check(full=True) == []
    assert dump(kept) == mess
    assert backup.known(store.place)[0].before_restore


def test_a_restore_can_be_undone_like_any_step(store):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"), entry("b", NOW, NOW + 1))
    before = rows_of(store)
    backup.restore(store, path, NOW + 100)
    assert journal.undoable(store.source).name == f"Restore {path.name}"
    history.undo(store, Reading(NOW + 101))
    assert rows_of(store) == before
    history.redo(store, Reading(NOW + 102))
    assert one(store, "b").deleted
    assert store.check(full=True) == []


def test_step_numbers_go_on_growing_and_the_epoch_with_every_restore(store):
    path = backup.make(store, NOW)
    for i in range(5):
        load(store, entry("a", NOW, NOW + 1, description=str(i)))
    for epoch in ("1", "2"):
        last = store.seen
        backup.restore(store, path, NOW + 100)
        assert store.seen == last + 1
        assert schema.meta(store.source, "epoch") == epoch


def test_another_process_with_the_store_open_sees_the_restored_rows_and_hears_of_them(store):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"), entry("b", NOW, NOW + 1))
    with Store(store.place) as other:
        heard = []
        other.feed.subscribe(heard.append)
        backup.restore(store, path, NOW + 100)
        assert other.changed_elsewhere()
        assert other.catch_up()
        assert one(other, "a").description == ""
        (said,) = heard
        assert said.ids("time_entry") == {"a", "b"}
        assert (said.seq, said.low, said.high) == (3, NOW, NOW + 1)
        load(other, entry("c", NOW, NOW + 1))
        assert other.seen == 4
    store.catch_up()
    assert one(store, "c").stop == NOW + 1
    assert store.check(full=True) == []


def test_the_log_knows_of_a_restore_so_that_recovery_ends_in_the_same_state(store):
    load(store, entry("mess", NOW, NOW + 1), at=NOW)
    path = backup.make(store, NOW)
    load(store, entry("mess", NOW, NOW + 1, deleted=True), entry("b", NOW, NOW + 1), at=NOW)
    backup.restore(store, path, NOW + 100)
    load(store, entry("c", NOW, NOW + 1), at=NOW)
    expected = rows_of(store)
    where = store.place
    store.close()
    for file in where.directory.glob("toggl.sqlite3*"):
        file.unlink()
    recovery.recover(where)
    with Store(where) as again:
        assert rows_of(again) == expected


def test_what_is_known_of_the_servers_stays_and_what_is_not_comes_from_the_backup(store):
    load(store, entry("b", NOW, NOW + 1), entry("c", NOW, NOW + 1))
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings += [
            Binding("track", "time_entry", "a", 1, {"v": 1}, unsent=False),
            Binding("track", "time_entry", "b", 2, {"v": 1}, unsent=False),
            Binding("track", "time_entry", "c", 3, {"v": 1}, unsent=False),
        ]
    path = backup.make(store, NOW)
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "time_entry", "a", 1, {"v": 2}, unsent=False))
    load(store, entry("a", NOW, NOW + 1, description="later"), origin=Origin.TRACK)
    with store.locked() as connection:
        connection.execute("DELETE FROM binding WHERE lid IN ('b', 'c')")
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "time_entry", "x", 3, {"v": 9}, unsent=False))
    backup.restore(store, path, NOW + 100)
    assert get(store.source, "track", "time_entry", "a").base == {"v": 2}
    assert get(store.source, "track", "time_entry", "a").unsent  # the old text must be sent again
    assert get(store.source, "track", "time_entry", "b").rid == 2
    assert get(store.source, "track", "time_entry", "c") is None  # its number is somebody else's
    assert by_rid(store.source, "track", "time_entry", 3).lid == "x"


def test_a_backup_of_an_older_version_is_brought_up_to_date_on_the_way(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 1, description="old"), at=NOW)
        path = backup.make(store, NOW, tmp_path / "copy")
        load(store, entry("a", NOW, NOW + 1, description="new"), at=NOW)
        where = store.place
    content = path.read_bytes()
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / f"{NEXT:04}_more.sql").write_text("CREATE TABLE more (x TEXT) STRICT;")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    with Store(where) as store:
        assert store.source.value("PRAGMA user_version") == NEXT
        backup.restore(store, path, NOW + 100)
        assert one(store, "a").description == "old"
        assert store.source.value("PRAGMA user_version") == NEXT
        assert store.check(full=True) == []
    assert path.read_bytes() == content
    assert not list(where.directory.glob("*.part*"))


def test_a_recovery_from_a_backup_of_an_older_version_brings_it_up_to_date(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 1), at=NOW)
        backup.make(store, NOW)
        load(store, entry("b", NOW, NOW + 1), at=NOW)
        where = store.place
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / f"{NEXT:04}_more.sql").write_text("ALTER TABLE shelf ADD COLUMN more TEXT;")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    for file in where.directory.glob("toggl.sqlite3*"):
        file.unlink()
    assert recovery.recover(where).replayed == 1
    with Store(where) as store:
        assert store.source.value("PRAGMA user_version") == NEXT
        assert store.check(full=True) == []


def test_a_copied_file_is_restored_with_the_edits_that_are_still_in_its_log(template, tmp_path):
    other = copied(template, tmp_path / "copy", "open")
    assert Path(f"{other.database}-wal").stat().st_size
    with make_store(tmp_path) as store:
        backup.restore(store, other.database, NOW)
        assert rows_of(store)["time_entry"] == template[1]["time_entry"]
        assert store.check(full=True) == []


def test_a_restore_of_what_is_there_already_changes_no_row(store):
    path = backup.make(store, NOW)
    before = rows_of(store)
    backup.restore(store, path, NOW + 100)
    assert rows_of(store) == before


def test_a_store_of_somebody_else_is_taken_over_whole_and_can_be_undone(store, tmp_path):
    with make_store(tmp_path / "other") as other:
        load(other, entry("theirs", NOW, NOW + 9), at=NOW)
        path = backup.make(other, NOW)
    before = rows_of(store)
    backup.restore(store, path, NOW)
    assert store.source.rows("SELECT lid FROM time_entry WHERE deleted = 0") == [("theirs",)]
    history.undo(store, Reading(NOW))
    assert [r[:12] for r in rows_of(store)["time_entry"] if not r[11]] == [
        r[:12] for r in before["time_entry"]
    ]
    lines, _ = editlog.after(store.place, editlog.Mark(store._log.store, 0))
    assert [line["name"] for line in lines][-2:] == [
        f"Restore {path.name}", f"Undo: Restore {path.name}",
    ]  # fmt: skip


def test_a_restore_that_fails_half_way_changes_nothing(store, monkeypatch):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"))
    monkeypatch.setattr(
        journal, "write", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError)
    )
    with unchanged(store), pytest.raises(sqlite3.OperationalError):
        backup.restore(store, path, NOW)
    monkeypatch.undo()
    backup.restore(store, path, NOW)
    assert one(store, "a").description == ""


def test_a_restore_into_a_store_with_a_damaged_row_says_so(store):
    path = backup.make(store, NOW)
    break_row(store.place, "UPDATE time_entry SET description = 'flipped'")
    with pytest.raises(StoreError):
        backup.restore(store, path, NOW)


def test_a_stand_in_of_a_backup_renames_nothing_that_is_known_by_now(store):
    """It had no name of its own yet: `Unknown tag 9` would be sent to Toggl as the tag's name."""
    base = {"name": "red", "workspace": 7001}
    with store.transaction("From Toggl", NOW, origin=Origin.TRACK) as tx:
        tx.save(tag("t", "Unknown tag 9"), tag("u", "blue"))
        tx.bindings.append(Binding("track", "tag", "t", 9, None, unsent=False))
        tx.bindings.append(Binding("track", "tag", "u", 8, base | {"name": "blue"}, unsent=False))
    copy = backup.make(store, NOW, store.place.directory / "copy.sqlite3")
    with store.transaction("From Toggl", NOW, origin=Origin.TRACK) as tx:
        tx.save(tag("t", "red"), tag("u", "navy"))
        tx.bindings.append(Binding("track", "tag", "t", 9, base, unsent=False))
        tx.bindings.append(Binding("track", "tag", "u", 8, base | {"name": "navy"}, unsent=False))
    backup.restore(store, copy, NOW)
    assert {t.lid: t.name for t in tables.load(store.source, Tag)} == {"t": "red", "u": "blue"}
    assert not get(store.source, "track", "tag", "t").unsent
