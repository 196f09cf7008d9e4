"""The tray's menu: enough for everything where a click on the icon reaches nobody."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read.entries import EntryRow
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.text import menu_text

RECENTS: Final = 5
_LINE_LIMIT: Final = 90
_NAME_LIMIT: Final = 40


class TrayMenu(QMenu):
    """One menu for the life of the program; its actions change their words, never their places.

    A panel that shows it copies it, and the copy follows what changes in place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = self._add("")
        self.toggle = self._add("")
        self.switch = self._add(self.tr("Switch…"), "switch")
        self.addSeparator()
        self.recents = [self._add("") for _ in range(RECENTS)]
        self.addSeparator()
        self.open = self._add(self.tr("Open Toggl Desktop"), "clock")
        self.undo = self._add(self.tr("Undo"), "undo")
        self.preferences = self._add(self.tr("Preferences…"), "settings")
        self.addSeparator()
        self.quit = self._add(self.tr("Quit"), "quit")
        for action in (*self.recents, self.switch, self.preferences):
            action.setVisible(False)

    def _add(self, words: str, picture: str = "") -> QAction:
        action = QAction(words, self)
        if picture:
            action.setIcon(icon(picture))
        self.addAction(action)
        return action

    def show_state(self, line: str, *, is_running: bool, last: str | None) -> None:
        """Shows what goes on, and what the second line will do.

        Args:
            line: What goes on, in one line.
            is_running: Whether an entry runs.
            last: What can be continued; None when there is nothing.
        """
        _say(self.state, menu_text(line, _LINE_LIMIT))
        if is_running:
            _say(self.toggle, self.tr("Stop"))
        elif last is None:
            _say(self.toggle, self.tr("Continue"))
        else:
            name = one_line(last, _NAME_LIMIT) or self.tr("the last entry")
            words = self.tr("Continue “{name}”").format(name=name)
            _say(self.toggle, menu_text(words, _LINE_LIMIT))
        self.toggle.setEnabled(is_running or last is not None)
        self.toggle.setIcon(icon("stop" if is_running else "continue"))

    def show_recents(self, rows: Sequence[EntryRow]) -> None:
        """Offers what was tracked lately."""
        for place, action in enumerate(self.recents):
            row = rows[place] if place < len(rows) else None
            action.setVisible(row is not None)
            if row is None:
                action.setData(None)
                continue
            action.setData(row.lid)
            _say(action, menu_text(named(row, self.tr("No description")), _LINE_LIMIT))
            has_colour = row.project is not None and row.color
            action.setIcon(diamond_icon(str(row.color)) if has_colour else QIcon())

    def show_undo(self, step: str | None) -> None:
        """Names the step that undo takes back."""
        self.undo.setEnabled(step is not None)
        words = self.tr("Undo")
        if step is not None:
            words = self.tr("Undo: {step}").format(step=step)
        _say(self.undo, menu_text(words, _LINE_LIMIT))


def named(row: EntryRow, nameless: str) -> str:
    """Returns `Design – Acme`: what, and for which project."""
    what = one_line(row.description, _NAME_LIMIT)
    project = one_line(row.project_name or "", _NAME_LIMIT)
    if what and project:
        return f"{what} – {project}"
    return what or project or nameless


def _say(action: QAction, words: str) -> None:
    """Changes an action's words only when they differ: every change travels to the panel."""
    if action.text() != words:
        action.setText(words)
