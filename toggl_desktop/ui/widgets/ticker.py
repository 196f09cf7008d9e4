"""Ticks for what the eye sees: on the second, on the minute, and only while somebody looks."""

from PySide6.QtCore import QDateTime, QObject, Qt, QTimer, Signal


class SecondTicker(QObject):
    """Ticks just after each full second until it is stopped.

    Signals:
        ticked(): A second has passed.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-second")
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_running(self) -> bool:
        """Whether it ticks."""
        return self._timer.isActive()

    def set_running(self, wanted: bool) -> None:  # noqa: FBT001
        """Starts or stops it."""
        if wanted and not self._timer.isActive():
            self._arm()
        elif not wanted:
            self._timer.stop()

    def _arm(self) -> None:
        # Only the moment of the next tick comes from here; what is shown comes from the clock.
        into = QDateTime.currentMSecsSinceEpoch() % 1000
        self._timer.start(1000 - into + 5)

    def _on_timer_timeout(self) -> None:
        self._arm()
        self.ticked.emit()
