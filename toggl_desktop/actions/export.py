"""What leaves the store: entries as files tell them, and the lists beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import TypeVar

from toggl_desktop.domain.entities import (
    Client,
    Entity,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.folding import fold
from toggl_desktop.exchange.records import Bundle, Record, Row
from toggl_desktop.store import tables
from toggl_desktop.store.source import Source

E = TypeVar("E", bound=Entity)
_LIVE = "WHERE deleted = 0"


def records(source: Source, lids: Iterable[str] | None = None) -> list[Record]:
    """Returns entries as files tell them, oldest first: all of them, or those with these ids."""
    names = _Names(source)
    wanted = None if lids is None else frozenset(lids)
    entries = tables.load(source, Entry, f"{_LIVE} ORDER BY start, lid")
    if wanted is not None:
        return [names.record(entry) for entry in entries if entry.lid in wanted]
    numbers: dict[str, int] = {}
    if any(entry.plan_task for entry in entries):
        from toggl_desktop.actions.plan.own import task_numbers

        numbers = task_numbers(source)
    return [
        replace(names.record(entry), plan_task=numbers.get(entry.plan_task or ""))
        for entry in entries
    ]


def by_lid(source: Source, lids: Iterable[str]) -> dict[str, Record]:
    """Returns these entries as files tell them, oldest first, by their local ids."""
    names, wanted = _Names(source), frozenset(lids)
    entries = tables.load(source, Entry, f"{_LIVE} ORDER BY start, lid")
    return {entry.lid: names.record(entry) for entry in entries if entry.lid in wanted}


def bundle(source: Source, *, with_plan: bool = False) -> Bundle:
    """Returns what travels beside the entries in our own format."""
    found = _Names(source).bundle()
    if not with_plan:
        return found
    from toggl_desktop.actions.plan.own import lists

    return replace(found, plan=lists(source))


def everything(source: Source, now: int, zone: tzinfo) -> bytes:
    """Returns all entries and the whole plan in our own format."""
    from toggl_desktop.exchange import write as writer

    with source.snapshot():
        found, rest = records(source), bundle(source, with_plan=True)
    return writer.write("json", found, zone=zone, now=now, raw=False, bundle=rest)


class _Names:
    """Everything that entries point to, by local id."""

    def __init__(self, source: Source) -> None:
        self._workspaces = _by_lid(source, Workspace)
        self._clients = _by_lid(source, Client)
        self._projects = _by_lid(source, Project)
        self._tasks = _by_lid(source, Task)
        self._tags = _by_lid(source, Tag)
        self._favourites = tables.load(source, Favourite, f"{_LIVE} ORDER BY position, lid")
        self._rids: dict[tuple[str, str], int] = {
            (kind, lid): rid
            for kind, lid, rid in source.rows(
                "SELECT kind, lid, rid FROM binding WHERE service = 'track' AND rid IS NOT NULL"
            )
        }

    def record(self, entry: Entry) -> Record:
        project = self._projects.get(entry.project or "")
        return Record(
            line=None,
            description=entry.description,
            start=entry.start,
            stop=entry.stop,
            project=None if project is None else project.name,
            client=self._client(project),
            task=_name(self._tasks, entry.task),
            tags=self._tag_names(entry.tags),
            billable=entry.billable,
            workspace=_name(self._workspaces, entry.workspace),
            color=None if project is None else project.color,
            track_id=self._rids.get(("time_entry", entry.lid)),
            project_track_id=(
                None if project is None else self._rids.get(("project", project.lid))
            ),
        )

    def _client(self, project: Project | None) -> str | None:
        return None if project is None else _name(self._clients, project.client)

    def _tag_names(self, lids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._tags[lid].name for lid in lids if lid in self._tags)

    def bundle(self) -> Bundle:
        return Bundle(
            projects=tuple(map(self._project, _sorted(self._projects))),
            clients=tuple(
                self._with_id(c, {"name": c.name, "archived": c.archived} | self._home(c))
                for c in _sorted(self._clients)
            ),
            tags=tuple(
                self._with_id(t, {"name": t.name} | self._home(t)) for t in _sorted(self._tags)
            ),
            tasks=tuple(map(self._task, _sorted(self._tasks))),
            favourites=tuple(map(self._favourite, self._favourites)),
            workspaces=tuple(
                {"name": w.name, "required": list(w.required)} for w in _sorted(self._workspaces)
            ),
        )

    def _home(self, of: Project | Client | Tag) -> dict[str, object]:
        return {"workspace": _name(self._workspaces, of.workspace)}

    def _with_id(self, of: Entity, row: dict[str, object]) -> Row:
        return row | {"track_id": self._rids.get((of.kind, of.lid))}

    def _project(self, of: Project) -> Row:
        row: dict[str, object] = {
            "name": of.name,
            "client": self._client(of),
            "color": of.color,
            "billable": of.billable,
            "archived": of.archived,
        }
        return self._with_id(of, row | self._home(of))

    def _task(self, of: Task) -> Row:
        project = self._projects.get(of.project)
        row: dict[str, object] = {
            "name": of.name,
            "project": None if project is None else project.name,
            "client": self._client(project),
            "estimate_seconds": of.estimate_seconds,
            "archived": of.archived,
        }
        return self._with_id(of, row)

    def _favourite(self, of: Favourite) -> Row:
        project = self._projects.get(of.project or "")
        return {
            "description": of.description,
            "project": None if project is None else project.name,
            "client": self._client(project),
            "task": _name(self._tasks, of.task),
            "tags": list(self._tag_names(of.tags)),
            "billable": of.billable,
        }


def _by_lid(source: Source, cls: type[E]) -> dict[str, E]:
    return {str(one.lid): one for one in tables.load(source, cls, _LIVE)}


N = TypeVar("N", Workspace, Client, Project, Task, Tag)


def _name(among: Mapping[str, N], lid: str | None) -> str | None:
    found = among.get(lid or "")
    return None if found is None else found.name


def _sorted(among: Mapping[str, N]) -> list[N]:
    """Returns them by name, so that two exports of the same things are the same file."""
    return sorted(among.values(), key=_by_name)


def _by_name(one: Workspace | Client | Project | Task | Tag) -> tuple[str, str, str]:
    return fold(one.name), one.name, one.lid
