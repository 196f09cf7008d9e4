"""Working days and what is to be done on each of them. Small: every reader of bars needs it."""

_WEEK = 7
_WORK = 5


def is_weekend(day: int) -> bool:
    """Tells whether a day is a Saturday or a Sunday."""
    return (day - 1) % _WEEK >= _WORK


def working_days(start: int, end: int) -> int:
    """Returns how many of the days from `start` to `end`, both of them too, are no weekend's."""
    return _before(end + 1) - _before(start)


def _before(day: int) -> int:
    """Returns how many working days lie before a day, from the first Monday of the calendar on."""
    weeks, rest = divmod(day - 1, _WEEK)
    return weeks * _WORK + min(rest, _WORK)


def spread(total: int, start: int | None, end: int | None, *, skips_weekend: bool) -> int:
    """Returns the minutes of a total on each of its days; 0 while it has no days.

    Weekends do not count where they are skipped, unless there is nothing else.
    """
    if start is None or end is None:
        return 0
    days = working_days(start, end) if skips_weekend else 0
    return round(total / (days or end - start + 1))
