"""A tick just after each full minute, only while somebody looks."""

from PySide6.QtCore import QObject, QTimer, Signal

from toggl_desktop.domain.clock import Clock

_LATE_MS = 20
"""So much after the minute, because a timer may come a little early."""


class MinuteTicker(QObject):
    """Ticks until it is stopped.

    Signals:
        ticked(): Another minute has begun.
    """

    ticked = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-minute")
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_running(self) -> bool:
        """Whether it ticks."""
        return self._timer.isActive()

    def start(self) -> None:
        """Ticks from the next full minute on."""
        self._timer.start((60 - self._clock.now().wall % 60) * 1000 + _LATE_MS)

    def stop(self) -> None:
        """Ticks no more."""
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        self.start()
        self.ticked.emit()
