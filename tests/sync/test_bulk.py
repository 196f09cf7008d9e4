"""Thousands of rows at once: in short transactions, with whatever comes in between them."""

from contextlib import contextmanager

import pytest

from tests.support.builders import NOW
from tests.sync import scene as play
from tests.sync.fake_track import WS
from tests.sync.scene import at_rest, delete, edit, entry, scene, sync
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Entry, Project
from toggl_desktop.store import bindings, journal, progress, schema, tables
from toggl_desktop.sync import fresh, mapping, pull
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.pace import AIM_SECONDS, FEWEST, FIRST, MOST, Pace

COUNT = 250


class KilledError(BaseException):
    """The process was killed here."""


def web_many(world, count=COUNT, **fields):
    begin = int(world.t) - 9000
    return [
        play.web_add(world, f"work {n}", start=begin - 100 * n, **fields)["id"]
        for n in range(count)
    ]


@contextmanager
def between(computer, happen):
    """Calls `happen` with 1, 2 … wherever a turn lets others in between two transactions."""
    seen = 0
    plain = computer.clock.sleep

    async def sleep(seconds):
        nonlocal seen
        await plain(seconds)
        if seconds == 0:
            seen += 1
            happen(seen)

    computer.clock.sleep = sleep
    try:
        yield
    finally:
        del computer.clock.sleep


def count(computer):
    return computer.store.source.value("SELECT count(*) FROM time_entry WHERE deleted = 0")


def by_number(computer):
    """Returns everything that came, by its number there: what is the same on every computer."""
    source = computer.store.source
    names = {p.lid: p.name for p in tables.load(source, Project)}
    ties = {b.lid: b for b in bindings.bound(source, "track", "time_entry")}
    rows = {}
    for one in tables.load(source, Entry):
        bound = ties[one.lid]
        shared = (one.description, one.start, one.stop, names.get(one.project), one.billable)
        rows[bound.rid] = (*shared, len(one.tags), one.deleted, bound.base, bound.unsent)
    return rows


def cursor(computer):
    return progress.cursor(computer.store.source, "track", "time_entry").at


def steps_after(computer, seq):
    return [s for s in journal.history(computer.store.source, 10_000) if s.seq > seq]


# What comes in between ----------------------------------------------------------------------


def test_an_edit_between_two_transactions_of_a_pull_is_merged_and_not_overwritten():
    with scene() as (world, a):
        rids = web_many(world)
        sync(a, seconds=10)
        lids = {
            bound.rid: bound.lid for bound in bindings.bound(a.store.source, "track", "time_entry")
        }
        for rid in rids:
            world.server.update("time_entry", rid, {"billable": True, "description": "theirs"})
        first, last, gone = (lids[rids[n]] for n in (0, -1, -2))

        def person(number):
            if number == 2:  # one look, one transaction; others are still to come
                edit(a, first, description="mine, after it came")
                edit(a, last, description="mine, before it came")
                delete(a, gone)

        with between(a, person):
            sync(a, seconds=10)
        assert entry(a, first).description == "mine, after it came"
        assert entry(a, last).description == "mine, before it came"
        assert entry(a, last).billable
        kept = {s.lid: (s.reason, s.content) for s in a.shelved()}
        assert kept[last] == ("conflict", {"description": "theirs"})
        assert kept[gone][0] == "undeleted"
        at_rest(world)
        assert world.server.rows["time_entry"][rids[0]]["description"] == "mine, after it came"
        assert world.server.rows["time_entry"][rids[-1]]["description"] == "mine, before it came"


def test_a_timer_started_between_two_transactions_goes_on_alone():
    with scene() as (world, a):
        web_many(world)
        running = play.web_add(world, "runs there", seconds=None)["id"]

        def person(number):
            if number == 2:
                play.start(a, "runs here")

        with between(a, person):
            sync(a, seconds=10)
        assert [e.description for e in a.entries() if e.stop is None] == ["runs here"]
        assert {r for r in by_number(a) if r is not None} >= {running}
        at_rest(world)


def test_a_project_deleted_between_two_transactions_is_not_pointed_to_as_if_it_lived():
    with scene() as (world, a):
        project = world.server.create("project", {"name": "Website"}, ("web", "Website"))["id"]
        sync(a, seconds=3000)
        web_many(world, project_id=project)
        (here,) = a.projects()

        def person(number):
            if number == 2:
                a.do(play.commands.DeleteThing("project", here.lid))

        with between(a, person):
            sync(a, Want(push=False), seconds=10)
        lives = {p.lid for p in a.projects()}
        assert all(e.project is None or e.project in lives for e in a.entries())
        at_rest(world)


@pytest.fixture
def before_the_lock(monkeypatch):
    """Lets something happen when rows are in words and their transaction has not begun."""
    plain, happen = fresh.Ground.prepared, []

    def prepared(ground, source, rows, *more):
        ready = plain(ground, source, rows, *more)
        if happen and ready.arrivals:
            happen.pop()()
        return ready

    monkeypatch.setattr(fresh.Ground, "prepared", prepared)
    return happen


