"""`favourites` and `workspaces`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.lines import (
    ID,
    OVERLAP,
    entry_id,
    lid,
    overlaps,
    with_ways_out,
)
from toggl_desktop.cli.moments import Moments
from toggl_desktop.cli.report import Report
from toggl_desktop.cli.words import NAMELESS, columns, quoted, short_id
from toggl_desktop.domain.commands import (
    AddFavourite,
    ChooseHome,
    DeleteThing,
    EditWorkspace,
    MoveFavourite,
    StartTimer,
)
from toggl_desktop.domain.entities import REQUIRABLE
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.ids import (
    LOCAL_WORKSPACE,
    EntryId,
    FavouriteId,
    ProjectId,
    TagId,
    TaskId,
    WorkspaceId,
)
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.store.read.home import home

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.entities import Workspace
    from toggl_desktop.store.read.catalog import FavouriteRow
    from toggl_desktop.store.source import Source

# Favourites --------------------------------------------------------------------------------


def _favourites(context: Context, given: Given) -> None:
    with context.reading() as source:
        items = _favourite_items(source)
    if given.has("json"):
        context.output.json_list(items)
        return
    if not items:
        context.output.line("There are no favourites yet; “favourites add ID” makes one.")
    cells = [(str(item["position"]), short_id(item["id"]), _told(item)) for item in items]
    for line in columns(cells, frozenset({0})):
        context.output.line(line)


def _favourite_items(source: Source) -> list[shapes.Json]:
    tags = entries.tag_names(source)
    tasks = {row.lid: row.name for row in catalog.tasks(source, archived=True)}
    return [
        shapes.favourite(row, place, tags, tasks.get(row.task or ""))
        for place, row in enumerate(catalog.favourites(source), 1)
    ]


def _told(item: shapes.Json) -> str:
    parts = [one_line(item["description"]) or NAMELESS, item["project"], item["task"]]
    parts += [f"#{tag}" for tag in item["tags"]]
    parts += ["$" if item["billable"] else None]
    return " · ".join(part for part in parts if part)


def _favourite(source: Source, text: str) -> FavouriteRow:
    rows = catalog.favourites(source)
    if text.isdecimal() and len(text) < 4:
        if 1 <= int(text) <= len(rows):
            return rows[int(text) - 1]
    else:
        found = [row for row in rows if len(text) >= 4 and row.lid.endswith(text)]
        if len(found) == 1:
            return found[0]
    raise RefusedError(
        f"There is no favourite “{text}”. Nothing was changed; name it by its number or id."
    )


def _favourite_add(context: Context, given: Given) -> None:
    with context.writing() as store:
        entry = EntryId(entry_id(store.source, given.word("ID")))
        changes = context.do(store, AddFavourite(entry))
        (made,) = changes.ids("favourite")
        items = _favourite_items(store.source)
        _say_favourite(context, given, "Added", next(i for i in items if i["id"] == made))


def _say_favourite(context: Context, given: Given, verb: str, item: shapes.Json) -> None:
    if given.has("json"):
        context.output.json(item)
    else:
        context.output.line(f"{verb} favourite {item['position']}: {quoted(item['description'])}.")


def _favourite_start(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store, with_ways_out(given):
        row = _favourite(store.source, given.word("NUMBER"))
        at = given.value("at")
        command = StartTimer(
            row.description,
            None if row.project is None else ProjectId(row.project),
            None if row.task is None else TaskId(row.task),
            tuple(TagId(tag) for tag in row.tags),
            row.billable,
            None if at is None else moments.at(at),
            overlaps=overlaps(given),
        )
        report = Report(context, store, context.do(store, command))
        started = report.new()
        first = f"Started {report.titled(started)} at {report.times.at(started.start)}."
        report.say(given, [first, *report.others(started.lid)], [started], moments)


def _favourite_move(context: Context, given: Given) -> None:
    text = given.word("POSITION")
    if not text.isdecimal() or int(text) < 1:
        raise given.usage(f"“{text}” is no position; positions count from 1.")
    with context.writing() as store:
        row = _favourite(store.source, given.word("NUMBER"))
        context.do(store, MoveFavourite(FavouriteId(row.lid), int(text) - 1))
        items = _favourite_items(store.source)
        _say_favourite(context, given, "Moved", next(i for i in items if i["id"] == row.lid))


def _favourite_delete(context: Context, given: Given) -> None:
    with context.writing() as store:
        row = _favourite(store.source, given.word("NUMBER"))
        context.do(store, DeleteThing("favourite", row.lid))
        context.output.line(
            f"Deleted the favourite {quoted(row.description)}. “toggl-desktop undo” brings it back."
        )


# Workspaces --------------------------------------------------------------------------------


def _workspaces(context: Context, given: Given) -> None:
    with context.reading() as source:
        here = home(source)
        items = [_workspace(of, here) for of in catalog.workspaces(source)]
    if given.has("json"):
        context.output.json_list(items)
        return
    for line in columns([(short_id(i["id"]), i["name"], _about(i)) for i in items]):
        context.output.line(line)


def _workspace(of: Workspace, here: str) -> shapes.Json:
    return shapes.workspace(of) | {"default": of.lid == here}


def _about(item: shapes.Json) -> str:
    goes = "new entries go here" if item["default"] else ""
    return ", ".join(filter(None, (goes, _required(item))))


def _required(item: shapes.Json) -> str:
    return f"requires {', '.join(item['required'])}" if item["required"] else ""


def _workspace_edit(context: Context, given: Given) -> None:
    with context.writing() as store:
        name = given.maybe("NAME")
        one = LOCAL_WORKSPACE if name is None else lid(store.source, "workspace", name)
        command = EditWorkspace(WorkspaceId(one))
        if given.value("name") is None and given.value("require") is None:
            raise given.usage("Say what to change.")
        if (new := given.value("name")) is not None:
            command = EditWorkspace(command.workspace, new)
        if (text := given.value("require")) is not None:
            fields = tuple(part.strip() for part in text.split(",") if part.strip())
            command = EditWorkspace(command.workspace, command.name, fields)
        context.do(store, command)
        (found,) = [w for w in catalog.workspaces(store.source) if w.lid == one]
        item = _workspace(found, home(store.source))
    if given.has("json"):
        context.output.json(item)
    else:
        required = _required(item) or "requires nothing"
        context.output.line(f"Edited the workspace “{found.name}”; it {required}.")


def _workspace_default(context: Context, given: Given) -> None:
    with context.writing() as store:
        one = lid(store.source, "workspace", given.word("NAME"))
        context.do(store, ChooseHome(WorkspaceId(one)))
        (found,) = [w for w in catalog.workspaces(store.source) if w.lid == one]
    if given.has("json"):
        context.output.json(_workspace(found, one))
    else:
        context.output.line(
            f"New entries go to “{found.name}”, unless their project lies elsewhere. "
            "“toggl-desktop undo” takes it back."
        )


_NUMBER = Word("NUMBER", "the favourite's number in the list, or its id", completes="favourite")
COMMANDS = (
    Command("favourites list", "lists favourites", _favourites, options=(JSON,)),
    Command(
        "favourites add",
        "makes a favourite of what an entry is about",
        _favourite_add,
        (ID,),
        (JSON,),
    ),
    Command(
        "favourites start",
        "starts a favourite",
        _favourite_start,
        (_NUMBER,),
        (Option("at", "when; else now", "TIME"), OVERLAP, JSON),
    ),
    Command(
        "favourites move",
        "puts a favourite at another place in the list",
        _favourite_move,
        (_NUMBER, Word("POSITION", "the new place, counted from 1")),
        (JSON,),
    ),
    Command("favourites delete", "deletes a favourite", _favourite_delete, (_NUMBER,)),
    Command("workspaces list", "lists workspaces", _workspaces, options=(JSON,)),
    Command(
        "workspaces edit",
        "renames a workspace or sets what every entry in it must have",
        _workspace_edit,
        (Word("NAME", "the workspace; else the one on this computer", "?", completes="workspace"),),
        (
            Option("name", "its new name", "NAME", completes="name"),
            Option(
                "require",
                f"fields with commas, of {', '.join(REQUIRABLE)}; empty for none",
                "FIELDS",
                completes="name",
            ),
            JSON,
        ),
    ),
    Command(
        "workspaces default",
        "chooses the workspace that new entries go to",
        _workspace_default,
        (Word("NAME", "one of the account's workspaces", completes="workspace"),),
        (JSON,),
    ),
)
