"""One person's card: initials, e-mail, what they can take, whose holidays they keep, time off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.plan import estimate
from toggl_desktop.domain.plan.entities import Member
from toggl_desktop.domain.plan.rows import TimeOffRow
from toggl_desktop.ui.plan.editor.entering import Entered, EnterField
from toggl_desktop.ui.plan.editor.rows import Rows
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

if TYPE_CHECKING:
    from toggl_desktop.ui.plan.editor.people import PeoplePanel


class MemberCard(QWidget):
    """What else there is to a person: initials, e-mail, capacity by weekday, holidays, time off."""

    def __init__(self, panel: "PeoplePanel", member: Member, off: Sequence[TimeOffRow]) -> None:
        super().__init__(panel)
        self._panel = panel
        self.lid = member.lid
        self.initials = EnterField(self.tr("Initials"), self)
        self.initials.show_text(member.initials)
        self.email = EnterField(self.tr("E-mail"), self)
        self.email.show_text(member.email)
        self.holidays = EnterField(self.tr("Public holidays of"), self)
        self.holidays.setPlaceholderText(self.tr("Nobody's: DE, DE-BY, GB-SCT…"))
        self.holidays.show_text(member.holidays)
        capacity = member.capacity or panel.workweek()
        self.capacity = [self._day(place, capacity[place]) for place in range(7)]
        week = QGridLayout()
        week.setSpacing(2)
        for place, field in enumerate(self.capacity):
            name = panel.weekday(place)
            week.addWidget(label(name, role="caption", parent=self), 0, place)
            week.addWidget(field, 1, place)
        rows = Rows()
        rows.add(self.tr("Initials"), self.initials)
        rows.add(self.tr("E-mail"), self.email)
        rows.add(self.tr("Holidays"), self.holidays)
        rows.addWidget(label(self.tr("Can take"), tone="second", parent=self), rows.rowCount(), 0)
        rows.addLayout(week, rows.rowCount() - 1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.huge, 0, 0, SPACE.small)
        whole.addLayout(rows)
        for row in off:
            words = panel.off_words(row)
            whole.addWidget(label(words, role="caption", parent=self))
        self.add_off = QPushButton(icon("plus", "second"), self.tr("Add time off"), self)
        mark(self.add_off, kind="quiet")
        whole.addWidget(self.add_off, 0, Qt.AlignmentFlag.AlignLeft)
        self.initials.entered.connect(self._on_initials_entered)
        self.email.entered.connect(self._on_email_entered)
        self.holidays.entered.connect(self._on_holidays_entered)
        self.add_off.clicked.connect(self._on_add_off_clicked)

    def _day(self, place: int, minutes: int) -> EnterField:
        name = self.tr("Hours on {day}").format(day=self._panel.weekday(place))
        field = EnterField(name, self)
        field.setMinimumWidth(28)
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.setTextMargins(-6, 0, -6, 0)
        field.show_text(f"{minutes / 60:g}")
        field.entered.connect(self._on_capacity_entered)
        return field

    def _on_capacity_entered(self) -> None:
        minutes = []
        for field in self.capacity:
            try:
                minutes.append(estimate.parse_estimate(field.text(), "daily") or 0)
            except KnownError as error:
                field.refuse()
                self._panel.refuse(error)
                return
        self._panel.edit(self.lid, capacity=tuple(minutes))

    def _on_initials_entered(self, entered: Entered) -> None:
        self._panel.edit(self.lid, initials=entered.text.strip())

    def _on_email_entered(self, entered: Entered) -> None:
        self._panel.edit(self.lid, email=entered.text.strip())

    def _on_holidays_entered(self, entered: Entered) -> None:
        if not self._panel.edit(self.lid, holidays=entered.text.strip().upper()):
            self.holidays.refuse()

    def _on_add_off_clicked(self) -> None:
        self._panel.ask_for_time_off(self.lid)
