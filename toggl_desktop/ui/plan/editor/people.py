"""People and groups: who is in the plan, what they can take, whose holidays they keep."""

from typing import Any, Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.ids import GroupId, MemberId
from toggl_desktop.domain.plan.commands import (
    AddGroup,
    AddMember,
    DeletePlanThing,
    EditGroup,
    EditMember,
)
from toggl_desktop.domain.plan.days import workweek
from toggl_desktop.domain.plan.entities import Member
from toggl_desktop.domain.plan.rows import GroupRow, MemberRow, TimeOffRow
from toggl_desktop.store import tables
from toggl_desktop.store.read import plan
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.lines import Line, weight_between
from toggl_desktop.ui.plan.editor.member import MemberCard
from toggl_desktop.ui.plan.editor.roster import Roster
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.picking import Choice
from toggl_desktop.ui.widgets.picking_many import Added, PickMany, Removed

_KINDS: Final = frozenset({"member", "plan_group", "time_off"})


class PeoplePanel(Roster):
    """Lists people, then groups.

    Signals:
        time_off_wanted(str): Time off is to be added for a member.
    """

    time_off_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, _KINDS, parent)
        self.saying = Saying(kit.context, self)
        self._members: list[MemberRow] = []
        self._groups: list[GroupRow] = []
        self._off: list[TimeOffRow] = []
        self._open: str | None = None
        self._seen: tuple[object, ...] = ()
        self.lines: list[Line] = []
        self.cards: list[QWidget] = []
        self.title.setText(self.tr("People and groups"))
        self.setAccessibleName(self.tr("People and groups"))
        self.add_person = EnterField(self.tr("Add a person"), self)
        self.add_person.setPlaceholderText(self.tr("Add a person…"))
        self.add_group = EnterField(self.tr("Add a group"), self)
        self.add_group.setPlaceholderText(self.tr("Add a group…"))
        self._people_box = self.add_list("", self.add_person)
        self._groups_box = self.add_list(self.tr("Groups"), self.add_group)
        self.inner.addStretch(1)
        self.add_person.entered.connect(self._on_add_person_entered)
        self.add_group.entered.connect(self._on_add_group_entered)

    # Showing ------------------------------------------------------------------------------

    def show_people(self) -> None:
        """Shows everybody, and puts the keyboard into the field for one more."""
        self.read()
        self.add_person.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def read(self) -> None:
        source = self.kit.context.source
        try:
            self._members, self._groups = plan.members(source), plan.groups(source)
            self._off = plan.time_off(source)
        except KnownError as error:
            self.refuse(error)
            return
        self._show()

    def _show(self) -> None:
        """Shows what was read; the keyboard stays on its line."""
        shown = (self._members, self._groups, self._off, self._open)
        if shown == self._seen:
            return
        self._seen = shown
        here = next((line.lid for line in self.lines if line.name.hasFocus()), None)
        self._rebuild()
        for line in self.lines:
            if line.lid == here:
                line.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self) -> None:
        for widget in [*self.lines, *self.cards]:
            for box in (self._people_box, self._groups_box):
                box.removeWidget(widget)
            self.take_away(widget)
        self.lines, self.cards = [], []
        for row in self._members:
            line = self._line(row.lid, row.name, row.color, self._people_box)
            if row.is_placeholder:
                line.name.setPlaceholderText(self.tr("Placeholder"))
            if row.lid == self._open:
                line.more.setChecked(True)
                self._open_member(row.lid)
        for group in self._groups:
            line = self._line(group.lid, group.name, "", self._groups_box)
            line.more.hide()
            who = PickMany(self.tr("People of {name}").format(name=group.name), "", self)
            who.field.setPlaceholderText(self.tr("Add somebody…"))
            who.field.set_creating(creates=False)
            people = [Choice(m.lid, m.name, m.color) for m in self._members]
            who.show_chosen(people, group.members)
            who.setProperty("group", group.lid)
            who.changed.connect(self._on_who_changed)
            self._groups_box.addWidget(who)
            self.cards.append(who)

    def _line(self, lid: str, name: str, color: str, box: QVBoxLayout) -> Line:
        line = self.add_line(lid, name, color, box)
        self.lines.append(line)
        line.more.clicked.connect(self._on_more_clicked)
        return line

    def _open_member(self, lid: str) -> None:
        member = tables.get(self.kit.context.source, Member, lid)
        if member is None or all(m.lid != lid for m in self._members):
            return
        off = [row for row in self._off if row.member == lid]
        card = MemberCard(self, member, off)
        place = next(n for n, m in enumerate(self._members) if m.lid == lid)
        self._people_box.insertWidget(place + 1, card)
        self.cards.append(card)

    def weekday(self, place: int) -> str:
        """Returns a weekday's short name, 0 for Monday."""
        return QLocale().dayName(place + 1, QLocale.FormatType.ShortFormat)

    def workweek(self) -> tuple[int, ...]:
        """Returns the minutes that somebody without figures of their own can take by weekday."""
        return workweek(self.kit.wording.weekend())

    def off_words(self, row: TimeOffRow) -> str:
        """Returns when somebody is off, and why."""
        reasons = {"vacation": self.tr("vacation"), "sick": self.tr("sick")}
        reason = reasons.get(row.reason, self.tr("off"))
        parts = [self.saying.span(row.start, row.end), reason, row.note]
        return " · ".join(part for part in parts if part)

    # Doing --------------------------------------------------------------------------------

    def edit(self, lid: str, **fields: Any) -> bool:  # noqa: ANN401 - what a command takes
        """Changes a person."""
        return self.do(EditMember(MemberId(lid), **fields))

    def ask_for_time_off(self, member: str) -> None:
        """Asks for time off to be added."""
        self.time_off_wanted.emit(member)

    def _is_group(self, lid: str) -> bool:
        return any(group.lid == lid for group in self._groups)

    @override
    def rename(self, line: Line, name: str) -> bool:
        if self._is_group(line.lid):
            return self.do(EditGroup(GroupId(line.lid), name=name))
        return self.edit(line.lid, name=name)

    @override
    def move_line(self, line: Line, by: int) -> None:
        if self._is_group(line.lid):
            place = next(n for n, g in enumerate(self._groups) if g.lid == line.lid)
            if 0 <= place + by < len(self._groups):
                self.do(EditGroup(GroupId(line.lid), position=place + by))
        else:
            weight = weight_between(self._members, line.lid, by)
            if weight is not None:
                self.edit(line.lid, weight=weight)
        self.read()

    @override
    def paint_line(self, line: Line, colour: str) -> None:
        self.edit(line.lid, color=colour)

    @override
    def drop(self, line: Line) -> None:
        if self._is_group(line.lid):
            self.do(DeletePlanThing("plan_group", GroupId(line.lid)))
        else:
            self.do(DeletePlanThing("member", MemberId(line.lid)))

    def _on_more_clicked(self) -> None:
        line = self.sender_line()
        if line is not None:
            self._open = None if self._open == line.lid else line.lid
            self._show()

    def _on_add_person_entered(self, entered: Entered) -> None:
        self.add_person.show_text("")
        text = entered.text.strip()
        if text:
            name, at, _ = text.partition("@")
            self.do(AddMember(name or text, email=text if at else ""))

    def _on_add_group_entered(self, entered: Entered) -> None:
        self.add_group.show_text("")
        if entered.text.strip():
            self.do(AddGroup(entered.text.strip()))

    def _on_who_changed(self, change: Added | Removed) -> None:
        sender = self.sender()
        lid = sender.property("group") if isinstance(sender, PickMany) else None
        group = next((g for g in self._groups if g.lid == lid), None)
        if group is None:
            return
        members = list(group.members)
        if isinstance(change, Removed):
            members.remove(change.lid)
        elif change.picked.lid is not None:
            members.append(change.picked.lid)
        self.do(EditGroup(GroupId(group.lid), members=tuple(map(MemberId, members))))
