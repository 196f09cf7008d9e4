"""The lanes of a timeline: a person each, by group, or a segment each, by project.

A bar with several people is in each of their lanes; with nobody it is in “no one”'s. Lanes are
packed when they are first looked at, and again only when their own bars change.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

from toggl_desktop.domain.plan.packing import Packed, exchange, pack
from toggl_desktop.domain.plan.rows import Bar, Plan

LaneKind = Literal["group", "member", "no_one", "project", "segment", "no_segment", "no_project"]
Grouping = Literal["team", "project"]

HEADS: Final = frozenset({"group", "project"})
NO_ONE: Final = "no_one"
NO_PROJECT: Final = "no_project"
_START: Final = Bar._fields.index("start")


class Lane:
    """One lane, or the head of a group of lanes.

    Attributes:
        key: Stands for it for as long as the person, segment or group lives.
        kind: What it is.
        lid: Id of its member, segment, group or project; None for “no one” and its like.
        name: What it is called; empty where the words are the screen's.
        project: Project of a segment's lane.
        group: Key of the head it is under; empty for none.
        is_open: Whether a head shows its lanes.
    """

    __slots__ = ("_packed", "bars", "group", "is_open", "key", "kind", "lid", "name", "project")

    def __init__(
        self,
        key: str,
        kind: LaneKind,
        lid: str | None = None,
        name: str = "",
        *,
        project: str | None = None,
        group: str = "",
    ) -> None:
        self.key = key
        self.kind = kind
        self.lid = lid
        self.name = name
        self.project = project
        self.group = group
        self.is_open = True
        self.bars: list[Bar] = []
        self._packed: Packed | None = None

    @property
    def is_head(self) -> bool:
        """Whether it stands above lanes and has no bars of its own."""
        return self.kind in HEADS

    @property
    def is_packed(self) -> bool:
        """Whether its bars have their rows already."""
        return self._packed is not None

    @property
    def packed(self) -> Packed:
        """Its bars in rows."""
        if self._packed is None:
            self._packed = pack(self.bars)
        return self._packed

    def take_bars(self, bars: list[Bar]) -> None:
        """Takes bars that are packed when somebody looks."""
        self.bars = bars
        self._packed = None

    def exchange(self, gone: list[Bar], came: list[Bar], *, keeps_rows: bool = True) -> None:
        """Takes bars for others; those that stay keep their rows, where nothing is lost by it."""
        without = {bar.lid for bar in gone}
        self.bars = [bar for bar in self.bars if bar.lid not in without] + came
        if self._packed is not None:
            self._packed = exchange(self._packed, gone, came) if keeps_rows else None


def team_lanes(plan: Plan, *, collapsed: Collection[str] = (), has_no_one: bool = True) -> "Lanes":
    """Returns a lane for each member, by group; everybody else comes after the groups."""
    lanes, by_member = [], dict[str, list[Lane]]()
    members = {m.lid: m for m in sorted(plan.members, key=lambda m: (m.weight, m.name.casefold()))}
    left = dict(members)
    for group in sorted(plan.groups, key=lambda g: (g.position, g.name.casefold())):
        head = Lane(f"group:{group.lid}", "group", group.lid, group.name)
        lanes.append(head)
        for lid in group.members:
            if lid in members:
                left.pop(lid, None)
                lane = Lane(
                    f"member:{lid}@{group.lid}", "member", lid, members[lid].name, group=head.key
                )
                lanes.append(lane)
                by_member.setdefault(lid, []).append(lane)
    for lid, member in left.items():
        lane = Lane(f"member:{lid}", "member", lid, member.name)
        lanes.append(lane)
        by_member.setdefault(lid, []).append(lane)
    nobody = Lane(NO_ONE, "no_one")
    if has_no_one:
        lanes.append(nobody)
    return Lanes("team", lanes, _ByMember(by_member, nobody), collapsed)


def project_lanes(
    plan: Plan, project: str | None = None, *, collapsed: Collection[str] = ()
) -> "Lanes":
    """Returns a lane for each segment of a project, or of each project under its head."""
    lanes, by_place = [], dict[tuple[str | None, str | None], Lane]()
    segments: dict[str, list[Lane]] = {}
    for segment in sorted(plan.segments, key=lambda s: (s.position, s.name.casefold())):
        lane = Lane(
            f"segment:{segment.lid}", "segment", segment.lid, segment.name, project=segment.project
        )
        segments.setdefault(segment.project, []).append(lane)
        by_place[segment.project, segment.lid] = lane
    shown = [p for p in plan.projects if project is None or p.lid == project]
    for one in sorted(shown, key=lambda p: (p.is_archived, p.name.casefold())):
        head = Lane(f"project:{one.lid}", "project", one.lid, one.name, project=one.lid)
        below = segments.get(one.lid, [])
        rest = Lane(f"no_segment:{one.lid}", "no_segment", project=one.lid)
        by_place[one.lid, None] = rest
        lanes += [head] if project is None else []
        for lane in (*below, rest):
            lane.group = head.key if project is None else ""
            lanes.append(lane)
    nowhere = Lane(NO_PROJECT, NO_PROJECT)
    if project is None:
        lanes.append(nowhere)
    return Lanes("project", lanes, _ByProject(by_place, nowhere), collapsed)


class _ByMember:
    """Says in which lanes a bar of the team's timeline is."""

    def __init__(self, by_member: dict[str, list[Lane]], nobody: Lane) -> None:
        self._by_member = by_member
        self._nobody = [nobody]

    def __call__(self, bar: Bar) -> Sequence[Lane]:
        members = bar.members
        if len(members) == 1:
            return self._by_member.get(members[0], self._nobody)
        found = [lane for lid in members for lane in self._by_member.get(lid, ())]
        return found or self._nobody

    def spread(self, bars: Iterable[Bar]) -> None:
        """Gives each scheduled bar to its lanes; most have one person with one lane."""
        one_lane = {
            lid: lanes[0].bars.append for lid, lanes in self._by_member.items() if len(lanes) == 1
        }
        get = one_lane.get
        for bar in bars:
            if bar[_START] is None:
                continue
            members = bar.members
            add = get(members[0]) if len(members) == 1 else None
            if add is not None:
                add(bar)
                continue
            for lane in self(bar):
                lane.bars.append(bar)


