"""From presses and moves to one draft of one change, and from that to one command."""

import pytest

from tests.support.plans import bar
from toggl_desktop.domain.plan.commands import (
    AddPlanTask,
    CopyPlanTasks,
    EditPlanTasks,
    LaneChange,
    MovePlanTasks,
)
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.ui.plan.belonging import spread
from toggl_desktop.ui.plan.gestures import Deed, Gesture, Grab, Spot, nudged, relaned, resized

ANN = Lane("member:ann", "member", "ann", "Ann")
BO = Lane("member:bo", "member", "bo", "Bo")
CY = Lane("member:cy", "member", "cy", "Cy")
NOBODY = Lane("no_one", "no_one")
HEAD = Lane("group:g", "group", "g", "Design")
DESIGN = Lane("segment:d", "segment", "d", "Design", project="web")
BUILD = Lane("segment:b", "segment", "b", "Build", project="web")
OTHER = Lane("segment:o", "segment", "o", "Other", project="app")
REST = Lane("no_segment:web", "no_segment", project="web")


def spot(day, lane=None, minute=0):
    return Spot(day, minute, lane)


def dragged(deed, bars, start, *ends, **how):
    lane = start.lane
    if lane is not None:
        lane.bars = list(bars)
    gesture = Gesture()
    gesture.press(Grab(deed, tuple(bars), start))
    for end in ends:
        gesture.move(end, **how)
    return gesture.release()


def test_a_press_without_a_move_is_no_draft():
    assert dragged(Deed.MOVE, [bar("a", 10, 12)], spot(10, ANN)) is None


def test_a_drop_leaves_nothing():
    gesture = Gesture()
    gesture.press(Grab(Deed.MOVE, (bar("a", 10, 12),), spot(10, ANN)))
    gesture.move(spot(12, ANN))
    gesture.drop()
    assert gesture.move(spot(13, ANN)) is None
    assert gesture.release() is None


def test_a_move_keeps_its_grip_and_its_length():
    draft = dragged(Deed.MOVE, [bar("a", 10, 12)], spot(11, ANN), spot(20, ANN), spot(14, ANN))
    assert (draft.start, draft.end, draft.days) == (13, 15, 3)
    assert draft.order() == MovePlanTasks(("a",), days=3)


def test_back_where_it_was_changes_nothing():
    draft = dragged(Deed.MOVE, [bar("a", 10, 12)], spot(11, ANN), spot(14, ANN), spot(11, ANN))
    assert draft.changes_nothing
    assert draft.order() is None


@pytest.mark.parametrize(
    ("home", "lane", "fields"),
    [
        (ANN, BO, {"from_member": "ann", "to_member": "bo"}),
        (ANN, NOBODY, {"from_member": "ann", "to_member": None}),
        (NOBODY, BO, {"from_member": None, "to_member": "bo"}),
        (DESIGN, BUILD, {"to_segment": "b"}),
        (DESIGN, REST, {"to_segment": None}),
        (DESIGN, OTHER, {"to_project": "app", "to_segment": "o"}),
    ],
)
def test_another_lane_reassigns_or_changes_the_segment(home, lane, fields):
    draft = dragged(Deed.MOVE, [bar("a", 10, 12)], spot(11, home), spot(11, lane))
    assert draft.order() == MovePlanTasks(("a",), **fields)


def test_a_groups_head_takes_no_bars():
    draft = dragged(Deed.MOVE, [bar("a", 10, 12)], spot(11, ANN), spot(12, HEAD))
    assert draft.order() == MovePlanTasks(("a",), days=1)


def across(bars, home, shown, **lanes):
    """How bars lie: `lanes` says in which each of them is."""
    return spread(bars, home, shown, lambda bar: lanes[bar.lid])


def test_bars_of_several_lanes_keep_them_relative_to_each_other():
    ANN.bars = [bar("a", 10, 12)]
    bars = (bar("a", 10, 12), bar("b", 11, 11), bar("s", 9, 9))
    shown = [HEAD, ANN, BO, CY, NOBODY]
    how = across(bars, ANN, shown, a=[ANN], b=[BO], s=[BO, ANN])
    gesture = Gesture()
    gesture.press(Grab(Deed.MOVE, bars, spot(11, ANN), how))
    draft = gesture.move(spot(13, CY))
    assert (draft.by, draft.hindrance, draft.changes_lane) == (2, "", True)
    assert draft.lanes_of("s") == {ANN.key: CY.key, BO.key: NOBODY.key}
    assert draft.order() == MovePlanTasks(
        ("a", "b", "s"),
        days=2,
        lanes=(
            LaneChange(("a",), (("ann", "cy"),)),
            LaneChange(("b",), (("bo", None),)),
            LaneChange(("s",), (("ann", "cy"), ("bo", None))),
        ),
    )
    copy = gesture.move(spot(11, BO), copies=True).order()
    assert copy == CopyPlanTasks(
        ("a", "b", "s"),
        lanes=(
            LaneChange(("a",), (("ann", "bo"),)),
            LaneChange(("b",), (("bo", "cy"),)),
            LaneChange(("s",), (("ann", "bo"), ("bo", "cy"))),
        ),
    )
    past = gesture.move(spot(12, NOBODY))
    assert (past.by, past.hindrance) == (0, "below")
    assert past.order() == MovePlanTasks(("a", "b", "s"), days=1)
    assert gesture.move(spot(11, HEAD)).changes_nothing


