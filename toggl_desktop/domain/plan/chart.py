"""A timeline's geometry: lanes one below the other, days beside each other, bars in their rows.

A lane is as high as the bars need on the days around those in sight, so that one crowded week of
years ago takes no room now. Everything is found by bisection: a frame costs what it shows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.lanes import Lane, Lanes
from toggl_desktop.domain.plan.packing import span
from toggl_desktop.domain.plan.rows import Bar

_KNOWN: Final = 32
_START: Final = 2
_END: Final = 3
"""Where these are in a `Bar`: asked for by place they are had in half the time."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights in pixels.

    Attributes:
        bar: A bar.
        gap: Between two rows of bars.
        pad: Above the first and below the last row.
        head: A group's head.
    """

    bar: int = 22
    gap: int = 4
    pad: int = 6
    head: int = 28

    def lane(self, rows: int) -> int:
        """Returns the height of a lane with so many rows; an empty one is as high as one row."""
        rows = max(1, rows)
        return 2 * self.pad + rows * self.bar + (rows - 1) * self.gap

    def row(self, number: int) -> int:
        """Returns how far below a lane's top a row begins."""
        return self.pad + number * (self.bar + self.gap)


class Box(NamedTuple):
    """Where something is: pixels of the whole chart."""

    x: int
    y: int
    width: int
    height: int


class Placed(NamedTuple):
    """A lane that is shown; `place` is its place among them, from 0."""

    place: int
    lane: Lane
    top: int
    height: int


