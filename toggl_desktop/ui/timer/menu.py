"""What can be done with an entry: one set of actions for the menu and for the keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.ui.theme.assets import icon


class EntryMenu(QMenu):
    """The menu of an entry; its actions work by key while the list has the keyboard."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.go = self._add("entry-go", "continue", self.tr("Continue"), "Ctrl+Return")
        self.edit = self._add("entry-edit", "edit", self.tr("Edit"), "F2")
        self.addSeparator()
        self.split = self._add("entry-split", "split", self.tr("Split…"), "Ctrl+Shift+S")
        self.duplicate = self._add("entry-duplicate", "duplicate", self.tr("Duplicate"), "Ctrl+D")
        self.merge = self._add("entry-merge", "merge", self.tr("Merge with above"), "Ctrl+M")
        self.favourite = self._add(
            "entry-favourite", "star", self.tr("Add to favourites"), "Ctrl+B"
        )
        self.addSeparator()
        self.delete = self._add("entry-delete", "trash", self.tr("Delete"), "Del")

    def _add(self, name: str, picture: str, words: str, key: str) -> QAction:
        action = QAction(icon(picture), words, self)
        action.setObjectName(name)
        action.setIconText(words.replace("…", ""))  # what it is called whatever it is about
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)
        return action

    def for_many(self) -> list[QAction]:
        """Returns the actions that may fit several entries, with the words that a button has."""
        found = [self.go, self.edit, self.merge, self.duplicate, self.delete]
        for action in found:
            action.setIconText(action.text().split()[0])
        return found

    def listed(self) -> list[QAction]:
        """Returns the actions without the lines between them."""
        return [action for action in self.actions() if not action.isSeparator()]

    def offer(
        self, chosen: int, *, can_merge: bool, is_running: bool, is_alike: bool = False
    ) -> None:
        """Shows what can be done with so many entries; those that are alike continue as one."""
        is_one = chosen == 1
        for action in (self.split, self.favourite):
            action.setEnabled(is_one)
        for action in (self.edit, self.duplicate, self.delete):
            action.setEnabled(chosen > 0)
        self.go.setEnabled((is_one or is_alike) and not is_running)
        self.merge.setEnabled(can_merge)
        self.merge.setText(self.tr("Merge with above") if is_one else self.tr("Merge"))
        self.edit.setText(self.tr("Edit") if is_one else self.tr("Edit all"))
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
