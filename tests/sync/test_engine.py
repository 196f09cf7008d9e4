"""When a turn is due, what it is for, and what ends a cycle."""

import asyncio

import pytest

from tests.sync.scene import add, at_rest, edit, failing, scene, start, sync, texts, until, web_add
from toggl_desktop.domain import commands
from toggl_desktop.domain.clock import corrected
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import progress, schema
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.read import servertime
from toggl_desktop.sync.engine import PAUSE_SECONDS, Want
from toggl_desktop.sync.timetable import HIDDEN_SECONDS, VISIBLE_SECONDS


def listening(computer):
    computer.store.feed.subscribe(computer.engine.changed)
    computer.engine.next_want()
    return computer.engine


def test_edits_wait_for_a_breath_and_thirty_seconds_at_most():
    with scene() as (world, a):
        one = add(a, "text")
        sync(a)
        engine = listening(a)
        edit(a, one, description="t")
        assert engine.wait() == 3
        for number in range(14):
            world.t += 2
            edit(a, one, description=f"t{number}")
        assert engine.wait() == 2  # it began twenty-eight seconds ago


def test_a_start_and_a_stop_are_sent_at_once():
    with scene() as (_, a):
        engine = listening(a)
        start(a, "work")
        assert engine.wait() == 0
        engine.next_want()
        assert engine.wait() > 200
        a.do(commands.StopTimer())
        assert engine.wait() == 0


def test_in_sight_it_reads_every_five_minutes_and_looks_when_it_comes_into_sight():
    with scene() as (world, a):
        sync(a)
        engine = listening(a)
        assert VISIBLE_SECONDS - 5 < engine.wait() <= VISIBLE_SECONDS
        engine.timetable.in_sight = lambda: False
        assert HIDDEN_SECONDS - 5 < engine.wait() <= HIDDEN_SECONDS
        world.t += 61
        engine.look()
        assert engine.next_want().pull


def test_a_lost_answer_is_looked_for_as_soon_as_that_can_be_told():
    with scene() as (world, a):
        add(a, "work")
        with failing(world, "POST", commits=True):
            sync(a)
        a.engine.line.retry_at = None
        a.engine.next_want()
        assert 100 < a.engine.wait() <= 122
        world.t += 122
        assert a.engine.wait() == 0
        assert a.engine.next_want().pull
        at_rest(world)


def test_a_hundred_entries_given_the_same_are_one_request():
    with scene() as (world, a):
        for number in range(100):
            web_add(world, f"e{number}", start=int(world.t) - 20_000 + 70 * number)
        sync(a, seconds=10)
        some = [one.lid for one in a.entries()]
        before = world.server.counts.writes
        assert a.do(commands.EditEntries(tuple(some), billable=True)).error is None
        sync(a, seconds=40)
        assert world.server.counts.writes - before == 1
        assert all(row["billable"] for row in world.server.live())


def test_signing_out_in_the_middle_sends_and_saves_nothing_more():
    with scene() as (world, a):
        add(a, "work")
        until(a, "after since")
        with a.store.transaction("Sign out", a.clock.wall()) as tx:
            tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)
        a.finish()
        assert texts(world) == []
        at_rest(world)
        assert texts(world) == ["work"]


def test_a_refused_token_stops_everything_and_loses_nothing():
    with scene() as (world, a):
        add(a, "work")
        with failing(world, "GET", status=401):
            assert sync(a).phase is Phase.SIGN_IN
        assert a.engine.wait() == 900
        at_rest(world)
        assert texts(world) == ["work"]


def test_of_two_processes_one_turns():
    with scene() as (_, a), a.engine._turning.tried() as is_mine:
        assert is_mine
        other = WriteLock(a.place.turn)
        with other.tried() as is_others:
            assert not is_others
        other.close()


def test_the_loop_ends_with_the_account():
    with scene() as (_, a):
        engine = listening(a)
        engine.wake(Want(push=False, pull=False))

        async def until_signed_out():
            running = asyncio.ensure_future(engine.run())
            await asyncio.sleep(0.05)
            with a.store.transaction("Sign out", a.clock.wall()) as tx:
                tx.keep_even_if_empty = True
                tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)
            await asyncio.wait_for(running, 5)

        asyncio.run(until_signed_out())


