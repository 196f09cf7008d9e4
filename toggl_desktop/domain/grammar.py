r"""The palette's one line: `write spec @Acme #deep $ -10m`.

| piece | means |
|---|---|
| `@Acme`, `@"Acme Website"` | project; without quotes the longest known name wins |
| `#deep`, `#"deep work"` | tag |
| `$`, `$billable`, `$no` | billable or not |
| `-10m`, `-1h30` | started that long ago |
| `@14:20` | started at that time |
| `9-10:30`, `9:00–10:30` | a finished entry (`9-10` only at the end of the line) |
| `1h30`, `45m` | a finished entry of that length, ending now or beginning at the given start |
| anything else | description; a leading `\` keeps a piece as text |
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.moments import (
    first_after,
    latest,
    parse_clock,
    parse_length,
    parse_moment,
)

_TOKEN = re.compile(r'[@#]"[^"]*"|\S+')
_RANGE = re.compile(r"(?P<low>\d{1,2}(?:[:.]\d{2})?)[-–](?P<high>\d{1,2}(?:[:.]\d{2})?)")
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


def _known_name(words: Sequence[str], names: Sequence[str]) -> tuple[str, int]:
    """Returns the longest known name the words begin with, and how many words it takes."""
    known = {fold(n): n for n in names}
    for count in range(min(len(words), 8), 1, -1):
        joined = " ".join(words[:count])
        if fold(joined) in known:
            return known[fold(joined)], count
    return words[0], 1


def _length(token: str) -> int | None:
    return None if ":" in token else parse_length(token)


def _timing(
    token: str, now: int, zone: tzinfo, *, is_last: bool
) -> tuple[int | None, int | None, int | None] | None:
    """Returns (start, stop, length) for a token that speaks of time; None for any other."""
    match = _RANGE.fullmatch(token)
    if match and (is_last or not token.replace("–", "-").replace("-", "").isdigit()):
        low, high = parse_clock(match["low"]), parse_clock(match["high"])
        if low and high:
            start = latest(low, now, zone)
            return start, first_after(high, start, zone), None
    if token[0] == "-" and _length(token[1:]) is not None:
        return parse_moment(token, now, zone), None, None
    if token[0] == "@" and (clock := parse_clock(token[1:], compact=False)):
        return latest(clock, now, zone), None, None
    length = _length(token)
    return None if length is None else (None, None, length)


def parse_line(text: str, now: int, zone: tzinfo, projects: Sequence[str] = ()) -> Line:
    """Returns what the line asks for; never raises: what it does not know is description.

    Args:
        text: The line.
        now: The present, epoch seconds UTC.
        zone: The local time zone, for clock times.
        projects: Known project names, so that a name of several words needs no quotes.
    """
    tokens: list[str] = _TOKEN.findall(text)
    line, words, length, place = Line(), list[str](), None, 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        timing = _timing(token, now, zone, is_last=place == len(tokens))
        if timing is not None:
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
