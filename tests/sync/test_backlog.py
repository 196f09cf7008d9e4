"""What piled up without a network goes as fast as the limit allows, and as fast as was said."""

import pytest

from tests.perf.sync_backlog import offline


@pytest.mark.parametrize("limit", [30, 600])
def test_a_long_time_offline_drains_as_told_and_meets_no_spent_limit(limit):
    one = offline(limit, edits=360, entries=72, projects=5)
    assert one.writes <= one.waiting
    assert one.differing == 0
    assert one.refused == 0
    assert one.hours <= one.told * 1.05 + 1  # the first hour's requests are there at once
