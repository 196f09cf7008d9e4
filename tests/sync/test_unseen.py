"""Entries older than what Track lists, of which nobody knows whether they arrived: looked for."""

from contextlib import contextmanager

import pytest

from tests.sync.scene import (
    add,
    at_rest,
    entry,
    failing,
    hold_of,
    rid_of,
    scene,
    settled,
    sync,
    texts,
    web_add,
    web_edit,
)
from toggl_desktop.store import attempts, backup
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding

DAY = 86_400
OLD = 200 * DAY


@contextmanager
def restored(*, sends, back=OLD):
    """An entry of long ago, unsent in a backup that comes back elsewhere, after it was sent."""
    with scene("AB") as (world, a, b):
        one = add(a, "long ago", start=int(world.t) - back)
        copy = backup.make(a.store, a.clock.wall(), a.folder / "copy.sqlite3")
        if sends:
            sync(a)
            assert texts(world) == ["long ago"]
        world.t += 95 * DAY  # so late that no list of changes tells of it
        world.computers.remove(a)
        backup.restore(b.store, copy, b.clock.wall())
        yield world, b, one
        world.computers.insert(0, a)


@pytest.mark.parametrize("back", [OLD, -OLD])
def test_a_backup_that_comes_back_does_not_send_what_was_sent_after_it(back):
    with restored(sends=True, back=back) as (world, a, one):
        settled(world)
        assert texts(world) == ["long ago"]
        assert rid_of(a, one) is not None
        at_rest(world)


def test_what_no_report_shows_is_sent():
    with restored(sends=False) as (world, _a, _):
        settled(world)
        assert texts(world) == ["long ago"]
        at_rest(world)


def test_what_is_only_alike_is_shown_and_asked_about():
    with restored(sends=True) as (world, a, one):
        web_edit(world, next(iter(world.server.rows["time_entry"])), description="rewritten")
        settled(world)
        assert hold_of(a, one)["reason"] == "duplicate"
        assert sorted(e.description for e in a.entries()) == ["long ago", "rewritten"]
        (problem,) = problems.problems(a.store.source)
        assert problem.theirs["description"] == "rewritten"
        deciding.decide(a.store, problem, "theirs", a.clock.wall())
        at_rest(world)
        assert texts(world) == ["rewritten"]


def test_others_of_that_day_stay_where_they_are():
    with restored(sends=True) as (world, a, one):
        for number in range(60):
            web_add(world, f"n{number}", start=entry(a, one).start - DAY + 900 * number)
        world.t += 95 * DAY
        with_others = len(a.entries())
        settled(world)
        assert rid_of(a, one) is not None
        assert len(a.entries()) == with_others


@pytest.mark.parametrize("status", [402, 403, 404, 410])
def test_where_no_report_is_to_be_had_a_person_is_asked_and_nothing_is_sent(status):
    with restored(sends=True) as (world, a, one):

        async def refuse(_page):
            raise world.server._refuse(status, "Reports are for others", "GET")

        a.api.older = refuse
        settled(world)
        assert texts(world) == ["long ago"]
        assert hold_of(a, one)["reason"] == "duplicate"
        assert attempts.outstanding(a.store.source, "track") == []
        (problem,) = problems.problems(a.store.source)
        deciding.decide(a.store, problem, "mine", a.clock.wall())
        sync(a)
        assert texts(world) == ["long ago", "long ago"]


def test_while_reports_fail_the_rest_is_sent_and_this_waits():
    with restored(sends=True) as (world, a, one):
        settled(world, turns=1)
        asked = []

        async def fail(_page):
            asked.append(world.t)
            raise world.server._refuse(503, "", "GET")

        whole, a.api.older = a.api.older, fail
        add(a, "new")
        settled(world, turns=3)
        assert texts(world) == ["long ago", "new"]
        assert rid_of(a, one) is None
        assert len(asked) == 1  # it is left alone for a while
        a.api.older = whole
        sync(a, seconds=700)
        assert rid_of(a, one) is not None
        at_rest(world)


def test_an_ordinary_lost_answer_needs_no_report_however_old_the_entry():
    with scene() as (world, a):
        add(a, "settled")
        sync(a)
        one = add(a, "long ago", start=int(world.t) - OLD)
        with failing(world, "POST", commits=True):
            sync(a)
        settled(world, turns=2)
        assert rid_of(a, one) is not None
        assert "older" not in world.server.counts.by_call
        assert entry(a, one).description == "long ago"
        at_rest(world)
