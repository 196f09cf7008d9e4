"""Entries as a Toggl detailed report, with Toggl's English column names.

Two columns of ours follow Toggl's: the UTC offsets of start and end. They make a file readable in
any zone and on the night the clocks change, and they mark it as ours. Tags are joined with a comma
and a blank as Toggl does; a comma or backslash inside a tag is escaped with a backslash. Every cell
is quoted, and one that a spreadsheet could run is marked (`guard`). Not carried: workspace, colour
and Toggl's numbers (they are in the JSON). Running entries are left out, as in Toggl's own report.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from toggl_desktop.exchange.guard import marked
from toggl_desktop.exchange.guard import raw as unguarded
from toggl_desktop.exchange.header_words import START_OFFSET, STOP_OFFSET
from toggl_desktop.exchange.instants import in_zone
from toggl_desktop.exchange.records import Bundle, Record

COLUMNS: Final = (
    "User",
    "Email",
    "Client",
    "Project",
    "Task",
    "Description",
    "Billable",
    "Start date",
    "Start time",
    "End date",
    "End time",
    "Duration",
    "Tags",
    "Amount ()",
    START_OFFSET,
    STOP_OFFSET,
)


def write(records: Iterable[Record], zone: tzinfo, *, raw: bool, bundle: Bundle) -> bytes:
    """The report as UTF-8 with a byte order mark, which is what spreadsheets expect."""
    cell = unguarded if raw else marked
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    person, email = cell(bundle.person), cell(bundle.email)
    for record in records:
        if record.stop is not None:
            writer.writerow([person, email, *_cells(record, record.stop, zone, cell)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _cells(record: Record, stop: int, zone: tzinfo, cell: Callable[[str], str]) -> Iterable[str]:
    begin, end = in_zone(record.start, zone), in_zone(stop, zone)
    hours, rest = divmod(stop - record.start, 3600)
    return (
        cell(record.client or ""),
        cell(record.project or ""),
        cell(record.task or ""),
        cell(record.description),
        "Yes" if record.billable else "No",
        begin.strftime("%Y-%m-%d"),
        begin.strftime("%H:%M:%S"),
        end.strftime("%Y-%m-%d"),
        end.strftime("%H:%M:%S"),
        f"{hours:02}:{rest // 60:02}:{rest % 60:02}",
        cell(", ".join(_escaped(tag) for tag in record.tags)),
        "",
        offset_name(begin),
        offset_name(end),
    )


def _escaped(tag: str) -> str:
    return tag.replace("\\", "\\\\").replace(",", "\\,")


def offset_name(when: datetime) -> str:
    """`UTC+02:00`: begins with a letter, so that no spreadsheet takes it for a formula."""
    offset = when.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    hours, rest = divmod(int(abs(offset).total_seconds()), 3600)
    seconds = f":{rest % 60:02}" if rest % 60 else ""
    return f"UTC{sign}{hours:02}:{rest // 60:02}{seconds}"
