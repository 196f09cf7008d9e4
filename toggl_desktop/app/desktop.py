"""How the running program is put together, and taken apart again."""

import asyncio
import logging
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QObject, QSettings

from toggl_desktop.actions.perform import Outcome, perform
from toggl_desktop.app import care, screen
from toggl_desktop.app.elsewhere import Elsewhere
from toggl_desktop.app.failures import Failures
from toggl_desktop.app.preferences import FilePreferences
from toggl_desktop.app.quit import Application, Quit
from toggl_desktop.app.tasks import TaskOwner
from toggl_desktop.domain.commands import ContinueEntry, StopTimer
from toggl_desktop.domain.errors import StoreDamagedError, StoreError
from toggl_desktop.store import recovery
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.system.clock import SystemClock
from toggl_desktop.system.instance import Asked, Instance
from toggl_desktop.system.zone import local_zone
from toggl_desktop.ui import dialogs
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.timer.window import TimerWindow
from toggl_desktop.ui.tray.presenter import TrayPresenter

log = logging.getLogger("app")

STORE_UNUSABLE = 6
_RESTORE, _FRESH = 0, 1


class Desktop(QObject):
    """One run of the program: opens the store, shows the tray and the window, and ends cleanly."""

    def __init__(
        self, app: Application, place: Place, instance: Instance, failures: Failures
    ) -> None:
        super().__init__(app)
        self._app = app
        self._place = place
        self._instance = instance
        self._failures = failures
        self._clock = SystemClock()
        self._zone = local_zone()
        self._bridge = Bridge(self)
        self._theme = Theme(self)
        self._preferences = FilePreferences(place.settings, self._bridge)
        self._state = QSettings(str(place.directory / "window.ini"), QSettings.Format.IniFormat)
        self._window: TimerWindow | None = None

    async def run(self) -> int:
        """Runs with the window open until somebody asks for the end."""
        return await self._run(shows_window=True)

    async def run_in_background(self) -> int:
        """Runs in the tray; where there is no tray, the window opens all the same."""
        return await self._run(shows_window=False)

    async def _run(self, *, shows_window: bool) -> int:
        quitting = Quit(self)
        self._app.quit_requested.connect(quitting.request)
        asyncio.get_running_loop().set_exception_handler(self._failures.on_loop_exception)
        self._theme.apply(self._app, self._preferences.now.theme)
        store = await self._open()
        if store is None:
            return STORE_UNUSABLE
        tasks = TaskOwner(self._failures.report)
        try:
            self._compose(store, quitting)
            if shows_window or not self._tray.is_available:
                self.show_window()
            tasks.spawn("care", self._look_after())
            await quitting.asked()
        finally:
            self._save_window()
            for name in await tasks.close():
                log.warning("did not end in time: %s", name)
            self._take_apart(store)
        return 0

    # Opening ------------------------------------------------------------------------------

    async def _open(self) -> Store | None:
        try:
            return Store(self._place)
        except StoreDamagedError as error:
            return await self._offer_recovery(error)
        except StoreError as error:
            screen.tell(error.sentence)
            await dialogs.ask(dialogs.question(None, "Toggl Desktop", error.sentence, ("Quit",)))
            return None

    async def _offer_recovery(self, error: StoreDamagedError) -> Store | None:
        screen.tell(error.sentence)
        choices = ("Restore the backup", "Start empty", "Quit")
        if error.backup is None:
            choices = ("Replay the edits", *choices[1:])
        box = dialogs.question(None, "Toggl Desktop", error.sentence, choices)
        await dialogs.ask(box)
        answer = dialogs.chosen(box, choices)
        if answer not in (_RESTORE, _FRESH):
            return None
        backup = Path(error.backup) if error.backup else None
        try:
            recovery.recover(self._place, backup, fresh=answer == _FRESH)
            return Store(self._place)
        except StoreError as second:
            screen.tell(second.sentence)
            return None

    # Putting together ---------------------------------------------------------------------

    def _compose(self, store: Store, quitting: Quit) -> None:
        self._store = store
        store.feed.subscribe(self._bridge.take)
        self._elsewhere = Elsewhere(store, self)
        self._context = Context(
            store.source,
            self._perform,
            self._clock,
            self._current_zone,
            self._preferences,
            self._bridge,
            self._theme,
        )
        self._quitting = quitting
        self._bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._instance.asked.connect(self._on_instance_asked)
        self._failures.listener = self._on_failure
        self._tray = TrayPresenter(self._context, self)
        self._tray.window_requested.connect(self.show_window)
        self._tray.window_toggle_requested.connect(self.toggle_window)
        self._tray.quit_requested.connect(quitting.request)
        self._tray.available_changed.connect(self._on_tray_available_changed)

    def _perform(self, command: object) -> Outcome:
        self._zone = local_zone()
        return perform(self._store, command, self._clock.now(), getattr(self._zone, "key", ""))

    def _current_zone(self) -> tzinfo:
        return self._zone

    async def _look_after(self) -> None:
        daily = self._preferences.now.daily_backup
        await care.look_after(self._place, self._clock, backs_up=daily)

    # The window ---------------------------------------------------------------------------

    def show_window(self) -> None:
        """Shows the timer window on the current desktop, made when it is first wanted."""
        if self._window is None:
            self._window = TimerWindow(self._context)
            self._window.quit_requested.connect(self._quitting.request)
            self._window.show_tray_available(self._tray.is_available)
            geometry = self._state.value("timer/geometry")
            if geometry is not None:
                self._window.restoreGeometry(geometry)
        self._window.show_on_current()

    def toggle_window(self) -> None:
        """Hides the window when it is in front, shows it otherwise."""
        if self._window is not None and self._window.isVisible() and self._window.isActiveWindow():
            self._window.close()
        else:
            self.show_window()

    def _save_window(self) -> None:
        if self._window is not None:
            self._state.setValue("timer/geometry", self._window.saveGeometry())
            self._state.sync()

    # What comes from outside --------------------------------------------------------------

    def _on_bridge_settings_changed(self) -> None:
        self._theme.apply(self._app, self._preferences.now.theme)

    def _on_tray_available_changed(self, available: bool) -> None:  # noqa: FBT001 - a signal's value
        if self._window is not None:
            self._window.show_tray_available(available)
        if not available:
            self.show_window()

    def _on_instance_asked(self, asked: Asked) -> None:
        if asked.verb == "show":
            self.show_window()
        elif asked.verb == "quit":
            self._quitting.request()
        elif asked.verb == "stop":
            self._perform(StopTimer())
        elif asked.verb == "start-last":
            self._perform(ContinueEntry())

    def _on_failure(self, sentence: str, details: str) -> None:
        if self._window is not None:
            self._window.show_failure(sentence, details)

    # Taking apart -------------------------------------------------------------------------

    def _take_apart(self, store: Store) -> None:
        self._failures.listener = None
        self._elsewhere.close()
        store.close()
        self._tray.close()
        if self._window is not None:
            self._window.hide()
            self._window.deleteLater()
