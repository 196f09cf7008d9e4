"""Everything that can happen in a history: to a computer, in the web page, on the way between them.

Each is a method, so that the seeded simulator draws them by weight and the state machine by rule.
What a person gives up on purpose is written down, for only that may be missing at the end.
"""

from tests.sync.fake_track import HOUR, POISON, WS, stamp
from tests.sync.judge import origin_of
from toggl_desktop.actions import perform
from toggl_desktop.domain import commands
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store import backup
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.mapping import moment

YEAR = 365 * 24 * HOUR
PAUSES = (0, 1, 5, 30, 200)
JUMPS = (2, -2, HOUR, -HOUR, YEAR, -YEAR)
VERBS = {
    "refused": ("retry", "retry", "drop"),
    "duplicate": ("mine", "theirs"),
    "conflict": ("mine", "theirs", "drop"),
    "deleted elsewhere": ("mine", "drop"),
    "undeleted": ("mine", "theirs"),
    "strange": ("drop",),
    "planned": ("mine",),
    "rule": ("retry", "drop"),
    "no access": ("retry", "drop"),
    "server": ("retry", "drop"),
}


class Happenings:
    """What can happen; the world's state is in `World`."""

    # A person -----------------------------------------------------------------------------------

    def create(self, computer, *, runs=None):
        text = self.value()
        project = self.random.choice([*computer.projects(), None])
        lid = None if project is None else project.lid
        runs = self.random.random() < 0.5 if runs is None else runs
        if runs:
            command = commands.StartTimer(text, lid, overlaps="keep")
        else:
            now = computer.clock.wall()
            now -= now % 60 if self.collide else 0
            command = commands.AddEntry(now - 60, now, text, lid)
        if computer.do(command).error is not None:
            self.edits.pop(text, None)

    def add_project(self, computer):
        name = self.random.choice(["P1", "P2", "P3", f"Q{self.tokens}"])
        computer.do(commands.AddProject(name))

    def _pick(self, computer):
        entries = computer.entries()
        return self.random.choice(entries) if entries else None

    def _touch(self, computer, lid):
        origin = origin_of(self, computer, lid)
        if origin[0] != computer.name:
            self.touched.add(origin)

    def edit(self, computer, field="text"):
        one = self._pick(computer)
        if one is None:
            return
        self._touch(computer, one.lid)
        choice = self.random.choice
        if field == "text":
            text = self.value(one.description)
            if computer.do(commands.EditEntries((one.lid,), text)).error is not None:
                self.edits.pop(text, None)
        elif field == "stop":
            if one.stop is not None:
                computer.do(commands.EditEntries((one.lid,), stop=one.stop + choice([1, 30])))
        elif field == "start":
            computer.do(commands.EditEntries((one.lid,), start=one.start - choice([1, 60])))
        elif field == "tags":
            name = choice(["red", "green"])
            computer.do(commands.EditEntries((one.lid,), new_tags=(name,)))
        else:
            project = choice([*(p.lid for p in computer.projects()), None])
            computer.do(commands.EditEntries((one.lid,), project=project))

    def edit_many(self, computer):
        some = tuple(e.lid for e in computer.entries()[:3])
        for lid in some:
            self._touch(computer, lid)
        if some:
            computer.do(commands.EditEntries(some, billable=self.random.random() < 0.5))

    def delete(self, computer):
        one = self._pick(computer)
        if one is None:
            return
        origin = origin_of(self, computer, one.lid)
        bound = computer.binding(one.lid)
        is_held = bound is not None and bound.hold is not None
        if computer.do(commands.DeleteEntries((one.lid,))).error is not None:
            return
        self.deleted_texts.add(one.description)
        if origin[0] == computer.name and not is_held:
            self.must_die.add(origin)

    def delete_project(self, computer):
        if computer.projects():
            project = self.random.choice(computer.projects())
            computer.do(commands.DeleteThing("project", project.lid))

    def stop(self, computer):
        computer.do(commands.StopTimer())

    def unstop(self, computer):
        computer.do(commands.UnstopEntry())

    def go_on(self, computer):
        computer.do(commands.ContinueEntry())

    def undo(self, computer):
        computer.do(perform.Undo())

    def redo(self, computer):
        before = {e.description for e in computer.entries()}
        computer.do(perform.Redo())
        self.deleted_texts |= before - {e.description for e in computer.entries()}

    def answer(self, computer):
        """Decides about one of the problems."""
        found = [p for p in problems.problems(computer.store.source) if p.kind != "workspace"]
        if not found:
            return
        problem = self.random.choice(found)
        verb = self.random.choice(VERBS.get(problem.reason, ("drop",)))
        mine = problem.mine.get("description")
        if problem.kind == "time_entry":
            lid = self._lid_of(computer, problem)
            origin = origin_of(self, computer, lid)
            self.touched.add(origin)
            if problem.reason == "duplicate" and verb == "mine":
                self.kept_both |= {origin, (computer.name, lid)}
        try:
            deciding.decide(computer.store, problem, verb, computer.clock.wall())
        except KnownError:
            return
        if mine is not None and (verb in {"theirs", "drop"} or problem.reason == "undeleted"):
            self.deleted_texts.add(mine)

    def _lid_of(self, computer, problem):
        if not problem.id.startswith("s"):
            return problem.id
        rows = computer.store.source.rows("SELECT lid FROM shelf WHERE id = ?", (problem.id[1:],))
        return rows[0][0]

    # A computer ---------------------------------------------------------------------------------

    def step(self, computer):
        """The engine goes on to one of its next requests, answers or pauses."""
        while (place := computer.step()) not in {"done", "idle"}:
            if self.random.random() > (0.8 if place == "pause" else 0.6):
                return

    def insist(self, computer):
        """A person wants it now: a whole turn, whatever was to be waited for."""
        computer.engine.line.retry_at = None
        computer.finish()

    def crash(self, computer):
        computer.crash()

    def reboot(self, computer):
        computer.reboot()

    def renew(self, computer):
        """The token is put right."""
        computer.signed_in = True

    def sign_out(self, computer):
        computer.new_epoch("Sign out of Toggl Track")
        computer.signed_in = False

    def sign_in(self, computer):
        computer.new_epoch("Sign in to Toggl Track")
        computer.signed_in = True

    def jump_clock(self, computer):
        computer.clock.skew += self.random.choice(JUMPS)

    def fill_disk(self, computer):
        computer.fill_disk()

    def clear_disk(self, computer):
        computer.clear_disk()

    def back_up(self, computer):
        if computer.copy is None:
            target = computer.folder / "copy.sqlite3"
            computer.copy = backup.make(computer.store, computer.clock.wall(), target)

    def restore(self, computer):
        """An older state comes back: what was written since is given up on purpose."""
        if computer.copy is None:
            return
        texts = {e.description for e in computer.entries()}
        try:
            backup.restore(computer.store, computer.copy, computer.clock.wall())
        except KnownError:
            return
        self.overwritten |= texts
        self.must_die.clear()

    # The web page -------------------------------------------------------------------------------

    def web(self, what):
        """Somebody works there who has access, whoever else has lost it."""
        closed, self.server.closed = self.server.closed, set()
        try:
            getattr(self, f"web_{what}")()
        finally:
            self.server.closed = closed

    def web_create(self):
        text = self.value("web")
        self.edits[text] = None
        stop = None if self.random.random() < 0.5 else stamp(int(self.t) + 5)
        body = {"description": text, "start": stamp(int(self.t)), "stop": stop}
        self.server.create("time_entry", body, ("web", self.tokens))

    def web_project(self):
        name = self.random.choice(["P1", "P2", "P3"])
        if name not in {p["name"] for p in self.server.live("project")}:
            self.server.create("project", {"name": name}, ("web", name))

    def web_delete_project(self):
        if self.server.live("project"):
            self.server.delete("project", self.random.choice(self.server.live("project"))["id"])

    def _web_pick(self):
        live = self.server.live()
        row = self.random.choice(live) if live else None
        if row is not None:
            self.touched.add(self.server.origin[row["id"]])
        return row

    def web_edit(self):
        if (row := self._web_pick()) is not None:
            text = self.value(row["description"])
            self.edits[text] = row["description"]
            self.server.update("time_entry", row["id"], {"description": text})

    def web_move(self):
        if (row := self._web_pick()) is not None:
            start = stamp(moment(row["start"]) - 7)
            self.server.update("time_entry", row["id"], {"start": start})

    def web_stop(self):
        for row in self.server.live():
            if row["stop"] is None:
                self.touched.add(self.server.origin[row["id"]])
                stop = stamp(max(moment(row["start"]), int(self.t)))
                self.server.update("time_entry", row["id"], {"stop": stop})

    def web_delete(self):
        live = self.server.live()
        if live:
            row = self.random.choice(live)
            self.deleted_texts.add(row["description"])
            self.server.delete("time_entry", row["id"])

    # Between them -------------------------------------------------------------------------------

    def pass_time(self, seconds):
        self.t += seconds
        self.server.tick()

    def wait_long(self):
        self.pass_time(self.random.choice([HOUR, HOUR, 24 * HOUR]))

    def spend_quota(self):
        """Somebody else's program asks until nothing is left."""
        for scope in ("me", "org"):
            self.server.used[scope] = [self.t] * min(self.server.quota, 1000)
        self.server.quota = min(self.server.quota, 1000)

    def lose_workspace(self):
        self.server.closed.add(WS)

    def regain_workspace(self):
        self.server.closed.clear()


