"""A desktop's portal for global shortcuts, without a desktop: what it says is up to the test.

    with Portal(bus.address) as portal:
        portal.wait_bind()
        portal.allow("Ctrl+Alt+Space")
        portal.press()

It can be any age (`knows_apps`), know no shortcuts at all, hang, die and return. The methods are
plain calls for plain tests; the bus is served by a thread.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from dbus_fast import Message, MessageType, Variant
from dbus_fast.aio import MessageBus

from tests.support.desk import eventually

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SESSION = "org.freedesktop.portal.Session"
REQUEST = "org.freedesktop.portal.Request"
REGISTRY = "org.freedesktop.host.portal.Registry"
_SECONDS = 5.0


class Portal:
    """A portal as one client sees it.

    Args:
        address: The bus to be on.
        knows_apps: Whether programs outside of a sandbox have to say who they are (from 1.21 on).
        has_shortcuts: Whether there is a backend that can watch for keys.
        is_hanging: Whether it takes in every call and answers none.

    Attributes:
        calls: The members called so far, in order.
        app_id: By what name the client registered.
        wish: The shortcuts asked for: name to what was said about each.
    """

    def __init__(
        self,
        address: str,
        *,
        knows_apps: bool = True,
        has_shortcuts: bool = True,
        is_hanging: bool = False,
    ) -> None:
        self._address = address
        self._knows_apps = knows_apps
        self._has_shortcuts = has_shortcuts
        self._is_hanging = is_hanging
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="portal")
        self._bus: MessageBus | None = None
        self.calls: list[str] = []
        self.app_id: str | None = None
        self.wish: dict[str, dict[str, str]] = {}
        self._client = ""
        self._session = ""
        self._request = ""

    def __enter__(self) -> "Portal":
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.die()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS)
        self._loop.close()

    def start(self) -> None:
        """Comes to the bus, knowing nobody."""
        self._meet("")
        self._do(self._connect())

    def die(self) -> None:
        """Leaves the bus as a crash would."""
        if self._bus is not None:
            self._do(self._disconnect())

    def wait_bind(self) -> dict[str, str]:
        """Returns what the client said about its only shortcut, as soon as it has asked for it."""
        eventually(lambda: self.wish, _SECONDS, "the client asks for a shortcut")
        (about,) = self.wish.values()
        return about

    def allow(self, trigger: str) -> None:
        """Answers, as a person who chose these keys would, that all shortcuts are bound."""
        self._respond(0, {"shortcuts": self._bound(trigger)})

    def allow_nothing(self) -> None:
        """Answers that the question was closed well, with no keys in it."""
        self._respond(0, {"shortcuts": Variant("a(sa{sv})", [])})

    def refuse(self, code: int = 1) -> None:
        """Answers that the person said no (1), or that something else came between (2)."""
        self._respond(code, {})

    def rebind(self, trigger: str) -> None:
        """Says that the person chose other keys in the desktop's settings."""
        self._say(PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", self._bound(trigger).value)

    def press(self, name: str | None = None, session: str | None = None, token: str = "") -> None:
        """Says that keys were pressed: the client's own, or somebody else's."""
        name = next(iter(self.wish)) if name is None else name
        options = {"activation_token": Variant("s", token)} if token else {}
        body = (name, 4711, options)
        self._say(PATH, SHORTCUTS, "Activated", "osta{sv}", *body, session=session)

    def close_session(self) -> None:
        """Takes the session away, as a desktop does that ends."""
        self._emit(self._session, SESSION, "Closed", "", [])

    def has(self, client: str) -> bool:
        """Tells whether somebody is still on the bus."""
        bus = "org.freedesktop.DBus"
        path = "/org/freedesktop/DBus"
        ask = Message(bus, path, bus, "NameHasOwner", signature="s", body=[client])
        return bool(self._do(self._bus.call(ask)).body[0])

    @property
    def session(self) -> str:
        """The client's session."""
        return self._session

    @property
    def client(self) -> str:
        """Who the client is on the bus."""
        return self._client

    def _respond(self, code: int, results: dict[str, Variant]) -> None:
        self._emit(self._request, REQUEST, "Response", "ua{sv}", [code, results])

    def _bound(self, trigger: str) -> Variant:
        about = {
            "description": Variant("s", "something"),
            "trigger_description": Variant("s", trigger),
        }
        return Variant("a(sa{sv})", [[name, about] for name in self.wish])

    def _say(
        self, path: str, interface: str, member: str, signature: str, *body: Any, session=None
    ) -> None:
        self._emit(path, interface, member, signature, [session or self._session, *body])

    def _emit(self, path: str, interface: str, member: str, signature: str, body: list) -> None:
        async def send() -> None:
            await self._bus.send(self._signal(path, interface, member, signature, body))

        self._do(send())

    def _signal(self, path: str, interface: str, member: str, signature: str, body: list):
        return Message(
            destination=self._client,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=body,
            message_type=MessageType.SIGNAL,
        )

    def _do(self, work: Coroutine) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)

    async def _connect(self) -> None:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._on_message)
        await self._bus.request_name(SERVICE)

    async def _disconnect(self) -> None:
        self._bus.disconnect()
        await self._bus.wait_for_disconnect()
        self._bus = None

    def _on_message(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
            return None
        if message.sender != self._client:
            self._meet(message.sender)
        self.calls.append(message.member)
        if self._is_hanging:
            return True
        return self._answer(message)

    def _meet(self, client: str) -> None:
        """Knows this client from now on, and nothing of it yet; one at a time is enough here."""
        self.app_id, self._client, self._session, self._request = None, client, "", ""
        self.calls, self.wish = [], {}

    def _answer(self, message: Message) -> Message:
        match message.interface, message.member, message.body:
            case interface, "Register", [app_id, _] if interface == REGISTRY and self._knows_apps:
                if self.app_id is not None or self.calls[:-1]:
                    return Message.new_error(
                        message, "org.freedesktop.portal.Error.Failed", "too late"
                    )
                self.app_id = app_id
                return Message.new_method_return(message)
            case interface, "CreateSession", [options] if self._can(interface):
                return self._create(message, options)
            case interface, "BindShortcuts", [session, shortcuts, _, options] if self._can(
                interface
            ):
                return self._bind(message, session, shortcuts, options)
        name = "org.freedesktop.DBus.Error.UnknownMethod"
        return Message.new_error(message, name, f"no {message.interface}.{message.member} here")

    def _can(self, interface: str) -> bool:
        return interface == SHORTCUTS and self._has_shortcuts

    def _create(self, message: Message, options: dict[str, Variant]) -> Message:
        if self._knows_apps and not self.app_id:
            name = "org.freedesktop.portal.Error.NotAllowed"
            return Message.new_error(message, name, "An app id is required")
        who = message.sender.lstrip(":").replace(".", "_")
        request = f"{PATH}/request/{who}/{options['handle_token'].value}"
        self._session = f"{PATH}/session/{who}/{options['session_handle_token'].value}"
        results = {"session_handle": Variant("s", self._session)}
        response = self._signal(request, REQUEST, "Response", "ua{sv}", [0, results])
        self._loop.call_soon(self._bus.send, response)
        return Message.new_method_return(message, "o", [request])

    def _bind(
        self, message: Message, session: str, shortcuts: list, options: dict[str, Variant]
    ) -> Message:
        if session != self._session or self.wish:
            return Message.new_error(
                message, "org.freedesktop.portal.Error.Failed", "bound already"
            )
        who = message.sender.lstrip(":").replace(".", "_")
        self._request = f"{PATH}/request/{who}/{options['handle_token'].value}"
        self.wish = {
            name: {key: variant.value for key, variant in about.items()}
            for name, about in shortcuts
        }
        return Message.new_method_return(message, "o", [self._request])
