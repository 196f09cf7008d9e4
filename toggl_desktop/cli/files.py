"""`import` and `export`."""

from __future__ import annotations

import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toggl_desktop.actions.files import refuse_existing, write_new
from toggl_desktop.cli import plan_files
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.listing import RANGE, wanted, within
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.instants import day_of, iso
from toggl_desktop.domain.words import short
from toggl_desktop.exchange import read as reader
from toggl_desktop.exchange import write as writer
from toggl_desktop.exchange.records import SIZE_LIMIT, Found, Unreadable
from toggl_desktop.store.read import entries

if TYPE_CHECKING:
    from toggl_desktop.actions.exchange import ImportPlan
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.source import Source

FORMATS = (*writer.FORMATS, *plan_files.FORMATS)
_LARGE = 3000


# Import ------------------------------------------------------------------------------------


def _import(context: Context, given: Given) -> None:
    name = given.word("FILE")
    found = _found(context, given, name)
    called = Path(name).name if name != "-" else "the input"
    if found.format in plan_files.TABLES:
        plan_files.take(context, given, found, called)
        return
    user = given.value("user")
    with context.writing() as store:
        from toggl_desktop.actions.exchange import import_, plan_import

        try:
            plan = plan_import(store.source, found, context.now.wall, user=user)
        except RefusedError as error:
            raise RefusedError(_with_option(error.sentence)) from error
        is_trial = given.has("dry-run")
        if is_trial or (plan.bad and not given.has("skip-bad")):
            _show(context, given, found, plan, is_done=False)
            context.output.flush()
        if is_trial:
            return
        if plan.new > _LARGE:
            context.output.progress(
                f"Writing {plan.new} entries; Ctrl-C stops it, and then nothing is imported."
            )
        try:
            done = import_(
                store,
                found,
                context.now,
                name=called,
                skip_bad=given.has("skip-bad"),
                user=user,
            )
        except RefusedError as error:
            raise RefusedError(_with_option(error.sentence)) from error
    _show(context, given, found, done.plan, is_done=True)


def _with_option(sentence: str) -> str:
    """Returns a refusal with the options of this command that mend it."""
    sentence = sentence.replace("or skip such lines", "or leave them out with --skip-bad")
    return sentence.replace("say whose are yours", "say whose are yours with --user NAME")


def _found(context: Context, given: Given, name: str) -> Found:
    data = _data(name)
    order = given.value("dates")
    date_order: Literal["dmy", "mdy"] | None = (
        None if order is None else "dmy" if order == "dmy" else "mdy"
    )
    try:
        return reader.read(
            data, Path(name).name, _zone(context, given), given.value("format"), date_order
        )
    except Unreadable as error:
        raise RefusedError(f"{error.sentence} Nothing was imported.") from error


