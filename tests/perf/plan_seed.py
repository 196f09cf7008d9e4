"""A plan of five years in a store: the same every time."""

import random
import time
from datetime import date
from pathlib import Path

from toggl_desktop.domain.entities import PALETTE, Project
from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanTag,
    PlanTask,
    Segment,
    Status,
)
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

DAYS = 5 * 365
TODAY = date(2026, 11, 27).toordinal()
_WORDS = ("API", "design", "review", "launch", "wireframes", "copy", "research", "QA", "onboarding")
_STATES = ("To-do", "In progress", "Blocked", "Done")
_CHUNK = 10_000


def seed_plan(
    folder: Path, tasks: int, *, members: int = 200, projects: int = 100, today: int = TODAY
) -> Path:
    """Fills a data directory with a plan around a day: four years behind it, one ahead."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(11)
    now = int(time.time())
    people = [
        Member(f"m{i:04}", f"Member {i}", f"M{i % 100}", weight=float(i)) for i in range(members)
    ]
    owners = [Project(f"p{i:04}", f"Project {i}", PALETTE[i % 14]) for i in range(projects)]
    segments = [Segment(f"s{p.lid}{i}", f"Stage {i}", p.lid, i) for p in owners for i in range(4)]
    statuses = [
        Status(f"u{p.lid}{i}", name, p.lid, i, is_done=i == 3)
        for p in owners
        for i, name in enumerate(_STATES)
    ]
    tags = [PlanTag(f"t{p.lid}{i}", f"tag {i}", p.lid) for p in owners for i in range(3)]
    groups = [
        Group(f"g{i}", f"Team {i}", tuple(m.lid for m in people[i * 10 : i * 10 + 10]), i)
        for i in range(max(1, members // 10))
    ]
    first = today - 4 * 365
    with Store(Place(folder)) as store:
        with store.transaction("Load", now) as tx:
            tx.save(*people, *owners, *segments, *statuses, *tags, *groups)
            tx.save(
                *(
                    Milestone(f"x{i:04}", f"Milestone {i}", first + i * 7, project=None)
                    for i in range(DAYS // 7)
                )
            )
        made = [_task(i, chance, people, owners, first) for i in range(tasks)]
        for begin in range(0, tasks, _CHUNK):
            with store.transaction("Load", now) as tx:
                tx.save(*made[begin : begin + _CHUNK])
        with store.transaction("Load", now) as tx:
            pairs = zip(made[::50], made[1::50], strict=False)
            tx.save(*(Dependency(f"d{i:06}", a.lid, b.lid) for i, (a, b) in enumerate(pairs)))
    return folder


def _task(
    i: int, chance: random.Random, people: list[Member], owners: list[Project], first: int
) -> PlanTask:
    start = first + chance.randrange(DAYS)
    owner = chance.choice(owners).lid
    state = chance.randrange(4)
    is_timed = chance.random() < 0.15
    lines = chance.randrange(1, 5) if chance.random() < 0.2 else 0
    return PlanTask(
        f"01b00000-0000-7000-8000-{i:012x}",
        f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {i}",
        None if i % 50 == 0 else start,
        None if i % 50 == 0 else start + chance.choice((0, 0, 1, 2, 4, 9)),
        540 if is_timed else None,
        600 if is_timed else None,
        owner,
        f"s{owner}{chance.randrange(4)}",
        f"u{owner}{state}",
        tuple(m.lid for m in chance.sample(people, chance.choice((0, 1, 1, 1, 2)))),
        (f"t{owner}0",) if chance.random() < 0.3 else (),
        "#ff9800" if chance.random() < 0.1 else None,
        chance.choice((None, 60, 240, 480)),
        "total" if chance.random() < 0.2 else "daily",
        notes="Somebody wrote this down." if chance.random() < 0.3 else "",
        checklist=tuple((f"{i}-{n}", f"Line {n}", n % 2 == 0) for n in range(lines)),
        is_done=state == 3,
        weight=float(i % 30),
    )
