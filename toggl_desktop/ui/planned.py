"""What tray and palette ask of a plan, if the program has one: what is on now, and what is next."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Planned(NamedTuple):
    """A plan task of today.

    Attributes:
        task: Its local id, for the entry that it starts.
        name: What it is called.
        project: Local id of the Track project it belongs to; None when there is none.
        project_name: That project's name, or the plan's own.
        color: That project's colour.
        note: Why it is offered: `planned today, 12 of 20 h`.
    """

    task: str
    name: str
    project: str | None = None
    project_name: str | None = None
    color: str | None = None
    note: str = ""


class NextMilestone(NamedTuple):
    """The next milestone that is not done."""

    name: str
    day: date
    color: str | None = None


class Glance(NamedTuple):
    """A plan in one look: the tasks of today, likeliest first, and the next milestone."""

    tasks: tuple[Planned, ...] = ()
    milestone: NextMilestone | None = None


PlanGlance = Callable[[date], Glance]
"""Given today's date; may raise `KnownError` when the store cannot be read."""
