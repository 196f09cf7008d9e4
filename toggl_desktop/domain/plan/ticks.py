"""What the two rows of a timeline's header name at each scale: days, weeks, months … decades."""

from datetime import date
from typing import Final, Literal, NamedTuple

from toggl_desktop.domain.plan.axis import week_start

Unit = Literal["day", "week", "month", "quarter", "year", "decade"]

_LAST_YEAR: Final = 9998


class Stretch(NamedTuple):
    """One named stretch of days: its first, and the one after its last."""

    first: int
    after: int


class Scale(NamedTuple):
    """What the header shows.

    Attributes:
        upper: Unit of the upper row.
        lower: Unit of the lower row.
        is_roomy: Whether a day has room for its weekday as well.
        lines: Unit that the chart's lines are drawn for.
    """

    upper: Unit
    lower: Unit
    is_roomy: bool
    lines: Unit


def scale_of(per_day: float) -> Scale:
    """Returns what the header shows when a day is so many pixels wide."""
    if per_day >= 18:
        return Scale("month", "day", per_day >= 40, "day")
    if per_day >= 4.5:
        return Scale("month", "week", is_roomy=False, lines="week")
    if per_day >= 1.1:
        return Scale("year", "month", is_roomy=False, lines="month")
    if per_day >= 0.5:
        return Scale("year", "quarter", is_roomy=False, lines="quarter")
    return Scale("decade", "year", is_roomy=False, lines="year")


def stretches(unit: Unit, low: int, high: int, first_weekday: int = 0) -> list[Stretch]:
    """Returns the stretches that hold the days from `low` to `high`, whole and in order."""
    at, found = _start(unit, low, first_weekday), []
    while at <= high:
        after = _after(unit, at)
        found.append(Stretch(at, after))
        at = after
    return found


def _start(unit: Unit, day: int, first_weekday: int) -> int:
    if unit == "day":
        return day
    if unit == "week":
        return week_start(day, first_weekday)
    named = date.fromordinal(day)
    if unit == "month":
        return named.replace(day=1).toordinal()
    if unit == "quarter":
        return named.replace(month=(named.month - 1) // 3 * 3 + 1, day=1).toordinal()
    year = named.year if unit == "year" else max(1, named.year // 10 * 10)
    return date(year, 1, 1).toordinal()


def _after(unit: Unit, first: int) -> int:
    if unit in ("day", "week"):
        return first + (1 if unit == "day" else 7)
    named = date.fromordinal(first)
    months = {"month": 1, "quarter": 3}.get(unit, 0)
    if months:
        month = named.month - 1 + months
        return date(named.year + month // 12, month % 12 + 1, 1).toordinal()
    year = named.year + 1 if unit == "year" else named.year // 10 * 10 + 10
    return date(min(year, _LAST_YEAR + 1), 1, 1).toordinal()


def week_number(day: int) -> int:
    """Returns the number of a day's week, as ISO 8601 counts."""
    return date.fromordinal(day).isocalendar().week
