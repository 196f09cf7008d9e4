"""Projects, clients, tags, tasks, workspaces and favourites: create, change, delete."""

from dataclasses import replace
from typing import Any

from toggl_desktop.actions import rights
from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.timer import at_home
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import (
    AddClient,
    AddFavourite,
    AddProject,
    AddTag,
    AddThing,
    DeleteThing,
    EditClient,
    EditProject,
    EditTag,
    EditTask,
    EditThing,
    EditWorkspace,
    MoveFavourite,
    Unset,
)
from toggl_desktop.domain.entities import (
    PALETTE,
    REQUIRABLE,
    Client,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.errors import NothingToDoError, RefusedError
from toggl_desktop.domain.folding import same_name
from toggl_desktop.domain.ids import (
    ClientId,
    EntryId,
    FavouriteId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)
from toggl_desktop.domain.limits import check_color, check_entry, check_estimate, check_name
from toggl_desktop.domain.words import named
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import catalog as read
from toggl_desktop.store.read.home import home
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction

Thing = Project | Client | Tag | Task


def add(store: Store, command: AddThing, now: Reading) -> ChangeSet:
    """Creates a project, client, tag or task. Raises RefusedError when the name is taken."""
    with store.transaction("Add", now.wall) as tx:
        thing = create(tx, command)
        tx.step.name = f"Add {thing.kind} “{thing.name}”"
    return tx.result


def create(tx: Transaction, command: AddThing) -> Thing:
    """Makes the thing inside a step under way and returns it: for actions that need it at once."""
    thing = _made(tx, command)
    _refuse_twin(tx, thing)
    if isinstance(thing, Project | Tag | Client):
        rights.say_new(tx, thing, thing.workspace)
    tx.save(thing)
    return thing


def _made(tx: Transaction, command: AddThing) -> Thing:
    if isinstance(command, AddProject):
        workspace = _home(tx, command.workspace)
        client = command.client
        if command.new_client is not None:
            client = ClientId(create(tx, AddClient(command.new_client, workspace)).lid)
        if client is not None:
            workspace = tx.get(Client, client).workspace
        return Project(
            ProjectId(new_id()),
            check_name("project", command.name),
            check_color(command.color) if command.color else next_color(tx.source),
            client,
            workspace,
            command.billable,
        )
    if isinstance(command, AddClient):
        name = check_name("client", command.name)
        return Client(ClientId(new_id()), name, _home(tx, command.workspace))
    if isinstance(command, AddTag):
        name = check_name("tag", command.name)
        return Tag(TagId(new_id()), name, _home(tx, command.workspace))
    tx.get(Project, command.project)
    name = check_name("task", command.name)
    check_estimate(command.estimate_seconds)
    return Task(TaskId(new_id()), name, command.project, command.estimate_seconds)


def _home(tx: Transaction, workspace: WorkspaceId | None) -> WorkspaceId:
    return home(tx.source) if workspace is None else tx.get(Workspace, workspace).lid


def next_color(source: Source) -> str:
    """Returns the palette's least used colour, the first of them in its order."""
    use = read.color_use(source)
    return min(PALETTE, key=lambda c: use.get(c, 0))


def _refuse_twin(tx: Transaction, thing: Thing) -> None:
    for other in tables.load(tx.source, type(thing), "WHERE deleted = 0"):
        same_home = (
            other.project == thing.project
            if isinstance(other, Task) and isinstance(thing, Task)
            else getattr(other, "workspace", None) == getattr(thing, "workspace", None)
        )
        if isinstance(other, Project) and isinstance(thing, Project):
            same_home = same_home and other.client == thing.client
        if same_home and other.lid != thing.lid and same_name(other.name, thing.name):
            hint = " It is archived." if getattr(other, "archived", False) else ""
            raise RefusedError(
                f"There is a {thing.kind} “{other.name}” already.{hint} Nothing was changed."
            )


def edit(store: Store, command: EditThing, now: Reading) -> ChangeSet:
    """Changes a project, client, tag, task or workspace.

    Raises:
        RefusedError: The new name is taken or a value is not allowed; nothing was changed.
        NothingToDoError: Everything is so already.
    """
    with store.transaction("Edit", now.wall) as tx:
        thing = _edited(tx, command)
        tx.step.name = f"Edit {thing.kind} “{thing.name}”"
        tx.save(thing)
    if not tx.result:
        raise NothingToDoError("Nothing to change: it is so already.")
    return tx.result


def _edited(tx: Transaction, command: EditThing) -> Thing | Workspace:
    given: dict[str, Any] = {
        name: value
        for name in ("name", "color", "client", "billable", "archived", "estimate_seconds")
        if not isinstance(value := getattr(command, name, Unset.UNSET), Unset)
    }
    if isinstance(command, EditWorkspace):
        return _edited_workspace(tx, command)
    thing = _target(tx, command)
    rights.refuse_closed(tx, thing)
    if "name" in given:
        given["name"] = check_name(thing.kind, given["name"])
    if "color" in given:
        given["color"] = check_color(given["color"])
    if isinstance(command, EditProject) and isinstance(thing, Project) and command.new_client:
        made = create(tx, AddClient(command.new_client, thing.workspace))
        given["client"] = made.lid
    check_estimate(given.get("estimate_seconds"))
    if isinstance(command, EditClient):
        given.pop("client", None)
    elif given.get("client") is not None:
        client = tx.get(Client, given["client"])
        if isinstance(thing, Project) and client.workspace != thing.workspace:
            raise RefusedError(
                f"The client “{client.name}” is in another workspace. Nothing was changed."
            )
    changed = replace(thing, **given)
    if "name" in given or "client" in given:
        _refuse_twin(tx, changed)
    return changed


def _edited_workspace(tx: Transaction, command: EditWorkspace) -> Workspace:
    workspace = tx.get(Workspace, command.workspace)
    if not isinstance(command.name, Unset):
        workspace = replace(workspace, name=check_name("workspace", command.name))
    if not isinstance(command.required, Unset):
        unknown = [f for f in command.required if f not in REQUIRABLE]
        if unknown:
            raise RefusedError(
                f"“{unknown[0]}” cannot be required; {', '.join(REQUIRABLE)} can. "
                "Nothing was changed."
            )
        workspace = replace(workspace, required=command.required)
    return workspace


def _target(tx: Transaction, command: EditProject | EditClient | EditTag | EditTask) -> Thing:
    if isinstance(command, EditProject):
        return tx.get(Project, command.project)
    if isinstance(command, EditClient):
        return tx.get(Client, command.client)
    if isinstance(command, EditTag):
        return tx.get(Tag, command.tag)
    return tx.get(Task, command.task)


_CLASSES = {
    "project": Project,
    "client": Client,
    "tag": Tag,
    "task": Task,
    "favourite": Favourite,
}


def delete(store: Store, command: DeleteThing, now: Reading) -> ChangeSet:
    """Deletes a thing. Entries keep their time and lose only the name; undo gives all back."""
    with store.transaction("Delete", now.wall) as tx:
        thing: Thing | Favourite = tx.get(_CLASSES[command.kind], command.lid)
        name = named(thing.description) if isinstance(thing, Favourite) else f"“{thing.name}”"
        if not isinstance(thing, Favourite):
            rights.refuse_closed(tx, thing)
        tx.step.name = f"Delete {command.kind} {name}"
        tx.save(replace(thing, deleted=True))
        if isinstance(thing, Project):
            drop_project(tx, thing)
        elif isinstance(thing, Task):
            _release(tx, "task", thing.lid)
        elif isinstance(thing, Client):
            for project in tables.load(
                tx.source, Project, "WHERE deleted = 0 AND client = ?", (thing.lid,)
            ):
                tx.save(replace(project, client=None))
        elif isinstance(thing, Tag):
            _untag(tx, thing)
    return tx.result


def drop_project(tx: Transaction, project: Project) -> None:
    """Deletes a project inside a step under way; entries and plan tasks stay, without it."""
    from toggl_desktop.actions.plan import releasing

    tx.save(replace(project, deleted=True))
    _release(tx, "project", project.lid)
    for task in tables.load(tx.source, Task, "WHERE deleted = 0 AND project = ?", (project.lid,)):
        tx.save(replace(task, deleted=True))
    releasing.project(tx, project.lid)


def _release(tx: Transaction, field: str, lid: str) -> None:
    """Takes a project or task off everything that points to it."""
    where = f"WHERE deleted = 0 AND {field} = ?"  # sql: names only
    pointings: list[Entry | Favourite] = [
        *tables.load(tx.source, Entry, where, (lid,)),
        *tables.load(tx.source, Favourite, where, (lid,)),
    ]
    for pointing in pointings:
        tx.save(
            replace(pointing, project=None, task=None)
            if field == "project"
            else replace(pointing, task=None)
        )


def _untag(tx: Transaction, tag: Tag) -> None:
    where = "WHERE deleted = 0 AND instr(tags, ?)"
    everything: list[Entry | Favourite] = [
        *tables.load(tx.source, Entry, where, (tag.lid,)),
        *tables.load(tx.source, Favourite, where, (tag.lid,)),
    ]
    for tagged in everything:
        tx.save(replace(tagged, tags=tuple(t for t in tagged.tags if t != tag.lid)))


def add_favourite(store: Store, command: AddFavourite, now: Reading) -> ChangeSet:
    """Puts something at the end of the favourites; refuses what is there already."""
    with store.transaction("Add favourite", now.wall) as tx:
        there = tables.load(tx.source, Favourite, "WHERE deleted = 0")
        made = Favourite(
            FavouriteId(new_id()),
            command.description.strip(),
            command.project,
            command.task,
            command.tags,
            command.billable,
            position=max((f.position for f in there), default=-1) + 1,
        )
        if command.entry is not None:
            entry = tx.get(Entry, command.entry)
            made = replace(
                made,
                description=entry.description,
                project=entry.project,
                task=entry.task,
                tags=entry.tags,
                billable=entry.billable,
            )
        _check_favourite(tx, made)
        if any(_same(made, other) for other in there):
            raise NothingToDoError(f"{named(made.description)} is a favourite already.")
        tx.step.name = f"Add favourite {named(made.description)}"
        tx.save(made)
    return tx.result


def _check_favourite(tx: Transaction, made: Favourite) -> None:
    """Raises RefusedError when what it would start could not be started."""
    entry = Entry(
        EntryId(made.lid),
        start=tx.step.at,
        description=made.description,
        project=made.project,
        task=made.task,
        tags=made.tags,
    )
    check_entry(at_home(tx, entry, billable=made.billable))


def _same(one: Favourite, other: Favourite) -> bool:
    return replace(one, lid=other.lid, position=other.position) == other


def move_favourite(store: Store, command: MoveFavourite, now: Reading) -> ChangeSet:
    """Puts a favourite at another place; the others close up."""
    with store.transaction("Move favourite", now.wall) as tx:
        moved = tx.get(Favourite, command.favourite)
        order = "WHERE deleted = 0 AND lid <> ? ORDER BY position, lid"
        others = tables.load(tx.source, Favourite, order, (moved.lid,))
        others.insert(max(0, command.position), moved)
        tx.save(*(replace(f, position=place) for place, f in enumerate(others)))
    return tx.result
