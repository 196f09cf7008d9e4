"""How the running program is put together, and taken apart again.

The order is what a person waits for: first the icon with the right entry, from the store alone;
then the loop; then windows and keys. What comes later is imported later (tests/perf/start.py).
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from toggl_desktop.app.preferences import FilePreferences
from toggl_desktop.domain.clock import CorrectedClock
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.database import Store
from toggl_desktop.system.clock import SystemClock
from toggl_desktop.system.zone import local_zone
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.tray.presenter import TrayPresenter

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import tzinfo

    from toggl_desktop.actions.perform import Outcome
    from toggl_desktop.actions.work import Work
    from toggl_desktop.app.application import Application
    from toggl_desktop.app.errands import Errands
    from toggl_desktop.app.failures import Failures
    from toggl_desktop.app.leaving import Leaving
    from toggl_desktop.app.online import Condition
    from toggl_desktop.app.quit import Quit
    from toggl_desktop.app.tasks import TaskOwner
    from toggl_desktop.store.place import Place
    from toggl_desktop.system.instance import Asked, Instance
    from toggl_desktop.system.xtray import TraySelection
    from toggl_desktop.ui.context import Errand
    from toggl_desktop.ui.settings.data import Belongings

STORE_UNUSABLE = 6
_TRAY_SECONDS = 3
_SETTLED_SECONDS = 2
"""A panel that starts with the session may need so long to take the icon."""


class Desktop(QObject):
    """One run of the program: opens the store, shows the tray and the window, and ends cleanly.

    Attributes:
        wants_restart: Whether the program is to start again at once, to repair its store.

    Signals:
        damage_found(str): The check at the start found the store damaged; in a sentence.
    """

    damage_found = Signal(object)

    def __init__(self, app: Application, place: Place, instance: Instance) -> None:
        super().__init__(app)
        self._app = app
        self._place = place
        self._instance = instance
        self._clock = CorrectedClock(SystemClock())
        self._zone = local_zone()
        self._bridge = Bridge(self)
        self._theme = Theme(self)
        self._preferences = FilePreferences(place.settings, self._bridge)
        self._store: Store | None = None
        self._errands: Errands | None = None
        self._trouble: StoreError | None = None
        self._shows_window = True
        self._erases = False
        self.wants_restart = False

    def show_tray(self, *, background: bool) -> None:
        """Opens the store and shows the icon, before the loop; a failure waits for `run`."""
        self._shows_window = not background
        try:
            self._compose(Store(self._place))
            self._tray.look_now()
        except StoreError as error:
            self._trouble = error

    def _compose(self, store: Store) -> None:
        self._store = store
        store.feed.subscribe(self._bridge.take)
        self._context = Context(
            store.source,
            self._perform,
            self._clock,
            self._current_zone,
            self._preferences,
            self._bridge,
            self._theme,
            self._holidays,
            self._beside,
        )
        self._tray = TrayPresenter(self._context, self, is_brief=True)

    def _complete(self, store: Store) -> None:
        """Makes what nobody can see before the icon: menu, windows, ears to other processes."""
        from PySide6.QtCore import QSettings

        from toggl_desktop.app.elsewhere import Elsewhere
        from toggl_desktop.app.windows import Windows

        self._instance.listen()
        self._elsewhere = Elsewhere(store, self)
        self._elsewhere.directory_changed.connect(self._on_elsewhere_directory_changed)
        self._xembed = _tray_selection()
        state = QSettings(str(self._place.directory / "window.ini"), QSettings.Format.IniFormat)
        self._windows = Windows(self._context, self._tray, state, self._belongings(), self)
        self._tray.complete(self._xembed)

    def _belongings(self) -> Belongings:
        from toggl_desktop.app.belongings import parts_of
        from toggl_desktop.ui.settings.data import Belongings

        assert self._store is not None
        place, source = self._place, self._store.source
        parts = partial(parts_of, place, source)
        return Belongings(str(place.directory), str(place.backups), parts)

    def _perform(self, command: object) -> Outcome:
        from toggl_desktop.actions.perform import perform

        assert self._store is not None
        self._zone = local_zone()
        return perform(self._store, command, self._clock.now(), getattr(self._zone, "key", ""))

    def _beside(self, work: Work) -> Errand:
        assert self._store is not None
        if self._errands is None:
            from toggl_desktop.app.errands import Errands

            self._errands = Errands(self._store)
        return self._errands.begin(work)

    def _current_zone(self) -> tzinfo:
        return self._zone

    def _holidays(self, region: str) -> Container[int]:
        from toggl_desktop.app.holidays import RegionDays

        return RegionDays(region)

    # Running ------------------------------------------------------------------------------

    async def run(self, failures: Failures) -> int:
        """Runs until somebody asks for the end; returns the exit code."""
        import asyncio
        import logging

        from toggl_desktop.app.leaving import Leaving
        from toggl_desktop.app.quit import Quit
        from toggl_desktop.app.tasks import TaskOwner

        quitting = Quit(self)
        self._app.quit_requested.connect(quitting.request)
        asyncio.get_running_loop().set_exception_handler(failures.on_loop_exception)
        self._theme.apply(self._app, self._preferences.now.theme)
        if self._trouble is not None and not await self._recover(self._trouble, quitting):
            return STORE_UNUSABLE
        assert self._store is not None
        self._complete(self._store)
        tasks = TaskOwner(failures.report)
        leaving = Leaving(self._context, quitting, tasks, self._refuse_to_quit, self)
        try:
            self._wire(failures, quitting, leaving)
            self._go_online(tasks)
            if self._shows_window:
                self._windows.show_timer()
            else:
                tasks.spawn("show without a tray", self._show_without_a_tray())
            tasks.spawn("care", self._look_after())
            tasks.spawn("settle", _settle())
            await quitting.asked()
            self._windows.finish()  # what is typed into an entry that runs is for that one
            leaving.settle()
        finally:
            self._windows.remember()
            for name in await tasks.close():
                logging.getLogger("app").warning("did not end in time: %s", name)
            self._take_apart(failures)
        return 0

    def _wire(self, failures: Failures, quitting: Quit, leaving: Leaving) -> None:
        from PySide6.QtCore import Qt

        from toggl_desktop.system.hotkey import HotKey
        from toggl_desktop.system.power import PowerWatch

        self._quitting = quitting
        self._bridge.settings_changed.connect(self._on_bridge_settings_changed)
        self._instance.asked.connect(self._on_instance_asked)
        failures.listener = self._on_failure
        self._windows.quit_requested.connect(leaving.request)
        self._windows.erase_requested.connect(self._on_windows_erase_requested)
        self._windows.repair_requested.connect(self._on_windows_repair_requested)
        self._tray.quit_requested.connect(leaving.request)
        # Queued: the check finds damage inside a task, and a window is not for tasks to touch.
        queued = Qt.ConnectionType.QueuedConnection
        self.damage_found.connect(self._windows.offer_repair, queued)
        self._hotkey = HotKey(self)
        self._hotkey.pressed.connect(self._windows.show_palette)
        self._hotkey.set_keys(self._preferences.now.hotkey)
        self._power = PowerWatch(parent=self)
        self._power.resumed.connect(self._tray.refresh)

    def _go_online(self, tasks: TaskOwner) -> None:
        """Opens the way to the account; nothing is asked of a server before somebody signs in."""
        import os

        from toggl_desktop.app.online import Online
        from toggl_desktop.app.parting import Parting
        from toggl_desktop.app.troubles import Troubles
        from toggl_desktop.ui.timer.wording import Wording

        assert self._store is not None
        words = Wording(self._context, self)
        machine = self._clock.machine
        self._online = Online(self._store, os.environ, machine, tasks, words.time, self)
        self._online.conditions_changed.connect(self._on_online_conditions_changed)
        self._online.sync_changed.connect(self._on_online_sync_changed)
        self._online.sync_changed.connect(self._bridge.show_sync)
        self._power.resumed.connect(self._online.resumed)
        self._windows.account_requested.connect(self._on_windows_account_requested)
        self._troubles = Troubles(self._context, self._store, self._online, self._windows, self)
        self._parting = Parting(self._context, self._online, self._belongings().parts, self)
        self._parting.erase_requested.connect(self._on_windows_erase_requested)
        self._online.begin()

    def _on_online_sync_changed(self) -> None:
        """Lets the program count by the server's clock where this computer's is far from it."""
        from toggl_desktop.store.read import servertime

        assert self._store is not None
        with suppress(StoreError):  # the clock goes on as it did
            self._clock.server = servertime.known(self._store.source)

    async def _recover(self, error: StoreError, quitting: Quit) -> bool:
        from toggl_desktop.app.rescue import offered

        store = await offered(self._place, error, quitting)
        if store is not None:
            self._compose(store)
        return store is not None

    async def _show_without_a_tray(self) -> None:
        """Opens the window when no tray turned up: the program must be reachable somehow."""
        import asyncio

        await asyncio.sleep(_TRAY_SECONDS)
        if not self._tray.is_available:
            self._windows.show_timer()

    async def _look_after(self) -> None:
        from toggl_desktop.app import care

        daily = self._preferences.now.daily_backup
        tell = self._tell_damage
        await care.look_after(self._place, self._clock.machine, tell, backs_up=daily)

    def _tell_damage(self, sentence: str) -> None:
        self.damage_found.emit(sentence)

    # What comes from outside --------------------------------------------------------------

    def _on_bridge_settings_changed(self) -> None:
        self._theme.apply(self._app, self._preferences.now.theme)
        self._hotkey.set_keys(self._preferences.now.hotkey)
        self._online.settings_changed()

    def _on_elsewhere_directory_changed(self) -> None:
        self._preferences.look_again()

    def _on_instance_asked(self, asked: Asked) -> None:
        from toggl_desktop.domain.commands import ContinueEntry, StopTimer

        if asked.verb == "show":
            self._windows.show_timer()
        elif asked.verb == "plan":
            self._windows.show_plan()
        elif asked.verb == "palette":
            self._windows.show_palette()
        elif asked.verb == "quit":
            self._quitting.request()
        elif asked.verb == "stop":
            self._perform(StopTimer())
        elif asked.verb == "start-last":
            self._perform(ContinueEntry())
        elif asked.verb == "changed" and self._store is not None:
            self._store.catch_up()
        elif asked.verb == "sync" and self._online is not None:
            self._online.syncing.wake()

    def _on_windows_account_requested(self) -> None:
        self._online.signing.show(self._windows.parent_of_sheets)

    def _on_online_conditions_changed(self, online: Condition) -> None:
        from toggl_desktop.ui.tray.state import Conditions

        self._tray.show_conditions(
            Conditions(
                is_offline=online.is_offline,
                has_trouble=online.needs_person,
                freshness=online.freshness,
            )
        )
        self._tray.menu.show_account(online.account_words)

    def _refuse_to_quit(self, sentence: str) -> None:
        self._windows.show_timer()
        self._windows.show_failure(sentence, "")

    def _on_windows_erase_requested(self) -> None:
        self._erases = True
        self._quitting.request()

    def _on_windows_repair_requested(self) -> None:
        self.wants_restart = True
        self._quitting.request()

    def _on_failure(self, sentence: str, details: str) -> None:
        self._windows.show_failure(sentence, details)

    # Taking apart -------------------------------------------------------------------------

    def _take_apart(self, failures: Failures) -> None:
        failures.listener = None
        self._hotkey.set_keys("")
        self._elsewhere.close()
        self._troubles.close()
        self._online.close()
        self._windows.close()
        if self._errands is not None:
            self._errands.close()
        tokens = self._tokens_to_forget()
        if self._store is not None:
            self._store.close()
        self._tray.close()
        if self._xembed is not None:
            self._xembed.close()
        if self._erases:
            from toggl_desktop.app.belongings import erase_all

            erase_all(self._place, tokens)

    def _tokens_to_forget(self) -> list[str]:
        if not self._erases or self._store is None:
            return []
        from toggl_desktop.app.belongings import tokens_of

        return tokens_of(self._place, self._store.source)


def _tray_selection() -> TraySelection | None:
    """Returns the watch for XEmbed trays, or None where there is no X display."""
    from toggl_desktop.system.xtray import TraySelection

    try:
        return TraySelection()
    except OSError:
        return None


async def _settle() -> None:
    """Spares the collector what the start has made: the icon first (`main`), now all the rest.

    A look through the window and the sync's modules takes a tenth of a second, and comes in the
    middle of a first sync.
    """
    import asyncio
    import gc

    await asyncio.sleep(_SETTLED_SECONDS)
    gc.freeze()
