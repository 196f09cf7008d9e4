"""The label classes behind `text.label`: each shows a text and never obeys it.

They are loaded with the first window, not with the tray.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QHelpEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import ELLIPSIS, is_rtl, many_lines, one_line
from toggl_desktop.ui.widgets.text import tooltip

_LEAST: Final = 96
"""No narrower is a text of many lines made, however its words could be broken."""


class PlainLabel(QLabel):
    """A label whose every text is shown as it is written, on one line unless it wraps.

    It begins where the window's lines begin, in whichever script it is written: names from
    everywhere stand in one column then.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._begin_at_side()
        self.setText(text)

    def _begin_at_side(self) -> None:
        """Aligns by the window's direction; Qt would take the text's own."""
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        is_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(upright | side | Qt.AlignmentFlag.AlignAbsolute)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._begin_at_side()

    @override
    def setText(self, text: str) -> None:
        shown = many_lines(text) if self.wordWrap() else one_line(text)
        if shown != self.text():
            super().setText(shown)


class WrappedLabel(PlainLabel):
    """A plain label of many lines that also breaks a word which is wider than there is room.

    Qt's would ask for the width of its longest word: one address without a space, and everything
    beside it is pushed out of the window.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setWordWrap(True)
        self.setText(text)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    @override
    def heightForWidth(self, width: int) -> int:
        if self._holds_words(width):
            return super().heightForWidth(width)
        edges = self.contentsMargins()
        room = width - edges.left() - edges.right()
        return round(self._laid(room)[1] + 0.5) + edges.top() + edges.bottom()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._holds_words(self.width()):
            super().paintEvent(event)
            return
        area = self.contentsRect()
        laid, height = self._laid(area.width())
        top = area.top()
        if not self.alignment() & Qt.AlignmentFlag.AlignTop:
            top += max(0, round((area.height() - height) / 2))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        laid.draw(painter, QPointF(area.left(), top))
        painter.end()

    def _holds_words(self, width: int) -> bool:
        """Whether each word fits into a line of this width, so that Qt's own way will do."""
        return super().minimumSizeHint().width() <= width

    def _laid(self, width: int) -> tuple[QTextLayout, float]:
        """Returns the text in lines of at most this width, and their height."""
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        laid = QTextLayout(self.text().replace("\n", "\u2028"), self.font(), self)
        laid.setTextOption(option)
        laid.beginLayout()
        height = 0.0
        while (line := laid.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height()
        laid.endLayout()
        return laid, height


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
            self.alignment().value | self._way(),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    def _way(self) -> int:
        """The flag by which the ellipsis stands where this text ends, at its left perhaps."""
        ways = Qt.TextFlag.TextForceRightToLeft, Qt.TextFlag.TextForceLeftToRight
        return ways[0 if is_rtl(self.text()) else 1].value

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
