"""The menu over tasks: the same on the timeline, on a board and in the taskbox."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.domain.plan.palette import PICKER_ROWS
from toggl_desktop.domain.plan.rows import Bar, Plan
from toggl_desktop.ui.plan.deeds import Deeds
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.tokens import colour_name
from toggl_desktop.ui.widgets.diamond import diamond_icon
from toggl_desktop.ui.widgets.text import menu_text

_MANY: Final = 40
"""A submenu lists so many; more are found in the editor's searchable list."""
_MAIN_COLOURS: Final = 2
"""The column of the picker whose colours the menu offers: the clear ones."""


class TaskMenu(QMenu):
    """What can be done with the selected tasks. What it offers works by key too."""

    def __init__(self, deeds: Deeds, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._lids: tuple[str, ...] = ()
        self.open = self._add("edit", self.tr("Edit…"), "E")
        self.timer = self._add("start", self.tr("Start timer"), "Space")
        self.done = self._add("check", self.tr("Done"), "X")
        self.addSeparator()
        self.status = self.addMenu(self.tr("Status"))
        self.people = self.addMenu(self.tr("Assign"))
        self.project = self.addMenu(self.tr("Project"))
        self.colour = self.addMenu(self.tr("Colour"))
        self.addSeparator()
        self.dates = self._add("calendar", self.tr("Dates…"), "D")
        self.unschedule = self._add("archive", self.tr("Unschedule"), "Shift+U")
        self.shift = self._add("chevron-right", self.tr("Shift everything after…"), "Shift+S")
        self.duplicate = self._add("duplicate", self.tr("Duplicate"), "Ctrl+D")
        self.addSeparator()
        self.delete = self._add("trash", self.tr("Delete"), "Del")
        for menu in (self.status, self.people, self.project, self.colour):
            menu.triggered.connect(self._on_submenu_triggered)
        self.open.triggered.connect(self._on_open_triggered)
        self.timer.triggered.connect(self._on_timer_triggered)
        self.done.triggered.connect(self._on_done_triggered)
        self.dates.triggered.connect(self._on_dates_triggered)
        self.unschedule.triggered.connect(self._on_unschedule_triggered)
        self.duplicate.triggered.connect(self._on_duplicate_triggered)
        self.delete.triggered.connect(self._on_delete_triggered)

    def _add(self, picture: str, words: str, key: str) -> QAction:
        # The key is shown only; whoever has the keyboard does it.
        action = QAction(icon(picture), f"{words}\t{_shown(key)}", self)
        self.addAction(action)
        return action

    @property
    def lids(self) -> tuple[str, ...]:
        """The tasks that it is about."""
        return self._lids

    def open_at(self, place: QPoint, plan: Plan, lids: Sequence[str]) -> None:
        """Opens the menu for tasks."""
        bars = self._deeds.bars(lids)
        if not bars:
            return
        self._lids = tuple(bar.lid for bar in bars)
        is_one = len(bars) == 1
        self.open.setEnabled(is_one)
        self.timer.setEnabled(is_one)
        self.dates.setEnabled(is_one)
        all_done = all(bar.is_done for bar in bars)
        words = self.tr("Not done") if all_done else self.tr("Done")
        self.done.setText(f"{words}\tX")
        self.unschedule.setEnabled(any(bar.start is not None for bar in bars))
        self.shift.setEnabled(is_one and bars[0].start is not None)
        delete = self.tr("Delete")
        if not is_one:
            delete = self.tr("Delete {count} tasks").format(count=len(bars))
        self.delete.setText(f"{delete}\t{_shown('Del')}")
        self._fill_status(plan, bars)
        self._fill_people(plan, bars)
        self._fill_projects(plan, bars)
        self._fill_colours()
        self.popup(place)

    def _fill_status(self, plan: Plan, bars: Sequence[Bar]) -> None:
        projects = {bar.project for bar in bars}
        self.status.clear()
        project = next(iter(projects)) if len(projects) == 1 else None
        self.status.setEnabled(project is not None)
        if project is None:
            return
        now = {bar.status for bar in bars}
        for row in plan.statuses:
            if row.project == project:
                self._choice(self.status, row.name, ("status", row.lid), is_on=now == {row.lid})
        self._choice(self.status, self.tr("No status"), ("status", None), is_on=now == {None})

    def _fill_people(self, plan: Plan, bars: Sequence[Bar]) -> None:
        self.people.clear()
        self.people.setEnabled(bool(plan.members))
        for row in plan.members[:_MANY]:
            have = all(row.lid in bar.members for bar in bars)
            self._choice(self.people, row.name, ("member", row.lid), is_on=have)

    def _fill_projects(self, plan: Plan, bars: Sequence[Bar]) -> None:
        self.project.clear()
        now = {bar.project for bar in bars}
        for row in [p for p in plan.projects if not p.is_archived][:_MANY]:
            made = self._choice(
                self.project, row.name, ("project", row.lid), is_on=now == {row.lid}
            )
            made.setIcon(diamond_icon(row.color))
        self._choice(self.project, self.tr("No project"), ("project", None), is_on=now == {None})

    def _fill_colours(self) -> None:
        if self.colour.isEmpty():
            self._choice(self.colour, self.tr("As the project"), ("colour", None), is_on=None)
            for row in PICKER_ROWS:
                value = row[_MAIN_COLOURS]
                made = self._choice(self.colour, colour_name(value), ("colour", value), is_on=None)
                square = QPixmap(16, 16)
                square.fill(QColor(value))
                made.setIcon(QIcon(square))

    def _choice(
        self, menu: QMenu, words: str, what: tuple[str, Any], *, is_on: bool | None
    ) -> QAction:
        action = menu.addAction(menu_text(words))
        action.setData(what)
        if is_on is not None:
            action.setCheckable(True)
            action.setChecked(is_on)
        return action

    # Doing --------------------------------------------------------------------------------

    def _on_submenu_triggered(self, action: QAction) -> None:
        kind, value = action.data()
        if kind == "status":
            self._deeds.set_status(self._lids, value)
        elif kind == "member":
            self._deeds.toggle_member(self._lids, value)
        elif kind == "project":
            self._deeds.set_project(self._lids, value)
        else:
            self._deeds.set_colour(self._lids, value)

    def _on_open_triggered(self) -> None:
        self._deeds.open_task(self._lids[0])

    def _on_dates_triggered(self) -> None:
        self._deeds.open_task(self._lids[0], "days")

    def _on_timer_triggered(self) -> None:
        self._deeds.start_timer(self._lids)

    def _on_done_triggered(self) -> None:
        self._deeds.toggle_done(self._lids)

    def _on_unschedule_triggered(self) -> None:
        self._deeds.unschedule(self._lids)

    def _on_duplicate_triggered(self) -> None:
        self._deeds.duplicate(self._lids)

    def _on_delete_triggered(self) -> None:
        self._deeds.delete(self._lids)


def _shown(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
