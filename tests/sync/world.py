"""Two computers, a web page and a server, in virtual time: what can happen, and what must hold.

The computers run the real engine on real SQLite files. The driver lets a turn go on from await to
await, so that a person, the web page, a crash or the other computer come in between.
"""

import sqlite3
from random import Random

from tests.support.builders import NOW
from tests.sync.computer import Computer
from tests.sync.fake_track import HOUR, NONE, ORG, POISON, Faults, Server, stamp
from tests.sync.judge import judge, origin_of
from toggl_desktop.actions import perform
from toggl_desktop.domain import commands
from toggl_desktop.store import schema
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.mapping import moment
from toggl_desktop.sync.rules import RULES


class World:
    """One history: everything that happens, and everything that must hold."""

    def __init__(self, seed, *, rules=RULES, faults=None, collide=False, computers="AB"):
        self.seed = seed
        self.random = Random(f"world {seed}")
        self.t = float(NOW)
        self.server = Server(self, Random(f"server {seed}"))
        self.server.faults = Faults() if faults is None else faults
        self.server.quota = self.random.choice([40, 120, 10**9, 10**9])
        self.collide = collide
        self.tokens = 0
        self.edits: dict[str, str | None] = {}
        self.deleted_texts: set[str] = set()
        self.overwritten: set[str | None] = set()
        self.must_die: set[object] = set()
        self.touched: set[object] = set()
        self.steps = 0
        self.bad: list[str] = []
        skews = [self.random.choice([0, 0, 120, -3600, 3600]) for _ in computers]
        self.computers = [
            Computer(self, name, rules, skew) for name, skew in zip(computers, skews, strict=True)
        ]

    def close(self):
        for computer in self.computers:
            computer.close()

    def value(self, saw=None):
        self.tokens += 1
        text = f"v{self.tokens}"
        if self.collide and self.random.random() < 0.5:
            text = "same"
        elif saw is None and self.random.random() < 0.03:
            text = f"{POISON} {text}"
        if text == "same":
            self.overwritten.add(saw)
        else:
            self.edits[text] = saw
        return text

    # What can happen --------------------------------------------------------------------------

    def happen(self):
        """Something happens."""
        random = self.random
        self.steps += 1
        if random.random() < 0.7:
            self.t += random.choice([0, 1, 5, 30, 200])
        self.server.tick()
        computer = random.choice(self.computers)
        x = random.random()
        if x < 0.42:
            computer.step()
        elif x < 0.52:
            self.create(computer)
        elif x < 0.56:
            name = random.choice(["P1", "P2", "P3", f"Q{self.tokens}"])
            computer.do(commands.AddProject(name))
        elif x < 0.71:
            self.edit(computer)
        elif x < 0.75:
            self.delete(computer)
        elif x < 0.77:
            computer.do(random.choice([commands.StopTimer(), commands.UnstopEntry()]))
        elif x < 0.78:
            computer.do(perform.Undo())
        elif x < 0.80:
            computer.do(commands.ContinueEntry())
        elif x < 0.84:
            computer.crash()
        elif x < 0.87:
            computer.signed_in = True
        else:
            self.web()
        self.check_running()

    def create(self, computer):
        text = self.value()
        projects = computer.projects()
        project = self.random.choice([*projects, None])
        lid = None if project is None else project.lid
        tags = ()
        if self.random.random() < 0.5:
            computer.do(commands.StartTimer(text, lid, tags=tags, overlaps="keep"))
        else:
            now = computer.clock.wall()
            now -= now % 60 if self.collide else 0
            computer.do(commands.AddEntry(now - 60, now, text, lid))

    def _pick(self, computer):
        entries = computer.entries()
        return self.random.choice(entries) if entries else None

    def edit(self, computer):
        one = self._pick(computer)
        if one is None:
            return
        origin = origin_of(self, computer, one.lid)
        if origin[0] != computer.name:
            self.touched.add(origin)
        field = self.random.choice(["text", "text", "stop", "start", "project", "many"])
        if field == "text":
            command = commands.EditEntries((one.lid,), self.value(one.description))
        elif field == "stop" and one.stop is not None:
            command = commands.EditEntries((one.lid,), stop=one.stop + self.random.choice([1, 30]))
        elif field == "start":
            command = commands.EditEntries(
                (one.lid,), start=one.start - self.random.choice([1, 60])
            )
        elif field == "many":
            some = tuple(e.lid for e in computer.entries()[:3])
            for lid in some:
                if origin_of(self, computer, lid)[0] != computer.name:
                    self.touched.add(origin_of(self, computer, lid))
            command = commands.EditEntries(some, billable=self.random.random() < 0.5)
        else:
            projects = [p.lid for p in computer.projects()]
            command = commands.EditEntries(
                (one.lid,), project=self.random.choice([*projects, None])
            )
        computer.do(command)

    def delete(self, computer):
        if self.random.random() < 0.15 and computer.projects():
            project = self.random.choice(computer.projects())
            computer.do(commands.DeleteThing("project", project.lid))
            return
        one = self._pick(computer)
        if one is None:
            return
        origin = origin_of(self, computer, one.lid)
        bound = computer.binding(one.lid)
        is_held = bound is not None and bound.hold is not None
        self.deleted_texts.add(one.description)
        error = computer.do(commands.DeleteEntries((one.lid,))).error
        if error is None and origin[0] == computer.name and not is_held:
            self.must_die.add(origin)

    def web(self):
        """Somebody works in the web page."""
        server, random = self.server, self.random
        live = server.live()
        y = random.random()
        if y < 0.3:
            text = self.value("web")
            self.edits[text] = None
            start = stamp(int(self.t))
            stop = None if random.random() < 0.5 else stamp(int(self.t) + 5)
            server.create(
                "time_entry",
                {"description": text, "start": start, "stop": stop},
                ("web", self.tokens),
            )
        elif y < 0.36:
            name = random.choice(["P1", "P2", "P3"])
            if name not in {p["name"] for p in server.live("project")}:
                server.create("project", {"name": name}, ("web", name))
        elif y < 0.38 and server.live("project"):
            server.delete("project", random.choice(server.live("project"))["id"])
        elif live and y < 0.75:
            row = random.choice(live)
            self.touched.add(server.origin[row["id"]])
            text = self.value(row["description"])
            self.edits[text] = row["description"]
            server.update("time_entry", row["id"], {"description": text})
        elif live and y < 0.85:
            row = random.choice(live)
            self.touched.add(server.origin[row["id"]])
            start = stamp(moment(row["start"]) - 7)
            server.update("time_entry", row["id"], {"start": start})
        elif live:
            row = random.choice(live)
            self.deleted_texts.add(row["description"])
            server.delete("time_entry", row["id"])

    # What must hold ---------------------------------------------------------------------------

    def check_running(self):
        for computer in self.computers:
            with sqlite3.connect(computer.place.database) as connection:
                count = connection.execute(
                    "SELECT count(*) FROM time_entry WHERE stop IS NULL AND deleted = 0"
                ).fetchone()[0]
            connection.close()
            if count > 1:
                self.bad.append(f"two run on {computer.name}")

    def settle(self, rounds=14):
        """Everything works again, and time passes until nothing is left to do."""
        self.server.faults = NONE
        self.server.quota = 10**9
        self.server.banned_until.clear()
        for computer in self.computers:
            computer.crash()
            computer.signed_in = True
            with computer.store.locked() as writer:
                writer.execute("DELETE FROM quota")
        for number in range(rounds):
            want = Want(full=number == rounds - 2)
            self.t += 400
            self.server.tick()
            for computer in self.computers:
                computer.engine.line.retry_at = None
                computer.engine.confirm()
                computer.finish(want)


def run(seed, steps=120, **options):
    """Lives one history; returns what was wrong with it, and the world as it was left."""
    world = World(seed, **options)
    try:
        for _ in range(steps):
            world.happen()
        world.settle()
        return judge(world), world
    finally:
        world.close()


__all__ = ["HOUR", "ORG", "World", "run", "schema"]
