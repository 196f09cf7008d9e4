"""Writes that were sent to a server and of which nobody knows yet what became of them."""

import json
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from toggl_desktop.store.bindings import Service
from toggl_desktop.store.source import Row, Source

Op = Literal["create", "update", "delete"]
Statement = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One write under way, or one whose answer was lost.

    Attributes:
        payload: What was sent, as a binding's `base` has it.
        sent_at: When, by the server's clock; None where that was not known.
        max_rid: The highest number known from the server then: what it makes later is higher.
        ended_at: When it could still reach the server at the latest: seconds since that boot; None
            while it is under way, and after the process died that sent it.
        boot_id: Which boot.
    """

    service: Service
    kind: str
    lid: str
    op: Op
    payload: dict[str, Any]
    sent_at: int | None
    max_rid: int
    ended_at: float | None = None
    boot_id: str | None = None


_COLUMNS = "service, kind, lid, op, payload, sent_at, max_rid, ended_at, boot_id, crc"
_SELECT = f"SELECT {_COLUMNS} FROM attempt"  # sql: names only


def checksum(row: Row) -> int:
    """Returns what the `crc` of an attempt must be, given the columns before it."""
    return zlib.crc32("\x1f".join(map(str, row)).encode())


def _revived(source: Source, row: Row) -> Attempt:
    *values, crc = row
    if checksum(tuple(values)) != crc:
        raise source.damage("What was sent to a server is damaged: its checksum is wrong.")
    values[4] = source.parsed(values[4], dict)
    return Attempt(*values)


def get(source: Source, service: Service, kind: str, lid: str) -> Attempt | None:
    """Returns a row's outstanding attempt, or None."""
    row = source.row(_SELECT + " WHERE service = ? AND kind = ? AND lid = ?", (service, kind, lid))
    return _revived(source, row) if row else None


def outstanding(source: Source, service: Service) -> list[Attempt]:
    """Returns all outstanding attempts of a service."""
    rows = source.rows(_SELECT + " WHERE service = ?", (service,))
    return [_revived(source, row) for row in rows]


def put(attempt: Attempt) -> Statement:
    """Returns what writes an attempt down, for `Transaction.also`."""
    row = (
        attempt.service,
        attempt.kind,
        attempt.lid,
        attempt.op,
        json.dumps(attempt.payload, ensure_ascii=False),
        attempt.sent_at,
        attempt.max_rid,
        attempt.ended_at,
        attempt.boot_id,
    )
    return (
        (
            f"INSERT INTO attempt ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?) "  # sql: names only
            "ON CONFLICT (service, kind, lid) DO UPDATE SET op=excluded.op, "
            "payload=excluded.payload, sent_at=excluded.sent_at, max_rid=excluded.max_rid, "
            "ended_at=excluded.ended_at, boot_id=excluded.boot_id, crc=excluded.crc"
        ),
        (*row, checksum(row)),
    )


def cleared(service: Service, kind: str, lid: str) -> Statement:
    """Returns what forgets an attempt that is settled, for `Transaction.also`."""
    return "DELETE FROM attempt WHERE service = ? AND kind = ? AND lid = ?", (service, kind, lid)
