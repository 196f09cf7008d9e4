"""Plans made of nothing: the same every time, of any size."""

import random
from datetime import date
from typing import Any

from toggl_desktop.domain.entities import Client, Project
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.domain.plan.rows import (
    Bar,
    DependencyRow,
    GroupRow,
    MemberRow,
    MilestoneRow,
    Plan,
    PlanProjectRow,
    PlanTagRow,
    SegmentRow,
    StatusRow,
    TimeOffRow,
)

TODAY = date(2026, 11, 23).toordinal()
COLOURS = (
    "#0b83d9", "#9e5bd9", "#d94182", "#e36a00", "#2da608", "#06a893", "#c7af14", "#525266",
    "#b39ddb", "#ffca28",
)  # fmt: skip
WORK = (480, 480, 480, 480, 480, 0, 0)
_WORDS = (
    "Design", "Review", "Write", "Build", "Call", "Planning", "Sprint", "Invoice", "Research",
    "Wireframes", "Checkout", "Copy", "Launch", "API", "Outline", "Stand-up",
)  # fmt: skip


def bar(lid: str, start: int | None = None, end: int | None = None, **more: Any) -> Bar:
    """One bar; what is not said is as plain as can be."""
    values: dict[str, Any] = {
        "name": lid, "start_minute": None, "end_minute": None, "project": None, "segment": None,
        "status": None, "members": (), "tags": (), "color": COLOURS[0], "is_done": False,
        "weight": 0.0, "board_position": 0.0, "daily_minutes": 0, "checklist_done": 0,
        "checklist_total": 0, "has_notes": False, "recurs": False,
    }  # fmt: skip
    return Bar(lid=lid, start=start, end=start if end is None else end, **{**values, **more})


def member(lid: str, name: str = "", **more: Any) -> MemberRow:
    """One person."""
    values: dict[str, Any] = {
        "initials": "", "color": COLOURS[1], "is_placeholder": False, "capacity": WORK,
        "holidays": "", "weight": 0.0,
    }  # fmt: skip
    return MemberRow(lid=lid, name=name or lid.title(), **{**values, **more})


def plan(bars: Any = (), **more: Any) -> Plan:
    """A plan of the given things, and nothing else."""
    values: dict[str, Any] = {name: [] for name in Plan._fields}
    return Plan(**{**values, "bars": list(bars), **{k: list(v) for k, v in more.items()}})


def large(tasks: int, *, lanes: int = 200, years: int = 5, seed: int = 3) -> Plan:
    """A plan of so many tasks over so many years around today, and so many people."""
    chance = random.Random(seed)
    days = years * 365
    first = TODAY - days * 3 // 4
    people = [
        member(f"m{i:03}", f"Person {i}", color=COLOURS[i % 10], weight=float(i))
        for i in range(lanes)
    ]
    projects = [
        PlanProjectRow(f"p{i}", f"Project {i}", COLOURS[i % 10], None, is_archived=False)
        for i in range(40)
    ]
    segments = [
        SegmentRow(f"s{p}-{i}", f"Segment {i}", f"p{p}", i) for p in range(40) for i in range(5)
    ]
    bars = []
    ids = [(one.lid,) for one in people]
    for i in range(tasks):
        start = first + chance.randrange(days)
        end = start + min(30, int(chance.expovariate(0.3)))
        p = chance.randrange(40)
        values = (
            f"01b00000-{i:08x}", f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {i % 3000}",
            start, end, None, None, f"p{p}", f"s{p}-{i % 5}", None, chance.choice(ids), (),
            COLOURS[p % 10], end < TODAY - 5 and i % 3 > 0, float(i % 7), 0.0,
            60 * (i % 5), i % 4, 4 if i % 6 == 0 else 0, i % 9 == 0, False,
        )  # fmt: skip
        bars.append(Bar(*values))
    milestones = [
        MilestoneRow(f"ms{i}", f"Milestone {i}", first + days * i // 30, COLOURS[i % 10],
                     is_done=False, is_holiday=False, project=None, group=None)
        for i in range(30)
    ]  # fmt: skip
    return plan(bars, members=people, projects=projects, segments=segments, milestones=milestones)


