"""The menu that chooses people, projects, tags and statuses to look at."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.domain.plan.rows import Plan
from toggl_desktop.ui.widgets.text import menu_text

_MOST: Final = 80


class FilterMenu(QMenu):
    """Each choice is switched on or off by itself; the first line takes all of them back.

    Signals:
        chosen(Filter): Another choice was made.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = Filter()
        self._plan: Plan | None = None
        self.all = self.addAction(self.tr("Show everything"))
        self.all.triggered.connect(self._on_all_triggered)
        self.open = self.addAction(self.tr("Without what is done"))
        self.open.setCheckable(True)
        self.open.triggered.connect(self._on_open_triggered)
        self.addSeparator()
        self._menus = {
            "members": self.addMenu(self.tr("People")),
            "projects": self.addMenu(self.tr("Projects")),
            "tags": self.addMenu(self.tr("Tags")),
            "statuses": self.addMenu(self.tr("Statuses")),
        }
        self.aboutToShow.connect(self._fill)

    def show_filter(self, wanted: Filter, plan: Plan) -> None:
        """Takes what is wanted now, and what there is to choose from."""
        self._wanted, self._plan = wanted, plan

    def _fill(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.all.setEnabled(bool(self._wanted))
        self.open.setChecked(self._wanted.hides_done)
        self._offer("members", [(row.lid, row.name) for row in plan.members])
        open_projects = (row for row in plan.projects if not row.is_archived)
        self._offer("projects", [(row.lid, row.name) for row in open_projects])
        self._offer("tags", _by_name((row.lid, row.name) for row in plan.tags))
        self._offer("statuses", _by_name((row.lid, row.name) for row in plan.statuses))

    def _offer(self, kind: str, names: list[tuple[str, str]]) -> None:
        menu = self._menus[kind]
        menu.clear()
        menu.setEnabled(bool(names))
        chosen: frozenset[str] = getattr(self._wanted, kind)
        seen: dict[str, QAction] = {}
        for lid, name in names:
            if name in seen:  # the same word in several projects is one choice
                seen[name].data()[1].append(lid)
                continue
            if len(seen) >= _MOST:
                break
            action = menu.addAction(menu_text(name))
            action.setCheckable(True)
            action.setData((kind, [lid]))
            action.setChecked(lid in chosen)
            action.triggered.connect(self._on_choice_triggered)
            seen[name] = action

    def _on_choice_triggered(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        kind, lids = action.data()
        chosen: frozenset[str] = getattr(self._wanted, kind)
        changed = chosen.union(lids) if action.isChecked() else chosen.difference(lids)
        values: dict[str, Any] = {kind: changed}
        self._choose(replace(self._wanted, **values))

    def _on_open_triggered(self) -> None:
        self._choose(replace(self._wanted, hides_done=self.open.isChecked()))

    def _on_all_triggered(self) -> None:
        self._choose(Filter())

    def _choose(self, wanted: Filter) -> None:
        self._wanted = wanted
        self.chosen.emit(wanted)


def _by_name(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(names, key=lambda one: one[1].casefold())
