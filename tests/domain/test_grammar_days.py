"""Days in the one line, and ranges that would reach into tomorrow."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.domain.grammar import parse_line
from toggl_desktop.domain.instants import instant

BERLIN = ZoneInfo("Europe/Berlin")


def _at(text):
    return instant(datetime.fromisoformat(text).replace(tzinfo=BERLIN))


def _read(text, now="2026-11-23T23:05"):
    return parse_line(text, _at(now), BERLIN)


def test_a_day_before_a_range_is_the_ranges_day():
    line = _read("stand-up yesterday 9-9:15")
    assert line.description == "stand-up"
    assert (line.start, line.stop) == (_at("2026-11-22T09:00"), _at("2026-11-22T09:15"))


def test_a_written_date_before_a_clock_time_is_its_day():
    line = _read("call 2026-11-20 @14:20 45m")
    assert line.description == "call"
    assert (line.start, line.stop) == (_at("2026-11-20T14:20"), _at("2026-11-20T15:05"))


@pytest.mark.parametrize("text", ["plan yesterday", "yesterday was fine", "read 2026-11-20 notes"])
def test_a_day_without_a_time_is_only_a_word(text):
    line = _read(text)
    assert line.description == text
    assert line.start is None


def test_a_range_over_midnight_that_has_not_ended_was_last_night():
    line = _read("ship 22-6:30")
    assert (line.start, line.stop) == (_at("2026-11-22T22:00"), _at("2026-11-23T06:30"))


def test_a_range_over_midnight_that_has_ended_is_the_latest_one():
    line = _read("ship 22-6:30", now="2026-11-23T08:00")
    assert (line.start, line.stop) == (_at("2026-11-22T22:00"), _at("2026-11-23T06:30"))


def test_a_range_of_a_day_and_more_is_no_range():
    assert _read("x 9-8").description == "x 9-8"
    assert _read("x 9-8").start is None
