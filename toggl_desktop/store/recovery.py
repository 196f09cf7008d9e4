"""When the store's file is damaged or gone: nothing is thrown away, nothing starts over unasked."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.errors import RefusedError, StoreDamagedError
from toggl_desktop.store import backup, journal, schema, tables
from toggl_desktop.store.failures import DamagedFileError, translated
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source

_RESTORE = "Run “toggl-desktop restore” to go back to it; later edits are replayed from the log."


def _offer(place: Place) -> tuple[str, str | None]:
    newest = backup.newest_good(place)
    if newest is None:
        return "There is no backup; “toggl-desktop restore --fresh” starts an empty store.", None
    at = datetime.fromtimestamp(newest.at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"The newest good backup is of {at}. {_RESTORE}", str(newest.path)


def damaged(place: Place, error: DamagedFileError) -> StoreDamagedError:
    """Moves a damaged file set aside, whole, and returns the error that says where and what now."""
    with translated():
        stamp = datetime.fromtimestamp(place.database.stat().st_mtime, UTC).strftime(
            "%Y%m%dT%H%M%SZ"
        )
        aside = place.directory / f"corrupt-{stamp}"
        number = 1
        while aside.exists():
            number += 1
            aside = place.directory / f"corrupt-{stamp}-{number}"
        aside.mkdir(mode=0o700)
        for suffix in ("", "-wal", "-shm"):
            path = Path(f"{place.database}{suffix}")
            if path.exists():
                path.rename(aside / path.name)
    offer, newest = _offer(place)
    return StoreDamagedError(f"{error} It was moved to {aside}, untouched. {offer}", newest)


def refuse_to_start_over(place: Place) -> None:
    """Raises StoreDamagedError when the store is gone though there are backups or edits of it."""
    if not backup.known(place) and not any(place.directory.glob("edits-*.jsonl")):
        return
    offer, path = _offer(place)
    raise StoreDamagedError(
        f"The store's file is missing, but there are traces of it. {offer}", path
    )


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a recovery brought back: the backup it began with, and the edits replayed after it."""

    backup: Path | None
    replayed: int
    skipped: int


def recover(place: Place, source_file: Path | None = None, *, fresh: bool = False) -> Recovered:
    """Puts a store in place of the missing one: from a backup plus the edits after it, or empty.

    Args:
        place: The profile's place; its database file must be missing.
        source_file: The backup; by default the newest good one.
        fresh: Start empty. The edits' log is set aside, not deleted.

    Raises:
        RefusedError: There is a store, or no good backup.
    """
    if place.database.exists():
        raise RefusedError("There is a store already; nothing was changed.")
    lock = WriteLock(place.lock)
    try:
        with lock.held(), translated():
            if fresh:
                _set_log_aside(place)
                schema.create(lock, place)
                return Recovered(None, 0, 0)
            newest = backup.newest_good(place) if source_file is None else None
            path = source_file or (newest.path if newest else None)
            if path is not None:
                backup.examine(path)
                draft = place.database.with_suffix(".part")
                shutil.copyfile(path, draft)
                draft.chmod(0o600)
                draft.replace(place.database)
                schema.migrate(lock, place)
            else:
                schema.create(lock, place)
            with closing(schema.connect(place.database, reading=False)) as connection:
                replayed, skipped = _replay(connection, place)
            return Recovered(path, replayed, skipped)
    finally:
        lock.close()


def _set_log_aside(place: Place) -> None:
    for path in place.directory.glob("edits-*.jsonl"):
        path.rename(path.with_suffix(".jsonl.old"))


def _replay(connection: sqlite3.Connection, place: Place) -> tuple[int, int]:
    """Applies the logged edits that the backup does not know; returns (replayed, skipped)."""
    last = journal.last_seq(Source(connection))
    replayed = skipped = 0
    for path in sorted(place.directory.glob("edits-*.jsonl")):
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                line = json.loads(text)
                if line["seq"] <= last:
                    continue
                connection.execute("BEGIN IMMEDIATE")
                _apply(connection, line)
                connection.execute("COMMIT")
                last, replayed = line["seq"], replayed + 1
            except (ValueError, KeyError, TypeError, sqlite3.Error):
                skipped += 1  # torn or foreign line: the ones around it still count
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    return replayed, skipped


def _apply(connection: sqlite3.Connection, line: dict[str, Any]) -> None:
    connection.execute(
        "INSERT INTO step (seq, at, name, origin, role, target) VALUES (?,?,?,?,?,?)",
        (line["seq"], line["at"], line["name"], line["origin"], line["role"], line["target"]),
    )
    for place, (kind, lid, before, after) in enumerate(line["changes"]):
        if kind not in KINDS:
            continue
        entity = tables.revived(kind, after)
        connection.execute(tables.UPSERT[kind], tables.values_for_upsert(entity))
        connection.execute(
            "INSERT INTO change (seq, place, kind, lid, before, after) VALUES (?,?,?,?,?,?)",
            (
                line["seq"],
                place,
                kind,
                lid,
                None if before is None else json.dumps(before, ensure_ascii=False),
                json.dumps(after, ensure_ascii=False),
            ),
        )
    if line["role"] != "do" and line["target"] is not None:
        state = journal.UNDONE if line["role"] == "undo" else journal.DONE
        connection.execute("UPDATE step SET state = ? WHERE seq = ?", (state, line["target"]))
    else:
        connection.execute(
            "UPDATE step SET state = ? WHERE state = ?", (journal.DEAD, journal.UNDONE)
        )
    for key, value in line.get("meta", {}).items():
        schema.put_meta(connection, key, value)
