"""A sheet of glass over the chart: shows a line that is being drawn, and lets pointers through."""

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE

_KNOB = 5


class Glass(QWidget):
    """Shows one line with words, or nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._room = parent
        self._line: QLineF | None = None
        self._words = ""
        self._colour = ""
        self._has_knob = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        parent.installEventFilter(self)
        self.hide()

    def show_line(
        self, line: QLineF, words: str = "", colour: str = "", *, has_knob: bool = False
    ) -> None:
        """Shows a line from one point to another, in a colour or the accent's."""
        self._line, self._words, self._has_knob = line, words, has_knob
        self._colour = colour or self._theme.tokens.accent
        self.setGeometry(self._room.rect())
        self.show()
        self.raise_()
        self.update()

    def clear(self) -> None:
        """Shows nothing."""
        self._line = None
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._room.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._line is None:
            return
        tokens = self._theme.tokens
        colour = QColor(tokens.shape(self._colour))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(self._line)
        if self._has_knob:
            painter.setBrush(colour)
            painter.drawEllipse(self._line.p2(), _KNOB, _KNOB)
        if self._words:
            self._paint_words(painter, self._line.p2())
        painter.end()

    def _paint_words(self, painter: QPainter, at: QPointF) -> None:
        tokens, font = self._theme.tokens, self._theme.font(SIZE.caption, SIZE.semibold)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(self._words) + 2 * SPACE.small
        height = metrics.height() + SPACE.hair
        left = max(2.0, min(at.x() + SPACE.small, self.width() - width - 2.0))
        top = max(2.0, min(at.y() - height / 2, self.height() - height - 2.0))
        spot = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        painter.drawRoundedRect(spot, RADIUS.control, RADIUS.control)
        painter.setPen(QColor(tokens.surface))
        painter.setFont(font)
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), self._words)
