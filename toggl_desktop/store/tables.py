"""Entities as rows and back. The one place that knows how a field is written down."""

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.replacing import differing, replaced
from toggl_desktop.store.source import Row, Source

E = TypeVar("E", bound=Entity)
T = TypeVar("T")

_LISTS = frozenset({"tags", "required", "members", "capacity"})
_TABLES = frozenset({"checklist"})
FLAGS = frozenset(
    {
        *("deleted", "archived", "billable"),
        *("is_placeholder", "is_done", "is_hidden", "is_holiday", "skips_weekend"),
    }
)
_FLOATS = frozenset({"weight", "board_position"})
_IN_ASCII = json.JSONEncoder(separators=(",", ":")).encode
_IN_FULL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TOUCHED = _LISTS | _TABLES | FLAGS | _FLOATS


class _ByKind(Generic[T]):
    """Something about each kind, made when it is asked for: the plan's kinds are not always."""

    def __init__(self, make: Callable[[str], T]) -> None:
        self._make, self._made = make, dict[str, T]()

    def __getitem__(self, kind: str) -> T:
        if kind not in self._made:
            self._made[kind] = self._make(kind)
        return self._made[kind]


def _columns(kind: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields(KINDS[kind]))


COLUMNS = _ByKind(_columns)


def _listed(kind: str) -> str:
    return ",".join(f'"{name}"' for name in COLUMNS[kind]) + ",crc"


ROW = _ByKind(_listed)
"""Kind → what `entity` wants to be given, as SQL names it: `COLUMNS` and the checksum."""


def _getter(kind: str) -> Callable[[Entity], tuple[Any, ...]]:
    return attrgetter(*COLUMNS[kind])


Converter = Callable[[Any], Any]


def _writers(kind: str) -> tuple[tuple[int, Converter], ...]:
    """Returns what each field that is not written as it is goes through, by its place."""
    by_name: dict[str, Converter] = {
        **dict.fromkeys(_LISTS, _list_written),
        **dict.fromkeys(_TABLES, _table_written),
        **dict.fromkeys(FLAGS, int),
        **dict.fromkeys(_FLOATS, _number),
    }
    return tuple((place, by_name[n]) for place, n in enumerate(COLUMNS[kind]) if n in by_name)


def _list_written(value: Any) -> str:  # noqa: ANN401
    return _IN_ASCII(value) if value else "[]"


def _table_written(value: Any) -> str:  # noqa: ANN401
    return _IN_FULL(value) if value else "[]"


def _plainers(kind: str) -> tuple[tuple[str, Converter], ...]:
    return tuple((name, _PLAIN_BY_NAME[name]) for name in COLUMNS[kind] if name in _TOUCHED)


_VALUES = _ByKind(_getter)
"""Kind → what takes all fields out of an entity, in their order: a step may have thousands."""

_WRITTEN_OTHERWISE = _ByKind(_writers)
"""Kind → which of its fields are not written down as they are: where they stand, and how."""

_PLAIN_OTHERWISE = _ByKind(_plainers)
"""Kind → which of its fields are no JSON as they are, and what makes them so."""


def plain(entity: Entity) -> dict[str, Any]:
    """Returns the entity as JSON-ready values, in the order of its fields."""
    kind = entity.kind
    values = dict(zip(COLUMNS[kind], _VALUES[kind](entity), strict=True))
    for name, to_plain in _PLAIN_OTHERWISE[kind]:
        values[name] = to_plain(values[name])
    return values


def before(was: Entity, is_now: Entity) -> dict[str, Any]:
    """Returns the former values, JSON-ready, of the fields in which two states of a row differ."""
    found = {}
    for name in differing(was, is_now):
        old = plain_value(was, name)
        if old != plain_value(is_now, name):  # 1 and 1.0, a list and a tuple are the same here
            found[name] = old
    return found


def plain_value(entity: Entity, name: str) -> Any:  # noqa: ANN401
    """Returns one field JSON-ready, as `plain` does."""
    value = getattr(entity, name)
    return _PLAIN_BY_NAME[name](value) if name in _TOUCHED else value


def with_values(entity: E, values: dict[str, Any]) -> E:
    """Returns the entity with other values, JSON-ready ones as `plain` gives them."""
    if not values:
        return entity
    return replaced(
        entity, **{k: _revived(k, v) if k in _TOUCHED else v for k, v in values.items()}
    )


def _table_plain(value: Any) -> list[list[Any]]:  # noqa: ANN401
    return [list(line) for line in value]


