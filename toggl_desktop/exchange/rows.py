"""Delimited text to rows with their line numbers; a broken quote costs its line, not the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from toggl_desktop.exchange.records import BadLines, Unreadable

_SPAN_LIMIT: Final = 3_000
"""Lines one row may span: a description holds 3,000 characters at most."""
_BROKEN_LIMIT: Final = 1_000
"""After so many broken quotes the file is refused, so that nothing becomes quadratic."""


@dataclass(slots=True)
class Table:
    """The rows of a delimited file, each with the number of its first line."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    bad: BadLines = field(default_factory=BadLines)


class _Feed:
    """Hands lines to the csv reader, and lets no row run away with the rest of the file."""

    def __init__(self, lines: list[str], at: int) -> None:
        self._lines = lines
        self.position = at
        self.row_start = at

    def __iter__(self) -> Iterator[str]:
        lines, count = self._lines, len(self._lines)
        while self.position < count and self.position - self.row_start <= _SPAN_LIMIT:
            self.position += 1
            yield lines[self.position - 1]


def delimiter_of(line: str) -> str:
    """The delimiter that the header uses most, outside quotes; a comma when none is there."""
    plain = "".join(line.split('"')[::2])
    counts = {mark: plain.count(mark) for mark in (",", ";", "\t")}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ","


def table(text: str, delimiter: str) -> Table:
    """Every row that is not blank; unbalanced quotes and NUL are reported by line.

    Raises:
        Unreadable: more than a thousand quotes are broken.
    """
    lines = io.StringIO(text, newline="").readlines()
    out = Table()
    at, broken = 0, 0
    if "\x00" in text:
        lines = _without_nul(lines, out.bad)
    while at < len(lines):
        feed = _Feed(lines, at)
        try:
            _take(feed, csv.reader(iter(feed), delimiter=delimiter, strict=True), out)
            break
        except csv.Error:
            at = feed.row_start
            out.bad.add(at + 1, "its quotes do not match", lines[at])
            at += 1
            broken += 1
            if broken > _BROKEN_LIMIT:
                raise Unreadable(
                    f"More than {_BROKEN_LIMIT} lines have quotes that do not match."
                ) from None
    return out


def _without_nul(lines: list[str], bad: BadLines) -> list[str]:
    """The lines with those that hold NUL blanked and reported, so that numbers stay true."""
    for at, line in enumerate(lines):
        if "\x00" in line:
            bad.add(at + 1, "it holds a NUL byte", line)
            lines[at] = "\n"
    return lines


def _take(feed: _Feed, reader: Iterator[list[str]], out: Table) -> None:
    line = feed.row_start + 1
    for cells in reader:
        if len(cells) > 1 or (cells and cells[0].strip()):
            out.rows.append((line, cells))
        feed.row_start = feed.position
        line = feed.row_start + 1
