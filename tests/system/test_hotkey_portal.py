"""One combination of keys, asked of a stand-in for the desktop's portal on a private bus."""

import asyncio
import shutil
import socket
import time

import pytest
from dbus_fast import Message
from dbus_fast.aio import MessageBus

from tests.support.desk import Bus
from tests.support.portal import PATH, SHORTCUTS, Portal
from toggl_desktop.system import hotkey
from toggl_desktop.system.hotkey import HotKey, Keys
from toggl_desktop.system.hotkey_portal import BusLine, PortalHotKey

pytestmark = [
    pytest.mark.ui,
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon"),
]

KEYS = Keys.parse("Ctrl+Alt+Space")
BIND = "bind the command “toggl-desktop palette” in your desktop's keyboard settings."
QUIET_MILLISECONDS = 100


@pytest.fixture
def bus(monkeypatch):
    with Bus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def hear(qapp):
    """Makes a hot key whose presses are counted, and closes it in the end."""
    made = []

    def make(app_id: str = "org.example.Timer") -> PortalHotKey:
        hot = PortalHotKey(KEYS, app_id)
        hot.count = 0

        def counts() -> None:
            hot.count += 1

        hot.pressed.connect(counts)
        made.append(hot)
        return hot

    yield make
    for hot in made:
        hot.close()


def becomes(hot, qtbot, sentence: str) -> bool:
    """Waits for a sentence; tells whether the keys work then."""
    qtbot.waitUntil(lambda: hot.state.sentence == sentence)
    assert hot.state.source == "portal"
    return hot.state.is_active


def asked(portal, qtbot) -> dict[str, str]:
    """Returns our wish once it has reached the portal."""
    qtbot.waitUntil(lambda: bool(portal.wish))
    return portal.wait_bind()


def bound(hot, portal, qtbot) -> None:
    asked(portal, qtbot)
    portal.allow("Ctrl+Alt+Space")
    qtbot.waitUntil(lambda: hot.state.is_active)


def lie(address: str, portal: Portal) -> None:
    """Says what only the portal may say, as somebody else on the bus."""

    async def talk() -> None:
        liar = await MessageBus(bus_address=address).connect()
        message = Message.new_signal(
            PATH, SHORTCUTS, "Activated", "osta{sv}", [portal.session, "palette", 1, {}]
        )
        message.destination = portal.client
        await liar.send(message)
        liar.disconnect()
        await liar.wait_for_disconnect()

    asyncio.run(talk())