def _number(value: float) -> float:
    """Returns it as the file gives it back: a whole number too is one with a point, and no −0."""
    return float(value) + 0.0


_PLAIN_BY_NAME: dict[str, Converter] = {
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_TABLES, _table_plain),
    **dict.fromkeys(FLAGS, bool),
    **dict.fromkeys(_FLOATS, _number),
}


def revived(kind: str, values: dict[str, Any]) -> Entity:
    """Returns the entity that `plain` wrote; names it does not know are passed over."""
    known = {k: v for k, v in values.items() if k in COLUMNS[kind]}
    return _make(kind, {k: _revived(k, v) if k in _TOUCHED else v for k, v in known.items()})


def _revived(name: str, value: Any) -> Any:  # noqa: ANN401
    if name in _LISTS:
        return tuple(value)
    if name in _TABLES:
        return tuple(tuple(line) for line in value)
    return _number(value) if name in _FLOATS else bool(value)


def _make(kind: str, values: dict[str, Any]) -> Entity:
    cls: Any = KINDS[kind]
    made: Entity = cls(**values)
    return made


def written(entity: Entity) -> list[Any]:
    """Returns the entity's fields as the file holds them."""
    values = list(_VALUES[entity.kind](entity))
    for place, write in _WRITTEN_OTHERWISE[entity.kind]:
        values[place] = write(values[place])
    return values


def text(values: Row | list[Any]) -> str:
    """Returns columns as the one text that a checksum covers."""
    return "\x1f".join([v if v.__class__ is str else "\0" if v is None else str(v) for v in values])


def _crc(values: Row | list[Any]) -> int:
    return zlib.crc32(text(values).encode())


def _extra(entity: Entity) -> list[Any]:
    return [fold(entity.description)] if isinstance(entity, Entry) else []


def _insert(kind: str) -> str:
    listed = ROW[kind] + (",folded" if kind == "time_entry" else "")
    marks = ",".join("?" * (listed.count(",") + 1))
    return f"INSERT INTO {kind} ({listed}) VALUES ({marks})"  # sql: names only


INSERT = _ByKind(_insert)
"""Kind → what writes a row that cannot be there yet; it takes the same values as `UPSERT`."""


def _upsert(kind: str) -> str:
    names = [*COLUMNS[kind], "crc", *(["folded"] if kind == "time_entry" else [])]
    sets = ",".join(f'"{n}"=excluded."{n}"' for n in names if n != "lid")
    return f"{INSERT[kind]} ON CONFLICT (lid) DO UPDATE SET {sets}"  # sql: names only


UPSERT = _ByKind(_upsert)


def values_for_upsert(entity: Entity) -> list[Any]:
    """Returns the values that `UPSERT[entity.kind]` takes."""
    values = written(entity)
    return [*values, _crc(values), *_extra(entity)]


def fits(row: Row) -> bool:
    """Tells whether a row's columns fit its checksum, the last of them."""
    return bool(_crc(row[:-1]) == row[-1])


def entity(source: Source, kind: str, row: Row) -> Entity:
    """Returns the entity of a row: its `COLUMNS` and its checksum, which must fit."""
    *values, _ = row
    if not fits(row):
        raise source.damage(f"A {kind} in the store is damaged: its checksum is wrong.")
    for place, read in _READ_OTHERWISE[kind]:
        values[place] = read(values[place])
    cls: Any = KINDS[kind]
    made: Entity = cls(*values)  # by place: a step may be about thousands of rows
    return made


def _readers(kind: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    by_name: dict[str, Callable[[Any], Any]] = {
        **dict.fromkeys(_LISTS, _list),
        **dict.fromkeys(_TABLES, _table),
        **dict.fromkeys(FLAGS, bool),
    }
    return tuple((place, by_name[n]) for place, n in enumerate(COLUMNS[kind]) if n in by_name)


@lru_cache(maxsize=1024)
def _list(text: str) -> tuple[Any, ...]:
    """Returns a list of ids or numbers; many rows have the same ones, and they never change."""
    return tuple(json.loads(text))


def _table(text: str) -> tuple[Any, ...]:
    return () if text == "[]" else tuple(tuple(line) for line in json.loads(text))


_READ_OTHERWISE = _ByKind(_readers)
"""Kind → which of its columns are read otherwise than as they are: their places, and how."""


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
    # sql: names only
    rows = source.rows(f"SELECT {ROW[cls.kind]} FROM {cls.kind} {where}", values)
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
