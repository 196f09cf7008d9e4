"""Both sides of a problem, field by field, with names in place of ids."""

from typing import Any, Final, NamedTuple

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.store import bindings, tables
from toggl_desktop.store.read.places import in_full, places
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.source import Source

_FIELDS: Final = {
    "time_entry": ("description", "project", "task", "tags", "start", "stop", "billable"),
    "project": ("name", "client", "color", "billable", "archived"),
    "client": ("name", "archived"),
    "task": ("name", "project", "estimate_seconds", "archived"),
    "tag": ("name",),
    "workspace": ("name",),
}
_POINTERS: Final = {"project": "project", "task": "task", "client": "client", "tags": "tag"}


class Side(NamedTuple):
    """One field on both sides.

    Attributes:
        mine: The value here: a text, a number, True or False, an instant, names, or None.
        theirs: The value there.
        is_known: Whether the other side has said anything of this field.
    """

    field: str
    mine: Any
    theirs: Any
    is_known: bool = True

    @property
    def differs(self) -> bool:
        """Whether both sides say something, and not the same."""
        return self.is_known and self.mine != self.theirs


def sides(source: Source, problem: Problem) -> tuple[Side, ...]:
    """Returns the fields that tell a person what it is about, in their order."""
    found = []
    for field in _FIELDS.get(problem.kind, ()):
        if field not in problem.mine and field not in problem.theirs:
            continue
        mine = _named(source, field, problem.mine.get(field))
        theirs = _named(source, field, problem.theirs.get(field))
        found.append(Side(field, mine, theirs, field in problem.theirs))
    return tuple(found)


def _named(source: Source, field: str, value: Any) -> Any:  # noqa: ANN401 - a field's value
    kind = _POINTERS.get(field)
    if kind is None:
        return value or ("" if field in {"description", "name"} else value)
    if field == "tags":
        names = (_name(source, kind, one) for one in value or ())
        return tuple(sorted(name for name in names if name))
    return _name(source, kind, value)


def _name(source: Source, kind: str, ref: object) -> str | None:
    """Returns the name behind a local id, or behind a server's number."""
    if isinstance(ref, int):
        bound = bindings.by_rid(source, "track", kind, ref)
        ref = None if bound is None else bound.lid
    if not isinstance(ref, str):
        return None
    one = tables.get(source, KINDS[kind], ref)
    name = getattr(one, "name", None)
    if kind == "project" and name is not None:
        return in_full(name, places(source).get(ref))
    return name
