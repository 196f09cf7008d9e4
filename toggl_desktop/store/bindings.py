"""Where a local row lives on a server: its id there, the last server copy, what was refused."""

import json
import sqlite3
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from toggl_desktop.store.source import Row, Source

Service = Literal["track", "plan"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One row's tie to one service.

    Attributes:
        rid: The server's id; None while it was never acknowledged.
        base: The last state known from the server; None before the first.
        unsent: Whether the row differs from `base`.
        gone: Whether the server has deleted it.
        hold: Why it is not sent: status and the server's words; None when nothing holds it.
    """

    service: Service
    kind: str
    lid: str
    rid: int | None = None
    base: dict[str, Any] | None = None
    unsent: bool = True
    gone: bool = False
    hold: dict[str, Any] | None = None


MARK_UNSENT = (
    "UPDATE binding SET unsent = 1 WHERE service IN ('track', 'plan') AND kind = ? AND lid = ?"
)
"""What a person's change does to the bindings of its row."""

_COLUMNS = "service, kind, lid, rid, base, gone, hold, crc, unsent"
_SELECT = f"SELECT {_COLUMNS} FROM binding"  # sql: names only


def checksum(row: Row) -> int:
    """Returns what the `crc` of a binding must be, given the columns before it."""
    return zlib.crc32("\x1f".join(map(str, row)).encode())


def _revived(source: Source, row: Row) -> Binding:
    service, kind, lid, rid, base, gone, hold, crc, unsent = row
    if checksum(row[:7]) != crc:
        raise source.damage(f"The server copy of a {kind} is damaged: its checksum is wrong.")
    return Binding(
        service,
        kind,
        lid,
        rid,
        None if base is None else source.parsed(base, dict),
        bool(unsent),
        bool(gone),
        None if hold is None else source.parsed(hold, dict),
    )


def get(source: Source, service: Service, kind: str, lid: str) -> Binding | None:
    """Returns a row's binding to a service, or None."""
    row = source.row(
        _SELECT + " WHERE service = ? AND kind = ? AND lid = ?",
        (service, kind, lid),
    )
    return _revived(source, row) if row else None


def by_rid(source: Source, service: Service, kind: str, rid: int) -> Binding | None:
    """Returns the binding of a server's id, or None."""
    row = source.row(
        _SELECT + " WHERE service = ? AND kind = ? AND rid = ?",
        (service, kind, rid),
    )
    return _revived(source, row) if row else None


def waiting(source: Source, service: Service) -> list[Binding]:
    """Returns the bindings whose rows are unsent or held back."""
    rows = source.rows(
        _SELECT + " WHERE service = ? AND (unsent = 1 OR hold IS NOT NULL)",
        (service,),
    )
    return [_revived(source, row) for row in rows]


def only_in(source: Source, other: str) -> list[Binding]:
    """Returns the bindings that only an attached copy has, and whose server's id is free here."""
    rows = source.rows(  # sql: names only
        f"{_SELECT.replace('binding', f'{other}.binding')} AS theirs WHERE NOT EXISTS "
        "(SELECT 1 FROM main.binding AS ours WHERE ours.service = theirs.service "
        "AND ours.kind = theirs.kind AND (ours.lid = theirs.lid OR ours.rid = theirs.rid))"
    )
    return [_revived(source, row) for row in rows]


def put(connection: sqlite3.Connection, binding: Binding) -> None:
    """Writes a binding inside the transaction under way."""
    row = (
        binding.service,
        binding.kind,
        binding.lid,
        binding.rid,
        None if binding.base is None else json.dumps(binding.base, ensure_ascii=False),
        int(binding.gone),
        None if binding.hold is None else json.dumps(binding.hold, ensure_ascii=False),
    )
    connection.execute(
        f"INSERT INTO binding ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?) "  # sql: names only
        "ON CONFLICT (service, kind, lid) DO UPDATE SET rid=excluded.rid, base=excluded.base, "
        "gone=excluded.gone, hold=excluded.hold, crc=excluded.crc, unsent=excluded.unsent",
        (*row, checksum(row), int(binding.unsent)),
    )
