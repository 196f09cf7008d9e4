"""A plan's file as a window takes it: looked at first, then brought in as one step."""

from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import Final

from toggl_desktop.actions.plan.exchange import PlanImport, import_plan, plan_import
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.plan.commands import ImportPlanFile
from toggl_desktop.domain.stopping import Pulse, go_on
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import AmbiguousDates, Found, Unreadable
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source

_LARGEST: Final = 50 * 1024 * 1024
"""More than this no reader takes."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would bring: nothing was changed.

    Attributes:
        command: What was looked at.
        plan: What an import would do; None while it is not known how dates are written.
        example: A date that can be read in two ways, then.
        found: What the file holds, for `take`, which then need not read it again.
    """

    command: ImportPlanFile
    plan: PlanImport | None = None
    example: str = ""
    found: Found | None = field(default=None, repr=False)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of what would come in."""
        if self.plan is None or self.plan.first is None or self.plan.last is None:
            return None
        return date.fromordinal(self.plan.first), date.fromordinal(self.plan.last)


def opened(path: Path) -> ImportPlanFile:
    """Reads a file, as far as any file is read, for `look`.

    Raises:
        RefusedError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        name, reason = one_line(path.name, 120), error.strerror or "it cannot be opened"
        raise RefusedError(f"{name} cannot be read: {reason}. Nothing was imported.") from error
    return ImportPlanFile(data, path.name)


def look(source: Source, command: ImportPlanFile, pulse: Pulse = go_on) -> Look:
    """Says what a file would bring; `pulse` is asked from row to row.

    Raises:
        RefusedError: It is no table of plan tasks.
    """
    try:
        found = _found(command, pulse)
    except AmbiguousDates as error:
        return Look(command, example=error.example)
    return Look(command, plan_import(source, found, pulse), found=found)


def _found(command: ImportPlanFile, pulse: Pulse) -> Found:
    try:
        found = read(command.data, command.name, UTC, None, command.date_order, pulse)
    except AmbiguousDates:
        raise
    except Unreadable as error:
        raise RefusedError(f"{error.sentence} Nothing was imported.") from error
    if found.format not in {VIEW, WORKSPACE}:
        raise RefusedError(
            "This file is no table of Toggl Plan's tasks. Nothing was imported; "
            "“toggl-desktop import” in a terminal takes files of time entries."
        )
    return found


def take(
    store: Store, command: ImportPlanFile, now: Reading, seen: Look | None = None
) -> ChangeSet:
    """Brings a file in as one step.

    `seen` is what a look at the very same command found: neither is the file read again then, nor
    thought through again, unless somebody has written since.

    Raises:
        RefusedError: It cannot be read, or has bad lines that are not to be skipped.
        NothingToDoError: Everything is here already.
    """
    seen = seen or Look(command)
    try:
        found = seen.found or _found(command, store.pulse or go_on)
    except AmbiguousDates as error:
        raise RefusedError(f"{error.sentence} Nothing was imported.") from error
    name = command.name or "a file"
    skips_bad = command.skips_bad
    return import_plan(store, found, now, name=name, skip_bad=skips_bad, plan=seen.plan).changes
