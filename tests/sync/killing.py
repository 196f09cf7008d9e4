"""A real process, killed by SIGKILL at every point of a sync at which it waits or commits.

    python -m tests.sync.killing            every point of every scenario, with figures
    python -m tests.sync.killing --twice 300  and so many pairs: killed again on the way back

The points are counted from outside the program: each time its turn gives control away, and before
and after each COMMIT. A process is forked for each, from a server that has everything loaded.
"""

import copy
import functools
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter

from tests.support.builders import NOW
from tests.support.track import Loopback
from tests.sync.rig import WS, Rig, do, fresh_folder, template
from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import accounts, schema, tables
from toggl_desktop.sync.engine import Want

NEVER = 1 << 30
ROUNDS = 12


# In the process that dies ---------------------------------------------------------------------


class Points:
    """Counts the points of a turn, and kills the process at one of them."""

    def __init__(self, last):
        self.last, self.count, self.names = last, 0, []

    def reached(self, name):
        self.count += 1
        self.names.append(name)
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


class Watched:
    """Awaits something, and passes a point whenever it gives control away or gets it back."""

    def __init__(self, coroutine, points):
        self.inner, self.points = coroutine.__await__(), points

    def __await__(self):
        step = functools.partial(self.inner.send, None)
        while True:
            try:
                waited = step()
            except StopIteration as end:
                return end.value
            self.points.reached("waits")
            try:
                value = yield waited
            except BaseException as error:
                step = functools.partial(self.inner.throw, error)
            else:
                step = functools.partial(self.inner.send, value)
            self.points.reached("goes on")


def watch_commits(points):
    """Passes a point before and after each COMMIT of the store."""
    connect = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, sql, *values):
            if sql != "COMMIT" and self.in_transaction:
                return super().execute(sql, *values)
            if sql == "COMMIT":
                points.reached("before a commit")
            found = super().execute(sql, *values)
            if sql == "COMMIT" or not sql.lstrip().startswith(("BEGIN", "SELECT", "PRAGMA")):
                points.reached("after a commit")  # also of what commits by itself
            return found

    schema.sqlite3.connect = functools.partial(connect, factory=Connection)


def die_at(folder, url, clock, last, note, is_full):
    """Makes one turn and dies at a point; lives to its end when there are fewer."""
    points = Points(last)
    watch_commits(points)
    place = type("Elsewhere", (), {"url": url})()
    rig = Rig(place, folder=folder, clock=clock)

    async def turn():
        return await Watched(rig.engine.turn(Want(is_asked=True, full=is_full)), points)

    state = rig.runner.run(turn())
    names = ",".join(points.names)
    note.write_text(f"{points.count}\n{state.phase.value}\n{names}", encoding="utf-8")
    os._exit(0)


# Around it ------------------------------------------------------------------------------------


def everything(rig):
    """A person has done all sorts of things on both sides since the last sync."""
    lids = {k: [one.lid for one in tables.load(rig.store.source, KINDS[k])] for k in KINDS}
    by_text = {e.description: e.lid for e in tables.load(rig.store.source, KINDS["time_entry"])}
    client = rig.made(do.AddClient("New client"), "client")
    project = rig.made(do.AddProject("New project", client=client), "project")
    tag = rig.made(do.AddTag("new tag"), "tag")
    rig.do(do.AddTask("New task", project))
    rig.do(do.AddEntry(NOW - 2000, NOW - 1400, "made here", project, tags=(tag,)))
    rig.do(do.AddEntry(NOW - 1300, NOW - 1200, "made here too"))
    rig.do(do.EditEntries((by_text["old 0"],), description="edited here"))
    some = tuple(by_text[f"old {n}"] for n in (1, 2, 3))
    rig.do(do.EditEntries(some, billable=True))
    rig.do(do.DeleteEntries((by_text["old 4"],)))
    rig.do(do.EditProject(lids["project"][0], name="Website 2"))
    rig.do(do.StartTimer("runs", overlaps="keep"))
    rows = {r["description"]: r for r in rig.server.world.entry.live()}
    rig.web("entry", {"description": "edited there"}, rows["old 5"])
    rig.web("entry", {"description": "made there", "start": NOW - 5000, "stop": NOW - 4400})
    return [
        "New client", "New project", "new tag", "New task", "made here", "made here too",
        "edited here", "old 1", "old 2", "old 3", "Website 2", "runs", "edited there",
        "made there", "Acme", "deep", "Draw",
    ]  # fmt: skip


def deletions(rig):
    """Things go on both sides, and one is changed here that goes there."""
    by_text = {e.description: e.lid for e in tables.load(rig.store.source, KINDS["time_entry"])}
    lids = {k: [one.lid for one in tables.load(rig.store.source, KINDS[k])] for k in KINDS}
    rig.do(do.DeleteThing("tag", lids["tag"][0]))
    rig.do(do.DeleteThing("task", lids["task"][0]))
    rig.do(do.DeleteThing("client", lids["client"][0]))
    rig.do(do.DeleteEntries((by_text["old 0"], by_text["old 1"])))
    rig.do(do.EditEntries((by_text["old 2"],), description="edited here, gone there"))
    rig.do(do.EditEntries((by_text["old 3"],), stop=NOW - 40_200))
    rows = {r["description"]: r for r in rig.server.world.entry.live()}
    rig.server.world.delete(rows["old 2"], rig.clock.wall)
    rig.server.world.delete(rows["old 4"], rig.clock.wall)
    rig.web("entry", {"stop": NOW - 39_900}, rows["old 3"])
    return ["old 3", "old 5", "Website"]


