"""How much is planned for somebody on a day, beside how much they can take."""

from collections.abc import Container, Iterable
from typing import NamedTuple

from toggl_desktop.domain.plan.axis import weekday
from toggl_desktop.domain.plan.days import workweek
from toggl_desktop.domain.plan.rows import Bar, MemberRow, TimeOffRow


class Load(NamedTuple):
    """Minutes of one day.

    Attributes:
        planned: What is planned.
        capacity: What can be taken; nothing on weekends, holidays and days off.
        is_off: Whether a holiday or time off took the capacity away.
    """

    planned: int
    capacity: int
    is_off: bool = False

    @property
    def is_over(self) -> bool:
        """Whether more is planned than can be taken."""
        return self.planned > self.capacity


def capacity_on(
    member: MemberRow | None, day: int, *, off: Container[int] = (), holidays: Container[int] = ()
) -> int:
    """Returns the minutes somebody can take on a day; `off` and `holidays` are days."""
    if day in off or day in holidays:
        return 0
    week = member.capacity if member is not None and len(member.capacity) == 7 else workweek()
    return week[weekday(day)]


class Either:
    """Days that are in one of two sets, whatever those are."""

    def __init__(self, one: Container[int], other: Container[int]) -> None:
        self._one = one
        self._other = other

    def __contains__(self, day: object) -> bool:
        return day in self._one or day in self._other


def days_off(time_off: Iterable[TimeOffRow]) -> dict[str, frozenset[int]]:
    """Returns the days on which each member is away."""
    found: dict[str, set[int]] = {}
    for row in time_off:
        found.setdefault(row.member, set()).update(range(row.start, row.end + 1))
    return {member: frozenset(days) for member, days in found.items()}


def planned(bars: Iterable[Bar], member: MemberRow | None, low: int, high: int) -> list[int]:
    """Returns the minutes that are planned for each day from `low` to `high`.

    Work that is estimated by the day counts on the days on which the member works; a bar that lies
    wholly outside of those counts on all of its days, since somebody meant it.
    """
    found = [0] * (high - low + 1)
    week = member.capacity if member is not None and len(member.capacity) == 7 else workweek()
    for bar in bars:
        minutes, start, end = bar.daily_minutes, bar.start, bar.end
        if not minutes or bar.is_done or start is None or end is None:
            continue
        works = end - start >= 6 or any(week[weekday(day)] for day in range(start, end + 1))
        for day in range(max(low, start), min(high, end) + 1):
            if not works or week[weekday(day)]:
                found[day - low] += minutes
    return found


def loads(
    bars: Iterable[Bar],
    member: MemberRow | None,
    low: int,
    high: int,
    *,
    off: Container[int] = (),
    holidays: Container[int] = (),
) -> list[Load]:
    """Returns the load of each day from `low` to `high`."""
    return [
        Load(
            minutes,
            capacity_on(member, day, off=off, holidays=holidays),
            is_off=day in off or day in holidays,
        )
        for day, minutes in enumerate(planned(bars, member, low, high), low)
    ]
