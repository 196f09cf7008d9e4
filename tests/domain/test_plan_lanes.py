"""Lanes and the chart made of them: who is where, how high, and what a change moves."""

from tests.support.plans import TODAY, bar, member, plan, small
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Box, Chart, Measures, span_of
from toggl_desktop.domain.plan.lanes import Lanes, project_lanes, team_lanes
from toggl_desktop.domain.plan.rows import GroupRow, PlanProjectRow, SegmentRow

MEASURES = Measures()


def keys(lanes: Lanes) -> list[str]:
    return [lane.key for lane in lanes.shown()]


def held(lanes: Lanes) -> dict[str, list[str]]:
    return {lane.key: [b.lid for b in lane.bars] for lane in lanes.all if lane.bars}


def chart_of(lanes: Lanes, per_day: float = 20) -> Chart:
    chart = Chart(lanes, Axis(per_day), MEASURES)
    chart.arrange(TODAY - 100, TODAY + 100)
    return chart


def test_people_stand_by_group_and_everybody_else_after_them() -> None:
    made = plan(
        members=[member("a", weight=2.0), member("b", weight=1.0), member("c", weight=3.0)],
        groups=[GroupRow("g2", "Two", ("c", "a"), 1), GroupRow("g1", "One", ("a", "gone"), 0)],
    )
    lanes = team_lanes(made)
    assert keys(lanes) == [
        "group:g1", "member:a@g1", "group:g2", "member:c@g2", "member:a@g2", "member:b", "no_one",
    ]  # fmt: skip
    assert keys(team_lanes(made, collapsed={"group:g2"}, has_no_one=False)) == [
        "group:g1", "member:a@g1", "group:g2", "member:b",
    ]  # fmt: skip


def test_a_bar_is_in_the_lanes_of_all_its_people_or_in_no_ones() -> None:
    made = plan(members=[member("a"), member("b")])
    lanes = team_lanes(made)
    lanes.fill([
        bar("one", 1, members=("a",)), bar("both", 1, members=("a", "b")), bar("none", 1),
        bar("stranger", 1, members=("gone",)), bar("undated", members=("a",)),
    ])  # fmt: skip
    assert held(lanes) == {
        "member:a": ["one", "both"], "member:b": ["both"], "no_one": ["none", "stranger"],
    }  # fmt: skip


def test_segments_stand_by_project_and_what_belongs_nowhere_comes_last() -> None:
    made = plan(
        projects=[
            PlanProjectRow("q", "B", "#ffffff", None, is_archived=False),
            PlanProjectRow("p", "A", "#ffffff", None, is_archived=False),
        ],
        segments=[SegmentRow("s2", "Two", "p", 1), SegmentRow("s1", "One", "p", 0)],
    )
    lanes = project_lanes(made)
    lanes.fill([
        bar("a", 1, project="p", segment="s1"), bar("b", 1, project="q"), bar("c", 1),
        bar("d", 1, project="p", segment="gone"),
    ])  # fmt: skip
    assert keys(lanes) == [
        "project:p", "segment:s1", "segment:s2", "no_segment:p", "project:q", "no_segment:q",
        "no_project",
    ]  # fmt: skip
    one = project_lanes(made, "p")
    one.fill([bar("a", 1, project="p", segment="s1"), bar("b", 1, project="q")])
    assert keys(one) == ["segment:s1", "segment:s2"]
    assert held(one) == {"segment:s1": ["a"]}


def test_while_something_is_looked_for_empty_lanes_are_hidden() -> None:
    made = small()
    lanes = team_lanes(made)
    lanes.hides_empty = True
    lanes.fill([b for b in made.bars if b.lid == "orders"])
    assert keys(lanes) == ["group:g2", "member:cy@g2"]


def test_a_changed_bar_moves_between_lanes_and_no_other_moves() -> None:
    made = plan(members=[member("a"), member("b")])
    lanes = team_lanes(made)
    bars = [bar("x", 1, 5, members=("a",)), bar("y", 3, 8, members=("a",)), bar("z", 3, 8)]
    lanes.fill(bars)
    lane = lanes.by_key["member:a"]
    assert lane.packed.row_of(bars[1]) == 1
    moved = bars[0]._replace(members=("b",))
    touched = lanes.replace({"x": bars[0]}, [moved])
    assert {t.key for t in touched} == {"member:a", "member:b"}
    assert held(lanes) == {"member:a": ["y"], "member:b": ["x"], "no_one": ["z"]}
    late = bars[1]._replace(start=20, end=22)
    assert [t.key for t in lanes.replace({"y": bars[1]}, [late])] == ["member:a"]
    assert lanes.replace({}, [bar("undated", members=("a",))]) == []


