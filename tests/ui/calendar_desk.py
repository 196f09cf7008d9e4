"""A calendar with a hand and a keyboard: what the calendar's tests do to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import House, settle
from toggl_desktop.ui.calendar.layout import Block, Layout
from toggl_desktop.ui.calendar.requests import Answer
from toggl_desktop.ui.calendar.view import CalendarView

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


class Desk:
    """One calendar on the screen."""

    def __init__(self, house: House, width: int, height: int) -> None:
        self.house = house
        self.view = CalendarView(house.context)
        self.answers: list[Answer] = []
        self.view.outcome.connect(self.answers.append)
        self.view.resize(width, height)
        self.view.show()
        self.view.activateWindow()
        self.view.setFocus()
        settle()

    @property
    def area(self):
        return self.view.area

    @property
    def plan(self) -> Layout:
        assert self.area.plan is not None
        return self.area.plan

    @property
    def surface(self):
        return self.area.viewport()

    def blocks(self) -> list[Block]:
        return list(self.plan.blocks())

    def block(self, lid: str, part: int = 0) -> Block:
        return [b for b in self.blocks() if b.lid == lid][part]

    def place(self, at: int, across: float = 0.3) -> QPoint:
        """The point of an instant, so far across its column."""
        column = self.plan.column_of(at)
        assert column is not None, "that day is not shown"
        x = column.left + round(column.width * across)
        return QPoint(x, round(column.axis.y(at)) - self.area.offset)

    def at(self, clock: str, day: int = 0, across: float = 0.3) -> QPoint:
        return self.place(self.house.at(clock, day), across)

    def middle(self, lid: str, part: int = 0) -> QPoint:
        return self.area.rect_of(self.block(lid, part)).center()

    def edge(self, lid: str, *, stop: bool) -> QPoint:
        rect = self.area.rect_of(self.block(lid))
        return QPoint(rect.center().x(), rect.bottom() - 1 if stop else rect.top() + 1)

    def way(self, minutes: float) -> QPoint:
        """So far down is so many minutes on."""
        return QPoint(0, round(self.area.per_hour * minutes / 60))

    def press(self, place: QPoint, held=NONE) -> None:
        QTest.mousePress(self.surface, LEFT, held, place)

    def move(self, place: QPoint, held=NONE) -> None:
        """Moves with the button down; QTest's own move knows no keys."""
        from PySide6.QtCore import QPointF
        from PySide6.QtGui import QMouseEvent

        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(self.surface.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            LEFT,
            held,
        )
        QApplication.sendEvent(self.surface, event)

    def hover(self, place: QPoint) -> None:
        QTest.mouseMove(self.surface, place)
        settle()

    def release(self, place: QPoint, held=NONE) -> None:
        QTest.mouseRelease(self.surface, LEFT, held, place)
        settle()

    def drag(self, start: QPoint, end: QPoint, held=NONE) -> None:
        self.press(start, held)
        self.move(start + (end - start) / 2, held)
        self.move(end, held)
        self.release(end, held)

    def click(self, place: QPoint, held=NONE) -> None:
        QTest.mouseClick(self.surface, LEFT, held, place)
        settle()

    def double_click(self, place: QPoint) -> None:
        QTest.mouseDClick(self.surface, LEFT, NONE, place)
        settle()

    def key(self, key: Qt.Key, held=NONE) -> None:
        QTest.keyClick(self.area, key, held)
        settle()

    @property
    def name(self):
        return self.view._name

    def type_name(self, text: str) -> None:
        QTest.keyClicks(self.name.field, text)

    def enter_name(self, text: str = "", held=NONE) -> None:
        self.type_name(text)
        QTest.keyClick(self.name.field, KEY.Key_Return, held)
        settle()

    @property
    def current(self) -> str | None:
        key = self.area.choice.current
        return None if key is None else key[2]

    def times(self, lid: str) -> tuple[str, str]:
        row = self.house.row(lid)
        return self.clock(row.start), "" if row.stop is None else self.clock(row.stop)

    def clock(self, at: int) -> str:
        from toggl_desktop.domain.instants import local

        return local(at, self.house.zone).strftime("%d %H:%M:%S").removesuffix(":00")


@contextmanager
def desk(house: House, width: int = 440, height: int = 700) -> Iterator[Desk]:
    """A calendar that is shown as long as the block lasts."""
    made = Desk(house, width, height)
    try:
        yield made
    finally:
        made.view.hide()
        made.view.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
