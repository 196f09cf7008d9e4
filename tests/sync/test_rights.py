"""What a workspace allows: known before saving, kept and waiting here, never sent to be refused."""

import pytest

from tests.sync import scene as play
from tests.sync.fake_track import ORG, WS, stamp
from tests.sync.scene import add, at_rest, delete, edit, entry, failing, scene, start, sync, texts
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import Workspace
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.store import tables
from toggl_desktop.store.read import rights, status
from toggl_desktop.store.read.problems import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.engine import Want

HALF_A_DAY = 12 * 3600
OTHER = 7002


def ruled(world, *computers, ws=WS, **rules):
    """Gives a workspace rules, and lets everybody hear of them."""
    world.server.rows["workspace"][ws].update(rules)
    for computer in computers:
        sync(computer, seconds=HALF_A_DAY)


def requires(*fields):
    return {"te_constraints": {"time_entry_constraints_enabled": True}
            | {f"{field}_present": True for field in fields}}  # fmt: skip


def member(**rules):
    return {"admin": False, "role": "user", "business_ws": True, "premium": True} | rules


def second(world):
    """Makes another workspace, with a project in it."""
    world.server.rows["workspace"][OTHER] = {
        "id": OTHER, "organization_id": ORG, "name": "Acme", "admin": True, "at": stamp(world.t),
    }  # fmt: skip
    body = {"name": "Rockets", "workspace_id": OTHER}
    return world.server.create("project", body, ("web", "rockets"))


def project_of(computer, name):
    return next(p.lid for p in computer.projects() if p.name == name)


# Required fields ------------------------------------------------------------------------------


@pytest.mark.parametrize("home", ["joined", "new"])
def test_required_fields_stand_in_the_row_when_the_workspace_first_comes(home):
    with scene() as (world, a):
        if home == "new":
            second(world)
            world.server.rows["workspace"][OTHER].update(requires("tag"))
            sync(a, seconds=HALF_A_DAY)
        else:
            ruled(world, a, **requires("tag"))
        name = {"joined": "Work", "new": "Acme"}[home]
        (row,) = tables.load(a.store.source, Workspace, "WHERE name = ?", (name,))
        assert row.required == ("tag",)


def test_an_entry_that_lacks_a_required_field_is_kept_waits_and_says_why():
    with scene() as (world, a):
        ruled(world, a, **requires("project"))
        command = commands.AddEntry(a.clock.wall() - 600, a.clock.wall(), "work")
        outcome = a.do(command)
        assert outcome.error is None
        assert "requires a project on every entry. It is kept here" in outcome.changes.notice
        one = play.lid(a, "work")
        before = world.server.counts.writes
        sync(a, seconds=10)
        assert world.server.counts.writes == before
        assert play.hold_of(a, one)["reason"] == "rule"
        (problem,) = problems(a.store.source)
        assert (problem.reason, problem.title) == ("rule", "work")
        assert a.store.check(full=True) == []

        made = next(iter(a.do(commands.AddProject("Acme")).changes.ids("project")))
        edit(a, one, project=made)
        assert play.hold_of(a, one) == {}
        at_rest(world)
        assert texts(world) == ["work"]


def test_what_runs_may_still_get_what_is_required():
    with scene() as (world, a):
        ruled(world, a, **requires("tag"))
        one = start(a, "work")
        sync(a)
        assert texts(world) == ["work"]
        assert a.do(commands.StopTimer()).changes.notice
        assert play.hold_of(a, one)["reason"] == "rule"


def test_a_rule_that_is_lifted_lets_go_of_what_waited_for_it():
    with scene() as (world, a):
        ruled(world, a, **requires("project"))
        add(a, "work")
        sync(a)
        ruled(world, a, te_constraints=None)
        at_rest(world)
        assert texts(world) == ["work"]
        assert problems(a.store.source) == []


def test_a_person_may_say_that_it_is_to_be_tried_all_the_same():
    with scene() as (world, a):
        ruled(world, a, **requires("project"))
        one = add(a, "work")
        sync(a)
        (problem,) = problems(a.store.source)
        deciding.decide(a.store, problem, "retry", a.clock.wall())
        with failing(world, "POST", status=400, text="please add a project"):
            sync(a)
        assert play.hold_of(a, one)["text"] == "please add a project"
        assert play.hold_of(a, one)["reason"] == "refused"


