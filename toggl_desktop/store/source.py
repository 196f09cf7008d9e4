"""Something that can be asked for rows: a reading connection, or a transaction under way."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from toggl_desktop.store.failures import DamagedFileError, DiskError, translated

Row = tuple[Any, ...]
T = TypeVar("T", list[Any], dict[str, Any])


class Source:
    """Answers questions over one connection; failures become sentences of the store."""

    __slots__ = ("_connection", "_on_damage")

    def __init__(
        self, connection: sqlite3.Connection, on_damage: Callable[[], None] | None = None
    ) -> None:
        """Asks over a connection; `on_damage` is called when an answer shows a damaged file."""
        self._connection = connection
        self._on_damage = on_damage

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """Returns all rows of a query. Raises StoreError when the file cannot be read."""
        try:
            with translated():
                return self._connection.execute(sql, values).fetchall()
        except (DamagedFileError, DiskError):
            self._report()
            raise

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Yields the rows of a query one by one: for many, of which little is kept.

        It is to be read to its end at once. Raises StoreError when the file cannot be read.
        """
        try:
            with translated():
                yield from self._connection.execute(sql, values)
        except (DamagedFileError, DiskError):
            self._report()
            raise

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """Returns the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401
        """Returns the first column of the first row, or None."""
        found = self.row(sql, values)
        return found[0] if found else None

    def parsed(self, text: str, shape: type[T]) -> T:
        """Returns the list or the values a column of JSON holds; else raises DamagedFileError."""
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, shape):
            raise self.damage("A row in the store is damaged: a part of it cannot be read.")
        return found

    def damage(self, what: str) -> DamagedFileError:
        """Returns the error to raise when an answer cannot be right, and tells the store of it."""
        self._report()
        return DamagedFileError(what)

    def _report(self) -> None:
        if self._on_damage is not None:
            self._on_damage()

    @contextmanager
    def snapshot(self) -> Iterator["Source"]:
        """Guarantees that all questions asked inside see the store at one moment; may be nested."""
        if self._connection.in_transaction:
            yield self
            return
        with translated():
            self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            with suppress(sqlite3.Error):  # nothing was written; an error has ended it already
                self._connection.execute("COMMIT")
