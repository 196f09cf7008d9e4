"""Working days and what is to be done on each of them. Small: every reader of bars needs it.

Which weekdays are a weekend depends on the country and the person: whoever asks brings them.
"""

from functools import cache

_WEEK = 7
_DAY_MINUTES = 480

Weekend = frozenset[int]
"""Weekdays on which people rest, 0 for Monday; there may be none."""

WEEKEND: Weekend = frozenset({5, 6})
"""What most of the world has."""


def is_weekend(day: int, weekend: Weekend = WEEKEND) -> bool:
    """Tells whether people rest on a day."""
    return (day - 1) % _WEEK in weekend


def working_days(start: int, end: int, weekend: Weekend = WEEKEND) -> int:
    """Returns how many of the days from `start` to `end`, both of them too, are no weekend's."""
    before = _shown(weekend)
    return _before(end + 1, before) - _before(start, before)


@cache
def _shown(weekend: Weekend) -> tuple[int, ...]:
    """Returns how many working days lie before each weekday, and in a week at the end."""
    return tuple(sum(day not in weekend for day in range(n)) for n in range(_WEEK + 1))


def _before(day: int, shown: tuple[int, ...]) -> int:
    """Returns how many working days lie before a day, from the first Monday of the calendar on."""
    weeks, rest = divmod(day - 1, _WEEK)
    return weeks * shown[_WEEK] + shown[rest]


def spread(
    total: int,
    start: int | None,
    end: int | None,
    *,
    skips_weekend: bool,
    weekend: Weekend = WEEKEND,
) -> int:
    """Returns the minutes of a total on each of its days; 0 while it has no days.

    Weekends do not count where they are skipped, unless there is nothing else.
    """
    if start is None or end is None:
        return 0
    days = working_days(start, end, weekend) if skips_weekend else 0
    return round(total / (days or end - start + 1))


@cache
def workweek(weekend: Weekend = WEEKEND) -> tuple[int, ...]:
    """Returns the minutes that somebody can take by weekday who has no figures of their own."""
    return tuple(0 if day in weekend else _DAY_MINUTES for day in range(_WEEK))
