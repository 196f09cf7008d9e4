"""A plan's file as a window takes it: looked at first, then brought in as one step."""

from dataclasses import dataclass
from datetime import UTC, date

from toggl_desktop.actions.plan.exchange import PlanImport, import_plan, plan_import
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan.commands import ImportPlanFile
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import AmbiguousDates, Found, Unreadable
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source

MOST_AT_ONCE = 5000
"""More tasks than this would hold a window up for seconds; the terminal takes them."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would bring: nothing was changed.

    Attributes:
        plan: What an import would do; None while it is not known how dates are written.
        example: A date that can be read in two ways, then.
    """

    plan: PlanImport | None = None
    example: str = ""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of what would come in."""
        if self.plan is None or self.plan.first is None or self.plan.last is None:
            return None
        return date.fromordinal(self.plan.first), date.fromordinal(self.plan.last)


def look(source: Source, command: ImportPlanFile) -> Look:
    """Says what a file would bring.

    Raises:
        RefusedError: It is no table of plan tasks, or a very large one.
    """
    try:
        found = _found(command)
    except AmbiguousDates as error:
        return Look(example=error.example)
    return Look(plan_import(source, found))


def _found(command: ImportPlanFile) -> Found:
    try:
        found = read(command.data, command.name, UTC, None, command.date_order)
    except AmbiguousDates:
        raise
    except Unreadable as error:
        raise RefusedError(f"{error.sentence} Nothing was imported.") from error
    if found.format not in {VIEW, WORKSPACE}:
        raise RefusedError(
            "This file is no table of Toggl Plan's tasks. Nothing was imported; "
            "“toggl-desktop import” in a terminal takes files of time entries."
        )
    if len(found.plan) > MOST_AT_ONCE:
        raise RefusedError(
            f"The file holds {len(found.plan):,} tasks. Nothing was imported; "
            "“toggl-desktop import” in a terminal takes as many."
        )
    return found


def take(store: Store, command: ImportPlanFile, now: Reading) -> ChangeSet:
    """Brings a file in as one step.

    Raises:
        RefusedError: It cannot be read, or has bad lines that are not to be skipped.
        NothingToDoError: Everything is here already.
    """
    try:
        found = _found(command)
    except AmbiguousDates as error:
        raise RefusedError(f"{error.sentence} Nothing was imported.") from error
    name = command.name or "a file"
    return import_plan(store, found, now, name=name, skip_bad=command.skips_bad).changes
