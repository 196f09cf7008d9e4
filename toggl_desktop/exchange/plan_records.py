"""A plan as files tell it: tasks and milestones with names instead of ids. Data only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

VIEW: Final = "csv-plan"
WORKSPACE: Final = "csv-plan-workspace"
"""Toggl Plan's two tables: of a view, with one row a task, and of a workspace, with one row an
assignee."""

ATTACHED: Final = "Attachment: "
LINK: Final = re.compile(r"https?://\S+")
"""How a line of notes begins that keeps the link to a file of Toggl's."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a task is assigned to."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan task as a file tells it; days are ordinals, minutes count from midnight.

    Attributes:
        line: The first line that tells of it.
        key: What the file calls it; the number at Toggl where that is known.
        status: The name of its status; None where it has none.
        estimate_minutes: Work in it: a day, or in all when `is_total`.
        repeat: How it recurs, in the spelling of `domain.plan.repeat`.
        notes: Plain text.
        group: Tasks with the same one are occurrences of one series; 0 for none.
        lid: Its id here, on the way out.
    """

    line: int | None
    name: str
    start: int | None = None
    end: int | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    project: str | None = None
    client: str | None = None
    segment: str | None = None
    status: str | None = None
    is_done: bool = False
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    estimate_minutes: int | None = None
    is_total: bool = False
    repeat: str = ""
    notes: str = ""
    key: str = ""
    group: int = 0
    lid: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """A day that matters; `of` names the project or group it is for."""

    lid: str
    name: str
    day: int
    is_done: bool = False
    is_holiday: bool = False
    of: str | None = None
