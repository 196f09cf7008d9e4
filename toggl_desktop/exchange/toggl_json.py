"""The JSON that Toggl Track's API answers: an array of entries, or `me` with its related data.

Keys may be absent, null, doubled by their short names (`wid`, `pid`, `tid`, `cid`) or new. Deleted
rows are skipped and counted. A negative duration means a running entry and is never computed with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final, TypeVar

from toggl_desktop.exchange.instants import epoch_of
from toggl_desktop.exchange.json_items import (
    BadItem,
    Json,
    flag_in,
    head_of,
    line_of,
    objects,
    split_object,
    text_in,
    texts_in,
    whole_in,
)
from toggl_desktop.exchange.localtime import LocalTime
from toggl_desktop.exchange.records import (
    BadLines,
    ClientRecord,
    Found,
    ProjectRecord,
    Record,
    TagRecord,
    TaskRecord,
    Unreadable,
    WorkspaceRecord,
    wrong_span,
)

FORMAT: Final = "toggl-json"
LISTS: Final = ("time_entries", "projects", "clients", "tags", "tasks", "workspaces")

_NUMBERS: Final = (("id", "track_id"), ("track_id",))
"""An id that is text is one of ours (`entries --json`); Toggl's number is then under `track_id`."""

_T = TypeVar("_T")


@dataclass(slots=True)
class _Known:
    """The names behind the numbers, as far as the file tells them."""

    workspaces: dict[int, WorkspaceRecord] = field(default_factory=dict)
    clients: dict[int, ClientRecord] = field(default_factory=dict)
    projects: dict[int, ProjectRecord] = field(default_factory=dict)
    tasks: dict[int, TaskRecord] = field(default_factory=dict)
    tags: list[TagRecord] = field(default_factory=list)

    def workspace_of(self, item: Json) -> str | None:
        """The workspace's name, if the file says it."""
        number = whole_in(item, "workspace_id", "wid")
        known = None if number is None else self.workspaces.get(number)
        return known.name if known else text_in(item, "workspace_name") or None


class _Reader:
    def __init__(self, zone: tzinfo) -> None:
        self.known = _Known()
        self.bad = BadLines()
        self.skipped = 0
        self.nameless = 0
        self._local = LocalTime(zone)
        self._line = 0

    def each(self, data: bytes, line: int, make: Callable[[Json], _T]) -> Iterable[_T]:
        """What `make` turns the live items of an array into; the others are reported."""
        for at, part, item in objects(data, self.bad, line):
            self._line = at
            if item.get("server_deleted_at") or item.get("deleted_at"):
                self.skipped += 1
                continue
            try:
                yield make(item)
            except BadItem as reason:
                self.bad.add(at, str(reason), head_of(part))

    def workspace(self, item: Json) -> tuple[int | None, WorkspaceRecord]:
        number = whole_in(item, "id")
        return number, WorkspaceRecord(_name(item), number)

    def client(self, item: Json) -> tuple[int | None, ClientRecord]:
        number = whole_in(item, "id")
        archived = flag_in(item, "archived")
        return number, ClientRecord(_name(item), archived, number, self.known.workspace_of(item))

    def project(self, item: Json) -> tuple[int | None, ProjectRecord]:
        number, owner = whole_in(item, "id"), whole_in(item, "client_id", "cid")
        client = self.known.clients.get(owner) if owner is not None else None
        archived = not flag_in(item, "active", default=True)
        return number, ProjectRecord(
            name=_name(item),
            client=client.name if client else text_in(item, "client_name") or None,
            color=text_in(item, "color") or None,
            archived=archived or text_in(item, "status") == "archived",
            billable=flag_in(item, "billable"),
            track_id=number,
            workspace=self.known.workspace_of(item),
        )

    def task(self, item: Json) -> tuple[int | None, TaskRecord]:
        number, owner = whole_in(item, "id"), whole_in(item, "project_id", "pid")
        project = self.known.projects.get(owner) if owner is not None else None
        return number, TaskRecord(
            name=_name(item),
            project=project.name if project else text_in(item, "project_name") or None,
            client=project.client if project else text_in(item, "client_name") or None,
            archived=not flag_in(item, "active", default=True),
            track_id=number,
            workspace=self.known.workspace_of(item),
        )

    def tag(self, item: Json) -> TagRecord:
        return TagRecord(_name(item), whole_in(item, "id"), self.known.workspace_of(item))

    def entry(self, item: Json) -> Record:
        start, stop, duration = self._span(item)
        number, task_number = whole_in(item, "project_id", "pid"), whole_in(item, "task_id", "tid")
        project = self.known.projects.get(number) if number is not None else None
        task = self.known.tasks.get(task_number) if task_number is not None else None
        name = project.name if project else _either(item, "project_name", "project")
        if number is not None and name is None:
            self.nameless += 1
        return Record(
            line=self._line,
            description=text_in(item, "description"),
            start=start,
            stop=stop,
            project=name,
            client=project.client if project else _either(item, "client_name", "client"),
            task=task.name if task else _either(item, "task_name", "task"),
            tags=texts_in(item, "tags"),
            billable=flag_in(item, "billable"),
            workspace=self.known.workspace_of(item),
            color=project.color if project else text_in(item, "project_color") or None,
            track_id=whole_in(item, *_NUMBERS[isinstance(item.get("id"), str)]),
            duration=duration,
            project_track_id=number,
        )

    def _span(self, item: Json) -> tuple[int, int | None, int | None]:
        """Start, stop and length; running when the duration is negative or nothing says the end."""
        written = text_in(item, "start")
        start = epoch_of(written, self._local)
        if start is None:
            raise BadItem(
                f"“start” is no time: “{written[:40]}”" if written else "“start” is missing"
            )
        duration = whole_in(item, "duration", "seconds")
        if duration is not None and duration < 0:
            return start, None, None
        ended = text_in(item, "stop")
        stop = epoch_of(ended, self._local) if ended else None
        if ended and stop is None:
            raise BadItem(f"“stop” is no time: “{ended[:40]}”")
        if stop is None and duration is not None:
            stop = start + duration
        wrong = wrong_span(start, stop)
        if wrong is not None:
            raise BadItem(wrong)
        return start, stop, duration