def first(rig):
    """An account is joined with a store in which there is work already."""
    rig.close()
    fresh = Rig(rig.loopback, folder=fresh_folder(), clock=rig.clock)
    rig.loopback.track = fresh.server = rig.server
    client = fresh.made(do.AddClient("Acme"), "client")
    project = fresh.made(do.AddProject("Website", client=client), "project")
    fresh.do(do.AddEntry(NOW - 2000, NOW - 1400, "made before", project))
    fresh.do(do.AddEntry(NOW - 50_000, NOW - 49_000, "old 0"))
    with fresh.store.transaction("Sign in", NOW) as tx:
        tx.keep_even_if_empty = True
        accounts.join(tx, WS)
    rig.__dict__.update(fresh.__dict__)
    return ["made before", "Website", "Acme", "deep", "Draw", *(f"old {n}" for n in range(6))]


SCENARIOS = {"everything": everything, "deletions": deletions, "first": first}


class Scene:
    """A scenario, ready to be played again and again."""

    def __init__(self, loopback, name):
        self.loopback, self.name, self.kills = loopback, name, 0
        with Rig(loopback) as rig:
            self.expected = SCENARIOS[name](rig)
            rig.clock.advance(31)
            rig.store.close()
            self.folder = fresh_folder()
            shutil.copytree(rig.folder / "data", self.folder / "data", dirs_exist_ok=True)
            (self.folder / "data" / "ballast").unlink(missing_ok=True)
            self.server, self.clock = rig.server, rig.clock
            rig.store = type(rig.store)(rig.store.place)
        self.note = self.folder / "points"
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([__name__])

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def points(self):
        """Returns the names of all points, from a process that is let live."""
        folder, server, clock = self._again()
        self._run(folder, server, clock, NEVER)
        count, phase, names = self.note.read_text(encoding="utf-8").split("\n")
        shutil.rmtree(folder)
        assert phase == Phase.RESTING, phase
        assert int(count) == len(names.split(","))
        return names.split(",")

    def _again(self):
        folder = fresh_folder()
        shutil.copytree(self.folder / "data", folder / "data", dirs_exist_ok=True)
        return folder, copy.deepcopy(self.server), copy.copy(self.clock)

    def _run(self, folder, server, clock, last):
        self.loopback.track, self.loopback.clock = server, lambda: clock.wall
        given = (folder, self.loopback.url, copy.copy(clock), last, self.note, self.name == "first")
        process = self.context.Process(target=die_at, args=given)
        process.start()
        process.join(60)
        return process.exitcode

    def play(self, *points):
        """Kills a process at each of these points in turn; returns what was wrong then."""
        folder, server, clock = self._again()
        bad = []
        for last in points:
            code = self._run(folder, server, clock, last)
            if code not in {0, -signal.SIGKILL}:  # 0: it had fewer points than the first time
                bad.append(f"it ended by itself: {code}")
            self.kills += code != 0
            clock.advance(7)
        with Rig(self.loopback, folder=folder, clock=clock, server=server) as rig:
            bad += rig.store.check(full=True)
            running = tables.load(
                rig.store.source, KINDS["time_entry"], "WHERE stop IS NULL AND deleted = 0"
            )
            if len(running) > 1:
                bad.append("two run")
            return bad + self._judged(rig)

    def _judged(self, rig):
        bad, quiet = [], 0
        for _ in range(ROUNDS):
            before = rig.writes()
            state = rig.turn(150)
            is_quiet = state.phase is Phase.RESTING and rig.writes() == before
            quiet = quiet + 1 if is_quiet and not rig.sendable() else 0
            if quiet == 2:
                break
        else:
            bad.append(f"no rest: {rig.states[-1]}")
        texts = Counter(rig.texts())
        bad += [f"lost {text!r}" for text in self.expected if not texts[text]]
        bad += [f"doubled {text!r}" for text, count in texts.items() if count > 1]
        bad += rig.differences() + rig.store.check(full=True)
        if self.name == "deletions" and "edited here, gone there" not in str(rig.shelved()):
            bad.append("an edit of what was deleted there is gone")
        before = rig.writes()
        rig.turn()
        if rig.writes() != before:
            bad.append("a further sync sends something")
        return bad


def main(arguments):
    pairs = int(arguments[1]) if arguments[:1] == ["--twice"] else 0
    template()
    began, killed, failed = time.monotonic(), 0, 0
    chance = random.Random(1)
    with Loopback() as loopback:
        for name in SCENARIOS:
            scene = Scene(loopback, name)
            names = scene.points()
            plays = [(number,) for number in range(1, len(names) + 1)]
            plays += [
                (chance.randint(1, len(names)), chance.randint(1, len(names))) for _ in range(pairs)
            ]
            for points in plays:
                bad = scene.play(*points)
                if bad:
                    failed += 1
                    print(f"{name} {points} {names[points[0] - 1]}: {bad}"[:700], flush=True)
            print(f"{name}: {len(names)} points, {dict(Counter(names))}", flush=True)
            killed += scene.kills
            scene.close()
    print(f"{killed} kills in {time.monotonic() - began:.0f} s, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    main_module = sys.modules["__main__"]
    main_module.__spec__ = None  # a process to be killed does not load this as its main once more
    del main_module.__file__
    from tests.sync import killing

    sys.exit(killing.main(sys.argv[1:]))
