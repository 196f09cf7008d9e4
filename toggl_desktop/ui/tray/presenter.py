"""The tray icon's picture, words and clicks, kept true with as few awakenings as possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from toggl_desktop.domain import words
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.instants import day_of
from toggl_desktop.store.read import status
from toggl_desktop.ui.theme.trayicon import tray_icon
from toggl_desktop.ui.tray.keeper import SelectionWatch, TrayKeeper, TrayState
from toggl_desktop.ui.tray.menu import TrayMenu, named
from toggl_desktop.ui.tray.state import Conditions, icon_state, sleep_seconds, tooltip

if TYPE_CHECKING:  # nothing that the first picture can do without (tests/app/test_start.py)
    from datetime import date

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QAction

    from toggl_desktop.store.read.status import Status
    from toggl_desktop.ui.context import Context
    from toggl_desktop.ui.planned import Glance, PlanGlance
    from toggl_desktop.ui.tray.choices import Choices

_MINUTE: Final = 60


MakeIcon = Callable[[], QSystemTrayIcon]
MakeKeeper = Callable[[MakeIcon, SelectionWatch | None, QObject], TrayKeeper]


class TrayPresenter(QObject):
    """Shows the timer in the tray. Everything it offers is also in the window.

    Words change with the store, and once a minute while an entry runs; when nothing runs it sleeps
    until midnight, an hour at a time.

    Signals:
        window_requested(): The window is to be shown.
        plan_requested(): The plan is to be shown.
        favourites_requested(): The favourites are to be put in order.
        window_toggle_requested(): The window is to be shown, or hidden when it is in front.
        switch_requested(): The palette is to be shown.
        preferences_requested(): The preferences are to be shown.
        quit_requested(): The program is to end.
        available_changed(bool): A tray came or went.
        refused(Refusal): Something chosen here was not done; the window says why.
    """

    window_requested = Signal()
    plan_requested = Signal()
    favourites_requested = Signal()
    window_toggle_requested = Signal()
    switch_requested = Signal()
    preferences_requested = Signal()
    quit_requested = Signal()
    available_changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        xembed: SelectionWatch | None = None,
        make_keeper: MakeKeeper = TrayKeeper,
        is_brief: bool = False,
    ) -> None:
        """Reads the state and starts to look for a tray.

        Args:
            context: Whom to ask and tell.
            parent: Its owner.
            xembed: Somebody who knows when an XEmbed tray comes.
            make_keeper: Makes the keeper; a test may have its own.
            is_brief: Whether only what the icon needs is read now; `complete` brings the rest.
        """
        super().__init__(parent)
        self._context = context
        self._status: Status | None = None
        self._status_at = 0
        self._day: date | None = None
        self._trouble = ""
        self._conditions = Conditions()
        self._choices: Choices | None = None
        self._plan: PlanGlance | None = None
        self._glance: Glance | None = None
        self._is_brief = is_brief
        self._early: list[SignalInstance] = []
        self.menu = TrayMenu()
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-tray")
        self._timer.setSingleShot(True)
        self._keeper: TrayKeeper | None = None
        self._wire()
        if not is_brief:
            self._dress_all()
        self.refresh()
        self._keeper = make_keeper(self.make_icon, xembed, self)
        self._keeper.available_changed.connect(self._on_keeper_available_changed)

    def _wire(self) -> None:
        bridge, menu = self._context.bridge, self.menu
        bridge.changed.connect(self._on_bridge_changed)
        bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._context.theme.changed.connect(self._on_theme_changed)
        self._timer.timeout.connect(self._on_timer_timeout)
        menu.aboutToShow.connect(self.show_time)
        menu.state.triggered.connect(self._ask_for_window)
        menu.open.triggered.connect(self._ask_for_window)
        menu.plan.triggered.connect(self._ask_for_plan)
        menu.milestone.triggered.connect(self._ask_for_plan)
        menu.arrange.triggered.connect(self._ask_for_favourites)
        menu.toggle.triggered.connect(self.toggle)
        menu.switch.triggered.connect(self._ask_to_switch)
        menu.undo.triggered.connect(self._on_undo_triggered)
        menu.preferences.triggered.connect(self._ask_for_preferences)
        menu.quit.triggered.connect(self._ask_to_quit)
        menu.triggered.connect(self._on_menu_triggered)

    # What the program asks ----------------------------------------------------------------

    @property
    def is_available(self) -> bool:
        """Whether a tray shows the icon."""
        return self._keeper is not None and self._keeper.state.is_available

    def look_now(self) -> None:
        """Puts the icon into a tray that is there already, before the event loop runs."""
        if self._keeper is not None:
            self._keeper.look_now()

    def complete(self, xembed: SelectionWatch | None = None) -> None:
        """Brings what a brief beginning left out: recents, favourites, pictures, XEmbed trays."""
        if self._is_brief:
            self._is_brief = False
            self._dress_all()
            self.refresh()
            QTimer.singleShot(0, self._ask_again)
        if xembed is not None and self._keeper is not None:
            self._keeper.watch(xembed)

    def _dress_all(self) -> None:
        from PySide6.QtCore import Qt

        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.menu.dress()

    def offer(
        self,
        *,
        switch: bool = False,
        preferences: bool = False,
        plan: PlanGlance | None = None,
    ) -> None:
        """Shows the lines of the menu that lead to what the program has.

        Args:
            switch: Whether there is a palette.
            preferences: Whether there are preferences, and with them the list of favourites.
            plan: Who knows what is planned; None while there is no plan.
        """
        self.menu.switch.setVisible(switch)
        self.menu.preferences.setVisible(preferences)
        self.menu.arrange.setVisible(preferences)
        self._plan = plan
        if not self._is_brief:
            self.refresh()

    def show_conditions(self, conditions: Conditions) -> None:
        """Shows how things stand around the timer: a break, no network, an account in trouble."""
        if conditions != self._conditions:
            self._conditions = conditions
            self.show_time()

    def make_icon(self) -> QSystemTrayIcon:
        """Returns a new icon as things are now; the menu is always the same one."""
        icon = QSystemTrayIcon()
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_icon_activated)
        self._dress(icon)
        return icon

    def close(self) -> None:
        """Takes icon and menu away for good."""
        self._timer.stop()
        if self._keeper is not None:
            self._keeper.close()
        self.menu.hide()
        self.menu.deleteLater()

    # Showing ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads what goes on; also after the computer has slept."""
        source, now, zone = self._context.source, self._now(), self._context.zone()
        try:
            self._status = status.read(source, now, zone)
            if not self._is_brief:
                self._read_choices(day_of(now, zone))
        except KnownError as error:
            self._trouble = error.sentence
        else:
            self._trouble = ""
            self._status_at, self._day = now, day_of(now, zone)
        self.show_time()

    def _read_choices(self, today: date) -> None:
        from toggl_desktop.ui.tray import choices

        running = None if self._status is None else self._status.running
        found = choices.read(self._context.source, running)
        self._glance = None if self._plan is None else self._plan(today)
        self._choices = found
        self.menu.show_recents(found.recents)
        self.menu.show_favourites(found.favourites, found.keepable and found.keepable[1])
        self.menu.show_plan(self._glance, today)
        self.menu.show_undo(found.undoable)

    def show_time(self) -> None:
        """Shows how long it has been by now, from what was read last."""
        if self._day is not None and self._day != day_of(self._now(), self._context.zone()):
            self._day = None
            self.refresh()
            return
        running = None if self._status is None else self._status.running
        self.menu.show_state(self.line(), is_running=running is not None, last=self._last())
        icon = None if self._keeper is None else self._keeper.icon
        if icon is not None:
            self._dress(icon)
        self._sleep()

    def _last(self) -> str | None:
        return None if self._choices is None else self._choices.last

    def line(self) -> str:
        """Returns `Design – Acme · 0:42 · today 5:10 · synced 14:02`, or `3 unsent` at its end."""
        found = self._status
        if self._trouble or found is None:
            return self._trouble or self.tr("Stopped")
        now, running = self._now(), found.running
        today = found.today_seconds
        parts = [self.tr("Stopped")]
        if running is not None:
            today += max(0, now - self._status_at)
            what = named(running, self.tr("No description"))
            parts = [what, words.short(running.seconds(now))]
        parts.append(self.tr("today {time}").format(time=words.short(today)))
        if self._conditions.is_paused:
            parts.append(self.tr("break"))
        if found.problems:
            parts.append(self.tr("{count} refused").format(count=found.problems))
        if self._conditions.is_offline:
            parts.append(self.tr("offline"))
        if found.unsent:
            parts.append(self.tr("{count} unsent").format(count=found.unsent))
        elif self._conditions.freshness and not self._conditions.is_offline:
            parts.append(self._conditions.freshness)
        return " · ".join(parts)

    def _dress(self, icon: QSystemTrayIcon) -> None:
        """Gives an icon its picture and tooltip; what has not changed is not sent again."""
        found = self._status
        running = None if found is None else found.running
        conditions = self._conditions
        if self._trouble:
            conditions = conditions._replace(has_trouble=True)
        state = icon_state(
            conditions,
            is_running=running is not None,
            unsent=0 if found is None else found.unsent,
            problems=0 if found is None else found.problems,
        )
        settings, dot, minutes = self._context.preferences.now, None, None
        if running is not None and running.color and settings.tray_project_dot:
            dot = running.color
        if running is not None and settings.tray_icon_time:
            minutes = running.seconds(self._now()) // _MINUTE
        picture = tray_icon(state, dot, minutes=minutes)
        if icon.icon().cacheKey() != picture.cacheKey():
            icon.setIcon(picture)
        hint = tooltip(self.line())
        if icon.toolTip() != hint:
            icon.setToolTip(hint)

    def _sleep(self) -> None:
        """Sleeps until the words will be others."""
        running = None if self._status is None else self._status.running
        start = None if running is None else running.start
        self._timer.start(sleep_seconds(start, self._now(), self._context.zone()) * 1000)

    def _now(self) -> int:
        return self._context.clock.now().wall

    # Doing --------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Stops what runs, or continues what ran last."""
        from toggl_desktop.domain.commands import ContinueEntry, StopTimer

        running = None if self._status is None else self._status.running
        self._perform(StopTimer() if running is not None else ContinueEntry())

    def _perform(self, command: object) -> None:
        from toggl_desktop.ui.timer.performer import Refusal

        outcome = self._context.perform(command)
        if outcome.error is not None:
            self.refused.emit(Refusal(command, outcome.error))

    def _on_undo_triggered(self) -> None:
        from toggl_desktop.actions.perform import Undo

        self._perform(Undo())

    def _on_menu_triggered(self, action: QAction) -> None:
        if self._choices is not None:
            from toggl_desktop.ui.tray.choices import command_of

            command = command_of(action, self.menu, self._choices, self._glance)
            if command is not None:
                self._perform(command)

    def _ask(self, wish: SignalInstance) -> None:
        """Passes a wish on; one that comes before there are windows waits for them."""
        if self._is_brief:
            self._early.append(wish)
        else:
            wish.emit()

    def _ask_again(self) -> None:
        early, self._early = self._early, []
        for wish in early:
            wish.emit()

    def _ask_for_window(self) -> None:
        self._ask(self.window_requested)

    def _ask_for_plan(self) -> None:
        self._ask(self.plan_requested)

    def _ask_for_favourites(self) -> None:
        self._ask(self.favourites_requested)

    def _ask_to_switch(self) -> None:
        self._ask(self.switch_requested)

    def _ask_for_preferences(self) -> None:
        self._ask(self.preferences_requested)

    def _ask_to_quit(self) -> None:
        self._ask(self.quit_requested)

    def _on_icon_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        chosen = self._context.preferences.now
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._click(chosen.tray_left_click)
        elif reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._click(chosen.tray_middle_click)

    def _click(self, wanted: str) -> None:
        if wanted == "window":
            self._ask(self.window_toggle_requested)
        elif wanted == "toggle":
            self.toggle()
        elif wanted == "menu":
            from PySide6.QtGui import QCursor

            self.menu.popup(QCursor.pos())

    # Hearing ------------------------------------------------------------------------------

    def _on_bridge_changed(self, _changes: object) -> None:
        self.refresh()

    def _on_bridge_settings_changed(self) -> None:
        self.show_time()

    def _on_theme_changed(self) -> None:
        self.refresh()

    def _on_timer_timeout(self) -> None:
        self.show_time()

    def _on_keeper_available_changed(self, state: TrayState) -> None:
        icon = None if self._keeper is None else self._keeper.icon
        if icon is not None:
            # WORKAROUND aw-qt: on Windows 11 a tooltip set before show() stays empty;
            # remove when a Qt release says it no longer does.
            icon.setToolTip("")
            self._dress(icon)
        self.available_changed.emit(state.is_available)
