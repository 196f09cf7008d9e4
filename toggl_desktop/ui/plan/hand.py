"""The pointer on the timeline: makes, moves, resizes and copies bars; selects and opens them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.belonging import takes_bars
from toggl_desktop.ui.plan.carrying import Target
from toggl_desktop.ui.plan.deeds import MenuWanted
from toggl_desktop.ui.plan.delegate import Zone
from toggl_desktop.ui.plan.gestures import Deed, Draft, Gesture, Grab, Spot
from toggl_desktop.ui.plan.hit import Hit
from toggl_desktop.ui.plan.making import Maker

_THRESHOLD: Final = 4
_STEP: Final = 15
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_DEEDS: Final = {Zone.BODY: Deed.MOVE, Zone.LEFT: Deed.START, Zone.RIGHT: Deed.END}
_FREE_FROM: Final = 40.0
"""Times of day are shown and set by hand where a day is at least so wide."""


@dataclass(frozen=True, slots=True)
class LaneMenuWanted:
    """A menu is wanted at a place of the screen, for a day of a lane."""

    place: QPoint
    spot: Spot


class PlanHand(QObject):
    """A hand for `PlanView.install_hand`. Whatever it does ends in one command, or in none.

    Signals:
        menu_asked(MenuWanted): A menu is wanted for the selected bars.
        lane_menu_asked(LaneMenuWanted): A menu is wanted over an empty place.
        drag_ended(): Nothing is dragged any more.

    Attributes:
        box: Where bars can be put besides other lanes.
        others: Further drags that Esc ends.
    """

    menu_asked = Signal(object)
    lane_menu_asked = Signal(object)
    drag_ended = Signal()

    def __init__(self, maker: Maker) -> None:
        super().__init__(maker.view)
        self.maker = maker
        self.view = maker.view
        self._deeds = maker.deeds
        self.box: Target | None = None
        self.others: tuple[Callable[[], bool], ...] = ()
        self.gesture = Gesture()
        self._pressed_at = self._place = QPoint()
        self._hit: Hit | None = None
        self._held = Qt.KeyboardModifier.NoModifier
        self._band_from: QPoint | None = None
        self._band_had: frozenset[str] = frozenset()
        self._is_click = False
        self._is_over_box = False
        self.view.edge.moved.connect(self._on_edge_moved)

    # What is under the pointer ------------------------------------------------------------

    def spot(self, place: QPoint) -> Spot:
        """Returns where a point of the view is in the plan."""
        day, minute = self.view.minute_at(place, _STEP)
        day = self.view.day_at(place)
        return Spot(day, minute, self.view.lane_at(place))

    @property
    def is_busy(self) -> bool:
        """Whether something is being drawn, dragged or named."""
        return self.gesture.is_pressed or self._band_from is not None or self.maker.name.is_open

    # Press --------------------------------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> bool:
        """A button went down on the chart."""
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right(event.position().toPoint())
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if self.maker.name.is_open or self.maker.was_just_named:
            self.maker.name.field.clearFocus()  # what is typed is taken; this press does no more
            return True
        place = event.position().toPoint()
        self._pressed_at, self._held, self._is_click = place, event.modifiers(), True
        self._hit = self.view.bar_at(place)
        if self._hit is None:
            self._press_empty(place)
        else:
            self._press_bar(self._hit, place)
        return True

    def _press_bar(self, hit: Hit, place: QPoint) -> None:
        is_plain = not self._held & (_CTRL | _SHIFT)
        if is_plain and hit.lid not in self.view.selection:
            self.maker.select((hit.lid,), hit)
        deed = _DEEDS[hit.zone]
        if deed is not Deed.MOVE:
            bars: tuple[Bar, ...] = (hit.bar,)
        elif hit.lid in self.view.selection:
            bars = self.maker.selected_bars(hit.lid)
        else:
            bars = (hit.bar,)
        lane = self.view.chart.lanes.by_key.get(hit.lane)
        across = self.maker.spread(bars, lane) if deed is Deed.MOVE else None
        self.gesture.press(Grab(deed, bars, self.spot(place)._replace(lane=lane), across))

    def _press_empty(self, place: QPoint) -> None:
        spot = self.spot(place)
        if self._held & (_SHIFT | _CTRL) or not takes_bars(spot.lane):
            self._band_from = self.view.content(place)
            self._band_had = self.view.selection if self._held & _CTRL else frozenset()
            return
        self.gesture.press(Grab(Deed.CREATE, (), spot))

    def _press_right(self, place: QPoint) -> None:
        hit = self.view.bar_at(place)
        if hit is not None and hit.lid not in self.view.selection:
            self.maker.select((hit.lid,), hit)

    # Move ---------------------------------------------------------------------------------

    def moved(self, event: QMouseEvent) -> bool:
        """The pointer moved."""
        if not (self.gesture.is_pressed or self._band_from is not None):
            return False
        if not event.buttons() & Qt.MouseButton.LeftButton:  # the release went elsewhere
            self.drop()
            return False
        place = event.position().toPoint()
        self._held = event.modifiers()
        way = place - self._pressed_at
        if self._is_click and max(abs(way.x()), abs(way.y())) < _THRESHOLD:
            return True
        self._is_click = False
        self.view.hover(None)
        self._drag(place)
        return True

    def _drag(self, place: QPoint) -> None:
        """Brings what is drawn to where the pointer is now."""
        self._place = place
        if self._band_from is not None:
            self.view.edge.follow(place)
            self._stretch_band(self._band_from, place)
        elif not self._is_taken_to_box(place):
            self.view.edge.follow(place)
            is_free = bool(self._held & _ALT) and self.view.axis.per_day >= _FREE_FROM
            spot = self.spot(self._inside(place))
            draft = self.gesture.move(spot, copies=bool(self._held & _CTRL), is_free=is_free)
            if draft is not None:
                self.maker.show(draft, place)

    def _inside(self, place: QPoint) -> QPoint:
        room = self.view.viewport().rect()
        x = max(room.left(), min(place.x(), room.right()))
        y = max(room.top(), min(place.y(), room.bottom()))
        return QPoint(x, y)

    def _is_taken_to_box(self, place: QPoint) -> bool:
        """Shows that a bar can be put into the taskbox, while the pointer is over it."""
        grab = self.gesture.grab
        if self.box is None or grab is None or grab.deed is not Deed.MOVE:
            return False
        lids = tuple(bar.lid for bar in grab.bars)
        where = self.view.viewport().mapToGlobal(place)
        was, self._is_over_box = self._is_over_box, self.box.carry_over(where, lids)
        if self._is_over_box:
            self.view.edge.stop()
            self.view.show_draft([])
            self.gesture.draft = None
        elif was:
            self.box.carry_away()
        return self._is_over_box

    def _stretch_band(self, start: QPoint, place: QPoint) -> None:
        begin = start - self.view.content(QPoint())  # it holds on to the chart, which may scroll
        band = QRect(begin, self._inside(place)).normalized()
        self.view.show_band(band)
        self.view.set_selection({hit.lid for hit in self.view.bars_in(band)} | self._band_had)

    def _on_edge_moved(self, place: QPoint) -> None:
        is_held = self.gesture.is_pressed or self._band_from is not None
        if is_held and not self._is_click:
            self._drag(place)

    # Release ------------------------------------------------------------------------------

    def released(self, event: QMouseEvent) -> bool:
        """A button was let go."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        place = event.position().toPoint()
        if self._band_from is not None:
            was_click = self._is_click
            self._band_from = None
            self.view.edge.stop()
            self.view.show_band(None)
            if was_click:
                self.maker.select(self._band_had)
            self.maker.tell_selection()
            return True
        if not self.gesture.is_pressed:
            return False
        was_click, over_box = self._is_click, self._is_over_box
        grab, draft = self.gesture.grab, self.gesture.release()
        self._end()
        if over_box and self.box is not None and grab is not None:
            where = self.view.viewport().mapToGlobal(place)
            self.box.let_go(where, tuple(bar.lid for bar in grab.bars))
        elif was_click:
            self._click(place)
        elif draft is not None:
            self.maker.finish(draft)
        self.view.hover(self.view.bar_at(place))
        return True

    def _end(self) -> None:
        self.view.edge.stop()
        self.view.clear_draft()
        self._is_over_box = False
        if self.box is not None:
            self.box.carry_away()
        self.drag_ended.emit()

    def _click(self, place: QPoint) -> None:
        hit = self._hit
        if hit is None:
            spot = self.spot(place)
            self.maker.select(())
            self.maker.finish(Draft(Deed.CREATE, (), spot.day, spot.day, spot.lane, spot.lane))
        elif self._held & _CTRL:
            self.maker.select(self.view.selection ^ {hit.lid}, hit)
            self.maker.tell_selection()
        elif self._held & _SHIFT:
            self._extend(hit)
        else:
            self.maker.select((hit.lid,), hit)

    def _extend(self, hit: Hit) -> None:
        """Selects everything between the bar that has the keyboard and another."""
        focus = self.view.focus_bar
        area = self.view.rect_of(hit.lid, hit.lane)
        lids = set(self.view.selection) | {hit.lid}
        if focus is not None:
            area = area.united(self.view.rect_of(*focus))
            lids |= {one.lid for one in self.view.bars_in(area)}
        self.view.set_selection(lids)
        self.maker.tell_selection()

    def drop(self) -> bool:
        """Ends a drag without a trace; tells whether there was one."""
        was = self.gesture.is_pressed or self._band_from is not None
        if self._band_from is not None:
            self._band_from = None
            self.view.show_band(None)
            self.view.set_selection(self._band_had)
        self.gesture.drop()
        self._is_click = False
        if was:
            self._end()
        return was

    # Opening ------------------------------------------------------------------------------

    def double_clicked(self, event: QMouseEvent) -> bool:
        """The chart was clicked twice."""
        hit = self.view.bar_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or self.maker.name.is_open:
            return True
        if hit is not None:
            self.maker.select((hit.lid,), hit)
            self._deeds.open_task(hit.lid)
        return True

    def menu_wanted(self, event: QContextMenuEvent) -> bool:
        """A menu was asked for, by pointer or by key."""
        if self.is_busy:
            return True
        lids = tuple(bar.lid for bar in self.maker.selected_bars())
        place = event.globalPos()
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            focus = self.view.focus_bar
            if focus is None:
                return True
            lids = lids or (focus[0],)
            rect = self.view.rect_of(*focus).intersected(self.view.viewport().rect())
            place = self.view.viewport().mapToGlobal(rect.center())
        elif self.view.bar_at(self.view.viewport().mapFromGlobal(place)) is None:
            self._ask_for_lane_menu(place)
            return True
        if lids:
            self.menu_asked.emit(MenuWanted(place, lids))
        return True

    def _ask_for_lane_menu(self, place: QPoint) -> None:
        spot = self.spot(self.view.viewport().mapFromGlobal(place))
        self.lane_menu_asked.emit(LaneMenuWanted(place, spot))

    def key_pressed(self, event: QKeyEvent) -> bool:
        """A key went down; during a drag Esc ends it, and Ctrl and Alt change it."""
        if event.key() == Qt.Key.Key_Escape:
            dropped = [self.drop(), *(drop() for drop in self.others)]
            return any(dropped)
        if self.gesture.is_pressed and not self._is_click:
            self._follow_keys(event.modifiers())
            return True
        return False

    def _follow_keys(self, held: Qt.KeyboardModifier) -> None:
        if held != self._held:
            self._held = held
            self._drag(self._place)
