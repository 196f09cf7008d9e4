"""Opening the store, and the one way to write to it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import editlog, journal, place, schema
from toggl_desktop.store.failures import (
    KEPT,
    DamagedFileError,
    DiskError,
    DiskFullError,
    translated,
)
from toggl_desktop.store.feed import Feed
from toggl_desktop.store.source import Source

if TYPE_CHECKING:  # the icon is shown before anything is written (tests/app/test_start.py)
    from collections.abc import Iterator
    from types import TracebackType

    from toggl_desktop.domain.stopping import Pulse
    from toggl_desktop.store.doctor import Findings
    from toggl_desktop.store.lock import WriteLock
    from toggl_desktop.store.place import Place
    from toggl_desktop.store.write import Role, Transaction


class Store:
    """One profile's store, for one thread; other threads and processes open their own.

    Reading goes through `source`, writing through `transaction`, and every committed step of any
    process reaches `feed` (after `catch_up` where another process made it).

    Attributes:
        seen: The last step that was published or was there at the start.
        replayed: How many edits the file had lost and got back from the log on opening.
        pulse: Asked while a step is written; what it raises takes the step back, whole.
    """

    def __init__(self, where: Place, *, verify: bool = False) -> None:
        """Opens or creates the store. Raises StoreError (StoreDamagedError when it is damaged).

        Args:
            where: The profile's place.
            verify: Look through the file's structure first, for two seconds at most.
        """
        self.place = where
        self.feed = Feed()
        self.replayed = 0
        self.pulse: Pulse | None = None
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._lock: WriteLock | None = None
        place.prepare(where)
        try:
            with translated():
                self._open(verify=verify)
        except DamagedFileError as error:
            self.close()
            from toggl_desktop.store.recovery import damaged

            raise damaged(where, error, self._identity) from error
        except BaseException:
            self.close()
            raise

    def _open(self, *, verify: bool) -> None:
        self._identity = _identity(self.place)
        if not schema.is_there(self.place):
            from toggl_desktop.store.recovery import refuse_to_start_over

            refuse_to_start_over(self.place)
            schema.create(self._write_lock(), self.place)
        logged = editlog.last(self.place)
        self._identity = _identity(self.place)
        self._look()
        if schema.version(self.source) == 0:
            from toggl_desktop.store.recovery import has_traces

            if has_traces(self.place):
                raise DamagedFileError("The store's file is damaged: nothing is in it.")
        if schema.needs_migration(self.source):
            self._forget_connections()
            schema.migrate(self._write_lock(), self.place)
            self._look()
        schema.refuse_strange(self.source)
        if verify or self.place.suspect.exists():
            self._look_closely()
        self._shape = schema.version(self.source)
        self.seen = journal.last_seq(self.source)
        store = schema.meta(self.source, schema.STORE_ID) or ""
        self._log = editlog.EditLog(self.place, store)
        if logged is not None and logged.store == store and logged.seq > self.seen:
            self._get_back_what_was_lost(store)
        self._version = self._data_version()

    def _look(self) -> None:
        try:
            self._reader = schema.connect(self.place.database, reading=True)
        except DiskFullError:
            if not self._make_room():
                raise
            self._reader = schema.connect(self.place.database, reading=True)
        self.source = Source(self._reader, self.place.mark_suspect)

    def _look_closely(self) -> None:
        is_suspect = self.place.suspect.exists()
        found = self._examined(full=is_suspect).damage
        if found:
            raise DamagedFileError(f"The store's file is damaged. {found[0]}")
        if is_suspect:
            self.place.suspect.unlink(missing_ok=True)

    def _get_back_what_was_lost(self, store: str) -> None:
        """The log knows steps that the file does not: its last commits were lost. They come back.

        It happens when somebody removes the `-wal` file, or copies an older file over this one.
        """
        from toggl_desktop.store.recovery import replay

        with self.locked() as writer:
            seen = journal.last_seq(Source(writer, self.place.mark_suspect))
            lines, _ = editlog.after(self.place, editlog.Mark(store, seen))
            self.replayed, _ = replay(writer, lines)
        self.seen = journal.last_seq(self.source)

    def check(self, *, full: bool = False) -> list[str]:
        """Returns what is wrong with the file, one sentence each; empty when it is sound.

        A file that is damaged is set aside by the next to open it.

        Args:
            full: Look at everything, however long it takes; else for two seconds at most.
        """
        found = self._examined(full=full)
        if found.damage:
            self.place.mark_suspect()
        return [*found.damage, *found.faults]

    def _examined(self, *, full: bool) -> Findings:
        from toggl_desktop.store import doctor

        return doctor.examine(self.place, self._reading(), full=full)

    def _reading(self) -> sqlite3.Connection:
        assert self._reader is not None
        return self._reader

    def _forget_connections(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def close(self) -> None:
        """Closes all files; the last one to close writes the log back, under the lock."""
        self._forget_connections()
        if self._writer is not None and self._lock is not None:
            with suppress(StoreError), self._lock.held():
                self._writer.close()
        self._writer = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Store:
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
            from toggl_desktop.store.lock import WriteLock

            place.refuse_foreign(self.place.lock)
            self._lock = WriteLock(self.place.lock)
        return self._lock

    def _writing(self) -> sqlite3.Connection:
        """Returns the writing connection, to the very file that was opened. Under the lock only."""
        if _identity(self.place) != self._identity:
            raise StoreError(
                "The store's file was replaced while it was open. "
                f"{KEPT} Start Toggl Desktop again."
            )
        if self._writer is None:
            from toggl_desktop.store import ballast

            self._writer = schema.connect(self.place.database, reading=False)
            ballast.lay(self.place)
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
        from toggl_desktop.store.write import Step, Transaction

        step = Step(at, name, origin, role, target)
        with self._write_lock().held():
            writer = self._begun()
            transaction = Transaction(Source(writer, self.place.mark_suspect), step)
            if self.pulse is not None:
                transaction.pulse = self.pulse
            try:
                yield transaction
                transaction.result = self._finish(writer, transaction)
            except (DamagedFileError, DiskError):
                self.place.mark_suspect()
                raise
            finally:
                if writer.in_transaction:
                    with suppress(sqlite3.Error):
                        writer.execute("ROLLBACK")
        self._publish(transaction.result)

    def _begun(self) -> sqlite3.Connection:
        try:
            return self._begin()
        except DiskFullError:
            if not self._make_room():
                raise
            return self._begin()

    def _make_room(self) -> bool:
        from toggl_desktop.store import ballast

        return ballast.drop(self.place)

    def _begin(self) -> sqlite3.Connection:
        writer = self._writing()
        with translated():
            writer.execute("BEGIN IMMEDIATE")
            found = writer.execute("PRAGMA user_version").fetchone()[0]
        if found != self._shape:
            writer.execute("ROLLBACK")
            raise StoreError(
                "The store was brought up to date by a newer Toggl Desktop. "
                f"{KEPT} Start this one again."
            )
        return writer

    def _finish(self, writer: sqlite3.Connection, transaction: Transaction) -> ChangeSet:
        from toggl_desktop.store import writing
        from toggl_desktop.store.write import change_set

        words = writing.put_into_words(transaction)
        step = transaction.step
        is_empty = not (words.changes or step.meta or words.ties or transaction.arrivals)
        if is_empty and not transaction.keep_even_if_empty:
            if transaction.also:
                with translated():
                    writing.keep_books(writer, transaction)
                    writer.execute("COMMIT")
            return ChangeSet()
        try:
            seq = writing.commit(writer, words)
        except DiskFullError:
            if not self._make_room():
                raise
            if writer.in_transaction:  # what of it was written must not be written twice
                writer.execute("ROLLBACK")
            with translated():
                writer.execute("BEGIN IMMEDIATE")
            seq = writing.commit(writer, words)
        text = writing.line(words, seq, self._log.store)
        self._log.append(text, seq, step.at, Source(writer, self.place.mark_suspect))
        return change_set(seq, step, words.changes, transaction.arrivals)

    def publish(self, result: ChangeSet) -> None:
        """Publishes a step that another connection of this process committed, if it is news."""
        if result.seq > self.seen:
            self._publish(result)

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


def _identity(where: Place) -> tuple[int, int] | None:
    """Returns what tells this file from another one of the same name; None when there is none."""
    try:
        about = where.database.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino
