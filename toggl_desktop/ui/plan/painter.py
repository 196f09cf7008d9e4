"""Paints a timeline, or any part of one, with any painter: a screen's, a picture's, a page's.

painter.translate(-left, -top)          # the chart's own places
ChartPainter(looks).paint(painter, Box(left, top, width, height), scene, minute=720)
"""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.packing import span
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.beside import BesidePainter
from toggl_desktop.ui.plan.delegate import BarPainter
from toggl_desktop.ui.plan.ground import GroundPainter
from toggl_desktop.ui.plan.links import LinkPainter
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE

DENSE: Final = 2.0
"""Where a day is narrower than this, bars are shown by where there are any, not one by one."""
_FADED: Final = 0.35


class Begun(NamedTuple):
    """A bar that begins left of the view, and where it is in the chart."""

    bar: Bar
    lane: str
    box: Box


class ChartPainter:
    """Paints everything of a timeline but its header and its names.

    Attributes:
        bars: Paints single bars, and counts them.
    """

    def __init__(self, looks: Looks, *, is_vector: bool = False) -> None:
        self._looks = looks
        self.bars = BarPainter(looks, is_vector=is_vector)
        self._beside = BesidePainter()
        self._ground = GroundPainter()
        self._links = LinkPainter()

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours and fonts."""
        self._looks = looks
        self.bars.show_looks(looks)

    def paint(
        self,
        painter: QPainter,
        clip: Box,
        scene: Scene,
        *,
        minute: int = 0,
        left: int | None = None,
    ) -> None:
        """Paints a part of the chart.

        Args:
            painter: Counts as the chart does.
            clip: The part.
            scene: What is shown.
            minute: The minute of the day it is now.
            left: Where the view begins, when that is not where the part does.
        """
        left = clip.x if left is None else left
        painter.setClipRect(QRect(*clip))
        self.bars.clip = QRect(*clip)
        self.bars.today = scene.today
        self._ground.paint(painter, clip, scene)
        self._ground.paint_marks(painter, clip, scene, minute, is_over=False)
        painter.setFont(self._looks.font)
        if scene.axis.per_day < DENSE:
            self._paint_dense(painter, clip, scene)
        else:
            names = self._beside.find(clip, scene)
            self.bars.beside = self._beside.known
            self._paint_bars(painter, clip, scene, left)
            self._beside.paint(painter, names, self._looks)
        self._links.paint(painter, clip, scene)
        self._ground.paint_marks(painter, clip, scene, minute, is_over=True)

    def paint_begun(
        self, painter: QPainter, area: QRect, scene: Scene, begun: Begun, left: int
    ) -> None:
        """Paints a bar that begins left of the view again, its words where the view begins.

        Nothing else is painted: such a bar covers its whole area.
        """
        painter.setClipRect(area)
        self.bars.clip = area
        self.bars.today = scene.today
        painter.setFont(self._looks.font)
        bar, box = begun.bar, begun.box
        rect = (box.x, box.y, box.width, box.height)
        self._paint_marked(painter, rect, bar, begun.lane, scene, left)

    def _paint_bars(self, painter: QPainter, clip: Box, scene: Scene, left: int) -> None:
        chart, axis, faces = scene.chart, scene.axis, scene.faces
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        edges = axis.edges(low, high)
        measures, paint, face = chart.measures, self.bars.paint, faces.look
        self.bars.faces = faces
        height, bottom = measures.bar, clip.y + clip.height
        special = (one[0] for one in (scene.hovered, scene.focus) if one is not None)
        marked = scene.selection.union(scene.dragged, special)
        for placed in chart.between(clip.y, bottom):
            for number, bars in chart.bars_between(placed.lane, low, high):
                y = placed.top + measures.row(number)
                if y >= bottom or y + height <= clip.y:
                    continue
                for bar in bars:
                    start, end = span(bar)
                    x = edges[start - low] if start >= low else axis.x(start)
                    after = edges[end - low + 1] if end <= high else axis.x(end + 1)
                    rect = (x, y, max(1, after - x - 1), height)
                    if bar[0] in marked:
                        self._paint_marked(painter, rect, bar, placed.lane.key, scene, left)
                    else:
                        paint(painter, rect, face(bar), left)

    def _paint_marked(
        self,
        painter: QPainter,
        rect: tuple[int, int, int, int],
        bar: Bar,
        lane: str,
        scene: Scene,
        left: int,
    ) -> None:
        """Paints a bar that may be selected, dragged, pointed at or have the keyboard."""
        face = scene.faces.face(bar)
        if bar.lid in scene.dragged:
            painter.setOpacity(_FADED)
            self.bars.paint(painter, rect, face, left)
            painter.setOpacity(1.0)
            return
        if scene.hovered == (bar.lid, lane):
            _paint_shadow(painter, rect, bar)
        self.bars.paint(painter, rect, face, left)
        if bar.lid in scene.selection:
            _paint_ring(painter, rect, self._looks.accent, SIZE.focus, 1)
        if scene.has_keyboard and scene.focus == (bar.lid, lane):
            _paint_ring(painter, rect, self._looks.text, SIZE.focus, 3)

    def _paint_dense(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        """Paints where there are bars, each colour at once."""
        chart, axis = scene.chart, scene.axis
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        gap = max(1, round(1 / axis.per_day))
        edges = axis.edges(low, high)
        measures, bottom = chart.measures, clip.y + clip.height
        height = measures.bar
        rects: dict[tuple[str, bool], list[QRect]] = {}
        for placed in chart.between(clip.y, bottom):
            if placed.lane.is_head or not placed.lane.bars:
                continue
            for number, row in enumerate(placed.lane.packed.rows):
                y = placed.top + measures.row(number)
                if y >= bottom:
                    break
                for first, last, color, is_done in row.runs(gap, low, high):
                    x = edges[first - low] if first > low else edges[0]
                    after = edges[last - low + 1] if last < high else edges[-1]
                    key = (color, is_done)
                    found = rects.get(key)
                    if found is None:
                        found = rects[key] = []
                    found.append(QRect(x, y, after - x or 1, height))
        painter.setPen(Qt.PenStyle.NoPen)
        for (color, is_done), found in rects.items():
            skin = scene.looks.skin(color, is_done=is_done)
            painter.setBrush(QColor(skin.colours.edge) if is_done else skin.fill)
            painter.drawRects(found)
            self.bars.painted += len(found)


def _paint_shadow(painter: QPainter, rect: tuple[int, int, int, int], bar: Bar) -> None:
    """Paints the shadow of a bar that is pointed at, in its own colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    strength = 0.25 if bar.is_done else 0.75
    for spread, part in ((4, 0.10), (3, 0.18), (2, 0.28), (1, 0.4)):
        shade = QColor(bar.color)
        shade.setAlphaF(strength * part)
        painter.setBrush(shade)
        around = QRectF(*rect).adjusted(-spread, -spread + 2, spread, spread + 1)
        painter.drawRoundedRect(around, RADIUS.bar + spread, RADIUS.bar + spread)
    painter.restore()


def _paint_ring(
    painter: QPainter, rect: tuple[int, int, int, int], color: QColor, width: int, away: float
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = QRectF(*rect).adjusted(-away, -away, away, away)
    painter.drawRoundedRect(around, RADIUS.bar + away, RADIUS.bar + away)
    painter.restore()