# Locked time ----------------------------------------------------------------------------------


def locked(world, computer, before, **who):
    world.server.locked[WS] = stamp(before)
    ruled(world, computer, **(who or member()))


@pytest.mark.parametrize("verb", ["create", "edit", "move", "delete"])
def test_locked_time_is_kept_here_and_waits(verb):
    with scene() as (world, a):
        some = add(a, "old", start=a.clock.wall() - 86_400)
        sync(a)
        locked(world, a, world.t - 3600)
        before = world.server.counts.writes
        if verb == "create":
            some = add(a, "new", start=a.clock.wall() - 40_000 - HALF_A_DAY)
        elif verb == "edit":
            edit(a, some, description="changed")
        elif verb == "move":
            edit(a, some, start=a.clock.wall() - 60, stop=a.clock.wall())
        else:
            delete(a, some)
        sync(a)
        assert world.server.counts.writes == before
        assert "is locked: no time before" in play.hold_of(a, some)["text"]
        world.server.locked.clear()
        sync(a, seconds=HALF_A_DAY)
        at_rest(world)
        assert problems(a.store.source) == []


def test_admins_and_time_after_the_lock_are_free():
    with scene() as (world, a):
        locked(world, a, world.t - 3600)
        add(a, "today")
        at_rest(world)
        locked(world, a, world.t - 60, admin=True)
        asked = world.server.counts.by_call["preferences"]
        add(a, "an admin's", start=a.clock.wall() - 9000)
        at_rest(world)
        assert texts(world) == ["an admin's", "today"]
        assert world.server.counts.by_call["preferences"] == asked


def test_a_lock_is_asked_for_four_times_a_day_where_it_can_be_and_else_never():
    with scene() as (world, a):
        sync(a, seconds=HALF_A_DAY)
        assert "preferences" not in world.server.counts.by_call
        ruled(world, a, **member())
        for _ in range(5):
            sync(a, seconds=600)
        assert world.server.counts.by_call["preferences"] == 1


# Who may make things ---------------------------------------------------------------------------


def test_a_project_that_only_admins_may_make_waits_with_what_is_on_it():
    with scene() as (world, a):
        ruled(world, a, **member(only_admins_may_create_projects=True))
        assert not rights.of_project(a.store.source, None).creates_projects
        outcome = a.do(commands.AddProject("Mine"))
        assert outcome.changes.notice.startswith("Only admins may create projects in “Work”.")
        made = next(iter(outcome.changes.ids("project")))
        add(a, "on it", project=made)
        sync(a, seconds=10)
        assert world.server.live("project") == []
        assert play.hold_of(a, made, "project")["reason"] == "rule"
        ruled(world, a, only_admins_may_create_projects=False)
        at_rest(world)
        assert texts(world) == ["on it"]


def test_a_tag_that_only_admins_may_make_waits():
    with scene() as (world, a):
        ruled(world, a, **member(only_admins_may_create_tags=True))
        a.do(commands.AddTag("mine"))
        sync(a, seconds=10)
        assert world.server.live("tag") == []
        ruled(world, a, admin=True)
        at_rest(world)
        assert [t["name"] for t in world.server.live("tag")] == ["mine"]


# A workspace that is lost (R56) -----------------------------------------------------------------


@pytest.fixture
def lost():
    """A computer with an entry in a second workspace, and the way to lose that."""
    with scene() as (world, a):
        second(world)
        sync(a, seconds=HALF_A_DAY)
        one = add(a, "in acme", project=project_of(a, "Rockets"))
        sync(a)
        yield world, a, one


def lose(world, computer, times=2):
    world.server.closed.add(OTHER)
    for _ in range(times):
        sync(computer, seconds=HALF_A_DAY)


