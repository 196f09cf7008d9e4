"""What a panel does with StatusNotifier items, without a pixel: watcher and host in one.

    with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:
        item = host.wait_item()
        assert item.tooltip() == "Stopped"
        item.click("Quit")

It may come late, come as a watcher without a host first, hang, die and return. The methods are
plain calls for plain tests; the bus is served by a thread.
"""

import asyncio
import struct
import threading
import time
import zlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.support.desk import eventually

WATCHER = "org.kde.StatusNotifierWatcher"
WATCHER_PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
DBUS = "org.freedesktop.DBus"
_SECONDS = 5.0

_XML = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg name="service" type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg name="service" type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
<signal name="StatusNotifierItemUnregistered"><arg type="s"/></signal>
<signal name="StatusNotifierHostRegistered"/>
<signal name="StatusNotifierHostUnregistered"/>
</interface></node>"""


@dataclass
class MenuItem:
    """One line of a menu as the panel would draw it."""

    id: int
    properties: dict[str, Any]
    children: list["MenuItem"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The text without its mnemonic mark."""
        text = self.properties.get("label", "")
        return text.replace("__", "\0").replace("_", "").replace("\0", "_")

    @property
    def is_separator(self) -> bool:
        return self.properties.get("type") == "separator"

    @property
    def is_enabled(self) -> bool:
        return self.properties.get("enabled", True)

    @property
    def is_checked(self) -> bool:
        return self.properties.get("toggle-state", 0) == 1


class SniItem:
    """One icon in the tray, seen from the panel."""

    def __init__(self, host: "SniHost", name: str, path: str) -> None:
        self._host = host
        self.name = name
        self.path = path

    def properties(self) -> dict[str, Any]:
        """Returns everything the item says about itself."""
        (raw,) = self._host.call(self.name, self.path, PROPERTIES, "GetAll", "s", [ITEM])
        return {name: variant.value for name, variant in raw.items()}

    def tooltip(self) -> str:
        """Returns the tooltip's title and text, one line each."""
        _, _, title, text = self.properties()["ToolTip"]
        return "\n".join(part for part in (title, text) if part)

    def icon(self) -> tuple[int, int, bytes]:
        """Returns width, height and ARGB pixels of the largest picture."""
        pictures = self.properties()["IconPixmap"]
        return tuple(max(pictures, key=lambda picture: picture[0]))

    def save_icon(self, path: Path) -> Path:
        """Saves the largest picture as PNG."""
        width, height, pixels = self.icon()
        path.write_bytes(_png(width, height, pixels))
        return path

    def activate(self) -> None:
        """Clicks the icon with the left button."""
        self._host.call(self.name, self.path, ITEM, "Activate", "ii", [10, 10])

    def secondary_activate(self) -> None:
        """Clicks the icon with the middle button."""
        self._host.call(self.name, self.path, ITEM, "SecondaryActivate", "ii", [10, 10])

    def scroll(self, delta: int) -> None:
        """Turns the wheel over the icon."""
        self._host.call(self.name, self.path, ITEM, "Scroll", "is", [delta, "vertical"])

    def menu(self) -> list[MenuItem]:
        """Opens the menu and returns what is in it."""
        path = self.properties()["Menu"]
        self._host.call(self.name, path, MENU, "AboutToShow", "i", [0])
        _, root = self._host.call(self.name, path, MENU, "GetLayout", "iias", [0, -1, []])
        return _menu(root).children

    def labels(self) -> list[str]:
        """Returns the menu's visible lines; a separator is `-`."""
        shown = [item for item in self.menu() if item.properties.get("visible", True)]
        return ["-" if item.is_separator else item.label for item in shown]

    def click(self, *labels: str) -> None:
        """Chooses a menu item by its label, through submenus if more than one is given."""
        items = self.menu()
        for label in labels:
            chosen = next((item for item in items if item.label == label), None)
            if chosen is None:
                raise AssertionError(f"no {label!r} among {[item.label for item in items]}")
            items = chosen.children
        body = [chosen.id, "clicked", Variant("s", ""), int(time.monotonic())]
        path = self.properties()["Menu"]
        self._host.call(self.name, path, MENU, "Event", "isvu", body)


