"""The sheet a timeline is painted on: what is in sight is laid out and painted, nothing else."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan import axis as axes
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.chart import Box, Chart
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.ui.plan.ghosts import paint_band, paint_drafts, paint_label
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.painter import Begun, ChartPainter
from toggl_desktop.ui.plan.region import joined, rects_of
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
        self._begun: dict[tuple[int, int, int], Begun] = {}
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
        self._place_edges()
        self.update_all()

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
        begun, self._begun = self._begun, {}
        rects = rects_of(event.region())
        if begun and not self.scene.drafts:
            rest = []
            for rect in rects:
                key = (rect.y(), rect.width(), rect.height())
                found = begun.get(key) if rect.x() == 0 else None
                if found is None:
                    rest.append(rect)
                else:
                    self._paint_begun(painter, rect, found)
            rects = rest
        for rect in joined(rects):
            painter.setClipRect(rect)
            self._paint(painter, rect)
        painter.end()

    def _paint_begun(self, painter: QPainter, rect: QRect, begun: Begun) -> None:
        left, upper = self.left, self.upper
        painter.translate(-left, -upper)
        area = rect.translated(left, upper)
        self.painter.paint_begun(painter, area, self.scene, begun, left)
        painter.translate(left, upper)

    def _paint(self, painter: QPainter, rect: QRect) -> None:
        left, upper = self.left, self.upper
        clip = Box(rect.x() + left, rect.y() + upper, rect.width(), rect.height())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each word's own
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

    def show_now(self, today: int, minute: int) -> None:
        """Moves now, and today."""
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
