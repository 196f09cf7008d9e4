"""A moved clock is told from a machine that slept or was started again."""

import pytest

from tests.support.builders import NOW, FakeClock
from toggl_desktop.domain.clock import (
    Anchor,
    CorrectedClock,
    Reading,
    ServerClock,
    corrected,
    jumped_seconds,
)

YEAR = 365 * 86400


@pytest.fixture
def clock():
    return FakeClock()


def anchored(clock):
    now = clock.now()
    return Anchor("e", now.wall, now.boot, now.boot_id)


@pytest.mark.parametrize("seconds", [0, 1, 3600, 9 * 3600, YEAR])
def test_time_that_passes_is_no_jump_asleep_or_awake(clock, seconds):
    anchor = anchored(clock)
    assert jumped_seconds(anchor, clock.advance(seconds)) == 0


@pytest.mark.parametrize("seconds", [2, -2, 5, -5])
def test_a_clock_set_right_by_seconds_is_no_jump(clock, seconds):
    anchor = anchored(clock)
    assert jumped_seconds(anchor, clock.jump(seconds)) == 0


@pytest.mark.parametrize("seconds", [6, -6, 3600, -3600, YEAR, -YEAR])
def test_a_clock_moved_further_is_a_jump_of_that_many_seconds(clock, seconds):
    anchor = anchored(clock)
    clock.advance(1800)
    assert jumped_seconds(anchor, clock.jump(seconds)) == seconds


def test_jumps_that_cancel_out_are_none(clock):
    anchor = anchored(clock)
    clock.jump(3600)
    clock.advance(60)
    assert jumped_seconds(anchor, clock.jump(-3600)) == 0


def test_after_a_reboot_nothing_is_claimed(clock):
    anchor = anchored(clock)
    clock.reboot()
    assert jumped_seconds(anchor, clock.jump(3600)) == 0


def test_without_an_anchor_or_a_boot_clock_nothing_is_claimed(clock):
    assert jumped_seconds(None, clock.now()) == 0
    assert jumped_seconds(anchored(clock), Reading(NOW + YEAR)) == 0


@pytest.mark.parametrize(
    ("ahead", "counts"), [(0, False), (120, False), (121, True), (-3600, True)]
)
def test_a_clock_far_from_the_servers_is_put_right(clock, ahead, counts):
    now = clock.now()
    server = ServerClock(now.boot_id, now.wall - now.boot - ahead)
    assert server.ahead(now) == ahead
    assert corrected(now, server).wall == (now.wall - ahead if counts else now.wall)
    assert corrected(now, None) == now


def test_setting_the_clock_right_counts_at_once_and_another_boot_knows_nothing(clock):
    now = clock.now()
    right = CorrectedClock(clock)
    right.server = ServerClock(now.boot_id, now.wall - now.boot - 600)
    assert right.now().wall == now.wall - 600
    assert right.now().wall == clock.jump(-600).wall
    right.server = ServerClock("another", 0.0)
    assert right.now() == clock.now()