def test_who_is_quicker_than_rows_in_words_is_heard(before_the_lock):
    with scene() as (world, a):
        server = world.server
        project = server.create("project", {"name": "Website"}, ("web", "Website"))["id"]
        sync(a, seconds=3000)
        web_many(world, project_id=project)
        (here,) = a.projects()
        before_the_lock.append(lambda: a.do(play.commands.DeleteThing("project", here.lid)))
        sync(a, Want(push=False), seconds=10)
        assert before_the_lock == []
        lives = {p.lid for p in a.projects()}
        assert all(e.project is None or e.project in lives for e in a.entries())
        assert count(a) == COUNT
        at_rest(world)
        assert a.store.check(full=True) == []


def test_a_row_that_came_meanwhile_is_not_there_twice(before_the_lock):
    with scene() as (world, a):
        rids = web_many(world)

        def other():
            with a.store.transaction("Another program", NOW, origin=Origin.TRACK) as tx:
                tx.save(Entry("other", NOW, NOW + 60, "was quicker"))
                tx.bindings.append(bindings.Binding("track", "time_entry", "other", rids[0]))

        before_the_lock.append(other)
        sync(a, Want(push=False), seconds=10)
        assert before_the_lock == []
        assert count(a) == COUNT
        assert by_number(a)[rids[0]]


def test_who_signs_out_between_two_transactions_gets_no_more_rows():
    with scene() as (world, a):
        web_many(world)

        def person(number):
            if number == 2:
                with a.store.transaction("Sign out", NOW) as tx:
                    tx.step.meta[schema.EPOCH] = schema.next_epoch(tx.source)

        with between(a, person):
            sync(a, seconds=10)
        assert count(a) == FIRST


# Killed in between --------------------------------------------------------------------------


@pytest.mark.parametrize("is_full", [False, True])
def test_killed_between_any_two_transactions_it_goes_on_and_ends_as_if_it_had_not_been(is_full):
    want = Want(push=False, full=is_full)
    with scene("AB") as (world, a, b):
        web_many(world)
        play.web_add(world, "runs", seconds=None)
        world.t += 10
        places = []
        with between(b, places.append):
            sync(b, want)
        whole = by_number(b)
        assert len(whole) == COUNT + 1
        if is_full:  # as on the first day: nothing is known
            forget_cursor(a)
        before = cursor(a)
        for place in places:

            def kill(number, place=place):
                if number == place:
                    raise KilledError

            done = count(a)
            with between(a, kill):
                try:
                    sync(a, want, seconds=4000 if is_full else 0)  # the hour's requests are spent
                except KilledError:
                    a.crash()
                    assert count(a) in range(done, COUNT + 2)
                    is_over = count(a) == COUNT + 1
                    assert (cursor(a) == before) or is_over  # it moves with the last rows
        sync(a, want, seconds=4000)
        assert by_number(a) == whole
        assert cursor(a) == cursor(b)


def forget_cursor(computer):
    with computer.store.transaction("Forget", NOW) as tx:
        tx.also += progress.forget_cursors("track")


# How much at a time -------------------------------------------------------------------------


def test_no_transaction_and_no_turn_of_the_loop_takes_more_rows_than_the_pace_allows():
    with scene() as (world, a):
        web_many(world)
        before, turns = a.store.seen, []
        with between(a, turns.append):
            sync(a, Want(push=False), seconds=10)
        steps = steps_after(a, before)
        sizes = [len(journal.changes_of(a.store.source, step.seq)) for step in steps]
        sizes = [size for size in sizes if size]
        assert sorted(sizes) == [COUNT - FIRST, FIRST]
        assert len(turns) >= len(sizes)
        before = a.store.seen
        sync(a, Want(push=False), seconds=10)
        assert (
            journal.changes_since(a.store.source, before) == []
        )  # what says nothing new costs no transaction


def test_rows_that_are_compared_with_ours_count_for_several_new_ones():
    with scene() as (world, a):
        rids = web_many(world)
        sync(a, Want(push=False), seconds=10)
        for rid in rids:
            world.server.update("time_entry", rid, {"billable": True})
        before = a.store.seen
        sync(a, Want(push=False), seconds=10)
        steps = steps_after(a, before)
        sizes = [len(journal.changes_of(a.store.source, step.seq)) for step in steps]
        assert max(sizes) == FIRST // pull.LONG_WAY
        assert sum(sizes) == COUNT


def test_what_entries_point_to_is_looked_up_once_until_something_else_happens():
    with scene() as (world, a):
        project = world.server.create("project", {"name": "Website"}, ("web", "Website"))["id"]
        sync(a, seconds=3000)
        ground, source = fresh.Ground(), a.store.source
        rows = [read_entry(world, n, project) for n in range(3)]
        asked = []
        a.store._reading().set_trace_callback(asked.append)
        for row in rows:
            assert len(ground.prepared(source, [row], (), a.engine._id).arrivals) == 1
        looks = [sql for sql in asked if "FROM project" in sql]
        assert len(looks) == 1
        play.add(a, "something else")
        assert len(ground.prepared(source, rows, (), a.engine._id).arrivals) == 3
        assert len([sql for sql in asked if "FROM project" in sql]) == 2
        (here,) = a.projects()
        a.do(play.commands.DeleteThing("project", here.lid))
        assert ground.prepared(source, rows, (), a.engine._id).rest == rows
        adopted = {rows[0].rid: "a draft"}
        ground.stays(journal.last_seq(source))
        assert rows[0] in ground.prepared(source, rows, adopted, a.engine._id).rest
        a.store._reading().set_trace_callback(None)


