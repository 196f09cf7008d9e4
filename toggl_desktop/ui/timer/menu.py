"""What can be done with an entry: one set of actions for the menu and for the keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.ui.theme.assets import icon


class EntryMenu(QMenu):
    """The menu of an entry; its actions work by key while the list has the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.go = self._add("continue", self.tr("Continue"), "Ctrl+Return")
        self.edit = self._add("edit", self.tr("Edit"), "F2")
        self.addSeparator()
        self.split = self._add("split", self.tr("Split…"), "Ctrl+Shift+S")
        self.duplicate = self._add("duplicate", self.tr("Duplicate"), "Ctrl+D")
        self.merge = self._add("merge", self.tr("Merge with above"), "Ctrl+M")
        self.favourite = self._add("star", self.tr("Add to favourites"), "Ctrl+B")
        self.addSeparator()
        self.delete = self._add("trash", self.tr("Delete"), "Del")

    def _add(self, picture: str, words: str, key: str) -> QAction:
        action = QAction(icon(picture), words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)
        return action

    def listed(self) -> list[QAction]:
        """Returns the actions without the lines between them."""
        return [action for action in self.actions() if not action.isSeparator()]

    def offer(self, chosen: int, *, can_merge: bool, is_running: bool) -> None:
        """Shows what can be done with so many entries."""
        is_one = chosen == 1
        for action in (self.go, self.edit, self.split, self.duplicate, self.favourite):
            action.setEnabled(is_one)
        if is_running:
            self.go.setEnabled(False)
        self.merge.setEnabled(can_merge)
        self.merge.setText(self.tr("Merge with above") if is_one else self.tr("Merge"))
        self.delete.setText(
            self.tr("Delete") if is_one else self.tr("Delete {count} entries").format(count=chosen)
        )


def attach(actions: list[QAction], widget: QWidget) -> None:
    """Lets actions be reached by key while a widget has the keyboard."""
    for action in actions:
        widget.addAction(action)


class GapMenu(QMenu):
    """The menu of a gap."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fill = QAction(icon("plus"), self.tr("Fill the gap"), self)
        self.addAction(self.fill)