class _ByProject:
    """Says in which lane a bar of a project's timeline is; in none when the project is another."""

    def __init__(self, by_place: dict[tuple[str | None, str | None], Lane], nowhere: Lane) -> None:
        self._by_place = by_place
        self._nowhere = [nowhere]

    def __call__(self, bar: Bar) -> Sequence[Lane]:
        if bar.project is None:
            return self._nowhere
        lane = self._by_place.get((bar.project, bar.segment)) or self._by_place.get(
            (bar.project, None)
        )
        return () if lane is None else [lane]

    def spread(self, bars: Iterable[Bar]) -> None:
        """Gives each scheduled bar to its lane."""
        for bar in bars:
            if bar[_START] is not None:
                for lane in self(bar):
                    lane.bars.append(bar)


class Lanes:
    """All lanes of one timeline, in order, with their bars.

    Attributes:
        by_key: The lanes by their keys.
        hides_empty: Whether only lanes with bars are shown: something is being looked for.
    """

    def __init__(
        self,
        grouping: Grouping,
        lanes: list[Lane],
        places: "_ByMember | _ByProject",
        collapsed: Collection[str] = (),
    ) -> None:
        self.grouping = grouping
        self._all = lanes
        self._places = places
        self.hides_empty = False
        self.by_key = {lane.key: lane for lane in lanes}
        for key in collapsed:
            if key in self.by_key:
                self.by_key[key].is_open = False

    @property
    def all(self) -> Sequence[Lane]:
        """Every lane, also those under a closed head."""
        return self._all

    def shown(self) -> list[Lane]:
        """Returns the lanes that are to be seen, heads among them.

        The lane for what belongs nowhere is left out while a project has segments and it is empty.
        """
        closed = {lane.key for lane in self._all if lane.is_head and not lane.is_open}
        if self.hides_empty:
            full = {lane.group for lane in self._all if lane.bars}
            return [
                lane
                for lane in self._all
                if (lane.key in full if lane.is_head else lane.bars and lane.group not in closed)
            ]
        has_segments = {lane.project for lane in self._all if lane.kind == "segment"}
        return [
            lane
            for lane in self._all
            if lane.group not in closed
            and (lane.kind != "no_segment" or lane.bars or lane.project not in has_segments)
            and (lane.kind != "no_project" or lane.bars)
        ]

    def of(self, bar: Bar) -> Sequence[Lane]:
        """Returns the lanes a bar is in."""
        return self._places(bar)

    def fill(self, bars: Iterable[Bar]) -> None:
        """Takes all scheduled bars, in place of those before."""
        for lane in self._all:
            lane.take_bars([])
        self._places.spread(bars)

    def replace(self, gone: Mapping[str, Bar], came: Iterable[Bar]) -> list[Lane]:
        """Exchanges bars that changed; returns the lanes that look different now."""
        touched: dict[int, Lane] = {}
        added: dict[int, list[Bar]] = {}
        lost: dict[int, list[Bar]] = {}
        light: set[int] = set()
        for bar in gone.values():
            for lane in self._places(bar) if bar.start is not None else ():
                touched[id(lane)] = lane
                lost.setdefault(id(lane), []).append(bar)
        for bar in came:
            before = gone.get(bar.lid)
            for lane in self._places(bar) if bar.start is not None else ():
                touched[id(lane)] = lane
                added.setdefault(id(lane), []).append(bar)
                if before is not None and before.weight != bar.weight:
                    light.add(id(lane))
        for key, lane in touched.items():
            lane.exchange(lost.get(key, []), added.get(key, []), keeps_rows=key not in light)
        return list(touched.values())