def test_missing_once_is_nothing_missing_twice_is_no_access(lost):
    world, a, one = lost
    lose(world, a, times=1)
    assert problems(a.store.source) == []
    assert a.do(commands.EditEntries((one,), description="edited")).error is None
    before = world.server.counts.by_call["me"]
    with failing(world, "PUT", times=9):
        sync(a, seconds=60)
    assert world.server.counts.by_call["me"] == before + 1
    (problem,) = problems(a.store.source)
    assert (problem.kind, problem.reason, problem.title) == ("workspace", "no access", "Acme")


def test_nobody_decides_here_that_a_lost_workspace_is_open(lost):
    world, a, _ = lost
    lose(world, a)
    (problem,) = problems(a.store.source)
    for verb in ("retry", "mine", "theirs", "drop"):
        with pytest.raises(RefusedError, match="Only somebody who runs it"):
            deciding.decide(a.store, problem, verb, a.clock.wall())
    assert problems(a.store.source) == [problem]


def test_rows_of_a_lost_workspace_stay_and_can_only_be_read(lost):
    world, a, one = lost
    lose(world, a, times=4)
    for command in (
        commands.EditEntries((one,), description="edited"),
        commands.DeleteEntries((one,)),
        commands.SplitEntry(one, entry(a, one).start + 10),
        commands.EditProject(project_of(a, "Rockets"), name="Boats"),
        commands.DeleteThing("project", project_of(a, "Rockets")),
    ):
        refused = a.do(command).error
        assert "no access to “Acme” any more" in refused.sentence
    sync(a, Want(full=True), seconds=86_400)
    sync(a, Want(full=True), seconds=86_400)
    assert entry(a, one).description == "in acme"
    assert not entry(a, one).deleted


def test_what_waits_for_a_lost_workspace_waits_as_one_problem(lost):
    world, a, _ = lost
    running = start(a, "runs", project=project_of(a, "Rockets"))
    sync(a)
    lose(world, a)
    stopped = a.do(commands.StopTimer())
    assert stopped.error is None
    assert "no access" in stopped.changes.notice
    for number in range(3):
        add(a, f"new {number}", project=project_of(a, "Rockets"))
    add(a, "elsewhere")
    before = world.server.counts.writes
    sync(a)
    assert world.server.counts.writes == before + 1
    assert play.hold_of(a, running)["reason"] == "no access"
    assert [p.reason for p in problems(a.store.source)] == ["no access"]
    assert a.store.check(full=True) == []
    from datetime import UTC

    assert status.read(a.store.source, a.clock.wall(), UTC).problems == 1


def test_a_workspace_that_is_back_is_read_whole_and_everything_goes_on(lost):
    world, a, one = lost
    lose(world, a)
    add(a, "waited", project=project_of(a, "Rockets"))
    world.t += 40
    world.server.closed.clear()
    play.web_edit(world, play.rid_of(a, one), description="changed meanwhile")
    world.server.closed.add(OTHER)
    sync(a, seconds=3 * HALF_A_DAY)  # the cursor passes that change
    add(a, "later")
    sync(a)
    world.server.closed.clear()
    whole = world.server.counts.by_call["between"]
    sync(a, seconds=HALF_A_DAY)
    assert world.server.counts.by_call["between"] == whole + 1
    assert entry(a, one).description == "changed meanwhile"
    at_rest(world)
    assert "waited" in texts(world)
    assert problems(a.store.source) == []


def test_a_refusal_that_names_the_workspace_lets_the_list_be_looked_at_at_once(lost):
    world, a, one = lost
    world.server.closed.add(OTHER)
    edit(a, one, description="edited")
    sync(a, seconds=40)
    assert play.hold_of(a, one)["text"] == "cannot access workspace"
    sync(a, seconds=40)
    (problem, *_) = [p for p in problems(a.store.source) if p.kind == "workspace"]
    assert problem.reason == "no access"


def test_no_workspace_at_all_is_no_answer(lost):
    world, a, one = lost
    world.server.closed |= {WS, OTHER}
    for _ in range(3):
        state = sync(a, seconds=HALF_A_DAY)
        assert state.phase.value == "trouble"
    assert problems(a.store.source) == []
    assert not entry(a, one).deleted
