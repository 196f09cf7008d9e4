"""Paints a card: a stripe of its colour, its name, a line about it, who does it."""

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.board.faces import CardFace
from toggl_desktop.ui.board.model import CardModel
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, Tokens, luminance
from toggl_desktop.ui.widgets.diamond import shape

HEIGHT: Final = 68
_GAP: Final = 4
_STRIPE: Final = 4
_DISC: Final = 22
_OVER: Final = 17
_ELIDE: Final = Qt.TextElideMode.ElideRight
_FLAGS: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class CardPainter(QStyledItemDelegate):
    """Paints cards of one size."""

    def __init__(self, theme: Theme, width: int = 0, parent: QObject | None = None) -> None:
        """Makes a painter.

        Args:
            theme: Colours and fonts.
            width: The width of a card; 0 takes the list's.
            parent: The list.
        """
        super().__init__(parent)
        self._theme = theme
        self._width = width
        self.remeasure()

    def remeasure(self) -> None:
        """Takes the fonts in force."""
        self._font: QFont = self._theme.font(SIZE.body)
        self._strong: QFont = self._theme.font(SIZE.body, SIZE.semibold)
        self._small: QFont = self._theme.font(SIZE.caption)
        self._metrics = QFontMetrics(self._strong)
        self._plain_metrics = QFontMetrics(self._font)
        self._small_metrics = QFontMetrics(self._small)
        lines = 2 * self._metrics.lineSpacing() + self._small_metrics.lineSpacing()
        self.height = max(HEIGHT, lines + 2 * SPACE.small + _GAP)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self._width or 120, self.height)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        bar = model.bar(index.row()) if isinstance(model, CardModel) else None
        if bar is None or not isinstance(model, CardModel):
            return
        state = option.state
        self.paint_card(
            painter,
            option.rect,
            bar,
            model.face(index.row()),
            is_selected=bool(state & QStyle.StateFlag.State_Selected),
            is_current=bool(state & QStyle.StateFlag.State_HasFocus),
            is_hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )

    def paint_card(  # noqa: PLR0913
        self,
        painter: QPainter,
        rect: QRect,
        bar: Bar,
        face: CardFace,
        *,
        is_selected: bool = False,
        is_current: bool = False,
        is_hovered: bool = False,
    ) -> None:
        """Paints one card into a rectangle."""
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(2.5, _GAP / 2 + 0.5, -2.5, -_GAP / 2 - 0.5)
        ground = tokens.tint(tokens.accent, 0.14) if is_selected else tokens.surface
        edge = tokens.accent if is_current or is_selected else tokens.line
        edge = tokens.line_strong if is_hovered and edge == tokens.line else edge
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS.control, RADIUS.control)
        painter.fillPath(path, QColor(ground))
        self._stripe(painter, path, box, bar)
        painter.setPen(QPen(QColor(edge), SIZE.focus if is_current else 1))
        painter.drawPath(path)
        self._words(painter, box.toRect(), bar, face, tokens)
        painter.restore()

    def _stripe(self, painter: QPainter, path: QPainterPath, box: QRectF, bar: Bar) -> None:
        is_rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.right() - _STRIPE if is_rtl else box.left()
        colour = QColor(shape(bar.color, is_dark=self._theme.tokens.is_dark))
        colour.setAlphaF(0.6 if bar.is_done else 1.0)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(QRectF(left, box.top(), _STRIPE, box.height()), colour)
        painter.restore()

    def _words(
        self, painter: QPainter, box: QRect, bar: Bar, face: CardFace, tokens: Tokens
    ) -> None:
        inner = box.adjusted(_STRIPE + SPACE.small, SPACE.small - 2, -SPACE.small, -SPACE.hair)
        font = self._font if bar.is_done else self._strong
        painter.setFont(font)
        painter.setPen(QColor(tokens.second if bar.is_done else tokens.text))
        line = self._metrics.lineSpacing()
        for place, text in enumerate(self._two_lines(face.name, inner.width())):
            spot = QRect(inner.left(), inner.top() + place * line, inner.width(), line)
            painter.drawText(spot, _FLAGS | int(Qt.TextFlag.TextSingleLine), text)
        if bar.is_done:
            middle = inner.top() + line // 2 + 1
            width = min(inner.width(), self._plain_metrics.horizontalAdvance(face.name))
            painter.drawLine(inner.left(), middle, inner.left() + width, middle)
        room = inner.width() - self._discs(painter, inner, face, tokens)
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.second))
        about = self._small_metrics.elidedText(face.about, _ELIDE, room)
        height = self._small_metrics.lineSpacing()
        spot = QRect(inner.left(), inner.bottom() - height, room, height)
        painter.drawText(spot, _FLAGS | int(Qt.TextFlag.TextSingleLine), about)

    def _two_lines(self, name: str, width: int) -> list[str]:
        """Returns a name in one or two lines, broken between words where that is possible."""
        if self._metrics.horizontalAdvance(name) <= width:
            return [name]
        words, first = name.split(" "), ""
        while words:
            longer = f"{first} {words[0]}".strip()
            if self._metrics.horizontalAdvance(longer) > width:
                break
            first = longer
            words.pop(0)
        if not first:
            return [self._metrics.elidedText(name, _ELIDE, width)]
        return [first, self._metrics.elidedText(" ".join(words), _ELIDE, width)]

    def _discs(self, painter: QPainter, inner: QRect, face: CardFace, tokens: Tokens) -> int:
        """Paints the people; returns how much room they took."""
        shown = [*face.people, *([(f"+{face.more}", tokens.line_strong)] if face.more else [])]
        if not shown:
            return 0
        painter.setFont(self._small)
        left = inner.right() - (len(shown) - 1) * _OVER - _DISC
        for initials, colour in shown:
            spot = QRectF(left, inner.bottom() - _DISC + 1, _DISC, _DISC)
            painter.setPen(QPen(QColor(tokens.surface), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(spot)
            painter.setPen(QColor("#000000" if luminance(colour) > 0.35 else "#ffffff"))
            words = self._small_metrics.elidedText(initials, Qt.TextElideMode.ElideNone, _DISC)
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), words[:2])
            left += _OVER
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return (len(shown) - 1) * _OVER + _DISC + SPACE.hair
