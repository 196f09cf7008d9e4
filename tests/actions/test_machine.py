"""Whatever is done in whatever order, under whatever clock: one runs, and all can be undone."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
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


class Person(RuleBasedStateMachine):
    """Somebody who does anything the program offers, on a machine with a bad clock."""

    entries = Bundle("entries")
    projects = Bundle("projects")
    tags = Bundle("tags")
    tasks = Bundle("tasks")
    clients = Bundle("clients")

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp(prefix="toggl-machine-"))
        self.store = make_store(self.folder)
        self.clock = FakeClock()

    def teardown(self):
        try:
            self.goes_all_the_way_back_and_forth()
            self.store.close()
        finally:
            shutil.rmtree(self.folder)

    def does(self, command):
        """Does it; when it is refused, nothing may have changed. Returns what it made."""
        before = dump(self.store.place.database)
        outcome = perform(self.store, command, self.clock.now(), "Europe/Berlin")
        if outcome.error is not None:
            assert isinstance(outcome.error, KnownError)
            assert dump(self.store.place.database) == before
            return multiple()
        return outcome.changes

    def made(self, kind, command):
        known = {lid for (lid,) in self.store.source.rows(f"SELECT lid FROM {kind}")}
        changes = self.does(command)
        now = {lid for (lid,) in self.store.source.rows(f"SELECT lid FROM {kind}")}
        assert changes == multiple() or changes is not None
        return multiple(*sorted(now - known))

    # What can be done ---------------------------------------------------------------------

    @rule(target=projects, name=texts, colored=flags)
    def add_project(self, name, colored):
        color = "#d94182" if colored else None
        return self.made("project", ask.AddProject(name, color=color, billable=colored))

    @rule(target=projects, client=clients)
    def add_project_of_client(self, client):
        return self.made("project", ask.AddProject("Of client", client))

    @rule(target=clients, name=texts)
    def add_client(self, name):
        return self.made("client", ask.AddClient(name))

    @rule(target=tags, name=texts)
    def add_tag(self, name):
        return self.made("tag", ask.AddTag(name))

    @rule(target=tasks, project=projects, name=texts)
    def add_task(self, project, name):
        return self.made("task", ask.AddTask(name, project))

    @rule(target=entries, text=texts, billable=st.none() | flags)
    def start(self, text, billable):
        return self.made("time_entry", ask.StartTimer(text, billable=billable))

    @rule(target=entries, project=projects, tag=tags)
    def start_on(self, project, tag):
        return self.made("time_entry", ask.StartTimer("On", project, None, (tag,)))

    @rule(target=entries, task=tasks, ago=st.integers(0, 5000), overlaps=choices)
    def start_earlier(self, task, ago, overlaps):
        at = self.clock.wall - ago
        return self.made(
            "time_entry", ask.StartTimer("Earlier", task=task, at=at, overlaps=overlaps)
        )

    @rule(ago=st.none() | offsets)
    def stop(self, ago):
        self.does(ask.StopTimer(None if ago is None else self.clock.wall - ago))

    @rule(target=entries, entry=st.none() | entries, overlaps=choices)
    def go_on(self, entry, overlaps):
        return self.made("time_entry", ask.ContinueEntry(entry, overlaps=overlaps))

    @rule(entry=st.none() | entries)
    def unstop(self, entry):
        self.does(ask.UnstopEntry(entry))

    @rule(target=entries, start=offsets, seconds=st.integers(-5, 4000), text=texts)
    def add(self, start, seconds, text):
        at = self.clock.wall + start
        return self.made("time_entry", ask.AddEntry(at, at + seconds, text))

    @rule(entry=entries, text=texts, start=st.none() | offsets, stop=st.none() | offsets)
    def edit(self, entry, text, start, stop):
        self.does(
            ask.EditEntries(
                (entry,),
                description=text,
                start=ask.UNSET if start is None else self.clock.wall + start,
                stop=ask.UNSET if stop is None else self.clock.wall + stop,
            )
        )

    @rule(some=st.lists(entries, max_size=3), project=projects, tag=tags, off=flags)
    def assign(self, some, project, tag, off):
        self.does(
            ask.EditEntries(
                tuple(some),
                project=None if off else project,
                add_tags=() if off else (tag,),
                remove_tags=(tag,) if off else (),
            )
        )

    @rule(entry=entries, task=tasks)
    def assign_task(self, entry, task):
        self.does(ask.EditEntries((entry,), task=task))

    @rule(target=entries, entry=entries, at=offsets)
    def split(self, entry, at):
        return self.made("time_entry", ask.SplitEntry(entry, self.clock.wall + at))

    @rule(some=st.lists(entries, max_size=3))
    def merge(self, some):
        self.does(ask.MergeEntries(tuple(some)))

    @rule(target=entries, entry=entries)
    def duplicate(self, entry):
        return self.made("time_entry", ask.DuplicateEntry(entry))

    @rule(some=st.lists(entries, max_size=2))
    def delete(self, some):
        self.does(ask.DeleteEntries(tuple(some)))

    @rule(project=projects)
    def delete_project(self, project):
        self.does(ask.DeleteThing("project", project))

    @rule(tag=tags)
    def delete_tag(self, tag):
        self.does(ask.DeleteThing("tag", tag))

    @rule(task=tasks)
    def delete_task(self, task):
        self.does(ask.DeleteThing("task", task))

    @rule(client=clients)
    def delete_client(self, client):
        self.does(ask.DeleteThing("client", client))

    @rule(project=projects, name=texts, client=st.none() | clients, archived=flags)
    def edit_project(self, project, name, client, archived):
        self.does(ask.EditProject(project, name, client=client, archived=archived))

    @rule(entry=entries)
    def favour(self, entry):
        self.does(ask.AddFavourite(entry))

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
    suppress_health_check=list(HealthCheck),
)


class TestPerson(Person.TestCase):
    """Runs the machine."""
