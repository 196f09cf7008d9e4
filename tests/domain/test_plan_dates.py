"""Days and times of day as a person types them into a plan."""

from datetime import date

import pytest

from toggl_desktop.domain.plan import dates
from toggl_desktop.domain.plan.dates import DayWords, parse_day, parse_minute

TODAY = date(2026, 11, 25).toordinal()  # a Wednesday
GERMAN = DayWords(
    [("Januar", "Jan."), ("Februar",), ("März", "Mrz"), *[("x",)] * 9],
    [("Montag", "Mo"), ("Dienstag", "Di"), *[("y",)] * 5],
    {"heute": 0, "morgen": 1},
)
AMERICAN = dates.ENGLISH._replace(is_day_first=False)


def day(text, words=dates.ENGLISH, **more):
    found = parse_day(text, TODAY, words, **more)
    return None if found is None else date.fromordinal(found).isoformat()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("today", "2026-11-25"),
        ("Tomorrow", "2026-11-26"),
        ("yesterday", "2026-11-24"),
        ("+2w", "2026-12-09"),
        ("+3", "2026-11-28"),
        ("-1 day", "2026-11-24"),
        ("+1m", "2026-12-25"),
        ("+1y", "2027-11-25"),
        ("3 mar", "2027-03-03"),
        ("March 3rd", "2027-03-03"),
        ("3. March 2030", "2030-03-03"),
        ("mar 3, 2030", "2030-03-03"),
        ("30 oct", "2026-10-30"),
        ("3.12.", "2026-12-03"),
        ("3/12", "2026-12-03"),
        ("24.12.27", "2027-12-24"),
        ("2027-02-01", "2027-02-01"),
        ("wed", "2026-11-25"),
        ("Monday", "2026-11-30"),
        ("next fri", "2026-12-04"),
        ("12", "2026-12-12"),
        ("28", "2026-11-28"),
        ("29 feb", "2028-02-29"),
    ],
)
def test_a_day_is_understood(text, wanted):
    assert day(text) == wanted


@pytest.mark.parametrize("text", ["", "soon", "32", "31.2.", "ma", "+9x", "3 m", "-9999y", "0"])
def test_what_is_no_day_is_none(text):
    assert day(text) is None


def test_offsets_count_from_where_they_are_asked_to():
    assert day("+2", base=date(2027, 1, 1).toordinal()) == "2027-01-03"
    assert day("+1m", base=date(2027, 1, 31).toordinal()) == "2027-02-28"


def test_the_locales_words_and_order_count_beside_english():
    assert day("3 mär", GERMAN) == "2027-03-03"
    assert day("morgen", GERMAN) == "2026-11-26"
    assert day("di", GERMAN) == "2026-12-01"
    assert day("tomorrow", GERMAN) == "2026-11-26"
    assert day("12/3", AMERICAN) == "2026-12-03"
    assert day("13/3", AMERICAN) == "2027-03-13"
    assert day("3/13", dates.ENGLISH) == "2027-03-13"


def test_one_end_drags_the_other_along():
    assert dates.with_start(10, 8) == (10, 10)
    assert dates.with_start(5, 8) == (5, 8)
    assert dates.with_end(5, 3) == (3, 3)
    assert dates.with_end(None, 3) == (3, 3)
    assert dates.minutes_with_start(600, 540, is_one_day=True) == (600, 660)
    assert dates.minutes_with_start(600, 540, is_one_day=False) == (600, 540)
    assert dates.minutes_with_end(600, 540, is_one_day=True) == (480, 540)


def test_times_are_offered_by_the_half_hour_from_seven():
    offered = dates.offered_minutes()
    assert offered[:3] == (420, 450, 480)
    assert len(offered) == len(set(offered)) == 48
    assert [parse_minute(t) for t in ("9", "9:30", "930", "2pm", "24:00", "x")] == [
        *(540, 570, 570, 840, 1440),
        None,
    ]


def test_a_weekend_has_no_weekday():
    saturday = date(2026, 11, 28).toordinal()
    assert not dates.has_weekday(saturday, saturday + 1)
    assert dates.has_weekday(saturday, saturday + 2)
    assert dates.has_weekday(TODAY, TODAY)
