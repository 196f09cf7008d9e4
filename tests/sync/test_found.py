"""What the search over whole histories has found, each as a short play."""

from contextlib import closing

from tests.sync.fake_track import NONE
from tests.sync.scene import add, at_rest, sync, texts
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
