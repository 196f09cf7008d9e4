"""What can be done with tasks wherever they are shown: on the timeline, a board, in the taskbox."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QObject, QPoint, Signal

from toggl_desktop.actions.perform import Outcome
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.commands import StartTimer, Unset
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.domain.ids import MemberId, PlanTaskId, ProjectId, StatusId
from toggl_desktop.domain.plan.commands import (
    AddPlanTask,
    CopyPlanTasks,
    DeletePlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.timer.performer import Kit

Part = Literal["name", "days", "nothing"]


@dataclass(frozen=True, slots=True)
class EditWanted:
    """Something is to be opened in the side panel.

    Attributes:
        kind: `plan_task`, `milestone` or `time_off`.
        part: Which part of it gets the keyboard.
    """

    lid: str
    kind: Literal["plan_task", "milestone", "time_off"] = "plan_task"
    part: Part = "name"


@dataclass(frozen=True, slots=True)
class MenuWanted:
    """A menu is wanted at a place of the screen, for some tasks."""

    place: QPoint
    lids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoneAlone:
    """What was done to single occurrences of what recurs, though it could be meant for others too.

    Attributes:
        command: What was done.
        step: Its number in the journal.
        bars: Those that recur, as they were.
    """

    command: MovePlanTasks | EditPlanTasks | DeletePlanTasks
    step: int
    bars: tuple[Bar, ...]


class Deeds(QObject):
    """Does things with tasks by their ids; each is one command, and one step of the journal.

    Signals:
        edit_wanted(EditWanted): A task is to be opened.
        done_alone(DoneAlone): Something was done to occurrences of what recurs, and to no others.
    """

    edit_wanted = Signal(object)
    done_alone = Signal(object)

    def __init__(
        self, kit: Kit, bar: Callable[[str], Bar | None], parent: QObject | None = None
    ) -> None:
        """Makes the hands of a window.

        Args:
            kit: What the window's parts share.
            bar: Finds a task as it is shown.
            parent: The window.
        """
        super().__init__(parent)
        self._kit = kit
        self.bar = bar

    def bars(self, lids: Iterable[str]) -> list[Bar]:
        """Returns the tasks that are there."""
        return [bar for bar in map(self.bar, lids) if bar is not None]

    def moved_meanwhile(self, bar: Bar) -> int:
        """Returns by how many days another window or a terminal moved a task that is shown so."""
        try:
            found = reading.bars(self._kit.context.source, [bar.lid])
        except KnownError:
            return 0  # what is done next says why
        if not found or found[0].start is None or bar.start is None:
            return 0
        return found[0].start - bar.start

    def do(self, command: object) -> ChangeSet | None:
        """Does a command and lets the window say what became of it."""
        alone = self._alone(command)
        outcome = self._kit.context.perform(command)
        self._kit.performer.hear(command, outcome)
        if outcome.changes and alone is not None:
            self._tell_alone(replace(alone, step=outcome.changes.seq))
        return outcome.changes

    def _alone(self, command: object) -> DoneAlone | None:
        """Returns what recurs among what a command is about; None where nobody would mean more."""
        if not isinstance(command, MovePlanTasks | EditPlanTasks | DeletePlanTasks):
            return None
        if isinstance(command, EditPlanTasks) and (
            command.start is None
            or not (isinstance(command.is_done, Unset) and isinstance(command.status, Unset))
        ):
            return None
        bars = tuple(bar for bar in self.bars(command.tasks) if bar.recurs)
        return DoneAlone(command, 0, bars) if bars and command.scope == "one" else None

    def _tell_alone(self, alone: DoneAlone) -> None:
        self.done_alone.emit(alone)

    def attempt(self, command: object) -> Outcome:
        """Does a command; whoever asked says why it was refused."""
        outcome = self._kit.context.perform(command)
        if outcome.error is None:
            self._kit.performer.hear(command, outcome)
        return outcome

    def say(self, sentence: str) -> None:
        """Says why nothing was done, where nothing failed."""
        self._kit.performer.refuse(None, NothingToDoError(sentence))

    def edit(self, lids: Sequence[str], **fields: Any) -> ChangeSet | None:  # noqa: ANN401
        """Changes fields of tasks."""
        if not lids:
            return None
        return self.do(EditPlanTasks(tuple(map(PlanTaskId, lids)), **fields))

    def add(self, **fields: Any) -> str | None:  # noqa: ANN401 - what a command takes
        """Adds a task; returns its id."""
        changes = self.do(AddPlanTask(**fields))
        made = () if changes is None else tuple(changes.ids("plan_task"))
        return made[0] if made else None

    def open_task(self, lid: str, part: Part = "name") -> None:
        """Opens a task in the side panel."""
        self.edit_wanted.emit(EditWanted(lid, "plan_task", part))

    def open_thing(self, wanted: EditWanted) -> None:
        """Opens anything in the side panel."""
        self.edit_wanted.emit(wanted)

    def toggle_done(self, lids: Sequence[str]) -> None:
        """Makes tasks done; when all are, not done."""
        bars = self.bars(lids)
        if bars:
            self.edit(lids, is_done=not all(bar.is_done for bar in bars))

    def set_status(self, lids: Sequence[str], status: str | None) -> None:
        """Puts tasks into a column."""
        self.edit(lids, status=None if status is None else StatusId(status))

    def set_colour(self, lids: Sequence[str], colour: str | None) -> None:
        """Gives tasks a colour; None gives them their project's."""
        self.edit(lids, color=colour)

    def toggle_member(self, lids: Sequence[str], member: str) -> None:
        """Assigns tasks to a person; when all are, takes them away."""
        bars = self.bars(lids)
        have = bool(bars) and all(member in bar.members for bar in bars)
        if have:
            self.edit(lids, remove_members=(MemberId(member),))
        else:
            self.edit(lids, add_members=(MemberId(member),))

    def set_project(self, lids: Sequence[str], project: str | None) -> None:
        """Puts tasks into a project."""
        self.edit(lids, project=None if project is None else ProjectId(project))

    def unschedule(self, lids: Sequence[str]) -> None:
        """Takes the days from tasks: they go to the taskbox."""
        scheduled = [bar.lid for bar in self.bars(lids) if bar.start is not None]
        self.edit(scheduled, start=None, end=None)

    def duplicate(self, lids: Sequence[str]) -> tuple[str, ...]:
        """Copies tasks to where they are; returns the copies."""
        if not lids:
            return ()
        changes = self.do(CopyPlanTasks(tuple(map(PlanTaskId, lids))))
        return () if changes is None else tuple(changes.ids("plan_task") - set(lids))

    def delete(self, lids: Sequence[str]) -> None:
        """Deletes tasks; undo brings them back."""
        if lids:
            self.do(DeletePlanTasks(tuple(map(PlanTaskId, lids))))

    def start_timer(self, lids: Sequence[str]) -> None:
        """Starts the timer for a task; what runs is stopped."""
        bars = self.bars(lids)
        if len(bars) == 1:
            bar = bars[0]
            project = None if bar.project is None else ProjectId(bar.project)
            self.do(StartTimer(bar.name, project, plan_task=bar.lid))
