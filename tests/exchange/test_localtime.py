"""Wall-clock times to instants, in zones that do everything a zone can do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.exchange.localtime import LocalTime, moment

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Asia/Beirut",
    "America/Havana",
    "Asia/Pyongyang",
    "UTC",
]
INSTANTS = st.integers(min_value=946_684_800, max_value=1_924_991_999)


def wall(epoch: int, zone: ZoneInfo) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch)).astimezone(zone)


@settings(deadline=None)
@given(INSTANTS, st.sampled_from(ZONES))
def test_every_instant_is_among_the_readings_of_its_wall_clock_time(epoch: int, name: str) -> None:
    zone = ZoneInfo(name)
    shown = moment(wall(epoch, zone).replace(tzinfo=None))
    assert epoch in LocalTime(zone).readings(shown)
    assert LocalTime(zone).first(shown) == LocalTime(zone).readings(shown)[0]


@settings(deadline=None)
@given(INSTANTS, st.integers(0, 200_000), st.sampled_from(ZONES))
def test_the_duration_finds_a_span_of_the_right_length(start: int, length: int, name: str) -> None:
    zone = ZoneInfo(name)
    shown = [moment(wall(at, zone).replace(tzinfo=None)) for at in (start, start + length)]
    begin, end = LocalTime(zone).span(shown[0], shown[1], length)
    assert end - begin == length


@pytest.mark.parametrize("year", [2011, 2015, 2018, 2026])
@pytest.mark.parametrize("name", ZONES)
def test_every_clock_change_of_a_year_is_seen(name: str, year: int) -> None:
    zone = ZoneInfo(name)
    local = LocalTime(zone)
    day = date(year, 1, 1)
    while day.year == year:
        for hour in (0, 1, 2, 23):
            naive = datetime(day.year, day.month, day.day, hour, 30)
            expected = {int(naive.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)}
            assert set(local.readings(moment(naive))) == expected, naive
        day += timedelta(days=1)


def test_a_time_that_the_clock_skips_is_moved_and_not_lost() -> None:
    local = LocalTime(ZoneInfo("Europe/Berlin"))
    skipped = moment(datetime(2026, 3, 29, 2, 30))
    assert wall(local.first(skipped), ZoneInfo("Europe/Berlin")).hour == 3


def test_a_span_never_runs_backwards_when_it_can_run_forward() -> None:
    local = LocalTime(ZoneInfo("Europe/Berlin"))
    start, stop = moment(datetime(2026, 10, 25, 2, 50)), moment(datetime(2026, 10, 25, 2, 10))
    begin, end = local.span(start, stop, None)
    assert end - begin == 20 * 60


def test_fixed_offsets_work_too() -> None:
    local = LocalTime(timezone(timedelta(hours=-3, minutes=-30)))
    assert local.first(moment(datetime(1970, 1, 2))) == 86400 + 12600
