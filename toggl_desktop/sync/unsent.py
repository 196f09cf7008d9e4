"""What the server does not know yet, found from state: the rows as they are, and its last copy."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.domain.merge import dirty
from toggl_desktop.store import attempts, bindings, tables
from toggl_desktop.store.attempts import Op
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.source import Source
from toggl_desktop.sync import failing, mapping, reconcile
from toggl_desktop.sync.desk import TRACK, Key
from toggl_desktop.sync.rights import Book, is_by_rule
from toggl_desktop.sync.rules import RULES, Rules
from toggl_desktop.sync.ties import ORDER, Ties, Values, plain, waits


class Job(NamedTuple):
    """A row that wants to be sent.

    Attributes:
        urgent: Whether a timer was started or stopped.
        start: When its entry began.
        values: What differs, as far as it is known now.
        workspace: The workspace's number.
    """

    op: Op
    kind: str
    lid: str
    urgent: bool = False
    start: int = 0
    values: Values = {}  # noqa: RUF012 - a NamedTuple's default, never changed
    workspace: int = 0


def plan(source: Source, rules: Rules = RULES, now: int | None = None) -> list[Job]:
    """Returns what wants to be sent, in the order in which it may be (R10).

    Parents come first, what stops before what runs, the oldest first; deletions last. What a server
    fails at again and again is left out for a while, where `now` is given.
    """
    ties = Ties(source)
    book = Book(source, ties)
    waiting = [
        bound
        for bound in bindings.waiting(source, TRACK)
        if bound.kind in ORDER[1:] and (now is None or not failing.rests(bound, now))
    ]
    rows = rows_of(source, waiting)
    tried = {(a.kind, a.lid) for a in attempts.outstanding(source, TRACK)} if rules.verifies else ()
    jobs = [
        job
        for bound in waiting
        if (bound.kind, bound.lid) in rows and (bound.kind, bound.lid) not in tried
        if (job := _job(source, (ties, book), rows[bound.kind, bound.lid], bound, rules))
    ]
    names = {key for job in jobs if job.op == "create" and (key := _key(job.kind, job.values))}
    return sorted(jobs, key=partial(_order, names))


def _key(kind: str, values: Values) -> tuple[object, ...] | None:
    return reconcile.natural_key(kind, values) if values else None


def _order(names: set[tuple[object, ...]], job: Job) -> tuple[object, ...]:
    rank = ORDER.index(job.kind)
    if job.op == "delete" and _key(job.kind, job.values) in names:
        return -1, rank, False, job.start, job.lid  # a new one waits for its name
    if job.op == "delete":
        return 1, -rank, False, job.start, job.lid
    return 0, rank, job.values.get("stop", 0) is None, job.start, job.lid


def rows_of(source: Source, waiting: Iterable[Binding]) -> dict[Key, Entity]:
    """Returns the rows that are tied so, deleted or not, by kind and id: thousands may wait."""
    lids: dict[str, list[str]] = {}
    for bound in waiting:
        lids.setdefault(bound.kind, []).append(bound.lid)
    found: dict[Key, Entity] = {}
    for kind, some in lids.items():
        if kind in KINDS:
            rows = tables.many(source, KINDS[kind], some)
            found.update(((kind, lid), one) for lid, one in rows.items())
    return found


def _job(
    source: Source, known: tuple[Ties, Book], one: Entity, bound: Binding, rules: Rules
) -> Job | None:
    ties, book = known
    op, values = wanted(source, ties, one, bound)
    if op is None or is_held(bound, op, values):
        return None
    if rules.knows_rights and book.obstacle(one, bound, op) is not None:
        return None
    workspace = ties.workspace_of(one, source)
    start = one.start if isinstance(one, Entry) else 0
    urgent = isinstance(one, Entry) and "stop" in values
    home = workspace if isinstance(workspace, int) else 0
    if op == "delete" and bound.kind != "time_entry":
        values = plain(bound.base)
    return Job(op, bound.kind, bound.lid, urgent, start, values, home)


def wanted(
    source: Source, ties: Ties, one: Entity, bound: Binding
) -> tuple[Op | None, dict[str, Any]]:
    """Returns what the server does not know of a row: nothing, a create, changes or a deletion."""
    if bound.gone and (one.deleted or bound.base is not None):
        return None, {}
    if bound.rid is None or bound.gone:
        return (None, {}) if one.deleted else ("create", ties.out(one))
    if one.deleted:
        return "delete", {}
    if bound.base is None:
        return None, {}
    values = dirty(plain(bound.base), ties.out(one))
    for name in _covered(source, ties, plain(bound.base), values):
        del values[name]
    if bound.kind == "client" and len(values) > 1:
        values.pop("archived", None)  # a request of its own
    return ("update", values) if values else (None, {})


def _covered(source: Source, ties: Ties, base: Values, values: Values) -> list[str]:
    """Returns the fields that the server will empty by itself when it hears of a deletion."""
    found = []
    for name in ("project", "client"):
        if name in values and values[name] is None and _goes(source, ties, name, base.get(name)):
            found += [name, *(["task"] if name == "project" and values.get("task") is None else [])]
    if "tags" in values:
        lost = set(base.get("tags", ())) - set(values["tags"])
        added = set(values["tags"]) - set(base.get("tags", ()))
        if lost and not added and all(_goes(source, ties, "tag", tag) for tag in lost):
            found.append("tags")
    return [name for name in found if name in values]


def _goes(source: Source, ties: Ties, kind: str, rid: int | None) -> bool:
    lid = ties.lid(kind, rid)
    bound = bindings.get(source, TRACK, kind, lid) if lid else None
    one = tables.get(source, KINDS[kind], lid) if lid else None
    return one is not None and one.deleted and bound is not None and bound.hold is None


def is_held(bound: Binding, op: Op, values: Values) -> bool:
    """Tells whether the row waits for a person: what was refused has not been edited since."""
    if bound.hold is None or bound.hold.get("due") or failing.is_failing(bound.hold):
        return False
    if is_by_rule(bound.hold):
        return False  # whether a rule is in the way is asked of the rules
    if bound.hold.get("reason") in {"duplicate", "planned"}:
        return True
    return bound.hold.get("op") == op and plain(bound.hold.get("values")) == plain(
        json_ready(values)
    )


def json_ready(values: Values) -> dict[str, Any]:
    """Returns values as JSON gives them back."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}


def groups(jobs: Sequence[Job]) -> list[list[Job]]:
    """Returns the jobs as requests: entries that get the very same values go together (2.16)."""
    updates = [
        (job.lid, job.workspace, job.values)
        for job in jobs
        if job.op == "update" and job.kind == "time_entry" and not waits(job.values)
    ]
    together = reconcile.in_bulk(updates, mapping.BULK)
    group_of = {lid: index for index, lids in enumerate(together) for lid in lids}
    result: list[list[Job]] = []
    places: dict[int, list[Job]] = {}
    for job in jobs:
        index = group_of.get(job.lid) if job.op == "update" else None
        if index is None:
            result.append([job])
        elif index in places:
            places[index].append(job)
        else:
            places[index] = [job]
            result.append(places[index])
    return result
