"""A plan window's editing: its actions in the menu, the side panel, the taskbox, the board."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from toggl_desktop.domain.plan import filters
from toggl_desktop.domain.plan.boards import Box
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.corner import Corner
from toggl_desktop.ui.plan.editing import Editing
from toggl_desktop.ui.plan.roommaker import RoomMaker
from toggl_desktop.ui.plan.warming import Warming
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.timer.menu import attach

if TYPE_CHECKING:
    from toggl_desktop.ui.plan.window import PlanWindow


class Outfit(QObject):
    """Installs editing on a window and keeps it in step with what the window shows."""

    def __init__(self, window: "PlanWindow", state: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._timeline = window.timeline
        self._project: str | None = None
        self.editing = Editing(window.kit, self._timeline.model, self._timeline.view, window)
        self.editing.side.refused.keep_in(state)
        self.warming = Warming(self._timeline, self.editing)
        self._add_actions()
        window.add_board(self.editing.board)
        self._timeline.plan_turned.connect(self.refresh)
        self._room = RoomMaker(window, self.editing.side, self._timeline.view.side)
        self.corner = Corner(self._timeline.view.side)
        self.corner.people_wanted.connect(self.editing.side.open_people)
        self.corner.segments_wanted.connect(self._on_segments_triggered)
        window.bar.take_picker(self.editing.board.whose)
        window.pages.currentChanged.connect(self._on_pages_current_changed)
        self.editing.board.project_chosen.connect(self._on_board_project_chosen)

    def _add_actions(self) -> None:
        self.new = self._add("plus", self.tr("New task"), "Ctrl+N")
        self.milestones = self._add("plan", self.tr("Milestones"), "Ctrl+M")
        self.taskbox = self._add("archive", self.tr("Taskbox"), "U")
        self.people = self._add("client", self.tr("People and groups…"), "Ctrl+P")
        self.segments = self._add("project", self.tr("Segments and tags…"), "Ctrl+G")
        menu = self._window.menu
        menu.insertSeparator(menu.added)
        self.new.triggered.connect(self._on_new_triggered)
        self.milestones.triggered.connect(self.editing.milestones.walk_here)
        self.taskbox.triggered.connect(self.editing.taskbox.toggle)
        self.people.triggered.connect(self.editing.side.open_people)
        self.segments.triggered.connect(self._on_segments_triggered)

    def _add(self, picture: str, words: str, key: str) -> QAction:
        menu = self._window.menu
        action = QAction(icon(picture), words, menu)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setShortcutVisibleInContextMenu(True)
        menu.insertAction(menu.added, action)
        attach([action], self._window)
        return action

    def beside(self, pages: QWidget) -> QHBoxLayout:
        """Returns the window's pages with the side panel at their side."""
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(pages, 1)
        line.addWidget(self.editing.side)
        return line

    def below(self, status: QWidget) -> QWidget:
        """Returns the window's lowest line: the taskbox, and how things stand at its far end."""
        self.editing.taskbox.add_at_side(status)
        return self.editing.taskbox

    def listed(self) -> list[tuple[str, str]]:
        """Returns what keys do on the timeline, for the list of shortcuts."""
        return self.editing.keys.listed()

    def make_first(self) -> None:
        """Makes the first task of a plan: its name is asked for in its place, today."""
        if not self.editing.keys.make_new():
            today = self._timeline.scene.today
            self.editing.deeds.add(name=self.tr("First task"), start=today, end=today)

    # Showing ------------------------------------------------------------------------------

    @property
    def is_board(self) -> bool:
        """Whether the board is shown."""
        return self._window.pages.currentWidget() is self.editing.board

    def refresh(self) -> None:
        """Shows the plan as it is now in taskbox and board."""
        model = self._timeline.model
        shown, plan = model.shown, model.plan
        self.corner.show_lanes(is_team=shown.grouping == "team")
        self.corner.setVisible(shown.grouping == "team" or shown.lid is not None)
        passing = self._passing()
        self.editing.taskbox.is_filtered = bool(model.wanted)
        if self.is_board:
            self.editing.refresh(Box("board", None, self._board_project()), passing=passing)
        elif shown.grouping == "project":
            self.editing.refresh(Box("project", None, shown.lid), passing=passing)
        else:
            group = next((g for g in plan.groups if g.lid == shown.lid), None)
            members = None if group is None else frozenset(group.members)
            team = "" if group is None else group.name
            box = Box("team", members)
            self.editing.refresh(box, passing=passing, team=team, group=shown.lid)

    def _passing(self) -> list[Bar]:
        """Returns what may be in the taskbox or on the board: few of a hundred thousand tasks."""
        model = self._timeline.model
        if self.is_board:
            found = list(model.of_project(self._board_project()))
        else:
            found = list(model.undated())
        test = filters.matcher(model.wanted, model.plan)
        return found if test is None else [bar for bar in found if test(bar)]

    def _board_project(self) -> str | None:
        """Returns whose board is shown: chosen last, else the timeline's, else the first."""
        model = self._timeline.model
        known = [p.lid for p in model.plan.projects if not p.is_archived]
        chosen = model.shown.lid if model.shown.grouping == "project" else None
        wanted = (self._project, chosen, self._window.bar.chosen("project"), *known)
        return next((lid for lid in wanted if lid in known), None)

    # Hearing ------------------------------------------------------------------------------

    def _on_pages_current_changed(self) -> None:
        self._window.bar.show_page(is_board=self.is_board)
        self.refresh()

    def _on_board_project_chosen(self, lid: str) -> None:
        self._project = lid
        self.refresh()

    def _on_segments_triggered(self) -> None:
        """Opens the project that is shown, or that the task in hand belongs to."""
        view = self._timeline.view
        focus = None if view.focus_bar is None else self._timeline.model.bar(view.focus_bar[0])
        lid = None if focus is None else focus.project
        if self.is_board or lid is None:
            lid = self._board_project()
        if lid is not None:
            self.editing.side.open_project(lid)

    def _on_new_triggered(self) -> None:
        if self.is_board:
            for column in self.editing.board.columns[:1]:
                column.add.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.editing.keys.make_new()
