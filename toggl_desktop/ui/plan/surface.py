"""The scrolled and zoomed surface of the timeline: what is in sight is painted, nothing else.

Scrolling moves what is painted already and paints the strip that came in.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan import axis as axes
from toggl_desktop.domain.plan.axis import SCALES, Axis
from toggl_desktop.domain.plan.chart import Box, Chart
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.ui.plan.ghosts import paint_band, paint_drafts, paint_label
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.painter import ChartPainter
from toggl_desktop.ui.plan.region import rects_of
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.side import SideColumn
from toggl_desktop.ui.plan.topbar import TopBar
from toggl_desktop.ui.theme.tokens import SPACE

_WHEEL: Final = 120
_ZOOM: Final = 1.2
_AROUND_DAYS: Final = 400
"""So many days before and after all bars the scroll bar reaches; the wheel goes on from there."""


class PlanSurface(QAbstractScrollArea):
    """Shows a scene; what is done with it is for whoever inherits.

    Signals:
        sight_changed(): Other days, lanes or another scale are in sight.
    """

    sight_changed = Signal()

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = scene
        self.painter = ChartPainter(scene.looks)
        self.minute = 12 * 60
        self._reach = (scene.today - _AROUND_DAYS, scene.today + _AROUND_DAYS)
        self._is_moving = False
        self._label = QRect()
        self._band: QRect | None = None
        self.side = SideColumn(scene, self)
        self.top = TopBar(scene, self)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs one way
        self.verticalScrollBar().setSingleStep(SPACE.wide)
        self.horizontalScrollBar().setSingleStep(SPACE.huge * 2)
        self.setMinimumSize(SPACE.huge * 10, SPACE.huge * 5)
        self.side.resized.connect(self._on_side_resized)
        self.side.turned.connect(self._on_side_turned)

    # What is in sight ---------------------------------------------------------------------

    @property
    def chart(self) -> Chart:
        """Lanes and days with their places."""
        return self.scene.chart

    @property
    def axis(self) -> Axis:
        """The scale of days."""
        return self.scene.chart.axis

    @property
    def left(self) -> int:
        """The chart's pixel at the left edge."""
        return self.horizontalScrollBar().value()

    @property
    def upper(self) -> int:
        """The chart's pixel at the top edge."""
        return self.verticalScrollBar().value()

    @property
    def days_in_sight(self) -> tuple[int, int]:
        """The first and last day of which anything shows."""
        return axes.visible_days(self.axis, self.left, self.viewport().width())

    def content(self, place: QPoint) -> QPoint:
        """Returns a point of the viewport as a point of the chart."""
        return QPoint(place.x() + self.left, place.y() + self.upper)

    def on_view(self, box: Box) -> QRect:
        """Returns a place of the chart as one of the viewport."""
        return QRect(box.x - self.left, box.y - self.upper, box.width, box.height)

    # Laying out ---------------------------------------------------------------------------

    def show_reach(self, low: int, high: int) -> None:
        """Hears between which days there are bars."""
        today = self.scene.today
        self._reach = (min(low, today) - _AROUND_DAYS, max(high, today) + _AROUND_DAYS)
        self._set_ranges()

    def show_looks(self, looks: Looks) -> None:
        """Takes other colours, fonts and heights."""
        self.scene.looks = looks
        self.scene.faces.show_looks(looks)
        self.chart.measures = looks.measures
        self.painter.show_looks(looks)
        self.top.show_looks(looks)
        self.side.show_looks(looks)
        self.arrange()

    def arrange(self, *, keeps_top: bool = True) -> None:
        """Lays everything out again; the lane at the top edge stays there."""
        anchor = self._anchor() if keeps_top else None
        low, high = self.days_in_sight
        around = max(14, high - low + 1)
        self.chart.arrange(low - around, high + around)
        self._set_ranges()
        if anchor is not None:
            self._restore(anchor)
        self._place_edges()
        self.viewport().update()
        self.side.update()
        self.top.update()
        self.tell_sight_changed()

    def tell_sight_changed(self) -> None:
        """Tells that something else is in sight."""
        self.sight_changed.emit()

    def _anchor(self) -> tuple[str, int] | None:
        placed = self.chart.lane_at(self.upper)
        return None if placed is None else (placed.lane.key, self.upper - placed.top)

    def _restore(self, anchor: tuple[str, int]) -> None:
        placed = self.chart.placed(anchor[0])
        if placed is not None and self.upper > 0:
            self._move(self.left, placed.top + min(anchor[1], placed.height))

    def _set_ranges(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        side, up = self.horizontalScrollBar(), self.verticalScrollBar()
        low = min(self.axis.x(self._reach[0]), self.left)
        high = max(self.axis.x(self._reach[1]) - width, self.left)
        self._is_moving = True
        side.setPageStep(max(1, width))
        side.setRange(low, high)
        up.setPageStep(max(1, height))
        up.setRange(0, max(0, self.chart.height + SPACE.huge - height))
        self._is_moving = False

    def _place_edges(self) -> None:
        """Puts the header and the names beside the chart."""
        top, side = self.top.wanted_height, self.side.wanted_width
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (side, top):
            self.setViewportMargins(side, top, 0, 0)
        place = self.viewport().geometry()
        self.top.setGeometry(place.x(), place.y() - top, place.width(), top)
        self.side.setGeometry(place.x() - side, place.y() - top, side, place.height() + top)
        self.side.head = top

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    # Moving -------------------------------------------------------------------------------

    def _move(self, left: int, upper: int) -> None:
        """Puts the view somewhere without moving what is painted."""
        self._is_moving = True
        side = self.horizontalScrollBar()
        side.setRange(min(side.minimum(), left), max(side.maximum(), left))
        side.setValue(left)
        self.verticalScrollBar().setValue(upper)
        self._is_moving = False

    def scroll_sideways(self, pixels: int) -> None:
        """Scrolls by pixels; beyond the scroll bar's ends too."""
        side = self.horizontalScrollBar()
        wanted = side.value() + pixels
        lowest, highest = self.axis.x(axes.clamp_day(0)), self.axis.x(axes.clamp_day(10**9))
        wanted = min(max(wanted, lowest), highest - self.viewport().width())
        if wanted < side.minimum() or wanted > side.maximum():
            side.setRange(min(side.minimum(), wanted), max(side.maximum(), wanted))
        side.setValue(wanted)

    def show_day(self, day: int, part: float = 1 / 3) -> None:
        """Scrolls so that a day is at a part of the width, 0 at the left."""
        width = self.viewport().width()
        self.scroll_sideways(self.axis.x(day) - round(width * part) - self.left)

    def show_today(self) -> None:
        """Brings today into sight."""
        self.show_day(self.scene.today)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if self._is_moving:
            return
        low, high = self.days_in_sight
        window = self.chart.window
        if dx and (low < window[0] or high > window[1]) and not self.scene.drafts:
            self.arrange()
            return
        self.viewport().scroll(dx, dy)
        if dx:
            self.top.scroll_by(dx)
            self._update_begun(dx)
        if dy:
            self.side.scroll_by(dy)
        if self.scene.drafts or self._band is not None or self.is_empty:
            self.viewport().update()
        self.tell_sight_changed()

    @property
    def is_empty(self) -> bool:
        """Whether there are words in place of bars, which do not scroll."""
        return False

    def _update_begun(self, dx: int) -> None:
        """Paints again the words of bars that begin left of the view: they stay in sight."""
        chart, left = self.chart, self.left
        day = self.axis.day(left)
        widest = 0
        for placed in chart.between(self.upper, self.upper + self.viewport().height()):
            for _, bars in chart.bars_between(placed.lane, day, day):
                bar = bars[0]
                if bar.start is not None and bar.end is not None and self.axis.x(bar.start) < left:
                    room = self.axis.x_after(bar.end) - left
                    widest = max(
                        widest, min(room, self.scene.faces.face(bar).width + 2 * SPACE.small)
                    )
        if widest:
            width = widest + abs(dx) + SPACE.wide
            self.viewport().update(0, 0, width, self.viewport().height())

    # Scale --------------------------------------------------------------------------------

    def show_axis(self, axis: Axis, left: int) -> None:
        """Takes another scale and place."""
        self.chart.axis = axis
        self._set_ranges()
        self._move(left, self.upper)
        self._set_ranges()
        self.arrange()

    def zoom(self, factor: float, pointer: float | None = None) -> None:
        """Changes the scale; what is at a place of the viewport (its middle) stays there."""
        at = self.viewport().width() / 2 if pointer is None else pointer
        scaled = self.axis.scaled(factor)
        if scaled.per_day != self.axis.per_day:
            self.show_axis(scaled, self.axis.around(scaled, self.left, at))

    def show_scale(self, name: str) -> None:
        """Takes one of the named scales, around today when that is in sight, else the middle."""
        width = self.viewport().width()
        low, high = self.days_in_sight
        today = self.scene.today
        day = today if low <= today <= high else (low + high) // 2
        scaled = self.axis.fitting(SCALES[name], width)
        if name == "week":
            left = scaled.x(axes.week_start(day, self.scene.first_weekday))
        else:
            left = scaled.x(day) - width // 4
        self.show_axis(scaled, left)

    def show_span(self, low: int, high: int) -> None:
        """Takes the scale and the place at which some days fill the width."""
        low, high = low - 1, high + 1
        scaled = self.axis.fitting(high - low + 1, self.viewport().width())
        self.show_axis(scaled, scaled.x(low))

    def show_hidden(self, hidden: frozenset[int]) -> None:
        """Leaves weekdays out, or shows them again; the left edge stays where it is."""
        changed = replace(self.axis, hidden=hidden)
        self.show_axis(changed, self.axis.around(changed, self.left, 0))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, fine = event.angleDelta(), event.pixelDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            along = turn.y() or turn.x()
            self.zoom(_ZOOM ** (along / _WHEEL), event.position().x())
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.scroll_sideways(-(fine.y() or fine.x() or (turn.y() or turn.x())))
        elif abs(turn.x()) > abs(turn.y()):
            self.scroll_sideways(-(fine.x() or turn.x()))
        else:
            super().wheelEvent(event)
            return
        event.accept()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position().x())
                return True
            return False
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._point_at(event.position().toPoint())
        elif event.type() == QEvent.Type.Leave:
            self.top.show_pointed(None)
        return bool(super().viewportEvent(event))

    def _point_at(self, place: QPoint) -> None:
        self.top.show_pointed(self.axis.day(self.left + place.x()))

    # Painting -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        for rect in rects_of(event.region()):
            painter.setClipRect(rect)
            self._paint(painter, rect)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        left, upper = self.left, self.upper
        clip = Box(rect.x() + left, rect.y() + upper, rect.width(), rect.height())
        painter.translate(-left, -upper)
        self.painter.paint(painter, clip, self.scene, minute=self.minute, left=left)
        if self.scene.drafts:
            paint_drafts(painter, self.scene)
        if self._band is not None:
            paint_band(painter, self._band, self.scene.looks)
        painter.translate(left, upper)
        if self.scene.drafts and self.scene.draft_words:
            paint_label(painter, self.scene.draft_words, self._label, self.scene.looks)

    def update_box(self, box: Box, around: int = 6) -> None:
        """Paints a part of the chart again."""
        self.viewport().update(self.on_view(box).adjusted(-around, -around, around, around))

    def update_lane(self, lane: Lane) -> None:
        """Paints a lane again, and its name."""
        placed = self.chart.placed(lane.key)
        if placed is not None:
            width = self.viewport().width()
            self.viewport().update(0, placed.top - self.upper, width, placed.height)
            self.side.update()

    # Names --------------------------------------------------------------------------------

    def _on_side_resized(self) -> None:
        self._place_edges()
        self.tell_sight_changed()

    def _on_side_turned(self, key: str) -> None:
        lane = self.chart.lanes.by_key.get(key)
        if lane is not None and lane.is_head:
            lane.is_open = not lane.is_open
            self.arrange()
