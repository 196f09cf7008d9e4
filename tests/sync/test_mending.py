"""What waits and would be doubled or refused as it is, is put right before it goes."""

from dataclasses import replace

from tests.sync.scene import add, at_rest, delete, edit, hold_of, scene, sync
from tests.sync.test_deciding import duplicate
from tests.sync.test_rights import HALF_A_DAY, OTHER, second
from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.entities import Entry, Tag
from toggl_desktop.store import tables
from toggl_desktop.store.read import problems


def foreign(a):
    """Returns the entries that bear a tag of another workspace."""
    tags = {tag.lid: tag.workspace for tag in tables.load(a.store.source, Tag)}
    return [e.description for e in a.entries() if any(tags[t] != e.workspace for t in e.tags)]


def test_what_was_asked_is_asked_again_when_a_deletion_is_undone():
    with scene() as (world, a):
        duplicate(world, a)
        asked = [one.reason for one in problems.problems(a.store.source)]
        assert asked == ["duplicate"]
        there = len(world.server.live())
        (one,) = [e for e in a.entries() if e.description == "work"]
        delete(a, one.lid)
        sync(a, seconds=200)
        assert problems.problems(a.store.source) == []
        a.do(Undo())
        for _ in range(3):
            sync(a, seconds=200)
            assert [one.reason for one in problems.problems(a.store.source)] == ["duplicate"]
        assert len(world.server.live()) == there
        a.do(Redo())
        sync(a, seconds=200)
        assert problems.problems(a.store.source) == []
        assert len(world.server.live()) == there
        at_rest(world)


def test_an_entry_that_the_server_moves_while_it_is_tagged_here_takes_its_own_tags():
    with scene() as (world, a):
        rockets = second(world)
        sync(a, seconds=HALF_A_DAY)
        one = add(a, "work")
        sync(a)
        row = next(r for r in world.server.live() if r["description"] == "work")
        row |= {"workspace_id": OTHER, "project_id": rockets["id"]}
        world.server._touch("time_entry", row)
        edit(a, one, new_tags=("deep",))
        sync(a, seconds=600)
        assert foreign(a) == []
        sync(a, seconds=600)
        (borne,) = next(r for r in world.server.live() if r["description"] == "work")["tag_ids"]
        assert world.server.rows["tag"][borne]["workspace_id"] == OTHER


def test_an_entry_that_was_tagged_from_elsewhere_before_is_put_right_before_it_goes():
    with scene() as (world, a):
        second(world)
        sync(a, seconds=HALF_A_DAY)
        one = add(a, "work")
        elsewhere = next(p.workspace for p in a.projects() if p.name == "Rockets")
        with a.store.transaction("Old", a.clock.wall()) as tx:
            tx.save(Tag("stray", "deep", elsewhere))
            tx.save(replace(tx.get(Entry, one), tags=("stray",)))
        assert foreign(a) == ["work"]
        sync(a, seconds=600)
        assert foreign(a) == []
        assert not hold_of(a, one)
