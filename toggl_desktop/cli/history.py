"""`undo`, `redo`, `history`: one journal for everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.words import Clock, columns
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.store import journal

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context

MOST = 1000


def _count(given: Given, text: str | None, *, most: int) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise given.usage(f"“{text}” is not a number from 1 to {most}.")
    return int(text)


def _undo(context: Context, given: Given) -> None:
    from toggl_desktop.actions.perform import Undo

    _turn(context, given, Undo())


def _redo(context: Context, given: Given) -> None:
    from toggl_desktop.actions.perform import Redo

    _turn(context, given, Redo())


def _turn(context: Context, given: Given, command: object) -> None:
    count = _count(given, given.maybe("N"), most=MOST) or 1
    with context.writing() as store:
        for place in range(count):
            try:
                changes = context.do(store, command)
            except NothingToDoError:
                if place == 0:
                    raise
                return  # fewer than asked: what was there is undone and named
            line = f"{changes.step}."
            context.output.line(f"{line} {changes.notice}" if changes.notice else line)
            context.output.flush()


def _history(context: Context, given: Given) -> None:
    limit = _count(given, given.value("limit"), most=100_000) or 30
    with context.reading() as source:
        rows = journal.worth_telling(source, limit)
    if given.has("json"):
        context.output.json_list([shapes.step(row) for row in rows])
        return
    if not rows:
        context.output.line("Nothing was done yet.")
    times = Clock(context.now.wall, context.zone, twelve_hours=context.twelve_hours())
    cells = [(str(row.seq), times.at(row.at), _told(row)) for row in rows]
    for line in columns(cells, frozenset({0, 1})):
        context.output.line(line)


def _told(row: journal.StepRow) -> str:
    undone = " (undone)" if row.state != journal.DONE else ""
    origin = "" if row.origin == "here" else f" ({row.origin})"
    return f"{row.name}{origin}{undone}"


_N = Word("N", "how many steps; else one", "?")
COMMANDS = (
    Command("undo", "takes back the latest step, wherever it was made", _undo, (_N,)),
    Command("redo", "does again what was undone last", _redo, (_N,)),
    Command(
        "history",
        "lists what was done, newest first",
        _history,
        options=(Option("limit", "at most so many steps; else 30", "N"), JSON),
    ),
)
