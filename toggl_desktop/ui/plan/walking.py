"""Which bar lies beside another: along its lane, or in a lane above or below."""

from bisect import bisect_left
from collections.abc import Sequence

from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar

Place = tuple[Bar, str]
"""A bar and the key of the lane in which it is meant."""


def _in_time(lane: Lane) -> list[Bar]:
    return sorted(lane.bars, key=_by_start)


def _by_start(bar: Bar) -> tuple[int, int, str]:
    return bar.start or 0, bar.end or 0, bar.lid


def along(chart: Chart, lid: str, key: str, by: int) -> Place | None:
    """Returns the bar after or before another in its lane."""
    lane = chart.lanes.by_key.get(key)
    if lane is None:
        return None
    bars = _in_time(lane)
    place = next((n for n, bar in enumerate(bars) if bar.lid == lid), None)
    if place is None or not 0 <= place + by < len(bars):
        return None
    return bars[place + by], key


def across(chart: Chart, bar: Bar, key: str, by: int) -> Place | None:
    """Returns the bar below or above another: in its lane on the same days, else in another lane.

    In another lane it is the one nearest in time; lanes without bars are passed over.
    """
    lane = chart.lanes.by_key.get(key)
    if lane is not None:
        beside = _beside(lane, bar, by)
        if beside is not None:
            return beside, key
    lanes = [one for one in chart.shown if not one.is_head]
    keys = [one.key for one in lanes]
    place = keys.index(key) + by if key in keys else len(keys)
    while 0 <= place < len(lanes):
        if lanes[place].bars:
            return _nearest(lanes[place], bar, by), keys[place]
        place += by
    return None


def _beside(lane: Lane, bar: Bar, by: int) -> Bar | None:
    """Returns the bar in the next row of a lane that shares a day with another."""
    row = lane.packed.row_of(bar) if bar.start is not None else None
    if row is None or bar.start is None or bar.end is None:
        return None
    rows = lane.packed.rows
    place = row + by
    while 0 <= place < len(rows):
        found = rows[place].between(bar.start, bar.end)
        if found:
            return found[0]
        place += by
    return None


def _nearest(lane: Lane, bar: Bar, by: int) -> Bar:
    """Returns the bar of a lane that is nearest in time, in the row that is reached first."""
    rows = [row for row in lane.packed.rows if row.bars]
    row = rows[0] if by > 0 else rows[-1]
    day = bar.start or 0
    at = bisect_left(row.starts, day)
    near = row.bars[max(0, at - 1) : at + 1] or row.bars[-1:]
    return min((_away(one, day), place, one) for place, one in enumerate(near))[2]


def _away(bar: Bar, day: int) -> int:
    start, end = bar.start or 0, bar.end or 0
    return max(start - day, day - end, 0)


def first_in_sight(lanes: Sequence[Lane], low: int, high: int) -> Place | None:
    """Returns the first bar that has a day from `low` to `high`, else the first of all."""
    for lane in lanes:
        for row in lane.packed.rows if lane.bars else ():
            found = row.between(low, high)
            if found:
                return found[0], lane.key
    for lane in lanes:
        if lane.bars:
            return _in_time(lane)[0], lane.key
    return None
