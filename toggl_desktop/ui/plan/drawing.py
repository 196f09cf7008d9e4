"""From a part of the plan to a picture of it: whose lanes, which bars, which days."""

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication

from toggl_desktop.domain.plan.axis import Axis, week_start
from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.days import WEEKEND, Weekend
from toggl_desktop.domain.plan.lanes import Lanes, project_lanes, team_lanes
from toggl_desktop.domain.plan.rows import Bar, MilestoneRow, Plan
from toggl_desktop.ui.plan.bands import Steps, finished
from toggl_desktop.ui.plan.faces import Faces
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.picture import Caption, PlanPicture
from toggl_desktop.ui.plan.scene import Scene

Form = Literal["png", "svg", "pdf"]
_AROUND: Final = 7
"""Days of an empty plan's picture before and after today."""
_ROOM: Final = 2
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn.

    Attributes:
        form: The kind of file.
        low: The first day; None begins with the first bar.
        high: The last day; None ends with the last bar.
        projects: Only these; the lanes of one are its segments.
        members: Only these people's lanes.
        hidden: Weekdays without a column.
        title: What stands above; empty for the names of projects and people.
    """

    form: Form
    low: int | None = None
    high: int | None = None
    projects: Collection[str] | None = None
    members: Collection[str] | None = None
    hidden: frozenset[int] = frozenset()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """What the person and the machine bring: colours, words for times, weeks and holidays."""

    looks: Looks
    time: Callable[[int], str]
    today: int
    first_weekday: int = 0
    holidays: Callable[[str], Container[int]] | None = None
    weekend: Weekend = WEEKEND


def form_of(name: str) -> Form:
    """Returns the kind of picture of that name; a PDF for a name nobody knows."""
    forms: dict[str, Form] = {"png": "png", "svg": "svg"}
    return forms.get(name, "pdf")


def draw(plan: Plan, wanted: Wanted, ways: Ways) -> bytes:
    """Returns a picture of a part of the plan, drawn at once.

    Raises:
        TooLargeError: Nobody could open it.
    """
    return finished(drawn(plan, wanted, ways))


def drawn(plan: Plan, wanted: Wanted, ways: Ways) -> Steps:
    """Draws a picture of a part of the plan in small pieces.

    Raises:
        TooLargeError: Nobody could open it.
    """
    bars = [bar for bar in plan.bars if bar.start is not None and _is_wanted(bar, wanted)]
    lanes = _lanes(plan, wanted, bars)
    caption = _caption(plan, wanted, [bar for lane in lanes.all for bar in lane.bars], ways.today)
    chart = Chart(lanes, Axis(36, wanted.hidden), ways.looks.measures)
    scene = Scene(chart, ways.looks, Faces(ways.looks, ways.time), today=ways.today)
    scene.first_weekday, scene.weekend = ways.first_weekday, ways.weekend
    marks = _milestones(plan, wanted, caption)
    scene.bar_of = {bar.lid: bar for bar in bars}.get
    scene.show_plan(plan, lanes, marks)
    if ways.holidays is not None:
        scene.member_holidays = {
            row.lid: ways.holidays(row.holidays) for row in plan.members if row.holidays
        }
    picture = PlanPicture(scene, plan, caption)
    yield 0.0
    how = {"png": picture.png, "svg": picture.svg, "pdf": picture.pdf}[wanted.form]
    return (yield from how())


def _is_wanted(bar: Bar, wanted: Wanted) -> bool:
    if wanted.projects is not None and bar.project not in wanted.projects:
        return False
    return wanted.members is None or not set(bar.members).isdisjoint(wanted.members)


def _lanes(plan: Plan, wanted: Wanted, bars: list[Bar]) -> Lanes:
    if wanted.projects is not None and wanted.members is None:
        some = [row for row in plan.projects if row.lid in wanted.projects]
        only = some[0].lid if len(some) == 1 else None
        lanes = project_lanes(plan._replace(projects=some), only)
    else:
        shown = plan
        if wanted.members is not None:
            people = [row for row in plan.members if row.lid in wanted.members]
            shown = plan._replace(members=people, groups=[])
        has_no_one = wanted.members is None and any(not bar.members for bar in bars)
        lanes = team_lanes(shown, has_no_one=has_no_one)
    lanes.fill(bars)
    return lanes


def _caption(plan: Plan, wanted: Wanted, bars: list[Bar], today: int) -> Caption:
    starts = [bar.start for bar in bars if bar.start is not None]
    ends = [bar.end for bar in bars if bar.end is not None]
    low, high = wanted.low, wanted.high
    if low is None:
        low = week_start(min(starts, default=today - _AROUND))
        low = low if high is None else min(low, high)
    if high is None:  # whole weeks, and room for the name of a milestone on the last day
        high = week_start(max(max(ends, default=today + _AROUND) + _ROOM, low)) + _WEEK - 1
    return Caption(_title(plan, wanted), low, high)


def _title(plan: Plan, wanted: Wanted) -> str:
    if wanted.title:
        return wanted.title
    names = []
    if wanted.members is not None:
        names += [row.name for row in plan.members if row.lid in wanted.members]
    if wanted.projects is not None:
        names += [row.name for row in plan.projects if row.lid in wanted.projects]
    return ", ".join(names) or QCoreApplication.translate("PlanPicture", "Team")


def _milestones(plan: Plan, wanted: Wanted, caption: Caption) -> list[MilestoneRow]:
    return [
        row
        for row in plan.milestones
        if caption.low <= row.day <= caption.high
        and (wanted.projects is None or row.project is None or row.project in wanted.projects)
    ]
