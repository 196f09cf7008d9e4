"""What `import` and `export` do with a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from toggl_desktop.cli.arguments import Option
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.instants import day_of
from toggl_desktop.exchange import read as reader
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toggl_desktop.actions.plan.exchange import PlanImport
    from toggl_desktop.actions.plan.export import Part
    from toggl_desktop.cli.arguments import Given
    from toggl_desktop.cli.context import Context
    from toggl_desktop.exchange.records import BadLine, Found
    from toggl_desktop.store.source import Source

ICS: Final = "ics-plan"
TABLES: Final = (VIEW, WORKSPACE)
PICTURES: Final = ("png", "svg", "pdf")
FORMATS: Final = (*TABLES, ICS, *PICTURES)
_LOOK: Final = (
    Option("theme", "how a picture looks", "THEME", choices=("light", "dark")),
    Option("no-weekends", "a picture without the days of the weekend"),
)
OPTIONS: Final = (
    Option("member", "only this person's part of the plan", "NAME", completes="member"),
    *_LOOK,
)
SHOWN_BAD: Final = 20
_SHOWN_NAMES: Final = 8
_LARGE: Final = 3000


# Import ------------------------------------------------------------------------------------


def take(context: Context, given: Given, found: Found, name: str) -> None:
    """Adds the tasks of a file, or says what it would add."""
    if given.value("user"):
        raise given.usage("“--user” is for files of time entries.")
    with context.writing() as store:
        from toggl_desktop.actions.plan.exchange import import_plan, plan_import

        plan = plan_import(store.source, found)
        is_trial = given.has("dry-run")
        if is_trial or (plan.bad and not given.has("skip-bad")):
            _show(context, given, found, plan, is_done=False)
            context.output.flush()
        if is_trial:
            return
        if plan.new > _LARGE:
            context.output.progress(
                f"Writing {plan.new} plan tasks; Ctrl-C stops it, and then nothing is imported."
            )
        try:
            done = import_plan(store, found, context.now, name=name, skip_bad=given.has("skip-bad"))
        except RefusedError as error:
            sentence = error.sentence.replace(
                "or skip such lines", "or leave them out with --skip-bad"
            )
            raise RefusedError(sentence) from error
    _show(context, given, found, done.plan, is_done=True)


def _show(context: Context, given: Given, found: Found, plan: PlanImport, *, is_done: bool) -> None:
    notes = (*plan.notes, *found.notes)
    if given.has("json"):
        context.output.json(_as_json(found, plan, notes, is_done=is_done))
        return
    say = context.output.line
    line = f"{'Imported' if is_done else 'Would import'} {counted(plan.new)}"
    if plan.first is not None and plan.last is not None:
        low, high = date.fromordinal(plan.first), date.fromordinal(plan.last)
        line += f", of {low}" if low == high else f", of {low} to {high}"
    parts = [line]
    if plan.undated:
        parts.append(f"{plan.undated} without days")
    if plan.duplicates:
        parts.append(f"{plan.duplicates} here already")
    if plan.bad:
        parts.append(f"{len(plan.bad)} bad {'line' if len(plan.bad) == 1 else 'lines'} left out")
    say(f"{'; '.join(parts)} ({reader.NAMES.get(found.format, found.format)}).")
    for what, names in plan.made.items():
        if names:
            more = len(names) - _SHOWN_NAMES
            rest = f" and {more} more" if more > 0 else ""
            say(f"  new {what}: {', '.join(names[:_SHOWN_NAMES])}{rest}")
    for bad_line in told(plan.bad):
        say(bad_line)
    for note in notes:
        say(f"  {note}")


def told(bad: tuple[BadLine, ...]) -> Iterable[str]:
    """Yields what is wrong with the first bad lines, and how many more there are."""
    for one in bad[:SHOWN_BAD]:
        place = f"line {one.line}" if one.line else "an entry"
        yield f"  {place}: {one.reason}{f': {one.text}' if one.text else ''}"
    if len(bad) > SHOWN_BAD:
        yield f"  and {len(bad) - SHOWN_BAD} more bad lines; --json lists all"


def _as_json(
    found: Found, plan: PlanImport, notes: tuple[str, ...], *, is_done: bool
) -> dict[str, object]:
    return {
        "done": is_done,
        "format": found.format,
        "new": plan.new,
        "undated": plan.undated,
        "duplicates": plan.duplicates,
        "first": None if plan.first is None else str(date.fromordinal(plan.first)),
        "last": None if plan.last is None else str(date.fromordinal(plan.last)),
        "made": {what: list(names) for what, names in plan.made.items()},
        "bad": [{"line": b.line, "reason": b.reason, "text": b.text} for b in plan.bad],
        "notes": list(notes),
    }


# Export ------------------------------------------------------------------------------------


def exported(context: Context, given: Given, source: Source, form: str) -> tuple[str, bytes, str]:
    """Returns what was exported, in words, the bytes of the file, and what it has no place for."""
    from toggl_desktop.actions.plan import export
    from toggl_desktop.actions.plan.left_out import left_out

    part = wanted(context, given, source)
    if form in PICTURES:
        return *_picture(context, given, source, form, part), ""
    _refuse(given, _LOOK, "pictures")
    lacks = left_out(source, part, form)
    tasks = export.tasks(source, part)
    if form in TABLES:
        from toggl_desktop.exchange import plan_csv_out

        data = plan_csv_out.write(tasks, form, raw=given.has("raw"))
        return counted(len(tasks)), data, lacks
    from toggl_desktop.exchange import plan_ics

    tasks = [task for task in tasks if task.start is not None]
    milestones = export.milestones(source, part)
    words = counted(len(tasks))
    if milestones:
        words += f" and {len(milestones)} milestone{'' if len(milestones) == 1 else 's'}"
    return words, plan_ics.write(tasks, milestones, context.now.wall), lacks


def _picture(
    context: Context, given: Given, source: Source, form: str, part: Part
) -> tuple[str, bytes]:
    from toggl_desktop.cli.context import Picture
    from toggl_desktop.store.read import plan

    asked = Picture(
        form,
        part.since,
        part.until,
        None if part.projects is None else frozenset(part.projects),
        None if part.members is None else frozenset(part.members),
        day_of(context.now.wall, context.zone).toordinal(),
        context.first_weekday(),
        context.twelve_hours(),
        given.value("theme") == "dark",
        not given.has("no-weekends"),
        context.weekend(),
    )
    found = plan.plan(source, part.since, part.until, weekend=asked.weekend)
    return "a picture of the plan", context.machine.draw(found, asked)


def counted(count: int) -> str:
    """Returns `1 plan task`, `2 plan tasks`."""
    return f"{count} plan task" if count == 1 else f"{count} plan tasks"


def wanted(context: Context, given: Given, source: Source) -> Part:
    """Returns which part of the plan the options ask for."""
    from toggl_desktop.actions.plan.export import Part

    for option in ("search", "all"):
        if given.has(option) or given.value(option):
            raise given.usage(f"“--{option}” is for time entries.")
    since, until = (_day(context, given.value(name)) for name in ("since", "until"))
    if since is not None and until is not None and until < since:
        raise RefusedError("The last day is before the first. Nothing was written.")
    name = given.value("project")
    return Part(
        since,
        until,
        None if name is None else _projects(source, name),
        _people(source, given),
        weekend=context.weekend(),
    )


def _day(context: Context, text: str | None) -> int | None:
    if text is None:
        return None
    from toggl_desktop.domain.plan.dates import parse_day

    found = parse_day(text, day_of(context.now.wall, context.zone).toordinal())
    if found is None:
        raise RefusedError(
            f"“{text}” is not a day. Write 2026-11-23, today, fri, -7 or +2w. Nothing was written."
        )
    return found


def _projects(source: Source, name: str) -> frozenset[str]:
    from toggl_desktop.store.read import catalog

    found = catalog.named(source, "project", name)
    if not found:
        from toggl_desktop.cli.lines import lid

        lid(source, "project", name)  # says which names are near
    return frozenset(project for project, _ in found)


def _people(source: Source, given: Given) -> frozenset[str] | None:
    name = given.value("member")
    if name is None:
        return None
    from toggl_desktop.store.read import plan

    members = plan.members(source)
    found = frozenset(one.lid for one in members if fold(one.name) == fold(name) or one.lid == name)
    if not found:
        near = ", ".join(one.name for one in members[:5])
        known = f"There are {near}." if near else "There is nobody in the plan yet."
        raise RefusedError(f"There is no member “{name}”. {known} Nothing was written.")
    return found


def refuse_for_entries(given: Given) -> None:
    """Raises UsageError for options that only a plan's formats take."""
    _refuse(given, OPTIONS, "the formats of the plan")


def _refuse(given: Given, options: tuple[Option, ...], what: str) -> None:
    for option in options:
        if given.value(option.name) or given.has(option.name):
            raise given.usage(f"“--{option.name}” is for {what}.")
