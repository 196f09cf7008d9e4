"""Recurrence: the spelling of Toggl's files, and days that do not drift."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan.repeat import (
    MOST,
    Repeat,
    checked,
    find,
    following,
    horizon,
    is_awake,
    nth,
    occurrences,
    parse,
    to_come,
)

DAY = date(2026, 11, 27).toordinal()
END = date(2027, 3, 1).toordinal()


def day(year: int, month: int, of: int) -> int:
    return date(year, month, of).toordinal()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("every 1 week", "every 1 week"),
        ("Every 1 day", "every 1 day"),
        ("every 5 months", "every 5 months"),
        ("every 1 year", "every 1 year"),
        ("every 1 months", "every 1 month"),
        ("  EVERY   2  WEEKS ", "every 2 weeks"),
        ("every week", "every 1 week"),
        ("each month", "every 1 month"),
        ("every other week", "every 2 weeks"),
        ("every 3w", "every 3 weeks"),
        ("every 3m", "every 3 months"),
        ("weekly", "every 1 week"),
        ("Fortnightly", "every 2 weeks"),
        ("quarterly", "every 3 months"),
        ("Repeats every 2 years", "every 2 years"),
        ("2 weeks", "every 2 weeks"),
        ("every 1 month until 2027-03-01", "every 1 month until 2027-03-01"),
        ("monthly, ends on 2027-03-01", "every 1 month until 2027-03-01"),
        ("", ""),
        ("  ", ""),
        ("None", ""),
    ],
)
def test_what_people_and_programs_write_is_understood_and_kept_in_one_spelling(
    text: str, kept: str
) -> None:
    assert checked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "every", "every 0 weeks", "every -1 week", "every 1000 days", "every 2 moons", "tomorrow",
        "every 1 week until", "every 1 week until 2027-02-30", "every 1 week until soon",
        "every " + "9" * 5000 + " days", "=every 1 week", "every 1 week; drop", "ev", "\x00",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    assert find(text) is None
    with pytest.raises(RefusedError, match=r"every 2 weeks.*Nothing was changed\."):
        parse(text)


def test_the_last_of_the_month_stays_the_last_and_does_not_drift() -> None:
    rule = Repeat(1, "month")
    days = occurrences(rule, day(2027, 1, 31), day(2027, 5, 31))
    assert [date.fromordinal(d).isoformat()[5:] for d in days] == [
        "01-31", "02-28", "03-31", "04-30", "05-31",
    ]  # fmt: skip


def test_a_leap_day_recurs_on_the_day_before_in_common_years() -> None:
    days = occurrences(Repeat(1, "year"), day(2024, 2, 29), day(2028, 12, 31))
    assert [str(date.fromordinal(d)) for d in days] == [
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    ]  # fmt: skip


def test_an_end_is_itself_included() -> None:
    rule = Repeat(1, "week", DAY + 14)
    assert list(occurrences(rule, DAY, DAY + 100)) == [DAY, DAY + 7, DAY + 14]
    assert following(rule, DAY, DAY + 13) == DAY + 14
    assert following(rule, DAY, DAY + 14) is None


def test_the_calendar_ends_without_a_fault() -> None:
    last = date.max.toordinal()
    for rule in (Repeat(MOST, "year"), Repeat(1, "day"), Repeat(1, "week"), Repeat(7, "month")):
        assert list(occurrences(rule, last, last)) == [last]
        assert following(rule, last, last) is None
        assert horizon(rule, last) == last


def test_occurrences_are_made_a_year_ahead_or_for_two_periods() -> None:
    weekly = to_come(Repeat(1, "week"), DAY, DAY, DAY)
    assert (weekly[0], len(weekly)) == (DAY + 7, 52)
    assert len(to_come(Repeat(2, "year"), DAY, DAY, DAY)) == 2
    assert to_come(Repeat(1, "week", DAY), DAY, DAY, DAY) == []


def test_a_series_that_was_not_looked_at_for_a_while_goes_on_today_not_in_the_past() -> None:
    first = DAY - 70
    days = to_come(Repeat(1, "week"), first, first, DAY)
    assert days[0] == DAY
    assert all((d - first) % 7 == 0 for d in days)


def test_a_series_that_nobody_has_continued_for_half_a_year_has_ended_by_itself() -> None:
    assert not is_awake(Repeat(1, "week"), DAY - 200, DAY)
    assert to_come(Repeat(1, "week"), DAY - 900, DAY - 200, DAY) == []
    assert is_awake(Repeat(1, "year"), DAY - 700, DAY)


RULES = st.builds(
    Repeat,
    st.integers(1, MOST),
    st.sampled_from(("day", "week", "month", "year")),
    st.none() | st.integers(day(1970, 1, 1), day(2200, 1, 1)),
)
DAYS = st.integers(day(1970, 1, 1), day(2200, 1, 1))


@given(RULES)
def test_every_rule_is_read_back_as_it_was_written(rule: Repeat) -> None:
    assert parse(rule.text) == rule
    assert checked(rule.text) == rule.text


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 900), st.integers(0, 900))
def test_asking_for_later_ones_only_leaves_out_the_earlier_ones_and_nothing_else(
    rule: Repeat, first: int, skip: int, span: int
) -> None:
    until, after = first + span, first + skip
    everything = list(occurrences(rule, first, until))
    assert everything == sorted(set(everything))
    assert everything[:1] in ([first], [])
    assert list(occurrences(rule, first, until, after=after)) == [
        d for d in everything if d > after
    ]
    assert all(d <= until and (rule.until is None or d <= rule.until) for d in everything)


@given(RULES, DAYS, st.integers(0, 300))
def test_the_day_of_the_month_is_kept_wherever_the_month_has_it(
    rule: Repeat, first: int, place: int
) -> None:
    at = nth(rule, first, place)
    if at is None:
        return
    begin, found = date.fromordinal(first), date.fromordinal(at)
    if rule.unit in {"day", "week"}:
        assert (at - first) % (rule.every * (7 if rule.unit == "week" else 1)) == 0
    else:
        months = (found.year - begin.year) * 12 + found.month - begin.month
        assert months == place * rule.every * (12 if rule.unit == "year" else 1)
        is_last = (found + timedelta(days=1)).month != found.month
        assert found.day == begin.day or (found.day < begin.day and is_last)


@given(st.text(max_size=40))
def test_no_text_is_a_fault(text: str) -> None:
    rule = find(text)
    assert rule is None or find(rule.text) == rule
