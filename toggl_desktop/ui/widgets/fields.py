"""Line edits that know when they are left, dropped, or have nothing of their own to undo."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.stylesheet import mark

_PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_HISTORY = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class TextField(QLineEdit):
    """One line of text. Undo goes to the window when the field has nothing to take back.

    Attributes:
        is_edited: Whether a person has changed it since `show_text`. Qt's own flag is cleared by a
            completion.

    Signals:
        dropped(): Esc was pressed.
        left(): The keyboard went to another place in the window.
    """

    dropped = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, is_bare: bool = False) -> None:
        """Makes an empty field.

        Args:
            name: What a screen reader calls it.
            parent: Its owner.
            is_bare: Without a frame until it is used.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self.is_edited = False
        if is_bare:
            mark(self, kind="bare")
        self.textEdited.connect(self._on_self_edited)

    def show_text(self, text: str) -> None:
        """Shows a text as not edited; the cursor is where reading begins."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.is_edited = False

    def show_invalid(self, invalid: bool) -> None:  # noqa: FBT001
        """Marks the field as one that was refused."""
        wanted = "invalid" if invalid else ""
        if (self.property("state") or "") != wanted:
            mark(self, state=wanted)

    def _on_self_edited(self) -> None:
        self.is_edited = True

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_mine = self.isUndoAvailable() or self.isRedoAvailable()
            if not is_mine and any(event.matches(key) for key in _HISTORY):
                event.ignore()
                return False
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.dropped.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()
