"""What the desktop around us offers: screen, trays, a source of idle time. No Qt, no waiting.

This is for `doctor`, which runs in a terminal: everything is asked afresh, with short deadlines.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from toggl_desktop.system.deadline import within

_SECONDS: Final = 2.0
_CALL_SECONDS: Final = 1.0
_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_MUTTER: Final = "org.gnome.Mutter.IdleMonitor"
_SCREENSAVER: Final = "org.freedesktop.ScreenSaver"


class _Connection(Protocol):
    """The part of jeepney's connection that we use; jeepney has no types of its own."""

    def send_and_get_reply(self, message: object, *, timeout: float) -> Any:  # noqa: ANN401
        """Returns the reply."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a look at the desktop showed.

    Attributes:
        display: `x11`, `wayland`, `windows`, `macos` or `none`.
        has_bus: Whether a D-Bus session bus answers.
        has_sni_host: Whether something shows StatusNotifier items.
        has_xembed_tray: Whether something embeds icons in the X way.
        idle_source: Who can tell how long nobody touched the machine; None when nobody can.
    """

    display: str
    has_bus: bool = False
    has_sni_host: bool = False
    has_xembed_tray: bool = False
    idle_source: str | None = None

    @property
    def has_tray(self) -> bool:
        """Whether an icon of ours would be seen."""
        # A Wayland client cannot put its icon into a tray that embeds X windows.
        by_x = self.has_xembed_tray and self.display == "x11"
        return self.has_sni_host or by_x or self.display in {"windows", "macos"}

    def sentences(self) -> tuple[str, ...]:
        """Returns the screen, the tray and the idle source, one sentence each."""
        return (_of_display(self), _of_tray(self), _of_idle(self))


def look() -> Session:
    """Returns what is there now; takes at most a few seconds even if everything hangs."""
    display = _display(os.environ)
    if display in {"windows", "macos"}:
        return Session(display)
    bus = within(_SECONDS, _ask_bus).value
    owned, has_host = bus or (frozenset(), False)
    x = within(_SECONDS, _ask_x).value
    has_xembed, has_x_idle = x or (False, False)
    return Session(
        display=display,
        has_bus=bus is not None,
        has_sni_host=has_host,
        has_xembed_tray=has_xembed,
        idle_source=_idle_source(display, owned, has_x_idle=has_x_idle),
    )


def _display(environment: Mapping[str, str]) -> str:
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "macos"
    if _has_wayland(environment):
        return "wayland"
    return "x11" if environment.get("DISPLAY") else "none"


def _has_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    return (Path(environment.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def _ask_bus() -> tuple[frozenset[str], bool]:
    """Returns which of the services we know are there, and whether SNI items would be shown."""
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    connection = open_dbus_connection(bus="SESSION")
    try:
        names = (_WATCHER, _MUTTER, _SCREENSAVER)
        owned = frozenset(name for name in names if _is_owned(connection, name))
        return owned, _WATCHER in owned and _has_host(connection)
    finally:
        connection.close()


def _is_owned(connection: _Connection, name: str) -> bool:
    from jeepney import message_bus  # type: ignore[import-untyped]

    message = message_bus.NameHasOwner(name)
    reply = connection.send_and_get_reply(message, timeout=_CALL_SECONDS)
    return bool(reply.body[0])


def _has_host(connection: _Connection) -> bool:
    from jeepney import DBusAddress, MessageType, Properties

    address = DBusAddress("/StatusNotifierWatcher", bus_name=_WATCHER, interface=_WATCHER)
    message = Properties(address).get("IsStatusNotifierHostRegistered")
    try:
        reply = connection.send_and_get_reply(message, timeout=_CALL_SECONDS)
    except TimeoutError:
        return False
    if reply.header.message_type is not MessageType.method_return:
        return False
    return bool(reply.body[0][1])


def _ask_x() -> tuple[bool, bool]:
    """Returns whether an XEmbed tray is there and whether X can tell the idle time."""
    from toggl_desktop.system.xtray import TraySelection

    selection = TraySelection()
    try:
        return selection.has_tray(), selection.has_extension("MIT-SCREEN-SAVER")
    finally:
        selection.close()


def _idle_source(display: str, owned: frozenset[str], *, has_x_idle: bool) -> str | None:
    if _MUTTER in owned:
        return "GNOME (Mutter IdleMonitor)"
    if display == "x11" and has_x_idle:
        return "X11 (MIT-SCREEN-SAVER)"
    # Under Wayland an X server knows only of input to X windows, so it is not asked.
    if _SCREENSAVER in owned:
        return "desktop (org.freedesktop.ScreenSaver)"
    return None


def _of_display(found: Session) -> str:
    if found.display == "none":
        return "There is no screen: only the command line works here."
    names = {"x11": "X11", "wayland": "Wayland", "windows": "Windows", "macos": "macOS"}
    return f"The screen is {names[found.display]}."


def _of_tray(found: Session) -> str:
    if found.display in {"windows", "macos"}:
        return "The system has a tray."
    if found.has_sni_host:
        return "A StatusNotifier host shows the tray icon."
    if found.has_tray:
        return "An XEmbed tray shows the tray icon."
    return "There is no tray here: the window stays the way in until a tray turns up."


def _of_idle(found: Session) -> str:
    if found.idle_source is None:
        return "Nothing here can tell how long nobody touched the machine."
    return f"Idle time comes from {found.idle_source}."
