"""Bars of one lane in rows, so that none covers another: by weight, and without needless moves.

Bars that touch no other are most of a plan, so a lane is cut where nothing crosses; only within
such a cluster do bars compete for rows. What is asked for later is found by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

from toggl_desktop.domain.plan.rows import Bar

_START: Final = Bar._fields.index("start")
_END: Final = Bar._fields.index("end")
_LONGEST_RUN: Final = 6
"""A run is cut after so many gaps, so that it still tells its colours apart."""
_by_start = itemgetter(_START)
_by_order = attrgetter("weight", "start", "lid")


class Run(NamedTuple):
    """Days that are taken, as one; the last one is included."""

    first: int
    last: int
    color: str
    is_done: bool


class Row:
    """Bars side by side, in the order of time."""

    __slots__ = ("_runs", "bars", "ends", "starts")

    def __init__(self) -> None:
        self.bars: list[Bar] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._runs: dict[int, tuple[list[int], list[Run]]] = {}

    def fits(self, low: int, high: int) -> bool:
        """Tells whether nothing is there on the days from `low` to `high`."""
        place = bisect_right(self.starts, high)
        return place == 0 or self.ends[place - 1] < low

    def put(self, bar: Bar) -> None:
        """Adds a bar that fits."""
        start, end = span(bar)
        place = bisect_right(self.starts, start)
        self.bars.insert(place, bar)
        self.starts.insert(place, start)
        self.ends.insert(place, end)

    def extend(self, bars: Sequence[Bar]) -> None:
        """Adds bars that all come after those that are here."""
        self.bars += bars
        self.starts += [bar[_START] for bar in bars]  # type: ignore[misc]
        self.ends += [bar[_END] for bar in bars]  # type: ignore[misc]

    def between(self, low: int, high: int) -> list[Bar]:
        """Returns the bars that have a day from `low` to `high`."""
        return self.bars[bisect_left(self.ends, low) : bisect_right(self.starts, high)]

    def spliced(self, low: int, high: int, other: "Row") -> "Row":
        """Returns the row with the bars of another in place of its own from `low` to `high`."""
        begin, end = bisect_left(self.ends, low), bisect_right(self.starts, high)
        if begin >= end and not other.bars:
            return self
        row = Row()
        row.bars = self.bars[:begin] + other.bars + self.bars[end:]
        row.starts = self.starts[:begin] + other.starts + self.starts[end:]
        row.ends = self.ends[:begin] + other.ends + self.ends[end:]
        return row

    def runs(self, gap: int, low: int, high: int) -> list[Run]:
        """Returns where there are bars from `low` to `high`, without gaps shorter than `gap` days.

        What is thinner than the eye can tell apart is one run, in the colour of most of its days.
        """
        known = self._runs.get(gap)
        if known is None:
            made = _join(self.bars, gap)
            known = self._runs[gap] = ([run.last for run in made], made)
        ends, runs = known
        first = bisect_left(ends, low)
        last = bisect_right(runs, high, first, key=itemgetter(0))
        return runs[first:last]

    def has_any(self, low: int, high: int) -> bool:
        """Tells whether a bar has a day from `low` to `high`."""
        return bisect_left(self.ends, low) < bisect_right(self.starts, high)


class Packed:
    """A lane's bars in rows."""

    __slots__ = ("rows",)

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def height(self, low: int, high: int) -> int:
        """Returns how many rows are needed on the days from `low` to `high`."""
        for number in range(len(self.rows), 0, -1):
            if self.rows[number - 1].has_any(low, high):
                return number
        return 0

    def row_of(self, bar: Bar) -> int | None:
        """Returns the row a bar is in."""
        start = span(bar)[0]
        for number, row in enumerate(self.rows):
            place = bisect_left(row.starts, start)
            if place < len(row.starts) and row.bars[place].lid == bar.lid:
                return number
        return None

    def free_row(self, low: int, high: int) -> int:
        """Returns the first row with nothing on the days from `low` to `high`."""
        for number, row in enumerate(self.rows):
            if row.fits(low, high):
                return number
        return len(self.rows)

    def numbers(self) -> dict[str, int]:
        """Returns the row of each bar by its id."""
        return {bar.lid: number for number, row in enumerate(self.rows) for bar in row.bars}


def span(bar: Bar) -> tuple[int, int]:
    """Returns the first and last day of a scheduled bar."""
    start, end = bar.start, bar.end
    if start is None or end is None:
        raise ValueError("this bar has no days")
    return start, end


def pack(bars: Iterable[Bar], kept: Mapping[str, int] | None = None) -> Packed:
    """Puts scheduled bars into rows.

    The lightest comes first and takes the highest free row, so a bar is only ever below lighter
    ones that share a day with it. With `kept`, the rows of an earlier packing, bars stay where they
    were and only the others look for room, as long as no more rows are needed for it.
    """
    rows: list[Row] = []
    cluster: list[Bar] = []
    reach = -1
    for bar in sorted(bars, key=_by_start):
        if bar[_START] > reach and cluster:  # type: ignore[operator]
            _append(rows, cluster, kept)
            cluster = []
            reach = -1
        cluster.append(bar)
        reach = max(reach, bar[_END])  # type: ignore[type-var, assignment]
    if cluster:
        _append(rows, cluster, kept)
    return Packed(rows)


