"""Where a local row lives on a server: its id there, the last server copy, what was refused."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from toggl_desktop.domain.entities import Entity
from toggl_desktop.domain.ids import ANY_SAMPLE
from toggl_desktop.store import jsontext
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


_MARK = """
UPDATE binding SET unsent = NOT (? AND rid IS NULL AND NOT EXISTS (
  SELECT 1 FROM attempt AS a
  WHERE a.service = binding.service AND a.kind = binding.kind AND a.lid = binding.lid))
WHERE service IN ('track', 'plan') AND kind = ? AND lid = ?"""
_BIND = """
INSERT INTO binding (service, kind, lid, crc)
SELECT 'track', ?, ?, ? WHERE EXISTS (
  SELECT 1 FROM binding WHERE service = 'track' AND kind = 'workspace' AND rid IS NOT NULL
  AND lid = coalesce(?, (SELECT workspace FROM project WHERE lid = ?)))
ON CONFLICT (service, kind, lid) DO NOTHING"""
_HAS_ACCOUNT = (
    "SELECT 1 FROM binding WHERE service = 'track' AND kind = 'workspace' AND rid IS NOT NULL"
)
TRACKED = ("client", "project", "task", "tag", "time_entry")
"""Kinds of which a row in a workspace of an account belongs to that account."""

# sql: names only
_TRACKS = " UNION ALL ".join(
    f"SELECT 1 FROM {kind} WHERE deleted = 0 AND project = {{lid}}"
    for kind in ("time_entry", "task")
)
# sql: names only
_PLANS = " UNION ALL ".join(
    f"SELECT 1 FROM {kind} WHERE deleted = 0 AND project = {{lid}}"
    for kind in ("plan_task", "milestone", "segment")
)
_ONLY_PLANNED = f"(EXISTS ({_PLANS}) AND NOT EXISTS ({_TRACKS}))"


_OF_PLAN = (  # sql: names only
    "(EXISTS (SELECT 1 FROM project WHERE deleted = 0 AND client = {lid}) AND NOT EXISTS ("
    "SELECT 1 FROM project AS p WHERE p.deleted = 0 AND p.client = {lid} AND ("
    f"NOT {_ONLY_PLANNED.format(lid='p.lid')} OR EXISTS (SELECT 1 FROM binding AS b "
    "WHERE b.service = 'track' AND b.kind = 'project' AND b.lid = p.lid))))"
)
_COLUMNS = "service, kind, lid, rid, base, gone, hold, crc, unsent"
_SELECT = f"SELECT {_COLUMNS} FROM binding"  # sql: names only


_FIELDS = tuple(one.name for one in fields(Binding))


def plain(binding: Binding) -> dict[str, Any]:
    """Returns a binding's fields by name; what is in them is not copied."""
    return {name: getattr(binding, name) for name in _FIELDS}


def only_planned(lid: str) -> str:
    """Returns the condition for a project of the plan alone: nobody tracks time on it (yet).

    Such a project stays on this computer; the first entry on it takes it to the account.
    """
    return _ONLY_PLANNED.format(lid=lid)  # sql: names only


def only_of_plan(lid: str) -> str:
    """Returns the condition for a client whose projects are all of the plan alone.

    It stays on this computer with them; one that has no project was made for its own sake.
    """
    return _OF_PLAN.format(lid=lid)  # sql: names only


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


def bound(source: Source, service: Service, kind: str) -> list[Binding]:
    """Returns the bindings of a kind that have a number on the server."""
    rows = source.rows(
        _SELECT + " WHERE service = ? AND kind = ? AND rid IS NOT NULL",
        (service, kind),
    )
    return [_revived(source, row) for row in rows]


def by_rids(source: Source, service: Service, kind: str, rids: list[int]) -> list[Binding]:
    """Returns the bindings of those server's ids that have one."""
    rows = source.rows(  # left alone, SQLite looks through all ties of the kind instead
        _SELECT + " INDEXED BY binding_by_rid WHERE service = ? AND kind = ? AND rid IS NOT NULL "
        "AND rid IN (SELECT value FROM json_each(?))",
        (service, kind, json.dumps(rids)),
    )
    return [_revived(source, row) for row in rows]


