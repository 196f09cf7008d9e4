"""Moments and lengths as a person types them: `14:20`, `8.30`, `830`, `8:30pm`, `-10m`, `1h30`.

A clock time without a day means its latest occurrence that is not in the future; a stop without a
day means the first occurrence after its start, within 24 hours.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import Instant, day_of, instant, resolve

_LENGTH = re.compile(
    r"(?:(?P<h>\d{1,3}(?:[.,]\d{1,2})?)\s*h)?\s*"
    r"(?:(?P<m>\d{1,4})(?:\s*m(?:in)?|(?=$)))?\s*"  # without a unit only at the end: 1h30
    r"(?:(?P<s>\d{1,5})\s*s)?"
)
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?)?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<h>\d{1,2})(?P<m>\d{2})")
_DAYS = {"today": 0, "yesterday": -1}
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


def parse_length(text: str) -> int | None:
    """Returns the seconds of `1h30`, `90m`, `1.5h`, `1:30`, `45s`; None when it is no length."""
    clean = text.strip().lower()
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", clean):
        hours, minutes, seconds = (int(g or 0) for g in match.groups())
        return hours * 3600 + minutes * 60 + seconds if minutes < 60 and seconds < 60 else None
    if not re.search(r"\d\s*(h|m|min|s)(\d|\s|$)", clean):
        return None
    match = _LENGTH.fullmatch(clean)
    if not match:
        return None
    typed_hours = float((match["h"] or "0").replace(",", "."))
    return round(typed_hours * 3600) + int(match["m"] or 0) * 60 + int(match["s"] or 0)


def parse_clock(text: str, *, compact: bool = True) -> time | None:
    """Returns the time of day of `14:20`, `8.30`, `8:30pm` and, if `compact`, `830` or `8`."""
    clean = text.strip().lower()
    match = _CLOCK.fullmatch(clean)
    bare = match is not None and match["m"] is None and match["half"] is None
    if bare and not compact:
        return None
    if match is None:
        match = _COMPACT.fullmatch(clean) if compact else None
    if match is None:
        return None
    groups = match.groupdict()
    hour, minute, second = (int(groups.get(k) or 0) for k in ("h", "m", "s"))
    if half := groups.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


def parse_day(text: str, today: date) -> date | None:
    """Returns the day of `2026-11-23`, `today`, `yesterday` or `-3` (days back)."""
    clean = text.strip().lower()
    if clean in _DAYS:
        return today + timedelta(days=_DAYS[clean])
    if re.fullmatch(r"-\d{1,4}d?", clean):
        return _sane(today - timedelta(days=int(clean.strip("-d"))))
    try:
        return _sane(date.fromisoformat(clean))
    except ValueError:
        return None


def _sane(day: date) -> date | None:
    """Returns the day, or None where arithmetic on it could leave the calendar."""
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _parse_full(clean: str, now: int, zone: tzinfo) -> Instant | None:
    """Returns the instant of an ISO 8601 moment or of `yesterday 14:20`."""
    day_text, _, clock_text = clean.partition(" ")
    day = parse_day(day_text, day_of(now, zone)) if not day_text.startswith("-") else None
    if day is not None and clock_text:
        clock = parse_clock(clock_text)
        return resolve(day, clock, zone) if clock else None
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", clean, re.IGNORECASE):
        return None
    try:
        moment = datetime.fromisoformat(clean.upper())
    except ValueError:
        return None
    if _sane(moment.date()) is None:
        return None
    if moment.tzinfo is None:
        return resolve(moment.date(), moment.time(), zone)
    return instant(moment)


def latest(clock: time, now: int, zone: tzinfo) -> Instant:
    """Returns the latest moment with this local clock time that is not in the future."""
    return max(at for at in _moments(clock, now, (0, -1, -2), zone) if at <= now)


def first_after(clock: time, start: int, zone: tzinfo) -> Instant:
    """Returns the first moment from `start` on with this local clock time."""
    return min(at for at in _moments(clock, start, (0, 1, 2), zone) if at >= start)


def _moments(clock: time, near: int, days: tuple[int, ...], zone: tzinfo) -> Iterator[Instant]:
    """Yields what a clock time means on days near an instant: twice where autumn repeats it.

    Two days away are enough even where a whole day was skipped (Samoa, 2011).
    """
    for offset in days:
        day = day_of(near, zone) + timedelta(days=offset)
        first = resolve(day, clock.replace(fold=0), zone)
        yield first
        yield max(first, resolve(day, clock.replace(fold=1), zone))


def parse_moment(text: str, now: int, zone: tzinfo, *, after: int | None = None) -> Instant:
    """Returns the instant that a typed moment names, or raises RefusedError.

    Args:
        text: A clock time, an offset (`-10m`, `+5m`), `now`, `yesterday 14:20` or ISO 8601.
        now: The present.
        zone: The local time zone.
        after: The start this moment is the stop of; a clock time then means the first one after it.
    """
    clean = text.strip().lower()
    if clean == "now":
        return Instant(now)
    if clean[:1] in "+-" and (length := parse_length(clean[1:])) is not None:
        return Instant(now + length if clean[0] == "+" else now - length)
    clock = parse_clock(clean.lstrip("@"))
    if clock is not None:
        return latest(clock, now, zone) if after is None else first_after(clock, after, zone)
    full = _parse_full(clean, now, zone)
    if full is None:
        raise RefusedError(
            f"“{text}” is not a time. Write 14:20, -10m, “yesterday 14:20” "
            "or 2026-11-23T14:20:00Z. Nothing was changed."
        )
    return full
