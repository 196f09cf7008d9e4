"""Local wall-clock times to instants, through every jump of the clock.

Files of other programs hold local times without an offset. On the night the clocks go back one such
time means two instants, on the night they go forward it means none; the stated duration decides
where it can.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Final, TypeAlias

_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_FIRST_DAY: Final = date(1970, 1, 3).toordinal()
_LAST_DAY: Final = date(2199, 12, 29).toordinal()
_DAY: Final = 86_400

Moment: TypeAlias = tuple[int, int]
"""A wall-clock time: the proleptic ordinal of the day, and seconds since its midnight."""


def moment(value: datetime) -> Moment:
    """The wall-clock time of a naive datetime, to the second."""
    return value.toordinal(), value.hour * 3600 + value.minute * 60 + value.second


class LocalTime:
    """Reads wall-clock times of one zone; days are looked up once and remembered."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._steady: dict[int, int | None] = {}

    def knows(self, day: int) -> bool:
        """Whether the day lies in the years that are read at all."""
        return _FIRST_DAY <= day <= _LAST_DAY

    def first(self, when: Moment) -> int:
        """The instant; the earlier one where the clock shows this time twice."""
        day, seconds = when
        offset = self._steady_offset(day)
        if offset is None:
            return self.readings(when)[0]
        return (day - _EPOCH_DAY) * _DAY + seconds - offset

    def readings(self, when: Moment) -> tuple[int, ...]:
        """Every instant this time can mean: one, or two on the night of a clock change."""
        day, seconds = when
        base = (day - _EPOCH_DAY) * _DAY + seconds
        offset = self._steady_offset(day)
        if offset is not None:
            return (base - offset,)
        earlier, later = (self._offset(day, seconds, fold) for fold in (0, 1))
        return (base - earlier,) if earlier == later else (base - earlier, base - later)

    def span(self, start: Moment, stop: Moment, duration: int | None) -> tuple[int, int]:
        """The pair of instants that fits the stated duration best, or at least runs forward."""
        first, last = self._steady_offset(start[0]), self._steady_offset(stop[0])
        if first is not None and last is not None:
            return (
                (start[0] - _EPOCH_DAY) * _DAY + start[1] - first,
                (stop[0] - _EPOCH_DAY) * _DAY + stop[1] - last,
            )
        starts, stops = self.readings(start), self.readings(stop)
        best = starts[0], stops[0]
        best_miss = _miss(best, duration)
        for begin in starts:
            for end in stops:
                miss = _miss((begin, end), duration)
                if miss < best_miss:
                    best, best_miss = (begin, end), miss
        return best

    def _steady_offset(self, day: int) -> int | None:
        """The day's offset in seconds when the clock does not change on it, else None.

        No zone has ever changed its clock there and back between two midnights.
        """
        try:
            return self._steady[day]
        except KeyError:
            first, noon, last = (self._offset(day, hour * 3600, 0) for hour in (0, 12, 24))
            steady = self._steady[day] = first if first == noon == last else None
            return steady

    def _offset(self, day: int, seconds: int, fold: int) -> int:
        days, rest = divmod(seconds, _DAY)
        hours, rest = divmod(rest, 3600)
        wall = datetime.fromordinal(day + days).replace(
            hour=hours, minute=rest // 60, second=rest % 60, fold=fold, tzinfo=self._zone
        )
        offset = wall.utcoffset()
        return 0 if offset is None else offset.days * _DAY + offset.seconds


def _miss(pair: tuple[int, int], duration: int | None) -> int:
    """How badly a pair fits; running backwards is worse than any stated duration."""
    start, stop = pair
    if stop < start:
        return 10**12 + start - stop
    return 0 if duration is None else abs(stop - start - duration)
