"""What a hand does to a timeline: a small machine from presses and moves to one draft.

It knows days, minutes and lanes, not pixels or widgets. On release there is exactly one draft or
none, and Esc leaves nothing behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.axis import MINUTES
from toggl_desktop.domain.plan.commands import (
    AddPlanTask,
    CopyPlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.belonging import (
    Hindrance,
    Spread,
    lane_fields,
    placed_fields,
    takes_bars,
)


class Deed(Enum):
    """What is being done."""

    CREATE = auto()
    MOVE = auto()
    COPY = auto()
    START = auto()
    END = auto()
    SCHEDULE = auto()


class Spot(NamedTuple):
    """Where the pointer is: a day, a minute of it, a lane."""

    day: int
    minute: int
    lane: Lane | None


@dataclass(frozen=True, slots=True)
class Grab:
    """What the button went down on.

    Attributes:
        deed: What a drag would do: `CREATE`, `MOVE`, `START` or `END`.
        bars: The bars that go along; the one under the pointer is the first.
        spot: Where that was.
        spread: How the bars lie across lanes; None when all are in the one they are taken from.
    """

    deed: Deed
    bars: tuple[Bar, ...]
    spot: Spot
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that has not been made.

    Attributes:
        bars: The bars it is about, the one under the pointer first; none for a new one.
        start: First day of the first bar, as it would be.
        end: Its last day.
        home: The lane it was taken from.
        lane: The lane it would be in.
        minutes: By how much the times of day shift.
        times: Start and end time of day, where they are set.
        spread: How bars of several lanes lie.
        by: By how many lanes they go down.
        hindrance: Why they stay in their lanes although the pointer is in another.
    """

    deed: Deed
    bars: tuple[Bar, ...]
    start: int
    end: int
    home: Lane | None = None
    lane: Lane | None = None
    minutes: int = 0
    times: tuple[int | None, int | None] = (None, None)
    spread: Spread | None = None
    by: int = 0
    hindrance: Hindrance = ""

    @property
    def lead(self) -> Bar | None:
        """The bar under the pointer."""
        return self.bars[0] if self.bars else None

    @property
    def days(self) -> int:
        """By how many days the bars move."""
        lead = self.lead
        return 0 if lead is None or lead.start is None else self.start - lead.start

    @property
    def stretched(self) -> int:
        """By how many days the first bar gets longer."""
        lead = self.lead
        if lead is None or lead.start is None or lead.end is None:
            return 0
        return (self.end - self.start) - (lead.end - lead.start)

    @property
    def changes_lane(self) -> bool:
        """Whether the bars go to another person or segment."""
        return bool(self.by or lane_fields(self.home, self.lane))

    def lanes_of(self, lid: str) -> dict[str, str]:
        """Returns keys of lanes that one of the bars leaves, each with the one it goes to."""
        if self.spread is not None:
            return {home.key: lane.key for home, lane in self.spread.went(lid, self.by)}
        if self.home is None or self.lane is None:
            return {}
        return {self.home.key: self.lane.key}

    @property
    def changes_nothing(self) -> bool:
        """Whether everything would be as it is."""
        if self.deed in (Deed.CREATE, Deed.COPY, Deed.SCHEDULE):
            return False
        if self.deed is Deed.MOVE:
            return not (self.days or self.minutes or self.changes_lane)
        lead = self.lead
        had = (None, None) if lead is None else (lead.start_minute, lead.end_minute)
        return self.stretched == 0 and self.times in ((None, None), had)

    def order(self, *, pushes: bool = False) -> object | None:
        """Returns the command that makes the change; None where nothing would change."""
        if self.changes_nothing or not self.bars:
            return None
        lids = tuple(PlanTaskId(bar.lid) for bar in self.bars)
        lane = lane_fields(self.home, self.lane)
        if self.spread is not None:
            lane = {"lanes": self.spread.changes(self.bars, self.by)} if self.by else {}
        if self.deed is Deed.COPY:
            return CopyPlanTasks(lids, days=self.days, minutes=self.minutes, **lane)
        if self.deed is Deed.MOVE:
            move = MovePlanTasks(lids, days=self.days, minutes=self.minutes, **lane)
            return replace(move, pushes=pushes)
        if self.deed is Deed.SCHEDULE:
            fields = placed_fields(self.lane)
            if "members" in fields:
                fields = {"add_members": fields["members"]}
            return EditPlanTasks(lids, start=self.start, end=self.end, **fields)
        return self._resize(lids[:1], pushes=pushes)

    def _resize(self, lids: tuple[PlanTaskId, ...], *, pushes: bool) -> EditPlanTasks:
        low, high = self.times
        if self.deed is Deed.START:
            edit = EditPlanTasks(lids, start=self.start, pushes=pushes)
            return edit if low is None else replace(edit, start_minute=low, end_minute=high)
        edit = EditPlanTasks(lids, end=self.end, pushes=pushes)
        return edit if high is None else replace(edit, start_minute=low, end_minute=high)

    def named(self, name: str) -> AddPlanTask:
        """Returns the command that makes a new bar of a name."""
        low, high = self.times
        return AddPlanTask(
            name,
            start=self.start,
            end=self.end,
            start_minute=low,
            end_minute=high,
            **placed_fields(self.lane),
        )


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

    def move(self, spot: Spot, *, copies: bool = False, is_free: bool = False) -> Draft | None:
        """The pointer is at a spot; returns what would be done.

        Args:
            spot: Where.
            copies: Whether bars are copied instead of moved.
            is_free: Whether times of day count, and not only days.
        """
        if self._grab is not None:
            self.draft = _draft(self._grab, spot, copies=copies, is_free=is_free)
        return self.draft

    def release(self) -> Draft | None:
        """The button came up; returns what is to be done, if the pointer moved at all."""
        draft, self._grab, self.draft = self.draft, None, None
        return draft

    def drop(self) -> None:
        """Nothing will be done, whatever the pointer does until the next press."""
        self._grab, self.draft = None, None


