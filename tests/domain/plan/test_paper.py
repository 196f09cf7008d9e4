"""Where one page ends and the next begins."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from toggl_desktop.domain.plan.paper import DAYS_A_PAGE, cuts, parts


def test_a_quarter_is_one_page_and_a_year_is_four_of_whole_weeks():
    assert parts(100, 100 + DAYS_A_PAGE - 1) == [(100, 191)]
    year = parts(1, 365)
    assert year == [(1, 98), (99, 196), (197, 294), (295, 365)]
    assert all((high - low + 1) % 7 == 0 for low, high in year[:-1])


@given(st.integers(1, 10_000), st.integers(0, 3000), st.integers(7, 400))
def test_every_day_is_on_one_page(low, days, most):
    found = parts(low, low + days, most)
    assert (found[0][0], found[-1][1]) == (low, low + days)
    assert all(after == before + 1 for (_, before), (after, _) in pairwise(found))
    assert all(high - low < most + 7 for low, high in found)


def test_a_page_ends_between_two_lanes():
    assert cuts([0, 40, 80, 120], 100) == [(0, 80), (80, 120)]


def test_a_lane_higher_than_a_page_goes_on_on_the_next():
    assert cuts([0, 250, 290], 100) == [(0, 100), (100, 200), (200, 290)]


@given(st.lists(st.integers(20, 500), max_size=30), st.integers(50, 400))
def test_every_height_is_on_one_page(heights, room):
    tops = [0, *accumulate(heights)]
    found = cuts(tops, room)
    assert (found[0][0], found[-1][1]) == (0, tops[-1])
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(bottom - top <= room for top, bottom in found)


def test_a_plan_without_lanes_is_one_page():
    assert cuts([0], 100) == [(0, 0)]
