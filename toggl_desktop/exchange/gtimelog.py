"""gtimelog's timelog.txt: each line says when something ended, so it began where the last one did.

The first line of a day is the arrival; a day turns at gtimelog's virtual midnight (two o'clock).
`category: text` becomes project and description, `project: task: text` all three, ` -- a b` two
tags. What holds `**` is slacking and gets the tag `slacking`; what holds `***` is not counted, as
in gtimelog's own report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from toggl_desktop.exchange.localtime import LocalTime, Moment
from toggl_desktop.exchange.records import BadLines, Found, Record, tidy, wrong_span

FORMAT: Final = "gtimelog"
SLACKING: Final = "slacking"

LINE: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2})(?: [+-][0-9]{4})?: ?(.*)"
)
_VIRTUAL_MIDNIGHT: Final = 2 * 3600


@dataclass(frozen=True, slots=True)
class _Event:
    line: int
    when: Moment
    text: str

    @property
    def day(self) -> int:
        """The day it belongs to: before two in the morning it is still the day before."""
        day, seconds = self.when
        return day - 1 if seconds < _VIRTUAL_MIDNIGHT else day


def read(text: str, zone: tzinfo) -> Found:
    """Every interval; lines that are neither events nor comments are reported by number."""
    bad = BadLines()
    # The peer sorts by time too, and keeps the order of lines with the same time.
    events = sorted(_events(text, bad), key=_when)
    local = LocalTime(zone)
    records: list[Record] = []
    skipped = 0
    last: _Event | None = None
    last_epoch = 0
    for event in events:
        readings = local.readings(event.when)
        epoch = next((moment for moment in readings if moment >= last_epoch), readings[0])
        if last is not None and last.day == event.day:
            if "***" in event.text:
                skipped += 1
            elif wrong := wrong_span(last_epoch, epoch):
                bad.add(event.line, wrong, event.text)
            else:
                records.append(_record(event, last_epoch, epoch))
        last, last_epoch = event, epoch
    return Found(FORMAT, tuple(records), bad.sorted(), skipped=skipped)


def _when(event: _Event) -> Moment:
    return event.when


def _events(text: str, bad: BadLines) -> list[_Event]:
    events: list[_Event] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line.rstrip())
        when = None if match is None else _moment(match)
        if match is None or when is None:
            bad.add(number, "it does not begin with a date and a time", line)
        else:
            events.append(_Event(number, when, tidy(match[6].strip())))
    return events


def _moment(match: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    if hour > 23 or minute > 59 or not 1970 < year < 2199:
        return None
    try:
        return date(year, month, day).toordinal(), hour * 3600 + minute * 60
    except ValueError:
        return None


def _record(event: _Event, start: int, stop: int) -> Record:
    text, tags = _split_tags(event.text)
    if "**" in text:
        text = text.replace("**", "").strip()
        tags.append(SLACKING)
    project, task, description = _split_category(text)
    return Record(
        line=event.line,
        description=description,
        start=start,
        stop=stop,
        project=project,
        task=task,
        tags=tuple(dict.fromkeys(tags)),
    )


def _split_tags(text: str) -> tuple[str, list[str]]:
    entry, mark, words = text.partition(" -- ")
    if not mark:
        return text, []
    tags = words.split()
    if "**" in tags:
        tags = [tag for tag in tags if tag != "**"]
        entry += " **"
    return entry.rstrip(), tags


def _split_category(text: str) -> tuple[str | None, str | None, str]:
    if text.endswith(":") and ": " not in text:
        return text[:-1] or None, None, ""
    parts = [part.strip() for part in text.split(": ", 2)]
    if len(parts) == 3 and all(parts):
        return parts[0], parts[1], parts[2]
    category, mark, rest = text.partition(": ")
    if mark and category.strip():
        return category.strip(), None, rest.strip()
    return None, None, text