def _data(name: str) -> bytes:
    """Returns what a file, or the input, holds; a file that is too large is not read at all."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(SIZE_LIMIT + 1) if sys.stdin else b""
        with Path(name).open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise RefusedError(
            f"{name} cannot be read: {error.strerror}. Nothing was imported."
        ) from error
    except ValueError as error:  # a name no file can have
        raise RefusedError(f"{name} is no file's name. Nothing was imported.") from error


def _zone(context: Context, given: Given) -> tzinfo:
    name = given.value("zone")
    if name is None:
        return context.zone
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise RefusedError(
            f"“{name}” is not a time zone; write it as Europe/Berlin. Nothing was imported."
        ) from error


def _show(context: Context, given: Given, found: Found, plan: ImportPlan, *, is_done: bool) -> None:
    if given.has("json"):
        context.output.json(_as_json(found, plan, is_done=is_done))
        return
    say = context.output.line
    from toggl_desktop.actions.exchange import counted

    line = f"{'Imported' if is_done else 'Would import'} {counted(plan)}"
    if plan.new or not plan.planned:
        line += f", {short(plan.seconds)}"
    if plan.first is not None and plan.last is not None:
        low, high = day_of(plan.first, context.zone), day_of(plan.last, context.zone)
        line += f", of {low}" if low == high else f", of {low} to {high}"
    parts = [line]
    if plan.duplicates:
        parts.append(f"{plan.duplicates} here already")
    if plan.bad:
        parts.append(f"{len(plan.bad)} bad {'line' if len(plan.bad) == 1 else 'lines'} left out")
    say(f"{'; '.join(parts)} ({reader.NAMES.get(found.format, found.format)}).")
    for what, names in _made(plan):
        more = "" if len(names) <= 8 else f" and {len(names) - 8} more"
        say(f"  new {what}: {', '.join(names[:8])}{more}")
    if plan.running:
        say("  one of them runs on")
    for bad_line in plan_files.told(plan.bad):
        say(bad_line)
    for note in found.notes:
        say(f"  {note}")


def _made(plan: ImportPlan) -> list[tuple[str, tuple[str, ...]]]:
    made = plan.made
    kinds = (
        ("clients", made.clients),
        ("projects", made.projects),
        ("tags", made.tags),
        ("tasks", made.tasks),
    )
    return [(what, names) for what, names in kinds if names]


def _as_json(found: Found, plan: ImportPlan, *, is_done: bool) -> dict[str, object]:
    return {
        "done": is_done,
        "format": found.format,
        "new": plan.new,
        "plan_tasks": plan.planned,
        "duplicates": plan.duplicates,
        "seconds": plan.seconds,
        "first": None if plan.first is None else iso(plan.first),
        "last": None if plan.last is None else iso(plan.last),
        "running": plan.running,
        "made": {
            "clients": list(plan.made.clients),
            "projects": list(plan.made.projects),
            "tags": list(plan.made.tags),
            "tasks": list(plan.made.tasks),
            "favourites": plan.made.favourites,
        },
        "bad": [{"line": b.line, "reason": b.reason, "text": b.text} for b in plan.bad],
        "skipped": found.skipped,
        "users": list(plan.users),
        "notes": list(found.notes),
    }


# Export ------------------------------------------------------------------------------------


def _export(context: Context, given: Given) -> None:
    form, name = given.word("FORMAT"), given.value("output")
    if given.has("unsent"):
        _hand_over(context, given, form, name)
        return
    if given.has("raw") and form not in {"csv", *plan_files.TABLES}:
        raise given.usage("“--raw” is for csv.")
    target = None if name in {None, "-"} else Path(name or "")
    if target is not None:
        refuse_existing(target, may_replace=given.has("force"))
    with context.reading() as source, source.snapshot():
        if form in plan_files.FORMATS:
            what, data, lacks = plan_files.exported(context, given, source, form)
        else:
            what, data, lacks = *_exported(context, given, source, form), ""
    if target is None:
        context.output.bytes(data)
        if lacks:
            context.output.complain(lacks)  # beside the file, which is the output
        return
    write_new(target, data, may_replace=given.has("force"))
    context.output.line(f"Exported {what} to {target}.")
    if lacks:
        context.output.line(lacks)


def _hand_over(context: Context, given: Given, form: str, name: str | None) -> None:
    """Writes what waits to be sent for Toggl's own import; it is not sent meanwhile."""
    if form != "csv" or name in {None, "-"} or given.has("raw"):
        raise given.usage("“--unsent” is for csv and needs a file: -o FILE.")
    plan_files.refuse_for_entries(given)
    with context.writing() as store:
        syncer = context.machine.syncer
        assert syncer is not None
        said = syncer(store, context.machine).hand_over(
            store,
            Path(name or ""),
            context.now.wall,
            context.zone,
            may_replace=given.has("force"),
        )
    context.output.line(f"{said} (“toggl-desktop sync --imported”)")


def _exported(context: Context, given: Given, source: Source, form: str) -> tuple[str, bytes]:
    from toggl_desktop.actions import export

    plan_files.refuse_for_entries(given)
    which = wanted(context, given, source, back=None)
    now = context.now.wall
    lids = None if which == entries.Wanted() else {r.lid for r in within(source, which, now)}
    records = export.records(source, lids)
    if form in writer.OMITS_RUNNING:
        records = [record for record in records if record.stop is not None]
    data = writer.write(
        form,
        records,
        zone=context.zone,
        now=context.now.wall,
        raw=given.has("raw"),
        bundle=export.bundle(source, with_plan=form == "json" and lids is None),
    )
    return f"{len(records)} {'entry' if len(records) == 1 else 'entries'}", data


COMMANDS = (
    Command(
        "import",
        "adds what a file of Toggl or another program holds; one undo takes it back",
        _import,
        words=(Word("FILE", "the file, or - for the input", completes="file"),),
        options=(
            Option("dry-run", "only say what would come in"),
            Option("skip-bad", "leave out lines that cannot be read, instead of refusing the file"),
            Option(
                "format", "what it is, where it cannot be told", "FORMAT", choices=reader.FORMATS
            ),
            Option(
                "dates",
                "how its dates are written, where that cannot be told",
                "ORDER",
                choices=("dmy", "mdy"),
            ),
            Option("zone", "the time zone of its local times; else this computer's", "ZONE"),
            Option("user", "whose entries, where the file holds several people's", "NAME"),
            JSON,
        ),
        details="Reads " + "; ".join(reader.NAMES.values()) + ".",
    ),
    Command(
        "export",
        "writes entries or the plan to a file or the output; without a range all of it",
        _export,
        words=(Word("FORMAT", "the format", choices=FORMATS),),
        options=(
            Option("output", "where to; else the output", "FILE", "o", completes="file"),
            Option("force", "replace a file that is there"),
            Option(
                "unsent",
                "csv of what waits to be sent and is new, for Toggl's own import; it is not sent "
                "until “sync --imported” says what became of it",
            ),
            Option("raw", "csv without marks against spreadsheet formulas; unsafe to open in one"),
            *RANGE,
            *plan_files.OPTIONS,
        ),
        details="Of the plan: csv-plan and csv-plan-workspace are Toggl Plan's two tables of "
        "tasks, ics-plan is its calendar, png, svg and pdf are pictures of its timeline: of a "
        "project with --project, else of the team. The others are of time entries.",
    ),
)
