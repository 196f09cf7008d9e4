"""Entities as rows and back. The one place that knows how a field is written down."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.domain.folding import fold
from toggl_desktop.store.source import Row, Source

E = TypeVar("E", bound=Entity)

_LISTS = frozenset({"tags", "required"})
_FLAGS = frozenset({"deleted", "archived", "billable"})

COLUMNS: dict[str, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(cls)) for kind, cls in KINDS.items()
}


def plain(entity: Entity) -> dict[str, Any]:
    """Returns the entity as JSON-ready values, in the order of its fields."""
    return {
        name: list(value) if name in _LISTS else value
        for name in COLUMNS[entity.kind]
        for value in (getattr(entity, name),)
    }


def revived(kind: str, values: dict[str, Any]) -> Entity:
    """Returns the entity that `plain` wrote; names it does not know are passed over."""
    known = {k: v for k, v in values.items() if k in COLUMNS[kind]}
    return _make(kind, {k: tuple(v) if k in _LISTS else v for k, v in known.items()})


def _make(kind: str, values: dict[str, Any]) -> Entity:
    cls: Any = KINDS[kind]
    made: Entity = cls(**values)
    return made


def _written(entity: Entity) -> list[Any]:
    values = []
    for name in COLUMNS[entity.kind]:
        value = getattr(entity, name)
        if name in _LISTS:
            value = json.dumps(value, separators=(",", ":"))
        elif name in _FLAGS:
            value = int(value)
        values.append(value)
    return values


def _crc(values: Row | list[Any]) -> int:
    return zlib.crc32("\x1f".join("\0" if v is None else str(v) for v in values).encode())


def _extra(entity: Entity) -> list[Any]:
    return [fold(entity.description)] if isinstance(entity, Entry) else []


def _statement(kind: str) -> str:
    names = [*COLUMNS[kind], "crc", *(["folded"] if kind == "time_entry" else [])]
    marks = ",".join("?" * len(names))
    sets = ",".join(f"{n}=excluded.{n}" for n in names if n != "lid")
    # sql: names only
    return (
        f"INSERT INTO {kind} ({','.join(names)}) VALUES ({marks}) "
        f"ON CONFLICT (lid) DO UPDATE SET {sets}"
    )


UPSERT = {kind: _statement(kind) for kind in KINDS}


def values_for_upsert(entity: Entity) -> list[Any]:
    """Returns the values that `UPSERT[entity.kind]` takes."""
    written = _written(entity)
    return [*written, _crc(written), *_extra(entity)]


def fits(row: Row) -> bool:
    """Tells whether a row's columns fit its checksum, the last of them."""
    return bool(_crc(row[:-1]) == row[-1])


def entity(source: Source, kind: str, row: Row) -> Entity:
    """Returns the entity of a row: its `COLUMNS` and its checksum, which must fit."""
    *written, _ = row
    if not fits(row):
        raise source.damage(f"A {kind} in the store is damaged: its checksum is wrong.")
    values = {}
    for name, value in zip(COLUMNS[kind], written, strict=True):
        if name in _LISTS:
            value = tuple(json.loads(value))  # noqa: PLW2901
        elif name in _FLAGS:
            value = bool(value)  # noqa: PLW2901
        values[name] = value
    return _make(kind, values)


def load(source: Source, cls: type[E], where: str = "", values: tuple[object, ...] = ()) -> list[E]:
    """Returns the entities of a kind that match; deleted ones too, unless `where` says not.

    Args:
        source: Whom to ask.
        cls: The entity's class.
        where: SQL after the table's name, with `?` for values; never built from text of a person.
        values: The values.

    Raises:
        DamagedFileError: A row's checksum does not fit.
    """
    columns = ",".join(COLUMNS[cls.kind])
    # sql: names only
    rows = source.rows(f"SELECT {columns},crc FROM {cls.kind} {where}", values)
    return [entity(source, cls.kind, row) for row in rows]  # type: ignore[misc]


def lids(source: Source, cls: type[E], where: str, values: tuple[object, ...]) -> list[str]:
    """Returns the ids of the entities that match; `where` is never built from text of a person."""
    # sql: names only
    return [lid for (lid,) in source.rows(f"SELECT lid FROM {cls.kind} {where}", values)]


def many(source: Source, cls: type[E], lids: Iterable[str]) -> dict[str, E]:
    """Returns the entities with these ids that there are, deleted or not, by id."""
    found = load(
        source, cls, "WHERE lid IN (SELECT value FROM json_each(?))", (json.dumps(list(lids)),)
    )
    return {one.lid: one for one in found}


def get(source: Source, cls: type[E], lid: str) -> E | None:
    """Returns one entity, deleted or not; None when there never was one."""
    found = load(source, cls, "WHERE lid = ?", (lid,))
    return found[0] if found else None
