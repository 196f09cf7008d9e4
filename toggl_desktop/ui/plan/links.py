"""Dependencies as lines from the end of one bar to the beginning of the next."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.scene import Scene

_OUT: Final = 7
_ARROW: Final = 4
_LEAST: Final = 2.0


class LinkPainter:
    """Paints the lines of which anything is in sight; what waits too little is marked."""

    def paint(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        """Paints the lines of a part of the chart."""
        if not scene.dependencies or scene.axis.per_day < _LEAST or scene.bar_of is None:
            return
        area = QRect(*clip)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in scene.dependencies:
            before, after = scene.bar_of(row.before), scene.bar_of(row.after)
            if isinstance(before, Bar) and isinstance(after, Bar):
                self._paint_one(painter, area, scene, before, after)
        painter.restore()

    def _paint_one(
        self, painter: QPainter, area: QRect, scene: Scene, before: Bar, after: Bar
    ) -> None:
        if not _may_show(area, scene, before, after):
            return
        froms, tos = scene.chart.boxes(before), scene.chart.boxes(after)
        if not froms or not tos:
            return
        one, other = froms[0][1], tos[0][1]
        begin = QPointF(one.x + one.width, one.y + one.height / 2)
        end = QPointF(other.x, other.y + other.height / 2)
        is_violated = (
            after.start is not None and before.end is not None and (after.start <= before.end)
        )
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


def _may_show(area: QRect, scene: Scene, before: Bar, after: Bar) -> bool:
    """Tells whether the line can be in sight at all, by days alone."""
    if before.start is None or after.start is None or before.end is None or after.end is None:
        return False
    axis = scene.axis
    left = axis.x(min(before.start, after.start)) - 4 * _OUT
    right = axis.x_after(max(before.end, after.end)) + 4 * _OUT
    return left <= area.right() and right >= area.left()


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
