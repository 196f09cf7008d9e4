"""A sign-in that only the window has: a terminal's `sync` is done there, and told here."""

import asyncio
import contextlib
import time
from types import SimpleNamespace

import pytest

from tests.support.builders import NOW, FakeClock, make_store
from tests.support.track import InProcess, TrackServer
from toggl_desktop.app import asking
from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.desktop import Desktop
from toggl_desktop.app.syncing import Blocking, Syncing
from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.domain.errors import ServerError, SignInError
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.domain.syncstate import Phase, Question, SyncState
from toggl_desktop.remote.http import Http
from toggl_desktop.store import accounts
from toggl_desktop.store.database import Store
from toggl_desktop.sync import outcome
from toggl_desktop.system import doorbell
from toggl_desktop.system.instance import Asked

TOKEN = "0123456789abcdef0123456789abcdef"
URL = "http://127.0.0.1:1/api/v9"
ME = Account(5001, "me@example.com", "Me", 7001, "Work", URL, TokenPlace.SESSION)


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        with store.transaction("Sign in", NOW) as tx:
            tx.keep_even_if_empty = True
            accounts.remember(tx, "track", ME)
            accounts.join(tx, 7001)
        yield store


@pytest.fixture
def window(store, monkeypatch):
    """An open window; what it does when it is rung is set by the test."""
    rung = SimpleNamespace(verbs=[], ends=None)

    def ring(_place, verb):
        rung.verbs.append(verb)
        if rung.ends is not None:
            with Store(store.place) as its_own:
                outcome.keep(its_own, NOW, rung.ends)
        return True

    monkeypatch.setattr(doorbell, "is_open", lambda _place: True)
    monkeypatch.setattr(doorbell, "ring", ring)
    return rung


def terminal(store):
    return Blocking(store, Accounts(store, {"TOGGL_TRACK_URL": URL}, FakeClock().now), FakeClock())


def test_the_window_makes_the_turn_and_its_end_is_told(store, window):
    window.ends = SyncState(Phase.QUOTA, text="", skew_seconds=3)
    state = terminal(store).sync(is_full=False, confirms=False)
    assert (state.phase, state.skew_seconds) == (Phase.QUOTA, 3)
    assert window.verbs == ["sync"]
    question = Question("time_entry", 30, 40, outward=False)
    window.ends = SyncState(Phase.ASKING, question=question)
    assert terminal(store).sync(is_full=False, confirms=False).question == question


def test_a_window_that_is_long_at_it_is_said(store, window):
    with pytest.raises(ServerError, match="still at it"):
        asking.ask_window(store, is_plain=True, patience=0)


def test_what_a_window_cannot_be_asked_for_is_said(store, window):
    for more in ({"is_full": True, "confirms": False}, {"is_full": False, "confirms": True}):
        with pytest.raises(SignInError, match="open window has the sign-in"):
            terminal(store).sync(**more)
    assert window.verbs == []


def test_without_a_window_nobody_is_signed_in(store, monkeypatch):
    monkeypatch.setattr(doorbell, "is_open", lambda _place: False)
    with pytest.raises(SignInError, match="one session"):
        terminal(store).sync(is_full=False, confirms=False)


def test_the_window_turns_when_it_is_rung(store):
    woken = []
    desktop = SimpleNamespace(
        _online=SimpleNamespace(syncing=SimpleNamespace(wake=lambda: woken.append(1)))
    )
    Desktop._on_instance_asked(desktop, Asked("sync"))
    assert woken == [1]


async def _until(is_so):
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def test_a_turn_that_was_asked_for_leaves_its_end_and_others_do_not(store):
    server = TrackServer(NOW, burst=None)
    clock = FakeClock()

    def connect(url, basic, gate=None):
        return Http(url, basic, gate, transport=InProcess(server, lambda: clock.wall))

    who = Accounts(store, {"TOGGL_TRACK_URL": URL}, clock.now)
    who._client = connect
    who._heed()
    who._session = Secret(TOKEN)

    async def go():
        syncing = Syncing(store, who, clock)
        running = asyncio.ensure_future(syncing.run())
        await _until(lambda: syncing.state.phase is Phase.RESTING)
        assert outcome.count(store.source) == 0
        syncing.wake()
        await _until(lambda: outcome.count(store.source) == 1)
        assert outcome.last(store.source).phase is Phase.RESTING
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    asyncio.run(go())


def test_a_window_that_lost_its_sign_in_says_so_at_once(store):
    async def go():
        syncing = Syncing(store, Accounts(store, {}, FakeClock().now), FakeClock())
        running = asyncio.ensure_future(syncing.run())
        await _until(lambda: syncing.state.phase is Phase.SIGN_IN)
        assert outcome.count(store.source) == 0
        syncing.wake()
        await _until(lambda: outcome.count(store.source) == 1)
        assert outcome.last(store.source).phase is Phase.SIGN_IN
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    asyncio.run(go())
