"""The one locator of pictures, and icons that follow the theme by themselves.

An icon is a drawing of one colour (`currentColor`); what that colour is gets decided when it is
painted, from the palette in force. So nobody has to set icons again after a switch of theme, and
every size and scale is drawn from the curves, never stretched.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QDir, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from toggl_desktop.ui.theme.tokens import DARK, LIGHT, Tokens

SEARCH_PREFIX: Final = "toggl"
"""How a style sheet names a picture without knowing the root: `url(toggl:controls/…)`."""

_DRAWN_AT: Final = 20
_SMALL_STROKE: Final = 1.75
_INSTALLED: Final = Path("share") / "toggl-desktop"
_PACKAGE: Final = Path(__file__).resolve().parents[2]


class _Root:
    """Where the pictures are; found once, or said by the program's start."""

    path: Path | None = None


def set_root(root: Path) -> None:
    """Makes every later look-up start at a directory that holds `icons`, `tray`, `controls`."""
    _Root.path = root
    QDir.setSearchPaths(SEARCH_PREFIX, [str(root)])
    _source.cache_clear()


def resource(*parts: str) -> Path:
    """The path of a picture; it says nothing about whether the file is there."""
    return _root().joinpath(*parts)


def find_root(package: Path = _PACKAGE) -> Path:
    """The directory of pictures that belongs to a package directory.

    In this order: inside the package (a frozen program), beside it (a checkout), and where an
    installation puts shared data (`share/toggl-desktop` under the prefix).

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    candidates = [package / "resources", package.parent / "resources"]
    candidates += [parent / _INSTALLED for parent in package.parents]
    for candidate in candidates:
        if (candidate / "icons").is_dir():
            return candidate
    raise FileNotFoundError(f"no pictures belong to {package.name}; is it installed completely?")


def tokens_in_force() -> Tokens:
    """The tokens that match the application's palette as it is now."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < 128 else LIGHT


def icon_names() -> tuple[str, ...]:
    """Every name that `icon` knows, sorted."""
    return tuple(sorted(path.stem for path in resource("icons").glob("*.svg")))


@lru_cache(maxsize=512)
def icon(name: str, tone: str = "text") -> QIcon:
    """An icon of the drawn set that follows the theme, the scale and the disabled state.

    Args:
        name: the file's name in `icons`, without its ending.
        tone: the name of a colour among the tokens, or a colour as `#rrggbb`.

    Raises:
        FileNotFoundError: there is no such drawing.
    """
    _source(name)
    from toggl_desktop.ui.theme.drawing import Drawing

    return QIcon(Drawing.made(name, tone))


def pixmap(name: str, size: int, scale: float, colour: str) -> QPixmap:
    """One drawing in one colour, exactly `size` wide at a screen scale."""
    pixels = max(1, round(size * scale))
    canvas = QPixmap(pixels, pixels)
    canvas.fill(QColor(0, 0, 0, 0))
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(_weighed(_source(name), size), colour).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    canvas.setDevicePixelRatio(scale)
    return canvas


def renderer(source: str, colour: str) -> QSvgRenderer:
    """A drawing that paints its `currentColor` in the given colour."""
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def _weighed(source: str, size: int) -> str:
    """A drawing below its own size of 20 gets a stronger line, or it would look grey."""
    if size >= _DRAWN_AT:
        return source
    return source.replace('stroke-width="1.5"', f'stroke-width="{_SMALL_STROKE}"')


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _root() -> Path:
    if _Root.path is None:
        set_root(find_root())
    assert _Root.path is not None
    return _Root.path
