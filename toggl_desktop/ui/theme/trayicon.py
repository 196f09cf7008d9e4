"""The tray icon: every state has a shape of its own, at every size, on every panel.

The drawings are files (`tray/16`, `tray/22`, `tray/24`, made by `resources/draw.py`); here they
get their colours. The icon holds pixmaps of all sizes because a StatusNotifierItem sends pixmaps.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from toggl_desktop.ui.theme.assets import renderer, resource
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, SHAPE_CONTRAST, Tokens, readable

SIZES: Final = (16, 22, 24, 32, 48, 64)
STATES: Final = ("running", "stopped", "paused", "unsent", "offline", "problem")
_BASES: Final = ("running", "stopped", "paused")
_BADGES: Final = ("unsent", "offline", "problem")

# Between white and black: 3 : 1 or more against both, so a panel of unknown colour shows it.
_NEUTRAL: Final = "#85838f"
_NEUTRAL_RUNNING: Final = LIGHT.running
_NEUTRAL_BADGE: Final = "#c2571a"
_HALO: Final = "#ffffff"


def tray_icon(state: str, dot: QColor | None = None, dark_panel: bool | None = None) -> QIcon:  # noqa: FBT001
    """The icon of a state, with pixmaps of 16 to 64 pixels.

    Args:
        state: one of `STATES`, or what runs and what warns joined: `running+offline`.
        dot: the colour of the running project, drawn as a small dot at the lower left.
        dark_panel: the panel's kind; None gives a drawing with a pale edge that any panel shows.

    Raises:
        ValueError: there is no such state.
    """
    colour = dot.name() if dot is not None and dot.isValid() else None
    return QIcon(_icon(_full(state), colour, dark_panel))


def tray_image(
    state: str, size: int, *, dot: str | None = None, dark_panel: bool | None = None
) -> QImage:
    """One size of the drawing that `tray_icon` holds."""
    image = _blank(size)
    full = _full(state)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if dark_panel is None:
        _paint_halo(painter, full, size)
    _drawing(full, size, *_colours(full, dark_panel)).render(painter, QRectF(0, 0, size, size))
    if dot is not None:
        _paint_dot(painter, size, _dot_colour(dot, dark_panel))
    painter.end()
    return image


@lru_cache(maxsize=64)
def _icon(full: str, dot: str | None, dark_panel: bool | None) -> QIcon:  # noqa: FBT001
    made = QIcon()
    for size in SIZES:
        image = tray_image(full, size, dot=dot, dark_panel=dark_panel)
        made.addPixmap(QPixmap.fromImage(image))
    return made


def _full(state: str) -> str:
    """The state as a file is named: a warning alone stands for a stopped timer with it."""
    base, _, badge = state.partition("+")
    if base in _BADGES and not badge:
        return f"stopped+{base}"
    if base in _BASES and (badge in _BADGES or state == base):
        return state
    raise ValueError(f"no such tray state: {state}")


def _blank(size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _drawing(full: str, size: int, colour: str, badge: str) -> QSvgRenderer:
    """The drawing made for the pixel grid of which this size is a multiple."""
    grid = next((known for known in (24, 22, 16) if size % known == 0), 16)
    source = _source(full, grid).replace(
        'id="badge" fill="currentColor"', f'id="badge" fill="{badge}"'
    )
    return renderer(source, colour)


@lru_cache(maxsize=64)
def _source(full: str, grid: int) -> str:
    return resource("tray", str(grid), f"{full}.svg").read_text(encoding="utf-8")


def _colours(full: str, dark_panel: bool | None) -> tuple[str, str]:  # noqa: FBT001
    """The colours of what runs and of what warns; they only repeat what the shape says."""
    is_running = full.startswith("running")
    if dark_panel is None:
        return _NEUTRAL_RUNNING if is_running else _NEUTRAL, _NEUTRAL_BADGE
    tokens: Tokens = DARK if dark_panel else LIGHT
    badge = tokens.problem if full.endswith("problem") else tokens.warning
    return tokens.running if is_running else tokens.text, badge


def _dot_colour(dot: str, dark_panel: bool | None) -> str:  # noqa: FBT001
    if dark_panel is None:
        return readable(readable(dot, DARK.surface, SHAPE_CONTRAST), "#ffffff", SHAPE_CONTRAST)
    return (DARK if dark_panel else LIGHT).shape(dot)


def _paint_halo(painter: QPainter, full: str, size: int) -> None:
    """A thin pale edge round the shape, made of the shape itself moved a little each way."""
    reach = size / 28
    painter.setOpacity(0.4)
    edge = _drawing(full, size, _HALO, _HALO)
    for across in (-1, -0.7, 0, 0.7, 1):
        for down in (-1, -0.7, 0, 0.7, 1):
            if 0.9 < across * across + down * down < 1.1:
                where = QRectF(across * reach, down * reach, size, size)
                edge.render(painter, where)
    painter.setOpacity(1.0)


def _paint_dot(painter: QPainter, size: int, colour: str) -> None:
    """A dot at the lower left with a clear edge cut out of whatever is under it."""
    radius = round(size * 0.32) / 2
    centre = QPointF(radius, size - radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setBrush(Qt.GlobalColor.black)
    clear = radius + max(0.75, size / 22)
    painter.drawEllipse(centre, clear, clear)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(centre, radius, radius)
