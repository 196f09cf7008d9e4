"""Sentences and lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from typing import TYPE_CHECKING

from toggl_desktop.domain.instants import day_of
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.words import time_of_day

if TYPE_CHECKING:
    from toggl_desktop.store.read.entries import EntryRow

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ID_CHARACTERS = 8
NAMELESS = "(no description)"


def short_id(lid: str) -> str:
    """Returns the end of a local id: the beginnings of ids made close together are alike."""
    return lid[-ID_CHARACTERS:]


def quoted(description: str) -> str:
    """Returns an entry's text for a sentence."""
    text = one_line(description, 60).strip()
    return f"“{text}”" if text else NAMELESS


def day(of: date) -> str:
    """Returns `Mon 2026-11-23`."""
    return f"{DAYS[of.weekday()]} {of.isoformat()}"


class Clock:
    """Times of day as the person writes them; another day than today is named."""

    def __init__(self, now: int, zone: tzinfo, *, twelve_hours: bool) -> None:
        self._today = day_of(now, zone)
        self._zone = zone
        self._twelve = twelve_hours

    def time(self, at: int) -> str:
        """Returns `9:04`, without the day."""
        return time_of_day(at, self._zone, twelve_hours=self._twelve)

    def at(self, at: int) -> str:
        """Returns `9:04`, `yesterday 9:04` or `Mon 2026-11-23 9:04`."""
        of = day_of(at, self._zone)
        back = (self._today - of).days
        if back == 0:
            return self.time(at)
        return f"{'yesterday' if back == 1 else day(of)} {self.time(at)}"

    def span(self, start: int, stop: int) -> str:
        """Returns `9:04 – 9:46`, with the days where they are not today."""
        same = day_of(start, self._zone) == day_of(stop, self._zone)
        return f"{self.at(start)} – {self.time(stop) if same else self.at(stop)}"


def content(row: EntryRow) -> str:
    """Returns project, client, task, tags and billable mark: `Website (Acme) · #deep · $`."""
    parts = []
    if row.project_name:
        name = row.project_name if row.owner is None else f"{row.project_name} ({row.owner})"
        parts.append(name if row.task_name is None else f"{name}: {row.task_name}")
    parts += [f"#{tag}" for tag in row.tags]
    if row.billable:
        parts.append("$")
    return " · ".join(one_line(part, 80) for part in parts)


def title(row: EntryRow) -> str:
    """Returns `“Wireframes” · Website · #deep`."""
    parts = [quoted(row.description), content(row)]
    return " · ".join(part for part in parts if part)


def columns(rows: Iterable[tuple[str, ...]], right: frozenset[int] = frozenset()) -> list[str]:
    """Returns rows as lines with aligned columns; the last one is as long as it likes.

    Args:
        rows: The cells, already neutral.
        right: Which columns stand to the right.
    """
    table = [tuple(one_line(cell, 2000) for cell in row) for row in rows]
    widths = [max(_width(row[i]) for row in table) for i in range(len(table[0]))] if table else []
    lines = []
    for row in table:
        cells = []
        for place, cell in enumerate(row):
            pad = " " * (widths[place] - _width(cell))
            if place == len(row) - 1 and place not in right:
                cells.append(cell)
            else:
                cells.append(pad + cell if place in right else cell + pad)
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    """Returns how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    width = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Me"}:
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width
