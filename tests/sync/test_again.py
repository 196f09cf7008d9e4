"""A create that was refused and may have been done all the same: looked for before any repeat."""

import pytest

from tests.sync.scene import (
    add,
    at_rest,
    edit,
    entry,
    failing,
    hold_of,
    rid_of,
    scene,
    sync,
    texts,
    web_add,
    web_edit,
)
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.engine import Want

DAY = 86_400
ONLY_SEND = Want(pull=False)


def refused(world, a, text="work", *, commits, status=409):
    """An entry is made, and the answer is no, whether or not it was done."""
    one = add(a, text)
    with failing(world, "POST", status=status, text="already exists", commits=commits):
        sync(a)
    assert hold_of(a, one)["reason"] == "refused"
    return one


def retry(a, verb="retry"):
    (problem,) = problems.problems(a.store.source)
    deciding.decide(a.store, problem, verb, a.clock.wall())


def posts(world):
    return world.server.counts.by_call.get("create time_entry", 0)


@pytest.mark.parametrize("status", [400, 409])
def test_what_was_done_and_refused_is_recognised_by_the_next_read(status):
    with scene() as (world, a):
        one = refused(world, a, commits=True, status=status)
        sync(a, seconds=300)
        assert rid_of(a, one) is not None
        assert problems.problems(a.store.source) == []
        at_rest(world)
        assert texts(world) == ["work"]


def test_a_person_who_tries_it_again_makes_no_second_one():
    with scene() as (world, a):
        one = refused(world, a, commits=True)
        retry(a)
        sync(a, ONLY_SEND, seconds=60)
        assert (texts(world), posts(world)) == (["work"], 0)
        assert rid_of(a, one) is not None
        at_rest(world)


def test_nothing_is_sent_before_the_look_even_when_nobody_may_read_now():
    with scene() as (world, a):
        refused(world, a, commits=True)
        retry(a)
        with failing(world, "GET", times=9):
            sync(a, seconds=60)
        assert posts(world) == 0
        at_rest(world)
        assert texts(world) == ["work"]


def test_an_edit_tries_it_again_and_the_one_that_is_there_is_changed():
    with scene() as (world, a):
        one = refused(world, a, commits=True)
        edit(a, one, description="work, mended")
        sync(a, ONLY_SEND, seconds=60)
        at_rest(world)
        assert (texts(world), posts(world)) == (["work, mended"], 0)
        assert entry(a, one).description == "work, mended"


def test_an_edit_while_a_turn_is_under_way_is_looked_for_too():
    with scene() as (world, a):
        one = refused(world, a, commits=True)

        async def edited_meanwhile(*_args, **_kwargs):
            edit(a, one, description="mended meanwhile")

        a.engine.reader.read = edited_meanwhile
        sync(a, seconds=5)
        del a.engine.reader.read
        at_rest(world)
        assert texts(world) == ["mended meanwhile"]


def test_the_daily_trial_looks_first():
    with scene() as (world, a):
        one = refused(world, a, commits=True)
        web_edit(world, next(iter(world.server.rows["time_entry"])), description="rewritten")
        sync(a, seconds=300)  # it is not the same any more: a row of its own
        assert rid_of(a, one) is None
        sync(a, seconds=DAY)
        sync(a, seconds=300)
        assert hold_of(a, one)["reason"] == "duplicate"
        assert (texts(world), posts(world)) == (["rewritten"], 0)


def test_what_was_really_refused_is_sent_when_nothing_is_found():
    with scene() as (world, a):
        one = refused(world, a, commits=False)
        retry(a)
        sync(a, seconds=60)
        assert (texts(world), posts(world)) == (["work"], 1)
        assert rid_of(a, one) is not None
        at_rest(world)


def test_a_person_is_asked_about_what_is_only_alike_and_may_send_it_all_the_same():
    with scene() as (world, a):
        one = refused(world, a, commits=False)
        web_add(world, "work by hand", start=entry(a, one).start + 20)
        retry(a)
        sync(a, seconds=60)
        assert hold_of(a, one)["reason"] == "duplicate"
        retry(a, "mine")
        sync(a, seconds=60)
        assert texts(world) == ["work", "work by hand"]
        at_rest(world)


def test_the_same_words_on_another_day_are_no_reason_to_ask():
    with scene() as (world, a):
        one = refused(world, a, commits=False)
        web_add(world, "work", start=entry(a, one).start + DAY)
        sync(a, seconds=DAY + 60)
        assert problems.problems(a.store.source) == []  # the daily trial sent it
        sync(a, seconds=60)
        assert texts(world) == ["work", "work"]
        at_rest(world)


def test_our_own_entries_made_meanwhile_are_no_candidates():
    with scene() as (world, a):
        one = refused(world, a, commits=False)
        add(a, "work", start=entry(a, one).start + 70)
        sync(a, seconds=60)
        retry(a)
        sync(a, seconds=60)
        assert texts(world) == ["work", "work"]
        at_rest(world)


def test_the_answer_to_an_earlier_request_is_not_taken_for_this_one():
    """A box on the way gives the last answer once more: one entry must not become another."""
    with scene() as (world, a):
        first = add(a, "first")
        sync(a)
        known = world.server.rows["time_entry"][rid_of(a, first)]
        second = add(a, "second", start=int(world.t) - 9000)
        plain = world.server.call

        def replayed(who, scope, name, work, *, method):
            if method != "POST":
                return plain(who, scope, name, work, method=method)
            del world.server.call
            return plain(who, scope, name, lambda: dict(known), method=method)

        world.server.call = replayed
        sync(a, ONLY_SEND, seconds=5)
        assert not entry(a, first).deleted
        assert rid_of(a, second) != known["id"]
        at_rest(world)
        assert texts(world) == ["first", "second"]