def read(data: bytes, zone: tzinfo) -> Found:
    """Every live entry, project, client, tag, task and workspace that the answer holds.

    Raises:
        Unreadable: this is no such answer.
    """
    reader = _Reader(zone)
    lists = _lists(data)
    known = reader.known

    def each(name: str, make: Callable[[Json], _T]) -> Iterable[_T]:
        if name not in lists or lists[name] == b"null":
            return ()
        return reader.each(lists[name], line_of(data, lists[name]), make)

    for number, workspace in each("workspaces", reader.workspace):
        known.workspaces[_key(number, known.workspaces)] = workspace
    for number, client in each("clients", reader.client):
        known.clients[_key(number, known.clients)] = client
    for number, project in each("projects", reader.project):
        known.projects[_key(number, known.projects)] = project
    for number, task in each("tasks", reader.task):
        known.tasks[_key(number, known.tasks)] = task
    known.tags.extend(each("tags", reader.tag))
    records = tuple(each("time_entries", reader.entry))
    return Found(
        FORMAT,
        records,
        reader.bad.sorted(),
        projects=tuple(known.projects.values()),
        clients=tuple(known.clients.values()),
        tags=tuple(known.tags),
        tasks=tuple(known.tasks.values()),
        workspaces=tuple(known.workspaces.values()),
        skipped=reader.skipped,
        notes=_notes(reader.nameless),
    )


def _notes(nameless: int) -> tuple[str, ...]:
    if not nameless:
        return ()
    sentence = (
        f"{nameless} entries name their project by number only. Export me with "
        "with_related_data=true to get the names too."
    )
    return (sentence,)


def _lists(data: bytes) -> dict[str, bytes]:
    """The arrays by name; a bare array is one of entries."""
    if not data.lstrip().startswith(b"{"):
        return {"time_entries": data}
    parts = split_object(data)
    if not parts.keys() & set(LISTS) and parts.get("data", b"").startswith(b"{"):
        parts = split_object(parts["data"])
    if not parts.keys() & set(LISTS):
        if "start" in parts:
            return {"time_entries": b"[" + data + b"]"}
        raise Unreadable("This JSON holds neither time entries nor projects.")
    return {name: value for name, value in parts.items() if name in LISTS}


def _name(item: Json) -> str:
    name = text_in(item, "name")
    if not name.strip():
        raise BadItem("it has no name")
    return name


def _either(item: Json, *keys: str) -> str | None:
    for key in keys:
        value = item.get(key)
        if isinstance(value, str) and value:
            return text_in(item, key)
    return None


def _key(number: int | None, taken: dict[int, _T]) -> int:
    """The number, or a negative one that no reference can name."""
    return number if number is not None else -1 - len(taken)
