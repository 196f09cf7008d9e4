"""Goes on scrolling while something is dragged to an edge of the timeline."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer, Signal

from toggl_desktop.ui.plan.surface import PlanSurface

_EDGE: Final = 28
_EDGE_MS: Final = 16


class EdgeScroll(QObject):
    """Scrolls while a drag is held near an edge, faster the nearer it is.

    Signals:
        moved(QPoint): The chart moved under the pointer, which is here.
    """

    moved = Signal(object)

    def __init__(self, surface: PlanSurface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._place = QPoint()
        self._timer = QTimer(self)
        self._timer.setObjectName("toggl-edge-scroll")
        self._timer.setInterval(_EDGE_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_scrolling(self) -> bool:
        """Whether the chart is moving."""
        return self._timer.isActive()

    def follow(self, place: QPoint) -> None:
        """Hears where a drag is; scrolls for as long as that is near an edge."""
        self._place = QPoint(place)
        if self._pace() == (0, 0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Hears that the drag is over."""
        self._timer.stop()

    def _pace(self) -> tuple[int, int]:
        room = self._surface.viewport().rect()
        return (
            _pace(self._place.x(), room.left(), room.right()),
            _pace(self._place.y(), room.top(), room.bottom()),
        )

    def _on_timer_timeout(self) -> None:
        dx, dy = self._pace()
        self._surface.scroll_sideways(dx)
        bar = self._surface.verticalScrollBar()
        bar.setValue(bar.value() + dy)
        self._tell_moved()

    def _tell_moved(self) -> None:
        self.moved.emit(self._place)


def _pace(at: int, low: int, high: int) -> int:
    """Returns how many pixels to scroll for each tick."""
    if at < low + _EDGE:
        return -max(1, min(24, (low + _EDGE - at) // 2))
    if at > high - _EDGE:
        return max(1, min(24, (at - high + _EDGE) // 2))
    return 0
