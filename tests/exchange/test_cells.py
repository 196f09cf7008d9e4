"""Times, durations and dates in single cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.exchange.cells import clear_order, date_parts, seconds_long, seconds_of_day

TIMES = [
    ("09:05:07", 32707),
    ("9:05", 32700),
    ("09:05 AM", 32700),
    ("9:05:07 pm", 75907),
    ("12:00 AM", 0),
    ("12:30 p.m.", 45000),
    ("11:59:59\u202fPM", 86399),
    ("午後3:05", 54300),
    ("午前 0:10", 600),
    ("9h05", 32700),
    ("09.05.07", 32707),
    ("09:05:07.250", 32707),
    ("24:00", 86400),
]


@pytest.mark.parametrize(("cell", "seconds"), TIMES)
def test_times_of_day_are_read_in_every_style(cell: str, seconds: int) -> None:
    assert seconds_of_day(cell) == seconds


@pytest.mark.parametrize(
    "cell", ["", "-", "25:00", "12:60", "12:00:60", "13:00 PM", "0:10 am", "24:01", "9", "²3:00:00"]
)
def test_what_is_no_time_of_day_is_refused(cell: str) -> None:
    assert seconds_of_day(cell) is None


LENGTHS = [
    ("01:02:03", 3723),
    ("999:00:00", 3596400),
    ("62:03 min", 3723),
    ("1:30", 5400),
    ("1.50 h", 5400),
    ("1,5", 5400),
    ("45 min", 2700),
    ("30 sec", 30),
    ("1 h 30 min", 5400),
    ("2h", 7200),
    ("1h 5s", 3605),
]


@pytest.mark.parametrize(("cell", "seconds"), LENGTHS)
def test_durations_are_read_in_every_style(cell: str, seconds: int) -> None:
    assert seconds_long(cell) == seconds


@pytest.mark.parametrize("cell", ["", "-", "long", "1:2:3:4", "9" * 5000, "-1:00:00"])
def test_what_is_no_duration_is_refused(cell: str) -> None:
    assert seconds_long(cell) is None


@pytest.mark.parametrize("cell", ["", "1/2", "1/2/26", "2026", "2026-1", "99999-1-1", "9" * 5000])
def test_what_is_no_date_is_refused(cell: str) -> None:
    assert date_parts(cell) is None


def test_mixed_orders_follow_the_commoner_one() -> None:
    assert clear_order(["13/01/2026", "14/01/2026", "01/15/2026"]) == "dmy"
    assert clear_order(["13/01/2026", "01/15/2026"]) is None


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_cell_whatever_raises(cell: str) -> None:
    seconds = seconds_of_day(cell)
    assert seconds is None or 0 <= seconds <= 86400
    length = seconds_long(cell)
    assert length is None or length >= 0
    assert date_parts(cell) is None or len(date_parts(cell)) == 4
