"""From names in a file to projects, clients, tags and tasks: those that are here, or new ones."""

from collections import Counter
from collections.abc import Iterable

from toggl_desktop.actions.ids import new_id
from toggl_desktop.domain.entities import (
    PALETTE,
    Client,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    ClientId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)
from toggl_desktop.domain.limits import check_color, check_name
from toggl_desktop.exchange.records import Found, ProjectRecord, Record
from toggl_desktop.store import tables
from toggl_desktop.store.read import catalog
from toggl_desktop.store.source import Source


class Matcher:
    """Finds what a name means, and makes what nothing here is called."""

    def __init__(self, source: Source) -> None:
        live = "WHERE deleted = 0"
        self._new: list[Client | Project | Tag | Task] = []
        self._listed: set[str] = set()
        self._color_use = Counter(catalog.color_use(source))
        self._workspaces = {fold(w.name): w.lid for w in tables.load(source, Workspace, live)}
        self._clients = {(c.workspace, fold(c.name)): c for c in tables.load(source, Client, live)}
        self._client_names = {c.lid: c.name for c in self._clients.values()}
        self._projects: dict[tuple[WorkspaceId, str, str], Project] = {}
        self._by_name: dict[tuple[WorkspaceId, str], list[Project]] = {}
        for project in tables.load(source, Project, live):
            self._know(project, self._client_names.get(project.client or ClientId("")))
        self._tags = {(t.workspace, fold(t.name)): t for t in tables.load(source, Tag, live)}
        self._tasks = {(t.project, fold(t.name)): t for t in tables.load(source, Task, live)}

    def made(
        self, users: Iterable[Entry | Favourite], also: Iterable[str] = ()
    ) -> list[Client | Project | Tag | Task]:
        """Returns what is new and needed: because the file lists it, or because of these users.

        `also` are ids that are needed besides.

        A line that is refused, or here already, leaves no project behind that nobody has time on.
        """
        needed = {*self._listed, *also}
        for one in users:
            needed.update(one.tags, filter(None, (one.project, one.task)))
        found: list[Client | Project | Tag | Task] = []
        for made in reversed(self._new):  # a parent is made before its children
            if made.lid in needed:
                found.append(made)
                parent = getattr(made, "client", None) or getattr(made, "project", None)
                needed |= {parent} if parent else set()
        return found[::-1]

    def take_lists(self, found: Found) -> None:
        """Makes what the file lists, with or without entries; what has no name is passed over.

        Raises:
            RefusedError: A name in it is too long.
        """
        self._make_listed(found)
        self._listed = {made.lid for made in self._new}

    def _make_listed(self, found: Found) -> None:
        estimates = _estimates(found)
        for client in found.clients:
            if client.name.strip():
                self._client(client.name, self.workspace(client.workspace), client.archived)
        for project in found.projects:
            if project.name.strip():
                self._listed_project(project)
        for tag in found.tags:
            if tag.name.strip():
                self._tag(tag.name, self.workspace(tag.workspace))
        for task in found.tasks:
            record = Record(None, "", 0, 0, task.project, task.client, task.name)
            owner = self.project(record)
            if owner is not None and task.name.strip():
                estimate = estimates.get((task.project, task.client, task.name))
                self._task(task.name, owner, estimate, archived=task.archived)

    def workspace(self, name: str | None) -> WorkspaceId:
        """Returns the workspace of that name, else the one of this computer."""
        return self._workspaces.get(fold(name or ""), LOCAL_WORKSPACE)

    def project(self, record: Record) -> Project | None:
        """Returns the record's project; made if need be, with the record's client and colour.

        Raises:
            RefusedError: Its name is too long.
        """
        name = (record.project or "").strip()
        if not name:
            return None
        workspace = self.workspace(record.workspace)
        client = (record.client or "").strip()
        found = self._projects.get((workspace, fold(client), fold(name)))
        if found is None and not client:
            # The file does not say whose it is: the only one of that name is meant.
            alike = self._by_name.get((workspace, fold(name)), [])
            found = alike[0] if len(alike) == 1 else None
        return found or self._new_project(
            ProjectRecord(name, client or None, record.color, workspace=record.workspace)
        )

    def _listed_project(self, listed: ProjectRecord) -> None:
        workspace = self.workspace(listed.workspace)
        key = (workspace, fold((listed.client or "").strip()), fold(listed.name.strip()))
        if key not in self._projects:
            self._new_project(listed)

    def _new_project(self, listed: ProjectRecord) -> Project:
        workspace = self.workspace(listed.workspace)
        name = check_name("project", listed.name)
        client = (listed.client or "").strip()
        owner = self._client(client, workspace, archived=False) if client else None
        project = Project(
            ProjectId(new_id()),
            name,
            self._color(listed.color),
            None if owner is None else owner.lid,
            workspace,
            listed.billable,
            listed.archived,
        )
        self._new.append(project)
        self._know(project, client or None)
        return project

    def _know(self, project: Project, client: str | None) -> None:
        name = fold(project.name)
        self._projects[project.workspace, fold(client or ""), name] = project
        self._by_name.setdefault((project.workspace, name), []).append(project)

    def _color(self, given: str | None) -> str:
        """Returns the given colour, or the palette's least used one."""
        try:
            color = check_color(given or "")
        except RefusedError:
            color = min(PALETTE, key=self._color_use.__getitem__)
        self._color_use[color] += 1
        return color

    def _client(self, name: str, workspace: WorkspaceId, archived: bool) -> Client:  # noqa: FBT001
        key = (workspace, fold(name.strip()))
        if key not in self._clients:
            made = Client(ClientId(new_id()), check_name("client", name), workspace, archived)
            self._clients[key] = made
            self._new.append(made)
        return self._clients[key]

    def task(self, record: Record, project: Project | None) -> Task | None:
        """Returns the record's task; made if need be. Without a project there is none."""
        name = (record.task or "").strip()
        if project is None or not name:
            return None
        return self._task(name, project, archived=False)

    def _task(
        self, name: str, project: Project, estimate: int | None = None, *, archived: bool
    ) -> Task:
        key = (project.lid, fold(name.strip()))
        if key not in self._tasks:
            name = check_name("task", name)
            made = Task(TaskId(new_id()), name, project.lid, estimate, archived)
            self._tasks[key] = made
            self._new.append(made)
        return self._tasks[key]

    def tags_of(self, names: tuple[str, ...], workspace: WorkspaceId) -> tuple[TagId, ...]:
        """Returns the tags of these names, each once; made if need be."""
        wanted = (name for name in names if name.strip())
        return tuple(dict.fromkeys(self._tag(name, workspace).lid for name in wanted))

    def _tag(self, name: str, workspace: WorkspaceId) -> Tag:
        key = (workspace, fold(name.strip()))
        if key not in self._tags:
            made = Tag(TagId(new_id()), check_name("tag", name), workspace)
            self._tags[key] = made
            self._new.append(made)
        return self._tags[key]


def _estimates(found: Found) -> dict[tuple[object, object, object], int]:
    """Returns the estimates of tasks, which our own files carry."""
    rows = found.bundle.tasks if found.bundle else ()
    return {
        (row.get("project"), row.get("client"), row.get("name")): seconds
        for row in rows
        if isinstance(seconds := row.get("estimate_seconds"), int)
        and not isinstance(seconds, bool)
        and seconds >= 0
    }
