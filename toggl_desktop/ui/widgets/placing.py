"""Windows on the screen that is there: never larger than it, never where no monitor shows them."""

from typing import Final

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from toggl_desktop.ui.theme.tokens import SPACE

_FRAME: Final = QSize(SPACE.large, SPACE.huge + SPACE.large)
"""What a window manager puts round a window, at most; before it is shown nobody can tell."""


def begin_with(window: QWidget, size: QSize) -> None:
    """Gives a window its usual size, or what the screen has room for, its frame included."""
    window.resize(size.boundedTo(_screen_of(window).availableGeometry().size() - _FRAME))


def come_into_sight(window: QWidget) -> None:
    """Moves a window to the pointer's monitor when no monitor shows its upper edge."""
    edge = window.frameGeometry()
    grip = QPoint(edge.center().x(), edge.top() + SPACE.small)
    if QGuiApplication.screenAt(grip) is None:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        window.resize(window.size().boundedTo(room.size() - _FRAME))
        window.move(room.center() - window.rect().center())


def _screen_of(window: QWidget) -> QScreen:
    """Returns the screen of what a window belongs to."""
    parent = window.parentWidget()
    return window.screen() if parent is None else parent.screen()
