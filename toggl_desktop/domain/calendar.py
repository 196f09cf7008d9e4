"""The geometry of a day calendar: hours, time and height, entries side by side, snapping, gaps.

Pure: instants (epoch seconds UTC) and heights in pixels go in and come out; nothing here paints.
Days of different lengths stand on one floor, the midnight they end at: a clock change happens
early in the day, so nine o'clock is at the same height in all of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple

from toggl_desktop.domain.instants import day_bounds, local, resolve, week_start
from toggl_desktop.domain.timer import LEAST_GAP, fillable_gaps

LEAST_PER_HOUR: Final = 12.0
MOST_PER_HOUR: Final = 960.0
"""Pixels per hour at the two ends of the zoom."""
LEAST_SECONDS: Final = 60
"""An entry that is drawn, moved or resized lasts at least so long."""
USUAL_SECONDS: Final = 1800
"""What is made without a length gets this one."""
_HOUR: Final = 3600


# Days ---------------------------------------------------------------------------------------


class Hour(NamedTuple):
    """A full hour of a local day.

    Attributes:
        at: The instant.
        hour: What the clock shows, 0 to 23.
        zone: The abbreviation in force, where the clock shows this hour twice; else empty.
    """

    at: int
    hour: int
    zone: str = ""


class ClockChange(NamedTuple):
    """The moment in a day when clocks are put forward or back.

    Attributes:
        at: The instant.
        before: Hour and minute that the clock would show then.
        after: Hour and minute that it shows instead.
    """

    at: int
    before: tuple[int, int]
    after: tuple[int, int]


@lru_cache(maxsize=64)
def hours_of(day: date, zone: tzinfo) -> tuple[Hour, ...]:
    """Returns the full hours of a local day: a skipped one is absent, a repeated one is twice."""
    low, high = day_bounds(day, zone)
    found: dict[int, Hour] = {}
    for hour in range(24):
        twins = sorted({resolve(day, time(hour, fold=fold), zone) for fold in (0, 1)})
        shown = [at for at in twins if low <= at < high and _shows(at, hour, zone)]
        for at in shown:
            found[at] = Hour(at, hour, (local(at, zone).tzname() or "") if len(shown) > 1 else "")
    return tuple(found[at] for at in sorted(found))


def _shows(at: int, hour: int, zone: tzinfo) -> bool:
    moment = local(at, zone)
    return (moment.hour, moment.minute) == (hour, 0)


@lru_cache(maxsize=64)
def clock_change(day: date, zone: tzinfo) -> ClockChange | None:
    """Returns when clocks are changed inside a local day; None on most days."""
    low, high = day_bounds(day, zone)
    if low >= high or _offset(low, zone) == _offset(high - 1, zone):
        return None
    first, last = int(low), int(high) - 1
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(middle, zone) == _offset(low, zone):
            first = middle
        else:
            last = middle
    after, before = local(last, zone), local(last - 1, zone) + timedelta(seconds=1)
    return ClockChange(last, (before.hour, before.minute), (after.hour, after.minute))


def _offset(at: int, zone: tzinfo) -> timedelta | None:
    return local(at, zone).utcoffset()


def shown_days(focus: date, count: int, first_weekday: int) -> tuple[date, ...]:
    """Returns the days to show: a week holds the day, fewer days end with it."""
    ends = focus - timedelta(days=count - 1)
    first = week_start(focus, first_weekday) if count == 7 else ends
    return tuple(first + timedelta(days=i) for i in range(count))


# Time and height ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Axis:
    """Time in one day's column, from the top down; the day ends at `bottom`."""

    low: int
    high: int
    bottom: float
    per_hour: float

    @property
    def top(self) -> float:
        """Where the day begins."""
        return self.y(self.low)

    def y(self, at: int) -> float:
        """Returns the height of an instant."""
        return self.bottom - (self.high - at) * self.per_hour / _HOUR

    def at(self, y: float) -> int:
        """Returns the instant at a height, the nearest one of the day."""
        found = round(self.high - (self.bottom - y) * _HOUR / self.per_hour)
        return min(max(found, self.low), self.high)


