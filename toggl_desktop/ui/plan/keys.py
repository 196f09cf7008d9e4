"""The keyboard on the timeline: walks, moves, resizes, makes; everything a hand can do."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from toggl_desktop.domain.plan.axis import weekday
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.gestures import Deed, Draft, next_lane, nudged, relaned, resized
from toggl_desktop.ui.plan.hand import PlanHand
from toggl_desktop.ui.plan.walking import Place, across, along, first_in_sight

Key = Qt.Key
_ALT: Final = Qt.KeyboardModifier.AltModifier
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_NONE: Final = Qt.KeyboardModifier.NoModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_WEEK: Final = 7
_ARROWS: Final[dict[int, tuple[int, int]]] = {
    Key.Key_Left: (-1, 0),
    Key.Key_Right: (1, 0),
    Key.Key_Up: (0, -1),
    Key.Key_Down: (0, 1),
}


class PlanKeys(QObject):
    """The hand's other half; both are installed together as one `Hand`.

    Signals:
        milestone_wanted(int): A milestone is to be made on a day.
        shift_wanted(str): Everything after a bar is to be shifted.
        scope_wanted(): What was done to one occurrence may be meant for others too.
    """

    milestone_wanted = Signal(object)
    shift_wanted = Signal(object)
    scope_wanted = Signal()

    def __init__(self, hand: PlanHand) -> None:
        super().__init__(hand)
        self._hand = hand
        self._maker = hand.maker
        self._view = hand.view
        self._deeds = hand.maker.deeds
        self.pressed = hand.pressed
        self.moved = hand.moved
        self.released = hand.released
        self.double_clicked = hand.double_clicked
        self.menu_wanted = hand.menu_wanted
        self._plain = {
            Key.Key_Return: self._open,
            Key.Key_Enter: self._open,
            Key.Key_E: self._open,
            Key.Key_F2: self._open,
            Key.Key_D: self._dates,
            Key.Key_N: self._new,
            Key.Key_Insert: self._new,
            Key.Key_X: self._done,
            Key.Key_R: self._others,
            Key.Key_Space: self._timer,
            Key.Key_Delete: self._delete,
            Key.Key_Backspace: self._delete,
            Key.Key_Escape: self._let_go,
        }
        self._shifted = {
            Key.Key_M: self._milestone,
            Key.Key_U: self._unschedule,
            Key.Key_S: self._shift_after,
        }
        self._with_ctrl = {
            Key.Key_A: self._select_all,
            Key.Key_D: self._duplicate,
        }

    def listed(self) -> list[tuple[str, str]]:
        """Returns what keys do here, for the list of shortcuts: words and keys."""
        return [
            (self.tr("Walk lanes and bars; select more"), self.tr("Arrows; Shift+Arrows")),
            (self.tr("Move by a day; by a week"), self.tr("Alt+Left/Right; Alt+Up/Down")),
            (self.tr("Move the end; the start"), self.tr("Alt+Shift+Left/Right; +Up/Down")),
            (self.tr("To another lane"), self.tr("Ctrl+Alt+Up/Down, Ctrl+Shift+Up/Down")),
            (self.tr("New task; milestone"), self.tr("N; Shift+M")),
            (self.tr("Edit; dates"), self.tr("Enter, E; D")),
            (self.tr("Done; start the timer"), self.tr("X; Space")),
            (self.tr("Duplicate; delete"), self.tr("Ctrl+D; Del")),
            (self.tr("Unschedule; shift everything after"), self.tr("Shift+U; Shift+S")),
            (self.tr("What recurs: the following or all of it too"), "R"),
            (self.tr("Taskbox"), "U"),
            (self.tr("While dragging: copy; time of day"), self.tr("Ctrl; Alt")),
            (self.tr("Select all; let go"), self.tr("Ctrl+A; Esc")),
        ]

    def key_pressed(self, event: QKeyEvent) -> bool:
        """A key went down while the timeline has the keyboard; tells whether it was ours."""
        if self._hand.key_pressed(event):
            return True
        key, held = event.key(), event.modifiers() & ~_KEYPAD
        if key in _ARROWS:
            return self._arrow(*_ARROWS[key], held)
        actions = {_NONE: self._plain, _SHIFT: self._shifted, _CTRL: self._with_ctrl}.get(held)
        action = None if actions is None else actions.get(Key(key))
        return action is not None and action()

    # Walking ------------------------------------------------------------------------------

    @property
    def _focus(self) -> Place | None:
        focus = self._view.focus_bar
        bar = None if focus is None else self._view.bar(focus[0])
        return None if bar is None or focus is None or bar.start is None else (bar, focus[1])

    def _chosen(self) -> tuple[Bar, ...]:
        """Returns what a key is about: what is selected, or the bar that has the keyboard."""
        focus = self._focus
        lead = None if focus is None else focus[0].lid
        return self._maker.selected_bars(lead) or (() if focus is None else (focus[0],))

    def _lids(self) -> tuple[str, ...]:
        return tuple(bar.lid for bar in self._chosen())

    def _arrow(self, right: int, down: int, held: Qt.KeyboardModifier) -> bool:
        if held in (_NONE, _SHIFT):
            return self._walk(right, down, extends=held == _SHIFT)
        if held == _ALT:
            return self._do(nudged(self._chosen(), right or down * _WEEK))
        if held == _ALT | _SHIFT:
            focus = self._focus
            deed = Deed.END if right else Deed.START
            return focus is not None and self._do(resized(focus[0], deed, right or down))
        if held in (_CTRL | _ALT, _CTRL | _SHIFT) and down:
            return self._to_lane(down)
        return False

    def _walk(self, right: int, down: int, *, extends: bool) -> bool:
        chart, focus = self._view.chart, self._focus
        if focus is None:
            low, high = self._view.days_in_sight
            lanes = [lane for lane in chart.shown if not lane.is_head]
            place = first_in_sight(lanes, low, high)
        elif right:
            place = along(chart, focus[0].lid, focus[1], right)
        else:
            place = across(chart, focus[0], focus[1], down)
        if place is not None:
            self.go(place, extends=extends)
        return True

    def go(self, place: Place, *, extends: bool = False) -> None:
        """Puts the keyboard on a bar, brings it into sight and says what it is."""
        bar, key = place
        kept = self._view.selection if extends else frozenset()
        self._view.set_selection(kept | {bar.lid})
        self._view.set_focus_bar(bar.lid, key)
        self._view.reveal(bar.lid, key)
        if extends:
            self._maker.tell_selection()

    # Changing -----------------------------------------------------------------------------

    def _do(self, draft: Draft | None) -> bool:
        if draft is not None and draft.lead is not None:
            lead = draft.lead
            self._maker.finish(draft)
            focus = self._view.focus_bar
            self._view.reveal(lead.lid, "" if focus is None else focus[1])
        return True

    def _to_lane(self, by: int) -> bool:
        focus = self._focus
        home = None if focus is None else self._view.chart.lanes.by_key.get(focus[1])
        if focus is None or home is None:
            return True
        lane, bars = next_lane(self._view.chart.shown, home.key, by), self._chosen()
        if lane is None:
            self._deeds.say(self._maker.phrases.stuck("above" if by < 0 else "below", len(bars)))
            return True
        draft = relaned(bars, home, lane, self._maker.spread(bars, home))
        if draft is not None and draft.hindrance:
            self._deeds.say(self._maker.phrases.stuck(draft.hindrance, len(bars)))
        elif draft is not None and self._maker.finish(draft):
            self._view.set_focus_bar(focus[0].lid, lane.key)
            self._view.reveal(focus[0].lid, lane.key)
        return True

    def _open(self) -> bool:
        focus = self._focus
        if focus is not None:
            self._deeds.open_task(focus[0].lid)
        return True

    def _dates(self) -> bool:
        focus = self._focus
        if focus is not None:
            self._deeds.open_task(focus[0].lid, "days")
        return True

    def _lane_for_new(self) -> Lane | None:
        focus = self._view.focus_bar
        lanes = self._view.chart.lanes
        if focus is not None and focus[1] in lanes.by_key:
            return lanes.by_key[focus[1]]
        upper = self._view.upper
        shown = [lane for lane in self._view.chart.shown if not lane.is_head]
        for lane in shown:
            placed = self._view.chart.placed(lane.key)
            if placed is not None and placed.top + placed.height > upper:
                return lane
        return shown[0] if shown else None

    def _new(self) -> bool:
        self.make_new()
        return True

    def make_new(self) -> bool:
        """Asks for a new bar: after the one that has the keyboard, else today if in sight.

        Tells whether there is a lane for it.
        """
        lane, focus = self._lane_for_new(), self._focus
        low, high = self._view.days_in_sight
        today = self._view.scene.today
        day = today if low <= today <= high else (low + high) // 2
        if focus is not None and focus[0].end is not None:
            day = focus[0].end + 1
            while self._is_free(day) and not self._is_free(focus[0].end):
                day += 1
        if lane is not None:
            self._bring(lane, day)
            self._maker.finish(Draft(Deed.CREATE, (), day, day, lane, lane))
        return lane is not None

    def _is_free(self, day: int) -> bool:
        return not self._view.axis.shows(day) or weekday(day) in self._view.scene.weekend

    def _bring(self, lane: Lane, day: int) -> None:
        """Scrolls a place into sight."""
        low, high = self._view.days_in_sight
        if not low < day < high:
            self._view.show_day(day)
        rect = self._view.placed_rect(lane.key)
        room = self._view.viewport().height()
        bar = self._view.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > room:
            bar.setValue(bar.value() + rect.bottom() - room)

    def _milestone(self) -> bool:
        focus = self._focus
        low, high = self._view.days_in_sight
        today = self._view.scene.today
        day = today if low <= today <= high else (low + high) // 2
        if focus is not None and focus[0].end is not None:
            day = focus[0].end
        self._ask_for_milestone(day)
        return True

    def _ask_for_milestone(self, day: int) -> None:
        self.milestone_wanted.emit(day)

    def _shift_after(self) -> bool:
        focus = self._focus
        if focus is not None:
            self.shift_wanted.emit(focus[0].lid)
        return True

    def _others(self) -> bool:
        self.scope_wanted.emit()
        return True

    def _done(self) -> bool:
        self._deeds.toggle_done(self._lids())
        return True

    def _timer(self) -> bool:
        focus = self._focus
        if focus is not None:
            self._deeds.start_timer((focus[0].lid,))
        return True

    def _unschedule(self) -> bool:
        self._deeds.unschedule(self._lids())
        return True

    def _duplicate(self) -> bool:
        """Copies; selection and keyboard go to what was made."""
        focus = self._focus
        copies = self._deeds.duplicate(self._lids())
        if copies:
            self._view.set_selection(copies)
        if len(copies) == 1 and focus is not None:
            self._view.set_focus_bar(copies[0], focus[1])
        return True

    def _delete(self) -> bool:
        """Deletes; the keyboard goes to the bar beside."""
        focus, lids = self._focus, self._lids()
        beside = None
        if focus is not None:
            chart = self._view.chart
            beside = along(chart, focus[0].lid, focus[1], 1) or along(
                chart, focus[0].lid, focus[1], -1
            )
        self._deeds.delete(lids)
        if beside is not None and self._view.bar(beside[0].lid) is not None:
            self.go(beside)
        return True

    def _select_all(self) -> bool:
        """Selects every bar that lies in the days that are in sight."""
        low, high = self._view.days_in_sight
        chart = self._view.chart
        lids = {
            bar.lid
            for lane in chart.shown
            for _, bars in chart.bars_between(lane, low, high)
            for bar in bars
        }
        self._view.set_selection(lids)
        self._maker.tell_selection()
        return True

    def _let_go(self) -> bool:
        if not self._view.selection and self._view.focus_bar is None:
            return False
        self._maker.select(())
        return True
