"""Looking without writing: only what a question needs is opened.

A script's answer comes at once then. Whoever also writes opens a Store instead.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from toggl_desktop.store import place, schema
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
        yield Source(connection)
    finally:
        connection.close()


def _ready(where: Place) -> sqlite3.Connection | None:
    """Returns a reading connection to a store that is there, whole and up to date; else None."""
    place.prepare(where)
    with translated():
        place.refuse_foreign(where.database)
        if not where.database.exists():
            return None
        place.tighten(where.database)
    try:
        connection = schema.connect(where.database, reading=True)
    except DamagedFileError:
        return None
    try:
        source = Source(connection)
        if not schema.needs_migration(source):
            schema.refuse_strange(source)
            return connection
    except DamagedFileError:
        pass
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
