"""The ground that bars stand on: days, weekends, days off, lanes, and how full each day is."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter

from toggl_desktop.domain.plan.axis import MINUTES, weekday
from toggl_desktop.domain.plan.chart import Box, Placed
from toggl_desktop.domain.plan.ticks import scale_of, stretches
from toggl_desktop.ui.plan.scene import Scene

_LEAST_SHADED: Final = 2.0
"""Days narrower than this are not shaded one by one."""
_LEAST_WEEKEND: Final = 4.0
"""Weekends narrower than this are stripes that say nothing."""
_LEAST_LOAD: Final = 6.0
_LOAD: Final = 3
_OVER: Final = 5
_NEVER: Final[frozenset[int]] = frozenset()


class GroundPainter:
    """Paints what is behind the bars, and the lines over everything."""

    def paint(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        """Paints the ground of a part of the chart; `painter` counts as the chart does."""
        looks, axis = scene.looks, scene.axis
        area = QRect(*clip)
        painter.fillRect(area, looks.surface)
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        bottom = min(clip.y + clip.height, scene.chart.height)
        placed = list(scene.chart.between(clip.y, clip.y + clip.height))
        if axis.per_day >= _LEAST_SHADED:
            self._paint_days(painter, clip, scene, low, high)
        self._paint_lanes_off(painter, placed, scene, low, high)
        for one in placed:
            if one.lane.is_head:
                painter.fillRect(clip.x, one.top, clip.width, one.height, looks.raised)
            elif one.lane.key == scene.lit_lane:
                painter.fillRect(clip.x, one.top, clip.width, one.height, looks.lit)
        self._paint_lines(painter, clip, scene, low, high)
        lines = [
            QLine(clip.x, p.top + p.height - 1, clip.x + clip.width, p.top + p.height - 1)
            for p in placed
            if p.top + p.height <= bottom
        ]
        painter.setPen(looks.grid_pen)
        painter.drawLines(lines)
        if axis.per_day >= _LEAST_LOAD:
            people = [one for one in placed if one.lane.kind == "member" and one.lane.bars]
            self._paint_loads(painter, people, scene, low, high)

    def _paint_days(self, painter: QPainter, clip: Box, scene: Scene, low: int, high: int) -> None:
        looks, axis = scene.looks, scene.axis
        weekend, holidays = scene.weekend, scene.holidays
        edges = axis.edges(low, high)
        rects, off = [], []
        has_room = axis.per_day >= _LEAST_WEEKEND
        for day in range(low, high + 1) if has_room or holidays else ():
            if day in holidays:
                off.append(QRect(edges[day - low], clip.y, _gap(edges, day - low), clip.height))
            elif has_room and weekday(day) in weekend:
                rects.append(QRect(edges[day - low], clip.y, _gap(edges, day - low), clip.height))
        _fill(painter, rects, looks.weekend)
        _fill(painter, off, looks.off)
        for row in scene.milestones:
            if low <= row.day <= high and not row.is_done and axis.shows(row.day):
                at = row.day - low
                tint = looks.tint(row.color)
                painter.fillRect(edges[at], clip.y, _gap(edges, at), clip.height, tint)
        if low <= scene.today <= high and axis.shows(scene.today):
            at = scene.today - low
            painter.fillRect(edges[at], clip.y, _gap(edges, at), clip.height, looks.today)

    def _paint_lanes_off(
        self, painter: QPainter, placed: Iterable[Placed], scene: Scene, low: int, high: int
    ) -> None:
        """Hatches the days on which a lane's person is away."""
        axis = scene.axis
        if axis.per_day < _LEAST_SHADED:
            return
        rects = []
        for one in placed:
            away = scene.off_days(one.lane)
            if away == _NEVER:
                continue
            for first, last in _runs(day for day in range(low, high + 1) if day in away):
                left = axis.x(first)
                rects.append(QRect(left, one.top, axis.x_after(last) - left, one.height - 1))
        if rects:
            _fill(painter, rects, scene.looks.off)
            hatch = QBrush(scene.looks.line_strong, Qt.BrushStyle.BDiagPattern)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatch)
            painter.drawRects(rects)

    def _paint_lines(self, painter: QPainter, clip: Box, scene: Scene, low: int, high: int) -> None:
        axis = scene.axis
        scale = scale_of(axis.per_day)
        top, bottom = clip.y, clip.y + clip.height
        lines: list[QLine] = []
        strong: list[QLine] = []
        for stretch in stretches(scale.lines, low, high, scene.first_weekday):
            x = axis.x(stretch.first)
            is_strong = scale.lines == "day" and weekday(stretch.first) == scene.first_weekday
            (strong if is_strong else lines).append(QLine(x, top, x, bottom))
        if scale.lines in ("week", "month"):
            for stretch in stretches(scale.upper, low, high, scene.first_weekday):
                x = axis.x(stretch.first)
                strong.append(QLine(x, top, x, bottom))
        painter.setPen(scene.looks.grid_pen)
        painter.drawLines(lines)
        if strong:
            painter.setPen(scene.looks.strong_pen)
            painter.drawLines(strong)

    def _paint_loads(
        self, painter: QPainter, people: list[Placed], scene: Scene, low: int, high: int
    ) -> None:
        """Paints along the lower edge of people's lanes how much of each day is taken."""
        looks = scene.looks
        edges = scene.axis.edges(low, high)
        fine: list[QRect] = []
        over: list[QRect] = []
        for one in people:
            bottom = one.top + one.height - 1
            for day, load in scene.loads(one.lane, low, high):
                left = edges[day - low]
                width = edges[day - low + 1] - left - 1
                if width < 1:
                    continue
                if load.is_over:
                    over.append(QRect(left, bottom - _OVER, width, _OVER))
                else:
                    taken = max(1, width * load.planned // load.capacity)
                    fine.append(QRect(left, bottom - _LOAD, taken, _LOAD))
        _fill(painter, fine, looks.good)
        _fill(painter, over, looks.problem)
        if over:  # the shape says it too: notches
            brush = QBrush(looks.surface, Qt.BrushStyle.Dense4Pattern)
            painter.setBrush(brush)
            painter.drawRects([rect.adjusted(1, 0, -1, 2 - _OVER) for rect in over])

    # Lines of days ------------------------------------------------------------------------

    def paint_marks(
        self, painter: QPainter, clip: Box, scene: Scene, minute: int, *, is_over: bool
    ) -> None:
        """Paints the lines of milestones and of now: behind the bars, and thinner over them."""
        axis, looks = scene.axis, scene.looks
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        width = 1 if is_over else 2
        for row in scene.milestones:
            if low <= row.day <= high and axis.shows(row.day) and not (is_over and row.is_done):
                x = axis.x_at(row.day, MINUTES // 2)
                painter.fillRect(x - 1, clip.y, width, clip.height, looks.shape(row.color))
        if low <= scene.today <= high:
            x = axis.x_at(scene.today, minute)
            painter.fillRect(x - 1, clip.y, width, clip.height, looks.accent)


def _gap(edges: list[int], place: int) -> int:
    return edges[place + 1] - edges[place]


def _fill(painter: QPainter, rects: list[QRect], color: QColor) -> None:
    if rects:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRects(rects)


def _runs(days: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Yields stretches of days that follow each other."""
    first = last = None
    for day in days:
        if last is not None and day == last + 1:
            last = day
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = day
    if first is not None and last is not None:
        yield first, last
