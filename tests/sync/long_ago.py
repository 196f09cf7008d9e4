"""Entries older than what Track lists, in a history: there from the beginning, and asked for.

What happens here is drawn from a random number generator of its own, so that histories without such
entries are what they always were.
"""

from contextlib import suppress

from tests.sync.fake_track import stamp
from toggl_desktop.domain import commands
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.sync import older

DAY = 86_400
FIRST = 120
"""So many days ago is the newest of them."""

WEIGHTS = {"bring": 5, "give_up": 2, "add_old": 1, "edit_old": 1}
OFTEN = 0.06


class LongAgo:
    """What happens to them; the world's state is in `World`."""

    def fill_long_ago(self):
        """Somebody has been with Toggl for years."""
        if not self.old:
            return
        project = self.server.create("project", {"name": "Long ago"}, ("web", "Long ago"))
        for number in range(self.old):
            start, text = int(self.t) - (FIRST + 5 * number) * DAY, f"long ago {number}"
            body = {
                "description": text, "start": stamp(start), "stop": stamp(start + 60),
                "project_id": project["id"] if number % 2 else None,
            }  # fmt: skip
            row = self.server.create("time_entry", body, ("web", text))
            self.server.is_from(row["id"], start + 60)
            self.edits[text] = None

    def happen_long_ago(self):
        """Now and then somebody wants them, wants no more of them, or works on one."""
        if self.old and self.aside.random() < OFTEN:
            what = self.aside.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            self.counts[what] += 1
            getattr(self, what)(self.aside.choice(self.computers))

    def bring(self, computer):
        with suppress(KnownError):
            older.begin(computer.engine.cycle())

    def give_up(self, computer):
        with suppress(KnownError):
            computer.engine.stop_older()

    def add_old(self, computer):
        """Somebody writes down what they did back then."""
        self.tokens += 1
        text, start = f"v{self.tokens}", int(self.t) - (FIRST + self.aside.randrange(90)) * DAY
        if computer.do(commands.AddEntry(start, start + 60, text)).error is None:
            self.edits[text] = None

    def edit_old(self, computer):
        brought = [e for e in computer.entries() if e.start < self.t - (FIRST - 1) * DAY]
        if brought:
            one = self.aside.choice(brought)
            self.tokens += 1
            text = f"v{self.tokens}"
            self._touch(computer, one.lid)
            if computer.do(commands.EditEntries((one.lid,), text)).error is None:
                self.edits[text] = one.description

    def want_all(self):
        """At the end everybody wants everything."""
        for computer in self.computers if self.old else ():
            self.bring(computer)

    def lacking(self):
        """Returns who did not get it."""
        return [
            f"{computer.name}: older entries did not come"
            for computer in self.computers
            if self.old and older.is_wanted(computer.store.source)
        ]
