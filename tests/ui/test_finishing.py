"""The program ends: what is being typed in any window is saved or kept, never lost."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import settle
from tests.ui.plan_hands import DAY, Sown
from tests.ui.windows_desk import windows_of
from toggl_desktop.store.read import plan as reading

pytestmark = pytest.mark.ui


@pytest.fixture
def state(tmp_path):
    return QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def sown(house):
    return Sown(house)


def _lose_front():
    """Another window comes to the front, as the tray's menu does."""
    other = QWidget()
    other.show()
    other.activateWindow()
    settle()
    return other


def _names(house):
    return {bar.name for bar in reading.plan(house.store.source).bars}


@pytest.mark.parametrize("is_in_front", [True, False])
def test_a_name_in_the_plans_panel_is_saved(house, sown, state, is_in_front):
    lid = sown.add("One", 0, 1, members=(sown.ann,))
    with windows_of(house, state) as windows:
        windows.show_plan()
        settle()
        editing = windows._plan.outfit.editing
        editing.deeds.open_task(lid)
        settle()
        editing.side.task.name.selectAll()
        QTest.keyClicks(editing.side.task.name, "Half typed")
        other = None if is_in_front else _lose_front()
        windows.finish()
        assert reading.task(house.store.source, lid).name == "Half typed"
        del other


def test_notes_in_the_plans_panel_are_saved(house, sown, state):
    lid = sown.add("One", 0, 1, members=(sown.ann,))
    with windows_of(house, state) as windows:
        windows.show_plan()
        settle()
        editing = windows._plan.outfit.editing
        editing.deeds.open_task(lid)
        settle()
        notes = editing.side.task.notes.text
        notes.setFocus()
        QTest.keyClicks(notes, "mind the gap")
        windows.finish()
        assert "mind the gap" in reading.task(house.store.source, lid).notes


@pytest.mark.parametrize("is_in_front", [True, False])
def test_a_task_that_is_being_named_is_made(house, sown, state, is_in_front):
    sown.add("One", 0, 1, members=(sown.ann,))
    with windows_of(house, state) as windows:
        windows.show_plan()
        settle()
        plan = windows._plan
        plan.timeline.view.show_day(DAY)
        plan.outfit.editing.keys.make_new()
        settle()
        QTest.keyClicks(plan.outfit.editing.maker.name.field, "In its place")
        other = None if is_in_front else _lose_front()
        windows.finish()
        assert "In its place" in _names(house)
        del other


def test_a_card_that_is_being_named_is_made(house, sown, state):
    sown.add("One", 0, 1, members=(sown.ann,), project=sown.web)
    with windows_of(house, state) as windows:
        windows.show_plan()
        windows._plan.show_board()
        settle()
        add = windows._plan.outfit.editing.board.columns[0].add
        add.setFocus()
        QTest.keyClicks(add, "A card")
        windows.finish()
        assert "A card" in _names(house)


def test_what_is_typed_into_what_runs_is_saved(house, state):
    lid = house.start("Old")
    with windows_of(house, state) as windows:
        windows.show_timer()
        settle()
        field = windows._timer.running.description
        field.setFocus()
        QTest.keyClicks(field, " and new")
        other = _lose_front()
        windows.finish()
        assert house.row(lid).description == "Old and new"
        del other


def test_an_entry_that_is_open_is_saved(house, state):
    lid = house.entry("Old", "09:00", "10:00")
    with windows_of(house, state) as windows:
        windows.edit_entry(lid)
        settle()
        editor = windows._timer.entries.editor
        editor.description.selectAll()
        QTest.keyClicks(editor.description, "New")
        windows.finish()
        assert house.row(lid).description == "New"


def test_what_was_not_started_is_there_again(house, state):
    with windows_of(house, state) as windows:
        windows.show_timer()
        settle()
        field = windows._timer.running.description
        field.setFocus()
        QTest.keyClicks(field, "not yet @we")
        windows.finish()
        windows.remember()
    assert not house.performed
    with windows_of(house, state) as windows:
        windows.show_timer()
        settle()
        assert windows._timer.running.description.text() == "not yet @we"
