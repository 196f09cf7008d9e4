"""The pointer: draws, moves, resizes and copies entries; selects and opens them."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QHideEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from toggl_desktop.domain.calendar import Grid, gap_around
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.calendar.band import Band
from toggl_desktop.ui.calendar.days import DaysView
from toggl_desktop.ui.calendar.gestures import (
    FINE_STEP,
    STEP,
    Deed,
    Draft,
    Gesture,
    Grab,
    edges_near,
)
from toggl_desktop.ui.calendar.layout import Block, Column, Hit, Zone
from toggl_desktop.ui.calendar.phrases import Phrases
from toggl_desktop.ui.calendar.requests import EditRequest, MenuRequest
from toggl_desktop.ui.calendar.sheet import Sheet
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.widgets.text import tooltip

_THRESHOLD: Final = 4
_MARGIN: Final = 28
"""So near to an edge of the view a drag scrolls."""
_SIDE: Final = 14
_SCROLL_MS: Final = 25
_DWELL_TICKS: Final = 26
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_CURSORS: Final = {
    Zone.START: Qt.CursorShape.SizeVerCursor,
    Zone.STOP: Qt.CursorShape.SizeVerCursor,
}


class HandView(DaysView):
    """Days under a pointer.

    Signals:
        drafted(Draft): A drag ended in a change, or a place for a new entry was chosen.
        edit_requested(EditRequest): An entry was opened.
        menu_requested(MenuRequest): A menu is wanted.
        selection_changed(): Other entries are selected than before.
        drag_began(EntryId | None): An entry, or a new one, is being dragged.
        drag_ended(): It is not any more, whether it was let go or dropped.
    """

    drafted = Signal(object)
    edit_requested = Signal(object)
    menu_requested = Signal(object)
    selection_changed = Signal()
    drag_began = Signal(object)
    drag_ended = Signal()

    def __init__(
        self, sheet: Sheet, theme: Theme, phrases: Phrases, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, phrases, parent)
        self._sheet = sheet
        self._gesture = Gesture()
        self.band = Band(self.viewport())
        self._edges: list[int] = []
        self._pressed_at = QPointF()
        self._pointer: QPointF | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._is_click = False
        self._dwelt = 0
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-calendar-drag")
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    # Where the pointer is -----------------------------------------------------------------

    def hit_at(self, place: QPointF) -> Hit | None:
        """Returns what lies under a point of the viewport."""
        if self.plan is None:
            return None
        inside = self.content(place)
        return self.plan.hit(inside.x(), inside.y(), self.choice.current)

    def pointed(self) -> Hit | None:
        """Returns what the pointer is on, if it has moved since the keyboard was last used."""
        return None if self._pointer is None else self.hit_at(self._pointer)

    def forget_pointer(self) -> None:
        """From now on the keyboard says where things happen."""
        self._pointer = None

    def _hover(self, place: QPointF | None) -> None:
        hit = None if place is None else self.hit_at(place)
        block = None if hit is None else hit.block
        key = None if block is None else block.key
        if key != self.hovered:
            before, self.hovered = self.hovered, key
            self.update_block(before)
            self.update_block(key)
        zone = Zone.EMPTY if hit is None else hit.zone
        self.viewport().setCursor(_CURSORS.get(zone, Qt.CursorShape.ArrowCursor))

    @override
    def arranged(self) -> None:
        super().arranged()
        if self._pointer is not None and not self._gesture.is_pressed:
            self._hover(self._pointer)

    # Press, move, release -----------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a drag or a cut is under way."""
        return self._gesture.is_pressed or self.draft is not None or self.band.isVisible()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.is_naming:
            return  # a name that was refused waits to be mended first
        self.drop_draft()
        hit = self.hit_at(event.position())
        if hit is None:
            return
        self._pressed_at, self._is_click = event.position(), True
        row = None if hit.block is None else hit.block.item.row
        is_plain = not event.modifiers() & (_CTRL | _SHIFT)
        if row is None and not is_plain:
            self.band.begin(event.position().toPoint(), self.choice.lids)
            return
        mates = () if row is None else self.mates_of(row.lid)
        self._gesture.press(Grab(hit.zone, row, hit.at, hit.column.sheet.day, mates))
        moved = () if row is None else (row.lid, *(mate.lid for mate in mates))
        self._edges = self._sheet.edges(moved)
        if hit.block is not None and is_plain and hit.block.lid not in self.choice.lids:
            self.select(hit.block)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        self._pointer, self._modifiers = place, event.modifiers()
        if self.band.isVisible():
            self._stretch_band(place.toPoint())
            return
        if not self._gesture.is_pressed:
            if not event.buttons():
                self._hover(place)
            return
        if not event.buttons():  # the release went elsewhere
            self.drop_draft()
            return
        way = place - self._pressed_at
        if self.draft is None and max(abs(way.x()), abs(way.y())) < _THRESHOLD:
            return
        self._is_click = False
        self._drag()

    def _drag(self) -> None:
        """Brings the draft to where the pointer is now."""
        grab = self._gesture.grab
        if self.plan is None or self._pointer is None or grab is None:
            return
        place = self.content(self._pointer)
        column = self.plan.column_at(place.x())
        at = column.axis.at(place.y())
        if self.draft is None:
            self._begin(grab)
        step = FINE_STEP if self._modifiers & _ALT else STEP
        home = self._home(grab, column)
        grid = Grid(
            column.axis.low, step, edges_near(self._edges, at, grab, step, self._sheet.now), home
        )
        copies = bool(self._modifiers & _CTRL)
        draft = self._gesture.move(at, grid, self._sheet.now, copies=copies)
        self.show_draft(draft)
        if not self._timer.isActive():
            self._dwelt = 0
            self._timer.start()

    def _home(self, grab: Grab, column: Column) -> int | None:
        """Returns where what is dragged was, or the same time of the day it is over."""
        if grab.row is None:
            return None
        if grab.zone is Zone.STOP:
            return self._sheet.now if grab.row.stop is None else grab.row.stop
        days = (column.sheet.day - grab.day).days if grab.zone is Zone.BODY else 0
        return self._sheet.same_time(grab.row.start, days) if days else grab.row.start

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.band.isVisible():
            self.band.hide()
        if event.button() != Qt.MouseButton.LeftButton or not self._gesture.is_pressed:
            return
        draft, is_click = self._gesture.release(), self._is_click
        self._timer.stop()
        self.show_draft(None)
        if draft is not None:
            self._end()
            self._finish(draft)
        elif is_click:
            self._click(event)
        self._hover(event.position())

    def _begin(self, grab: Grab) -> None:
        self.drag_began.emit(None if grab.row is None else EntryId(grab.row.lid))

    def _end(self) -> None:
        self.drag_ended.emit()

    def _finish(self, draft: Draft) -> None:
        self.drafted.emit(draft)

    def _click(self, event: QMouseEvent) -> None:
        hit = self.hit_at(event.position())
        if hit is None or self.plan is None:
            return
        if hit.block is None:
            if not event.modifiers() & (_CTRL | _SHIFT):
                self.select(None)
        elif event.modifiers() & _CTRL:
            self.choice.toggle(hit.block)
            self._selected()
        elif event.modifiers() & _SHIFT:
            self.choice.extend(self.plan, hit.block)
            self._selected()
        else:
            self.select(hit.block)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self.hit_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None or self.is_naming:
            return
        if hit.block is not None:
            self.open(hit.block)
            return
        grid = Grid(hit.column.axis.low, STEP)
        sheet = hit.column.sheet
        span = gap_around(sheet.spans, hit.at, sheet.bounds, grid)
        self._finish(Draft(Deed.CREATE, None, span, span))

    # Scrolling and turning while dragging -------------------------------------------------

    def _on_timer_timeout(self) -> None:
        if self._pointer is None or not self._is_dragging():
            self._timer.stop()
            return
        y, height = self._pointer.y(), self.viewport().height()
        over = min(y - _MARGIN, 0.0) or max(y - (height - _MARGIN), 0.0)
        if over:
            bar = self.verticalScrollBar()
            before = bar.value()
            bar.setValue(before + round(over / 2))
            if bar.value() != before:
                self._drag()
        self._turn_at_the_side(self._pointer.x())

    def _is_dragging(self) -> bool:
        return self._gesture.is_pressed and self.draft is not None

    def _turn_at_the_side(self, x: float) -> None:
        """Shows the next days when a drag rests at the far edge."""
        side = -1 if x < _SIDE else 1 if x > self.viewport().width() - _SIDE else 0
        self._dwelt = self._dwelt + 1 if side else 0
        if self._dwelt >= _DWELL_TICKS:
            self._dwelt = 0
            self.turn(-side if self.isRightToLeft() else side)
            self._drag()

    def modifiers_changed(self, modifiers: Qt.KeyboardModifier) -> None:
        """Brings a drag in line with keys that were pressed or let go meanwhile."""
        if self._is_dragging() and modifiers != self._modifiers:
            self._modifiers = modifiers
            self._drag()

    def drop_draft(self) -> bool:
        """Ends a drag or a cut without a trace; tells whether there was one."""
        was_dragging, was_busy = self._is_dragging(), self.is_busy
        if self.band.isVisible():
            self.band.hide()
            self.select_all(self.band.base)
            return True
        self._timer.stop()
        self._gesture.drop()
        self._is_click = False
        if not self.is_naming:
            self.show_draft(None)
        if was_dragging:
            self._end()
        return was_busy

    # Selecting ----------------------------------------------------------------------------

    def select(self, block: Block | None) -> None:
        """Selects one block, or nothing."""
        if block is None:
            self.choice.clear()
        else:
            self.choice.only(block)
        self._selected()

    def select_all(self, lids: Iterable[str]) -> None:
        """Selects entries."""
        self.choice.take(lids)
        self._selected()

    def mates_of(self, lid: str) -> tuple[EntryRow, ...]:
        """Returns the other entries that are selected together with one."""
        if lid not in self.choice.lids:
            return ()
        rows = (self._sheet.row(other) for other in self.choice.lids if other != lid)
        return tuple(row for row in rows if row is not None)

    def _stretch_band(self, place: QPoint) -> None:
        """Selects what the band touches, besides what was selected before."""
        area = QRectF(self.band.stretch(place).translated(0, self.offset))
        blocks = () if self.plan is None else self.plan.blocks()
        touched = {block.lid for block in blocks if block.rect.intersects(area)}
        self.select_all(self.band.base | touched)

    def select_entry(self, lid: str) -> bool:
        """Selects an entry and scrolls it into sight; tells whether it is shown at all."""
        blocks = () if self.plan is None else self.plan.blocks()
        block = next((b for b in blocks if b.lid == lid), None)
        if block is not None:
            self.select(block)
            self.reveal_block(block)
        return block is not None

    def open(self, block: Block) -> None:
        """Asks for an entry to be edited."""
        self.edit_requested.emit(EditRequest(EntryId(block.lid)))

    def open_all(self, lids: tuple[EntryId, ...]) -> None:
        """Asks for several entries to be edited at once."""
        self.edit_requested.emit(EditRequest(lids[0], lids))

    def _selected(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    # Other events -------------------------------------------------------------------------

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.plan is None or self.is_busy:
            return
        is_by_key = event.reason() != QContextMenuEvent.Reason.Mouse
        if not is_by_key:
            hit = self.hit_at(QPointF(event.pos()))
            if hit is None:
                return
            block, at, place = hit.block, hit.at, event.globalPos()
        else:
            block = self.plan.block(self.choice.current)
            if block is None:
                return
            at, place = block.item.low, self.global_place(self.rect_of(block).center())
        if block is not None and block.lid not in self.choice.lids:
            self.select(block)
        self.menu_requested.emit(MenuRequest(place, at, block, is_by_key))

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and not self._gesture.is_pressed:
            self._pointer = None
            self._hover(None)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.hit_at(QPointF(event.pos()))
            hint = "" if hit is None or hit.block is None else self._hint(hit.block)
            QToolTip.showText(event.globalPos(), tooltip(hint), self.viewport())
            return True
        return super().viewportEvent(event)

    def _hint(self, block: Block) -> str:
        return "" if self.is_busy else self._phrases.face(block.item).hint

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.drop_draft()
        super().hideEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
