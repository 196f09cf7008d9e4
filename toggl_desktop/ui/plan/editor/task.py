"""The task editor: the fields of Toggl Plan's form in their order, then notes and checklist."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from toggl_desktop.actions.plan.choosing import ChooseNew
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import DeletePlanTasks, EditPlanTasks, Scope
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.editor import facts
from toggl_desktop.ui.plan.editor.checklist import Checklist
from toggl_desktop.ui.plan.editor.edit import Edit, Make
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.facts import Facts
from toggl_desktop.ui.plan.editor.notes import Notes
from toggl_desktop.ui.plan.editor.panel import Panel
from toggl_desktop.ui.plan.editor.refused import Keeper, RefusedTexts
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.plan.editor.waits import Waits
from toggl_desktop.ui.plan.editor.when import Days, Repeat, Times
from toggl_desktop.ui.plan.editor.where import Where
from toggl_desktop.ui.plan.editor.work import Work
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.text import label

_SCOPES: Final[tuple[Scope, ...]] = ("one", "following", "all")
_NAMES: Final = frozenset(
    {"project", "segment", "status", "plan_tag", "member", "dependency", "client"}
)


class TaskEditor(Panel):
    """Edits one plan task. It is told what changes elsewhere and keeps what is being typed."""

    def __init__(
        self,
        kit: Kit,
        tasks: Callable[[], Iterable[Bar]],
        refused: RefusedTexts,
        parent: QWidget | None = None,
    ) -> None:
        """Makes an editor without a task.

        Args:
            kit: What the window's parts share.
            tasks: Returns the tasks that one may wait for.
            refused: Where texts are kept that a field did not take.
            parent: The window.
        """
        self._facts: Facts | None = None
        self._lid: str | None = None
        super().__init__(kit, "", "", parent)
        self.setAccessibleName(self.tr("Task"))
        self.name.setPlaceholderText(self.tr("Name of the task"))
        self.colour.set_inherit(self.tr("As the project"))
        self._build_scope()
        self.where = Where(self)
        self.days = Days(self.saying, self)
        self.times = Times(self.saying, self)
        rows = Rows()
        self.where.add_status(rows)
        rows.add(self.tr("From – to"), self.days)
        self.where.add_rest(rows)
        rows.add(self.tr("Time"), self.times)
        self.work = Work(rows, kit.wording, self)
        self.repeat = Repeat(rows, self)
        self.waits = Waits(self.saying, tasks, self)
        rows.add(self.tr("Waits for"), self.waits)
        self.notes = Notes(self)
        self.checklist = Checklist(self)
        self.fields.addLayout(rows)
        self.fields.addWidget(self.notes)
        self.fields.addWidget(label(self.tr("Checklist"), role="strong", parent=self))
        self.fields.addWidget(self.checklist)
        self.fields.addStretch(1)
        self._build_foot()
        self.keeper = Keeper(refused, self._fields_by_name(), self)
        self._wire()

    def _fields_by_name(self) -> dict[str, EnterField]:
        """Returns the fields that may refuse what is typed, by what `Edit` calls them."""
        return {
            "name": self.name,
            "start": self.days.start,
            "end": self.days.end,
            "start_minute": self.times.start,
            "end_minute": self.times.end,
            "estimate_minutes": self.work.amount,
            "repeat": self.repeat.rule,
        }

    def _build_scope(self) -> None:
        self.scopes = QWidget(self)
        line = QHBoxLayout(self.scopes)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.hair)
        words = (self.tr("This one"), self.tr("This and later"), self.tr("All"))
        self.scope = QButtonGroup(self)
        line.addWidget(label(self.tr("Changes"), tone="second", parent=self.scopes))
        for place, text in enumerate(words):
            button = QPushButton(text, self.scopes)
            button.setCheckable(True)
            button.setChecked(place == 0)
            mark(button, kind="quiet")
            self.scope.addButton(button, place)
            line.addWidget(button)
        line.addStretch(1)
        self.fields.addWidget(self.scopes)

    def _build_foot(self) -> None:
        foot = QHBoxLayout()
        self.delete = QPushButton(icon("trash", "second"), self.tr("Delete task"), self)
        mark(self.delete, kind="quiet")
        foot.addWidget(self.delete)
        foot.addStretch(1)
        self.fields.addLayout(foot)

    def _wire(self) -> None:
        self.name.entered.connect(self._on_name_entered)
        self.colour.colour_chosen.connect(self._on_colour_chosen)
        self.done.clicked.connect(self._on_done_clicked)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.where.made.connect(self._on_where_made)
        self.waits.ordered.connect(self._on_waits_ordered)
        self.keeper.brought_back.connect(self._on_keeper_brought_back)
        self.work.refused.connect(self._on_work_refused)
        for part in (
            *(self.where, self.days, self.times, self.work),
            *(self.repeat, self.notes, self.checklist),
        ):
            part.edited.connect(self._on_part_edited)
        self.kit.context.bridge.changed.connect(self._on_bridge_changed)

    # Showing ------------------------------------------------------------------------------

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing to edit."""
        return self._lid is None

    @property
    def lid(self) -> str | None:
        """The task that is edited."""
        return self._lid

    def show_task(self, lid: str, *, part: str = "name") -> bool:
        """Shows a task; tells whether it is there.

        Args:
            lid: The task.
            part: Which part gets the keyboard: `name`, `days`, or nothing.
        """
        is_another = lid != self._lid
        if is_another:
            self.finish()
            self.keeper.leave()
            self.scope.button(0).setChecked(True)
            self.area.verticalScrollBar().setValue(0)
        self._lid = lid
        self.say("")
        self.refresh()
        if self.is_gone:
            return False
        if is_another:
            self.keeper.arrive(lid)
        if part == "days":
            self.days.start.setFocus(Qt.FocusReason.OtherFocusReason)
            self.days.start.selectAll()
        elif part == "name":
            self.take_keyboard()
        return True

    @override
    def refresh(self) -> None:
        """Shows the task as it is now; closes when it is not there any more."""
        if self._lid is None:
            return
        try:
            self._facts = facts.read(self.kit.context.source, self._lid)
        except KnownError as error:
            self.refuse(error)
            return
        if self._facts is None:
            self._lid = None
            self.closed.emit()
            return
        self._show(self._facts)

    def _show(self, found: Facts) -> None:
        task = found.task
        self.name.offer_text(task.name)
        self.colour.show_colour(found.colour)
        self.done.setChecked(task.is_done)
        self.scopes.setVisible(task.series is not None)
        self.where.show_facts(found)
        self.days.show_days(task.start, task.end)
        self.times.show_task(task)
        self.work.show_task(task)
        self.repeat.show_rule(task.repeat)
        self.waits.show_facts(found)
        self.notes.show_notes(task.notes)
        self.checklist.show_lines(task.checklist)

    # Doing --------------------------------------------------------------------------------

    def edit(self, **fields: Any) -> bool:  # noqa: ANN401 - what a command takes
        """Changes fields of the task at once; tells whether that was done."""
        if self._lid is None:
            return False
        scope = _SCOPES[max(0, self.scope.checkedId())]
        lids = (PlanTaskId(self._lid),)
        return self.attempt(EditPlanTasks(lids, scope=scope, **fields)) is not None

    def _on_part_edited(self, edit: Edit) -> None:
        if not self.edit(**dict(edit.fields)):
            self.keeper.refuse_unsaved(*dict(edit.fields))

    def _on_keeper_brought_back(self) -> None:
        self.say(
            self.tr("What could not be read earlier is in its field again: mend it, or press Esc."),
            is_problem=True,
        )

    def _on_name_entered(self, entered: Entered) -> None:
        if not self.edit(name=entered.text):
            self.name.refuse()

    def _on_colour_chosen(self, colour: str | None) -> None:
        self.edit(color=colour)

    def _on_done_clicked(self) -> None:
        self.edit(is_done=self.done.isChecked())

    def _on_delete_clicked(self) -> None:
        if self._lid is not None:
            scope = _SCOPES[max(0, self.scope.checkedId())]
            self.attempt(DeletePlanTasks((PlanTaskId(self._lid),), scope))

    def _on_waits_ordered(self, command: object) -> None:
        if self.attempt(command) is None:
            self.refresh()

    def _on_work_refused(self, error: KnownError) -> None:
        self.refuse(error)

    def _on_where_made(self, make: Make) -> None:
        """Makes something and chooses it, as one step."""
        if self._lid is not None:
            scope = _SCOPES[max(0, self.scope.checkedId())]
            self.attempt(ChooseNew((PlanTaskId(self._lid),), make.kind, make.name, scope))

    # Hearing ------------------------------------------------------------------------------

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if self._lid is None or self.isHidden() or self.has_shown(changes):
            return
        if changes.concerns("plan_task", self._lid) or _NAMES & changes.touched.keys():
            self.refresh()
