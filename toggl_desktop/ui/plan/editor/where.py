"""Where a task belongs: status, people, project, segment, tags; each can be made on the spot."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from toggl_desktop.domain.ids import MemberId, PlanTagId, ProjectId, SegmentId, StatusId
from toggl_desktop.ui.plan.editor.edit import Edit, Make
from toggl_desktop.ui.plan.editor.facts import Facts
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.widgets.picking import Choice, Picked, PickField
from toggl_desktop.ui.widgets.picking_many import Added, PickMany, Removed
from toggl_desktop.ui.widgets.text import tooltip


class Where(QObject):
    """Six rows of the panel, in the order of Toggl Plan's task form.

    Signals:
        edited(Edit): Something else was chosen.
        made(Make): Something is to be made and chosen.
    """

    edited = Signal(object)
    made = Signal(object)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        needs = self.tr("Choose a project first")
        self._needs = needs
        self.status = PickField(self.tr("Status"), self.tr("No status"), panel)
        self.people = PickMany(self.tr("Assignees"), self.tr("Assign…"), panel)
        self.project = PickField(self.tr("Project"), self.tr("No project"), panel)
        self.segment = PickField(self.tr("Segment"), self.tr("No segment"), panel)
        self.tags = PickMany(self.tr("Tags"), self.tr("Add a tag…"), panel)
        self.status.picked.connect(self._on_status_picked)
        self.people.changed.connect(self._on_people_changed)
        self.project.picked.connect(self._on_project_picked)
        self.segment.picked.connect(self._on_segment_picked)
        self.tags.changed.connect(self._on_tags_changed)

    def add_status(self, rows: Rows) -> None:
        """Puts the status into the panel."""
        rows.add(self.tr("Status"), self.status)

    def add_rest(self, rows: Rows) -> None:
        """Puts people, project, segment and tags into the panel."""
        rows.add(self.tr("Assignees"), self.people)
        rows.add(self.tr("Project"), self.project)
        rows.add(self.tr("Segment"), self.segment)
        rows.add(self.tr("Tags"), self.tags)

    def show_facts(self, facts: Facts) -> None:
        """Shows what is chosen; without a project there is nothing to choose some things from."""
        task = facts.task
        has_project = task.project is not None
        for field in (self.status, self.segment):
            field.setEnabled(has_project)
            field.setToolTip(tooltip("" if has_project else self._needs))
        self.tags.setEnabled(has_project)
        self.tags.setToolTip(tooltip("" if has_project else self._needs))
        self._fill(self.status, [Choice(s.lid, s.name) for s in facts.statuses], task.status)
        self._fill(self.segment, [Choice(s.lid, s.name) for s in facts.segments], task.segment)
        shown = [p for p in facts.projects if not p.is_archived or p.lid == task.project]
        projects = [Choice(p.lid, p.name, p.color, p.client or "") for p in shown]
        self._fill(self.project, projects, task.project)
        people = [Choice(m.lid, m.name, m.color) for m in facts.members]
        self.people.show_chosen(people, task.members)
        tags = [Choice(t.lid, t.name, t.color) for t in facts.tags]
        self.tags.show_chosen(tags, task.tags)

    def _fill(self, field: PickField, choices: list[Choice], lid: str | None) -> None:
        field.set_choices(choices)
        if not field.is_edited:
            field.show_choice(lid)

    def _edit(self, edit: Edit) -> None:
        self.edited.emit(edit)

    def _make(self, make: Make) -> None:
        self.made.emit(make)

    def _on_status_picked(self, picked: Picked) -> None:
        if picked.new_name:
            self._make(Make("status", picked.new_name))
        else:
            self._edit(Edit.of(status=None if picked.lid is None else StatusId(picked.lid)))

    def _on_project_picked(self, picked: Picked) -> None:
        if picked.new_name:
            self._make(Make("project", picked.new_name))
        else:
            self._edit(Edit.of(project=None if picked.lid is None else ProjectId(picked.lid)))

    def _on_segment_picked(self, picked: Picked) -> None:
        if picked.new_name:
            self._make(Make("segment", picked.new_name))
        else:
            self._edit(Edit.of(segment=None if picked.lid is None else SegmentId(picked.lid)))

    def _on_people_changed(self, change: Added | Removed) -> None:
        if isinstance(change, Removed):
            self._edit(Edit.of(remove_members=(MemberId(change.lid),)))
        elif change.picked.lid is None:
            self._make(Make("member", change.picked.new_name))
        else:
            self._edit(Edit.of(add_members=(MemberId(change.picked.lid),)))

    def _on_tags_changed(self, change: Added | Removed) -> None:
        if isinstance(change, Removed):
            self._edit(Edit.of(remove_tags=(PlanTagId(change.lid),)))
        elif change.picked.lid is None:
            self._make(Make("plan_tag", change.picked.new_name))
        else:
            self._edit(Edit.of(add_tags=(PlanTagId(change.picked.lid),)))
