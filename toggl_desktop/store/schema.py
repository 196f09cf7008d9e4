"""The file's shape: connecting, creating, migrating, and refusing what is not ours."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.failures import KEPT, DamagedFileError, DiskFullError, as_known, translated
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source

if TYPE_CHECKING:  # who only reads a store that is there does not pay for the writing half
    from toggl_desktop.store.lock import WriteLock

APPLICATION_ID = 0x746F6464  # “todd”: toggl desktop data
MIGRATIONS = Path(__file__).parent / "migrations"
STORE_ID = "store"
"""The key under which a store remembers who it is: its log and its backups bear the same name."""

EPOCH = "epoch"
"""The key of a number that grows when what a sync under way knows is void (sync.md R54)."""
RESTORED = "restored"
"""The key that says that the file came back from a copy: what was sent since is not known here."""

_SHORTEST = 512
_BUSY_MILLISECONDS = 5000
_ROOM_TO_MIGRATE = 2.2


def newest_version() -> int:
    """Returns the version this program writes."""
    return max(int(p.name[:4]) for p in MIGRATIONS.glob("[0-9]*.sql"))


def connect(path: Path, *, reading: bool) -> sqlite3.Connection:
    """Opens a connection with every pragma set; a reading one cannot write or checkpoint."""
    mode = "ro" if reading else "rw"
    with translated():
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, cached_statements=256
        )
        try:
            _set_up(connection, reading=reading)
        except BaseException:
            connection.close()
            raise
    return connection


def _set_up(connection: sqlite3.Connection, *, reading: bool) -> None:
    run = connection.execute
    run(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA cell_size_check = ON")
    run("PRAGMA mmap_size = 0")
    run("PRAGMA foreign_keys = ON")
    if reading:
        run("PRAGMA query_only = ON")
        run("PRAGMA wal_autocheckpoint = 0")
        run("SELECT count(*) FROM sqlite_master").fetchone()
        return
    run("PRAGMA journal_mode = WAL").fetchone()
    run("PRAGMA synchronous = FULL")
    run("PRAGMA journal_size_limit = 67108864")
    run("PRAGMA fullfsync = ON")
    run("PRAGMA checkpoint_fullfsync = ON")


def is_there(place: Place) -> bool:
    """Tells whether there is a store; an emptied file is none.

    Raises:
        DamagedFileError: The file is too short for one: SQLite would take it for a new one.
    """
    try:
        size = place.database.stat().st_size
    except FileNotFoundError:
        return False
    if 0 < size < _SHORTEST:
        raise DamagedFileError("The store's file is damaged: it is cut off.")
    return size > 0


def create(lock: WriteLock, place: Place) -> None:
    """Makes a new store, readable by its owner only; another process may have been quicker."""
    with lock.held(), translated():
        if not is_there(place):
            draft = new_draft(place)
            with closing(connect(draft, reading=False)) as connection:
                bring_up_to_date(connection, 0)
            put_in_place(draft, place)


def new_draft(place: Place) -> Path:
    """Returns an empty file beside the store's place, where a whole one can be prepared."""
    draft = place.database.with_suffix(".sqlite3.part")
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{draft}{suffix}").unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return draft


