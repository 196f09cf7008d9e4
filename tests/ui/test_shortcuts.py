"""The list of shortcuts: everything with a key is in it, and keys can be changed there."""

import json

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, go_to
from toggl_desktop.ui.timer.shortcuts import ShortcutsDialog
from toggl_desktop.ui.timer.window import TimerWindow
from toggl_desktop.ui.widgets.labels import PlainLabel

pytestmark = pytest.mark.ui


def open_dialog(window: TimerWindow) -> ShortcutsDialog:
    window.menu.shortcuts.trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    settle()
    return dialog


def close(dialog: ShortcutsDialog) -> None:
    dialog.accept()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_key(dialog: ShortcutsDialog, name: str, key: KEY, held=CTRL) -> None:
    edit = dialog.edits[name]
    edit.setFocus()
    QTest.keyClick(edit, key, held)
    QTest.keyClick(edit, KEY.Key_Tab)
    settle()


def key_of(window: TimerWindow, name: str) -> str:
    found = next(a for a in window.keymap.actions if a.objectName() == name)
    return found.shortcut().toString()


def test_question_mark_lists_every_action_with_its_key(house: House, window: TimerWindow) -> None:
    window.resize(1000, 640)
    open_window(window)
    dialog = open_dialog(window)
    assert set(dialog.edits) == {a.objectName() for a in window.keymap.actions}
    assert dialog.edits["search"].keySequence() == QKeySequence("Ctrl+F")
    assert dialog.edits["search"].accessibleName() == "Key for Search all entries"
    words = [made.text() for made in dialog.findChildren(PlainLabel)]
    assert "/" in words
    assert "Zoom, whole day" in words
    close(dialog)


def test_a_key_that_is_typed_counts_at_once_and_is_kept(house: House, window: TimerWindow) -> None:
    lid = house.entry("Draft", "09:00", "10:00")
    open_window(window)
    dialog = open_dialog(window)
    type_key(dialog, "entry-duplicate", KEY.Key_J)
    assert json.loads(house.preferences.now.shortcuts) == {"entry-duplicate": "Ctrl+J"}
    close(dialog)
    window.activateWindow()
    settle()
    go_to(window, lid)
    QTest.keyClick(window.entries.view, KEY.Key_J, CTRL)
    settle()
    assert len(house.all_rows()) == 2
    another = TimerWindow(house.context)
    assert key_of(another, "entry-duplicate") == "Ctrl+J"
    another.deleteLater()


def test_a_key_that_is_taken_is_refused_with_a_sentence(house: House, window: TimerWindow) -> None:
    open_window(window)
    dialog = open_dialog(window)
    type_key(dialog, "switch", KEY.Key_F)
    assert "belongs to “Search all entries”" in dialog.sentence.text()
    assert dialog.edits["switch"].keySequence() == QKeySequence("Ctrl+K")
    assert house.preferences.now.shortcuts == ""
    close(dialog)


def test_all_keys_go_back_to_what_they_were(house: House, window: TimerWindow) -> None:
    open_window(window)
    dialog = open_dialog(window)
    assert not dialog.reset_button.isEnabled()
    type_key(dialog, "search", KEY.Key_J)
    assert key_of(window, "search") == "Ctrl+J"
    assert dialog.reset_button.isEnabled()
    dialog.reset_button.click()
    assert key_of(window, "search") == "Ctrl+F"
    assert house.preferences.now.shortcuts == ""
    close(dialog)


def test_an_action_may_do_without_a_key(house: House, window: TimerWindow) -> None:
    open_window(window)
    dialog = open_dialog(window)
    edit = dialog.edits["search"]
    edit.clear()
    edit.editingFinished.emit()
    assert key_of(window, "search") == ""
    close(dialog)


@pytest.mark.parametrize("text", ["no json", "[1]", '{"search": 3}', '{"nowhere": "Ctrl+J"}'])
def test_settings_that_make_no_sense_leave_the_keys_alone(
    house: House, window: TimerWindow, text: str
) -> None:
    house.preferences.choose("shortcuts", text)
    assert key_of(window, "search") == "Ctrl+F"


def test_the_calendar_follows_the_same_keys(house: House, window: TimerWindow) -> None:
    house.preferences.choose("shortcuts", '{"entry-duplicate": "Ctrl+J"}')
    window.resize(1000, 640)
    open_window(window)
    assert window.body.calendar is not None
    duplicate = window.body.calendar._menus.entry.duplicate
    assert duplicate.shortcut().toString() == "Ctrl+J"


@pytest.mark.parametrize("key", [KEY.Key_Escape, KEY.Key_Return])
def test_esc_and_enter_close_the_page_and_are_never_taken_for_a_key(
    house: House, window: TimerWindow, key: KEY
) -> None:
    open_window(window)
    dialog = open_dialog(window)
    dialog.edits["switch"].setFocus()
    QTest.keyClick(dialog.edits["switch"], key)
    settle()
    assert window.findChild(ShortcutsDialog) is None
    assert house.preferences.now.shortcuts == ""


def test_actions_are_called_by_their_names_whatever_is_selected(
    house: House, window: TimerWindow
) -> None:
    house.entry("One", "09:00", "10:00")
    house.entry("Two", "10:00", "11:00")
    open_window(window)
    window.entries.view.selectAll()
    dialog = open_dialog(window)
    assert dialog.edits["entry-delete"].accessibleName() == "Key for Delete"
    close(dialog)
