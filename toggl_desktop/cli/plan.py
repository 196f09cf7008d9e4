"""`plan`: what is planned, for whom and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toggl_desktop.cli import plan_marks, plan_things
from toggl_desktop.cli import plan_shapes as shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.plan_days import DAY_HELP, Days
from toggl_desktop.cli.plan_lines import milestone_lines, say_tasks, task_lines
from toggl_desktop.cli.plan_names import ways_out
from toggl_desktop.store.read import plan, plan_tasks

if TYPE_CHECKING:
    from toggl_desktop.actions.plan.by_name import Named
    from toggl_desktop.cli.context import Context
    from toggl_desktop.domain.ids import PlanTaskId
    from toggl_desktop.store.source import Source


# Reading ----------------------------------------------------------------------------------


def _wanted(context: Context, given: Given, source: Source) -> plan_tasks.Wanted:
    since, until = Days(context).range(given.value("since"), given.value("until"))
    project, member = given.value("project"), given.value("member")
    if project is not None:
        from toggl_desktop.cli.lines import lid

        project = lid(source, "project", project)
    if member is not None:
        from toggl_desktop.actions.plan.naming import lid_of

        member = lid_of(source, "member", member)
    return plan_tasks.Wanted(since, until, project, member)


def _tasks(context: Context, given: Given) -> None:
    with context.reading() as source, source.snapshot():
        rows = plan_tasks.find(source, _wanted(context, given, source))
        tracked = plan.tracked(source, context.now.wall) if rows else {}
    if given.has("json"):
        found = [shapes.task(row, tracked.get(row.lid, 0)) for row in rows]
        context.output.json_list(found)
        return
    for line in task_lines(context, rows, tracked) or ["Nothing is planned there."]:
        context.output.line(line)


def _milestones(context: Context, given: Given) -> None:
    with context.reading() as source:
        rows = plan_tasks.milestones(source, _wanted(context, given, source))
    if given.has("json"):
        context.output.json_list([shapes.milestone(row) for row in rows])
        return
    for line in milestone_lines(rows) or ["There are no milestones there."]:
        context.output.line(line)


def _next(context: Context, given: Given) -> None:
    today = Days(context).today
    with context.reading() as source, source.snapshot():
        bars = [bar.lid for bar in plan.on_day(source, today)]
        place = {lid: number for number, lid in enumerate(bars)}
        rows = plan_tasks.find(source, plan_tasks.Wanted(lids=tuple(bars)))
        rows.sort(key=lambda row: place[row.lid])
        first = plan.next_milestone(source, today)
        marks = plan_tasks.Wanted(lids=() if first is None else (first.lid,))
        milestones = plan_tasks.milestones(source, marks)
        tracked = plan.tracked(source, context.now.wall, bars) if rows else {}
    if given.has("json"):
        context.output.json(
            {
                "today": [shapes.task(row, tracked.get(row.lid, 0)) for row in rows],
                "milestone": shapes.milestone(milestones[0]) if milestones else None,
            }
        )
        return
    for line in task_lines(context, rows, tracked) or ["Nothing is planned for today."]:
        context.output.line(line)
    for row in milestones:
        ahead = row.day - today
        when = {0: "today", 1: "tomorrow"}.get(ahead, f"in {ahead} days")
        (line,) = milestone_lines([row])
        context.output.line(f"Next milestone, {when}: {line.strip()}")


# Changing ---------------------------------------------------------------------------------


def _ids(source: Source, given: Given) -> tuple[PlanTaskId, ...]:
    from toggl_desktop.actions.plan.naming import lid_of
    from toggl_desktop.domain.ids import PlanTaskId

    found = (PlanTaskId(lid_of(source, "plan task", text)) for text in given.words("ID"))
    return tuple(dict.fromkeys(found))


def _names(given: Given) -> Named:
    from toggl_desktop.actions.plan.by_name import Named

    has = {option.name for option in given.command.options}
    members = given.values("member")
    tags = given.value("tags") if "tags" in has else None
    return Named(
        project=given.value("project"),
        segment=given.value("segment"),
        status=given.value("status"),
        members=members or None,
        add_members=given.values("add-member") if "add-member" in has else (),
        remove_members=given.values("remove-member") if "remove-member" in has else (),
        tags=None if tags is None else tuple(part.strip() for part in tags.split(",")),
        creates=given.has("create"),
    )


def _content(context: Context, given: Given) -> dict[str, Any]:
    """Returns the fields that are the same for new and for old tasks."""
    from toggl_desktop.domain.plan.estimate import parse_estimate

    fields: dict[str, Any] = {}
    kind = given.value("estimate-kind")
    if kind is not None:
        fields["estimate_kind"] = kind
    if (estimate := given.value("estimate")) is not None:
        fields["estimate_minutes"] = parse_estimate(
            estimate, "total" if kind == "total" else "daily"
        )
    for option, field in (("color", "color"), ("notes", "notes"), ("repeat", "repeat")):
        if (text := given.value(option)) is not None:
            fields[field] = (text or None) if field == "color" else text
    if (times := given.value("times")) is not None:
        fields["start_minute"], fields["end_minute"] = Days(context).times(times)
    return fields


def _add(context: Context, given: Given) -> None:
    days = Days(context)
    with context.writing() as store:
        from toggl_desktop.actions.plan import by_name
        from toggl_desktop.domain.plan.commands import AddPlanTask

        start, end = given.value("from"), given.value("to")
        first = None if start is None else days.day(start)
        last = None if end is None else days.day(end, base=first)
        command = AddPlanTask(
            " ".join(given.words("NAME")), first, last, **_content(context, given)
        )
        with ways_out(given):
            changes = by_name.add(store, command, _names(given), context.now)
        say_tasks(context, given, store.source, changes, "Planned")


def _edit(context: Context, given: Given) -> None:
    days = Days(context)
    with context.writing() as store:
        from toggl_desktop.actions.plan import by_name
        from toggl_desktop.domain.plan.commands import EditPlanTasks

        command = EditPlanTasks(
            _ids(store.source, given), **_content(context, given), **_days(days, given)
        )
        if (name := given.value("name")) is not None:
            command = replace(command, name=name)
        if (done := given.choice("done")) is not None:
            command = replace(command, is_done=done)
        named = _names(given)
        if command == EditPlanTasks(command.tasks) and named[:-1] == type(named)()[:-1]:
            raise given.usage("Say what to change.")
        scope: Any = given.value("scope") or "one"
        command = replace(command, scope=scope, pushes=given.has("push"))
        with ways_out(given):
            changes = by_name.edit(store, command, named, context.now)
        say_tasks(context, given, store.source, changes, "Edited", command.tasks)


def _days(days: Days, given: Given) -> dict[str, Any]:
    """Returns the new days: one of them alone drags the other along where it must."""
    start, end = given.value("from"), given.value("to")
    if given.has("unschedule"):
        if start is not None or end is not None:
            raise given.usage("“--unschedule” goes without days.")
        return {"start": None, "end": None}
    found: dict[str, Any] = {}
    if start is not None:
        found["start"] = days.day(start)
    if end is not None:
        found["end"] = days.day(end, base=found.get("start"))
    return found


def _move(context: Context, given: Given) -> None:
    days = Days(context)
    by, start, end = given.value("by"), given.value("from"), given.value("to")
    if (by is None) == (start is None and end is None):
        raise given.usage("Say where to with --by, or with --from, --to or both.")
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import EditPlanTasks, MovePlanTasks

        tasks = _ids(store.source, given)
        pushes = given.has("push")
        command: MovePlanTasks | EditPlanTasks
        if by is not None:
            command = MovePlanTasks(tasks, days.count(by), pushes=pushes)
        else:
            if len(tasks) > 1:
                raise given.usage("Days can be set for one plan task at a time; use --by.")
            first = None if start is None else days.day(start)
            last = None if end is None else days.day(end, base=first)
            (row,) = plan_tasks.find(store.source, plan_tasks.Wanted(lids=tasks))
            length = 0 if row.start is None or row.end is None else row.end - row.start
            first = (last or 0) - length if first is None else first
            last = first + length if last is None else last
            command = EditPlanTasks(tasks, start=first, end=last, pushes=pushes)
        changes = context.do(store, command)
        say_tasks(context, given, store.source, changes, "Moved", tasks)


def _done(context: Context, given: Given) -> None:
    is_done = not given.has("undo")
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import EditPlanTasks

        tasks = _ids(store.source, given)
        changes = context.do(store, EditPlanTasks(tasks, is_done=is_done))
        verb = "Done:" if is_done else "Not done:"
        say_tasks(context, given, store.source, changes, verb, tasks)


def _delete(context: Context, given: Given) -> None:
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import DeletePlanTasks

        tasks = _ids(store.source, given)
        rows = plan_tasks.find(store.source, plan_tasks.Wanted(lids=tasks))
        scope: Any = given.value("scope") or "one"
        changes = context.do(store, DeletePlanTasks(tasks, scope))
        touched = tuple(changes.ids("plan_task"))
        # An earlier part of a series is touched as well: its rule ends now, but it stays.
        stayed = plan_tasks.find(store.source, plan_tasks.Wanted(lids=touched))
        count = len(touched) - len(stayed) or len(rows)
        what = f"“{rows[0].name}”" if count == 1 else f"{count} plan tasks"
        context.output.line(f"Deleted {what}. “toggl-desktop undo” brings it all back.")


_RANGE = (
    Option("since", f"only from this day on: {DAY_HELP}", "DAY"),
    Option("until", "only up to this day, itself included", "DAY"),
    Option("project", "only this project", "NAME", "p", completes="project"),
)
_CONTENT = (
    Option("project", "the project; empty for none", "NAME", "p", completes="project"),
    Option("segment", "a segment of the project", "NAME", completes="segment"),
    Option("status", "a status of the project; a done one ends it", "NAME", completes="status"),
    Option("member", "who does it", "NAME", "m", is_many=True, completes="member"),
    Option("tags", "all its tags, with commas; made as they are named", "NAMES"),
    Option("times", "a time of each day: 9-10:30; empty for all day", "SPAN"),
    Option("estimate", "how much work it is: 4h 30m, 4:30, 4.5; empty for none", "LENGTH"),
    Option("estimate-kind", "on each day, or in total", "KIND", choices=("daily", "total")),
    Option("color", "its own colour, #2da608; empty for the project's", "COLOR"),
    Option("notes", "notes", "TEXT"),
    Option("repeat", "every 2 weeks, every 1 month until 2027-03-01; empty for never", "RULE"),
    Option("create", "make a project, person, segment or status that is not there"),
)
_SCOPE = Option(
    "scope",
    "of what recurs: this one, also those that follow, or all",
    "WHICH",
    choices=("one", "following", "all"),
)
_IDS = Word("ID", "the plan task's id as lists show it, or its name", "+", completes="plan task")
_PUSH = Option("push", "move along what waits for it and would begin too soon")

COMMANDS = (
    Command(
        "plan tasks",
        "lists what is planned, by day; without a range everything",
        _tasks,
        options=(
            *_RANGE,
            Option("member", "only this person's", "NAME", "m", completes="member"),
            JSON,
        ),
        details=(
            "With a range, what has no days is left out. "
            "Days are inclusive; a task counts when one of its days is in the range."
        ),
    ),
    Command("plan milestones", "lists milestones, by day", _milestones, options=(*_RANGE, JSON)),
    Command(
        "plan next",
        "shows what is planned for today and not done, and the next milestone",
        _next,
        options=(JSON,),
    ),
    Command(
        "plan add",
        "plans something; without days it goes to the taskbox",
        _add,
        (Word("NAME", "what it is called", "+"),),
        (
            Option("from", f"its first day: {DAY_HELP}", "DAY"),
            Option("to", "its last day; +3 counts from the first", "DAY"),
            *_CONTENT,
            JSON,
        ),
    ),
    Command(
        "plan move",
        "moves plan tasks along; their length stays unless both days are given",
        _move,
        (_IDS,),
        (
            Option("by", "days, back with a minus: 3, -1, +2w", "DAYS"),
            Option("from", "the new first day", "DAY"),
            Option("to", "the new last day", "DAY"),
            _PUSH,
            JSON,
        ),
    ),
    Command(
        "plan edit",
        "changes one plan task, or many in one step",
        _edit,
        (_IDS,),
        (
            Option("name", "its new name", "NAME"),
            Option("from", "the new first day; the last one stays where it can", "DAY"),
            Option("to", "the new last day; +3 counts from the first", "DAY"),
            Option("unschedule", "take its days away: it goes to the taskbox"),
            *_CONTENT,
            Option("add-member", "one more who does it", "NAME", is_many=True, completes="member"),
            Option("remove-member", "one less", "NAME", is_many=True, completes="member"),
            Option("done", "done, or with --no-done not", has_no=True),
            _SCOPE,
            _PUSH,
            JSON,
        ),
        details="Another project brings its own first segment and status, and no tags.",
    ),
    Command(
        "plan done",
        "marks plan tasks as done",
        _done,
        (_IDS,),
        (Option("undo", "not done after all"), JSON),
    ),
    Command(
        "plan delete", "deletes plan tasks; undo brings them back", _delete, (_IDS,), (_SCOPE,)
    ),
    *plan_marks.COMMANDS,
    *plan_things.COMMANDS,
)
