"""The sync of the running program, and one turn of it for a terminal: account, client, engine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.errors import KnownError, SignInError
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store import schema
from toggl_desktop.sync.cycle import Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

    from toggl_desktop.app.accounts import Accounts
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.domain.clock import Clock
    from toggl_desktop.domain.secrets import Secret
    from toggl_desktop.remote.http import Http
    from toggl_desktop.store.database import Store
    from toggl_desktop.sync.engine import Engine, Want

LOOK_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 60.0
BUSY_SECONDS: Final = 60.0
_OFF: Final = SyncState()
_EXCHANGED: Final = ("From Toggl", "To Toggl")
"""So begin the names of steps in which something came from a server or went to it."""

_UNREACHED: Final = frozenset({Phase.OFFLINE, Phase.CAPTIVE})


class SystemTime:
    """The machine's clocks as a sync wants them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> Moment:
        """Returns the moment by the clock that counts suspend, where there is one."""
        reading = self._clock.now()
        if reading.boot is None or reading.boot_id is None:
            return Moment(time.monotonic(), "")
        return Moment(reading.boot, reading.boot_id)

    def wall(self) -> int:
        """Returns what the machine believes the time to be."""
        return self._clock.now().wall

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)


class Syncing:
    """Keeps the store in step with whoever is signed in, and waits while nobody is.

    Args:
        store: The profile's store, on this thread.
        accounts: Who is signed in.
        clock: The clocks.
        tell: Hears how things stand.
        in_sight: Tells whether a person can see what is read; if so, reading is more frequent.
    """

    def __init__(
        self,
        store: Store,
        accounts: Accounts,
        clock: Clock,
        tell: Callable[[SyncState], None] | None = None,
        in_sight: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._time = SystemTime(clock)
        self._tell = tell
        self._engine: Engine | None = None
        self._in_sight = in_sight
        self._look_again = LOOK_SECONDS
        self._news = asyncio.Event()
        self._is_asked = False
        self.state = _OFF

    # While the program runs -----------------------------------------------------------------

    async def run(self) -> None:
        """Syncs for ever: with each account from its sign-in to its sign-out (R54)."""
        self._store.feed.subscribe(self._hear)
        try:
            while True:
                if not await self._with_account():
                    self._is_asked = False
                    await self._wait_for_news()
        finally:
            self._store.feed.unsubscribe(self._hear)

    async def _with_account(self) -> bool:
        """Turns until the account changes; tells whether there was one to turn with."""
        self._look_again = LOOK_SECONDS
        try:
            token = await self._accounts.token()
        except SignInError as error:
            self._show(SyncState(Phase.SIGN_IN, text=error.sentence))
            self._tell_who_asked()
            return False
        except KnownError as error:  # whose token the environment's is could not be asked
            self._show(SyncState(Phase.OFFLINE, text=error.sentence))
            self._tell_who_asked()
            self._look_again = AGAIN_SECONDS
            return False
        if token is None:
            self._show(_OFF)
            return False
        try:
            async with self._client(token) as (http, engine):
                del http
                if self._is_asked:  # before there was anybody to do it
                    from toggl_desktop.sync.engine import Want

                    self._is_asked = False
                    engine.wake(Want(is_asked=True))
                await engine.run()
        except KnownError as error:
            self._show(SyncState(Phase.TROUBLE, text=error.sentence))
            return False
        finally:
            self._engine = None
        return True

    async def _wait_for_news(self) -> None:
        """Waits until somebody signed in or asks for it; an edit is no reason to ask a keyring."""
        epoch = self._epoch()
        try:
            async with asyncio.timeout(self._look_again):
                while self._epoch() == epoch and not self._is_asked:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pass

    def _epoch(self) -> str | None:
        return schema.meta(self._store.source, schema.EPOCH)

    def _client(self, token: Secret) -> _Client:
        return _Client(self, token)

    def open(self, token: Secret) -> tuple[Http, Engine]:
        """Opens a client and an engine for an account. Raises NotSentError for a bad address."""
        from toggl_desktop.remote.secret import token as with_token
        from toggl_desktop.remote.track.client import reports_url
        from toggl_desktop.sync.engine import Engine
        from toggl_desktop.sync.hands import Beside, Here
        from toggl_desktop.sync.wire import Hearing, Wire

        hearing = Hearing()
        http = self._accounts.client(with_token(token.reveal()), hearing)
        wire = Wire(http, hearing, reports_url(self._accounts.url))
        engine = Engine(self._store, wire, self._time)
        engine.work_with(Beside(Here(self._time)))
        engine.listener = self._show
        engine.timetable.in_sight = self._in_sight
        self._engine = engine
        return http, engine

    def _hear(self, changes: ChangeSet) -> None:
        self._news.set()
        if self._engine is None:
            return
        self._engine.changed(changes)
        is_exchange = changes.origin is Origin.TRACK and changes.step.startswith(_EXCHANGED)
        if is_exchange and self.state.phase in _UNREACHED:
            self._engine.network_is_back()  # a terminal has reached it first

    def _show(self, state: SyncState) -> None:
        if state.phase is Phase.SIGN_IN and state.text:
            state = replace(state, text=self._accounts.refuse(state.text))
        self.state = state
        if self._tell is not None:
            self._tell(state)

    # What a person or the machine does ---------------------------------------------------------

    def reconnect(self) -> None:
        """Proxy, authority or address were chosen anew: they count from the next request on."""
        self._accounts.proxy.look_again()
        if self._engine is not None:
            self._engine.end()
        self._is_asked = True
        self._news.set()

    def wake(self) -> None:
        """A person asks for it now; where no server could be reached, the way is looked up too."""
        from toggl_desktop.sync.engine import Want

        if self.state.phase in _UNREACHED:
            self.reconnect()
        elif self._engine is not None:
            self._engine.wake(Want(is_asked=True))
            return
        self._is_asked = True
        self._news.set()

    def _tell_who_asked(self) -> None:
        """Writes down how it stands, where nobody can turn: who asked waits in a terminal."""
        from toggl_desktop.sync import outcome

        if self._is_asked:
            outcome.keep(self._store, self._time.wall(), self.state)

    def resumed(self) -> None:
        """The machine woke: the network comes back in a moment."""
        if self._engine is not None:
            self._engine.network_is_back()

    def hear(self) -> None:
        """Something changed elsewhere, as the realtime socket says."""
        if self._engine is not None:
            self._engine.hear()

    def look(self) -> None:
        """A person came back to the window."""
        if self._engine is not None:
            self._engine.look()

    def bring_older(self) -> None:
        """A person wants the entries older than three months."""
        if self._engine is not None:
            self._engine.bring_older()

    def stop_reading(self) -> None:
        """A person wants a long read no more."""
        if self._engine is not None:
            self._engine.stop_reading()

    def stop_older(self) -> None:
        """A person wants no more of them; what came stays."""
        if self._engine is not None:
            self._engine.stop_older()

    def confirm(self) -> None:
        """A person agreed to the deletions in question."""
        if self._engine is not None:
            self._engine.confirm()

    # One turn, for a terminal -----------------------------------------------------------------

    async def once(self, want: Want, *, confirms: bool = False) -> SyncState:
        """Makes one whole turn now; what another process turns at is waited for.

        Raises:
            SignInError: Nobody is signed in, or the token cannot be had.
        """
        token = await self._accounts.token()
        if token is None:
            raise SignInError(
                "Nobody is signed in to Toggl Track. Everything is kept here; "
                "“toggl-desktop signin track” signs in."
            )
        async with self._client(token) as (_, engine):
            if not want.full:
                return await self._turned(engine, want, confirms=confirms)
            from toggl_desktop.sync import older

            older.begin(engine.cycle())
            try:
                state = await self._turned(engine, want, confirms=confirms)
                while self._brings_more(state):
                    again = want._replace(full=False)
                    state = await self._turned(engine, again, confirms=confirms)
            except asyncio.CancelledError:
                older.stop(engine.cycle())
                raise
            return state

    async def _turned(self, engine: Engine, want: Want, *, confirms: bool) -> SyncState:
        deadline = self._time.now().boot + BUSY_SECONDS
        state = await engine.turn(want)
        while state.phase is Phase.ELSEWHERE and self._time.now().boot < deadline:
            await self._time.sleep(0.5)
            state = await engine.turn(want)
        if state.phase is Phase.ASKING and confirms:
            engine.confirm()
            state = await engine.turn(want)
        if state.phase is Phase.RESTING and want.push:
            self._store.catch_up()
        if state.phase is Phase.SIGN_IN and self.state.phase is Phase.SIGN_IN:
            return self.state  # its sentence names where the token came from
        return state

    def _brings_more(self, state: SyncState) -> bool:
        """Tells whether older entries go on coming now; a turn ends when something else is due."""
        is_resting = state.phase is Phase.RESTING and state.older_at is not None
        return is_resting and (state.older_at or 0) <= self._time.wall()


class _Client:
    """A client and its engine, open for a while."""

    def __init__(self, syncing: Syncing, token: Secret) -> None:
        self._syncing, self._token = syncing, token

    async def __aenter__(self) -> tuple[Http, Engine]:
        self._http, self._engine = self._syncing.open(self._token)
        return self._http, self._engine

    async def __aexit__(self, *_: object) -> None:
        self._engine.close()
        await self._http.close()


class Blocking:
    """The same for the command line: each call waits until it is done."""

    def __init__(self, store: Store, accounts: Accounts, clock: Clock) -> None:
        self._store, self._accounts, self._clock = store, accounts, clock

    def sync(
        self,
        *,
        is_full: bool,
        confirms: bool,
        hear: Callable[[SyncState], None] | None = None,
    ) -> SyncState:
        """Makes one whole turn now, or lets the open window make it where only that is signed in.

        Raises SignInError when nobody is signed in.

        With everything, older entries come until they are complete or the limit is spent. Ctrl-C
        ends that; what came stays.
        """
        from toggl_desktop.sync.engine import Want

        want = Want(full=is_full, is_asked=True)
        syncing = Syncing(self._store, self._accounts, self._clock, hear)
        try:
            return asyncio.run(syncing.once(want, confirms=confirms))
        except SignInError:
            from toggl_desktop.app.asking import ask_window

            state = ask_window(self._store, is_plain=not (is_full or confirms))
            if state is None:
                raise
            return state

    def hand_over(
        self, store: Store, target: Path, now: int, zone: tzinfo, *, may_replace: bool
    ) -> str:
        """Writes what waits into a file for Toggl's own import; returns what is to be done now."""
        from toggl_desktop.app.handover import hand_over

        return hand_over(store, target, now, zone, may_replace=may_replace).sentence

    def take_back(self, store: Store, now: int) -> int:
        """That file was imported, or will not be: what is in it is looked for, and else sent."""
        from toggl_desktop.sync import handing

        return handing.take_back(store, now)

    def decide(self, store: Store, wanted: str, verb: str, now: int) -> str:
        """Does what a person decided about a problem; returns its title."""
        from toggl_desktop.sync import deciding

        problem = deciding.find(store, wanted)
        deciding.decide(store, problem, cast("deciding.Verb", verb), now)
        return problem.title
