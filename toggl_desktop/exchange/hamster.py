"""Hamster's TSV report and its SQLite database.

Activity and description become the description, as Hamster itself shows them (`activity,
description`); the category becomes the project. Times are local. The database is opened from memory
as a copy that cannot be written: no statement of its own is run, no view is looked into, and a
table that is not a plain table refuses the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, tzinfo
from typing import Final

from toggl_desktop.exchange.cells import seconds_long
from toggl_desktop.exchange.localtime import LocalTime, moment
from toggl_desktop.exchange.records import BadLines, Found, Record, Unreadable, tidy, wrong_span
from toggl_desktop.exchange.rows import table

TSV: Final = "hamster-tsv"
DATABASE: Final = "hamster-db"
MAGIC: Final = b"SQLite format 3\x00"

_UNSORTED: Final = {
    "", "unsorted", "unsortiert", "divers", "sin clasificar", "non categorizzato", "não ordenado",
    "sem classificação", "bez sortowania", "bez kategorie", "未分類のもの", "未分类", "未排序",
    "ongesorteerd", "usorteret", "osorterat", "usortert", "lajittelematon", "sortimata",
    "несортированные", "без сортування", "rendezetlen", "sırasız", "분류 없음", "sense ordre",
}  # fmt: skip
_COLUMNS: Final = 7
_STEP: Final = 10_000
_STEPS_LIMIT: Final = 20_000
_TABLES: Final = ("facts", "activities", "categories", "tags", "fact_tags")


def looks_like_tsv(text: str) -> bool:
    """Whether the first rows are those of Hamster's TSV report, in any language."""
    header, _, rest = text.partition("\n")
    if header.count("\t") != _COLUMNS - 1:
        return False
    if header.casefold().startswith("activity\tstart time\tend time"):
        return True
    cells = rest.partition("\n")[0].split("\t")
    return len(cells) == _COLUMNS and _naive(cells[1]) is not None


def read_tsv(text: str, zone: tzinfo) -> Found:
    """Every fact; an open one is the running entry."""
    parsed = table(text, "\t")
    local = LocalTime(zone)
    records: list[Record] = []
    for line, cells in parsed.rows[1:]:
        if len(cells) != _COLUMNS:
            parsed.bad.add(line, f"it has {len(cells)} of {_COLUMNS} columns", "\t".join(cells))
            continue
        activity, start, end, minutes, category, description, tags = cells
        span = _span(local, start, end, _minutes(minutes))
        if isinstance(span, str):
            parsed.bad.add(line, span, "\t".join(cells))
            continue
        records.append(
            Record(
                line=line,
                description=_joined(activity, description),
                start=span[0],
                stop=span[1],
                project=_category(category),
                tags=tuple(tag for part in tags.split(",") if (tag := part.strip())),
            )
        )
    return Found(TSV, tuple(records), parsed.bad.sorted())


def _minutes(cell: str) -> int | None:
    """The stated minutes, in seconds; `92.0` stands there."""
    length = seconds_long(cell)
    return None if length is None else round(length / 60)


def _category(name: str) -> str | None:
    return None if name.strip().casefold() in _UNSORTED else name.strip()


def _joined(activity: str, description: str) -> str:
    parts = (tidy(activity).strip(), tidy(description).strip())
    return ", ".join(part for part in parts if part)


def _naive(cell: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(cell.strip())
    except ValueError:
        return None
    return when if when.tzinfo is None and len(cell.strip()) >= 16 else None


def _span(
    local: LocalTime, start: str, end: str, duration: int | None
) -> tuple[int, int | None] | str:
    begin, finish = _naive(start), _naive(end)
    if begin is None:
        return f"the start “{start[:40]}” is no time"
    if finish is None and end.strip():
        return f"the end “{end[:40]}” is no time"
    if not local.knows(begin.toordinal()):
        return "the year is not between 1970 and 2199"
    if finish is None:
        return local.first(moment(begin)), None
    if not local.knows(finish.toordinal()):
        return "the year is not between 1970 and 2199"
    span = local.span(moment(begin), moment(finish), duration)
    return wrong_span(*span) or span


def read_database(data: bytes, zone: tzinfo) -> Found:
    """Every fact of the database; its row id stands for the line number.

    Raises:
        Unreadable: it is damaged, or not Hamster's, or its tables are not plain tables.
    """
    try:
        with closing(_opened(data)) as database:
            return _facts(database, LocalTime(zone))
    except (sqlite3.Error, OverflowError, ValueError):
        raise Unreadable("This SQLite file is damaged, or is not Hamster's.") from None


def _opened(data: bytes) -> sqlite3.Connection:
    """A read-only copy in memory: there is no path, so nothing else can be reached or created."""
    database = sqlite3.connect(":memory:")
    # Bytes 18 and 19 say whether a write-ahead log belongs to it; a copy has none.
    database.deserialize(data[:18] + b"\x01\x01" + data[20:])
    database.text_factory = _text
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        database.execute(f"PRAGMA {pragma}")
    steps = iter(range(_STEPS_LIMIT))

    def is_too_long() -> bool:
        return next(steps, None) is None

    database.set_progress_handler(is_too_long, _STEP)
    database.set_authorizer(_only_reading)
    return database


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _only_reading(action: int, *_: str | None) -> int:
    allowed = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _facts(database: sqlite3.Connection, local: LocalTime) -> Found:
    _require_plain_tables(database)
    activities = {
        key: (_string(name), category)
        for key, name, category in database.execute("SELECT id, name, category_id FROM activities")
    }
    categories = _names(database.execute("SELECT id, name FROM categories"))
    tags = _names(database.execute("SELECT id, name FROM tags"))
    tagged: dict[object, list[str]] = {}
    for fact, tag in database.execute("SELECT fact_id, tag_id FROM fact_tags"):
        if tag in tags:
            tagged.setdefault(fact, []).append(tags[tag])
    bad = BadLines()
    records: list[Record] = []
    for key, activity, start, end, description in database.execute(
        "SELECT id, activity_id, start_time, end_time, description FROM facts ORDER BY start_time"
    ):
        name, category = activities.get(activity, ("", None))
        span = _span(local, _string(start), _string(end), None)
        if isinstance(span, str):
            bad.add(key, span, name)
            continue
        records.append(
            Record(
                line=key,
                description=_joined(name, _string(description)),
                start=span[0],
                stop=span[1],
                project=_category(categories.get(category, "")),
                tags=tuple(dict.fromkeys(tagged.get(key, ()))),
            )
        )
    return Found(DATABASE, tuple(records), bad.sorted())


def _require_plain_tables(database: sqlite3.Connection) -> None:
    kinds = {
        name: (kind, _string(sql).lstrip().upper())
        for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master")
        if kind in {"table", "view"}
    }
    for name in _TABLES:
        kind, sql = kinds.get(name, ("", ""))
        if kind != "table" or not sql.startswith("CREATE TABLE"):
            raise Unreadable(f"This SQLite file is not Hamster's: it has no plain table “{name}”.")


def _names(rows: Iterable[tuple[object, object]]) -> dict[object, str]:
    return {key: name for key, value in rows if (name := _string(value).strip())}


def _string(value: object) -> str:
    return tidy(value) if isinstance(value, str) else ""
