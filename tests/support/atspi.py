"""What a screen reader would find, read from outside over the accessibility bus.

with Desk() as desk:
    start_bus(desk)                       # before the program under test
    ...
    asyncio.run(spoken(desk.env["DBUS_SESSION_BUS_ADDRESS"], "Timeline"))
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from tests.support.desk import Desk

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_DEEPEST = 14


def start_bus(desk: Desk) -> None:
    """Starts the accessibility bus of a desk; programs started afterwards speak on it."""
    for name in ("NO_AT_BRIDGE",):
        desk.env.pop(name, None)
    desk.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
    desk.spawn(LAUNCHER, "--launch-immediately")


async def _call(bus: MessageBus, to: str, path: str, what: str, sign: str = "", *body: Any) -> Any:
    interface, _, member = what.rpartition(".")
    message = Message(
        destination=to, path=path, interface=interface, member=member, signature=sign,
        body=list(body),
    )  # fmt: skip
    reply = await bus.call(message)
    if reply is None or reply.message_type is MessageType.ERROR:
        return None
    return reply.body[0] if reply.body else None


class Seen:
    """One accessible object: role, name and description, as they are now."""

    def __init__(self, bus: MessageBus, to: str, path: str) -> None:
        self._bus, self._to, self._path = bus, to, path

    async def _property(self, name: str) -> str:
        found = await _call(
            self._bus, self._to, self._path, "org.freedesktop.DBus.Properties.Get", "ss",
            _ACCESSIBLE, name,
        )  # fmt: skip
        return "" if found is None else str(found.value)

    async def name(self) -> str:
        return await self._property("Name")

    async def description(self) -> str:
        return await self._property("Description")

    async def role(self) -> str:
        return str(await _call(self._bus, self._to, self._path, f"{_ACCESSIBLE}.GetRoleName"))

    async def children(self) -> list["Seen"]:
        found = await _call(self._bus, self._to, self._path, f"{_ACCESSIBLE}.GetChildren")
        return [Seen(self._bus, to, path) for to, path in found or ()]

    async def find(self, name: str, depth: int = _DEEPEST) -> "Seen | None":
        """The first object of a name under this one."""
        for child in await self.children():
            if await child.name() == name:
                return child
            below = await child.find(name, depth - 1) if depth else None
            if below is not None:
                return below
        return None


@asynccontextmanager
async def desktop(session: str) -> AsyncIterator[Seen]:
    """All programs that speak on the accessibility bus of a session."""
    bus = await MessageBus(bus_address=session).connect()
    address = await _call(bus, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
    await _close(bus)
    assert address, "there is no accessibility bus"
    spoken = await MessageBus(bus_address=str(address)).connect()
    yield Seen(spoken, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
    await _close(spoken)


async def _close(bus: MessageBus) -> None:
    bus.disconnect()
    await bus.wait_for_disconnect()
