"""How the program ends: by menu, signal or session, always the same way, every step bounded."""

import asyncio
import signal

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override


class Application(QApplication):
    """The application object; Qt's own wish to quit becomes a request like any other.

    `QApplication.quit` would tear the loop down under the tasks. The event is taken here, not in
    an event filter: a filter on the application would be asked about every event of every widget.

    Signals:
        quit_requested(): The session or the desktop wants the program to end.
    """

    quit_requested = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Quit:
            event.ignore()
            self.quit_requested.emit()
            return True
        return super().event(event)


class Quit(QObject):
    """One event that everybody who wants the program to end sets, and that only `main` awaits."""

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

    async def asked(self) -> None:
        """Returns when somebody has asked."""
        await self._asked.wait()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._loop.call_soon_threadsafe(self.request)
