"""Paints the rows of the list from prepared words; decides nothing and asks nobody."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE, SPACE, mix
from toggl_desktop.ui.timer.canvas import MARK, Canvas, Type
from toggl_desktop.ui.timer.days import DayHead, EntryItem, GapItem, Item
from toggl_desktop.ui.timer.layout import ACTION, Heights, actions
from toggl_desktop.ui.timer.wording import Face
from toggl_desktop.ui.widgets.diamond import word

_TONES: Final = {
    "overlap": "warning",
    "billable": "second",
    "unsent": "second",
    "problem": "problem",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is to be shown now.

    Attributes:
        zone: The button under the pointer: `go`, `more` or nothing.
        total: The figures of a day that grows.
    """

    is_rtl: bool = False
    is_wide: bool = False
    is_selected: bool = False
    is_hovered: bool = False
    has_focus: bool = False
    zone: str = ""
    total: str = ""

    @property
    def shows_actions(self) -> bool:
        """Whether the row's buttons are there."""
        return self.is_hovered or self.has_focus


class RowPainter:
    """Knows fonts, colours and the places inside a row."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.measure()

    def measure(self) -> None:
        """Takes fonts and widths from the theme; again when the fonts are others."""
        theme = self._theme
        self.heights = Heights.of(theme)
        self._body = Type.of(theme.font())
        self._strong = Type.of(theme.font(SIZE.body, SIZE.semibold))
        self._caption = Type.of(theme.font(SIZE.caption))
        self._length_width = self._body.width("00:00:00")

    def column(self, item: EntryItem, face: Face, *, is_wide: bool) -> int:
        """Returns the width of the figures at the far side of an entry's row."""
        marks = len(face.marks) * (MARK + SPACE.hair)
        chevrons = MARK * (item.is_from_before + item.goes_on)
        if not is_wide:
            return max(self._length_width, self._caption.width(face.span) + chevrons + marks)
        span = max(self._body.width(face.span), self._body.width("00:00 – 00:00")) + chevrons
        return self._length_width + SPACE.large + span + marks

    def clear(self, painter: QPainter, rect: QRect) -> None:
        """Paints the plain surface."""
        painter.fillRect(rect, QColor(self._theme.tokens.surface))

    def paint(self, painter: QPainter, rect: QRect, item: Item, face: Face, look: Look) -> None:
        """Paints one row."""
        canvas = Canvas(painter, rect, self._theme, look.is_rtl)
        if isinstance(item, DayHead):
            self._paint_head(canvas, item, face, look)
            return
        self._paint_ground(canvas, look)
        if isinstance(item, GapItem):
            self._paint_gap(canvas, face, look)
        else:
            self._paint_entry(canvas, item, face, look)

    def _paint_head(self, canvas: Canvas, item: DayHead, face: Face, look: Look) -> None:
        """Paints a day's name and total on the plain surface, so that it can float."""
        tokens, row = canvas.tokens, canvas.row
        canvas.painter.fillRect(row, QColor(tokens.surface))
        canvas.painter.fillRect(QRect(row.left(), row.top(), row.width(), 1), QColor(tokens.line))
        inner = canvas.inner.adjusted(0, SPACE.hair, 0, 0)
        total = face.length or look.total
        width = self._strong.width(total)
        name = inner.adjusted(0, 0, -width - SPACE.small, 0)
        canvas.text(name, face.title, self._strong, tokens.text, is_free=True)
        canvas.text(inner, total, self._strong, tokens.text, is_end=True)

    def _paint_gap(self, canvas: Canvas, face: Face, look: Look) -> None:
        tokens, inner = canvas.tokens, canvas.inner
        middle = inner.center().y()
        canvas.mark("gap", "second", inner.left(), middle)
        span = self._caption.width(face.span)
        text = inner.adjusted(MARK + SPACE.hair + 2, 0, -span - SPACE.small, 0)
        colour = (
            word(tokens.accent, is_dark=tokens.is_dark) if look.shows_actions else tokens.second
        )
        canvas.text(text, face.title, self._caption, colour, is_free=True)
        if look.shows_actions:
            canvas.text(inner, face.span, self._caption, tokens.second, is_end=True)

    def _paint_entry(self, canvas: Canvas, item: EntryItem, face: Face, look: Look) -> None:
        column = self.column(item, face, is_wide=look.is_wide)
        taken = column + SPACE.small
        if look.shows_actions:
            taken += 2 * ACTION
            self._paint_actions(canvas, column, look)
        text = canvas.inner.adjusted(0, 0, -taken, 0)
        if look.is_wide:
            self._paint_wide(canvas, text, item, face)
        else:
            self._paint_narrow(canvas, text, item, face)

    def _paint_narrow(self, canvas: Canvas, text: QRect, item: EntryItem, face: Face) -> None:
        """Two lines: what and how long, then for whom and when."""
        heights, inner = self.heights, canvas.inner
        top = inner.top() + (inner.height() - heights.body - heights.caption - 2) // 2
        first = QRect(text.left(), top, text.width(), heights.body)
        second = QRect(text.left(), first.bottom() + 3, text.width(), heights.caption)
        self._paint_title(canvas, first, face)
        self._paint_about(canvas, second, face, self._caption)
        ends = QRect(inner.left(), first.top(), inner.width(), heights.body)
        canvas.text(ends, face.length, self._body, canvas.tokens.text, is_end=True)
        span = QRect(inner.left(), second.top(), inner.width(), heights.caption)
        self._paint_span(canvas, span, item, face, self._caption)

    def _paint_wide(self, canvas: Canvas, text: QRect, item: EntryItem, face: Face) -> None:
        """One line in columns: what, for whom, when, how long."""
        inner = canvas.inner
        half = (inner.width() * 2) // 5
        first = QRect(text.left(), text.top(), min(half, text.width()), text.height())
        self._paint_title(canvas, first, face)
        about = text.adjusted(half + SPACE.large, 0, 0, 0)
        self._paint_about(canvas, about, face, self._body)
        canvas.text(inner, face.length, self._body, canvas.tokens.text, is_end=True)
        span = inner.adjusted(0, 0, -self._length_width - SPACE.large, 0)
        self._paint_span(canvas, span, item, face, self._body)

    def _paint_title(self, canvas: Canvas, rect: QRect, face: Face) -> None:
        colour = canvas.tokens.second if face.is_untitled else canvas.tokens.text
        canvas.text(rect, face.title, self._body, colour, is_free=not face.is_untitled)

    def _paint_about(self, canvas: Canvas, rect: QRect, face: Face, type_: Type) -> None:
        """Paints project, client and tags from the near side on, as far as there is room."""
        tokens = canvas.tokens
        left, end = rect.left(), rect.right() + 1
        if face.color and end - left > SPACE.wide:
            left = canvas.diamond(left, rect.center().y(), face.color)
        colour = word(face.color, is_dark=tokens.is_dark) if face.color else tokens.second
        dot = "·" if face.client else ""
        for text, tone, gap in (
            (face.project, colour, SPACE.hair if dot else SPACE.small),
            (dot, tokens.second, SPACE.hair),
            (face.client, tokens.second, SPACE.small),
            (face.tags, tokens.second, 0),
        ):
            if not text or end - left < SPACE.wide:
                continue
            width = min(type_.width(text) + 1, end - left)
            canvas.text(
                QRect(left, rect.top(), width, rect.height()), text, type_, tone, is_free=True
            )
            left += width + gap

    def _paint_span(
        self, canvas: Canvas, rect: QRect, item: EntryItem, face: Face, type_: Type
    ) -> None:
        """Paints marks and times at the far side; a chevron says that the entry goes on there."""
        end, middle = rect.right() + 1, rect.center().y()
        onward, back = "chevron-right", "chevron-left"
        if canvas.is_rtl:
            onward, back = back, onward
        if item.goes_on:
            end -= MARK
            canvas.mark(onward, "second", end + 2, middle)
        width = type_.width(face.span)
        place = QRect(end - width, rect.top(), width, rect.height())
        canvas.text(place, face.span, type_, canvas.tokens.second, is_end=True)
        end -= width
        if item.is_from_before:
            end -= MARK
            canvas.mark(back, "second", end - 2, middle)
        for mark in reversed(face.marks):
            end -= MARK + SPACE.hair
            canvas.mark(mark, _TONES[mark], end, middle)

    def _paint_actions(self, canvas: Canvas, column: int, look: Look) -> None:
        tokens = canvas.tokens
        places = actions(canvas.row, column)
        inset = (ACTION - SIZE.icon) // 2
        for name, place, zone in (("continue", places.go, "go"), ("more", places.more, "more")):
            is_under = look.zone == zone
            if is_under:
                canvas.ground(canvas.turned(place), mix(tokens.surface, tokens.text, 0.12))
            spot = place.adjusted(inset, inset, -inset, -inset)
            canvas.icon(name, "text" if is_under else "second", spot)

    def _paint_ground(self, canvas: Canvas, look: Look) -> None:
        tokens = canvas.tokens
        place = canvas.row.adjusted(SPACE.hair, 1, -SPACE.hair, -1)
        if look.is_selected:
            canvas.ground(place, tokens.tint(tokens.accent, 0.14))
        elif look.is_hovered:
            canvas.ground(place, mix(tokens.surface, tokens.text, 0.04))
        if look.has_focus:
            canvas.ring(place)
