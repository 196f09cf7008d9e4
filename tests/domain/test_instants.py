"""Days are the person's own: 23, 24 or 25 hours long, in every zone and on every date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toggl_desktop.domain.instants import (
    day_bounds,
    day_of,
    days_between,
    instant,
    is_repeated,
    is_skipped,
    iso,
    local,
    range_bounds,
    resolve,
    seconds_within,
    week_start,
)

NAMES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Havana",
    "Africa/Cairo",
    "Pacific/Kiritimati",
    "UTC",
)
zones = st.sampled_from([ZoneInfo(name) for name in NAMES])
instants = st.integers(1_104_534_000, 1_924_988_399)  # 2005 to 2030
HOUR = 3600


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 3, 30), 24),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Asia/Kolkata", date(2026, 3, 29), 24),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Pacific/Apia", date(2011, 12, 31), 24),
        ("America/Havana", date(2026, 3, 8), 23),  # begins at 01:00: midnight is skipped
        ("America/Havana", date(2026, 11, 1), 25),
    ],
)
def test_a_local_day_lasts_as_long_as_it_really_does(zone, day, hours):
    low, high = day_bounds(day, ZoneInfo(zone))
    assert high - low == hours * HOUR


@given(instants, zones)
def test_every_instant_lies_within_the_bounds_of_its_own_day(moment, zone):
    low, high = day_bounds(day_of(moment, zone), zone)
    assert low <= moment < high


@given(instants, zones)
def test_days_follow_each_other_without_gap_or_overlap(moment, zone):
    day = day_of(moment, zone)
    assert day_bounds(day, zone)[1] == day_bounds(day + timedelta(days=1), zone)[0]


@given(instants, st.integers(0, 40 * 86400), zones)
def test_the_days_of_a_stretch_hold_all_its_seconds_once(start, seconds, zone):
    stop = start + seconds
    days = list(days_between(start, stop, zone))
    assert days == sorted(set(days))
    assert days[0] == day_of(start, zone)
    inside = [seconds_within(start, stop, *day_bounds(day, zone)) for day in days]
    assert sum(inside) == seconds
    assert seconds == 0 or all(inside)


def test_an_entry_across_midnight_is_in_both_days_and_one_that_ends_there_is_not():
    zone = ZoneInfo("Europe/Berlin")
    start, midnight = at("2026-09-21T23:30+02:00"), at("2026-09-22T00:00+02:00")
    assert list(days_between(start, midnight + 1, zone)) == [date(2026, 9, 21), date(2026, 9, 22)]
    assert list(days_between(start, midnight, zone)) == [date(2026, 9, 21)]
    assert list(days_between(midnight, midnight, zone)) == [date(2026, 9, 22)]


def test_a_day_that_was_skipped_whole_holds_nothing():
    zone = ZoneInfo("Pacific/Apia")
    start, stop = at("2011-12-29T20:00-10:00"), at("2011-12-31T06:00+14:00")
    assert list(days_between(start, stop, zone)) == [date(2011, 12, 29), date(2011, 12, 31)]


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T03:30+02:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30+02:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30, fold=1), "2026-10-25T02:30+01:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04T02:45+11:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05T01:45+11:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 0), "2011-12-31T09:00+14:00"),
    ],
)
def test_a_local_time_that_is_skipped_moves_forward_and_a_repeated_one_is_the_first(
    zone, day, clock, expected
):
    assert resolve(day, clock, ZoneInfo(zone)) == at(expected)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "skipped", "repeated"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), True, False),
        ("Europe/Berlin", date(2026, 3, 29), time(3, 0), False, False),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 0), False, True),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30, fold=1), False, True),
        ("Europe/Berlin", date(2026, 10, 25), time(3, 0), False, False),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 29), True, False),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 30), False, True),
        ("Asia/Kolkata", date(2026, 3, 29), time(2, 30), False, False),
    ],
)
def test_skipped_and_repeated_local_times_are_told(zone, day, clock, skipped, repeated):
    assert is_skipped(day, clock, ZoneInfo(zone)) is skipped
    assert is_repeated(day, clock, ZoneInfo(zone)) is repeated


@given(instants, zones)
def test_what_a_local_clock_shows_leads_back_to_the_instant(moment, zone):
    shown = local(moment, zone)
    assert resolve(shown.date(), shown.time().replace(fold=shown.fold), zone) == moment
    assert not is_skipped(shown.date(), shown.time(), zone)


@given(st.dates(date(2005, 1, 1), date(2030, 12, 31)), st.integers(0, 6))
def test_a_week_starts_on_the_chosen_day_and_holds_its_date(day, first):
    start = week_start(day, first)
    assert start.weekday() == first
    assert 0 <= (day - start).days < 7


def test_a_range_of_days_takes_both_its_ends():
    zone = ZoneInfo("Europe/Berlin")
    low, high = range_bounds(date(2026, 3, 28), date(2026, 3, 29), zone)
    assert high - low == 47 * HOUR
    assert (local(low, zone).hour, local(high, zone).hour) == (0, 0)


def test_an_instant_is_cut_to_whole_seconds_and_a_naive_moment_is_none():
    assert instant(datetime(2026, 9, 21, 14, 0, 0, 999_999, tzinfo=UTC)) == at("2026-09-21T14:00Z")
    assert instant(datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)) == -1
    with pytest.raises(ValueError, match="naive"):
        instant(datetime(2026, 9, 21))


def test_an_instant_is_written_in_utc():
    assert iso(1_790_000_000) == "2026-09-21T14:13:20Z"


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_the_seconds_two_stretches_share_are_counted_one_by_one(start, more, low, longer):
    stop, high = start + more, low + longer
    assert seconds_within(start, stop, low, high) == len(
        set(range(start, stop)) & set(range(low, high))
    )
