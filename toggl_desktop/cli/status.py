"""`status`: the state in one look, once or with every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toggl_desktop.cli import shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option
from toggl_desktop.store.read import status as read

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.source import Source


def _status(context: Context, given: Given) -> None:
    asked = [n for n in ("json", "waybar") if given.has(n)]
    asked += [] if given.value("format") is None else ["format"]
    if given.has("markup") and asked != ["format"]:
        raise given.usage("“--markup” goes with --format.")
    if len(asked) > 1:
        raise given.usage(f"“--{asked[0]}” and “--{asked[1]}” do not go together.")
    if given.has("follow"):
        from toggl_desktop.cli.follow import follow_status

        follow_status(context, given)
        return
    with context.reading() as source:
        show(context, given, source, context.now.wall)


def state(context: Context, source: Source, now: int) -> read.Status:
    """Returns the state at a moment."""
    return read.read(source, now, context.zone, context.first_weekday())


def show(context: Context, given: Given, source: Source, now: int) -> None:
    """Prints the state in the form that was asked for."""
    found = state(context, source, now)
    if given.has("json"):
        context.output.json(as_json(context, found, now))
        return
    from toggl_desktop.cli import bars

    if given.has("waybar"):
        context.output.json(bars.waybar(context, found, now))
        return
    template = given.value("format")
    if template is None:
        for line in bars.for_people(context, found, now):
            context.output.line(line)
    else:
        context.output.line(bars.Template(template, given).filled(context, found, now))


def as_json(context: Context, found: read.Status, now: int) -> shapes.Json:
    """Returns the state as scripts know it."""
    is_open = context.machine.window_open(context.place.directory)
    return shapes.status(found, now, window_open=is_open)


COMMANDS = (
    Command(
        "status",
        "says what runs, and how much today and this week",
        _status,
        options=(
            JSON,
            Option("follow", "print again with every change, until interrupted"),
            Option("format", "print this text with its {fields} filled in", "TEXT"),
            Option(
                "markup", "with --format: the bar reads Pango markup; fields are only text in it"
            ),
            Option("waybar", "print what waybar's custom module takes"),
        ),
        details=(
            "Fields for --format: {state} {description} {project} {client} {task} {tags} {color} "
            "{billable} {start} {elapsed} {clock} {seconds} {today} {week} {unsent} {problems} "
            "{id}. "
            "{field:-text} shows the text where the field is empty, {field:+text} where it is not; "
            "{{ and }} are braces; polybar's %{…} stays as it is.\n"
            "With --follow, JSON comes once for every change; the other forms also when the time "
            "they show moves on. Nothing is asked of a server."
        ),
    ),
)
