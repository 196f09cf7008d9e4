"""A project's mark: a small diamond in its colour, the same wherever a project is named."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from toggl_desktop.ui.theme.assets import tokens_in_force
from toggl_desktop.ui.theme.tokens import (
    DARK,
    LIGHT,
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    Tokens,
    readable,
)

SIDE: Final = 8
_SCALES: Final = (1, 2, 3)


@lru_cache(maxsize=512)
def word(colour: str, *, is_dark: bool) -> str:
    """A colour as text may have it in a theme; worked out once."""
    return _seen(DARK if is_dark else LIGHT, colour, TEXT_CONTRAST)


@lru_cache(maxsize=512)
def shape(colour: str, *, is_dark: bool) -> str:
    """A colour as a shape may have it in a theme; worked out once."""
    return _seen(DARK if is_dark else LIGHT, colour, SHAPE_CONTRAST)


def _seen(tokens: Tokens, colour: str, ratio: float) -> str:
    """The nearest shade that stands out from every surface, black and white included."""
    for ground in tokens.surfaces:
        colour = readable(colour, ground, ratio)
    return colour


def paint_diamond(painter: QPainter, centre: QPointF, colour: str) -> None:
    """Paints the mark around a point; an empty colour gives its outline."""
    reach = SIDE / 2
    corners = (
        QPointF(centre.x(), centre.y() - reach),
        QPointF(centre.x() + reach, centre.y()),
        QPointF(centre.x(), centre.y() + reach),
        QPointF(centre.x() - reach, centre.y()),
    )
    tokens = tokens_in_force()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shape(colour, is_dark=tokens.is_dark)))
    else:
        painter.setPen(QColor(tokens.second))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(corners))


def diamond_icon(colour: str) -> QIcon:
    """The mark as an icon for menus and lists, in the theme in force."""
    return QIcon(_made(colour, tokens_in_force().is_dark))


@lru_cache(maxsize=256)
def _made(colour: str, _is_dark: bool) -> QIcon:  # noqa: FBT001 - a key of the cache
    side = 2 * SIDE
    icon = QIcon()
    for scale in _SCALES:
        canvas = QPixmap(side * scale, side * scale)
        canvas.setDevicePixelRatio(scale)
        canvas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(canvas)
        paint_diamond(painter, QRectF(0, 0, side, side).center(), colour)
        painter.end()
        icon.addPixmap(canvas)
    return icon
