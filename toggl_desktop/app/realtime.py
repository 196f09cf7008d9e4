"""The realtime socket of the running program: off unless a person wants it, and never in the way.

It only says that something changed; the sync reads it when the hour's requests allow. Whatever goes
wrong with it is tried again later, and the regular reads go on as if there were none.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Final

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.syncstate import Live
from toggl_desktop.store import schema, settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.domain.secrets import Secret
    from toggl_desktop.store.database import Store

FIRST_SECONDS: Final = 10.0
MOST_SECONDS: Final = 1800.0
AGAIN_SECONDS: Final = 45.0
"""A connection that worked and ended comes back within so long; Toggl ends each about hourly."""


class Realtime:
    """Keeps the socket open while somebody is signed in and wants it.

    Args:
        store: The profile's store, on this thread.
        accounts: Who is signed in.
        news: Called when something changed elsewhere.
        tell: Hears how it stands.
        chance: A number between 0 and 1.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        news: Callable[[], None],
        tell: Callable[[], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._store, self._accounts = store, accounts
        self._news, self._tell, self._chance = news, tell, chance
        self._limit: asyncio.Timeout | None = None
        self._changed = asyncio.Event()
        self._epoch: str | None = None
        self._is_chosen = False
        self._was_open = False
        self._failures = 0
        self._dialect = 0
        self.live = Live.OFF

    async def run(self) -> None:
        """Waits until it is wanted, keeps it open until it is not, and so on for ever."""
        self._store.feed.subscribe(self._hear)
        try:
            while True:
                self._changed.clear()
                self._is_chosen = settings.load(self._store.place.settings).realtime
                self._epoch = schema.meta(self._store.source, schema.EPOCH)
                state = self._accounts.state
                if not self._is_chosen or state.account is None or state.needs_person:
                    self._show(Live.OFF)
                    await self._changed.wait()
                    continue
                try:
                    async with asyncio.timeout(None) as self._limit:
                        await self._keep()
                except TimeoutError:  # what it stood on has changed
                    self._failures, self._was_open = 0, False
        finally:
            self._limit = None
            self._store.feed.unsubscribe(self._hear)

    def look_again(self) -> None:
        """A setting, the account or the network changed: it begins anew, or ends."""
        self._changed.set()
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(asyncio.get_running_loop().time())

    def _hear(self, _changes: ChangeSet) -> None:
        is_other = self._epoch != schema.meta(self._store.source, schema.EPOCH)
        if self._is_chosen and is_other:
            self.look_again()

    async def _keep(self) -> None:
        """Opens it again and again; ends only from outside."""
        while True:
            self._show(Live.TRYING)
            await self._once()
            await asyncio.sleep(self._pause())

    def _pause(self) -> float:
        """Returns the seconds until the next try: soon after a connection that worked."""
        if self.live is Live.ON:
            return self._chance() * AGAIN_SECONDS
        longest: float = min(MOST_SECONDS, FIRST_SECONDS * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return longest * (0.5 + self._chance() / 2)

    async def _once(self) -> None:
        from toggl_desktop.remote.track import stream

        token = await self._token()
        if token is None:
            return
        dialect = stream.DIALECTS[self._dialect % len(stream.DIALECTS)]
        way = stream.Way(self._accounts.url, *self._accounts.proxy.chosen())
        try:
            await stream.listen(way, dialect, token, opened=self._opened, news=self._news)
        except stream.StreamError:
            if self.live is not Live.ON:
                self._dialect += 1

    async def _token(self) -> Secret | None:
        try:
            return await self._accounts.token()
        except KnownError:
            return None

    def _opened(self) -> None:
        """It works; what changed while it did not is worth a read."""
        self._failures = 0
        self._show(Live.ON)
        if self._was_open:
            self._news()
        self._was_open = True

    def _show(self, live: Live) -> None:
        if live is not self.live:
            self.live = live
            self._tell()
