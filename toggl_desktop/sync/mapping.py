"""Toggl Track's words for a row, and ours: both ways, without looking anything up.

A row from the wire becomes a `Row` whose `values` are plain: server ids, epoch seconds, sorted
tags. These values are what a binding's `base` holds and what a merge compares. Facts: the contract
of API v9 (durations below zero run, null and [] are one, unknown and missing keys are no error).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from toggl_desktop.domain.entities import PALETTE, REQUIRABLE

Wire = Mapping[str, Any]

CREATED_WITH: Final = "Toggl Desktop"
_MOST: Final = 2**63
_EARLIEST: Final = 0
_LATEST: Final = 7_258_118_399
"""From 1970 to 2199, as what is typed here: days of other years cannot be told in every zone."""

_DIGITS = frozenset("0123456789abcdef")
_INTS = frozenset({int})


class MalformedError(ValueError):
    """A row that cannot be understood; only it is left out."""


class Row(NamedTuple):
    """One row of a server's answer.

    Attributes:
        at: When it changed last, by the server's clock, to the microsecond; None where it does
            not say.
        deleted: Whether it is a tombstone.
    """

    kind: str
    rid: int
    at: float | None
    deleted: bool
    values: dict[str, Any]


def read(kind: str, wire: Any) -> Row:  # noqa: ANN401 - whatever came
    """Returns the row of a server's object. Raises MalformedError where it makes no sense."""
    if wire.__class__ is not dict and not isinstance(wire, Mapping):
        raise MalformedError("not an object")
    rid = _number(wire, "id")
    if rid is None or rid <= 0:
        raise MalformedError("no id")
    deleted = bool(wire.get("server_deleted_at") or wire.get("deleted_at"))
    values = _READERS[kind](wire)
    at = _instant(wire["at"]) if wire.get("at") else None
    return Row(kind, rid, at, deleted, values)


