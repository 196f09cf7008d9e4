"""The entries of the days that are shown: read at once, kept up by change sets."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final

from toggl_desktop.domain.calendar import Span
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.instants import day_bounds, local, resolve
from toggl_desktop.domain.timer import overlapping
from toggl_desktop.store.read import entries
from toggl_desktop.store.read.entries import EntryRow, Wanted
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.days import EntryItem

_NAMED: Final = frozenset({"project", "client", "task", "tag"})


@dataclass(frozen=True, slots=True)
class DaySheet:
    """One local day with the parts of entries that lie in it, in the order of time.

    Attributes:
        bounds: First instant, and the first one after it: 23 to 25 hours apart.
    """

    day: date
    bounds: Span
    items: tuple[EntryItem, ...]

    @property
    def seconds(self) -> int:
        """Everything recorded in this day, what runs up to now."""
        return sum(item.seconds for item in self.items)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """From when to when each entry lies in this day."""
        return [(item.low, item.high) for item in self.items]


class Sheet:
    """Reads whole days and says what is in them; nothing is read that is not shown."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rows: dict[str, EntryRow] = {}
        self._held: dict[str, EntryRow] = {}
        self.days: tuple[DaySheet, ...] = ()

    @property
    def zone(self) -> tzinfo:
        """The local time zone."""
        return self._context.zone()

    @property
    def now(self) -> int:
        """The present."""
        return self._context.clock.now().wall

    @property
    def bounds(self) -> Span:
        """From the first instant that is shown to the first one after."""
        return Span(self.days[0].bounds.low, self.days[-1].bounds.high)

    def row(self, lid: str) -> EntryRow | None:
        """Returns an entry that is shown."""
        return self._rows.get(lid)

    def edges(self, without: Collection[str]) -> list[int]:
        """Returns every start and stop that is shown, in order, for others to snap to."""
        return sorted(
            {
                at
                for row in self._rows.values()
                if row.lid not in without
                for at in (row.start, row.stop)
                if at is not None
            }
        )

    def show(self, days: Sequence[date]) -> None:
        """Reads the entries of consecutive days. Raises StoreError."""
        zone = self.zone
        bounds = [day_bounds(day, zone) for day in days]
        # One second more on both sides: an empty entry on the edge counts; `_fits` decides.
        wanted = Wanted(low=bounds[0][0] - 1, high=bounds[-1][1] + 1)
        self._rows = {row.lid: row for row in entries.find(self._context.source, wanted)}
        self._rows.update(self._held)
        self._file(days)

    def apply(self, changes: ChangeSet) -> bool:
        """Reads again if a change set names something shown; tells whether it did.

        Raises:
            StoreError: The store cannot be read.
        """
        if not self.days or not (self._concerns(changes) or _NAMED & changes.touched.keys()):
            return False
        self.show([sheet.day for sheet in self.days])
        return True

    def tick(self) -> None:
        """Lets what runs reach to the present."""
        if any(row.stop is None for row in self._rows.values()):
            self._file([sheet.day for sheet in self.days])

    def hold(self, lids: Collection[str]) -> None:
        """Keeps entries as they are now, whatever becomes of them meanwhile, until `let_go`."""
        self._held = {lid: self._rows[lid] for lid in lids if lid in self._rows}

    def let_go(self) -> bool:
        """Reads the held entries as they are by now; tells whether any were. Raises StoreError."""
        held, self._held = self._held, {}
        if held:
            self.show([sheet.day for sheet in self.days])
        return bool(held)

    def same_time(self, at: int, days: int) -> int:
        """Returns the instant with the same local time so many days later."""
        moment = local(at, self.zone)
        return resolve(moment.date() + timedelta(days=days), moment.time(), self.zone)

    def _concerns(self, changes: ChangeSet) -> bool:
        if "time_entry" not in changes.touched:
            return False
        ids = changes.ids("time_entry")  # none of them: too many to be named
        low, high = self.bounds
        in_range = changes.low is None or (
            changes.low <= high and (changes.high is None or changes.high >= low)
        )
        return in_range or not ids.isdisjoint(self._rows)

    def _file(self, days: Iterable[date]) -> None:
        zone, now = self.zone, self.now
        self.days = tuple(self._day(day, zone, now) for day in days)

    def _day(self, day: date, zone: tzinfo, now: int) -> DaySheet:
        low, high = day_bounds(day, zone)
        found = [_part(day, row, low, high, now) for row in self._rows.values()]
        parts = sorted((p for p in found if p is not None), key=_place)
        shared = overlapping([(p.row.lid, p.low, p.high) for p in parts])
        marked = (_marked(p) if p.row.lid in shared else p for p in parts)
        return DaySheet(day, Span(low, high), tuple(marked))


def _part(day: date, row: EntryRow, low: int, high: int, now: int) -> EntryItem | None:
    """Returns the part of an entry that lies in a day, or None."""
    stop = max(row.start, now) if row.stop is None else row.stop
    if row.start >= high or (stop <= low and row.start < low):
        return None
    return EntryItem(
        day,
        row,
        max(row.start, low),
        min(stop, high),
        is_from_before=row.start < low,
        goes_on=stop > high,
        overlaps=False,
    )


def _marked(part: EntryItem) -> EntryItem:
    return EntryItem(
        part.day, part.row, part.low, part.high, part.is_from_before, part.goes_on, overlaps=True
    )


def _place(part: EntryItem) -> tuple[int, int, str]:
    return part.low, -part.high, part.row.lid
