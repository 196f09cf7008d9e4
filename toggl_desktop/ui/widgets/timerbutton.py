"""The one large button: starts or stops, by shape and by colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE, mix

_DISC = 32
_RING = 2 * SIZE.focus
_SQUARE = 10
_REACH = 6.5


class TimerButton(QAbstractButton):
    """A disc with a triangle that starts, or with a square that stops."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stops = False
        self.setFixedSize(_DISC + 2 * _RING, _DISC + 2 * _RING)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_action(stops=False)

    @property
    def stops(self) -> bool:
        """Whether it stops what runs."""
        return self._stops

    def show_action(self, *, stops: bool) -> None:
        """Shows what a press will do."""
        self._stops = stops
        name = self.tr("Stop") if stops else self.tr("Start")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(e)

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        tokens = self._theme.tokens
        colour = tokens.running if self._stops else tokens.accent
        if self.isDown():
            colour = mix(colour, tokens.text, 0.24)
        elif self.underMouse():
            colour = mix(colour, tokens.text, 0.12)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(_RING, _RING, _DISC, _DISC)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), SIZE.focus))
            painter.drawEllipse(disc.adjusted(-3, -3, 3, 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(disc)
        painter.setBrush(QColor(tokens.on_accent))
        self._paint_glyph(painter, disc)
        painter.end()

    def _paint_glyph(self, painter: QPainter, disc: QRectF) -> None:
        centre = disc.center()
        if self._stops:
            corner = _SQUARE / 2
            square = QRectF(centre.x() - corner, centre.y() - corner, _SQUARE, _SQUARE)
            painter.drawRoundedRect(square, 2, 2)
            return
        # A triangle looks centred when its weight is, which is left of the middle of its box.
        left = centre.x() - _REACH * 0.66
        corners = [
            QPointF(left, centre.y() - _REACH),
            QPointF(left + _REACH * 1.75, centre.y()),
            QPointF(left, centre.y() + _REACH),
        ]
        painter.drawPolygon(QPolygonF(corners))