class Chart:
    """Lanes and an axis, with every place in it."""

    def __init__(self, lanes: Lanes, axis: Axis, measures: Measures | None = None) -> None:
        self.lanes = lanes
        self.axis = axis
        self.take_measures(Measures() if measures is None else measures)
        self.shown: list[Lane] = []
        self.tops: list[int] = [0]
        self._indexes: dict[str, int] = {}
        self._window = (0, -1)
        self._heights: list[int] = []
        self._ready = 0

    def take_measures(self, measures: Measures) -> None:
        """Takes other heights; what is laid out already stays until `arrange`."""
        self.measures = measures
        self._by_rows = [measures.lane(rows) for rows in range(_KNOWN)]

    # Heights ------------------------------------------------------------------------------

    @property
    def height(self) -> int:
        """The height of all lanes."""
        return self.tops[-1]

    @property
    def window(self) -> tuple[int, int]:
        """The days that the heights are right for."""
        return self._window

    def arrange(self, low: int, high: int, until: int | None = None) -> bool:
        """Lays the lanes out for some days; returns whether any lane is in another place.

        With `until`, lanes that begin below that height and were never looked at are not packed
        yet; they count as one row until `settle` gets to them.
        """
        self._window = (low, high)
        self.shown = self.lanes.shown()
        self._indexes = {lane.key: i for i, lane in enumerate(self.shown)}
        top, heights = 0, []
        self._ready = len(self.shown)
        for place, lane in enumerate(self.shown):
            if until is not None and top > until and lane.bars and not lane.is_packed:
                self._ready = min(self._ready, place)
                height = self.measures.lane(1)
            else:
                height = self._height_of(lane)
            heights.append(height)
            top += height
        self._heights = heights
        tops = [0, *accumulate(heights)]
        has_moved = tops != self.tops
        self.tops = tops
        return has_moved

    def _height_of(self, lane: Lane) -> int:
        if lane.is_head:
            return self.measures.head
        rows = lane.packed.height(*self._window) if lane.bars else 0
        return self._by_rows[rows] if rows < _KNOWN else self.measures.lane(rows)

    def is_ready(self, bottom: int) -> bool:
        """Tells whether every lane down to a height has its rows."""
        return self._ready >= len(self.shown) or self.tops[self._ready] > bottom

    @property
    def is_settled(self) -> bool:
        """Whether every lane has its rows."""
        return self._ready >= len(self.shown)

    def settle(self, bars: int) -> bool:
        """Packs lanes that were left for later, about so many bars; returns whether any moved."""
        before = self.tops
        while self._ready < len(self.shown) and bars > 0:
            lane = self.shown[self._ready]
            if not lane.is_packed:
                bars -= len(lane.bars)
            self._heights[self._ready] = self._height_of(lane)
            self._ready += 1
        self.tops = [0, *accumulate(self._heights)]
        return self.tops != before

    def arrange_lane(self, lane: Lane) -> bool:
        """Lays one lane out again; returns whether those below moved."""
        index = self._indexes.get(lane.key)
        if index is None:
            return False
        height = self.measures.lane(lane.packed.height(*self._window))
        if height == self._heights[index]:
            return False
        self._heights[index] = height
        self.tops = [0, *accumulate(self._heights)]
        return True

    # Finding ------------------------------------------------------------------------------

    def index_of(self, key: str) -> int | None:
        """Returns where a lane is among those shown."""
        return self._indexes.get(key)

    def lane_at(self, y: int) -> Placed | None:
        """Returns the lane at a height."""
        if not 0 <= y < self.height:
            return None
        return self._placed(bisect_right(self.tops, y) - 1)

    def placed(self, key: str) -> Placed | None:
        """Returns where a lane is."""
        index = self._indexes.get(key)
        return None if index is None else self._placed(index)

    def _placed(self, index: int) -> Placed:
        return Placed(index, self.shown[index], self.tops[index], self._heights[index])

    def between(self, top: int, bottom: int) -> Iterator[Placed]:
        """Yields the lanes of which anything lies from `top` to `bottom`."""
        first = max(0, bisect_right(self.tops, top) - 1)
        for index in range(first, len(self.shown)):
            if self.tops[index] > bottom:
                return
            yield self._placed(index)

    def bars_between(self, lane: Lane, low: int, high: int) -> Iterator[tuple[int, list[Bar]]]:
        """Yields the rows of a lane with their bars that have a day from `low` to `high`."""
        if lane.is_head or not lane.bars:
            return
        for number, row in enumerate(lane.packed.rows):
            bars = row.between(low, high)
            if bars:
                yield number, bars

    def bar_at(self, x: int, y: int, reach: int = 0) -> tuple[Placed, Bar, Box] | None:
        """Returns the bar at a point, or the nearest within `reach` pixels beside it."""
        placed = self.lane_at(y)
        if placed is None or placed.lane.is_head:
            return None
        number, rest = divmod(y - placed.top - self.measures.pad, self._pitch)
        if number < 0 or rest >= self.measures.bar or number >= len(placed.lane.packed.rows):
            return None
        low, high = self.axis.day(x - reach) - 1, self.axis.day(x + reach) + 1
        best: tuple[int, Bar, Box] | None = None
        for bar in placed.lane.packed.rows[number].between(low, high):
            box = self.box(placed, number, bar)
            away = max(box.x - x, x - (box.x + box.width - 1), 0)
            if away <= reach and (best is None or away < best[0]):
                best = (away, bar, box)
        return None if best is None else (placed, best[1], best[2])

    @property
    def _pitch(self) -> int:
        return self.measures.bar + self.measures.gap

    def box(self, placed: Placed, row: int, bar: Bar) -> Box:
        """Returns where a bar is in a lane."""
        return self.box_of_days(placed, row, *span(bar))

    def box_of_days(self, placed: Placed, row: int, low: int, high: int) -> Box:
        """Returns where a bar of some days would be in a row of a lane."""
        left, right = self.axis.x(low), self.axis.x_after(high)
        y = placed.top + self.measures.row(row)
        return Box(left, y, max(1, right - left - 1), self.measures.bar)

    def boxes(self, bar: Bar) -> list[tuple[Placed, Box]]:
        """Returns where a bar is: once for each of its lanes that is shown."""
        if bar.start is None:
            return []
        found = []
        for lane in self.lanes.of(bar):
            placed = self.placed(lane.key)
            row = None if placed is None else lane.packed.row_of(bar)
            if placed is not None and row is not None:
                found.append((placed, self.box(placed, row, bar)))
        return found

    def bars_in(self, box: Box) -> list[tuple[Placed, Bar]]:
        """Returns the bars that a rectangle touches."""
        low, high = self.axis.day(box.x), self.axis.day(box.x + box.width)
        found = []
        for placed in self.between(box.y, box.y + box.height):
            for number, bars in self.bars_between(placed.lane, low, high):
                top = placed.top + self.measures.row(number)
                if top < box.y + box.height and top + self.measures.bar > box.y:
                    found += [(placed, bar) for bar in bars]
        return found


def span_of(bars: Iterable[Bar]) -> tuple[int, int] | None:
    """Returns the first and the last day of any of the bars; None when none has days."""
    low: int | None = None
    high = 0
    for bar in bars:
        start, end = bar[_START], bar[_END]
        if start is None or end is None:
            continue
        if low is None or start < low:
            low = start
        high = max(high, end)
    return None if low is None else (low, high)
