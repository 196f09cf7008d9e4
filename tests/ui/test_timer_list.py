"""The list: gaps, cuts, keys and the pointer."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, LEFT, SHIFT, enter, go_to, put, titles, view_of
from toggl_desktop.actions.perform import Undo
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem
from toggl_desktop.ui.timer.editor import EntryEditor
from toggl_desktop.ui.timer.splitter import Splitter
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def test_a_gap_is_filled_in_place(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    open_window(window)
    model = window.entries.model
    row = next(r for r in range(model.rowCount()) if isinstance(model.item(r), GapItem))
    rect = view_of(window).visualRect(model.index(row))
    QTest.mouseClick(view_of(window).viewport(), LEFT, pos=rect.center())
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    assert (editor.start.text(), editor.stop.text()) == ("10:00", "10:14")
    QTest.keyClicks(editor.description, "Coffee")
    enter(editor.description)
    assert titles(window) == ["Today", "B", "Coffee", "A"]
    assert len(house.performed) == 1


def test_a_gap_stays_open_when_it_is_filled_elsewhere(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    open_window(window)
    window.entries.open_editor(window.entries.model.item(2))
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    QTest.keyClicks(editor.description, "Coffee")
    house.entry("Theirs", "10:00", "10:14")
    settle()
    assert window.entries.editor is editor
    assert editor.description.text() == "Coffee"
    assert editor.isVisible()


def test_an_entry_is_cut_in_two(house: House, window: TimerWindow) -> None:
    lid = house.entry("Long", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_S, CTRL | SHIFT)
    splitter = window.entries.editor
    assert isinstance(splitter, Splitter)
    assert splitter.at.text() == "9:30"
    put(splitter.at, "11:00")
    enter(splitter.at)
    assert "between start and stop" in splitter.note.text()
    put(splitter.at, "9:20")
    assert "0:20:00" in splitter.note.text()
    enter(splitter.at)
    spans = sorted((row.start, row.stop) for row in house.all_rows())
    assert spans == [
        (house.at("09:00"), house.at("09:20")),
        (house.at("09:20"), house.at("10:00")),
    ]


def test_delete_by_key_needs_no_dialog_and_the_toast_takes_it_back(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Stand-up", "09:00", "10:00")
    house.entry("Other", "10:00", "11:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    settle()
    assert titles(window) == ["Today", "Other"]
    assert window.toast.sentence == "Deleted “Stand-up”"
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Other", "Stand-up"]
    assert window.toast.sentence == "Undone: Delete “Stand-up”"
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Other"]


def test_after_a_delete_the_keyboard_is_on_what_stands_there_now(
    house: House, window: TimerWindow
) -> None:
    lids = [house.entry(f"E{hour}", f"{hour:02}:00", f"{hour:02}:40") for hour in range(8, 13)]
    open_window(window)
    go_to(window, lids[2])
    left = []
    for _ in range(5):
        QTest.keyClick(view_of(window), KEY.Key_Delete)
        settle()
        left.append(len(house.all_rows()))
        if isinstance(view_of(window).current_item(), GapItem):
            QTest.keyClick(view_of(window), KEY.Key_Down)
    assert left == [4, 3, 2, 1, 0]


def test_a_toast_never_takes_back_another_step_than_it_names(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Stand-up", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    house.entry("Terminal", "11:00", "12:00")
    window.toast.pressed.emit()
    settle()
    assert titles(window) == ["Today", "Terminal"]
    assert "Something else was done since" in window.bar.sentence
    assert window.toast.sentence == ""


def test_keys_continue_duplicate_merge_and_keep(house: House, window: TimerWindow) -> None:
    house.entry("Above", "10:00", "11:00")
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_B, CTRL)
    settle()
    assert [f.description for f in catalog.favourites(house.store.source)] == ["Old"]
    QTest.keyClick(view_of(window), KEY.Key_D, CTRL)
    settle()
    assert titles(window).count("Old") == 2
    house.do(Undo())
    settle()
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_M, CTRL)
    settle()
    (row,) = house.all_rows()
    assert (row.start, row.stop) == (house.at("09:00"), house.at("11:00"))
    go_to(window, row.lid)
    QTest.keyClick(view_of(window), KEY.Key_Return, CTRL)
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "Old"


def test_several_entries_are_deleted_in_one_step(house: House, window: TimerWindow) -> None:
    for hour in ("08", "09", "10"):
        house.entry(f"E{hour}", f"{hour}:00", f"{hour}:59")
    open_window(window)
    go_to(window, house.all_rows()[0].lid)
    QTest.keyClick(view_of(window), KEY.Key_Down, SHIFT)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    settle()
    assert titles(window) == ["Today", "E08"]
    assert len(house.performed) == 1


def test_the_row_under_the_pointer_offers_to_continue(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    row = window.entries.model.row_of(lid)
    places = view.action_places(row)
    assert places is not None
    QTest.mouseMove(view.viewport(), places.go.center())
    QTest.mouseClick(view.viewport(), LEFT, pos=places.go.center())
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.description == "Old"


def test_the_three_dots_and_the_menu_key_open_the_same_menu(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    places = view.action_places(window.entries.model.row_of(lid))
    assert places is not None
    QTest.mouseClick(view.viewport(), LEFT, pos=places.more.center())
    assert window.entries.menu.isVisible()
    assert not window.entries.menu.merge.isEnabled()
    window.entries.menu.hide()


def test_a_double_click_opens_the_editor(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view = view_of(window)
    rect = view.visualRect(window.entries.model.index(window.entries.model.row_of(lid)))
    QTest.mouseDClick(view.viewport(), LEFT, pos=rect.topLeft() + QPoint(40, 10))
    assert isinstance(window.entries.editor, EntryEditor)


def test_arrows_walk_over_entries_and_gaps_but_not_over_heads(
    house: House, window: TimerWindow
) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:14", "11:00")
    house.entry("C", "09:00", "10:00", day=-1)
    open_window(window)
    view = view_of(window)
    view.setFocus()
    view.select_row(1)
    seen = []
    for _ in range(5):
        seen.append(type(view.current_item()))
        QTest.keyClick(view, KEY.Key_Down)
    assert DayHead not in seen
    assert seen == [EntryItem, GapItem, EntryItem, EntryItem, EntryItem]
    QTest.keyClick(view, KEY.Key_Home)
    assert view.currentIndex().row() == 1
