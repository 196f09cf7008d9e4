"""What a timeline shows at one moment: all that its painters need to know."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from toggl_desktop.domain.plan import load
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.lanes import Lane, Lanes
from toggl_desktop.domain.plan.load import Load
from toggl_desktop.domain.plan.rows import (
    DependencyRow,
    MemberRow,
    MilestoneRow,
    Plan,
)
from toggl_desktop.domain.plan.waiting import Links
from toggl_desktop.ui.plan.faces import Faces
from toggl_desktop.ui.plan.looks import Looks

_CHUNK: Final = 64
_OVER: Final = 2.0
_MOST_CHUNKS: Final = 4000
_NEVER: Final[frozenset[int]] = frozenset()


def _nothing() -> None:
    """Does nothing."""


@dataclass(frozen=True, slots=True)
class DraftBar:
    """A bar as it would be: what is being made, moved, copied or resized.

    Attributes:
        lid: The bar it stands for; None for a new one. That bar is shown faded meanwhile.
        start: First day.
        end: Last day.
        lane: Key of the lane it would be in.
        row: Row of that lane; None for its first free one.
        name: What it says.
        color: `#rrggbb`.
        is_copy: Whether the bar it stands for stays where it is.
    """

    lid: str | None
    start: int
    end: int
    lane: str
    row: int | None = None
    name: str = ""
    color: str = "#9575cd"
    is_copy: bool = False


class Taken(NamedTuple):
    """A day on which something is planned, and which part of it; more than 1 is too much."""

    day: int
    part: float


@dataclass
class Scene:
    """Lanes, days, names and what is picked out among them.

    Attributes:
        chart: Lanes and axis.
        looks: Colours and fonts.
        faces: Bars in words.
        today: The local day.
        first_weekday: What a week begins with, 0 for Monday.
        weekend: Weekdays that are shaded.
        holidays: Days on which nobody works.
        member_holidays: Days on which a member keeps a holiday.
        has_week_numbers: Whether weeks are numbered.
    """

    chart: Chart
    looks: Looks
    faces: Faces
    today: int = 0
    first_weekday: int = 0
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Collection[int] = frozenset()
    member_holidays: Mapping[str, Container[int]] = field(default_factory=dict)
    has_week_numbers: bool = False
    milestones: list[MilestoneRow] = field(default_factory=list)
    dependencies: list[DependencyRow] = field(default_factory=list)
    members: dict[str, MemberRow] = field(default_factory=dict)
    off: dict[str, frozenset[int]] = field(default_factory=dict)
    selection: frozenset[str] = frozenset()
    focus: tuple[str, str] | None = None
    hovered: tuple[str, str] | None = None
    has_keyboard: bool = False
    dragged: frozenset[str] = frozenset()
    lit_lane: str = ""
    drafts: list[DraftBar] = field(default_factory=list)
    draft_words: str = ""
    bar_of: Callable[[str], object] | None = None
    complete: Callable[[], None] = _nothing
    _links: Links | None = None
    _loads: dict[tuple[str, int], list[Taken]] = field(default_factory=dict)
    _day: int = 0
    _day_loads: dict[str, Load] = field(default_factory=dict)

    @property
    def axis(self) -> Axis:
        """The scale of days."""
        return self.chart.axis

    def show_plan(self, plan: Plan, lanes: Lanes, milestones: list[MilestoneRow]) -> None:
        """Takes a plan and the lanes made of it."""
        self.chart.lanes = lanes
        self.milestones = sorted(milestones, key=lambda m: (m.day, m.name))
        self.dependencies = list(plan.dependencies)
        self._links = None
        self.members = {row.lid: row for row in plan.members}
        self.off = load.days_off(plan.time_off)
        self.holidays = frozenset(m.day for m in plan.milestones if m.is_holiday)
        self.faces.show_names(plan, shows_members=lanes.grouping == "project")
        self.forget_loads()

    @property
    def links(self) -> Links | None:
        """The dependencies by days, filed when they are first looked at; None without any."""
        if self._links is None and self.dependencies and self.bar_of is not None:
            self._links = Links(self.dependencies, self.bar_of)
        return self._links

    def take_changed(self, lids: Iterable[str]) -> None:
        """Hears that some tasks are others than before."""
        if self._links is not None:
            self._links.refile(lids)

    def forget_loads(self, lanes: Iterable[Lane] | None = None) -> None:
        """Hears that bars of some lanes, or anything at all, are others than before."""
        if lanes is None:
            self._loads.clear()
            self._day_loads.clear()
            return
        keys = {lane.key for lane in lanes}
        for key in keys:
            self._day_loads.pop(key, None)
        for known in [known for known in self._loads if known[0] in keys]:
            del self._loads[known]

    def off_days(self, lane: Lane) -> Container[int]:
        """Returns the days on which a lane's person is away, by time off or a holiday."""
        if lane.kind != "member" or lane.lid is None:
            return _NEVER
        off, kept = self.off.get(lane.lid, _NEVER), self.member_holidays.get(lane.lid, _NEVER)
        if kept is _NEVER or off is _NEVER:
            return off if kept is _NEVER else kept
        return load.Either(off, kept)

    def loads(self, lane: Lane, low: int, high: int) -> list[Taken]:
        """Returns the days from `low` to `high` on which anything is planned for a person.

        They are worked out for some weeks at a time, when such a stretch is first in sight; for
        each lane it begins on another day, so that they do not all come with one frame.
        """
        shift = hash(lane.key) % _CHUNK
        first, last = (low + shift) // _CHUNK, (high + shift) // _CHUNK
        found: list[Taken] = []
        for chunk in range(first, last + 1):
            part = self._loads.get((lane.key, chunk))
            if part is None:
                part = self._work_out(lane, chunk, chunk * _CHUNK - shift)
            if part and (part[0].day < low or part[-1].day > high):
                part = part[bisect_left(part, (low,)) : bisect_left(part, (high + 1,))]
            found = part if not found else found + part
        return found

    def _work_out(self, lane: Lane, chunk: int, low: int) -> list[Taken]:
        if len(self._loads) > _MOST_CHUNKS:
            self._loads.clear()
        high = low + _CHUNK - 1
        bars = [bar for _, bars in self.chart.bars_between(lane, low, high) for bar in bars]
        made: list[Taken] = []
        if bars:
            member, off = self.members.get(lane.lid or ""), self.off_days(lane)
            for day, minutes in enumerate(load.planned(bars, member, low, high), low):
                if minutes:
                    can = load.capacity_on(member, day, off=off, holidays=self.holidays)
                    made.append(Taken(day, minutes / can if minutes <= can else _OVER))
        self._loads[lane.key, chunk] = made
        return made

    def load_on(self, lane: Lane, day: int) -> Load:
        """Returns the load of a person's lane on a day; it is remembered for one day."""
        if self._day != day:
            self._day = day
            self._day_loads.clear()
        found = self._day_loads.get(lane.key)
        if found is None:
            bars = [bar for _, bars in self.chart.bars_between(lane, day, day) for bar in bars]
            member, off = self.members.get(lane.lid or ""), self.off_days(lane)
            made = load.loads(bars, member, day, day, off=off, holidays=self.holidays)
            found = self._day_loads[lane.key] = made[0]
        return found
