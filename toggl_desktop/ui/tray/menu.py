"""The tray's menu: enough for everything where a click on the icon reaches nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.ui.widgets.text import menu_text

if TYPE_CHECKING:  # the menu is there before it is dressed (tests/app/test_start.py)
    from collections.abc import Sequence
    from datetime import date

    from toggl_desktop.store.read.catalog import FavouriteRow
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.ui.planned import Glance, NextMilestone, Planned

RECENTS: Final = 5
FAVOURITES: Final = 5
PLANNED: Final = 3
_MORE: Final = 12
_LINE_LIMIT: Final = 90
_NAME_LIMIT: Final = 40
_NEAR_DAYS: Final = 13


class TrayMenu(QMenu):
    """One menu for the life of the program; its actions change their words, never their places.

    A panel that shows it copies it, and the copy follows what changes in place.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running: bool | None = None
        self._is_dressed = False
        self.state = self._add("")
        self.account = self._add("")
        self.toggle = self._add("")
        self.switch = self._add(self.tr("Switch…"))
        self.addSeparator()
        self.recents = [self._add("") for _ in range(RECENTS)]
        self.addSeparator()
        self.favourites = [self._add("") for _ in range(FAVOURITES)]
        self._build_more()
        self.addSeparator()
        self.planned = [self._add("") for _ in range(PLANNED)]
        self.milestone = self._add("")
        self.plan = self._add(self.tr("Open plan"))
        self.addSeparator()
        self.open = self._add(self.tr("Open Toggl Desktop"))
        self.undo = self._add(self.tr("Undo"))
        self.preferences = self._add(self.tr("Preferences…"))
        self.addSeparator()
        self.quit = self._add(self.tr("Quit"))
        hidden = (
            self.account,
            *self.recents,
            *self.favourites,
            *self.planned,
            self.milestone,
            self.plan,
        )
        for action in (*hidden, self.switch, self.preferences, self.more.menuAction()):
            action.setVisible(False)

    def _build_more(self) -> None:
        self.more = QMenu(self.tr("Favourites"), self)
        self.addMenu(self.more)
        self.others = [QAction("", self.more) for _ in range(_MORE)]
        self.keep = QAction("", self.more)
        self.arrange = QAction(self.tr("Arrange favourites…"), self.more)
        self.more.addActions(self.others)
        self.more.addSeparator()
        self.more.addActions([self.keep, self.arrange])

    def _add(self, words: str) -> QAction:
        action = QAction(words, self)
        self.addAction(action)
        return action

    def dress(self) -> None:
        """Gives the lines their pictures; the icon in the tray does not wait for them."""
        from toggl_desktop.ui.theme.assets import icon

        self._is_dressed = True
        pictures = {
            "switch": self.switch,
            "star": self.more.menuAction(),
            "plan": self.plan,
            "clock": self.open,
            "undo": self.undo,
            "settings": self.preferences,
            "quit": self.quit,
        }
        for name, action in pictures.items():
            action.setIcon(icon(name))
        self.keep.setIcon(icon("plus"))
        self._picture_toggle()

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
        if is_running is not self._is_running:
            self._is_running = is_running
            self._picture_toggle()

    def _picture_toggle(self) -> None:
        if self._is_dressed:
            from toggl_desktop.ui.theme.assets import icon

            self.toggle.setIcon(icon("stop" if self._is_running else "continue"))

    def show_recents(self, rows: Sequence[EntryRow]) -> None:
        """Offers what was tracked lately."""
        for place, action in enumerate(self.recents):
            row = rows[place] if place < len(rows) else None
            _offer(action, row, self.tr("No description"), "diamond")

    def show_favourites(self, rows: Sequence[FavouriteRow], keepable: str | None) -> None:
        """Offers the favourites, in a person's order, and to keep what runs or ran last.

        Args:
            rows: All favourites.
            keepable: What could become one; None when it is one already, or nothing ran yet.
        """
        nameless = self.tr("No description")
        for place, action in enumerate((*self.favourites, *self.others)):
            row = rows[place] if place < len(rows) else None
            _offer(action, row, nameless, "star")
        self.keep.setVisible(keepable is not None)
        name = one_line(keepable or "", _NAME_LIMIT) or nameless
        words = self.tr("Add “{name}” to favourites").format(name=name)
        _say(self.keep, menu_text(words, _LINE_LIMIT))
        self.more.menuAction().setVisible(bool(rows) or keepable is not None)

    def show_plan(self, glance: Glance | None, today: date) -> None:
        """Offers what is planned for today and names the next milestone; None hides it all."""
        self.plan.setVisible(glance is not None)
        tasks = () if glance is None else glance.tasks
        for place, action in enumerate(self.planned):
            task = tasks[place] if place < len(tasks) else None
            action.setVisible(task is not None)
            action.setData(None if task is None else task.task)
            if task is not None:
                words = self.tr("Planned now: {name}").format(name=self._planned(task))
                _say(action, menu_text(words, _LINE_LIMIT))
                action.setIcon(_picture("diamond", task.color))
        next_one = None if glance is None else glance.milestone
        self.milestone.setVisible(next_one is not None)
        if next_one is not None:
            _say(self.milestone, menu_text(self._milestone(next_one, today), _LINE_LIMIT))
            self.milestone.setIcon(_picture("diamond", next_one.color))

    @staticmethod
    def _planned(task: Planned) -> str:
        name = one_line(task.name, _NAME_LIMIT)
        project = one_line(task.project_name or "", _NAME_LIMIT)
        return f"{name} – {project}" if project else name

    def _milestone(self, milestone: NextMilestone, today: date) -> str:
        days = (milestone.day - today).days
        name = one_line(milestone.name, _NAME_LIMIT)
        if days < 0:
            return self.tr("{name}: %n days late", "", -days).format(name=name)
        if days == 0:
            return self.tr("{name}: today").format(name=name)
        if days == 1:
            return self.tr("{name}: tomorrow").format(name=name)
        if days <= _NEAR_DAYS:
            return self.tr("{name}: in %n days", "", days).format(name=name)
        weeks = days // 7
        return self.tr("{name}: in %n weeks", "", weeks).format(name=name)

    def show_account(self, words: str) -> None:
        """Offers the way to the account while it needs a person; empty words hide it."""
        _say(self.account, menu_text(words, _LINE_LIMIT))
        self.account.setVisible(bool(words))

    def show_undo(self, step: str | None) -> None:
        """Names the step that undo takes back."""
        self.undo.setEnabled(step is not None)
        words = self.tr("Undo")
        if step is not None:
            words = self.tr("Undo: {step}").format(step=step)
        _say(self.undo, menu_text(words, _LINE_LIMIT))