def put_in_place(draft: Path, place: Place) -> None:
    """Makes a finished draft the store in one move: a process killed before leaves no half one."""
    draft.replace(place.database)
    if os.name == "posix":
        folder = os.open(place.directory, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def version(source: Source) -> int:
    """Returns the file's version; refuses a file that some other program made."""
    if source.value("PRAGMA application_id") != APPLICATION_ID:
        if source.value("SELECT count(*) FROM sqlite_master"):
            raise StoreError(f"The store's file belongs to another program. {KEPT} Move it away.")
        return 0
    return int(source.value("PRAGMA user_version"))


def needs_migration(source: Source) -> bool:
    """Tells whether the file is older than the program; raises StoreError when it is newer."""
    found, newest = version(source), newest_version()
    if found > newest:
        raise StoreError(
            f"The store was written by a newer Toggl Desktop (version {found}; this one knows "
            f"{newest}). It was left untouched; update the program."
        )
    return found < newest


def migrate(lock: WriteLock, place: Place) -> None:
    """Brings an older file up to date, after a backup; each migration is one transaction."""
    from toggl_desktop.store.backup import copy_before_migration

    with lock.held(), translated():
        connection = connect(place.database, reading=False)
        try:
            source = Source(connection)
            if needs_migration(source):
                found = version(source)
                refuse_strange(source)
                _need_room(place)
                copy_before_migration(connection, place, found)
                bring_up_to_date(connection, found)
        finally:
            connection.close()


def _need_room(place: Place) -> None:
    from shutil import disk_usage

    free, size = disk_usage(place.directory).free, place.database.stat().st_size
    if free < _ROOM_TO_MIGRATE * size:
        raise DiskFullError(
            f"The store must be brought up to date, which needs {_ROOM_TO_MIGRATE * size / 1e6:.0f}"
            f" MB of free space; there are {free / 1e6:.0f} MB. {KEPT} Free some and repeat."
        )


def bring_up_to_date(connection: sqlite3.Connection, from_version: int) -> None:
    """Runs the migrations after a version, each one whole or not at all.

    Raises:
        StoreError: One of them failed; the file is as it was before that one.
    """
    for path in sorted(MIGRATIONS.glob("[0-9]*.sql")):
        number = int(path.name[:4])
        if number <= from_version:
            continue
        try:
            connection.execute("BEGIN IMMEDIATE")
            _migrate_to(connection, number, path)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise as_known(error) or StoreError(
                f"The store could not be brought up to date ({error}). {KEPT} "
                "The program's former version still reads it."
            ) from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _migrate_to(connection: sqlite3.Connection, number: int, path: Path) -> None:
    for statement in statements(path.read_text(encoding="utf-8")):
        connection.execute(statement)
    if number == 1:
        from toggl_desktop.domain.entities import Workspace
        from toggl_desktop.domain.ids import LOCAL_WORKSPACE
        from toggl_desktop.store import tables

        local = Workspace(LOCAL_WORKSPACE, "This computer")
        connection.execute(tables.UPSERT[local.kind], tables.values_for_upsert(local))
        put_meta(connection, STORE_ID, os.urandom(8).hex())
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreError(f"The store could not be brought up to date. {KEPT}")
    connection.execute(f"PRAGMA user_version = {number}")


def statements(script: str) -> list[str]:
    """Returns the statements of a script, so that they can run inside one transaction."""
    found, current = [], ""
    for line in script.splitlines():
        if line.strip().startswith("--"):
            continue
        current += line + "\n"
        if current.strip() and sqlite3.complete_statement(current):
            found.append(current.strip())
            current = ""
    return found


def refuse_strange(source: Source) -> None:
    """Guarantees that the file has the shape its version has, and nothing that acts on its own.

    Raises:
        StoreError: Something was planted in it (S-29).
        DamagedFileError: Something is missing from it, or is not as it was made.
    """
    found: dict[str, str] = dict(source.rows(_SHAPE))
    expected = _expected(version(source))
    for name in found:
        if name not in expected:
            raise StoreError(
                f"The store's file holds “{name}”, which Toggl Desktop did not put there. "
                f"{KEPT} Restore a backup with “toggl-desktop restore”."
            )
    if found != expected:
        raise source.damage("The store's file is damaged: its shape is not the one it was given.")


_SHAPE = """SELECT name, sql FROM sqlite_master
            WHERE NOT (type = 'index' AND sql IS NULL)
            AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1'))"""
_CREATE = re.compile(r"CREATE (?:TABLE|INDEX|UNIQUE INDEX) (\w+) ")


def _expected(number: int) -> dict[str, str]:
    """Returns the shape of a version: what its file's `sqlite_master` must hold.

    SQLite keeps a CREATE as it was written, so reading the scripts is enough while they do nothing
    else; that is much quicker than making such a file in memory, which every start would pay for.
    """
    scripts = [p for p in sorted(MIGRATIONS.glob("[0-9]*.sql")) if int(p.name[:4]) <= number]
    made = [s for p in scripts for s in statements(p.read_text(encoding="utf-8"))]
    names = [_CREATE.match(s) for s in made]
    if all(names):
        return {n[1]: s.removesuffix(";") for n, s in zip(names, made, strict=True) if n}
    with closing(sqlite3.connect(":memory:")) as memory:
        for statement in made:
            memory.execute(statement)
        return dict(memory.execute(_SHAPE).fetchall())


def meta(source: Source, key: str) -> str | None:
    """Returns a remembered value, or None."""
    found: str | None = source.value("SELECT value FROM meta WHERE key = ?", (key,))
    return found


def next_epoch(source: Source) -> str:
    """Returns the number that follows the present one."""
    return str(int(meta(source, EPOCH) or 0) + 1)


def put_meta(connection: sqlite3.Connection, key: str, value: str | None) -> None:
    """Remembers or forgets a value inside the transaction under way."""
    if value is None:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    else:
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