def known(source: Source, service: Service, kind: str, rids: list[int]) -> frozenset[int]:
    """Returns those of a server's ids that something here is bound to."""
    rows = source.rows(
        "SELECT rid FROM binding INDEXED BY binding_by_rid WHERE service = ? AND kind = ? "
        "AND rid IS NOT NULL AND rid IN (SELECT value FROM json_each(?))",
        (service, kind, json.dumps(rids)),
    )
    return frozenset(rid for (rid,) in rows)


def count_clean(source: Source, service: Service, kind: str) -> int:
    """Returns how many rows of a kind a server has just as they are here."""
    return int(
        source.value(
            "SELECT count(*) FROM binding WHERE service = ? AND kind = ? AND rid IS NOT NULL "
            "AND gone = 0 AND unsent = 0",
            (service, kind),
        )
    )


def whose_base_has(source: Source, service: Service, kind: str, field: str, rid: int) -> list[str]:
    """Returns the rows whose server copy points to a number, alone or among others."""
    rows = source.rows(
        """SELECT lid FROM binding WHERE service = ? AND kind = ? AND base IS NOT NULL AND (
             json_extract(base, '$.' || ?) IS ? OR EXISTS (
             SELECT 1 FROM json_each(base, '$.' || ?) AS one WHERE one.value IS ?))""",
        (service, kind, field, rid, field, rid),
    )
    return [lid for (lid,) in rows]


def waiting(source: Source, service: Service) -> list[Binding]:
    """Returns the bindings whose rows are unsent or held back."""
    rows = source.rows(
        _SELECT + " INDEXED BY binding_waiting "
        "WHERE service = ? AND (unsent = 1 OR hold IS NOT NULL)",
        (service,),
    )
    return [_revived(source, row) for row in rows]


def count_waiting(source: Source, service: Service) -> int:
    """Returns how many rows are unsent or held back."""
    return int(
        source.value(
            "SELECT count(*) FROM binding INDEXED BY binding_waiting "
            "WHERE service = ? AND (unsent = 1 OR hold IS NOT NULL)",
            (service,),
        )
    )


def count_there(source: Source, service: Service, kind: str) -> int:
    """Returns how many rows of a kind a server has."""
    return int(
        source.value(
            "SELECT count(*) FROM binding WHERE service = ? AND kind = ? AND rid IS NOT NULL "
            "AND gone = 0",
            (service, kind),
        )
    )


def held(source: Source, service: Service, kind: str) -> list[Binding]:
    """Returns the bindings of a kind whose rows something holds back."""
    rows = source.rows(
        _SELECT + " INDEXED BY binding_waiting WHERE service = ? AND kind = ? AND hold IS NOT NULL",
        (service, kind),
    )
    return [_revived(source, row) for row in rows]


