"""Which row here is which row there, and a row's values as the server would have them."""

from dataclasses import replace
from typing import Any, Final

from toggl_desktop.domain.entities import (
    PALETTE,
    Client,
    Entity,
    Entry,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    ClientId,
    EntryId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)
from toggl_desktop.store import tables
from toggl_desktop.store.read import synced
from toggl_desktop.store.source import Source

ORDER: Final = ("workspace", "client", "project", "tag", "task", "time_entry")
"""Parents first (R10)."""

Values = dict[str, Any]
Ref = int | str | None
"""A server's number; the local id where the row has none yet; None for nothing."""

_POINTERS: Final = {"project": "project", "task": "task", "client": "client"}


def plain(values: dict[str, Any] | None) -> Values:
    """Returns a `base` or payload as it was before JSON made lists of its tuples."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in (values or {}).items()}


def waits(values: Values) -> bool:
    """Tells whether something that is pointed to has no number on the server yet."""
    pointers = (values.get(name) for name in ("workspace", "project", "task", "client"))
    return any(isinstance(ref, str) for ref in (*pointers, *values.get("tags", ())))


class Ties:
    """The two-way table of ids for everything that entries point to."""

    def __init__(self, source: Source) -> None:
        rows = synced.numbers(source)
        self._rids = {(kind, lid): rid for kind, lid, rid in rows}
        self._lids = {(kind, rid): lid for kind, lid, rid in rows}

    def learn(self, kind: str, lid: str, rid: int) -> None:
        """Notes that a row has a number now."""
        self._rids[kind, lid] = rid
        self._lids[kind, rid] = lid

    def rid(self, kind: str, lid: str | None) -> Ref:
        """Returns a row's number, or the local id itself while it has none."""
        return None if lid is None else self._rids.get((kind, lid), lid)

    def lid(self, kind: str, ref: Ref) -> str | None:
        """Returns the local id of a number; None when nothing here has it."""
        return ref if isinstance(ref, str) or ref is None else self._lids.get((kind, ref))

    def out(self, one: Entity) -> Values:
        """Returns a row's values as the server would have them."""
        if isinstance(one, Entry):
            return {
                "description": one.description,
                "start": one.start,
                "stop": one.stop,
                "workspace": self.rid("workspace", one.workspace),
                "project": self.rid("project", one.project),
                "task": self.rid("task", one.task),
                "tags": tuple(sorted({self._tag(tag) for tag in one.tags}, key=str)),
                "billable": one.billable,
            }
        return self._thing(one)

    def _thing(self, one: Entity) -> Values:
        if isinstance(one, Project):
            return {
                "name": one.name,
                "color": one.color,
                "client": self.rid("client", one.client),
                "workspace": self.rid("workspace", one.workspace),
                "billable": one.billable,
                "archived": one.archived,
            }
        if isinstance(one, Client):
            home = self.rid("workspace", one.workspace)
            return {"name": one.name, "workspace": home, "archived": one.archived}
        if isinstance(one, Task):
            return {
                "name": one.name,
                "project": self.rid("project", one.project),
                "estimate_seconds": one.estimate_seconds,
                "archived": one.archived,
            }
        if isinstance(one, Tag):
            return {"name": one.name, "workspace": self.rid("workspace", one.workspace)}
        return {"name": one.name, "required": one.required} if isinstance(one, Workspace) else {}

    def _tag(self, lid: str) -> int | str:
        found = self.rid("tag", lid)
        return lid if found is None else found

    def resolved(self, values: Values) -> Values:
        """Returns values that point to numbers wherever what they point to has one by now."""
        found = dict(values)
        for name, kind in _POINTERS.items():
            if isinstance(found.get(name), str):
                found[name] = self.rid(kind, found[name])
        if "tags" in found:
            tags = (self.rid("tag", t) if isinstance(t, str) else t for t in found["tags"])
            found["tags"] = tuple(sorted(tags, key=str))
        return found

    def workspace_of(self, one: Entity, source: Source) -> Ref:
        """Returns the workspace a row lives in on the server."""
        if isinstance(one, Task):
            found = tables.get(source, Project, one.project)
            return self.rid("workspace", found.workspace if found else None)
        return self.rid("workspace", getattr(one, "workspace", None))

    def changed(self, one: Entity, values: Values) -> Entity:
        """Returns the row with these values, where they differ from its own.

        Everything that `values` point to must be known here.
        """
        before = self.out(one)
        given: Values = {}
        for name, value in values.items():
            if name not in before or before[name] == value:
                continue
            if name == "tags":
                lids = dict.fromkeys(self.lid("tag", tag) for tag in value)
                kept = [t for t in one.tags if t in lids] if isinstance(one, Entry) else []
                given[name] = (*kept, *(t for t in lids if t not in kept))
            elif name in _POINTERS:
                given[name] = self.lid(_POINTERS[name], value)
            elif name == "workspace":
                given[name] = self.lid("workspace", value)
            else:
                given[name] = value
        changed: Entity = replace(one, **given) if given else one
        return changed

    def blank(self, kind: str, lid: str, values: Values) -> Entity:
        """Returns a new row with these values and nothing else."""
        home = WorkspaceId(self.lid("workspace", values.get("workspace")) or LOCAL_WORKSPACE)
        bare: Entity
        if kind == "time_entry":
            bare = Entry(EntryId(lid), values["start"], workspace=home)
        elif kind == "project":
            bare = Project(ProjectId(lid), values["name"], PALETTE[-1], workspace=home)
        elif kind == "client":
            bare = Client(ClientId(lid), values["name"], home)
        elif kind == "tag":
            bare = Tag(TagId(lid), values["name"], home)
        elif kind == "task":
            project = ProjectId(self.lid("project", values["project"]) or "")
            bare = Task(TaskId(lid), values["name"], project)
        else:
            bare = Workspace(WorkspaceId(lid), values["name"])
        return self.changed(bare, values)


def stand_in(kind: str, lid: str, rid: int, home: WorkspaceId, project: str | None) -> Entity:
    """Returns a row for something that is pointed to and was never read (R3)."""
    name = f"Unknown {kind} {rid}"
    if kind == "project":
        return Project(ProjectId(lid), name, PALETTE[-1], workspace=home)
    if kind == "client":
        return Client(ClientId(lid), name, home)
    if kind == "tag":
        return Tag(TagId(lid), name, home)
    if kind == "task":
        return Task(TaskId(lid), name, ProjectId(project or ""))
    return Workspace(WorkspaceId(lid), name)
