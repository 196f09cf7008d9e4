"""The way back on the sync page: undo and redo by their keys, and a word with each decision."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from toggl_desktop.actions.perform import Redo, Undo
from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store import journal
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.timer.keymap import Keymap
from toggl_desktop.ui.timer.performer import Done, Performer
from toggl_desktop.ui.timer.wayback import WayBack
from toggl_desktop.ui.widgets.bars import Toast

_LOOK_BACK = 50


class Turning(QObject):
    """Takes decisions back and does them again; says what was done, with the other way beside it.

    `performer.refused` tells why nothing was done.
    """

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._seq = 0
        self._way: Undo | Redo = Undo()
        self.toast = Toast(page)
        self.performer = Performer(context, self)
        self.performer.takes_turn = WayBack(context, self.performer, page).take
        self.performer.done.connect(self._on_performer_done)
        self.toast.pressed.connect(self._on_toast_pressed)
        undo = self._action("undo", page, "Ctrl+Z")
        undo.triggered.connect(self._on_undo_triggered)
        redo = self._action("redo", page, "Ctrl+Shift+Z", "Ctrl+Y")
        redo.triggered.connect(self._on_redo_triggered)
        self._keymap = Keymap(context.preferences, self)
        self._keymap.add((undo, redo))
        context.bridge.settings_changed.connect(self._on_bridge_settings_changed)

    def _action(self, name: str, page: QWidget, *keys: str) -> QAction:
        """Returns an action that has its key on the page, as it is called in the window's menu."""
        made = QAction(page)
        made.setObjectName(name)
        made.setShortcuts([QKeySequence(key) for key in keys])
        page.addAction(made)
        return made

    def say(self, changes: ChangeSet, *, is_undone: bool = False) -> None:
        """Says what was done, and offers the other way."""
        self._seq = changes.seq
        self._way = Redo() if is_undone else Undo()
        words = self.tr("Redo") if is_undone else self.tr("Undo")
        self.toast.say(self._past(changes.step), words)

    def _past(self, step: str) -> str:
        """Returns a step's name as something that has been done."""
        verb, _, what = step.partition(": ")
        done = {
            "Keep mine": self.tr("Kept yours: {what}"),
            "Take theirs": self.tr("Took Toggl's: {what}"),
            "Try again": self.tr("Trying again: {what}"),
            "Drop": self.tr("Dropped: {what}"),
            "Undo": self.tr("Undone: {what}"),
            "Redo": self.tr("Done again: {what}"),
        }.get(verb)
        return step if done is None or not what else done.format(what=what)

    def _on_performer_done(self, done: Done) -> None:
        if done.changes.seq:  # one that touched no row counts too: “keep mine” may be such
            self.say(done.changes, is_undone=isinstance(done.command, Undo))

    def _on_undo_triggered(self) -> None:
        self.performer.do(Undo())

    def _on_redo_triggered(self) -> None:
        self.performer.do(Redo())

    def _on_bridge_settings_changed(self) -> None:
        self._keymap.apply()

    def _on_toast_pressed(self) -> None:
        """Turns the very step that the toast named; another one since then is left alone."""
        try:
            steps = journal.worth_telling(self._context.source, _LOOK_BACK)
        except KnownError as error:
            self.performer.refuse(None, error)
            return
        newest = next((step.seq for step in steps if step.origin == Origin.HERE), 0)
        if newest == self._seq:
            self.performer.do(self._way)
