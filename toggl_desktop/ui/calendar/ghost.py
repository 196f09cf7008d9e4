"""Paints what a drag would do: the block as it would be, and a label with times and difference."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from toggl_desktop.ui.calendar.blocks import BlockPainter, Look
from toggl_desktop.ui.calendar.gestures import Deed, Draft
from toggl_desktop.ui.calendar.layout import Block, Column, Layout
from toggl_desktop.ui.calendar.letters import Letters
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE
from toggl_desktop.ui.timer.days import EntryItem

_STRENGTH: Final = 0.75


def ghost_rects(draft: Draft, layout: Layout) -> list[tuple[Column, QRectF]]:
    """Returns where a draft lies: a place in each day that it touches."""
    found = []
    low, high = draft.span
    for column in layout.columns:
        first, end = max(low, column.axis.low), min(high, column.axis.high)
        if first < end:
            top, bottom = column.axis.y(first), column.axis.y(end)
            strip = SPACE.small
            left = column.left + (strip if layout.is_rtl else 2)
            height = max(bottom - top - 1, 4)
            found.append((column, QRectF(left, round(top), column.width - strip - 2, height)))
    return found


class GhostPainter:
    """Paints drafts over the blocks."""

    def __init__(self, theme: Theme, phrases: Phrases, blocks: BlockPainter) -> None:
        self._theme = theme
        self._phrases = phrases
        self._blocks = blocks
        self.measure()

    def measure(self) -> None:
        """Takes fonts from the theme; again when they are others."""
        self._caption = Letters(self._theme.font(SIZE.caption, SIZE.semibold))

    def paint(self, painter: QPainter, draft: Draft, layout: Layout, clip: QRectF) -> None:
        """Paints a draft; the label stays in sight however far the block reaches."""
        if draft.deed is Deed.CUT:
            self._cut(painter, draft, layout, clip)
            return
        rects = ghost_rects(draft, layout)
        for column, rect in rects:
            self._block(painter, draft, column, rect, layout)
        if rects and draft.deed is not Deed.CREATE:
            self._label(painter, draft, layout, rects, clip)

    def _block(
        self, painter: QPainter, draft: Draft, column: Column, rect: QRectF, layout: Layout
    ) -> None:
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(_STRENGTH)
        painter.setBrush(QColor(tokens.surface))  # what lies below must not mix with the words
        painter.drawRoundedRect(rect, RADIUS.bar, RADIUS.bar)
        if draft.row is None:
            painter.setBrush(QColor(tokens.tint(tokens.accent, 0.28)))
            painter.drawRoundedRect(rect, RADIUS.bar, RADIUS.bar)
        else:
            item = EntryItem(
                column.sheet.day,
                draft.row,
                max(draft.span.low, column.axis.low),
                min(draft.span.high, column.axis.high),
                is_from_before=draft.span.low < column.axis.low,
                goes_on=draft.span.high > column.axis.high,
                overlaps=False,
            )
            face = self._phrases.wording.face(item)
            self._blocks.paint(
                painter, Block(item, rect), face, Look(is_hovered=True), is_rtl=layout.is_rtl
            )
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), RADIUS.bar, RADIUS.bar)

    def _label(
        self,
        painter: QPainter,
        draft: Draft,
        layout: Layout,
        rects: list[tuple[Column, QRectF]],
        clip: QRectF,
    ) -> None:
        is_stop = draft.deed is Deed.STOP
        _, rect = rects[-1] if is_stop else rects[0]
        size = self._size(self._phrases.draft(draft))
        top = rect.bottom() + SPACE.hair if is_stop else rect.top() - size.height() - SPACE.hair
        left = rect.right() - size.width() if layout.is_rtl else rect.left()
        self.chip(painter, QPointF(left, top), self._phrases.draft(draft), layout, clip)

    def _size(self, text: str) -> QSizeF:
        height = self._caption.height + SPACE.hair + 2
        return QSizeF(self._caption.width(text) + 2 * SPACE.small, height)

    def chip(
        self, painter: QPainter, corner: QPointF, text: str, layout: Layout, clip: QRectF
    ) -> None:
        """Paints a label near a corner, but wholly in sight."""
        tokens, size = self._theme.tokens, self._size(text)
        first = min(c.left for c in layout.columns)
        last = max(c.right for c in layout.columns)
        left = max(min(corner.x(), last - size.width()), first)
        top = max(min(corner.y(), clip.bottom() - size.height() - 2), clip.top() + 2)
        place = QRectF(QPointF(round(left), round(top)), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        painter.drawRoundedRect(place, RADIUS.control, RADIUS.control)
        painter.setPen(QColor(tokens.surface))
        painter.setFont(self._caption.font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _cut(self, painter: QPainter, draft: Draft, layout: Layout, clip: QRectF) -> None:
        """Paints where an entry would be cut, for the keyboard."""
        column = layout.column_of(draft.cut)
        if column is None:
            return
        tokens = self._theme.tokens
        y = column.axis.y(draft.cut)
        lid = None if draft.row is None else draft.row.lid
        rect = next((b.rect for b in column.blocks if b.lid == lid), QRectF())
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(rect.left() - 2, y), QPointF(rect.right() + 2, y))
        text = self._phrases.draft(draft)
        height = self._size(text).height()
        self.chip(painter, QPointF(rect.left() + SPACE.large, y - height / 2), text, layout, clip)
