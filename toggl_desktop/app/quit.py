"""How the program ends: by menu, signal or session, always the same way, every step bounded."""

import asyncio
import signal

from PySide6.QtCore import QObject, Signal


class Quit(QObject):
    """One event that everybody who wants the program to end sets, and that only `main` awaits.

    Signals:
        requested(): Somebody has asked: what waits for a person's answer gives up waiting.
    """

    requested = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Takes SIGINT and SIGTERM; must be made inside the running loop."""
        super().__init__(parent)
        self._asked = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._loop.add_signal_handler(number, self.request)
            except (NotImplementedError, RuntimeError):
                signal.signal(number, self._on_signal)

    def request(self) -> None:
        """Asks for the end; asking twice is asking once."""
        self._asked.set()
        self.requested.emit()

    async def asked(self) -> None:
        """Returns when somebody has asked."""
        await self._asked.wait()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self.request)
