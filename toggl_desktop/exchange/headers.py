"""Which column is which in a Toggl detailed report, whatever language the header speaks.

Two layouts are in use: the one of the Reports API (User, Email, Client …, End time, Duration,
Tags, Amount) and the one of the newer web reports (quoted, Member, Stop time, `-` for nothing, in
an order the person may have chosen). A header in a language that is not listed in `header_words`
is read by the position and the look of its columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from toggl_desktop.exchange.cells import date_parts, seconds_long, seconds_of_day
from toggl_desktop.exchange.header_words import CLASSIC, NEWER, WORDS
from toggl_desktop.exchange.records import Unreadable

_NEEDED: Final = {"start_date": "Start date", "start_time": "Start time"}


def _plain(word: str) -> str:
    """A header word without case, accents and stray blanks, so that near variants are found."""
    flat = unicodedata.normalize("NFKD", word.replace("\ufeff", "").casefold())
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).strip(" \"'").split())


_FIELD_OF: Final = {
    _plain(word): field for field, words in WORDS.items() for word in words.split("|")
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column is; `dashes`: a lone `-` means nothing; `ours`: we wrote the file."""

    columns: dict[str, int]
    width: int
    dashes: bool
    ours: bool
    notes: tuple[str, ...] = ()

    def at(self, field: str) -> int:
        """The column's index; -1 when the file has no such column."""
        return self.columns.get(field, -1)


def looks_like_report(cells: Sequence[str]) -> bool:
    """Whether this row names at least three columns of a report, dates among them or a duration."""
    fields = {_FIELD_OF.get(_plain(cell)) for cell in cells} - {None}
    return len(fields) >= 3 and bool(fields & {"start_date", "start_time", "duration"})


def recognise(header: Sequence[str], sample: Sequence[Sequence[str]]) -> Layout:
    """The layout, by the words of the header, and where they fail by position.

    Raises:
        Unreadable: the start of the entries is nowhere to be found.
    """
    columns: dict[str, int] = {}
    for index, cell in enumerate(header):
        field = _FIELD_OF.get(_plain(cell))
        if field is not None:
            columns.setdefault(field, index)
    width = len(header)
    guessed = _by_position(columns, width, sample)
    if guessed is not None:
        note = "The header is in a language not known here; its columns were read by position."
        return Layout(guessed, width, "billable" not in guessed, ours=False, notes=(note,))
    missing = [name for field, name in _NEEDED.items() if field not in columns]
    if missing:
        raise Unreadable(
            f"This table has no column {' and no column '.join(missing)}. Export Toggl's "
            "Detailed report (not Summary or Weekly) with dates and times shown."
        )
    if not columns.keys() & {"stop_time", "duration"}:
        raise Unreadable("This table has neither a stop time nor a duration.")
    ours = {"start_offset", "stop_offset"} <= columns.keys()
    words = {_plain(cell) for cell in header}
    dashes = not ours and not {"user", "end date", "end time"} & words
    return Layout(columns, width, dashes, ours)


def _by_position(
    columns: dict[str, int], width: int, sample: Sequence[Sequence[str]]
) -> dict[str, int] | None:
    """The known layout these columns are in, when the header's words do not say it all."""
    for order, widths in ((CLASSIC, (13, 14)), (NEWER, (10,))):
        if width not in widths:
            continue
        guess = {field: index for index, field in enumerate(order)}
        if guess.items() <= columns.items():
            return None
        agrees = all(guess.get(field) == index for field, index in columns.items())
        if agrees and sample and all(_fits(row, guess) for row in sample):
            return guess
    return None


def _fits(row: Sequence[str], guess: dict[str, int]) -> bool:
    """Whether date, time and duration stand where the layout has them."""
    if len(row) <= max(guess.values()):
        return False
    return (
        date_parts(row[guess["start_date"]]) is not None
        and seconds_of_day(row[guess["start_time"]]) is not None
        and (
            row[guess["duration"]] in {"", "-"} or seconds_long(row[guess["duration"]]) is not None
        )
    )
