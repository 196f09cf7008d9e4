"""What a person types for a time is understood, or refused with a sentence; nothing in between."""

import contextlib
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.test_instants import NAMES, instants, zones
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import day_of, iso, local
from toggl_desktop.domain.moments import (
    first_after,
    latest,
    parse_clock,
    parse_day,
    parse_length,
    parse_moment,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = int(datetime.fromisoformat("2026-09-21T16:13:20+02:00").timestamp())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h30", 5400),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("1h 30min", 5400),
        (" 1H30 ", 5400),
        ("90m", 5400),
        ("90 min", 5400),
        ("1.5h", 5400),
        ("1,5h", 5400),
        ("0.25h", 900),
        ("1:30", 5400),
        ("1:30:15", 5415),
        ("100:00", 360_000),
        ("45s", 45),
        ("1h30m15s", 5415),
        ("2h", 7200),
        ("1h15s", 3615),
        ("1m5s", 65),
        ("12s5", None),
        ("2h5", 7500),
        ("0m", 0),
        ("", None),
        ("h", None),
        ("45", None),
        ("1:75", None),
        ("1:30:75", None),
        ("1h30x", None),
        ("h30", None),
        ("-1h", None),
        ("1.234h", None),
        ("99999999m", None),
        ("m5", None),
        ("ten minutes", None),
    ],
)
def test_a_length_is_read_as_it_is_meant(text, seconds):
    assert parse_length(text) == seconds


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:20", time(14, 20)),
        ("14:20:05", time(14, 20, 5)),
        ("8.30", time(8, 30)),
        ("8:30pm", time(20, 30)),
        ("8:30 PM", time(20, 30)),
        ("8:30p.m.", time(20, 30)),
        ("8pm", time(20)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:30 am", time(0, 30)),
        ("830", time(8, 30)),
        ("0830", time(8, 30)),
        ("2359", time(23, 59)),
        ("8", time(8)),
        ("0:00", time(0)),
        ("24:00", None),
        ("8:60", None),
        ("8:30:60", None),
        ("13pm", None),
        ("0am", None),
        ("2460", None),
        ("", None),
        ("eight", None),
        ("12345", None),
    ],
)
def test_a_clock_time_is_read_as_it_is_meant(text, clock):
    assert parse_clock(text) == clock


@pytest.mark.parametrize("text", ["8", "830", "0830"])
def test_bare_digits_are_no_clock_time_where_they_could_be_anything(text):
    assert parse_clock(text, compact=False) is None


