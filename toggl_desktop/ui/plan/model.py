"""The plan as a window holds it: read once, kept in step by what changed, filtered, in lanes."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.plan import filters
from toggl_desktop.domain.plan.chart import span_of
from toggl_desktop.domain.plan.days import WEEKEND
from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.domain.plan.lanes import Lane, Lanes, project_lanes, team_lanes
from toggl_desktop.domain.plan.rows import Bar, MilestoneRow, Plan
from toggl_desktop.store.read import plan as reading
from toggl_desktop.store.source import Source
from toggl_desktop.ui.plan.rest import Rest

_PROJECT: Final = Bar._fields.index("project")
_NAMES: Final = {
    "member": "members",
    "plan_group": "groups",
    "project": "projects",
    "client": "projects",
    "segment": "segments",
    "status": "statuses",
    "plan_tag": "tags",
    "milestone": "milestones",
    "time_off": "time_off",
    "dependency": "dependencies",
}
_MANY: Final = 5000
_HUGE: Final = 20_000
"""From so many tasks on, those around what is in sight are read first."""
_EMPTY: Final = Plan([], [], [], [], [], [], [], [], [], [])


@dataclass(frozen=True, slots=True)
class Shown:
    """Which timeline is shown.

    Attributes:
        grouping: Lanes of people or of projects.
        lid: A group's id, or a project's; None for everybody, or for all projects.
    """

    grouping: Literal["team", "project"] = "team"
    lid: str | None = None

    @property
    def key(self) -> str:
        """Stands for it where its scale and place are kept."""
        return f"{self.grouping}:{self.lid or ''}"


@dataclass(frozen=True, slots=True)
class Turned:
    """What a change did to the timeline.

    Attributes:
        has_other_lanes: Whether there are other lanes than before, or all bars are others.
        lanes: Otherwise the lanes whose bars are others.
        has_other_names: Whether anything is called otherwise, has another colour or other days off.
        has_other_bars: Whether any bar is another, also one without days that is in no lane.
    """

    has_other_lanes: bool = False
    lanes: tuple[Lane, ...] = ()
    has_other_names: bool = False
    has_other_bars: bool = False

    def __bool__(self) -> bool:
        return self.has_other_lanes or self.has_other_names or self.has_other_bars


class PlanModel:
    """Everything a plan window shows; reads only what a change set names.

    Of a huge plan it knows at first what is around the days in sight, and all that has no days;
    `read_on` brings the rest in. Whoever asks for all `bars` before gets them, and waits for it.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.plan: Plan = _EMPTY
        self.shown = Shown()
        self.wanted = Filter()
        self.collapsed: set[str] = set()
        self.has_no_one = True
        self.weekend = WEEKEND
        self.lanes: Lanes = team_lanes(_EMPTY)
        self._by_lid: dict[str, Bar] | None = None
        self._undated: dict[str, Bar] | None = None
        self._own: tuple[str | None, dict[str, Bar]] | None = None
        self._rest: Rest | None = None
        self._is_laid_out = True

    # Asking -------------------------------------------------------------------------------

    def bar(self, lid: str) -> Bar | None:
        """Returns a bar, also one that the filter hides."""
        return self._bars_by_lid().get(lid)

    def _bars_by_lid(self) -> dict[str, Bar]:
        if self._by_lid is None:
            self._by_lid = {bar.lid: bar for bar in self.plan.bars}
        return self._by_lid

    @property
    def bars(self) -> Collection[Bar]:
        """All bars, scheduled or not, filtered or not."""
        self._gather()
        return self._known

    @property
    def _known(self) -> Collection[Bar]:
        return self.plan.bars if self._by_lid is None else self._by_lid.values()

    @property
    def is_whole(self) -> bool:
        """Whether everything is read, and in the lanes."""
        return self._rest is None and self._is_laid_out

    def knows(self, low: int, high: int) -> bool:
        """Tells whether all bars of some days are in the lanes."""
        rest = self._rest
        return self.is_whole or (rest is not None and rest.low <= low and high <= rest.high)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned at all, for nobody."""
        known = self._known or (self._rest is not None)
        return not known and not self.plan.members and not self.plan.milestones

    def undated(self) -> Collection[Bar]:
        """Returns what has no days, of the whole plan; looked for once, then kept in step."""
        if self._undated is None:
            self._undated = {bar[0]: bar for bar in self._known if bar[2] is None}
        return self._undated.values()

    def of_project(self, project: str | None) -> Collection[Bar]:
        """Returns a project's tasks; looked for once, then kept in step."""
        if self._own is None or self._own[0] != project:
            self._own = (project, {bar[0]: bar for bar in self.bars if bar[_PROJECT] == project})
        return self._own[1].values()

    def unscheduled(self) -> list[Bar]:
        """Returns what has no days and belongs to the timeline that is shown: its taskbox."""
        test = filters.matcher(self.wanted, self.plan)
        return [bar for bar in self.undated() if self._belongs(bar) and (test is None or test(bar))]

    def _belongs(self, bar: Bar) -> bool:
        lid = self.shown.lid
        if lid is None:
            return True
        if self.shown.grouping == "project":
            return bar.project == lid
        members = next((g.members for g in self.plan.groups if g.lid == lid), ())
        return any(member in members for member in bar.members)

    def milestones(self) -> list[MilestoneRow]:
        """Returns the milestones that matter to the timeline that is shown."""
        lid = self.shown.lid
        if lid is None:
            return self.plan.milestones
        if self.shown.grouping == "project":
            return [
                m
                for m in self.plan.milestones
                if m.project == lid or (m.project is None and m.group is None)
            ]
        return [m for m in self.plan.milestones if m.group in (None, lid)]

    def reach(self) -> tuple[int, int] | None:
        """Returns the first and the last day of anything that is planned."""
        return span_of(self.bars)

    # Reading ------------------------------------------------------------------------------

    def read(self, near: tuple[int, int] | None = None) -> None:
        """Reads everything; of a huge plan what is near some days, if any are given."""
        is_part = near is not None and not self.wanted and reading.extent(self._source) > _HUGE
        with uncollected():
            weekend, days = self.weekend, near if is_part else None
            rest = None if days is None else Rest(self._source, *days, weekend)
            self.plan = reading.plan(self._source, *(days or ()), weekend=weekend)
            self._by_lid = self._undated = self._own = None
            self._rest = rest
            self.build()
        self.freeze()

    def read_on(self) -> bool:
        """Reads some more of a huge plan; returns whether there is more to do before it is whole.

        When there is not, the lanes are others than before.
        """
        if self._rest is not None:
            self._read_part(self._rest)
            return True
        self.complete()
        return False

    def complete(self) -> None:
        """Reads whatever is left, and lays it out."""
        self._gather()
        with uncollected():
            self.build()
        self.freeze()

    def _gather(self) -> None:
        """Takes in what is left to read; the lanes have it when they are built again."""
        while self._rest is not None:
            self._read_part(self._rest)

    def _read_part(self, rest: Rest) -> None:
        rest.step(self._bars_by_lid())
        if self.plan.bars:
            self.plan = self.plan._replace(bars=[])  # the ones by id are the truth from now on
        if not rest.is_left:
            self._rest, self._is_laid_out = None, False

    def freeze(self) -> None:
        """Keeps so many rows from being looked through for circles that they cannot have.

        Every such look is a frame that comes late.
        """
        if len(self._known) > _MANY:
            gc.freeze()

    def show(self, shown: Shown) -> None:
        """Shows another timeline of the same plan."""
        self.shown = shown
        self.build()

    def filter(self, wanted: Filter) -> None:
        """Shows only what is wanted, of the whole plan."""
        self.wanted = wanted
        self._gather()
        self.build()

    def build(self) -> None:
        """Makes the lanes anew."""
        self._is_laid_out = self._rest is None
        self._keep_closed()
        plan, shown = self.plan, self.shown
        if shown.grouping == "team":
            if shown.lid is not None:
                plan = _of_group(plan, shown.lid)
            if self.wanted.members:
                chosen = [row for row in plan.members if row.lid in self.wanted.members]
                plan = plan._replace(members=chosen)
            has_no_one = self.has_no_one and shown.lid is None
            self.lanes = team_lanes(plan, collapsed=self.collapsed, has_no_one=has_no_one)
        else:
            self.lanes = project_lanes(plan, shown.lid, collapsed=self.collapsed)
        test = filters.matcher(self.wanted, self.plan)
        self.lanes.hides_empty = test is not None
        known = self._known if test is None else filter(test, self._known)
        self.lanes.fill(known)

    def _keep_closed(self) -> None:
        for lane in self.lanes.all:
            if lane.is_head:
                (self.collapsed.discard if lane.is_open else self.collapsed.add)(lane.key)

    def apply(self, changes: ChangeSet, near: tuple[int, int] | None = None) -> Turned:
        """Takes over what a change set names, and nothing else.

        Where tasks are too many to be named, everything is read; of a huge plan first what is near
        some days, if any are given.
        """
        if changes.is_bulk("plan_task"):
            self.read(near)
            return Turned(has_other_lanes=True, has_other_names=True, has_other_bars=True)
        kinds = changes.touched.keys() & _NAMES.keys()
        before = self.plan
        if kinds:
            found = {_NAMES[kind] for kind in kinds}
            values = {name: getattr(reading, name)(self._source) for name in found}
            if "members" in found:
                values["members"] = reading.members(self._source, self.weekend)
            self.plan = self.plan._replace(**values)
        if self._has_other_colours(before):
            self.read()
            return Turned(has_other_lanes=True, has_other_names=True)
        lids = changes.ids("plan_task")
        lanes = self._exchange(lids) if lids else ()
        if self._needs_other_lanes(before):
            self.build()
            return Turned(has_other_lanes=True, has_other_names=True)
        return Turned(lanes=tuple(lanes), has_other_names=bool(kinds), has_other_bars=bool(lids))

    def _exchange(self, lids: frozenset[str]) -> list[Lane]:
        """Reads some bars again."""
        by_lid = self._bars_by_lid()
        gone = {lid: by_lid[lid] for lid in lids if lid in by_lid}
        came = reading.bars(self._source, lids, self.weekend)
        for lid in gone:
            del by_lid[lid]
        by_lid.update((bar.lid, bar) for bar in came)
        if self._own is not None:
            project, own = self._own
            for lid in gone:
                own.pop(lid, None)
            own.update((bar.lid, bar) for bar in came if bar.project == project)
        if self._undated is not None:
            for lid in gone:
                self._undated.pop(lid, None)
            self._undated.update((bar.lid, bar) for bar in came if bar.start is None)
        self.plan = self.plan._replace(bars=[])  # the ones by id are the truth from now on
        test = filters.matcher(self.wanted, self.plan)
        if test is not None:
            gone = {lid: bar for lid, bar in gone.items() if test(bar)}
            came = [bar for bar in came if test(bar)]
        return self.lanes.replace(gone, came)

    def _has_other_colours(self, before: Plan) -> bool:
        """Tells whether a project has another colour: its bars have it too, then."""
        if before.projects is self.plan.projects:
            return False
        colours = {row.lid: row.color for row in before.projects}
        return any(colours.get(row.lid, row.color) != row.color for row in self.plan.projects)

    def _needs_other_lanes(self, before: Plan) -> bool:
        after = self.plan
        if self.shown.grouping == "team":
            return before.members != after.members or before.groups != after.groups
        return before.projects != after.projects or before.segments != after.segments


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps the collector from looking through many new rows again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _of_group(plan: Plan, lid: str) -> Plan:
    """Returns a plan with one group and its people only."""
    groups = [group for group in plan.groups if group.lid == lid]
    wanted = {member for group in groups for member in group.members}
    return plan._replace(
        groups=[], members=[member for member in plan.members if member.lid in wanted]
    )
