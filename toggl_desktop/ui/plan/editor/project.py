"""One project's segments and tags: added, renamed, put in order, coloured, deleted."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError, NothingToDoError
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
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.text import label

_KINDS = frozenset({"segment", "plan_tag", "project"})


class ProjectPanel(QFrame):
    """Lists segments, then tags; everything entered is done at once.

    Signals:
        closed(): There is nothing more to do here.
    """

    closed = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._project: str | None = None
        self._segments: Sequence[SegmentRow] = ()
        self._tags: Sequence[PlanTagRow] = ()
        self.segments: list[Line] = []
        self.tags: list[Line] = []
        mark(self, kind="side")
        self._build()
        self.add_segment.entered.connect(self._on_add_segment_entered)
        self.add_tag.entered.connect(self._on_add_tag_entered)
        self.away.clicked.connect(self.close_panel)
        kit.context.bridge.changed.connect(self._on_bridge_changed)

    def _build(self) -> None:
        self.title = label(role="emphasis", elided=True, parent=self)
        self.away = QToolButton(self)
        self.away.setIcon(icon("close", "second"))
        self.away.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.away.setAccessibleName(self.tr("Close"))
        self.note = label(role="caption", tone="problem", wraps=True, parent=self)
        self.note.hide()
        self.add_segment = EnterField(self.tr("Add a segment"), self)
        self.add_segment.setPlaceholderText(self.tr("Add a segment…"))
        self.add_tag = EnterField(self.tr("Add a tag"), self)
        self.add_tag.setPlaceholderText(self.tr("Add a tag…"))
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.large, SPACE.small, SPACE.small, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.away)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(area)
        area.setWidget(body)
        self._segment_box, self._tag_box = QVBoxLayout(), QVBoxLayout()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.medium)
        inner.setSpacing(SPACE.small)
        for words, box, field in (
            (self.tr("Segments"), self._segment_box, self.add_segment),
            (self.tr("Tags"), self._tag_box, self.add_tag),
        ):
            box.setSpacing(0)
            inner.addWidget(label(words, role="strong", parent=body))
            inner.addLayout(box)
            inner.addWidget(field)
            inner.addSpacing(SPACE.medium)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(head)
        whole.addWidget(self.note)
        whole.addWidget(area, 1)

    # Showing ------------------------------------------------------------------------------

    def show_project(self, lid: str) -> None:
        """Shows a project, and puts the keyboard into the field for one more segment."""
        self._project = lid
        self._segments = self._tags = ()
        self._read()
        self.add_segment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        source = self._kit.context.source
        try:
            names = {p.lid: p.name for p in plan.projects(source)}
            segments = [s for s in plan.segments(source) if s.project == self._project]
            tags = [t for t in plan.tags(source) if t.project == self._project]
        except KnownError as error:
            self._refuse(error)
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
            line.hide()
            line.deleteLater()
        made = []
        for lid, name, color in rows:
            line = Line(lid, name, self)
            line.more.hide()
            line.colour.setVisible(bool(color))
            if color:
                line.colour.show_colour(color)
                line.colour.colour_chosen.connect(self._on_colour_chosen)
            box.addWidget(line)
            line.name.entered.connect(self._on_name_entered)
            line.name.move_wanted.connect(self._on_name_move_wanted)
            line.drop.clicked.connect(self._on_drop_clicked)
            made.append(line)
            if lid == here:
                line.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return made

    # Doing --------------------------------------------------------------------------------

    def _refuse(self, error: KnownError) -> None:
        self.note.setText(error.sentence)
        self.note.show()

    def _do(self, command: object) -> bool:
        outcome = self._kit.context.perform(command)
        if outcome.error is not None and not isinstance(outcome.error, NothingToDoError):
            self._refuse(outcome.error)
            return False
        self.note.hide()
        if outcome.error is None:
            self._kit.performer.hear(command, outcome)
        return True

    def _sender_line(self) -> Line | None:
        sender = self.sender()
        found = sender.parent() if isinstance(sender, QWidget) else None
        return found if isinstance(found, Line) else None

    def _on_name_entered(self, entered: Entered) -> None:
        line = self._sender_line()
        if line is None:
            return
        if line in self.tags:
            is_done = self._do(EditPlanTag(PlanTagId(line.lid), name=entered.text))
        else:
            is_done = self._do(EditSegment(SegmentId(line.lid), name=entered.text))
        if not is_done:
            line.name.refuse()

    def _on_name_move_wanted(self, by: int) -> None:
        line = self._sender_line()
        lids = [row.lid for row in self._segments]
        if line is not None and line.lid in lids:
            there = lids.index(line.lid) + by
            if 0 <= there < len(lids):
                self._do(EditSegment(SegmentId(line.lid), position=there))

    def _on_colour_chosen(self, colour: str | None) -> None:
        line = self._sender_line()
        if line is not None and colour is not None:
            self._do(EditPlanTag(PlanTagId(line.lid), color=colour))

    def _on_drop_clicked(self) -> None:
        line = self._sender_line()
        if line is None:
            return
        if line in self.tags:
            self._do(DeletePlanThing("plan_tag", PlanTagId(line.lid)))
        else:
            self._do(DeletePlanThing("segment", SegmentId(line.lid)))

    def _on_add_segment_entered(self, entered: Entered) -> None:
        self.add_segment.show_text("")
        if entered.text.strip() and self._project is not None:
            self._do(AddSegment(entered.text.strip(), ProjectId(self._project)))

    def _on_add_tag_entered(self, entered: Entered) -> None:
        self.add_tag.show_text("")
        if entered.text.strip() and self._project is not None:
            self._do(AddPlanTag(entered.text.strip(), ProjectId(self._project)))

    def close_panel(self) -> None:
        """Closes."""
        self.closed.emit()

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if not self.isHidden() and self._project is not None and _KINDS & changes.touched.keys():
            self._read()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)