def small() -> Plan:
    """A plan for looking at: two groups, four people, bars of every kind."""
    day = TODAY
    people = [
        member("ann", "Ann Lee", color=COLOURS[0], weight=1.0),
        member("bo", "Bo Nilsson", color=COLOURS[3], weight=2.0),
        member("cy", "Cyrus Abdolmohammadi-Featherstonehaugh", color=COLOURS[4], weight=3.0),
        member("di", "Dina", color=COLOURS[5], weight=4.0, is_placeholder=True),
    ]
    projects = [
        PlanProjectRow("web", "Website", "#0b83d9", "Northwind", is_archived=False),
        PlanProjectRow("app", "Bakery app", "#e36a00", "Bakery Lund", is_archived=False),
        PlanProjectRow("ops", "Operations", "#ffca28", None, is_archived=False),
    ]
    web, app, ops = ({"project": p.lid, "color": p.color} for p in projects)
    bars = [
        bar("wire", day - 4, day - 1, name="Wireframes", members=("ann",), is_done=True,
            segment="w1", **web),
        bar("api", day, day + 4, name="API outline", members=("ann", "bo"), daily_minutes=240,
            checklist_done=3, checklist_total=5, has_notes=True, status="doing", segment="w2",
            tags=("ux", "deep"), **web),
        bar("copy", day + 1, day + 2, name="Copy for the start page and all that hangs on it",
            members=("ann",), daily_minutes=300, segment="w1", weight=1.0, **web),
        bar("call", day + 1, day + 1, name="Call with the bakery", members=("bo",),
            start_minute=630, end_minute=660, **app),
        bar("check", day - 2, day + 9, name="Checkout", members=("bo",), daily_minutes=480,
            has_notes=True, **app),
        bar("orders", day + 3, day + 7, name="Orders by telephone", members=("cy",),
            daily_minutes=360, recurs=True, **app),
        bar("rtl", day - 1, day + 2, name="פגישה עם הצוות החדש", members=("cy",), **ops),
        bar("server", day - 9, day + 1, name="Move the server to the new rooms", members=("cy",),
            checklist_done=1, checklist_total=8, **ops),
        bar("books", day + 6, day + 12, name="Annual accounts", members=(), **ops),
        bar("launch", day + 10, day + 11, name="Launch day", members=("ann",), weight=2.0,
            segment="w2", **web),
        bar("idea", None, None, name="Some day", members=("ann",), **web),
    ]  # fmt: skip
    return plan(
        bars,
        members=people,
        groups=[
            GroupRow("g1", "Design", ("ann", "bo"), 0),
            GroupRow("g2", "Build", ("cy", "di"), 1),
        ],
        projects=projects,
        segments=[SegmentRow("w1", "Content", "web", 0), SegmentRow("w2", "Code", "web", 1)],
        statuses=[
            StatusRow("doing", "In progress", "web", 1, "🚧", is_done=False, is_hidden=False),
        ],
        tags=[
            PlanTagRow("ux", "ux", "web", "#ffffff"),
            PlanTagRow("deep", "deep", "web", "#2da608"),
        ],
        time_off=[TimeOffRow("off", "di", day + 1, day + 3, "vacation", "")],
        milestones=[
            MilestoneRow("ms1", "Launch", day + 10, "#d92b2b", is_done=False, is_holiday=False,
                         project="web", group=None),
            MilestoneRow("ms2", "Board meeting", day + 11, "#465bb3", is_done=False,
                         is_holiday=False, project=None, group=None),
            MilestoneRow("ms3", "Founders’ day", day + 4, "#2da608", is_done=False,
                         is_holiday=True, project=None, group=None),
        ],
        dependencies=[DependencyRow("d1", "api", "launch"), DependencyRow("d2", "check", "orders")],
    )  # fmt: skip


def entities(made: Plan) -> list[Any]:
    """The rows of a plan as what a store keeps, parents first."""
    clients = sorted({row.client for row in made.projects if row.client})
    found: list[Any] = [Client(f"c-{name}", name) for name in clients]
    found += [
        Project(row.lid, row.name, row.color, None if row.client is None else f"c-{row.client}")
        for row in made.projects
    ]
    found += [Member(m.lid, m.name, m.initials, color=m.color, is_placeholder=m.is_placeholder,
                     capacity=m.capacity, holidays=m.holidays, weight=m.weight)
              for m in made.members]  # fmt: skip
    found += [Group(g.lid, g.name, g.members, g.position) for g in made.groups]
    found += [Segment(s.lid, s.name, s.project, s.position) for s in made.segments]
    found += [Status(*s) for s in made.statuses]
    found += [PlanTag(*t) for t in made.tags]
    colours = {row.lid: row.color for row in made.projects}
    found += [_task(b, colours) for b in made.bars]
    found += [Milestone(m.lid, m.name, m.day, m.color, m.is_done, m.is_holiday, m.project, m.group)
              for m in made.milestones]  # fmt: skip
    found += [TimeOff(*t) for t in made.time_off]
    return found + [Dependency(*d) for d in made.dependencies]


def _task(b: Bar, colours: dict[str, str]) -> PlanTask:
    checklist = tuple(
        (f"{i}", f"Point {i}", i < b.checklist_done) for i in range(b.checklist_total)
    )
    return PlanTask(
        b.lid, b.name, b.start, b.end, b.start_minute, b.end_minute, b.project, b.segment,
        b.status, b.members, b.tags,
        None if b.color == colours.get(b.project or "") else b.color, b.daily_minutes or None,
        notes="Something" if b.has_notes else "", checklist=checklist, is_done=b.is_done,
        weight=b.weight, board_position=b.board_position,
        repeat="every 1 week" if b.recurs else "", series=b.lid if b.recurs else None,
    )  # fmt: skip


def keep(store: Any, made: Plan, now: int) -> None:
    """Writes a plan into a store in one step."""
    with store.transaction("Load", now) as tx:
        tx.save(*entities(made))
