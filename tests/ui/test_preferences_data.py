"""Preferences beyond the list of settings: favourites in order, sample data, and the end of it."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import settle
from tests.ui.hands import Heard
from toggl_desktop.domain.commands import AddFavourite, LoadSample, RemoveSample
from toggl_desktop.store.read import catalog
from toggl_desktop.ui.settings.data import Belongings, DataPage, EraseDialog
from toggl_desktop.ui.settings.preferences import PreferencesWindow

pytestmark = pytest.mark.ui

BELONGINGS = Belongings("/somewhere", "/somewhere/backups", lambda: ("toggl.sqlite3, 3 MB", "logs"))


@pytest.fixture
def window(house, qtbot):
    for name in ("A", "B", "<b>C</b>"):
        house.do(AddFavourite(description=name))
    made = PreferencesWindow(house.context, belongings=BELONGINGS)
    qtbot.addWidget(made)
    made.show()
    return made


def _order(house):
    return [row.description for row in catalog.favourites(house.store.source)]


def _shown(page):
    return [page.list.item(row).text() for row in range(page.list.count())]


def test_favourites_are_moved_and_removed_by_keys_alone(window, house, qtbot):
    page = window.favourites
    window.show_favourites()
    assert _shown(page) == ["A", "B", "<b>C</b>"]
    page.list.setCurrentRow(2)
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _order(house) == ["A", "<b>C</b>", "B"]
    assert page.list.currentRow() == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert _order(house) == ["A", "B"]
    qtbot.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _order(house) == ["B", "A"]
    assert not page.up.isEnabled()
    assert page.down.isEnabled()


def test_favourites_follow_a_change_made_elsewhere(window, house):
    house.do(AddFavourite(description="New"))
    settle()
    assert _shown(window.favourites)[-1] == "New"


def test_the_search_finds_favourites_and_data_too(window, qtbot):
    qtbot.keyClicks(window._search, "favourites")
    assert window.favourites.isVisible()
    window._search.clear()
    qtbot.keyClicks(window._search, "delete all")
    assert not window.favourites.isVisible()
    assert [part.isVisible() for part in window._parts if isinstance(part, DataPage)] == [True]


def test_sample_data_is_removed_from_here_too(window, house, qtbot):
    (page,) = [part for part in window._parts if isinstance(part, DataPage)]
    assert not page.sample.isVisible()
    house.do(LoadSample())
    settle()
    assert page.sample.isVisible()
    qtbot.mouseClick(page.sample, Qt.MouseButton.LeftButton)
    assert RemoveSample() in house.performed
    assert not page.sample.isVisible()


def test_everything_goes_only_after_the_word_was_typed(window, qtbot):
    (page,) = [part for part in window._parts if isinstance(part, DataPage)]
    heard = Heard(window.erase_requested)
    qtbot.mouseClick(page.erase, Qt.MouseButton.LeftButton)
    dialog = page._dialog
    assert dialog.list.toPlainText() == "toggl.sqlite3, 3 MB\nlogs"
    assert not dialog.button.isEnabled()
    qtbot.keyClicks(dialog.field, "delet")
    assert not dialog.button.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert heard.all == []
    qtbot.mouseClick(page.erase, Qt.MouseButton.LeftButton)
    dialog = page._dialog
    qtbot.keyClicks(dialog.field, "Delete ")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1


def test_escape_leaves_everything(qtbot):
    dialog = EraseDialog(("all",))
    qtbot.addWidget(dialog)
    dialog.open()
    accepted = Heard(dialog.accepted)
    qtbot.keyClicks(dialog.field, "delete")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert accepted.all == []
    assert not dialog.isVisible()
