"""Much work is done beside the loop: same result, anybody may come in, nothing goes on unseen."""

import asyncio
import gc
import threading

import pytest

from tests.support.builders import NOW, entries_of
from tests.sync.test_wire import WS, Desk
from toggl_desktop.domain.commands import EditEntries, StartTimer
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import journal, progress, schema
from toggl_desktop.sync import pull, tidying, unsent
from toggl_desktop.sync.desk import EpochError
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.hands import MANY, Beside, Here

COUNT = MANY + 150
ASKED = Want(is_asked=True)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.server.burst = None
    desk.engine.work_with(Beside(Here(desk.engine._time)))
    world = desk.server.world
    user = next(iter(world.users))
    for number in range(COUNT):
        fields = {"workspace_id": WS, "user_id": user, "project_id": None, "task_id": None}
        fields |= {"billable": False, "description": f"Entry {number}", "tag_ids": []}
        start = NOW - 86_400 - number * 3600
        world.add("entry", fields | {"start": start, "stop": start + 1800}, start)
    yield desk
    asyncio.run(desk.http.close())
    desk.engine.close()
    desk.store.close()


@pytest.fixture
def parts(monkeypatch):
    """Lets a test see, and hold up, every part of the work on the entries."""
    plain = pull.steps
    seen = []

    class Parts:
        threads = seen
        happen = staticmethod(lambda _number: None)

        def __call__(self, cycle, answer, then):
            for _ in plain(cycle, answer, then):
                if answer.kind == "time_entry" and len(answer.rows) >= MANY:
                    seen.append(threading.get_ident())
                    self.happen(len(seen))
                yield

    made = Parts()
    monkeypatch.setattr(pull, "steps", made)
    return made


def test_much_is_done_beside_the_loop_and_everybody_here_hears_of_it(desk, parts):
    heard = []
    desk.store.feed.subscribe(heard.append)
    assert desk.turn().phase is Phase.RESTING
    assert len(entries_of(desk.store)) == COUNT
    assert set(parts.threads).isdisjoint({threading.get_ident()})
    seqs = [changes.seq for changes in heard if changes.touched]
    assert seqs == sorted(set(seqs))
    assert desk.store.seen == journal.last_seq(desk.store.source)
    assert sum(len(changes.ids("time_entry")) for changes in heard) == COUNT
    before = journal.last_seq(desk.store.source)
    desk.turn()
    assert journal.changes_since(desk.store.source, before) == []


def test_what_many_rows_want_is_found_out_beside_the_loop_too(desk, monkeypatch):
    desk.turn()
    seen = []

    def watched(module, name):
        plain = getattr(module, name)

        def call(*args, **kwargs):
            seen.append((name, threading.get_ident()))
            return plain(*args, **kwargs)

        monkeypatch.setattr(module, name, call)

    watched(unsent, "plan")
    watched(tidying, "tidy")
    lids = tuple(entry.lid for entry in entries_of(desk.store))
    desk.do(EditEntries(lids, description="Same"))
    assert desk.turn().phase is Phase.RESTING
    assert {name for name, _ in seen} == {"plan", "tidy"}
    assert threading.get_ident() not in {thread for _, thread in seen}
    assert {row["description"] for row in desk.server.world.entry.live()} == {"Same"}
    seen.clear()
    desk.turn()
    assert {thread for _, thread in seen} == {threading.get_ident()}


def test_what_a_person_does_meanwhile_is_kept_and_sent(desk, parts):
    desk.turn()
    parts.threads.clear()
    rows = desk.server.world.entry.live()
    for row in rows:
        desk.server.world.change(row, dict(row.now.fields, billable=True), desk.clock.wall)
    last = next(e for e in entries_of(desk.store) if e.description == "Entry 449")
    ready, done = threading.Event(), threading.Event()

    def happen(number):
        if number == 2:
            ready.set()
            assert done.wait(10)

    parts.happen = happen

    async def both():
        desk.clock.advance(31)
        turn = asyncio.ensure_future(desk.engine.turn(ASKED))
        while not ready.is_set():
            await asyncio.sleep(0.001)
        desk.do(EditEntries((last.lid,), description="Mine"))
        desk.do(StartTimer("Now"))
        done.set()
        return await turn

    state = asyncio.run(both())
    assert state.phase is Phase.RESTING
    here = {e.description: e for e in entries_of(desk.store)}
    assert here["Mine"].billable
    assert here["Now"].stop is None
    assert sum(e.billable for e in here.values()) == COUNT
    desk.turn()
    assert {"Mine", "Now"} <= {row["description"] for row in desk.there()}


def test_a_cancelled_turn_leaves_nobody_writing_and_the_next_one_goes_on(desk, parts):
    ready, go_on = threading.Event(), threading.Event()

    def happen(number):
        if number == 3:
            ready.set()
            go_on.wait(10)

    parts.happen = happen

    async def quit_in_between():
        turn = asyncio.ensure_future(desk.engine.turn(ASKED))
        while not ready.is_set():
            await asyncio.sleep(0.001)
        turn.cancel()
        await asyncio.sleep(0)
        assert not turn.done()  # it waits for the part under way
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await turn
        return len(entries_of(desk.store))

    count = asyncio.run(quit_in_between())
    assert 0 < count < COUNT
    assert progress.cursor(desk.store.source, "track", "time_entry").at is None
    parts.happen = lambda _number: None
    desk.turn()
    assert len(entries_of(desk.store)) == COUNT
    assert desk.store.check(full=True) == []


def test_who_signs_out_meanwhile_gets_nothing_more(desk, parts):
    def happen(number):
        if number == 3:
            asyncio.run_coroutine_threadsafe(sign_out(), loop).result(10)

    async def sign_out():
        with desk.store.transaction("Sign out", NOW) as tx:
            tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)

    async def turn():
        nonlocal loop
        loop = asyncio.get_running_loop()
        return await desk.engine.turn(ASKED)

    loop = None
    parts.happen = happen
    asyncio.run(turn())
    assert 0 < len(entries_of(desk.store)) < COUNT


def test_nothing_of_the_loop_s_thread_is_ended_beside_it(desk, parts):
    seen = []
    parts.happen = lambda _number: seen.append(gc.isenabled())
    assert gc.isenabled()
    desk.turn()
    assert seen
    assert not any(seen)  # a collector would end widgets on the wrong thread
    assert gc.isenabled()


def test_what_fails_beside_fails_here(desk):
    def work(cycle):
        assert cycle.store is not desk.store
        assert cycle.store.place == desk.store.place
        yield
        raise EpochError

    with pytest.raises(EpochError):
        asyncio.run(desk.engine.reader.hands.do(desk.engine.cycle(), work, MANY))
