"""`add`, `edit`, `split`, `merge`, `duplicate`, `delete`: recorded time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toggl_desktop.actions import names
from toggl_desktop.cli.arguments import JSON, Command, Given, Option
from toggl_desktop.cli.lines import (
    CONTENT,
    ID,
    IDS,
    TEXT,
    entry_id,
    lid,
    line_of,
    refuse_archived,
    with_ways_out,
)
from toggl_desktop.cli.moments import TIME_HELP, Moments
from toggl_desktop.cli.report import Report
from toggl_desktop.domain.commands import (
    DeleteEntries,
    DuplicateEntries,
    EditEntries,
    EnterLine,
    MergeEntries,
    SplitEntry,
)
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId
from toggl_desktop.domain.words import short
from toggl_desktop.store.read import catalog, entries

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.store.source import Source


def _ids(source: Source, given: Given) -> tuple[EntryId, ...]:
    return tuple(dict.fromkeys(entry_id(source, text) for text in given.words("ID")))


def _rows(source: Source, lids: tuple[EntryId, ...]) -> list[EntryRow]:
    return [row for one in lids if (row := entries.one(source, one)) is not None]


def _add(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store, with_ways_out(given):
        line = line_of(context, given, store.source)
        since, until = given.value("from"), given.value("to")
        if (since or until) and line.stop is not None:
            raise given.usage("The times stand in the text and behind options; say them once.")
        if since is not None:
            line = replace(line, start=moments.at(since))
        if until is not None:
            line = replace(line, stop=moments.at(until, after=line.start))
        if line.start is None or line.stop is None:
            raise given.usage("A finished entry needs --from and --to, or 9-10:30 in its text.")
        command = EnterLine(line, creates_project=given.has("create"), task=given.value("task"))
        report = Report(context, store, context.do(store, command))
        row = report.new()
        report.say(given, [f"Added {report.titled(row)}, {report.spanned(row)}."], [row], moments)


def _edit(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store, with_ways_out(given):
        lids = _ids(store.source, given)
        fields = _content_fields(store.source, given, lids)
        fields |= _time_fields(store.source, given, lids, moments)
        if not fields:
            raise given.usage("Say what to change.")
        report = Report(context, store, context.do(store, EditEntries(lids, **fields)))
        rows = _rows(store.source, lids)
        if len(rows) == 1:
            line = f"Edited {report.titled(rows[0])}, {report.spanned(rows[0])}."
        else:
            line = f"Edited {len(rows)} entries."
        report.say(given, [line], rows, moments)


def _content_fields(source: Source, given: Given, lids: tuple[EntryId, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if (description := given.value("description")) is not None:
        fields["description"] = description
    if (project := given.value("project")) is not None:
        fields |= _project_field(source, given, project)
    if (task := given.value("task")) is not None:
        (row, *_) = _rows(source, lids)
        of = fields.get("project", row.project)
        fields["task"] = names.task(source, task, of) if task else None
    if given.values("tags"):
        wanted = (part.strip() for text in given.values("tags") for part in text.split(","))
        fields |= {"tags": (), "new_tags": tuple(name for name in wanted if name)}
    if added := given.values("add-tag"):
        fields["new_tags"] = (*fields.get("new_tags", ()), *added)
    if removed := given.values("remove-tag"):
        fields["remove_tags"] = tuple(TagId(_tag(source, name)) for name in removed)
    if (billable := given.choice("billable")) is not None:
        fields["billable"] = billable
    return fields


def _tag(source: Source, name: str) -> str:
    """Returns a tag of that name: where it is taken off, which workspace's does not matter."""
    found = catalog.named(source, "tag", name)
    return found[0][0] if found else lid(source, "tag", name)


def _project_field(source: Source, given: Given, name: str) -> dict[str, Any]:
    if not name:
        return {"project": None}
    try:
        found = ProjectId(lid(source, "project", name))
    except names.UnknownNameError:
        if not given.has("create"):
            raise
        return {"new_project": name}
    refuse_archived(source, found)
    return {"project": found}


