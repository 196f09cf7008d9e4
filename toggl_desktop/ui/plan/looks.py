"""Everything the timeline is painted with, prepared once: colours, pens, fonts, heights."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from toggl_desktop.domain.plan.chart import Measures
from toggl_desktop.ui.theme.barcolours import COLOUR, FALLBACK, BarColours, bar_colours
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, Tokens, mix

STRIP: Final = 256
"""A bar's inside is cut from a ready-made strip of this width."""
CAP: Final = 6
SHORT: Final = 2 * CAP
"""A bar up to this width has no two ends: it is painted as a whole, once for each width."""
FADE: Final = 22
LATE: Final = 5
CORNER: Final = 8
_PATTERNS: Final = (
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern,
)
_BIG: Final = 1.25


@dataclass(frozen=True, slots=True)
class Switches:
    """What a person has switched on to see better.

    Attributes:
        has_contrast: Words and edges with the most contrast.
        has_patterns: Each colour has a pattern too.
        has_borders: Stronger lines around bars.
        is_big: Larger words and bars.
    """

    has_contrast: bool = False
    has_patterns: bool = False
    has_borders: bool = False
    is_big: bool = False


class Skin:
    """One kind of bar: its colours, and the pieces it is put together from.

    Pieces are pixmaps for the screen: a strip with the left end, a right end, and what comes before
    it, under which words fade away. For paper the same is drawn as shapes.
    """

    __slots__ = (
        *("cap", "colours", "corner", "fade", "fill", "pattern", "scale", "strip", "strong"),
        *("_pen", "_ramps", "_shorts", "text", "veil"),
    )

    def __init__(self, looks: "Looks", colours: BarColours, pattern: Qt.BrushStyle | None) -> None:
        self.colours = colours
        self.fill = QColor(colours.fill)
        self.text = QColor(colours.text)
        self.strong = QColor(colours.strong)
        self.veil = QColor(mix(colours.fill, colours.strong, 0.35))
        self.pattern = pattern
        self.scale = looks.scale
        self.corner = self._corner()
        self._shorts: dict[int, QPixmap] = {}
        self._ramps: dict[int, QPixmap] = {}
        height, pen = looks.measures.bar, looks.edge_width
        self._pen = pen
        whole = _blank(STRIP + 2 * CAP, height, self.scale)
        painter = QPainter(whole)
        paint_body(painter, QRectF(0, 0, STRIP + 2 * CAP, height), self, pen)
        painter.end()
        self.strip = _cut(whole, 0, STRIP + CAP, self.scale)
        self.cap = _cut(whole, STRIP + CAP, CAP, self.scale)
        self.fade = _cut(whole, STRIP + CAP - FADE, FADE, self.scale)
        covered = self._fading(height)
        painter = QPainter(self.fade)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.drawPixmap(0, 0, covered)
        painter.end()

    def short(self, width: int) -> QPixmap:
        """Returns a whole bar of a small width, painted once."""
        found = self._shorts.get(width)
        if found is None:
            height = round(self.strip.height() / self.scale)
            found = self._shorts[width] = _blank(width, height, self.scale)
            painter = QPainter(found)
            paint_body(painter, QRectF(0, 0, width, height), self, min(self._pen, width / 3))
            painter.end()
        return found

    def ramp(self, width: int) -> QPixmap:
        """Returns a veil of some width, under which words fade away to the right."""
        found = self._ramps.get(width)
        if found is None:
            height = round(self.strip.height() / self.scale) - 4
            found = self._ramps[width] = _blank(width, height, self.scale)
            ramp = QLinearGradient(QPointF(0, 0), QPointF(width - 1, 0))
            clear = QColor(self.fill)
            clear.setAlpha(0)
            ramp.setColorAt(0, clear)
            ramp.setColorAt(1, self.fill)
            painter = QPainter(found)
            painter.fillRect(QRectF(0, 0, width, height), ramp)
            painter.end()
        return found

    def _corner(self) -> QPixmap:
        """Returns a folded corner."""
        made = _blank(CORNER, CORNER, self.scale)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_corner(painter, QPointF(0, 0), self)
        painter.end()
        return made

    def _fading(self, height: int) -> QPixmap:
        """Returns a mask that lets a right end come in softly from the left."""
        made = _blank(FADE, height, self.scale)
        ramp = QLinearGradient(QPointF(0, 0), QPointF(FADE, 0))
        for stop, alpha in ((0, 0), (0.35, 0.25), (0.7, 0.8), (1, 1)):
            ramp.setColorAt(stop, QColor.fromRgbF(0, 0, 0, alpha))
        painter = QPainter(made)
        painter.fillRect(QRectF(0, 0, FADE, height), QBrush(ramp))
        painter.end()
        return made


def paint_corner(painter: QPainter, at: QPointF, skin: Skin) -> None:
    """Paints a folded corner, its upper left end at a point, as a shape."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(skin.strong)
    shape = [QPointF(0, 0), QPointF(CORNER - 1, 0), QPointF(CORNER - 1, CORNER - 1)]
    painter.drawPolygon(QPolygonF([at + point for point in shape]))


def paint_body(painter: QPainter, rect: QRectF, skin: Skin, pen: float) -> None:
    """Paints a bar's body as shapes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = pen / 2
    inner = rect.adjusted(half, half, -half, -half)
    painter.setPen(QPen(QColor(skin.colours.edge), pen))
    painter.setBrush(skin.fill)
    painter.drawRoundedRect(inner, RADIUS.bar, RADIUS.bar)
    if skin.pattern is not None:
        veil = QColor(skin.colours.edge)
        veil.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(veil, skin.pattern))
        painter.drawRoundedRect(inner, RADIUS.bar, RADIUS.bar)


