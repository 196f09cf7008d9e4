r"""Plan tasks as Toggl Plan's two tables, with its column names.

The view's table has one row a task; several assignees share a cell. The workspace's has one row an
assignee, clients, notes with line breaks as a literal `\n`, and ids: those of Toggl where a task is
tied to it, else numbers that hold within the file. Every cell is quoted, and one that a spreadsheet
could run is marked (`guard`); a comma or backslash in a name of a list, and a backslash in notes,
has a backslash before it. Not carried: colours, checklists, milestones, time off, dependencies, and
whether an estimate is daily or in all: it is written as what one day takes of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from toggl_desktop.exchange.guard import marked
from toggl_desktop.exchange.guard import raw as unguarded
from toggl_desktop.exchange.plan_columns import VIEW_COLUMNS, WORKSPACE_COLUMNS
from toggl_desktop.exchange.plan_records import ATTACHED, LINK, VIEW, Person, PlanRecord

_NOBODY: Final = Person("")
Cell = Callable[[str], str]


def write(records: Iterable[PlanRecord], form: str, *, raw: bool) -> bytes:
    """The table as UTF-8 with a byte order mark, which is what spreadsheets expect."""
    cell = unguarded if raw else marked
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    is_view = form == VIEW
    writer.writerow(VIEW_COLUMNS if is_view else WORKSPACE_COLUMNS)
    writer.writerows(_view(records, cell) if is_view else _workspace(records, cell))
    return out.getvalue().encode("utf-8-sig", "replace")


def _view(records: Iterable[PlanRecord], cell: Cell) -> Iterator[tuple[str, ...]]:
    for record in records:
        yield (
            cell(record.name),
            cell(record.status or ""),
            cell(record.project or ""),
            cell(record.segment or ""),
            cell(_list(record.tags)),
            cell(_list(person.name for person in record.people)),
            cell(_addresses(record.people)),
            _day(record.start),
            _day(record.end),
            record.repeat,
            _number(record.estimate_minutes),
            _time(record.start_minute),
            _time(record.end_minute),
        )


def _workspace(records: Iterable[PlanRecord], cell: Cell) -> Iterator[tuple[str, ...]]:
    ids = _Ids()
    for place, record in enumerate(records, 1):
        notes, links = _attached(record.notes)
        for person in record.people or (_NOBODY,):
            yield (
                ids.of("user", (person.name, person.email)),
                cell(person.name),
                cell(person.email),
                ids.of("client", record.client),
                cell(record.client or ""),
                ids.of("project", record.project and (record.client, record.project)),
                cell(record.project or ""),
                cell(record.key) or f"L{place}",
                cell(record.name),
                _day(record.start),
                _time(record.start_minute),
                _day(record.end),
                _time(record.end_minute),
                _number(record.estimate_minutes),
                cell(record.status or ""),
                cell(record.segment or ""),
                cell(_list(record.tags)),
                record.repeat,
                cell(notes.replace("\\", "\\\\").replace("\n", "\\n")),
                cell(links),
            )


class _Ids:
    """Numbers for names, in the order in which the file names them."""

    def __init__(self) -> None:
        self._known: dict[str, dict[object, str]] = {}

    def of(self, kind: str, what: object) -> str:
        """The number of something; empty for nothing."""
        if not what or what == ("", ""):
            return ""
        known = self._known.setdefault(kind, {})
        return known.setdefault(what, f"L{len(known) + 1}")


def _list(names: Iterable[str]) -> str:
    return ", ".join(name.replace("\\", "\\\\").replace(",", "\\,") for name in names)


def _addresses(people: tuple[Person, ...]) -> str:
    """The addresses, one a person, or nothing where nobody has one."""
    if not any(person.email for person in people):
        return ""
    return _list(person.email or "-" for person in people)


def _attached(notes: str) -> tuple[str, str]:
    """The notes without the links at their end, and the links."""
    lines = notes.split("\n")
    cut = len(lines)
    while cut and _is_link(lines[cut - 1]):
        cut -= 1
    return "\n".join(lines[:cut]), " ".join(line[len(ATTACHED) :] for line in lines[cut:])


def _is_link(line: str) -> bool:
    return line.startswith(ATTACHED) and LINK.fullmatch(line[len(ATTACHED) :]) is not None


def _day(day: int | None) -> str:
    return "" if day is None else date.fromordinal(day).isoformat()


def _time(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}:00"


def _number(minutes: int | None) -> str:
    return "" if not minutes else str(minutes)
