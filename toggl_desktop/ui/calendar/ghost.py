"""Paints what a drag would do: the block as it would be, and a label with times and difference."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
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
_AROUND: Final = 4


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

    def paint(
        self, painter: QPainter, draft: Draft, layout: Layout, sight: QRectF, *, is_labelled: bool
    ) -> None:
        """Paints a draft; the label stays in sight however far the block reaches."""
        if draft.deed is Deed.CUT:
            self._cut(painter, draft, layout)
        else:
            for one in reversed(draft.all):
                for column, rect in ghost_rects(one, layout):
                    self._block(painter, one, column, rect, layout)
        if is_labelled:
            self._label(painter, draft, layout, sight)

    def area(self, draft: Draft, layout: Layout, sight: QRectF) -> QRectF:
        """Returns everything that a draft and its label cover."""
        area = self._label_place(draft, layout, sight)
        if draft.deed is Deed.CUT:
            area = area.united(_cut_line(draft, layout))
        for one in draft.all:
            for _, rect in ghost_rects(one, layout):
                area = area.united(rect)
        return area.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)

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

    def _label(self, painter: QPainter, draft: Draft, layout: Layout, sight: QRectF) -> None:
        tokens, place = self._theme.tokens, self._label_place(draft, layout, sight)
        if place.isEmpty():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.text))
        painter.drawRoundedRect(place, RADIUS.control, RADIUS.control)
        painter.setPen(QColor(tokens.surface))
        painter.setFont(self._caption.font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._phrases.draft(draft))

    def _label_place(self, draft: Draft, layout: Layout, sight: QRectF) -> QRectF:
        """Returns a place beside what is dragged, but wholly in sight; empty if that is nowhere."""
        width = self._caption.width(self._phrases.draft(draft)) + 2 * SPACE.small
        height = self._caption.height + SPACE.hair + 2
        rects = [rect for _, rect in ghost_rects(draft, layout)]
        if draft.deed is Deed.CUT:
            line = _cut_line(draft, layout)
            left, top = line.left() + SPACE.large, line.center().y() - height / 2
        elif not rects:
            return QRectF()
        else:
            is_stop = draft.deed is Deed.STOP
            rect = rects[-1] if is_stop else rects[0]
            top = rect.bottom() + SPACE.hair if is_stop else rect.top() - height - SPACE.hair
            left = rect.right() - width if layout.is_rtl else rect.left()
        first = min(c.left for c in layout.columns)
        last = max(c.right for c in layout.columns)
        left = max(min(left, last - width), first)
        top = max(min(top, sight.bottom() - height - 2), sight.top() + 2)
        return QRectF(round(left), round(top), width, height)

    def _cut(self, painter: QPainter, draft: Draft, layout: Layout) -> None:
        """Paints where an entry would be cut, for the keyboard."""
        line = _cut_line(draft, layout)
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 2, Qt.PenStyle.DashLine))
        painter.drawLine(line.topLeft(), line.topRight())


def _cut_line(draft: Draft, layout: Layout) -> QRectF:
    """Returns the line of a cut, across the block that it cuts; empty if that is not shown."""
    column = layout.column_of(draft.cut)
    lid = None if draft.row is None else draft.row.lid
    blocks = () if column is None else column.blocks
    rect = next((b.rect for b in blocks if b.lid == lid), None)
    if column is None or rect is None:
        return QRectF()
    return QRectF(rect.left() - 2, column.axis.y(draft.cut), rect.width() + 4, 0)