def above(source: Source, service: Service, kind: str, rid: int) -> list[Binding]:
    """Returns the bindings of a kind with a higher number on the server."""
    rows = source.rows(
        _SELECT + " INDEXED BY binding_by_rid "
        "WHERE service = ? AND kind = ? AND rid IS NOT NULL AND rid > ?",
        (service, kind, rid),
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


def stand_ins(source: Source, other: str, kind: str) -> set[str]:
    """Returns rows for which an attached copy has a stand-in only, and that are known here by now.

    A stand-in's name is ours: taken over, it would be sent as a new name.
    """
    rows = source.rows(  # sql: names only
        f"SELECT theirs.lid FROM {other}.binding AS theirs JOIN main.binding AS ours "
        "USING (service, kind, lid) WHERE kind = ? "
        "AND theirs.rid IS NOT NULL AND theirs.base IS NULL AND ours.base IS NOT NULL",
        (kind,),
    )
    return {lid for (lid,) in rows}


def put(connection: sqlite3.Connection, binding: Binding) -> None:
    """Writes a binding inside the transaction under way."""
    put_rows(connection, rows([binding]))


def put_rows(connection: sqlite3.Connection, some: Iterable[Row]) -> None:
    """Writes bindings as `rows` gave them, in their order."""
    connection.executemany(_PUT, some)


def add_rows(connection: sqlite3.Connection, some: Iterable[Row]) -> None:
    """Writes bindings that cannot be there yet."""
    connection.executemany(_ADD, some)


def rows(some: Sequence[Binding]) -> list[Row]:
    """Returns bindings as rows of their table."""
    written = jsontext.encoder(len(some))
    return [_row(one, written) for one in some]


def line(row: Row) -> str:
    """Returns such a row as JSON: what `plain` says of the binding."""
    service, kind, lid, rid, base, gone, hold, _, unsent = row
    number = "null" if rid is None else rid
    return (
        f'{{"service":"{service}","kind":"{kind}","lid":{jsontext.quoted(lid)},"rid":{number},'
        f'"base":{base or "null"},"unsent":{_TRUTH[unsent]},"gone":{_TRUTH[gone]},'
        f'"hold":{hold or "null"}}}'
    )


_TRUTH = ("false", "true")
_ADD = f"INSERT INTO binding ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"  # sql: names only
_PUT = (  # sql: names only
    f"{_ADD} ON CONFLICT (service, kind, lid) DO UPDATE SET rid=excluded.rid, base=excluded.base, "
    "gone=excluded.gone, hold=excluded.hold, crc=excluded.crc, unsent=excluded.unsent"
)


def _row(binding: Binding, written: Callable[[object], str]) -> Row:
    row = (
        binding.service,
        binding.kind,
        binding.lid,
        binding.rid,
        None if binding.base is None else written(binding.base),
        int(binding.gone),
        None if binding.hold is None else written(binding.hold),
    )
    return (*row, checksum(row), int(binding.unsent))


def mark_unsent(connection: sqlite3.Connection, changed: Iterable[Entity]) -> None:
    """Says of rows that a person changed that they are to be sent; made ones get their tie.

    What was made and deleted before anything of it was sent has nothing to tell a server; sample
    data and what is of the plan alone, projects and their clients, stay on this computer.
    """
    changed = list(changed)
    marks = ((int(one.deleted), one.kind, one.lid) for one in changed)
    connection.executemany(_MARK, marks)
    if connection.execute(_HAS_ACCOUNT).fetchone():
        ties = [tie for one in changed for tie in _ties(one) if _is_tracked(connection, tie)]
        connection.executemany(_BIND, [*ties, *_clients(connection, ties)])


def _is_tracked(connection: sqlite3.Connection, tie: Row) -> bool:
    kind, lid, *_ = tie
    if kind not in {"project", "client"}:
        return True
    stays = only_planned("?1") if kind == "project" else only_of_plan("?1")
    found = connection.execute(f"SELECT {stays}", (lid,))  # sql: names only
    return not found.fetchone()[0]


def _clients(connection: sqlite3.Connection, ties: Iterable[Row]) -> Iterator[Row]:
    """Yields what ties the clients of projects that are tied: those may have been the plan's."""
    for kind, lid, *_ in ties:
        if kind == "project":
            sql = "SELECT client FROM project WHERE lid = ? AND client IS NOT NULL"
            for (client,) in connection.execute(sql, (lid,)):
                yield "client", client, _new_checksum("client", client), None, lid


def _ties(one: Entity) -> Iterator[Row]:
    """Yields what ties a row to the account, after the project it is tracked on."""
    if one.kind not in TRACKED or one.deleted or one.lid.startswith(ANY_SAMPLE):
        return
    home, project = getattr(one, "workspace", None), getattr(one, "project", None)
    if project is not None and not project.startswith(ANY_SAMPLE):
        yield "project", project, _new_checksum("project", project), None, project
    yield one.kind, one.lid, _new_checksum(one.kind, one.lid), home, project


def _new_checksum(kind: str, lid: str) -> int:
    return checksum(("track", kind, lid, None, None, 0, None))
