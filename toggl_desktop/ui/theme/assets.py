"""The one locator of pictures, and icons that follow the theme by themselves.

An icon is a drawing of one colour (`currentColor`); what that colour is gets decided when it is
painted, from the palette in force. So nobody has to set icons again after a switch of theme, and
every size and scale is drawn from the curves, never stretched.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QDir, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from typing_extensions import override

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
    engine = _Engine(name, tone)
    _engines.append(engine)
    return QIcon(engine)


def pixmap(name: str, size: int, scale: float, colour: str) -> QPixmap:
    """One drawing in one colour, exactly `size` wide at a screen scale."""
    pixels = max(1, round(size * scale))
    canvas = QPixmap(pixels, pixels)
    canvas.fill(Qt.GlobalColor.transparent)
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


@lru_cache(maxsize=1024)
def _cached_pixmap(name: str, size: int, scale: float, colour: str) -> QPixmap:
    return pixmap(name, size, scale, colour)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def _root() -> Path:
    if _Root.path is None:
        set_root(find_root())
    assert _Root.path is not None
    return _Root.path


class _Engine(QIconEngine):
    """Paints one drawing in the colour that the palette in force gives its tone."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        drawn = self.scaledPixmap(rect.size(), mode, state, scale)
        side = drawn.deviceIndependentSize().toSize()
        corner = QPoint(
            rect.x() + (rect.width() - side.width()) // 2,
            rect.y() + (rect.height() - side.height()) // 2,
        )
        painter.drawPixmap(corner, drawn)

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = max(1, min(size.width(), size.height()))
        return QPixmap(_cached_pixmap(self._name, side, scale, self._colour(mode)))

    @override
    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    @override
    def iconName(self) -> str:
        return ""

    @override
    def key(self) -> str:
        return "toggl-drawing"

    @override
    def clone(self) -> QIconEngine:
        twin = _Engine(self._name, self._tone)
        # WORKAROUND PySide6 6.11: the binding hands the twin to C++ but lets Python free it.
        # Remove when test_icons shows that a copy survives without this reference.
        _engines.append(twin)
        return twin

    def _colour(self, mode: QIcon.Mode) -> str:
        tokens = tokens_in_force()
        if mode == QIcon.Mode.Disabled:
            return tokens.disabled
        if self._tone.startswith("#"):
            return QColor(self._tone).name()
        colour: str = getattr(tokens, self._tone)
        return colour


_engines: Final[list[_Engine]] = []
