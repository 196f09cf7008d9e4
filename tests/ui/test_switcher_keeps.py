"""The palette beyond one typed line: since the last stop, favourites, and what is planned."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from toggl_desktop.domain.commands import AddFavourite, EnterLine
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.ui.planned import Glance, Planned
from toggl_desktop.ui.switcher.palette import Palette

pytestmark = pytest.mark.ui

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def palette(house, qtbot):
    house.entry("Wireframes", "09:00", "10:00", project=house.project("Acme", "#d94182"))
    house.entry("Café menu", "10:00", "13:20")
    made = Palette(house.context)
    qtbot.addWidget(made)
    yield made
    made.hide()


def _press(qtbot, palette, key, modifiers=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(palette._edit, key, modifiers)


def _titles(palette):
    model = palette._model
    return [model.index(row).data() for row in range(model.rowCount())]


def _favourites(house):
    return [row.description for row in catalog.favourites(house.store.source)]


@pytest.mark.parametrize("words", ["@last", "since last stop"])
def test_since_the_last_stop_starts_there(palette, house, qtbot, words):
    palette.open()
    qtbot.keyClicks(palette._edit, f"Report {words}")
    assert "Starts 13:20" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    running = entries.running(house.store.source)
    assert (running.description, running.start) == ("Report", house.at("13:20"))


def test_what_runs_is_not_offered_as_what_to_switch_to(palette, house):
    house.start("Café menu", at="13:30")
    palette.open()
    assert _titles(palette) == ["Wireframes"]


def test_a_favourite_is_made_and_dropped_from_the_keyboard(palette, house, qtbot):
    palette.open()
    _press(qtbot, palette, Qt.Key.Key_Down)
    _press(qtbot, palette, Qt.Key.Key_B, CTRL)
    assert _favourites(house) == ["Wireframes"]
    assert "Added to favourites" in palette._preview.text()
    assert palette._list.currentIndex().data() == "Wireframes"
    index = palette._list.currentIndex()
    assert "favourite" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    _press(qtbot, palette, Qt.Key.Key_B, CTRL)
    assert _favourites(house) == []
    assert palette.isVisible()


def test_a_favourite_moves_among_the_favourites(palette, house, qtbot):
    for name in ("A", "B", "C"):
        house.do(AddFavourite(description=name))
    palette.open()
    qtbot.keyClicks(palette._edit, "C")
    _press(qtbot, palette, Qt.Key.Key_Down)
    while palette._list.currentIndex().data() != "C":
        _press(qtbot, palette, Qt.Key.Key_Down)
    _press(qtbot, palette, Qt.Key.Key_Up, ALT)
    assert _favourites(house) == ["A", "C", "B"]
    assert palette._list.currentIndex().data() == "C"
    for _ in range(3):
        _press(qtbot, palette, Qt.Key.Key_Up, ALT)
    assert _favourites(house) == ["C", "A", "B"]


def test_ctrl_b_without_a_marked_row_says_what_to_do(palette, house, qtbot):
    palette.open()
    qtbot.keyClicks(palette._edit, "Something new")
    _press(qtbot, palette, Qt.Key.Key_B, CTRL)
    assert "Mark a row" in palette._preview.text()
    assert _favourites(house) == []
    assert palette._edit.text() == "Something new"


def test_plan_tasks_of_today_stand_behind_what_was_tracked_last(palette, house, qtbot):
    site = house.project("Website", "#0b83d9")
    house.do(AddFavourite(description="Kept"))
    asked: list[date] = []

    def plan(today):
        asked.append(today)
        return Glance((Planned("t1", "API outline", site, note="planned today, 12 of 20 h"),))

    palette.offer(plan=plan)
    palette.open()
    assert _titles(palette)[:4] == ["Café menu", "Wireframes", "API outline", "Kept"]
    for _ in range(2):
        _press(qtbot, palette, Qt.Key.Key_Down)
    assert "◆ Website" in palette._preview.text()
    _press(qtbot, palette, Qt.Key.Key_Return)
    assert isinstance(house.performed[-1], EnterLine)
    running = entries.running(house.store.source)
    assert (running.description, running.project, running.plan_task) == ("API outline", site, "t1")
    assert asked


def test_a_plan_that_cannot_be_read_costs_only_its_rows(palette, house):
    def plan(_today):
        raise StoreError("The plan cannot be read.")

    palette.offer(plan=plan)
    palette.open()
    assert _titles(palette) == ["Café menu", "Wireframes"]


def test_a_finished_entry_names_the_neighbours_it_shares_time_with(palette, house, qtbot):
    palette.open()
    qtbot.keyClicks(palette._edit, "Call 9:30-9:45")
    assert "shares time with “Wireframes”; both stay" in palette._preview.text()
    before = house.all_rows()
    _press(qtbot, palette, Qt.Key.Key_Return)
    after = house.all_rows()
    assert [r for r in after if r.description != "Call"] == before


def test_it_opens_empty_whatever_was_half_typed_before(palette, qtbot):
    palette.open()
    qtbot.keyClicks(palette._edit, "half a tho")
    palette.hide()
    palette.open()
    assert palette._edit.text() == ""
