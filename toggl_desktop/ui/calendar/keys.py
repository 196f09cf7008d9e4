"""The keyboard: walks from block to block, shifts and stretches, and asks for everything else."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from typing_extensions import override

from toggl_desktop.ui.calendar import gestures
from toggl_desktop.ui.calendar.gestures import STEP, Deed, Draft
from toggl_desktop.ui.calendar.hand import HandView
from toggl_desktop.ui.calendar.layout import Block, Layout
from toggl_desktop.ui.calendar.walking import along, beside, within_day

Key = Qt.Key
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_CUT_STEPS: Final[dict[int, int]] = {
    Key.Key_Up: -STEP,
    Key.Key_Down: STEP,
    Key.Key_PageUp: -3600,
    Key.Key_PageDown: 3600,
}
_CUT_ROOM: Final = 40
_ARROWS: Final[dict[int, tuple[int, int]]] = {
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
}


class Want(Enum):
    """What a key asks the calendar for."""

    TODAY = auto()
    NEW = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class Wish:
    """Something is wanted that is not a drag."""

    want: Want


_WISHES: Final[dict[int, Want]] = {
    Key.Key_T: Want.TODAY,
    Key.Key_N: Want.NEW,
    Key.Key_Insert: Want.NEW,
    Key.Key_Delete: Want.DELETE,
    Key.Key_Backspace: Want.DELETE,
}
_PLAIN_KEYS: Final[frozenset[int]] = frozenset(
    {
        *_WISHES,
        *_ARROWS,
        *(Key.Key_S, Key.Key_Escape, Key.Key_Return, Key.Key_Enter, Key.Key_Space),
        *(Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End),
    }
)
_CTRL_KEYS: Final[frozenset[int]] = frozenset(
    {Key.Key_A, Key.Key_Plus, Key.Key_Equal, Key.Key_Minus, Key.Key_0}
)


class KeysView(HandView):
    """Days under a keyboard too. Letters are ours while the keyboard is here, not the window's.

    Signals:
        wished(Wish): A key asked for something.
    """

    wished = Signal(object)

    def listed(self) -> list[tuple[str, str]]:
        """Returns what keys do here, for the list of shortcuts: words and keys."""
        return [
            (self.tr("Walk the entries"), self.tr("Arrows, Tab, Home, End")),
            (self.tr("Select more"), self.tr("Shift+Arrows, Space, Ctrl+A, Shift+Drag")),
            (self.tr("Move by 5 minutes, by a day"), self.tr("Alt+Up/Down, Alt+Left/Right")),
            (self.tr("Move the end by 5 minutes"), self.tr("Alt+Shift+Up/Down")),
            (self.tr("Move the start by 5 minutes"), self.tr("Alt+Shift+Left/Right")),
            (self.tr("New entry in the first gap"), "N"),
            (self.tr("Split at the pointer, or where the arrows say"), "S"),
            (self.tr("Today"), "T"),
            (self.tr("Earlier and later days"), self.tr("Page up, Page down")),
            (self.tr("Zoom, whole day"), self.tr("Ctrl++, Ctrl+−, Ctrl+0, Ctrl+Wheel")),
            (self.tr("Finer while dragging; copy"), self.tr("Alt; Ctrl")),
        ]

    # What is on the way to us -------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        # Shortcuts of the window must not take our letters while the keyboard is here.
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab walks the blocks, and leaves after the last one or once Esc has let go of all."""
        if self.plan is not None and self.choice.current is not None:
            block = along(self.plan, self.choice.current, 1 if next else -1)
            if block is not None:
                self._go(block)
                return True
        return super().focusNextPrevChild(next)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by = {Qt.FocusReason.TabFocusReason: 1, Qt.FocusReason.BacktabFocusReason: -1}
        if self.plan is not None and event.reason() in by and self.choice.current is None:
            block = along(self.plan, None, by[event.reason()])
            if block is not None:
                self._go(block)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.modifiers_changed(event.modifiers())
        if self.plan is None or not self._take(event, self.plan):
            event.ignore()  # for the window: undo, help, and whatever it knows

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.modifiers_changed(event.modifiers())
        event.ignore()

    def _take(self, event: QKeyEvent, plan: Layout) -> bool:
        """Does what a key says; tells whether it means anything here."""
        key, held = event.key(), event.modifiers() & ~_KEYPAD
        if self.draft is not None and self.draft.deed is Deed.CUT:
            return self._take_in_cut(key, held, self.draft)
        if self._is_dragging() or self.band.isVisible():
            return key == Key.Key_Escape and self.drop_draft()
        if key in _ARROWS:
            self.forget_pointer()
            return self._arrow(key, held, plan)
        if held == _CTRL:
            return self._take_with_ctrl(key, plan)
        return held in (_NONE, _SHIFT) and self._take_plain(key, plan)

    def _take_plain(self, key: int, plan: Layout) -> bool:
        block = plan.block(self.choice.current)
        if key in _WISHES:
            self.wished.emit(Wish(_WISHES[key]))
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            self.turn(1 if key == Key.Key_PageDown else -1, is_page=True)
        elif key in (Key.Key_Home, Key.Key_End):
            self._go_to_end(plan, 1 if key == Key.Key_Home else -1)
        elif key == Key.Key_S:
            self._split(block)
        elif key in (Key.Key_Return, Key.Key_Enter) and block is not None:
            self.open(block)
        elif key == Key.Key_Space and block is not None:
            self.choice.toggle(block)
            self._selected()
        elif key == Key.Key_Escape and (block is not None or self.choice.lids):
            self.select(None)
        else:
            return False
        return True

    def _take_with_ctrl(self, key: int, plan: Layout) -> bool:
        if key in (Key.Key_Plus, Key.Key_Equal):
            self.zoom(1.25)
        elif key == Key.Key_Minus:
            self.zoom(0.8)
        elif key == Key.Key_0:
            self.zoom_to_fit()
        elif key == Key.Key_A:
            self.choice.take(b.lid for b in plan.blocks())
            self._selected()
        else:
            return False
        return True

    # Walking ------------------------------------------------------------------------------

    def _go(self, block: Block) -> None:
        self.select(block)
        self.reveal_block(block)

    def _go_to_end(self, plan: Layout, by: int) -> None:
        block = along(plan, None, by)
        if block is not None:
            self._go(block)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(0 if by > 0 else bar.maximum())

    def _arrow(self, key: int, held: Qt.KeyboardModifier, plan: Layout) -> bool:
        across, down = _ARROWS[key]
        if self.isRightToLeft():
            across = -across
        block = plan.block(self.choice.current)
        if held == _ALT and block is not None:
            self._shift(block, down * STEP, across)
        elif held == _ALT | _SHIFT and block is not None:
            deed = Deed.STOP if down else Deed.START
            by = (down or across) * STEP
            self._finish_all(gestures.stretched(block.item.row, deed, by, self._sheet.now))
        elif held in (_NONE, _SHIFT):
            self._walk(plan, across, down, extends=held == _SHIFT)
        else:
            return False
        return True

    def _walk(self, plan: Layout, across: int, down: int, *, extends: bool) -> None:
        current = self.choice.current
        if down:
            block = along(plan, None, down) if current is None else within_day(plan, current, down)
        else:
            block = None if current is None else beside(plan, current, across)
        if block is None:
            if across:
                self.turn(across)
            else:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + down * bar.singleStep() * 2)
        elif extends:
            self.choice.extend(plan, block)
            self._selected()
            self.reveal_block(block)
        else:
            self._go(block)

    def _shift(self, block: Block, by: int, days: int) -> None:
        """Shifts an entry by minutes, or to the same time of another day."""
        drafts = [
            gestures.nudged(
                row,
                self._sheet.same_time(row.start, days) - row.start if days else by,
                self._sheet.now,
            )
            for row in (block.item.row, *self.mates_of(block.lid))
        ]
        self._finish(replace(drafts[0], mates=tuple(drafts[1:])))

    def _finish_all(self, draft: Draft) -> None:
        """Asks for a change of an entry and of those selected with it."""
        row = draft.row
        mates = () if row is None else self.mates_of(row.lid)
        self._finish(gestures.with_mates(draft, mates, self._sheet.now))

    # Cutting ------------------------------------------------------------------------------

    def _split(self, current: Block | None) -> None:
        """Cuts where the pointer is, or what runs at now; else asks where, by keyboard."""
        hit = self.pointed()
        if hit is not None and hit.block is not None:
            self._cut(gestures.cut(hit.block.item.row, hit.at, self._sheet.now))
            return
        if current is None:
            return
        row, now = current.item.row, self._sheet.now
        if row.stop is None or row.start < now < row.stop:
            self._cut(gestures.cut(row, now, now, is_exact=True))
            return
        self.ask_where_to_cut(current)

    def ask_where_to_cut(self, block: Block) -> None:
        """Shows a cut in the middle; arrows move it, Enter makes it, Esc drops it."""
        row, now = block.item.row, self._sheet.now
        span = gestures.span_of(row, now)
        draft = gestures.cut(row, (span.low + span.high) // 2, now)
        if draft is not None:
            self.show_draft(draft)
            self.reveal_block(block)

    def _cut(self, draft: Draft | None) -> None:
        if draft is not None:
            self._finish(draft)

    def _take_in_cut(self, key: int, held: Qt.KeyboardModifier, draft: Draft) -> bool:
        if key == Key.Key_Escape:
            self.drop_draft()
        elif key in (Key.Key_Return, Key.Key_Enter, Key.Key_S):
            self.drop_draft()
            self._finish(draft)
        elif key in _CUT_STEPS:
            step = _CUT_STEPS[key]
            self._move_cut(draft, step // 5 if held & _ALT else step)
        else:
            return key not in (Key.Key_Tab, Key.Key_Backtab)
        return True

    def _move_cut(self, draft: Draft, by: int) -> None:
        """Moves a cut and keeps it in sight, on another day if it goes there."""
        at = min(max(draft.cut + by, draft.span.low + 1), draft.span.high - 1)
        self.show_draft(replace(draft, cut=at))
        low, high = self._sheet.bounds
        if not low <= at < high:
            self.turn(1 if at >= high else -1)
        column = None if self.plan is None else self.plan.column_of(at)
        if column is not None:
            y = column.axis.y(at)
            self.reveal(y - _CUT_ROOM, y + _CUT_ROOM)


def _is_ours(event: QKeyEvent) -> bool:
    key, held = event.key(), event.modifiers() & ~_KEYPAD
    if held in (_NONE, _SHIFT):
        return key in _PLAIN_KEYS
    if held == _CTRL:
        return key in _CTRL_KEYS
    return bool(held & _ALT) and key in _ARROWS
