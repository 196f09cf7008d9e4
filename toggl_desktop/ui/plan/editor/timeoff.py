"""The editor of a member's time off: days, reason, a note."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import MemberId, TimeOffId
from toggl_desktop.domain.plan.commands import AddTimeOff, DeletePlanThing, EditTimeOff
from toggl_desktop.domain.plan.rows import MemberRow, TimeOffRow
from toggl_desktop.store.read import plan
from toggl_desktop.ui.plan.editor.edit import Edit
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.panel import Panel
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.plan.editor.when import Days
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.picking import Choice, Picked, PickField

Reason = Literal["vacation", "sick", "other"]
_REASONS: Final[tuple[Reason, ...]] = ("vacation", "sick", "other")


class TimeOffEditor(Panel):
    """Edits one time off; the name is the person's and is not edited here."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        self._lid: str | None = None
        super().__init__(kit, "", "", parent)
        self.setAccessibleName(self.tr("Time off"))
        self.name.setReadOnly(True)
        self.colour.hide()
        self.done.hide()
        self.days = Days(self.saying, self)
        self.days.clear.hide()
        self.reason = PickField(self.tr("Reason"), "", self, creates=False)
        self.reason.set_choices(self._reasons())
        self.note_field = EnterField(self.tr("Note"), self)
        self.delete = QPushButton(icon("trash", "second"), self.tr("Delete time off"), self)
        mark(self.delete, kind="quiet")
        rows = Rows()
        rows.add(self.tr("From – to"), self.days)
        rows.add(self.tr("Reason"), self.reason)
        rows.add(self.tr("Note"), self.note_field)
        self.fields.addLayout(rows)
        self.fields.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        self.fields.addLayout(foot)
        self.days.edited.connect(self._on_days_edited)
        self.reason.picked.connect(self._on_reason_picked)
        self.note_field.entered.connect(self._on_note_entered)
        self.delete.clicked.connect(self._on_delete_clicked)
        kit.context.bridge.changed.connect(self._on_bridge_changed)

    def _reasons(self) -> list[Choice]:
        words = (self.tr("Vacation"), self.tr("Sick"), self.tr("Other"))
        return [Choice(reason, name) for reason, name in zip(_REASONS, words, strict=True)]

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing to edit."""
        return self._lid is None

    @property
    def lid(self) -> str | None:
        """The time off that is edited."""
        return self._lid

    def add(self, member: str, start: int, end: int) -> bool:
        """Adds time off for a member and shows it; tells whether that was done."""
        changes = self.attempt(AddTimeOff(MemberId(member), start, end))
        made: Sequence[str] = () if changes is None else tuple(changes.ids("time_off"))
        return len(made) == 1 and self.show_time_off(made[0])

    def show_time_off(self, lid: str) -> bool:
        """Shows a time off; tells whether it is there."""
        if lid != self._lid:
            self.finish()
        self._lid = lid
        self.say("")
        self.refresh()
        self.days.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.days.start.selectAll()
        return not self.is_gone

    @override
    def refresh(self) -> None:
        """Shows the time off as it is now; closes when it is not there any more."""
        if self._lid is None:
            return
        source = self.kit.context.source
        try:
            rows = [row for row in plan.time_off(source) if row.lid == self._lid]
            members = plan.members(source)
        except KnownError as error:
            self.refuse(error)
            return
        if not rows:
            self._lid = None
            self.closed.emit()
            return
        self._show(rows[0], members)

    def _show(self, row: TimeOffRow, members: Sequence[MemberRow]) -> None:
        names = {member.lid: member.name for member in members}
        self.name.show_text(
            self.tr("{name} is off").format(name=names.get(row.member, self.tr("Somebody")))
        )
        self.days.show_days(row.start, row.end)
        if not self.reason.is_edited:
            self.reason.show_choice(row.reason)
        self.note_field.offer_text(row.note)

    def edit(self, **fields: Any) -> bool:  # noqa: ANN401 - what a command takes
        """Changes fields at once; tells whether that was done."""
        if self._lid is None:
            return False
        return self.attempt(EditTimeOff(TimeOffId(self._lid), **fields)) is not None

    def _on_days_edited(self, edit: Edit) -> None:
        fields = dict(edit.fields)
        if fields["start"] is None:
            self.refresh()  # time off has days
        else:
            self.edit(**fields)

    def _on_reason_picked(self, picked: Picked) -> None:
        for reason in _REASONS:
            if reason == picked.lid:
                self.edit(reason=reason)

    def _on_note_entered(self, entered: Entered) -> None:
        self.edit(note=entered.text.strip())

    def _on_delete_clicked(self) -> None:
        if self._lid is not None:
            self.attempt(DeletePlanThing("time_off", TimeOffId(self._lid)))

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if self._lid is None or self.isHidden():
            return
        if changes.concerns("time_off", self._lid) or "member" in changes.touched:
            self.refresh()
