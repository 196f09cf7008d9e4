"""Backups: complete copies made while the store is in use, each proved good before it counts."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import journal, schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import KEPT, translated
from toggl_desktop.store.place import Place, refuse_foreign
from toggl_desktop.store.source import Source

DAILY, WEEKLY = 7, 4
_STAMP = "%Y%m%dT%H%M%SZ"
_DAY_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was made (epoch seconds UTC); its version if before an update."""

    path: Path
    at: int
    before_version: int | None = None


def known(place: Place) -> list[Backup]:
    """Returns all backups, newest first; files that only look like ones are passed over."""
    found = []
    for path in place.backups.glob("toggl-*.sqlite3"):
        parts = path.stem.split("-")
        try:
            at = int(datetime.strptime(parts[1], _STAMP).replace(tzinfo=UTC).timestamp())
            version = int(parts[2][1:]) if len(parts) > 2 else None
        except (ValueError, IndexError):
            continue
        found.append(Backup(path, at, version))
    return sorted(found, key=lambda b: (b.at, b.path.name), reverse=True)


def make(store: Store, at: int, target: Path | None = None) -> Path:
    """Writes a complete, checked copy and returns its path; old ones are thinned out after it.

    Args:
        store: The store to copy.
        at: The present, epoch seconds UTC.
        target: Where to; by default into the profile's `backups/`. Never overwrites.
    """
    with store.locked() as connection:
        path = _copy(connection, store.place, at, target)
    if target is None:
        thin_out(store.place)
    return path


def make_if_due(store: Store, at: int) -> Path | None:
    """Makes the day's backup when the newest is a day old; None when it is not due."""
    newest = next((b for b in known(store.place) if b.before_version is None), None)
    if newest is not None and 0 <= at - newest.at < _DAY_SECONDS:
        return None
    return make(store, at)


def copy_before_migration(connection: sqlite3.Connection, place: Place, found: int) -> None:
    """Keeps a copy of the file as it was before an update; called under the write lock."""
    if found == 0:
        return
    at = int(place.database.stat().st_mtime)
    stamp = datetime.fromtimestamp(at, UTC).strftime(_STAMP)
    target = place.backups / f"toggl-{stamp}-v{found}.sqlite3"
    if not target.exists():
        place.backups.mkdir(mode=0o700, exist_ok=True)
        _copy(connection, place, at, target)


def _copy(connection: sqlite3.Connection, place: Place, at: int, target: Path | None) -> Path:
    with translated():
        if target is None:
            place.backups.mkdir(mode=0o700, exist_ok=True)
            stamp = datetime.fromtimestamp(at, UTC).strftime(_STAMP)
            target = place.backups / f"toggl-{stamp}.sqlite3"
        elif target.exists():
            raise RefusedError(f"{target} exists already. {KEPT} Choose another name.")
        draft = target.with_name(target.name + ".part")
        draft.unlink(missing_ok=True)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(draft, flags, 0o600))
        try:
            with closing(sqlite3.connect(draft)) as copy:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            counted = Source(connection).value("SELECT count(*) FROM time_entry")
            if examine(draft).entries != counted:
                raise StoreError("The backup came out incomplete; it was thrown away. Try again.")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return target


def thin_out(place: Place) -> None:
    """Keeps seven daily and four weekly backups, and those before the last two updates."""
    copies = known(place)
    ordinary = [b for b in copies if b.before_version is None]
    keep = set(_newest_per(ordinary, _DAY_SECONDS, DAILY))
    keep.update(_newest_per(ordinary, 7 * _DAY_SECONDS, WEEKLY))
    versions = sorted({b.before_version for b in copies if b.before_version is not None})[-2:]
    for backup in copies:
        is_old_update = backup.before_version is not None and backup.before_version not in versions
        if is_old_update or (backup.before_version is None and backup not in keep):
            with translated():
                backup.path.unlink(missing_ok=True)


def _newest_per(copies: Sequence[Backup], seconds: int, count: int) -> list[Backup]:
    """Returns the newest copy of each of the last `count` periods that have one."""
    by_period: dict[int, Backup] = {}
    for backup in copies:
        by_period.setdefault(backup.at // seconds, backup)
    return list(by_period.values())[:count]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store file holds: its version, live and deleted entries, and its last step."""

    version: int
    entries: int
    last_seq: int


def examine(path: Path) -> Examined:
    """Returns what a backup file holds; raises RefusedError when it is no good store file."""
    try:
        refuse_foreign(path)
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as copy:
            source = Source(copy)
            if source.value("PRAGMA quick_check(1)") != "ok":
                raise RefusedError(f"{path} is damaged. {KEPT} Choose another backup.")
            found = schema.version(source)
            if found == 0 or found > schema.newest_version():
                raise RefusedError(f"{path} is no backup this program can read. {KEPT}")
            schema.refuse_strange(source)
            count = int(source.value("SELECT count(*) FROM time_entry"))
            return Examined(found, count, journal.last_seq(source))
    except (sqlite3.Error, StoreError) as error:
        raise RefusedError(f"{path} is no backup this program can read. {KEPT}") from error


def newest_good(place: Place) -> Backup | None:
    """Returns the newest backup that passes its check, or None."""
    for backup in known(place):
        try:
            examine(backup.path)
        except RefusedError:
            continue
        return backup
    return None


def restore(store: Store, path: Path, at: int) -> Path:
    """Makes the store what a backup holds; returns the copy made of what was there before.

    Other processes that have the store open see the change like any other one. Step numbers go on
    growing, so that nobody who follows the journal misses anything.
    """
    examined = examine(path)
    with store.locked() as connection:
        kept = _copy(connection, store.place, at, _free_name(store.place, at))
        last = max(journal.last_seq(Source(connection)), examined.last_seq)
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            copy.backup(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'step'", (last,))
    if examined.version < schema.newest_version():
        with store.locked() as connection:
            schema.bring_up_to_date(connection, examined.version)
    with store.transaction(f"Restore {path.name}", at) as step:
        step.step.meta["epoch"] = str(int(schema.meta(step.source, "epoch") or 0) + 1)
    store.catch_up()
    return kept


def _free_name(place: Place, at: int) -> Path:
    place.backups.mkdir(mode=0o700, exist_ok=True)
    while True:
        stamp = datetime.fromtimestamp(at, UTC).strftime(_STAMP)
        path = place.backups / f"toggl-{stamp}.sqlite3"
        if not path.exists():
            return path
        at += 1
