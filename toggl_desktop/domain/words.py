"""Durations and times as a person reads them."""

from datetime import date, tzinfo
from typing import Final

from toggl_desktop.domain.instants import local

_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def clock(seconds: int) -> str:
    """Returns `0:42:13`: hours, minutes, seconds."""
    seconds = max(0, seconds)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def short(seconds: int) -> str:
    """Returns `0:42`: hours and whole minutes, cut, not rounded, so that it never runs ahead."""
    seconds = max(0, seconds)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def rough(seconds: int) -> str:
    """Returns `45 s`, `5 min` or `3 h`: how far off something is, in one figure."""
    seconds = abs(seconds)
    if seconds < 100:
        return f"{seconds} s"
    return f"{round(seconds / 60)} min" if seconds < 100 * 60 else f"{round(seconds / 3600)} h"


def time_of_day(at: int, zone: tzinfo, *, twelve_hours: bool = False) -> str:
    """Returns `9:04` or `9:04 AM`."""
    moment = local(at, zone)
    if not twelve_hours:
        return f"{moment.hour}:{moment.minute:02}"
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def day(of: date) -> str:
    """Returns `23 Nov 2026`."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def named(description: str) -> str:
    """Returns an entry's text in quotes for a step's name or a sentence, shortened."""
    text = " ".join(description.split())
    if not text:
        return "an entry without description"
    return f"“{text[:39]}…”" if len(text) > 40 else f"“{text}”"