def read_entry(world, number, project):
    start = int(world.t) - 9000 + number
    wire = {"id": 10**9 + number, "workspace_id": WS, "project_id": project, "duration": 60}
    return mapping.read("time_entry", wire | {"start": mapping.written(start)})


def test_a_long_list_is_understood_some_rows_at_a_time():
    wires = [{"id": n, "workspace_id": 1, "start": "2026-01-01T00:00:00Z"} for n in range(1, 1001)]
    wires[500] = {"id": 0}
    found = pull.Understood([], [])
    sizes = [len(found.strange) for _ in pull.understanding("time_entry", wires, found)]
    assert len(sizes) == 1000 // pull.SOME - 1
    assert (len(found.rows), len(found.strange)) == (999, 1)
    assert found == pull.understood("time_entry", wires)
    assert list(pull.understanding("time_entry", wires[: pull.SOME], pull.Understood([], []))) == []


def test_a_pull_asks_the_store_by_the_transaction_and_not_by_the_row():
    with scene() as (world, a):
        project = world.server.create("project", {"name": "Website"}, ("web", "Website"))["id"]
        tag = world.server.create("tag", {"name": "deep"}, ("web", "deep"))["id"]
        sync(a, seconds=3000)
        web_many(world, FIRST, project_id=project, tag_ids=[tag])
        asked = []
        sync_writer(a).set_trace_callback(asked.append)
        sync(a, Want(push=False), seconds=10)
        sync_writer(a).set_trace_callback(None)
        assert count(a) == FIRST
        questions = [sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
        assert len(questions) < FIRST / 2
        assert sum(sql.startswith("COMMIT") for sql in asked) <= 6


def sync_writer(computer):
    with computer.store.locked() as writer:
        return writer


def test_the_pace_follows_what_a_transaction_took():
    pace = Pace()
    pace.learn(FIRST, 0.0)
    assert pace.rows == FIRST  # a clock that stands still teaches nothing
    for _ in range(20):
        pace.learn(pace.rows, pace.rows * AIM_SECONDS / 400)
    assert pace.rows in range(395, 401)
    pace.learn(3, 0.001)
    assert pace.rows >= 395  # a small rest says nothing
    pace.learn(pace.rows, 2.0)
    assert pace.rows == FEWEST
    for _ in range(20):
        pace.learn(pace.rows, pace.rows * AIM_SECONDS / 100_000)
    assert pace.rows == MOST


# The short way and the long one -------------------------------------------------------------


def test_entries_that_are_surely_new_become_what_they_become_on_the_long_way(monkeypatch):
    with scene("AB") as (world, a, b):
        server = world.server
        make = server.create
        website = make("project", {"name": "Website"}, ("web", "p"))["id"]
        doomed = make("project", {"name": "Doomed"}, ("web", "q"))["id"]
        tags = [make("tag", {"name": name}, ("web", name))["id"] for name in ("deep", "slow")]
        for one in (a, b):
            sync(one, seconds=3000)
            (lid,) = [p.lid for p in one.projects() if p.name == "Doomed"]
            one.do(play.commands.DeleteThing("project", lid))
        play.web_add(world, "plain")
        play.web_add(world, "with all", project_id=website, tag_ids=tags[::-1], billable=True)
        play.web_add(world, "on what we deleted", project_id=doomed)
        unknown = play.web_add(world, "on what nobody knows", tag_ids=tags[:1])["id"]
        server.rows["time_entry"][unknown]["tag_ids"].append(9_999)
        play.web_add(world, "a task without its project", task_id=4_242)
        play.web_add(world, "elsewhere", workspace_id=WS + 1)
        play.web_add(world, "", start=int(world.t) - 50, seconds=0)
        dead = play.web_add(world, "deleted at once")["id"]
        server.delete("time_entry", dead)
        play.web_add(world, "runs", seconds=None)
        world.t += 10
        sync(a, Want(push=False))
        monkeypatch.setattr(fresh, "_is_plain", lambda row: False)
        sync(b, Want(push=False))
        assert by_number(a) == by_number(b)
        assert len(by_number(a)) == 8


def test_a_draft_whose_answer_was_lost_is_not_made_a_second_time_among_many():
    with scene() as (world, a):
        one = play.add(a, "work of ours")
        with play.failing(world, "POST", commits=True):
            sync(a)
        web_many(world)
        for _ in range(4):
            sync(a, seconds=60)
        assert count(a) == COUNT + 1
        assert play.rid_of(a, one) is not None
        assert len(world.server.live()) == COUNT + 1
        at_rest(world)
