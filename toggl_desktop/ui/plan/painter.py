"""Paints a timeline, or any part of one, with any painter: a screen's, a picture's, a page's.

painter.translate(-left, -top)          # the chart's own places
ChartPainter(looks).paint(painter, Box(left, top, width, height), scene, minute=720)
"""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion

from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.packing import span
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.beside import BesidePainter
from toggl_desktop.ui.plan.delegate import BarPainter
from toggl_desktop.ui.plan.faces import Face
from toggl_desktop.ui.plan.ground import GroundPainter
from toggl_desktop.ui.plan.links import AROUND as LINKS
from toggl_desktop.ui.plan.links import LinkPainter
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE

DENSE: Final = 2.0
"""Where a day is narrower than this, bars are shown by where there are any, not one by one."""
_FADED: Final = 0.35
_AROUND: Final = 6
"""So far beyond a bar reaches what picks it out: a shadow, a ring."""


class Begun(NamedTuple):
    """A bar that begins left of the view, where it is in the chart, and where its words are."""

    bar: Bar
    lane: str
    box: Box
    words: QRect = QRect()


class ChartPainter:
    """Paints everything of a timeline but its header and its names.

    Attributes:
        bars: Paints single bars, and counts them.
    """

    def __init__(self, looks: Looks, *, is_vector: bool = False, is_screen: bool = False) -> None:
        self._looks = looks
        self.bars = BarPainter(looks, is_vector=is_vector)
        self._beside = BesidePainter()
        self._ground = GroundPainter(is_screen=is_screen)
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
        self, painter: QPainter, begun: list[Begun], scene: Scene, *, minute: int, left: int
    ) -> None:
        """Paints bars that begin left of the view again, their words where the view begins.

        Nothing else is painted: such a bar covers what it is painted on.
        """
        if not begun:
            return
        self.bars.today = scene.today
        painter.setFont(self._looks.font)
        painter.save()
        for bar, lane, box, words in begun:
            painter.setClipRect(words)
            self.bars.clip = words
            self._paint_marked(painter, box, bar, lane, scene, left)
        whole = QRect()
        for one in begun:
            whole = whole.united(one.words)
        clip = Box(whole.x(), whole.y(), whole.width(), whole.height())
        if self._has_lines(clip, scene):
            region = QRegion()
            for one in begun:
                region += one.words
            painter.setClipRegion(region)
            self._links.paint(painter, clip, scene)
            self._ground.paint_marks(painter, clip, scene, minute, is_over=True)
        painter.restore()

    def _has_lines(self, clip: Box, scene: Scene) -> bool:
        """Tells whether anything is painted over the bars of a part of the chart."""
        low, high = scene.axis.day(clip.x - LINKS), scene.axis.day(clip.x + clip.width + LINKS)
        if low <= scene.today <= high or any(low <= row.day <= high for row in scene.milestones):
            return True
        return scene.links is not None and bool(scene.links.between(low, high))

    def _paint_bars(self, painter: QPainter, clip: Box, scene: Scene, left: int) -> None:
        chart, axis = scene.chart, scene.axis
        low, high = axis.day(clip.x - _AROUND), axis.day(clip.x + clip.width + _AROUND)
        edges, x_of = axis.edges(low, high), axis.x
        measures, look = chart.measures, scene.faces.look
        self.bars.faces = scene.faces
        pitch, bottom = measures.bar + measures.gap, clip.y + clip.height
        above = clip.y - measures.bar - _AROUND
        special = (one[0] for one in (scene.hovered, scene.focus) if one is not None)
        marked = scene.selection.union(scene.dragged, special)
        places: list[tuple[int, int, int, Face]] = []
        others: list[tuple[tuple[int, int, int, int], Bar, str]] = []
        for placed in chart.between(clip.y, bottom):
            lane = placed.lane
            if lane.is_head or not lane.bars:
                continue
            y = placed.top + measures.pad - pitch
            for row in lane.packed.rows:
                y += pitch
                if y <= above:
                    continue
                if y >= bottom + _AROUND:
                    break
                for bar in row.between(low, high):
                    start, end = span(bar)
                    x = edges[start - low] if start >= low else x_of(start)
                    after = edges[end - low + 1] if end <= high else x_of(end + 1)
                    width = after - x - 1 if after > x + 1 else 1
                    if bar[0] in marked:
                        others.append(((x, y, width, measures.bar), bar, lane.key))
                    else:
                        places.append((x, y, width, look(bar)))
        self.bars.paint_all(painter, places, left)
        for rect, bar, key in others:
            self._paint_marked(painter, rect, bar, key, scene, left)

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
