"""The application object: Qt's, but it does not end by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:  # typing_extensions costs the start 10 ms, and the event's class 4
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from typing_extensions import override
else:

    def override(method: Callable) -> Callable:
        """Marks what Qt calls; only the type checker looks at it."""
        return method


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
        """Takes Qt's wish to quit and hands every other event on."""
        if event.type() is event.Type.Quit:
            event.ignore()
            self.quit_requested.emit()
            return True
        return super().event(event)
