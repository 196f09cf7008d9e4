"""What a hand does to a day: a small machine from presses and moves to one draft of one change.

It knows instants, not pixels or widgets. Whoever drives it says where the pointer is in time; on
release there is exactly one draft or none, and Esc leaves nothing behind.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from typing import Final

from toggl_desktop.domain.calendar import (
    LEAST_SECONDS,
    Grid,
    Span,
    cut_at,
    drawn,
    moved,
    with_start,
    with_stop,
)
from toggl_desktop.domain.commands import AddEntry, EditEntries, EntryTimes, SplitEntry, StopTimer
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.calendar.layout import Zone

STEP: Final = 300
FINE_STEP: Final = 60


class Deed(Enum):
    """What is being done."""

    CREATE = auto()
    MOVE = auto()
    COPY = auto()
    START = auto()
    STOP = auto()
    CUT = auto()


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that has not been made.

    Attributes:
        row: The entry it is about; None for a new one.
        span: From when to when it would last.
        was: From when to when it lasts.
        cut: Where it would be cut.
        mates: What becomes of the other entries that are selected with it.
    """

    deed: Deed
    row: EntryRow | None
    span: Span
    was: Span
    cut: int = 0
    mates: "tuple[Draft, ...]" = ()

    @property
    def all(self) -> "tuple[Draft, ...]":
        """This draft and those of the other entries."""
        return (self, *self.mates)

    @property
    def lids(self) -> frozenset[str]:
        """The entries it is about."""
        return frozenset(one.row.lid for one in self.all if one.row is not None)

    @property
    def is_running(self) -> bool:
        """Whether the entry it is about has no stop."""
        return self.row is not None and self.row.stop is None

    @property
    def changes_nothing(self) -> bool:
        """Whether everything would be as it is."""
        still = all(one.span == one.was for one in self.all)
        return self.deed not in (Deed.CREATE, Deed.CUT) and still

    def order(self) -> object | None:
        """Returns the command that makes the change; None for one that still needs a name."""
        if self.row is None or self.changes_nothing:
            return None
        lid = EntryId(self.row.lid)
        if self.mates:
            return self._order_for_all()
        if self.deed is Deed.COPY:
            return copy_of(self.row, self.span)
        if self.deed is Deed.CUT:
            return SplitEntry(lid, self.cut)
        if self.deed is Deed.STOP:
            stop = self.span.high
            return StopTimer(stop) if self.is_running else EditEntries((lid,), stop=stop)
        if self.deed is Deed.START or self.is_running:
            return EditEntries((lid,), start=self.span.low)
        return EditEntries((lid,), start=self.span.low, stop=self.span.high)

    def _order_for_all(self) -> EditEntries:
        """Returns one command that puts every entry where its ghost is; what runs goes on."""
        times = tuple(
            EntryTimes(EntryId(one.row.lid), one.span.low, one.span.high)
            for one in self.all
            if one.row is not None
        )
        return EditEntries(tuple(one.entry for one in times), times=times)


def copy_of(row: EntryRow, span: Span) -> AddEntry:
    """Returns the command that adds what an entry is at another time."""
    return AddEntry(
        span.low,
        span.high,
        row.description,
        None if row.project is None else ProjectId(row.project),
        None if row.task is None else TaskId(row.task),
        tuple(TagId(tag) for tag in row.tag_ids),
        row.billable,
        row.plan_task,
    )


def span_of(row: EntryRow, now: int) -> Span:
    """Returns from when to when an entry lasts; one that runs, up to now."""
    return Span(row.start, max(row.start, now) if row.stop is None else row.stop)


@dataclass(frozen=True, slots=True)
class Grab:
    """What the button went down on; `mates` are the other entries that are selected with it."""

    zone: Zone
    row: EntryRow | None
    at: int
    day: date
    mates: tuple[EntryRow, ...] = ()


