"""The file's shape: made whole, brought up to date whole, and refused when it is not ours."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.support.builders import dump, entry, load, make_place, make_store
from toggl_desktop.domain.errors import StoreDamagedError, StoreError
from toggl_desktop.store import backup, schema
from toggl_desktop.store.failures import DiskFullError
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.reading import reading

NEXT = schema.newest_version() + 1
SECOND = """-- A later version.
CREATE TABLE extra (lid TEXT PRIMARY KEY, note TEXT NOT NULL) STRICT;
ALTER TABLE shelf ADD COLUMN why TEXT;
UPDATE time_entry SET zone = 'later';
INSERT INTO extra VALUES ('a', 'b');
CREATE INDEX extra_by_note ON extra (note);
"""


@pytest.fixture
def later(tmp_path, monkeypatch):
    """Makes the program one version newer."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / f"{NEXT:04}_later.sql").write_text(SECOND)

    def become(script: str = SECOND) -> None:
        (folder / f"{NEXT:04}_later.sql").write_text(script)
        monkeypatch.setattr(schema, "MIGRATIONS", folder)

    return become


def filled(folder, count=3):
    with make_store(folder) as store:
        load(
            store,
            *(entry(f"e{i}", 1_790_000_000 + i * 10, 1_790_000_005 + i * 10) for i in range(count)),
        )
        return store.place


def edit_file(place, *statements):
    with closing(sqlite3.connect(place.database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def content(place):
    return place.database.read_bytes()


def test_a_new_store_is_sound_and_bears_the_programs_mark_and_version(tmp_path):
    with make_store(tmp_path) as store:
        assert store.check(full=True) == []
        assert store.source.value("PRAGMA application_id") == schema.APPLICATION_ID
        assert store.source.value("PRAGMA user_version") == schema.newest_version()
        assert store.source.rows("SELECT lid, name FROM workspace") == [("local", "This computer")]
        assert store.seen == 0


def test_the_writing_connection_keeps_every_promise_of_the_store(tmp_path):
    with make_store(tmp_path) as store, store.locked() as writer:
        found = {
            name: writer.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema",
                "cell_size_check", "mmap_size", "journal_size_limit", "fullfsync",
                "checkpoint_fullfsync",
            )
        }  # fmt: skip
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "journal_size_limit": 67108864,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
    }


def test_a_reading_connection_cannot_write_or_checkpoint(tmp_path):
    place = filled(tmp_path)
    with closing(schema.connect(place.database, reading=True)) as connection:
        assert connection.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM time_entry")


def test_a_file_of_a_newer_program_is_refused_and_left_byte_for_byte(tmp_path):
    place = filled(tmp_path)
    edit_file(place, "PRAGMA user_version = 77")
    before = content(place)
    for opening in (lambda: make_store(tmp_path), lambda: reading(place).__enter__()):
        with pytest.raises(
            StoreError, match=rf"newer Toggl Desktop \(version 77; this one knows {NEXT - 1}\)"
        ):
            opening()
    assert content(place) == before
    assert backup.known(place) == []
    assert not list(place.directory.glob("corrupt-*"))


def test_a_file_of_another_program_is_refused_and_left_byte_for_byte(tmp_path):
    place = make_place(tmp_path)
    place.directory.mkdir(mode=0o700)
    edit_file(place, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)")
    before = content(place)
    with pytest.raises(StoreError, match="belongs to another program"):
        make_store(tmp_path)
    assert content(place) == before


def test_a_file_with_a_foreign_mark_is_refused(tmp_path):
    place = filled(tmp_path)
    edit_file(place, "PRAGMA application_id = 12345")
    with pytest.raises(StoreError, match="belongs to another program"):
        make_store(tmp_path)
    assert place.database.exists()


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("spy", "CREATE TRIGGER spy AFTER INSERT ON step BEGIN DELETE FROM time_entry; END"),
        ("step2", "CREATE VIEW step2 AS SELECT * FROM step"),
        ("extra", "CREATE TABLE extra (x)"),
        ("slow", "CREATE INDEX slow ON step (lower(name))"),
    ],
)
def test_something_planted_in_the_file_is_refused_by_name(tmp_path, name, planted):
    place = filled(tmp_path)
    edit_file(place, planted)
    before = content(place)
    for opening in (lambda: make_store(tmp_path), lambda: reading(place).__enter__()):
        with pytest.raises(StoreError, match=f"holds “{name}”, which Toggl Desktop did not put"):
            opening()
    assert content(place) == before


def test_a_planted_thing_cannot_hide_behind_a_reserved_name(tmp_path):
    place = filled(tmp_path)
    edit_file(
        place,
        "CREATE TRIGGER spy AFTER INSERT ON step BEGIN DELETE FROM time_entry; END",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET name = 'sqlite_sequence' WHERE name = 'spy'",
        "PRAGMA writable_schema = OFF",
    )
    with pytest.raises(StoreError):
        make_store(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX one_running",
        "DROP TABLE shelf",
        "ALTER TABLE shelf RENAME COLUMN reason TO excuse",
        "ALTER TABLE step ADD COLUMN more TEXT",
    ],
)
def test_a_file_that_lost_its_shape_is_set_aside(tmp_path, change):
    place = filled(tmp_path)
    edit_file(place, change)
    with pytest.raises(StoreDamagedError, match="its shape is not the one it was given"):
        make_store(tmp_path)
    assert not place.database.exists()
    assert len(list(place.directory.glob("corrupt-*/toggl.sqlite3"))) == 1


