"""The sheet a timeline is painted on: what is in sight is laid out and painted, nothing else."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan import axis as axes
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Box, Chart
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.packing import span
from toggl_desktop.ui.plan.ahead import Ahead, Moves, came_in
from toggl_desktop.ui.plan.delegate import LEAST_WORDS, words_area
from toggl_desktop.ui.plan.ghosts import paint_band, paint_drafts, paint_label
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.painter import DENSE, Begun, ChartPainter
from toggl_desktop.ui.plan.region import joined, rects_of, region_of
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.side import SideColumn
from toggl_desktop.ui.plan.topbar import TopBar
from toggl_desktop.ui.theme.tokens import SPACE

AROUND_SIGHT: Final = 1
"""Lanes are as high as is needed for what is in sight and so many times that on either side."""
AHEAD: Final = 3
_A_WHILE: Final = 2500
_TELL_MS: Final = 40
_AROUND_DAYS: Final = 400
"""So many days before and after all bars the scroll bar reaches; the wheel goes on from there."""


class PlanSheet(QAbstractScrollArea):
    """Shows a scene; where it is scrolled to is for whoever inherits.

    Signals:
        sight_changed(): Other days, lanes or another scale are in sight.
        settled(): Every lane has its rows.
    """

    sight_changed = Signal()
    settled = Signal()

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = scene
        self.painter = ChartPainter(scene.looks, is_screen=True)
        self.minute = 12 * 60
        self._reach = (scene.today - _AROUND_DAYS, scene.today + _AROUND_DAYS)
        self._is_moving = False
        self._label = QRect()
        self._band: QRect | None = None
        self._moves = Moves()
        self._ahead = Ahead()
        self._words: list[Begun] = []
        self._later = QTimer(self)
        self._later.setObjectName("toggl-plan-later")
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later_timeout)
        self._telling = QTimer(self)
        self._telling.setObjectName("toggl-plan-sight")
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self._on_telling_timeout)
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
        self.setMinimumSize(SPACE.huge * 6, SPACE.huge * 5)
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

    @property
    def is_empty(self) -> bool:
        """Whether there are words in place of bars, which do not scroll."""
        return False

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
        self.chart.take_measures(looks.measures)
        self.painter.show_looks(looks)
        self.top.show_looks(looks)
        self.side.show_looks(looks)
        self.arrange()

    def arrange(self, *, keeps_top: bool = True, way: int = 0) -> None:
        """Lays everything out again; the lane at the top edge stays there.

        On the way somewhere (`way` says which), lanes get their heights for some time to come.
        """
        self._lay_out(way, keeps_top=keeps_top)
        self._place_edges()
        self.update_all()

    def _arrange_out_of_sight(self, way: int) -> bool:
        """Lays everything out again; tells whether what is in sight is where it was."""
        before = self._places()
        self._lay_out(way, keeps_top=True)
        return self._places() == before

    def _places(self) -> list[tuple[str, int, int]]:
        """Returns where on the view lanes are."""
        found = self.chart.between(self.upper, self.upper + self.viewport().height())
        return [(placed.lane.key, placed.top - self.upper, placed.height) for placed in found]

    def _lay_out(self, way: int, *, keeps_top: bool) -> None:
        anchor = self._anchor() if keeps_top else None
        low, high = self.days_in_sight
        sight = max(7, high - low + 1)
        back = (AHEAD if way < 0 else AROUND_SIGHT) * sight
        on = (AHEAD if way > 0 else AROUND_SIGHT) * sight
        self.chart.arrange(low - back, high + on, self.upper + self.viewport().height())
        if not self.chart.is_settled:
            self._later.start()
        self._set_ranges()
        if anchor is not None:
            self._restore(anchor)

    def update_all(self) -> None:
        """Paints everything again."""
        self.viewport().update()
        self.side.update()
        self.top.update()
        self.tell_sight_changed()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.chart.is_settled:
            self._later.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._later.stop()
        self._telling.stop()
        super().hideEvent(event)

    def _on_later_timeout(self) -> None:
        """Lays out some more of what is far below, while nobody waits for anything."""
        if self.chart.settle(_A_WHILE):
            self._set_ranges()
        if self.chart.is_settled:
            self._later.stop()
            self._tell_settled()

    def _tell_settled(self) -> None:
        self.settled.emit()

    def tell_sight_changed(self) -> None:
        """Tells that something else is in sight; many movements are told as one."""
        if not self._telling.isActive():
            self._telling.start()

    def _on_telling_timeout(self) -> None:
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

    def _move(self, left: int, upper: int) -> None:
        """Puts the view somewhere without moving what is painted."""
        self._is_moving = True
        side = self.horizontalScrollBar()
        side.setRange(min(side.minimum(), left), max(side.maximum(), left))
        side.setValue(left)
        self.verticalScrollBar().setValue(upper)
        self._is_moving = False

    # Painting -----------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each word's own
        region, place = event.region(), QPoint(self.left, self.upper)
        way = self._moves.way(place, region, self.viewport().rect())
        if way.isNull() or self.scene.drafts or self._band is not None:
            self._ahead.forget()
            for rect in joined(rects_of(region)):
                painter.setClipRect(rect)
                self._paint(painter, rect)
        else:
            self._paint_moved(painter, way, region)
        painter.end()
        self._moves.painted(place, way)

    def _paint_moved(self, painter: QPainter, way: QPoint, region: QRegion) -> None:
        """Paints what came in, and the words that stay at the left edge."""
        strip = came_in(self.viewport().rect(), way)
        rest = region - QRegion(strip)  # all is painted: X11 has not scrolled what is to be
        if self.scene.looks.scale.is_integer():
            rest -= self._words_region()
        for rect in joined(rects_of(rest)):
            painter.setClipRect(rect)
            self._paint(painter, rect)
        painter.setClipRect(strip)
        if self._moves.goes_on(way) and self.scene.looks.scale.is_integer():
            left, upper = self.left, self.upper
            painter.translate(-left, -upper)
            key = (self.axis, left if way.y() else upper, self.viewport().size())
            wanted = strip.translated(left, upper)
            self._ahead.scale = self.scene.looks.scale
            self._ahead.draw(painter, wanted, way, key, self._paint_ahead)
            painter.translate(left, upper)
        else:
            self._paint(painter, strip)
        if way.x():
            self._paint_begun(painter)

    def _paint_ahead(self, painter: QPainter, area: QRect) -> None:
        """Paints a part of the chart that is not in sight yet."""
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        left = min(self.left, area.x())
        clip = Box(area.x(), area.y(), area.width(), area.height())
        self.painter.paint(painter, clip, self.scene, minute=self.minute, left=left)

    def _paint_begun(self, painter: QPainter) -> None:
        """Paints the words of bars that begin left of the view again: they stay in sight."""
        left, upper = self.left, self.upper
        painter.translate(-left, -upper)
        self.painter.paint_begun(painter, self._words, self.scene, minute=self.minute, left=left)
        painter.translate(left, upper)

    def _touched(self) -> QRegion:
        """Finds the words that stay at the left edge; returns the parts of the view they are in."""
        origin = self._moves.origin
        self._words = [] if origin is None else self._begun(origin.x())
        return self._words_region()

    def _words_region(self) -> QRegion:
        return region_of((one.words for one in self._words), -self.left, -self.upper)

    def _begun(self, before: int) -> list[Begun]:
        """Returns the bars that begin left of the view or did so `before`, and their words."""
        chart, left, axis, face = self.chart, self.left, self.axis, self.scene.faces.face
        if axis.per_day < DENSE:
            return []
        found = []
        days = sorted((axis.day(left), axis.day(before)))
        measures, edge = chart.measures, max(left, before)
        for placed in chart.between(self.upper, self.upper + self.viewport().height()):
            lane = placed.lane
            if lane.is_head or not lane.bars:
                continue
            for number, row in enumerate(lane.packed.rows):
                for bar in row.between(*days):
                    start, end = span(bar)
                    x = axis.x(start)
                    width = axis.x(end + 1) - x - 1
                    if x >= edge or width < LEAST_WORDS:
                        continue
                    box = Box(x, placed.top + measures.row(number), width, measures.bar)
                    words = words_area(box, face(bar), left, edge)
                    if not words.isEmpty():
                        found.append(Begun(bar, lane.key, box, words))
        return found

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
        self._ahead.forget()
        self.viewport().update(self.on_view(box).adjusted(-around, -around, around, around))

    def update_lane(self, lane: Lane) -> None:
        """Paints a lane again, and its name."""
        self._ahead.forget()
        placed = self.chart.placed(lane.key)
        if placed is not None:
            width = self.viewport().width()
            self.viewport().update(0, placed.top - self.upper, width, placed.height)
            self.side.update()

    def show_now(self, today: int, minute: int) -> None:
        """Moves now, and today."""
        self._ahead.forget()
        scene = self.scene
        if today != scene.today:
            scene.today, self.minute = today, minute
            self.update_all()
            return
        places = [self.axis.x_at(today, m) - self.left for m in (self.minute, minute)]
        self.minute = minute
        for x in places if places[0] != places[1] else ():
            self.viewport().update(x - 2, 0, 4, self.viewport().height())

    # Names --------------------------------------------------------------------------------

    def _on_side_resized(self) -> None:
        self._place_edges()
        self.tell_sight_changed()

    def _on_side_turned(self, key: str) -> None:
        lane = self.chart.lanes.by_key.get(key)
        if lane is not None and lane.is_head:
            lane.is_open = not lane.is_open
            self.arrange()