@pytest.mark.parametrize("text", ["8:30", "8pm"])
def test_what_can_only_be_a_clock_time_is_one_everywhere(text):
    assert parse_clock(text, compact=False) is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        (" Today ", date(2026, 9, 21)),
        ("yesterday", date(2026, 9, 20)),
        ("-3", date(2026, 9, 18)),
        ("-3d", date(2026, 9, 18)),
        ("tomorrow", None),
        ("2026-02-30", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("1969-12-31", None),
        ("2199-12-31", date(2199, 12, 31)),
        ("1970-01-01", date(1970, 1, 1)),
        ("3", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_meant(text, day):
    assert parse_day(text, date(2026, 9, 21)) == day


def test_a_day_reckoned_back_beyond_the_calendar_is_none():
    assert parse_day("-9999", date(1980, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-09-21T14:13:20Z"),
        ("-10m", "2026-09-21T14:03:20Z"),
        ("+5m", "2026-09-21T14:18:20Z"),
        ("-1:30", "2026-09-21T12:43:20Z"),
        ("14:20", "2026-09-21T12:20:00Z"),
        ("@14:20", "2026-09-21T12:20:00Z"),
        ("16:13", "2026-09-21T14:13:00Z"),
        ("16:14", "2026-09-20T14:14:00Z"),  # not yet today: yesterday's
        ("8", "2026-09-21T06:00:00Z"),
        ("yesterday 14:20", "2026-09-20T12:20:00Z"),
        ("today 23:00", "2026-09-21T21:00:00Z"),  # a day was said: the future may be meant
        ("2026-09-01 9:05", "2026-09-01T07:05:00Z"),
        ("2026-09-01T09:05", "2026-09-01T07:05:00Z"),
        ("2026-09-01t09:05:10", "2026-09-01T07:05:10Z"),
        ("2026-09-01T09:05:00Z", "2026-09-01T09:05:00Z"),
        ("2026-09-01T09:05:00-04:00", "2026-09-01T13:05:00Z"),
        ("2026-03-29 02:30", "2026-03-29T01:30:00Z"),  # skipped: forward
        ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),  # repeated: the first
    ],
)
def test_a_moment_is_read_as_it_is_meant(text, moment):
    assert iso(parse_moment(text, NOW, BERLIN)) == moment


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "+", "soon", "25:00", "yesterday", "yesterday noon", "2026-09-01",
        "2026-13-01 10:00", "2026-09-01T25:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59:59",
        "-5", "1h30", "14:20 and more", "2026-09-01T09:05:00+99:99", "’; DROP TABLE step; --",
        "\x00", "\udcff", "９" * 40, "-" * 500, "1" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_a_sentence(text):
    with pytest.raises(RefusedError, match=r"is not a time\. Write .* Nothing was changed\."):
        parse_moment(text, NOW, BERLIN)


@given(st.text(max_size=40), st.none() | instants, instants, zones)
def test_any_text_is_a_moment_or_refused(text, after, now, zone):
    with contextlib.suppress(RefusedError):
        assert isinstance(parse_moment(text, now, zone, after=after), int)


@given(st.from_regex(r"[-+@]?\d{1,4}[-:.hm]?\d{0,2}[ T]?[\dapm:.+Z-]{0,8}", fullmatch=True))
def test_what_looks_like_a_moment_is_one_or_refused(text):
    with contextlib.suppress(RefusedError):
        parse_moment(text, NOW, BERLIN)


clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))


@given(clocks, instants, zones)
def test_the_latest_moment_of_a_clock_time_is_past_and_nothing_nearer_shows_it(clock, now, zone):
    found = latest(clock, now, zone)
    assert found <= now
    assert now - found <= 51 * 3600
    # whatever lies between does not show that time
    for probe in range(found + 60, now + 1, 60):
        shown = local(probe, zone)
        assert shown.time().replace(fold=0) != clock


@given(clocks, instants, zones)
def test_the_first_moment_after_a_start_is_not_before_it_and_within_a_day_or_so(clock, now, zone):
    found = first_after(clock, now, zone)
    assert now <= found <= now + 51 * 3600


def test_a_repeated_hour_is_the_later_one_once_it_has_come():
    first = int(datetime.fromisoformat("2026-10-25T02:30+02:00").timestamp())
    second = int(datetime.fromisoformat("2026-10-25T02:30+01:00").timestamp())
    clock = time(2, 30)
    assert latest(clock, second - 1, BERLIN) == first
    assert latest(clock, second, BERLIN) == second
    assert first_after(clock, first, BERLIN) == first
    assert first_after(clock, first + 1, BERLIN) == second


def test_a_stop_before_its_start_by_the_clock_means_the_next_day():
    start = int(datetime.fromisoformat("2026-09-20T20:00+02:00").timestamp())
    stop = parse_moment("16:30", NOW, BERLIN, after=start)
    assert iso(stop) == "2026-09-21T14:30:00Z"
    assert parse_moment("20:00", NOW, BERLIN, after=start) == start


def test_the_day_that_samoa_skipped_is_no_trap():
    apia = ZoneInfo("Pacific/Apia")
    now = int(datetime.fromisoformat("2011-12-31T00:00:30+14:00").timestamp())
    found = latest(time(23), now, apia)
    assert local(found, apia).isoformat() == "2011-12-29T23:00:00-10:00"
    assert day_of(first_after(time(23), found + 1, apia), apia) == date(2011, 12, 31)


def test_every_zone_of_these_tests_is_there():
    assert all(ZoneInfo(name) for name in NAMES)
