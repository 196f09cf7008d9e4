"""People and groups: who is in the plan, what they can take, whose holidays they keep."""

from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.errors import KnownError, NothingToDoError
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
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.performer import Kit
from toggl_desktop.ui.widgets.picking import Choice
from toggl_desktop.ui.widgets.picking_many import Added, PickMany, Removed
from toggl_desktop.ui.widgets.text import label

_KINDS: Final = frozenset({"member", "plan_group", "time_off"})


class PeoplePanel(QFrame):
    """Lists people, then groups; everything entered is done at once.

    Signals:
        closed(): There is nothing more to do here.
        time_off_wanted(str): Time off is to be added for a member.
    """

    closed = Signal()
    time_off_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.saying = Saying(kit.context, self)
        self._members: list[MemberRow] = []
        self._groups: list[GroupRow] = []
        self._off: list[TimeOffRow] = []
        self._open: str | None = None
        self._shown: tuple[object, ...] = ()
        self.lines: list[Line] = []
        self.cards: list[QWidget] = []
        self.setAccessibleName(self.tr("People and groups"))
        mark(self, kind="side")
        self._build()
        self.add_person.entered.connect(self._on_add_person_entered)
        self.add_group.entered.connect(self._on_add_group_entered)
        self.away.clicked.connect(self.close_panel)
        kit.context.bridge.changed.connect(self._on_bridge_changed)

    def _build(self) -> None:
        self.away = QToolButton(self)
        self.away.setIcon(icon("close", "second"))
        self.away.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self.away.setAccessibleName(self.tr("Close"))
        self.note = label(role="caption", tone="problem", wraps=True, parent=self)
        self.note.hide()
        self.add_person = EnterField(self.tr("Add a person"), self)
        self.add_person.setPlaceholderText(self.tr("Add a person…"))
        self.add_group = EnterField(self.tr("Add a group"), self)
        self.add_group.setPlaceholderText(self.tr("Add a group…"))
        head = QHBoxLayout()
        head.setContentsMargins(SPACE.large, SPACE.small, SPACE.small, 0)
        head.addWidget(label(self.tr("People and groups"), role="emphasis", parent=self), 1)
        head.addWidget(self.away)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget(area)
        area.setWidget(body)
        self._people_box, self._groups_box = QVBoxLayout(), QVBoxLayout()
        for box in (self._people_box, self._groups_box):
            box.setSpacing(0)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.medium)
        inner.setSpacing(SPACE.small)
        inner.addLayout(self._people_box)
        inner.addWidget(self.add_person)
        inner.addSpacing(SPACE.medium)
        inner.addWidget(label(self.tr("Groups"), role="strong", parent=body))
        inner.addLayout(self._groups_box)
        inner.addWidget(self.add_group)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addLayout(head)
        whole.addWidget(self.note)
        whole.addWidget(area, 1)

    # Showing ------------------------------------------------------------------------------

    def show_people(self) -> None:
        """Shows everybody, and puts the keyboard into the field for one more."""
        self._read()
        self.add_person.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        source = self._kit.context.source
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
        if shown == self._shown:
            return
        self._shown = shown
        here = next((line.lid for line in self.lines if line.name.hasFocus()), None)
        self._rebuild()
        for line in self.lines:
            if line.lid == here:
                line.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self) -> None:
        for widget in [*self.lines, *self.cards]:
            for box in (self._people_box, self._groups_box):
                box.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.lines, self.cards = [], []
        for row in self._members:
            line = self._line(row.lid, row.name, self._people_box)
            line.colour.show_colour(row.color)
            line.colour.colour_chosen.connect(self._on_colour_chosen)
            if row.is_placeholder:
                line.name.setPlaceholderText(self.tr("Placeholder"))
            if row.lid == self._open:
                line.more.setChecked(True)
                self._open_member(row.lid)
        for group in self._groups:
            line = self._line(group.lid, group.name, self._groups_box)
            line.colour.hide()
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

    def _line(self, lid: str, name: str, box: QVBoxLayout) -> Line:
        line = Line(lid, name, self)
        box.addWidget(line)
        self.lines.append(line)
        line.name.entered.connect(self._on_name_entered)
        line.name.move_wanted.connect(self._on_name_move_wanted)
        line.more.clicked.connect(self._on_more_clicked)
        line.drop.clicked.connect(self._on_drop_clicked)
        return line

    def _open_member(self, lid: str) -> None:
        member = tables.get(self._kit.context.source, Member, lid)
        if member is None or all(m.lid != lid for m in self._members):
            return
        off = [row for row in self._off if row.member == lid]
        card = MemberCard(self, member, off)
        place = next(n for n, m in enumerate(self._members) if m.lid == lid)
        self._people_box.insertWidget(place + 1, card)
        self.cards.append(card)

    def weekday(self, place: int) -> str:
        """Returns a weekday's short name, 0 for Monday."""
        from PySide6.QtCore import QLocale

        return QLocale().dayName(place + 1, QLocale.FormatType.ShortFormat)

    def workweek(self) -> tuple[int, ...]:
        """Returns the minutes that somebody without figures of their own can take by weekday."""
        return workweek(self._kit.wording.weekend())

    def off_words(self, row: TimeOffRow) -> str:
        """Returns when somebody is off, and why."""
        reasons = {"vacation": self.tr("vacation"), "sick": self.tr("sick")}
        reason = reasons.get(row.reason, self.tr("off"))
        parts = [self.saying.span(row.start, row.end), reason, row.note]
        return " · ".join(part for part in parts if part)

    # Doing --------------------------------------------------------------------------------

    def refuse(self, error: KnownError) -> None:
        """Says why something was not done."""
        self.note.setText(error.sentence)
        self.note.show()

    def _do(self, command: object) -> bool:
        outcome = self._kit.context.perform(command)
        if outcome.error is not None and not isinstance(outcome.error, NothingToDoError):
            self.refuse(outcome.error)
            return False
        self.note.hide()
        if outcome.error is None:
            self._kit.performer.hear(command, outcome)
        return True

    def edit(self, lid: str, **fields: Any) -> bool:  # noqa: ANN401 - what a command takes
        """Changes a person."""
        return self._do(EditMember(MemberId(lid), **fields))

    def ask_for_time_off(self, member: str) -> None:
        """Asks for time off to be added."""
        self.time_off_wanted.emit(member)

    def _sender_line(self) -> Line | None:
        sender = self.sender()
        found = sender.parent() if isinstance(sender, QWidget) else None
        return found if isinstance(found, Line) else None

    def _is_group(self, lid: str) -> bool:
        return any(group.lid == lid for group in self._groups)

    def _on_name_entered(self, entered: Entered) -> None:
        line = self._sender_line()
        if line is None:
            return
        if self._is_group(line.lid):
            is_done = self._do(EditGroup(GroupId(line.lid), name=entered.text))
        else:
            is_done = self.edit(line.lid, name=entered.text)
        if not is_done:
            line.name.refuse()

    def _on_name_move_wanted(self, by: int) -> None:
        line = self._sender_line()
        if line is None:
            return
        if self._is_group(line.lid):
            place = next(n for n, g in enumerate(self._groups) if g.lid == line.lid)
            if 0 <= place + by < len(self._groups):
                self._do(EditGroup(GroupId(line.lid), position=place + by))
        else:
            weight = weight_between(self._members, line.lid, by)
            if weight is not None:
                self.edit(line.lid, weight=weight)
        self._read()

    def _on_more_clicked(self) -> None:
        line = self._sender_line()
        if line is not None:
            self._open = None if self._open == line.lid else line.lid
            self._show()

    def _on_drop_clicked(self) -> None:
        line = self._sender_line()
        if line is None:
            return
        if self._is_group(line.lid):
            self._do(DeletePlanThing("plan_group", GroupId(line.lid)))
        else:
            self._do(DeletePlanThing("member", MemberId(line.lid)))

    def _on_colour_chosen(self, colour: str | None) -> None:
        line = self._sender_line()
        if line is not None and colour is not None:
            self.edit(line.lid, color=colour)

    def _on_add_person_entered(self, entered: Entered) -> None:
        self.add_person.show_text("")
        text = entered.text.strip()
        if text:
            name, at, _ = text.partition("@")
            self._do(AddMember(name or text, email=text if at else ""))

    def _on_add_group_entered(self, entered: Entered) -> None:
        self.add_group.show_text("")
        if entered.text.strip():
            self._do(AddGroup(entered.text.strip()))

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
        self._do(EditGroup(GroupId(group.lid), members=tuple(map(MemberId, members))))

    def close_panel(self) -> None:
        """Closes."""
        self.closed.emit()

    def _on_bridge_changed(self, changes: ChangeSet) -> None:
        if not self.isHidden() and _KINDS & changes.touched.keys():
            self._read()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)
