"""A tray icon that is there whenever there is a tray, whichever comes first.

WORKAROUND https://github.com/evilsocket/opensnitch/issues/1659: Qt chooses between
StatusNotifierItem and XEmbed when a QSystemTrayIcon is made, by asking for a host at that moment,
and never again; an icon made before the host is “available”, “visible” and nowhere. And it asks
with a call that waits up to 25 seconds for a watcher that hangs. So the keeper asks first, without
waiting, and makes the icon when it knows that Qt will choose right: remove when Qt follows the host
by itself.
"""

from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple, Protocol, cast

from PySide6.QtCore import SLOT, QObject, QSocketNotifier, QTimer, Signal, Slot
from PySide6.QtDBus import (
    QDBus,
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusServiceWatcher,
    QDBusVariant,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_PATH: Final = "/StatusNotifierWatcher"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_ANSWER_MILLISECONDS: Final = 1000
_FIRST_MILLISECONDS: Final = 100
_POLL_MILLISECONDS: Final = 60_000  # a look costs up to nine wake-ups, an idle second 0.2


class TrayKind(Enum):
    """How the icon reaches the tray."""

    STATUS_NOTIFIER = "sni"
    XEMBED = "xembed"
    NATIVE = "native"


class TrayState(NamedTuple):
    """Which tray is there now; None when there is none."""

    kind: TrayKind | None

    @property
    def is_available(self) -> bool:
        """Whether the icon can be seen."""
        return self.kind is not None


class SelectionWatch(Protocol):
    """Somebody who knows at once when an XEmbed tray comes or goes."""

    @property
    def is_alive(self) -> bool:
        """Whether there is still a display to watch."""
        ...

    @property
    def is_watching(self) -> bool:
        """Whether the descriptor tells of every change, so that nobody has to ask."""
        ...

    def fileno(self) -> int:
        """Returns the descriptor that becomes readable when there may be news."""
        ...

    def has_tray(self) -> bool:
        """Tells whether a tray is there now."""
        ...


class TrayKeeper(QObject):
    """Keeps one tray icon alive, made anew whenever Qt would not move it itself.

    The factory is called each time an icon is needed; it gives the icon its picture, tooltip and
    menu as they are at that moment. Nothing is polled while a tray is there, nor where its arrival
    announces itself.

    Signals:
        available_changed(TrayState): A tray came, went, or was replaced by one of another kind.
    """

    available_changed = Signal(object)

    def __init__(
        self,
        make: Callable[[], QSystemTrayIcon],
        xembed: SelectionWatch | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Starts to look; the icon appears from the event loop on, as soon as there is a tray."""
        super().__init__(parent)
        self._make = make
        self._icon: QSystemTrayIcon | None = None
        self._icon_kind: TrayKind | None = None
        self._state = TrayState(None)
        self._xembed: SelectionWatch | None = None
        self._notifier: QSocketNotifier | None = None
        self._is_asking = False
        self._must_ask_again = False
        self._has_watcher = False
        self._is_closed = False
        self._build_timers()
        self._wire_bus()
        if xembed is not None:
            self.watch(xembed)
        self._soon.start()

    @property
    def icon(self) -> QSystemTrayIcon | None:
        """The present icon; None until a tray was seen for the first time."""
        return self._icon

    @property
    def state(self) -> TrayState:
        """Which tray is there."""
        return self._state

    def look_now(self) -> None:
        """Looks once without the event loop, for a program that is just starting.

        A host that does not answer within the tenth of a second that a start may wait is found
        from the loop, like one that comes later.
        """
        if not self._bus.isConnected():
            return
        answer = self._bus.call(self._question(), QDBus.CallMode.Block, _FIRST_MILLISECONDS)
        if _is_true(answer):
            self._has_watcher = True
            self._settle(has_host=True)

    def watch(self, xembed: SelectionWatch) -> None:
        """Takes somebody on who knows about XEmbed trays, and looks again."""
        if QGuiApplication.platformName() != "xcb":
            return
        self._xembed = xembed
        if xembed.is_watching:
            read = QSocketNotifier.Type.Read
            self._notifier = QSocketNotifier(xembed.fileno(), read, self)
            self._notifier.activated.connect(self._on_xembed_activated)
        self._soon.start()

    def close(self) -> None:
        """Takes the icon away for good."""
        self._soon.stop()
        self._poll.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        self._drop_icon()
        self._is_closed = True

    def _build_timers(self) -> None:
        self._soon = QTimer(self)  # one look for a burst of news
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_soon_timeout)
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_soon_timeout)

    def _wire_bus(self) -> None:
        self._bus = QDBusConnection.sessionBus()
        if not self._bus.isConnected():
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._owner = QDBusServiceWatcher(_WATCHER, self._bus, mode, self)
        self._owner.serviceOwnerChanged.connect(self._on_owner_changed)
        # The stubs want bytes here, the function itself takes nothing but str (6.11.3).
        news = cast("bytes", SLOT("_on_watcher_news()"))
        for name in ("StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"):
            self._bus.connect(_WATCHER, _PATH, _WATCHER, name, self, news)
        self._bus.connect(_WATCHER, _PATH, _PROPERTIES, "PropertiesChanged", self, news)

    def _ask_for_host(self) -> None:
        """Asks the watcher for a host; the answer, or that there is none, decides."""
        if self._is_asking:
            self._must_ask_again = True
            return
        if not self._bus.isConnected():
            self._has_watcher = False
            self._settle(has_host=False)
            return
        self._is_asking = True
        asked = self._bus.asyncCall(self._question(), _ANSWER_MILLISECONDS)
        call = QDBusPendingCallWatcher(asked, self)
        call.finished.connect(self._on_call_finished)

    @staticmethod
    def _question() -> QDBusMessage:
        message = QDBusMessage.createMethodCall(_WATCHER, _PATH, _PROPERTIES, "Get")
        message.setArguments([_WATCHER, "IsStatusNotifierHostRegistered"])
        message.setAutoStartService(False)
        return message

    def _settle(self, *, has_host: bool) -> None:
        """Brings icon and state in line with the trays that are there."""
        kind = self._kind(has_host=has_host)
        if kind is not None and kind is not self._icon_kind:
            self._drop_icon()
            self._icon = self._make()
            self._icon_kind = kind
            self._icon.show()
        # Without a tray the old icon stays: Qt docks it again when the same kind comes back.
        self._set_polling(is_needed=kind is None)
        if kind is not self._state.kind:
            self._state = TrayState(kind)
            self.available_changed.emit(self._state)

    def _kind(self, *, has_host: bool) -> TrayKind | None:
        if has_host:
            return TrayKind.STATUS_NOTIFIER
        platform = QGuiApplication.platformName()
        if platform in {"windows", "cocoa"}:
            return TrayKind.NATIVE if QSystemTrayIcon.isSystemTrayAvailable() else None
        if platform != "xcb":
            return None
        if self._xembed is not None:
            return TrayKind.XEMBED if self._xembed.has_tray() else None
        # Qt would ask a watcher that may hang; without one its answer is about XEmbed only.
        is_there = not self._has_watcher and QSystemTrayIcon.isSystemTrayAvailable()
        return TrayKind.XEMBED if is_there else None

    def _set_polling(self, *, is_needed: bool) -> None:
        """Polls only while there is no tray and something could come without a word."""
        platform = QGuiApplication.platformName()
        is_blind = platform in {"xcb", "windows", "cocoa"} and self._notifier is None
        if is_needed and (is_blind or self._has_watcher):
            self._poll.start()
        else:
            self._poll.stop()

    def _drop_icon(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
        self._icon = None
        self._icon_kind = None

    def _on_soon_timeout(self) -> None:
        self._ask_for_host()

    def _on_owner_changed(self, _service: str, _old: str, _new: str) -> None:
        self._soon.start()

    @Slot()
    def _on_watcher_news(self) -> None:
        self._soon.start()

    def _on_xembed_activated(self) -> None:
        if self._xembed is None or self._notifier is None:
            return
        self._xembed.has_tray()  # takes the news in, or the descriptor stays readable
        if not self._xembed.is_alive:
            self._notifier.setEnabled(False)
        self._soon.start()

    def _on_call_finished(self, call: QDBusPendingCallWatcher) -> None:
        self._is_asking = False
        call.deleteLater()
        if self._is_closed:
            return
        answer = call.reply()
        # No such name: no watcher. Any other failure is a watcher that does not answer.
        self._has_watcher = not answer.errorName().endswith((".ServiceUnknown", ".NameHasNoOwner"))
        if self._must_ask_again:
            self._must_ask_again = False
            self._soon.start()
        self._settle(has_host=_is_true(answer))


def _is_true(answer: QDBusMessage) -> bool:
    if answer.type() != QDBusMessage.MessageType.ReplyMessage:
        return False
    values = answer.arguments()
    value = values[0] if values else False
    return bool(value.variant() if isinstance(value, QDBusVariant) else value)