def axes(days: Iterable[tuple[int, int]], per_hour: float) -> tuple[Axis, ...]:
    """Returns the axes of days that are shown beside each other, on one floor."""
    bounds = list(days)
    bottom = max((high - low for low, high in bounds), default=0) * per_hour / _HOUR
    return tuple(Axis(low, high, bottom, per_hour) for low, high in bounds)


def zoomed(per_hour: float, factor: float, least: float = LEAST_PER_HOUR) -> float:
    """Returns the scale after a step of zoom, within what makes sense."""
    return min(max(per_hour * factor, least, LEAST_PER_HOUR), MOST_PER_HOUR)


def scroll_around(scroll: float, pointer: float, before: float, after: float) -> float:
    """Returns the scroll that keeps what is under the pointer there when the scale changes."""
    return max(0.0, (scroll + pointer) * after / before - pointer)


# Side by side -------------------------------------------------------------------------------


class Slot(NamedTuple):
    """The place of a span in its column.

    Attributes:
        top: Where it is drawn; never more than `slack` below where it begins.
        bottom: Its end; at least `least` below the top.
        lane: Which of `lanes` equal parts of the column it begins in.
        reach: How many of them it takes.
        lanes: How many there are in its cluster.
    """

    top: float
    bottom: float
    lane: int
    reach: int
    lanes: int


class _Lane:
    """One part of a cluster being filled; its slots never overlap and go down."""

    __slots__ = ("bottoms", "end", "tops")

    def __init__(self) -> None:
        self.tops: list[float] = []
        self.bottoms: list[float] = []
        self.end = 0.0

    def takes(self, begin: float, slack: float) -> bool:
        return self.end <= begin and self.bottoms[-1] <= begin + slack

    def put(self, top: float, bottom: float, end: float) -> None:
        self.tops.append(top)
        self.bottoms.append(bottom)
        self.end = end

    def is_free(self, top: float, bottom: float) -> bool:
        first = bisect_right(self.bottoms, top)
        return first == len(self.tops) or self.tops[first] >= bottom


def pack(spans: Sequence[tuple[float, float]], least: float, slack: float) -> list[Slot]:
    """Returns a place for each span (begin, end) so that no two of them cover each other.

    Spans that share time stand side by side, in as few lanes as can hold them, and widen into
    lanes that are free beside them. A span too thin to be seen is drawn `least` high; what
    follows it gives way by up to `slack` before it takes another lane.
    """
    order = sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1], i))
    places: list[Slot | None] = [None] * len(spans)
    cluster: list[tuple[int, float, float, int]] = []
    lanes: list[_Lane] = []
    for i in order:
        begin, end = spans[i]
        if lanes and all(max(lane.end, lane.bottoms[-1]) <= begin for lane in lanes):
            _settle(cluster, lanes, places)
            cluster, lanes = [], []
        number = next((n for n, lane in enumerate(lanes) if lane.takes(begin, slack)), len(lanes))
        top = begin
        if number == len(lanes):
            lanes.append(_Lane())
        else:
            top = max(begin, lanes[number].bottoms[-1])
        bottom = max(end, top + least)
        lanes[number].put(top, bottom, end)
        cluster.append((i, top, bottom, number))
    _settle(cluster, lanes, places)
    return [place for place in places if place is not None]


def _settle(
    cluster: list[tuple[int, float, float, int]], lanes: list[_Lane], places: list[Slot | None]
) -> None:
    """Writes down the places of a cluster, now that it is known how many lanes it has."""
    for i, top, bottom, number in cluster:
        reach = 1
        while number + reach < len(lanes) and lanes[number + reach].is_free(top, bottom):
            reach += 1
        places[i] = Slot(top, bottom, number, reach, len(lanes))


class Shelf:
    """Slots of one column, ordered for the question which of them show between two heights."""

    __slots__ = ("_order", "_reached", "_tops")

    def __init__(self, slots: Sequence[Slot]) -> None:
        self._order = sorted(range(len(slots)), key=lambda i: slots[i].top)
        self._tops = [slots[i].top for i in self._order]
        self._reached: list[float] = []
        reached = float("-inf")
        for i in self._order:
            reached = max(reached, slots[i].bottom)
            self._reached.append(reached)

    def between(self, top: float, bottom: float) -> list[int]:
        """Returns the numbers of the slots that may show; none that lies below is looked at."""
        first = bisect_right(self._reached, top)
        return self._order[first : bisect_left(self._tops, bottom)]


