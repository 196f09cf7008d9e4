"""One project's segments and tags: added, renamed, put in order, coloured, deleted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import PlanTagId, ProjectId, SegmentId
from toggl_desktop.domain.plan.commands import (
    AddPlanTag,
    AddSegment,
    DeletePlanThing,
    EditPlanTag,
    EditSegment,
)
from toggl_desktop.domain.plan.rows import PlanTagRow, SegmentRow
from toggl_desktop.store.read import plan
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.lines import Line
from toggl_desktop.ui.plan.editor.roster import Roster
from toggl_desktop.ui.timer.performer import Kit

_KINDS = frozenset({"segment", "plan_tag", "project"})


class ProjectPanel(Roster):
    """Lists segments, then tags."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, _KINDS, parent)
        self._project: str | None = None
        self._segments: Sequence[SegmentRow] = ()
        self._tags: Sequence[PlanTagRow] = ()
        self.segments: list[Line] = []
        self.tags: list[Line] = []
        self.add_segment = EnterField(self.tr("Add a segment"), self)
        self.add_segment.setPlaceholderText(self.tr("Add a segment…"))
        self.add_tag = EnterField(self.tr("Add a tag"), self)
        self.add_tag.setPlaceholderText(self.tr("Add a tag…"))
        self._segment_box = self.add_list(self.tr("Segments"), self.add_segment)
        self._tag_box = self.add_list(self.tr("Tags"), self.add_tag)
        self.inner.addStretch(1)
        self.add_segment.entered.connect(self._on_add_segment_entered)
        self.add_tag.entered.connect(self._on_add_tag_entered)

    # Showing ------------------------------------------------------------------------------

    def show_project(self, lid: str) -> None:
        """Shows a project, and puts the keyboard into the field for one more segment."""
        self._project = lid
        self._segments = self._tags = ()
        self.read()
        self.add_segment.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def read(self) -> None:
        if self._project is None:
            return
        source = self.kit.context.source
        try:
            names = {p.lid: p.name for p in plan.projects(source)}
            segments = [s for s in plan.segments(source) if s.project == self._project]
            tags = [t for t in plan.tags(source) if t.project == self._project]
        except KnownError as error:
            self.refuse(error)
            return
        if self._project not in names:
            self.close_panel()
            return
        self.title.setText(names[self._project])
        self.setAccessibleName(names[self._project])
        if segments != self._segments:
            self._segments = segments
            rows = [(row.lid, row.name, "") for row in segments]
            self.segments = self._shown(self.segments, rows, self._segment_box)
        if tags != self._tags:
            self._tags = tags
            rows = [(row.lid, row.name, row.color) for row in tags]
            self.tags = self._shown(self.tags, rows, self._tag_box)

    def _shown(
        self, old: list[Line], rows: Sequence[tuple[str, str, str]], box: QVBoxLayout
    ) -> list[Line]:
        """Returns new lines in place of old ones; the keyboard stays on its line."""
        here = next((line.lid for line in old if line.name.hasFocus()), None)
        for line in old:
            box.removeWidget(line)
            self.take_away(line)
        made = []
        for lid, name, color in rows:
            line = self.add_line(lid, name, color, box)
            line.more.hide()
            made.append(line)
            if lid == here:
                line.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return made

    # Doing --------------------------------------------------------------------------------

    @override
    def rename(self, line: Line, name: str) -> bool:
        if line in self.tags:
            return self.do(EditPlanTag(PlanTagId(line.lid), name=name))
        return self.do(EditSegment(SegmentId(line.lid), name=name))

    @override
    def move_line(self, line: Line, by: int) -> None:
        lids = [row.lid for row in self._segments]
        if line.lid in lids:
            there = lids.index(line.lid) + by
            if 0 <= there < len(lids):
                self.do(EditSegment(SegmentId(line.lid), position=there))

    @override
    def paint_line(self, line: Line, colour: str) -> None:
        self.do(EditPlanTag(PlanTagId(line.lid), color=colour))

    @override
    def drop(self, line: Line) -> None:
        if line in self.tags:
            self.do(DeletePlanThing("plan_tag", PlanTagId(line.lid)))
        else:
            self.do(DeletePlanThing("segment", SegmentId(line.lid)))

    def _on_add_segment_entered(self, entered: Entered) -> None:
        self.add_segment.show_text("")
        if entered.text.strip() and self._project is not None:
            self.do(AddSegment(entered.text.strip(), ProjectId(self._project)))

    def _on_add_tag_entered(self, entered: Entered) -> None:
        self.add_tag.show_text("")
        if entered.text.strip() and self._project is not None:
            self.do(AddPlanTag(entered.text.strip(), ProjectId(self._project)))
