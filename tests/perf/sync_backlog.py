"""Ten thousand edits made without a network, and how long they take to go when it comes back.

    python -m tests.perf.sync_backlog                 on 30, 240 and 600 requests an hour
    python -m tests.perf.sync_backlog --edits 2000    fewer

The engine decides by itself when it turns, in virtual time. 2,000 entries on 50 projects are there,
and five edits of each are made offline: what differs goes, so that is a request for each entry at
most. The time is compared with the one that a person is told beforehand. How long the loop's thread
is kept at a stretch is processor time, without what the program does beside it.
"""

import argparse
import resource
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.sync.fake_track import HOUR, NONE, WS, stamp
from tests.sync.world import World
from toggl_desktop.domain import commands
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.store import bindings
from toggl_desktop.store.read import drain
from toggl_desktop.sync.api import ApiError
from toggl_desktop.sync.hands import MANY
from toggl_desktop.sync.reconcile import Outcome

LIMITS = (30, 240, 600)


class Backlog(NamedTuple):
    """What it took.

    Attributes:
        waiting: Rows that were to be sent when the network came back.
        writes: Requests it took.
        hours: Until nothing was left.
        told: What a person was told.
        refused: Answers that said that a limit was spent.
        longest: Milliseconds of the loop's thread between two awaits, at most.
        grown: Megabytes that the process grew by while it drained, at most.
        differing: Rows that were not the same on both sides at the end.
    """

    limit: int
    edits: int
    waiting: int
    writes: int
    hours: float
    told: float
    refused: int
    longest: float
    grown: float
    differing: int


class Elsewhere:
    """Does what is much as another thread would, and does not count it."""

    def __init__(self, loop):
        self.loop, self.seconds = loop, 0.0

    async def do(self, cycle, parts, rows):
        if rows < MANY:
            await self.loop.do(cycle, parts, rows)
            return
        began = time.thread_time()
        for _ in parts(cycle):
            pass
        self.seconds += time.thread_time() - began


class Offline:
    """One computer that loses its network, and gets it back."""

    def __init__(self, limit, entries, projects):
        self.world = World(17, faults=NONE, computers="A", is_overheard=False)
        self.a = self.world.computers[0]
        self.a.clock.skew = 0
        self.server = self.world.server
        self.limits = {"me": 30, "org": limit}
        plan = {"premium": limit > LIMITS[0], "business_ws": limit == LIMITS[-1]}
        self.server.rows["workspace"][WS] |= plan
        self.random = Random(3)
        self.is_offline, self.refused = False, 0
        self.longest, self.peak = 0.0, _megabytes()
        self.elsewhere = Elsewhere(self.a.engine.reader.hands)
        self.a.engine.work_with(self.elsewhere)
        self.a.store.feed.subscribe(self.a.engine.changed)
        self._fill(entries, projects)
        self._reach(self.server.call)
        self.turn()

    def _fill(self, entries, projects):
        ids = [
            self.server.create("project", {"name": f"Project {n}"}, ("web", n))["id"]
            for n in range(projects)
        ]
        for n in range(entries):
            start = int(self.world.t) - 40_000 - 600 * n
            body = {
                "description": f"entry {n}", "start": stamp(start), "stop": stamp(start + 300),
                "project_id": ids[n % projects],
            }  # fmt: skip
            self.server.create("time_entry", body, ("web entry", n))

    def _reach(self, call):
        def reached(who, scope, name, work, *, method):
            if self.is_offline:
                raise ApiError(Outcome.NOT_SENT, None, "no network")
            self.server.quota = self.limits[scope]
            try:
                return call(who, scope, name, work, method=method)
            except ApiError:
                self.refused += 1
                raise

        self.server.call = reached

    def turn(self):
        engine = self.a.engine
        running = engine.turn(engine.next_want())
        step = None
        while step is not StopIteration:
            began, beside = time.thread_time(), self.elsewhere.seconds
            step = next(running.__await__(), StopIteration)
            took = time.thread_time() - began - (self.elsewhere.seconds - beside)
            self.longest = max(self.longest, took)
        self.peak = max(self.peak, _megabytes())

    def live(self, seconds):
        """Lets the engine live so long, or until nothing is left to send."""
        end = self.world.t + seconds
        while self.world.t < end:
            # a clock of 1.8e9 s does not hear of a microsecond
            self.world.t += max(0.01, min(self.a.engine.wait(), end - self.world.t))
            if self.a.engine.wait() <= 0:
                self.turn()
            if not self.waiting():
                return

    def waiting(self):
        return bindings.count_waiting(self.a.store.source, "track")

    def edit(self, edits):
        """Somebody works: new text, another project, billable or not, another start."""
        entries = [entry.lid for entry in self.a.entries()]
        projects = [project.lid for project in self.a.projects()]
        for number in range(edits):
            lid = (entries[number % len(entries)],)
            kind = number // len(entries) % 4
            if kind in {0, 3}:
                command = commands.EditEntries(lid, f"text {number}")
            elif kind == 1:
                command = commands.EditEntries(lid, project=self.random.choice(projects))
            else:
                command = commands.EditEntries(lid, billable=number % 2 == 0)
            error = self.a.do(command).error
            assert error is None or isinstance(error, NothingToDoError), error
            if number % 50 == 0:
                self.world.t += 7

    def differing(self):
        here = sorted((e.description, e.start, e.stop, e.billable) for e in self.a.entries())
        there = sorted(
            (r["description"], moment(r["start"]), moment(r["stop"]), r["billable"])
            for r in self.server.live()
        )
        return sum(mine != theirs for mine, theirs in zip(here, there, strict=True))

    def close(self):
        self.world.close()


def moment(text):
    from toggl_desktop.sync.mapping import moment as read

    return None if text is None else read(text)


def offline(limit, edits=10_000, entries=2000, projects=50):
    life = Offline(limit, entries, projects)
    try:
        life.is_offline = True
        life.edit(edits)
        life.live(HOUR)
        life.is_offline = False
        life.a.engine.network_is_back()
        waiting, writes = life.waiting(), life.server.counts.writes
        told = drain.drain(life.a.store.source, life.a.clock.wall()).hours
        began, memory = life.world.t, _megabytes()
        life.longest, life.peak = 0.0, memory
        life.live(2000 * HOUR)
        hours = (life.world.t - began) / HOUR
        return Backlog(
            limit, edits, waiting, life.server.counts.writes - writes, hours, told, life.refused,
            life.longest * 1000, life.peak - memory, life.differing(),
        )  # fmt: skip
    finally:
        life.close()


def _megabytes():
    """Returns what the process occupies now; where that is not told, the most it ever did."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text("ascii").split()[1]) * resource.getpagesize() / 1024**2
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--limit", type=int, choices=LIMITS)
    args = parser.parse_args()
    print(f"{'limit':>6}{'edits':>8}{'unsent':>8}{'writes':>8}{'hours':>8}{'told':>8}{'402':>5}")
    for limit in [args.limit] if args.limit else LIMITS:
        one = offline(limit, args.edits, args.entries)
        print(
            f"{limit:6}{one.edits:8}{one.waiting:8}{one.writes:8}{one.hours:8.1f}{one.told:8.1f}"
            f"{one.refused:5}  {one.differing} differ, {one.longest:.0f} ms at a stretch, "
            f"memory + {one.grown:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
