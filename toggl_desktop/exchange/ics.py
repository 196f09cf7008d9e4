"""Entries as an iCalendar file, for calendars to show; running ones are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from toggl_desktop.exchange.records import Record

if TYPE_CHECKING:
    from icalendar import Event

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_UNTITLED: Final = "(no description)"


def write(records: Iterable[Record], now: int) -> bytes:
    """A calendar with one event an entry; the same entry gets the same UID every time."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Toggl Desktop//Time entries//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Time entries")
    stamp = _at(now)
    seen: Counter[str] = Counter()
    for record in records:
        if record.stop is None:
            continue
        uid = _uid(record)
        seen[uid] += 1
        suffix = f"-{seen[uid]}" if seen[uid] > 1 else ""
        event = _event(record, record.stop)
        event.add("uid", f"{uid}{suffix}@toggl-desktop")
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(record: Record, stop: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("dtstart", _at(record.start))
    event.add("dtend", _at(stop))
    event.add("summary", _flat(record.description) or record.project or _UNTITLED)
    details = [
        f"{name}: {value}"
        for name, value in (
            ("Project", record.project),
            ("Client", record.client),
            ("Task", record.task),
            ("Billable", "yes" if record.billable else None),
        )
        if value
    ]
    if details:
        event.add("description", "\n".join(details))
    if record.tags:
        event.add("categories", list(record.tags))
    event.add("transp", "TRANSPARENT")
    return event


def _at(epoch: int) -> datetime:
    return _EPOCH + timedelta(seconds=epoch)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _uid(record: Record) -> str:
    if record.track_id is not None:
        return f"track-{record.track_id}"
    key = "\x1f".join((str(record.start), record.description, record.project or ""))
    return sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
