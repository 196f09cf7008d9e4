"""Points in time as JSON carries them: ISO 8601 with any offset, to UTC epoch seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from toggl_desktop.exchange.localtime import LocalTime, moment

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the difference of two naive times
_SECOND: Final = timedelta(seconds=1)


def epoch_of(text: str, local: LocalTime) -> int | None:
    """The instant, fractions of a second cut off; a time without offset is a local one.

    None when the text is no date with a time.
    """
    if len(text) < 15 or text[10:11] not in {"T", " ", "t"}:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if when.tzinfo is not None:
        return (when - _EPOCH) // _SECOND
    return local.first(moment(when)) if local.knows(when.toordinal()) else None


def iso(epoch: int) -> str:
    """`2026-01-02T09:00:00Z`."""
    return (_NAIVE_EPOCH + timedelta(seconds=epoch)).isoformat() + "Z"


def compact_epoch_of(text: str) -> int | None:
    """The instant of Timewarrior's `20260102T090000Z`, or None."""
    if len(text) != 16 or text[8] != "T" or text[15] != "Z":
        return None
    if not (text[:8] + text[9:15]).isdecimal() or not text.isascii():
        return None
    try:
        when = datetime(
            int(text[:4]),
            int(text[4:6]),
            int(text[6:8]),
            int(text[9:11]),
            int(text[11:13]),
            int(text[13:15]),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return (when - _EPOCH) // _SECOND


def compact_iso(epoch: int) -> str:
    """`20260102T090000Z`."""
    return (_NAIVE_EPOCH + timedelta(seconds=epoch)).strftime("%Y%m%dT%H%M%SZ")


def in_zone(epoch: int, zone: tzinfo) -> datetime:
    """The aware local time of an instant."""
    return (_EPOCH + timedelta(seconds=epoch)).astimezone(zone)
