"""What a screen reader finds: an item for each block, with a name, a place and a state."""

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.ui.calendar_desk import KEY, Desk, desk
from tests.ui.conftest import House, settle
from toggl_desktop.domain import commands
from toggl_desktop.ui.calendar import accessible

pytestmark = pytest.mark.ui
NAME = QAccessible.Text.Name


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


def tree(day: Desk):
    found = QAccessible.queryAccessibleInterface(day.area)
    assert found is not None
    return found


def names(day: Desk) -> list[str]:
    top = tree(day)
    items = [top.child(i) for i in range(top.childCount())]
    return [i.text(NAME) for i in items if i.role() == QAccessible.Role.ListItem]


def test_every_block_is_an_item_with_its_name(house: House, day: Desk) -> None:
    website = house.project("Website")
    house.entry("Wireframes", "09:04", "09:46", project=website)
    house.entry("", "10:00", "10:30")
    house.start("Run", at="13:00")
    settle()
    top = tree(day)
    assert (top.role(), top.text(NAME)) == (QAccessible.Role.List, "Calendar")
    assert names(day) == [
        "Wireframes, Website, 9:04 to 9:46",
        "No description, 10:00 to 10:30",
        "Run, 13:00 to now, running",
    ]
    first = top.child(0)
    assert first.text(QAccessible.Text.Description).startswith("Today. Wireframes, Website")
    assert "42 minutes" in first.text(QAccessible.Text.Description)
    assert first.parent() is top
    assert top.indexOfChild(first) == 0
    assert first.childCount() == 0


def test_an_item_is_where_its_block_is_painted(house: House, day: Desk) -> None:
    lid = house.entry("E", "09:00", "10:00")
    settle()
    top = tree(day)
    item = top.child(0)
    rect = day.area.rect_of(day.block(lid))
    assert item.rect().topLeft() == day.surface.mapToGlobal(rect.topLeft())
    assert item.rect().size() == rect.size()
    centre = item.rect().center()
    assert top.childAt(centre.x(), centre.y()) is item
    assert not item.state().offscreen
    day.area.verticalScrollBar().setValue(day.area.verticalScrollBar().maximum())
    assert item.state().offscreen


def test_focus_and_selection_are_told(
    house: House, day: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(3):
        house.entry(f"E{i}", f"{9 + i:02}:00", f"{9 + i:02}:30")
    settle()
    told: list[int] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append(e.child()))
    day.key(KEY.Key_Down)
    day.key(KEY.Key_Down)
    assert told == [0, 1]
    top = tree(day)
    assert top.focusChild() is top.child(1)
    state = top.child(1).state()
    assert state.focused
    assert state.selected
    assert not top.child(0).state().focused


def test_an_item_lives_as_long_as_its_block(house: House, day: Desk) -> None:
    lid = house.entry("E", "09:00", "10:00")
    settle()
    item = tree(day).child(0)
    house.do(commands.EditEntries((lid,), description="F"))
    settle()
    assert tree(day).child(0) is item
    assert item.text(NAME) == "F, 9:00 to 10:00"
    house.do(commands.DeleteEntries((lid,)))
    settle()
    assert not shiboken6.isValid(item)
    assert names(day) == []
    gc.collect()


def test_the_field_and_the_heads_are_there_too(house: House, day: Desk) -> None:
    house.entry("E", "09:00", "10:00")
    settle()
    day.key(KEY.Key_N)
    top = tree(day)
    inner = [top.child(i).object() for i in range(1, top.childCount())]
    assert day.view._name in inner
    assert day.area.heads in inner
    for i in range(top.childCount()):
        assert top.indexOfChild(top.child(i)) == i
    field = QAccessible.queryAccessibleInterface(day.name.field)
    assert field.text(NAME) == "What was it?"
    assert day.area.heads.accessibleDescription() == "Today, 1 hour in all"
    assert top.child(99) is None


def test_a_view_that_dies_leaves_nothing_behind(house: House) -> None:
    with desk(house) as day:
        house.entry("E", "09:00", "10:00")
        settle()
        item = tree(day).child(0)
        assert item.isValid()
        before = len(accessible._readers)
    assert len(accessible._readers) == before - 1
    assert not shiboken6.isValid(item)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def test_other_things_are_left_to_qt() -> None:
    assert accessible._interface_of("QObject", QObject()) is None
