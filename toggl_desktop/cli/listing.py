"""`entries`: recorded time, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option
from toggl_desktop.cli.moments import Moments
from toggl_desktop.cli.words import NAMELESS, Clock, columns, content, day, short_id
from toggl_desktop.domain.instants import day_bounds, day_of, days_between, seconds_within
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.words import short
from toggl_desktop.store.read import catalog, entries

if TYPE_CHECKING:
    from datetime import date

    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.store.source import Source

DAYS = 14


def wanted(context: Context, given: Given, source: Source, *, back: int | None) -> entries.Wanted:
    """Returns which entries the options ask for.

    Args:
        context: Where and when.
        given: The options `since`, `until`, `all`, `project`, `search`.
        source: Where project names are looked up.
        back: How many days where no range is given; None means all.
    """
    since, until = given.value("since"), given.value("until")
    if given.has("all") and (since or until):
        raise given.usage("“--all” and a range do not go together.")
    low, high = Moments(context).days(since, until, back=None if given.has("all") else back)
    name = given.value("project")
    projects = None
    if name is not None:
        found = catalog.named(source, "project", name)
        if not found:
            from toggl_desktop.cli.lines import lid

            lid(source, "project", name)  # says which names are near
        projects = tuple(project for project, _ in found)
    return entries.Wanted(low, high, projects, given.value("search") or "")


def within(source: Source, which: entries.Wanted, now: int) -> list[EntryRow]:
    """Returns the entries asked for; what runs reaches up to now, not into days to come."""
    found = entries.find(source, which)
    return [r for r in found if r.stop is not None or which.low is None or which.low <= now]


RANGE = (
    Option("since", "the first day: 2026-11-23, today, yesterday, -7 (days back)", "DAY"),
    Option("until", "the last day, itself included", "DAY"),
    Option("all", "everything there is"),
    Option("project", "only this project", "NAME", "p", completes="project"),
    Option("search", "only with all these words in text, project, client or tags", "WORDS"),
)


def _entries(context: Context, given: Given) -> None:
    now = context.now.wall
    with context.reading() as source:
        which = wanted(context, given, source, back=DAYS)
        found = within(source, which, now)
        if given.has("json"):
            context.output.json_list([shapes.entry(row, now) for row in found])
            return
        lines = _Lines(context, which)
        for line in lines.of(found):
            context.output.line(line)


class _Lines:
    """Entries by day; one across midnight stands in both days, each with its part."""

    def __init__(self, context: Context, which: entries.Wanted) -> None:
        self._now, self._zone, self._which = context.now.wall, context.zone, which
        self._times = Clock(self._now, self._zone, twelve_hours=context.twelve_hours())

    def of(self, found: list[EntryRow]) -> list[str]:
        if not found:
            return ["There are no such entries."]
        by_day: dict[date, list[EntryRow]] = {}
        for row in found:
            for of in days_between(row.start, self._end(row), self._zone):
                if self._is_asked_for(of):
                    by_day.setdefault(of, []).append(row)
        cells: list[tuple[str, ...]] = []
        heads: dict[int, str] = {}
        total = 0
        for of in sorted(by_day, reverse=True):
            seconds = sum(self._within(row, of) for row in by_day[of])
            total += seconds
            heads[len(cells)] = f"{day(of)}  {short(seconds)}"
            cells += [self._cells(row, of) for row in by_day[of]]
        lines: list[str] = []
        for place, line in enumerate(columns(cells, frozenset({1, 2, 3}))):
            if place in heads:
                lines += ["", heads[place]] if lines else [heads[place]]
            lines.append(f"  {line}")
        count = f"{len(found)} {'entry' if len(found) == 1 else 'entries'}"
        return [*lines, "", f"{count}, {short(total)}"]

    def _end(self, row: EntryRow) -> int:
        return max(row.start + 1, self._now if row.stop is None else row.stop)

    def _is_asked_for(self, of: date) -> bool:
        low, high = day_bounds(of, self._zone)
        is_late = self._which.low is None or high > self._which.low
        return is_late and (self._which.high is None or low < self._which.high)

    def _within(self, row: EntryRow, of: date) -> int:
        low, high = day_bounds(of, self._zone)
        end = self._now if row.stop is None else row.stop
        return seconds_within(row.start, max(row.start, end), low, high)

    def _cells(self, row: EntryRow, of: date) -> tuple[str, ...]:
        start = self._times.time(row.start) if day_of(row.start, self._zone) == of else "…"
        stop = "now"
        if row.stop is not None:
            ends_here = day_of(self._end(row) - 1, self._zone) == of
            stop = self._times.time(row.stop) if ends_here else "…"
        mark = {"unsent": " (unsent)", "problem": " (needs you)"}.get(row.sync, "")
        text = " · ".join(part for part in (one_line(row.description), content(row)) if part)
        return (
            short_id(row.lid),
            start,
            f"– {stop}",
            short(self._within(row, of)),
            (text or NAMELESS) + mark,
        )


COMMANDS = (
    Command(
        "entries",
        "lists entries, newest first; without a range the last 14 days",
        _entries,
        options=(*RANGE, JSON),
        details="Days are your local days. An entry across midnight stands in both.",
    ),
)
