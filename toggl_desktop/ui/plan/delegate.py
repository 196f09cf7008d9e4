"""Paints one bar, and says which part of it a pointer is on."""

from collections.abc import Container
from enum import Enum, auto
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen, QStaticText

from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.ui.plan.faces import Face, Faces
from toggl_desktop.ui.plan.looks import (
    CAP,
    CORNER,
    FADE,
    LATE,
    SHORT,
    STRIP,
    Looks,
    paint_body,
    paint_corner,
)
from toggl_desktop.ui.theme.tokens import RADIUS, SPACE, luminance

GRIP: Final = 8
"""So wide is the place where an edge can be taken hold of, also on the shortest bar."""
_PAD: Final = 7
LEAST_WORDS: Final = 28
"""A shorter bar has no words."""
_PROGRESS: Final = 3
_SLICES: Final = 8
_DISC: Final = 18
_CHIP: Final = 15


class Zone(Enum):
    """Where on a bar something is."""

    BODY = auto()
    LEFT = auto()
    RIGHT = auto()


def zone_at(box: Box, x: int) -> Zone:
    """Returns the part of a bar at a place.

    On a bar with room for it the edges reach inwards only; on a shorter one they reach outwards, so
    that something of its middle is always left to take hold of.
    """
    inner = min(GRIP, max(0, (box.width - GRIP) // 3))
    if x < box.x + inner:
        return Zone.LEFT
    if x >= box.x + box.width - inner:
        return Zone.RIGHT
    return Zone.BODY


def reach_of(width: int) -> int:
    """Returns how far outside a bar of some width its edges can still be taken hold of."""
    return max(0, GRIP - min(GRIP, max(0, (width - GRIP) // 3)))


def words_area(box: Box, face: Face, left: int, edge: int) -> QRect:
    """Returns the part of a bar that looks different when the view begins elsewhere.

    Args:
        box: The bar.
        face: What it shows.
        left: Where the view begins.
        edge: The right one of the two places where it begins and began.
    """
    begin = max(left, box.x + CAP)
    end = box.x + box.width - CAP
    if not (face.tags or face.initials or face.is_rtl):
        end = min(end, edge + _PAD + max(face.width, face.name_width) + SPACE.small)
    return QRect(begin, box.y, max(0, end - begin), box.height)


class _Long(NamedTuple):
    """Words that are too long for their bar: where they may be seen, and where they begin."""

    area: QRect
    at: int
    text: QStaticText
    rect: tuple[int, int, int, int]
    right: int
    face: Face


class BarPainter:
    """Paints bars on a screen from ready-made pieces, or as shapes for paper.

    Attributes:
        painted: How many it has painted.
        clip: What the painter is clipped to; None for nothing. It is left as it was.
        faces: Lays out words that were not painted before.
        beside: The bars whose name is beside them: an id, and the height they are at.
        today: What ended before this day and is not done is overdue.
    """

    def __init__(self, looks: Looks, *, is_vector: bool = False) -> None:
        self._is_vector = is_vector
        self.painted = 0
        self.clip: QRect | None = None
        self.faces: Faces | None = None
        self.beside: Container[tuple[str, int]] = ()
        self.today = 0
        self.show_looks(looks)

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours and fonts."""
        self._looks = looks
        self._height = looks.measures.bar
        self._text_top = (looks.measures.bar - looks.metrics.height()) // 2
        self._chip = max(_CHIP, looks.small_metrics.height())

    def paint(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face, left: int
    ) -> None:
        """Paints one bar as `paint_all` does."""
        x, y, width, _ = rect
        self.paint_all(painter, [(x, y, width, face)], left)

    def paint_all(
        self, painter: QPainter, places: list[tuple[int, int, int, Face]], left: int
    ) -> None:
        """Paints bars that do not lie over one another: each kind of stroke at once.

        Args:
            painter: Ready to paint, with the looks' font.
            places: The left, the top and the width of each, and what it shows.
            left: Where the view begins: words of a bar that begins before it begin there.
        """
        self.painted += len(places)
        today, beside = self.today, self.beside
        worded: list[tuple[int, int, int, Face]] = []
        marked: list[tuple[int, int, int, Face]] = []
        for place in places:
            _, y, width, face = place
            if width >= LEAST_WORDS and (face.bar[0], y) not in beside:
                worded.append(place)
            if face.has_marks or (face.due < today and width > LATE):
                marked.append(place)
        self._paint_bodies(painter, places)
        self._paint_words(painter, worded, left)
        for x, y, width, face in marked:
            self._paint_marks(painter, (x, y, width, self._height), face)

    def _paint_marks(self, painter: QPainter, rect: tuple[int, int, int, int], face: Face) -> None:
        x, y, width, _ = rect
        bar = face.bar
        if face.due < self.today and width > LATE:
            self._paint_late(painter, x, y)
        if bar.checklist_total and width > 2 * _PAD:
            self._paint_progress(painter, rect, face)
        if bar.has_notes and width > 2 * CORNER:
            self._paint_corner(painter, rect, face)

    def _paint_late(self, painter: QPainter, x: int, y: int) -> None:
        """Tears the left edge of what should be done by now."""
        if not self._is_vector:
            painter.drawPixmap(x, y, self._looks.late)
            return
        painter.setPen(QPen(self._looks.surface, 0.8))
        painter.setBrush(self._looks.problem)
        painter.drawPolygon(self._looks.late_shape().translated(x, y))

    def _paint_bodies(self, painter: QPainter, places: list[tuple[int, int, int, Face]]) -> None:
        if self._is_vector:
            for x, y, width, face in places:
                rect = QRectF(x, y, width, self._height)
                paint_body(painter, rect, face.skin, self._looks.edge_width)
            return
        draw, scale = painter.drawPixmap, self._looks.scale
        height, more = round(self._height * scale), 0 if scale.is_integer() else 1
        for x, y, width, face in places:
            skin = face.skin
            if width <= SHORT:
                draw(x, y, skin.short(width))
                continue
            inside = width - CAP
            piece = min(STRIP, inside)
            draw(x, y, skin.strip, 0, 0, round(piece * scale) + more, height)
            at = piece
            while at < inside:  # only bars longer than a strip
                piece = min(inside - at, STRIP - CAP)
                source = round(CAP * scale)
                draw(x + at, y, skin.strip, source, 0, round(piece * scale) + more, height)
                at += piece
            draw(x + inside, y, skin.cap)

    # Inside -------------------------------------------------------------------------------

    def _paint_words(
        self, painter: QPainter, places: list[tuple[int, int, int, Face]], left: int
    ) -> None:
        """Paints what stands on bars; what is too long for one ends at its edge, softly."""
        draw, faces, down = painter.drawStaticText, self.faces, self._text_top
        long: list[_Long] = []
        pen: QColor | None = None
        for x, y, width, face in places:
            if not face.is_filled and faces is not None:
                faces.fill(face)
            end = x + width
            right = end
            if face.initials:
                right = self._paint_initials(painter, (x, y, width, self._height), face)
            begin = max(left, x) + _PAD
            room = right - _PAD - begin
            if face.tags and room > face.width + SPACE.wide:
                rect = (x, y, width, self._height)
                room = self._paint_tags(painter, rect, face, right) - begin
            text, wide = face.text, face.width
            if room < face.least:
                text, wide = face.name, face.name_width
            if room < _PAD or text is None:
                continue
            if wide > room:
                at = right - 1 - _PAD - wide if face.is_rtl else begin
                is_covered = right == end and not (face.is_rtl or self._is_vector)
                last = right - (CAP if is_covered else 1)
                area = QRect(begin, y, last - begin, self._height)
                long.append(_Long(area, at, text, (x, y, width, self._height), right, face))
                continue
            if face.skin.text is not pen:
                pen = face.skin.text
                painter.setPen(pen)
            draw(begin, y + down, text)  # in sight also where the bar runs on
        self._paint_long(painter, long)

    def _paint_long(self, painter: QPainter, long: list["_Long"]) -> None:
        if not long:
            return
        clip, pen, down = self.clip, None, self._text_top
        for area, at, text, _, _, face in long:
            painter.setClipRect(area if clip is None else area.intersected(clip))
            if face.skin.text is not pen:
                pen = face.skin.text
                painter.setPen(pen)
            painter.drawStaticText(at, area.y() + down, text)
        if clip is None:
            painter.setClipping(False)
        else:
            painter.setClipRect(clip)
        for one in long:
            if one.face.is_rtl:
                begin, room = one.area.x(), one.area.width()
                self._paint_fade_in(painter, one.rect, one.face, begin, room)
            else:
                self._paint_fade(painter, one.rect, one.face, one.right)

    def _paint_fade(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face, right: int
    ) -> None:
        """Lets words that are too long vanish in the bar's colour, right before its end."""
        x, y, width, height = rect
        if right == x + width and width > FADE + 2 * CAP and not self._is_vector:
            painter.drawPixmap(right - FADE - CAP, y, face.skin.fade)
            return
        reach = min(FADE, max(4, (right - x) // 3))
        if self._is_vector:  # readers of PDF and SVG paint a see-through ramp as a solid one
            step = reach / _SLICES
            for slice_ in range(_SLICES):
                veil = QColor(face.skin.fill)
                veil.setAlphaF((slice_ + 1) / _SLICES)
                begin = right - 1.5 - reach + slice_ * step
                painter.fillRect(QRectF(begin, y + 2, step, height - 4), veil)
            return
        painter.drawPixmap(right - reach - 2, y + 2, face.skin.ramp(reach))

    def _paint_fade_in(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face, begin: int, room: int
    ) -> None:
        """Lets words that are written from right to left vanish at their other end."""
        _x, y, _width, height = rect
        reach = min(FADE, max(4, room // 3))
        fill = face.skin.fill
        if self._is_vector:
            step = reach / _SLICES
            for slice_ in range(_SLICES):
                veil = QColor(fill)
                veil.setAlphaF(1 - slice_ / _SLICES)
                painter.fillRect(QRectF(begin + slice_ * step, y + 2, step, height - 4), veil)
            return
        ramp = QLinearGradient(QPointF(begin, 0), QPointF(begin + reach, 0))
        clear = QColor(fill)
        clear.setAlpha(0)
        ramp.setColorAt(0, fill)
        ramp.setColorAt(1, clear)
        painter.fillRect(QRectF(begin, y + 2, reach, height - 4), ramp)

    def _paint_initials(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face
    ) -> int:
        """Paints who it is for at the right; returns where that begins."""
        x, y, width, height = rect
        disc = min(_DISC, height - 4)
        fitting = min(len(face.initials), 3, (width - 2 * _PAD) // (disc + 2) - 1)
        if fitting < 1:
            return x + width
        at = x + width - 3
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._looks.small_font)
        for letters, color in face.initials[:fitting]:
            at -= disc
            place = QRectF(at, y + (height - disc) / 2, disc, disc)
            ground = QColor(color)
            painter.setPen(QPen(QColor("#ffffff"), 1))
            painter.setBrush(ground)
            painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(QColor("#000000" if luminance(ground.name()) > 0.4 else "#ffffff"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letters[:2])
            at -= 2
        painter.restore()
        return at

    def _paint_tags(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face, right: int
    ) -> int:
        """Paints tags at the right as far as there is room; returns where they begin."""
        x, y, _width, height = rect
        at = right - SPACE.hair
        least = x + _PAD + face.width + SPACE.small
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._looks.small_font)
        for words, color, width in face.tags:
            begin = at - width - 10
            if begin < least:
                break
            place = QRectF(begin, y + (height - self._chip) / 2, width + 10, self._chip)
            painter.setPen(QPen(QColor(face.skin.colours.edge), 0.5))
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(place, RADIUS.bar, RADIUS.bar)
            painter.setPen(
                QColor("#000000" if luminance(QColor(color).name()) > 0.4 else "#ffffff")
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
            at = begin - 3
        painter.restore()
        return at - SPACE.hair

    # Marks --------------------------------------------------------------------------------

    def _paint_progress(
        self, painter: QPainter, rect: tuple[int, int, int, int], face: Face
    ) -> None:
        """Paints how much of the checklist is done along the lower edge."""
        x, y, width, height = rect
        bar = face.bar
        inside = width - 2 * RADIUS.bar
        done = inside * min(bar.checklist_done, bar.checklist_total) // bar.checklist_total
        top = y + height - _PROGRESS - 1
        painter.fillRect(x + RADIUS.bar + done, top, inside - done, _PROGRESS, face.skin.veil)
        if done:
            painter.fillRect(x + RADIUS.bar, top, done, _PROGRESS, face.skin.strong)

    def _paint_corner(self, painter: QPainter, rect: tuple[int, int, int, int], face: Face) -> None:
        """Paints a folded corner: there are notes."""
        x, y, width, _height = rect
        left = x + width - CORNER - 1
        if self._is_vector:
            paint_corner(painter, QPointF(left, y + 1), face.skin)
        else:
            painter.drawPixmap(left, y + 1, face.skin.corner)
