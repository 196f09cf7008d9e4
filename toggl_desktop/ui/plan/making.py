"""From a draft to what becomes of it: shown, named in its place, done as one command."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer

from toggl_desktop.domain.plan.commands import CopyPlanTasks, MovePlanTasks
from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.context import Preferences
from toggl_desktop.ui.plan.belonging import Spread, spread
from toggl_desktop.ui.plan.deeds import Deeds
from toggl_desktop.ui.plan.gestures import Deed, Draft
from toggl_desktop.ui.plan.ghosts import settled
from toggl_desktop.ui.plan.hit import Hit
from toggl_desktop.ui.plan.naming import Named, NameField
from toggl_desktop.ui.plan.phrases import Phrases
from toggl_desktop.ui.plan.scene import DraftBar
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.widgets.bars import announce

_FEW: Final = 50


class Maker(QObject):
    """Serves pointer and keyboard alike. A new bar gets its name where it is to be.

    Attributes:
        was_just_named: Whether the press that is being handled has ended the naming already, by
            taking the keyboard away from it.
    """

    def __init__(
        self, view: PlanView, deeds: Deeds, phrases: Phrases, preferences: Preferences
    ) -> None:
        super().__init__(view)
        self.view = view
        self.deeds = deeds
        self.phrases = phrases
        self._preferences = preferences
        self.was_just_named = False
        self.name = NameField(view.viewport())
        view.sight_changed.connect(self.place_name)
        self.name.named.connect(self._on_name_named)
        self.name.dropped.connect(self._on_name_dropped)

    # Selecting ----------------------------------------------------------------------------

    def selected_bars(self, first: str | None = None) -> tuple[Bar, ...]:
        """Returns the selected bars in the order of time; one of them may be put first."""
        found = [(bar.lid != first, bar.start or 0, bar) for bar in self._selected()]
        return tuple(bar for *_, bar in sorted(found))

    def _selected(self) -> list[Bar]:
        return self.deeds.bars(self.view.selection)

    def select(self, lids: Iterable[str], hit: Hit | None = None) -> None:
        """Selects bars; the keyboard is on the one that was hit."""
        wanted = frozenset(lids)
        self.view.set_selection(wanted)
        if hit is not None:
            self.view.set_focus_bar(hit.lid, hit.lane)
        elif not wanted:
            self.view.set_focus_bar(None)

    def tell_selection(self) -> None:
        """Tells a screen reader how many bars are selected."""
        count = len(self.view.selection)
        words = self.tr("1 task selected") if count == 1 else self.tr("{count} tasks selected")
        announce(self.view, words.format(count=count) if count else self.tr("Nothing selected"))

    # Showing ------------------------------------------------------------------------------

    def show(self, draft: Draft, pointer: QPoint | None = None) -> None:
        """Shows a draft: ghosts, its words beside the pointer, the lane it goes to."""
        lane = draft.lane or draft.home
        key = "" if lane is None else lane.key
        ghosts = [one for bar in self._in_sight(draft) for one in self._ghosts_of(bar, draft)]
        if not draft.bars:
            ghosts = [DraftBar(None, draft.start, draft.end, key)]
        else:
            ghosts = settled(ghosts, self.view.chart)
        lit = key if draft.changes_lane or not draft.bars else ""
        words = "" if pointer is None else self.phrases.draft(draft)
        self.view.show_draft(ghosts, words, pointer, lit)

    def _in_sight(self, draft: Draft) -> list[Bar]:
        """Returns the bars that are seen where they are or where they would be."""
        if len(draft.bars) <= _FEW:
            return list(draft.bars)
        low, high = self.view.days_in_sight
        low, high = low - max(draft.days, 0), high - min(draft.days, 0)
        return [bar for bar in draft.bars if (bar.start or 0) <= high and (bar.end or 0) >= low]

    def _ghosts_of(self, bar: Bar, draft: Draft) -> list[DraftBar]:
        """Returns a bar as it would be, in each of the lanes it would be in."""
        if bar is draft.lead or bar.start is None or bar.end is None:
            start, end = draft.start, draft.end
        else:
            start, end = bar.start + draft.days, bar.end + draft.days
        lanes = self.view.chart.lanes.of(bar) if bar.start is not None else ()
        keys = [one.key for one in lanes]
        if draft.changes_lane or not keys:
            goes = draft.lanes_of(bar.lid)
            new = list(goes.values()) or [draft.lane.key if draft.lane else ""]
            stays = [key for key in keys if key not in goes and key not in new]
            keys = new if draft.deed is Deed.COPY else [*new, *stays]
        is_copy = draft.deed is Deed.COPY
        rows = {one.key: one.packed.row_of(bar) for one in lanes if one.bars}
        row = rows.get("" if draft.home is None else draft.home.key)
        return [
            DraftBar(bar.lid, start, end, key, rows.get(key, row), bar.name, bar.color, is_copy)
            for key in keys
        ]

    def spread(self, bars: Sequence[Bar], home: Lane | None) -> Spread | None:
        """Returns how bars lie across lanes; None when all are in the one they are taken from."""
        if len(bars) < 2:
            return None
        chart = self.view.chart
        return spread(bars, home, chart.shown, chart.lanes.of)

    # Doing --------------------------------------------------------------------------------

    def finish(self, draft: Draft) -> bool:
        """Makes a change: asks for a name, or does the one command; tells whether it was done."""
        if draft.deed is Deed.CREATE:
            self.ask_for_name(draft)
            return True
        command = draft.order(pushes=self._preferences.now.plan_push)
        if command is None:
            return False
        if draft.lead is not None and isinstance(command, MovePlanTasks | CopyPlanTasks):
            # It lands where it was shown, also when others moved it while it was in the hand.
            moved = self.deeds.moved_meanwhile(draft.lead)
            command = replace(command, days=command.days - moved)
        changes = self.deeds.do(command)
        if changes is None:
            return False
        self._tell(draft)
        if draft.deed is Deed.COPY:
            copies = changes.ids("plan_task") - {bar.lid for bar in draft.bars}
            self.select(frozenset(copies))
        return True

    def _tell(self, draft: Draft) -> None:
        """Tells a screen reader what has become of the first bar."""
        lead = draft.lead
        if lead is not None:
            announce(self.view, f"{lead.name}: {self.phrases.draft(draft)}")

    def ask_for_name(self, draft: Draft) -> None:
        """Asks for the name of a new bar in its place."""
        self.show(draft)
        self.name.open_for(draft, self.phrases.draft(draft))
        self.place_name()

    def place_name(self) -> None:
        """Keeps the field at its bar, wherever that is now."""
        draft = self.name.draft
        if draft is None:
            return
        lane = "" if draft.lane is None else draft.lane.key
        row = self.view.placed_rect(lane)
        left, right = self.view.x_of(draft.start), self.view.x_of(draft.end + 1)
        self.name.place(QRect(left, row.top(), max(1, right - left), row.height()))

    def _on_name_named(self, named: Named) -> None:
        draft = self.name.draft
        if draft is None:
            return
        outcome = self.deeds.attempt(draft.named(named.name))
        if outcome.error is not None:
            self.name.show_refused(outcome.error)
            return
        made = () if outcome.changes is None else tuple(outcome.changes.ids("plan_task"))
        self._close_name()
        if len(made) == 1:
            lane = "" if draft.lane is None else draft.lane.key
            self.view.set_selection(made)
            self.view.set_focus_bar(made[0], lane)
            if named.opens:
                self.deeds.open_task(made[0])

    def _forget_naming(self) -> None:
        self.was_just_named = False

    def _on_name_dropped(self) -> None:
        self._close_name()

    def _close_name(self) -> None:
        had_keyboard = self.name.field.hasFocus()
        self.was_just_named = True
        QTimer.singleShot(0, self._forget_naming)
        self.name.close_field()
        self.view.clear_draft()
        if had_keyboard:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
