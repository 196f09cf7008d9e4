"""Days and pixels, there and back, at every scale and with weekends left out."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.domain.plan.axis import (
    MOST_PER_DAY,
    Axis,
    clamp_day,
    shown_between,
    visible_days,
    week_start,
    weekday,
)
from toggl_desktop.domain.plan.ticks import Stretch, scale_of, stretches, week_number

FEW = settings(max_examples=40, deadline=None)
WEEKEND = frozenset({5, 6})
MONDAY = date(2026, 11, 23).toordinal()
DAYS = st.integers(700_000, 760_000)
SCALES = st.floats(0.2, 480)
HIDDEN = st.sampled_from([frozenset(), WEEKEND, frozenset({4}), frozenset({0, 3, 6})])


def test_a_week_has_its_days_in_order() -> None:
    assert [weekday(MONDAY + i) for i in range(7)] == list(range(7))
    assert weekday(1) == date.fromordinal(1).weekday()
    assert week_start(MONDAY + 3) == MONDAY
    assert week_start(MONDAY + 3, 6) == MONDAY - 1


@FEW
@given(DAYS, SCALES, HIDDEN)
def test_days_follow_each_other_without_gap(day, scale, hidden) -> None:
    axis = Axis(scale, hidden)
    assert axis.x(day) <= axis.x(day + 1) == axis.x_after(day)
    assert axis.shows(day) == (axis.column(day + 1) > axis.column(day))
    edges = axis.edges(day, day + 20)
    assert edges == [axis.x(day + i) for i in range(22)]


@FEW
@given(DAYS, st.floats(1, 480), HIDDEN)
def test_a_day_is_found_at_each_of_its_pixels(day, scale, hidden) -> None:
    axis = Axis(scale, hidden)
    if axis.shows(day):
        assert axis.day(axis.x(day)) == day
        assert axis.day(axis.x_after(day) - 1) == day
        assert axis.day_of_column(axis.column(day)) == day


@FEW
@given(DAYS, st.floats(2, 100), st.floats(0.5, 2), st.integers(0, 1200), HIDDEN)
def test_zooming_keeps_what_is_under_the_pointer(day, scale, factor, pointer, hidden) -> None:
    axis = Axis(scale, hidden)
    left = axis.x(day)
    other = axis.scaled(factor)
    after = axis.around(other, left, pointer)
    before_place = (left + pointer) / axis.per_day
    after_place = (after + pointer) / other.per_day
    assert abs(before_place - after_place) * other.per_day <= 1


@FEW
@given(DAYS, st.floats(5, 100), HIDDEN)
def test_hiding_weekdays_keeps_the_day_at_the_edge(day, scale, hidden) -> None:
    axis = Axis(scale)
    if Axis(scale, hidden).shows(day):
        other = Axis(scale, hidden)
        assert other.day(axis.around(other, axis.x(day) + 1, 0)) == day


def test_minutes_have_their_place_in_a_day() -> None:
    axis = Axis(96)
    assert axis.x_at(MONDAY, 720) == axis.x(MONDAY) + 48
    assert axis.minute(axis.x(MONDAY) + 48) == (MONDAY, 720)
    assert axis.minute(axis.x(MONDAY) + 50, 30) == (MONDAY, 750)
    assert axis.minute(axis.x(MONDAY + 1) - 1) == (MONDAY, 1425)


def test_the_scale_has_limits_and_names() -> None:
    axis = Axis(30)
    assert axis.scaled(1000).per_day == MOST_PER_DAY
    assert axis.scaled(0).per_day == 0.2
    assert axis.fitting(31, 1240).scale_name(1240) == "month"
    assert axis.fitting(31, 1240).scale_name(900) == ""
    assert Axis(30, WEEKEND).fitting(7, 1000).per_day == 200
    assert Axis(30, frozenset(range(7))).hidden == frozenset()
    assert visible_days(axis, axis.x(MONDAY), 61) == (MONDAY, MONDAY + 2)
    assert list(shown_between(axis, 1, 3)) == [1, 2, 3]
    assert list(shown_between(Axis(3, WEEKEND), MONDAY + 3, MONDAY + 7)) == [
        MONDAY + 3, MONDAY + 4, MONDAY + 7,
    ]  # fmt: skip
    assert clamp_day(-5) == 8


@pytest.mark.parametrize(
    ("per_day", "upper", "lower"),
    [
        (150, "month", "day"), (20, "month", "day"), (10, "month", "week"), (3, "year", "month"),
        (0.8, "year", "quarter"), (0.3, "decade", "year"),
    ],
)  # fmt: skip
def test_the_header_names_what_has_room(per_day, upper, lower) -> None:
    scale = scale_of(per_day)
    assert (scale.upper, scale.lower) == (upper, lower)


@FEW
@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year", "decade"]))
def test_stretches_cover_every_day_once(day, unit) -> None:
    found = stretches(unit, day, day + 400)
    assert found[0].first <= day < found[0].after
    assert found[-1].after > day + 400
    assert all(a.after == b.first for a, b in pairwise(found))


def test_stretches_begin_where_people_say_so() -> None:
    new_year = date(2027, 1, 1).toordinal()
    assert stretches("quarter", new_year, new_year)[0] == Stretch(
        new_year, date(2027, 4, 1).toordinal()
    )
    assert stretches("decade", new_year, new_year)[0].first == date(2020, 1, 1).toordinal()
    assert stretches("week", MONDAY + 2, MONDAY + 2, 6) == [Stretch(MONDAY - 1, MONDAY + 6)]
    assert stretches("month", MONDAY, MONDAY) == [
        Stretch(date(2026, 11, 1).toordinal(), date(2026, 12, 1).toordinal())
    ]
    assert week_number(MONDAY) == 48
