"""The engine behind `assets.icon`: one drawing, painted in the colour of the moment."""

from functools import lru_cache
from typing import Final, Self

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

from toggl_desktop.ui.theme import assets


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, scale: float, colour: str) -> QPixmap:
    return assets.pixmap(name, size, scale, colour)


class Drawing(QIconEngine):
    """Paints one drawing in the colour that the palette in force gives its tone."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    @classmethod
    def made(cls, name: str, tone: str) -> Self:
        """Returns an engine that lives as long as the program.

        WORKAROUND PySide6 6.11: the binding hands an engine to C++ but lets Python free it.
        Remove when test_icons shows that a copy survives without this reference.
        """
        engine = cls(name, tone)
        _engines.append(engine)
        return engine

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
        return QPixmap(_pixmap(self._name, side, scale, self._colour(mode)))

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
        return self.made(self._name, self._tone)

    def _colour(self, mode: QIcon.Mode) -> str:
        tokens = assets.tokens_in_force()
        if mode == QIcon.Mode.Disabled:
            return tokens.disabled
        if self._tone.startswith("#"):
            return QColor(self._tone).name()
        colour: str = getattr(tokens, self._tone)
        return colour


_engines: Final[list[Drawing]] = []
