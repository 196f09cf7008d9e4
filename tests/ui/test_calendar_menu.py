"""The calendar's scale, its wheel and its menus."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.calendar_desk import CTRL, KEY, LEFT, SHIFT, Desk, desk
from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.domain import commands

pytestmark = pytest.mark.ui


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


def three(house: House) -> list[str]:
    made = [house.entry(f"E{i}", f"{i + 8:02}:00", f"{i + 8:02}:45") for i in range(3)]
    settle()
    return made


# Scale ------------------------------------------------------------------------------------


def test_zoom_by_key_and_wheel_stays_around_the_pointer(house: House, day: Desk) -> None:
    before = day.area.per_hour
    day.key(KEY.Key_Plus, CTRL)
    assert day.area.per_hour > before
    day.key(KEY.Key_Minus, CTRL)
    assert day.area.per_hour == pytest.approx(before)
    place = day.at("12:00")
    wheel(day, place, 120, CTRL)
    assert day.area.per_hour == pytest.approx(before * 1.2)
    assert abs(day.at("12:00").y() - place.y()) <= 1
    wheel(day, place, -240, CTRL)
    assert abs(day.at("12:00").y() - place.y()) <= 1
    day.key(KEY.Key_0, CTRL)
    assert day.area.verticalScrollBar().maximum() <= 1
    assert day.plan.height == pytest.approx(day.surface.height(), abs=1)


def wheel(day: Desk, place: QPoint, turn: int, held, sideways: int = 0) -> None:
    event = QWheelEvent(
        QPointF(place),
        QPointF(day.surface.mapToGlobal(place)),
        QPoint(),
        QPoint(sideways, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(day.surface, event)
    settle()


def test_a_sideways_wheel_turns_days_and_a_plain_one_scrolls(house: House, day: Desk) -> None:
    none = Qt.KeyboardModifier.NoModifier
    offset = day.area.offset
    wheel(day, day.at("12:00"), -120, none)
    assert day.area.offset > offset
    wheel(day, day.at("12:00"), -120, SHIFT)
    assert day.view.days == (TODAY + timedelta(days=1),)
    wheel(day, QPoint(200, 200), 0, none, sideways=60)
    assert day.view.days == (TODAY + timedelta(days=1),)
    wheel(day, QPoint(200, 200), 0, none, sideways=60)
    assert day.view.days == (TODAY,)


# The menu ---------------------------------------------------------------------------------


def test_the_menu_is_the_lists_and_cuts_where_it_was_opened(house: House, day: Desk) -> None:
    lid = house.entry("Evening", "09:00", "12:00")
    settle()
    open_menu(day, day.at("10:31"))
    menu = day.view._menus.entry
    assert menu.isVisible()
    assert day.view.selected == (lid,)
    menu.hide()
    menu.split.trigger()
    settle()
    assert day.times(lid) == ("23 09:00", "23 10:30")


def open_menu(
    day: Desk, place: QPoint, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse
) -> None:
    event = QContextMenuEvent(reason, place, day.surface.mapToGlobal(place))
    QApplication.sendEvent(day.surface, event)
    settle()


def test_the_menu_merges_with_the_block_above_and_deletes_many(house: House, day: Desk) -> None:
    lids = three(house)
    day.click(day.middle(lids[1]))
    open_menu(day, day.middle(lids[1]))
    menu = day.view._menus.entry
    assert menu.merge.isEnabled()
    menu.hide()
    menu.merge.trigger()
    settle()
    assert day.times(lids[0]) == ("23 08:00", "23 09:45")
    day.click(day.middle(lids[0]))
    QTest.mouseClick(day.surface, LEFT, CTRL, day.middle(lids[2]))
    menu.delete.trigger()
    assert house.all_rows() == []


def test_the_menu_over_empty_time_makes_an_entry_there(house: House, day: Desk) -> None:
    open_menu(day, day.at("11:03"))
    menu = day.view._menus.empty
    assert menu.isVisible()
    menu.hide()
    menu.fill.trigger()
    settle()
    day.enter_name("Here")
    assert day.times(house.all_rows()[0].lid) == ("23 11:00", "23 11:30")


def test_the_menu_key_opens_it_at_the_block_and_split_asks_where(house: House, day: Desk) -> None:
    lid = house.entry("Evening", "09:00", "12:00")
    settle()
    open_menu(day, QPoint(), QContextMenuEvent.Reason.Keyboard)
    menu = day.view._menus.entry
    assert not menu.isVisible()
    day.key(KEY.Key_Down)
    open_menu(day, QPoint(), QContextMenuEvent.Reason.Keyboard)
    assert menu.isVisible()
    assert day.surface.rect().contains(day.surface.mapFromGlobal(menu.pos()))
    menu.hide()
    menu.split.trigger()
    assert day.area.draft is not None
    assert house.performed == []
    day.key(KEY.Key_Return)
    assert day.times(lid) == ("23 09:00", "23 10:30")


def test_the_menu_keeps_a_favourite_and_offers_only_what_goes(house: House, day: Desk) -> None:
    lid = house.entry("Evening", "09:00", "12:00")
    running = house.start("Run", at="13:00")
    settle()
    day.click(day.middle(running))
    menu = day.view._menus.entry
    assert not menu.go.isEnabled()
    day.click(day.middle(lid))
    assert menu.go.isEnabled()
    assert not menu.merge.isEnabled()
    menu.favourite.trigger()
    assert house.performed == [commands.AddFavourite(lid)]


def test_a_menu_over_another_block_selects_it_and_one_over_the_selection_keeps_it(
    house: House, day: Desk
) -> None:
    lids = three(house)
    day.click(day.middle(lids[0]))
    day.click(day.middle(lids[1]), CTRL)
    open_menu(day, day.middle(lids[0]))
    assert day.view.selected == tuple(lids[:2])
    assert "2" in day.view._menus.entry.delete.text()
    day.view._menus.entry.hide()
    open_menu(day, day.middle(lids[2]))
    assert day.view.selected == (lids[2],)
    day.view._menus.entry.hide()


def test_a_hint_shows_over_a_block_and_not_beside_it(
    house: House, day: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lid = house.entry("<b>E</b>", "09:00", "10:00")
    settle()
    shown: list[str] = []
    monkeypatch.setattr(
        "toggl_desktop.ui.calendar.hand.QToolTip.showText", lambda _p, text, _w: shown.append(text)
    )
    for place in (day.middle(lid), day.at("16:00")):
        where = day.surface.mapToGlobal(place)
        event = QHelpEvent(QEvent.Type.ToolTip, place, where)
        QApplication.sendEvent(day.surface, event)
    assert "&lt;b&gt;E&lt;/b&gt;" in shown[0]
    assert "1:00:00" in shown[0]
    assert shown[1] == ""
