"""What follows from what in a plan, without a store."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan import dates, rules
from toggl_desktop.domain.plan.days import is_weekend, spread, working_days, workweek
from toggl_desktop.domain.plan.entities import Dependency, PlanTask, Status

MONDAY = 739_005

days = st.integers(MONDAY - 400, MONDAY + 400)


@given(days, st.integers(0, 60))
def test_working_days_are_counted_as_one_by_one(start, length):
    span = range(start, start + length + 1)
    assert working_days(start, start + length) == sum(not is_weekend(day) for day in span)


@pytest.mark.parametrize("weekend", [(4, 5), (3, 4), (4,), (6,), (), tuple(range(7))])
def test_weekends_are_what_somebody_brings(weekend):
    rest = frozenset(weekend)
    for start in range(MONDAY, MONDAY + 7):
        for length in range(20):
            span = range(start, start + length + 1)
            working = sum(not is_weekend(day, rest) for day in span)
            assert working_days(start, start + length, rest) == working
    assert [day for day in range(7) if not workweek(rest)[day]] == list(weekend)


def test_a_total_skips_the_weekend_it_is_told_of():
    friday = frozenset({4, 5})
    assert spread(600, MONDAY + 3, MONDAY + 6, skips_weekend=True, weekend=friday) == 300
    assert spread(600, MONDAY + 4, MONDAY + 5, skips_weekend=True, weekend=friday) == 300
    assert not dates.has_weekday(MONDAY + 4, MONDAY + 5, friday)
    assert dates.has_weekday(MONDAY + 5, MONDAY + 6, friday)


def test_weekends_are_saturday_and_sunday():
    assert [is_weekend(MONDAY + n) for n in range(7)] == [False] * 5 + [True] * 2


def test_a_total_is_spread_over_the_days_that_count():
    assert spread(600, MONDAY, MONDAY + 6, skips_weekend=True) == 120
    assert spread(700, MONDAY, MONDAY + 6, skips_weekend=False) == 100
    assert spread(600, MONDAY + 5, MONDAY + 6, skips_weekend=True) == 300
    assert spread(600, None, None, skips_weekend=True) == 0


@given(days, st.integers(0, 9), st.integers(-50, 50), st.integers(-2000, 2000))
def test_what_is_moved_keeps_its_length_and_stays_within_its_day(start, length, by, minutes):
    task = rules.moved(PlanTask("t", "T", start, start + length, 540, 600), by, minutes)
    assert (task.start, task.end) == (start + by, start + by + length)
    assert task.end_minute - task.start_minute == 60
    assert task.start_minute >= 0
    assert task.end_minute <= 1440


def test_one_time_alone_is_moved_alone():
    assert rules.moved(PlanTask("t", "T", 1, 1, 540), 0, 60).start_minute == 600
    assert rules.moved(PlanTask("t", "T", 1, 1, None, 540), 0, 60).end_minute == 600


@pytest.mark.parametrize(
    ("members", "gone", "new", "left"),
    [
        ("ab", "a", "c", "cb"),
        ("ab", "a", "b", "b"),
        ("ab", None, "c", "abc"),
        ("ab", None, "a", "ab"),
        ("ab", "a", None, "b"),
        ("ab", "x", "c", "abc"),
        ("ab", "x", None, "ab"),
        ("ab", "a", "a", "ab"),
        ("", None, "a", "a"),
    ],
)
def test_an_assignee_is_replaced_at_the_same_place(members, gone, new, left):
    assert rules.reassigned(tuple(members), gone, new) == tuple(left)


OPEN, HIDDEN = Status("o", "Open", "p"), Status("h", "Hidden", "p", is_hidden=True)
DONE = Status("d", "Done", "p", is_done=True)
DONE_HIDDEN = Status("e", "Gone", "p", is_done=True, is_hidden=True)


@pytest.mark.parametrize(
    ("status", "statuses", "is_done", "becomes"),
    [
        ("o", (OPEN, DONE), True, "d"),
        ("o", (OPEN, DONE_HIDDEN, DONE), True, "d"),
        ("o", (OPEN, DONE_HIDDEN), True, "e"),
        ("o", (OPEN,), True, "o"),
        (None, (OPEN, DONE), True, "d"),
        (None, (), True, None),
        ("d", (HIDDEN, OPEN, DONE), False, "o"),
        ("d", (DONE,), False, None),
        (None, (OPEN,), False, None),
        ("e", (OPEN, DONE, DONE_HIDDEN), True, "e"),
    ],
)
def test_done_and_status_say_the_same_where_a_status_can(status, statuses, is_done, becomes):
    task = rules.with_done(PlanTask("t", "T", status=status), statuses, is_done=is_done)
    assert (task.status, task.is_done) == (becomes, is_done)


@st.composite
def graphs(draw):
    """Tasks with days, and dependencies without circles: each waits for earlier ones only."""
    count = draw(st.integers(2, 8))
    tasks = [
        PlanTask(f"t{n}", "T", start, start + draw(st.integers(0, 5)))
        for n in range(count)
        for start in (draw(days),)
    ]
    pairs = draw(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))))
    return tasks, [Dependency(f"d{a}{b}", f"t{a}", f"t{b}") for a, b in pairs if a < b]


@settings(max_examples=60)
@given(graphs())
def test_after_a_push_nothing_that_waits_begins_too_soon_and_nothing_moves_back(graph):
    tasks, dependencies = graph
    known = {task.lid: task for task in tasks}
    found = rules.pushed(known, dependencies, ["t0"])
    after = known | found
    reached = rules.end_of(dependencies, ["t0"])
    assert set(found) <= reached
    for lid, task in found.items():
        assert task.start > known[lid].start
        assert task.end - task.start == known[lid].end - known[lid].start
    for one in dependencies:
        if one.before == "t0" or one.before in found:
            assert not rules.is_violated(after[one.before], after[one.after])


@settings(max_examples=60)
@given(graphs(), st.integers(0, 7), st.integers(0, 7))
def test_a_circle_is_seen_exactly_when_there_is_a_way_back(graph, before, after):
    _, dependencies = graph
    reached = rules.end_of(dependencies, [f"t{after}"]) | {f"t{after}"}
    assert rules.makes_circle(dependencies, f"t{before}", f"t{after}") == (f"t{before}" in reached)


def test_what_is_not_scheduled_is_never_violated():
    assert not rules.is_violated(PlanTask("a", "A"), PlanTask("b", "B", 1, 1))
    assert not rules.is_violated(PlanTask("a", "A", 1, 1), PlanTask("b", "B"))
    assert rules.is_violated(PlanTask("a", "A", 1, 1), PlanTask("b", "B", 1, 1))
    known = {"a": PlanTask("a", "A", 9, 9)}
    assert rules.pushed(known, [Dependency("d", "a", "gone")], ["a", "nobody"]) == {}


def test_a_place_between_two_neighbours():
    assert rules.between(None, None) == 0.0
    assert rules.between(None, 3.0) == 2.0
    assert rules.between(3.0, None) == 4.0
    assert rules.between(1.0, 2.0) == 1.5
    assert rules.between(1.0, 1.0) is None
    assert rules.between(1.0, 1.0000000000000002) is None


def test_one_day_alone_is_refused():
    with pytest.raises(RefusedError, match="both a first and a last day"):
        rules.check_days(MONDAY, None)
    rules.check_days(None, None)


def test_nobody_has_no_initials():
    assert rules.initials(" ") == ""
