"""Both sides of a problem: for scripts in one form, for people where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toggl_desktop.domain.instants import iso, local
from toggl_desktop.domain.words import time_of_day

if TYPE_CHECKING:
    from toggl_desktop.cli.context import Context
    from toggl_desktop.store.read.problems import Problem
    from toggl_desktop.store.read.versions import Version

Json = dict[str, Any]

_CHOICES: Final = ("conflict", "duplicate", "twice", "refused", "undeleted")
_TIMES: Final = ("start", "stop")
_SHOWN: Final = {
    "time_entry": ("description", "project", "task", "tags", "billable", "start", "stop"),
    "project": ("name", "client", "color", "billable", "archived"),
    "client": ("name", "archived"),
    "task": ("name", "project", "estimate_seconds", "archived"),
}


def version(kind: str, one: Version, now: int, *, problem: str | None, is_here: bool) -> Json:
    """Returns a side in the shape in which its kind is shown everywhere else."""
    values = one.values
    if kind == "time_entry":
        start, stop = values["start"], values.get("stop")
        return {
            "id": one.id,
            "description": values.get("description") or "",
            "project": one.ref("project").name,
            "project_id": one.ref("project").id,
            "client": one.ref("client").name,
            "tags": list(one.tags),
            "billable": bool(values.get("billable")),
            "start": iso(start),
            "stop": None if stop is None else iso(stop),
            "seconds": max(0, (now if stop is None else stop) - start),
            "plan_task_id": values.get("plan_task") if is_here else None,
            "sync": "problem" if is_here else "synced",
            "problem": problem if is_here else None,
            "track_id": one.track_id,
            "task": one.ref("task").name,
            "task_id": one.ref("task").id,
        }
    found: Json = {"id": one.id, "name": values.get("name"), "track_id": one.track_id}
    for name in _SHOWN.get(kind, ())[1:]:
        if name in {"client", "project"}:
            found |= {name: one.ref(name).name, f"{name}_id": one.ref(name).id}
        else:
            found[name] = values.get(name)
    if kind == "project":
        found["workspace"] = one.ref("workspace").name
    return found


def compared(
    context: Context, one: Problem, here: Version | None, there: Version | None
) -> list[str]:
    """Returns in what both sides differ, a field a line, where a person is to choose of them."""
    if one.reason not in _CHOICES or here is None or there is None:
        return []
    pairs = [(n, _value(here, n), _value(there, n)) for n in _SHOWN.get(one.kind, ("name",))]
    return [
        f"{name}: {_shown(context, name, mine)} here, {_shown(context, name, theirs)} in Toggl"
        for name, mine, theirs in pairs
        if mine != theirs
    ]


def _value(one: Version, name: str) -> object:
    if name == "tags":
        return one.tags
    if name in {"project", "task", "client"}:
        return one.ref(name).name
    return one.values.get(name) or None


def _shown(context: Context, name: str, value: object) -> str:
    if name in _TIMES and isinstance(value, int):
        day = local(value, context.zone)
        at = time_of_day(value, context.zone, twelve_hours=context.twelve_hours())
        return f"{day:%Y-%m-%d} {at}"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    if value is None:
        return "none"
    return "yes" if value is True else f"“{value}”"