class Gesture:
    """One press, from the button's going down to its coming up.

    Attributes:
        draft: What would be done now; None until the pointer has really moved.
    """

    def __init__(self) -> None:
        self._grab: Grab | None = None
        self.draft: Draft | None = None

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down and the press has not been dropped."""
        return self._grab is not None

    @property
    def grab(self) -> Grab | None:
        """What the button went down on."""
        return self._grab

    def press(self, grab: Grab) -> None:
        """The button went down."""
        self._grab, self.draft = grab, None

    def move(self, at: int, grid: Grid, now: int, *, copies: bool) -> Draft | None:
        """The pointer is at an instant; returns what would be done."""
        if self._grab is not None:
            self.draft = _draft(self._grab, at, grid, now, copies=copies)
        return self.draft

    def release(self) -> Draft | None:
        """The button came up; returns what is to be done, if the pointer moved at all."""
        draft, self._grab, self.draft = self.draft, None, None
        return draft

    def drop(self) -> None:
        """Nothing will be done, whatever the pointer does until the next press."""
        self._grab, self.draft = None, None


def _draft(grab: Grab, at: int, grid: Grid, now: int, *, copies: bool) -> Draft:
    if grab.row is None:
        span = drawn(grab.at, at, grid)
        return Draft(Deed.CREATE, None, span, span)
    was = span_of(grab.row, now)
    by = at - grab.at
    if grab.zone is Zone.START:
        draft = Draft(Deed.START, grab.row, with_start(was, was.low + by, grid), was)
    elif grab.zone is Zone.STOP:
        draft = Draft(Deed.STOP, grab.row, with_stop(was, was.high + by, grid), was)
    else:
        draft = Draft(Deed.MOVE, grab.row, moved(was, by, grid), was)
        if copies:
            return replace(draft, deed=Deed.COPY)
    draft = _within_the_possible(draft, now) if draft.is_running else draft
    return with_mates(draft, grab.mates, now)


def with_mates(draft: Draft, rows: Iterable[EntryRow], now: int) -> Draft:
    """Returns a draft in which other entries are moved or stretched by as much as its own."""
    if draft.row is None or draft.deed not in (Deed.MOVE, Deed.START, Deed.STOP):
        return draft
    is_stop = draft.deed is Deed.STOP
    by = draft.span.high - draft.was.high if is_stop else draft.span.low - draft.was.low
    lid = draft.row.lid
    mates = [
        nudged(row, by, now) if draft.deed is Deed.MOVE else stretched(row, draft.deed, by, now)
        for row in rows
        if row.lid != lid
    ]
    return replace(draft, mates=tuple(mates))


def _within_the_possible(draft: Draft, now: int) -> Draft:
    """What runs ends now: it begins before, and it cannot be stopped in the future."""
    low, high = draft.span
    if draft.deed is Deed.STOP:
        return replace(draft, span=Span(low, min(high, draft.was.high)))
    latest = max(now - LEAST_SECONDS, draft.was.low)
    return replace(draft, span=Span(min(low, latest), draft.was.high))


def edges_near(edges: Sequence[int], at: int, grab: Grab, step: int, now: int) -> tuple[int, ...]:
    """Returns the edges that what is dragged may snap to: those by its own edges."""
    wanted = [at]
    if grab.row is not None:
        stop = now if grab.row.stop is None else grab.row.stop
        ends = {Zone.START: (grab.row.start,), Zone.STOP: (stop,)}
        own = ends.get(grab.zone, (grab.row.start, stop))
        wanted = [edge + at - grab.at for edge in own]
    found: set[int] = set()
    for one in wanted:
        first = bisect_left(edges, one - step)
        found.update(edges[first : bisect_right(edges, one + step)])
    return tuple(sorted(found))


def nudged(row: EntryRow, by: int, now: int) -> Draft:
    """Returns the draft of an entry shifted by seconds, for the keyboard."""
    was = span_of(row, now)
    draft = Draft(Deed.MOVE, row, Span(was.low + by, was.high + by), was)
    return _within_the_possible(draft, now) if draft.is_running else draft


def stretched(row: EntryRow, deed: Deed, by: int, now: int) -> Draft:
    """Returns the draft of an entry with one edge shifted by seconds, for the keyboard."""
    was = span_of(row, now)
    least = min(LEAST_SECONDS, was.high - was.low)
    if deed is Deed.START:
        span = Span(min(was.low + by, was.high - least), was.high)
    else:
        span = Span(was.low, max(was.high + by, was.low + least))
    draft = Draft(deed, row, span, was)
    return _within_the_possible(draft, now) if draft.is_running else draft


def cut(row: EntryRow, at: int, now: int, *, is_exact: bool = False) -> Draft | None:
    """Returns the draft of an entry cut at a moment; None when it is too short for that."""
    span = span_of(row, now)
    grids = () if is_exact else (Grid(0, STEP), Grid(0, FINE_STEP))
    found = cut_at(span, at, *grids)
    return None if found is None else Draft(Deed.CUT, row, span, span, found)
