"""The window's own actions: each with its words, its key, and a line in the list of shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store import journal
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.theme import MODES
from toggl_desktop.ui.widgets.text import menu_text


class WindowMenu(QMenu):
    """The menu behind the three dots; all of it works by key too."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.switch = self._add("switch", "switch", self.tr("Switch…"), "Ctrl+K")
        self.new = self._add("new", "plus", self.tr("New entry"), "Ctrl+N")
        self.stop = self._add("stop", "stop", self.tr("Stop"), "Ctrl+S")
        self.go = self._add("go", "continue", self.tr("Continue last"), "Ctrl+O")
        self.unstop = self._add("unstop", "clock", self.tr("Unstop last"), "Ctrl+Shift+O")
        self.search = self._add("search", "search", self.tr("Search all entries"), "Ctrl+F", "/")
        self.addSeparator()
        self.undo = self._add("undo", "undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = self._add("redo", "redo", self.tr("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        self.addSeparator()
        self.themes = self._build_themes()
        self.plan = self._add("plan", "plan", self.tr("Open plan"), "Ctrl+P")
        self.preferences = self._add("preferences", "settings", self.tr("Preferences…"), "Ctrl+,")
        self.account = self._add("account", "sync", self.tr("Account…"), "Ctrl+Shift+A")
        self.problems = self._add("problems", "problem", self.tr("Sync…"), "Ctrl+Shift+Y")
        self.calendar = self._add("calendar", "calendar", self.tr("Day calendar"), "Ctrl+L")
        self.shortcuts = self._add("shortcuts", "keyboard", self.tr("Shortcuts"), "F1", "?")
        self.addSeparator()
        self.quit = self._add("quit", "quit", self.tr("Quit"), "Ctrl+Q")
        self.aboutToShow.connect(self.refresh)

    def _add(self, name: str, picture: str, words: str, *keys: str) -> QAction:
        action = QAction(icon(picture), words, self)
        action.setObjectName(name)
        action.setIconText(words.replace("…", ""))  # what it is called whatever it is about
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)
        return action

    def _build_themes(self) -> QActionGroup:
        submenu = self.addMenu(self.tr("Light or dark"))
        group = QActionGroup(self)
        names = {
            "system": self.tr("As the desktop"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        for mode in MODES:
            action = QAction(names[mode], group)
            action.setCheckable(True)
            action.setData(mode)
            submenu.addAction(action)
        return group

    def listed(self) -> list[QAction]:
        """Returns the actions that may have a key."""
        return [action for action in self.actions() if action.objectName()]

    def refresh(self) -> None:
        """Names the steps that undo and redo are about, and marks the theme in force."""
        source = self._context.source
        try:
            undo, redo = journal.undoable(source), journal.redoable(source)
        except KnownError:
            undo = redo = None  # the commands themselves will say why
        undo_words, redo_words = self.tr("Undo"), self.tr("Redo")
        if undo is not None:
            undo_words = self.tr("Undo: {step}").format(step=menu_text(undo.name))
        if redo is not None:
            redo_words = self.tr("Redo: {step}").format(step=menu_text(redo.name))
        self.undo.setText(undo_words)
        self.redo.setText(redo_words)
        for action in self.themes.actions():
            action.setChecked(action.data() == self._context.preferences.now.theme)