def test_bars_stay_in_their_lanes_where_these_cannot_go_along():
    bars = (bar("d", 10, 12), bar("b", 11, 11))
    DESIGN.bars, shown = [bars[0]], [DESIGN, BUILD, REST, OTHER]
    how = across(bars, DESIGN, shown, d=[DESIGN], b=[BUILD])
    assert how.hindrance(-1) == "above"
    assert how.hindrance(1) == ""
    assert how.hindrance(2) == "torn"
    assert how.changes(bars, 1) == (
        LaneChange(("d",), to_segment="b"),
        LaneChange(("b",), to_segment=None),
    )
    hidden = across(bars, DESIGN, [DESIGN, REST], d=[DESIGN], b=[BUILD])
    assert hidden.hindrance(1) == "hidden"
    assert hidden.hindrance(0) == ""
    assert across(bars[:1], DESIGN, shown, d=[DESIGN]) is None
    twice = Lane("member:bo@h", "member", "bo", "Bo")
    BO.bars = []
    found = across(bars, ANN, [ANN, BO, CY, twice], d=[ANN], b=[BO, twice])
    assert found.places["b"] == (1,), "of one person's lanes the nearest counts"


def test_a_copy_is_one_even_where_it_was():
    draft = dragged(Deed.MOVE, [bar("a", 10, 12)], spot(11, ANN), spot(11, ANN), copies=True)
    assert draft.order() == CopyPlanTasks(("a",), days=0)


def test_edges_stop_at_each_other():
    one = [bar("a", 10, 12)]
    draft = dragged(Deed.START, one, spot(10, ANN), spot(30, ANN))
    assert draft.order() == EditPlanTasks(("a",), start=12)
    draft = dragged(Deed.END, one, spot(12, ANN), spot(2, ANN))
    assert draft.order() == EditPlanTasks(("a",), end=10)
    draft = dragged(Deed.END, one, spot(12, ANN), spot(15, ANN))
    assert draft.order(pushes=True) == EditPlanTasks(("a",), end=15, pushes=True)


def test_a_new_bar_belongs_where_it_was_drawn():
    draft = dragged(Deed.CREATE, [], spot(14, BUILD), spot(12, ANN))
    assert (draft.start, draft.end) == (12, 14)
    assert draft.order() is None
    assert draft.named("New") == AddPlanTask("New", 12, 14, project="web", segment="b")
    draft = dragged(Deed.CREATE, [], spot(14, BO), spot(14, BO))
    assert draft.named("New") == AddPlanTask("New", 14, 14, members=("bo",))
    draft = dragged(Deed.CREATE, [], spot(14, BO, 540), spot(14, BO, 630), is_free=True)
    assert draft.named("New").start_minute == 540
    assert draft.named("New").end_minute == 630


def test_alt_moves_times_of_day_within_the_day():
    call = [bar("a", 10, 10, start_minute=540, end_minute=600)]
    draft = dragged(Deed.MOVE, call, spot(10, ANN, 540), spot(10, ANN, 585), is_free=True)
    assert draft.order() == MovePlanTasks(("a",), days=0, minutes=45)
    draft = dragged(Deed.MOVE, call, spot(10, ANN, 540), spot(11, ANN, 1430), is_free=True)
    assert draft.order() == MovePlanTasks(("a",), days=1, minutes=840)
    draft = dragged(Deed.END, call, spot(10, ANN, 600), spot(10, ANN, 660), is_free=True)
    assert draft.order() == EditPlanTasks(("a",), end=10, start_minute=540, end_minute=660)
    draft = dragged(Deed.START, call, spot(10, ANN, 540), spot(10, ANN, 900), is_free=True)
    assert draft.order() == EditPlanTasks(("a",), start=10, start_minute=585, end_minute=600)


def test_the_keyboard_makes_the_same_drafts():
    one, two = bar("a", 10, 12), bar("b", 14, 14)
    box = bar("c")
    assert nudged([one, two, box], 1).order() == MovePlanTasks(("a", "b"), days=1)
    assert nudged([box], 1) is None
    assert resized(one, Deed.END, -9).order() == EditPlanTasks(("a",), end=10)
    assert resized(box, Deed.END, 1) is None
    ANN.bars = [one]
    moved = relaned([one], ANN, BO)
    assert moved.order() == MovePlanTasks(("a",), from_member="ann", to_member="bo")
    assert relaned([], ANN, BO) is None
    how = across((one, two), ANN, [ANN, BO], a=[ANN], b=[BO])
    assert relaned([one, two], ANN, BO, how).hindrance == "below"
