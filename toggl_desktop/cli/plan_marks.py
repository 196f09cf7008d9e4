"""`plan milestone`: days that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toggl_desktop.cli import plan_shapes as shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.plan_days import DAY_HELP, Days
from toggl_desktop.cli.plan_lines import milestone_lines
from toggl_desktop.cli.plan_names import lid_of_plan, project_of, ways_out
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read import plan_tasks

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.source import Source


def _mark_add(context: Context, given: Given) -> None:
    day = given.value("on")
    if day is None:
        raise given.usage("Say when with --on.")
    with context.writing() as store:
        from toggl_desktop.actions.plan import by_name
        from toggl_desktop.domain.plan.commands import AddMilestone

        group = given.value("group")
        command = AddMilestone(
            " ".join(given.words("NAME")),
            Days(context).day(day),
            given.value("color"),
            given.has("holiday"),
            group=None if not group else lid_of_plan(store.source, "group", group),
        )
        with ways_out(given):
            if project := given.value("project"):
                creates = given.has("create")
                changes = by_name.add_milestone(
                    store, command, project, context.now, creates=creates
                )
            else:
                changes = context.do(store, command)
        (made,) = changes.ids("milestone")
        _say_mark(context, given, store.source, "Added milestone", made)


def _say_mark(context: Context, given: Given, source: Source, verb: str, lid: str) -> None:
    (row,) = plan_tasks.milestones(source, plan_tasks.Wanted(lids=(lid,)))
    if given.has("json"):
        context.output.json(shapes.milestone(row))
    else:
        (line,) = milestone_lines([row])
        context.output.line(f"{verb}: {line.strip()}.")


def _mark_edit(context: Context, given: Given) -> None:
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import EditMilestone

        lid = lid_of_plan(store.source, "milestone", given.word("ID"))
        fields: dict[str, Any] = {}
        for name in ("name", "color"):
            if (text := given.value(name)) is not None:
                fields[name] = text
        if (day := given.value("on")) is not None:
            fields["day"] = Days(context).day(day)
        if given.value("project") is not None:
            fields["project"] = project_of(store.source, given)
        if (group := given.value("group")) is not None:
            fields["group"] = lid_of_plan(store.source, "group", group) if group else None
        for switch, field in (("done", "is_done"), ("holiday", "is_holiday")):
            if (choice := given.choice(switch)) is not None:
                fields[field] = choice
        if not fields:
            raise given.usage("Say what to change.")
        context.do(store, EditMilestone(lid, **fields))
        _say_mark(context, given, store.source, "Edited milestone", lid)


def _delete(context: Context, given: Given) -> None:
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import DeletePlanThing

        lid = lid_of_plan(store.source, "milestone", given.word("ID"))
        (row,) = plan_tasks.milestones(store.source, plan_tasks.Wanted(lids=(lid,)))
        context.do(store, DeletePlanThing("milestone", lid))
        context.output.line(
            f"Deleted the milestone “{one_line(row.name, 60)}”. "
            "“toggl-desktop undo” brings it back."
        )


_NAME = Word("NAME", "what it is called", "+")
_RENAME = Option("name", "its new name", "NAME", completes="name")
_COLOR = Option("color", "its colour, #2da608", "COLOR")
_MARK = Word("ID", "the milestone's id as lists show it, or its name")
_MARKED = (
    Option("project", "the project it is for; empty for none", "NAME", "p", completes="project"),
    Option("group", "the group it is for; empty for none", "NAME", completes="group"),
    _COLOR,
)

COMMANDS = (
    Command(
        "plan milestone add",
        "marks a day: for a project, for a group, or for everyone",
        _mark_add,
        (_NAME,),
        (
            Option("on", f"the day: {DAY_HELP}", "DAY"),
            *_MARKED,
            Option("holiday", "nobody works on it"),
            Option("create", "make a project that is not there"),
            JSON,
        ),
    ),
    Command(
        "plan milestone edit",
        "changes a milestone",
        _mark_edit,
        (_MARK,),
        (
            _RENAME,
            Option("on", "the new day", "DAY"),
            *_MARKED,
            Option("done", "reached, or with --no-done not", has_no=True),
            Option("holiday", "nobody works on it, or with --no-holiday they do", has_no=True),
            JSON,
        ),
    ),
    Command("plan milestone delete", "deletes a milestone", _delete, (_MARK,)),
)
