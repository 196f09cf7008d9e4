"""Looking without writing: only what a question needs is opened.

A script's answer comes at once then. Whoever also writes opens a Store instead.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from toggl_desktop.store import editlog, place, schema
from toggl_desktop.store.failures import DamagedFileError, translated
from toggl_desktop.store.place import Place
from toggl_desktop.store.source import Source


@contextmanager
def reading(where: Place) -> Iterator[Source]:
    """Lends the store for questions; one that must be made, updated or mended is opened whole.

    Raises:
        StoreError: It cannot be opened (StoreDamagedError when it is damaged).
    """
    connection = _ready(where)
    if connection is None:
        from toggl_desktop.store.database import Store

        with Store(where) as store:
            yield store.source
        return
    try:
        yield Source(connection, where.mark_suspect)
    finally:
        connection.close()


def _has_lost(logged: editlog.Mark | None, source: Source) -> bool:
    """Tells whether the log knows edits that the file has lost: a Store gets them back."""
    if logged is None or logged.store != schema.meta(source, schema.STORE_ID):
        return False
    last: int = source.value("SELECT seq FROM step ORDER BY seq DESC LIMIT 1") or 0
    return logged.seq > last


def _ready(where: Place) -> sqlite3.Connection | None:
    """Returns a reading connection to a store that is there, whole and up to date; else None."""
    place.prepare(where)
    try:
        with translated():
            if where.suspect.exists() or not schema.is_there(where):
                return None
            logged = editlog.last(where)
        connection = schema.connect(where.database, reading=True)
    except DamagedFileError:
        return None
    try:
        source = Source(connection)
        if not (schema.needs_migration(source) or _has_lost(logged, source)):
            schema.refuse_strange(source)
            return connection
    except DamagedFileError:
        pass
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
