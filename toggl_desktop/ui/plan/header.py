"""The head of the timeline: two rows that name days, and the milestones, which never hide."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF, QStaticText, QTransform

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.axis import MINUTES, Axis, weekday
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.rows import MilestoneRow
from toggl_desktop.domain.plan.ticks import Scale, Stretch, Unit, scale_of, stretches, week_number
from toggl_desktop.ui.plan.ground import fill
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.theme.tokens import RADIUS

DIAMOND: Final = 6
_ROUND: Final = DIAMOND + 2
_PAD: Final = 6
_NEAR: Final = 96
"""Milestones nearer to each other than this are one mark with a count."""
_LABEL_LIMIT: Final = 40
_MOST_TEXTS: Final = 400


class Written(NamedTuple):
    """Words laid out, and how wide they are."""

    text: QStaticText
    width: int


class Flag(NamedTuple):
    """One mark in the band of milestones.

    Attributes:
        x: Its middle; the first one's, if it is several.
        rows: What it stands for: one milestone, or several that lie near each other.
        room: How far its words may reach from the middle.
    """

    x: int
    rows: tuple[MilestoneRow, ...]
    room: int


def flags(milestones: Sequence[MilestoneRow], axis: Axis) -> list[Flag]:
    """Returns the marks of milestones in order of time; those that lie near each other are one."""
    groups: list[tuple[int, list[MilestoneRow]]] = []
    for row in milestones:
        x = axis.x_at(row.day, MINUTES // 2)
        if groups and x - groups[-1][0] < _NEAR:
            groups[-1][1].append(row)
        else:
            groups.append((x, [row]))
    found = []
    for place, (x, rows) in enumerate(groups):
        after = groups[place + 1][0] if place + 1 < len(groups) else x + 10_000
        found.append(Flag(x, tuple(rows), after - x - 2 * DIAMOND - 10))
    return found


class HeaderPainter:
    """Paints the header, or a part of it, with any painter."""

    def __init__(self, looks: Looks, *, is_vector: bool = False) -> None:
        self._is_vector = is_vector
        self._key: object = None
        self._flags: list[Flag] = []
        self.show_looks(looks)

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours and fonts."""
        self._looks = looks
        self._texts: dict[tuple[str, bool], Written] = {}
        self._names: dict[tuple[Unit, int, bool], str] = {}
        self._diamonds: dict[tuple[str, bool, bool], QPixmap] = {}
        self.row = looks.small_metrics.height() + 8
        self.band = looks.small_metrics.height() + 8
        self._text_top = 4

    def height(self, scene: Scene) -> int:
        """Returns how high the header is; without milestones there is no band for them."""
        return 2 * self.row + (self.band if scene.milestones else 0)

    def flags(self, scene: Scene) -> list[Flag]:
        """Returns the marks of the milestones."""
        key = (id(scene.milestones), len(scene.milestones), scene.axis)
        if key != self._key:
            self._key = key
            self._flags = flags(scene.milestones, scene.axis)
        return self._flags

    def paint(
        self, painter: QPainter, clip: Box, scene: Scene, *, pointed: int | None, left: int
    ) -> None:
        """Paints a part of the header.

        Args:
            painter: Counts sideways as the chart does, downwards from the header's top.
            clip: The part.
            scene: What is shown.
            pointed: The day under the pointer.
            left: Where the view begins: names of what begins before it begin there.
        """
        looks, axis = self._looks, scene.axis
        painter.fillRect(QRect(*clip), looks.surface)
        low, high = axis.day(clip.x) - 1, axis.day(clip.x + clip.width) + 1
        scale = scale_of(axis.per_day)
        if clip.y < self.row:
            self._paint_upper(painter, scene, scale.upper, (low, high), left)
        if clip.y + clip.height <= self.row:
            return
        self._paint_lower(painter, clip, scene, (low, high), pointed)
        bottom = self.height(scene) - 1
        painter.fillRect(clip.x, bottom, clip.width, 1, looks.line_strong)
        if scene.milestones:
            self._paint_flags(painter, clip, scene)

    def _name(
        self, unit: Unit, stretch: Stretch, *, is_upper: bool = False, is_roomy: bool = False
    ) -> str:
        """Returns how a stretch is called, from memory when it was called so before."""
        key = (unit, stretch.first, is_upper or is_roomy)
        found = self._names.get(key)
        if found is None:
            if len(self._names) > _MOST_TEXTS:
                self._names.clear()
            found = name_of(unit, stretch, is_roomy=is_roomy, is_upper=is_upper)
            self._names[key] = found
        return found

    def _written(self, words: str, *, is_strong: bool = False) -> "Written":
        """Returns words that were laid out before, and how wide they are."""
        key = (words, is_strong)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            looks = self._looks
            text = QStaticText(words)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), looks.small_strong if is_strong else looks.small_font)
            found = self._texts[key] = Written(text, round(text.size().width()))
        return found

    def paint_over(
        self, painter: QPainter, area: QRect, scene: Scene, *, pointed: int | None, left: int
    ) -> None:
        """Paints what is not the same wherever the view begins: on a header painted without it."""
        looks, axis = self._looks, scene.axis
        unit, day = scale_of(axis.per_day).upper, axis.day(left)
        after = axis.x(stretches(unit, day, day, scene.first_weekday)[0].after)
        if area.x() < after and area.y() < self.row:
            painter.fillRect(left, 0, after - left, self.row, looks.surface)
            self._paint_upper(painter, scene, unit, (day, day), left)
        if pointed is not None and axis.shows(pointed):
            self._paint_pointed(painter, scene, pointed)

    def _paint_upper(
        self, painter: QPainter, scene: Scene, unit: Unit, days: tuple[int, int], left: int
    ) -> None:
        looks, axis = self._looks, scene.axis
        painter.setFont(looks.small_strong)
        painter.setPen(looks.text)
        for stretch in stretches(unit, *days, scene.first_weekday):
            begin, after = axis.x(stretch.first), axis.x(stretch.after)
            painter.fillRect(begin, 0, 1, self.row, looks.line_strong)
            written = self._written(self._name(unit, stretch, is_upper=True), is_strong=True)
            at = max(begin + _PAD, min(left + _PAD, after - written.width - _PAD))
            if at + written.width <= after:
                painter.drawStaticText(at, self._text_top, written.text)

    def _paint_lower(
        self,
        painter: QPainter,
        clip: Box,
        scene: Scene,
        days: tuple[int, int],
        pointed: int | None,
    ) -> None:
        looks, axis, row = self._looks, scene.axis, self.row
        scale = scale_of(axis.per_day)
        painter.setFont(looks.small_font)
        painter.setPen(looks.second)
        top, free = row + self._text_top, []
        lines = [QRect(clip.x, row, clip.width, 1)]
        words: list[tuple[int, QStaticText]] = []
        today: tuple[QRect, Written] | None = None
        for stretch in stretches(scale.lower, *days, scene.first_weekday):
            first, after_last = stretch
            begin, after = axis.x(first), axis.x(after_last)
            width = after - begin
            if width < 4:
                continue
            lines.append(QRect(begin, row, 1, row))
            if scale.lower == "day" and (
                first in scene.holidays or weekday(first) in scene.weekend
            ):
                free.append(QRect(begin, row, width, row))
            written = self._written(self._words(scene, scale, stretch))
            if first <= scene.today < after_last:
                today = (QRect(begin, row, width, row), written)
            elif written.width < width + 4:
                words.append((begin + (width - written.width) // 2, written.text))
        fill(painter, free, looks.weekend)
        painter.setPen(looks.second)
        for at, text in words:
            painter.drawStaticText(at, top, text)
        if today is not None:
            self._paint_today(painter, *today, is_day=scale.lower == "day")
        fill(painter, lines, looks.line)
        if pointed is not None and axis.shows(pointed):
            self._paint_pointed(painter, scene, pointed)

    def _words(self, scene: Scene, scale: Scale, stretch: Stretch) -> str:
        """Returns what a stretch of the lower row is called."""
        if scale.lower == "week" and scene.has_week_numbers:
            return week_words(stretch.first)
        return self._name(scale.lower, stretch, is_roomy=scale.is_roomy)

    def _paint_today(
        self, painter: QPainter, area: QRect, written: Written, *, is_day: bool
    ) -> None:
        looks = self._looks
        if is_day:
            self._paint_pill(painter, area, looks.accent)
        painter.setPen(looks.on_accent if is_day else looks.accent)
        if written.width < area.width() + 4:
            at = area.left() + (area.width() - written.width) // 2
            painter.drawStaticText(at, self.row + self._text_top, written.text)

    def _paint_pill(self, painter: QPainter, area: QRect, color: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(area.adjusted(1, 2, -1, -2), RADIUS.bar, RADIUS.bar)
        painter.restore()

    def pointed_area(self, scene: Scene, day: int) -> QRect:
        """Returns where the day under the pointer is named."""
        begin, after = scene.axis.x(day), scene.axis.x_after(day)
        words = day_words(day)
        width = self._looks.small_metrics.horizontalAdvance(words) + 2 * _PAD
        width = max(width, after - begin)
        return QRect((begin + after - width) // 2, self.row, width, self.row)

    def _paint_pointed(self, painter: QPainter, scene: Scene, day: int) -> None:
        area = self.pointed_area(scene, day)
        looks = self._looks
        self._paint_pill(painter, area, looks.text if day != scene.today else looks.accent)
        painter.setFont(looks.small_font)
        painter.setPen(looks.surface if day != scene.today else looks.on_accent)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, day_words(day))

    # Milestones ---------------------------------------------------------------------------

    def _paint_flags(self, painter: QPainter, clip: Box, scene: Scene) -> None:
        looks = self._looks
        top = 2 * self.row
        middle = top + self.band // 2
        painter.setFont(looks.small_strong)
        for flag in self.flags(scene):
            if flag.x + 400 < clip.x or flag.x - DIAMOND > clip.x + clip.width:
                continue
            for place, row in reversed(list(enumerate(flag.rows[:3]))):
                self._paint_diamond(painter, QPointF(flag.x + 4 * place, middle), row, place)
            color = looks.word(flag.rows[0].color)
            painter.setPen(color if len(flag.rows) == 1 else looks.text)
            written = self._written(flag_words(flag), is_strong=True)
            if written.width > flag.room:
                words = looks.small_metrics.elidedText(
                    flag_words(flag), Qt.TextElideMode.ElideRight, flag.room
                )
                written = self._written(words, is_strong=True)
            painter.drawStaticText(_words_at(flag), top + self._text_top, written.text)

    def _paint_diamond(self, painter: QPainter, at: QPointF, row: MilestoneRow, place: int) -> None:
        """Paints a milestone's diamond; on a screen it is drawn once for each colour."""
        looks = self._looks
        if self._is_vector:
            _draw_diamond(painter, at, row, place, looks)
            return
        key = (row.color, row.is_done, place > 0)
        made = self._diamonds.get(key)
        if made is None:
            size = round((2 * _ROUND) * looks.scale)
            made = self._diamonds[key] = QPixmap(size, size)
            made.setDevicePixelRatio(looks.scale)
            made.fill(Qt.GlobalColor.transparent)
            drawn = QPainter(made)
            _draw_diamond(drawn, QPointF(_ROUND, _ROUND), row, place, looks)
            drawn.end()
        painter.drawPixmap(at - QPointF(_ROUND, _ROUND), made)

    def flag_area(self, flag: Flag) -> QRect:
        """Returns where a mark and its words are."""
        width = self._looks.small_metrics.horizontalAdvance(flag_words(flag))
        reach = _words_at(flag) - flag.x + DIAMOND + 4 + min(width, max(0, flag.room))
        return QRect(flag.x - DIAMOND - 2, 2 * self.row, reach, self.band)

    def flag_at(self, scene: Scene, x: int, y: int) -> Flag | None:
        """Returns the mark at a point of the header."""
        if not scene.milestones or y < 2 * self.row:
            return None
        for flag in self.flags(scene):
            if self.flag_area(flag).contains(x, y):
                return flag
        return None


def _draw_diamond(
    painter: QPainter, at: QPointF, row: MilestoneRow, place: int, looks: Looks
) -> None:
    color = looks.shape(row.color)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(looks.surface if place else color, 1.4))
    painter.setBrush(looks.surface if row.is_done and not place else color)
    ends = (QPointF(0, -DIAMOND), QPointF(DIAMOND, 0), QPointF(0, DIAMOND), QPointF(-DIAMOND, 0))
    painter.drawPolygon(QPolygonF([at + end for end in ends]))
    painter.restore()


def _words_at(flag: Flag) -> int:
    """Returns where a mark's words begin."""
    return flag.x + 4 * (min(len(flag.rows), 3) - 1) + DIAMOND + 5


def flag_words(flag: Flag) -> str:
    """Returns what a mark of milestones says: a name, and how many more there are."""
    name = one_line(flag.rows[0].name, _LABEL_LIMIT)
    return name if len(flag.rows) == 1 else f"{name} +{len(flag.rows) - 1}"


def name_of(unit: Unit, stretch: Stretch, *, is_roomy: bool = False, is_upper: bool = False) -> str:
    """Returns how a stretch of days is called in the header."""
    named = date.fromordinal(stretch.first)
    day = QDate(named.year, named.month, named.day)
    locale = QLocale()
    if unit == "day":
        if not is_roomy:
            return str(named.day)
        return locale.toString(day, _tr("d ddd"))
    if unit == "week":
        return str(named.day)
    if unit == "month":
        return locale.toString(day, _tr("MMMM yyyy") if is_upper else "MMM")
    if unit == "quarter":
        return _tr("Q{number}").format(number=(named.month + 2) // 3)
    if unit == "decade":
        return _tr("{year}s").format(year=named.year // 10 * 10)
    return str(named.year)


def day_words(day: int) -> str:
    """Returns `Fri 27 Nov`."""
    named = date.fromordinal(day)
    return QLocale().toString(QDate(named.year, named.month, named.day), _tr("ddd d MMM"))


def week_words(day: int) -> str:
    """Returns `W48`."""
    return _tr("W{number}").format(number=week_number(day + 3))


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanHeader", words)
