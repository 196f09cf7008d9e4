"""Strokes for painted rows: said as reading goes from left to right, turned where it does not."""

from math import ceil
from typing import Final, TypeVar

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, Tokens
from toggl_desktop.ui.widgets.diamond import SIDE, paint_diamond

MARK: Final = 14
"""The side of a small icon that stands beside text."""
K = TypeVar("K")
V = TypeVar("V")
_REMEMBERED: Final = 4000
_COMMON: Final = (
    int(Qt.AlignmentFlag.AlignAbsolute)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextSingleLine)
)
_AT_THE_LEFT: Final = _COMMON | int(Qt.AlignmentFlag.AlignLeft)
_AT_THE_RIGHT: Final = _COMMON | int(Qt.AlignmentFlag.AlignRight)


class Type:
    """A font with its measures; what was measured once is remembered, because lists ask again."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._exact = QFontMetricsF(font)
        self._widths: dict[str, int] = {}
        self._elided: dict[tuple[str, int], str] = {}

    @classmethod
    def of(cls, font: QFont) -> "Type":
        """Returns a font with its measures."""
        return cls(font)

    def width(self, text: str) -> int:
        """Returns how much room a text needs."""
        known = self._widths.get(text)
        if known is None:
            known = ceil(self._exact.horizontalAdvance(text)) + 1
            _remember(self._widths, text, known)
        return known

    def elided(self, text: str, width: int) -> str:
        """Returns a text as it fits into a width."""
        known = self._elided.get((text, width))
        if known is None:
            known = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            _remember(self._elided, (text, width), known)
        return known


def _remember(known: dict[K, V], key: K, value: V) -> None:
    if len(known) >= _REMEMBERED:
        known.clear()
    known[key] = value


class Canvas:
    """One row under the brush."""

    def __init__(self, painter: QPainter, row: QRect, theme: Theme, is_rtl: bool) -> None:  # noqa: FBT001
        self.painter = painter
        self.row = row
        self.inner = row.adjusted(SPACE.large, 0, -SPACE.large, 0)
        self.tokens: Tokens = theme.tokens
        self.is_rtl = is_rtl
        way = Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        self._way = way
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def turned(self, rect: QRect) -> QRect:
        """Returns a place in the row as the direction of reading has it."""
        return QStyle.visualRect(self._way, self.row, rect)

    def text(
        self,
        rect: QRect,
        text: str,
        face: Type,
        colour: str,
        *,
        is_end: bool = False,
        is_free: bool = False,
    ) -> None:
        """Paints a text on one line, shortened where it does not fit.

        Args:
            rect: Where, as reading goes from left to right.
            text: The text.
            face: Its font.
            colour: Its colour.
            is_end: Whether it stands at the far side.
            is_free: Whether a person wrote it: then its own letters say which way it is read.
        """
        if not text or rect.width() <= 0:
            return
        self.painter.setFont(face.font)
        self.painter.setPen(QColor(colour))
        free = Qt.LayoutDirection.LayoutDirectionAuto
        self.painter.setLayoutDirection(free if is_free else self._way)
        flags = _AT_THE_RIGHT if is_end is not self.is_rtl else _AT_THE_LEFT
        self.painter.drawText(self.turned(rect), flags, face.elided(text, rect.width()))

    def icon(self, name: str, tone: str, rect: QRect) -> None:
        """Paints an icon of the set."""
        icon(name, tone).paint(self.painter, self.turned(rect))

    def mark(self, name: str, tone: str, left: int, middle: int) -> None:
        """Paints a small icon that begins at `left`, centred on a line."""
        self.icon(name, tone, QRect(left, middle - MARK // 2 + 1, MARK, MARK))

    def diamond(self, left: int, middle: int, colour: str) -> int:
        """Paints a project's mark in its colour; returns where text after it begins."""
        place = QRectF(self.turned(QRect(left, middle - SIDE // 2 + 1, SIDE, SIDE)))
        paint_diamond(self.painter, place.center(), colour)
        return left + SIDE + 6

    def ground(self, rect: QRect, colour: str) -> None:
        """Fills a place with round corners."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawRoundedRect(rect, RADIUS.control, RADIUS.control)

    def ring(self, rect: QRect) -> None:
        """Shows where the keyboard is."""
        self.painter.setPen(QPen(QColor(self.tokens.accent), SIZE.focus))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        place = QRectF(rect).adjusted(1, 1, -1, -1)
        self.painter.drawRoundedRect(place, RADIUS.control, RADIUS.control)
