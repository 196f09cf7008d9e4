"""The plan in one look, for tray and palette: what is planned for today, and what is next."""

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication

from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.store.read import plan as reading
from toggl_desktop.store.source import Source
from toggl_desktop.ui.planned import Glance, NextMilestone, Planned

_MOST: Final = 20


class PlanLook:
    """Looks into the plan of a day; reads nothing but that day."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, today: date) -> Glance:
        """Returns what is planned for a day and not done, and the next milestone."""
        day = today.toordinal()
        bars = reading.on_day(self._source, day)[:_MOST]
        wanted = {bar.project for bar in bars}
        names = {}
        if wanted - {None}:
            names = {row.lid: row for row in reading.projects(self._source) if row.lid in wanted}
        row = reading.next_milestone(self._source, day)
        milestone = None
        if row is not None:
            name = one_line(row.name)
            milestone = NextMilestone(name, date.fromordinal(row.day), row.color)
        tasks = []
        for bar in bars:
            project = names.get(bar.project or "")
            tasks.append(
                Planned(
                    bar.lid,
                    bar.name,
                    bar.project,
                    None if project is None else project.name,
                    None if project is None else project.color,
                    _note(bar),
                )
            )
        return Glance(tuple(tasks), milestone)


def _note(bar: Bar) -> str:
    if not bar.daily_minutes:
        return QCoreApplication.translate("PlanLook", "planned today")
    hours = f"{bar.daily_minutes / 60:.1f}".removesuffix(".0")
    return QCoreApplication.translate("PlanLook", "planned today, {hours} h").format(hours=hours)
