"""Instants and local days.

An instant is a whole number of seconds since the epoch, UTC: arithmetic on it is right on every
day of the year, which arithmetic on aware datetimes is not. Local time appears only here, on the
way in and on the way out.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NewType

Instant = NewType("Instant", int)


def iso(at: int) -> str:
    """Returns the instant as `2026-11-23T14:02:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(at: int, zone: tzinfo) -> datetime:
    """Returns the instant as an aware datetime in the zone."""
    return datetime.fromtimestamp(at, zone)


def day_of(at: int, zone: tzinfo) -> date:
    """Returns the local day an instant lies in: the one function that decides it."""
    return local(at, zone).date()


def instant(moment: datetime) -> Instant:
    """Returns the instant of an aware datetime; parts of a second are cut, as the wire does."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime names no instant")
    return Instant(int(moment.timestamp() // 1))


def resolve(day: date, clock: time, zone: tzinfo) -> Instant:
    """Returns the instant a local clock time means on a day.

    A time that the spring change skips moves forward by the gap; one that the autumn change
    repeats means the first of the two, unless `clock.fold` is 1.
    """
    naive = datetime.combine(day, clock)
    return instant(naive.replace(tzinfo=zone))


def is_skipped(day: date, clock: time, zone: tzinfo) -> bool:
    """Tells whether the spring change skips this local time."""
    return local(resolve(day, clock, zone), zone).replace(tzinfo=None, fold=0) != datetime.combine(
        day, clock.replace(fold=0)
    )


def is_repeated(day: date, clock: time, zone: tzinfo) -> bool:
    """Tells whether the autumn change repeats this local time."""
    first = resolve(day, clock.replace(fold=0), zone)
    return first != resolve(day, clock.replace(fold=1), zone) and not is_skipped(day, clock, zone)


def day_bounds(day: date, zone: tzinfo) -> tuple[Instant, Instant]:
    """Returns first and past-the-end instant of a local day: 23, 24 or 25 hours apart."""
    return resolve(day, time(), zone), resolve(day + timedelta(days=1), time(), zone)


def range_bounds(since: date, until: date, zone: tzinfo) -> tuple[Instant, Instant]:
    """Returns the bounds of a range of local days, both inclusive."""
    return day_bounds(since, zone)[0], day_bounds(until, zone)[1]


def days_between(start: int, stop: int, zone: tzinfo) -> Iterator[date]:
    """Yields each local day the stretch touches; a stop at midnight does not touch the next."""
    day = day_of(start, zone)
    last = day_of(max(start, stop - 1), zone)
    while day <= last:
        low, high = day_bounds(day, zone)
        if low < high:  # a zone that crosses the date line skips a whole day
            yield day
        day += timedelta(days=1)


def seconds_within(start: int, stop: int, low: int, high: int) -> int:
    """Returns how many seconds of [start, stop) lie in [low, high)."""
    return max(0, min(stop, high) - max(start, low))


def week_start(day: date, first_weekday: int) -> date:
    """Returns the day the week of `day` begins; `first_weekday` is 0 for Monday … 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)
