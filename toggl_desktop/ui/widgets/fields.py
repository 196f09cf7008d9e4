"""Line edits that know when they are left, dropped, or have nothing of their own to undo."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError, RefusedError
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
        """Shows a text as not edited, from its beginning; with the keyboard in it, at its end."""
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)
        self.is_edited = False

    def show_unless_edited(self, text: str) -> None:
        """Shows a text where nobody has typed another."""
        if not self.is_edited:
            self.show_text(text)

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
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_esc = event.key() == Qt.Key.Key_Escape and not event.modifiers()
        if is_esc and self._offers():
            event.ignore()  # it is the list's: Qt asks the field first
        elif is_enter and self._offers(chosen=True):
            event.ignore()
        elif is_esc:
            self.dropped.emit()
        else:
            popup = self._open_popup()
            if is_enter and popup is not None:
                popup.hide()  # Qt hides it only for keys that the field does not take
            super().keyPressEvent(event)
            if is_enter:
                event.accept()  # it has been heard; Qt would hand it on to whoever is around

    def _offers(self, *, chosen: bool = False) -> bool:
        """Tells whether a list of completions is open, and perhaps one of them chosen."""
        popup = self._open_popup()
        if popup is None:
            return False
        # Qt makes the first row current by itself; only what is selected was chosen.
        return popup.selectionModel().hasSelection() if chosen else True

    def _open_popup(self) -> QAbstractItemView | None:
        """Returns the list of completions if it is open."""
        completer: QCompleter | None = self.completer()  # Qt's stub forgets that there may be none
        popup = None if completer is None else completer.popup()
        return popup if popup is not None and popup.isVisible() else None

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()
            if not self.is_edited:
                self.setCursorPosition(0)  # a long text is read from its beginning


class FieldRefusedError(RefusedError):
    """What a field holds cannot be taken."""

    def __init__(self, field: TextField, error: KnownError) -> None:
        super().__init__(error.sentence)
        self.field = field


@contextmanager
def refusing(field: TextField) -> Iterator[None]:
    """Says of whatever is refused inside which field it is about."""
    try:
        yield
    except KnownError as error:
        raise FieldRefusedError(field, error) from error
