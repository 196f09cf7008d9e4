"""The windows: each made when it is first wanted, shown on the current desktop, its place kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QGuiApplication

from toggl_desktop.ui.widgets.typed import take_typed

if TYPE_CHECKING:  # each window's code is loaded when the window is first wanted
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from toggl_desktop.ui.context import Context
    from toggl_desktop.ui.plan.window import PlanWindow
    from toggl_desktop.ui.planned import Glance
    from toggl_desktop.ui.settings.data import Belongings
    from toggl_desktop.ui.settings.preferences import PreferencesWindow
    from toggl_desktop.ui.switcher.palette import Palette
    from toggl_desktop.ui.timer.performer import Refusal
    from toggl_desktop.ui.timer.window import TimerWindow
    from toggl_desktop.ui.tray.presenter import TrayPresenter


class Windows(QObject):
    """Opens what tray, keys and other processes ask for.

    Signals:
        quit_requested(): A window asks for the end of the program.
        account_requested(): Who is signed in is to be shown, or somebody is to sign in.
        problems_requested(): How the sync stands is to be shown, and what waits for a person.
        erase_requested(): All data is to be deleted, and the program to end.
        repair_requested(): The program is to start again and repair its store.
    """

    quit_requested = Signal()
    account_requested = Signal()
    problems_requested = Signal()
    erase_requested = Signal()
    repair_requested = Signal()

    def __init__(
        self,
        context: Context,
        tray: TrayPresenter,
        state: QSettings,
        belongings: Belongings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._belongings = belongings
        self._tray = tray
        self._state = state
        self._timer: TimerWindow | None = None
        self._palette: Palette | None = None
        self._preferences: PreferencesWindow | None = None
        self._plan: PlanWindow | None = None
        tray.offer(switch=True, preferences=True, plan=self._glance)
        tray.plan_requested.connect(self.show_plan)
        tray.window_requested.connect(self.show_timer)
        tray.window_toggle_requested.connect(self.toggle_timer)
        tray.switch_requested.connect(self.show_palette)
        tray.preferences_requested.connect(self.show_preferences)
        tray.menu.account.triggered.connect(self.account_requested)
        tray.favourites_requested.connect(self.show_favourites)
        tray.refused.connect(self._on_tray_refused)
        tray.available_changed.connect(self._on_tray_available_changed)

    def _timer_window(self) -> TimerWindow:
        if self._timer is None:
            from toggl_desktop.ui.timer.window import TimerWindow

            self._timer = TimerWindow(self._context)
            self._timer.quit_requested.connect(self._on_timer_quit_requested)
            self._timer.palette_requested.connect(self.show_palette)
            self._timer.preferences_requested.connect(self.show_preferences)
            self._timer.account_requested.connect(self.account_requested)
            self._timer.problems_requested.connect(self.problems_requested)
            self._timer.plan_requested.connect(self.show_plan)
            self._timer.hidden.connect(self.remember)
            self._timer.show_tray_available(self._tray.is_available)
            self._timer.repair_requested.connect(self._on_timer_repair_requested)
            self._put_above(self._timer)
            put_back(self._state, "timer", self._timer)
            self._timer.running.description.show_text(str(self._state.value("timer/typed") or ""))
        return self._timer

    def _put_above(self, timer: TimerWindow) -> None:
        """Greets whoever starts for the first time, and says what sample data is."""
        from toggl_desktop.ui.welcome.panel import Welcome
        from toggl_desktop.ui.welcome.strip import SampleStrip

        timer.put_above(SampleStrip(self._context, timer))
        welcome = Welcome(self._context, timer, can_sign_in=True)
        if welcome.is_wanted():
            welcome.sign_in_requested.connect(self.account_requested)
            timer.put_above(welcome)
        else:
            welcome.deleteLater()

    def show_timer(self) -> None:
        """Shows the timer window."""
        self._timer_window().show_on_current()

    def edit_entry(self, lid: str) -> None:
        """Shows the timer window with this entry open for editing."""
        self.show_timer()
        self._timer_window().entries.edit(lid)

    def toggle_timer(self) -> None:
        """Hides the timer window when it is in front, shows it otherwise."""
        timer = self._timer
        if timer is not None and timer.isVisible() and timer.isActiveWindow():
            timer.close()
        else:
            self.show_timer()

    def _plan_window(self) -> PlanWindow:
        if self._plan is None:
            from toggl_desktop.ui.plan.window import PlanWindow

            self._plan = PlanWindow(self._context, self._state)
            self._plan.timer_requested.connect(self.show_timer)
            self._plan.palette_requested.connect(self.show_palette)
            self._plan.preferences_requested.connect(self.show_preferences)
            self._plan.hidden.connect(self.remember)
            put_back(self._state, "plan", self._plan)
        return self._plan

    def show_plan(self) -> None:
        """Shows the plan, and what recurs a year ahead."""
        from toggl_desktop.domain.plan.commands import ContinueSeries

        self._context.perform(ContinueSeries())  # most often nothing is lacking
        self._plan_window().show_on_current()

    def _glance(self, today: date) -> Glance:
        """Looks into the plan for tray and palette."""
        from toggl_desktop.ui.plan.glance import PlanLook

        return PlanLook(self._context.source)(today)

    def show_palette(self) -> None:
        """Shows the palette."""
        if self._palette is None:
            from toggl_desktop.ui.switcher.palette import Palette

            self._palette = Palette(self._context)
            self._palette.offer(plan=self._glance)
        self._palette.open()

    def show_preferences(self) -> None:
        """Shows the preferences."""
        if self._preferences is None:
            from toggl_desktop.ui.settings.preferences import PreferencesWindow

            self._preferences = PreferencesWindow(self._context, belongings=self._belongings)
            self._preferences.account_requested.connect(self.account_requested)
            self._preferences.erase_requested.connect(self._on_preferences_erase_requested)
        self._preferences.show()
        self._preferences.raise_()
        self._preferences.activateWindow()

    @property
    def parent_of_sheets(self) -> QWidget | None:
        """The window that a sheet belongs to: the timer's, when it is in sight."""
        is_there = self._timer is not None and self._timer.isVisible()
        return self._timer if is_there else None

    def show_favourites(self) -> None:
        """Shows the preferences where the favourites are put in order."""
        self.show_preferences()
        if self._preferences is not None:
            self._preferences.show_favourites()

    def offer_repair(self, sentence: str) -> None:
        """Says that the store is damaged, in a window that is brought into view."""
        timer = self._timer_window()
        timer.show_on_current()
        timer.talk.offer_repair(sentence)

    def show_failure(self, sentence: str, details: str) -> None:
        """Says that something failed: in the plan where somebody is at it, else in the timer."""
        if self._plan is not None and self._plan.isActiveWindow():
            self._plan.show_failure(sentence, details)
        elif self._timer is not None:
            self._timer.show_failure(sentence, details)

    def finish(self) -> None:
        """Saves what is being typed in any window, while the store is still open."""
        if self._timer is not None:
            take_typed(self._timer)
            self._timer.running.commit()
            self._timer.entries.close_editor()
        if self._plan is not None:
            self._plan.finish()
        if self._preferences is not None:
            take_typed(self._preferences)

    def remember(self) -> None:
        """Keeps the windows' places, and what was typed for an entry that was not started."""
        if self._timer is not None:
            keep_place(self._state, "timer", self._timer)
            row = self._timer.running
            typed = row.description.text() if row.is_new else ""
            self._state.setValue("timer/typed", typed)
        if self._plan is not None:
            keep_place(self._state, "plan", self._plan)
            self._plan.remember()
        self._state.sync()

    def close(self) -> None:
        """Takes all windows away for good."""
        for window in (self._timer, self._palette, self._preferences, self._plan):
            if window is not None:
                window.hide()
                window.deleteLater()

    def _on_timer_repair_requested(self) -> None:
        self.repair_requested.emit()

    def _on_preferences_erase_requested(self) -> None:
        self.erase_requested.emit()

    def _on_timer_quit_requested(self) -> None:
        self.quit_requested.emit()

    def _on_tray_refused(self, refusal: Refusal) -> None:
        window = self._timer_window()
        window.show_on_current()
        window.show_refusal(refusal)

    def _on_tray_available_changed(self, available: bool) -> None:  # noqa: FBT001 - a signal's value
        if self._timer is not None:
            self._timer.show_tray_available(available)


def keep_place(state: QSettings, name: str, window: QWidget) -> None:
    """Keeps a window's size and place, for these screens and for others not met before."""
    geometry = window.saveGeometry()
    state.setValue(f"{name}/geometry", geometry)
    state.setValue(f"{name}/on/{screens()}", geometry)


def put_back(state: QSettings, name: str, window: QWidget) -> None:
    """Gives a window the size and place it had on these screens."""
    geometry = state.value(f"{name}/on/{screens()}")
    if geometry is None:
        geometry = state.value(f"{name}/geometry")
    if geometry is not None:
        window.restoreGeometry(geometry)


def screens() -> str:
    """Returns what tells one set of screens from another."""
    places = [screen.geometry() for screen in QGuiApplication.screens()]
    found = sorted((r.x(), r.y(), r.width(), r.height()) for r in places)
    return ",".join(f"{width}x{height}+{x}+{y}" for x, y, width, height in found)
