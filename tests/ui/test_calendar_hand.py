"""The calendar under a pointer: each gesture is one command, and the store has it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.calendar_desk import ALT, CTRL, KEY, NONE, SHIFT, Desk, desk
from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain import commands
from toggl_desktop.domain.ids import EntryId

pytestmark = pytest.mark.ui


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


@pytest.fixture
def week(house: House) -> Iterator[Desk]:
    with desk(house, width=900) as made:
        yield made


# Moving -----------------------------------------------------------------------------------


def test_a_drag_moves_and_the_ghost_says_where_to(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:04", "09:46")
    settle()
    start = day.middle(lid)
    end = start + QPoint(0, round(day.area.per_hour))
    day.press(start)
    day.move(start + QPoint(0, 10))
    day.move(end)
    assert day.area.draft is not None
    assert day.area._phrases.draft(day.area.draft) == "10:05 – 10:47 · +1:01 h"
    assert house.performed == []
    day.release(end)
    assert day.times(lid) == ("23 10:05", "23 10:47")
    assert len(house.performed) == 1
    assert day.current == lid
    house.do(Undo())
    settle()
    assert day.times(lid) == ("23 09:04", "23 09:46")
    assert day.block(lid).item.low == house.at("09:04")


def test_a_drag_back_to_where_it_was_does_nothing(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:04", "09:46")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 60))
    day.move(start + QPoint(0, 1))
    day.release(start + QPoint(0, 1))
    assert house.performed == []
    assert day.answers == []
    assert day.times(lid) == ("23 09:04", "23 09:46")


def test_a_trembling_click_moves_nothing(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:04", "09:46")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(2, 3))
    day.release(start + QPoint(2, 3))
    assert house.performed == []
    assert day.current == lid


def test_esc_drops_a_drag_without_a_trace(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:04", "09:46")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 100))
    day.key(KEY.Key_Escape)
    assert day.area.draft is None
    day.release(start + QPoint(0, 100))
    assert house.performed == []
    assert day.times(lid) == ("23 09:04", "23 09:46")
    assert not day.area._timer.isActive()


def test_a_drag_goes_to_another_day_at_the_same_time(house: House, week: Desk) -> None:
    lid = house.entry("Wireframes", "09:04", "09:46")
    settle()
    week.drag(week.middle(lid), week.middle(lid) + QPoint(2 * week.plan.columns[0].width, 0))
    assert week.times(lid) == ("25 09:04", "25 09:46")
    assert week.current == lid


def test_alt_is_finer_and_may_be_pressed_while_dragging(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    day.area.zoom(3, day.at("09:30").y())
    start = day.middle(lid)
    end = start + QPoint(0, round(day.area.per_hour * 7 / 60))
    day.press(start)
    day.move(start + QPoint(0, 8))
    day.move(end)
    assert day.area.draft is not None
    assert day.area.draft.span.low == house.at("09:05")
    QTest.keyPress(day.area, KEY.Key_Alt)
    assert day.area.draft.span.low == house.at("09:07")
    QTest.keyRelease(day.area, KEY.Key_Alt, ALT)
    assert day.area.draft.span.low == house.at("09:05")
    day.move(end, ALT)
    day.release(end, ALT)
    assert day.times(lid) == ("23 09:07", "23 10:07")


def test_an_entry_snaps_to_the_edge_of_another(house: House, day: Desk) -> None:
    house.do(commands.AddEntry(house.at("08:00"), house.at("09:03") + 17, "First"))
    lid = house.entry("Second", "11:00", "11:40")
    settle()
    day.area.zoom(3, day.at("10:00").y())
    start = day.middle(lid)
    way = round(day.area.per_hour * (117 - 0.2) / 60)
    day.drag(start, start - QPoint(0, way))
    assert day.times(lid) == ("23 09:03:17", "23 09:43:17")


# Resizing ---------------------------------------------------------------------------------


def test_both_edges_resize(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    day.drag(day.edge(lid, stop=True), day.edge(lid, stop=True) + day.way(30))
    assert day.times(lid) == ("23 09:00", "23 10:30")
    day.drag(day.edge(lid, stop=False), day.edge(lid, stop=False) - day.way(45))
    assert day.times(lid) == ("23 08:15", "23 10:30")
    assert [type(c) for c in house.performed] == [commands.EditEntries] * 2
    assert house.performed[0] == commands.EditEntries((lid,), stop=house.at("10:30"))


def test_an_edge_never_passes_the_other(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    day.drag(day.edge(lid, stop=True), day.at("08:00", across=0.5))
    assert day.times(lid) == ("23 09:00", "23 09:01")


def test_edges_are_eight_pixels_high_and_show_it(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    rect = day.area.rect_of(day.block(lid))
    x = rect.center().x()

    def shape(y: int) -> Qt.CursorShape:
        day.hover(QPoint(x, y))
        return day.surface.cursor().shape()

    edge, plain = Qt.CursorShape.SizeVerCursor, Qt.CursorShape.ArrowCursor
    assert [shape(rect.top() + i) for i in range(8)] == [edge] * 8
    assert [shape(rect.bottom() - i) for i in range(8)] == [edge] * 8
    assert shape(rect.center().y()) == plain
    assert shape(rect.bottom() + 20) == plain


def test_a_thin_entry_can_be_hit_moved_and_resized(house: House, day: Desk) -> None:
    lid = house.entry("Mail", "10:00", "10:01")
    settle()
    rect = day.block(lid).rect
    assert 4 <= rect.height() < 6
    centre = day.middle(lid)
    hits = []
    for dy in range(-8, 9):
        day.click(day.at("16:00"))
        day.click(centre + QPoint(0, dy))
        hits.append(day.current == lid)
    assert sum(hits) >= 8
    day.click(centre)
    day.drag(centre + QPoint(0, 5), centre + QPoint(0, 5 + round(day.area.per_hour)))
    assert day.times(lid) == ("23 10:00", "23 11:00")
    house.do(Undo())
    settle()
    day.click(day.middle(lid))
    day.drag(day.middle(lid), day.middle(lid) + QPoint(0, round(day.area.per_hour)))
    assert day.times(lid) == ("23 11:00", "23 11:01")


# The running entry ------------------------------------------------------------------------


def test_the_running_entry_moves_by_its_start_and_is_stopped_by_its_end(
    house: House, day: Desk
) -> None:
    lid = house.start("Run", at="13:00")
    settle()
    assert day.block(lid).item.high == house.clock.at
    day.drag(day.middle(lid), day.middle(lid) - QPoint(0, round(day.area.per_hour / 2)))
    assert day.times(lid) == ("23 12:30", "")
    day.drag(day.middle(lid), day.middle(lid) + QPoint(0, round(day.area.per_hour * 3)))
    assert day.times(lid) == ("23 14:01", "")  # never in the future
    house.do(Undo())
    settle()
    day.drag(day.edge(lid, stop=True), day.edge(lid, stop=True) - day.way(31))
    assert day.times(lid) == ("23 12:30", "23 13:30")
    assert house.performed[-1] == commands.StopTimer(house.at("13:30"))


def test_the_end_of_what_runs_cannot_be_dragged_into_the_future(house: House, day: Desk) -> None:
    lid = house.start("Run", at="13:00")
    settle()
    day.drag(day.edge(lid, stop=True), day.at("16:00", across=0.5))
    assert day.times(lid) == ("23 13:00", "")
    assert house.performed == []


# Copying, selecting, opening --------------------------------------------------------------


def test_ctrl_drag_copies_everything_there_is_to_an_entry(house: House, day: Desk) -> None:
    website, deep = house.project("Website"), house.tag("deep")
    lid = house.entry("Call", "09:00", "09:30", project=website, tags=(deep,), billable=True)
    settle()
    start = day.middle(lid)
    day.drag(start, start + QPoint(0, round(day.area.per_hour * 2)), CTRL)
    assert day.times(lid) == ("23 09:00", "23 09:30")
    copy = house.all_rows()[0]
    assert copy.lid != lid
    assert copy[1:11] == house.row(lid)[1:11]
    assert day.times(copy.lid) == ("23 11:00", "23 11:30")
    assert day.current == copy.lid
    assert len(house.performed) == 1


def test_clicks_select_one_add_one_or_take_a_range(house: House, day: Desk) -> None:
    lids = [house.entry(f"E{i}", f"{i + 8:02}:00", f"{i + 8:02}:45") for i in range(4)]
    settle()
    day.click(day.middle(lids[0]))
    assert day.view.selected == (lids[0],)
    day.click(day.middle(lids[2]), CTRL)
    assert day.view.selected == (lids[0], lids[2])
    day.click(day.middle(lids[2]), CTRL)
    assert day.view.selected == (lids[0],)
    day.click(day.middle(lids[1]))
    day.click(day.middle(lids[3]), SHIFT)
    assert day.view.selected == tuple(lids[1:])
    day.click(day.middle(lids[2]))
    assert day.view.selected == (lids[2],)
    day.click(day.at("17:00"))
    assert day.view.selected == ()
    assert house.performed == []


def test_delete_takes_what_is_selected_in_one_step(house: House, day: Desk) -> None:
    lids = [house.entry(f"E{i}", f"{i + 8:02}:00", f"{i + 8:02}:45") for i in range(3)]
    settle()
    day.click(day.middle(lids[0]))
    day.click(day.middle(lids[1]), CTRL)
    day.key(KEY.Key_Delete)
    assert [r.lid for r in house.all_rows()] == [lids[2]]
    assert house.performed == [commands.DeleteEntries((EntryId(lids[0]), EntryId(lids[1])))]
    assert len(day.blocks()) == 1
    assert day.view.selected == ()


def test_a_double_click_asks_the_window_to_edit(house: House, day: Desk) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    asked: list[object] = []
    day.view.edit_requested.connect(asked.append)
    day.double_click(day.middle(lid))
    assert [request.entry for request in asked] == [lid]
    assert house.performed == []


# Edges of the view ------------------------------------------------------------------------


def test_a_drag_near_the_edge_scrolls_and_takes_the_draft_along(
    house: House, day: Desk, qtbot
) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    before = day.area.offset
    start = day.middle(lid)
    end = QPoint(start.x(), day.surface.height() - 3)
    day.press(start)
    day.move(start + QPoint(0, 20))
    day.move(end)
    first = day.area.draft.span.low
    qtbot.waitUntil(lambda: day.area.offset > before + 60, timeout=5000)
    assert day.area.draft.span.low > first
    day.release(end)
    assert not day.area._timer.isActive()
    assert house.row(lid).start > first


def test_a_drag_that_rests_at_the_side_turns_the_days(house: House, day: Desk, qtbot) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    settle()
    start = day.middle(lid)
    side = QPoint(2, start.y())
    day.press(start)
    day.move(start - QPoint(20, 0))
    day.move(side)
    qtbot.waitUntil(lambda: day.view.days == (TODAY - timedelta(days=1),), timeout=5000)
    day.release(side)
    assert day.times(lid) == ("22 09:00", "22 10:00")
    assert day.view.days == (TODAY - timedelta(days=1),)
    assert day.current == lid


def test_a_release_that_never_came_is_no_change(house: House, day: Desk) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 60))
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(start),
        QPointF(day.surface.mapToGlobal(start)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        NONE,
    )
    QApplication.sendEvent(day.surface, event)
    assert day.area.draft is None
    day.release(start + QPoint(0, 60))
    assert house.performed == []


def test_other_buttons_do_nothing(house: House, day: Desk) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    settle()
    for button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        QTest.mousePress(day.surface, button, NONE, day.middle(lid))
        QTest.mouseRelease(day.surface, button, NONE, day.middle(lid))
        QTest.mouseDClick(day.surface, button, NONE, day.middle(lid))
    assert day.area.draft is None
    assert day.current is None
    assert house.performed == []