def moment(text: object) -> int:
    """Returns the whole second that an RFC 3339 text names, whatever its offset."""
    return int(_instant(text) // 1)


def _instant(text: object) -> float:
    if not isinstance(text, str):
        raise MalformedError("a time that is no text")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise MalformedError("a time that is none") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.timestamp()


def written(moment: int) -> str:
    """Returns a moment as the wire takes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(wire: Wire, name: str, former: str = "") -> int | None:
    """Returns a number, by its name or the one it had in former versions of the API."""
    value = wire.get(name)
    if value is None and former:
        value = wire.get(former)
    if value is None:
        return None
    if value.__class__ is not int or not -_MOST <= value < _MOST:
        raise MalformedError(f"{name} is no id")
    found: int = value
    return found


def _needed(wire: Wire, name: str, former: str = "") -> int:
    found = _number(wire, name, former)
    if found is None:
        raise MalformedError(f"no {name}")
    return found


def _text(wire: Wire, name: str) -> str:
    value = wire.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedError(f"{name} is no text")
    if value.isascii() and "\0" not in value:
        return value
    return value.encode("utf-8", "replace").decode().replace("\0", "")


def _name(wire: Wire) -> str:
    found = _text(wire, "name")
    if not found.strip():
        raise MalformedError("no name")
    return found


def _entry(wire: Wire) -> dict[str, Any]:
    start = int(_instant(wire.get("start")) // 1)
    duration = _number(wire, "duration")
    stop = int(_instant(wire["stop"]) // 1) if wire.get("stop") else None
    if stop is None and duration is not None and duration >= 0:
        stop = start + duration
    if not _EARLIEST <= start <= _LATEST or (stop is not None and stop > _LATEST):
        raise MalformedError("a time beyond all years")
    return {
        "description": _text(wire, "description"),
        "start": start,
        "stop": start if stop is not None and stop < start else stop,
        "workspace": _needed(wire, "workspace_id", "wid"),
        "project": _number(wire, "project_id", "pid"),
        "task": _number(wire, "task_id", "tid"),
        "tags": _tags(wire.get("tag_ids") or ()),
        "billable": bool(wire.get("billable")),
    }


def _tags(tags: object) -> tuple[int, ...]:
    if not isinstance(tags, list | tuple) or not _INTS.issuperset(map(type, tags)):
        raise MalformedError("tag_ids are none")
    return tuple(sorted(set(tags), key=str) if len(tags) > 1 else tags)


def _project(wire: Wire) -> dict[str, Any]:
    color = _text(wire, "color").lower()
    is_color = len(color) == 7 and color[0] == "#" and _DIGITS.issuperset(color[1:])
    return {
        "name": _name(wire),
        "color": color if is_color else PALETTE[-1],
        "client": _number(wire, "client_id", "cid"),
        "workspace": _needed(wire, "workspace_id", "wid"),
        "billable": bool(wire.get("billable")),
        "archived": wire.get("active") is False,
    }


def _client(wire: Wire) -> dict[str, Any]:
    return {
        "name": _name(wire),
        "workspace": _needed(wire, "wid", "workspace_id"),
        "archived": bool(wire.get("archived")),
    }


def _task(wire: Wire) -> dict[str, Any]:
    estimate = _number(wire, "estimated_seconds")
    return {
        "name": _name(wire),
        "project": _needed(wire, "project_id", "pid"),
        "estimate_seconds": estimate or None,
        "archived": wire.get("active") is False,
    }


def _tag(wire: Wire) -> dict[str, Any]:
    return {"name": _name(wire), "workspace": _needed(wire, "workspace_id", "wid")}


def _workspace(wire: Wire) -> dict[str, Any]:
    rules = wire.get("te_constraints")
    rules = rules if isinstance(rules, Mapping) else {}
    is_on = rules.get("time_entry_constraints_enabled", bool(rules))
    may_all = bool(wire.get("admin")) or wire.get("role") == "admin"
    return {
        "name": _name(wire),
        "organization": _number(wire, "organization_id"),
        "required": tuple(n for n in REQUIRABLE if is_on and rules.get(f"{n}_present")),
        "premium": bool(wire.get("premium") or wire.get("business_ws")),
        "business": bool(wire.get("business_ws")),
        "admin": may_all,
        "may_create_projects": may_all or not wire.get("only_admins_may_create_projects"),
        "may_create_tags": may_all or not wire.get("only_admins_may_create_tags"),
    }


_READERS: Final = {
    "workspace": _workspace,
    "client": _client,
    "project": _project,
    "task": _task,
    "tag": _tag,
    "time_entry": _entry,
}


# Ours to theirs ----------------------------------------------------------------------------

_NAMES: Final = {
    "time_entry": {"project": "project_id", "task": "task_id", "tags": "tag_ids"},
    "project": {"client": "client_id"},
    "task": {"estimate_seconds": "estimated_seconds"},
}


def body(kind: str, values: Mapping[str, Any], *, workspace: int, is_new: bool) -> dict[str, Any]:
    """Returns what is sent for these values.

    Args:
        kind: What they belong to.
        values: A whole row when it is new, else the fields to change.
        workspace: The workspace's number, which an entry names in its body too.
        is_new: Whether it is a create; then what a plan may lack is left out unless it is set.
    """
    if kind == "time_entry":
        return _entry_body(values, workspace, is_new=is_new)
    renamed = _NAMES.get(kind, {})
    found = {renamed.get(n, n): v for n, v in values.items() if n not in _PLACES[kind]}
    if kind in {"project", "task"} and "archived" in found:
        found["active"] = not found.pop("archived")
    if is_new:
        for name in ("billable", "client_id", "estimated_seconds", "archived"):
            if name in found and not found[name]:
                del found[name]
    return found


_PLACES: Final = {
    "client": ("workspace",),
    "project": ("workspace",),
    "tag": ("workspace",),
    "task": ("project",),
}
"""What stands in the address, not in the body."""


def _entry_body(values: Mapping[str, Any], workspace: int, *, is_new: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"workspace_id": values.get("workspace", workspace)}
    for name in values.keys() & {"start", "stop"}:
        found[name] = None if values[name] is None else written(values[name])
    if "stop" in values and values["stop"] is None:
        found["duration"] = -1
    if "tags" in values:
        found["tag_ids"] = list(values["tags"])
    for name in values.keys() & {"description", "project", "task", "billable"}:
        found[_NAMES["time_entry"].get(name, name)] = values[name]
    if is_new:
        found["created_with"] = CREATED_WITH
        for name in ("project_id", "task_id", "tag_ids", "billable"):
            if not found.get(name):
                found.pop(name, None)
        if values["stop"] is not None:
            found["duration"] = values["stop"] - values["start"]
    return found


BULK: Final = {
    "description": "/description",
    "project": "/project_id",
    "task": "/task_id",
    "tags": "/tag_ids",
    "billable": "/billable",
}
"""Fields of an entry that many rows may be given at once, and their paths."""


def bulk(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the operations that give many entries the same values."""
    return [
        {"op": "replace", "path": BULK[name], "value": list(value) if name == "tags" else value}
        for name, value in sorted(values.items())
    ]