OF_A_COMPUTER = (
    ("step", 46), ("insist", 4), ("create", 10), ("add_project", 4), ("edit text", 6),
    ("edit stop", 2), ("edit start", 2), ("edit project", 2), ("edit tags", 2), ("edit_many", 3),
    ("delete", 3), ("delete_project", 1), ("stop", 1), ("unstop", 1), ("go_on", 2), ("undo", 1),
    ("redo", 1), ("answer", 2), ("crash", 4), ("reboot", 1), ("renew", 5), ("sign_out", 0.2),
    ("sign_in", 1), ("jump_clock", 0.3), ("fill_disk", 0.3), ("clear_disk", 1.5),
    ("back_up", 1), ("restore", 0.4),
)  # fmt: skip
"""What happens to one computer, and how often."""

ELSEWHERE = (
    ("web create", 4), ("web project", 1), ("web delete_project", 0.3), ("web edit", 5),
    ("web move", 1.5), ("web stop", 0.7), ("web delete", 2), ("wait_long", 0.5),
    ("spend_quota", 0.25), ("lose_workspace", 0.15), ("regain_workspace", 0.8),
)  # fmt: skip

__all__ = ["ELSEWHERE", "OF_A_COMPUTER", "PAUSES", "POISON", "WS", "Happenings"]
