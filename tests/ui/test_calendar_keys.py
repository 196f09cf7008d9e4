"""The calendar without a pointer: walking, shifting, stretching, cutting, making."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tests.ui.calendar_desk import ALT, CTRL, KEY, SHIFT, Desk, desk
from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.domain import commands

pytestmark = pytest.mark.ui


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


@pytest.fixture
def week(house: House) -> Iterator[Desk]:
    with desk(house, width=900) as made:
        yield made


def three(house: House) -> list[str]:
    made = [house.entry(f"E{i}", f"{i + 8:02}:00", f"{i + 8:02}:45") for i in range(3)]
    settle()
    return made


# Walking ----------------------------------------------------------------------------------


def test_arrows_and_tab_walk_the_blocks_in_the_order_of_time(house: House, day: Desk) -> None:
    lids = three(house)
    day.key(KEY.Key_Down)
    assert day.current == lids[0]
    day.key(KEY.Key_Down)
    assert day.current == lids[1]
    day.key(KEY.Key_Up)
    assert day.current == lids[0]
    day.key(KEY.Key_Tab)
    assert day.current == lids[1]
    day.key(KEY.Key_Backtab, SHIFT)
    assert day.current == lids[0]
    day.key(KEY.Key_End)
    assert day.current == lids[2]
    day.key(KEY.Key_Home)
    assert day.current == lids[0]
    day.key(KEY.Key_Escape)
    assert day.current is None
    day.key(KEY.Key_Up)
    assert day.current == lids[2]


def test_sideways_arrows_go_to_the_block_at_about_the_same_height(house: House, week: Desk) -> None:
    morning = house.entry("M", "09:00", "10:00")
    noon = house.entry("N", "12:00", "13:00")
    later = house.entry("L", "12:10", "12:50", day=2)
    early = house.entry("F", "08:00", "08:30", day=2)
    settle()
    week.click(week.middle(noon))
    week.key(KEY.Key_Right)
    assert week.current == later
    week.key(KEY.Key_Up)
    assert week.current == early
    week.key(KEY.Key_Left)
    assert week.current == morning


def test_what_is_walked_to_comes_into_sight(house: House, day: Desk) -> None:
    lid = house.entry("Night", "02:00", "02:30")
    settle()
    assert not day.surface.rect().contains(day.area.rect_of(day.block(lid)))
    day.key(KEY.Key_Down)
    assert day.surface.rect().contains(day.area.rect_of(day.block(lid)))


def test_tab_leaves_after_the_last_block_and_comes_in_at_the_first(house: House) -> None:
    with desk(house) as day:
        day.view.hide()
        lids = three(house)
        frame = QWidget()
        column = QVBoxLayout(frame)
        before, after = QLineEdit(frame), QLineEdit(frame)
        for widget in (before, day.view, after):
            column.addWidget(widget)
        day.view.show()
        frame.resize(460, 700)
        frame.show()
        frame.activateWindow()
        QWidget.setTabOrder(day.area, after)
        settle()
        day.area.setFocus(Qt.FocusReason.TabFocusReason)
        assert day.current == lids[0]
        for lid in lids[1:]:
            day.key(KEY.Key_Tab)
            assert day.current == lid
        day.key(KEY.Key_Tab)
        assert after.hasFocus()
        QTest.keyClick(after, KEY.Key_Backtab, SHIFT)
        assert day.area.hasFocus()
        day.view.setParent(None)
        frame.hide()
        frame.deleteLater()


def test_shift_and_space_select_by_key(house: House, day: Desk) -> None:
    lids = three(house)
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Down, SHIFT)
    assert day.view.selected == tuple(lids[:2])
    day.key(KEY.Key_Space)
    assert day.view.selected == (lids[0],)
    day.key(KEY.Key_A, CTRL)
    assert day.view.selected == tuple(lids)
    day.key(KEY.Key_Delete)
    assert house.all_rows() == []


# Days -------------------------------------------------------------------------------------


def test_arrows_turn_days_and_page_keys_turn_pages(house: House, day: Desk) -> None:
    day.key(KEY.Key_Left)
    assert day.view.days == (TODAY - timedelta(days=1),)
    day.key(KEY.Key_Right)
    day.key(KEY.Key_Right)
    assert day.view.days == (TODAY + timedelta(days=1),)
    day.key(KEY.Key_PageUp)
    assert day.view.days == (TODAY,)
    day.key(KEY.Key_PageDown)
    day.key(KEY.Key_T)
    assert day.view.days == (TODAY,)
    assert house.performed == []


def test_a_week_turns_as_a_week_and_three_days_one_by_one(house: House, week: Desk) -> None:
    assert week.view.days[0] == TODAY
    week.key(KEY.Key_Left)
    assert week.view.days[0] == TODAY - timedelta(days=7)
    week.key(KEY.Key_T)
    week.view.resize(560, 600)
    settle()
    assert week.view.days == tuple(TODAY - timedelta(days=i) for i in (2, 1, 0))
    week.key(KEY.Key_Left)
    assert week.view.days[-1] == TODAY - timedelta(days=1)
    week.key(KEY.Key_PageUp)
    assert week.view.days[-1] == TODAY - timedelta(days=4)


def test_the_days_end_where_the_service_does(house: House, day: Desk) -> None:
    day.view.show_day(date.max)
    assert day.view.days[0].year == 2030
    day.key(KEY.Key_PageDown)
    assert day.view.days[0].year == 2030
    day.view.show_day(date.min)
    assert day.view.days[0].year == 2006


# Shifting and stretching ------------------------------------------------------------------


def test_alt_arrows_move_by_five_minutes_and_by_days(house: House, day: Desk) -> None:
    lid = house.entry("E", "09:04", "09:46")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Down, ALT)
    assert day.times(lid) == ("23 09:09", "23 09:51")
    day.key(KEY.Key_Up, ALT)
    day.key(KEY.Key_Up, ALT)
    assert day.times(lid) == ("23 08:59", "23 09:41")
    day.key(KEY.Key_Left, ALT)
    assert day.times(lid) == ("22 08:59", "22 09:41")
    assert day.view.days == (TODAY - timedelta(days=1),)
    assert day.current == lid
    assert len(house.performed) == 4


def test_alt_shift_arrows_stretch_the_end_and_the_start(house: House, day: Desk) -> None:
    lid = house.entry("E", "09:00", "10:00")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Down, ALT | SHIFT)
    assert day.times(lid) == ("23 09:00", "23 10:05")
    day.key(KEY.Key_Up, ALT | SHIFT)
    day.key(KEY.Key_Up, ALT | SHIFT)
    assert day.times(lid) == ("23 09:00", "23 09:55")
    day.key(KEY.Key_Left, ALT | SHIFT)
    assert day.times(lid) == ("23 08:55", "23 09:55")
    day.key(KEY.Key_Right, ALT | SHIFT)
    assert day.times(lid) == ("23 09:00", "23 09:55")


def test_an_entry_cannot_be_stretched_to_nothing(house: House, day: Desk) -> None:
    lid = house.entry("E", "09:00", "09:03")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Up, ALT | SHIFT)
    assert day.times(lid) == ("23 09:00", "23 09:01")
    day.key(KEY.Key_Up, ALT | SHIFT)
    assert day.times(lid) == ("23 09:00", "23 09:01")
    assert len(house.performed) == 1


def test_a_day_further_is_the_same_time_over_a_change_of_clocks(house: House, day: Desk) -> None:
    house.zone = house.zone
    lid = house.entry("E", "09:00", "10:00", day=(date(2026, 10, 24) - TODAY).days)
    day.view.show_day(date(2026, 10, 24))
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Right, ALT)
    assert day.times(lid) == ("25 09:00", "25 10:00")


# Cutting ----------------------------------------------------------------------------------


def test_s_cuts_where_the_pointer_is(house: House, day: Desk) -> None:
    lid = house.entry("Evening", "09:00", "12:00")
    settle()
    day.hover(day.at("10:31"))
    day.key(KEY.Key_S)
    assert day.times(lid) == ("23 09:00", "23 10:30")
    assert house.performed == [commands.SplitEntry(lid, house.at("10:30"))]
    assert len(day.blocks()) == 2


def test_s_without_a_pointer_asks_where_and_arrows_move_the_cut(house: House, day: Desk) -> None:
    lid = house.entry("Evening", "09:00", "12:00")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_S)
    assert house.performed == []
    assert day.area.draft is not None
    assert day.area.draft.cut == house.at("10:30")
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Up, ALT)
    day.key(KEY.Key_Up, ALT)
    day.key(KEY.Key_Return)
    assert day.times(lid) == ("23 09:00", "23 10:33")
    assert day.area.draft is None


def test_a_cut_goes_by_hours_too_and_to_the_day_before(house: House, day: Desk) -> None:
    lid = house.entry("Forgotten", "17:00", "09:00", day=-1)
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_S)
    assert day.area.draft is not None
    assert day.area.draft.cut == house.at("01:00")
    for _ in range(7):
        day.key(KEY.Key_PageUp)
    assert day.view.days == (TODAY - timedelta(days=1),)
    day.key(KEY.Key_Down)
    assert day.surface.rect().contains(day.place(day.area.draft.cut))
    day.key(KEY.Key_Return)
    assert day.times(lid) == ("22 17:00", "22 18:05")
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Delete)
    assert [r.lid for r in house.all_rows()] == [lid]


def test_esc_drops_a_cut_and_a_cut_never_leaves_the_entry(house: House, day: Desk) -> None:
    house.entry("Short", "09:00", "09:07")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_S)
    for _ in range(5):
        day.key(KEY.Key_Down)
    assert day.area.draft is not None
    assert day.area.draft.cut == house.at("09:07") - 1
    day.key(KEY.Key_Escape)
    assert day.area.draft is None
    assert house.performed == []


def test_s_cuts_what_runs_at_now(house: House, day: Desk) -> None:
    lid = house.start("Run", at="13:00")
    settle()
    day.key(KEY.Key_Down)
    day.key(KEY.Key_S)
    assert house.row(lid).stop == house.clock.at - 1
    assert sum(r.stop is None for r in house.all_rows()) == 1


# Making and opening -----------------------------------------------------------------------


def test_n_makes_an_entry_in_the_first_gap(house: House, day: Desk) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:40", "11:00")
    settle()
    day.key(KEY.Key_N)
    assert day.name.field.hasFocus()
    day.enter_name("Found")
    found = next(r for r in house.all_rows() if r.description == "Found")
    assert day.times(found.lid) == ("23 10:00", "23 10:40")
    assert day.area.hasFocus()
    assert day.current == found.lid


def test_n_on_an_empty_day_begins_half_an_hour_ago(house: House, day: Desk) -> None:
    day.key(KEY.Key_N)
    day.enter_name("First")
    assert day.times(house.all_rows()[0].lid) == ("23 13:30", "23 14:00")


def test_enter_and_f2_ask_for_the_editor(house: House, day: Desk) -> None:
    lids = three(house)
    asked: list[object] = []
    day.view.edit_requested.connect(asked.append)
    day.key(KEY.Key_Return)
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Return)
    day.key(KEY.Key_F2)
    assert [request.entry for request in asked] == [lids[0], lids[0]]


def test_the_lists_keys_work_here_too(house: House, day: Desk) -> None:
    lids = three(house)
    day.key(KEY.Key_Down)
    day.key(KEY.Key_D, CTRL)
    assert len(house.all_rows()) == 4
    day.key(KEY.Key_Escape)
    day.key(KEY.Key_End)
    assert day.current == lids[2]
    day.key(KEY.Key_Return, CTRL)
    assert house.performed[-1] == commands.ContinueEntry(lids[2])


def test_letters_are_the_calendars_and_other_keys_the_windows(house: House) -> None:
    with desk(house) as day:
        heard: list[str] = []

        class Window(QWidget):
            def on_t(self) -> None:
                heard.append("T")

            def on_undo(self) -> None:
                heard.append("undo")

        frame = Window()
        QVBoxLayout(frame).addWidget(day.view)
        QShortcut(QKeySequence("T"), frame).activated.connect(frame.on_t)
        QShortcut(QKeySequence("Ctrl+Z"), frame).activated.connect(frame.on_undo)
        frame.show()
        frame.activateWindow()
        day.area.setFocus()
        day.view.show_day(TODAY - timedelta(days=3))
        settle()
        day.key(KEY.Key_T)
        day.key(KEY.Key_Z, CTRL)
        assert heard == ["undo"]
        assert day.view.days == (TODAY,)
        day.view.setParent(None)
        frame.hide()
        frame.deleteLater()
