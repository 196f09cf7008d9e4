"""What bars are that belong in a lane, and bars of several lanes that change them together.

Lanes, not pixels: whoever drags or presses keys asks here what that comes to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from toggl_desktop.domain.ids import MemberId, PlanTaskId, ProjectId, SegmentId
from toggl_desktop.domain.plan.commands import LaneChange
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar

Hindrance = Literal["", "above", "below", "hidden", "torn"]
"""Why bars stay in their lanes: no lane is left, one's lane is not shown, or a project's bars would
end up in several projects."""


def lane_fields(home: Lane | None, lane: Lane | None) -> dict[str, Any]:
    """Returns what moving from one lane to another changes, as `MovePlanTasks` takes it."""
    if lane is None or home is None or lane.key == home.key:
        return {}
    if lane.kind in ("member", "no_one"):
        came, goes = _person(home), _person(lane)
        return {} if came == goes else {"from_member": came, "to_member": goes}
    if lane.kind == "group":
        return {}
    fields: dict[str, Any] = {}
    if lane.project != home.project:
        fields["to_project"] = None if lane.project is None else ProjectId(lane.project)
    if lane.kind == "segment" and lane.lid is not None:
        fields["to_segment"] = SegmentId(lane.lid)
    elif lane.kind == "no_segment":
        fields["to_segment"] = None
    return fields


def _person(lane: Lane) -> MemberId | None:
    return MemberId(lane.lid) if lane.kind == "member" and lane.lid is not None else None


def placed_fields(lane: Lane | None) -> dict[str, Any]:
    """Returns what a bar is that belongs in a lane, as `AddPlanTask` takes it."""
    if lane is None:
        return {}
    fields: dict[str, Any] = {}
    if lane.kind == "member" and lane.lid is not None:
        fields["members"] = (MemberId(lane.lid),)
    if lane.project is not None:
        fields["project"] = ProjectId(lane.project)
    if lane.kind == "segment" and lane.lid is not None:
        fields["segment"] = SegmentId(lane.lid)
    return fields


def takes_bars(lane: Lane | None) -> bool:
    """Whether bars can be in a lane: every one but a group's head."""
    return lane is not None and lane.kind != "group"


@dataclass(frozen=True, slots=True)
class Spread:
    """Bars of several lanes: together they go up and down as they lie, like a picture.

    Attributes:
        lanes: All lanes that are shown and that bars can be in, from the top.
        places: Where among them each bar is, by its id; nothing for one whose lanes are not shown.
    """

    lanes: tuple[Lane, ...]
    places: Mapping[str, tuple[int, ...]]
    low: int
    high: int
    has_hidden: bool
    used: frozenset[int]

    def way(self, home: Lane | None, lane: Lane | None) -> int:
        """Returns by how many lanes it goes down from one to another; up is negative."""
        keys = [one.key for one in self.lanes]
        if home is None or lane is None or home.key not in keys or lane.key not in keys:
            return 0
        return keys.index(lane.key) - keys.index(home.key)

    def hindrance(self, by: int) -> Hindrance:
        """Returns why the bars cannot go down by so many lanes; nothing when they can."""
        if by == 0:
            return ""
        if self.has_hidden:
            return "hidden"
        if self.low + by < 0:
            return "above"
        if self.high + by >= len(self.lanes):
            return "below"
        projects: dict[str | None, set[str | None]] = {}
        for place in self.used:
            goes = self.lanes[place + by].project
            projects.setdefault(self.lanes[place].project, set()).add(goes)
        return "torn" if any(len(found) > 1 for found in projects.values()) else ""

    def went(self, lid: str, by: int) -> list[tuple[Lane, Lane]]:
        """Returns a bar's lanes, each with the one it goes to."""
        return [(self.lanes[place], self.lanes[place + by]) for place in self.places.get(lid, ())]

    def changes(self, bars: Iterable[Bar], by: int) -> tuple[LaneChange, ...]:
        """Returns what going down by so many lanes changes; bars of the same lanes together."""
        alike: dict[tuple[int, ...], list[PlanTaskId]] = {}
        for bar in bars:
            alike.setdefault(self.places.get(bar.lid, ()), []).append(PlanTaskId(bar.lid))
        found = (self._change(places, tuple(lids), by) for places, lids in alike.items())
        return tuple(change for change in found if change is not None)

    def _change(
        self, places: tuple[int, ...], lids: tuple[PlanTaskId, ...], by: int
    ) -> LaneChange | None:
        pairs = [(self.lanes[place], self.lanes[place + by]) for place in places]
        if not pairs:
            return None
        if pairs[0][1].kind in ("member", "no_one"):
            swaps = tuple((_person(home), _person(lane)) for home, lane in pairs)
            return LaneChange(lids, tuple(swap for swap in swaps if swap[0] != swap[1]))
        fields = lane_fields(*pairs[0])
        return LaneChange(lids, **fields) if fields else None


def spread(
    bars: Sequence[Bar],
    home: Lane | None,
    shown: Iterable[Lane],
    lanes_of: Callable[[Bar], Sequence[Lane]],
) -> Spread | None:
    """Returns how bars lie across the lanes; None when all are in the lane they are taken from.

    Args:
        bars: The bars that go along.
        home: The lane in which the first of them is taken hold of.
        shown: The lanes that are shown, heads among them.
        lanes_of: The lanes of a bar.
    """
    if home is None:
        return None
    mine = {bar.lid for bar in home.bars}
    if all(bar.lid in mine for bar in bars):
        return None
    lanes = tuple(lane for lane in shown if not lane.is_head)
    index = {lane.key: place for place, lane in enumerate(lanes)}
    at = index.get(home.key, 0)
    places = {bar.lid: tuple(_places(lanes_of(bar), index, at)) for bar in bars}
    used = frozenset(place for found in places.values() for place in found)
    has_hidden = home.key not in index or not all(places.values())
    return Spread(lanes, places, min(used, default=0), max(used, default=0), has_hidden, used)


def _places(lanes: Sequence[Lane], index: Mapping[str, int], at: int) -> Iterator[int]:
    """Yields where a bar is; of somebody's several lanes only the one that is nearest to `at`."""
    nearest: dict[str | None, int] = {}
    for lane in lanes:
        place = index.get(lane.key)
        if place is not None:
            known = nearest.get(lane.lid)
            if known is None or abs(place - at) < abs(known - at):
                nearest[lane.lid] = place
    yield from sorted(nearest.values())
