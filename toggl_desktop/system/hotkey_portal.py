"""One combination of keys, asked of the desktop's portal; the desktop decides which keys it is.

The bus is spoken through jeepney, because QtDBus cannot send a list of shortcuts from Python, and
on a socket of our own that nobody ever waits for: a person may take minutes to answer the
desktop's question, and a portal that hangs must not hold up a window.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import Any, Final

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Parser,
    message_bus,
    new_method_call,
)
from jeepney.auth import BEGIN, Authenticator  # type: ignore[import-untyped]
from jeepney.bus import get_bus  # type: ignore[import-untyped]
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from toggl_desktop.system.hotkey import HotKeyState, Keys, here_is_none

_BUS: Final = "org.freedesktop.DBus"
_SERVICE: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
_SESSION: Final = "org.freedesktop.portal.Session"
_REQUEST: Final = "org.freedesktop.portal.Request"
_REGISTRY: Final = "org.freedesktop.host.portal.Registry"
_SHORTCUT: Final = "palette"
_TOKEN: Final = "toggl_desktop"  # noqa: S105 - a name, not a secret
_CHUNK_BYTES: Final = 65_536
_PATIENCE_MILLISECONDS: Final = 30_000
_TRIGGER_CHARACTERS: Final = 60

Reply = Callable[[Message], None]


class BusLine(QObject):
    """A connection to a message bus that is never waited for.

    Signals:
        signalled: A signal came; its message is the argument.
        lost: The connection is over.
    """

    signalled = Signal(object)
    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Starts to connect to the session bus.

        Raises:
            OSError: There is none.
        """
        super().__init__(parent)
        self._parser = Parser()
        self._door = Authenticator(inc_null_byte=True)
        self._waiting: list[bytes] = []
        self._replies: dict[int, Reply] = {}
        self._serials = count(1)
        self._socket = _connect()
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_bus_readable)
        self._socket.sendall(self._door.data_to_send())

    def call(self, message: Message, reply: Reply) -> None:
        """Sends a call; its answer or error comes to `reply`, or never."""
        serial = next(self._serials)
        self._replies[serial] = reply
        data = message.serialise(serial)
        if self._door.authenticated:
            self._send(data)
        else:
            self._waiting.append(data)

    def close(self) -> None:
        """Ends the connection; nothing comes from it any more."""
        self._notifier.setEnabled(False)
        self._replies.clear()
        self._socket.close()

    @Slot()
    def _on_bus_readable(self) -> None:
        try:
            data = self._socket.recv(_CHUNK_BYTES)
            if not data:
                raise ConnectionResetError
            messages = self._take(data)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            self._lose()
            return
        for message in messages:
            if self._notifier.isEnabled():  # else one before it led to the end
                self._hand_on(message)

    def _take(self, data: bytes) -> list[Message]:
        """Returns the messages that are complete now."""
        if not self._door.authenticated:
            self._door.feed(data)
            if self._door.authenticated:
                self._send(BEGIN + b"".join(self._waiting))
                self._waiting.clear()
            return []
        self._parser.add_data(data)
        return list(iter(self._parser.get_next_message, None))

    def _hand_on(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self.signalled.emit(message)
            return
        serial = message.header.fields.get(HeaderFields.reply_serial)
        if (reply := self._replies.pop(serial, None)) is not None:
            reply(message)

    def _send(self, data: bytes) -> None:
        # A few hundred bytes always fit; where they do not, nobody has read for a long time.
        try:
            self._socket.sendall(data)
        except OSError:
            self._lose()

    def _lose(self) -> None:
        if self._notifier.isEnabled():
            self.close()
            self.lost.emit()


class _Phase(Enum):
    STARTING = "no session yet"
    ASKING = "the desktop asks the person"
    BOUND = "it has decided"
    OVER = "no session any more"


class PortalHotKey(QObject):
    """Has the desktop listen for a combination, through every restart of its portal.

    Signals:
        pressed: The keys that the desktop gave us were pressed.
        changed: The state is another one.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(self, keys: Keys, app_id: str = "", parent: QObject | None = None) -> None:
        """Starts to ask the portal on the session bus.

        Args:
            keys: What we would like; the desktop or the person may choose other keys.
            app_id: The base name of our desktop file, by which the desktop knows us.
            parent: Who owns this.

        Raises:
            OSError: There is no session bus.
        """
        super().__init__(parent)
        self._keys = keys
        self._app_id = app_id or "toggl-desktop"
        self._phase = _Phase.STARTING
        self._owner = ""  # who the portal is on the bus; nobody else is believed
        self._name = ""  # who we are there, as it appears in paths
        self._session = ""
        self._numbers = count(1)
        self._request = ""
        self._state = self._inactive(f"The desktop is being asked for {keys.text}.")
        self.activation_token = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._line = BusLine(self)
        self._line.signalled.connect(self._on_line_signalled)
        self._line.lost.connect(self._on_line_lost)
        self._line.call(message_bus.Hello(), self._take_name)

    @property
    def state(self) -> HotKeyState:
        """Whether the keys work, and why not."""
        return self._state

    def close(self) -> None:
        """Gives the keys back and says nothing any more."""
        self._patience.stop()
        self._line.close()

    # The way to a shortcut: name, registration, session, binding.

    def _take_name(self, reply: Message) -> None:
        if reply.header.message_type is not MessageType.method_return:
            self._on_line_lost()
            return
        self._name = str(reply.body[0]).lstrip(":").replace(".", "_")
        self._listen(f"sender='{_BUS}',member='NameOwnerChanged',arg0='{_SERVICE}'")
        self._listen(f"sender='{_SERVICE}',path_namespace='{_PATH}/request/{self._name}'")
        self._begin()

    def _begin(self) -> None:
        self._phase = _Phase.STARTING
        self._patience.start()
        # Without it, portals from 1.21 on refuse a program that is not in a sandbox; it has to be
        # the first call. Whoever does not know it refuses, and that does not matter.
        self._call(_REGISTRY, "Register", "sa{sv}", (self._app_id, {}), self._take_registration)

    def _take_registration(self, reply: Message) -> None:
        sender = _sender(reply)
        if sender == _BUS:  # there is no such service, or it died before it could answer
            self._end("This desktop has no portal that watches for keys")
            return
        self._owner = sender
        options = {"handle_token": self._next_token(), "session_handle_token": ("s", _TOKEN)}
        self._call(_SHORTCUTS, "CreateSession", "a{sv}", (options,), self._take_answer)

    def _take_answer(self, reply: Message) -> None:
        """Takes in that the portal started on a request; what comes of it is a signal."""
        if reply.header.message_type is not MessageType.method_return:
            self._end("This desktop's portal does not watch for keys")

    def _take_session(self, results: dict[str, Any]) -> None:
        session = _value(results, "session_handle")
        if not re.fullmatch(r"/[A-Za-z0-9_/]+", session):
            self._end("This desktop's portal does not watch for keys")
            return
        self._session = session
        self._listen(f"sender='{_SERVICE}',interface='{_SHORTCUTS}',arg0path='{session}'")
        self._listen(f"sender='{_SERVICE}',interface='{_SESSION}',path='{session}'")
        wish = {
            "description": ("s", "Open Toggl Desktop's palette"),
            "preferred_trigger": ("s", self._keys.trigger),
        }
        options = {"handle_token": self._next_token()}
        body = (session, [(_SHORTCUT, wish)], "", options)
        self._phase = _Phase.ASKING
        self._patience.stop()
        self._become(self._inactive(f"The desktop is asking you about {self._keys.text}."))
        self._call(_SHORTCUTS, "BindShortcuts", "oa(sa{sv})sa{sv}", body, self._take_answer)

    def _take_shortcuts(self, shortcuts: list[tuple[str, dict[str, Any]]]) -> None:
        self._phase = _Phase.BOUND
        ours = next((about for name, about in shortcuts if name == _SHORTCUT), None)
        if ours is None:
            why = "The desktop gave the palette no keys: give it some"
            self._become(self._inactive(f"{why} in its keyboard settings."))
            return
        trigger = _one_line(_value(ours, "trigger_description")) or "The keys the desktop chose"
        self._become(
            HotKeyState(
                is_active=True,
                source="portal",
                sentence=f"{trigger}: the desktop opens the palette, and its settings choose"
                " the keys.",
            )
        )

    # What the bus says by itself.

    @Slot(object)
    def _on_line_signalled(self, message: Message) -> None:
        fields = message.header.fields
        sender, path = _sender(message), fields.get(HeaderFields.path)
        interface, member = fields.get(HeaderFields.interface), fields.get(HeaderFields.member)
        signature = fields.get(HeaderFields.signature)
        if sender == _BUS and member == "NameOwnerChanged" and signature == "sss":
            self._take_owner(*message.body)
        elif not self._owner or sender != self._owner:
            return
        elif (interface, member, signature) == (_REQUEST, "Response", "ua{sv}"):
            if path == f"{_PATH}/request/{self._name}/{self._request}":
                self._take_response(*message.body)
        elif interface == _SHORTCUTS and message.body and message.body[0] == self._session:
            self._take_news(str(member), str(signature), message.body)
        elif (interface, member, path) == (_SESSION, "Closed", self._session):
            self._end("The desktop took the keys back")

    def _take_owner(self, name: str, _old: str, new: str) -> None:
        if name != _SERVICE:
            return
        if not new:
            self._end("The desktop's portal went away")
        elif self._phase is _Phase.OVER:
            self._begin()

    def _take_response(self, code: int, results: dict[str, Any]) -> None:
        self._request = ""
        if self._phase is _Phase.STARTING and code == 0:
            self._take_session(results)
        elif self._phase is _Phase.ASKING and code == 0:
            self._take_shortcuts(_shortcuts(results))
        elif code == 1:
            self._end("The desktop was told not to watch for keys")
        else:
            self._end("This desktop's portal does not watch for keys")

    def _take_news(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        if (member, signature) == ("Activated", "osta{sv}") and body[1] == _SHORTCUT:
            self.activation_token = _value(body[3], "activation_token")
            self.pressed.emit()
        elif (member, signature) == ("ShortcutsChanged", "oa(sa{sv})"):
            self._take_shortcuts(body[1])

    @Slot()
    def _on_line_lost(self) -> None:
        self._end("The session bus went away")

    @Slot()
    def _on_patience_timeout(self) -> None:
        # It may still answer; whoever looks meanwhile should not have to wait for it.
        self._become(self._inactive(here_is_none("The desktop's portal does not answer")))

    # Small things.

    def _call(
        self, interface: str, member: str, signature: str, body: tuple[Any, ...], reply: Reply
    ) -> None:
        address = DBusAddress(_PATH, bus_name=_SERVICE, interface=interface)
        self._line.call(new_method_call(address, member, signature, body), reply)

    def _listen(self, rule: str) -> None:
        self._line.call(message_bus.AddMatch(f"type='signal',{rule}"), _ignore)

    def _next_token(self) -> tuple[str, str]:
        self._request = f"{_TOKEN}_{next(self._numbers)}"
        return "s", self._request

    def _end(self, why: str) -> None:
        self._patience.stop()
        self._phase = _Phase.OVER
        self._owner = self._session = self._request = ""
        self._become(self._inactive(here_is_none(why)))

    def _inactive(self, sentence: str) -> HotKeyState:
        return HotKeyState(is_active=False, source="portal", sentence=sentence)

    def _become(self, state: HotKeyState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _connect() -> socket.socket:
    """Returns a socket on its way to the session bus.

    Raises:
        OSError: There is no session bus.
    """
    try:
        address = get_bus("SESSION")
    except (KeyError, ValueError, RuntimeError) as error:
        raise OSError("no session bus") from error
    line = socket.socket(socket.AF_UNIX)
    try:
        line.setblocking(False)  # noqa: FBT003 - its only form
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _ignore(_reply: Message) -> None:
    """Takes no notice of an answer that changes nothing."""


def _sender(message: Message) -> str:
    return str(message.header.fields.get(HeaderFields.sender, ""))


def _value(about: dict[str, Any], name: str) -> str:
    """Returns a text out of a dictionary of variants; empty when there is none."""
    _, value = about.get(name, ("s", ""))
    return value if isinstance(value, str) else ""


def _shortcuts(results: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    signature, shortcuts = results.get("shortcuts", ("", []))
    return list(shortcuts) if signature == "a(sa{sv})" else []


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_TRIGGER_CHARACTERS]
