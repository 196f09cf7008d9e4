"""A store that is gone comes back from backup and log, or begins anew only when told so."""

import shutil
import sqlite3
from contextlib import closing, suppress

import pytest

from tests.store.past import LISTS, copied, remove_file
from tests.support.builders import (
    NOW,
    entry,
    load,
    make_place,
    rows_of,
)
from toggl_desktop.domain.errors import RefusedError, StoreDamagedError, StoreError
from toggl_desktop.store import backup, recovery, schema
from toggl_desktop.store.database import Store

# Missing, with traces ---------------------------------------------------------------------


def test_a_missing_file_with_traces_is_no_new_beginning(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    with pytest.raises(StoreDamagedError) as refusal:
        Store(where)
    assert refusal.value.sentence == (
        "The store's file is missing, but there are traces of it. The newest good backup is of "
        "2026-09-22 20:53 UTC. Run “toggl-desktop restore” to go back to it; later edits are "
        "replayed from the log."
    )
    assert refusal.value.backup == str(backup.known(where)[0].path)
    assert not where.database.exists()


@pytest.mark.parametrize("trace", ["backups", "edits", "corrupt", "wal"])
def test_each_trace_alone_is_enough(template, tmp_path, trace):
    where = copied(template, tmp_path)
    remove_file(where)
    if trace != "backups":
        shutil.rmtree(where.backups)
    if trace != "edits":
        for path in where.directory.glob("edits-*"):
            path.unlink()
    if trace == "corrupt":
        (where.directory / "corrupt-20260921T141320Z").mkdir()
    if trace == "wal":
        (where.directory / "toggl.sqlite3-wal").write_bytes(b"x")
    with pytest.raises(StoreDamagedError, match="is missing, but there are traces of it"):
        Store(where)


def test_an_empty_directory_is_a_new_beginning(tmp_path):
    where = make_place(tmp_path)
    where.directory.mkdir()
    where.backups.mkdir()
    (where.directory / "settings.toml").touch()
    with Store(where) as store:
        assert store.check(full=True) == []


def empty_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
        connection.execute("DROP TABLE x")


def test_a_database_with_nothing_in_it_is_no_new_beginning_either(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    empty_database(where.database)
    with pytest.raises(StoreDamagedError, match="nothing is in it"):
        Store(where)
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_without_traces_a_database_with_nothing_in_it_becomes_the_store(tmp_path):
    where = make_place(tmp_path)
    where.directory.mkdir(mode=0o700)
    empty_database(where.database)
    with Store(where) as store:
        assert store.check(full=True) == []
        assert backup.known(where) == []


# Recovering -------------------------------------------------------------------------------


def test_recovery_takes_the_newest_good_backup_and_replays_the_rest(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    newest = backup.known(where)[0]
    found = recovery.recover(where)
    assert (found.backup, found.skipped) == (newest.path, 0)
    assert found.replayed > 20
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]
        binding = store.source.rows("SELECT rid, unsent FROM binding")
        assert len(binding) == 1
        assert binding[0][0] == 7


def test_a_damaged_backup_is_passed_over_for_an_older_one(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    newest, older = backup.known(where)
    newest.path.write_bytes(newest.path.read_bytes()[:9000])
    with pytest.raises(StoreDamagedError) as refusal:
        Store(where)
    assert refusal.value.backup == str(older.path)
    found = recovery.recover(where)
    assert found.backup == older.path
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_without_any_backup_the_log_alone_brings_everything_back(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    shutil.rmtree(where.backups)
    with pytest.raises(StoreDamagedError) as refusal:
        Store(where)
    assert "brings back what the log of edits and the old file still say" in refusal.value.sentence
    assert refusal.value.backup is None
    found = recovery.recover(where)
    assert found.backup is None
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_without_backup_and_log_the_damaged_file_itself_is_read_as_far_as_it_goes(
    template, tmp_path
):
    where = copied(template, tmp_path)
    shutil.rmtree(where.backups)
    for path in where.directory.glob("edits-*"):
        path.unlink()
    with closing(sqlite3.connect(where.database, isolation_level=None)) as connection:
        connection.execute("DROP INDEX one_running")
    with pytest.raises(StoreDamagedError):
        Store(where)
    found = recovery.recover(where)
    with Store(where) as store:
        assert store.seen == found.replayed
        assert rows_of(store, LISTS) == template[1]
        assert store.check(full=True) == []
    assert len(list(where.directory.glob("corrupt-*/toggl.sqlite3"))) == 1
    assert not list(where.directory.glob("salvage-*"))


def test_what_the_log_lacks_is_taken_from_the_damaged_file(template, tmp_path):
    where = copied(template, tmp_path)
    (log,) = where.directory.glob("edits-*")
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(lines[:60] + lines[70:-3]))
    raw = bytearray(where.database.read_bytes())
    raw[100:108] = bytes(8)  # the first page's own header: the schema cannot be read
    shutil.rmtree(where.backups)
    where.database.write_bytes(raw)
    with pytest.raises(StoreDamagedError):
        Store(where)
    # put the page back where it was moved to: damaged elsewhere, still readable there
    (aside,) = where.directory.glob("corrupt-*/toggl.sqlite3")
    raw[100:108] = (template[0] / "data" / "toggl.sqlite3").read_bytes()[100:108]
    aside.write_bytes(raw)
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_a_fresh_start_sets_the_log_aside_and_begins_anew(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    logs = {p.name: p.read_bytes() for p in where.directory.glob("edits-*")}
    recovery.recover(where, fresh=True)
    with Store(where) as store:
        assert store.source.value("SELECT count(*) FROM time_entry") == 0
        assert store.seen == 0
        load(store, entry("new", NOW, NOW + 1), at=NOW)
    for name, content in logs.items():
        assert (where.directory / f"{name}.old").read_bytes() == content
    assert len(backup.known(where)) == 2


def test_a_second_fresh_start_overwrites_nothing_of_the_first(template, tmp_path):
    where = copied(template, tmp_path)
    for _ in range(2):
        remove_file(where)
        (where.directory / "edits-202609.jsonl").touch()
        recovery.recover(where, fresh=True)
        with Store(where) as store:
            load(store, entry("new", NOW, NOW + 1), at=NOW)
    assert {p.name for p in where.directory.glob("edits-*")} == {
        "edits-202609.jsonl", "edits-202609.jsonl.old", "edits-202609.jsonl.old2",
    }  # fmt: skip


def test_after_a_fresh_start_recovery_brings_back_the_new_store_not_the_old_one(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    recovery.recover(where, fresh=True)
    with Store(where) as store:
        load(store, entry("new", NOW, NOW + 1), at=NOW)
        expected = rows_of(store, LISTS)
    remove_file(where)
    assert recovery.recover(where).backup is None
    with Store(where) as store:
        assert rows_of(store, LISTS) == expected
    # the old one is still there for whoever asks for it by name
    remove_file(where)
    recovery.recover(where, backup.known(where)[0].path)
    with Store(where) as store:
        assert store.source.value("SELECT count(*) FROM time_entry WHERE lid = 'new'") == 0
        assert store.source.value("SELECT count(*) FROM time_entry") > 30


def test_where_nothing_at_all_can_be_read_an_empty_store_is_all_there_is(tmp_path):
    where = make_place(tmp_path)
    (where.directory / "corrupt-20260921T141320Z").mkdir(parents=True)
    (where.directory / "corrupt-20260921T141320Z" / "toggl.sqlite3").write_bytes(b"x" * 9000)
    with pytest.raises(StoreDamagedError, match="brings back what the log of edits"):
        Store(where)
    assert recovery.recover(where) == recovery.Recovered(None, 0, 0)
    with Store(where) as store:
        assert store.check(full=True) == []


def test_what_comes_back_damaged_is_not_put_in_place(template, tmp_path, monkeypatch):
    where = copied(template, tmp_path)
    remove_file(where)

    def spoiled(connection, _lines):
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'tag'")
        connection.execute("PRAGMA writable_schema = RESET")
        return 0, 0

    monkeypatch.setattr(recovery, "replay", spoiled)
    with pytest.raises(StoreError):
        recovery.recover(where)
    assert not where.database.exists()


def test_recovery_refuses_when_there_is_a_store(template, tmp_path):
    where = copied(template, tmp_path)
    before = where.database.read_bytes()
    for options in ({}, {"fresh": True}):
        with pytest.raises(RefusedError, match="There is a store already"):
            recovery.recover(where, **options)
    assert where.database.read_bytes() == before


def test_recovery_from_a_file_that_is_no_backup_is_refused_and_changes_nothing(template, tmp_path):
    where = copied(template, tmp_path)
    remove_file(where)
    before = sorted(p.name for p in where.directory.iterdir())
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(b"no database at all")
    with pytest.raises(RefusedError, match="is no backup this program can read"):
        recovery.recover(where, bad)
    assert sorted({*(p.name for p in where.directory.iterdir())} - {"toggl.sqlite3.lock"}) == before


def test_a_log_left_beside_a_missing_file_cannot_get_into_the_next_one(template, tmp_path):
    where = copied(template, tmp_path, "open")
    where.database.unlink()
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]
        assert store.check(full=True) == []
    assert len(list(where.directory.glob("corrupt-*/toggl.sqlite3-wal"))) == 1


@pytest.mark.parametrize("step", ["bring_up_to_date", "put_meta", "put_in_place"])
def test_a_process_killed_while_it_recovers_leaves_the_store_missing_as_it_was(
    template, tmp_path, monkeypatch, step
):
    where = copied(template, tmp_path)
    remove_file(where)

    class Killed(BaseException):
        pass

    def die(*_args):
        raise Killed

    monkeypatch.setattr(schema, step, die)
    with suppress(Killed):
        recovery.recover(where)
        pytest.fail(f"{step} is not part of a recovery")
    monkeypatch.undo()
    assert not where.database.exists()
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]
    assert not list(where.directory.glob("*.part"))
