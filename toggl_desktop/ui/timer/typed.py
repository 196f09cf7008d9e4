"""Times as they are typed into an entry's fields: a clock time means the day the entry is on."""

from datetime import tzinfo

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import Instant, day_of, resolve
from toggl_desktop.domain.moments import first_after, parse_clock, parse_length, parse_moment

_DAY_SECONDS = 86400


def start(text: str, was: int, now: int, zone: tzinfo) -> int:
    """Returns the start that is typed for an entry: `8:30` on its day, `-5m` from where it was.

    Raises:
        RefusedError: It is no time.
    """
    clock = parse_clock(text.strip())
    if clock is not None:
        return resolve(day_of(was, zone), clock, zone)
    return _shifted(text, was) or parse_moment(text, now, zone)


def begin(text: str, now: int, zone: tzinfo) -> int:
    """Returns the start that is typed for what runs: `8:30`, `-15m`, or `45m` for its length.

    Raises:
        RefusedError: It is no time.
    """
    clean = text.strip().lower()
    if clean[-1:] in ("h", "m", "s") and (seconds := parse_length(clean)) is not None:
        return now - seconds
    return parse_moment(text, now, zone)


def stop(text: str, begin: int, was: int, now: int, zone: tzinfo) -> int:
    """Returns the stop that is typed for an entry: a clock time is the first one after its start.

    Raises:
        RefusedError: It is no time.
    """
    clock = parse_clock(text.strip())
    if clock is not None:
        return first_after(clock, begin, zone)
    return _shifted(text, was) or parse_moment(text, now, zone, after=begin)


def length(text: str) -> int:
    """Returns the seconds of `1:30`, `1h30`, `90m`, or of a bare number of minutes.

    Raises:
        RefusedError: It is no length.
    """
    clean = text.strip()
    if clean.isascii() and clean.isdigit() and len(clean) <= 5:
        return int(clean) * 60
    seconds = parse_length(clean)
    if seconds is None:
        raise RefusedError(
            f"“{text}” is not a length. Write 1:30, 1h30 or 90m. Nothing was changed."
        )
    return seconds


def shift(text: str) -> int:
    """Returns the seconds of `+15m`, `-1h`, `1:30`, `+2d`, or of a bare number of minutes.

    Raises:
        RefusedError: It is no length.
    """
    clean = text.strip().lower().replace("\u2212", "-")
    sign = -1 if clean[:1] == "-" else 1
    bare = clean[1:].strip() if clean[:1] in ("+", "-") else clean
    if bare[-1:] == "d" and bare[:-1].isascii() and bare[:-1].isdigit() and len(bare) <= 5:
        return sign * int(bare[:-1]) * _DAY_SECONDS
    return sign * length(bare)


def needs_day(begin: int, end: int) -> bool:
    """Tells whether a stop cannot be written as a clock time alone."""
    return not 0 <= end - begin < _DAY_SECONDS


def _shifted(text: str, was: int) -> Instant | None:
    clean = text.strip().lower()
    if clean[:1] not in ("+", "-"):
        return None
    seconds = parse_length(clean[1:])
    if seconds is None:
        return None
    return Instant(was + seconds if clean[0] == "+" else was - seconds)
