"""A card that says something for a while and goes by itself, unless somebody is busy with it."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override


class Lingering(QFrame):
    """Hides itself after a while; the pointer over it, or the keyboard on it, holds it."""

    def __init__(self, parent: QWidget, milliseconds: int, name: str) -> None:
        """Makes the card, hidden.

        Args:
            parent: Where it lies.
            milliseconds: How long it stays by itself.
            name: What its timer is called.
        """
        super().__init__(parent)
        self._handles: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.setObjectName(name)
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(self.hide)

    def hold_while_on(self, handle: QWidget) -> None:
        """Lets the card stay for as long as the keyboard is on one of its parts."""
        self._handles.append(handle)
        handle.installEventFilter(self)

    def linger(self) -> None:
        """Begins the while anew, unless the keyboard is on the card."""
        if not any(handle.hasFocus() for handle in self._handles):
            self._timer.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._handles:
            if event.type() == QEvent.Type.FocusIn:
                self._timer.stop()
            elif event.type() == QEvent.Type.FocusOut and self.isVisible():
                self._timer.start()
        return False

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
