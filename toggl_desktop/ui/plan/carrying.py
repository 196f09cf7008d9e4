"""Carrying cards and bars from one place of the window to another, drawn by ourselves.

A system drag would run a loop of its own and stop the program's tasks (house rule).
"""

from typing import Final, Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_STRENGTH: Final = 0.6
_AGAIN_MS: Final = 40


class Target(Protocol):
    """Where something that is carried can be let go."""

    @property
    def draws_it(self) -> bool:
        """Whether it is shown where it would be, so that no picture under the pointer is needed."""
        ...

    def carry_over(self, place: QPoint, lids: tuple[str, ...]) -> bool:
        """Shows what letting go here would do; tells whether it would do anything."""
        ...

    def carry_away(self) -> None:
        """Shows nothing any more."""
        ...

    def let_go(self, place: QPoint, lids: tuple[str, ...]) -> None:
        """Takes what was carried here."""
        ...


class _Ghost(QWidget):
    """The picture of what is carried, under the pointer."""

    def __init__(self, window: QWidget, picture: QPixmap) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = picture
        self.resize(picture.deviceIndependentSize().toSize())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(_STRENGTH)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Carrier(QObject):
    """Knows what is carried, and where it could be let go.

    Signals:
        ended(): Nothing is carried any more.
    """

    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._targets: list[Target] = []
        self._over: Target | None = None
        self._ghost: _Ghost | None = None
        self._grip = QPoint()
        self._place = QPoint()
        self._lids: tuple[str, ...] = ()
        self._timer = QTimer(self)  # a target may scroll while the pointer rests at its edge
        self._timer.setObjectName("toggl-carrier")
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def add_target(self, target: Target) -> None:
        """Adds a place; the one that was added last is asked first."""
        self._targets.insert(0, target)

    @property
    def lids(self) -> tuple[str, ...]:
        """What is carried; empty for nothing."""
        return self._lids

    def take(self, lids: tuple[str, ...], picture: QPixmap, grip: QPoint) -> None:
        """Begins to carry.

        Args:
            lids: The tasks.
            picture: What they look like.
            grip: Where in the picture the pointer is.
        """
        self.drop()
        self._lids, self._grip = lids, grip
        self._ghost = _Ghost(self._window, picture)

    def move(self, place: QPoint) -> None:
        """The pointer is at a place of the screen."""
        if not self._lids:
            return
        self._place = place
        over = next((t for t in self._targets if t.carry_over(place, self._lids)), None)
        if self._over is not None and self._over is not over:
            self._over.carry_away()
        self._over = over
        if self._ghost is not None:
            self._ghost.move(self._window.mapFromGlobal(place) - self._grip)
            self._ghost.setVisible(over is None or not over.draws_it)
            self._ghost.raise_()
        if not self._timer.isActive():
            self._timer.start()

    def release(self, place: QPoint) -> None:
        """Lets go at a place of the screen."""
        self.move(place)
        target, lids = self._over, self._lids
        self.drop()
        if target is not None and lids:
            target.let_go(place, lids)

    def drop(self) -> bool:
        """Ends without a trace; tells whether anything was carried."""
        was = bool(self._lids)
        self._timer.stop()
        if self._over is not None:
            self._over.carry_away()
        self._over, self._lids = None, ()
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None
        if was:
            self.ended.emit()
        return was

    def _on_timer_timeout(self) -> None:
        self.move(self._place)
