"""Sleep and waking, told by a stand-in for logind on a private bus."""

import asyncio
import shutil

import pytest
from dbus_fast import Message
from dbus_fast.aio import MessageBus
from PySide6.QtDBus import QDBusConnection

from tests.support.desk import Bus
from toggl_desktop.system.power import PowerWatch

pytestmark = [
    pytest.mark.ui,
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon"),
]


@pytest.fixture
def bus(qapp):
    with Bus() as bus:
        yield bus
        QDBusConnection.disconnectFromBus("power-test")


def say(address: str, *values: bool, path: str = "/org/freedesktop/login1") -> None:
    """Says on the bus, as logind, that the machine sleeps (True) or wakes (False)."""

    async def talk() -> None:
        logind = await MessageBus(bus_address=address).connect()
        await logind.request_name("org.freedesktop.login1")
        interface = "org.freedesktop.login1.Manager"
        for value in values:
            await logind.send(Message.new_signal(path, interface, "PrepareForSleep", "b", [value]))
        logind.disconnect()
        await logind.wait_for_disconnect()

    asyncio.run(talk())


def test_sleep_and_waking_are_told_in_order(bus, qtbot):
    watch = PowerWatch(QDBusConnection.connectToBus(bus.address, "power-test"))
    told = []
    watch.suspending.connect(lambda: told.append("suspending"))
    watch.resumed.connect(lambda: told.append("resumed"))
    assert watch.is_listening
    say(bus.address, True, False)
    qtbot.waitUntil(lambda: told == ["suspending", "resumed"])


def test_without_a_bus_nothing_is_told_and_nothing_breaks(qapp):
    watch = PowerWatch(QDBusConnection("no such connection"))
    assert not watch.is_listening
