"""The tray icon: every state has a shape of its own, at every size, on every panel.

The drawings are files (`tray/16`, `tray/22`, `tray/24`, made by `resources/draw.py`); here they
get their colours. The icon holds pixmaps of all sizes because a StatusNotifierItem sends pixmaps.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
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
_DOT: Final = 0.32
_SMALL_DOT: Final = 0.25  # below the plate with the time


def tray_icon(
    state: str,
    dot: str | None = None,
    dark_panel: bool | None = None,  # noqa: FBT001
    *,
    minutes: int | None = None,
) -> QIcon:
    """The icon of a state, with pixmaps of 16 to 64 pixels.

    Args:
        state: one of `STATES`, or what runs and what warns joined: `running+offline`.
        dot: the colour of the running project, drawn as a small dot at the lower left.
        dark_panel: the panel's kind; None gives a drawing with a pale edge that any panel shows.
        minutes: how long it has been, painted in place of what a running timer is drawn as.

    Raises:
        ValueError: there is no such state.
    """
    return QIcon(_icon(_full(state), dot, dark_panel, minutes))


def tray_image(
    state: str,
    size: int,
    *,
    dot: str | None = None,
    dark_panel: bool | None = None,
    minutes: int | None = None,
) -> QImage:
    """One size of the drawing that `tray_icon` holds."""
    image = _blank(size)
    full = _full(state)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if minutes is not None and full.startswith("running"):
        from toggl_desktop.ui.theme import trayclock

        source = trayclock.plate(full, minutes, DARK.surface if dark_panel else "#ffffff")
    else:
        source = _source(full, _grid(size))
    if dark_panel is None:
        _paint_halo(painter, source, size)
    _drawing(source, *_colours(full, dark_panel)).render(painter, QRectF(0, 0, size, size))
    if dot is not None:
        share = _DOT if minutes is None else _SMALL_DOT
        _paint_dot(painter, size, _dot_colour(dot, dark_panel), share)
    painter.end()
    return image


@lru_cache(maxsize=64)
def _icon(
    full: str,
    dot: str | None,
    dark_panel: bool | None,  # noqa: FBT001
    minutes: int | None,
) -> QIcon:
    made = QIcon()
    for size in SIZES:
        image = tray_image(full, size, dot=dot, dark_panel=dark_panel, minutes=minutes)
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
    """An empty picture. `fill` would load all of Qt's enums (40 ms); the icon does without."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.eraseRect(0, 0, size, size)
    painter.end()
    return image


def _drawing(source: str, colour: str, badge: str) -> QSvgRenderer:
    """A drawing in its colours."""
    return renderer(
        source.replace('id="badge" fill="currentColor"', f'id="badge" fill="{badge}"'), colour
    )


def _grid(size: int) -> int:
    """The pixel grid of which this size is a multiple."""
    return next((known for known in (24, 22, 16) if size % known == 0), 16)


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


def _paint_halo(painter: QPainter, source: str, size: int) -> None:
    """A thin pale edge round the shape: the shape itself, drawn with a broad pale line."""
    reach = 2 * float(source.partition('viewBox="0 0 ')[2].partition(" ")[0]) / 28
    edge = f'<g stroke="{_HALO}" stroke-width="{reach:.2f}" stroke-linejoin="round" opacity="0.4" '
    renderer(source.replace("<g ", edge), _HALO).render(painter, QRectF(0, 0, size, size))


def _paint_dot(painter: QPainter, size: int, colour: str, share: float) -> None:
    """A dot at the lower left with a clear edge cut out of whatever is under it."""
    radius = round(size * share) / 2
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    _paint_circle(painter, size, radius, radius + max(0.75, size / 22), "#000000")
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    _paint_circle(painter, size, radius, radius, colour)


def _paint_circle(painter: QPainter, size: int, centre: float, radius: float, colour: str) -> None:
    """A circle at the lower left, as a drawing too: a brush needs Qt's enums."""
    source = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<circle cx="{centre}" cy="{size - centre}" r="{radius}" fill="{colour}"/></svg>'
    )
    renderer(source, colour).render(painter, QRectF(0, 0, size, size))
