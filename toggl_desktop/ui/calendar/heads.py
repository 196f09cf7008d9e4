"""The heads of the days: weekday, number, and what was recorded; today is marked."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.ui.calendar.layout import Column, Layout
from toggl_desktop.ui.calendar.letters import Letters
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE, SPACE, Tokens


class Heads(QWidget):
    """A strip over the columns; it does not scroll with them."""

    def __init__(self, theme: Theme, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phrases = phrases
        self._layout: Layout | None = None
        self._today: date | None = None
        self.setAccessibleName(self.tr("Days"))
        self.measure()

    def measure(self) -> None:
        """Takes fonts from the theme; again when they are others."""
        self._strong = Letters(self._theme.font(SIZE.body, SIZE.semibold))
        self._caption = Letters(self._theme.font(SIZE.caption))
        self.wanted_height = self._strong.height + SPACE.large
        self.update()

    def show_layout(self, layout: Layout, today: date) -> None:
        """Shows the heads of these columns."""
        self._layout, self._today = layout, today
        spoken = "; ".join(self._phrases.spoken_day(c.sheet) for c in layout.columns)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(event.rect(), QColor(tokens.surface))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(tokens.line_strong))
        if self._layout is not None:
            for column in self._layout.columns:
                self._head(painter, column, tokens)
        painter.end()

    def _head(self, painter: QPainter, column: Column, tokens: Tokens) -> None:
        inner = QRectF(column.left, 0, column.width, self.height() - 1)
        inner = inner.adjusted(SPACE.small, 0, -SPACE.small, 0)
        day, is_rtl = column.sheet.day, self.isRightToLeft()
        middle = Qt.AlignmentFlag.AlignVCenter
        number = str(day.day)
        width = max(self._strong.width(number), self._strong.width("00")) + SPACE.medium
        height = self._strong.height + SPACE.hair
        left = inner.right() - width if is_rtl else inner.left()
        pill = QRectF(left, (inner.height() - height) / 2, width, height)
        colour = tokens.text
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(pill, height / 2, height / 2)
            colour = tokens.on_accent
        painter.setFont(self._strong.font)
        painter.setPen(QColor(colour))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), number)
        rest = inner.adjusted(width + SPACE.hair, 0, 0, 0)
        if is_rtl:
            rest = inner.adjusted(0, 0, -width - SPACE.hair, 0)
        weekday, total = self._phrases.weekday(day), self._phrases.total(column.sheet)
        painter.setFont(self._caption.font)
        painter.setPen(QColor(tokens.text if day == self._today else tokens.second))
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | middle), weekday)
        taken = self._caption.width(weekday) + SPACE.small
        if total and rest.width() - taken >= self._caption.width(total):
            painter.setPen(QColor(tokens.second))
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignRight | middle), total)
