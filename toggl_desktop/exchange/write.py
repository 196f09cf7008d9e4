"""Entries to the bytes of a file, in the formats that can be exported.

What each format leaves out is said at the top of its module. `OMITS_RUNNING` names those that leave
out the running entry: csv (as Toggl's own report does) and ics (an event needs an end).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Final

from toggl_desktop.exchange import ics, own_json, timewarrior, toggl_csv_out
from toggl_desktop.exchange.records import Bundle, Record

FORMATS: Final = ("csv", "json", "ics", "timewarrior")
OMITS_RUNNING: Final = frozenset({"csv", "ics"})
SUFFIXES: Final = {"csv": ".csv", "json": ".json", "ics": ".ics", "timewarrior": ".json"}


class UnknownFormat(ValueError):  # noqa: N818 - a refusal with a sentence, not a defect
    """There is no such export format."""


def write(
    format: str,  # noqa: A002 - the word that everybody uses
    records: Iterable[Record],
    *,
    zone: tzinfo = UTC,
    now: int = 0,
    raw: bool = False,
    bundle: Bundle | None = None,
) -> bytes:
    """The file's bytes: csv and json and timewarrior come back identical through `read`.

    `zone` is the one that csv shows times in, `now` stamps ics, `raw` leaves csv cells unmarked
    (unsafe in a spreadsheet), `bundle` holds the lists that json carries beside the entries.

    Raises:
        UnknownFormat: `format` is not one of `FORMATS`.
    """
    bundle = bundle or Bundle()
    if format == "csv":
        return toggl_csv_out.write(records, zone, raw=raw, bundle=bundle)
    entries = [_encodable(record) for record in records]
    if format == "json":
        return own_json.write(entries, bundle)
    if format == "timewarrior":
        return timewarrior.write(entries)
    if format == "ics":
        return ics.write(entries, now)
    raise UnknownFormat(f"There is no format “{format}”; there are {', '.join(FORMATS)}.")


def _encodable(record: Record) -> Record:
    """The record without half characters, which no UTF-8 file can hold."""
    names = (record.project, record.client, record.task, record.workspace, record.user)
    texts = [record.description, *record.tags, *(name for name in names if name)]
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return replace(
            record,
            description=_whole(record.description),
            tags=tuple(_whole(tag) for tag in record.tags),
            project=_whole(record.project or "") or None,
            client=_whole(record.client or "") or None,
            task=_whole(record.task or "") or None,
            workspace=_whole(record.workspace or "") or None,
            user=_whole(record.user or "") or None,
        )
    return record


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