def _time_fields(
    source: Source, given: Given, lids: tuple[EntryId, ...], moments: Moments
) -> dict[str, int]:
    since, until = given.value("from"), given.value("to")
    if since is None and until is None:
        return {}
    if len(lids) > 1:
        raise given.usage("Times can be set for one entry at a time.")
    (row,) = _rows(source, lids)
    fields = {}
    if since is not None:
        fields["start"] = moments.at(since, on=row.start)
    if until is not None:
        fields["stop"] = moments.at(until, after=fields.get("start", row.start))
    return fields


def _split(context: Context, given: Given) -> None:
    moments = Moments(context)
    with context.writing() as store:
        (row,) = _rows(store.source, _ids(store.source, given))
        at = given.value("at")
        if at is None:
            raise given.usage("Say where to cut with --at.")
        cut = moments.at(at, after=row.start)
        report = Report(context, store, context.do(store, SplitEntry(EntryId(row.lid), cut)))
        parts = [report.row(row.lid), report.new()]
        spans = " and ".join(report.spanned(part) for part in parts)
        report.say(given, [f"Split {report.titled(row)} into {spans}."], parts, moments)


def _merge(context: Context, given: Given) -> None:
    with context.writing() as store:
        lids = _ids(store.source, given)
        report = Report(context, store, context.do(store, MergeEntries(lids)))
        (row,) = _rows(store.source, lids)
        line = f"Merged {len(lids)} entries into {report.titled(row)}, {report.spanned(row)}."
        report.say(given, [line], [row])


def _duplicate(context: Context, given: Given) -> None:
    with context.writing() as store:
        (one,) = _ids(store.source, given)
        report = Report(context, store, context.do(store, DuplicateEntries((one,))))
        row = report.new()
        report.say(given, [f"Duplicated {report.titled(row)}, {report.spanned(row)}."], [row])


def _delete(context: Context, given: Given) -> None:
    with context.writing() as store:
        lids = _ids(store.source, given)
        rows = _rows(store.source, lids)
        report = Report(context, store, context.do(store, DeleteEntries(lids)))
        now = context.now.wall
        if len(rows) == 1:
            what = f"{report.titled(rows[0])}, {report.spanned(rows[0])}"
        else:
            what = f"{len(rows)} entries, {short(sum(row.seconds(now) for row in rows))}"
        line = f"Deleted {what}. “toggl-desktop undo” brings {_them(rows)} back."
        report.say(given, [line], rows)


def _them(rows: list[EntryRow]) -> str:
    return "it" if len(rows) == 1 else "them"


_EMPTY = "empty for none"
COMMANDS = (
    Command(
        "add",
        "adds a finished entry",
        _add,
        words=(TEXT,),
        options=(
            Option("from", f"its start: {TIME_HELP}", "TIME"),
            Option("to", "its stop; a clock time is the first one after the start", "TIME"),
            *CONTENT,
            JSON,
        ),
        details="TEXT may hold the times instead: add stand-up 9-9:15.",
    ),
    Command(
        "edit",
        "changes one entry, or many in one step",
        _edit,
        words=(IDS,),
        options=(
            Option("description", "the new text", "TEXT"),
            Option("project", f"the project; {_EMPTY}", "NAME", "p", completes="project"),
            Option("task", f"a task of the project; {_EMPTY}", "NAME", completes="task"),
            Option(
                "tags",
                f"all its tags, with commas; {_EMPTY}",
                "NAMES",
                is_many=True,
                completes="tag",
            ),
            Option("add-tag", "one more tag", "NAME", "t", is_many=True, completes="tag"),
            Option("remove-tag", "one tag less", "NAME", is_many=True, completes="tag"),
            Option("from", "the new start; a clock time is one of the entry's day", "TIME"),
            Option("to", "the new stop; a clock time is the first one after the start", "TIME"),
            Option("billable", "billable, or with --no-billable not", has_no=True),
            Option("create", "make the project if there is none of that name"),
            JSON,
        ),
    ),
    Command(
        "split",
        "cuts an entry in two",
        _split,
        words=(ID,),
        options=(
            Option("at", "where; a clock time is the first one after the entry's start", "TIME"),
            JSON,
        ),
    ),
    Command(
        "merge",
        "makes one entry of several, from the first start to the last stop",
        _merge,
        words=(IDS,),
        options=(JSON,),
    ),
    Command("duplicate", "adds a finished copy of an entry", _duplicate, (ID,), (JSON,)),
    Command("delete", "deletes entries; undo brings them back", _delete, (IDS,), (JSON,)),
)