class SniHost:
    """A StatusNotifierWatcher with a host behind it.

    Args:
        address: The session bus to live on.
        is_present: Whether the watcher is there from the start.
        has_host: Whether the watcher has a host when it appears.
    """

    def __init__(self, address: str, *, is_present: bool = True, has_host: bool = True) -> None:
        self._address = address
        self._is_present = is_present
        self._has_host = has_host
        self._is_hanging = False
        self._bus: MessageBus | None = None
        self._items: list[tuple[str, str]] = []
        self.signals: list[str] = []
        self.registrations = 0
        self.on_registration: Callable[[], object] | None = None

    def __enter__(self) -> "SniHost":
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sni-host")
        self._thread.start()
        if self._is_present:
            self.appear(has_host=self._has_host)
        return self

    def __exit__(self, *_error: object) -> None:
        self.die()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def items(self) -> list[SniItem]:
        """The items that are registered now, oldest first."""
        return [SniItem(self, name, path) for name, path in list(self._items)]

    def appear(self, *, has_host: bool = True) -> None:
        """Takes the watcher's name; with a host, or as bars do it, the host some time later."""
        self._has_host = has_host
        self._do(self._connect())
        if has_host:
            self._emit("StatusNotifierHostRegistered")

    def register_host(self) -> None:
        """Lets the host come to a watcher that was there before it."""
        self._has_host = True
        self._emit("StatusNotifierHostRegistered")

    def unregister_host(self) -> None:
        """Lets the host go while the watcher stays."""
        self._has_host = False
        self._emit("StatusNotifierHostUnregistered")

    def hang(self) -> None:
        """Keeps the name and answers nothing from now on."""
        self._is_hanging = True

    def recover(self) -> None:
        """Answers again and says that there is a host."""
        self._is_hanging = False
        self.register_host()

    def die(self) -> None:
        """Leaves the bus as a crash would."""
        if self._bus is not None:
            self._do(self._disconnect())

    def wait_item(self, seconds: float = 10.0) -> SniItem:
        """Returns the newest item as soon as there is one."""
        eventually(lambda: self._items, seconds, "a tray item is registered")
        return self.items[-1]

    def wait_no_item(self, seconds: float = 10.0) -> None:
        """Returns as soon as no item is registered."""
        eventually(lambda: not self._items, seconds, "all tray items are gone")

    def wait_signal(self, name: str, seconds: float = 10.0) -> None:
        """Returns as soon as the item has sent a signal such as `NewIcon` since the last wait."""
        eventually(lambda: name in self.signals, seconds, f"the item sends {name}")
        self.signals.clear()

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str, body: list
    ) -> list:
        """Returns the answer to a call on the bus; fails on an error reply."""
        message = Message(
            destination=name,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=body,
        )
        reply = self._do(self._bus.call(message))
        if reply.message_type is MessageType.ERROR:
            raise AssertionError(f"{member}: {reply.error_name}: {reply.body}")
        return reply.body

    def _do(self, work: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)

    async def _connect(self) -> None:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._on_message)
        for rule in (
            f"type='signal',interface='{ITEM}'",
            f"type='signal',sender='{DBUS}',member='NameOwnerChanged'",
        ):
            await self._bus.call(
                Message(DBUS, "/org/freedesktop/DBus", DBUS, "AddMatch", signature="s", body=[rule])
            )
        await self._bus.request_name(WATCHER)

    async def _disconnect(self) -> None:
        self._items.clear()
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()
        self._bus = None

    def _emit(self, member: str, *body: str) -> None:
        async def send() -> None:
            signature = "s" * len(body)
            message = Message.new_signal(WATCHER_PATH, WATCHER, member, signature, list(body))
            await self._bus.send(message)

        self._do(send())

    def _on_message(self, message: Message) -> Message | bool | None:
        if message.message_type is MessageType.SIGNAL:
            self._on_signal(message)
            return None
        if message.message_type is not MessageType.METHOD_CALL or message.path != WATCHER_PATH:
            return None
        if self._is_hanging:
            return True
        return self._answer(message)

    def _on_signal(self, message: Message) -> None:
        if message.interface == ITEM:
            self.signals.append(message.member)
        elif message.member == "NameOwnerChanged" and not message.body[2]:
            self._items[:] = [item for item in self._items if item[0] != message.body[0]]

    def _answer(self, message: Message) -> Message | None:
        match message.member, message.body:
            case "Introspect", _:
                return Message.new_method_return(message, "s", [_XML])
            case "Get", [_, name] if name in self._watcher_properties():
                return Message.new_method_return(message, "v", [self._watcher_properties()[name]])
            case "GetAll", _:
                return Message.new_method_return(message, "a{sv}", [self._watcher_properties()])
            case "RegisterStatusNotifierItem", [service]:
                self._register(message.sender, service)
                return Message.new_method_return(message)
            case "RegisterStatusNotifierHost", _:
                return Message.new_method_return(message)
        return None

    def _register(self, sender: str, service: str) -> None:
        # Either a bus name with the usual path, or a path on the sender's own connection.
        item = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        if item not in self._items:
            self._items.append(item)
            if self.on_registration is not None:
                self.on_registration()  # on the bus's thread, at the very moment
        self.registrations += 1

    def _watcher_properties(self) -> dict[str, Variant]:
        return {
            "IsStatusNotifierHostRegistered": Variant("b", self._has_host),
            "ProtocolVersion": Variant("i", 0),
            "RegisteredStatusNotifierItems": Variant("as", [n + p for n, p in self._items]),
        }


def _menu(node: list) -> MenuItem:
    number, properties, children = node
    plain = {name: variant.value for name, variant in properties.items()}
    return MenuItem(number, plain, [_menu(child.value) for child in children])


def _png(width: int, height: int, argb: bytes) -> bytes:
    """Returns a PNG of big-endian ARGB pixels, as they come over the bus."""
    rows = bytearray()
    for start in range(0, width * height * 4, width * 4):
        row = argb[start : start + width * 4]
        rows += b"\0" + b"".join(row[i + 1 : i + 4] + row[i : i + 1] for i in range(0, len(row), 4))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
