"""The running clock: figures that change every second and cost next to nothing."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE

_PAD: Final = 4


class ClockFace(QAbstractButton):
    """Shows a length in tabular figures; a press asks to change it.

    It paints its own ground, so that nothing behind it is painted at a tick, and of the figures
    only those that have changed.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures = ""
        self._is_quiet = False
        self._measure()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.show_figures("0:00:00")

    def _measure(self) -> None:
        self.setFont(type_font(SIZE.clock, SIZE.regular))
        self._metrics = QFontMetrics(self.font())
        self._widths = {c: self._metrics.horizontalAdvance(c) for c in "0123456789:"}

    @override
    def text(self) -> str:
        return self._figures

    def show_figures(self, text: str) -> None:
        """Shows figures; repaints from the first one that is another on."""
        if text == self._figures:
            return
        before, self._figures = self._figures, text
        if len(before) != len(text):
            self.updateGeometry()
            self.update()
            return
        first = next(i for i, c in enumerate(text) if c != before[i])
        left = self._left() + self._width(text[:first])
        self.update(QRect(left, 0, self.width() - left, self.height()))

    def show_quiet(self, *, quiet: bool) -> None:
        """Shows figures that stand still in a paler tone."""
        if quiet != self._is_quiet:
            self._is_quiet = quiet
            self.update()

    def _width(self, text: str) -> int:
        return sum(self._widths.get(c, 0) for c in text)

    def _left(self) -> int:
        return self.width() - _PAD - self._width(self._figures)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._width(self._figures) + 2 * _PAD, self._metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange):
            # A style sheet takes the mark off whatever it has a rule for.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return done

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens.surface))
        if self.underMouse() or self.isDown():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.tint(tokens.text, 0.06)))
            painter.drawRoundedRect(self.rect(), RADIUS.control, RADIUS.control)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.disabled if self._is_quiet else tokens.text))
        left, base = self._left(), self._metrics.ascent()
        for figure in self._figures:
            width = self._widths.get(figure, 0)
            if left + width > event.rect().left():
                painter.drawText(left, base, figure)
            left += width
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.accent), SIZE.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(inner, RADIUS.control, RADIUS.control)
        painter.end()
