"""The timeline's header as a widget: scrolled with the chart, pressed for milestones."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.ui.plan.header import Flag, HeaderPainter, day_words
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.region import rects_of
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.widgets.text import tooltip

_TILE: Final = 512
_MOST_TILES: Final = 24


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


class Tiles:
    """The header in ready-made pieces, each painted when it first comes into sight."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._made: dict[int, QPixmap] = {}

    def paint(self, painter: QPainter, area: QRect, scene: Scene, header: HeaderPainter) -> None:
        """Paints a part of the header, but for what stays at the view's left edge."""
        key = (
            *(scene.axis, scene.looks, scene.today, scene.milestones, scene.holidays),
            *(scene.first_weekday, scene.weekend, scene.has_week_numbers),
        )
        if key != self._key or len(self._made) > _MOST_TILES:
            self._key = key
            self._made.clear()
        for number in range(area.left() // _TILE, area.right() // _TILE + 1):
            made = self._made.get(number)
            if made is None:
                made = self._made[number] = self._make(number, scene, header)
            painter.drawPixmap(number * _TILE, 0, made)

    def _make(self, number: int, scene: Scene, header: HeaderPainter) -> QPixmap:
        looks, begin = scene.looks, number * _TILE
        height = header.height(scene)
        made = QPixmap(round(_TILE * looks.scale), round(height * looks.scale))
        made.setDevicePixelRatio(looks.scale)
        made.fill(looks.surface)
        painter = QPainter(made)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.translate(-begin, 0)
        painter.setClipRect(QRect(begin, 0, _TILE, height))
        header.paint(painter, Box(begin, 0, _TILE, height), scene, pointed=None, left=0)
        painter.end()
        return made


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
        self._tiles = Tiles()
        self._axis: Axis | None = None
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

    def scroll_by(self, _dx: int) -> None:
        """Moves with the chart: put together from what is painted already."""
        self.update()

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
        scene, left = self._scene, self._left
        painter.translate(-left, 0)
        is_same, self._axis = self._axis == scene.axis, scene.axis
        if is_same and scene.looks.scale.is_integer():
            area = event.rect().translated(left, 0)
            self._tiles.paint(painter, area, scene, self.painter)
            self.painter.paint_over(painter, area, scene, pointed=self._pointed, left=left)
        else:
            for rect in rects_of(event.region()):
                painter.setClipRect(rect.translated(left, 0))
                clip = Box(rect.x() + left, rect.y(), rect.width(), rect.height())
                self.painter.paint(painter, clip, scene, pointed=self._pointed, left=left)
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
