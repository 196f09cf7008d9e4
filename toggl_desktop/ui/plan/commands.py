"""The plan window's own actions: each with its words, its key, and a line in the shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store import journal
from toggl_desktop.store.read import plan, plan_places
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.text import menu_text


class PlanMenu(QMenu):
    """The menu behind the three dots; `added` is where others put theirs."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.undo = self._add("undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = self._add("redo", self.tr("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        self.added = self.addSeparator()
        self.team = self._add("client", self.tr("Team timeline"), "Ctrl+1")
        self.project = self._add("project", self.tr("Project timeline"), "Ctrl+2")
        self.board = self._add("task", self.tr("Board"), "Ctrl+3")
        self.board.setVisible(False)
        self.filter = self._add("search", self.tr("Filter"), "Ctrl+F", "/")
        self.look = self.addMenu(self.tr("Look"))
        self.switches = {
            "plan_hide_weekends": self._switch(self.tr("Leave weekends out")),
            "plan_week_numbers": self._switch(self.tr("Week numbers")),
            "plan_no_one": self._switch(self.tr("Lane for no one")),
            "plan_contrast": self._switch(self.tr("High contrast")),
            "plan_patterns": self._switch(self.tr("Patterns")),
            "plan_borders": self._switch(self.tr("Strong borders")),
            "plan_big": self._switch(self.tr("Large text")),
        }
        self.push = self._add("", self.tr("Push what waits along"), "")
        self.push.setCheckable(True)
        self.switches["plan_push"] = self.push
        self.fold = self._add("", self.tr("Fold the names"), "Ctrl+B")
        self.fold_all = self._add("", self.tr("Close all groups"), "")
        self.open_all = self._add("", self.tr("Open all groups"), "")
        self.addSeparator()
        self.import_ = self._add("import", self.tr("Import…"), "Ctrl+Shift+O")
        self.export = self._add("export", self.tr("Export…"), "Ctrl+Shift+S")
        self.add_sample = self._add("plan", self.tr("Load the sample plan"), "")
        self.remove_sample = self._add("trash", self.tr("Remove the sample plan"), "")
        self.addSeparator()
        self.timer = self._add("clock", self.tr("Open the timer"), "Ctrl+T")
        self.palette_action = self._add("switch", self.tr("Switch…"), "Ctrl+K")
        self.preferences = self._add("settings", self.tr("Preferences…"), "Ctrl+,")
        self.shortcuts = self._add("keyboard", self.tr("Shortcuts"), "F1", "?")
        self.close_window = self._add("close", self.tr("Close"), "Ctrl+W")
        self.aboutToShow.connect(self.refresh)

    def _add(self, picture: str, words: str, *keys: str) -> QAction:
        action = QAction(words, self)
        if picture:
            action.setIcon(icon(picture))
        action.setShortcuts([QKeySequence(key) for key in keys if key])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)
        return action

    def _switch(self, words: str) -> QAction:
        action = QAction(words, self.look)
        action.setCheckable(True)
        self.look.addAction(action)
        return action

    def listed(self) -> list[QAction]:
        """Returns the actions that have a key."""
        return [action for action in self.actions() if action.shortcuts()]

    def refresh(self) -> None:
        """Names the steps that undo and redo are about, and marks what is switched on."""
        source = self._context.source
        try:
            undo, redo = journal.undoable(source), journal.redoable(source)
            has_sample, is_empty = plan_places.has_sample(source), plan.is_empty(source)
        except KnownError:
            undo = redo = None  # the commands themselves will say why
            has_sample = is_empty = True
        self.add_sample.setVisible(is_empty)
        self.remove_sample.setVisible(has_sample)
        undo_words, redo_words = self.tr("Undo"), self.tr("Redo")
        if undo is not None:
            undo_words = self.tr("Undo: {step}").format(step=menu_text(undo.name))
        if redo is not None:
            redo_words = self.tr("Redo: {step}").format(step=menu_text(redo.name))
        self.undo.setText(undo_words)
        self.redo.setText(redo_words)
        now = self._context.preferences.now
        for name, action in self.switches.items():
            action.setChecked(bool(getattr(now, name)))
