"""How the running program stands with the servers: who is signed in, and what a person is told.

Nothing is asked of a server before somebody has signed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.signing import Signing
from toggl_desktop.store import bindings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toggl_desktop.app.tasks import TaskOwner
    from toggl_desktop.domain.accounts import AccountState
    from toggl_desktop.domain.clock import Clock
    from toggl_desktop.store.database import Store


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
    """

    conditions_changed = Signal(object)

    def __init__(
        self,
        store: Store,
        environment: Mapping[str, str],
        clock: Clock,
        tasks: TaskOwner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._clock = clock
        self._tasks = tasks
        self.accounts = Accounts(store, environment, clock.now)
        self.signing = Signing(self.accounts, tasks, self._waiting, self)
        self.signing.changed.connect(self._on_signing_changed)

    def begin(self) -> None:
        """Shows how things stand, and goes on where the last run ended."""
        self._tell(self.accounts.state)

    def close(self) -> None:
        """Takes its sheet away."""
        self.signing.close()

    def _waiting(self) -> int:
        return len(bindings.waiting(self._store.source, "track"))

    def _tell(self, state: AccountState) -> None:
        words = self.tr("Sign in again…") if state.needs_person else ""
        self.conditions_changed.emit(
            Condition(needs_person=state.needs_person, account_words=words)
        )

    def _on_signing_changed(self, state: AccountState) -> None:
        self._tell(state)
