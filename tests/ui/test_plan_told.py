"""What a screen reader is told while a plan is edited: each step, its way back, and why not."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from toggl_desktop.ui.widgets import bars

pytestmark = pytest.mark.ui
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Listener:
    """Stands in for the way to a screen reader; takes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def isActive(self) -> bool:  # noqa: N802 - Qt's name
        return True

    def updateAccessibility(self, event: Any) -> None:  # noqa: N802 - Qt's name
        assert isinstance(event, QAccessibleAnnouncementEvent)
        assert event.type() == QAccessible.Event.Announcement
        self.told.append(event.message())

    def last(self) -> str:
        """What was told since the last time, as one."""
        told, self.told = " | ".join(self.told), []
        return told


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    made = Listener()
    monkeypatch.setattr(bars, "QAccessible", made)
    return made


@pytest.fixture
def desk(house: House, listener: Listener) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        made.view.setFocus()
        made.view.set_selection(["launch"])
        made.view.set_focus_bar("launch", made.hit("launch").lane)
        listener.last()
        yield made


def test_every_step_by_key_is_told_and_so_is_its_way_back(
    desk: PlanDesk, listener: Listener
) -> None:
    desk.key(KEY.Key_Right, ALT)
    told = listener.last()
    assert "Moved “Launch day” by 1 day" in told
    assert "Launch day: Fri 4 Dec – Sat 5 Dec, +1 day" in told, "the days it has now"
    desk.key(KEY.Key_Right, ALT | SHIFT)
    assert "3 days (+1 day)" in listener.last()
    desk.key(KEY.Key_Down, CTRL | ALT)
    assert "Assigned “Launch day” to Bo Nilsson" in listener.last()
    desk.key(KEY.Key_X)
    assert "Marked “Launch day” done" in listener.last()
    desk.key(KEY.Key_Delete)
    assert "Deleted “Launch day”" in listener.last()
    QTest.keyClick(desk.window, KEY.Key_Z, CTRL)
    settle()
    assert "Undone: Delete “Launch day”" in listener.last()
    QTest.keyClick(desk.window, KEY.Key_Z, CTRL | SHIFT)
    settle()
    assert "Done again: Delete “Launch day”" in listener.last()


def test_what_is_made_and_what_is_selected_is_told(desk: PlanDesk, listener: Listener) -> None:
    desk.key(KEY.Key_N)
    field = desk.window.outfit.editing.maker.name.field
    QTest.keyClicks(field, "Party")
    QTest.keyClick(field, KEY.Key_Return)
    settle()
    assert "Planned “Party”" in listener.last()
    desk.key(KEY.Key_Left, SHIFT)
    assert listener.last() == "2 tasks selected"
    desk.click(desk.middle("orders"), CTRL)
    assert listener.last() == "3 tasks selected"
    desk.click(desk.middle("orders"), CTRL)
    assert listener.last() == "2 tasks selected"
    desk.key(KEY.Key_A, CTRL)
    assert "tasks selected" in listener.last()


def test_a_drag_and_a_band_by_hand_are_told_once_they_end(
    desk: PlanDesk, listener: Listener
) -> None:
    from tests.ui import plan_hands

    grip = desk.middle("orders")
    QTest.mousePress(desk.surface, plan_hands.LEFT, Qt.KeyboardModifier.NoModifier, grip)
    for step in (30, 60, 90):
        plan_hands.PlanDesk.move_to(desk, grip + QPoint(step, 0))
    assert listener.last() == "", "not at every pixel"
    to = grip + QPoint(90, 0)
    QTest.mouseRelease(desk.surface, plan_hands.LEFT, Qt.KeyboardModifier.NoModifier, to)
    settle()
    assert "Moved “Orders by telephone” by" in listener.last()
    low, high = desk.surface.rect().topLeft(), desk.middle("call")
    QTest.mousePress(desk.surface, plan_hands.LEFT, SHIFT, low)
    plan_hands.PlanDesk.move_to(desk, high, SHIFT)
    QTest.mouseRelease(desk.surface, plan_hands.LEFT, SHIFT, high)
    settle()
    assert "tasks selected" in listener.last()


def test_why_something_was_not_done_is_told_too(desk: PlanDesk, listener: Listener) -> None:
    desk.view.set_selection(["launch", "server"])
    desk.key(KEY.Key_Up, CTRL | ALT)
    assert "above" in listener.last()
    desk.view.set_selection(["books"])
    desk.view.set_focus_bar("books", "no_one")
    desk.key(KEY.Key_Down, CTRL | ALT)
    assert listener.last() == "No lane is below."


def test_nothing_is_made_up_where_nobody_listens(house: House, monkeypatch: Any) -> None:
    told: list[object] = []
    monkeypatch.setattr(bars.QAccessible, "updateAccessibility", told.append, raising=False)
    monkeypatch.setattr(bars.QAccessible, "isActive", lambda: False, raising=False)
    with plan_desk(house, plans.small()) as desk:
        desk.view.set_selection(["launch"])
        desk.view.set_focus_bar("launch", desk.hit("launch").lane)
        desk.key(KEY.Key_Right, ALT)
    assert told == []