def test_coming_into_sight_shortens_the_wait_even_when_nothing_is_to_be_read_yet():
    with scene() as (world, a):
        sync(a)
        engine = listening(a)
        engine.timetable.in_sight = lambda: False
        engine._woken.clear()
        world.t += 20
        engine.timetable.in_sight = lambda: True
        engine.look()
        assert engine._woken.is_set()
        assert not engine.next_want().pull
        assert engine.wait() < VISIBLE_SECONDS


def test_the_servers_clock_is_kept_for_everybody_while_this_one_is_wrong():
    with scene() as (world, a):
        assert servertime.known(a.store.source) is None
        a.clock.skew = 300
        assert abs(sync(a, seconds=300).skew_seconds - 300) <= 2
        right = corrected(a.clock.reading(), servertime.known(a.store.source))
        assert abs(right.wall - world.t) <= 2
        a.clock.skew = 0  # somebody sets it right: that counts at once
        assert abs(a.engine.line.skew) <= 2
        assert sync(a, seconds=300).skew_seconds <= 2
        assert servertime.known(a.store.source) is None


def test_one_slow_answer_does_not_move_the_servers_clock():
    with scene() as (_, a):
        for _ in range(3):
            sync(a, seconds=300)
        a.engine.line._offsets.append(a.engine.line._offsets[-1] - 900)
        assert abs(a.engine.line.skew) <= 2


def test_a_limit_that_is_spent_when_the_program_starts_is_said_once_and_waited_for():
    with scene() as (_, a):
        sync(a)
        bucket = a.engine.line._ledger.park("me", 1200, a.clock.now(), a.clock.wall())
        a.engine.line._keep(bucket)
        a.crash()  # and starts anew
        assert a.engine.wait() == 0
        a.finish(a.engine.next_want())
        assert a.engine.state.phase is Phase.QUOTA
        assert a.engine.wait() > 1000


@pytest.mark.parametrize("what", ["_turn", "nothing"])
def test_a_turn_that_leaves_one_due_at_once_lets_the_screen_be_painted(what):
    with scene() as (_, a):
        engine, turns, slept = a.engine, [], []

        async def turn(_want):
            turns.append(1)
            if len(turns) > 3:
                engine.end()
            if what == "_turn":
                raise RuntimeError("unforeseen")

        async def sleep(seconds):
            slept.append(seconds)

        engine.turn, engine._time.sleep, engine.wait = turn, sleep, lambda: 0.0
        asyncio.run(engine.run())
        assert slept == [PAUSE_SECONDS] * 4


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_read_that_is_refused_is_tried_again_with_the_next_regular_one(status):
    with scene() as (world, a):
        listening(a)
        world.t += 300
        with failing(world, "GET", status=status):
            a.finish(a.engine.next_want())
            assert a.engine.wait() > 200
        world.t += 300
        assert a.finish(a.engine.next_want()).phase is Phase.RESTING


def test_a_question_is_asked_once_and_not_read_again_every_moment():
    with scene() as (world, a):
        for number in range(60):
            web_add(world, f"e{number}", start=int(world.t) - 20_000 + 70 * number)
        sync(a, seconds=10)
        for row in world.server.live():
            world.server.delete("time_entry", row["id"])
        listening(a)
        world.t += 300
        assert a.finish(a.engine.next_want()).phase is Phase.ASKING
        assert a.engine.wait() > 200
        a.engine.confirm()
        assert a.engine.wait() == 0
        a.finish(a.engine.next_want())
        assert a.entries() == []


def test_a_long_read_says_how_far_it_is_and_can_be_given_up():
    with scene() as (world, a):
        for number in range(2100):
            web_add(world, f"e{number}", start=int(world.t) - 200_000 + 70 * number)
        told = []
        a.engine.listener = told.append
        with a.store.transaction("Look again", a.clock.wall()) as tx:
            tx.keep_even_if_empty = True
            tx.also += progress.forget_cursors("track")
        until(a, "after between", Want(is_asked=True))
        a.engine.stop_reading()
        a.finish()
        assert a.engine.state.phase is Phase.RESTING
        assert a.entries() == []
        assert a.engine.wait() > 200
        a.finish(Want(is_asked=True))
        assert [state.reading for state in told if state.reading] == [1000, 1999]
        assert told[-1].reading is None
        assert len(a.entries()) == 2100
