"""Requests of an eight-hour day in virtual time, by plan: idle, and with a busy person.

    python -m tests.perf.sync_day
    python -m tests.perf.sync_day --days 30    a month of a free plan's busy days, nights between

The engine decides by itself when it turns; the clock jumps from one moment to the next. A change
made elsewhere every seven minutes shows how soon it is seen.
"""

import sys
from random import Random
from statistics import median
from typing import NamedTuple

from tests.sync.computer import Computer
from tests.sync.fake_track import HOUR, NONE, WS, stamp
from tests.sync.judge import judge
from tests.sync.world import World
from toggl_desktop.domain import commands

DAY_SECONDS = 8 * HOUR
PLANS = {"free": 30, "starter": 240, "premium": 600}
ELSEWHERE_SECONDS = 420


class Day(NamedTuple):
    """What a day cost, and what it brought.

    Attributes:
        glances: Looks at a workspace, counted on its organization's limit.
        looks: Looks whether an entry still runs before a person's stop of it is sent.
        background: Reads of the busiest hour, without these looks.
        late: The longest time a change made elsewhere waited to be seen, seconds.
        waited, longest: How long what a person did waited to be sent, usually and at most, seconds.
        refused: Answers that said that a limit was spent.
        unsent: What was left over at its end.
    """

    plan: str
    is_busy: bool
    reads: int
    writes: int
    glances: int
    looks: int
    background: int
    late: float
    waited: float
    longest: float
    refused: int
    unsent: int


class Life:
    """One computer whose engine is woken by its own timetable."""

    def __init__(self, plan, *, is_busy, is_visible=True):
        self.world = World(11, faults=NONE, computers="A", is_overheard=False)
        self.a: Computer = self.world.computers[0]
        self.a.clock.skew = 0
        self.server = self.world.server
        self.server.rows["workspace"][WS]["premium"] = plan != "free"
        self.limits = {"me": 30, "org": PLANS[plan]}
        self.random = Random(5)
        self.is_busy = is_busy
        self.reads, self.writes, self.glances, self.refused = [], [], [], 0
        self.looks, self._is_look = [], False
        self.is_visible = is_visible
        self.a.engine.timetable.in_sight = lambda: self.is_visible
        self.a.store.feed.subscribe(self.a.engine.changed)
        self.waiting, self.late = {}, 0.0
        self.unsent, self.waits = {}, []
        self._count(self.server.call)
        self._tell_looks_apart()

    def _tell_looks_apart(self):
        looks = self.a.engine.sender._looks
        catch_up = looks._catch_up

        async def counted(cycle, priority):
            self._is_look = True
            try:
                return await catch_up(cycle, priority)
            finally:
                self._is_look = False

        looks._catch_up = counted

    def _count(self, call):
        def counted(who, scope, name, work, *, method):
            self.server.quota = self.limits[scope]
            is_glance = name in {"edited", "activity"}
            kind = self.looks if self._is_look else self.reads
            kind = kind if method == "GET" else self.writes
            (self.glances if is_glance else kind).append(self.world.t)
            try:
                return call(who, scope, name, work, method=method)
            except Exception:
                self.refused += 1
                raise

        self.server.call = counted

    def day(self, plan):
        began = self.world.t
        self.spend(DAY_SECONDS)
        unsent = len(self.a.engine.sender.jobs(self.a.engine.cycle()))
        busiest = max(
            sum(t <= one < t + HOUR for one in self.reads if one > began + HOUR)
            for t in self.reads
            if t > began + HOUR
        )
        return Day(
            plan, self.is_busy, len(self.reads), len(self.writes), len(self.glances),
            len(self.looks), busiest,
            self.late, median(self.waits or [0]), max(self.waits, default=0), self.refused, unsent,
        )  # fmt: skip

    def night(self):
        """Sixteen hours in the tray, while nobody works anywhere."""
        is_busy, self.is_busy, self.is_visible = self.is_busy, False, False
        self.spend(24 * HOUR - DAY_SECONDS, elsewhere=False)
        self.is_busy, self.is_visible = is_busy, True

    def spend(self, seconds, *, elsewhere=True):
        """Lets time pass; the engine turns when it wants to."""
        began = self.world.t
        next_work, next_else = began + 120, began + 200 if elsewhere else 1e18
        while self.world.t < began + seconds:
            wait = self.a.engine.wait()
            soon = min(self.world.t + wait, next_work if self.is_busy else 1e18, next_else)
            self.world.t = max(self.world.t, soon)
            if self.world.t >= next_else:
                next_else += ELSEWHERE_SECONDS
                self._elsewhere()
            if self.is_busy and self.world.t >= next_work:
                next_work += self.random.choice([60, 240, 600])
                self._work()
            if self.a.engine.wait() <= 0:
                self.a.signed_in = True
                turn = self.a.engine.turn(self.a.engine.next_want())
                _finish(turn)
                self._seen()
                self._sent()

    def _elsewhere(self):
        self.world.tokens += 1
        text = f"elsewhere {self.world.tokens}"
        start = int(self.world.t) - 100_000
        body = {"description": text, "start": stamp(start), "stop": stamp(start + 60)}
        self.server.create("time_entry", body, ("web", text))
        self.waiting[text] = self.world.t

    def _seen(self):
        here = {entry.description for entry in self.a.entries()}
        for text in [text for text in self.waiting if text in here]:
            self.late = max(self.late, self.world.t - self.waiting.pop(text))

    def _work(self):
        entries = self.a.entries()
        which = self.random.random()
        if which < 0.5 or not entries:
            self.a.do(commands.StartTimer(f"work {self.world.tokens}", overlaps="keep"))
        elif which < 0.6:
            self.a.do(commands.StopTimer())
        else:
            for _ in range(4):  # somebody types, and corrects, and adds a project
                one = self.random.choice(entries[-5:])
                text = f"text {self.random.random():.4f}"
                self.a.do(commands.EditEntries((one.lid,), text))
                self.world.t += 1
        self.world.tokens += 1
        self._sent()

    def _sent(self):
        """Notes what waits to be sent, and how long what waits no more has waited."""
        jobs = {job.lid for job in self.a.engine.sender.jobs(self.a.engine.cycle())}
        self.waits += [
            self.world.t - self.unsent.pop(lid) for lid in [*self.unsent] if lid not in jobs
        ]
        for lid in jobs:
            self.unsent.setdefault(lid, self.world.t)

    def close(self):
        self.world.close()


