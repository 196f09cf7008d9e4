"""When the store's file is damaged or gone: nothing is thrown away, nothing starts over unasked."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toggl_desktop.domain.errors import RefusedError, StoreDamagedError, StoreError
from toggl_desktop.store import backup, editlog, journal, place, salvage, schema
from toggl_desktop.store.failures import KEPT, DamagedFileError, translated
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.place import Place
from toggl_desktop.store.replay import replay
from toggl_desktop.store.source import Source

__all__ = ["Recovered", "damaged", "recover", "refuse_to_start_over", "replay"]

_RESTORE = "Run “toggl-desktop restore” to go back to it; later edits are replayed from the log."


def _newest(where: Place) -> backup.Backup | None:
    """Returns the newest good backup of the store that was used last."""
    mark = editlog.last(where)
    return backup.newest_good(where, mark.store if mark else None)


def _offer(where: Place) -> tuple[str, str | None]:
    newest = _newest(where)
    if newest is not None:
        at = datetime.fromtimestamp(newest.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        return f"The newest good backup is of {at}. {_RESTORE}", str(newest.path)
    fresh = "“toggl-desktop restore --fresh” starts an empty store."
    if editlog.last(where) or _asides(where):
        rest = (
            "“toggl-desktop restore” brings back what the log of edits and the old file still say"
        )
        return f"There is no good backup; {rest}, {fresh}", None
    return f"There is no backup; {fresh}", None


def damaged(
    where: Place, error: DamagedFileError, identity: tuple[int, int] | None = None
) -> StoreDamagedError:
    """Moves a damaged file set aside, whole, and returns the error that says where and what now.

    Args:
        where: The profile's place.
        error: What was found.
        identity: Device and number of the file it was found in: another one is left alone.
    """
    lock = WriteLock(where.lock)
    try:
        with lock.held(), translated():
            about = where.database.stat() if where.database.exists() else None
            is_other = identity is not None and about and (about.st_dev, about.st_ino) != identity
            aside = None if is_other or about is None else _set_aside(where)
            where.suspect.unlink(missing_ok=True)
    finally:
        lock.close()
    offer, newest = _offer(where)
    moved = f"It was moved to {aside}, untouched." if aside else "It was moved away meanwhile."
    return StoreDamagedError(f"{error.what} {moved} {offer}", newest)


def _asides(where: Place) -> list[Path]:
    return sorted(where.directory.glob("corrupt-*"), key=lambda p: p.stat().st_mtime)


def _set_aside(where: Place) -> Path | None:
    """Moves the file, and all that belongs to it, into a directory of its own; None: nothing was.

    A log left behind would be taken for the log of the file that comes next.
    """
    parts = [Path(f"{where.database}{s}") for s in ("", "-wal", "-shm", "-journal")]
    parts = [path for path in parts if path.exists()]
    if not parts:
        return None
    at = datetime.fromtimestamp(max(path.stat().st_mtime for path in parts), UTC)
    aside = where.directory / f"corrupt-{at:%Y%m%dT%H%M%SZ}"
    number = 1
    while aside.exists():
        number += 1
        aside = where.directory / f"corrupt-{at:%Y%m%dT%H%M%SZ}-{number}"
    aside.mkdir(mode=0o700)
    for path in parts:
        path.rename(aside / path.name)
    return aside


def has_traces(where: Place) -> bool:
    """Tells whether there are backups, edits or damaged files of a store."""
    has_log = any(where.directory.glob("edits-*.jsonl"))
    return has_log or bool(backup.known(where)) or bool(_asides(where))


def refuse_to_start_over(where: Place) -> None:
    """Raises StoreDamagedError when the store is gone though there are traces of it."""
    wal = Path(f"{where.database}-wal")
    if not (has_traces(where) or (wal.exists() and wal.stat().st_size > 0)):
        return
    offer, path = _offer(where)
    what = "empty" if where.database.exists() else "missing"
    raise StoreDamagedError(
        f"The store's file is {what}, but there are traces of it. {offer}", path
    )


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery brought back: the backup it began with, and the edits replayed after it.

    Attributes:
        skipped: Lines of the log that could not be read.
    """

    backup: Path | None
    replayed: int
    skipped: int


def recover(where: Place, source_file: Path | None = None, *, fresh: bool = False) -> Recovered:
    """Puts a store in place of the missing one: from a backup plus the edits after it, or empty.

    The edits come from the log, and from what can still be read of the file that was moved aside.
    A process killed in the middle leaves the store missing, as it was.

    Args:
        where: The profile's place; its database file must be missing or empty.
        source_file: The backup; by default the newest good one.
        fresh: Start empty. The log of edits is set aside, not deleted.

    Raises:
        RefusedError: There is a store, or the file is no good backup.
        StoreError: It cannot be written.
    """
    place.prepare(where)
    lock = WriteLock(where.lock)
    try:
        with lock.held(), translated():
            if schema.is_there(where):
                raise RefusedError(f"There is a store already. {KEPT}")
            if source_file is not None:
                backup.examine(source_file)
            _set_aside(where)
            if fresh:
                editlog.set_aside(where)
                schema.create(lock, where)
                return Recovered(None, 0, 0)
            return _recovered(where, source_file)
    finally:
        lock.close()


def _recovered(where: Place, source_file: Path | None) -> Recovered:
    mark = editlog.last(where)
    newest = _newest(where) if source_file is None else None
    path = source_file or (newest.path if newest else None)
    draft = schema.new_draft(where)
    with closing(schema.connect(draft, reading=False)) as connection:
        if path is not None:
            with closing(backup.opened(path)) as copy:
                copy.backup(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        source = Source(connection)
        schema.bring_up_to_date(connection, schema.version(source))
        if path is None and (store := mark.store if mark else salvage.store_of(_asides(where))):
            schema.put_meta(connection, schema.STORE_ID, store)
        replayed, skipped = _replay_all(where, connection)
        schema.put_meta(connection, schema.EPOCH, schema.next_epoch(source))
        schema.put_meta(connection, schema.RESTORED, "1")
        if source.value("PRAGMA quick_check(1)") != "ok":
            raise StoreError(f"What came back is damaged too. {KEPT} Choose another backup.")
    schema.put_in_place(draft, where)
    return Recovered(path, replayed, skipped)


def _replay_all(where: Place, connection: sqlite3.Connection) -> tuple[int, int]:
    """Replays what log and old file say after the backup; returns (replayed, unreadable lines)."""
    source = Source(connection)
    mark = editlog.Mark(schema.meta(source, schema.STORE_ID) or "", journal.last_seq(source))
    lines, unread = editlog.after(where, mark)
    logged = {line["seq"] for line in lines}
    lines += [one for one in salvage.lines(_asides(where), mark) if one["seq"] not in logged]
    replayed, failed = replay(connection, sorted(lines, key=_seq))
    return replayed, unread + failed


def _seq(line: editlog.Line) -> int:
    seq: int = line["seq"]
    return seq
