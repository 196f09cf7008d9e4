"""The place at the window's side where one thing of the plan is edited at a time."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.deeds import EditWanted
from toggl_desktop.ui.plan.editor.milestone import MilestoneEditor
from toggl_desktop.ui.plan.editor.panel import LEAST_WIDTH, WIDTH, Panel
from toggl_desktop.ui.plan.editor.people import PeoplePanel
from toggl_desktop.ui.plan.editor.project import ProjectPanel
from toggl_desktop.ui.plan.editor.refused import RefusedTexts
from toggl_desktop.ui.plan.editor.roster import Roster
from toggl_desktop.ui.plan.editor.task import TaskEditor
from toggl_desktop.ui.plan.editor.timeoff import TimeOffEditor
from toggl_desktop.ui.timer.performer import Kit


class SidePanel(QStackedWidget):
    """Holds the editors; each is made when it is first wanted. Hidden while nothing is edited.

    Signals:
        closed(): Nothing is edited any more; the keyboard belongs elsewhere.
    """

    closed = Signal()

    def __init__(
        self, kit: Kit, tasks: Callable[[], Iterable[Bar]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._tasks = tasks
        self.refused = RefusedTexts()
        self._task: TaskEditor | None = None
        self._milestone: MilestoneEditor | None = None
        self._time_off: TimeOffEditor | None = None
        self._people: PeoplePanel | None = None
        self._project: ProjectPanel | None = None
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(WIDTH)
        self.hide()

    @property
    def task(self) -> TaskEditor:
        """The task editor."""
        if self._task is None:
            self._task = TaskEditor(self._kit, self._tasks, self.refused, self)
            self._adopt(self._task)
        return self._task

    def prepare(self) -> None:
        """Makes the task editor, so that the first task opens as the others do."""
        self.task.ensurePolished()

    @property
    def milestone(self) -> MilestoneEditor:
        """The milestone editor."""
        if self._milestone is None:
            self._milestone = MilestoneEditor(self._kit, self)
            self._adopt(self._milestone)
        return self._milestone

    @property
    def time_off(self) -> TimeOffEditor:
        """The editor of time off."""
        if self._time_off is None:
            self._time_off = TimeOffEditor(self._kit, self)
            self._adopt(self._time_off)
        return self._time_off

    @property
    def people(self) -> PeoplePanel:
        """People and groups."""
        if self._people is None:
            self._people = PeoplePanel(self._kit, self)
            self._adopt(self._people)
            self._people.time_off_wanted.connect(self._on_people_time_off_wanted)
        return self._people

    @property
    def project(self) -> ProjectPanel:
        """A project's segments and tags."""
        if self._project is None:
            self._project = ProjectPanel(self._kit, self)
            self._adopt(self._project)
        return self._project

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 0)

    def _adopt(self, panel: Panel | Roster) -> None:
        self.addWidget(panel)
        panel.closed.connect(self._on_panel_closed)

    def open(self, wanted: EditWanted) -> None:
        """Opens one thing; closes when it is not there any more."""
        self.show()
        if wanted.kind == "milestone":
            self.setCurrentWidget(self.milestone)
            is_there = self.milestone.show_milestone(wanted.lid, part=wanted.part)
        elif wanted.kind == "time_off":
            self.setCurrentWidget(self.time_off)
            is_there = self.time_off.show_time_off(wanted.lid)
        else:
            self.setCurrentWidget(self.task)
            is_there = self.task.show_task(wanted.lid, part=wanted.part)
        if not is_there:
            self._close()

    def open_people(self) -> None:
        """Opens people and groups."""
        self.show()
        self.setCurrentWidget(self.people)
        self.people.show_people()

    def open_project(self, lid: str) -> None:
        """Opens a project's segments and tags."""
        self.show()
        self.setCurrentWidget(self.project)
        self.project.show_project(lid)

    def open_time_off_for(self, member: str, start: int, end: int) -> None:
        """Adds time off and opens it."""
        self.show()
        self.setCurrentWidget(self.time_off)
        if not self.time_off.add(member, start, end):
            self._close()

    def follow(self, lid: str) -> None:
        """Shows another task if the task editor is open already; the keyboard stays."""
        if self.isVisible() and self.currentWidget() is self._task and self._task is not None:
            self._task.show_task(lid, part="nothing")

    def close_panel(self) -> bool:
        """Closes what is open; tells whether anything was."""
        current = self.currentWidget()
        if self.isHidden() or not isinstance(current, Panel | Roster):
            return False
        current.close_panel()
        return True

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _on_panel_closed(self) -> None:
        if self.sender() is self.currentWidget() and not self.isHidden():
            self._close()

    def _on_people_time_off_wanted(self, member: str) -> None:
        today = self.people.saying.today()
        self.open_time_off_for(member, today, today)
