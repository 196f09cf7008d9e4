"""`start`, `stop`, `continue`, `switch`, `unstop`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toggl_desktop.actions.names import UnknownNameError
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.lines import (
    CONTENT,
    ID,
    OVERLAP,
    TEXT,
    entry_id,
    lid,
    line_of,
    overlaps,
    refuse_archived,
    with_ways_out,
)
from toggl_desktop.cli.moments import TIME_HELP, Moments
from toggl_desktop.cli.report import Report
from toggl_desktop.cli.words import quoted
from toggl_desktop.domain.commands import (
    ContinueEntry,
    EnterLine,
    StartTimer,
    StopTimer,
    UnstopEntry,
)
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import EntryId, ProjectId
from toggl_desktop.store.read import entries

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.changes import ChangeSet
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.source import Source

_AT = Option("at", f"when: {TIME_HELP}; else now", "TIME")


def _at(moments: Moments, given: Given) -> int | None:
    text = given.value("at")
    return None if text is None else moments.at(text)


def _start(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store, with_ways_out(given):
        line = line_of(context, given, store.source)
        if (at := _at(moments, given)) is not None:
            if line.start is not None:
                raise given.usage("The time stands in the text and behind --at; say it once.")
            line = replace(line, start=at)
        command = EnterLine(
            line,
            creates_project=given.has("create"),
            overlaps=overlaps(given),
            task=given.value("task"),
        )
        _say_started(context, given, store, context.do(store, command), "Started", moments)


def _say_started(
    context: Context,
    given: Given,
    store: Store,
    changes: ChangeSet,
    verb: str,
    moments: Moments,
) -> None:
    report = Report(context, store, changes)
    row = report.new()
    if row.stop is not None:
        first = f"Added {report.titled(row)}, {report.spanned(row)}."
    else:
        first = f"{verb} {report.titled(row)} at {report.times.at(row.start)}."
    report.say(given, [first, *report.others(row.lid)], [row], moments)


def _stop(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store:
        report = Report(context, store, context.do(store, StopTimer(_at(moments, given))))
        row = report.changed()
        assert row.stop is not None
        end = report.times.at(row.stop)
        line = f"Stopped {report.titled(row)} at {end} after {report.lasted(row)}."
        report.say(given, [line], [row], moments)


def _continue(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store, with_ways_out(given):
        text = given.maybe("ID")
        entry = None if text is None else entry_id(store.source, text)
        command = ContinueEntry(entry, _at(moments, given), overlaps(given))
        _say_started(context, given, store, context.do(store, command), "Continued", moments)


def _switch(context: Context, given: Given) -> None:
    moments = Moments(context)
    name = given.word("PROJECT")
    with context.writing() as store, with_ways_out(given):
        at = _at(moments, given)
        try:
            project = ProjectId(lid(store.source, "project", name))
        except UnknownNameError:
            if not given.has("create"):
                raise
            line = Line(project=name, start=at)
            command: EnterLine | StartTimer | ContinueEntry = EnterLine(
                line, creates_project=True, overlaps=overlaps(given)
            )
        else:
            refuse_archived(store.source, project)
            command = _on(store.source, project, at, given)
        _say_started(context, given, store, context.do(store, command), "Switched to", moments)


def _on(
    source: Source, project: ProjectId, at: int | None, given: Given
) -> StartTimer | ContinueEntry:
    """Returns what switching to a project means: its latest content goes on, if it has any."""
    running = entries.running(source)
    if running is not None and running.project == project:
        raise NothingToDoError(
            f"{quoted(running.description)} is running on “{running.project_name}” already."
        )
    latest = entries.find(source, entries.Wanted(projects=(project,), limit=1))
    if latest:
        (row,) = latest
        return ContinueEntry(EntryId(row.lid), at, overlaps(given))
    return StartTimer(project=project, at=at, overlaps=overlaps(given))


def _unstop(context: Context, given: Given) -> None:
    with context.writing() as store:
        text = given.maybe("ID")
        entry = None if text is None else entry_id(store.source, text)
        report = Report(context, store, context.do(store, UnstopEntry(entry)))
        row = entries.running(store.source)
        assert row is not None
        line = f"{report.titled(row)} runs on, {report.spanned(row)}."
        report.say(given, [line, *report.others(row.lid)], [row])


COMMANDS = (
    Command(
        "start",
        "starts an entry; the running one is stopped at the new start",
        _start,
        words=(TEXT,),
        options=(*CONTENT, _AT, OVERLAP, JSON),
        details=(
            "In TEXT, @name is the project, #name a tag, $ billable, -10m, @14:20 or @last the "
            "start; 9-10:30 or 1h30 make a finished entry. Quotes around words are not needed, but "
            "the shell wants # and $ quoted. A backslash before a piece keeps it as text."
        ),
    ),
    Command("stop", "stops the running entry", _stop, options=(_AT, JSON)),
    Command(
        "continue",
        "starts anew what an entry was about, by default the latest one",
        _continue,
        words=(ID._replace(times="?"),),
        options=(_AT, OVERLAP, JSON),
    ),
    Command(
        "switch",
        "goes on with a project: what was last done for it is started again",
        _switch,
        words=(Word("PROJECT", "the project, by name or id", completes="project"),),
        options=(
            _AT,
            OVERLAP,
            Option("create", "make the project if there is none of that name"),
            JSON,
        ),
    ),
    Command(
        "unstop",
        "lets an entry run on as if it had never been stopped, by default the latest one",
        _unstop,
        words=(ID._replace(times="?"),),
        options=(JSON,),
    ),
)
