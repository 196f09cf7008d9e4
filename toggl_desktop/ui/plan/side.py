"""The column of names beside the chart: people or segments, with how full their day is."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.chart import Placed
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.load import Load
from toggl_desktop.ui.plan.faces import initials_of
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.theme.tokens import SPACE, luminance
from toggl_desktop.ui.widgets.text import tooltip

USUAL: Final = 180
LEAST: Final = 96
MOST: Final = 480
FOLDED: Final = 44
_GRIP: Final = 5
_DISC: Final = 22
_MOST_KNOWN: Final = 80


_AT_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
"""Also for words that are written from right to left: the column's sides stay where they are."""


class SideColumn(QWidget):
    """The names; its edge is dragged to make it wider, a double click folds it.

    Signals:
        resized(): It has another width.
        turned(str): A head is to be opened or closed; its key.
        lane_pressed(str): A lane's name was pressed; its key.
    """

    resized = Signal()
    turned = Signal(object)
    lane_pressed = Signal(object)

    def __init__(self, scene: Scene, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._scene = scene
        self._area = area
        self.width_open = USUAL
        self.is_folded = False
        self.tells_load = True
        self.head = 0
        self._dragged: int | None = None
        self._known: dict[str, tuple[object, QPixmap]] = {}
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Lanes"))

    @property
    def wanted_width(self) -> int:
        """How wide it is to be."""
        return FOLDED if self.is_folded else self.width_open

    def show_looks(self, _looks: Looks) -> None:
        """Takes other colours and fonts."""
        self.update()

    def scroll_by(self, dy: int) -> None:
        """Moves with the chart."""
        self.scroll(0, dy, QRect(0, self.head, self.width(), self.height() - self.head))

    def words_of(self, lane: Lane) -> str:
        """Returns what a lane is called."""
        own = one_line(lane.name, 200)
        if own:
            return own
        return {
            "no_one": self.tr("No one"),
            "no_segment": self.tr("No segment"),
            "no_project": self.tr("No project"),
        }.get(lane.kind, self.tr("Without a name"))

    def load_today(self, lane: Lane) -> Load | None:
        """Returns how full a person's day is; None where lanes are not people."""
        if lane.kind != "member" or not self.tells_load:
            return None
        return self._scene.load_on(lane, self._scene.today)

    def load_words(self, load: Load) -> str:
        """Returns `6/8 h`."""
        return self.tr("{planned}/{capacity} h").format(
            planned=_hours(load.planned), capacity=_hours(load.capacity)
        )

    # Painting -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        looks = self._scene.looks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), looks.surface)
        area = QRect(0, self.head, self.width(), self.height() - self.head)
        painter.setClipRect(area.intersected(event.rect()))
        upper = self._area.verticalScrollBar().value() - self.head
        painter.translate(0, -upper)
        top = max(event.rect().top(), self.head) + upper
        paint = self._draw_lanes if looks.scale.is_integer() else self.paint_lanes
        paint(painter, top, event.rect().bottom() + upper)
        painter.translate(0, upper)
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(looks.strong_pen)
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.drawLine(0, self.head - 1, self.width(), self.head - 1)
        painter.end()

    def paint_lanes(self, painter: QPainter, top: int, bottom: int) -> None:
        """Paints the names from one height to another; `painter` counts as the chart does."""
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each name's own
        for placed in self._scene.chart.between(top, bottom):
            self._paint_lane(painter, placed, self.load_today(placed.lane))

    def _draw_lanes(self, painter: QPainter, top: int, bottom: int) -> None:
        """Does the same on a screen, where a lane is painted once for as long as it looks so."""
        for placed in self._scene.chart.between(top, bottom):
            painter.drawPixmap(0, placed.top, self._drawn(placed))

    def _drawn(self, placed: Placed) -> QPixmap:
        lane, scene, size = placed.lane, self._scene, QSize(self.width(), placed.height)
        looks, load = scene.looks, self.load_today(lane)
        look = (
            *(looks, size, self.is_folded, lane.is_open, lane.key == scene.lit_lane),
            *(self.words_of(lane), load, scene.members.get(lane.lid or "")),
        )
        known = self._known.get(lane.key)
        if known is not None and known[0] == look:
            return known[1]
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        made = QPixmap(size * looks.scale)
        made.setDevicePixelRatio(looks.scale)
        made.fill(looks.surface)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.translate(0, -placed.top)
        self._paint_lane(painter, placed, load)
        painter.end()
        self._known[lane.key] = (look, made)
        return made

    def _paint_lane(self, painter: QPainter, placed: Placed, load: Load | None) -> None:
        lane, looks = placed.lane, self._scene.looks
        rect = QRect(0, placed.top, self.width(), placed.height)
        if lane.is_head:
            painter.fillRect(rect, looks.raised)
        if lane.key == self._scene.lit_lane:
            painter.fillRect(rect, looks.lit)
        painter.setPen(looks.grid_pen)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        line = QRect(0, placed.top, self.width(), min(placed.height, looks.measures.lane(1)))
        begin = SPACE.medium
        if lane.is_head:
            line.setHeight(placed.height)
            _paint_arrow(painter, QPointF(begin + 3, line.center().y() + 1), lane, looks)
            begin += SPACE.large
        elif lane.kind == "member":
            begin = self._paint_disc(painter, lane, line)
        elif lane.group:
            begin += SPACE.large
        if self.is_folded:
            return
        end = self.width() - SPACE.small
        if load is not None and (load.capacity or load.planned):
            end = self._paint_load(painter, load, line, end) - SPACE.small
        painter.setFont(looks.strong_font if lane.is_head else looks.font)
        painter.setPen(looks.text if lane.lid is not None else looks.second)
        room = QRect(begin, line.top(), end - begin, line.height())
        self._paint_name(painter, self.words_of(lane), room, placed)

    def _paint_name(self, painter: QPainter, words: str, room: QRect, placed: Placed) -> None:
        """Writes a name on one line, on two where the lane is high, and only then shortens it."""
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(words) > room.width():
            if placed.height >= 2 * metrics.height() + 8:
                self._paint_two_lines(painter, words, room)
                return
            words = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | _AT_LEFT, words)

    def _paint_two_lines(self, painter: QPainter, words: str, room: QRect) -> None:
        metrics = painter.fontMetrics()
        first, rest = "", words.split(" ")
        while rest and metrics.horizontalAdvance(f"{first} {rest[0]}") <= room.width():
            first = f"{first} {rest.pop(0)}".strip()
        second = " ".join(rest)
        height = metrics.height()
        mode = Qt.TextElideMode.ElideRight
        top = room.center().y() - height // 2 if first else room.center().y() - height
        for line in (first, second):
            shown = metrics.elidedText(line, mode, room.width())
            place = QRect(room.left(), top, room.width(), height)
            painter.drawText(place, int(_AT_LEFT), shown)
            top += height

    def _paint_disc(self, painter: QPainter, lane: Lane, line: QRect) -> int:
        """Paints a person's initials; returns where their name begins."""
        member = self._scene.members.get(lane.lid or "")
        at = (FOLDED - _DISC) // 2 if self.is_folded else SPACE.medium
        if member is None:
            return at
        place = QRectF(at, line.center().y() - _DISC / 2 + 0.5, _DISC, _DISC)
        color = QColor(member.color)
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        if member.is_placeholder:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 1.5, Qt.PenStyle.DashLine))
        painter.drawEllipse(place)
        ink = "#000000" if luminance(color.name()) > 0.4 else "#ffffff"
        painter.setPen(self._scene.looks.text if member.is_placeholder else QColor(ink))
        painter.setFont(self._scene.looks.small_font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initials_of(member)[:2])
        return at + _DISC + SPACE.small

    def _paint_load(self, painter: QPainter, load: Load, line: QRect, end: int) -> int:
        """Paints how full the day is; too full has a mark as well. Returns where it begins."""
        looks = self._scene.looks
        words = self.load_words(load)
        painter.setFont(looks.small_strong if load.is_over else looks.small_font)
        width = painter.fontMetrics().horizontalAdvance(words)
        color = QColor(looks.tokens.word(looks.tokens.problem)) if load.is_over else looks.second
        painter.setPen(color)
        place = QRect(end - width, line.top(), width, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | _AT_LEFT, words)
        if not load.is_over:
            return place.left()
        middle = QPointF(place.left() - 8, line.center().y() + 1)
        painter.setBrush(color)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(
            QPolygonF([middle + QPointF(0, -5), middle + QPointF(5, 4), middle + QPointF(-5, 4)])
        )
        return place.left() - 14

    # Pointer ------------------------------------------------------------------------------

    def lane_at(self, place: QPoint) -> Lane | None:
        """Returns the lane whose name is at a point."""
        if place.y() < self.head:
            return None
        y = place.y() - self.head + self._area.verticalScrollBar().value()
        placed = self._scene.chart.lane_at(y)
        return None if placed is None else placed.lane

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if place.x() >= self.width() - _GRIP:
            self._dragged = self.width_open - place.x()
            return
        lane = self.lane_at(place)
        if lane is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if lane.is_head:
            self._tell_turned(lane.key)
        else:
            self._tell_pressed(lane.key)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._dragged is not None:
            wanted = place.x() + self._dragged
            self.is_folded = wanted < LEAST // 2 + FOLDED // 2
            self.width_open = min(max(wanted, LEAST), MOST)
            self._tell_resized()
            return
        on_edge = place.x() >= self.width() - _GRIP
        shape = Qt.CursorShape.SplitHCursor if on_edge else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().x() >= self.width() - _GRIP:
            self.fold(is_folded=not self.is_folded)

    def fold(self, *, is_folded: bool) -> None:
        """Folds the column to the initials, or opens it."""
        self._dragged = None
        self.is_folded = is_folded
        self._tell_resized()

    def _tell_resized(self) -> None:
        self.resized.emit()

    def _tell_turned(self, key: str) -> None:
        self.turned.emit(key)

    def _tell_pressed(self, key: str) -> None:
        self.lane_pressed.emit(key)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._area.wheelEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            lane = self.lane_at(event.pos())
            if lane is None:
                QToolTip.hideText()
                return True
            words = self.words_of(lane)
            load = self.load_today(lane)
            if load is not None:
                words += "\n" + self.tr("Today {load}").format(load=self.load_words(load))
            QToolTip.showText(event.globalPos(), tooltip(words), self)
            return True
        return super().event(event)


def _hours(minutes: int) -> str:
    """Returns `7` or `7.5`."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _paint_arrow(painter: QPainter, at: QPointF, lane: Lane, looks: Looks) -> None:
    """Paints whether a head is open."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(looks.second)
    shape = [QPointF(-4, -2), QPointF(4, -2), QPointF(0, 3)]
    if not lane.is_open:
        shape = [QPointF(-2, -4), QPointF(3, 0), QPointF(-2, 4)]
    painter.drawPolygon(QPolygonF([at + point for point in shape]))
