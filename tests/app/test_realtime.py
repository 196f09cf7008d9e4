"""The realtime socket: news leads to a read, and whatever goes wrong with it leads to nothing."""

import asyncio
import contextlib
import logging

import pytest

from tests.support.builders import FakeClock, make_store
from tests.support.secrets import leaks
from tests.support.track import Loopback
from toggl_desktop.app import realtime
from toggl_desktop.app.accounts import Accounts
from toggl_desktop.app.loop import run
from toggl_desktop.app.realtime import Realtime
from toggl_desktop.app.syncing import Syncing
from toggl_desktop.app.tasks import TaskOwner
from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.domain.secrets import Secret
from toggl_desktop.domain.syncstate import Live, Phase
from toggl_desktop.remote.track import stream
from toggl_desktop.store import accounts as records
from toggl_desktop.store import settings
from toggl_desktop.sync import timetable
from toggl_desktop.system.clock import SystemClock

TOKEN = "0123456789abcdef0123456789abcdef"


class Desk:
    """A store with an account, a server, and the socket between them."""

    def __init__(self, folder, loopback):
        self.loopback, self.server = loopback, loopback.stream
        self.store = make_store(folder)
        self.accounts = Accounts(self.store, {"TOGGL_TRACK_URL": loopback.url}, FakeClock().now)
        self.news, self.told = 0, []
        self.realtime = Realtime(
            self.store, self.accounts, self._count, self._tell, chance=lambda: 0.0
        )

    def _count(self):
        self.news += 1

    def _tell(self):
        self.told.append(self.realtime.live)

    def sign_in(self, token=TOKEN):
        account = Account(5001, "a@b.c", "Ann", 7001, "N", "", TokenPlace.SESSION)
        with self.store.transaction("Sign in", 1) as tx:
            tx.keep_even_if_empty = True
            records.remember(tx, "track", account)
            tx.step.meta["epoch"] = "1"
        self.accounts._heed()  # what is in memory counts for one epoch
        self.accounts._session = Secret(token)

    def sign_out(self):
        asyncio.get_running_loop()
        with self.store.transaction("Sign out", 2) as tx:
            tx.keep_even_if_empty = True
            records.forget(tx, "track")
            tx.step.meta["epoch"] = "2"
        self.accounts._session = None

    def choose(self, on=True):
        settings.save(self.store.place.settings, "realtime", on)
        self.realtime.look_again()

    def live(self, play):
        """Runs the socket, and a play beside it."""

        async def both():
            async with asyncio.TaskGroup() as group:
                running = group.create_task(self.realtime.run())
                await play()
                running.cancel()

        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(both())


async def until(true, seconds=10):
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(realtime, "FIRST_SECONDS", 0.02)
    monkeypatch.setattr(stream, "ANSWER_SECONDS", 0.3)
    with Loopback() as loopback:
        desk = Desk(tmp_path, loopback)
        yield desk
        desk.store.close()


def test_it_is_off_until_it_is_chosen_and_somebody_is_signed_in(desk):
    async def play():
        desk.sign_in()
        await asyncio.sleep(0.1)
        assert desk.server.upgrades == []
        assert desk.realtime.live is Live.OFF
        desk.choose()
        await until(lambda: desk.realtime.live is Live.ON)
        assert desk.server.open == 1
        desk.choose(on=False)
        await until(lambda: desk.realtime.live is Live.OFF)
        await until(lambda: desk.server.open == 0)

    desk.live(play)


def test_an_event_is_news_and_nothing_else_is(desk):
    async def play():
        desk.sign_in()
        desk.choose()
        await until(lambda: desk.server.open == 1)
        assert desk.news == 0
        desk.server.ping()
        await until(lambda: desk.server.pongs == 1)
        for text in ("{", "[]", '{"type": "hello"}', '{"session_id": "again"}', "7"):
            desk.server._send(text)
        desk.server.tell(action="INSERT", model="time_entry", data={"id": 1})
        desk.server.tell(event_type="time_entry_updated")
        await until(lambda: desk.news == 2)

    desk.live(play)


def test_the_upgrade_names_the_program_and_the_origin_and_the_token_goes_where_it_belongs(desk):
    async def play():
        desk.sign_in()
        desk.choose()
        await until(lambda: desk.server.open == 1)

    desk.live(play)
    (head,) = desk.server.upgrades
    assert "Origin: https://track.toggl.com\r\n" in head
    assert "User-Agent: toggl-desktop/" in head
    assert TOKEN not in head
    assert desk.server.greeted == [f'{{"type": "authenticate", "api_token": "{TOKEN}"}}']


def test_the_other_way_to_speak_to_it_is_found_by_trying(desk):
    desk.server.paths = ["/websockets"]

    async def play():
        desk.sign_in()
        desk.choose()
        await until(lambda: desk.realtime.live is Live.ON)
        await until(lambda: desk.server.open == 1)  # the upgrade was the answer; it hears us later
        desk.server.tell(event_type="x")
        await until(lambda: desk.news == 1)

    desk.live(play)
    assert "Authorization: Basic" in desk.server.upgrades[-1]


