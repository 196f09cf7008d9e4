"""Backups: complete copies made while the store is in use, each proved good before it counts."""

import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import bindings, journal, schema, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import KEPT, DamagedFileError, translated
from toggl_desktop.store.place import Place, is_ours
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction

DAILY, WEEKLY, RESTORES = 7, 4, 4
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"toggl-(?P<at>\d{8}T\d{6}Z)(?:-v(?P<version>\d{1,4})|-(?P<restore>r))?\.sqlite3"
)
_DAY_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: when it was made (epoch seconds UTC), and what it was made before, if so.

    Attributes:
        before_version: The version the file had before an update.
        before_restore: Whether it is what a restore replaced.
    """

    path: Path
    at: int
    before_version: int | None = None
    before_restore: bool = False

    @property
    def is_ordinary(self) -> bool:
        """Whether it is one of the daily ones or was asked for."""
        return self.before_version is None and not self.before_restore


def known(place: Place) -> list[Backup]:
    """Returns all backups, newest first; files that only look like ones are passed over."""
    found = []
    for path in place.backups.glob("toggl-*.sqlite3"):
        match = _NAME.fullmatch(path.name)
        try:
            at = datetime.strptime(match["at"], _STAMP).replace(tzinfo=UTC) if match else None
        except ValueError:
            continue
        if match and at and is_ours(path):
            before = int(match["version"]) if match["version"] else None
            found.append(Backup(path, int(at.timestamp()), before, bool(match["restore"])))
    return sorted(found, key=_age, reverse=True)


def _age(backup: Backup) -> tuple[int, str]:
    return backup.at, backup.path.name


def make(store: Store, at: int, target: Path | None = None) -> Path:
    """Writes a complete, checked copy and returns its path; old ones are thinned out after it.

    Other processes may go on writing meanwhile: the copy is of one moment.

    Args:
        store: The store to copy.
        at: The present, epoch seconds UTC.
        target: Where to; by default into the profile's `backups/`. Never overwrites.
    """
    with translated(), closing(schema.connect(store.place.database, reading=True)) as connection:
        path = _copy(connection, target or _free_name(store.place, at))
    if target is None:
        thin_out(store.place, keep=path)
    return path


def make_if_due(store: Store, at: int) -> Path | None:
    """Makes the day's backup when the newest is a day old; None when it is not due."""
    newest = next((b for b in known(store.place) if b.is_ordinary), None)
    if newest is not None and 0 <= at - newest.at < _DAY_SECONDS:
        return None
    return make(store, at)


def copy_before_migration(connection: sqlite3.Connection, place: Place, found: int) -> None:
    """Keeps a copy of the file as it was before an update; called under the write lock."""
    if found == 0:
        return
    at = int(place.database.stat().st_mtime)
    target = place.backups / f"toggl-{_stamped(at)}-v{found}.sqlite3"
    if not target.exists():
        place.backups.mkdir(mode=0o700, exist_ok=True)
        _copy(connection, target)


