"""What a person decided about a problem is taken back whole: the row, and that they are asked."""

import pytest

from tests.sync.scene import add, at_rest, delete, edit, failing, scene, sync, web_add, web_edit
from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.engine import Want

ONLY_READ = Want(push=False)


def conflict(world, a):
    row = web_add(world, "both")
    sync(a, seconds=60)
    (one,) = a.entries()
    edit(a, one.lid, description="mine")
    web_edit(world, row["id"], description="theirs")
    sync(a, ONLY_READ, seconds=60)


def deleted_elsewhere(world, a):
    row = web_add(world, "both")
    sync(a, seconds=60)
    (one,) = a.entries()
    edit(a, one.lid, description="mine")
    world.server.delete("time_entry", row["id"])
    sync(a, ONLY_READ, seconds=60)


def undeleted(world, a):
    row = web_add(world, "both")
    sync(a, seconds=60)
    (one,) = a.entries()
    delete(a, one.lid)
    web_edit(world, row["id"], description="theirs")
    sync(a, ONLY_READ, seconds=60)


def refused(world, a):
    add(a, "new")
    with failing(world, "POST", status=400, text="no"):
        sync(a, seconds=60)


def refused_change(world, a):
    one = add(a, "old")
    sync(a, seconds=60)
    edit(a, one, description="changed")
    with failing(world, "PUT", status=400, text="no"):
        sync(a, seconds=60)


def duplicate(world, a):
    one = add(a, "work")
    with failing(world, "POST", commits=True):
        sync(a, seconds=40)
    world.server.update("time_entry", next(iter(world.server.live()))["id"], {"description": "x"})
    sync(a, ONLY_READ, seconds=700)
    assert a.binding(one).hold["reason"] == "duplicate"
    world.kept_both.add((a.name, one))


CASES = [
    (make, verb)
    for make, verbs in (
        (conflict, ("mine", "theirs", "drop")),
        (deleted_elsewhere, ("mine", "drop", "retry")),
        (undeleted, ("mine", "theirs", "drop")),
        (refused, ("retry", "drop")),
        (refused_change, ("retry", "theirs", "drop")),
        (duplicate, ("mine", "drop")),
    )
    for verb in verbs
]


def asked(a):
    return problems.problems(a.store.source)


@pytest.mark.parametrize(("make", "verb"), CASES)
def test_undo_asks_again_and_redo_does_not(make, verb):
    with scene() as (world, a):
        make(world, a)
        before, entries = asked(a), a.entries()
        assert len(before) == 1
        deciding.decide(a.store, before[0], verb, a.clock.wall())
        decided = a.entries()
        assert asked(a) == []
        assert a.do(Undo()).error is None
        assert (asked(a), a.entries()) == (before, entries)
        assert a.do(Redo()).error is None
        assert (asked(a), a.entries()) == ([], decided)
        assert a.do(Undo()).error is None
        assert asked(a) == before
        assert list(a.store.check(full=True)) == []
        deciding.decide(a.store, asked(a)[0], verb, a.clock.wall())
        at_rest(world)


def test_what_the_server_took_meanwhile_is_not_held_back_by_an_undo():
    with scene() as (world, a):
        refused_change(world, a)
        deciding.decide(a.store, asked(a)[0], "retry", a.clock.wall())
        sync(a, seconds=60)
        assert a.do(Undo()).error is None
        assert asked(a) == []
        at_rest(world)


def test_a_conflict_is_told_once_when_it_is_put_aside():
    with scene() as (world, a):
        told = []
        a.store.feed.subscribe(lambda changes: told.append(changes.notice))
        conflict(world, a)
        for _ in range(3):
            sync(a, seconds=200)
        (notice,) = [one for one in told if one]
        assert notice.startswith("“mine” was changed here and elsewhere: yours counts")
        rows = [web_add(world, f"e{n}") for n in range(3)]
        sync(a, seconds=60)
        for row, one in zip(rows, [e for e in a.entries() if e.description[0] == "e"], strict=True):
            edit(a, one.lid, description=f"mine {row['id']}")
            web_edit(world, row["id"], description=f"theirs {row['id']}")
        sync(a, ONLY_READ, seconds=60)
        assert len([one for one in told if one]) == 2
        assert told[-1].startswith("More than one thing was changed")
