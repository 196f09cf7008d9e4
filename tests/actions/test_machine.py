"""Whatever is done in whatever order, under whatever clock: one runs, and all can be undone."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from tests.support.builders import DATA_TABLES, FakeClock, dump, make_store
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain import commands as ask
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.store import doctor
from toggl_desktop.store.database import Store

texts = st.sampled_from(["", "Write", "Call", "write ", "x" * 40])
offsets = st.integers(-7200, 7200)
choices = st.sampled_from(["ask", "trim", "keep"])
flags = st.booleans()
which = st.integers(0, 11)
"""Which of the things there are, deleted ones too: counted round."""


class Person(RuleBasedStateMachine):
    """Somebody who does anything the program offers, on a machine with a bad clock."""

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp(prefix="toggl-machine-"))
        self.store = make_store(self.folder)
        self.clock = FakeClock()
        for command in (
            ask.AddClient("Acme"),
            ask.AddProject("Site", new_client="Other", billable=True),
            ask.AddProject("Shop"),
            ask.AddTag("deep"),
        ):
            self.does(command)
        self.does(ask.AddTask("Draw", self.one("project", 0)))
        self.does(ask.AddTask("Cook", self.one("project", 1)))
        self.does(ask.StartTimer("Draw", task=self.one("task", 0), tags=(self.one("tag", 0),)))
        self.clock.advance(3600)

    def teardown(self):
        try:
            self.goes_all_the_way_back_and_forth()
            self.store.close()
        finally:
            shutil.rmtree(self.folder)

    def does(self, command):
        """Does it; when it is refused, nothing may have changed."""
        before = dump(self.store.place.database)
        outcome = perform(self.store, command, self.clock.now(), "Europe/Berlin")
        if outcome.error is not None:
            assert isinstance(outcome.error, KnownError)
            assert dump(self.store.place.database) == before

    def one(self, kind, number):
        """Returns the id of a thing, or of none when there is none of its kind."""
        rows = self.store.source.rows(f"SELECT lid FROM {kind} ORDER BY lid")
        return rows[number % len(rows)][0] if rows else "nothing"

    def some(self, kind, numbers):
        return tuple(self.one(kind, number) for number in numbers)

    # What can be done ---------------------------------------------------------------------

    @rule(name=texts, client=st.none() | which, colored=flags)
    def add_project(self, name, client, colored):
        client = None if client is None else self.one("client", client)
        color = "#d94182" if colored else None
        self.does(ask.AddProject(name, client, color, billable=colored))

    @rule(name=texts)
    def add_client(self, name):
        self.does(ask.AddClient(name))

    @rule(name=texts)
    def add_tag(self, name):
        self.does(ask.AddTag(name))

    @rule(project=which, name=texts)
    def add_task(self, project, name):
        self.does(ask.AddTask(name, self.one("project", project)))

    @rule(text=texts, billable=st.none() | flags)
    def start(self, text, billable):
        self.does(ask.StartTimer(text, billable=billable))

    @rule(project=which, tags=st.lists(which, max_size=2))
    def start_on(self, project, tags):
        project, tags = self.one("project", project), self.some("tag", tags)
        self.does(ask.StartTimer("On", project, None, tags))

    @rule(task=which, ago=st.integers(0, 5000), overlaps=choices)
    def start_earlier(self, task, ago, overlaps):
        at, task = self.clock.wall - ago, self.one("task", task)
        self.does(ask.StartTimer("Earlier", task=task, at=at, overlaps=overlaps))

    @rule(ago=st.none() | offsets)
    def stop(self, ago):
        self.does(ask.StopTimer(None if ago is None else self.clock.wall - ago))

    @rule(entry=st.none() | which, overlaps=choices)
    def go_on(self, entry, overlaps):
        entry = None if entry is None else self.one("time_entry", entry)
        self.does(ask.ContinueEntry(entry, overlaps=overlaps))

    @rule(entry=st.none() | which)
    def unstop(self, entry):
        self.does(ask.UnstopEntry(None if entry is None else self.one("time_entry", entry)))

    @rule(start=offsets, seconds=st.integers(-5, 4000), text=texts)
    def add(self, start, seconds, text):
        at = self.clock.wall + start
        self.does(ask.AddEntry(at, at + seconds, text))

    @rule(entry=which, text=texts, start=st.none() | offsets, stop=st.none() | offsets)
    def edit(self, entry, text, start, stop):
        self.does(
            ask.EditEntries(
                (self.one("time_entry", entry),),
                description=text,
                start=ask.UNSET if start is None else self.clock.wall + start,
                stop=ask.UNSET if stop is None else self.clock.wall + stop,
            )
        )

    @rule(some=st.lists(which, max_size=3), project=which, tag=which, off=flags)
    def assign(self, some, project, tag, off):
        tags = (self.one("tag", tag),)
        self.does(
            ask.EditEntries(
                self.some("time_entry", some),
                project=None if off else self.one("project", project),
                add_tags=() if off else tags,
                remove_tags=tags if off else (),
            )
        )

    @rule(entry=which, task=which)
    def assign_task(self, entry, task):
        self.does(ask.EditEntries((self.one("time_entry", entry),), task=self.one("task", task)))

    @rule(entry=which, share=st.floats(0, 1))
    def split(self, entry, share):
        rows = self.store.source.rows(
            "SELECT start, coalesce(stop, ?) FROM time_entry WHERE lid = ?",
            (self.clock.wall, self.one("time_entry", entry)),
        )
        for low, high in rows:
            at = low + int((high - low) * share)
            self.does(ask.SplitEntry(self.one("time_entry", entry), at))

    @rule(some=st.lists(which, max_size=3))
    def merge(self, some):
        self.does(ask.MergeEntries(self.some("time_entry", some)))

    @rule(entry=which)
    def duplicate(self, entry):
        self.does(ask.DuplicateEntries((self.one("time_entry", entry),)))

    @rule(some=st.lists(which, max_size=2))
    def delete(self, some):
        self.does(ask.DeleteEntries(self.some("time_entry", some)))

    @rule(kind=st.sampled_from(["project", "client", "tag", "task", "favourite"]), one=which)
    def delete_thing(self, kind, one):
        self.does(ask.DeleteThing(kind, self.one(kind, one)))

    @rule(project=which, name=texts, client=st.none() | which, archived=flags)
    def edit_project(self, project, name, client, archived):
        client = None if client is None else self.one("client", client)
        project = self.one("project", project)
        self.does(ask.EditProject(project, name, client=client, archived=archived))

    @rule(entry=which)
    def favour(self, entry):
        self.does(ask.AddFavourite(self.one("time_entry", entry)))

    @rule(fields=st.sets(st.sampled_from(["description", "project", "tag", "task"]), max_size=1))
    def require(self, fields):
        self.does(ask.EditWorkspace("local", required=tuple(fields)))

    @rule()
    def undo(self):
        self.does(Undo())

    @rule()
    def redo(self):
        self.does(Redo())

    # What happens -------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([0, 1, 60, 3600, 40 * 3600]))
    def time_passes(self, seconds):
        self.clock.advance(seconds)

    @rule(seconds=st.sampled_from([2, -2, 3600, -3600, 365 * 86400, -365 * 86400]))
    def clock_jumps(self, seconds):
        self.clock.jump(seconds)

    @rule()
    def machine_reboots(self):
        self.clock.reboot()

    @rule()
    def program_starts_again(self):
        self.store.close()
        self.store = Store(self.store.place)

    # What always holds --------------------------------------------------------------------

    @invariant()
    def all_promises_hold(self):
        if not hasattr(self, "store"):
            return
        running = "SELECT count(*) FROM time_entry WHERE stop IS NULL AND deleted = 0"
        assert self.store.source.value(running) <= 1
        found = doctor.examine(self.store.place, self.store._reading(), full=True)
        assert found == doctor.Findings([], [])

    def rows(self):
        return {name: self.store.source.rows(f"SELECT * FROM {name}") for name in DATA_TABLES}

    def goes_all_the_way_back_and_forth(self):
        """Undo to the beginning and redo to the end lead through the same states both ways."""

        def turn(command):
            outcome = perform(self.store, command, self.clock.now())
            if outcome.error is not None:
                assert isinstance(outcome.error, NothingToDoError), outcome.error
                return False
            assert outcome.changes.notice is None, "nobody else changed anything"
            return True

        while turn(Redo()):
            pass
        states = [self.rows()]
        while turn(Undo()):
            states.append(self.rows())
        alive = " UNION ALL ".join(
            f"SELECT lid FROM {name} WHERE deleted = 0" for name in DATA_TABLES
        )
        assert self.store.source.rows(alive) == [("local",)]
        for state in reversed(states[:-1]):
            assert turn(Redo())
            assert self.rows() == state
        assert not turn(Redo())
        for state in states[1:]:
            assert turn(Undo())
            assert self.rows() == state
        self.all_promises_hold()


Person.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    # Each step compares whole files: making a failure smaller would outlast the test's time.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


class TestPerson(Person.TestCase):
    """Runs the machine."""
