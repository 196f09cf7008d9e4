"""Days in a row of columns: which pixel a day begins at, and which day a pixel shows.

Places are whole pixels of one endless chart, counted from the first of all days; a view subtracts
where it begins. A column may be left out for good (weekends), the others close ranks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

LEAST_PER_DAY: Final = 0.2
MOST_PER_DAY: Final = 480.0
SCALES: Final = {"week": 7, "month": 31, "quarter": 92, "year": 366}
"""So many days fill the width at each of the named scales."""

_FIRST_DAY: Final = 8
_LAST_DAY: Final = date.max.toordinal() - 7
MINUTES: Final = 1440


def weekday(day: int) -> int:
    """Returns 0 for Monday … 6 for Sunday."""
    return (day + 6) % 7


def clamp_day(day: int) -> int:
    """Returns the nearest day that a calendar can name."""
    return min(max(day, _FIRST_DAY), _LAST_DAY)


def week_start(day: int, first_weekday: int = 0) -> int:
    """Returns the first day of a day's week."""
    return day - (weekday(day) - first_weekday) % 7


@dataclass(frozen=True, slots=True)
class Axis:
    """One scale of days.

    Attributes:
        per_day: Pixels per shown day.
        hidden: Weekdays without a column, 0 for Monday.
    """

    per_day: float
    hidden: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        sane = min(max(self.per_day, LEAST_PER_DAY), MOST_PER_DAY)
        object.__setattr__(self, "per_day", sane)
        if len(self.hidden) >= 7:
            object.__setattr__(self, "hidden", frozenset())

    # Columns ------------------------------------------------------------------------------

    def shows(self, day: int) -> bool:
        """Tells whether a day has a column."""
        return weekday(day) not in self.hidden

    def column(self, day: int) -> int:
        """Returns how many shown days lie before a day."""
        if not self.hidden:
            return day
        weeks, rest = divmod(day - 1, 7)  # day 1 was a Monday
        shown = 7 - len(self.hidden)
        return weeks * shown + sum(1 for d in range(rest) if d not in self.hidden)

    def day_of_column(self, column: int) -> int:
        """Returns the day that a column shows."""
        if not self.hidden:
            return clamp_day(column)
        shown = [d for d in range(7) if d not in self.hidden]
        weeks, rest = divmod(column, len(shown))
        return clamp_day(weeks * 7 + 1 + shown[rest])

    # Pixels -------------------------------------------------------------------------------

    def x(self, day: int) -> int:
        """Returns where a day begins; a hidden day is nothing wide, where the next one begins."""
        return int(self.column(day) * self.per_day)

    def x_after(self, day: int) -> int:
        """Returns where a day ends."""
        return self.x(day + 1)

    def x_at(self, day: int, minute: int) -> int:
        """Returns the place of a minute of a day."""
        left = self.x(day)
        return left + (self.x(day + 1) - left) * minute // MINUTES

    def day(self, x: int) -> int:
        """Returns the day that a pixel shows."""
        column = int(x / self.per_day)
        if int((column + 1) * self.per_day) <= x:
            column += 1
        return self.day_of_column(column)

    def minute(self, x: int, step: int = 15) -> tuple[int, int]:
        """Returns the day of a pixel, and the minute of that day, to the nearest `step`."""
        day = self.day(x)
        left = self.x(day)
        width = max(1, self.x(day + 1) - left)
        minute = round((x - left) * MINUTES / width / step) * step
        return day, min(max(minute, 0), MINUTES)

    def edges(self, low: int, high: int) -> list[int]:
        """Returns where each day from `low` to the one after `high` begins."""
        per_day = self.per_day
        if not self.hidden:
            return [int(day * per_day) for day in range(low, high + 2)]
        column, found = self.column(low), []
        for day in range(low, high + 2):
            found.append(int(column * per_day))
            column += weekday(day) not in self.hidden
        return found

    # Scales -------------------------------------------------------------------------------

    def fitting(self, days: int, width: int) -> "Axis":
        """Returns the scale at which so many days of the calendar fill a width."""
        columns = max(1.0, days * (7 - len(self.hidden)) / 7)
        return replace(self, per_day=max(1, width) / columns)

    def scaled(self, factor: float) -> "Axis":
        """Returns the axis so many times as wide, within what can be shown."""
        return replace(self, per_day=self.per_day * factor)

    def around(self, other: "Axis", left: int, pointer: float) -> int:
        """Returns where a view begins in `other` so that what is at a pointer stays there.

        Args:
            other: The axis after the change, of any scale and with any days hidden.
            left: Where the view begins now.
            pointer: How far from there the point is that stays.
        """
        place = (left + pointer) / self.per_day
        if other.hidden != self.hidden:
            whole = int(place)
            place = other.column(self.day_of_column(whole)) + (place - whole)
        return round(place * other.per_day - pointer)

    def scale_name(self, width: int) -> str:
        """Returns the named scale that a width shows now; empty when it is none of them."""
        for name, days in SCALES.items():
            if abs(self.fitting(days, width).per_day / self.per_day - 1) < 0.02:
                return name
        return ""


def visible_days(axis: Axis, left: int, width: int) -> tuple[int, int]:
    """Returns the first and the last day of which a view of some width shows anything."""
    return axis.day(left), axis.day(left + max(0, width - 1))


def shown_between(axis: Axis, low: int, high: int) -> Sequence[int]:
    """Returns the days from `low` to `high` that have a column."""
    if not axis.hidden:
        return range(low, high + 1)
    return [day for day in range(low, high + 1) if axis.shows(day)]