def _stamped(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime(_STAMP)


def _free_name(place: Place, at: int, mark: str = "") -> Path:
    with translated():
        place.backups.mkdir(mode=0o700, exist_ok=True)
        while (path := place.backups / f"toggl-{_stamped(at)}{mark}.sqlite3").exists():
            at += 1
    return path


def _copy(connection: sqlite3.Connection, target: Path) -> Path:
    """Writes the copy beside its target under a passing name, examines it, then names it."""
    if target.exists() or target.is_symlink():
        raise RefusedError(f"{target} exists already. {KEPT} Choose another name.")
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    with translated():
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(draft, flags, 0o600))
        try:
            with Source(connection).snapshot() as source:
                counted = source.value("SELECT count(*) FROM time_entry")
                with closing(sqlite3.connect(draft)) as copy:
                    connection.backup(copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
            if examine(draft).entries != counted:
                raise StoreError("The backup came out incomplete; it was thrown away. Try again.")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return target


def thin_out(place: Place, keep: Path | None = None) -> None:
    """Keeps seven daily and four weekly backups, those of the last two updates and four restores.

    Args:
        place: The profile's place.
        keep: One that stays in any case: the one just made, whatever the clock says.
    """
    copies = known(place)
    ordinary = [b for b in copies if b.is_ordinary]
    stay = set(_newest_per(ordinary, _DAY_SECONDS, DAILY))
    stay.update(_newest_per(ordinary, 7 * _DAY_SECONDS, WEEKLY))
    stay.update([b for b in copies if b.before_restore][:RESTORES])
    versions = sorted({b.before_version for b in copies if b.before_version is not None})[-2:]
    stay.update(b for b in copies if b.before_version in versions)
    with translated():
        for backup in copies:
            if backup not in stay and backup.path != keep:
                backup.path.unlink(missing_ok=True)
        _sweep(place)


def _sweep(place: Place) -> None:
    """Removes what killed processes left half-written: drafts older than an hour."""
    newest = max((p.stat().st_mtime for p in place.backups.glob("*.sqlite3")), default=0.0)
    for draft in place.backups.glob(".toggl-*.part"):
        if draft.stat().st_mtime < newest - 3600:
            draft.unlink(missing_ok=True)


def _newest_per(copies: Sequence[Backup], seconds: int, count: int) -> list[Backup]:
    """Returns the newest copy of each of the last `count` periods that have one."""
    by_period: dict[int, Backup] = {}
    for backup in copies:
        by_period.setdefault(backup.at // seconds, backup)
    return list(by_period.values())[:count]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store file holds: version, entries (deleted ones too), last step, whose it is."""

    version: int
    entries: int
    last_seq: int
    store: str = ""


def opened(path: Path) -> sqlite3.Connection:
    """Opens a copy for reading only; a log beside it is read too, for it holds the last edits."""
    wal = Path(f"{path}-wal")
    has_log = wal.exists() and wal.stat().st_size > 0
    mode = "mode=ro" if has_log else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def examine(path: Path) -> Examined:
    """Returns what a backup file holds; raises RefusedError when it is no good store file."""
    unreadable = f"{path} is no backup this program can read. {KEPT}"
    try:
        with translated(), closing(opened(path)) as copy:
            source = Source(copy)
            if source.value("PRAGMA quick_check(1)") != "ok":
                raise RefusedError(f"{path} is damaged. {KEPT} Choose another backup.")
            found = schema.version(source)
            if found == 0 or found > schema.newest_version():
                raise RefusedError(unreadable)
            schema.refuse_strange(source)
            return Examined(
                found,
                int(source.value("SELECT count(*) FROM time_entry")),
                journal.last_seq(source),
                schema.meta(source, schema.STORE_ID) or "",
            )
    except (sqlite3.Error, StoreError) as error:
        raise RefusedError(unreadable) from error


def newest_good(place: Place, store: str | None = None) -> Backup | None:
    """Returns the newest backup that passes its check, or None; of one store only, if named."""
    for backup in known(place):
        try:
            found = examine(backup.path)
        except RefusedError:
            continue
        if store is None or found.store == store:
            return backup
    return None


def restore(store: Store, path: Path, at: int) -> Path:
    """Makes the store hold what a backup holds; returns the copy made of what was there before.

    It is one step like any other: it can be undone, the log and every other process see it, step
    numbers go on growing, and what is known of the servers stays.

    Raises:
        RefusedError: The file is no good backup; nothing was changed.
    """
    examined = examine(path)
    with store.locked() as connection:
        kept = _copy(connection, _free_name(store.place, at, "-r"))
        draft = None
        if examined.version < schema.newest_version():
            draft = _brought_up_to_date(store.place, path, examined.version)
        try:
            uri = f"{(draft or path).absolute().as_uri()}?mode=ro"
            connection.execute("ATTACH DATABASE ? AS old", (uri,))
            try:
                with store.transaction(f"Restore {path.name}", at) as step:
                    _take_over(step, Source(connection), path)
            finally:
                connection.execute("DETACH DATABASE old")
        finally:
            if draft is not None:
                draft.unlink()
    return kept


def _brought_up_to_date(place: Place, path: Path, version: int) -> Path:
    draft = schema.new_draft(place)
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        with closing(opened(path)) as copy:
            copy.backup(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
        schema.bring_up_to_date(connection, version)
    return draft


def _take_over(step: Transaction, source: Source, path: Path) -> None:
    """Saves every row that is different in the attached copy; rows it does not have are deleted."""
    try:
        for kind, cls in KINDS.items():
            columns = tables.ROW[kind]
            # sql: names only
            new = f"SELECT {columns} FROM old.{kind} EXCEPT SELECT {columns} FROM main.{kind}"
            found = (tables.entity(source, kind, row) for row in source.rows(new))
            stand_ins = bindings.stand_ins(source, "old", kind)
            step.save(*(one for one in found if one.lid not in stand_ins))
            gone = source.rows(  # sql: names only
                f"SELECT lid FROM main.{kind} WHERE deleted = 0 "
                f"AND lid NOT IN (SELECT lid FROM old.{kind})"
            )
            step.save(*(replace(step.get(cls, lid), deleted=True) for (lid,) in gone))
    except DamagedFileError as error:
        raise RefusedError(f"{path} is damaged. {KEPT} Choose another backup.") from error
    step.bindings += bindings.only_in(source, "old")
    step.step.meta[schema.EPOCH] = schema.next_epoch(source)
    step.step.meta[schema.RESTORED] = "1"
    step.step.meta["anchor"] = None
