"""What a step becomes on disk: rows, ties and journal in one commit, then a line of the log.

Everything is put into words once, before the first of it is written: a step may have thousands of
rows, a full disk makes us write them twice, and the log says the same as the journal.
"""

from __future__ import annotations

import sqlite3
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.store import bindings, editlog, journal, jsontext, schema, tables
from toggl_desktop.store.arrivals import KIND
from toggl_desktop.store.failures import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toggl_desktop.store.journal import Told
    from toggl_desktop.store.source import Row
    from toggl_desktop.store.write import Change, Transaction


class Words(NamedTuple):
    """A step as it is written.

    Attributes:
        changes: What really differs, parents first; `transaction.arrivals` come after it.
        told: The same in the words of the journal.
        ties: The bindings as rows.
    """

    transaction: Transaction
    changes: list[Change]
    told: list[Told]
    ties: list[Row]


def put_into_words(transaction: Transaction) -> Words:
    """Returns what a step has to write; nothing is written yet."""
    changes = transaction.changes()
    told = journal.told([(c.entity.kind, c.entity.lid, c.before, c.after) for c in changes])
    return Words(transaction, changes, told, bindings.rows(transaction.bindings))


def commit(writer: sqlite3.Connection, words: Words) -> int:
    """Writes a step and commits it; returns its number.

    Raises:
        RefusedError: A second entry would run.
        StoreError: It cannot be written.
    """
    transaction, step = words.transaction, words.transaction.step
    with translated():
        try:
            for kind, some in groupby(words.changes, _kind):  # in their order: parents come first
                writer.executemany(tables.UPSERT[kind], _values(transaction, some))
            if step.origin is Origin.HERE:
                bindings.mark_unsent(writer, (change.entity for change in words.changes))
            for key, value in step.meta.items():
                schema.put_meta(writer, key, value)
            bindings.put_rows(writer, words.ties)
            _welcome(writer, transaction)
            keep_books(writer, transaction)
            seq = journal.write(writer, step, chain(words.told, transaction.arrivals.told))
            transaction.pulse()  # the last moment at which it can be stopped
            writer.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            if "one_running" in str(error):
                raise RefusedError(
                    "Only one entry can run at a time. Nothing was changed; "
                    "stop the running one first."
                ) from error
            raise
    return seq


def _values(transaction: Transaction, changes: Iterable[Change]) -> Iterator[list[Any]]:
    for change in changes:
        transaction.pulse()
        yield tables.values_for_upsert(change.entity)


def _welcome(writer: sqlite3.Connection, transaction: Transaction) -> None:
    if transaction.arrivals:
        transaction.pulse()
        writer.executemany(tables.INSERT[KIND], transaction.arrivals.rows)
        bindings.add_rows(writer, transaction.arrivals.ties)


def keep_books(writer: sqlite3.Connection, transaction: Transaction) -> None:
    """Writes what a sync remembers of itself; the transaction goes on."""
    for sql, values in transaction.also:
        writer.execute(sql, values)


def line(words: Words, seq: int, store: str) -> str:
    """Returns the step as a line of the log."""
    step, arrivals = words.transaction.step, words.transaction.arrivals
    head = {
        "seq": seq,
        "store": store,
        "at": step.at,
        "name": step.name,
        "origin": step.origin.value,
        "role": step.role,
        "target": step.target,
        "meta": step.meta,
    }
    changes = ",".join([*map(journal.line, words.told), *arrivals.changes])
    ties = ",".join([*map(bindings.line, words.ties), *arrivals.bindings])
    body = f'{jsontext.encoder(1)(head)[:-1]},"changes":[{changes}],"bindings":[{ties}]}}'
    return editlog.sealed(body, store, seq)


def _kind(change: Change) -> str:
    return change.entity.kind
