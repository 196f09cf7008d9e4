"""Search over everything in the window: what is found, how it is said, and the way back."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import CTRL, KEY, edit, go_to, titles, view_of
from toggl_desktop.domain.commands import DeleteEntries, EditEntries, EditProject
from toggl_desktop.ui.timer import search as search_module
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def look_for(window: TimerWindow, text: str) -> None:
    field = window.entries.search.field
    QTest.keyClick(window, KEY.Key_F, CTRL)
    field.setFocus()
    QTest.keyClicks(field, text)
    settle()


def found(window: TimerWindow) -> str:
    return window.entries.search.found.text()


def test_what_is_typed_narrows_the_list_at_once_and_says_how_much(
    house: House, window: TimerWindow
) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    house.entry("Stand-up", "10:00", "10:30")
    house.entry("More wireframes", "09:00", "09:20", day=-40)
    open_window(window)
    look_for(window, "wirefr")
    assert titles(window) == ["Today", "Wireframes", "Wednesday, 14 October", "More wireframes"]
    assert found(window) == "2 entries · 1:20:00"


def test_project_client_tag_and_accents_are_searched_too(house: House, window: TimerWindow) -> None:
    lund = house.client("Bäckerei Lund")
    house.entry("Orders", "09:00", "10:00", project=house.project("Telephone", client=lund))
    house.entry("Chat", "10:00", "10:30", tags=(house.tag("déjà vu"),))
    open_window(window)
    look_for(window, "backerei TELE")
    assert titles(window) == ["Today", "Orders"]
    look_for(window, "deja")
    assert titles(window) == ["Today", "Chat"]
    assert found(window) == "1 entry · 0:30:00"


def test_time_between_what_was_found_is_no_gap_and_what_runs_stays_above(
    house: House, window: TimerWindow
) -> None:
    house.entry("Draft one", "08:00", "08:30")
    house.entry("Other", "08:30", "11:00")
    house.entry("Draft two", "11:00", "11:30")
    house.start("Draft three", "13:00")
    open_window(window)
    look_for(window, "draft")
    assert titles(window) == ["Today", "Draft two", "Draft one"]
    assert found(window) == "2 entries · 1:00:00"


def test_esc_goes_back_to_the_place_before(house: House, window: TimerWindow) -> None:
    lids = [house.entry(f"entry {i}", f"{8 + i // 2:02}:{i % 2 * 30:02}", f"{8 + i // 2:02}:{i % 2 * 30 + 20:02}") for i in range(12)]  # fmt: skip # noqa: E501
    for day in range(1, 8):
        house.entry(f"day {day}", "09:00", "17:00", day=-day)
    open_window(window)
    go_to(window, lids[2])
    bar = view_of(window).verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, all_titles = bar.value(), titles(window)
    assert before > 0
    look_for(window, "day 3")
    assert titles(window) != all_titles
    QTest.keyClick(window.entries.search.field, KEY.Key_Escape)
    settle()
    assert titles(window) == all_titles
    assert bar.value() == before
    assert window.entries.search.isHidden()
    current = view_of(window).current_item()
    assert current is not None
    assert current.row.lid == lids[2]


def test_an_emptied_search_shows_everything_and_keeps_the_field(
    house: House, window: TimerWindow
) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    house.entry("Stand-up", "10:00", "10:30")
    open_window(window)
    look_for(window, "stand")
    assert len(titles(window)) == 2
    field = window.entries.search.field
    QTest.keyClick(field, KEY.Key_A, CTRL)
    QTest.keyClick(field, KEY.Key_Delete)
    settle()
    assert len(titles(window)) == 3
    assert field.isVisible()


def test_nothing_found_is_said_in_a_sentence_and_taken_back_by_esc(
    house: House, window: TimerWindow
) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    open_window(window)
    look_for(window, "zebra <b>")
    assert "“zebra <b>”" in window.entries.sentence.text()
    assert window.entries.sentence.isVisible()
    assert found(window) == "nothing"
    QTest.keyClick(window.entries.search.field, KEY.Key_Escape)
    assert view_of(window).isVisible()


def test_the_keyboard_goes_from_the_field_into_the_list_and_back_out(
    house: House, window: TimerWindow
) -> None:
    house.entry("Wireframes", "09:00", "10:00")
    open_window(window)
    QTest.keyClick(view_of(window), "/")
    look_for(window, "wire")
    QTest.keyClick(window.entries.search.field, KEY.Key_Down)
    assert QApplication.focusWidget() is view_of(window)
    item = view_of(window).current_item()
    assert item is not None
    assert item.row.description == "Wireframes"
    QTest.keyClick(view_of(window), KEY.Key_Escape)
    assert window.entries.search.isHidden()


def test_leaving_from_the_list_goes_back_to_what_was_chosen_before(
    house: House, window: TimerWindow
) -> None:
    lids = [house.entry(f"Wire {i}", f"{8 + i:02}:00", f"{8 + i:02}:50") for i in range(5)]
    open_window(window)
    go_to(window, lids[2])
    look_for(window, "wire 1")
    QTest.keyClick(window.entries.search.field, KEY.Key_Down)
    QTest.keyClick(view_of(window), KEY.Key_Escape)  # nothing was laid out meanwhile
    current = view_of(window).current_item()
    assert current is not None
    assert current.row.lid == lids[2]


def test_a_screen_reader_hears_the_field_and_the_count(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(search_module, "announce", lambda _widget, text: heard.append(text))
    house.entry("Wireframes", "09:00", "10:00")
    open_window(window)
    assert window.entries.search.field.accessibleName() == "Search all entries"
    look_for(window, "wire")
    look_for(window, "zebra")
    assert heard[-2:] == ["1 entry, 1 hour", "nothing"]


def test_results_follow_changes_from_elsewhere(house: House, window: TimerWindow) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00", project=(site := house.project("Site")))
    house.entry("Site visit", "10:00", "11:00")
    open_window(window)
    look_for(window, "site")
    assert found(window) == "2 entries · 2:00:00"
    house.do(EditProject(site, name="Shop"))
    settle()
    assert titles(window) == ["Today", "Site visit"]
    house.do(EditEntries((lid,), description="Site plan"))
    settle()
    window.entries.search.counting_wanted.emit()
    assert found(window) == "2 entries · 2:00:00"
    house.do(DeleteEntries((lid,)))
    settle()
    assert titles(window) == ["Today", "Site visit"]
    QTest.keyClick(window.entries.search.field, KEY.Key_Escape)
    assert titles(window) == ["Today", "Site visit"]


def test_what_is_being_edited_stays_when_it_stops_fitting_the_search(
    house: House, window: TimerWindow
) -> None:
    lid = house.entry("Wireframes", "09:00", "10:00")
    open_window(window)
    look_for(window, "wire")
    editor = edit(window, lid)
    QTest.keyClicks(editor.description, " typed")
    house.do(EditEntries((lid,), description="Other"))
    settle()
    assert window.entries.editor is editor
    assert "Changed elsewhere" in editor.note.text()


def test_more_than_can_be_counted_at_once_is_counted_a_moment_later(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toggl_desktop.store.read.entries._MANY", 1)
    house.entry("Wireframes", "09:00", "10:00")
    house.entry("More wireframes", "10:00", "10:30")
    open_window(window)
    look_for(window, "wire")
    assert len(titles(window)) == 3
    assert found(window) == "many"
    window.entries.search.counting_wanted.emit()
    assert found(window) == "2 entries · 1:30:00"
