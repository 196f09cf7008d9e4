"""Day first or month first: decided from the whole file, or admitted to be unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from toggl_desktop.exchange.cells import (
    DateOrder,
    clear_order,
    date_parts,
    day_of,
    depends_on_order,
    seconds_long,
    seconds_of_day,
)
from toggl_desktop.exchange.headers import Layout
from toggl_desktop.exchange.records import AmbiguousDates

_IN_NAME: Final = re.compile(
    r"from[_ ]([0-9]{2})[_-]([0-9]{2})[_-]([0-9]{4})"
    r"[_ ]to[_ ]([0-9]{2})[_-]([0-9]{2})[_-]([0-9]{4})"
)
_DAY: Final = 86_400

Cells = Sequence[tuple[int, list[str]]]


def decide(rows: Cells, layout: Layout, name: str) -> DateOrder:
    """The order that the numbers, the file's name, the durations or the sorting prove.

    Raises:
        AmbiguousDates: both orders remain possible.
    """
    start, stop = layout.at("start_date"), layout.at("stop_date")
    dates = {
        cells[index] for _, cells in rows for index in (start, stop) if 0 <= index < len(cells)
    }
    example = depends_on_order(sorted(dates))
    if example is None:
        return "dmy"
    order = (
        clear_order(dates)
        or _by_name(dates, name)
        or _by_duration(rows, layout)
        or _by_sorting(rows, start)
    )
    if order is None:
        raise AmbiguousDates(example)
    return order


def _either(day_first: bool, month_first: bool) -> DateOrder | None:  # noqa: FBT001 - two verdicts
    if day_first == month_first:
        return None
    return "dmy" if day_first else "mdy"


def _by_name(dates: set[str], name: str) -> DateOrder | None:
    """Toggl writes the range into the name, in the profile's own date format."""
    match = _IN_NAME.search(name)
    if match is None:
        return None
    ends = ["-".join(match.groups()[:3]), "-".join(match.groups()[3:])]
    return clear_order(ends) or _either(_inside(dates, ends, "dmy"), _inside(dates, ends, "mdy"))


def _inside(dates: set[str], ends: list[str], order: DateOrder) -> bool:
    first, last = (_day(end, order) for end in ends)
    days = [_day(cell, order) for cell in dates]
    if first is None or last is None:
        return False
    # An entry may run past midnight of the last day.
    return all(day is not None and first <= day <= last + 1 for day in days)


def _by_duration(rows: Cells, layout: Layout) -> DateOrder | None:
    """Entries across midnight are as long as stated under one order only."""
    fields = ("start_date", "start_time", "stop_date", "stop_time", "duration")
    columns = [layout.at(field) for field in fields]
    if min(columns) < 0:
        return None
    for _, cells in rows:
        if len(cells) <= max(columns) or cells[columns[0]] == cells[columns[2]]:
            continue
        picked = [cells[column] for column in columns]
        verdict = _either(_is_as_long(picked, "dmy"), _is_as_long(picked, "mdy"))
        if verdict is not None:
            return verdict
    return None


def _is_as_long(picked: list[str], order: DateOrder) -> bool:
    start, stop = _day(picked[0], order), _day(picked[2], order)
    begin, end = seconds_of_day(picked[1]), seconds_of_day(picked[3])
    length = seconds_long(picked[4])
    if start is None or stop is None or begin is None or end is None or length is None:
        return False
    return abs((stop - start) * _DAY + end - begin - length) <= 7200


def _by_sorting(rows: Cells, column: int) -> DateOrder | None:
    """A report is sorted by date; under the wrong order its days jump about."""
    cells = [row[column] for _, row in rows if column < len(row)]
    return _either(_is_sorted(cells, "dmy"), _is_sorted(cells, "mdy"))


def _is_sorted(cells: list[str], order: DateOrder) -> bool:
    days = [day for cell in cells if (day := _day(cell, order)) is not None]
    # Two different days are always sorted one way or the other: they prove nothing.
    if len(set(days)) < 3:
        return False
    return days in (sorted(days), sorted(days, reverse=True))


def _day(cell: str, order: DateOrder) -> int | None:
    parts = date_parts(cell)
    return None if parts is None else day_of(parts, order)
