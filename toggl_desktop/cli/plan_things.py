"""`plan members`, `groups`, `segments` and `statuses`: what a plan has beside tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toggl_desktop.cli import plan_shapes as shapes
from toggl_desktop.cli.arguments import JSON, Command, Given, Option, Word
from toggl_desktop.cli.plan_names import lid_of_plan, project_of
from toggl_desktop.cli.words import columns, short_id
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plaintext import one_line
from toggl_desktop.store.read import plan, plan_tasks

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.cli.shapes import Json
    from toggl_desktop.store.source import Source


# Lists ------------------------------------------------------------------------------------


def _items(context: Context, source: Source, given: Given) -> list[Json]:
    plural = given.command.name.split()[1]
    names = {row.lid: row.name for row in plan.members(source)}
    if plural == "members":
        groups = plan.groups(source)
        return [
            shapes.member(row, [g.name for g in groups if row.lid in g.members])
            for row in plan.members(source, context.weekend())
        ]
    if plural == "groups":
        return [shapes.group(row, names) for row in plan.groups(source)]
    owners = {row.lid: row.name for row in plan.projects(source)}
    of = project_of(source, given)
    if plural == "segments":
        segments = plan.segments(source)
        found = [shapes.segment(row, owners[row.project]) for row in segments]
    else:
        found = [shapes.status(row, owners[row.project]) for row in plan.statuses(source)]
    return [item for item in found if of in {None, item["project_id"]}]


def _list(context: Context, given: Given) -> None:
    with context.reading() as source, source.snapshot():
        items = _items(context, source, given)
    if given.has("json"):
        context.output.json_list(items)
        return
    if not items:
        context.output.line(f"There are no {given.command.name.split()[1]} yet.")
    for line in columns([_cells(item) for item in items]):
        context.output.line(line)


def _cells(item: Json) -> tuple[str, ...]:
    people: list[str] = item["groups"] if "groups" in item else item.get("members", [])
    more = [item.get("project"), ", ".join(people)]
    if "capacity" in item:
        more.append(f"{sum(item['capacity']) / 60:g} h a week")
    more.append(item.get("holidays"))
    more += [mark for mark in ("placeholder", "done", "hidden") if item.get(mark)]
    name = f"{item.get('icon', '')} {item['name']}".strip()
    return short_id(item["id"]), one_line(name), " · ".join(part for part in more if part)


# Changes ----------------------------------------------------------------------------------


def _noun(given: Given) -> str:
    return given.command.name.split()[1]


def _add(context: Context, given: Given) -> None:
    name = " ".join(given.words("NAME"))
    with context.writing() as store:
        changes = context.do(store, _adding(store.source, given, name))
        lid = next(iter(changes.ids(_KINDS[_noun(given)])))
        _say(context, given, store.source, "Added", lid)


def _adding(source: Source, given: Given, name: str) -> Any:  # noqa: ANN401 - any AddPlanThing
    from toggl_desktop.domain.plan import commands as ask

    noun = _noun(given)
    if noun == "member":
        group = given.value("group")
        return ask.AddMember(
            name,
            given.value("email") or "",
            given.value("initials") or "",
            given.value("color"),
            group=None if not group else lid_of_plan(source, "group", group),
        )
    if noun == "group":
        return ask.AddGroup(name, _people(source, given))
    project = project_of(source, given)
    if project is None:
        raise given.usage(f"A {noun} needs its project: --project NAME.")
    if noun == "segment":
        return ask.AddSegment(name, project)
    return ask.AddStatus(name, project, given.value("icon") or "", bool(given.choice("done")))


def _people(source: Source, given: Given) -> Any:  # noqa: ANN401 - ids of members
    return tuple(lid_of_plan(source, "member", one) for one in given.values("member") if one)


def _edit(context: Context, given: Given) -> None:
    noun = _noun(given)
    with context.writing() as store:
        source = store.source
        of = project_of(source, given) if noun in {"segment", "status"} else None
        lid = lid_of_plan(source, noun, given.word("NAME"), of)
        fields = _fields(source, given)
        if not fields:
            raise given.usage("Say what to change.")
        context.do(store, _editing(noun, lid, fields))
        _say(context, given, source, "Edited", lid)


def _fields(source: Source, given: Given) -> dict[str, Any]:
    has = {option.name for option in given.command.options}
    fields: dict[str, Any] = {}
    for name in ("name", "initials", "email", "color", "holidays", "icon"):
        if name in has and (text := given.value(name)) is not None:
            fields[name] = text
    if "hours" in has and (text := given.value("hours")) is not None:
        fields["capacity"] = _week(text)
    if "member" in has and given.values("member"):
        fields["members"] = _people(source, given)
    for switch, field in (("done", "is_done"), ("hidden", "is_hidden")):
        if switch in has and (choice := given.choice(switch)) is not None:
            fields[field] = choice
    if "position" in has and (text := given.value("position")) is not None:
        if not text.isdecimal() or int(text) < 1:
            raise given.usage(f"“{text}” is no position; positions count from 1.")
        fields["position"] = int(text) - 1
    return fields


def _week(text: str) -> tuple[int, ...]:
    """Returns minutes for each day, Monday first, of `8`, or of seven numbers with commas."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    try:
        minutes = [round(float(part) * 60) for part in parts]
    except (ValueError, OverflowError):
        minutes = [-1]
    if len(minutes) == 1:
        minutes = [*minutes * 5, 0, 0]
    if len(minutes) not in {0, 7} or any(not 0 <= one <= 1440 for one in minutes):
        raise RefusedError(
            f"“{text}” is no week. Write 8, or seven numbers of hours from Monday on: "
            "8,8,8,8,4,0,0. Nothing was changed."
        )
    return tuple(minutes)


