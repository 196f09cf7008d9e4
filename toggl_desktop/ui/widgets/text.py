"""Labels, menus and tooltips that show a text and never obey it.

Names and descriptions come from servers and files. Qt guesses rich text and would load the
pictures it names; here nothing is guessed.
"""

import html
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import ELLIPSIS, many_lines, one_line
from toggl_desktop.ui.theme.fonts import type_font
from toggl_desktop.ui.theme.tokens import SIZE

MENU_LIMIT: Final = 60
TOOLTIP_LIMIT: Final = 600

_ROLES: Final[dict[str, tuple[int, int]]] = {
    "body": (SIZE.body, SIZE.regular),
    "strong": (SIZE.body, SIZE.semibold),
    "caption": (SIZE.caption, SIZE.regular),
    "emphasis": (SIZE.strong, SIZE.semibold),
    "title": (SIZE.title, SIZE.semibold),
    "clock": (SIZE.clock, SIZE.regular),
}
_TONES: Final = {"caption": "second"}


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


def label(  # noqa: PLR0913
    text: str = "",
    *,
    role: str = "body",
    tone: str = "",
    elided: bool = False,
    figures: bool = False,
    wraps: bool = False,
    parent: QWidget | None = None,
) -> PlainLabel:
    """The only way to a label: plain text, the role's type, nothing in it that can act.

    Args:
        text: what to show; it may come from anywhere.
        role: "body", "strong", "caption", "emphasis", "title" or "clock".
        tone: a tone of the style sheet; captions are "second" unless told otherwise.
        elided: shortens with an ellipsis instead of asking for room.
        figures: keeps its size while its figures change.
        wraps: breaks lines, and keeps the text's own.
        parent: the label's owner.
    """
    kind = ElidedLabel if elided else FigureLabel if figures else PlainLabel
    made = kind(parent=parent)
    size, weight = _ROLES[role]
    made.setFont(type_font(size, weight))
    made.setProperty("tone", tone or _TONES.get(role, ""))
    made.setWordWrap(wraps)
    made.setText(text)
    return made


def menu_text(text: str, limit: int = MENU_LIMIT) -> str:
    """A text for a menu entry, button or tab: one line, and `&` is a sign, not a shortcut."""
    return one_line(text, limit).replace("&", "&&")


def plain(text: str, limit: int = TOOLTIP_LIMIT) -> str:
    """Rich text that shows exactly this plain text: for message boxes and whatever else guesses."""
    escaped = html.escape(many_lines(text, limit))
    return f'<div style="white-space: pre-wrap">{escaped}</div>' if escaped else ""


def tooltip(text: str) -> str:
    """A tooltip that shows exactly this plain text, wrapped where it is long."""
    return plain(text, TOOLTIP_LIMIT)
