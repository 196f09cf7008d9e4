"""Both versions of what a problem is about, in one form: names and local ids, whoever they are of.

What is here points by local ids, what a server said by its numbers. A script that compares the two
wants neither: it gets what `entries`, `projects` and the rest show, for both sides alike.
"""

from typing import Any, Final, NamedTuple

from toggl_desktop.domain.entities import KINDS
from toggl_desktop.store import bindings, tables
from toggl_desktop.store.read.problems import Problem
from toggl_desktop.store.source import Source

Values = dict[str, Any]


class Ref(NamedTuple):
    """What a row points to: its local id and its name, as far as both are known here."""

    id: str | None = None
    name: str | None = None


NOTHING: Final = Ref()


class Version(NamedTuple):
    """A row as one side has it.

    Attributes:
        id: Its local id; None for a row of the server's that is not here.
        track_id: The server's number; None for what it does not have.
        values: Its fields, by the names of its kind here; times are instants.
        refs: What its fields point to, by the names of these fields.
        tags: The names of its tags.
    """

    id: str | None
    track_id: int | None
    values: Values
    refs: dict[str, Ref]
    tags: tuple[str, ...] = ()

    def ref(self, field: str) -> Ref:
        """Returns what a field points to."""
        return self.refs.get(field, NOTHING)


_POINTERS: Final = ("project", "task", "client", "workspace")
_WHOLE: Final = {"time_entry": "start"}
"""What a version of a kind must have to be one; the others have a name."""


def versions(source: Source, problem: Problem) -> tuple[Version | None, Version | None]:
    """Returns what is here and what is there; None where a side has nothing."""
    here = _version(source, problem.kind, problem.row, problem.track_id, problem.mine)
    lid, rid, values = problem.row, problem.track_id, problem.theirs
    if problem.twin is not None and problem.twin != rid:
        twin = bindings.by_rid(source, "track", problem.kind, problem.twin)
        lid, rid = None if twin is None else twin.lid, problem.twin
    if problem.reason == "conflict":  # only what gave way is kept; the rest both sides have alike
        bound = bindings.get(source, "track", problem.kind, lid) if lid else None
        values = {**((bound.base if bound else None) or {}), **values}
    return here, _version(source, problem.kind, lid, rid, values)


def _version(
    source: Source, kind: str, lid: str | None, rid: int | None, values: Values
) -> Version | None:
    if kind not in KINDS or values.get(_WHOLE.get(kind, "name")) is None:
        return None
    refs: dict[str, Ref] = {}
    for name in _POINTERS:
        if name in values:
            refs[name] = _ref(source, name, values.get(name))
    if kind == "time_entry":
        refs["client"] = _client_of(source, refs.get("project", NOTHING))
    tags = (_ref(source, "tag", one).name for one in values.get("tags") or ())
    return Version(lid, rid, values, refs, tuple(sorted(name for name in tags if name)))


def _ref(source: Source, kind: str, ref: object) -> Ref:
    """Returns what a local id or a server's number stands for."""
    if isinstance(ref, int):
        bound = bindings.by_rid(source, "track", kind, ref)
        ref = None if bound is None else bound.lid
    if not isinstance(ref, str):
        return NOTHING
    one = tables.get(source, KINDS[kind], ref)
    return Ref(ref, getattr(one, "name", None))


def _client_of(source: Source, project: Ref) -> Ref:
    one = tables.get(source, KINDS["project"], project.id) if project.id else None
    return _ref(source, "client", getattr(one, "client", None))
