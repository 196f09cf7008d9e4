"""The timer's rules: nothing is cut that the plan does not name, and no second is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import entry
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.timer import (
    CLICK_SECONDS,
    Gap,
    fillable_gaps,
    gaps,
    make_room,
    merge,
    overlapping,
    plan_start,
    split,
)

NOW = 1000


@st.composite
def finished(draw, latest=NOW + 60):
    start = draw(st.integers(0, latest))
    return start, start + draw(st.integers(0, 300))


@st.composite
def days(draw):
    """What is recorded: a few finished entries, perhaps a running one."""
    spans = draw(st.lists(finished(), max_size=6))
    entries = [entry(f"e{i}", start, stop) for i, (start, stop) in enumerate(spans)]
    running = draw(st.none() | st.integers(0, NOW + 20).map(lambda start: entry("run", start)))
    return entries, running


def seconds_of(entries, *, until=NOW + 1000):
    """Every tracked second: the set that must not shrink."""
    return {
        second
        for one in entries
        if not one.deleted
        for second in range(one.start, until if one.stop is None else one.stop)
    }


def as_done(plan, entries, running, choice):
    """What the store holds after the start, as the action does it."""
    by_lid = {e.lid: e for e in [*entries, *([running] if running else [])]}
    if choice == "trim":
        for changed in make_room(plan.at, plan.overlaps, by_lid):
            by_lid[changed.lid] = changed
    if plan.trimmed is not None:
        by_lid["run"] = plan.trimmed
    return by_lid


@given(days(), st.integers(0, NOW))
def test_a_start_changes_nothing_that_its_plan_does_not_name(day, at):
    entries, running = day
    plan = plan_start(at, NOW, running, entries)
    named = {o.entry for o in plan.overlaps} | ({"run"} if plan.trimmed else set())
    after = as_done(plan, entries, running, "trim")
    before = {e.lid: e for e in [*entries, *([running] if running else [])]}
    assert {lid for lid in before if after[lid] != before[lid]} <= named
    assert named <= set(before)


@given(days(), st.integers(0, NOW))
def test_a_start_loses_no_tracked_second_up_to_now(day, at):
    entries, running = day
    plan = plan_start(at, NOW, running, entries)
    before = seconds_of([*entries, *([running] if running else [])], until=NOW)
    after = seconds_of(
        [*as_done(plan, entries, running, "trim").values(), entry("new", plan.at)], until=NOW
    )
    assert {second for second in before if second < NOW} <= after


@given(days(), st.integers(0, NOW))
def test_after_a_start_one_entry_runs_and_none_that_gave_way_reaches_past_it(day, at):
    entries, running = day
    plan = plan_start(at, NOW, running, entries)
    after = as_done(plan, entries, running, "trim")
    gave_way = {o.entry for o in plan.overlaps}
    assert all(
        e.deleted or (e.stop is not None and e.stop <= plan.at)
        for lid, e in after.items()
        if lid in gave_way
    )
    assert all(e.deleted or e.stop is not None for e in after.values())
    assert all(e.stop is None or e.stop >= e.start for e in after.values())


@given(days(), st.integers(0, NOW))
def test_overlaps_are_those_that_share_time_with_the_new_entry(day, at):
    entries, running = day
    plan = plan_start(at, NOW, running, entries)
    expected = {e.lid for e in entries if e.stop > plan.at and e.start <= NOW}
    if running is not None and plan.trimmed is None:
        expected.add("run")
    assert {o.entry for o in plan.overlaps} == expected
    assert [o.start for o in plan.overlaps] == sorted(o.start for o in plan.overlaps)
    assert all(o.swallowed == (o.start >= plan.at) for o in plan.overlaps)


@given(days(), st.integers(0, NOW))
def test_a_start_happens_when_it_was_asked_but_for_a_few_clicks(day, at):
    entries, running = day
    plan = plan_start(at, NOW, running, entries)
    assert at <= plan.at
    assert at in (plan.at, NOW)


def test_two_starts_within_a_second_keep_their_order():
    plan = plan_start(NOW, NOW, entry("run", NOW), [])
    assert (plan.at, plan.trimmed, plan.overlaps) == (NOW + 1, entry("run", NOW, NOW + 1), ())
    again = plan_start(NOW, NOW, entry("second", plan.at), [plan.trimmed])
    assert (again.at, again.trimmed, again.overlaps) == (
        NOW + 2,
        entry("second", NOW + 1, NOW + 2),
        (),
    )


def test_a_start_now_stops_what_a_wrong_clock_let_begin_later_and_removes_nothing():
    later = entry("run", NOW + 3600)
    plan = plan_start(NOW, NOW, later, [])
    assert (plan.at, plan.overlaps) == (NOW, ())
    assert plan.trimmed == replace(later, stop=later.start)


@pytest.mark.parametrize(("ahead", "at"), [(CLICK_SECONDS, 5), (CLICK_SECONDS + 1, 0)])
def test_only_a_few_seconds_ahead_count_as_quick_clicks(ahead, at):
    plan = plan_start(NOW, NOW, None, [entry("e", NOW - 10, NOW + ahead)])
    assert plan.at == NOW + at
    assert bool(plan.overlaps) is (at == 0)


def test_what_is_planned_for_later_today_is_in_nobodys_way():
    assert plan_start(NOW, NOW, None, [entry("later", NOW + 60, NOW + 120)]).overlaps == ()
    assert plan_start(NOW - 50, NOW, None, [entry("later", NOW + 60, NOW + 120)]).overlaps == ()


def test_a_start_in_the_past_that_swallows_the_running_entry_says_so():
    plan = plan_start(NOW - 100, NOW, entry("run", NOW - 50), [])
    assert plan.trimmed is None
    assert [(o.entry, o.start, o.stop, o.swallowed) for o in plan.overlaps] == [
        ("run", NOW - 50, NOW, True)
    ]


@given(st.integers(0, 500), st.none() | st.integers(0, 500), st.integers(0, 1200))
def test_the_two_parts_of_a_split_last_exactly_as_long_as_the_whole(start, length, at):
    whole = entry("e", start, None if length is None else start + length, description="x")
    end = NOW if whole.stop is None else whole.stop
    try:
        first, second = split(whole, at, NOW, "new")
    except RefusedError:
        assert not start < at < end
        return
    assert start < at < end
    assert (first.start, first.stop, second.start, second.stop) == (start, at, at, whole.stop)
    assert first.seconds(NOW) + second.seconds(NOW) == whole.seconds(NOW)
    assert (first.lid, second.lid) == ("e", "new")
    assert replace(second, lid="e", start=start) == whole


@given(st.lists(st.integers(1, 100), min_size=1, max_size=5), st.booleans(), st.randoms())
def test_merging_what_was_split_gives_the_whole_back(cuts, runs, chance):
    points = [0]
    for cut in cuts:
        points.append(points[-1] + cut)
    whole = entry("e0", 0, None if runs else points[-1] + 50, description="x", tags=("t",))
    parts = [whole]
    for i, point in enumerate(points[1:]):
        first, second = split(parts.pop(), point, points[-1] + 50, f"f{i}")
        parts += [first, second]
    chance.shuffle(parts)
    kept, gone = merge(parts)
    assert kept == whole
    assert sorted(e.lid for e in gone) == sorted(f"f{i}" for i in range(len(cuts)))
    assert all(e.deleted for e in gone)


@given(st.lists(finished(), min_size=2, max_size=6))
def test_a_merged_entry_spans_all_of_them(spans):
    kept, gone = merge([entry(f"e{i}", *span) for i, span in enumerate(spans)])
    assert kept.start == min(start for start, _ in spans)
    assert kept.stop == max(stop for _, stop in spans)
    assert len(gone) == len(spans) - 1


def test_a_merge_takes_the_first_text_and_project_all_tags_and_billable_of_any():
    kept, _ = merge(
        [
            entry("b", 10, 20, project="p", task="k", tags=("y", "x"), description="later"),
            entry("a", 0, 10, tags=("x",)),
            entry("c", 20, 30, project="q", billable=True, description="last"),
        ]
    )
    assert kept == Entry("a", 0, 30, "later", project="p", task="k", tags=("x", "y"), billable=True)


def test_a_merge_with_the_running_entry_runs_on():
    kept, gone = merge([entry("run", 50), entry("a", 0, 40)])
    assert (kept.lid, kept.start, kept.stop) == ("a", 0, None)
    assert [e.lid for e in gone] == ["run"]


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [entry("a", 0, 1)],
        [entry("a", 0, 1), entry("b", 1, 2, workspace="other")],
    ],
)
def test_what_cannot_be_merged_is_refused(entries):
    with pytest.raises(RefusedError, match="Nothing was changed"):
        merge(entries)


@given(st.lists(finished().filter(lambda s: s[0] < s[1]), max_size=8), st.integers(1, 50))
def test_gaps_are_the_untracked_stretches_between_entries(spans, least):
    covered = {s for start, stop in spans for s in range(start, stop)}
    ends = [p for span in spans for p in span]
    expected, run = [], None
    for second in range(min(ends, default=0), max(ends, default=0) + 1):
        is_free = second not in covered
        if is_free and run is None:
            run = second
        if not is_free and run is not None:
            expected.append((run, second))
            run = None
    assert gaps(spans, least) == [Gap(a, b) for a, b in expected if b - a >= least]


def test_neither_a_short_breath_nor_a_night_is_a_gap_to_be_filled():
    hour = 3600
    spans = [
        (0, hour),
        (hour + 299, 2 * hour),
        (2 * hour + 300, 3 * hour),
        (7 * hour + 1, 8 * hour),
    ]
    assert fillable_gaps(spans) == [Gap(2 * hour, 2 * hour + 300)]
    assert fillable_gaps([(0, hour), (5 * hour, 6 * hour)]) == [Gap(hour, 5 * hour)]


@given(st.lists(finished(), max_size=8))
def test_overlaps_are_all_pairs_that_share_a_second(spans):
    named = [(f"e{i}", *span) for i, span in enumerate(spans)]
    expected = set()
    for one in named:
        for other in named:
            if one is not other and max(one[1], other[1]) < min(one[2], other[2]):
                expected |= {one[0], other[0]}
    real = [span for span in named if span[1] < span[2]]
    assert overlapping(real) == expected
