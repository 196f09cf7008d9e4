"""A process killed in the middle of a sync; `python -m tests.sync.killing` has every point."""

import pytest

from tests.support.effort import effort
from tests.support.track import Loopback
from tests.sync.killing import SCENARIOS, Scene

KILLS = 10


@pytest.fixture(scope="module")
def loopback():
    with Loopback() as served:
        yield served


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_kill_at_any_point_loses_nothing_doubles_nothing_and_goes_on(loopback, name):
    scene = Scene(loopback, name)
    try:
        count = len(scene.points())
        for number in range(effort(KILLS)):
            point = 1 + (number * count // effort(KILLS) + 3 * number) % count
            assert scene.play(point) == [], f"killed at point {point} of {count}"
        assert scene.kills > 0
    finally:
        scene.close()
