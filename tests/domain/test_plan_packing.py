"""Bars in rows: none covers another, the lightest is on top, and nothing moves without need."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.plans import bar
from toggl_desktop.domain.plan import packing
from toggl_desktop.domain.plan.packing import Packed, Row, exchange, pack, span

FEW = settings(max_examples=40, deadline=None)
BARS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 12), st.sampled_from([0.0, 1.0, 2.0])),
    max_size=30,
).map(
    lambda found: [
        bar(f"b{i:02}", start, start + length, weight=weight)
        for i, (start, length, weight) in enumerate(found)
    ]
)


def crosses(one, other) -> bool:
    return one.start <= other.end and other.start <= one.end


def order(one):
    return (one.weight, one.start, one.lid)


def rows(packed: Packed) -> list[list[str]]:
    return [[b.lid for b in row.bars] for row in packed.rows]


@FEW
@given(BARS)
def test_no_bar_covers_another_and_each_is_there_once(bars) -> None:
    packed = pack(bars)
    assert sorted(b.lid for row in packed.rows for b in row.bars) == sorted(b.lid for b in bars)
    for row in packed.rows:
        assert row.bars, "no row is empty"
        assert all(a.end < b.start for a, b in pairwise(row.bars))
        assert row.starts == [b.start for b in row.bars]
        assert row.ends == [b.end for b in row.bars]


@FEW
@given(BARS)
def test_a_bar_is_below_lighter_ones_only(bars) -> None:
    packed = pack(bars)
    for number, row in enumerate(packed.rows):
        for one in row.bars:
            for above in packed.rows[:number]:
                assert any(crosses(one, b) and order(b) < order(one) for b in above.bars)


@FEW
@given(BARS)
def test_what_is_asked_for_is_what_is_there(bars) -> None:
    packed = pack(bars)
    for number, row in enumerate(packed.rows):
        assert row.between(10, 20) == [b for b in row.bars if b.start <= 20 and b.end >= 10]
        assert row.has_any(10, 20) == bool(row.between(10, 20))
        assert all(packed.row_of(b) == number for b in row.bars)
    needed = [n + 1 for n, row in enumerate(packed.rows) if row.has_any(10, 20)]
    assert packed.height(10, 20) == max(needed, default=0)


@FEW
@given(BARS)
def test_packing_again_moves_nothing(bars) -> None:
    packed = pack(bars)
    assert rows(pack(bars, packed.numbers())) == rows(packed)


@FEW
@given(BARS, st.integers(0, 29), st.integers(1, 60))
def test_moving_one_bar_leaves_the_others_where_room_allows(bars, which, day) -> None:
    if not bars:
        return
    before = pack(bars)
    moved = bars[which % len(bars)]
    length = moved.end - moved.start
    after = [b for b in bars if b is not moved] + [
        moved._replace(start=day, end=day + length, weight=3.0)
    ]
    packed, fresh = pack(after, before.numbers()), pack(after)
    assert len(packed.rows) <= max(len(fresh.rows), 1)
    for row in packed.rows:
        assert all(a.end < b.start for a, b in pairwise(row.bars))


def test_a_bar_that_moves_away_and_beside_does_not_push_others() -> None:
    bars = [bar("a", 1, 5), bar("b", 3, 8), bar("c", 20, 22)]
    before = pack(bars)
    assert rows(before) == [["a", "c"], ["b"]]
    moved = [bars[0]._replace(start=4, end=9), bars[1], bars[2]]
    kept = pack(moved, {**before.numbers(), "a": 99})
    assert kept.row_of(bars[1]) == 1, "it stays, although it begins first now"
    assert rows(kept) == [["a", "c"], ["b"]]


def test_rows_are_free_or_not() -> None:
    packed = pack([bar("a", 1, 5), bar("b", 3, 8)])
    assert packed.free_row(6, 6) == 0
    assert packed.free_row(4, 6) == 2
    assert packed.row_of(bar("x", 1, 5)) is None
    assert span(bar("a", 1, 5)) == (1, 5)


def test_what_is_too_thin_to_see_is_one_run() -> None:
    row = Row()
    for one in (bar("a", 1, 2), bar("b", 4, 9, color="#ff0000"), bar("c", 30, 31)):
        row.put(one)
    assert row.runs(1, 1, 40) == [
        (1, 2, "#0b83d9", False),
        (4, 9, "#ff0000", False),
        (30, 31, "#0b83d9", False),
    ]
    assert row.runs(2, 1, 40) == [(1, 9, "#ff0000", False), (30, 31, "#0b83d9", False)]
    assert row.runs(2, 10, 29) == []
    assert row.runs(2, 9, 30) == row.runs(2, 1, 40)


@settings(max_examples=150, deadline=None)
@given(BARS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60), st.integers(0, 12))))
def test_exchanged_bars_are_where_packing_everything_again_would_put_them(bars, changes) -> None:
    packed, now = pack(bars), {b.lid: b for b in bars}
    for start in range(0, len(changes), 3):
        gone, came = {}, {}
        for number, first, length in changes[start : start + 3]:
            lid = f"b{number:02}"
            if lid in now:
                gone[lid] = now[lid]
            if number % 4:
                came[lid] = bar(lid, first, first + length)
        for lid in gone:
            del now[lid]
        now.update(came)
        wanted = pack(now.values(), packed.numbers())
        packed = exchange(packed, list(gone.values()), list(came.values()))
        assert rows(packed) == rows(wanted)
        for row in packed.rows:
            assert row.starts == [b.start for b in row.bars]
            assert row.ends == [b.end for b in row.bars]


def test_an_exchange_looks_only_at_what_is_near(monkeypatch) -> None:
    bars = [bar(f"b{i:04}", i * 3 // 2, i * 3 // 2 + i % 2) for i in range(1, 1000)]
    packed = pack(bars)
    seen = []

    def counting(found, kept=None):
        found = list(found)
        seen.extend(found)
        return pack(found, kept)

    monkeypatch.setattr(packing, "pack", counting)
    moved = bars[500]._replace(start=bars[500].start + 1, end=bars[500].end + 1)
    changed = exchange(packed, [bars[500]], [moved])
    assert moved in [b for row in changed.rows for b in row.bars]
    assert len(seen) < 10
