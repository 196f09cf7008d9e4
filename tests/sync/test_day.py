"""A day on Toggl's plans, in virtual time: what it costs, and how fresh it is."""

import pytest

from tests.perf.sync_day import live


@pytest.mark.parametrize("is_busy", [False, True])
@pytest.mark.parametrize("plan", ["free", "premium"])
def test_a_day_stays_inside_its_limits_and_shows_changes_made_elsewhere(plan, is_busy):
    day = live(plan, is_busy=is_busy)
    assert day.refused == 0
    assert day.background <= (20 if plan == "free" else 24)
    # The first hour of a day reads everything; a busy one has little room for news then.
    assert day.late <= (300 if plan == "free" else 200 if is_busy else 120)
    assert bool(day.glances) is (plan != "free")
    assert day.unsent <= 10
    assert day.looks == 0 if not is_busy else day.looks <= 8 * 4
