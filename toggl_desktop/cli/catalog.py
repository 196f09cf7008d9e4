"""`projects`, `clients`, `tags`, `tasks`: list, add, edit, archive, delete."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from toggl_desktop.actions import names
from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import JSON, Command, Completes, Given, Option, Word
from toggl_desktop.cli.lines import lid, with_ways_out
from toggl_desktop.cli.words import columns, short_id
from toggl_desktop.domain import commands as ask
from toggl_desktop.domain.entities import Task
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import ClientId, ProjectId, TagId, TaskId
from toggl_desktop.domain.moments import parse_length
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.domain.words import short
from toggl_desktop.store import tables
from toggl_desktop.store.read import catalog

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.catalog import Kind
    from toggl_desktop.store.source import Source

_KINDS: dict[str, Kind] = {
    "projects": "project",
    "clients": "client",
    "tags": "tag",
    "tasks": "task",
}


def _kind(given: Given) -> Kind:
    return _KINDS[given.command.name.partition(" ")[0]]


# Lists -------------------------------------------------------------------------------------


def _list(context: Context, given: Given) -> None:
    with context.reading() as source:
        items = _items(source, given)
    if given.has("json"):
        context.output.json_list(items)
        return
    if not items:
        context.output.line(f"There are no {given.command.name.partition(' ')[0]} yet.")
    shared = _shared([item["name"] for item in items])
    for line in columns([_cells(item, shared) for item in items]):
        context.output.line(line)


def _items(source: Source, given: Given) -> list[shapes.Json]:
    kind, archived = _kind(given), given.has("archived")
    if kind == "project":
        return [shapes.project(row) for row in catalog.projects(source, archived=archived)]
    if kind == "task":
        name = given.value("project")
        of = None if name is None else lid(source, "project", name)
        return _tasks(source, of, archived=archived)
    rows = catalog.tags(source) if kind == "tag" else catalog.clients(source, archived=archived)
    return [shapes.named(row, has_archive=kind != "tag") for row in rows]


def _tasks(source: Source, of: str | None, *, archived: bool) -> list[shapes.Json]:
    projects = {row.lid: row for row in catalog.projects(source, archived=True)}
    estimates = {task.lid: task.estimate_seconds for task in tables.load(source, Task)}
    return [
        shapes.task(row, projects[row.project], estimates[TaskId(row.lid)])
        for row in catalog.tasks(source, of, archived=archived)
        if row.project in projects
    ]


def _shared(names: list[str]) -> set[str]:
    """Returns the names that stand there more than once: where each lies is said then."""
    return {name for name, count in Counter(map(fold, names)).items() if count > 1}


def _cells(item: shapes.Json, shared: set[str]) -> tuple[str, ...]:
    more = [item.get("client"), item.get("project")]
    more.append(item.get("workspace") if fold(item["name"]) in shared else None)
    estimate = item.get("estimate_seconds")
    more += [item.get("color"), None if estimate is None else f"estimate {short(estimate)}"]
    more += ["$" if item.get("billable") else None, "archived" if item.get("archived") else None]
    return short_id(item["id"]), one_line(item["name"]), " · ".join(m for m in more if m)


# Changes -----------------------------------------------------------------------------------


def _add(context: Context, given: Given) -> None:
    kind, name = _kind(given), given.word("NAME")
    with context.writing() as store, with_ways_out(given, "client"):
        changes = context.do(store, _adding(store.source, given, kind, name))
        _say(context, given, store.source, "Added", kind, name.strip())
    if changes.notice and given.has("json"):
        context.output.complain(changes.notice)
    elif changes.notice:
        context.output.line(changes.notice)


def _adding(source: Source, given: Given, kind: Kind, name: str) -> ask.AddThing:
    if kind == "project":
        client, new = _client(source, given)
        billable = bool(given.choice("billable"))
        return ask.AddProject(name, client or None, given.value("color"), billable, new_client=new)
    if kind == "task":
        project = given.value("project")
        if project is None:
            raise given.usage("A task needs its project: --project NAME.")
        return ask.AddTask(name, ProjectId(lid(source, "project", project)), _estimate(given))
    return ask.AddClient(name) if kind == "client" else ask.AddTag(name)


def _client(source: Source, given: Given) -> tuple[ClientId | None, str | None]:
    """Returns the client that was named, or the name of one that is to be made."""
    name = given.value("client")
    if not name:
        return None, None
    try:
        return ClientId(lid(source, "client", name)), None
    except names.UnknownNameError:
        if not given.has("create"):
            raise
        return None, name


def _estimate(given: Given) -> int | None:
    text = given.value("estimate")
    if not text:
        return None
    seconds = parse_length(text)
    if seconds is None:
        raise RefusedError(f"“{text}” is no length; write 1h30 or 90m. Nothing was changed.")
    return seconds


def _edit(context: Context, given: Given) -> None:
    kind = _kind(given)
    with context.writing() as store, with_ways_out(given, "client"):
        one = _one(store.source, given, kind)
        fields = _fields(store.source, given, kind)
        if not fields:
            raise given.usage("Say what to change.")
        context.do(store, _editing(kind, one, fields))
        _say(context, given, store.source, "Edited", kind, one)


def _fields(source: Source, given: Given, kind: Kind) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in ("name", "color"):
        if (text := given.value(name)) is not None:
            fields[name] = text
    if kind == "project" and given.value("client") is not None:
        client, new = _client(source, given)
        fields |= {"client": client} if new is None else {"new_client": new}
    if kind == "project" and (billable := given.choice("billable")) is not None:
        fields["billable"] = billable
    if kind == "task" and given.value("estimate") is not None:
        fields["estimate_seconds"] = _estimate(given)
    return fields


def _editing(kind: Kind, one: str, fields: dict[str, Any]) -> ask.EditThing:
    if kind == "project":
        return ask.EditProject(ProjectId(one), **fields)
    if kind == "client":
        return ask.EditClient(ClientId(one), **fields)
    return (
        ask.EditTag(TagId(one), **fields) if kind == "tag" else ask.EditTask(TaskId(one), **fields)
    )


def _archive(context: Context, given: Given) -> None:
    kind, is_back = _kind(given), given.has("undo")
    with context.writing() as store:
        one = _one(store.source, given, kind)
        context.do(store, _editing(kind, one, {"archived": not is_back}))
        _say(context, given, store.source, "Brought back" if is_back else "Archived", kind, one)


def _delete(context: Context, given: Given) -> None:
    kind = _kind(given)
    with context.writing() as store:
        one = _one(store.source, given, kind)
        name = dict(catalog.named(store.source, kind, one))[one]
        context.do(store, ask.DeleteThing(_deletable(kind), one))
        context.output.line(
            f"Deleted the {kind} “{name}”; entries keep their time. "
            "“toggl-desktop undo” brings it back."
        )


def _deletable(kind: Kind) -> Any:  # noqa: ANN401 - the four kinds here are all deletable
    return kind


def _one(source: Source, given: Given, kind: Kind) -> str:
    name = given.word("NAME")
    if kind != "task":
        return lid(source, kind, name)
    project = given.value("of")
    of = None if project is None else ProjectId(lid(source, "project", project))
    return names.task(source, name, of)


def _say(context: Context, given: Given, source: Source, verb: str, kind: Kind, name: str) -> None:
    """Says what was done to the thing of that name or id."""
    found = catalog.named(source, kind, name)
    one, shown = found[-1]
    if given.has("json"):
        items = _items_with_all(source, kind)
        context.output.json(next(item for item in items if item["id"] == one))
        return
    context.output.line(f"{verb} the {kind} “{shown}” ({short_id(one)}).")


def _items_with_all(source: Source, kind: Kind) -> list[shapes.Json]:
    if kind == "project":
        return [shapes.project(row) for row in catalog.projects(source, archived=True)]
    if kind == "task":
        return _tasks(source, None, archived=True)
    rows = catalog.tags(source) if kind == "tag" else catalog.clients(source, archived=True)
    return [shapes.named(row, has_archive=kind != "tag") for row in rows]


# What each noun takes ----------------------------------------------------------------------

_COMPLETES: dict[Kind, Completes] = {
    "project": "project",
    "client": "client",
    "tag": "tag",
    "task": "task",
}
_ARCHIVED = Option("archived", "the archived ones too")
_NAME = Option("name", "its new name", "NAME", completes="name")
_OF = Option("of", "the project it belongs to, where several have one", "NAME", completes="project")
_ESTIMATE = Option("estimate", "how long it may take: 1h30; empty for no estimate", "LENGTH")
_PROJECT = (
    Option("client", "its client; empty for none", "NAME", completes="client"),
    Option("color", "its colour: #0b83d9", "COLOR"),
    Option("billable", "its entries are billable unless said otherwise", has_no=True),
    Option("create", "make the client if there is none of that name"),
)


def _commands(noun: str) -> tuple[Command, ...]:
    kind = _KINDS[noun]
    new = Word("NAME", "its name", completes="name")
    old = Word("NAME", f"the {kind}, by name or id", completes=_COMPLETES[kind])
    of = (_OF,) if kind == "task" else ()
    in_project = (Option("project", "its project", "NAME", "p", completes="project"),)
    adding: dict[Kind, tuple[Option, ...]] = {
        "project": _PROJECT,
        "task": (*in_project, _ESTIMATE),
    }
    editing: dict[Kind, tuple[Option, ...]] = {"project": _PROJECT, "task": (_ESTIMATE,)}
    listing = (*(in_project if kind == "task" else ()), *(() if kind == "tag" else (_ARCHIVED,)))
    commands = [
        Command(f"{noun} list", f"lists {noun}", _list, options=(*listing, JSON)),
        Command(f"{noun} add", f"adds a {kind}", _add, (new,), (*adding.get(kind, ()), JSON)),
        Command(
            f"{noun} edit",
            f"changes a {kind}",
            _edit,
            (old,),
            (_NAME, *editing.get(kind, ()), *of, JSON),
        ),
    ]
    if kind != "tag":
        undo = Option("undo", "bring it back instead")
        commands.append(
            Command(
                f"{noun} archive",
                f"archives a {kind}: it is kept, but no longer offered",
                _archive,
                (old,),
                (undo, *of, JSON),
            )
        )
    delete = f"deletes a {kind}; entries keep their time"
    return (*commands, Command(f"{noun} delete", delete, _delete, (old,), of))


COMMANDS = tuple(command for noun in _KINDS for command in _commands(noun))