def _draft(grab: Grab, spot: Spot, *, copies: bool, is_free: bool) -> Draft:
    if grab.deed is Deed.CREATE or not grab.bars:
        return _created(grab.spot, spot, is_free=is_free)
    lead = grab.bars[0]
    start, end = _span(lead)
    home = grab.spot.lane
    if grab.deed is Deed.MOVE:
        days, minutes = spot.day - grab.spot.day, 0
        if is_free and lead.start_minute is not None:
            days, minutes = _shifted(lead, grab.spot, spot)
        deed = Deed.COPY if copies else Deed.MOVE
        draft = Draft(deed, grab.bars, start + days, end + days, home, home, minutes)
        return _in_lane(draft, spot.lane, grab.spread)
    by = spot.day - grab.spot.day
    if grab.deed is Deed.START:
        low = min(start + by, end)
        times = _edge_times(lead, spot.minute, is_start=True) if is_free else (None, None)
        return Draft(Deed.START, (lead,), low, end, home, home, times=times)
    high = max(end + by, start)
    times = _edge_times(lead, spot.minute, is_start=False) if is_free else (None, None)
    return Draft(Deed.END, (lead,), start, high, home, home, times=times)


def _in_lane(draft: Draft, lane: Lane | None, spread: Spread | None) -> Draft:
    """Returns the draft of bars that go to a lane, if bars can be there and all of them can go."""
    if not takes_bars(lane):
        return draft
    if spread is None:
        return replace(draft, lane=lane)
    by = spread.way(draft.home, lane)
    hindrance = spread.hindrance(by)
    if hindrance or not by:
        return replace(draft, spread=spread, hindrance=hindrance)
    return replace(draft, lane=lane, spread=spread, by=by)


def _span(bar: Bar) -> tuple[int, int]:
    start = 0 if bar.start is None else bar.start
    return start, start if bar.end is None else bar.end


def _created(one: Spot, other: Spot, *, is_free: bool) -> Draft:
    low, high = sorted((one.day, other.day))
    times: tuple[int | None, int | None] = (None, None)
    if is_free:
        early, late = sorted((one.minute, other.minute))
        if late > early:
            times = (early, late)
    return Draft(Deed.CREATE, (), low, high, one.lane, one.lane, times=times)


def _shifted(bar: Bar, was: Spot, now: Spot) -> tuple[int, int]:
    """Returns by how many days and minutes a timed bar moves; its times stay within the day."""
    begin = bar.start_minute or 0
    lasts = 0 if bar.end_minute is None else max(0, bar.end_minute - begin)
    by = (now.day - was.day) * MINUTES + now.minute - was.minute
    days, minute = divmod(begin + by, MINUTES)
    return days, min(minute, MINUTES - lasts) - begin


def _edge_times(bar: Bar, minute: int, *, is_start: bool) -> tuple[int | None, int | None]:
    """Returns a bar's times of day with one of them moved; the other stays on its side."""
    low, high = bar.start_minute, bar.end_minute
    if is_start:
        return (minute if high is None else min(minute, max(0, high - 15))), high
    if low is None:
        low = max(0, minute - 60)
    return low, max(minute, low + 15)


# For the keyboard -------------------------------------------------------------------------


def nudged(bars: Sequence[Bar], days: int) -> Draft | None:
    """Returns the draft of bars that move by days; None when there is nothing to move."""
    scheduled = tuple(bar for bar in bars if bar.start is not None)
    if not scheduled:
        return None
    start, end = _span(scheduled[0])
    return Draft(Deed.MOVE, scheduled, start + days, end + days)


def resized(bar: Bar, deed: Deed, by: int) -> Draft | None:
    """Returns the draft of a bar with one edge moved by days; None when it has no days."""
    if bar.start is None or bar.end is None:
        return None
    if deed is Deed.START:
        return Draft(deed, (bar,), min(bar.start + by, bar.end), bar.end)
    return Draft(Deed.END, (bar,), bar.start, max(bar.end + by, bar.start))


def relaned(
    bars: Sequence[Bar], home: Lane, lane: Lane, spread: Spread | None = None
) -> Draft | None:
    """Returns the draft of bars that go from a lane to another, or as far up or down."""
    if not bars:
        return None
    return _in_lane(Draft(Deed.MOVE, tuple(bars), *_span(bars[0]), home, home), lane, spread)


def next_lane(lanes: Iterable[Lane], key: str, by: int) -> Lane | None:
    """Returns the lane above or below another that bars can be in."""
    found = [lane for lane in lanes if not lane.is_head]
    keys = [lane.key for lane in found]
    there = keys.index(key) + by if key in keys else -1
    return found[there] if 0 <= there < len(found) else None
