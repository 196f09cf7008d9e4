"""Moments as the server writes them: microseconds inside, RFC 3339 outside."""

import datetime
import re

SECOND = 1_000_000
_RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))"
)


def micros(seconds: float) -> int:
    return round(seconds * SECOND)


def _moment(at: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at // SECOND, datetime.UTC)


def fine(at: int) -> str:
    """`at` of an entry: microseconds, with the zeros at the end cut."""
    text = f"{_moment(at):%Y-%m-%dT%H:%M:%S}"
    rest = f"{at % SECOND:06d}".rstrip("0")
    return f"{text}.{rest}Z" if rest else f"{text}Z"


def offset(seconds: int) -> str:
    """How GET writes whole seconds."""
    return f"{_moment(seconds * SECOND):%Y-%m-%dT%H:%M:%S}+00:00"


def zulu(seconds: int) -> str:
    """How POST and PATCH stop write whole seconds."""
    return f"{_moment(seconds * SECOND):%Y-%m-%dT%H:%M:%S}Z"


def day(seconds: int) -> str:
    return f"{_moment(seconds * SECOND):%Y-%m-%d}"


def http_date(seconds: float) -> str:
    return f"{_moment(micros(seconds)):%a, %d %b %Y %H:%M:%S} GMT"


def parsed(text: object) -> int | None:
    """Returns whole epoch seconds of an RFC 3339 text with seconds and offset; None for others."""
    found = _RFC3339.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day_, hour, minute, second = (int(found[i]) for i in range(1, 7))
    try:
        base = datetime.datetime(year, month, day_, hour, minute, second, tzinfo=datetime.UTC)
    except ValueError:
        return None
    away = 0
    if found[8]:
        away = (int(found[9]) * 60 + int(found[10])) * 60 * (1 if found[8] == "+" else -1)
    return int(base.timestamp()) - away


def parsed_day(text: object) -> int | None:
    """Returns the midnight (UTC) of a bare date, or the instant of a full one."""
    try:
        return int(
            datetime.datetime.strptime(str(text), "%Y-%m-%d")
            .replace(tzinfo=datetime.UTC)
            .timestamp()
        )
    except ValueError:
        return parsed(text)


def months_before(seconds: int, months: int) -> int:
    """Returns the midnight so many calendar months earlier."""
    now = _moment(seconds * SECOND)
    index = now.year * 12 + now.month - 1 - months
    year, month = divmod(index, 12)
    for last in (now.day, 30, 29, 28):
        try:
            return int(datetime.datetime(year, month + 1, last, tzinfo=datetime.UTC).timestamp())
        except ValueError:
            continue
    raise AssertionError
