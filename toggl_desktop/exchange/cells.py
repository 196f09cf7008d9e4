"""Cells of other programs' tables: dates, times of day and durations in every style there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal, TypeAlias

DateOrder: TypeAlias = Literal["dmy", "mdy"]
DateParts: TypeAlias = tuple[int, int, int, bool]
"""The three numbers of a date as written, and whether the year came first."""

_DATE: Final = re.compile(
    r"\s*([0-9]{1,4})\s?[-/.年]\s?([0-9]{1,2})\s?[-/.月]\s?([0-9]{1,4})[.日]?\s*", re.ASCII
)
_BEFORE_NOON: Final = {"am", "a", "午前", "上午", "오전"}
_AFTER_NOON: Final = {"pm", "p", "午後", "下午", "오후"}
_TIME: Final = re.compile(
    r"\s*(午前|午後|上午|下午|오전|오후)?\s*([0-9]{1,2})[:.h時]([0-9]{2})(?:[:.分]([0-9]{2})秒?)?"
    r"(?:[.,][0-9]{1,9})?\s*([ap]\.?\s?m?\.?)?\s*",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"\s*([0-9]{1,6}):([0-9]{2})(?::([0-9]{2}))?\s*(min)?\.?\s*")
_DECIMAL: Final = re.compile(r"\s*([0-9]{1,6})(?:[.,]([0-9]{1,6}))?\s*(h|min|sec|s)?\.?\s*")
_UNITS: Final = re.compile(
    r"\s*(?:([0-9]{1,6})\s*h)?\s*(?:([0-9]{1,6})\s*m(?:in)?)?\s*(?:([0-9]{1,6})\s*s(?:ec)?)?\s*"
)


def date_parts(cell: str) -> DateParts | None:
    """The three numbers of a date, or None when the cell is no date."""
    match = _DATE.fullmatch(cell)
    if match is None:
        return None
    first, _, third = match.groups()
    a, b, c = (int(number) for number in match.groups())
    if len(first) == 4 and len(third) <= 2:
        return a, b, c, True
    if len(first) <= 2 and len(third) == 4:
        return a, b, c, False
    return None


def day_of(parts: DateParts, order: DateOrder) -> int | None:
    """The day as a proleptic ordinal, or None when there is no such day."""
    a, b, c, year_first = parts
    if year_first:
        year, month, day = a, b, c
    elif order == "dmy":
        year, month, day = c, b, a
    else:
        year, month, day = c, a, b
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def clear_order(cells: Iterable[str]) -> DateOrder | None:
    """What the dates themselves prove: numbers above twelve, or dots between them.

    With numbers above twelve on both sides the commoner reading wins, and the other lines turn
    out to be no dates.
    """
    day_first = month_first = dotted = 0
    for cell in cells:
        parts = date_parts(cell)
        if parts is None or parts[3]:
            continue
        day_first += parts[0] > 12
        month_first += parts[1] > 12
        dotted += "." in cell
    if day_first == month_first:
        return "dmy" if dotted and not month_first else None
    return "dmy" if day_first > month_first else "mdy"


def depends_on_order(cells: Iterable[str]) -> str | None:
    """The first date that means two different days, or None."""
    for cell in cells:
        parts = date_parts(cell)
        if parts is not None and not parts[3] and parts[0] != parts[1]:
            return cell.strip()
    return None


def seconds_of_day(cell: str) -> int | None:
    """Seconds since midnight of a 12 or 24 hour time, or None."""
    if len(cell) == 8 and cell[2] == cell[5] == ":" and cell.isascii():
        # Nearly every cell there is: 09:05:00.
        hours, minutes, seconds = cell[:2], cell[3:5], cell[6:]
        if (
            hours < "24"
            and minutes < "60"
            and seconds < "60"
            and (hours + minutes + seconds).isdigit()
        ):
            return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    match = _TIME.fullmatch(cell)
    if match is None:
        return None
    before, hours, minutes, seconds, after = match.groups()
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    half = (before or (after or "").replace(".", "").replace(" ", "")).casefold()
    if half:
        # Japanese also writes the first hour after noon as 0.
        if half not in _BEFORE_NOON | _AFTER_NOON or hour > 12 or (hour == 0 and not before):
            return None
        hour = hour % 12 + (12 if half in _AFTER_NOON else 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def seconds_long(cell: str) -> int | None:
    """Seconds of a duration, or None when the cell is none.

    Reads `1:02:03`, `62:03 min`, `1.03 h`, `1 h 2 min`, and a bare number as hours, as Toggl's
    three duration formats have it.
    """
    match = _CLOCK.fullmatch(cell)
    if match is not None:
        first, second, third, minutes = match.groups()
        if third is not None:
            return int(first) * 3600 + int(second) * 60 + int(third)
        return int(first) * 60 + int(second) if minutes else int(first) * 3600 + int(second) * 60
    match = _DECIMAL.fullmatch(cell)
    if match is not None:
        whole, part, unit = match.groups()
        factor = {"min": 60, "sec": 1, "s": 1}.get(unit or "h", 3600)
        return round(float(f"{whole}.{part or 0}") * factor)
    match = _UNITS.fullmatch(cell)
    if match is not None and any(match.groups()):
        hours, minutes, seconds = (int(number or 0) for number in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    return None
