"""What the list shows, to the eye and to a screen reader, and what survives changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import KEY, edit, go_to, titles, view_of
from toggl_desktop.domain import commands
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Entry
from toggl_desktop.store.bindings import Binding
from toggl_desktop.ui.timer.days import DayHead, EntryItem
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def on_screen(window: TimerWindow) -> QImage:
    """What really stands on the screen, not what would be painted now."""
    return window.screen().grabWindow(window.winId()).toImage()


def many_days(house: House, days: int = 12) -> list[str]:
    return [
        house.entry(f"Day {day} hour {hour}", f"{hour:02}:00", f"{hour:02}:58", day=-day)
        for day in range(days)
        for hour in (9, 10, 11, 12)
    ]


def test_what_a_person_looks_at_stays_in_its_place_when_rows_come_above(
    house: House, window: TimerWindow
) -> None:
    lids = many_days(house)
    open_window(window)
    view, model = view_of(window), window.entries.model
    view.verticalScrollBar().setValue(900)
    watched = lids[24]
    before = view.visualRect(model.index(model.row_of(watched))).top()
    house.entry("New", "06:00", "07:00")
    house.entry("New", "07:30", "08:00")
    house.do(commands.DeleteEntries((lids[0],)))
    settle()
    assert view.visualRect(model.index(model.row_of(watched))).top() == before


def test_the_selection_survives_changes(house: House, window: TimerWindow) -> None:
    lids = many_days(house)
    open_window(window)
    go_to(window, lids[6])
    house.do(commands.DeleteEntries((lids[1],)))
    house.do(commands.EditEntries((lids[6],), start=house.at("05:00", -1)))
    settle()
    (item,) = view_of(window).selected_items()
    assert isinstance(item, EntryItem)
    assert item.row.lid == lids[6]


def test_the_head_of_the_day_stays_in_sight(house: House, window: TimerWindow) -> None:
    many_days(house)
    open_window(window)
    view, model = view_of(window), window.entries.model
    assert view.sticky() is None
    view.verticalScrollBar().setValue(60)
    row, place = view.sticky() or (-1, QRect())
    assert model.face(row).title == "Today"
    assert place.top() == 0
    second = next(r for r in range(1, model.rowCount()) if isinstance(model.item(r), DayHead))
    view.verticalScrollBar().setValue(view._offsets.top(second) - 10)
    row, place = view.sticky() or (-1, QRect())
    assert place.top() < 0
    view.verticalScrollBar().setValue(view._offsets.top(second) + 5)
    row, place = view.sticky() or (-1, QRect())
    assert model.face(row).title == "Yesterday"


def test_lengths_can_be_decimal_hours_with_the_locales_sign(
    house: House, window: TimerWindow
) -> None:
    house.entry("Old", "09:00", "10:30")
    open_window(window)
    face = window.entries.model.face
    assert (face(0).length, face(1).length) == ("1:30", "1:30:00")
    house.preferences.choose("length_format", "decimal")
    assert (face(0).length, face(1).length) == ("1.50 h", "1.50 h")
    assert "This week 1.50 h" in window.status.words
    german = QLocale(QLocale.Language.German)
    before = QLocale()
    QLocale.setDefault(german)
    window.entries.model.reword()
    assert face(1).length == "1,50 h"
    QLocale.setDefault(before)


def test_scrolling_shows_what_a_fresh_painting_shows(house: House, window: TimerWindow) -> None:
    many_days(house)
    open_window(window)
    view = view_of(window)
    bar = view.verticalScrollBar()
    for value in (7, 60, 61, 300, 290, 41, 0, 150):
        bar.setValue(value)
        settle()
        scrolled = on_screen(window)
        view.viewport().update()
        settle()
        assert scrolled == on_screen(window)


def test_scrolling_paints_only_what_comes_into_sight(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_days(house)
    open_window(window)
    view = view_of(window)
    view.verticalScrollBar().setValue(100)
    settle()
    painted: list[int] = []
    real = view.paint_row
    monkeypatch.setattr(view, "paint_row", lambda p, r, row: (painted.append(row), real(p, r, row)))
    counts = []
    for value in (116, 132, 148):  # a slow machine may still owe a painting of the window's opening
        painted.clear()
        view.verticalScrollBar().setValue(value)
        settle()
        counts.append(len(painted))
    assert 0 < min(counts) <= 5


def test_a_screen_reader_finds_every_row_as_a_sentence(house: House, window: TimerWindow) -> None:
    house.entry("Wireframes", "09:04", "09:46", project=house.project("Website"))
    open_window(window)
    found = QAccessible.queryAccessibleInterface(view_of(window))
    assert found.role() == QAccessible.Role.List
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert names == ["Today, 42 minutes in all", "Wireframes, Website, 9:04 to 9:46, 42 minutes"]


def test_every_control_has_a_name(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    edit(window, lid)
    for kind in (QAbstractButton, QLineEdit):
        for control in window.findChildren(kind):
            if control.isVisibleTo(window):
                found = QAccessible.queryAccessibleInterface(control)
                assert found.text(QAccessible.Text.Name), control


def test_a_wide_window_shows_an_entry_on_one_line(house: House, window: TimerWindow) -> None:
    lid = house.entry("Old", "09:00", "10:00")
    open_window(window)
    view, model = view_of(window), window.entries.model
    narrow = view.visualRect(model.index(model.row_of(lid))).height()
    window.resize(800, 640)
    settle()
    assert view.visualRect(model.index(model.row_of(lid))).height() < narrow


@pytest.mark.parametrize("width", [360, 460, 900])
def test_every_kind_of_row_can_be_painted_in_both_directions(
    house: House, window: TimerWindow, width: int
) -> None:
    project = house.project("R&D <b>", client=house.client("Ac\u202eme"))
    house.entry("w" * 3000, "09:00", "10:00", project=project, tags=(house.tag("t" * 200),))
    house.entry("<img src=x>", "09:30", "11:00", billable=True)
    house.entry("Night", "23:00", "02:00", day=-1)
    open_window(window)
    window.resize(width, 640)
    for way in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        window.setLayoutDirection(way)
        settle()
        view = view_of(window)
        for row in range(1, window.entries.model.rowCount()):
            if window.entries.model.flags(window.entries.model.index(row)) & (
                Qt.ItemFlag.ItemIsSelectable
            ):
                view.select_row(row)
                assert not view.grab().isNull()
        places = view.action_places(1)
        assert places is not None
        assert view.viewport().rect().contains(places.go)


def test_an_empty_list_says_what_to_do(house: House, window: TimerWindow) -> None:
    open_window(window)
    assert "Nothing recorded yet" in window.entries.sentence.text()
    assert window.entries.sentence.isVisible()
    house.entry("First", "09:00", "10:00")
    settle()
    assert not window.entries.sentence.isVisible()
    assert titles(window) == ["Today", "First"]


def test_a_list_in_which_only_something_runs_says_what_will_stand_there(
    house: House, window: TimerWindow
) -> None:
    house.start("Design", "13:00")
    open_window(window)
    assert "What you finish is listed here" in window.entries.sentence.text()
    assert window.entries.sentence.isVisible()
    window.running.stop()
    settle()
    assert not window.entries.sentence.isVisible()
    assert titles(window) == ["Today", "Design"]


def test_a_list_that_cannot_be_read_says_why_and_tries_again(
    house: House, window: TimerWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toggl_desktop.domain.errors import StoreError
    from toggl_desktop.ui.timer.ledger import Ledger

    house.entry("First", "09:00", "10:00")

    def fails(_self: object) -> set[object]:
        raise StoreError("The store cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "fetch", fails)
        open_window(window)
        assert window.entries.sentence.text() == "The store cannot be read."
        assert window.entries.again.isVisible()
    window.entries.again.click()
    settle()
    assert titles(window) == ["Today", "First"]
    assert not window.entries.again.isVisible()


def test_nothing_that_others_wrote_is_ever_rich_text(
    house: House, window: TimerWindow, tmp_path: Path
) -> None:
    picture = tmp_path / "big.png"
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    evil = f"<img src='file://{picture}'><b>&amp;R&D</b>"
    project = house.project(evil, client=house.client(f"c{evil}"))
    tag = house.tag(f"t{evil}")
    lid = house.entry(evil, "09:00", "10:00", project=project, tags=(tag,))
    house.start(evil, "13:00", project=project, tags=(tag,))
    open_window(window)
    window.setGeometry(0, 0, 460, 640)
    house.do(commands.EditProject(project, name=f"{evil}2"))
    edit(window, lid)
    window.show_failure(evil, evil)
    window.toast.say(evil, evil)
    settle()
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in window.findChildren(QLabel))
    hints = [one.toolTip() for one in window.findChildren(QWidget)]
    assert any("&lt;img" in hint for hint in hints)
    assert not any("<img" in hint for hint in hints)
    grabbed = window.grab().toImage()
    colours = {
        grabbed.pixelColor(x, y).name()
        for x in range(0, grabbed.width(), 7)
        for y in range(0, grabbed.height(), 7)
    }
    assert "#ff0000" not in colours


def bind(house: House, lid: str, **how: object) -> None:
    with house.store.transaction("Sync", house.clock.at, origin=Origin.TRACK) as tx:
        tx.save(replace(tx.get(Entry, lid), description=f"{lid[-2:]} bound"))
        tx.bindings.append(Binding("track", "time_entry", lid, int(lid[-6:], 16), **how))  # type: ignore[arg-type]


def test_what_waits_and_what_was_refused_is_marked_and_said(
    house: House, window: TimerWindow
) -> None:
    waits = house.entry("Waits", "09:00", "10:00")
    refused = house.entry("Refused", "10:00", "11:00")
    bind(house, waits, unsent=True)
    bind(house, refused, hold={"status": 403, "text": "No <b>access</b>."})
    open_window(window)
    model = window.entries.model
    first, second = model.face(model.row_of(waits)), model.face(model.row_of(refused))
    assert first.marks == ("unsent",)
    assert "waiting to be sent" in first.spoken
    assert "waiting to be sent" in first.hint
    assert second.marks == ("problem",)
    assert "No <b>access</b>." in second.hint
    assert "1 waiting to send · 1 needs you" in window.status.words
    assert not view_of(window).grab().isNull()


def test_pages_are_turned_by_key(house: House, window: TimerWindow) -> None:
    many_days(house)
    open_window(window)
    view = view_of(window)
    view.setFocus()
    view.select_row(1)
    QTest.keyClick(view, KEY.Key_PageDown)
    far = view.currentIndex().row()
    assert far > 5
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    QTest.keyClick(view, KEY.Key_PageUp)
    assert view.currentIndex().row() < far
    QTest.keyClick(view, KEY.Key_End)
    assert view.currentIndex().row() == window.entries.model.rowCount() - 1
    QTest.keyClick(view, KEY.Key_Home)
    QTest.keyClick(view, KEY.Key_Up)
    assert view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("reason", ["mouse", "keyboard"])
def test_a_menu_opens_on_the_row_it_is_about(
    house: House, window: TimerWindow, reason: str
) -> None:
    first = house.entry("First", "09:00", "10:00")
    second = house.entry("Second", "10:00", "11:00")
    open_window(window)
    view, model = view_of(window), window.entries.model
    go_to(window, first)
    wanted = second if reason == "mouse" else first
    where = view.visualRect(model.index(model.row_of(wanted))).center()
    kind = QContextMenuEvent.Reason.Mouse
    if reason == "keyboard":
        kind, where = QContextMenuEvent.Reason.Keyboard, QPoint()
    event = QContextMenuEvent(kind, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), event)
    assert window.entries.menu.isVisible()
    (item,) = view.selected_items()
    assert isinstance(item, EntryItem)
    assert item.row.lid == wanted
    window.entries.menu.hide()


def test_a_gap_has_a_menu_of_its_own(house: House, window: TimerWindow) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "10:20", "11:00")
    open_window(window)
    view, model = view_of(window), window.entries.model
    where = view.visualRect(model.index(2)).center()
    kind = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(kind, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), event)
    assert window.entries.gap_menu.isVisible()
    window.entries.gap_menu.hide()
    window.entries.gap_menu.fill.trigger()
    assert window.entries.editor is not None
    assert window.entries.editor.lid is None
