"""A process that opens a store and is killed before the k-th statement of its update."""

import functools
import os
import signal
import sqlite3

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place


def watch(reached):
    """Calls with each statement that a connection is about to run, `script` and all."""

    class Connection(sqlite3.Connection):
        def execute(self, sql, *values):
            reached(sql)
            return super().execute(sql, *values)

    schema.sqlite3.connect = functools.partial(sqlite3.connect, factory=Connection)


def die_at(directory, last, note):
    """Opens the store; dies before a statement of the update, or writes down how many there are."""
    count = 0
    is_updating = False

    def reached(sql):
        nonlocal count, is_updating
        is_updating |= sql.startswith(("BEGIN IMMEDIATE", "VACUUM INTO"))
        count += is_updating
        if is_updating and count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    watch(reached)
    try:
        Store(Place(directory)).close()
    except StoreError as error:
        note.write_text(error.sentence, encoding="utf-8")
        os._exit(1)
    note.write_text(str(count), encoding="utf-8")
    os._exit(0)
