"""Sleep and waking of the machine, as logind tells them; silent where nobody tells."""

from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

_SERVICE: Final = "org.freedesktop.login1"
_PATH: Final = "/org/freedesktop/login1"
_INTERFACE: Final = "org.freedesktop.login1.Manager"


class PowerWatch(QObject):
    """Says when the machine goes to sleep and when it is back.

    Signals:
        suspending: The machine is about to sleep.
        resumed: The machine woke up.
    """

    suspending = Signal()
    resumed = Signal()

    def __init__(self, bus: QDBusConnection | None = None, parent: QObject | None = None) -> None:
        """Listens on the system bus, or on another one for a test."""
        super().__init__(parent)
        self._bus = QDBusConnection.systemBus() if bus is None else bus
        self._is_listening = self._bus.isConnected() and self._bus.connect(
            _SERVICE,
            _PATH,
            _INTERFACE,
            "PrepareForSleep",
            self,
            # The stubs want bytes here, the function itself takes nothing but str (6.11.3).
            cast("bytes", SLOT("_on_logind_prepare_for_sleep(bool)")),
        )

    @property
    def is_listening(self) -> bool:
        """Whether there is a bus to listen on; without one the signals never come."""
        return self._is_listening

    @Slot(bool)
    def _on_logind_prepare_for_sleep(self, is_starting: bool) -> None:  # noqa: FBT001 - D-Bus's
        if is_starting:
            self.suspending.emit()
        else:
            self.resumed.emit()
