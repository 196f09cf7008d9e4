"""Paints what blocks stand on: columns, lines of hours, gaps, odd days, the line of now."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from toggl_desktop.domain.calendar import Axis, Hour, clock_change, hours_of
from toggl_desktop.domain.timer import fillable_gaps
from toggl_desktop.ui.calendar.layout import Column, Layout
from toggl_desktop.ui.calendar.letters import Letters
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import RADIUS, SIZE, SPACE, mix

_MINOR: Final = ((5, 26.0), (15, 26.0), (30, 26.0))
"""Lines between hours: every so many minutes, once they are so many pixels apart."""
_LABEL_ROOM: Final = 6
_DAY: Final = 86400


class GridPainter:
    """Knows the scale and the colours of time that is not recorded."""

    def __init__(self, theme: Theme, phrases: Phrases) -> None:
        self._theme = theme
        self._phrases = phrases
        self._now_y: float | None = None
        self.measure()

    def measure(self) -> None:
        """Takes fonts and widths from the theme; again when fonts or words are others."""
        self._caption = Letters(self._theme.font(SIZE.caption))
        self._body = Letters(self._theme.font())
        widest = max(
            self._caption.width(self._phrases.hour(Hour(0, hour))) for hour in (0, 10, 12, 20)
        )
        self.gutter = widest + SPACE.small + SPACE.medium

    # The ground ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, clip: QRectF, layout: Layout, today: date, now: int) -> None:
        """Paints everything below the blocks, as far as it shows."""
        painter.fillRect(clip, QColor(self._theme.tokens.surface))
        usual = self._usual(layout)
        for column in layout.columns:
            self._ground(painter, clip, layout, column, today)
        # Days that are alike share their lines: one stroke goes through all of them.
        first = min(c.left for c in layout.columns)
        last = max(c.right for c in layout.columns)
        self._rule(painter, clip, usual, first, last)
        for column in layout.columns:
            if column.axis.top > 0 or column.axis.low + _DAY != column.axis.high:
                self._ground(painter, clip, layout, column, today)
                self._rule(painter, clip, column, column.left, column.right)
            self._column(painter, clip, layout, column)
        current = layout.column_of(now)
        self._now_y = None if current is None else current.axis.y(now)
        self._scale(painter, clip, layout, usual)

    def paint_over(self, painter: QPainter, clip: QRectF, layout: Layout, now: int) -> None:
        """Paints what must be seen over the blocks: changes of the clock, and now."""
        for column in layout.columns:
            self._odd_hours(painter, clip, layout, column)
        self._now(painter, layout, now)

    def _ground(
        self, painter: QPainter, clip: QRectF, layout: Layout, column: Column, today: date
    ) -> None:
        tokens, day = self._theme.tokens, column.sheet.day
        colour = tokens.surface
        if day == today and len(layout.columns) > 1:
            colour = tokens.tint(tokens.accent, 0.045)
        elif self._phrases.is_weekend(day):
            colour = tokens.raised
        place = QRectF(column.left, clip.top(), column.width, clip.height())
        painter.fillRect(place, QColor(colour))

    def _rule(self, painter: QPainter, clip: QRectF, column: Column, left: int, right: int) -> None:
        """Paints the lines of a day's hours, from one side to another."""
        tokens = self._theme.tokens
        line, fine = QColor(tokens.line), QColor(mix(tokens.surface, tokens.line, 0.55))
        for y, is_full in self._lines(column, clip):
            painter.fillRect(QRectF(left, y, right - left, 1), line if is_full else fine)

    def _column(self, painter: QPainter, clip: QRectF, layout: Layout, column: Column) -> None:
        tokens = self._theme.tokens
        if column.axis.top > 0:  # the day is shorter than others and begins lower
            void = QRectF(column.left, 0, column.width, column.axis.top)
            painter.fillRect(void.intersected(clip), QColor(tokens.sunken))
        edge = column.left if not layout.is_rtl else column.right - 1
        painter.fillRect(QRectF(edge, clip.top(), 1, clip.height()), QColor(tokens.line_strong))
        self._gaps(painter, clip, column)

    def _lines(self, column: Column, clip: QRectF) -> Iterator[tuple[float, bool]]:
        axis = column.axis
        for hour in self._hours(column):
            y = round(axis.y(hour.at))
            if clip.top() - 1 <= y <= clip.bottom():
                yield y, True
        for at in self._between(column, clip):
            yield round(axis.y(at)), False

    def _hours(self, column: Column) -> tuple[Hour, ...]:
        return hours_of(column.sheet.day, self._phrases.wording.zone)

    def _between(self, column: Column, clip: QRectF) -> Iterator[int]:
        """Yields the moments between full hours that get a line at this scale."""
        axis = column.axis
        minutes = next((m for m, room in _MINOR if axis.per_hour * m / 60 >= room), 0)
        if not minutes:
            return
        first, end = axis.at(clip.top() - 1), axis.at(clip.bottom() + 1)
        hours = [hour.at for hour in self._hours(column)]
        for at, following in pairwise((*hours, axis.high)):
            if following >= first and at <= end:
                yield from range(at + minutes * 60, following, minutes * 60)

    def _gaps(self, painter: QPainter, clip: QRectF, column: Column) -> None:
        """Says how long nothing was recorded between two entries, where there is room for it."""
        for gap in fillable_gaps(column.sheet.spans):
            top, bottom = column.axis.y(gap.start), column.axis.y(gap.stop)
            if bottom - top < self._caption.height + 2:
                continue
            if bottom < clip.top() or top > clip.bottom():
                continue
            text = self._phrases.wording.brief_length(gap.stop - gap.start)
            width = self._caption.width(text) + SPACE.medium
            if width > column.width - SPACE.large:
                continue
            tokens = self._theme.tokens
            middle = QRectF(column.left, top, column.width - SPACE.small, bottom - top)
            painter.setFont(self._caption.font)
            painter.setPen(QColor(tokens.second))
            painter.drawText(middle, int(Qt.AlignmentFlag.AlignCenter), text)

    # The scale ----------------------------------------------------------------------------

    def _scale(self, painter: QPainter, clip: QRectF, layout: Layout, column: Column) -> None:
        """Paints the hours of a day beside the columns."""
        step = self._step(column.axis)
        painter.fillRect(
            QRectF(layout.gutter_left, clip.top(), layout.gutter, clip.height()),
            QColor(self._theme.tokens.surface),
        )
        room = QRectF(layout.gutter_left, 0, layout.gutter, 0)
        low, high = clip.top() - 2 * self._caption.height, clip.bottom() + self._caption.height
        for hour in self._hours(column):
            if not low <= column.axis.y(hour.at) <= high:
                continue
            is_odd = bool(hour.zone) and len(layout.columns) == 1
            if hour.hour % step and not is_odd:
                continue
            y = column.axis.y(hour.at)
            if y > column.axis.top or hour.hour:
                self._label(painter, room, y, self._phrases.hour(hour), layout)
            if is_odd:
                low = y + self._caption.height - 2
                self._label(painter, room, low, hour.zone, layout)
        for at in self._between(column, clip):
            if column.axis.per_hour >= 4 * _MINOR[0][1]:
                self._label(painter, room, column.axis.y(at), self._phrases.minute(at), layout)

    def _usual(self, layout: Layout) -> Column:
        """Returns the day whose hours the scale shows: an ordinary one if there is one."""
        zone = self._phrases.wording.zone
        for column in layout.columns:
            if clock_change(column.sheet.day, zone) is None and column.axis.high > column.axis.low:
                return column
        return layout.columns[0]

    def _step(self, axis: Axis) -> int:
        """Returns after how many hours there is room for the next label."""
        room = self._caption.height + _LABEL_ROOM
        return next((n for n in (1, 2, 3, 6) if n * axis.per_hour >= room), 12)

    def _label(self, painter: QPainter, room: QRectF, y: float, text: str, layout: Layout) -> None:
        height = self._caption.height
        if self._now_y is not None and abs(y - self._now_y) < height:
            return  # the label of now would lie half over it
        place = QRectF(room.left(), y - height / 2, room.width(), height)
        place = place.adjusted(SPACE.hair, 0, -SPACE.small, 0)
        if layout.is_rtl:
            place.translate(SPACE.hair, 0)
        painter.setFont(self._caption.font)
        painter.setPen(QColor(self._theme.tokens.second))
        # The painter's direction makes right the side that is next to the columns.
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), text)

    # Odd days -----------------------------------------------------------------------------

    def _odd_hours(self, painter: QPainter, clip: QRectF, layout: Layout, column: Column) -> None:
        """Marks where clocks change, and names the hours that the scale names otherwise."""
        change = clock_change(column.sheet.day, self._phrases.wording.zone)
        if change is None or column.axis.y(change.at) < clip.top() - 2 * column.axis.per_hour:
            return
        y = round(column.axis.y(change.at)) + 0.5
        painter.setPen(QPen(QColor(self._theme.tokens.warning), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(column.left + 1, y), QPointF(column.right - 1, y))
        room = column.width - 2 * SPACE.small
        texts = (self._phrases.change(change), self._phrases.change_briefly(change))
        for text in texts:
            if self._caption.width(text) <= room:
                tone = self._theme.tokens.warning
                self._tag(painter, column, y + 2, text, tone, is_far=layout.is_rtl)
                break
        if len(layout.columns) > 1 and self._usual(layout) is not column:
            self._own_hours(painter, column, change.at, is_rtl=layout.is_rtl)

    def _own_hours(self, painter: QPainter, column: Column, change: int, *, is_rtl: bool) -> None:
        """Before the change the hours lie elsewhere than in the other days: they get names."""
        if self._step(column.axis) > 1:
            return
        for hour in self._hours(column):
            if hour.at >= change and not hour.zone:
                break
            text = " ".join(part for part in (self._phrases.hour(hour), hour.zone) if part)
            y = column.axis.y(hour.at) + 2
            if hour.at == change:
                y += self._caption.height
            self._tag(painter, column, y, text, self._theme.tokens.second, is_far=not is_rtl)

    def _tag(
        self, painter: QPainter, column: Column, y: float, text: str, tone: str, *, is_far: bool
    ) -> None:
        """Paints a word over whatever is there, at the near or the far side of a column."""
        tokens = self._theme.tokens
        width, height = self._caption.width(text) + SPACE.small, self._caption.height
        left = column.right - width - SPACE.hair if is_far else column.left + SPACE.hair
        place = QRectF(left, y, width, height)
        ground = QColor(tokens.surface)
        ground.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, RADIUS.bar, RADIUS.bar)
        painter.setFont(self._caption.font)
        painter.setPen(QColor(tokens.word(tone)))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def paint_invitation(self, painter: QPainter, layout: Layout, sight: QRectF) -> None:
        """Says what can be done here, where nothing is recorded yet."""
        first = min(c.left for c in layout.columns)
        last = max(c.right for c in layout.columns)
        room = QRectF(first, sight.top(), last - first, sight.height())
        room = room.adjusted(SPACE.large, 0, -SPACE.large, -sight.height() / 3)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        text = self._phrases.invitation()
        place = QRectF(self._body.metrics.boundingRect(room.toRect(), flags, text))
        place = place.adjusted(-SPACE.medium, -SPACE.small, SPACE.medium, SPACE.small)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.surface))
        painter.drawRoundedRect(place, RADIUS.card, RADIUS.card)
        painter.setFont(self._body.font)
        painter.setPen(QColor(self._theme.tokens.second))
        painter.drawText(room, flags, text)

    # Now ----------------------------------------------------------------------------------

    def _now(self, painter: QPainter, layout: Layout, now: int) -> None:
        """Paints the line of now, strong in today's column and faint across the others."""
        column = layout.column_of(now)
        if column is None:
            return
        tokens = self._theme.tokens
        y = round(column.axis.y(now))
        first = min(c.left for c in layout.columns)
        last = max(c.right for c in layout.columns)
        if len(layout.columns) > 1:
            faint = QColor(tokens.accent)
            faint.setAlphaF(0.30)
            painter.fillRect(QRectF(first, y, last - first, 1), faint)
        painter.fillRect(QRectF(column.left, y - 0.5, column.width, 2), QColor(tokens.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        near = column.right if layout.is_rtl else column.left
        ahead = -6.0 if layout.is_rtl else 6.0
        points = [QPointF(near, y - 4.5), QPointF(near + ahead, y + 0.5), QPointF(near, y + 5.5)]
        painter.drawPolygon(QPolygonF(points))
        self._now_label(painter, layout, y, now)

    def _now_label(self, painter: QPainter, layout: Layout, y: float, now: int) -> None:
        tokens = self._theme.tokens
        text = self._phrases.wording.time(now)
        height = self._caption.height + 2
        width = min(self._caption.width(text) + 8, layout.gutter)
        left = layout.gutter_left if layout.is_rtl else layout.gutter - width
        place = QRectF(left, y - height / 2, width, height)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(self._caption.font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
