"""A first start offers three ways to begin, in nobody's way; sample data goes in one click."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import open_window, settle
from tests.ui.hands import Heard
from toggl_desktop.domain.commands import LoadSample
from toggl_desktop.store.read.beginning import has_sample
from toggl_desktop.ui.welcome.panel import Welcome
from toggl_desktop.ui.welcome.strip import SampleStrip

pytestmark = pytest.mark.ui


@pytest.fixture
def welcome(house, window):
    made = Welcome(house.context, window)
    window.put_above(made)
    open_window(window)
    return made


def test_three_choices_with_words_for_a_screen_reader_the_first_one_first(welcome, qtbot):
    buttons = [welcome.here, welcome.sign_in, welcome.sample]
    assert [b.text() for b in buttons] == [
        "Use on this computer",
        "Sign in to Toggl…",
        "Load sample data",
    ]
    assert all(b.accessibleDescription() for b in buttons)
    assert welcome.here.property("kind") == "primary"
    welcome.here.setFocus()
    for button in buttons:
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert welcome.isVisible()


def test_use_here_is_remembered(welcome, house, qtbot):
    qtbot.keyClick(welcome.here, Qt.Key.Key_Space)
    assert not welcome.isVisible()
    assert house.preferences.now.welcomed
    assert not Welcome(house.context, welcome.parentWidget()).is_wanted()


def test_whoever_simply_begins_has_chosen_and_typing_goes_where_it_always_goes(
    welcome, window, house
):
    assert window.running.isAncestorOf(window.focusWidget())
    house.start("Design")
    settle()
    assert not welcome.isVisible()
    assert house.preferences.now.welcomed


def test_signing_in_says_honestly_that_it_is_not_there_yet(welcome, house, qtbot):
    heard = Heard(welcome.sign_in_requested)
    qtbot.mouseClick(welcome.sign_in, Qt.MouseButton.LeftButton)
    assert "not part of this version yet" in welcome.sentence.text()
    assert welcome.isVisible()
    assert heard.all == []
    assert not house.preferences.now.welcomed


def test_signing_in_is_asked_for_where_the_program_can(house, window, qtbot):
    made = Welcome(house.context, window, can_sign_in=True)
    window.put_above(made)
    open_window(window)
    heard = Heard(made.sign_in_requested)
    qtbot.mouseClick(made.sign_in, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1
    assert not made.isVisible()


def test_sample_data_comes_with_one_click_and_goes_with_one(welcome, window, house, qtbot):
    strip = SampleStrip(house.context, window)
    window.put_above(strip)
    assert not strip.isVisible()
    qtbot.mouseClick(welcome.sample, Qt.MouseButton.LeftButton)
    settle()
    assert has_sample(house.store.source)
    assert not welcome.isVisible()
    assert strip.isVisible()
    qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    settle()
    assert house.all_rows() == []
    assert not strip.isVisible()


def test_when_the_sample_has_gone_no_key_replaces_what_runs(house, window, qtbot):
    house.do(LoadSample())
    house.start("Design", "13:00")
    strip = SampleStrip(house.context, window)
    window.put_above(strip)
    open_window(window)
    strip.button.setFocus()
    qtbot.keyClick(strip.button, Qt.Key.Key_Space)
    settle()
    assert not strip.isVisible()
    assert not window.running.description.hasSelectedText()


def test_who_has_entries_already_is_not_greeted(house, window):
    house.entry("Old", "08:00", "09:00")
    assert not Welcome(house.context, window).is_wanted()