def test_bars_keep_their_rows_until_their_weights_change() -> None:
    made = plan(members=[member("a")])
    lanes = team_lanes(made)
    days = {"x": 1, "y": 3, "z": 20}
    x, y, z = (bar(lid, day, day + 4, members=("a",)) for lid, day in days.items())
    lanes.fill([x, y, z])
    lane = lanes.by_key["member:a"]
    assert lane.packed.numbers() == {"x": 0, "y": 1, "z": 0}
    later = z._replace(start=2, end=4)
    lanes.replace({"z": z}, [later])
    assert lane.packed.numbers() == {"x": 0, "y": 1, "z": 2}
    lighter = later._replace(weight=-1.0)
    lanes.replace({"z": later}, [lighter])
    assert lane.packed.numbers()["z"] == 0


def test_a_lane_is_as_high_as_the_days_in_sight_need() -> None:
    made = plan(members=[member("a")])
    lanes = team_lanes(made)
    lanes.fill([bar(f"x{i}", 10, 12, members=("a",)) for i in range(5)])
    chart = Chart(lanes, Axis(20), MEASURES)
    chart.arrange(100, 200)
    assert chart.tops == [0, 34, 68], "one row each"
    assert chart.arrange(1, 50)
    assert chart.tops[1] == MEASURES.lane(5) == 12 + 5 * 22 + 4 * 4
    assert not chart.arrange(1, 50)


def test_lanes_far_below_are_packed_later() -> None:
    made = plan(members=[member(f"m{i:02}") for i in range(40)])
    lanes = team_lanes(made)
    lanes.fill([bar(f"x{i}-{j}", 10, members=(f"m{i:02}",)) for i in range(40) for j in range(2)])
    chart = Chart(lanes, Axis(20), MEASURES)
    chart.arrange(1, 50, until=200)
    packed = [lane.is_packed for lane in chart.shown]
    assert 3 <= packed.count(True) < 10
    assert chart.is_ready(200)
    assert not chart.is_ready(1000)
    assert not chart.is_settled
    while not chart.is_settled:
        assert chart.settle(10)
    assert all(lane.is_packed for lane in chart.shown if lane.bars)
    assert chart.height == 40 * MEASURES.lane(2) + MEASURES.lane(1)


def test_everything_is_found_where_it_is() -> None:
    made = small()
    lanes = team_lanes(made)
    lanes.fill(made.bars)
    chart = chart_of(lanes)
    for one in made.bars:
        for placed, box in chart.boxes(one):
            found = chart.bar_at(box.x + box.width // 2, box.y + 3)
            assert found is not None
            assert (found[1].lid, found[2]) == (one.lid, box)
            assert chart.lane_at(box.y) == placed
            assert box.y + box.height <= placed.top + placed.height
    assert chart.lane_at(-1) is None
    assert chart.lane_at(chart.height) is None
    assert chart.placed("nobody") is None
    whole = Box(chart.axis.x(TODAY - 60), 0, 120 * 20, chart.height)
    assert {b.lid for _, b in chart.bars_in(whole)} == {b.lid for b in made.bars if b.start}
    assert [p.place for p in chart.between(0, 40)] == [0, 1]


def test_a_bar_can_be_reached_from_beside_it() -> None:
    made = plan([bar("x", 100, members=("a",))], members=[member("a")])
    lanes = team_lanes(made)
    lanes.fill(made.bars)
    chart = chart_of(lanes)
    box = chart.boxes(made.bars[0])[0][1]
    assert chart.bar_at(box.x - 3, box.y + 3) is None
    found = chart.bar_at(box.x - 3, box.y + 3, reach=8)
    assert found is not None
    assert found[1].lid == "x"
    assert chart.bar_at(box.x - 9, box.y + 3, reach=8) is None
    assert chart.bar_at(box.x, box.y - 2) is None


def test_one_lane_is_laid_out_again_by_itself() -> None:
    made = plan(members=[member("a"), member("b")])
    lanes = team_lanes(made)
    one = bar("x", TODAY, members=("a",))
    lanes.fill([one])
    chart = chart_of(lanes)
    (lane,) = lanes.replace({}, [one._replace(lid="y")])
    assert chart.arrange_lane(lane)
    assert chart.tops == [0, 60, 94, 128]
    assert not chart.arrange_lane(lane)


def test_the_days_of_all_bars() -> None:
    assert span_of([bar("a", 5, 9), bar("b"), bar("c", 2)]) == (2, 9)
    assert span_of([bar("b")]) is None
