"""Entries that are surely new: thousands of them come with a first sync, and nothing is to decide.

An entry is that when nothing here is bound to its number, no draft of ours may be it, it is over,
and everything it points to is here and lives. All others go the long way (`meeting`). What becomes
of the new ones is put into words before the lock is taken; whoever comes in between voids it.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from toggl_desktop.domain.entities import KINDS, Entry
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId, WorkspaceId
from toggl_desktop.store import bindings, journal, tables
from toggl_desktop.store.arrivals import Arrivals, Place
from toggl_desktop.store.source import Source
from toggl_desktop.sync.desk import TRACK, MakeId
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.ties import Values


class Prepared(NamedTuple):
    """Some rows of an answer, before the lock is taken.

    Attributes:
        seq: The step after which it holds; it is void after any other.
        arrivals: Those that are surely new.
        rest: The others.
    """

    seq: int
    arrivals: Arrivals
    rest: list[Row]


class Ground:
    """What entries point to, as long as nothing of it changes: for many answers of one turn."""

    def __init__(self) -> None:
        self._seq = -1
        self._standing: dict[tuple[str, int], str | None] = {}
        self._places: dict[object, Place | None] = {}

    def prepared(
        self, source: Source, rows: Sequence[Row], adopted: Iterable[int], make_id: MakeId
    ) -> Prepared:
        """Returns rows of one kind, the surely new ones put into words; others go the long way.

        Args:
            source: Whom to ask.
            rows: Rows of a server's answer.
            adopted: Numbers that a draft of ours may bear.
            make_id: What makes ids.
        """
        seq, arrivals = journal.last_seq(source), Arrivals()
        if not rows or rows[0].kind != Entry.kind:
            return Prepared(seq, arrivals, list(rows))
        if seq != self._seq:
            self._seq, self._standing, self._places = seq, {}, {}
        bound = bindings.known(source, TRACK, Entry.kind, [row.rid for row in rows])
        known = bound.union(adopted)
        rest: list[Row] = []
        plain: list[Row] = []
        for row in rows:
            (plain if _is_plain(row) and row.rid not in known else rest).append(row)
        self._look_up(source, plain)
        for row in plain:
            place = self._place(row.values)
            if place is None:
                rest.append(row)
            else:
                arrivals.add(place, make_id(), row.rid, row.values, row.at)
        return Prepared(seq, arrivals, rest)

    def stays(self, seq: int) -> None:
        """Hears that the step after the last rows brought just these, and changed nothing of it."""
        self._seq = seq

    def _look_up(self, source: Source, rows: Iterable[Row]) -> None:
        """Reads what rows point to, and was not looked up before, at once."""
        wanted: dict[str, set[int]] = {"workspace": set(), "project": set(), "task": set()}
        tags: set[int] = set()
        for row in rows:
            for name, rids in wanted.items():
                rids.add(row.values[name])
            tags.update(row.values["tags"])
        for kind, rids in (*wanted.items(), ("tag", tags)):
            new = sorted(rid for rid in rids if rid and (kind, rid) not in self._standing)
            if not new:
                continue
            self._standing.update(((kind, rid), None) for rid in new)
            found = {b.lid: b.rid for b in bindings.by_rids(source, TRACK, kind, new)}
            for lid, one in tables.many(source, KINDS[kind], found).items():
                rid = found[lid]
                if rid is not None and not one.deleted:
                    self._standing[kind, rid] = lid

    def _place(self, values: Values) -> Place | None:
        """Returns where an entry is; None: something of it is not here, or does not live."""
        key = _shared(values)
        if key not in self._places:
            self._places[key] = self._found(values)
        return self._places[key]

    def _found(self, values: Values) -> Place | None:
        wanted = [("workspace", values["workspace"]), *(("tag", rid) for rid in values["tags"])]
        wanted += [(n, values[n]) for n in ("project", "task") if values[n] is not None]
        lids = {key: lid for key in wanted if (lid := self._standing.get(key)) is not None}
        if len(lids) < len(set(wanted)):
            return None
        project, task = lids.get(("project", values["project"])), lids.get(("task", values["task"]))
        like = Entry(
            EntryId(""),
            0,
            0,
            "",
            None if project is None else ProjectId(project),
            None if task is None else TaskId(task),
            tuple(TagId(lids["tag", rid]) for rid in values["tags"]),
            values["billable"],
            WorkspaceId(lids["workspace", values["workspace"]]),
        )
        return Place(like, TRACK, values)


_shared = itemgetter("workspace", "project", "task", "tags", "billable")


def _is_plain(row: Row) -> bool:
    values = row.values
    is_over = not row.deleted and values["stop"] is not None
    return is_over and (values["task"] is None or values["project"] is not None)
