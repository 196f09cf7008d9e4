"""All keys on one page, read from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label


class ShortcutsDialog(QDialog):
    """Lists groups of actions with their keys."""

    def __init__(
        self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], parent: QWidget
    ) -> None:
        """Makes the page.

        Args:
            groups: A title, and under it words and keys.
            parent: The window it belongs to.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.huge)
        grid.setVerticalSpacing(SPACE.small)
        row = 0
        for title, lines in groups:
            if row:
                grid.setRowMinimumHeight(row, SPACE.small)
                row += 1
            grid.addWidget(label(title, role="strong", parent=self), row, 0, 1, 2)
            row += 1
            for words, keys in lines:
                grid.addWidget(label(words, parent=self), row, 0)
                grid.addWidget(label(keys, tone="second", parent=self), row, 1)
                row += 1
        grid.setColumnStretch(0, 1)
        close = QPushButton(self.tr("Close"), self)
        mark(close, kind="primary")
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        whole.setSpacing(SPACE.large)
        whole.addLayout(grid)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def keys_of(action: QAction) -> tuple[str, str]:
    """Returns an action's words and keys, as the system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    keys = ", ".join(key.toString(native) for key in action.shortcuts())
    return action.text().replace("…", ""), keys