# Migrations -------------------------------------------------------------------------------


def test_an_older_file_is_brought_up_to_date_after_a_backup(tmp_path, later):
    place = filled(tmp_path)
    before = dump(place.database)
    later()
    with make_store(tmp_path) as store:
        assert store.source.value("PRAGMA user_version") == NEXT
        assert store.source.rows("SELECT lid, note FROM extra") == [("a", "b")]
        assert store.source.value("SELECT count(*) FROM time_entry WHERE zone = 'later'") == 3
        load(store, entry("new", 1_790_000_100, 1_790_000_101))
    (kept,) = backup.known(place)
    assert kept.before_version == NEXT - 1
    assert dump(kept.path) == before
    with make_store(tmp_path) as store:
        assert store.seen == 2
    assert len(backup.known(place)) == 1


def test_a_question_alone_brings_an_older_file_up_to_date_too(tmp_path, later):
    place = filled(tmp_path)
    later()
    with reading(place) as source:
        assert source.value("PRAGMA user_version") == NEXT


def test_a_new_store_goes_through_all_migrations(tmp_path, later):
    later()
    with make_store(tmp_path) as store:
        assert store.source.value("PRAGMA user_version") == NEXT
        assert backup.known(store.place) == []


@pytest.mark.parametrize("good", range(6))
def test_a_migration_that_fails_at_any_statement_leaves_all_as_it_was(tmp_path, later, good):
    place = filled(tmp_path)
    before = dump(place.database)
    statements = schema.statements(SECOND)[:good]
    later("\n".join([*statements, "INSERT INTO no_such_table VALUES (1);"]))
    for _ in range(2):
        with pytest.raises(StoreError, match=r"could not be brought up to date \(no such table"):
            make_store(tmp_path)
        assert dump(place.database) == before
    (kept,) = backup.known(place)
    assert dump(kept.path) == before


def test_a_migration_that_breaks_references_is_taken_back(tmp_path, later):
    place = filled(tmp_path)
    before = dump(place.database)
    later("PRAGMA defer_foreign_keys = ON;\nDELETE FROM workspace;")
    with make_store(tmp_path / "other"):
        pass  # nothing points to the workspace of an empty store
    with pytest.raises(StoreError, match="could not be brought up to date"):
        make_store(tmp_path)
    assert dump(place.database) == before


def test_of_two_migrations_the_first_stays_when_the_second_fails(tmp_path, later):
    place = filled(tmp_path)
    later()
    (schema.MIGRATIONS / f"{NEXT + 1:04}_worse.sql").write_text(
        "CREATE TABLE more (x);\nDROP TABLE nothing;"
    )
    with pytest.raises(StoreError, match="could not be brought up to date"):
        make_store(tmp_path)
    with closing(sqlite3.connect(place.database)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall()


def test_no_migration_begins_without_room_for_it(tmp_path, later, monkeypatch):
    place = filled(tmp_path)
    before = dump(place.database)
    later()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFullError, match="MB of free space"):
        make_store(tmp_path)
    assert dump(place.database) == before
    assert backup.known(place) == []


def test_a_program_left_running_while_a_newer_one_updates_the_file_writes_no_more(tmp_path, later):
    with make_store(tmp_path) as old:
        load(old, entry("e", 1_790_000_000, 1_790_000_001))
        later()
        with make_store(tmp_path) as new:
            assert new.source.value("PRAGMA user_version") == NEXT
        before = dump(old.place.database)
        with pytest.raises(StoreError, match="brought up to date by a newer"):
            load(old, entry("f", 1_790_000_000, 1_790_000_001))
        assert dump(old.place.database) == before


def test_a_second_process_that_comes_while_the_first_migrates_finds_it_done(tmp_path, later):
    place = filled(tmp_path)
    later()
    lock = WriteLock(place.lock)
    schema.migrate(lock, place)
    schema.migrate(lock, place)
    lock.close()
    assert len(backup.known(place)) == 1


def test_a_second_process_that_comes_while_the_first_creates_finds_it_done(tmp_path):
    place = filled(tmp_path)
    before = content(place)
    lock = WriteLock(place.lock)
    schema.create(lock, place)
    lock.close()
    assert content(place) == before


def test_a_process_killed_while_it_made_the_store_leaves_no_half_one(tmp_path, monkeypatch):
    place = make_place(tmp_path)
    monkeypatch.setattr(schema, "put_in_place", lambda draft, place: (_ for _ in ()).throw(OSError))
    with pytest.raises(StoreError):
        make_store(tmp_path)
    assert not place.database.exists()
    monkeypatch.undo()
    with make_store(tmp_path) as store:
        assert store.check(full=True) == []
    assert not list(place.directory.glob("*.part"))


def test_statements_of_a_script_are_told_apart():
    script = "-- a; comment\nCREATE TABLE a (\n  x -- why; not\n);\nINSERT INTO a VALUES (';');\n"
    assert schema.statements(script) == [
        "CREATE TABLE a (\n  x -- why; not\n);",
        "INSERT INTO a VALUES (';');",
    ]


def test_values_are_remembered_and_forgotten(tmp_path):
    with make_store(tmp_path) as store:
        for value in ("1", "2"):
            with store.transaction("x", 1) as tx:
                tx.step.meta["key"] = value
            assert schema.meta(store.source, "key") == value
        with store.transaction("x", 1) as tx:
            tx.step.meta["key"] = None
        assert schema.meta(store.source, "key") is None