def named(row: EntryRow | FavouriteRow, nameless: str) -> str:
    """Returns `Design – Acme`: what, and for which project."""
    what = one_line(row.description, _NAME_LIMIT)
    project = one_line(" · ".join(filter(None, (row.project_name, row.place))), _NAME_LIMIT)
    if what and project:
        return f"{what} – {project}"
    return what or project or nameless


def _offer(action: QAction, row: EntryRow | FavouriteRow | None, nameless: str, shape: str) -> None:
    action.setVisible(row is not None)
    action.setData(None if row is None else row.lid)
    if row is not None:
        _say(action, menu_text(named(row, nameless), _LINE_LIMIT))
        action.setIcon(_picture(shape, row.color if row.project is not None else None))


def _picture(shape: str, color: str | None) -> QIcon:
    """A mark in a project's colour: a diamond, or a star for what is a favourite."""
    if shape == "star":
        from toggl_desktop.ui.theme.assets import icon, tokens_in_force

        return icon("star-filled", tokens_in_force().shape(color) if color else "second")
    if not color:
        return QIcon()
    from toggl_desktop.ui.widgets.diamond import diamond_icon

    return diamond_icon(color)


def _say(action: QAction, words: str) -> None:
    """Changes an action's words only when they differ: every change travels to the panel."""
    if action.text() != words:
        action.setText(words)