def _editing(noun: str, lid: Any, fields: dict[str, Any]) -> Any:  # noqa: ANN401
    from toggl_desktop.domain.plan import commands as ask

    makers = {
        "member": ask.EditMember,
        "group": ask.EditGroup,
        "segment": ask.EditSegment,
        "status": ask.EditStatus,
    }
    return makers[noun](lid, **fields)


_KINDS = {"member": "member", "group": "plan_group", "segment": "segment", "status": "status"}
_PLURALS = {
    "member": "members",
    "group": "groups",
    "segment": "segments",
    "status": "statuses",
}


def _say(context: Context, given: Given, source: Source, verb: str, lid: str) -> None:
    noun = _noun(given)
    listing = next(c for c in COMMANDS if c.name == f"plan {_PLURALS[noun]}")
    (item,) = [one for one in _items(context, source, Given(listing)) if one["id"] == lid]
    if given.has("json"):
        context.output.json(item)
    else:
        name = one_line(item["name"], 60)
        context.output.line(f"{verb} the {noun} “{name}” ({short_id(lid)}).")


def _delete(context: Context, given: Given) -> None:
    noun = _noun(given)
    with context.writing() as store:
        from toggl_desktop.domain.plan.commands import DeletePlanThing

        source = store.source
        of = project_of(source, given) if noun in {"segment", "status"} else None
        lid = lid_of_plan(source, noun, given.word("NAME"), of)
        name = dict(plan_tasks.names(source, noun))[lid]
        kind: Any = _KINDS[noun]
        context.do(store, DeletePlanThing(kind, lid))
        context.output.line(
            f"Deleted the {noun} “{one_line(name, 60)}”; plan tasks stay. "
            "“toggl-desktop undo” brings it back."
        )


# What there is ----------------------------------------------------------------------------

_NAME = Word("NAME", "what it is called", "+")
_OF = Option("project", "the project it belongs to", "NAME", "p", completes="project")
_RENAME = Option("name", "its new name", "NAME", completes="name")
_COLOR = Option("color", "its colour, #2da608", "COLOR")
_PLACE = Option("position", "its place among the others, counted from 1", "NUMBER")
_WHO = Option(
    "member", "who is in it, in their order", "NAME", "m", is_many=True, completes="member"
)
_PERSON = (
    Option("initials", "its initials", "TEXT"),
    Option("email", "an e-mail address", "ADDRESS"),
    _COLOR,
)
_STATUS = (
    Option("icon", "an emoji", "SIGN"),
    Option("done", "whoever is in it is done, or with --no-done not", has_no=True),
)


def _one(noun: str) -> Word:
    completes: Any = noun
    return Word("NAME", f"the {noun}, by name or id", completes=completes)


def _trio(
    noun: str, adds: tuple[Option, ...], edits: tuple[Option, ...], finds: tuple[Option, ...] = ()
) -> tuple[Command, ...]:
    article = "an" if noun[0] in "aeiou" else "a"
    return (
        Command(f"plan {noun} add", f"adds {article} {noun}", _add, (_NAME,), (*adds, JSON)),
        Command(
            f"plan {noun} edit",
            f"changes {article} {noun}",
            _edit,
            (_one(noun),),
            (*finds, _RENAME, *edits, JSON),
        ),
        Command(
            f"plan {noun} delete",
            f"deletes {article} {noun}; plan tasks stay, without it",
            _delete,
            (_one(noun),),
            finds,
        ),
    )


COMMANDS: tuple[Command, ...] = (
    Command("plan members", "lists the people of the plan", _list, options=(JSON,)),
    *_trio(
        "member",
        (*_PERSON, Option("group", "a group to put them in", "NAME", completes="group")),
        (
            *_PERSON,
            Option("hours", "hours a day: 8, or seven numbers with commas from Monday on", "HOURS"),
            Option(
                "holidays", "whose public holidays they keep, DE or DE-BY; empty for none", "CODE"
            ),
        ),
    ),
    Command("plan groups", "lists groups of people", _list, options=(JSON,)),
    *_trio("group", (_WHO,), (_WHO, _PLACE)),
    Command("plan segments", "lists the segments of projects", _list, options=(_OF, JSON)),
    *_trio("segment", (_OF,), (_PLACE,), (_OF,)),
    Command("plan statuses", "lists the statuses of projects", _list, options=(_OF, JSON)),
    *_trio(
        "status",
        (_OF, *_STATUS),
        (
            *_STATUS,
            Option("hidden", "no column of the board, or with --no-hidden one", has_no=True),
            _PLACE,
        ),
        (_OF,),
    ),
)
