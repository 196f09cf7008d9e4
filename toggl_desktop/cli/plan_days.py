"""Days of a plan as they are typed in a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.plan.dates import parse_day, parse_minute

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context

DAY_HELP = "2026-11-23, today, fri, 3 mar, -7 or +2w"
_SPAN = re.compile(r"([^-–]+?)\s*[-–]\s*([^-–]+)")
_COUNT = re.compile(r"([+-]?)\s*(\d{1,5})\s*(d|w|days?|weeks?)?")


class Days:
    """Reads typed days, counted from the day it is here."""

    def __init__(self, context: Context) -> None:
        self.today = day_of(context.now.wall, context.zone).toordinal()

    def day(self, text: str, *, base: int | None = None) -> int:
        """Returns the day that a text names; `+3` counts from `base`, else from today.

        Raises:
            RefusedError: It is no day.
        """
        found = parse_day(text, self.today, base=base)
        if found is None:
            raise RefusedError(f"“{text}” is not a day. Write {DAY_HELP}. Nothing was changed.")
        return found

    def range(self, since: str | None, until: str | None) -> tuple[int | None, int | None]:
        """Returns the first and the last day that are asked for."""
        low = None if since is None else self.day(since)
        high = None if until is None else self.day(until, base=low)
        if low is not None and high is not None and high < low:
            raise RefusedError(
                "The range ends before it begins. Give the earlier day with --since."
            )
        return low, high

    def count(self, text: str) -> int:
        """Returns how many days `3`, `-1` or `+2w` are."""
        match = _COUNT.fullmatch(text.strip())
        if match is None:
            raise RefusedError(f"“{text}” is no number of days. Write 3, -1 or +2w.")
        days = int(match[2]) * (7 if (match[3] or "").startswith("w") else 1)
        return -days if match[1] == "-" else days

    def times(self, text: str) -> tuple[int | None, int | None]:
        """Returns the minutes of the day that `9-10:30` names; none for an empty text."""
        if not text.strip():
            return None, None
        match = _SPAN.fullmatch(text.strip())
        first = parse_minute(match[1] if match else text)
        last = parse_minute(match[2]) if match else None
        if first is None or (match is not None and last is None):
            raise RefusedError(f"“{text}” is no time of day. Write 9-10:30. Nothing was changed.")
        return first, last
