"""On a paid plan a workspace is asked whether there is news; what it says is never taken over."""

from contextlib import contextmanager

from tests.sync.fake_track import WS, stamp
from tests.sync.scene import add, at_rest, edit, failing, scene, start, sync, web_add
from toggl_desktop.domain import commands
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.sync.engine import ECHO_SECONDS
from toggl_desktop.sync.lookout import BEAT_SECONDS, REST_SECONDS
from toggl_desktop.sync.timetable import BREATH_SECONDS, VISIBLE_SECONDS


@contextmanager
def on_plan(*, premium=True):
    with scene() as (world, a):
        world.server.rows["workspace"][WS]["premium"] = premium
        sync(a, seconds=1801)
        a.store.feed.subscribe(a.engine.changed)
        a.engine.next_want()
        yield world, a


def live(world, a, seconds):
    """Lets the engine turn by its own timetable for so long."""
    until = world.t + seconds
    while world.t + a.engine.wait() < until:
        world.t += a.engine.wait()
        a.finish(a.engine.next_want())
    world.t = max(until, world.t)


def asked(world, *names):
    return sum(world.server.counts.by_call.get(name, 0) for name in names)


def glances(world):
    return asked(world, "activity", "edited")


def test_without_a_paid_plan_and_out_of_sight_nothing_is_asked():
    with on_plan(premium=False) as (world, a):
        live(world, a, 600)
        assert glances(world) == 0
    with on_plan() as (world, a):
        a.engine.timetable.in_sight = lambda: False
        live(world, a, 600)
        assert glances(world) == 0


def test_what_runs_elsewhere_is_seen_within_two_beats_and_by_reading_it():
    with on_plan() as (world, a):
        live(world, a, BEAT_SECONDS)
        body = {"description": "elsewhere", "start": stamp(int(world.t)), "stop": None}
        world.server.create("time_entry", body, ("web", "elsewhere"))
        reads = asked(world, "since")
        live(world, a, 2 * BEAT_SECONDS + BREATH_SECONDS + 10)
        assert [e.description for e in a.entries()] == ["elsewhere"]
        assert asked(world, "since") == reads + 1
        before = glances(world)
        live(world, a, 4 * BEAT_SECONDS)  # it is known now: nothing more is read for it
        assert glances(world) - before >= 3
        assert asked(world, "since") == reads + 1


def test_an_old_entry_that_was_edited_elsewhere_is_seen_too():
    with on_plan() as (world, a):
        row = web_add(world, "old", start=int(world.t) - 500_000)
        sync(a, seconds=60)
        live(world, a, 2 * BEAT_SECONDS)
        world.server.update("time_entry", row["id"], {"description": "edited"})
        live(world, a, 2 * BEAT_SECONDS + BREATH_SECONDS + 10)
        assert [e.description for e in a.entries()] == ["edited"]


def test_what_was_done_here_is_no_news():
    with on_plan() as (world, a):
        one = add(a, "mine")
        start(a, "runs")
        live(world, a, 60)
        edit(a, one, description="mine too")
        live(world, a, 60)
        reads = asked(world, "since")
        live(world, a, 3 * BEAT_SECONDS)
        assert asked(world, "since") == reads
        a.do(commands.StopTimer())
        at_rest(world)


def test_news_that_reading_does_not_bring_is_told_of_once():
    with on_plan() as (world, a):
        begun, done = stamp(world.t - 60), stamp(world.t)
        ghost = {
            "description": "ghost", "project_id": None, "task_id": None, "tag_ids": [],
            "billable": False,
            "time_entries": [{"id": 77, "start": begun, "stop": done, "at": done}],
        }  # fmt: skip

        async def edited(_page):
            return await a.api._call("org", "edited", lambda: [ghost])

        a.api.edited = edited
        reads = asked(world, "since")
        live(world, a, VISIBLE_SECONDS + 4 * BEAT_SECONDS)
        assert asked(world, "since") <= reads + 2
        assert a.entries() == []


def test_a_refusal_is_quiet_and_is_not_asked_for_again():
    with on_plan() as (world, a):

        async def activity(_workspace):
            raise world.server._refuse(403, "Only admins see it", "GET")

        a.api.activity = activity
        live(world, a, 1000)
        assert a.engine.state.phase is Phase.RESTING
        assert (WS, "activity") in a.engine.lookout._off
        assert asked(world, "edited") >= 2


def test_a_server_in_trouble_is_left_alone_for_a_while():
    with on_plan() as (world, a):
        live(world, a, BEAT_SECONDS / 2)
        with failing(world, "GET", status=503):
            world.t += BEAT_SECONDS
            a.finish(a.engine.next_want())
        now = a.clock.now().boot
        assert a.engine.lookout.due(a.store.source, now) >= now + REST_SECONDS - BEAT_SECONDS


def test_half_of_the_limit_is_left_to_what_a_person_does():
    with on_plan() as (world, a):
        live(world, a, 2 * BEAT_SECONDS)
        scope = f"organization {world.server.rows['workspace'][WS]['organization_id']}"
        now, wall = a.clock.now(), a.clock.wall()
        while a.engine.line.left(scope) > 120:
            a.engine.line._keep(a.engine.line._ledger.sending(scope, now, wall))
        before = glances(world)
        live(world, a, 4 * BEAT_SECONDS)
        assert glances(world) == before


def test_a_glance_that_finds_nothing_is_not_told_to_anybody():
    with on_plan() as (world, a):
        live(world, a, 30)
        told = []
        a.engine.listener = told.append
        before = glances(world)
        live(world, a, BEAT_SECONDS + 5)
        assert glances(world) > before
        assert told == []


def test_just_after_sending_news_is_taken_for_its_echo():
    with on_plan() as (world, a):
        add(a, "mine")
        live(world, a, 10)
        wait = a.engine.wait()
        world.t = a.clock.began + a.engine.sender.sent_at + ECHO_SECONDS - 1
        a.engine.hear()
        assert a.engine.wait() > BREATH_SECONDS
        world.t += 2
        a.engine.hear()
        assert a.engine.wait() < wait
