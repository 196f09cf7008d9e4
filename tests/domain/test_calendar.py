"""The calendar's geometry: odd days, packing beside brute force, snapping, gaps."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toggl_desktop.domain import calendar
from toggl_desktop.domain.calendar import Axis, Grid, Hour, Shelf, Slot, Span
from toggl_desktop.domain.instants import day_bounds, local

BERLIN = ZoneInfo("Europe/Berlin")
LEAST, SLACK = 5.0, 4.0


def at(text: str, zone: ZoneInfo = BERLIN, fold: int = 0) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).timestamp())


def faces(day: date, zone: ZoneInfo) -> list[str]:
    return [f"{h.hour} {h.zone}".strip() for h in calendar.hours_of(day, zone)]


# Odd days -----------------------------------------------------------------------------------


def test_an_ordinary_day_has_its_24_hours_once() -> None:
    found = calendar.hours_of(date(2026, 11, 23), BERLIN)
    assert [h.hour for h in found] == list(range(24))
    assert {h.zone for h in found} == {""}
    assert {b.at - a.at for a, b in pairwise(found)} == {3600}
    assert calendar.clock_change(date(2026, 11, 23), BERLIN) is None


def test_the_skipped_hour_is_absent_and_nothing_stands_in_its_place() -> None:
    found = calendar.hours_of(date(2026, 3, 29), BERLIN)
    assert [h.hour for h in found] == [0, 1, *range(3, 24)]
    assert {b.at - a.at for a, b in pairwise(found)} == {3600}


def test_the_repeated_hour_is_there_twice_and_says_which_is_which() -> None:
    assert faces(date(2026, 10, 25), BERLIN)[:5] == ["0", "1", "2 CEST", "2 CET", "3"]
    first, second = calendar.hours_of(date(2026, 10, 25), BERLIN)[2:4]
    assert second.at - first.at == 3600


@pytest.mark.parametrize(
    ("zone", "day", "hours", "change"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23, ((2, 0), (3, 0))),
        ("Europe/Berlin", date(2026, 10, 25), 25, ((3, 0), (2, 0))),
        ("America/New_York", date(2026, 3, 8), 23, ((2, 0), (3, 0))),
        ("America/New_York", date(2026, 11, 1), 25, ((2, 0), (1, 0))),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5, ((2, 0), (2, 30))),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5, ((2, 0), (1, 30))),
        ("America/Sao_Paulo", date(2018, 11, 4), 23, None),  # the change falls on midnight
        ("America/Havana", date(2026, 11, 1), 25, ((1, 0), (0, 0))),
        ("Asia/Kolkata", date(2026, 3, 29), 24, None),
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(
    zone: str, day: date, hours: float, change: object
) -> None:
    where = ZoneInfo(zone)
    low, high = day_bounds(day, where)
    assert (high - low) / 3600 == hours
    found = calendar.hours_of(day, where)
    assert all(low <= h.at < high for h in found)
    assert all((local(h.at, where).hour, local(h.at, where).minute) == (h.hour, 0) for h in found)
    assert len({h.at for h in found}) == len(found)
    seen = calendar.clock_change(day, where)
    assert (None if seen is None else (seen.before, seen.after)) == change
    if seen is not None:
        assert local(seen.at, where).utcoffset() != local(seen.at - 1, where).utcoffset()


def test_a_half_hour_change_keeps_every_full_hour_where_the_clock_shows_it() -> None:
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    spring = calendar.hours_of(date(2026, 10, 4), lord_howe)
    assert [h.hour for h in spring] == [0, 1, *range(3, 24)]  # 2:00 becomes 2:30 at once
    assert spring[2].at - spring[1].at == 5400
    autumn = calendar.hours_of(date(2026, 4, 5), lord_howe)
    assert [h.hour for h in autumn] == list(range(24))
    assert autumn[2].at - autumn[1].at == 5400


def test_a_day_that_never_was_has_no_hours() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    assert calendar.hours_of(date(2011, 12, 30), apia) == ()
    assert calendar.clock_change(date(2011, 12, 30), apia) is None
    (axis,) = calendar.axes([day_bounds(date(2011, 12, 30), apia)], 48)
    assert axis.top == axis.bottom == 0


def test_a_week_holds_the_day_and_fewer_days_end_with_it() -> None:
    monday = date(2026, 11, 23)
    assert calendar.shown_days(monday, 1, 0) == (monday,)
    assert calendar.shown_days(monday, 3, 0)[0] == date(2026, 11, 21)
    assert calendar.shown_days(monday, 7, 0)[0] == monday
    sundays = calendar.shown_days(monday, 7, 6)
    assert (sundays[0], sundays[-1]) == (date(2026, 11, 22), date(2026, 11, 28))


# Time and height ----------------------------------------------------------------------------


def test_nine_o_clock_is_at_one_height_on_days_of_23_24_and_25_hours() -> None:
    days = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)]
    found = calendar.axes([day_bounds(day, BERLIN) for day in days], 48)
    heights = {axis.y(at(f"{day}T09:00")) for axis, day in zip(found, days, strict=True)}
    assert len(heights) == 1
    assert [axis.top for axis in found] == [48, 96, 0]
    assert {axis.bottom for axis in found} == {25 * 48}


def test_no_days_need_no_height() -> None:
    assert calendar.axes([], 48) == ()


@given(st.floats(-100, 2000), st.sampled_from([20.0, 48.0, 333.3]))
def test_every_height_names_an_instant_of_its_day(y: float, per_hour: float) -> None:
    axis = Axis(0, 86400, 24 * per_hour, per_hour)
    found = axis.at(y)
    assert 0 <= found <= 86400
    if 0 <= y <= axis.bottom:
        assert abs(axis.y(found) - y) <= per_hour / 3600


def test_zoom_keeps_what_is_under_the_pointer_and_stays_within_reason() -> None:
    assert calendar.zoomed(48, 2) == 96
    assert calendar.zoomed(48, 0.001) == calendar.LEAST_PER_HOUR
    assert calendar.zoomed(48, 0.1, 26) == 26
    assert calendar.zoomed(48, 1000) == calendar.MOST_PER_HOUR
    scroll = calendar.scroll_around(100, 60, 48, 96)
    assert (scroll + 60) / 96 == (100 + 60) / 48
    assert calendar.scroll_around(0, 60, 48, 24) == 0


# Side by side -------------------------------------------------------------------------------

Spans = list[tuple[float, float]]


def spans_of(least: int) -> st.SearchStrategy[Spans]:
    one = st.tuples(st.integers(0, 200), st.integers(least, 80))
    return st.lists(one, max_size=24).map(
        lambda found: [(float(low), float(low + length)) for low, length in found]
    )


def cover(one: Slot, other: Slot) -> bool:
    beside = one.lane + one.reach <= other.lane or other.lane + other.reach <= one.lane
    return not beside and one.top < other.bottom and other.top < one.bottom


@given(spans_of(0))
def test_nothing_covers_anything_and_nothing_is_too_thin_or_far_off(spans: Spans) -> None:
    slots = calendar.pack(spans, LEAST, SLACK)
    assert len(slots) == len(spans)
    for (begin, end), slot in zip(spans, slots, strict=True):
        assert slot.bottom - slot.top >= LEAST
        assert 0 <= slot.top - begin <= SLACK
        assert slot.bottom >= end
        assert slot.bottom == max(end, slot.top + LEAST)
        assert slot.lane + slot.reach <= slot.lanes
    for i, one in enumerate(slots):
        for other in slots[i + 1 :]:
            assert not cover(one, other)


@given(spans_of(0))
def test_every_slot_is_as_wide_as_its_neighbours_let_it(spans: Spans) -> None:
    slots = calendar.pack(spans, LEAST, SLACK)
    for i, slot in enumerate(slots):
        if slot.lane + slot.reach == slot.lanes:
            continue
        wider = slot._replace(reach=slot.reach + 1)
        base = [s._replace(reach=1) for k, s in enumerate(slots) if k != i]
        assert any(cover(wider, other) for other in base)


@given(spans_of(6))
def test_lanes_are_as_few_as_the_most_that_share_a_moment(spans: Spans) -> None:
    slots = calendar.pack(spans, LEAST, SLACK)
    for cluster in clusters(spans):
        depth = max(sum(spans[i][0] <= spans[k][0] < spans[i][1] for i in cluster) for k in cluster)
        assert {slots[i].lanes for i in cluster} == {depth}


def clusters(spans: Spans) -> list[list[int]]:
    """By brute force: the groups that sharing time, directly or not, makes."""
    groups: list[list[int]] = []
    for i, (low, high) in enumerate(spans):
        mine = [g for g in groups if any(spans[k][0] < high and low < spans[k][1] for k in g)]
        groups = [g for g in groups if g not in mine] + [[i, *(k for g in mine for k in g)]]
    return groups


def test_a_thin_entry_makes_what_follows_give_way_instead_of_halving_it() -> None:
    thin, long = calendar.pack([(0, 1.6), (1.6, 60)], LEAST, SLACK)
    assert (thin.lanes, long.lanes) == (1, 1)
    assert (thin.top, thin.bottom, long.top, long.bottom) == (0, 5, 5, 60)


def test_an_entry_widens_into_lanes_that_are_free_beside_it() -> None:
    long, first, second, third = calendar.pack([(0, 100), (0, 20), (0, 20), (40, 60)], 5, 4)
    assert (long.lane, long.reach, long.lanes) == (0, 1, 3)
    assert (first.lane, second.lane) == (1, 2)
    assert (third.lane, third.reach) == (1, 2)


def test_packing_nothing_gives_nothing() -> None:
    assert calendar.pack([], LEAST, SLACK) == []


@given(spans_of(0), st.integers(-10, 300), st.integers(0, 100))
def test_the_shelf_names_everything_that_shows(spans: Spans, top: int, height: int) -> None:
    slots = calendar.pack(spans, LEAST, SLACK)
    found = Shelf(slots).between(top, top + height)
    shows = {i for i, s in enumerate(slots) if s.bottom > top and s.top < top + height}
    assert shows <= set(found)
    assert all(slots[i].top < top + height for i in found)


def test_the_shelf_does_not_look_at_what_is_far_above() -> None:
    slots = calendar.pack([(float(i * 10), float(i * 10 + 10)) for i in range(500)], 5, 4)
    assert Shelf(slots).between(1000, 1100) == list(range(100, 110))


# Snapping -----------------------------------------------------------------------------------

FIVE = Grid(0, 300)
ONE = Grid(0, 60)


def test_a_moment_snaps_to_the_grid_or_to_an_edge_nearby() -> None:
    assert FIVE.near(149) == 0
    assert FIVE.near(151) == 300
    assert Grid(0, 300, (423,)).near(400) == 423
    assert Grid(0, 300, (423,)).near(320) == 300
    assert ONE.near(423) == 420
    assert Grid(7, 300).near(8) == 7


def test_what_is_drawn_may_go_up_or_down_and_is_never_empty() -> None:
    assert calendar.drawn(310, 1210, FIVE) == Span(300, 1200)
    assert calendar.drawn(1210, 310, FIVE) == Span(300, 1200)
    assert calendar.drawn(310, 320, FIVE) == Span(300, 600)
    assert calendar.drawn(320, 310, FIVE) == Span(0, 300)


def test_a_moved_span_keeps_its_length_and_finds_its_old_place_again() -> None:
    span = Span(137, 1000)
    home = Grid(0, 300, (), 137)
    assert calendar.moved(span, 149, home) == span
    assert calendar.moved(span, -149, home) == span
    assert calendar.moved(span, 151, home) == Span(300, 1163)
    assert calendar.moved(span, 400, FIVE) == Span(600, 1463)
    assert calendar.moved(span, 400, Grid(0, 300, (1420,))) == Span(557, 1420)


@given(st.integers(0, 10**6), st.integers(1, 10**5), st.integers(-(10**6), 10**6))
def test_edges_never_pass_each_other(low: int, length: int, to: int) -> None:
    span = Span(low, low + length)
    for found in (calendar.with_start(span, to, FIVE), calendar.with_stop(span, to, FIVE)):
        assert found.high - found.low >= min(60, length)
    assert calendar.with_start(span, to, FIVE).high == span.high
    assert calendar.with_stop(span, to, FIVE).low == span.low


def test_an_edge_dragged_a_little_stays_where_it_was() -> None:
    low, high = Grid(0, 300, (), 137), Grid(0, 300, (), 1000)
    assert calendar.with_start(Span(137, 1000), 30, low) == Span(137, 1000)
    assert calendar.with_stop(Span(137, 1000), 1100, high) == Span(137, 1000)
    assert calendar.with_stop(Span(137, 1000), 1210, FIVE) == Span(137, 1200)


def test_a_cut_lies_inside_on_the_grid_if_it_can() -> None:
    assert calendar.cut_at(Span(0, 1000), 310, FIVE) == 300
    assert calendar.cut_at(Span(10, 200), 100, FIVE) == 100
    assert calendar.cut_at(Span(10, 200), 100, FIVE, ONE) == 120
    assert calendar.cut_at(Span(10, 200), 5000, FIVE) == 199
    assert calendar.cut_at(Span(10, 11), 10, FIVE) is None


# Gaps ---------------------------------------------------------------------------------------

DAY = Span(at("2026-11-23T00:00"), at("2026-11-24T00:00"))


def clock(text: str) -> int:
    return at(f"2026-11-23T{text}")


def test_a_short_gap_is_filled_whole_and_a_long_one_by_half_an_hour() -> None:
    spans = [(clock("08:00"), clock("09:07")), (clock("09:46"), clock("10:00"))]
    grid = Grid(DAY.low, 300)
    filled = calendar.gap_around(spans, clock("09:20"), DAY, grid)
    assert filled == Span(clock("09:07"), clock("09:46"))
    assert calendar.gap_around(spans, clock("13:02"), DAY, grid) == Span(
        clock("13:00"), clock("13:30")
    )
    near = calendar.gap_around(spans, clock("07:53"), DAY, grid)
    assert near == Span(clock("07:50"), clock("08:00"))
    after = calendar.gap_around(spans, clock("10:01"), DAY, grid)
    assert after == Span(clock("10:00"), clock("10:30"))


def test_beside_an_entry_half_an_hour_begins_where_it_was_pointed_at() -> None:
    spans = [(clock("08:00"), clock("12:00"))]
    found = calendar.gap_around(spans, clock("09:01"), DAY, Grid(DAY.low, 300))
    assert found == Span(clock("09:00"), clock("09:30"))


def test_the_first_gap_is_the_one_between_entries_that_is_no_night() -> None:
    spans = [
        (clock("00:00"), clock("01:15")),
        (clock("08:00"), clock("09:00")),
        (clock("09:02"), clock("09:10")),
        (clock("09:46"), clock("10:00")),
    ]
    assert calendar.first_gap(spans, DAY, clock("18:00")) == Span(clock("09:10"), clock("09:46"))


def test_without_a_gap_it_is_what_follows_up_to_now() -> None:
    spans = [(clock("08:00"), clock("09:07"))]
    assert calendar.first_gap(spans, DAY, clock("09:30")) == Span(clock("09:07"), clock("09:30"))
    assert calendar.first_gap(spans, DAY, clock("09:08")) == Span(clock("09:07"), clock("09:37"))
    later = DAY.high + 3600
    assert calendar.first_gap(spans, DAY, later) == Span(clock("09:07"), clock("09:37"))
    assert calendar.first_gap([DAY], DAY, later) == Span(DAY.high - 60, DAY.high)


def test_an_empty_day_begins_at_nine_or_half_an_hour_ago() -> None:
    assert calendar.first_gap([], DAY, DAY.high + 5) == Span(clock("09:00"), clock("09:30"))
    assert calendar.first_gap([], DAY, clock("14:02")) == Span(clock("13:30"), clock("14:00"))
    assert calendar.first_gap([], DAY, clock("00:10")) == Span(DAY.low, DAY.low + 1800)
    low, high = day_bounds(date(2026, 10, 25), BERLIN)
    found = calendar.first_gap([], Span(low, high), high + timedelta(days=1).seconds)
    assert found.low == at("2026-10-25T09:00")


def test_an_hour_knows_itself() -> None:
    assert Hour(0, 0) == calendar.hours_of(date(1970, 1, 1), ZoneInfo("UTC"))[0]
