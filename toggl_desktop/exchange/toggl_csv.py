"""Toggl Track's detailed report as CSV: its own exports in every language, and ours back again.

Times are local to the person's profile, so the zone is given. Our own export adds the UTC offset of
both times and escapes commas in tags (`toggl_csv_out`): such a file comes back identical anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from toggl_desktop.exchange import date_order as order_of
from toggl_desktop.exchange.cells import (
    DateOrder,
    date_parts,
    day_of,
    seconds_long,
    seconds_of_day,
)
from toggl_desktop.exchange.guard import MARK, unmarked
from toggl_desktop.exchange.headers import Layout, recognise
from toggl_desktop.exchange.localtime import LocalTime, Moment
from toggl_desktop.exchange.records import Found, Record, Unreadable, wrong_span
from toggl_desktop.exchange.rows import delimiter_of, table

FORMAT: Final = "csv"

_YES: Final = {
    "yes",
    "y",
    "true",
    "1",
    "ja",
    "oui",
    "si",
    "sí",
    "sim",
    "tak",
    "sì",
    "はい",
    "jah",
    "да",
}
_NO: Final = {
    "no",
    "n",
    "false",
    "0",
    "nein",
    "non",
    "não",
    "nao",
    "nie",
    "いいえ",
    "nee",
    "ei",
    "нет",
    "",
    "-",
}
_NOTHING: Final = {"", "-"}
_ESCAPED_TAG: Final = re.compile(r"((?:\\.|\\$|[^\\,])*)(?:, ?|$)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_OFFSET: Final = re.compile(r"UTC([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_DONE: Final[tuple[int, list[str]]] = (0, [])
_EPOCH_DAY: Final = 719_163
_DAY: Final = 86_400


def read(text: str, name: str, zone: tzinfo, date_order: DateOrder | None = None) -> Found:
    """Every entry of the report; lines that are none are reported by number.

    Raises:
        Unreadable: this is no detailed report.
        AmbiguousDates: day and month cannot be told apart and `date_order` was not given.
    """
    first_line, _, rest = text.partition("\n")
    if first_line.strip().casefold().startswith("sep=") and rest:
        # Excel's hint; the blank line keeps the numbering.
        text = "\n" + rest
        first_line = rest.partition("\n")[0]
    parsed = table(text, delimiter_of(first_line))
    if not parsed.rows:
        raise Unreadable("The table has no header.")
    rows = parsed.rows
    header = rows.pop(0)[1]
    layout = recognise(header, [cells for _, cells in rows[:20]])
    order = date_order or order_of.decide(rows, layout, name)
    reader = _Reader(layout, LocalTime(zone), order)
    records: list[Record] = []
    for at, (line, cells) in enumerate(rows):
        # What has become a record is let go of: both at once would double the memory.
        rows[at] = _DONE
        try:
            records.append(reader.record(line, cells))
        except _BadRow as reason:
            parsed.bad.add(line, str(reason), ",".join(cells))
    return Found(FORMAT, tuple(records), parsed.bad.sorted(), notes=reader.notes())


class _BadRow(Exception):  # noqa: N818 - a verdict on one row, not a defect
    """This row is no entry; the message says why."""


class _Reader:
    """Turns rows into records; whatever cell it has understood once it remembers."""

    def __init__(self, layout: Layout, local: LocalTime, order: DateOrder) -> None:
        self._layout = layout
        self._local = local
        self._order = order
        self._days: dict[str, int | None] = {}
        self._times: dict[str, int | None] = {}
        self._lengths: dict[str, int | None] = {}
        self._offsets: dict[str, int | None] = {}
        self._tags: dict[str, tuple[str, ...]] = {}
        self._strange: set[str] = set()
        # A column that is missing is read at -1, where `record` puts an empty cell.
        at = layout.at
        self._start, self._stop = (
            (at("start_date"), at("start_time")),
            (
                at("stop_date"),
                at("stop_time"),
            ),
        )
        self._start_offset, self._stop_offset = at("start_offset"), at("stop_offset")
        self._duration, self._description = at("duration"), at("description")
        self._tagged, self._billable = at("tags"), at("billable")
        self._names = (at("project"), at("client"), at("task"), at("workspace"))
        self._person = (at("email"), at("user"))
        self._needed = max(self._start) + 1

    def notes(self) -> tuple[str, ...]:
        """What the person should know about the whole file."""
        notes = list(self._layout.notes)
        if self._strange:
            words = ", ".join(f"“{word}”" for word in sorted(self._strange)[:5])
            notes.append(f"Not understood under “Billable”, and read as no: {words}.")
        return tuple(notes)

    def record(self, line: int, cells: list[str]) -> Record:
        """The entry of one row.

        Raises:
            _BadRow: it is none.
        """
        cells = self._padded(cells)
        start, stop, duration = self._instants(cells)
        wrong = wrong_span(start, stop)
        if wrong is not None:
            raise _BadRow(wrong)
        name = self._name
        project, client, task, workspace = self._names
        description = cells[self._description]
        return Record(
            line,
            "" if description == "-" and self._layout.dashes else description,
            start,
            stop,
            name(cells[project]),
            name(cells[client]),
            name(cells[task]),
            self._tags_in(cells[self._tagged]),
            self._is_billable(cells[self._billable]),
            name(cells[workspace]),
            duration=duration,
            user=cells[self._person[0]] or cells[self._person[1]] or None,
        )

    def _padded(self, cells: list[str]) -> list[str]:
        """The cells, unmarked, as many as the header has, and one empty more."""
        width = self._layout.width
        if len(cells) < width:
            if len(cells) < self._needed:
                raise _BadRow(f"it has {len(cells)} of {width} columns")
            cells = cells + [""] * (width - len(cells))
        elif len(cells) > width:
            if any(cells[width:]):
                raise _BadRow(f"it has {len(cells)} columns, the header {width}")
            cells = cells[:width]
        if self._layout.ours:
            cells = [unmarked(cell) if cell[:1] == MARK else cell for cell in cells]
        return [*cells, ""]

    def _name(self, cell: str) -> str | None:
        if self._layout.ours or not cell:
            return cell or None
        name = cell.strip()
        return None if not name or (name == "-" and self._layout.dashes) else name

    def _tags_in(self, cell: str) -> tuple[str, ...]:
        if not cell:
            return ()
        tags = self._tags.get(cell)
        if tags is None:
            tags = self._tags[cell] = self._split_tags(cell)
        return tags

    def _split_tags(self, cell: str) -> tuple[str, ...]:
        if self._layout.ours:
            parts = (match[1] for match in _ESCAPED_TAG.finditer(cell))
            return tuple(_ESCAPE.sub(r"\1", part) for part in parts if part)
        if self._layout.dashes and cell.strip() == "-":
            return ()
        # Toggl joins with a comma and a blank, so a comma without one belongs to the tag.
        return tuple(tag for part in cell.split(", ") if (tag := part.strip()))

    def _is_billable(self, cell: str) -> bool:
        word = cell.strip().casefold()
        if word in _YES:
            return True
        if word not in _NO and len(self._strange) < 100:
            self._strange.add(word[:40])
        return False

    def _instants(self, cells: list[str]) -> tuple[int, int | None, int | None]:
        """Start, stop and the stated duration."""
        begin = self._moment("start", cells[self._start[0]], cells[self._start[1]])
        duration = _known(self._lengths, cells[self._duration], seconds_long)
        stop_date, stop_time = cells[self._stop[0]], cells[self._stop[1]]
        if stop_time.strip() in _NOTHING:
            start = self._instant(begin, cells[self._start_offset])
            return start, None if duration is None else start + duration, duration
        undated = stop_date.strip() in _NOTHING
        end = self._moment("stop", cells[self._start[0]] if undated else stop_date, stop_time)
        if undated and end < begin:
            end = end[0] + 1, end[1]
        if self._layout.ours:
            start = self._instant(begin, cells[self._start_offset])
            return start, self._instant(end, cells[self._stop_offset]), duration
        return *self._local.span(begin, end, duration), duration

    def _moment(self, which: str, date_cell: str, time_cell: str) -> Moment:
        try:
            day = self._days[date_cell]
        except KeyError:
            parts = date_parts(date_cell)
            day = self._days[date_cell] = parts and day_of(parts, self._order)
        seconds = _known(self._times, time_cell, seconds_of_day)
        if day is None:
            raise _BadRow(f"the {which} date “{date_cell[:40]}” is no date")
        if seconds is None:
            raise _BadRow(f"the {which} time “{time_cell[:40]}” is no time")
        if not self._local.knows(day):
            raise _BadRow("the year is not between 1970 and 2199")
        return day, seconds

    def _instant(self, when: Moment, offset_cell: str) -> int:
        """The instant by the offset in the row, else by the zone."""
        offset = _known(self._offsets, offset_cell, _offset)
        if offset is None:
            return self._local.first(when)
        return (when[0] - _EPOCH_DAY) * _DAY + when[1] - offset


def _known(
    known: dict[str, int | None], cell: str, read_cell: Callable[[str], int | None]
) -> int | None:
    try:
        return known[cell]
    except KeyError:
        value = known[cell] = read_cell(cell)
        return value


def _offset(cell: str) -> int | None:
    match = _OFFSET.fullmatch(cell)
    if match is None:
        return None
    sign = -1 if match[1] == "-" else 1
    return sign * (int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0))
