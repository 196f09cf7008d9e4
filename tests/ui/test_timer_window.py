"""The window as a whole: ticking, hiding, catching up, and what it says."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, Heard
from toggl_desktop.domain import commands
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.read import entries
from toggl_desktop.ui.timer.performer import Refusal
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


# Time -------------------------------------------------------------------------------------


def test_the_clock_ticks_only_while_somebody_can_see_it(
    house: House, window: TimerWindow, qtbot: QtBot
) -> None:
    house.start("Design", "13:20")
    assert not window._ticker.is_running
    open_window(window)
    assert window._ticker.is_running
    assert window.running.clock.text() == "0:42:00"
    house.clock.advance(1)
    qtbot.waitUntil(lambda: window.running.clock.text() == "0:42:01", timeout=2500)
    window.showMinimized()
    settle()
    assert not window._ticker.is_running
    window.showNormal()
    settle()
    assert window._ticker.is_running
    window.hide()
    assert not window._ticker.is_running


def test_a_tick_asks_the_store_nothing(house: House, window: TimerWindow) -> None:
    house.start("Design", "13:20")
    open_window(window)
    house.store.source.asked = 0  # type: ignore[attr-defined]
    for _ in range(5):
        house.clock.advance(1)
        window._ticker.ticked.emit()
    assert house.store.source.asked == 0  # type: ignore[attr-defined]
    assert window.running.clock.text() == "0:42:05"


def test_todays_total_grows_while_an_entry_runs(house: House, window: TimerWindow) -> None:
    house.entry("Earlier", "08:00", "09:00")
    house.start("Design", "13:20")
    open_window(window)
    head = window.entries.model.item(0)
    assert head.total(house.clock.at) == 3600 + 42 * 60  # type: ignore[union-attr]
    assert "1:42" in window.status.words
    house.clock.advance(60)
    window._ticker.ticked.emit()
    assert "1:43" in window.status.words


def test_midnight_renames_the_days_while_the_window_is_open(
    house: House, window: TimerWindow
) -> None:
    house.clock.at = house.at("23:59")
    house.entry("Day", "09:00", "10:00")
    open_window(window)
    house.clock.at = house.at("00:00", 1)
    window._ticker.ticked.emit()
    assert window.entries.model.face(0).title == "Yesterday"
    assert window.entries.model.rowCount() == 2


def test_a_clock_moved_back_shows_no_negative_time(house: House, window: TimerWindow) -> None:
    house.start("Design")
    house.clock.advance(-600)
    open_window(window)
    assert window.running.clock.text() == "0:00:00"


# Hidden and shown -------------------------------------------------------------------------


def test_a_window_that_was_never_shown_reads_no_entries(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    settle()
    assert not window.entries.model.is_filled


def test_what_changed_while_hidden_is_there_when_it_is_shown(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("A", "09:00", "10:00")
    open_window(window)
    window.hide()
    house.do(commands.EditEntries((lid,), description="Changed"))
    house.start("Running")
    house.store.source.asked = 0  # type: ignore[attr-defined]
    settle()
    assert house.store.source.asked == 0  # type: ignore[attr-defined]
    open_window(window)
    assert window.entries.model.face(window.entries.model.row_of(lid)).title == "Changed"
    assert window.running.description.text() == "Running"


def test_another_time_zone_is_shown_from_the_next_look(house: House, window: TimerWindow) -> None:
    from zoneinfo import ZoneInfo

    lid = house.entry("A", "09:00", "10:00")
    open_window(window)
    window.hide()
    house.zone = ZoneInfo("America/New_York")
    open_window(window)
    assert window.entries.model.face(window.entries.model.row_of(lid)).span == "3:00 – 4:00"


def test_a_change_in_another_process_shows(house: House, window: TimerWindow) -> None:
    from toggl_desktop.actions.perform import perform
    from toggl_desktop.store.database import Store

    open_window(window)
    with Store(house.store.place) as other:
        perform(other, commands.StartTimer("Terminal"), house.clock.now())
    house.store.catch_up()
    settle()
    assert window.running.description.text() == "Terminal"
    assert window.windowTitle() == "Terminal – Toggl Desktop"


# Closing ----------------------------------------------------------------------------------


def test_the_first_close_explains_and_the_second_hides(house: House, window: TimerWindow) -> None:
    open_window(window)
    window.close()
    assert window.isVisible()
    assert "keeps running in the tray" in window.bar.sentence
    assert house.preferences.now.told_about_tray
    window.close()
    assert not window.isVisible()
    open_window(window)
    window.close()
    assert not window.isVisible()


def test_the_explanation_can_be_answered(house: House, window: TimerWindow) -> None:
    open_window(window)
    quits, hides = Heard(window.quit_requested), Heard(window.hidden)
    window.close()
    window.bar.answer(1)
    assert len(quits.all) == 1
    window.close()
    assert hides.all == [None]


def test_without_a_tray_closing_minimises(house: House, window: TimerWindow) -> None:
    window.show_tray_available(available=False)
    open_window(window)
    window.close()
    assert window.isMinimized()
    assert window.bar.sentence == ""
    window.show_on_current()
    settle()
    assert not window.isMinimized()


def test_closing_can_mean_quitting(house: House, window: TimerWindow) -> None:
    house.preferences.choose("close_to_tray", value=False)
    open_window(window)
    quits = Heard(window.quit_requested)
    window.close()
    assert len(quits.all) == 1


def test_closing_keeps_what_was_typed_into_the_running_entry(
    house: House, window: TimerWindow
) -> None:
    lid = house.start("Old", "13:00")
    open_window(window)
    QTest.keyClick(window.running.description, KEY.Key_A, CTRL)
    QTest.keyClicks(window.running.description, "New")
    window.close()
    assert house.row(lid).description == "New"


def test_a_window_left_on_a_monitor_that_is_gone_comes_back(window: TimerWindow) -> None:
    open_window(window)
    window.move(QPoint(50_000, 50_000))
    window.show_on_current()
    settle()
    assert QGuiApplication.screenAt(window.frameGeometry().center()) is not None


def test_its_place_is_kept_and_given_back(house: House, window: TimerWindow) -> None:
    open_window(window)
    window.resize(520, 700)
    settle()
    kept = window.saveGeometry()
    other = TimerWindow(house.context)
    other.restoreGeometry(kept)
    assert (other.width(), other.height()) == (520, 700)
    other.deleteLater()


# What it says -----------------------------------------------------------------------------


def test_a_failure_stays_until_it_is_closed_and_can_be_copied(window: TimerWindow) -> None:
    open_window(window)
    window.show_failure("The disk is <b>full</b>.", "Traceback: …")
    assert window.bar.sentence == "The disk is <b>full</b>."
    labels = [one for one in window.bar.findChildren(QLabel) if one.text()]
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
    window.bar._copy.click()
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    window.bar._close.click()
    assert window.bar.sentence == ""


def test_nothing_to_do_is_said_quietly(house: House, window: TimerWindow) -> None:
    open_window(window)
    QTest.keyClick(window, KEY.Key_Z, CTRL)
    assert "nothing to undo" in window.bar.sentence
    assert not window.bar._copy.isVisible()
    QTest.keyClick(window, KEY.Key_O, CTRL)
    assert "no entry to continue" in window.bar.sentence


def test_a_store_that_cannot_be_written_loses_nothing_typed(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toggl_desktop.actions.perform import Outcome

    open_window(window)

    def refuses(_command: object) -> Outcome:
        return Outcome(error=StoreError("The disk is full. Nothing was changed."))

    monkeypatch.setattr(House, "perform", lambda _self, command: refuses(command))
    other = TimerWindow(house.context)
    open_window(other)
    QTest.keyClicks(other.running.description, "Precious")
    QTest.keyClick(other.running.description, KEY.Key_Return)
    assert other.bar.sentence == "The disk is full. Nothing was changed."
    assert other.running.description.text() == "Precious"
    other.hide()
    other.deleteLater()


def test_a_refusal_from_the_tray_is_asked_about_here(house: House, window: TimerWindow) -> None:
    house.entry("Stand-up", "08:30", "08:50")
    open_window(window)
    command = commands.StartTimer("Late", at=house.at("08:40"))
    error = house.perform(command).error
    assert error is not None
    window.show_refusal(Refusal(command, error))
    assert window.bar.choices[0] == "Shorten"
    window.bar.answer(0)
    settle()
    assert entries.running(house.store.source) is not None


def test_a_notice_that_comes_with_a_change_is_shown(house: House, window: TimerWindow) -> None:
    house.start("Design", "13:20")
    house.clock.at = house.at("13:00")
    open_window(window)
    QTest.keyClick(window, KEY.Key_S, CTRL)
    settle()
    assert "behind the start" in window.bar.sentence


def test_continue_and_unstop_are_both_there(house: House, window: TimerWindow) -> None:
    lid = house.entry("Stand-up", "08:30", "08:50")
    open_window(window)
    QTest.keyClick(window, KEY.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    running = entries.running(house.store.source)
    assert running is not None
    assert running.lid == lid
    assert window.toast.sentence == "“Stand-up” runs on"


def test_the_menu_names_the_steps_and_the_theme(house: House, window: TimerWindow) -> None:
    lid = house.entry("R&D", "08:30", "08:50")
    house.do(commands.DeleteEntries((lid,)))
    open_window(window)
    window.menu.refresh()
    assert window.menu.undo.text() == "Undo: Delete “R&&D”"
    dark = next(a for a in window.menu.themes.actions() if a.data() == "dark")
    dark.trigger()
    assert house.preferences.now.theme == "dark"
    window.menu.refresh()
    assert dark.isChecked()


def test_the_three_dots_open_the_menu(window: TimerWindow) -> None:
    open_window(window)
    window.running.details.more.click()
    assert window.menu.isVisible()
    window.menu.hide()


def test_all_keys_are_listed_on_one_page(window: TimerWindow, qapp: QApplication) -> None:
    open_window(window)
    QTest.keyClick(window, KEY.Key_F1)
    (page,) = window.findChildren(QDialog)
    words = [one.text() for one in page.findChildren(QLabel)]
    for action in (*window.menu.listed(), *window.entries.menu.listed()):
        assert any(action.text().startswith(word) for word in words if word)
    assert "Ctrl+Y" in words  # beside the field with the first key
    page.accept()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_palette_and_preferences_are_asked_for_by_key(window: TimerWindow) -> None:
    open_window(window)
    palette, preferences = Heard(window.palette_requested), Heard(window.preferences_requested)
    QTest.keyClick(window, KEY.Key_K, CTRL)
    QTest.keyClick(window, KEY.Key_Comma, CTRL)
    assert (len(palette.all), len(preferences.all)) == (1, 1)


def test_a_toast_goes_by_itself_and_stays_under_the_pointer(
    house: House, window: TimerWindow
) -> None:
    open_window(window)
    house.perform(commands.StartTimer("x"))
    settle()
    QTest.keyClick(window, KEY.Key_S, CTRL)
    assert window.toast.sentence == "Stopped “x”"
    assert window.toast._timer.isActive()
    QApplication.sendEvent(window.toast, QEvent(QEvent.Type.Leave))
    assert window.toast._timer.isActive()
    window.toast._timer.timeout.emit()
    assert window.toast.sentence == ""
    assert not window.toast._timer.isActive()


def test_times_change_with_the_setting_at_once(house: House, window: TimerWindow) -> None:
    lid = house.entry("A", "13:00", "14:00")
    house.start("Design", "13:20")
    open_window(window)
    house.preferences.choose("time_format", "12")
    settle()
    model = window.entries.model
    assert model.face(model.row_of(lid)).span == "1:00 PM – 2:00 PM"
    assert window.running.details.when.text() == "since 1:20 PM"


def test_light_and_dark_change_while_it_is_open(
    house: House, window: TimerWindow, qapp: QApplication
) -> None:
    house.entry("A", "09:00", "10:00", project=house.project("Website", "#c7af14"))
    open_window(window)
    light = window.grab().toImage()
    house.theme.apply(qapp, "dark")
    settle()
    dark = window.grab().toImage()
    house.theme.apply(qapp, "light")
    settle()
    assert dark.pixelColor(5, 400).lightness() < 60 < light.pixelColor(5, 400).lightness()
    assert window.grab().toImage() == light