@pytest.mark.parametrize("mode", ["refuses", "silent", "elsewhere"])
def test_what_does_not_answer_is_left_alone_for_longer_and_longer(desk, mode, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    desk.server.mode = mode
    pauses = []

    async def play():
        pause = desk.realtime._pause
        desk.realtime._pause = lambda: pauses.append(pause()) or pauses[-1]
        desk.sign_in()
        desk.choose()
        await until(lambda: len(pauses) >= 4)
        assert desk.realtime.live is Live.TRYING

    desk.live(play)
    assert pauses == sorted(pauses)
    assert pauses[3] == 8 * pauses[0]
    assert desk.news == 0
    assert desk.told == [Live.TRYING]
    assert leaks([tmp_path, caplog.text], [TOKEN]) == []


def test_signing_out_ends_it_and_a_token_that_was_refused_is_not_tried(desk):
    async def play():
        desk.sign_in()
        desk.choose()
        await until(lambda: desk.server.open == 1)
        desk.sign_out()
        await until(lambda: desk.server.open == 0)
        await until(lambda: desk.realtime.live is Live.OFF)
        before = len(desk.server.upgrades)
        desk.sign_in()
        desk.accounts.refuse("No.")
        desk.realtime.look_again()
        await asyncio.sleep(0.2)
        assert len(desk.server.upgrades) == before

    desk.live(play)


def test_after_a_break_it_comes_back_and_what_it_missed_is_read(desk):
    async def play():
        desk.sign_in()
        desk.choose()
        await until(lambda: desk.server.open == 1)
        desk.server.drop()
        await until(lambda: desk.news == 1)
        assert desk.realtime.live is Live.ON
        assert desk.told[-2:] == [Live.TRYING, Live.ON]

    desk.live(play)


def test_pauses_grow_to_half_an_hour_and_are_short_after_it_worked(desk, monkeypatch):
    monkeypatch.setattr(realtime, "FIRST_SECONDS", 10.0)
    desk.realtime._chance = lambda: 1.0
    assert [desk.realtime._pause() for _ in range(9)][::4] == [10, 160, 1800]
    desk.realtime.live = Live.ON
    assert desk.realtime._pause() == realtime.AGAIN_SECONDS


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://api.track.toggl.com/api/v9", "wss://track.toggl.com/stream"),
        ("http://127.0.0.1:8080/api/v9", "ws://127.0.0.1:8080/stream"),
        ("https://toggl.example.com/api/v9", "wss://toggl.example.com/stream"),
    ],
)
def test_the_socket_is_beside_its_server(url, found):
    assert stream.address(url, stream.DIALECTS[0]) == found


def test_what_is_not_spoken_to_is_not_spoken_to_here_either():
    with pytest.raises(stream.StreamError):
        stream.address("http://example.com/api/v9", stream.DIALECTS[0])


@pytest.mark.ui
def test_it_works_in_the_window_systems_own_loop(desk, qapp):
    async def play():
        desk.sign_in()
        desk.choose()
        tasks = TaskOwner(lambda name, error: pytest.fail(f"{name}: {error!r}"))
        tasks.spawn("realtime", desk.realtime.run())
        await until(lambda: desk.realtime.live is Live.ON)
        desk.server.ping()
        desk.server.tell()
        await until(lambda: desk.news == 1 and desk.server.pongs == 1)
        desk.choose(on=False)
        await until(lambda: desk.realtime.live is Live.OFF)
        desk.choose()
        await until(lambda: desk.realtime.live is Live.ON)
        assert await tasks.close() == []

    run(qapp, play)


def test_an_event_is_one_read_and_a_storm_of_them_one_more(desk, monkeypatch):
    monkeypatch.setattr(timetable, "BREATH_SECONDS", 0.1)
    monkeypatch.setattr(timetable, "APART_SECONDS", 0.3)
    syncing = Syncing(desk.store, desk.accounts, SystemClock())
    desk.realtime._news = syncing.hear

    def reads():
        asked = desk.loopback.track.requests("GET", "/me/time_entries$")
        return sum("since" in one.query for one in asked)

    async def play():
        desk.sign_in()
        desk.choose()
        async with asyncio.TaskGroup() as group:
            running = group.create_task(syncing.run())
            await until(lambda: syncing.state.phase is Phase.RESTING)
            await until(lambda: desk.realtime.live is Live.ON)
            assert reads() == 0  # the first turn read everything
            desk.server.tell()
            await until(lambda: reads() == 1)
            await asyncio.sleep(0.5)
            for _ in range(300):
                desk.server.tell()
            await until(lambda: reads() >= 2)
            await asyncio.sleep(0.6)
            assert reads() == 2
            running.cancel()

    desk.live(play)
