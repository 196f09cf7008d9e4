"""Several entries at once: selecting, the quiet bar, and one step for all of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, LEFT, SHIFT, enter, go_to, put, view_of
from tests.ui.test_timer_search import look_for
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.commands import EditEntries
from toggl_desktop.store import journal
from toggl_desktop.ui.timer.bulk import BulkEditor
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def three(house: House) -> list[str]:
    return [
        house.entry("Draft", "09:00", "10:00"),
        house.entry("Draft", "10:00", "10:30"),
        house.entry("Review", "10:30", "11:00"),
    ]


def select_all(window: TimerWindow) -> None:
    view_of(window).setFocus()
    QTest.keyClick(view_of(window), KEY.Key_A, CTRL)
    settle()


def open_bulk(window: TimerWindow) -> BulkEditor:
    select_all(window)
    QTest.keyClick(view_of(window), KEY.Key_F2)
    assert window.entries.bulk is not None
    return window.entries.bulk


def steps(house: House) -> int:
    return len(journal.history(house.store.source, 100))


def test_a_bar_says_how_many_are_selected_and_how_long_they_last(
    house: House, window: TimerWindow
) -> None:
    lids = three(house)
    open_window(window)
    go_to(window, lids[0])
    bar = window.entries.selection
    assert bar.isHidden()
    view = view_of(window)
    other = view.visualRect(view.model().index(window.entries.model.row_of(lids[2]))).center()
    QTest.mouseClick(view.viewport(), LEFT, CTRL, other)
    assert bar.sentence.text() == "2 selected · 1:30:00"
    select_all(window)
    assert bar.sentence.text() == "3 selected · 2:00:00"
    QTest.keyClick(view, KEY.Key_Escape)
    assert bar.isHidden()


def test_shift_and_arrows_select_by_keyboard(house: House, window: TimerWindow) -> None:
    lids = three(house)
    open_window(window)
    go_to(window, lids[2])
    QTest.keyClick(view_of(window), KEY.Key_Down, SHIFT)
    assert window.entries.selection.sentence.text() == "2 selected · 1:00:00"


def test_only_what_fits_the_selection_is_offered(house: House, window: TimerWindow) -> None:
    three(house)
    open_window(window)
    select_all(window)
    menu = window.entries.menu
    assert not menu.go.isEnabled()  # two contents cannot be continued as one
    assert not menu.split.isEnabled()
    assert menu.edit.isEnabled()
    assert menu.duplicate.isEnabled()
    look_for(window, "draft")
    select_all(window)
    assert menu.go.isEnabled()
    shown = [b.text() for b in window.entries.selection._buttons if not b.isHidden()]
    assert shown == ["Continue", "Edit", "Merge", "Duplicate", "Delete"]


def test_select_all_in_a_search_takes_everything_found_not_only_what_was_read(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toggl_desktop.ui.timer.ledger.CHUNK", 2)
    for day in range(40):
        house.entry("Draft", "09:00", "10:00", day=-day)
    open_window(window)
    look_for(window, "draft")
    assert window.entries.model.rowCount() < 80
    select_all(window)
    assert window.entries.selection.sentence.text() == "40 selected · 40:00:00"


def test_everything_filled_in_is_one_step_and_one_undo(house: House, window: TimerWindow) -> None:
    keep, gone = house.tag("keep"), house.tag("gone")
    house.project("Website")
    lids = three(house)
    house.do(EditEntries(tuple(lids), tags=(keep, gone)))
    open_window(window)
    editor = open_bulk(window)
    before = steps(house)
    put(editor.project, "Website")
    QTest.keyClick(editor.project, KEY.Key_Tab)
    editor.billable.setChecked(True)
    put(editor.add_tags, "new")
    put(editor.remove_tags, "gone")
    put(editor.shift, "-15m")
    assert "8:45" in editor.note.text()
    enter(editor.shift)
    assert window.entries.bulk is None
    rows = [house.row(lid) for lid in lids]
    assert {row.project_name for row in rows} == {"Website"}
    assert {row.tags for row in rows} == {("keep", "new")}
    assert all(row.billable for row in rows)
    assert [row.description for row in rows] == ["Draft", "Draft", "Review"]
    assert [row.start for row in rows] == [house.at("08:45"), house.at("09:45"), house.at("10:15")]
    assert [row.stop for row in rows] == [house.at("09:45"), house.at("10:15"), house.at("10:45")]
    assert steps(house) == before + 1
    assert window.toast.sentence == "Changed 3 entries"
    house.do(Undo())
    assert house.row(lids[0]).start == house.at("09:00")
    assert house.row(lids[0]).project is None


def test_only_starts_or_only_stops_can_be_moved(house: House, window: TimerWindow) -> None:
    lids = three(house)
    open_window(window)
    editor = open_bulk(window)
    editor.edges.setCurrentIndex(2)
    put(editor.shift, "+5m")
    enter(editor.shift)
    assert house.row(lids[2]).start == house.at("10:30")
    assert house.row(lids[2]).stop == house.at("11:05")


def test_what_differs_is_left_alone_unless_something_is_typed(
    house: House, window: TimerWindow
) -> None:
    three(house)
    open_window(window)
    editor = open_bulk(window)
    assert editor.description.text() == ""
    assert editor.description.placeholderText() == "Several descriptions"
    before = steps(house)
    enter(editor.description)
    assert window.entries.bulk is None
    assert steps(house) == before


def test_a_refusal_keeps_what_was_filled_in(house: House, window: TimerWindow) -> None:
    three(house)
    open_window(window)
    editor = open_bulk(window)
    put(editor.shift, "soon")
    put(editor.description, "Kept")
    enter(editor.description)
    assert window.entries.bulk is editor
    assert "not a length" in editor.note.text()
    assert editor.description.text() == "Kept"
    assert editor.shift.property("state") == "invalid"
    QTest.keyClick(editor.shift, KEY.Key_Escape)
    assert window.entries.bulk is None
    assert view_of(window).hasFocus()


def test_no_project_can_be_chosen_for_all(house: House, window: TimerWindow) -> None:
    site = house.project("Website")
    lids = three(house)
    house.do(EditEntries((lids[0], lids[1], lids[2]), project=site))
    open_window(window)
    editor = open_bulk(window)
    editor.project.setFocus()
    editor.project.open_offer()
    popup = editor.project.completer().popup()
    assert popup.model().index(0, 0).data() == "No project"
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    enter(editor.project)
    assert {house.row(lid).project for lid in lids} == {None}


def test_duplicate_and_delete_are_one_step_for_all(house: House, window: TimerWindow) -> None:
    three(house)
    open_window(window)
    select_all(window)
    before = steps(house)
    window.entries.menu.duplicate.trigger()
    settle()
    assert steps(house) == before + 1
    assert len(house.all_rows()) == 6
    select_all(window)
    QTest.keyClick(view_of(window), KEY.Key_Delete)
    settle()
    assert house.all_rows() == []
    house.do(Undo())
    assert len(house.all_rows()) == 6


def test_what_is_filled_in_survives_a_change_from_elsewhere(
    house: House, window: TimerWindow
) -> None:
    lids = three(house)
    open_window(window)
    editor = open_bulk(window)
    put(editor.description, "Typed")
    house.do(EditEntries((lids[0],), start=house.at("08:00")))
    settle()
    assert editor.description.text() == "Typed"
    put(editor.shift, "+1m")
    enter(editor.shift)
    assert house.row(lids[0]).start == house.at("08:01")
    assert {house.row(lid).description for lid in lids} == {"Typed"}


def test_every_field_has_a_name_for_a_screen_reader(house: House, window: TimerWindow) -> None:
    three(house)
    open_window(window)
    editor = open_bulk(window)
    names = [w.accessibleName() for w in (*editor._fields(), editor.edges, editor.drop_button)]
    assert all(names)
    assert len(set(names)) == len(names)
    assert editor.billable.checkState() is Qt.CheckState.Unchecked
