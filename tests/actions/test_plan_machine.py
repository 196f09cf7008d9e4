"""Whatever is done to a plan in whatever order: it stays whole, and all of it can be undone."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.builders import DATA_TABLES, NOW, FakeClock, dump, make_store
from toggl_desktop.actions.perform import Redo, Undo, perform
from toggl_desktop.domain import commands as timer
from toggl_desktop.domain.commands import UNSET
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.store import doctor

TODAY = NOW // 86400 + 719_163

texts = st.sampled_from(["", "API", "Design", "api ", "x" * 40])
days = st.none() | st.integers(TODAY - 40, TODAY + 40)
maybe_day = st.just(UNSET) | days
minutes = st.just(UNSET) | st.none() | st.integers(-10, 1500)
shifts = st.integers(-9, 9)
flags = st.booleans()
which = st.integers(0, 11)
several = st.lists(which, max_size=3)
scopes = st.sampled_from(["one", "following", "all"])
rules = st.sampled_from(["", "every 1 week", "every 3 months until 2027-03-01", "often"])
maybe = st.none() | which


class Planner(RuleBasedStateMachine):
    """Somebody who does anything that a plan offers."""

    @initialize(sample=flags)
    def open(self, sample):
        self.folder = Path(tempfile.mkdtemp(prefix="toggl-planner-"))
        self.store = make_store(self.folder)
        self.clock = FakeClock()
        if sample:
            self.does(ask.AddSamplePlan(TODAY))
        for command in (
            timer.AddProject("Site"),
            timer.AddProject("Shop"),
            ask.AddMember("Ann"),
            ask.AddMember("Bob"),
        ):
            self.does(command)
        self.does(ask.AddGroup("Team", self.some("member", (0, 1))))
        site, shop = self.some("project", (0, 1))
        self.does(ask.AddPlanTask("API", TODAY, TODAY + 2, project=site))
        self.does(ask.AddPlanTask("Design", TODAY + 3, TODAY + 4, project=shop))
        self.does(ask.AddPlanTask("Stand-up", TODAY, TODAY, repeat="every 2 months"))
        self.does(ask.AddPlanTag("urgent", site))

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
            assert outcome.error.sentence.endswith(("changed.", ".")), outcome.error
            assert dump(self.store.place.database) == before
        else:
            assert outcome.changes.step

    def one(self, kind, number):
        """Returns the id of a thing, or of none when there is none of its kind."""
        if number is None:
            return None
        rows = self.store.source.rows(f"SELECT lid FROM {kind} ORDER BY lid")
        return rows[number % len(rows)][0] if rows else "nothing"

    def some(self, kind, numbers):
        return tuple(self.one(kind, number) for number in numbers)

    # What can be done ---------------------------------------------------------------------

    @rule(name=texts, span=st.tuples(days, days), project=maybe, people=several, repeat=rules)
    def add(self, name, span, project, people, repeat):
        self.does(
            ask.AddPlanTask(
                *(name, *span),
                project=self.one("project", project),
                members=self.some("member", people),
                repeat=repeat,
                is_done=name == "API",
            )
        )

    @rule(tasks=several, start=maybe_day, end=maybe_day, scope=scopes, pushes=flags)
    def reschedule(self, tasks, start, end, scope, pushes):
        tasks = self.some("plan_task", tasks)
        self.does(ask.EditPlanTasks(tasks, start=start, end=end, scope=scope, pushes=pushes))

    @rule(task=which, start=minutes, end=minutes, estimate=st.sampled_from([UNSET, None, 60]))
    def set_times(self, task, start, end, estimate):
        self.does(
            ask.EditPlanTasks(
                self.some("plan_task", [task]),
                start_minute=start,
                end_minute=end,
                estimate_minutes=estimate,
            )
        )

    @rule(tasks=several, project=maybe, segment=maybe, scope=scopes)
    def change_project(self, tasks, project, segment, scope):
        self.does(
            ask.EditPlanTasks(
                self.some("plan_task", tasks),
                project=self.one("project", project),
                segment=UNSET if segment is None else self.one("segment", segment),
                scope=scope,
            )
        )

    @rule(tasks=several, status=maybe, done=flags, scope=scopes)
    def change_state(self, tasks, status, done, scope):
        tasks = self.some("plan_task", tasks)
        if status is None:
            self.does(ask.EditPlanTasks(tasks, is_done=done, scope=scope))
        else:
            self.does(ask.EditPlanTasks(tasks, status=self.one("status", status), scope=scope))

    @rule(tasks=several, member=which, tag=maybe, adds=flags)
    def assign(self, tasks, member, tag, adds):
        people = self.some("member", [member])
        tags = () if tag is None else self.some("plan_tag", [tag])
        tasks = self.some("plan_task", tasks)
        if adds:
            self.does(ask.EditPlanTasks(tasks, add_members=people, add_tags=tags))
        else:
            self.does(ask.EditPlanTasks(tasks, remove_members=people, remove_tags=tags))

    @rule(task=which, repeat=rules, scope=scopes)
    def repeat(self, task, repeat, scope):
        tasks = self.some("plan_task", [task])
        self.does(ask.EditPlanTasks(tasks, repeat=repeat, scope=scope))

    @rule(tasks=several, by=shifts, minutes=st.sampled_from([0, 90, -90]), lane=maybe, pushes=flags)
    def move(self, tasks, by, minutes, lane, pushes):
        lanes = {} if lane is None else {"to_member": self.one("member", lane)}
        tasks = self.some("plan_task", tasks)
        self.does(ask.MovePlanTasks(tasks, by, minutes, pushes=pushes, **lanes))

    @rule(tasks=several, segment=which, by=shifts, copies=flags)
    def move_to_segment(self, tasks, segment, by, copies):
        what = ask.CopyPlanTasks if copies else ask.MovePlanTasks
        tasks = self.some("plan_task", tasks)
        self.does(what(tasks, by, to_segment=self.one("segment", segment)))

    @rule(by=shifts, member=maybe, project=maybe)
    def shift(self, by, member, project):
        member, project = self.one("member", member), self.one("project", project)
        self.does(ask.ShiftEverythingAfter(TODAY, by, member, project))

    @rule(task=which, status=maybe, before=maybe)
    def move_on_board(self, task, status, before):
        self.does(
            ask.MoveOnBoard(
                self.one("plan_task", task),
                self.one("status", status),
                self.one("plan_task", before),
            )
        )

    @rule(tasks=several, scope=scopes)
    def delete(self, tasks, scope):
        self.does(ask.DeletePlanTasks(self.some("plan_task", tasks), scope))

    @rule(before=which, after=which)
    def depend(self, before, after):
        before, after = self.some("plan_task", (before, after))
        self.does(ask.AddDependency(before, after))

    @rule(name=texts, day=days, project=maybe, group=maybe)
    def add_milestone(self, name, day, project, group):
        project, group = self.one("project", project), self.one("plan_group", group)
        self.does(ask.AddMilestone(name, day or 0, None, project=project, group=group))

    @rule(milestone=which, group=maybe, day=maybe_day)
    def edit_milestone(self, milestone, group, day):
        milestone, group = self.one("milestone", milestone), self.one("plan_group", group)
        self.does(ask.EditMilestone(milestone, day=day or UNSET, group=group))

    @rule(name=texts, project=which, kind=st.sampled_from(["segment", "status", "tag", "member"]))
    def add_thing(self, name, project, kind):
        project = self.one("project", project)
        self.does(
            {
                "segment": ask.AddSegment(name, project),
                "status": ask.AddStatus(name, project, is_done=len(name) > 9),
                "tag": ask.AddPlanTag(name, project),
                "member": ask.AddMember(name),
            }[kind]
        )

    @rule(member=which, start=days, length=st.integers(-1, 5))
    def take_time_off(self, member, start, length):
        start = start or 0
        self.does(ask.AddTimeOff(self.one("member", member), start, start + length))

    @rule(status=which, done=flags, position=st.integers(0, 4))
    def edit_status(self, status, done, position):
        self.does(ask.EditStatus(self.one("status", status), is_done=done, position=position))

    @rule(group=which, people=several)
    def edit_group(self, group, people):
        group = self.one("plan_group", group)
        self.does(ask.EditGroup(group, members=self.some("member", people)))

    @rule(
        kind=st.sampled_from(
            (
                *("member", "plan_group", "segment", "status", "plan_tag"),
                *("milestone", "time_off", "dependency"),
            )
        ),
        one=which,
    )
    def delete_thing(self, kind, one):
        self.does(ask.DeletePlanThing(kind, self.one(kind, one)))

    @rule(project=which)
    def delete_project(self, project):
        self.does(timer.DeleteThing("project", self.one("project", project)))

    @rule()
    def add_sample(self):
        self.does(ask.AddSamplePlan(TODAY))

    @rule()
    def remove_sample(self):
        self.does(ask.RemoveSamplePlan())

    @rule(days=st.sampled_from([1, 200]))
    def time_passes(self, days):
        self.clock.advance(days * 86400)
        self.does(ask.ContinueSeries())

    @rule()
    def undo(self):
        self.does(Undo())

    @rule()
    def redo(self):
        self.does(Redo())

    # What always holds --------------------------------------------------------------------

    @invariant()
    def all_promises_hold(self):
        if hasattr(self, "store"):
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
        self.all_promises_hold()


Planner.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    # Each step compares whole files: making a failure smaller would outlast the test's time.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


class TestPlanner(Planner.TestCase):
    """Runs the machine."""
