"""The ground that bars stand on: days, weekends, days off, lanes, and how full each day is."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

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
_STRIPE: Final = 8
"""So high is a stripe: a whole number of pixels on any screen."""
_AHEAD: Final = 1024
"""Stripes reach so far beyond what is in sight while the chart is scrolled."""


class Stripes:
    """The columns of days as ready-made stripes: what they show is the same from top to bottom."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._begin = self._end = 0
        self._made: dict[bool, QPixmap] = {}

    def get(self, clip: Box, scene: Scene, *, is_head: bool) -> tuple[QPixmap, QPoint]:
        """Returns the stripe for lanes or for heads, and where in it a part of the chart begins."""
        key = (
            *(scene.axis, scene.looks, scene.today, scene.milestones, scene.holidays),
            *(scene.first_weekday, scene.weekend),
        )
        is_same = key == self._key
        if not is_same or clip.x < self._begin or clip.x + clip.width > self._end:
            self._key = key
            self._made.clear()
            more = _AHEAD if is_same else 0
            self._begin, self._end = clip.x - more, clip.x + clip.width + more
        made = self._made.get(is_head)
        if made is None:
            made = self._made[is_head] = self._make(scene, is_head=is_head)
        return made, QPoint(clip.x - self._begin, 0)

    def _make(self, scene: Scene, *, is_head: bool) -> QPixmap:
        looks, axis = scene.looks, scene.axis
        area = Box(self._begin, 0, self._end - self._begin, _STRIPE)
        low, high = axis.day(self._begin) - 1, axis.day(self._end) + 1
        made = QPixmap(round(area.width * looks.scale), round(_STRIPE * looks.scale))
        made.setDevicePixelRatio(looks.scale)
        made.fill(looks.raised if is_head else looks.surface)
        painter = QPainter(made)
        painter.translate(-self._begin, 0)
        if not is_head and axis.per_day >= _LEAST_SHADED:
            _paint_days(painter, area, scene, low, high)
        _paint_lines(painter, area, scene, low, high)
        painter.end()
        return made


class GroundPainter:
    """Paints what is behind the bars, and the lines over everything.

    On a screen columns are cut from stripes; elsewhere they are shapes.
    """

    def __init__(self, *, is_screen: bool = False) -> None:
        self._stripes = Stripes() if is_screen else None

    def paint(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        """Paints the ground of a part of the chart; `painter` counts as the chart does."""
        looks, axis = scene.looks, scene.axis
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        bottom = min(clip.y + clip.height, scene.chart.height)
        placed = list(scene.chart.between(clip.y, clip.y + clip.height))
        if self._stripes is not None and looks.scale.is_integer():
            self._paint_stripes(painter, clip, scene, placed, self._stripes)
            self._paint_lanes_off(painter, placed, scene, low, high)
        else:
            self._paint_shapes(painter, clip, scene, placed, (low, high))
        edges = [
            QRect(clip.x, p.top + p.height - 1, clip.width, 1)
            for p in placed
            if p.top + p.height <= bottom
        ]
        fill(painter, edges, looks.line)
        if axis.per_day >= _LEAST_LOAD:
            people = [one for one in placed if one.lane.kind == "member" and one.lane.bars]
            self._paint_loads(painter, people, scene, low, high)

    def _paint_stripes(
        self, painter: QPainter, clip: Box, scene: Scene, placed: list[Placed], stripes: Stripes
    ) -> None:
        """Cuts the ground from stripes."""
        stripe, at = stripes.get(clip, scene, is_head=False)
        painter.drawTiledPixmap(QRect(*clip), stripe, at)
        for one in placed:
            area = QRect(clip.x, one.top, clip.width, one.height)
            if one.lane.is_head:
                painter.drawTiledPixmap(area, stripes.get(clip, scene, is_head=True)[0], at)
            elif one.lane.key == scene.lit_lane:
                painter.fillRect(area, scene.looks.lit)

    def _paint_shapes(
        self,
        painter: QPainter,
        clip: Box,
        scene: Scene,
        placed: list[Placed],
        days: tuple[int, int],
    ) -> None:
        """Paints the ground day by day."""
        looks = scene.looks
        painter.fillRect(QRect(*clip), looks.surface)
        if scene.axis.per_day >= _LEAST_SHADED:
            _paint_days(painter, clip, scene, *days)
        self._paint_lanes_off(painter, placed, scene, *days)
        for one in placed:
            if one.lane.is_head:
                painter.fillRect(clip.x, one.top, clip.width, one.height, looks.raised)
            elif one.lane.key == scene.lit_lane:
                painter.fillRect(clip.x, one.top, clip.width, one.height, looks.lit)
        _paint_lines(painter, clip, scene, *days)

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
            fill(painter, rects, scene.looks.off)
            hatch = QBrush(scene.looks.line_strong, Qt.BrushStyle.BDiagPattern)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hatch)
            painter.drawRects(rects)

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
            for day, part in scene.loads(one.lane, low, high):
                left = edges[day - low]
                width = edges[day - low + 1] - left - 1
                if width < 1:
                    continue
                if part > 1:
                    over.append(QRect(left, bottom - _OVER, width, _OVER))
                else:
                    fine.append(QRect(left, bottom - _LOAD, int(width * part) or 1, _LOAD))
        fill(painter, fine, looks.good)
        fill(painter, over, looks.problem)
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


def _paint_days(painter: QPainter, clip: Box, scene: Scene, low: int, high: int) -> None:
    """Shades the days that differ from others."""
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
    fill(painter, rects, looks.weekend)
    fill(painter, off, looks.off)
    for row in scene.milestones:
        if low <= row.day <= high and not row.is_done and axis.shows(row.day):
            at = row.day - low
            tint = looks.tint(row.color)
            painter.fillRect(edges[at], clip.y, _gap(edges, at), clip.height, tint)
    if low <= scene.today <= high and axis.shows(scene.today):
        at = scene.today - low
        painter.fillRect(edges[at], clip.y, _gap(edges, at), clip.height, looks.today)


def _paint_lines(painter: QPainter, clip: Box, scene: Scene, low: int, high: int) -> None:
    """Draws a line where each day, week or month begins."""
    axis, looks = scene.axis, scene.looks
    scale = scale_of(axis.per_day)
    top, height, strong = clip.y, clip.height, []
    if scale.lines == "day":
        lines = [QRect(x, top, 1, height) for x in axis.edges(low, high)]
        strong = lines[(scene.first_weekday - weekday(low)) % 7 :: 7]
    else:
        lines = [
            QRect(axis.x(stretch.first), top, 1, height)
            for stretch in stretches(scale.lines, low, high, scene.first_weekday)
        ]
    if scale.lines in ("week", "month"):
        strong += [
            QRect(axis.x(stretch.first), top, 1, height)
            for stretch in stretches(scale.upper, low, high, scene.first_weekday)
        ]
    fill(painter, lines, looks.line)
    fill(painter, strong, looks.line_strong)


def _gap(edges: list[int], place: int) -> int:
    return edges[place + 1] - edges[place]


def fill(painter: QPainter, rects: list[QRect], color: QColor) -> None:
    """Fills rectangles; what a fill does, a pen would do in more time."""
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
