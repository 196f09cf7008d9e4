"""Two computers, a web page and a server, driven by Hypothesis: the engine, a real file, any order.

What the seeded histories draw by weight is found here by search, and made short when it fails. It
judges after every step what is on disk, and at the end, when everything works again, whether all
agree and nothing is lost or doubled. `TOGGL_EFFORT` and `TOGGL_STEPS` make it look longer.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.effort import EFFORT, effort
from tests.sync.fake_track import HOUR, Faults
from tests.sync.happenings import PAUSES
from tests.sync.judge import judge, judge_the_shelf
from tests.sync.world import World

STEPS = int(os.environ.get("TOGGL_STEPS", "40"))
who = st.sampled_from([0, 1])
field = st.sampled_from(["text", "text", "stop", "start", "project", "tags"])


class TwoComputers(RuleBasedStateMachine):
    """Every rule of the specification's list (3.2); what one draws by itself follows the seed."""

    world: World

    @initialize(
        seed=st.integers(0, 2**32), collide=st.booleans(), latest=st.sampled_from([80, 20]),
        old=st.sampled_from([0, 0, 3, 55]),
    )  # fmt: skip
    def begin(self, seed, collide, latest, old):
        faults = Faults(latest=latest)
        self.world = World(seed, collide=collide and seed % 2, faults=faults, old=old)
        for computer in self.world.computers:
            self.world.create(computer)
            self.world.insist(computer)

    def at(self, number):
        self.world.server.tick()
        self.world.steps += 1
        return self.world.computers[number]

    # The engine goes on

    @rule(who=who, steps=st.integers(1, 8))
    def goes_on(self, who, steps):
        for _ in range(steps):
            self.world.step(self.at(who))

    @rule(who=who)
    def insists(self, who):
        self.world.insist(self.at(who))

    @rule(seconds=st.sampled_from([*PAUSES, 400, HOUR, 24 * HOUR]))
    def time_passes(self, seconds):
        self.world.pass_time(seconds)

    # A person

    @rule(who=who, runs=st.booleans())
    def creates(self, who, runs):
        self.world.create(self.at(who), runs=runs)

    @rule(who=who, field=field)
    def edits(self, who, field):
        self.world.edit(self.at(who), field)

    @rule(who=who)
    def edits_many(self, who):
        self.world.edit_many(self.at(who))

    @rule(who=who)
    def deletes(self, who):
        self.world.delete(self.at(who))

    @rule(who=who, what=st.sampled_from(["add_project", "add_project", "delete_project"]))
    def changes_projects(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who, what=st.sampled_from(["stop", "unstop", "go_on"]))
    def works_the_timer(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who, what=st.sampled_from(["undo", "redo"]))
    def takes_back(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who)
    def answers_a_problem(self, who):
        self.world.answer(self.at(who))

    @rule(who=who, what=st.sampled_from(["bring", "bring", "give_up", "add_old", "edit_old"]))
    def long_ago(self, who, what):
        getattr(self.world, what)(self.at(who))

    # A computer

    @rule(who=who, what=st.sampled_from(["crash", "crash", "reboot", "jump_clock"]))
    def suffers(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who, what=st.sampled_from(["renew", "sign_out", "sign_in"]))
    def signs(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who, what=st.sampled_from(["fill_disk", "clear_disk"]))
    def disk_is(self, who, what):
        getattr(self.world, what)(self.at(who))

    @rule(who=who, what=st.sampled_from(["back_up", "restore"]))
    def copies(self, who, what):
        getattr(self.world, what)(self.at(who))

    # The web page, and the way there

    @rule(what=st.sampled_from(["create", "edit", "edit", "move", "stop", "delete"]))
    def web(self, what):
        self.at(0)
        self.world.web(what)

    @rule(what=st.sampled_from(["project", "delete_project"]))
    def web_projects(self, what):
        self.at(0)
        self.world.web(what)

    @rule(what=st.sampled_from(["spend_quota", "lose_workspace", "regain_workspace"]))
    def account_is(self, what):
        getattr(self.world, what)()

    # What must hold

    @invariant()
    def one_runs_and_nothing_is_owed(self):
        self.world.look()
        assert self.world.bad == []

    def teardown(self):
        if not hasattr(self, "world"):
            return
        try:
            if not self.world.bad:
                self.world.settle()
                assert judge(self.world) == []
                assert judge_the_shelf(self.world) == []
        finally:
            self.world.close()


TwoComputers.TestCase.settings = settings(
    max_examples=effort(40),
    stateful_step_count=STEPS,
    derandomize=EFFORT == 1,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
TestTwoComputers = pytest.mark.timeout(0 if EFFORT > 1 else 600)(TwoComputers.TestCase)