class Looks:
    """What one set of tokens, switches and one screen scale make of a timeline."""

    def __init__(
        self, tokens: Tokens, switches: Switches | None = None, scale: float = 1.0
    ) -> None:
        self.tokens = tokens
        self.switches = Switches() if switches is None else switches
        self.scale = scale
        self._skins: dict[tuple[str, bool], Skin] = {}
        factor = _BIG if self.switches.is_big else 1.0
        self.font = _scaled(type_font(SIZE.body), factor)
        self.strong_font = _scaled(type_font(SIZE.body, SIZE.semibold), factor)
        self.small_font = _scaled(type_font(SIZE.caption), factor)
        self.small_strong = _scaled(type_font(SIZE.caption, SIZE.semibold), factor)
        self.metrics = QFontMetrics(self.font)
        self.small_metrics = QFontMetrics(self.small_font)
        bar = max(22, self.metrics.height() + SPACE.hair + 1)
        self.measures = Measures(bar=bar, head=max(28, self.metrics.height() + 12))
        self.edge_width = 2.0 if self.switches.has_borders else 1.0
        self._prepare_colours()
        self.late = self._late_edge()

    def _prepare_colours(self) -> None:
        tokens, strong = self.tokens, self.switches.has_contrast
        self.surface = QColor(tokens.surface)
        self.raised = QColor(tokens.raised)
        self.weekend = QColor(tokens.tint(tokens.text, 0.085 if strong else 0.045))
        self.off = QColor(tokens.tint(tokens.text, 0.16 if strong else 0.10))
        self.line = QColor(tokens.outline if strong else tokens.line)
        self.line_strong = QColor(tokens.outline if strong else tokens.line_strong)
        self.text = QColor(tokens.text)
        self.second = QColor(tokens.text if strong else tokens.second)
        self.accent = QColor(tokens.accent)
        self.on_accent = QColor(tokens.on_accent)
        self.problem = QColor(tokens.problem)
        self.good = QColor(tokens.good)
        self.today = QColor(tokens.tint(tokens.accent, 0.10))
        self.lit = _with_alpha(tokens.accent, 0.12)
        self._tints: dict[str, QColor] = {}
        self._shapes: dict[str, QColor] = {}
        self._words: dict[str, QColor] = {}
        self.grid_pen = QPen(self.line, 1)
        self.strong_pen = QPen(self.line_strong, 1)

    def tint(self, color: str) -> QColor:
        """Returns the ground of a day that a colour stands for; opaque, so that it costs little."""
        found = self._tints.get(color)
        return found or _kept(self._tints, color, self.tokens.tint(_sane(color), 0.12))

    def shape(self, color: str) -> QColor:
        """Returns the shade of a colour that is seen on any ground."""
        found = self._shapes.get(color)
        return found or _kept(self._shapes, color, self.tokens.shape(_sane(color)))

    def word(self, color: str) -> QColor:
        """Returns the shade of a colour that can be read."""
        found = self._words.get(color)
        return found or _kept(self._words, color, self.tokens.word(_sane(color)))

    def late_shape(self) -> QPolygonF:
        """Returns the torn left edge of a bar that is overdue."""
        height, teeth = self.measures.bar - 2, 4
        points = [QPointF(0, 1)]
        for tooth in range(teeth):
            top = 1 + height * tooth / teeth
            points += [QPointF(LATE, top), QPointF(2, top + height / teeth / 2)]
        return QPolygonF([*points, QPointF(LATE, 1 + height), QPointF(0, 1 + height)])

    def _late_edge(self) -> QPixmap:
        made = _blank(LATE + 1, self.measures.bar, self.scale)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.surface, 0.8))
        painter.setBrush(self.problem)
        painter.drawPolygon(self.late_shape())
        painter.end()
        return made

    def skin(self, color: str, *, is_done: bool = False) -> Skin:
        """Returns how a bar of a colour is painted."""
        key = (color, is_done)
        found = self._skins.get(key)
        if found is None:
            switches = self.switches
            colours = bar_colours(
                color, self.tokens, is_done=is_done, has_contrast=switches.has_contrast
            )
            pattern = None
            if switches.has_patterns and not is_done:
                pattern = _PATTERNS[sum(color.encode()) % len(_PATTERNS)]
            found = self._skins[key] = Skin(self, colours, pattern)
        return found


def _kept(known: dict[str, QColor], color: str, shade: str) -> QColor:
    known[color] = made = QColor(shade)
    return made


def _sane(color: str) -> str:
    """Returns a colour that can be worked with, whatever came from elsewhere."""
    return color if COLOUR.fullmatch(color) else FALLBACK


def _with_alpha(color: str, alpha: float) -> QColor:
    made = QColor(color)
    made.setAlphaF(alpha)
    return made


def _scaled(font: QFont, factor: float) -> QFont:
    if factor != 1.0:
        font.setPixelSize(round(font.pixelSize() * factor))
    return font


def _blank(width: int, height: int, scale: float) -> QPixmap:
    made = QPixmap(max(1, round(width * scale)), max(1, round(height * scale)))
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _cut(whole: QPixmap, x: int, width: int, scale: float) -> QPixmap:
    made = whole.copy(round(x * scale), 0, round(width * scale), whole.height())
    made.setDevicePixelRatio(scale)
    return made
