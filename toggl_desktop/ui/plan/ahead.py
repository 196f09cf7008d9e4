"""What is scrolled: which parts must be painted for it, and what comes next, painted before.

A strip as narrow as one turn of a wheel costs nearly as much as one four times as wide. So when the
chart goes on the way it went before, more than what came in is painted at once, and kept.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

_LEAST: Final = 256
_TIMES: Final = 4

Paint = Callable[[QPainter, QRect], None]
"""Paints a part of the chart with a painter that counts as the chart does."""


class Ahead:
    """A part of the chart beside the one in sight, painted already.

    Attributes:
        scale: Pixels of the screen for one of the chart.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self._kept: QPixmap | None = None
        self._area = QRect()
        self._key: object = None

    def forget(self) -> None:
        """Hears that something of it may look different now."""
        self._kept = None

    def draw(
        self, painter: QPainter, wanted: QRect, way: QPoint, key: object, paint: Paint
    ) -> None:
        """Paints a part of the chart, from what is kept if it is there.

        Args:
            painter: Counts as the chart does.
            wanted: The part.
            way: Where the view goes.
            key: What was kept under another key is not the same.
            paint: Paints more.
        """
        if self._kept is None or key != self._key or not self._area.contains(wanted):
            self._keep(_further(wanted, way), paint)
            self._key = key
        if self._kept is not None:
            at = (wanted.topLeft() - self._area.topLeft()) * self.scale
            size = wanted.size() * self.scale
            painter.drawPixmap(wanted.topLeft(), self._kept, QRect(at, size))

    def _keep(self, area: QRect, paint: Paint) -> None:
        size = area.size() * self.scale
        if self._kept is None or self._kept.size() != size:
            self._kept = QPixmap(size)
            self._kept.setDevicePixelRatio(self.scale)
            self._kept.fill(Qt.GlobalColor.white)  # it is all painted over, and is opaque
        self._area = area
        painter = QPainter(self._kept)
        painter.translate(-area.topLeft())
        paint(painter, area)
        painter.end()


def _further(wanted: QRect, way: QPoint) -> QRect:
    """Returns a part with what comes after it on the way."""
    more = QRect(wanted)
    if way.x():
        width = max(_LEAST, _TIMES * wanted.width())
        more.setWidth(width)
        if way.x() < 0:
            more.moveRight(wanted.right())
    else:
        height = max(_LEAST // 2, _TIMES * wanted.height())
        more.setHeight(height)
        if way.y() < 0:
            more.moveBottom(wanted.bottom())
    return more


class Moves:
    """What was scrolled since something was painted last."""

    def __init__(self) -> None:
        self._from: QPoint | None = None
        self._last = QPoint()
        self._region = QRegion()

    def moved(self, by: QPoint, room: QRect, touched: QRegion) -> None:
        """Hears that what is painted was moved; what came in and `touched` will be painted."""
        came = QRegion(room) - QRegion(room.translated(by))
        self._region = (self._region.translated(by) + came + touched) & room

    def painted(self, place: QPoint, way: QPoint) -> None:
        """Hears that all is painted, with the view at a place of the chart."""
        self._from, self._last, self._region = place, way, QRegion()

    def way(self, place: QPoint, region: QRegion, room: QRect) -> QPoint:
        """Returns where the view went, if that is all there is to paint; else nothing."""
        nowhere = QPoint()
        if self._from is None or region != self._region:
            return nowhere
        way = place - self._from
        is_straight = (way.x() == 0) != (way.y() == 0)
        is_near = abs(way.x()) < room.width() and abs(way.y()) < room.height()
        return way if is_straight and is_near else nowhere

    def goes_on(self, way: QPoint) -> bool:
        """Tells whether the view went the same way before."""
        last = self._last
        return way.x() * last.x() + way.y() * last.y() > 0

    @property
    def origin(self) -> QPoint | None:
        """Where the view was when it was painted last."""
        return self._from


def came_in(room: QRect, way: QPoint) -> QRect:
    """Returns the strip that comes in when a view goes some way."""
    if way.x():
        begin = room.width() - way.x() if way.x() > 0 else 0
        return QRect(begin, 0, abs(way.x()), room.height())
    begin = room.height() - way.y() if way.y() > 0 else 0
    return QRect(0, begin, room.width(), abs(way.y()))
