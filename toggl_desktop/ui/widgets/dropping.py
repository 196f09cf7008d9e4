"""The small cross that closes an editor without saving."""

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import SIZE
from toggl_desktop.ui.widgets.text import tooltip


def drop_button(parent: QWidget) -> QToolButton:
    """Returns a button that says what Esc does too."""
    made = QToolButton(parent)
    made.setIcon(icon("close", "second"))
    made.setIconSize(QSize(SIZE.icon, SIZE.icon))
    made.setAccessibleName(QCoreApplication.translate("Editor", "Close without saving"))
    made.setToolTip(tooltip(QCoreApplication.translate("Editor", "Close without saving (Esc)")))
    return made
