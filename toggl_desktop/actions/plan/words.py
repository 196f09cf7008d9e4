"""What steps about a plan are called."""

from collections.abc import Sequence
from typing import Protocol

_LONGEST = 40
OF_SERIES = {"following": "and the following", "all": "and all like it"}
"""What a step's name says of the other occurrences that it took along."""


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """Its name."""


def called(thing: Named) -> str:
    """Returns the name in quotation marks, cut where it is long."""
    name = thing.name
    return f"“{name}”" if len(name) <= _LONGEST else f"“{name[: _LONGEST - 1]}…”"


def about(things: Sequence[Named], noun: str = "plan task") -> str:
    """Returns `“API”` for one thing and `3 plan tasks` for several."""
    return called(things[0]) if len(things) == 1 else f"{len(things)} {noun}s"


def days(count: int) -> str:
    """Returns `1 day` or `-3 days`."""
    return f"{count} day" if abs(count) == 1 else f"{count} days"
