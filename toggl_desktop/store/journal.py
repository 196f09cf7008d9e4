"""The journal: every step, in order. The history, the way back, and the feed of all processes."""

from __future__ import annotations

import json
import zlib
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any, NamedTuple

from toggl_desktop.domain.changes import BULK, ChangeSet, Origin

if TYPE_CHECKING:  # who only reads does not pay for the writing half
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from toggl_desktop.store.source import Row, Source
    from toggl_desktop.store.write import Step

DONE, UNDONE, DEAD = 0, 1, 2


class StepRow(NamedTuple):
    """A step of the journal.

    Attributes:
        seq: Its number: grows, never reused.
        at: Epoch seconds UTC.
        name: The step in words.
        origin: `here`, `track` or `plan`.
        role: `do`, `undo` or `redo`.
        target: The step an undo or redo is about.
        state: DONE, UNDONE (can be redone) or DEAD (undone for good).
    """

    seq: int
    at: int
    name: str
    origin: str
    role: str
    target: int | None
    state: int


class ChangeRow(NamedTuple):
    """One row's change as the journal keeps it."""

    seq: int
    at: int
    origin: str
    kind: str
    lid: str
    before: dict[str, Any] | None
    after: dict[str, Any]


_STEP = "SELECT seq, at, name, origin, role, target, state, crc FROM step"


def _step(source: Source, row: Row) -> StepRow:
    *values, crc = row
    if checksum(row[1:6]) != crc:
        raise source.damage("A step in the journal is damaged: its checksum is wrong.")
    return StepRow(*values)


def write(connection: sqlite3.Connection, step: Step, changes: Iterable[Told]) -> int:
    """Writes the step and its changes inside the transaction under way; returns its number."""
    row = (step.at, step.name, step.origin.value, step.role, step.target)
    seq = connection.execute(
        "INSERT INTO step (at, name, origin, role, target, crc) VALUES (?,?,?,?,?,?)",
        (*row, checksum(row)),
    ).lastrowid
    assert seq is not None
    put_changes(connection, seq, changes)
    mark(connection, step.role, step.origin.value, step.target)
    return seq


Values = dict[str, Any]


class Told(NamedTuple):
    """A change in the journal's words: values as JSON, old ones None where the row is new."""

    kind: str
    lid: str
    before: str | None
    after: str


def told(changes: Sequence[tuple[str, str, Values | None, Values]]) -> list[Told]:
    """Returns changes as they are written down."""
    from toggl_desktop.store import jsontext

    written = jsontext.encoder(len(changes))
    return [
        Told(kind, lid, None if before is None else written(before), written(after))
        for kind, lid, before, after in changes
    ]


def line(one: Told) -> str:
    """Returns a change as JSON: kind, id, old values and the new row."""
    kind, lid, before, after = one
    return f'["{kind}",{_quoted(lid)},{before or "null"},{after}]'


def put_changes(connection: sqlite3.Connection, seq: int, changes: Iterable[Told]) -> None:
    """Writes a step's changes, each with its checksum, in their order."""
    rows = []
    for place, (kind, lid, before, after) in enumerate(changes):  # thousands: no call for each
        text = f"{seq}\x1f{place}\x1f{kind}\x1f{lid}\x1f{before}\x1f{after}"
        rows.append((seq, place, kind, lid, before, after, zlib.crc32(text.encode())))
    connection.executemany(
        "INSERT INTO change (seq, place, kind, lid, before, after, crc) VALUES (?,?,?,?,?,?,?)",
        rows,
    )


def mark(connection: sqlite3.Connection, role: str, origin: str, target: int | None) -> None:
    """Says of the earlier steps what a new one makes of them: undone, done again, or for good."""
    if target is not None and role != "do":
        state = UNDONE if role == "undo" else DONE
        connection.execute("UPDATE step SET state = ? WHERE seq = ?", (state, target))
    elif role == "do" and origin == Origin.HERE:
        connection.execute("UPDATE step SET state = ? WHERE state = ?", (DEAD, UNDONE))


def checksum(row: tuple[object, ...]) -> int:
    """Returns what the `crc` of a change, or of a step, must be, given the columns before it.

    A step's does not cover its number, which is given to it by being written.
    """
    return zlib.crc32("\x1f".join(map(str, row)).encode())


def last_seq(source: Source) -> int:
    """Returns the number of the newest step; 0 when there is none."""
    return source.value("SELECT seq FROM step ORDER BY seq DESC LIMIT 1") or 0


