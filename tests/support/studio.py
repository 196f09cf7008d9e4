"""A design studio's year: what the pictures of the plan show. The same every time."""

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

TODAY = date(2026, 11, 25).toordinal()
"""A Wednesday."""
_MONDAY = TODAY - 2
_STATES = (("To-do", "🗒️", False), ("In progress", "🚧", False), ("Blocked", "🚫", False),
           ("Done", "✅", True))  # fmt: skip
_PEOPLE = {
    "ann": ("Ann Lee", "#2196f3"),
    "chl": ("Chloé Martin", "#e37403"),
    "mio": ("Mio Tanaka", "#9c27b0"),
    "ben": ("Ben Okafor", "#338636"),
    "dan": ("Dan Weiss", "#673ab7"),
    "pri": ("Priya Nair", "#cd3633"),
    "lar": ("Lars Holm", "#006064"),
    "eva": ("Eva Rossi", "#1770c9"),
    "fre": ("Freelancer", "#607d8b"),
}
_GROUPS = (("Design", ("ann", "chl", "mio")), ("Development", ("ben", "dan", "pri", "lar")),
           ("Clients", ("eva", "fre")))  # fmt: skip
_PROJECTS = {
    "web": ("Northwind website", "#00acc1", "Northwind", ("Concept", "Design", "Build", "Launch")),
    "app": ("Bakery app", "#d9480f", "Bakery Lund", ("Research", "Version 1", "Version 2")),
    "map": ("City map", "#338636", "City of Lund", ("Data", "Design", "Print")),
    "rep": ("Annual report", "#673ab7", "Northwind", ("Words", "Layout")),
    "own": ("Studio", "#90a4ae", None, ("Everyday",)),
}
# week from this one, weekday, days, project, segment, people, words; then what else is true of it
_TASKS: tuple[tuple[Any, ...], ...] = (
    (-3, 0, 5, "web", 0, "eva ann", "Workshops with Northwind", {"h": 5}),
    (-3, 2, 3, "web", 0, "chl", "Site map", {"h": 4}),
    (-2, 0, 5, "web", 1, "ann", "Wireframes", {"h": 6, "lines": 5}),
    (-2, 1, 4, "web", 1, "mio", "Photo shoot", {"h": 7}),
    (-1, 0, 5, "web", 1, "ann", "Look and feel", {"h": 6, "lines": 4}),
    (-1, 3, 6, "web", 2, "ben", "Page templates", {"h": 6, "lines": 6, "doing": True}),
    (0, 0, 3, "web", 1, "ann", "Icons", {"h": 5, "lines": 8, "doing": True, "tag": "ux"}),
    (0, 3, 4, "web", 1, "ann", "Style guide", {"h": 6, "tag": "ux"}),
    (0, 1, 4, "web", 2, "pri", "Search", {"h": 6, "doing": True, "note": True}),
    (1, 0, 5, "web", 2, "ben", "Checkout", {"h": 7, "tag": "urgent", "lines": 6}),
    (1, 1, 3, "web", 2, "pri ben", "Payment provider", {"h": 3, "blocked": True, "note": True}),
    (2, 0, 3, "web", 3, "eva", "Test with users", {"h": 6}),
    (2, 3, 2, "web", 3, "ben pri", "Go live", {"h": 5, "at": (540, 780)}),
    (3, 0, 5, "web", 3, "pri", "Care after launch", {"h": 3}),
    (-3, 0, 4, "app", 0, "chl", "Interviews", {"h": 6}),
    (-2, 0, 8, "app", 1, "dan", "Sign in and orders", {"h": 7, "lines": 6}),
    (-1, 0, 5, "app", 1, "chl", "Screens", {"h": 6}),
    (0, 0, 5, "app", 1, "dan", "Orders by telephone", {"h": 7, "lines": 7, "doing": True}),
    (0, 1, 3, "app", 1, "chl", "Opening hours", {"h": 4, "doing": True}),
    (1, 0, 4, "app", 1, "dan lar", "Offline mode", {"h": 5}),
    (1, 0, 5, "app", 1, "chl", "Store pictures", {"h": 5}),
    (2, 0, 10, "app", 2, "dan", "Loyalty cards", {"h": 6}),
    (3, 0, 5, "app", 2, "lar", "Push messages", {"h": 5}),
    (-2, 0, 10, "map", 0, "lar", "Clean the street data", {"h": 6, "lines": 9}),
    (0, 0, 5, "map", 1, "lar mio", "Colours and letters", {"h": 5, "doing": True, "lines": 4}),
    (1, 0, 8, "map", 1, "mio", "Old town, large scale", {"h": 7}),
    (2, 3, 4, "map", 2, "mio fre", "Proofs", {"h": 4}),
    (0, 0, 4, "rep", 0, "eva", "Interviews with the board", {"h": 3, "at": (600, 720)}),
    (0, 2, 5, "rep", 0, "fre", "First draft", {"h": 6, "doing": True}),
    (1, 2, 5, "rep", 1, "fre chl", "Charts", {"h": 4}),
    (3, 0, 8, "rep", 1, "chl", "Layout", {"h": 6}),
    (0, 4, 1, "own", 0, "ann ben chl dan eva lar pri", "Friday review", {"at": (900, 960)}),
    (1, 4, 1, "own", 0, "ben", "Dentist", {"at": (480, 600)}),
    (3, 1, 2, "own", 0, "ann", "Portfolio", {"h": 6}),
)
_BEFORE_AND_AFTER = (  # what each works on in the months around: words, weeks
    ("Brand book", 2, "web"), ("Kiosk", 3, "app"), ("Trail map", 4, "map"), ("Words", 2, "rep"),
    ("Shop", 3, "web"), ("Vouchers", 2, "app"), ("Bus lines", 3, "map"), ("Holidays", 2, "own"),
    ("Archive", 2, "web"), ("Deliveries", 4, "app"), ("Parks", 2, "map"), ("Fair", 1, "own"),
)  # fmt: skip
_IDEAS = (
    ("web", "Newsletter"), ("app", "Dark mode"), ("map", "Cycle paths"), ("own", "New chairs"),
)  # fmt: skip
_MARKS = (
    (2, 4, "Northwind goes live", "web", "#cd3633"),
    (1, 3, "Beta", "app", "#d9480f"),
    (2, 0, "Press day", None, "#673ab7"),
    (4, 3, "Christmas Eve", None, "#338636"),
)
_WAITS = (
    ("Look and feel", "Page templates"),
    ("Checkout", "Test with users"),
    ("Icons", "Style guide"),
    ("Orders by telephone", "Offline mode"),
)


