"""Something that can be asked for rows: a reading connection, or a transaction under way."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Row = tuple[Any, ...]


class Source:
    """Answers questions over one connection; failures become sentences of the store."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Returns all rows of a query. Raises StoreError when the file cannot be read."""
        from toggl_desktop.store.failures import translated

        with translated():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """Returns the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401
        """Returns the first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    @contextmanager
    def snapshot(self) -> Iterator["Source"]:
        """Guarantees that all questions asked inside see the store at one moment."""
        from toggl_desktop.store.failures import translated

        with translated():
            self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            self._connection.execute("COMMIT")
