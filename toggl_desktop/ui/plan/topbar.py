"""The timeline's header as a widget: scrolled with the chart, pressed for milestones."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.ui.plan.header import Flag, HeaderPainter, day_words
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.region import rects_of
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.widgets.text import tooltip


@dataclass(frozen=True, slots=True)
class HeaderPress:
    """A press on the header.

    Attributes:
        day: The day it was on.
        flag: The mark of milestones it was on, if any.
        place: Where that is on the screen.
        button: Which button it was.
        is_double: Whether it was the second of two.
    """

    day: int
    flag: Flag | None
    place: QPoint
    button: Qt.MouseButton
    is_double: bool = False


class TopBar(QWidget):
    """The header above the chart.

    Signals:
        pressed(HeaderPress): A day or a milestone was pressed.
    """

    pressed = Signal(object)

    def __init__(self, scene: Scene, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._scene = scene
        self._area = area
        self.painter = HeaderPainter(scene.looks)
        self._pointed: int | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Days"))

    @property
    def wanted_height(self) -> int:
        """How high it is to be."""
        return self.painter.height(self._scene)

    @property
    def _left(self) -> int:
        return self._area.horizontalScrollBar().value()

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours and fonts."""
        self.painter.show_looks(looks)
        self.update()

    def scroll_by(self, dx: int) -> None:
        """Moves with the chart; what names the left edge is written anew."""
        self.scroll(dx, 0)
        left = self._left
        end = self.painter.label_end(self._scene, left) - left + abs(dx)
        self.update(0, 0, min(self.width(), end), self.painter.row)

    def show_pointed(self, day: int | None) -> None:
        """Names the day under the pointer; None for none."""
        if day == self._pointed:
            return
        before, self._pointed = self._pointed, day
        for one in (before, day):
            if one is not None:
                area = self.painter.pointed_area(self._scene, one)
                self.update(area.translated(-self._left, 0).adjusted(-2, 0, 2, 0))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        left = self._left
        painter.translate(-left, 0)
        for rect in rects_of(event.region()):
            painter.setClipRect(rect.translated(left, 0))
            clip = Box(rect.x() + left, rect.y(), rect.width(), rect.height())
            self.painter.paint(painter, clip, self._scene, pointed=self._pointed, left=left)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press(event, is_double=False)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._press(event, is_double=True)

    def _press(self, event: QMouseEvent, *, is_double: bool) -> None:
        place = event.position().toPoint()
        x = place.x() + self._left
        flag = self.painter.flag_at(self._scene, x, place.y())
        self._tell(
            HeaderPress(
                self._scene.axis.day(x),
                flag,
                event.globalPosition().toPoint(),
                event.button(),
                is_double,
            )
        )

    def _tell(self, press: HeaderPress) -> None:
        self.pressed.emit(press)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.show_pointed(self._scene.axis.day(event.position().toPoint().x() + self._left))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.show_pointed(None)
        super().leaveEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._area.wheelEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos()
            flag = self.painter.flag_at(self._scene, place.x() + self._left, place.y())
            if flag is not None:
                lines = [f"{day_words(row.day)}: {one_line(row.name)}" for row in flag.rows]
                QToolTip.showText(event.globalPos(), tooltip("\n".join(lines)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
