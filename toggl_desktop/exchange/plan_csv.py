r"""Tasks from Toggl Plan's tables, in both their forms, also after a spreadsheet has saved them.

The workspace's table has one row an assignee: rows with the same Task ID are one task. Line breaks
in notes are a literal `\n` there. A rule of recurrence stands on the task it began with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Final

from toggl_desktop.domain.plan import repeat
from toggl_desktop.domain.stopping import Pulse, go_on
from toggl_desktop.exchange import plan_series
from toggl_desktop.exchange.cells import (
    DateOrder,
    clear_order,
    date_parts,
    day_of,
    depends_on_order,
    seconds_of_day,
)
from toggl_desktop.exchange.guard import MARK, unmarked
from toggl_desktop.exchange.plan_columns import Columns, recognise
from toggl_desktop.exchange.plan_records import ATTACHED, LINK, WORKSPACE, Person, PlanRecord
from toggl_desktop.exchange.records import AmbiguousDates, Found, Unreadable
from toggl_desktop.exchange.rows import delimiter_of, table

DAILY_LIMIT: Final = 24 * 60 - 1
"""Minutes a day can hold: a larger estimate is one in all."""

_FIRST, _LAST = date(1970, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
_LISTED: Final = re.compile(r"((?:\\.|\\$|[^\\,])*)(?:,|$)", re.DOTALL)
_MASKED: Final = re.compile(r"\\([\\,])")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_TIMED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.,+Z-]{1,24}")
_NUMBER: Final = re.compile(r"\s*([0-9]{1,7})(?:[.,]([0-9]{1,6}))?\s*(?:m|min|minutes)?\s*")
_NO_STATUS: Final = frozenset({"", "-", "nostatus"})
_DONE: Final = frozenset({"done", "completed", "complete", "closed", "finished"})
_LEGACY: Final = {"to-do": "To-do", "in_progress": "In progress", "in-progress": "In progress",
                  "blocked": "Blocked", "done": "Done"}  # fmt: skip
_TOLD: Final = 5
_AGREED: Final = tuple({one.name for one in fields(PlanRecord)} - {"line", "people"})


def read(text: str, date_order: DateOrder | None = None, pulse: Pulse = go_on) -> Found:
    """Every task of the table; lines that are none are reported by number. `pulse` may end it.

    Raises:
        Unreadable: this is no table of plan tasks.
        AmbiguousDates: day and month cannot be told apart and `date_order` was not given.
    """
    first_line, _, rest = text.partition("\n")
    if first_line.strip().casefold().startswith("sep=") and rest:
        text = "\n" + rest  # Excel's hint; the blank line keeps the numbering
        first_line = rest.partition("\n")[0]
    parsed = table(text, delimiter_of(first_line))
    if not parsed.rows:
        raise Unreadable("The table has no header.")
    columns = recognise(parsed.rows.pop(0)[1], first_line)
    reader = _Reader(columns, _order(parsed.rows, columns, date_order))
    for line, cells in parsed.rows:
        pulse()
        try:
            reader.take(line, cells)
        except _BadRow as reason:
            parsed.bad.add(line, str(reason), ",".join(cells))
    records = plan_series.grouped(reader.tasks.values(), may_have_moved=columns.ours)
    return Found(columns.format, bad=parsed.bad.sorted(), notes=reader.notes(), plan=records)


def _order(
    rows: Sequence[tuple[int, list[str]]], columns: Columns, given: DateOrder | None
) -> DateOrder:
    if given is not None:
        return given
    places = [columns.at("start"), columns.at("end")]
    dates = {cells[at] for _, cells in rows for at in places if 0 <= at < len(cells)}
    order = clear_order(dates)
    if order is None:
        example = depends_on_order(sorted(dates))
        if example is not None:
            raise AmbiguousDates(example)
    return order or "dmy"


class _BadRow(Exception):  # noqa: N818 - a verdict on one row, not a defect
    """This row is no task; the message says why."""


class _Reader:
    """Turns rows into tasks, and gathers the rows of one task."""

    def __init__(self, columns: Columns, order: DateOrder) -> None:
        self.tasks: dict[tuple[str, str], PlanRecord] = {}
        self._columns = columns
        self._order = order
        self._rules: dict[str, str] = {}
        self._strange: set[str] = set()
        self._nameless = self._differing = 0
        self._one_a_row = columns.format == WORKSPACE
        self._days: dict[str, int | None] = {}

    def notes(self) -> tuple[str, ...]:
        """What the person should know about the whole file."""
        notes = []
        if self._strange:
            words = ", ".join(f"“{word}”" for word in sorted(self._strange)[:_TOLD])
            notes.append(f"Not understood as a recurrence, and left out: {words}.")
        if self._nameless:
            count = "One task has" if self._nameless == 1 else f"{self._nameless} tasks have"
            notes.append(f"{count} no name, and got the project's.")
        if self._differing:
            count = "One row differs" if self._differing == 1 else f"{self._differing} rows differ"
            notes.append(f"{count} from the first one of the same task, which counts.")
        return tuple(notes)

    def take(self, line: int, cells: list[str]) -> None:
        """Takes the task of one row, or one more assignee of a task.

        Raises:
            _BadRow: it is none.
        """
        record = self._record(line, self._padded(cells))
        key = ("task", record.key) if record.key else ("line", str(line))
        known = self.tasks.get(key)
        if known is None:
            self.tasks[key] = record
            return
        more = tuple(person for person in record.people if person not in known.people)
        self._differing += any(getattr(record, one) != getattr(known, one) for one in _AGREED)
        self.tasks[key] = replace(known, people=known.people + more)

    def _padded(self, cells: list[str]) -> list[str]:
        """The cells, unmarked, as many as the header has, and one empty more."""
        width = self._columns.width
        if len(cells) < width:
            if len(cells) <= max(self._columns.at("name"), self._columns.at("start")):
                raise _BadRow(f"it has {len(cells)} of {width} columns")
            cells = cells + [""] * (width - len(cells))
        elif any(cells[width:]):
            raise _BadRow(f"it has {len(cells)} columns, the header {width}")
        return [*(unmarked(c) if c[:1] == MARK else c for c in cells[:width]), ""]

    def _record(self, line: int, cells: list[str]) -> PlanRecord:
        at = self._columns.at
        start, end = self._day(cells[at("start")], "start"), self._day(cells[at("end")], "end")
        start, end = (end if start is None else start), (start if end is None else end)
        if start is not None and end is not None and end < start:
            raise _BadRow("it ends before it starts")
        project = cells[at("project")].strip() or None
        status, is_done = _status(cells[at("status")])
        minutes = _minutes(cells[at("estimate")])
        return PlanRecord(
            line,
            self._name(cells[at("name")], project),
            start,
            end,
            _minute(cells[at("start_time")], "start"),
            _minute(cells[at("end_time")], "end"),
            project,
            cells[at("client")].strip() or None,
            cells[at("segment")].strip() or None,
            status,
            is_done,
            self._people(cells[at("person")], cells[at("email")]),
            tuple(dict.fromkeys(_list(cells[at("tags")]))),
            minutes,
            minutes is not None and minutes > DAILY_LIMIT,
            self._rule(cells[at("repeat")]),
            self._notes(cells[at("notes")], cells[at("links")]),
            cells[at("key")].strip(),
        )

    def _name(self, cell: str, project: str | None) -> str:
        name = " ".join(cell.split("\n")).strip()
        if not name:
            self._nameless += 1
        return name or project or "Untitled"

    def _day(self, cell: str, which: str) -> int | None:
        if cell in self._days:
            return self._days[cell]
        plain = cell.strip()
        if plain in {"", "-"}:
            return None
        timed = _TIMED.fullmatch(plain)
        parts = date_parts(timed[1] if timed else plain)
        day = None if parts is None else day_of(parts, self._order)
        if day is None:
            raise _BadRow(f"the {which} date “{cell[:40]}” is no date")
        if not _FIRST <= day <= _LAST:
            raise _BadRow("the year is not between 1970 and 2199")
        self._days[cell] = day
        return day

    def _rule(self, cell: str) -> str:
        if cell not in self._rules:
            rule = repeat.find(cell)
            self._rules[cell] = "" if rule is None else rule.text
            if rule is None and cell.strip().casefold() not in {"", "-", "no", "never", "none"}:
                self._strange.add(cell.strip()[:40])
        return self._rules[cell]

    def _people(self, names: str, emails: str) -> tuple[Person, ...]:
        if not names and not emails:
            return ()
        addresses = [emails.strip()] if self._one_a_row else _list(emails)
        # “Peeters, Ava” with one address is one person.
        called = _list(names) if len(addresses) != 1 else [_unmasked(names.strip())]
        if self._one_a_row:
            called = [names.strip()]
        found = []
        for place in range(max(len(called), len(addresses))):
            name = called[place] if place < len(called) else ""
            email = addresses[place] if len(addresses) >= len(called) else ""
            email = "" if email == "-" else email
            found.append(Person(name or email.partition("@")[0], email))
        return tuple(dict.fromkeys(person for person in found if person.name))

    def _notes(self, cell: str, links: str) -> str:
        if self._columns.ours:
            notes = _ESCAPE.sub(_unescaped, cell)
        else:
            notes = cell.replace("\\r\\n", "\n").replace("\\n", "\n")
        lines = [f"{ATTACHED}{link}" for link in LINK.findall(links)]
        return "\n".join([notes, *lines] if notes else lines)


def _list(cell: str) -> list[str]:
    parts = (_unmasked(match[1]).strip() for match in _LISTED.finditer(cell))
    return [part for part in parts if part]


def _unmasked(name: str) -> str:
    return _MASKED.sub(r"\1", name)


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def _status(cell: str) -> tuple[str | None, bool]:
    """The status' name, and whether a task that has it is done."""
    name = cell.strip()
    word = "".join(c for c in name.casefold() if c.isalnum())
    if word in _NO_STATUS:
        return None, False
    return _LEGACY.get(name, name), word in _DONE


def _minute(cell: str, which: str) -> int | None:
    if cell.strip() in {"", "-"}:
        return None
    seconds = seconds_of_day(cell)
    if seconds is None:
        raise _BadRow(f"the {which} time “{cell[:40]}” is no time")
    return seconds // 60


def _minutes(cell: str) -> int | None:
    if cell.strip() in {"", "-"}:
        return None
    match = _NUMBER.fullmatch(cell)
    if match is None:
        raise _BadRow(f"the estimate “{cell[:40]}” is no number of minutes")
    return round(float(f"{match[1]}.{match[2] or 0}")) or None