def undoable(source: Source) -> StepRow | None:
    """Returns the step that an undo would take back, or None."""
    where = " WHERE role = 'do' AND origin = 'here' AND state = 0 ORDER BY seq DESC LIMIT 1"
    row = source.row(_STEP + where)
    return _step(source, row) if row else None


def redoable(source: Source) -> StepRow | None:
    """Returns the step that a redo would do again, or None."""
    row = source.row(_STEP + " WHERE state = 1 ORDER BY seq LIMIT 1")
    return _step(source, row) if row else None


def history(source: Source, limit: int = 50, before: int | None = None) -> list[StepRow]:
    """Returns steps, newest first, at most `limit`, older than step `before` if given."""
    rows = source.rows(
        _STEP + " WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        (2**62 if before is None else before, limit),
    )
    return [_step(source, row) for row in rows]


def worth_telling(source: Source, limit: int) -> list[StepRow]:
    """Returns the newest steps that a person may want to read of, newest first.

    What a sync notes for itself (what it read until when, how a turn went) touches no row.
    """
    rows = source.rows(
        _STEP + " WHERE origin = 'here' "
        "OR EXISTS (SELECT 1 FROM change WHERE change.seq = step.seq) ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return [_step(source, row) for row in rows]


def size(source: Source, seq: int) -> int:
    """Returns how many rows a step changed."""
    return int(source.value("SELECT count(*) FROM change WHERE seq = ?", (seq,)))


def changes_of(source: Source, seq: int) -> list[ChangeRow]:
    """Returns the changes of one step, in the order they were written."""
    return list(_changes(source, "c.seq = ?", (seq,)))


def changes_since(source: Source, seq: int, limit: int = 1000) -> list[ChangeRow]:
    """Returns changes of the steps after `seq`, oldest first, of at most `limit` steps."""
    return list(
        _changes(
            source,
            "c.seq > ? AND c.seq <= (SELECT coalesce(max(seq), 0) FROM "
            "(SELECT seq FROM step WHERE seq > ? ORDER BY seq LIMIT ?))",
            (seq, seq, limit),
        )
    )


def _changes(source: Source, where: str, values: tuple[object, ...]) -> Iterator[ChangeRow]:
    rows = source.rows(  # sql: names only
        "SELECT c.seq, c.place, c.kind, c.lid, c.before, c.after, c.crc, s.at, s.origin "
        f"FROM change c JOIN step s ON s.seq = c.seq WHERE {where} ORDER BY c.seq, c.place",
        values,
    )
    for *row, crc, at, origin in rows:
        seq, _, kind, lid, before, after = row
        if checksum(tuple(row)) != crc:
            raise source.damage("A change in the journal is damaged: its checksum is wrong.")
        old = None if before is None else json.loads(before)
        yield ChangeRow(seq, at, origin, kind, lid, old, json.loads(after))


def sets_since(source: Source, seq: int) -> Iterable[ChangeSet]:
    """Yields a change set for every step after `seq`, oldest first: what other processes did."""
    for row in source.rows(f"{_STEP} WHERE seq > ? ORDER BY seq", (seq,)):  # sql: names only
        yield _set_of(source, _step(source, row))


def _set_of(source: Source, step: StepRow) -> ChangeSet:
    touched: dict[str, frozenset[str]] = {}
    kinds = source.rows(
        "SELECT kind, count(*) FROM change WHERE seq = ? GROUP BY kind", (step.seq,)
    )
    for kind, count in kinds:
        lids = source.rows(
            "SELECT lid FROM change WHERE seq = ? AND kind = ? LIMIT ?", (step.seq, kind, BULK)
        )
        touched[kind] = frozenset(lid for (lid,) in lids) if count < BULK else frozenset()
    low, high, is_open = source.rows(
        """SELECT min(min(json_extract(after, '$.start'),
                          coalesce(json_extract(before, '$.start'), 1e15))),
                  max(max(coalesce(json_extract(after, '$.stop'), 0),
                          coalesce(json_extract(before, '$.stop'), 0))),
                  max(json_extract(after, '$.stop') IS NULL
                      OR json_type(before, '$.stop') IS 'null')
           FROM change WHERE seq = ? AND kind = 'time_entry'""",
        (step.seq,),
    )[0]
    return ChangeSet(
        seq=step.seq,
        touched=touched,
        low=None if low is None else int(low),
        high=None if is_open or high is None else int(high),
        origin=Origin(step.origin),
        step=step.name,
    )
