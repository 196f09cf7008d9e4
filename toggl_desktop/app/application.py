"""The application object: Qt's, but it does not end by itself."""

from PySide6.QtCore import QEvent, Signal
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
