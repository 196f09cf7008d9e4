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
from toggl_desktop.app.windows import Windows
from toggl_desktop.domain.commands import ContinueEntry, StopTimer
from toggl_desktop.domain.errors import StoreDamagedError, StoreError
from toggl_desktop.store import recovery
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.system.clock import SystemClock
from toggl_desktop.system.hotkey import HotKey
from toggl_desktop.system.instance import Asked, Instance
from toggl_desktop.system.xtray import TraySelection
from toggl_desktop.system.zone import local_zone
from toggl_desktop.ui import dialogs
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.tray.presenter import TrayPresenter

log = logging.getLogger("app")

STORE_UNUSABLE = 6
_TRAY_SECONDS = 3
"""A panel that starts with the session may need so long to take the icon."""
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
            if shows_window:
                self._windows.show_timer()
            else:
                tasks.spawn("show without a tray", self._show_without_a_tray())
            tasks.spawn("care", self._look_after())
            await quitting.asked()
        finally:
            self._windows.remember()
            for name in await tasks.close():
                log.warning("did not end in time: %s", name)
            self._take_apart(store)
        return 0

    async def _show_without_a_tray(self) -> None:
        """Opens the window when no tray turned up: the program must be reachable somehow."""
        await asyncio.sleep(_TRAY_SECONDS)
        if not self._tray.is_available:
            self._windows.show_timer()

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
        self._xembed = _tray_selection()
        self._tray = TrayPresenter(self._context, self, xembed=self._xembed)
        self._windows = Windows(self._context, self._tray, self._state, self)
        self._windows.quit_requested.connect(quitting.request)
        self._tray.quit_requested.connect(quitting.request)
        self._hotkey = HotKey(self)
        self._hotkey.pressed.connect(self._windows.show_palette)
        self._hotkey.set_keys(self._preferences.now.hotkey)

    def _perform(self, command: object) -> Outcome:
        self._zone = local_zone()
        return perform(self._store, command, self._clock.now(), getattr(self._zone, "key", ""))

    def _current_zone(self) -> tzinfo:
        return self._zone

    async def _look_after(self) -> None:
        daily = self._preferences.now.daily_backup
        await care.look_after(self._place, self._clock, backs_up=daily)

    # What comes from outside --------------------------------------------------------------

    def _on_bridge_settings_changed(self) -> None:
        self._theme.apply(self._app, self._preferences.now.theme)
        self._hotkey.set_keys(self._preferences.now.hotkey)

    def _on_instance_asked(self, asked: Asked) -> None:
        if asked.verb == "show":
            self._windows.show_timer()
        elif asked.verb == "palette":
            self._windows.show_palette()
        elif asked.verb == "quit":
            self._quitting.request()
        elif asked.verb == "stop":
            self._perform(StopTimer())
        elif asked.verb == "start-last":
            self._perform(ContinueEntry())
        elif asked.verb == "changed":
            self._store.catch_up()

    def _on_failure(self, sentence: str, details: str) -> None:
        self._windows.show_failure(sentence, details)

    # Taking apart -------------------------------------------------------------------------

    def _take_apart(self, store: Store) -> None:
        self._failures.listener = None
        self._hotkey.set_keys("")
        self._elsewhere.close()
        self._windows.close()
        store.close()
        self._tray.close()
        if self._xembed is not None:
            self._xembed.close()


def _tray_selection() -> TraySelection | None:
    """Returns the watch for XEmbed trays, or None where there is no X display."""
    try:
        return TraySelection()
    except OSError:
        return None