def test_the_desktop_is_asked_for_the_keys_and_gives_them(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        assert hot.state.sentence == "The desktop is being asked for Ctrl+Alt+Space."
        wish = asked(portal, qtbot)
        assert wish["preferred_trigger"] == "CTRL+ALT+space"
        assert wish["description"] == "Open Toggl Desktop's palette"
        assert portal.calls == ["Register", "CreateSession", "BindShortcuts"]
        assert portal.app_id == "org.example.Timer"
        assert not becomes(hot, qtbot, "The desktop is asking you about Ctrl+Alt+Space.")
        portal.allow("Press <Control><Alt>space")
        assert becomes(
            hot,
            qtbot,
            "Press <Control><Alt>space: the desktop opens the palette, and its settings choose"
            " the keys.",
        )
        for count in range(1, 4):
            portal.press()
            qtbot.waitUntil(lambda wanted=count: hot.count == wanted)
        assert not hot._patience.isActive()


def test_a_press_brings_what_lets_a_window_come_to_the_front(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        tokens = []
        hot.pressed.connect(lambda: tokens.append(hot.activation_token))
        portal.press(token="abc-1")
        portal.press()
        qtbot.waitUntil(lambda: tokens == ["abc-1", ""])


def test_an_older_portal_that_knows_no_registration_will_do(bus, hear, qtbot):
    with Portal(bus.address, knows_apps=False) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        portal.press()
        qtbot.waitUntil(lambda: hot.count == 1)


def test_keys_that_the_person_changes_later_are_told(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        asked(portal, qtbot)
        portal.allow_nothing()
        why = "The desktop gave the palette no keys: give it some in its keyboard settings."
        assert not becomes(hot, qtbot, why)
        portal.rebind("Meta+\n" + "T" * 500)
        qtbot.waitUntil(lambda: hot.state.is_active)
        assert hot.state.sentence.startswith("Meta+ TTT")
        assert len(hot.state.sentence) < 150
        portal.rebind("")
        qtbot.waitUntil(lambda: hot.state.sentence.startswith("The keys the desktop chose: "))


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (1, "The desktop was told not to watch for keys"),
        (2, "This desktop's portal does not watch for keys"),
    ],
)
def test_a_person_or_desktop_that_says_no_is_believed(bus, hear, qtbot, code, why):
    with Portal(bus.address) as portal:
        hot = hear()
        asked(portal, qtbot)
        portal.refuse(code)
        assert not becomes(hot, qtbot, f"{why}: {BIND}")
        assert portal.calls.count("BindShortcuts") == 1


def test_without_a_portal_the_command_to_bind_is_named(bus, hear, qtbot):
    hot = hear()
    assert not becomes(hot, qtbot, f"This desktop has no portal that watches for keys: {BIND}")


def test_a_portal_that_comes_late_is_asked_then(bus, hear, qtbot):
    hot = hear()
    qtbot.waitUntil(lambda: "no portal" in hot.state.sentence)
    with Portal(bus.address) as portal:
        bound(hot, portal, qtbot)


def test_a_portal_without_shortcuts_counts_as_none(bus, hear, qtbot):
    with Portal(bus.address, has_shortcuts=False):
        hot = hear()
        why = f"This desktop's portal does not watch for keys: {BIND}"
        assert not becomes(hot, qtbot, why)


def test_a_portal_that_dies_and_returns_is_asked_again(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        portal.die()
        assert not becomes(hot, qtbot, f"The desktop's portal went away: {BIND}")
        portal.start()
        bound(hot, portal, qtbot)
        portal.press()
        qtbot.waitUntil(lambda: hot.count == 1)


def test_a_session_that_the_desktop_ends_is_over(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        portal.close_session()
        assert not becomes(hot, qtbot, f"The desktop took the keys back: {BIND}")


def test_a_portal_that_hangs_holds_up_nothing_and_is_named(bus, hear, qtbot):
    with Portal(bus.address, is_hanging=True) as portal:
        start = time.perf_counter()
        hot = hear()
        assert time.perf_counter() - start < 0.1
        qtbot.waitUntil(lambda: portal.calls == ["Register"])
        assert hot._patience.isActive()
        assert hot._patience.interval() <= 30_000
        hot._patience.start(1)
        assert not becomes(hot, qtbot, f"The desktop's portal does not answer: {BIND}")


def test_a_bus_that_accepts_and_says_nothing_holds_up_nothing(tmp_path, monkeypatch, hear, qtbot):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen(1)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        start = time.perf_counter()
        hot = hear()
        assert time.perf_counter() - start < 0.1
        peer, _ = listener.accept()
        with peer:
            assert peer.recv(100).startswith(b"\0AUTH EXTERNAL ")
            peer.sendall(b"REJECTED\r\n")
            assert not becomes(hot, qtbot, f"The session bus went away: {BIND}")


def test_a_bus_that_ends_is_told_and_not_raised(monkeypatch, hear, qtbot):
    with Bus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with Portal(bus.address) as portal:
            hot = hear()
            bound(hot, portal, qtbot)
        qtbot.waitUntil(lambda: "portal went away" in hot.state.sentence)
    assert not becomes(hot, qtbot, f"The session bus went away: {BIND}")


@pytest.mark.parametrize(
    "address", [None, "", "nonsense", "tcp:host=localhost", "unix:path=/nonexistent"]
)
def test_without_a_session_bus_there_is_nobody_to_ask(qapp, monkeypatch, address):
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(OSError, match=r"no session bus|No such file"):
        BusLine()


def test_only_the_portal_is_believed_and_only_about_our_own_keys(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        portal.press(name="somebody-else's")
        portal.press(session=portal.session + "x")
        lie(bus.address, portal)
        portal.rebind("Meta+T")  # comes after all of these
        qtbot.waitUntil(lambda: hot.state.sentence.startswith("Meta+T"))
        qtbot.wait(QUIET_MILLISECONDS)
        assert hot.count == 0


def test_the_keys_are_given_back_by_leaving_the_bus(bus, hear, qtbot):
    with Portal(bus.address) as portal:
        hot = hear()
        bound(hot, portal, qtbot)
        client = portal.client
        assert portal.has(client)
        hot.close()
        qtbot.waitUntil(lambda: not portal.has(client))
        hot.close()


def test_under_wayland_the_portal_is_the_one_that_is_asked(bus, monkeypatch, qapp, qtbot):
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setattr(hotkey.QGuiApplication, "desktopFileName", lambda: "org.example.Timer")
    with Portal(bus.address) as portal:
        hot = HotKey()
        hot.set_keys("Ctrl+Alt+Space")
        bound(hot, portal, qtbot)
        assert portal.app_id == "org.example.Timer"
        first = portal.client
        with qtbot.waitSignal(hot.pressed):
            portal.press(token="abc-2")
        assert hot.activation_token == "abc-2"
        hot.set_keys("Meta+T")
        qtbot.waitUntil(lambda: portal.client != first)
        assert asked(portal, qtbot)["preferred_trigger"] == "LOGO+t"
        assert not portal.has(first)
        portal.allow("Meta+T")
        qtbot.waitUntil(lambda: hot.state.is_active)
        hot.set_keys("")
        assert not hot.state.is_active
        assert hot.activation_token == ""
