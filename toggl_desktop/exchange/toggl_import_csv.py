"""Entries as Toggl Track's own import takes them: Settings, Import, a CSV file.

Source: Toggl's page “Editing and uploading a CSV file”: English headers, in any order; dates as
YYYY-MM-DD, times and lengths as HH:MM:SS, in the time zone of the person's profile; names with
regard to case. Cells are as they are, because this file is for Toggl and not for a spreadsheet: so
what a spreadsheet could run is left out (`fits`), and with it everything that would come back as
something else than what it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import timedelta, tzinfo
from typing import Final

from toggl_desktop.exchange.guard import marked
from toggl_desktop.exchange.instants import in_zone
from toggl_desktop.exchange.records import Record

COLUMNS: Final = (
    "Email",
    "Client",
    "Project",
    "Description",
    "Start date",
    "Start time",
    "Duration",
    "Tags",
)
_LONGEST: Final = timedelta(hours=99)


def fits(record: Record, zone: tzinfo) -> bool:
    """Tells whether an entry comes out of an import just as it went in."""
    if record.stop is None or record.stop <= record.start or record.billable or record.task:
        return False
    if record.stop - record.start > _LONGEST.total_seconds():
        return False
    names = (record.description, record.project or "", record.client or "", *record.tags)
    if any(name != " ".join(name.split()) or marked(name) != name for name in names):
        return False
    if any("," in tag for tag in record.tags):
        return False
    begin = in_zone(record.start, zone)
    return begin.utcoffset() == begin.replace(fold=1 - begin.fold).utcoffset()  # told only once


def write(records: Iterable[Record], zone: tzinfo, email: str) -> bytes:
    """Returns the file: UTF-8, commas, a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([email, *_cells(record, zone)])
    return out.getvalue().encode("utf-8", "replace")


def _cells(record: Record, zone: tzinfo) -> Iterable[str]:
    begin = in_zone(record.start, zone)
    hours, rest = divmod((record.stop or record.start) - record.start, 3600)
    return (
        record.client or "",
        record.project or "",
        record.description,
        begin.strftime("%Y-%m-%d"),
        begin.strftime("%H:%M:%S"),
        f"{hours:02}:{rest // 60:02}:{rest % 60:02}",
        ", ".join(record.tags),
    )
