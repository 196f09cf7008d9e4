"""The running row: start by a typed line, edit in place, and nothing typed is ever lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY
from toggl_desktop.domain import commands
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store.read import entries
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def type_into(field: QWidget, text: str, *, enters: bool = True) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)
    if enters:
        QTest.keyClick(field, KEY.Key_Return)
    settle()


def replace_text(field: QWidget, text: str, *, enters: bool = True) -> None:
    field.setFocus()
    QTest.keyClick(field, KEY.Key_A, CTRL)
    type_into(field, text, enters=enters)


def running(house: House) -> entries.EntryRow | None:
    return entries.running(house.store.source)


def test_the_keyboard_is_in_the_field_when_the_window_opens(
    window: TimerWindow, qtbot: QtBot
) -> None:
    open_window(window)
    assert window.running.description.hasFocus()
    assert window.running.state.accessibleName() == "Stopped"


def test_what_is_typed_into_what_runs_goes_on_where_it_ends(
    house: House, window: TimerWindow, qtbot: QtBot
) -> None:
    house.start("Design " * 20, "13:00")
    open_window(window)
    field = window.running.description
    assert field.hasFocus()
    QTest.keyClicks(field, " and more")
    assert field.text().endswith("Design and more")
    field.open_offer()
    assert field.offer.popup().isVisible()
    QTest.keyClick(field, KEY.Key_Return)
    assert not field.offer.popup().isVisible()
    window.running.clock.setFocus()
    settle()
    assert not field.hasFocus()
    assert field.cursorPosition() == 0  # read from its beginning


def test_what_is_typed_goes_on_after_what_was_started_elsewhere(
    house: House, window: TimerWindow, qtbot: QtBot
) -> None:
    house.start("Design", "13:00")
    open_window(window)
    field = window.running.description
    assert field.hasFocus()
    house.start("Review")
    settle()
    QTest.keyClicks(field, "!")
    assert field.text() == "Review!"


def test_enter_starts_what_the_line_says(house: House, window: TimerWindow) -> None:
    project = house.project("Website")
    house.tag("ux")
    open_window(window)
    type_into(window.running.description, "Wireframes @website #ux #new -10m $")
    row = running(house)
    assert row is not None
    assert (row.description, row.project, row.tags) == ("Wireframes", project, ("ux", "new"))
    assert (row.start, row.billable) == (house.clock.at - 600, True)
    assert window.running.description.text() == "Wireframes"
    assert window.running.clock.text() == "0:10:00"
    assert window.running.button.stops
    assert window.running.state.accessibleName() == "Running"


def test_what_enter_will_do_is_said_while_typing(house: House, window: TimerWindow) -> None:
    house.project("Website")
    house.start("Old", "13:00")
    open_window(window)
    QTest.keyClick(window, KEY.Key_N, CTRL)
    type_into(window.running.description, "Call @Website #phone -10m", enters=False)
    hint = window.running.hint.text()
    assert "Starts 13:52" in hint
    assert "“Old” ends 13:52" in hint
    assert "New tag #phone" in hint
    assert window.running.details.project.text() == "Website"
    assert window.running.details.tags.text() == "#phone"
    assert window.running.details.when.text() == "from 13:52"


def test_a_range_adds_a_finished_entry_and_starts_nothing(
    house: House, window: TimerWindow
) -> None:
    open_window(window)
    type_into(window.running.description, "Breakfast 8-8:30")
    assert running(house) is None
    (row,) = house.all_rows()
    assert (row.start, row.stop) == (house.at("08:00"), house.at("08:30"))
    assert window.running.description.text() == ""


def test_the_running_description_is_edited_in_place_as_one_step(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("Old", "13:00")
    open_window(window)
    replace_text(window.running.description, "New @x #y literally")
    assert house.row(lid).description == "New @x #y literally"
    assert [type(c) for c in house.performed] == [commands.EditEntries]


def test_esc_takes_an_edit_back(house: House, window: TimerWindow) -> None:
    lid = house.start("Old", "13:00")
    open_window(window)
    replace_text(window.running.description, "New", enters=False)
    QTest.keyClick(window.running.description, KEY.Key_Escape)
    assert window.running.description.text() == "Old"
    assert house.row(lid).description == "Old"


def test_leaving_the_field_keeps_the_edit(house: House, window: TimerWindow) -> None:
    lid = house.start("Old", "13:00")
    house.entry("Other", "09:00", "10:00")
    open_window(window)
    replace_text(window.running.description, "New", enters=False)
    window.entries.view.setFocus()
    settle()
    assert house.row(lid).description == "New"


def test_stopping_keeps_what_was_typed(house: House, window: TimerWindow) -> None:
    lid = house.start("Old", "13:00")
    open_window(window)
    replace_text(window.running.description, "New", enters=False)
    QTest.keyClick(window, KEY.Key_S, CTRL)
    settle()
    row = house.row(lid)
    assert (row.description, row.stop) == ("New", house.clock.at)
    assert window.running.is_new
    assert window.running.description.text() == ""


def test_the_button_stops_and_starts(house: House, window: TimerWindow, qtbot: QtBot) -> None:
    house.start("Old", "13:00")
    open_window(window)
    assert window.running.button.accessibleName() == "Stop"
    qtbot.mouseClick(window.running.button, Qt.MouseButton.LeftButton)
    settle()
    assert running(house) is None
    assert window.running.button.accessibleName() == "Start"
    type_into(window.running.description, "Next", enters=False)
    qtbot.mouseClick(window.running.button, Qt.MouseButton.LeftButton)
    settle()
    row = running(house)
    assert row is not None
    assert row.description == "Next"


def test_a_sync_that_lands_while_typing_overwrites_nothing(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("Old", "13:00")
    open_window(window)
    field = window.running.description
    replace_text(field, "My words", enters=False)
    cursor = field.cursorPosition()
    house.do(commands.EditEntries((lid,), description="Theirs"))
    settle()
    assert (field.text(), field.cursorPosition()) == ("My words", cursor)
    assert "Changed elsewhere" in window.running.hint.text()
    QTest.keyClick(field, KEY.Key_Return)
    assert house.row(lid).description == "My words"


def test_an_edit_goes_to_the_entry_it_was_meant_for(house: House, window: TimerWindow) -> None:
    first = house.start("First", "13:00")
    open_window(window)
    field = window.running.description
    replace_text(field, "First, edited", enters=False)
    second = house.start("Second")
    settle()
    assert field.text() == "First, edited"
    assert "does not run any more" in window.running.hint.text()
    QTest.keyClick(field, KEY.Key_Return)
    settle()
    assert house.row(first).description == "First, edited"
    assert house.row(second).description == "Second"
    assert field.text() == "Second"


def test_a_line_being_typed_survives_a_start_elsewhere(house: House, window: TimerWindow) -> None:
    open_window(window)
    field = window.running.description
    type_into(field, "half a thou", enters=False)
    house.start("Elsewhere")
    settle()
    assert field.text() == "half a thou"
    assert window.running.clock.text() == "0:00:00"
    type_into(field, "ght")
    row = running(house)
    assert row is not None
    assert row.description == "half a thought"


def test_a_new_entry_can_be_typed_while_one_runs(house: House, window: TimerWindow) -> None:
    house.start("Old", "13:00")
    open_window(window)
    QTest.keyClick(window, KEY.Key_N, CTRL)
    field = window.running.description
    assert field.text() == ""
    assert window.running.clock.text() == "1:02:00"
    QTest.keyClick(field, KEY.Key_Escape)
    assert field.text() == "Old"
    QTest.keyClick(window, KEY.Key_N, CTRL)
    type_into(field, "Next")
    row = running(house)
    assert row is not None
    assert row.description == "Next"
    assert field.text() == "Next"
    assert house.all_rows()[1].stop == house.clock.at


def test_a_start_in_the_past_asks_before_it_cuts(house: House, window: TimerWindow) -> None:
    house.entry("Lunch", "13:00", "13:50")
    open_window(window)
    type_into(window.running.description, "Call -30m")
    assert "shorten “Lunch”" in window.bar.sentence
    assert window.bar.choices == ("Shorten", "Keep both", "Cancel")
    assert running(house) is None
    assert window.running.description.text() == "Call -30m"
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    settle()
    assert window.bar.sentence == ""
    type_into(window.running.description, "")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Space)
    settle()
    row = running(house)
    assert row is not None
    assert row.start == house.at("13:32")
    assert house.all_rows()[1].stop == house.at("13:32")


def test_overlaps_can_be_kept(house: House, window: TimerWindow) -> None:
    house.entry("Lunch", "13:00", "13:50")
    open_window(window)
    type_into(window.running.description, "Call -30m")
    window.bar.answer(1)
    settle()
    assert house.all_rows()[1].stop == house.at("13:50")
    assert running(house) is not None


def test_an_unknown_project_is_asked_about(house: House, window: TimerWindow) -> None:
    project = house.project("Website")
    open_window(window)
    type_into(window.running.description, "Call @Websit")
    assert window.bar.choices == ("Create “Websit”", "Use “Website”", "Cancel")
    window.bar.answer(1)
    settle()
    row = running(house)
    assert row is not None
    assert row.project == project
    QTest.keyClick(window, KEY.Key_N, CTRL)
    type_into(window.running.description, "Call @Fresh")
    window.bar.answer(0)
    settle()
    row = running(house)
    assert row is not None
    assert row.project_name == "Fresh"


def test_required_fields_put_the_keyboard_where_they_belong(
    house: House, window: TimerWindow
) -> None:
    house.do(commands.EditWorkspace(LOCAL_WORKSPACE, required=("project",)))
    open_window(window)
    type_into(window.running.description, "Call")
    assert running(house) is None
    assert "requires a project" in window.bar.sentence
    assert window.running.details.project_field.hasFocus()
    assert window.running.description.text() == "Call"


def test_details_are_chosen_before_the_start(house: House, window: TimerWindow) -> None:
    project = house.project("Website")
    open_window(window)
    details = window.running.details
    details.project.click()
    replace_text(details.project_field, "Website")
    details.tags.click()
    replace_text(details.tags_field, "ux, deep")
    details.billable.click()
    details.when.click()
    replace_text(details.start_field, "13:30")
    type_into(window.running.description, "Call")
    row = running(house)
    assert row is not None
    assert (row.project, row.tags, row.billable) == (project, ("ux", "deep"), True)
    assert row.start == house.at("13:30")


def test_details_of_what_runs_are_changed_at_once(house: House, window: TimerWindow) -> None:
    project = house.project("Website")
    lid = house.start("Call", "13:00")
    open_window(window)
    details = window.running.details
    details.project.click()
    replace_text(details.project_field, "Website")
    details.tags.click()
    replace_text(details.tags_field, "ux")
    details.billable.click()
    details.when.click()
    replace_text(details.start_field, "-15m")
    row = house.row(lid)
    assert (row.project, row.tags, row.billable) == (project, ("ux",), True)
    assert row.start == house.clock.at - 900
    assert details.when.text() == "since 13:47"
    assert window.running.clock.text() == "0:15:00"


@pytest.mark.parametrize("bad", ["8.x", "tomorrow"])
def test_a_start_that_is_no_time_keeps_the_text_and_says_so(
    house: House, window: TimerWindow, bad: str
) -> None:
    lid = house.start("Call", "13:00")
    open_window(window)
    details = window.running.details
    details.when.click()
    replace_text(details.start_field, bad)
    assert details.start_field.text() == bad
    assert "is not a time" in window.bar.sentence
    assert house.row(lid).start == house.at("13:00")
    QTest.keyClick(details.start_field, KEY.Key_Escape)
    assert not details.is_open


def test_a_start_in_the_future_is_refused_with_the_text_kept(
    house: House, window: TimerWindow
) -> None:
    house.start("Call", "13:00")
    open_window(window)
    details = window.running.details
    details.when.click()
    replace_text(details.start_field, "+5m")
    assert details.start_field.text() == "+5m"
    assert "future" in window.bar.sentence


def test_a_project_that_does_not_exist_is_made_only_when_chosen(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("Call", "13:00")
    open_window(window)
    details = window.running.details
    details.project.click()
    replace_text(details.project_field, "Fresh")
    assert house.row(lid).project is None
    assert "no project “Fresh” yet" in window.bar.sentence
    popup = details.project_field.completer().popup()
    replace_text(details.project_field, "Fresh", enters=False)
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    settle()
    QTest.keyClick(details.project_field, KEY.Key_Return)
    settle()
    assert house.row(lid).project_name == "Fresh"


def test_html_is_shown_as_it_is_written(house: House, window: TimerWindow) -> None:
    project = house.project("R&D <b>bold</b>")
    house.start("<img src='file:///x'> & co", "13:00", project=project)
    open_window(window)
    assert window.running.description.text() == "<img src='file:///x'> & co"
    assert window.running.details.project.text() == "R&&D <b>bold</b>"
    assert "&lt;b&gt;" in window.running.details.project.toolTip()


def test_3000_characters_can_be_saved_and_3001_are_refused_with_the_text_kept(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("Call", "13:00")
    open_window(window)
    field = window.running.description
    field.setFocus()
    field.selectAll()
    field.insert("w" * 3001)
    field.textEdited.emit(field.text())
    QTest.keyClick(field, KEY.Key_Return)
    assert len(field.text()) == 3001
    assert "3001 characters" in window.bar.sentence
    QTest.keyClick(field, KEY.Key_Backspace)
    QTest.keyClick(field, KEY.Key_Return)
    assert len(house.row(lid).description) == 3000


def test_a_description_with_line_breaks_is_not_changed_by_looking_at_it(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("one\ntwo\u202e", "13:00")
    house.entry("Other", "09:00", "10:00")
    open_window(window)
    window.running.description.setFocus()
    window.entries.view.setFocus()
    settle()
    assert house.row(lid).description == "one\ntwo\u202e"
    assert house.performed == []
