"""The milestone editor: its day, whom it is for, and whether anybody works on it."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import GroupId, MilestoneId, ProjectId
from toggl_desktop.domain.plan.commands import DeletePlanThing, EditMilestone
from toggl_desktop.domain.plan.entities import Milestone
from toggl_desktop.store.read import plan
from toggl_desktop.ui.plan.editor.entering import DayEntered, DayField, Entered
from toggl_desktop.ui.plan.editor.panel import Panel
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.picking import Choice, Picked, PickField

_PROJECT: Final = "project:"
_GROUP: Final = "group:"


class MilestoneEditor(Panel):
    """Edits one milestone."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        self._lid: str | None = None
        super().__init__(kit, "", "", parent)
        self.setAccessibleName(self.tr("Milestone"))
        self.name.setPlaceholderText(self.tr("Name of the milestone"))
        self.day = DayField(self.tr("On"), self.saying, self)
        self.whom = PickField(self.tr("For"), self.tr("Everyone"), self, creates=False)
        self.holiday = QCheckBox(self.tr("Nobody works on this day"), self)
        rows = Rows()
        rows.add(self.tr("On"), self.day)
        rows.add(self.tr("For"), self.whom)
        rows.add("", self.holiday)
        self.fields.addLayout(rows)
        self.fields.addStretch(1)
        self.delete = QPushButton(icon("trash", "second"), self.tr("Delete milestone"), self)
        mark(self.delete, kind="quiet")
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        self.fields.addLayout(foot)
        self.name.entered.connect(self._on_name_entered)
        self.day.day_entered.connect(self._on_day_entered)
        self.colour.colour_chosen.connect(self._on_colour_chosen)
        self.whom.picked.connect(self._on_whom_picked)
        self.done.clicked.connect(self._on_done_clicked)
        self.holiday.clicked.connect(self._on_holiday_clicked)
        self.delete.clicked.connect(self._on_delete_clicked)
        kit.context.bridge.changed.connect(self._on_bridge_changed)

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing to edit."""
        return self._lid is None

    @property
    def lid(self) -> str | None:
        """The milestone that is edited."""
        return self._lid

    def show_milestone(self, lid: str, *, part: str = "name") -> bool:
        """Shows a milestone; tells whether it is there."""
        if lid != self._lid:
            self.finish()
        self._lid = lid
        self.say("")
        self.refresh()
        if self.is_gone:
            return False
        if part == "days":
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.selectAll()
        elif part == "name":
            self.take_keyboard()
        return True

    @override
    def refresh(self) -> None:
        """Shows the milestone as it is now; closes when it is not there any more."""
        if self._lid is None:
            return
        source = self.kit.context.source
        try:
            found = plan.milestone(source, self._lid)
            groups = [Choice(_GROUP + g.lid, g.name) for g in plan.groups(source)]
            projects = [
                Choice(_PROJECT + p.lid, p.name, p.color)
                for p in plan.projects(source)
                if not p.is_archived
            ]
        except KnownError as error:
            self.refuse(error)
            return
        if found is None:
            self._lid = None
            self.closed.emit()
            return
        self.whom.set_choices(groups + projects)
        self._show(found)

    def _show(self, found: Milestone) -> None:
        self.name.offer_text(found.name)
        self.colour.show_colour(found.color)
        self.done.setChecked(found.is_done)
        self.holiday.setChecked(found.is_holiday)
        self.day.show_day(found.day)
        whom = None
        if found.project is not None:
            whom = _PROJECT + found.project
        elif found.group is not None:
            whom = _GROUP + found.group
        if not self.whom.is_edited:
            self.whom.show_choice(whom)

    def edit(self, **fields: Any) -> bool:  # noqa: ANN401 - what a command takes
        """Changes fields at once; tells whether that was done."""
        if self._lid is None:
            return False
        return self.attempt(EditMilestone(MilestoneId(self._lid), **fields)) is not None

    def _on_name_entered(self, entered: Entered) -> None:
        if not self.edit(name=entered.text):
            self.name.refuse()

    def _on_day_entered(self, entered: DayEntered) -> None:
        if entered.day is None:
            self.refresh()  # a milestone has a day
        else:
            self.edit(day=entered.day)

    def _on_colour_chosen(self, colour: str | None) -> None:
        if colour is not None:
            self.edit(color=colour)

    def _on_whom_picked(self, picked: Picked) -> None:
        lid = picked.lid or ""
        project = ProjectId(lid.removeprefix(_PROJECT)) if lid.startswith(_PROJECT) else None
        group = GroupId(lid.removeprefix(_GROUP)) if lid.startswith(_GROUP) else None
        self.edit(project=project, group=group)

    def _on_done_clicked(self) -> None:
        self.edit(is_done=self.done.isChecked())

    def _on_holiday_clicked(self) -> None:
        self.edit(is_holiday=self.holiday.isChecked())

    def _on_delete_clicked(self) -> None:
        if self._lid is not None:
            self.attempt(DeletePlanThing("milestone", MilestoneId(self._lid)))

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if self._lid is None or self.isHidden():
            return
        if changes.concerns("milestone", self._lid) or {"plan_group", "project"} & set(
            changes.touched
        ):
            self.refresh()
