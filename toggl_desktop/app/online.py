"""How the running program stands with the servers: who is signed in, and what a person is told.

Nothing is asked of a server before somebody has signed in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.realtime import Realtime
from toggl_desktop.app.signing import Signing
from toggl_desktop.app.syncing import Syncing
from toggl_desktop.domain.accounts import Waiting
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import bindings, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toggl_desktop.app.tasks import TaskOwner
    from toggl_desktop.domain.accounts import AccountState
    from toggl_desktop.domain.clock import Clock
    from toggl_desktop.domain.settings import Settings
    from toggl_desktop.domain.syncstate import SyncState
    from toggl_desktop.store.database import Store


_ICON: Final = 96
"""No tray's icon is wider."""


class Condition(NamedTuple):
    """What tray and windows show of it.

    Attributes:
        needs_person: Whether nothing goes on until a person has done something.
        freshness: How old the servers' answers are, in words.
        account_words: The tray's line that leads to the account; empty while none is needed.
    """

    is_offline: bool = False
    needs_person: bool = False
    freshness: str = ""
    account_words: str = ""


class Online(QObject):
    """The account of the running program, and what it makes of it.

    Signals:
        conditions_changed(Condition): What tray and windows show has changed.
        sync_changed(SyncState): How things stand with the server has changed.
    """

    conditions_changed = Signal(object)
    sync_changed = Signal(object)
    _synced = Signal(object)
    _live_changed = Signal()

    def __init__(
        self,
        store: Store,
        environment: Mapping[str, str],
        clock: Clock,
        tasks: TaskOwner,
        time_words: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        """Takes what it works with; `time_words` says a moment as the person's settings have it."""
        super().__init__(parent)
        self.time_words = time_words
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self._chosen = settings.load(store.place.settings)
        self.accounts = Accounts(store, environment, clock.now)
        self.signing = Signing(self.accounts, tasks, self._waiting, self)
        self.signing.changed.connect(self._on_signing_changed)
        self.syncing = Syncing(store, self.accounts, clock, self._synced.emit, in_sight)
        self._synced.connect(self._on_synced, Qt.ConnectionType.QueuedConnection)
        self.realtime = Realtime(store, self.accounts, self.syncing.hear, self._live_changed.emit)
        self._live_changed.connect(self._on_live_changed, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Shows how things stand, and goes on where the last run ended."""
        self._tell(self.accounts.state)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_app_state_changed)
        self._tasks.spawn("sync", self.syncing.run())
        self._tasks.spawn("realtime", self.realtime.run())

    def resumed(self) -> None:
        """The machine woke: what was under way is over, and the network comes in a moment."""
        self.syncing.resumed()
        self.realtime.look_again()

    def settings_changed(self) -> None:
        """Hears that some setting was changed, here or in a terminal."""
        chosen = settings.load(self._store.place.settings)
        if (chosen.realtime, *_way(chosen)) != (self._chosen.realtime, *_way(self._chosen)):
            self.realtime.look_again()
        if _way(chosen) != _way(self._chosen):
            self.syncing.reconnect()
        self._chosen = chosen

    def _on_app_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.syncing.look()

    def close(self) -> None:
        """Takes its sheet away."""
        self.signing.close()

    def _waiting(self) -> Waiting:
        found = bindings.waiting(self._store.source, "track")
        return Waiting(len(found), sum(bound.hold is not None for bound in found))

    def _tell(self, state: AccountState) -> None:
        words = self.tr("Sign in again…") if state.needs_person else ""
        sync = self.syncing.state
        self.conditions_changed.emit(
            Condition(
                is_offline=sync.phase in {Phase.OFFLINE, Phase.CAPTIVE},
                needs_person=state.needs_person or sync.phase is Phase.ASKING,
                freshness=self._freshness(sync),
                account_words=words,
            )
        )

    def _freshness(self, sync: SyncState) -> str:
        if sync.fresh is None or sync.phase is Phase.OFF:
            return ""
        return self.tr("synced {time}").format(time=self.time_words(sync.fresh))

    def _on_synced(self, sync: SyncState) -> None:
        self.signing.look_again()
        self._tell(self.accounts.state)
        self._tell_sync(sync)

    def _on_live_changed(self) -> None:
        self._tell_sync(self.syncing.state)

    def _tell_sync(self, sync: SyncState) -> None:
        self.sync_changed.emit(replace(sync, live=self.realtime.live))

    def _on_signing_changed(self, state: AccountState) -> None:
        self._tell(state)


def _way(chosen: Settings) -> tuple[str, str, str]:
    """Returns what decides how servers are reached."""
    return chosen.track_url, chosen.certificate_authority, chosen.proxy


def in_sight() -> bool:
    """Tells whether one of the program's windows is on a screen, whether or not it is in front.

    A tray's icon may be a window too, and a menu is one; neither counts.
    """
    return any(
        window.isExposed()
        and not window.windowStates() & Qt.WindowState.WindowMinimized
        and window.type() in {Qt.WindowType.Window, Qt.WindowType.Dialog}
        and not window.flags() & Qt.WindowType.BypassWindowManagerHint
        and window.width() > _ICON
        for window in QGuiApplication.topLevelWindows()
    )
