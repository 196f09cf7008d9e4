r"""The palette's one line: `write spec @Acme #deep $ -10m`.

| piece | means |
|---|---|
| `@Acme`, `@"Acme Website"` | project; without quotes the longest known name wins |
| `#deep`, `#"deep work"` | tag |
| `$`, `$billable`, `$no` | billable or not |
| `-10m`, `-1h30` | started that long ago |
| `@14:20` | started at that time |
| `@last`, `since last stop` | started when the last entry stopped |
| `yesterday @14:20`, `2026-11-23 9-10:30` | that day |
| `9-10:30`, `9:00–10:30` | a finished entry (`9-10` only at the end of the line) |
| `1h30`, `45m` | a finished entry of that length, ending now or beginning at the given start |
| anything else | description; a leading `\` keeps a piece as text |
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from functools import lru_cache

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.instants import day_of, resolve
from toggl_desktop.domain.moments import (
    first_after,
    latest,
    parse_clock,
    parse_day,
    parse_length,
    parse_moment,
)

_TOKEN = re.compile(r'[@#]"[^"]*"|\S+')
_RANGE = re.compile(r"(?P<low>\d{1,2}(?:[:.]\d{2})?)[-–](?P<high>\d{1,2}(?:[:.]\d{2})?)")
_SINCE_LAST = re.compile(r"(?<!\S)(?:@last|since\s+last\s+stop)(?!\S)", re.IGNORECASE)
_DAY = re.compile(r"yesterday|today|\d{4}-\d{2}-\d{2}", re.IGNORECASE)
_LONGEST_SPAN = 16 * 3600
_BILLABLE = {"$": True, "$billable": True, "$yes": True, "$no": False}


@dataclass(frozen=True, slots=True)
class Line:
    """What one typed line asks for; names are as typed, instants are epoch seconds UTC.

    Attributes:
        start: When it starts; None means now (or, with a stop, was not said).
        stop: When it stopped; None means it goes on running.
    """

    description: str = ""
    project: str | None = None
    tags: tuple[str, ...] = ()
    billable: bool | None = None
    start: int | None = None
    stop: int | None = None


@lru_cache(maxsize=4)  # asked at every key, with the same names
def _by_folded(names: tuple[str, ...]) -> dict[str, str]:
    return {fold(n): n for n in names}


def _known_name(words: Sequence[str], names: Sequence[str]) -> tuple[str, int]:
    """Returns the longest known name the words begin with, and how many words it takes."""
    known = _by_folded(tuple(names))
    for count in range(min(len(words), 8), 1, -1):
        joined = " ".join(words[:count])
        if fold(joined) in known:
            return known[fold(joined)], count
    return words[0], 1


def _length(token: str) -> int | None:
    return None if ":" in token else parse_length(token)


def _span(
    token: str, now: int, zone: tzinfo, day: date | None, *, is_last: bool
) -> tuple[int, int] | None:
    """Returns start and stop of a token like `9-10:30`; None for any other.

    One that would end in the future on the next day was last night. One of more than sixteen hours
    is a slip of the pen, and stays text.
    """
    match = _RANGE.fullmatch(token)
    if not match or not (is_last or not token.replace("–", "-").replace("-", "").isdigit()):
        return None
    low, high = parse_clock(match["low"]), parse_clock(match["high"])
    if low is None or high is None:
        return None
    start = latest(low, now, zone) if day is None else resolve(day, low, zone)
    stop = first_after(high, start, zone)
    if day is None and stop > now and day_of(stop, zone) != day_of(start, zone):
        start = resolve(day_of(start, zone) - timedelta(days=1), low, zone)
        stop = first_after(high, start, zone)
    return (start, stop) if stop - start <= _LONGEST_SPAN else None


def _timing(
    token: str, now: int, zone: tzinfo, day: date | None, *, is_last: bool
) -> tuple[int | None, int | None, int | None] | None:
    """Returns (start, stop, length) for a token that speaks of time; None for any other."""
    if span := _span(token, now, zone, day, is_last=is_last):
        return *span, None
    if token[0] == "-" and _length(token[1:]) is not None:
        return parse_moment(token, now, zone), None, None
    if token[0] == "@" and (clock := parse_clock(token[1:], compact=False)):
        return latest(clock, now, zone) if day is None else resolve(day, clock, zone), None, None
    length = _length(token)
    return None if length is None else (None, None, length)


def _is_day(token: str, following: Sequence[str]) -> bool:
    """Tells whether a token names the day of the clock times that follow it."""
    if not _DAY.fullmatch(token) or not following:
        return False
    after = following[0]
    is_clock = after[0] == "@" and parse_clock(after[1:], compact=False) is not None
    return is_clock or _RANGE.fullmatch(after) is not None


def parse_line(
    text: str,
    now: int,
    zone: tzinfo,
    projects: Sequence[str] = (),
    last_stop: int | None = None,
) -> Line:
    """Returns what the line asks for; never raises: what it does not know is description.

    Args:
        text: The line.
        now: The present, epoch seconds UTC.
        zone: The local time zone, for clock times.
        projects: Known project names, so that a name of several words needs no quotes.
        last_stop: When the last entry stopped; without it `@last` means nothing special.
    """
    line = Line()
    if last_stop is not None:
        text, count = _SINCE_LAST.subn(" ", text)
        line = Line(start=last_stop if count else None)
    tokens: list[str] = _TOKEN.findall(text)
    words, length, place = list[str](), None, 0
    day: date | None = None
    while place < len(tokens):
        token = tokens[place]
        place += 1
        timing = _timing(token, now, zone, day, is_last=place == len(tokens))
        day = None
        if _is_day(token, tokens[place : place + 1]):
            day = parse_day(token, day_of(now, zone))
        elif timing is not None:
            start, stop, said = timing
            line = replace(
                line,
                start=line.start if start is None else start,
                stop=line.stop if stop is None else stop,
            )
            length = length if said is None else said
        elif token[0] == "@" and len(token) > 1:
            if token[1] == '"':
                name = token[2:].rstrip('"')
            else:
                name, count = _known_name([token[1:], *tokens[place:]], projects)
                place += count - 1
            line = replace(line, project=name or None)
        elif token[0] == "#" and len(token) > 1:
            tag = token[1:].strip('"')
            line = replace(line, tags=tuple(dict.fromkeys((*line.tags, tag))) if tag else line.tags)
        elif token.lower() in _BILLABLE:
            line = replace(line, billable=_BILLABLE[token.lower()])
        else:
            words.append(token.removeprefix("\\"))
    return _with_length(replace(line, description=" ".join(words)), length, now)


def _with_length(line: Line, length: int | None, now: int) -> Line:
    if length is None or line.stop is not None:
        return line
    start = now - length if line.start is None else line.start
    return replace(line, start=start, stop=start + length)
