"""Dependencies as lines from the end of one bar to the beginning of the next."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from toggl_desktop.domain.plan.chart import Box, Placed
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.domain.plan.waiting import Link
from toggl_desktop.ui.plan.scene import Scene

_OUT: Final = 7
AROUND: Final = 4 * _OUT
"""So far outside of what is in sight a line may begin that reaches into it."""
_ARROW: Final = 4
_LEAST: Final = 2.0


class LinkPainter:
    """Paints the lines of which anything is in sight; what waits too little is marked."""

    def paint(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        """Paints the lines of a part of the chart."""
        links = scene.links if scene.axis.per_day >= _LEAST else None
        axis = scene.axis
        low, high = axis.day(clip.x - AROUND), axis.day(clip.x + clip.width + AROUND)
        near = [] if links is None else links.between(low, high)
        if not near:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for link in near:
            if _may_show(clip, scene, link):
                self._paint_one(painter, scene, link)
        painter.restore()

    def _paint_one(self, painter: QPainter, scene: Scene, link: Link) -> None:
        froms, tos = scene.chart.boxes(link.before), scene.chart.boxes(link.after)
        if not froms or not tos:
            return
        one, other = froms[0][1], tos[0][1]
        begin = QPointF(one.x + one.width, one.y + one.height / 2)
        end = QPointF(other.x, other.y + other.height / 2)
        is_violated = link.is_violated
        looks = scene.looks
        pen = QPen(looks.problem if is_violated else looks.second, 2.0 if is_violated else 1.4)
        if is_violated:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(begin, end, one, other))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawPolygon(
            QPolygonF(
                [
                    end,
                    end + QPointF(-_ARROW - 2, -_ARROW),
                    end + QPointF(-_ARROW - 2, _ARROW),
                ]
            )
        )
        if is_violated:
            middle = QPointF(begin.x() + _OUT, begin.y())
            painter.drawEllipse(middle, _ARROW + 1, _ARROW + 1)
            painter.setPen(QPen(looks.surface, 1.6))
            painter.drawLine(middle + QPointF(0, -3), middle + QPointF(0, 1))
            painter.drawPoint(middle + QPointF(0, 3))


def _may_show(clip: Box, scene: Scene, link: Link) -> bool:
    """Tells whether the line can be in sight at all, by the lanes it goes between."""
    one, other = _lane_of(scene, link.before), _lane_of(scene, link.after)
    if one is None or other is None:
        return False
    top = min(one.top, other.top) - _OUT
    bottom = max(one.top + one.height, other.top + other.height) + _OUT
    return top <= clip.y + clip.height and bottom >= clip.y


def _lane_of(scene: Scene, bar: Bar) -> Placed | None:
    """Returns the first lane a bar is shown in."""
    places = (scene.chart.placed(lane.key) for lane in scene.chart.lanes.of(bar))
    return next((placed for placed in places if placed is not None), None)


def _path(begin: QPointF, end: QPointF, one: Box, other: Box) -> QPainterPath:
    """Returns a way with square corners that leaves to the right and arrives from the left."""
    path = QPainterPath(begin)
    out, into = begin.x() + _OUT, end.x() - _OUT
    if out <= into:
        path.lineTo(out, begin.y())
        path.lineTo(out, end.y())
    else:
        down = end.y() >= begin.y()
        between = one.y + one.height + 2 if down else one.y - 2
        if other.y == one.y:
            between = one.y + one.height + 2
        path.lineTo(out, begin.y())
        path.lineTo(out, between)
        path.lineTo(into, between)
        path.lineTo(into, end.y())
    path.lineTo(end)
    return path
