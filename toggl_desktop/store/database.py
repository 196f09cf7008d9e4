"""Opening the store, and the one way to write to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType

from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import bindings, journal, place, schema, tables
from toggl_desktop.store.failures import DamagedFileError, DiskFullError, translated
from toggl_desktop.store.feed import Feed
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Change, Role, Step, Transaction, change_set, journal_line

BALLAST_BYTES = 8 << 20
_ROOM_FOR_BALLAST = 500 << 20


class Store:
    """One profile's store, for one thread; other threads and processes open their own.

    Reading goes through `source`, writing through `transaction`, and every committed step of any
    process reaches `feed` (after `catch_up` where another process made it).
    """

    def __init__(self, where: Place) -> None:
        """Opens or creates the store. Raises StoreError (StoreDamagedError when it is damaged)."""
        self.place = where
        self.feed = Feed()
        self._writer: sqlite3.Connection | None = None
        self._lock: WriteLock | None = None
        place.prepare(where)
        with translated():
            place.refuse_foreign(where.database)
        try:
            self._open()
        except DamagedFileError as error:
            self.close()
            from toggl_desktop.store.recovery import damaged

            raise damaged(where, error) from error
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        exists = self.place.database.exists()
        if not exists:
            from toggl_desktop.store.recovery import refuse_to_start_over

            refuse_to_start_over(self.place)
            schema.create(self._write_lock(), self.place)
        place.tighten(self.place.database)
        self._reader = schema.connect(self.place.database, reading=True)
        self.source = Source(self._reader)
        if schema.needs_migration(self.source):
            self._reader.close()
            schema.migrate(self._write_lock(), self.place)
            self._reader = schema.connect(self.place.database, reading=True)
            self.source = Source(self._reader)
        schema.refuse_strange(self.source)
        self.seen = journal.last_seq(self.source)
        self._version = self._data_version()

    def close(self) -> None:
        """Closes all files; the last one to close writes the log back, under the lock."""
        reader = getattr(self, "_reader", None)
        if reader is not None:
            reader.close()
        if self._writer is not None and self._lock is not None:
            with suppress(StoreError), self._lock.held():
                self._writer.close()
        self._writer = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write_lock(self) -> WriteLock:
        if self._lock is None:
            place.refuse_foreign(self.place.lock)
            self._lock = WriteLock(self.place.lock)
        return self._lock

    def _writing(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = schema.connect(self.place.database, reading=False)
            self._lay_ballast()
        return self._writer

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """Holds the write lock and lends the writing connection: for backup and restore."""
        with self._write_lock().held(), translated():
            yield self._writing()

    @contextmanager
    def transaction(
        self,
        name: str,
        at: int,
        *,
        origin: Origin = Origin.HERE,
        role: Role = "do",
        target: int | None = None,
    ) -> Iterator[Transaction]:
        """Runs one step: what is saved inside is committed with its journal, or nothing is.

        After the commit the step is published, and `Transaction.result` tells what it touched
        (empty when nothing really changed; then nothing was written either).

        Args:
            name: The step in words; may still be changed through `Transaction.step`.
            at: The present, epoch seconds UTC.
            origin: Who made the step.
            role: Whether it is an ordinary step, an undo or a redo.
            target: The step that is undone or redone.

        Raises:
            StoreError: The store cannot be written; nothing was changed.
        """
        step = Step(at, name, origin, role, target)
        with self._write_lock().held():
            writer = self._writing()
            with translated():
                writer.execute("BEGIN IMMEDIATE")
            transaction = Transaction(Source(writer), step)
            try:
                yield transaction
                transaction.result = self._finish(writer, transaction)
            finally:
                if writer.in_transaction:
                    with suppress(sqlite3.Error):
                        writer.execute("ROLLBACK")
        self._publish(transaction.result)

    def _finish(self, writer: sqlite3.Connection, transaction: Transaction) -> ChangeSet:
        changes = transaction.changes()
        if not (changes or transaction.step.meta or transaction.keep_even_if_empty):
            return ChangeSet()
        try:
            seq = self._flush(writer, transaction, changes)
        except DiskFullError:
            if not self._drop_ballast():
                raise
            if not writer.in_transaction:
                writer.execute("BEGIN IMMEDIATE")
            seq = self._flush(writer, transaction, changes)
        self._append_second_copy(transaction.step.at, journal_line(seq, transaction.step, changes))
        return change_set(seq, transaction.step, changes)

    def _flush(
        self, writer: sqlite3.Connection, transaction: Transaction, changes: list[Change]
    ) -> int:
        step = transaction.step
        with translated():
            try:
                for change in changes:
                    entity = change.entity
                    writer.execute(tables.UPSERT[entity.kind], tables.values_for_upsert(entity))
                    if step.origin is Origin.HERE and change.before is not None:
                        writer.execute(
                            "UPDATE binding SET unsent = 1 WHERE service IN ('track', 'plan') "
                            "AND kind = ? AND lid = ?",
                            (entity.kind, entity.lid),
                        )
                for key, value in step.meta.items():
                    schema.put_meta(writer, key, value)
                for binding in transaction.bindings:
                    bindings.put(writer, binding)
                seq = journal.write(writer, step, changes)
                writer.execute("COMMIT")
            except sqlite3.IntegrityError as error:
                if "one_running" in str(error):
                    raise RefusedError(
                        "Only one entry can run at a time. Nothing was changed; "
                        "stop the running one first."
                    ) from error
                raise
        return seq

    def _publish(self, result: ChangeSet) -> None:
        if result.seq == self.seen + 1:
            self.seen = result.seq
            self.feed.publish(result)
        elif result.seq:
            self.catch_up()

    def catch_up(self) -> bool:
        """Publishes the steps that other processes committed; tells whether there were any."""
        before = self.seen
        for one in journal.sets_since(self.source, self.seen):
            self.seen = max(self.seen, one.seq)
            self.feed.publish(one)
        return self.seen != before

    def changed_elsewhere(self) -> bool:
        """Tells whether another connection has committed since this was last asked. Cheap."""
        version = self._data_version()
        changed, self._version = version != self._version, version
        return changed

    def _data_version(self) -> int:
        return int(self.source.value("PRAGMA data_version"))

    # The second copy and the ballast ------------------------------------------------------

    def _append_second_copy(self, at: int, line: str) -> None:
        month = datetime.fromtimestamp(at, UTC).strftime("%Y%m")
        path = self.place.directory / f"edits-{month}.jsonl"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        is_new = not path.exists()
        with suppress(OSError):  # a second copy: the first one is already safe
            handle = os.open(path, flags, 0o600)
            try:
                os.write(handle, line.encode())
            finally:
                os.close(handle)
            if is_new:
                for old in sorted(self.place.directory.glob("edits-*.jsonl"))[:-12]:
                    old.unlink()

    def _lay_ballast(self) -> None:
        path = self.place.ballast
        with suppress(OSError):
            room = os.statvfs(self.place.directory) if hasattr(os, "statvfs") else None
            free = room.f_bavail * room.f_frsize if room else 0
            if path.exists() or path.is_symlink() or free < _ROOM_FOR_BALLAST:
                return
            with path.open("xb") as file:
                path.chmod(0o600)
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, BALLAST_BYTES)

    def _drop_ballast(self) -> bool:
        try:
            self.place.ballast.unlink()
        except OSError:
            return False
        return True
