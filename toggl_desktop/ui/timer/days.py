"""Recorded time as a list by day: heads with totals, entries, and the gaps between them.

Pure: rows in, items out. An entry across midnight is an item of both days, with the part that
lies in each; parts add up to the day's total.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from toggl_desktop.domain.instants import day_bounds, days_between
from toggl_desktop.domain.timer import fillable_gaps, overlapping
from toggl_desktop.store.read.entries import EntryRow

Key = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of a day.

    Attributes:
        seconds: Finished time of this day, entries clipped to it.
        since: Where the running entry's part of this day begins; None when it has none.
        high: The first instant after this day.
    """

    day: date
    seconds: int
    since: int | None
    high: int

    @property
    def key(self) -> Key:
        """What stays the same while its content changes."""
        return ("day", self.day, "")

    def total(self, now: int) -> int:
        """Returns the seconds tracked on this day up to now."""
        if self.since is None:
            return self.seconds
        return self.seconds + max(0, min(now, self.high) - self.since)


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An entry, or the part of it that lies in a day.

    Attributes:
        low: Where the part begins.
        high: Where it ends; an entry that runs has an end in every day but today.
        is_from_before: Whether it began on an earlier day.
        goes_on: Whether it ends on a later day.
        overlaps: Whether another entry shares time with it.
    """

    day: date
    row: EntryRow
    low: int
    high: int
    is_from_before: bool
    goes_on: bool
    overlaps: bool

    @property
    def key(self) -> Key:
        """What stays the same while its content changes."""
        return ("entry", self.day, self.row.lid)

    @property
    def seconds(self) -> int:
        """The length of the part in this day."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class GapItem:
    """Unrecorded time between two entries of one day."""

    day: date
    start: int
    stop: int

    @property
    def key(self) -> Key:
        """What stays the same while its content changes."""
        return ("gap", self.day, str(self.start))


Item = DayHead | EntryItem | GapItem


def touched_days(row: EntryRow, zone: tzinfo, now: int) -> Iterable[date]:
    """Yields the local days an entry lies in; one that runs lies in today too."""
    return days_between(row.start, max(row.start, now) + 1 if row.stop is None else row.stop, zone)


def day_items(
    day: date, rows: Iterable[EntryRow], zone: tzinfo, now: int, *, has_gaps: bool = True
) -> tuple[Item, ...]:
    """Returns the items of a day, newest first, its head before them; nothing for an empty day.

    The running entry is an item of earlier days only: today it stands above the list. Without gaps
    where the rows are a choice: the time between them may be recorded.
    """
    low, high = day_bounds(day, zone)
    parts = [_part(day, row, low, high, now) for row in rows]
    if not parts:
        return ()
    shared = overlapping([(p.row.lid, p.low, p.high) for p in parts])
    found: list[Item] = [
        GapItem(day, gap.start, gap.stop)
        for gap in fillable_gaps([(p.low, p.high) for p in parts])
        if has_gaps
    ]
    seconds, since = 0, None
    for part in parts:
        if part.row.stop is None:
            since = part.low
        else:
            seconds += part.seconds
        if part.row.stop is not None or high <= now:
            found.append(_marked(part) if part.row.lid in shared else part)
    return (DayHead(day, seconds, since, high), *sorted(found, key=_place, reverse=True))


def _part(day: date, row: EntryRow, low: int, high: int, now: int) -> EntryItem:
    stop = max(row.start, now) if row.stop is None else row.stop
    start, end = max(row.start, low), min(stop, high)
    return EntryItem(day, row, start, max(start, end), row.start < low, stop > high, overlaps=False)


def _marked(part: EntryItem) -> EntryItem:
    return EntryItem(
        part.day, part.row, part.low, part.high, part.is_from_before, part.goes_on, overlaps=True
    )


def _place(item: Item) -> tuple[int, int, str]:
    """Where an item stands; a gap that begins when an empty entry ends comes after it in time."""
    if isinstance(item, GapItem):
        return item.start, 1, ""
    assert isinstance(item, EntryItem)
    return item.row.start, 0, item.row.lid


def put_back(items: tuple[Item, ...], kept: Item) -> tuple[Item, ...]:
    """Returns the items with one that is being worked on in its place, if it has left them."""
    if any(item.key == kept.key for item in items):
        return items
    head, rest = items[:1], [*items[1:], kept]
    if not head:
        head = (DayHead(kept.day, 0, None, 0),)
    return (*head, *sorted(rest, key=_place, reverse=True))
