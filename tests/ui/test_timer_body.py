"""List and calendar: side by side where there is room, one in the place of the other elsewhere."""

import pytest
from PySide6.QtCore import Qt

from toggl_desktop.domain.commands import DeleteEntries
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.ui.calendar.requests import Answer, EditRequest
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


@pytest.fixture
def window(house, qtbot):
    house.entry("Stand-up", "09:00", "09:30")
    house.entry("Wireframes", "10:00", "11:00")
    made = TimerWindow(house.context)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.hide()


def test_a_narrow_window_has_the_list_alone_and_does_not_even_load_the_calendar(window):
    assert window.entries.isVisible()
    assert window.body.calendar is None


def test_a_wide_window_has_both_and_gives_the_room_back(window):
    window.resize(1100, 640)
    assert window.entries.isVisible()
    assert window.body.calendar.isVisible()
    window.resize(460, 640)
    assert not window.body.calendar.isVisible()
    assert window.entries.isVisible()


def test_a_window_that_opens_wide_has_now_where_it_is_looked_for(house, qtbot):
    wide = TimerWindow(house.context)
    qtbot.addWidget(wide)
    wide.resize(1100, 640)
    wide.show()
    qtbot.wait(20)
    area = wide.body.calendar.area
    y = area.plan.column_of(house.clock.at).axis.y(house.clock.at) - area.offset
    assert y == pytest.approx(0.7 * area.viewport().height(), abs=2)
    wide.hide()


def test_the_key_puts_the_calendar_in_the_lists_place_and_back(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.body.calendar.isVisible()
    assert not window.entries.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.entries.isVisible()
    assert not window.body.calendar.isVisible()


def test_what_is_opened_in_the_calendar_is_edited_in_the_list(window, house):
    lid = next(r.lid for r in house.all_rows() if r.description == "Stand-up")
    window.body.toggle_calendar()
    window.body.calendar.edit_requested.emit(EditRequest(EntryId(lid)))
    assert window.entries.isVisible()
    assert window.entries.editor is not None
    assert window.entries.editor.lid == lid
    window.entries.editor.drop()


def test_what_the_calendar_did_is_told_with_its_undo(window, house):
    lid = EntryId(house.all_rows()[0].lid)
    window.resize(1100, 640)
    command = DeleteEntries((lid,))
    outcome = house.context.perform(command)
    window.body.calendar.outcome.emit(Answer(outcome.changes, None, command))
    assert window.toast.isVisible()


def test_what_the_calendar_was_refused_is_said_in_the_window(window, house):
    window.resize(1100, 640)
    command = DeleteEntries((EntryId("nowhere"),))
    outcome = house.context.perform(command)
    window.body.calendar.outcome.emit(Answer(None, outcome.error, command))
    assert window.bar.isVisible()
