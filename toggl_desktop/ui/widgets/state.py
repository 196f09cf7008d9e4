"""Small pictures that say something: the timer's state as a shape, and icons beside text."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE

_DISC = 12


class StateMark(QWidget):
    """Shows whether an entry runs; it never blinks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_running = False
        self.setFixedSize(SIZE.icon, SIZE.icon)
        self.show_running(running=False)

    def show_running(self, *, running: bool) -> None:
        """Shows one of the two states."""
        self._is_running = running
        self.setAccessibleName(self.tr("Running") if running else self.tr("Stopped"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(SIZE.icon, SIZE.icon)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = (self.width() - _DISC) / 2
        disc = QRectF(side, side, _DISC, _DISC)
        if self._is_running:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.shape(tokens.running)))
            painter.drawEllipse(disc)
        else:
            painter.setPen(QPen(QColor(tokens.second), 2))
            painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.end()


class IconMark(QWidget):
    """An icon beside text, in the colours of the theme in force; silent to a screen reader."""

    def __init__(
        self, name: str = "info", tone: str = "second", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(SIZE.icon, SIZE.icon)

    def show_icon(self, name: str, tone: str) -> None:
        """Shows another icon."""
        self._name, self._tone = name, tone
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon(self._name, self._tone).paint(painter, self.rect())
        painter.end()
