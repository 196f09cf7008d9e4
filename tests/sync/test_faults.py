"""Faults over real sockets, one request each: a sample of `python -m tests.sync.matrix`."""

import pytest

from tests.support.effort import effort
from tests.support.track import Loopback
from tests.sync.matrix import play
from tests.sync.troubles import TARGETS, TROUBLES

_TARGETS = tuple(TARGETS)
SAMPLE = [
    (trouble, _TARGETS[(place * 7 + turn * 5) % len(_TARGETS)])
    for turn in range(len(_TARGETS))
    for place, trouble in enumerate(TROUBLES)
    if turn or place % 2
][: effort(len(TROUBLES) // 2)]


@pytest.fixture(scope="module")
def loopback():
    with Loopback() as served:
        yield served


@pytest.mark.parametrize(("trouble", "target"), SAMPLE)
def test_a_fault_loses_nothing_doubles_nothing_and_ends_with_both_sides_alike(
    loopback, trouble, target
):
    assert play(loopback, trouble, target) == []
