"""Our own JSON: everything about the entries, and the lists beside them, to be read back identical.

    {"format": "toggl-desktop", "version": 1, "entries": […], "projects": […], "clients": […],
     "tags": […], "tasks": […], "favourites": […], "workspaces": […], and the plan: `plan_json`}

Times are ISO 8601 in UTC; a running entry has `stop: null`. Readers ignore keys they do not know,
so later versions may add some; the version only rises when an old reader would go wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Final

from toggl_desktop.exchange.instants import epoch_of, iso
from toggl_desktop.exchange.json_items import (
    BadItem,
    Json,
    flag_in,
    head_of,
    is_plain,
    line_of,
    objects,
    scalar,
    split_object,
    text_in,
    texts_in,
    whole_in,
)
from toggl_desktop.exchange.localtime import LocalTime
from toggl_desktop.exchange.records import (
    BadLines,
    Bundle,
    ClientRecord,
    Found,
    ProjectRecord,
    Record,
    Row,
    TagRecord,
    TaskRecord,
    Unreadable,
    WorkspaceRecord,
    wrong_span,
)

FORMAT: Final = "json"
NAME: Final = "toggl-desktop"
VERSION: Final = 1
PLAN_LISTS: Final = (
    *("members", "groups", "segments", "statuses", "plan_tags", "plan_tasks"),
    *("milestones", "time_off", "dependencies"),
)
LISTS: Final = ("projects", "clients", "tags", "tasks", "favourites", "workspaces")


def write(records: Iterable[Record], bundle: Bundle) -> bytes:
    """The document, one entry and one row a line."""
    import msgspec

    encoder = msgspec.json.Encoder()

    def block(name: str, items: Iterable[Mapping[str, object]]) -> bytes:
        lines = [encoder.encode(dict(item)) for item in items]
        body = b"\n" + b",\n".join(lines) + b"\n" if lines else b""
        return encoder.encode(name) + b": [" + body + b"]"

    head = f'{{"format": "{NAME}", "version": {VERSION}'.encode()
    blocks = [head, block("entries", map(_item, records))]
    blocks.extend(block(name, getattr(bundle, name)) for name in LISTS)
    blocks.extend(block(name, items) for name, items in bundle.plan.items() if items)
    return b",\n".join(blocks) + b"}\n"


def _item(record: Record) -> Json:
    item: Json = {
        "description": record.description,
        "start": iso(record.start),
        "stop": None if record.stop is None else iso(record.stop),
        "project": record.project,
        "client": record.client,
        "task": record.task,
        "tags": record.tags,
        "billable": record.billable,
        "workspace": record.workspace,
        "color": record.color,
        "track_id": record.track_id,
    }
    if record.stop is not None:
        item["seconds"] = record.stop - record.start
    if record.user is not None:
        item["user"] = record.user
    if record.project_track_id is not None:
        item["project_track_id"] = record.project_track_id
    if record.plan_task is not None:
        item["plan_task"] = record.plan_task
    return item


def is_ours(parts: Mapping[str, bytes]) -> bool:
    """Whether these are the parts of a document of ours."""
    return scalar(parts.get("format", b"null")) == NAME


def read(data: bytes) -> Found:
    """Entries, and every row of the lists exactly as it was written.

    Raises:
        Unreadable: it is not ours, or of a version this program does not know.
    """
    parts = split_object(data)
    if not is_ours(parts):
        raise Unreadable("This JSON was not written by Toggl Desktop.")
    version = scalar(parts.get("version", b"null"))
    if not isinstance(version, int) or not 1 <= version <= VERSION:
        raise Unreadable("This file was written by a newer Toggl Desktop. Update, then import it.")
    bad = BadLines()
    records = tuple(_records(data, parts.get("entries", b"[]"), bad))
    rows = {
        name: _rows(parts[name], line_of(data, parts[name]), bad)
        for name in (*LISTS, *PLAN_LISTS)
        if name in parts
    }
    return Found(
        FORMAT,
        records,
        bad.sorted(),
        projects=tuple(_projects(rows.get("projects", ()))),
        clients=tuple(_clients(rows.get("clients", ()))),
        tags=tuple(_tags(rows.get("tags", ()))),
        tasks=tuple(_tasks(rows.get("tasks", ()))),
        workspaces=tuple(_workspaces(rows.get("workspaces", ()))),
        bundle=Bundle(
            projects=rows.get("projects", ()),
            clients=rows.get("clients", ()),
            tags=rows.get("tags", ()),
            tasks=rows.get("tasks", ()),
            favourites=rows.get("favourites", ()),
            workspaces=rows.get("workspaces", ()),
            plan={name: rows[name] for name in PLAN_LISTS if name in rows},
        ),
    )


def _records(data: bytes, entries: bytes, bad: BadLines) -> Iterable[Record]:
    local = LocalTime(UTC)
    for line, part, item in objects(entries, bad, line_of(data, entries)):
        try:
            yield _record(line, item, local)
        except BadItem as reason:
            bad.add(line, str(reason), head_of(part))


def _record(line: int, item: Json, local: LocalTime) -> Record:
    start, ended = epoch_of(text_in(item, "start"), local), text_in(item, "stop")
    stop = epoch_of(ended, local) if ended else None
    if start is None or (ended and stop is None):
        raise BadItem("“start” or “stop” is no time")
    wrong = wrong_span(start, stop)
    if wrong is not None:
        raise BadItem(wrong)
    return Record(
        line=line,
        description=text_in(item, "description"),
        start=start,
        stop=stop,
        project=text_in(item, "project") or None,
        client=text_in(item, "client") or None,
        task=text_in(item, "task") or None,
        tags=texts_in(item, "tags"),
        billable=flag_in(item, "billable"),
        workspace=text_in(item, "workspace") or None,
        color=text_in(item, "color") or None,
        track_id=whole_in(item, "track_id"),
        user=text_in(item, "user") or None,
        project_track_id=whole_in(item, "project_track_id"),
        plan_task=whole_in(item, "plan_task"),
    )


def _rows(data: bytes, line: int, bad: BadLines) -> tuple[Row, ...]:
    rows: list[Row] = []
    for at, part, item in objects(data, bad, line):
        if is_plain(item):
            rows.append(item)
        else:
            bad.add(at, "it is nested too deeply, or holds too large a number", head_of(part))
    return tuple(rows)


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _number(row: Row) -> int | None:
    value = row.get("track_id")
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _named(rows: Sequence[Row]) -> Iterable[tuple[str, Row]]:
    return ((name, row) for row in rows if (name := _text(row, "name")) is not None)


def _projects(rows: Sequence[Row]) -> Iterable[ProjectRecord]:
    for name, row in _named(rows):
        yield ProjectRecord(
            name=name,
            client=_text(row, "client"),
            color=_text(row, "color"),
            archived=row.get("archived") is True,
            billable=row.get("billable") is True,
            track_id=_number(row),
            workspace=_text(row, "workspace"),
        )


def _clients(rows: Sequence[Row]) -> Iterable[ClientRecord]:
    for name, row in _named(rows):
        archived = row.get("archived") is True
        yield ClientRecord(name, archived, _number(row), _text(row, "workspace"))


def _tags(rows: Sequence[Row]) -> Iterable[TagRecord]:
    for name, row in _named(rows):
        yield TagRecord(name, _number(row), _text(row, "workspace"))


def _tasks(rows: Sequence[Row]) -> Iterable[TaskRecord]:
    for name, row in _named(rows):
        yield TaskRecord(
            name=name,
            project=_text(row, "project"),
            client=_text(row, "client"),
            archived=row.get("archived") is True,
            track_id=_number(row),
            workspace=_text(row, "workspace"),
        )


def _workspaces(rows: Sequence[Row]) -> Iterable[WorkspaceRecord]:
    for name, row in _named(rows):
        yield WorkspaceRecord(name, _number(row))
