"""The file's shape: connecting, creating, migrating, and refusing what is not ours."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.failures import KEPT, translated
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source

if TYPE_CHECKING:  # who only reads a store that is there does not pay for the writing half
    from toggl_desktop.store.lock import WriteLock

APPLICATION_ID = 0x746F6464  # “todd”: toggl desktop data
MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 5000


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


def create(lock: WriteLock, place: Place) -> None:
    """Makes a new store, readable by its owner only; another process may have been quicker."""
    with lock.held(), translated():
        if place.database.exists() and place.database.stat().st_size:
            return
        flags = os.O_CREAT | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(place.database, flags, 0o600))
        connection = connect(place.database, reading=False)
        try:
            bring_up_to_date(connection, 0)
        finally:
            connection.close()


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
                copy_before_migration(connection, place, found)
                bring_up_to_date(connection, found)
        finally:
            connection.close()


def bring_up_to_date(connection: sqlite3.Connection, from_version: int) -> None:
    """Runs the migrations after a version, each one whole or not at all."""
    for path in sorted(MIGRATIONS.glob("[0-9]*.sql")):
        number = int(path.name[:4])
        if number <= from_version:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            if number == 1:
                from toggl_desktop.domain.entities import LOCAL_WORKSPACE, Workspace
                from toggl_desktop.store import tables

                local = Workspace(LOCAL_WORKSPACE, "This computer")
                connection.execute(tables.UPSERT[local.kind], tables.values_for_upsert(local))
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StoreError(f"The store could not be brought up to date. {KEPT}")
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


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
    """Raises StoreError when something was planted in the file that could act on its own (S-29)."""
    planted = source.rows("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    if planted:
        raise StoreError(
            f"The store's file holds “{planted[0][0]}”, which Toggl Desktop did not put there. "
            f"{KEPT} Restore a backup with “toggl-desktop restore”."
        )


def meta(source: Source, key: str) -> str | None:
    """Returns a remembered value, or None."""
    found: str | None = source.value("SELECT value FROM meta WHERE key = ?", (key,))
    return found


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
