"""Times as they are typed in a terminal, and what the night of a clock change makes of them."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import (
    day_of,
    instant,
    is_repeated,
    is_skipped,
    local,
    range_bounds,
    resolve,
)
from toggl_desktop.domain.moments import first_after, parse_clock, parse_day, parse_moment

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context

_OFFSET = re.compile(r"(z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
TIME_HELP = "14:20, 8:30pm, -10m, “yesterday 14:20” or 2026-11-23T14:20:00Z"


class Moments:
    """Reads typed times and remembers what has to be said about them."""

    def __init__(self, context: Context) -> None:
        self._now = context.now.wall
        self._zone = context.zone
        self.notes: list[str] = []

    def at(self, text: str, *, after: int | None = None, on: int | None = None) -> int:
        """Returns the instant that a typed time means.

        Args:
            text: What was typed.
            after: The start it is the stop of: a clock time then is the first one after it.
            on: An instant of the day a clock time belongs to; without it the latest one counts.

        Raises:
            RefusedError: It is no time.
        """
        clock = parse_clock(text.strip().lstrip("@"))
        if clock is not None and after is not None:
            at = first_after(clock, after, self._zone)
            self._refuse_tomorrow(text, at, after)
        elif clock is not None and on is not None:
            at = resolve(day_of(on, self._zone), clock, self._zone)
        else:
            at = parse_moment(text, self._now, self._zone, after=after)
        self._mind_the_change(text, at)
        return at

    def _refuse_tomorrow(self, text: str, at: int, after: int) -> None:
        """A stop before the start is far more often a slip than an entry that ends tomorrow."""
        if at > self._now and day_of(at, self._zone) != day_of(after, self._zone):
            raise RefusedError(
                f"“{text}” would be on {day_of(at, self._zone)}, after the start. Nothing was "
                "changed; write the day too if that is meant."
            )

    def _mind_the_change(self, text: str, at: int) -> None:
        """Notes when the typed clock time does not exist on that day, or exists twice."""
        clean = text.strip().lstrip("@")
        if _OFFSET.search(clean) and not re.fullmatch(r"[+-].*", clean):
            return
        clock = parse_clock(clean) or parse_clock(re.split("[ Tt]", clean)[-1], compact=False)
        if clock is None:
            return
        shown = local(at, self._zone)
        day = shown.date()
        if is_skipped(day, clock, self._zone):
            self.notes.append(
                f"{clock:%H:%M} is skipped by the clock change of {day}; {shown:%H:%M} was taken."
            )
        elif is_repeated(day, clock, self._zone):
            other = instant(shown.replace(fold=1 - shown.fold))
            which = "first" if shown.fold == 0 else "second"
            self.notes.append(
                f"{clock:%H:%M} comes twice on {day}; the {which} was taken "
                f"(the other one is {local(other, self._zone).isoformat(timespec='minutes')})."
            )

    def day(self, text: str) -> date:
        """Returns the day that `2026-11-23`, `today`, `yesterday` or `-3` means."""
        found = parse_day(text, day_of(self._now, self._zone))
        if found is None:
            raise RefusedError(
                f"“{text}” is not a day. Write 2026-11-23, today, yesterday or -3 (days back)."
            )
        return found

    def days(
        self, since: str | None, until: str | None, *, back: int | None
    ) -> tuple[int | None, int | None]:
        """Returns the bounds of local days, both inclusive.

        Args:
            since: The first day as typed.
            until: The last day as typed.
            back: How many days, today included, where neither was typed; None means all.
        """
        today = day_of(self._now, self._zone)
        if since is None and until is None:
            if back is None:
                return None, None
            return range_bounds(today - timedelta(days=back - 1), today, self._zone)[0], None
        first = None if since is None else self.day(since)
        last = None if until is None else self.day(until)
        if first is not None and last is not None and last < first:
            raise RefusedError(f"{last} is before {first}. Give the earlier day with --since.")
        low = None if first is None else resolve(first, time(), self._zone)
        high = None if last is None else resolve(last + timedelta(days=1), time(), self._zone)
        return low, high
