"""The timeline's sheet as it is scrolled and zoomed: by wheel, by keys, by two fingers.

Scrolling moves what is painted already and paints the strip that came in.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.domain.plan import axis as axes
from toggl_desktop.domain.plan.axis import SCALES, Axis
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.sheet import AROUND_SIGHT, PlanSheet

_WHEEL: Final = 120
_ZOOM: Final = 1.2
_LEAST_PINCH: Final = 0.5
"""So much at a time; some touchpads send leaps."""
_STRAIGHT: Final = 3
_FAR: Final = 6 * (2 * AROUND_SIGHT + 1)


class PlanSurface(PlanSheet):
    """Shows a scene at any scale and place; what is done with it is for whoever inherits."""

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._pointer: QPoint | None = None
        self.sight_changed.connect(self._on_sight_changed)

    # Moving -------------------------------------------------------------------------------

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
        bottom = self.upper + self.viewport().height()
        if not self.chart.is_ready(bottom):
            self.arrange(way=-dx)
            return
        if dx and self._needs_arranging() and not self._arrange_out_of_sight(-dx):
            self.update_all()
            return
        room, touched = self.viewport().rect(), QRegion()
        self.viewport().scroll(dx, dy)
        if dx:
            self.top.scroll_by(dx)
            touched = self._touched()
            self.viewport().update(touched)
        self._moves.moved(QPoint(dx, dy), room, touched)
        if dy:
            self.side.scroll_by(dy)
        if self.scene.drafts or self._band is not None or self.is_empty:
            self.viewport().update()
        self.tell_sight_changed()

    def _needs_arranging(self) -> bool:
        """Tells whether the heights of lanes are for other days than those in sight."""
        low, high = self.days_in_sight
        window = self.chart.window
        is_far = window[1] - window[0] > _FAR * max(7, high - low + 1)
        return low < window[0] or high > window[1] or is_far

    # Scale --------------------------------------------------------------------------------

    def show_axis(self, axis: Axis, left: int) -> None:
        """Takes another scale and place."""
        self.chart.axis = axis
        self._set_ranges()
        self._move(left, self.upper)
        self._set_ranges()
        if self._needs_arranging():
            self.arrange()
            return
        self.viewport().update()
        self.top.update()
        self.tell_sight_changed()

    def go_to(self, axis: Axis, left: int, upper: int) -> None:
        """Takes another scale and place for other lanes, laid out once."""
        self.chart.axis = axis
        self._move(left, 0)
        self.arrange(keeps_top=False)
        self.verticalScrollBar().setValue(upper)

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
        rolls_out = event.phase() == Qt.ScrollPhase.ScrollMomentum  # the fingers are up already
        if held & Qt.KeyboardModifier.ControlModifier and not rolls_out:
            along = turn.y() or turn.x()
            self.zoom(_ZOOM ** (along / _WHEEL), event.position().x())
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.scroll_sideways(-(fine.y() or fine.x() or (turn.y() or turn.x())))
        elif not fine.isNull():
            self._follow_fingers(fine)
        elif abs(turn.x()) > abs(turn.y()):
            self.scroll_sideways(-turn.x())
        else:
            super().wheelEvent(event)
            return
        event.accept()

    def _follow_fingers(self, way: QPoint) -> None:
        """Scrolls as far as two fingers went, both ways; a way that is hardly slanted is not."""
        if abs(way.x()) * _STRAIGHT >= abs(way.y()):
            self.scroll_sideways(-way.x())
        if abs(way.y()) * _STRAIGHT >= abs(way.x()):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - way.y())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._pinch(event, event.position().x())
                return True
            return False
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._point_at(event.position().toPoint())
        elif event.type() == QEvent.Type.Leave:
            self._pointer = None
            self.top.show_pointed(None)
        return bool(super().viewportEvent(event))

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):  # over the header or the names
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                place = self.viewport().mapFromGlobal(event.globalPosition())
                self._pinch(event, min(max(0.0, place.x()), float(self.viewport().width())))
                return True
            return False
        return bool(super().event(event))

    def _pinch(self, event: QNativeGestureEvent, at: float) -> None:
        """Takes the scale as far apart as two fingers are now, around where they are."""
        self.zoom(min(max(_LEAST_PINCH, 1 + event.value()), 1 / _LEAST_PINCH), at)
        event.accept()

    def _point_at(self, place: QPoint) -> None:
        self._pointer = place
        self.top.show_pointed(self.axis.day(self.left + place.x()))

    def _on_sight_changed(self) -> None:
        """Names the day that has come under a pointer that stood still."""
        if self._pointer is not None:
            self._point_at(self._pointer)
