"""The sync of the running program: the way to the server counts as soon as it is chosen."""

import asyncio
import contextlib

import pytest

from tests.remote.loopback import Server
from tests.support.builders import NOW, FakeClock, entry, load, make_store
from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.syncing import Syncing
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import settings
from toggl_desktop.store.database import Store

TOKEN = "0123456789abcdef0123456789abcdef"


def refusing(heard):
    """A proxy that lets nobody through and keeps what it was asked for."""

    def script(line):
        heard.append(line.recv(4096))
        line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    return Server(script)


@pytest.fixture
def store(tmp_path):
    store = make_store(tmp_path)
    yield store
    store.close()


async def until(true, seconds=10):
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


def test_another_proxy_is_used_at_once(store):
    first, second, states = [], [], []

    async def go(one, other):
        choose = settings.save
        choose(store.place.settings, "proxy", f"http://127.0.0.1:{one}")
        accounts = Accounts(store, {}, FakeClock().now)
        accounts._session = Secret(TOKEN)
        syncing = Syncing(store, accounts, FakeClock(), states.append)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(syncing.run())
            await until(lambda: syncing.state.phase is Phase.OFFLINE)
            assert first
            assert not second
            before = len(first)
            choose(store.place.settings, "proxy", f"http://127.0.0.1:{other}")
            syncing.reconnect()
            await until(lambda: second)
            assert len(first) == before
            running.cancel()

    with refusing(first) as a, refusing(second) as b, contextlib.suppress(asyncio.CancelledError):
        asyncio.run(go(a.port, b.port))
    assert second[0].startswith(b"CONNECT api.track.toggl.com:443")
    assert TOKEN.encode() not in b"".join(first + second)


def test_asking_while_nothing_can_be_reached_looks_the_way_up_again(store, monkeypatch):
    heard, asked = [], []

    async def go(port):
        settings.save(store.place.settings, "proxy", f"http://127.0.0.1:{port}")
        accounts = Accounts(store, {}, FakeClock().now)
        accounts._session = Secret(TOKEN)
        monkeypatch.setattr(accounts.proxy, "look_again", lambda: asked.append(True))
        syncing = Syncing(store, accounts, FakeClock())
        async with asyncio.TaskGroup() as group:
            running = group.create_task(syncing.run())
            await until(lambda: syncing.state.phase is Phase.OFFLINE)
            before = len(heard)
            syncing.wake()
            await until(lambda: len(heard) > before)
            running.cancel()

    with refusing(heard) as between, contextlib.suppress(asyncio.CancelledError):
        asyncio.run(go(between.port))
    assert asked


def test_what_a_terminal_has_reached_the_window_reaches_soon_after(store):
    heard = []

    async def go(port):
        settings.save(store.place.settings, "proxy", f"http://127.0.0.1:{port}")
        accounts = Accounts(store, {}, FakeClock().now)
        accounts._session = Secret(TOKEN)
        syncing = Syncing(store, accounts, FakeClock())
        async with asyncio.TaskGroup() as group:
            running = group.create_task(syncing.run())
            await until(lambda: syncing.state.phase is Phase.OFFLINE)
            syncing._engine.line.retry_at = 1e9  # in a quarter of an hour, say
            with Store(store.place) as terminal:
                load(terminal, entry("a", NOW - 60, NOW), at=NOW)
            store.catch_up()
            assert syncing._engine.line.retry_at == 1e9
            with (
                Store(store.place) as terminal,
                terminal.transaction("From Toggl: entry", NOW, origin=Origin.TRACK) as tx,
            ):
                tx.save(entry("b", NOW - 60, NOW))
            store.catch_up()
            assert syncing._engine.line.retry_at <= FakeClock().now().boot + 10
            running.cancel()

    with refusing(heard) as between, contextlib.suppress(asyncio.CancelledError):
        asyncio.run(go(between.port))