def entities() -> list[Any]:
    """Everything, parents first."""
    clients = {name for _, _, name, _ in _PROJECTS.values() if name}
    made: list[Any] = [Client(f"c{name}", name) for name in sorted(clients)]
    made += [
        Project(lid, name, color, None if client is None else f"c{client}")
        for lid, (name, color, client, _) in _PROJECTS.items()
    ]
    made += [
        Member(lid, name, "".join(word[0] for word in name.split()), color=color,
               is_placeholder=lid == "fre", weight=float(place))
        for place, (lid, (name, color)) in enumerate(_PEOPLE.items())
    ]  # fmt: skip
    made += [Group(f"g{n}", name, members, n) for n, (name, members) in enumerate(_GROUPS)]
    for lid, (_, _, _, segments) in _PROJECTS.items():
        made += [Segment(f"{lid}-s{n}", name, lid, n) for n, name in enumerate(segments)]
        made += [Status(f"{lid}-t{n}", *_state(lid, n)) for n in range(len(_STATES))]
    made += [PlanTag("ux", "ux", "web", "#ffffff"), PlanTag("urgent", "urgent", "web", "#ffd54f")]
    tasks = [_task(place, task) for place, task in enumerate(_TASKS)]
    made += tasks
    for place, lid in enumerate(_PEOPLE):
        made += _long(lid, place, -30, -4)
        made += _long(lid, place + 5, 5, 26)
    made += [
        PlanTask(f"idea{n}", name, project=lid, segment=f"{lid}-s0", status=f"{lid}-t0",
                 members=("ann",) if n < 2 else ())
        for n, (lid, name) in enumerate(_IDEAS)
    ]  # fmt: skip
    made += [
        Milestone(f"m{n}", name, _MONDAY + 7 * week + day, color, project=project,
                  is_holiday=name == "Christmas Eve")
        for n, (week, day, name, project, color) in enumerate(_MARKS)
    ]  # fmt: skip
    made.append(TimeOff("off", "mio", _MONDAY + 4, _MONDAY + 4))
    made.append(TimeOff("off2", "dan", _MONDAY + 24, _MONDAY + 30))
    ids = {task.name: task.lid for task in tasks}
    made += [Dependency(f"d{n}", ids[one], ids[two]) for n, (one, two) in enumerate(_WAITS)]
    return made


def _state(project: str, place: int) -> tuple[Any, ...]:
    name, icon, is_done = _STATES[place]
    return name, project, place, icon, is_done


def _long(person: str, place: int, week: int, until: int) -> list[PlanTask]:
    """A row of longer tasks for one person, with a week's rest between some."""
    found = []
    week += place % 3
    while week < until:
        name, weeks, project = _BEFORE_AND_AFTER[place % len(_BEFORE_AND_AFTER)]
        start = _MONDAY + 7 * week
        end = start + 7 * min(weeks, until - week) - 3
        is_done = end < TODAY
        status = f"{project}-t{3 if is_done else 0}"
        found.append(
            PlanTask(f"long-{person}{week}", name, start, end, project=project,
                     segment=f"{project}-s0", status=status, members=(person,),
                     estimate_minutes=300, is_done=is_done)
        )  # fmt: skip
        week += weeks + (place % 4 == 0)
        place += 1
    return found


def _task(place: int, told: tuple[Any, ...]) -> PlanTask:
    week, day, days, project, segment, people, name, more = told
    start = _MONDAY + 7 * week + day
    end = start
    left = days - 1
    while left:  # working days
        end += 1
        left -= (end - 1) % 7 < 5
    is_done = end < _MONDAY
    state = 3 if is_done else 2 if more.get("blocked") else 1 if more.get("doing") else 0
    lines = more.get("lines", 0)
    done = lines if is_done else lines // 2 if more.get("doing") else 0
    start_minute, end_minute = more.get("at", (None, None))
    return PlanTask(
        f"t{place:02}", name, start, end, start_minute, end_minute,
        project, f"{project}-s{segment}", f"{project}-t{state}", tuple(people.split()),
        (more["tag"],) if "tag" in more else (),
        estimate_minutes=more["h"] * 60 if "h" in more else None,
        notes="Waits for their answer." if more.get("note") else "",
        checklist=tuple((f"k{n}", f"Part {n + 1}", n < done) for n in range(lines)),
        is_done=is_done, weight=float(place), board_position=float(place),
    )  # fmt: skip
