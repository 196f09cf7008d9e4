"""From a typed name to the thing it names; a name nobody knows is refused with what is near it."""

from collections.abc import Sequence

from toggl_desktop.actions.catalog import create
from toggl_desktop.domain.commands import AddProject
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import ClientId, ProjectId, TaskId
from toggl_desktop.store.read import catalog
from toggl_desktop.store.read.catalog import Kind
from toggl_desktop.store.read.places import in_full, places
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction


class UnknownNameError(RefusedError):
    """Nothing is called so.

    Attributes:
        kind: What was looked for.
        name: What was typed.
        near: Names that are near it, best first.
    """

    def __init__(self, kind: str, name: str, near: Sequence[str]) -> None:
        if near:
            guess = f"Did you mean {' or '.join(f'“{n}”' for n in near)}?"
        else:
            guess = "Nothing is called alike."
        super().__init__(f"There is no {kind} “{name}”. {guess} Nothing was changed.")
        self.kind, self.name, self.near = kind, name, tuple(near)


class AmbiguousNameError(RefusedError):
    """Several things are called so."""


def nearest(source: Source, kind: Kind, name: str, limit: int = 3) -> list[str]:
    """Returns the names of a kind that are nearest to a typed one, best first."""
    from rapidfuzz import fuzz, process

    names = list(dict.fromkeys(catalog.all_names(source, kind)))
    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=fold, limit=limit, score_cutoff=60
    )
    return [match for match, _, _ in found]


def lid_of(source: Source, kind: Kind, name: str) -> str:
    """Returns the local id of the thing that is called so, or has that (shortened) id.

    Raises:
        UnknownNameError: Nothing is.
        AmbiguousNameError: Several things are.
    """
    found = catalog.named(source, kind, name)
    if not found:
        raise UnknownNameError(kind, name, nearest(source, kind, name))
    if len(found) > 1:
        where = places(source) if kind == "project" else {}
        ends = ", ".join(_end(lid, where.get(lid)) for lid, _ in found[:5])
        called = found[0][1]
        full = next((in_full(name, where[lid]) for lid, name in found if lid in where), None)
        way = f", or as “{full}”" if full else ""
        raise AmbiguousNameError(
            f"{len(found)} {kind}s are called “{called}” ({ends}). "
            f"Nothing was changed; name one by its id{way}."
        )
    return found[0][0]


def _end(lid: str, place: str | None) -> str:
    return lid[-8:] if place is None else f"{lid[-8:]}: {place}"


def project(tx: Transaction, name: str, *, creates: bool, client: str | None = None) -> ProjectId:
    """Returns the project of that name, made in this step if it is missing and may be made.

    Args:
        tx: The step.
        name: Its name.
        creates: Whether it may be made.
        client: The client it is for when it is made; made too if nobody is called so.
    """
    if client and creates:
        return _project_for(tx, name, client)
    try:
        return ProjectId(lid_of(tx.source, "project", name))
    except UnknownNameError:
        if not creates:
            raise
    made = create(tx, AddProject(name))
    return ProjectId(made.lid)


def _project_for(tx: Transaction, name: str, client: str) -> ProjectId:
    """Returns a client's project of that name; another client's does not count."""
    wanted = (fold(name), fold(client))
    for row in catalog.projects(tx.source, archived=True):
        if (fold(row.name), fold(row.client_name or "")) == wanted:
            return ProjectId(row.lid)
    known = [
        lid for lid, other in catalog.named(tx.source, "client", client) if fold(other) == wanted[1]
    ]
    new = (
        AddProject(name, client=ClientId(known[0]))
        if known
        else AddProject(name, new_client=client)
    )
    return ProjectId(create(tx, new).lid)


def task(source: Source, name: str, of: ProjectId | None) -> TaskId:
    """Returns the task of that name, among those of a project where one is given.

    Raises:
        UnknownNameError: There is none.
        AmbiguousNameError: Several projects have one.
    """
    lids = {row.lid for row in catalog.tasks(source, of, archived=True)}
    found = [lid for lid, _ in catalog.named(source, "task", name) if lid in lids]
    if not found:
        raise UnknownNameError("task", name, nearest(source, "task", name))
    if len(found) > 1:
        raise AmbiguousNameError(
            f"{len(found)} projects have a task “{name}”. "
            "Nothing was changed; name the project too."
        )
    return TaskId(found[0])
