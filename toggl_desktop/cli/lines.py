"""What a person types about an entry: text in the palette's grammar, and options beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from toggl_desktop.actions import names
from toggl_desktop.cli.arguments import Option, Word
from toggl_desktop.cli.words import short_id
from toggl_desktop.domain.errors import NothingToDoError, OverlapError, RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.grammar import Line, parse_line
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.read import catalog, entries

if TYPE_CHECKING:
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.commands import OverlapChoice
    from toggl_desktop.store.read.catalog import Kind
    from toggl_desktop.store.source import Source

TEXT = Word(
    "TEXT",
    "what you work on, in the palette's grammar: write spec @Acme #deep $ -10m",
    "*",
    completes="line",
)
CONTENT = (
    Option("project", "the project, by name or id", "NAME", "p", completes="project"),
    Option(
        "tag",
        "a tag; made if there is none of that name",
        "NAME",
        "t",
        is_many=True,
        completes="tag",
    ),
    Option("task", "a task of the project", "NAME", completes="task"),
    Option("billable", "billable, or with --no-billable not", has_no=True),
    Option("create", "make the project if there is none of that name"),
)
OVERLAP = Option(
    "overlap",
    "what becomes of entries in the way of a start in the past: cut them, or leave them",
    "HOW",
    choices=("trim", "keep"),
)
ID = Word("ID", "the entry's id as lists show it, or “last”, or “running”", completes="entry")
IDS = ID._replace(times="+")


def line_of(context: Context, given: Given, source: Source) -> Line:
    """Returns what text and options say together.

    Raises:
        UsageError: They contradict each other.
        RefusedError: The project is archived.
    """
    known = [p.name for p in catalog.projects(source)]
    line = parse_line(
        " ".join(given.words("TEXT")),
        context.now.wall,
        context.zone,
        known,
        entries.last_stop(source, context.now.wall),
    )
    project = given.value("project")
    if project is not None:
        if line.project is not None and fold(line.project) != fold(project):
            raise given.usage(f"The project is named twice: “{line.project}” and “{project}”.")
        line = replace(line, project=project or None)
    tags = dict.fromkeys((*line.tags, *given.values("tag")))
    line = replace(line, tags=tuple(tag for tag in tags if tag.strip()))
    if (billable := given.choice("billable")) is not None:
        line = replace(line, billable=billable)
    if line.project is not None:
        refuse_archived(source, line.project)
    return line


def refuse_archived(source: Source, project: str) -> None:
    """Raises RefusedError when the one project of that name is archived."""
    found = catalog.named(source, "project", project)
    rows = {row.lid: row for row in catalog.projects(source, archived=True)}
    if len(found) == 1 and rows[found[0][0]].archived:
        name = found[0][1]
        raise RefusedError(
            f"The project “{name}” is archived. Nothing was changed; bring it back with "
            f"“toggl-desktop projects archive --undo {_in_shell(name)}”."
        )


def _in_shell(name: str) -> str:
    import shlex

    return shlex.quote(name)


def overlaps(given: Given) -> OverlapChoice:
    """Returns what shall become of entries in the way."""
    choice = given.value("overlap")
    return "trim" if choice == "trim" else "keep" if choice == "keep" else "ask"


@contextmanager
def with_ways_out(given: Given, makes: Kind = "project") -> Iterator[None]:
    """Adds to refusals which option of this command mends them.

    Args:
        given: What was typed.
        makes: What `--create` makes here.
    """
    has = {option.name for option in given.command.options}
    try:
        yield
    except names.UnknownNameError as error:
        if "create" not in has or error.kind != makes:
            raise
        raise RefusedError(f"{error.sentence[:-1]}; --create makes it.") from error
    except OverlapError as error:
        if "overlap" not in has:
            raise
        way = "with --overlap trim (cut them) or --overlap keep (leave them)."
        raise RefusedError(f"{error.sentence[:-1]} {way}") from error


def entry_id(source: Source, text: str) -> EntryId:
    """Returns the entry's whole id for the end (or beginning) of it, “last” or “running”.

    Raises:
        RefusedError: None fits, or several do.
        NothingToDoError: Nothing runs, or nothing was ever stopped.
    """
    if text in {"running", "last"}:
        row = entries.running(source) if text == "running" else entries.latest_stopped(source)
        if row is None:
            raise NothingToDoError(
                "Nothing is running." if text == "running" else "There is no finished entry."
            )
        return EntryId(row.lid)
    found = entries.matching_ids(source, text)
    if not found:
        raise RefusedError(
            f"There is no entry “{text}”. Nothing was changed; “toggl-desktop entries” shows ids."
        )
    if len(found) > 1:
        ends = " and ".join(short_id(lid) for lid in found[:2])
        raise RefusedError(f"“{text}” fits several entries, {ends} among them; write more of it.")
    return found[0]


def lid(source: Source, kind: Kind, name: str) -> str:
    """Returns the local id of what is called so; refuses what nobody is called."""
    return names.lid_of(source, kind, name)
