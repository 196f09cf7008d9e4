"""Recurrence: `every 2 weeks until 2027-03-01`, as Toggl Plan's files spell it, and its days.

A rule counts from the first day of its series: the 31st becomes the 30th in April and is the 31st
again in May, the 29th of February is the 28th in common years. Occurrences are tasks of their own
(`PlanTask.series`), made ahead as far as `horizon`.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, NamedTuple, get_args

from toggl_desktop.domain.errors import RefusedError

Unit = Literal["day", "week", "month", "year"]

MOST: Final = 999
"""No rule counts further than this many units."""
AHEAD: Final = 366
"""Occurrences are made for so many days to come, or for two periods where those are longer."""
ASLEEP: Final = 183
"""A series that nobody has continued for so long, or for two periods, has ended by itself."""

_LENGTH: Final[dict[Unit, int]] = {"day": 1, "week": 7, "month": 31, "year": 366}
_UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
_RULE: Final = re.compile(
    r"(?:(?:repeats?\s+)?(?:every|each)\s+)?(?P<count>[0-9]{1,6}|other|an?|one|two|three)?\s*"
    r"(?P<unit>d|w|mo|m|y|days?|wks?|weeks?|months?|mths?|years?|yrs?|annum)"
)
_WORDS: Final[dict[str, tuple[int, Unit]]] = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "biweekly": (2, "week"),
    "bi-weekly": (2, "week"),
    "fortnightly": (2, "week"),
    "every fortnight": (2, "week"),
    "monthly": (1, "month"),
    "quarterly": (3, "month"),
    "every quarter": (3, "month"),
    "half-yearly": (6, "month"),
    "yearly": (1, "year"),
    "annually": (1, "year"),
}
_COUNTS: Final = {"": 1, "a": 1, "an": 1, "one": 1, "other": 2, "two": 2, "three": 3}
_END: Final = re.compile(
    r"\s*,?\s*(?:until|till|til|up to|to|through|ends?(?: on)?)\s+([0-9]{4})-([0-9]{2})-([0-9]{2})"
)
_NEVER: Final = frozenset({"", "-", "no", "none", "never", "once", "does not repeat"})


class Repeat(NamedTuple):
    """A rule.

    Attributes:
        every: How many units lie between two occurrences.
        until: The last day that an occurrence may begin on; None for no end.
    """

    every: int
    unit: Unit
    until: int | None = None

    @property
    def text(self) -> str:
        """The rule as Toggl spells it, and its end behind it: `every 1 week`."""
        plural = "" if self.every == 1 else "s"
        end = "" if self.until is None else f" until {date.fromordinal(self.until)}"
        return f"every {self.every} {self.unit}{plural}{end}"

    @property
    def longest(self) -> int:
        """How many days lie between two occurrences at most."""
        return self.every * _LENGTH[self.unit]


def find(text: str) -> Repeat | None:
    """Returns the rule that a text spells, or None when it spells none."""
    plain = " ".join(text.casefold().split()).rstrip(".")
    until = None
    end = _END.search(plain)
    if end is not None and end.end() == len(plain):
        until = _ordinal(*map(int, end.groups()))
        if until is None:
            return None
        plain = plain[: end.start()].strip(" ,")
    if plain in _WORDS:
        return Repeat(*_WORDS[plain], until)
    match = _RULE.fullmatch(plain)
    if match is None:
        return None
    count = match["count"] or ""
    every = _COUNTS[count] if count in _COUNTS else int(count)
    return Repeat(every, _unit(match["unit"]), until) if 1 <= every <= MOST else None


def parse(text: str) -> Repeat | None:
    """Returns the rule that a text spells; None for a text that says: never.

    Raises:
        RefusedError: It is no rule.
    """
    if " ".join(text.casefold().split()) in _NEVER:
        return None
    rule = find(text)
    if rule is None:
        raise RefusedError(
            f"“{text.strip()[:60]}” says nothing that recurs; write it as every 2 weeks, or "
            "every 1 month until 2027-03-01. Nothing was changed."
        )
    return rule


def checked(text: str) -> str:
    """Returns a rule in the one spelling that is kept; empty for none.

    Raises:
        RefusedError: It is no rule.
    """
    rule = parse(text)
    return "" if rule is None else rule.text


def nth(rule: Repeat, first: int, place: int) -> int | None:
    """Returns the day of an occurrence, 0 being the first; None beyond the calendar's end."""
    count = rule.every * place
    if rule.unit in {"day", "week"}:
        day = first + count * _LENGTH[rule.unit]
        return day if day <= date.max.toordinal() else None
    begin = date.fromordinal(first)
    months = count * (12 if rule.unit == "year" else 1)
    year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1])).toordinal()


def occurrences(rule: Repeat, first: int, until: int, *, after: int | None = None) -> Iterator[int]:
    """Yields the days that occurrences begin on, up to and including `until`.

    Args:
        rule: How they follow each other.
        first: The first day of the series; it is an occurrence itself.
        until: The last day that is asked for; the rule may end before.
        after: Only those later than this day; without it the first day comes first.
    """
    last = until if rule.until is None else min(until, rule.until)
    place = 0 if after is None else max(0, (after - first) // rule.longest)
    while (day := nth(rule, first, place)) is not None and day <= last:
        if after is None or day > after:
            yield day
        place += 1


def following(rule: Repeat, first: int, day: int) -> int | None:
    """Returns the first occurrence after a day; None when there is none any more."""
    end = date.max.toordinal()
    return next(occurrences(rule, first, end, after=day), None)


def horizon(rule: Repeat, today: int) -> int:
    """Returns the last day that occurrences are made for."""
    return min(today + max(AHEAD, 2 * rule.longest), date.max.toordinal())


def is_awake(rule: Repeat, last: int, today: int) -> bool:
    """Tells whether a series goes on by itself, when its last occurrence begins on a day.

    One from an old file that nobody has continued for half a year or for two periods does not: what
    it would have brought since was never planned.
    """
    return last >= today - max(ASLEEP, 2 * rule.longest)


def to_come(rule: Repeat, first: int, last: int, today: int) -> list[int]:
    """Returns the days of the occurrences that a series lacks up to the horizon.

    Args:
        rule: How they follow each other.
        first: The first day of the series.
        last: The day of the last occurrence there is or was (also one that was deleted).
        today: The present day; none is made for the past.
    """
    if not is_awake(rule, last, today):
        return []
    return list(occurrences(rule, first, horizon(rule, today), after=max(last, today - 1)))


def _unit(word: str) -> Unit:
    return next(unit for unit in _UNITS if unit[0] == word[0]) if word != "annum" else "year"


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
