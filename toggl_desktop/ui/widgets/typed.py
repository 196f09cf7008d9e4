"""What is being typed when its window goes: it is taken as if the keyboard had gone elsewhere."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

_REASON = Qt.FocusReason.OtherFocusReason


def take_typed(within: QWidget) -> None:
    """Lets the field under a widget that the keyboard is on, or was on, take what is typed.

    Fields hand their text up when they are left, but not when only their window is: a window that
    is not in front still holds what was typed last. Whoever takes it away, or ends the program,
    asks for it here.
    """
    field: QWidget | None = within.window().focusWidget()  # Qt's stub forgets that it may be none
    if field is None or not (field is within or within.isAncestorOf(field)):
        return
    if field.hasFocus():
        field.clearFocus()
    else:
        QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, _REASON))
