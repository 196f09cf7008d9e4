"""The timeline in step with the store: what is read is laid out, what changed is painted again."""

import json
from collections.abc import Container
from typing import Any, Final

from PySide6.QtCore import QEvent, QSettings, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet, merged
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.instants import local
from toggl_desktop.domain.plan.axis import Axis, visible_days
from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.ui.calendar.minute import MinuteTicker
from toggl_desktop.ui.plan.faces import Faces
from toggl_desktop.ui.plan.looks import Looks, Switches
from toggl_desktop.ui.plan.model import PlanModel, Shown
from toggl_desktop.ui.plan.places import MOST_PLACES, PLACES, SIDE, read_places, read_width
from toggl_desktop.ui.plan.reader import PlanReader
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.speech import Speech
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.timer.performer import Kit

_MONTH: Final = 31
_LATER_MS: Final = 50
_BREATH_MS: Final = 12
"""So long other things have their turn while a huge plan is read."""
_AROUND: Final = 120
"""So many days before and after what is in sight are read at once."""


class Timeline(QWidget):
    """Shows one timeline of the plan, and another when asked.

    While its window is hidden nothing is read; what changed is read when it is shown.

    Signals:
        reading_failed(KnownError): The plan could not be read.
        plan_turned(): The plan, or what is shown of it, is another than before.
    """

    reading_failed = Signal(object)
    plan_turned = Signal()

    def __init__(self, kit: Kit, state: QSettings | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._context = kit.context
        self._state = state
        self._piled: list[ChangeSet] = []
        self._fresh = ChangeSet()
        self._heard = 0
        self._has_read = False
        self._places: dict[str, list[Any]] = read_places(state)
        self.model = PlanModel(self._context.source)
        self._minute = MinuteTicker(self._context.clock, self)
        self._reaching = QTimer(self)
        self._reaching.setObjectName("toggl-plan-reach")
        self._reaching.setSingleShot(True)
        self._reaching.setInterval(_LATER_MS)
        self._reaching.timeout.connect(self._on_reaching_timeout)
        self._reading_on = QTimer(self)
        self._reading_on.setObjectName("toggl-plan-rest")
        self._reading_on.setSingleShot(True)
        self._reading_on.setInterval(_BREATH_MS)
        self._reading_on.timeout.connect(self._on_reading_on_timeout)
        self._build()
        self._wire()

    def _build(self) -> None:
        looks = self._looks()
        faces = Faces(looks, self._kit.wording.minute)
        chart = Chart(self.model.lanes, Axis(36), looks.measures)
        scene = Scene(chart, looks, faces, today=self._kit.wording.today().toordinal())
        scene.bar_of = self.model.bar
        scene.complete = self.complete
        self.view = PlanView(scene, self)
        self.view.setAccessibleName(self.tr("Timeline"))
        self.view.side.width_open = read_width(self._state)
        self.speech = Speech(self.view, self._kit.wording, self)
        self.reader = PlanReader(self.view, self.speech)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        self.setFocusProxy(self.view)

    def _wire(self) -> None:
        self._minute.ticked.connect(self._tick)
        self.view.sight_changed.connect(self._on_sight_changed)
        self.view.focus_moved.connect(self.reader.tell_focus)
        self.view.let_go.connect(self._on_view_let_go)
        self.view.settled.connect(self.model.freeze)
        self._context.bridge.changed.connect(self._on_bridge_changed)
        self._context.bridge.settings_changed.connect(self._on_settings_changed)
        self._context.theme.changed.connect(self._relook)

    @property
    def scene(self) -> Scene:
        """What is shown."""
        return self.view.scene

    # Looks --------------------------------------------------------------------------------

    def _looks(self) -> Looks:
        now = self._context.preferences.now
        switches = Switches(
            has_contrast=now.plan_contrast,
            has_patterns=now.plan_patterns,
            has_borders=now.plan_borders,
            is_big=now.plan_big,
        )
        return Looks(self._context.theme.tokens, switches, self.devicePixelRatioF())

    def _relook(self) -> None:
        self.view.show_looks(self._looks())

    def _on_settings_changed(self) -> None:
        now = self._context.preferences.now
        self.scene.first_weekday = self._kit.wording.first_weekday()
        self.scene.has_week_numbers = now.plan_week_numbers
        self._take_weekend()
        if now.plan_no_one != self.model.has_no_one:
            self.model.has_no_one = now.plan_no_one
            if self._has_read:
                self.model.build()
                self._show_plan()
        self._relook()

    def _take_weekend(self) -> None:
        """Shades, or leaves out, the days people rest on; estimates skip them."""
        weekend = self._kit.wording.weekend()
        hidden = weekend if self._context.preferences.now.plan_hide_weekends else frozenset()
        self.scene.weekend = weekend
        if hidden != self.view.axis.hidden:
            self.view.show_hidden(hidden)
        if weekend != self.model.weekend:
            self.model.weekend = weekend
            if self._has_read:
                self._keep_place()
                self._has_read = False
                self.catch_up()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._relook()
        return super().event(event)

    # What is shown ------------------------------------------------------------------------

    def show_timeline(self, shown: Shown) -> None:
        """Shows another timeline, at the scale and place it had when it was last seen."""
        if shown == self.model.shown and self._has_read:
            return
        self._keep_place()
        self.model.show(shown)
        self._show_plan(goes=True)

    def show_filter(self, wanted: Filter) -> None:
        """Shows only what is wanted."""
        if wanted != self.model.wanted:
            self.model.filter(wanted)
            self._show_plan()

    def _show_plan(self, *, goes: bool = False) -> None:
        """Lays out what the model has; `goes` to where it was seen last."""
        model = self.model
        self.scene.show_plan(model.plan, model.lanes, model.milestones())
        self.speech.show_names(model.plan)
        self._take_holidays()
        if goes:
            self._take_place()
        else:
            self.view.arrange()
        self._reaching.start()
        self.reader.tell_reordered()
        self.tell_turned()

    def _on_reaching_timeout(self) -> None:
        """Finds out how far the scroll bar reaches, once what matters is on the screen."""
        if not self.model.is_whole:
            return
        reach = self.model.reach()
        if reach is not None:
            self.view.show_reach(*reach)

    def tell_turned(self) -> None:
        """Tells that something else is shown."""
        self.plan_turned.emit()

    def _take_holidays(self) -> None:
        """Finds out which days people have off by law; a moment later, the first time."""
        regions = {row.lid: row.holidays for row in self.model.plan.members if row.holidays}
        found: dict[str, Container[int]] = {
            lid: self._context.holidays(region) for lid, region in regions.items()
        }
        self.scene.member_holidays = found

    # Reading ------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Reads what changed while nobody looked; everything, the first time."""
        piled, self._piled = self._piled, []
        try:
            if not self._has_read:
                self._has_read = True
                self._on_settings_changed()
                self.model.read(self._near())
                self._show_plan(goes=True)
            elif piled:
                self._apply(merged(piled))
            if not self.model.is_whole:
                self._reading_on.start()
        except KnownError as error:
            self._tell_failure(error)

    def _near(self) -> tuple[int, int]:
        """Returns the days that are read before all others: around those that will be in sight."""
        axis, left, _ = self._place()
        low, high = visible_days(axis, left, self.view.viewport().width())
        return low - _AROUND, high + _AROUND

    def _on_reading_on_timeout(self) -> None:
        try:
            if self.model.is_whole:
                return
            if self.model.read_on():
                self._reading_on.start()
            else:
                self._show_plan()
        except KnownError as error:
            self._tell_failure(error)

    def complete(self) -> None:
        """Shows the whole plan now, where a part of a huge one was enough until now."""
        if self._has_read and not self.model.is_whole:
            self._reading_on.stop()
            try:
                self.model.complete()
                self._show_plan()
            except KnownError as error:
                self._tell_failure(error)

    def _on_sight_changed(self) -> None:
        if not self.model.knows(*self.view.days_in_sight):
            self.complete()

    def apply(self, changes: ChangeSet) -> None:
        """Shows at once what a person's own command changed; the bridge tells of it later.

        Of what went on beside the window the bridge may have told already.
        """
        if 0 < changes.seq <= self._heard:
            return
        self._fresh = merged([self._fresh, changes])
        self._take(changes)

    def _take(self, changes: ChangeSet) -> None:
        if not self.window().isVisible() or not self._has_read:
            self._piled = [merged([*self._piled, changes])]
            return
        try:
            self._apply(changes)
        except KnownError as error:
            self._tell_failure(error)

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        """Shows what others changed too; what was shown already is not read again.

        While something is dragged it waits, so that nothing jumps away under the hand.
        """
        fresh = self._fresh
        self._heard = max(self._heard, changes.seq)
        if changes.seq >= fresh.seq:
            self._fresh = ChangeSet()
        if 0 < changes.seq <= fresh.seq:
            changes = changes.without(fresh)
        if not changes.touched:
            return
        if self.view.drafts:
            self._piled = [merged([*self._piled, changes])]
        else:
            self._take(changes)

    def _on_view_let_go(self) -> None:
        """Shows what waited for the end of a drag."""
        if self._piled and self._has_read and self.window().isVisible():
            self.catch_up()

    def _apply(self, changes: ChangeSet) -> None:
        low, high = self.view.days_in_sight
        turned = self.model.apply(changes, (low - _AROUND, high + _AROUND))
        if not turned:
            return
        if not self.model.is_whole:
            self._reading_on.start()
        if turned.has_other_lanes or turned.has_other_names:
            self._let_go_of_gone()
            self._show_plan()
            return
        self.scene.forget_loads(turned.lanes)
        self.scene.take_changed(changes.ids("plan_task"))
        moved = [lane for lane in turned.lanes if self.view.chart.arrange_lane(lane)]
        if moved or self.model.lanes.hides_empty:
            self.view.arrange()
        else:
            for lane in turned.lanes:
                self.view.update_lane(lane)
            if self.scene.dependencies:
                self.view.viewport().update()
        self._let_go_of_gone()
        self.reader.tell_reordered()
        self.tell_turned()

    def _let_go_of_gone(self) -> None:
        """Selects nothing that is not there any more."""
        gone = [lid for lid in self.view.selection if self.model.bar(lid) is None]
        if gone:
            self.view.set_selection(self.view.selection.difference(gone))

    def _tell_failure(self, error: KnownError) -> None:
        self.reading_failed.emit(error)

    # Time ---------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Moves now; a new day is another today."""
        wording = self._kit.wording
        today = wording.today().toordinal()
        moment = local(wording.now(), wording.zone)
        self.view.show_now(today, moment.hour * 60 + moment.minute)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self._relook()
        self.catch_up()
        self._minute.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        self._reaching.stop()
        self._reading_on.stop()
        self._keep_place()
        super().hideEvent(event)

    # Places -------------------------------------------------------------------------------

    def _keep_place(self) -> None:
        """Remembers the scale and place of the timeline that is shown."""
        if not self._has_read:
            return
        view, key = self.view, self.model.shown.key
        days = view.axis.per_day
        self._places.pop(key, None)
        self._places[key] = [days, view.left / days, view.upper]
        while len(self._places) > MOST_PLACES:
            del self._places[next(iter(self._places))]

    def remember(self) -> None:
        """Writes all scales and places down."""
        self._keep_place()
        if self._state is not None:
            self._state.setValue(PLACES, json.dumps(self._places))
            self._state.setValue(SIDE, self.view.side.width_open)

    def _take_place(self) -> None:
        """Goes back to where the timeline that is shown was seen last, else to today."""
        self.view.go_to(*self._place())

    def _place(self) -> tuple[Axis, int, int]:
        """Returns the axis, the left and the upper edge of what is to be seen first."""
        view = self.view
        place = self._places.get(self.model.shown.key)
        if place is None:
            width = view.viewport().width()
            scaled = view.axis.fitting(_MONTH, width)
            return scaled, scaled.x(self.scene.today) - width // 4, 0
        per_day, column, upper = place
        scaled = view.axis.scaled(per_day / view.axis.per_day)
        return scaled, round(column * scaled.per_day), int(upper)
