"""A plan window with a hand: what the tests of the plan do to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support import plans
from tests.ui.conftest import House, settle
from toggl_desktop.domain.plan.rows import Plan
from toggl_desktop.ui.plan.hit import Hit
from toggl_desktop.ui.plan.window import PlanWindow

NONE = Qt.KeyboardModifier.NoModifier
TODAY = plans.TODAY


class PlanDesk:
    """One plan window on the screen, 1200 wide, a month in sight."""

    def __init__(self, house: House, plan: Plan | None, state: QSettings | None = None) -> None:
        self.house = house
        if plan is not None:
            plans.keep(house.store, plan, house.clock.at)
            settle()
        self.window = PlanWindow(house.context, state)
        self.window.resize(1200, 720)  # the screen of these tests is narrower
        self.window.show_on_current()
        settle()
        self.hear()

    @property
    def view(self) -> Any:
        return self.window.timeline.view

    @property
    def scene(self) -> Any:
        return self.window.timeline.scene

    @property
    def surface(self) -> Any:
        return self.view.viewport()

    def middle(self, lid: str, lane: str = "") -> QPoint:
        return self.view.rect_of(lid, lane).center()

    def hit(self, lid: str) -> Hit:
        found = self.view.bar_at(self.middle(lid))
        assert found is not None
        return found

    def key(self, key: Any, held: Any = NONE) -> None:
        QTest.keyClick(self.view, key, held)
        settle()
        self.hear()

    def hear(self) -> None:
        """Lets the view tell now what it tells a moment later."""
        if self.view._telling.isActive():
            self.view._telling.stop()
            self.view._on_telling_timeout()

    def click(self, place: QPoint, held: Any = NONE) -> None:
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, held, place)
        settle()

    def move(self, place: QPoint) -> None:
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), QPointF(self.surface.mapToGlobal(place)),
            Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, NONE,
        )  # fmt: skip
        QApplication.sendEvent(self.surface, event)
        settle()

    def wheel(self, turn: QPoint, held: Any = NONE, at: QPoint | None = None) -> None:
        place = QPointF(at or QPoint(300, 200))
        event = QWheelEvent(
            place, QPointF(self.surface.mapToGlobal(place.toPoint())), QPoint(), turn,
            Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.surface, event)
        settle()

    def painted(self) -> int:
        """How many bars were painted since the last time."""
        bars = self.view.painter.bars
        count, bars.painted = bars.painted, 0
        return count


@contextmanager
def plan_desk(
    house: House, plan: Plan | None, state: QSettings | None = None
) -> Iterator[PlanDesk]:
    """A plan window for as long as a test needs it."""
    made = PlanDesk(house, plan, state)
    try:
        yield made
    finally:
        made.window.hide()
        made.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
