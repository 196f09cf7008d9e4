"""The plan in our own JSON: nine lists beside the entries, whose rows name each other by number.

    "plan_tasks": [{"id": 7, "name": "Copy", "start": "2026-11-23", "end": "2026-11-27",
                    "project": "Website", "client": "Acme", "members": [2], …}, …]

Days are ISO dates, times of day `09:30`; a project is named with its client. The numbers hold
within the file. Keys that are missing mean what a fresh thing has; others are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final, NamedTuple

from toggl_desktop.domain.plan.entities import (
    Dependency,
    Group,
    Member,
    Milestone,
    PlanEntity,
    PlanTag,
    PlanTask,
    Segment,
    Status,
    TimeOff,
)
from toggl_desktop.exchange.cells import seconds_of_day
from toggl_desktop.exchange.records import BadLine, Row

KINDS: Final[dict[str, type[PlanEntity]]] = {
    "members": Member,
    "groups": Group,
    "segments": Segment,
    "statuses": Status,
    "plan_tags": PlanTag,
    "plan_tasks": PlanTask,
    "milestones": Milestone,
    "time_off": TimeOff,
    "dependencies": Dependency,
}
"""The lists in their order: a row names only rows of lists before it, or of its own."""

_KEYS: Final = {
    "lid": "id",
    "start_minute": "start_time",
    "end_minute": "end_time",
    "is_placeholder": "placeholder",
    "is_done": "done",
    "is_hidden": "hidden",
    "is_holiday": "holiday",
}
_DAYS: Final = frozenset({"start", "end", "day"})
_MINUTES: Final = frozenset({"start_minute", "end_minute"})
_REFERENCES: Final = {
    ("plan_group", "members"): "member",
    ("plan_task", "members"): "member",
    ("plan_task", "tags"): "plan_tag",
    ("plan_task", "segment"): "segment",
    ("plan_task", "status"): "status",
    ("plan_task", "series"): "plan_task",
    ("milestone", "group"): "plan_group",
    ("time_off", "member"): "member",
    ("dependency", "before"): "plan_task",
    ("dependency", "after"): "plan_task",
}
"""Which fields name other rows, and of which kind."""


class Place(NamedTuple):
    """Where a thing of the plan belongs, by name."""

    project: str | None = None
    client: str | None = None
    workspace: str | None = None


class Told(NamedTuple):
    """A thing as a file tells it: its ids are numbers of the file, its project is in `place`."""

    entity: PlanEntity
    place: Place


# Out ------------------------------------------------------------------------------------------


def rows(
    things: Mapping[str, Sequence[PlanEntity]], place: Callable[[PlanEntity], Place]
) -> dict[str, tuple[Row, ...]]:
    """The lists of a plan, rows in the order they are given in."""
    numbers = {
        (one.kind, str(one.lid)): number
        for listed in things.values()
        for number, one in enumerate(listed, 1)
    }
    return {
        name: tuple(_row(one, numbers, place(one)) for one in things.get(name, ()))
        for name in KINDS
    }


def _row(one: PlanEntity, numbers: Mapping[tuple[str, str], int], place: Place) -> Row:
    row: dict[str, object] = {}
    for field in fields(one):
        name, value = field.name, getattr(one, field.name)
        key = _KEYS.get(name, name)
        of = one.kind if name == "lid" else _REFERENCES.get((one.kind, name))
        if name == "deleted":
            continue
        if name == "project":
            row |= {"project": place.project, "client": place.client}
        elif name == "workspace":
            row["workspace"] = place.workspace
        elif of is not None:
            row[key] = _numbered(value, of, numbers)
        else:
            row[key] = _plain(name, value)
    return row


def _numbered(
    value: object, of: str, numbers: Mapping[tuple[str, str], int]
) -> int | list[int] | None:
    """The numbers of what is named; what is not in the file is left out."""
    if isinstance(value, tuple):
        return [numbers[of, one] for one in value if (of, one) in numbers]
    return numbers.get((of, str(value)))


def _plain(name: str, value: object) -> object:
    if isinstance(value, int) and name in _DAYS:
        return date.fromordinal(value).isoformat()
    if isinstance(value, int) and name in _MINUTES:
        return f"{value // 60:02}:{value % 60:02}"
    if name == "checklist" and isinstance(value, tuple):
        return [{"text": words, "done": is_done} for _, words, is_done in value]
    return list(value) if isinstance(value, tuple) else value


# In -------------------------------------------------------------------------------------------


def told(lists: Mapping[str, Sequence[Row]]) -> tuple[dict[str, list[Told]], list[BadLine]]:
    """The things of a plan that a file tells of, and its rows that are none."""
    import msgspec

    found: dict[str, list[Told]] = {}
    bad: list[BadLine] = []
    for name, cls in KINDS.items():
        found[name] = []
        for row in lists.get(name, ()):
            try:
                entity = msgspec.convert(_values(cls, row), cls)
            except (msgspec.ValidationError, ValueError, OverflowError) as error:
                label = str(row.get("name") or row.get("id") or "")[:80]
                bad.append(BadLine(0, f"{_singular(name)}: {error}", label))
                continue
            place = Place(_text(row, "project"), _text(row, "client"), _text(row, "workspace"))
            found[name].append(Told(entity, place))
    return found, bad


def _values(cls: type[PlanEntity], row: Row) -> dict[str, object]:
    values: dict[str, object] = {}
    for field in fields(cls):
        name = field.name
        key = _KEYS.get(name, name)
        if name in {"deleted", "workspace"} or key not in row:
            continue
        value = row[key]
        if name == "lid" or (cls.kind, name) in _REFERENCES:
            values[name] = _named(value)
        elif name == "project":
            values[name] = value or None
        else:
            values[name] = _revived(name, value)
    if "project" in {field.name for field in fields(cls)} and not values.get("project"):
        values["project"] = "" if cls in {Segment, Status, PlanTag} else None
    return values


def _named(value: object) -> object:
    """Numbers as the texts that ids are; anything else stays, to be refused."""
    if isinstance(value, list):
        return [_named(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _revived(name: str, value: object) -> object:
    if name in _DAYS and isinstance(value, str):
        return date.fromisoformat(value).toordinal()
    if name in _MINUTES and isinstance(value, str):
        seconds = seconds_of_day(value)
        if seconds is None:
            raise ValueError(f"“{value[:40]}” is no time")
        return seconds // 60
    if name == "checklist" and isinstance(value, list):
        return [_checked(line) for line in value]
    return value


def _checked(line: object) -> object:
    """A line of a checklist; anything else stays, to be refused."""
    if not isinstance(line, dict):
        return line
    return ["", line.get("text"), line.get("done", False)]


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _singular(name: str) -> str:
    return {"statuses": "status", "time_off": "time off", "dependencies": "dependency"}.get(
        name, name.replace("_", " ").removesuffix("s")
    )
