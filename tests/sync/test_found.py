"""What the search over whole histories has found, each as a short play."""

from contextlib import closing

from tests.sync.fake_track import NONE
from tests.sync.scene import add, at_rest, sync, texts, until, web_add
from tests.sync.world import World

YEAR = 365 * 86_400


def test_a_clock_a_year_ahead_leaves_no_entry_behind_when_it_joins_the_account():
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        add(a, "made before the first sync")
        a.clock.skew = YEAR
        sync(a)
        assert texts(world) == ["made before the first sync"]
        at_rest(world)


def test_what_was_deleted_between_two_first_reads_goes_too():
    with closing(World(7, faults=NONE, computers="A")) as world:
        world.server.quota = 10**9
        (a,) = world.computers
        a.clock.skew = 0
        rows = [web_add(world, f"e{n}", start=int(world.t) - 9000 + 70 * n) for n in range(3)]
        until(a, "after current")
        while not a.entries():
            a.step()
        a.crash()
        world.server.delete("time_entry", rows[0]["id"])
        sync(a, seconds=60)
        assert len(a.entries()) == 3
        sync(a, seconds=700)
        assert sorted(e.description for e in a.entries()) == ["e1", "e2"]
        at_rest(world)
