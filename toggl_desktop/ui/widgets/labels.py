"""The label classes behind `text.label`: each shows a text and never obeys it.

They are loaded with the first window, not with the tray.
"""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import ELLIPSIS, many_lines, one_line
from toggl_desktop.ui.widgets.text import tooltip


class PlainLabel(QLabel):
    """A label whose every text is shown as it is written, on one line unless it wraps."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        shown = many_lines(text) if self.wordWrap() else one_line(text)
        if shown != self.text():
            super().setText(shown)


class FigureLabel(PlainLabel):
    """A plain label for figures that change every second, all of one width.

    It keeps one size for as long as the text keeps its length: a label of free size makes Qt lay
    the whole window out anew at every tick.
    """

    @override
    def setText(self, text: str) -> None:
        if len(text) != len(self.text()) or self.minimumWidth() != self.maximumWidth():
            room = self.fontMetrics().size(0, text)
            self.setFixedSize(room.width() + 2, room.height())
        super().setText(text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            room = self.fontMetrics().size(0, self.text())
            self.setFixedSize(room.width() + 2, room.height())


class ElidedLabel(PlainLabel):
    """A plain label that ends with an ellipsis when it is too narrow; its tooltip tells the rest.

    A screen reader always gets the whole text.
    """

    @property
    def is_elided(self) -> bool:
        """Whether some of the text is hidden at the present width."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        few = self.fontMetrics().horizontalAdvance(f"nnn{ELLIPSIS}")
        return QSize(min(hint.width(), few), hint.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.drawFrame(painter)
        area = self._text_area()
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, area.width())
        self.style().drawItemText(
            painter,
            area,
            int(QStyle.visualAlignment(self.layoutDirection(), self.alignment())),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        asks = isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip
        if asks and not self.toolTip() and self.is_elided:
            QToolTip.showText(QCursor.pos(), tooltip(self.text()), self)
            return True
        return super().event(event)

    def _text_area(self) -> QRect:
        margin = self.margin()
        return self.contentsRect().adjusted(margin, margin, -margin, -margin)
