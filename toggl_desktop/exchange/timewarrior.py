"""Timewarrior's `timew export`, read and written.

Timewarrior knows intervals, tags and one annotation. The annotation is the description; project,
client, task and billable travel as tags `project:…`, `client:…`, `task:…` and `billable:yes`, which
is also how people write them by hand. A tag of ours that looks like one of these is written as
`tag:…`, so everything comes back as it was. Workspace, colour and Toggl's numbers are not carried.
The running entry has no `end`, as Timewarrior itself writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from toggl_desktop.exchange.instants import compact_epoch_of, compact_iso
from toggl_desktop.exchange.json_items import BadItem, Json, head_of, objects, text_in, texts_in
from toggl_desktop.exchange.records import BadLines, Found, Record, wrong_span

FORMAT: Final = "timewarrior"

_PROJECT, _CLIENT, _TASK, _TAG = "project:", "client:", "task:", "tag:"
_BILLABLE: Final = "billable:yes"


def read(data: bytes) -> Found:
    """Every interval; those that are none are reported by line.

    Raises:
        Unreadable: this is no JSON array.
    """
    bad = BadLines()
    records: list[Record] = []
    for line, part, item in objects(data, bad):
        try:
            records.append(_record(line, item))
        except BadItem as reason:
            bad.add(line, str(reason), head_of(part))
    return Found(FORMAT, tuple(records), bad.sorted())


def _record(line: int, item: Json) -> Record:
    written, ended = text_in(item, "start"), text_in(item, "end")
    start = compact_epoch_of(written)
    stop = compact_epoch_of(ended) if ended else None
    if start is None:
        raise BadItem(f"“start” is no time: “{written[:40]}”" if written else "“start” is missing")
    if ended and stop is None:
        raise BadItem(f"“end” is no time: “{ended[:40]}”")
    wrong = wrong_span(start, stop)
    if wrong is not None:
        raise BadItem(wrong)
    named: dict[str, str] = {}
    tags: list[str] = []
    for tag in texts_in(item, "tags"):
        prefix = _prefix_of(tag)
        if prefix == _TAG:
            tags.append(tag.removeprefix(_TAG))
        elif prefix is not None and prefix not in named:
            named[prefix] = tag.removeprefix(prefix)
        else:
            tags.append(tag)
    return Record(
        line=line,
        description=text_in(item, "annotation"),
        start=start,
        stop=stop,
        project=named.get(_PROJECT),
        client=named.get(_CLIENT),
        task=named.get(_TASK),
        tags=tuple(tags),
        billable=_BILLABLE in named,
    )


def _prefix_of(tag: str) -> str | None:
    """The reserved beginning that this tag has, with something behind it."""
    if tag == _BILLABLE:
        return _BILLABLE
    for prefix in (_PROJECT, _CLIENT, _TASK, _TAG):
        if tag.startswith(prefix) and len(tag) > len(prefix):
            return prefix
    return None


def write(records: Sequence[Record]) -> bytes:
    """The array as Timewarrior prints it, one interval a line; the newest has the id 1."""
    import msgspec

    newest_first = sorted(range(len(records)), key=lambda at: -records[at].start)
    number = {at: place + 1 for place, at in enumerate(newest_first)}
    encoder = msgspec.json.Encoder()
    lines = [encoder.encode(_item(record, number[at])) for at, record in enumerate(records)]
    return b"[\n" + b",\n".join(lines) + (b"\n]\n" if lines else b"]\n")


def _item(record: Record, number: int) -> Json:
    item: Json = {"id": number, "start": compact_iso(record.start)}
    if record.stop is not None:
        item["end"] = compact_iso(record.stop)
    tags = [
        prefix + name
        for prefix, name in (
            (_PROJECT, record.project),
            (_CLIENT, record.client),
            (_TASK, record.task),
        )
        if name
    ]
    if record.billable:
        tags.append(_BILLABLE)
    tags.extend(_TAG + tag if _prefix_of(tag) else tag for tag in record.tags)
    if tags:
        item["tags"] = tags
    if record.description:
        item["annotation"] = record.description
    return item
