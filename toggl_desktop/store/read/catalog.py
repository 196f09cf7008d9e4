"""Projects, clients, tags, tasks, favourites and workspaces as lists show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toggl_desktop.domain.entities import (
    Client,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store import tables
from toggl_desktop.store.read.home import home
from toggl_desktop.store.read.places import in_full, owner, places
from toggl_desktop.store.source import Row, Source

Kind = Literal["project", "client", "tag", "task", "favourite", "workspace"]
CLASSES: dict[
    Kind, type[Project] | type[Client] | type[Tag] | type[Task] | type[Favourite] | type[Workspace]
] = {
    "project": Project,
    "client": Client,
    "tag": Tag,
    "task": Task,
    "favourite": Favourite,
    "workspace": Workspace,
}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with its client's name.

    Attributes:
        workspace: The name of its workspace.
        place: What tells it from another project of the same name (`places`); else None.
    """

    lid: str
    name: str
    color: str
    client: str | None
    client_name: str | None
    billable: bool
    archived: bool
    workspace: str | None = None
    place: str | None = None

    @property
    def owner(self) -> str | None:
        """Whose it is, as it stands beside its name: the client, and the place where it matters."""
        return owner(self.client_name, self.place)

    @property
    def written(self) -> str:
        """Its name as it is typed so that it alone is meant."""
        return in_full(self.name, self.place)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A client, tag or task: its name and whether it is archived."""

    lid: str
    name: str
    archived: bool = False
    project: str | None = None


@dataclass(frozen=True, slots=True)
class FavouriteRow:
    """A favourite with the names of what it points to; `place` as that of an entry."""

    lid: str
    description: str
    project: str | None
    project_name: str | None
    color: str | None
    task: str | None
    tags: tuple[str, ...]
    billable: bool
    place: str | None = None


def projects(source: Source, *, archived: bool = False) -> list[ProjectRow]:
    """Returns the projects by name; archived ones only if asked."""
    rows = source.rows(
        """SELECT p.lid, p.name, p.color, p.client, c.name, p.billable, p.archived, w.name
           FROM project p LEFT JOIN client c ON c.lid = p.client
           LEFT JOIN workspace w ON w.lid = p.workspace
           WHERE p.deleted = 0 AND (? OR p.archived = 0)""",
        (archived,),
    )
    shared = places(source)
    found = [ProjectRow(*[*r[:5], bool(r[5]), bool(r[6]), r[7], shared.get(r[0])]) for r in rows]
    return sorted(found, key=_by_name)


def clients(source: Source, *, archived: bool = False) -> list[NamedRow]:
    """Returns the clients by name; archived ones only if asked."""
    rows = source.rows(
        "SELECT lid, name, archived FROM client WHERE deleted = 0 AND (? OR archived = 0)",
        (archived,),
    )
    return sorted((NamedRow(lid, name, bool(arch)) for lid, name, arch in rows), key=_by_name)


def tags(source: Source) -> list[NamedRow]:
    """Returns the tags by name."""
    rows = source.rows("SELECT lid, name FROM tag WHERE deleted = 0")
    return sorted((NamedRow(lid, name) for lid, name in rows), key=_by_name)


def tag_names(source: Source) -> list[str]:
    """Returns what tags are called, each name once: several workspaces may have it."""
    return list(dict.fromkeys(tag.name for tag in tags(source)))


def new_tags(source: Source, names: Sequence[str], project: str | None) -> tuple[str, ...]:
    """Returns those of some names that no tag has where an entry of a project belongs.

    Without a project, or with one that is only to be made, that is where new entries go.
    """
    if not names:
        return ()
    of = source.value("SELECT workspace FROM project WHERE lid = ?", (project,))
    rows = source.rows(
        "SELECT name FROM tag WHERE workspace = ? AND deleted = 0", (of or home(source),)
    )
    known = {fold(name) for (name,) in rows}
    return tuple(name for name in names if fold(name) not in known)


def tasks(source: Source, project: str | None = None, *, archived: bool = False) -> list[NamedRow]:
    """Returns the tasks, of one project or of all, by name."""
    rows = source.rows(
        """SELECT lid, name, archived, project FROM task
           WHERE deleted = 0 AND (? OR archived = 0) AND (? IS NULL OR project = ?)""",
        (archived, project, project),
    )
    found = [NamedRow(lid, name, bool(arch), of) for lid, name, arch, of in rows]
    return sorted(found, key=_by_name)


def favourites(source: Source) -> list[FavouriteRow]:
    """Returns the favourites in the person's order."""
    rows = source.rows(
        """SELECT f.lid, f.description, f.project, p.name, p.color, f.task, f.tags, f.billable
           FROM favourite f LEFT JOIN project p ON p.lid = f.project
           WHERE f.deleted = 0 ORDER BY f.position, f.lid"""
    )
    shared = places(source)
    return [
        FavouriteRow(*[*r[:6], tuple(source.parsed(r[6], list)), bool(r[7]), shared.get(r[2])])
        for r in rows
    ]


def workspaces(source: Source) -> list[Workspace]:
    """Returns the workspaces, this computer's own first."""
    found = tables.load(source, Workspace, "WHERE deleted = 0")
    return sorted(found, key=lambda w: (w.lid != LOCAL_WORKSPACE, fold(w.name)))


def _by_name(row: ProjectRow | NamedRow) -> tuple[str, str]:
    return fold(row.name), row.lid


def named(source: Source, kind: Kind, text: str) -> list[tuple[str, str]]:
    """Returns (local id, name) of what is called so or has that id, archived ones too.

    An exact name wins over one that differs in case and accents only. A project is also found by
    its name with its client's, or with what else tells it from its namesakes: `Website (Bakers)`.
    """
    rows = _names(source, kind)
    whole = _spelled(source, fold(text)) if kind == "project" and text.endswith(")") else set()
    for matches in (
        [r for r in rows if r[1] == text],
        [r for r in rows if fold(r[1]) == fold(text)],
        [r for r in rows if r[0] in whole],
        [r for r in rows if r[0] == text],
        [r for r in rows if len(text) >= 4 and (r[0].startswith(text) or r[0].endswith(text))],
    ):
        if matches:
            return [(lid, name) for lid, name in matches]
    return []


def _spelled(source: Source, folded: str) -> set[str]:
    """Returns the projects that are written so with what tells them apart, or with their client."""
    found = {lid for lid, name in written(source).items() if fold(name) == folded}
    return found or {
        row.lid
        for row in projects(source, archived=True)
        if fold(in_full(row.name, row.client_name)) == folded
    }


def _names(source: Source, kind: Kind) -> list[Row]:
    name = "description" if kind == "favourite" else "name"
    # sql: names only
    return source.rows(f"SELECT lid, {name} FROM {CLASSES[kind].kind} WHERE deleted = 0")


def all_names(source: Source, kind: Kind) -> list[str]:
    """Returns every name of a kind that is not deleted, for suggestions."""
    return [name for _, name in _names(source, kind)]


def written(source: Source) -> dict[str, str]:
    """Returns each project's name so that `named` finds it: with its place where it must."""
    where = places(source)
    return {lid: in_full(name, where.get(lid)) for lid, name in _names(source, "project")}


def color_use(source: Source) -> dict[str, int]:
    """Returns how many living projects have each colour."""
    return dict(source.rows("SELECT color, count(*) FROM project WHERE deleted = 0 GROUP BY color"))
