"""Plan tasks and milestones as an iCalendar file, for calendars to show.

A task is an all-day event over its days; one with times of day is an event on each of them, at that
time wherever the calendar is. What is not scheduled is left out; each occurrence of a series is an
event, as it is a task. Assignees are words, not attendees: no calendar shall write to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from toggl_desktop.exchange.plan_records import MilestoneRecord, PlanRecord

if TYPE_CHECKING:
    from icalendar import Event

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)


def write(tasks: Iterable[PlanRecord], milestones: Iterable[MilestoneRecord], now: int) -> bytes:
    """A calendar; the same task gets the same UID every time."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Toggl Desktop//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Plan")
    stamp = _EPOCH + timedelta(seconds=now)
    events = [_task(record, record.start) for record in tasks if record.start is not None]
    events += map(_milestone, milestones)
    for event in events:
        event.add("dtstamp", stamp)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _task(record: PlanRecord, first: int) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"task-{record.lid}@toggl-desktop")
    start = date.fromordinal(first)
    last = date.fromordinal(first if record.end is None else record.end)
    event.add("summary", _flat(record.name))
    if record.start_minute is None:
        event.add("dtstart", start)
        event.add("dtend", last + _DAY)
    else:
        minutes = (record.end_minute or record.start_minute) - record.start_minute
        # Without a zone: at nine in the morning, wherever somebody reads it.
        at = datetime.combine(start, datetime.min.time()) + timedelta(minutes=record.start_minute)
        event.add("dtstart", at)
        event.add("dtend", at + timedelta(minutes=max(0, minutes)))
        if last > start:
            event.add("rrule", {"freq": "daily", "count": (last - start).days + 1})
    _describe(
        event,
        ("Project", record.project),
        ("Client", record.client),
        ("Segment", record.segment),
        ("Status", "Done" if record.is_done else record.status),
        ("Assignees", ", ".join(person.name for person in record.people)),
        notes=record.notes,
    )
    if record.tags:
        event.add("categories", [_flat(tag) for tag in record.tags])
    return event


def _milestone(record: MilestoneRecord) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"milestone-{record.lid}@toggl-desktop")
    event.add("summary", _flat(record.name))
    event.add("dtstart", date.fromordinal(record.day))
    event.add("dtend", date.fromordinal(record.day) + _DAY)
    event.add("categories", ["Holiday" if record.is_holiday else "Milestone"])
    _describe(event, ("For", record.of), ("Status", "Done" if record.is_done else None), notes="")
    return event


def _describe(event: Event, *said: tuple[str, str | None], notes: str) -> None:
    lines = [f"{name}: {_flat(value)}" for name, value in said if value]
    if notes:
        lines += ["", _whole(notes)] if lines else [_whole(notes)]
    if lines:
        event.add("description", "\n".join(lines))


def _flat(text: str) -> str:
    return " ".join(_whole(text).split())


def _whole(text: str) -> str:
    """The text without half characters, which no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode()