def _finish(turn):
    try:
        while True:
            turn.send(None)
    except StopIteration:
        pass


def live(plan, *, is_busy, is_visible=True):
    life = Life(plan, is_busy=is_busy, is_visible=is_visible)
    try:
        return life.day(plan)
    finally:
        life.close()


def month(plan, days):
    """Lives so many busy days and the nights between; prints a line for each, then what differs."""
    life = Life(plan, is_busy=True)
    try:
        for number in range(days):
            before = len(life.reads), len(life.writes)
            life.late, looks = 0.0, len(life.looks)
            day = life.day(plan)
            life.night()  # what was made as the window closed is seen within a quarter of an hour
            reads, writes = day.reads - before[0], day.writes - before[1]
            print(
                f"day {number + 1:3}{reads:7} reads{writes:6} writes{day.looks - looks:4} looks"
                f"{day.background:4} reads/h"
                f"{day.late / 60:6.1f} m  402: {day.refused}",
                flush=True,
            )
        unsent = len(life.a.engine.sender.jobs(life.a.engine.cycle()))
        here = sorted(one.description for one in life.a.entries())
        there = sorted(row["description"] for row in life.server.live())
        print(f"{len(there)} entries there, {len(here)} here, the same: {here == there}")
        wrong = judge(life.world)[:9] or "nothing"
        print(f"unsent {unsent}; against a rule or the store's check: {wrong}")
    finally:
        life.close()


def main():
    if "--days" in sys.argv:
        month("free", int(sys.argv[-1]))
        return
    heads = f"{'plan':9}{'day':6}{'reads':>7}{'looks':>7}{'writes':>8}{'glances':>9}{'reads/h':>9}"
    print(f"{heads}{'seen in':>9}{'sent in':>9}{'at most':>9}{'402':>5}")
    for plan in PLANS:
        for is_busy in (False, True):
            day = live(plan, is_busy=is_busy)
            kind = "busy" if is_busy else "idle"
            print(
                f"{plan:9}{kind:6}{day.reads:7}{day.looks:7}{day.writes:8}{day.glances:9}"
                f"{day.background:9}"
                f"{day.late / 60:7.1f} m{day.waited:7.0f} s{day.longest / 60:7.1f} m{day.refused:5}"
                f"  unsent {day.unsent}"
            )


if __name__ == "__main__":
    main()
