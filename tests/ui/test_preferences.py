"""Preferences: all of them, found by typing, counting at once, back to the default by page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton

from toggl_desktop.app.preferences import FilePreferences
from toggl_desktop.domain.settings import ABOUT, CHOICE_WORDS, Settings, sane
from toggl_desktop.ui.settings.preferences import PreferencesWindow

pytestmark = pytest.mark.ui


@pytest.fixture
def window(house, qtbot):
    made = PreferencesWindow(house.context)
    qtbot.addWidget(made)
    made.show()
    return made


def _row(window, name):
    return next(r for r in window.rows() if r.name == name)


def test_every_setting_has_words_and_every_choice_can_be_said():
    assert set(ABOUT) == set(Settings._fields)
    assert all(c in CHOICE_WORDS for about in ABOUT.values() for c in about.choices)
    for name, about in ABOUT.items():
        default = getattr(Settings(), name)
        assert not about.choices or default in about.choices


def test_every_setting_with_a_page_is_there_with_a_name_to_be_read(window):
    shown = {r.name for r in window.rows()}
    assert shown == {name for name, about in ABOUT.items() if about.page}
    assert all(r.control.accessibleName() for r in window.rows())


def test_a_choice_counts_at_once(window, house, qtbot):
    combo = _row(window, "theme").control
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert house.preferences.now.theme == "light"
    check = _row(window, "tray_project_dot").control
    assert isinstance(check, QCheckBox)
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert house.preferences.now.tray_project_dot is False


def test_a_text_counts_when_it_is_finished(window, house, qtbot):
    edit = _row(window, "hotkey").control
    assert isinstance(edit, QLineEdit)
    edit.clear()
    qtbot.keyClicks(edit, "Ctrl+Alt+T")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert house.preferences.now.hotkey == "Ctrl+Alt+T"


def test_typing_narrows_and_says_when_nothing_is_left(window, qtbot):
    qtbot.keyClicks(window._search, "first day")
    assert [r.name for r in window.rows() if r.isVisible()] == ["first_weekday"]
    window._search.clear()
    qtbot.keyClicks(window._search, "hotkey")  # its name in a terminal
    assert [r.name for r in window.rows() if r.isVisible()] == ["hotkey"]
    window._search.clear()
    qtbot.keyClicks(window._search, "zzz")
    assert not [r for r in window.rows() if r.isVisible()]
    assert window._nothing.isVisible()
    window._search.clear()
    assert len([r for r in window.rows() if r.isVisible()]) == len(window.rows())


def test_reset_brings_one_page_back_and_leaves_the_others(window, house, qtbot):
    house.preferences.choose("theme", "dark")
    house.preferences.choose("tray_left_click", "menu")
    page = window._pages[0]
    qtbot.mouseClick(page.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert house.preferences.now.theme == "system"
    assert house.preferences.now.tray_left_click == "menu"


def test_escape_closes(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_file_keeps_comments_and_strangers_and_refuses_nonsense(house, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('# mine\ntheme = "purple"\nfuture = 3\n')
    kept = FilePreferences(path, house.bridge)
    assert kept.now.theme == "system"
    kept.choose("theme", "dark")
    text = path.read_text()
    assert "# mine" in text
    assert "future = 3" in text
    assert FilePreferences(path, house.bridge).now.theme == "dark"
    with pytest.raises(Exception, match="cannot be set"):
        kept.choose("theme", "purple")
    with pytest.raises(Exception, match="cannot be set"):
        kept.choose("daily_backup", 1)


def test_values_of_a_wrong_kind_mean_the_default():
    assert sane({"daily_backup": 1, "theme": 4, "unknown": True}) == Settings()
