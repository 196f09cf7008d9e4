"""The timeline as a window holds it: what is where, what is selected, and a hand that edits.

What others build on, all in the viewport's own pixels unless said otherwise:

    bar_at(pos) -> Hit | None       bar and zone under a point; an edge can be taken hold of on 8
                                    pixels of any bar, also outside of a short one
    lane_at(pos) -> Lane | None     lane at a point (a head too: `lane.is_head`)
    day_at(pos) -> int              day at a point
    minute_at(pos, step=15)         (day, minute) at a point, to the nearest step
    x_of(day) -> int                where a day begins
    rect_of(lid, lane="")           where a bar is, null when it is not shown; `lane` is a key
    bars_in(rect) -> list[Hit]      bars that a rectangle touches
    placed_rect(lane) -> QRect      a lane's whole width
    bar(lid) -> Bar | None          a bar of the plan
    reveal(lid), show_day(day), show_today(), zoom(factor), show_scale(name), show_span(low, high)

    selection, set_selection(lids)  `selection_changed` tells of it
    focus_bar, set_focus_bar(lid, lane)    the bar that has the keyboard, `focus_moved` tells of it

    show_draft(drafts, words="", pointer=None, lit="")     ghosts, words beside the pointer, a lane
                                    that lights up; `DraftBar` is in `scene.py`
    clear_draft()
    show_band(rect | None)          rubber band
    edge                            `EdgeScroll`: `follow(pos)` at each move, `stop()`; `moved` says
                                    that the chart went on under a pointer that stands still

    install_hand(hand)              a `Hand`: each of its methods returns whether it took the event.
                                    What it leaves, the view does: keys W M Q A T F + - Page Up/Down
                                    Home End; a press selects; a move picks out what is under it.

The view writes nothing. Header presses come as `top.pressed(HeaderPress)`, presses on names as
`side.lane_pressed(key)`.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.chart import Box, span_of
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan import ghosts
from toggl_desktop.ui.plan.delegate import GRIP, Zone, reach_of, zone_at
from toggl_desktop.ui.plan.edges import EdgeScroll
from toggl_desktop.ui.plan.hit import Hand, Hit
from toggl_desktop.ui.plan.region import together
from toggl_desktop.ui.plan.scene import DraftBar, Scene
from toggl_desktop.ui.plan.surface import PlanSurface
from toggl_desktop.ui.theme.tokens import SPACE

SCALE_KEYS: Final = {
    Qt.Key.Key_W: "week",
    Qt.Key.Key_M: "month",
    Qt.Key.Key_Q: "quarter",
    Qt.Key.Key_A: "year",
}
_MANY: Final = 40


class PlanView(PlanSurface):
    """The timeline with places, a selection, a keyboard's place, and drafts.

    Signals:
        selection_changed(): Other bars are selected.
        focus_moved(): The keyboard is on another bar.
        hovered(): The pointer is on another bar; see `pointed`.
        let_go(): No draft is shown any more.
    """

    selection_changed = Signal()
    focus_moved = Signal()
    hovered = Signal()
    let_go = Signal()

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._hand: Hand | None = None
        self.edge = EdgeScroll(self)
        self.viewport().setAcceptDrops(False)

    def install_hand(self, hand: Hand | None) -> None:
        """Lets somebody else have mouse and keyboard first."""
        self._hand = hand

    # Places -------------------------------------------------------------------------------

    def bar_at(self, pos: QPoint) -> Hit | None:
        """Returns the bar at a point, and which part of it that is."""
        place = self.content(pos)
        found = self.chart.bar_at(place.x(), place.y(), GRIP)
        if found is None:
            return None
        placed, bar, box = found
        away = max(box.x - place.x(), place.x() - (box.x + box.width - 1), 0)
        if away > reach_of(box.width):
            return None
        return Hit(bar.lid, zone_at(box, place.x()), placed.lane.key, bar)

    def lane_at(self, pos: QPoint) -> Lane | None:
        """Returns the lane at a point."""
        placed = self.chart.lane_at(pos.y() + self.upper)
        return None if placed is None else placed.lane

    def day_at(self, pos: QPoint) -> int:
        """Returns the day at a point."""
        return self.axis.day(pos.x() + self.left)

    def minute_at(self, pos: QPoint, step: int = 15) -> tuple[int, int]:
        """Returns the day at a point, and the minute of that day to the nearest `step`."""
        return self.axis.minute(pos.x() + self.left, step)

    def x_of(self, day: int) -> int:
        """Returns where a day begins."""
        return self.axis.x(day) - self.left

    def rect_of(self, lid: str, lane: str = "") -> QRect:
        """Returns where a bar is, in one lane or in the first of its lanes; null if nowhere."""
        bar = self.bar(lid)
        for placed, box in () if bar is None else self.chart.boxes(bar):
            if not lane or placed.lane.key == lane:
                return self.on_view(box)
        return QRect()

    def placed_rect(self, lane: str) -> QRect:
        """Returns a lane's whole width; null when it is not shown."""
        placed = self.chart.placed(lane)
        if placed is None:
            return QRect()
        return QRect(0, placed.top - self.upper, self.viewport().width(), placed.height)

    def bars_in(self, rect: QRect) -> list[Hit]:
        """Returns the bars that a rectangle touches."""
        box = Box(rect.x() + self.left, rect.y() + self.upper, rect.width(), rect.height())
        found = self.chart.bars_in(box)
        return [Hit(bar.lid, Zone.BODY, placed.lane.key, bar) for placed, bar in found]

    def bar(self, lid: str) -> Bar | None:
        """Returns a bar of the plan by its id."""
        found = None if self.scene.bar_of is None else self.scene.bar_of(lid)
        return found if isinstance(found, Bar) else None

    def reveal(self, lid: str, lane: str = "") -> None:
        """Scrolls a bar into sight, its beginning before its end."""
        rect = self.rect_of(lid, lane)
        if rect.isNull():
            return
        room = self.viewport().rect().adjusted(SPACE.wide, 0, -SPACE.wide, 0)
        if rect.right() > room.right() and rect.left() > room.left():
            self.scroll_sideways(min(rect.right() - room.right(), rect.left() - room.left()))
        elif rect.left() < room.left() and rect.right() < room.left() + SPACE.huge:
            self.scroll_sideways(rect.left() - room.left())
        rect = self.rect_of(lid, lane)
        bar, pad = self.verticalScrollBar(), self.chart.measures.pad
        if rect.top() < room.top() + pad:
            bar.setValue(bar.value() + rect.top() - pad)
        elif rect.bottom() > room.bottom() - pad:
            bar.setValue(bar.value() + rect.bottom() + pad - room.bottom())

    # Selection and keyboard ---------------------------------------------------------------

    def _tell_selection(self) -> None:
        self.selection_changed.emit()

    def _tell_focus(self) -> None:
        self.focus_moved.emit()

    def _tell_hovered(self) -> None:
        self.hovered.emit()

    @property
    def selection(self) -> frozenset[str]:
        """The ids of the selected bars."""
        return self.scene.selection

    def set_selection(self, lids: Iterable[str]) -> None:
        """Selects bars, and no others."""
        before, after = self.scene.selection, frozenset(lids)
        if before == after:
            return
        self.scene.selection = after
        self._update_bars(before ^ after)
        self._tell_selection()

    @property
    def focus_bar(self) -> tuple[str, str] | None:
        """The bar that has the keyboard, and the lane in which it has it; None for none."""
        return self.scene.focus

    def set_focus_bar(self, lid: str | None, lane: str = "") -> None:
        """Gives a bar the keyboard."""
        before = self.scene.focus
        self.scene.focus = None if lid is None else (lid, lane)
        if before == self.scene.focus:
            return
        self._update_bars({one[0] for one in (before, self.scene.focus) if one is not None})
        self._tell_focus()

    @property
    def pointed(self) -> tuple[str, str] | None:
        """The bar under the pointer, and its lane."""
        return self.scene.hovered

    def _update_bars(self, lids: Iterable[str]) -> None:
        wanted = list(lids)
        if len(wanted) > _MANY:
            self.viewport().update()
            return
        for lid in wanted:
            bar = self.bar(lid)
            for _, box in () if bar is None else self.chart.boxes(bar):
                self.update_box(box)

    # Drafts -------------------------------------------------------------------------------

    def show_draft(
        self,
        drafts: Sequence[DraftBar],
        words: str = "",
        pointer: QPoint | None = None,
        lit: str = "",
    ) -> None:
        """Shows how it would be; a step of a drag paints only what differs from the one before."""
        scene = self.scene
        ends = bool(scene.drafts) and not drafts
        before = ghosts.area_of(scene.drafts, scene)
        dragged = scene.dragged
        self._light(lit)
        scene.drafts = list(drafts)
        scene.dragged = frozenset(d.lid for d in drafts if d.lid is not None and not d.is_copy)
        self._update_bars(dragged ^ scene.dragged)
        areas = before + ghosts.area_of(scene.drafts, scene)
        label = self._label.adjusted(-2, -2, 2, 2)
        self._place_label(words, pointer)
        if len(areas) > _MANY:
            self.viewport().update()
        else:
            parts = [area.translated(-self.left, -self.upper) for area in areas]
            for part in together([*parts, label, self._label.adjusted(-2, -2, 2, 2)]):
                self.viewport().update(part)
        if ends:
            self._tell_let_go()

    def _tell_let_go(self) -> None:
        self.let_go.emit()

    def clear_draft(self) -> None:
        """Shows everything as it is."""
        self.show_draft([])

    @property
    def drafts(self) -> list[DraftBar]:
        """What is shown as it would be."""
        return self.scene.drafts

    def _place_label(self, words: str, pointer: QPoint | None) -> None:
        self.scene.draft_words = words
        self._label = QRect()
        if words and pointer is not None:
            room = self.viewport().rect()
            self._label = ghosts.label_area(words, pointer, self.scene.looks, room)

    def _light(self, lane: str) -> None:
        before, self.scene.lit_lane = self.scene.lit_lane, lane
        if before != lane:
            for key in (before, lane):
                if key in self.chart.lanes.by_key:
                    self.update_lane(self.chart.lanes.by_key[key])

    def show_band(self, rect: QRect | None) -> None:
        """Shows a rubber band, or none."""
        before = self._band
        self._band = None if rect is None else rect.translated(self.left, self.upper)
        for one in (before, self._band):
            if one is not None:
                place = one.translated(-self.left, -self.upper)
                self.viewport().update(place.adjusted(-2, -2, 2, 2))

    # Events -------------------------------------------------------------------------------

    def hover(self, hit: Hit | None) -> None:
        """Picks out the bar under the pointer."""
        before = self.scene.hovered
        now = None if hit is None else (hit.lid, hit.lane)
        shape = Qt.CursorShape.ArrowCursor
        if hit is not None and hit.zone is not Zone.BODY:
            shape = Qt.CursorShape.SizeHorCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        if before == now:
            return
        self.scene.hovered = now
        self._update_bars({one[0] for one in (before, now) if one is not None})
        self._tell_hovered()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._hand is not None and self._hand.pressed(event):
            return
        if event.button() == Qt.MouseButton.LeftButton:
            hit = self.bar_at(event.position().toPoint())
            self.set_selection(() if hit is None else (hit.lid,))
            self.set_focus_bar(*((None, "") if hit is None else (hit.lid, hit.lane)))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        taken = self._hand is not None and self._hand.moved(event)
        if not taken and event.buttons() == Qt.MouseButton.NoButton:
            self.hover(self.bar_at(place))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hand is None or not self._hand.released(event):
            super().mouseReleaseEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._hand is None or not self._hand.double_clicked(event):
            super().mouseDoubleClickEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._hand is None or not self._hand.menu_wanted(event):
            super().contextMenuEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._hand is not None and self._hand.key_pressed(event):
            event.accept()
        elif not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        """Does what a key asks of the view itself; tells whether that was anything."""
        key, held = event.key(), event.modifiers()
        if held & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        width, bar = self.viewport().width(), self.verticalScrollBar()
        scale = SCALE_KEYS.get(Qt.Key(key))
        if scale is not None:
            self.show_scale(scale)
        elif key == Qt.Key.Key_T:
            self.show_today()
        elif key == Qt.Key.Key_F:
            self.fit()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / 1.2 if key == Qt.Key.Key_Minus else 1.2)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            turn = 1 if key == Qt.Key.Key_PageDown else -1
            if held & Qt.KeyboardModifier.ShiftModifier:
                bar.setValue(bar.value() + turn * bar.pageStep())
            else:
                self.scroll_sideways(turn * width)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            return False
        event.accept()
        return True

    def fit(self) -> None:
        """Shows all bars that are selected, or else all there are."""
        chosen = [bar for lid in self.selection if (bar := self.bar(lid)) is not None]
        if not chosen:
            self.scene.complete()
        bars = chosen or [bar for lane in self.chart.lanes.all for bar in lane.bars]
        span = span_of(bars)
        if span is not None:
            self.show_span(*span)

    @override
    def leaveEvent(self, event: object) -> None:
        self.hover(None)
        super().leaveEvent(event)  # type: ignore[arg-type]

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_keyboard(has_keyboard=True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_keyboard(has_keyboard=False)

    def _show_keyboard(self, *, has_keyboard: bool) -> None:
        self.scene.has_keyboard = has_keyboard
        if self.scene.focus is not None:
            self._update_bars((self.scene.focus[0],))
