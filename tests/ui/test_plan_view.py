"""The timeline: where things are, what is painted for a movement, how it is zoomed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.plan.axis import SCALES
from toggl_desktop.ui.plan.delegate import GRIP, Zone
from toggl_desktop.ui.plan.scene import DraftBar

pytestmark = pytest.mark.ui
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ANN, BO, CY = "member:ann@g1", "member:bo@g1", "member:cy@g2"


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        yield made


@pytest.fixture
def crowd(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.large(3000, lanes=30, years=3)) as made:
        yield made


def test_every_bar_is_found_where_it_is_painted(desk: PlanDesk) -> None:
    for lid in ("wire", "api", "call", "check", "books"):
        hit = desk.hit(lid)
        assert hit.lid == lid
        rect = desk.view.rect_of(lid, hit.lane)
        bar = desk.view.bar(lid)
        assert rect.left() == desk.view.x_of(bar.start)
        assert rect.right() <= desk.view.x_of(bar.end + 1)
        assert desk.view.day_at(rect.topLeft()) == bar.start
        assert desk.view.lane_at(rect.center()).key == hit.lane


def test_a_bar_of_two_people_is_in_both_lanes(desk: PlanDesk) -> None:
    one, other = desk.view.rect_of("api", ANN), desk.view.rect_of("api", BO)
    assert one.left() == other.left()
    assert one.top() < other.top()
    assert desk.view.bar_at(other.center()).lane == BO
    assert desk.view.rect_of("api", CY).isNull()
    assert desk.view.rect_of("idea").isNull(), "it has no days"


@pytest.mark.parametrize("scale", list(SCALES))
def test_both_edges_of_any_bar_can_be_taken_hold_of(desk: PlanDesk, scale: str) -> None:
    desk.view.show_scale(scale)
    desk.view.reveal("call")
    rect = desk.view.rect_of("call")
    y = rect.center().y()
    zones = [
        hit.zone
        for x in range(rect.left() - 20, rect.right() + 20)
        if (hit := desk.view.bar_at(QPoint(x, y))) is not None and hit.lid == "call"
    ]
    assert zones.count(Zone.LEFT) >= GRIP
    assert zones.count(Zone.RIGHT) >= GRIP
    assert Zone.BODY in zones
    assert zones == sorted(zones, key=[Zone.LEFT, Zone.BODY, Zone.RIGHT].index)


def test_scrolling_sideways_paints_only_what_came_in(crowd: PlanDesk) -> None:
    crowd.view.show_scale("month")
    settle()
    crowd.painted()
    crowd.surface.repaint()
    whole = crowd.painted()
    areas: list[QRect] = []
    paint = crowd.view._paint

    def counted(painter, rect) -> None:
        areas.append(rect)
        paint(painter, rect)

    crowd.view._paint = counted
    crowd.view.scroll_sideways(16)
    settle()
    strip = crowd.painted()
    assert 0 < strip < whole / 2
    came_in = [rect for rect in areas if rect.right() >= crowd.surface.width() - 1]
    assert [rect.width() for rect in came_in] == [16]
    again = [rect for rect in areas if rect.left() == 0]
    assert all(rect.width() < crowd.surface.width() // 2 for rect in again), "only begun words"


def test_scrolling_down_paints_only_what_came_in(crowd: PlanDesk) -> None:
    crowd.view.show_scale("quarter")
    settle()
    bar = crowd.view.verticalScrollBar()
    crowd.painted()
    bar.setValue(bar.value() + 8)
    settle()
    strip = crowd.painted()
    crowd.surface.repaint()
    assert strip < crowd.painted() / 4


def test_a_frame_costs_what_it_shows_not_what_there_is(house: House) -> None:
    counts = []
    for tasks, lanes in ((500, 30), (4000, 240)):
        with plan_desk(house, None) as made:
            model = made.window.timeline.model
            model.plan = plans.large(tasks, lanes=lanes, years=3)
            model._by_lid = None
            model.build()
            made.window.timeline._show_plan()
            settle()
            made.painted()
            made.surface.repaint()
            counts.append(made.painted())
    assert counts[1] < 2 * counts[0] + 20


def test_what_is_thinner_than_the_eye_can_see_is_painted_as_runs(crowd: PlanDesk) -> None:
    view = crowd.view
    view.show_span(TODAY - 800, TODAY + 300)
    settle()
    crowd.painted()
    crowd.surface.repaint()
    runs = crowd.painted()
    shown = list(view.chart.between(view.upper, view.upper + crowd.surface.height()))
    bars = sum(len(p.lane.bars) for p in shown)
    assert view.axis.per_day < 2
    assert 0 < runs < bars


def test_a_step_of_a_drag_paints_only_the_ghost(crowd: PlanDesk) -> None:
    lane = crowd.view.chart.shown[2].key
    bar = crowd.view.chart.shown[2].bars[0]

    def draft(day: int) -> list[DraftBar]:
        return [DraftBar(bar.lid, day, day + 2, lane, 0, bar.name, bar.color)]

    crowd.view.show_draft(draft(TODAY), "23 Nov", QPoint(400, 200), lane)
    settle()
    crowd.surface.repaint()
    whole = crowd.painted()
    areas: list[QRect] = []
    paint = crowd.view._paint

    def counted(painter, rect) -> None:
        areas.append(rect)
        paint(painter, rect)

    crowd.view._paint = counted
    crowd.view.show_draft(draft(TODAY + 1), "24 Nov", QPoint(430, 200), lane)
    settle()
    assert crowd.painted() < whole / 4
    assert len(areas) <= 2, "where it was, where it is and what it says lie near each other"
    assert [d.start for d in crowd.view.drafts] == [TODAY + 1]
    crowd.view.clear_draft()
    assert crowd.view.drafts == []
    assert not crowd.scene.dragged


def test_a_shown_draft_fades_what_it_stands_for_and_lights_its_lane(desk: PlanDesk) -> None:
    draft = DraftBar("api", TODAY + 2, TODAY + 6, CY, 0, "API outline", "#0b83d9")
    desk.view.show_draft([draft], "25–29 Nov, +2 days", QPoint(500, 200), CY)
    assert desk.scene.dragged == {"api"}
    assert desk.scene.lit_lane == CY
    copy = DraftBar("api", TODAY + 2, TODAY + 6, CY, is_copy=True)
    desk.view.show_draft([copy])
    assert not desk.scene.dragged, "a copy leaves it as it is"
    assert desk.scene.lit_lane == ""


def test_zooming_keeps_the_day_under_the_pointer(desk: PlanDesk) -> None:
    place = QPoint(700, 200)
    for turn in (120, 120, 240, -360, -1200, 720):
        before = desk.view.minute_at(place)
        desk.wheel(QPoint(0, turn), CTRL, place)
        day, minute = desk.view.minute_at(place)
        off = abs((day - before[0]) * 1440 + minute - before[1])
        assert off * desk.view.axis.per_day / 1440 <= 2 + desk.view.axis.per_day / 96


def test_the_keys_of_the_scales(desk: PlanDesk) -> None:
    width = desk.surface.width()
    for key, name in (
        (Qt.Key.Key_W, "week"), (Qt.Key.Key_Q, "quarter"), (Qt.Key.Key_A, "year"),
        (Qt.Key.Key_M, "month"),
    ):  # fmt: skip
        desk.key(key)
        assert desk.view.axis.scale_name(width) == name
        assert desk.window.bar.scales[name].isChecked()
        low, high = desk.view.days_in_sight
        assert low <= TODAY <= high
    desk.key(Qt.Key.Key_PageDown)
    desk.key(Qt.Key.Key_PageDown)
    assert desk.view.days_in_sight[0] > TODAY
    desk.key(Qt.Key.Key_T)
    low, high = desk.view.days_in_sight
    assert low <= TODAY <= high
    desk.key(Qt.Key.Key_F)
    low, high = desk.view.days_in_sight
    assert low <= TODAY - 9
    assert high >= TODAY + 12
    before = desk.view.axis.per_day
    desk.key(Qt.Key.Key_Plus)
    assert desk.view.axis.per_day > before


def test_sideways_goes_on_for_years(desk: PlanDesk) -> None:
    desk.wheel(QPoint(0, -120), SHIFT)
    for _ in range(30):
        desk.view.scroll_sideways(-20_000)
    assert desk.view.days_in_sight[1] < TODAY - 10_000
    desk.key(Qt.Key.Key_T)
    low, high = desk.view.days_in_sight
    assert low <= TODAY <= high


def test_selection_and_the_keyboards_place_are_told(desk: PlanDesk) -> None:
    told: list[str] = []
    desk.view.selection_changed.connect(lambda: told.append("selection"))
    desk.view.focus_moved.connect(lambda: told.append("focus"))
    desk.click(desk.middle("check"))
    assert desk.view.selection == {"check"}
    assert desk.view.focus_bar == ("check", BO)
    assert told == ["selection", "focus"]
    desk.click(QPoint(5, desk.surface.height() - 5))
    assert desk.view.selection == frozenset()
    desk.view.set_selection(("api", "copy"))
    assert desk.window.status.words.startswith("Saved here · 2 selected")


def test_a_rectangle_finds_the_bars_it_touches(desk: PlanDesk) -> None:
    rect = desk.view.rect_of("api", ANN).united(desk.view.rect_of("copy"))
    found = {hit.lid for hit in desk.view.bars_in(rect)}
    assert found == {"api", "copy"}


def test_the_pointer_picks_out_a_bar_and_shows_where_its_edges_are(desk: PlanDesk) -> None:
    desk.move(desk.middle("check"))
    assert desk.view.pointed == ("check", BO)
    rect = desk.view.rect_of("check")
    desk.move(QPoint(rect.left() + 2, rect.center().y()))
    assert desk.surface.cursor().shape() == Qt.CursorShape.SizeHorCursor
    desk.move(QPoint(5, desk.surface.height() - 5))
    assert desk.view.pointed is None
    assert desk.surface.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_drag_near_an_edge_scrolls(desk: PlanDesk) -> None:
    moved: list[QPoint] = []
    desk.view.edge.moved.connect(moved.append)
    before = desk.view.left
    place = QPoint(desk.surface.width() - 3, 200)
    desk.view.edge.follow(place)
    assert desk.view.edge.is_scrolling
    desk.view.edge._on_timer_timeout()
    assert desk.view.left > before
    assert moved == [place]
    desk.view.edge.follow(QPoint(400, 200))
    assert not desk.view.edge.is_scrolling


def test_closed_groups_hide_their_lanes_and_stay_closed(desk: PlanDesk) -> None:
    shown = len(desk.view.chart.shown)
    desk.view.side.turned.emit("group:g1")
    assert len(desk.view.chart.shown) == shown - 2
    assert desk.view.rect_of("wire").isNull()
    desk.window.timeline.model.build()
    assert "group:g1" in desk.window.timeline.model.collapsed


def test_weekends_can_be_left_out(desk: PlanDesk) -> None:
    left = desk.view.days_in_sight[0]
    desk.house.preferences.choose("plan_hide_weekends", True)
    settle()
    assert desk.view.axis.hidden == {5, 6}
    assert abs(desk.view.days_in_sight[0] - left) <= 2
    assert desk.view.x_of(TODAY + 5) == desk.view.x_of(TODAY + 7), "Saturday is nothing wide"