def exchange(packed: Packed, gone: Sequence[Bar], came: Sequence[Bar]) -> Packed:
    """Returns the rows with some bars exchanged, as if all were packed again with rows kept.

    Only what competes for rows with these bars is looked at, however many others there are.
    """
    parts = _parts(packed.rows, sorted(span(bar) for bar in (*gone, *came)))
    inside = [[row.between(*part) for row in packed.rows] for part in parts]
    kept = {
        bar.lid: number for found in inside for number, bars in enumerate(found) for bar in bars
    }
    left = {bar.lid for bar in gone}
    rows = list(packed.rows)
    for part, found in zip(parts, inside, strict=True):
        new = [bar for bar in came if part[0] <= span(bar)[0] <= part[1]]
        old = [bar for bars in found for bar in bars if bar.lid not in left]
        made = pack(old + new, kept).rows
        while len(rows) < len(made):
            rows.append(Row())
        for number, row in enumerate(rows):
            rows[number] = row.spliced(*part, made[number] if number < len(made) else Row())
    while rows and not rows[-1].bars:
        rows.pop()
    return Packed(rows)


def _parts(rows: Sequence[Row], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns the days around some spans, so far that no bar crosses their edges."""
    parts: list[tuple[int, int]] = []
    for low, high in spans:
        if parts and low <= parts[-1][1]:
            first, last = parts.pop()
            low, high = first, max(last, high)  # noqa: PLW2901 - they are one now
        grown = _grown(rows, low, high)
        while parts and grown[0] <= parts[-1][1]:
            grown = _grown(rows, parts.pop()[0], grown[1])
        parts.append(grown)
    return parts


def _grown(rows: Sequence[Row], low: int, high: int) -> tuple[int, int]:
    while True:
        first, last = low, high
        for row in rows:
            begin, end = bisect_left(row.ends, low), bisect_right(row.starts, high)
            if begin < end:
                first, last = min(first, row.starts[begin]), max(last, row.ends[end - 1])
        if (first, last) == (low, high):
            return low, high
        low, high = first, last


def _append(rows: list[Row], cluster: list[Bar], kept: Mapping[str, int] | None) -> None:
    if len(cluster) == 1 and not kept:
        if not rows:
            rows.append(Row())
        row, bar = rows[0], cluster[0]
        row.bars.append(bar)
        row.starts.append(bar[_START])  # type: ignore[arg-type]
        row.ends.append(bar[_END])  # type: ignore[arg-type]
        return
    found = _place(cluster)
    if kept:
        staying = _place_kept(cluster, kept, len(found))
        found = found if staying is None else staying
    while len(rows) < len(found):
        rows.append(Row())
    for row, more in zip(rows, found, strict=False):
        row.extend(more.bars)


def _place(cluster: list[Bar]) -> list[Row]:
    """Gives each bar the first row that is free, lighter ones first."""
    rows: list[Row] = []
    for bar in sorted(cluster, key=_by_order):
        _put_first_fit(rows, bar)
    return rows


def _put_first_fit(rows: list[Row], bar: Bar) -> None:
    start, end = bar[_START], bar[_END]
    for row in rows:
        place = bisect_right(row.starts, end)  # type: ignore[type-var]
        if place == 0 or row.ends[place - 1] < start:  # type: ignore[operator]
            break
    else:
        row = Row()
        rows.append(row)
        place = 0
    row.bars.insert(place, bar)
    row.starts.insert(place, start)  # type: ignore[arg-type]
    row.ends.insert(place, end)  # type: ignore[arg-type]


def _place_kept(cluster: list[Bar], kept: Mapping[str, int], most: int) -> list[Row] | None:
    """Lets bars stay in their rows; None when that would need more than `most` rows."""
    rows = [Row() for _ in range(most)]
    others = []
    for bar in sorted(cluster, key=_by_order):
        number = kept.get(bar.lid, most)
        if number < most and rows[number].fits(*span(bar)):
            rows[number].put(bar)
        else:
            others.append(bar)
    for bar in others:
        _put_first_fit(rows, bar)
    while rows and not rows[-1].bars:
        rows.pop()
    return rows if len(rows) <= most else None


def _join(bars: Sequence[Bar], gap: int) -> list[Run]:
    """Joins bars that are less than `gap` days apart."""
    runs: list[Run] = []
    days: dict[tuple[str, bool], int] = {}
    first = last = None
    for bar in bars:
        start, end = span(bar)
        if last is None or first is None:
            first, last = start, end
        elif start - last - 1 < gap and last - first < _LONGEST_RUN * gap:
            last = end
        else:
            runs.append(Run(first, last, *max(days, key=days.__getitem__)))
            first, last, days = start, end, {}
        look = (bar.color, bar.is_done)
        days[look] = days.get(look, 0) + end - start + 1
    if first is not None and last is not None:
        runs.append(Run(first, last, *max(days, key=days.__getitem__)))
    return runs