# Drawing, moving, resizing ------------------------------------------------------------------


class Span(NamedTuple):
    """A stretch of time."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Grid:
    """What a moment snaps to: every `step` seconds from `origin`, and the given others.

    Attributes:
        others: The edges of entries nearby, so that a gap closes to the second.
        home: Where it was, or was on another day; it is found again from half a step away.
    """

    origin: int
    step: int
    others: tuple[int, ...] = ()
    home: int | None = None

    def near(self, at: int, *more: int) -> int:
        """Returns the nearest of all that; the grid's own when two are equally near."""
        if self.home is not None and 2 * abs(at - self.home) < self.step:
            return self.home
        line = self.origin + round((at - self.origin) / self.step) * self.step
        return min((line, *self.others, *more), key=lambda one: abs(one - at))


def drawn(anchor: int, at: int, grid: Grid) -> Span:
    """Returns the stretch drawn from where the button went down to where the pointer is."""
    first, last = sorted((grid.near(anchor), grid.near(at)))
    if last - first >= min(grid.step, LEAST_SECONDS):
        return Span(first, last)
    return Span(first, first + grid.step) if at >= anchor else Span(last - grid.step, last)


def moved(span: Span, by: int, grid: Grid) -> Span:
    """Returns a span shifted as a whole: its start snaps, or its end to an edge nearby."""
    length = span.high - span.low
    ends = tuple(other - length for other in grid.others)
    low = grid.near(span.low + by, *ends)
    return Span(low, low + length)


def with_start(span: Span, at: int, grid: Grid) -> Span:
    """Returns a span with its start dragged to a moment; it never passes the end."""
    return Span(min(grid.near(at), span.high - min(LEAST_SECONDS, _length(span))), span.high)


def with_stop(span: Span, at: int, grid: Grid) -> Span:
    """Returns a span with its end dragged to a moment; it never passes the start."""
    return Span(span.low, max(grid.near(at), span.low + min(LEAST_SECONDS, _length(span))))


def _length(span: Span) -> int:
    return span.high - span.low


def cut_at(span: Span, at: int, *grids: Grid) -> int | None:
    """Returns where a span is cut when a moment is pointed at.

    That is on the first grid that has a line near it inside the span, else at the moment itself,
    or as near to it as a cut can be. None when the span is too short to be cut at all.
    """
    for candidate in (*(grid.near(at) for grid in grids), at):
        if span.low < candidate < span.high:
            return candidate
    return None if _length(span) < 2 else min(max(at, span.low + 1), span.high - 1)


# Gaps ---------------------------------------------------------------------------------------


def gap_around(spans: Sequence[tuple[int, int]], at: int, day: Span, grid: Grid) -> Span:
    """Returns the stretch to record at a moment: the whole gap it lies in when that is short.

    In a gap longer than an hour, and beside an entry, it is half an hour from the moment on.
    """
    if any(low <= at < high for low, high in spans):
        return Span(grid.near(at), grid.near(at) + USUAL_SECONDS)
    low = max((high for _, high in spans if high <= at), default=day.low)
    high = min((low for low, _ in spans if low > at), default=day.high)
    if high - low <= 2 * USUAL_SECONDS:
        return Span(low, high)
    begin = max(at - (at - grid.origin) % grid.step, low)
    return Span(begin, min(begin + USUAL_SECONDS, high))


def first_gap(spans: Sequence[tuple[int, int]], day: Span, now: int) -> Span:
    """Returns the first stretch of a day that waits to be recorded.

    That is the first gap between two entries, if no night lies in it; without one, what follows
    the last entry, up to now if that is today; on an empty day half an hour, the latest one or
    from nine o'clock on.
    """
    for gap in fillable_gaps(spans):
        return Span(gap.start, gap.stop)
    is_today = day.low <= now < day.high
    if not spans:
        begin = now - USUAL_SECONDS if is_today else day.high - 15 * _HOUR
        begin = max(begin - begin % LEAST_GAP, day.low)
        return Span(begin, begin + USUAL_SECONDS)
    last = min(max(high for _, high in spans), day.high - LEAST_SECONDS)
    if is_today and now - last >= LEAST_GAP:
        return Span(last, now)
    return Span(last, min(last + USUAL_SECONDS, day.high))
