"""A card that floats over its window below a widget; it grabs nothing, being no window itself."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE

_GAP: Final = 2


class Popover(QFrame):
    """Floats until the keyboard goes elsewhere, Esc is pressed, or its widget goes away.

    Signals:
        closed(): It went away.
    """

    closed = Signal()

    def __init__(self, anchor: QWidget) -> None:
        """Makes one that is not shown yet.

        Args:
            anchor: The widget below which it floats, and which owns it.
        """
        super().__init__(anchor)
        self._anchor = anchor
        mark(self, kind="float")
        self.hide()

    def open_card(self) -> None:
        """Shows the card at its widget, wholly inside the window."""
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            self._anchor.destroyed.connect(self.deleteLater)
            window.installEventFilter(self)
            self._anchor.installEventFilter(self)
        self.place()
        if self.isHidden():
            QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.show()
        self.raise_()

    def place(self) -> None:
        """Puts the card below its widget, or above where there is more room."""
        window = self._anchor.window()
        size = self.sizeHint().expandedTo(self.minimumSize())
        corner = self._anchor.mapTo(window, QPoint(0, 0))
        room = window.rect().adjusted(SPACE.hair, SPACE.hair, -SPACE.hair, -SPACE.hair)
        top, height = corner.y() + self._anchor.height() + _GAP, min(size.height(), room.height())
        if top + height > room.bottom():
            above = corner.y() - _GAP - height
            top = above if above >= room.top() else max(room.top(), room.bottom() - height)
        width = min(max(size.width(), self.least_width()), room.width())
        left = corner.x()
        if self.isRightToLeft():
            left += self._anchor.width() - width
        left = max(room.left(), min(left, room.right() - width))
        self.setGeometry(QRect(left, top, width, height))

    def least_width(self) -> int:
        """Returns how wide it is at least."""
        return 0

    def close_card(self) -> None:
        """Takes the card away."""
        if self.isHidden():
            return
        self.hide()
        QApplication.instance().focusChanged.disconnect(self._on_focus_changed)  # type: ignore[union-attr]
        self.closed.emit()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new is self._anchor or new is self or self.isAncestorOf(new):
            return
        self.close_card()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Move):
            self.close_card()
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
