"""Days and times of day as a person types them into a plan: `3 mar`, `tomorrow`, `+2w`, `fri`.

Days are ordinals (see `domain.plan`); what needs a year takes the one that brings it nearest to
today, looking half a year back at most. English is always understood, beside the locale's words.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.moments import parse_clock
from toggl_desktop.domain.plan.days import WEEKEND, Weekend, working_days

FIRST_DAY: Final = date(1970, 1, 1).toordinal()
LAST_DAY: Final = date(2199, 12, 31).toordinal()
DAY_MINUTES: Final = 24 * 60
_STEP: Final = 30
_FIRST_OFFERED: Final = 7 * 60
_BACK: Final = 183

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})\s*([a-z]*)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{2}|\d{4})?)?")
_NAMED = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s*([^\W\d]+)\W*(\d{4}|\d{2})?")
_NAMED_FIRST = re.compile(r"([^\W\d]+)\W*(\d{1,2})(?:\.|st|nd|rd|th)?(?:\W+(\d{4}))?")
_UNITS: Final = {"": "d", "d": "d", "w": "w", "m": "m", "y": "y"}


class DayWords(NamedTuple):
    """How a language names days, and in which order it writes a day and a month.

    Attributes:
        months: January first; several words for each, full and short.
        weekdays: Monday first, likewise.
        relative: Word → days from today.
        is_day_first: Whether `3/4` is the third of April.
    """

    months: Sequence[Sequence[str]]
    weekdays: Sequence[Sequence[str]]
    relative: dict[str, int]
    is_day_first: bool = True


ENGLISH: Final = DayWords(
    [(m,) for m in _MONTHS.split()],
    [(d,) for d in _WEEKDAYS.split()],
    {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1, "next week": 7},
)


def parse_day(
    text: str, today: int, words: DayWords = ENGLISH, *, base: int | None = None
) -> int | None:
    """Returns the day that a typed text names; None when it names none.

    Args:
        text: What was typed.
        today: The day it is.
        words: The language's own words.
        base: What `+3` and `-1w` count from; today unless it is given.
    """
    clean = " ".join(fold(text).replace(",", " ").split())
    if not clean:
        return None
    for known in (words, ENGLISH):
        relative = {fold(word): days for word, days in known.relative.items()}
        if clean in relative:
            return _sane(today + relative[clean])
    if match := _OFFSET.fullmatch(clean):
        return _offset(match, today if base is None else base)
    for parse in (_iso, _weekday, _numeric, _named, _bare):
        found = parse(clean, today, words)
        if found is not None:
            return _sane(found)
    return None


def _sane(day: int) -> int | None:
    """Returns the day, or None where arithmetic on it could leave the calendar."""
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _offset(match: "re.Match[str]", base: int) -> int | None:
    unit = _UNITS.get(match[3][:1])
    by = int(match[2]) * (1 if match[1] == "+" else -1)
    if unit is None or not FIRST_DAY <= base <= LAST_DAY:
        return None
    if unit in "dw":
        return _sane(base + by * (7 if unit == "w" else 1))
    moved = add_months(base, by * (12 if unit == "y" else 1))
    return None if moved is None else _sane(moved)


def add_months(day: int, by: int) -> int | None:
    """Returns the same day of another month, or its last day; None outside the calendar."""
    was = date.fromordinal(day)
    month = was.year * 12 + was.month - 1 + by
    if not 1970 * 12 <= month < 2200 * 12:
        return None
    for back in range(4):
        try:
            return date(month // 12, month % 12 + 1, was.day - back).toordinal()
        except ValueError:
            continue
    return None


def _made(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _near(month: int, day: int, today: int) -> int | None:
    """Returns a day and month of the year that brings it nearest, rather ahead than behind."""
    year = date.fromordinal(today).year
    for candidate in range(year - 1, year + 9):  # 29 February may be eight years away
        found = _made(candidate, month, day)
        if found is not None and found >= today - _BACK:
            return found
    return None


def _dated(year: str | None, month: int, day: int, today: int) -> int | None:
    if not year:
        return _near(month, day, today)
    return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _iso(clean: str, _today: int, _words: DayWords) -> int | None:
    try:
        return date.fromisoformat(clean.upper()).toordinal()
    except ValueError:
        return None


def _numeric(clean: str, today: int, words: DayWords) -> int | None:
    match = _NUMERIC.fullmatch(clean)
    if match is None:
        return None
    one, other = int(match[1]), int(match[3])
    day_first = words.is_day_first or match[2] == "."
    if max(one, other) > 12:
        day_first = one > 12
    day, month = (one, other) if day_first else (other, one)
    return _dated(match[4], month, day, today)


def _place(word: str, lists: Sequence[Sequence[str]]) -> int | None:
    """Returns the one place whose words begin with a word of three letters or more."""
    word = word.rstrip(".")
    found = {
        place
        for place, names in enumerate(lists)
        for name in names
        if fold(name).rstrip(".") == word or (len(word) >= 3 and fold(name).startswith(word))
    }
    return found.pop() if len(found) == 1 else None


def _either(
    word: str, own: Sequence[Sequence[str]], english: Sequence[Sequence[str]]
) -> int | None:
    found = _place(word, own)
    return _place(word, english) if found is None else found


def _named(clean: str, today: int, words: DayWords) -> int | None:
    if match := _NAMED.fullmatch(clean):
        day, word, year = int(match[1]), match[2], match[3]
    elif match := _NAMED_FIRST.fullmatch(clean):
        word, day, year = match[1], int(match[2]), match[3]
    else:
        return None
    month = _either(word, words.months, ENGLISH.months)
    return None if month is None else _dated(year, month + 1, day, today)


def _weekday(clean: str, today: int, words: DayWords) -> int | None:
    """Returns the coming day of that name, today included; with `next`, that of next week."""
    is_next = clean.startswith("next ")
    place = _either(clean.removeprefix("next "), words.weekdays, ENGLISH.weekdays)
    if place is None:
        return None
    monday = today - (today - 1) % 7
    if is_next:
        return monday + 7 + place
    return today + (monday + place - today) % 7


def _bare(clean: str, today: int, _words: DayWords) -> int | None:
    """Returns the next day with this number: `12` is this month's or the next one's."""
    if not re.fullmatch(r"\d{1,2}\.?", clean):
        return None
    now = date.fromordinal(today)
    for ahead in range(4):
        month = now.year * 12 + now.month - 1 + ahead
        found = _made(month // 12, month % 12 + 1, int(clean.rstrip(".")))
        if found is not None and found >= today:
            return found
    return None


# Two ends ---------------------------------------------------------------------------------


def with_start(start: int, end: int | None) -> tuple[int, int]:
    """Returns both ends once the first is `start`; one that lay before it comes along."""
    return start, start if end is None else max(start, end)


def with_end(start: int | None, end: int) -> tuple[int, int]:
    """Returns both ends once the last is `end`; one that lay after it comes along."""
    return end if start is None else min(start, end), end


# Times of day -----------------------------------------------------------------------------


def parse_minute(text: str) -> int | None:
    """Returns the minute of the day that a typed time names: `9`, `9:30`, `930`, `2pm`."""
    clean = text.strip().lower()
    if clean in {"24", "24:00", "2400"}:
        return DAY_MINUTES
    found = parse_clock(clean)
    return None if found is None else found.hour * 60 + found.minute


def offered_minutes() -> tuple[int, ...]:
    """Returns the times of day that are offered: every half hour, beginning with 7:00."""
    return tuple((_FIRST_OFFERED + n * _STEP) % DAY_MINUTES for n in range(DAY_MINUTES // _STEP))


def minutes_with_start(start: int, end: int | None, *, is_one_day: bool) -> tuple[int, int | None]:
    """Returns both times once the first is `start`; on one day the last one is later."""
    if end is None or not is_one_day or end > start:
        return start, end
    return start, min(start + 60, DAY_MINUTES)


def minutes_with_end(start: int | None, end: int, *, is_one_day: bool) -> tuple[int | None, int]:
    """Returns both times once the last is `end`; on one day the first one is earlier."""
    if start is None or not is_one_day or start < end:
        return start, end
    return max(end - 60, 0), end


def has_weekday(start: int, end: int, weekend: Weekend = WEEKEND) -> bool:
    """Whether at least one day from `start` to `end` is none of a weekend's."""
    return working_days(start, end, weekend) > 0
