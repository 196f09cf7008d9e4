"""One transaction of a sync: rows, their ties, what is known of them, and what they owe each other.

Everything a pull or an answer changes goes through here, so that in every commit what is pointed to
is there, one entry runs at most, and what gave way lies on the shelf (R3, R8, R30).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, Literal

from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import (
    KINDS,
    Entity,
    Entry,
    Task,
)
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, WorkspaceId
from toggl_desktop.domain.merge import dirty
from toggl_desktop.store import attempts, bindings, schema, shelf, tables
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import synced
from toggl_desktop.store.shelf import Reason, Shelved
from toggl_desktop.store.write import Transaction
from toggl_desktop.sync import reconcile
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.rights import Book
from toggl_desktop.sync.rules import Rules
from toggl_desktop.sync.ties import Ties, Values, plain, stand_in

Key = tuple[str, str]
TRACK: Final[Literal["track"]] = "track"
MakeId = Callable[[], str]


class EpochError(Exception):
    """Somebody signed in or out, or a backup came back: what this cycle knows is void (R54)."""


@contextmanager
def opened(
    store: Store, name: str, at: int, *, epoch: str, make_id: MakeId, rules: Rules
) -> Iterator["Desk"]:
    """Runs one transaction of a sync. Raises EpochError when the cycle is void."""
    with store.transaction(name, at, origin=Origin.TRACK) as tx:
        if (schema.meta(tx.source, schema.EPOCH) or "") != epoch:
            raise EpochError
        desk = Desk(tx, make_id, rules)
        yield desk
        desk.close()


class Desk:
    """What lies open in one transaction."""

    def __init__(self, tx: Transaction, make_id: MakeId, rules: Rules) -> None:
        self.tx = tx
        self.rules = rules
        self._make_id = make_id
        self._bound: dict[Key, Binding] = {}
        self._by_rid: dict[tuple[str, int], str] = {}
        self._looked: dict[tuple[str, int], Binding | None] = {}
        self._made: set[str] = set()
        self._unnumbered: dict[str, list[str]] = {}
        self._tries: dict[Key, Attempt | None] = {}

    @cached_property
    def ties(self) -> Ties:
        """Which row is which; read when it is asked for, and learning from then on."""
        return Ties(self.tx.source)

    @cached_property
    def rights(self) -> Book:
        """What may be done in which workspace."""
        return Book(self.tx.source, self.ties)

    @property
    def has_changed_rows(self) -> bool:
        """Whether, once it is closed, anything but arrivals was saved or bound."""
        return bool(self.tx.saved() or self.tx.bindings)

    def close(self) -> None:
        """Ends rivals and hands what was bound to the transaction."""
        self._end_rivals()
        freed = [b for b in self._bound.values() if b.rid is None]
        self.tx.bindings += [*freed, *(b for b in self._bound.values() if b.rid is not None)]

    # Rows and ties --------------------------------------------------------------------------

    def row(self, kind: str, lid: str) -> Entity | None:
        """Returns a row, deleted or not."""
        return self.tx.present(KINDS[kind], lid)

    def latest(self, one: Any) -> Any:  # noqa: ANN401 - what went in comes out
        """Returns a row as this transaction has left it."""
        return self.row(one.kind, one.lid) or one

    def binding(self, kind: str, lid: str) -> Binding | None:
        """Returns a row's tie as it is now."""
        found = self._bound.get((kind, lid))
        if found is not None or lid in self._made:
            return found
        return bindings.get(self.tx.source, TRACK, kind, lid)

    def by_rid(self, kind: str, rid: int) -> Binding | None:
        """Returns the tie of a server's number as it is now."""
        lid = self._by_rid.get((kind, rid))
        if lid is not None and self._bound[kind, lid].rid == rid:
            return self._bound[kind, lid]
        if (kind, rid) not in self._looked:
            self._looked[kind, rid] = bindings.by_rid(self.tx.source, TRACK, kind, rid)
        found = self._looked[kind, rid]
        return found if found is None or (kind, found.lid) not in self._bound else None

    def look_up(self, kind: str, rids: list[int]) -> None:
        """Reads many ties and their rows at once; nobody else can change them meanwhile."""
        found = bindings.by_rids(self.tx.source, TRACK, kind, rids)
        self._looked.update(((kind, rid), None) for rid in rids)
        self._looked.update(((kind, bound.rid or 0), bound) for bound in found)
        self.tx.look_up((kind, bound.lid) for bound in found)

    def look_up_pointers(self, rows: Iterable[Row]) -> None:
        """Does the same with everything that rows of an answer point to."""
        wanted: dict[str, set[int]] = {}
        for row in rows:
            for name in ("workspace", "client", "project", "task"):
                rid = row.values.get(name)
                if rid is not None:
                    wanted.setdefault(name, set()).add(rid)
            wanted.setdefault("tag", set()).update(row.values.get("tags") or ())
        for kind, rids in wanted.items():
            self.look_up(kind, sorted(rids))

    def bind(self, bound: Binding) -> None:
        """Ties a row; the last word counts."""
        self._bound[bound.kind, bound.lid] = bound
        if bound.rid is not None:
            self._by_rid[bound.kind, bound.rid] = bound.lid
            self.ties.learn(bound.kind, bound.lid, bound.rid)

    def attempt(self, kind: str, lid: str) -> Attempt | None:
        """Returns what was sent of a row and not answered."""
        key = (kind, lid)
        if key not in self._tries:
            self._tries[key] = attempts.get(self.tx.source, TRACK, kind, lid)
        return self._tries[key]

    def attempted(self, one: Attempt) -> None:
        """Writes down what is about to be sent, or when it ended."""
        self._tries[one.kind, one.lid] = one
        self.tx.also.append(attempts.put(one))

    def settled(self, kind: str, lid: str) -> None:
        """Forgets what was sent: it is known what became of it."""
        if self.attempt(kind, lid) is not None:
            self._tries[kind, lid] = None
            self.tx.also.append(attempts.cleared(TRACK, kind, lid))

    def shelve(
        self, reason: Reason, kind: str, lid: str | None, rid: int | None, content: Values
    ) -> None:
        """Keeps what gives way, in this very transaction (R8)."""
        one = Shelved(self.tx.step.at, reason, kind, lid, rid, dict(content))
        self.tx.also.append(shelf.put(one))

    def write(self, one: Entity, base: Values | None, **tie: Any) -> None:  # noqa: ANN401
        """Saves a row with its server copy; whether it is unsent follows from both (R6)."""
        self.tx.save(one)
        old = self.binding(one.kind, one.lid) or Binding(TRACK, one.kind, one.lid)
        bound = replace(old, base=base, **tie)
        self.bind(bound)
        self.bind(replace(bound, unsent=self.is_unsent(one, bound)))

    def is_unsent(self, one: Entity, bound: Binding) -> bool:
        """Tells whether the server does not know the row as it is (R6)."""
        if bound.kind == "workspace" or bound.gone:
            return bound.gone and not one.deleted and bound.kind != "workspace"
        if bound.rid is None:
            return not one.deleted or self.attempt(bound.kind, bound.lid) is not None
        if one.deleted:
            return True
        return bound.base is not None and bool(dirty(plain(bound.base), self.ties.out(one)))

    def new_id(self) -> str:
        """Returns an id for a row that is made here and now."""
        lid = self._make_id()
        self._made.add(lid)
        return lid

    def new(self, kind: str, values: Values) -> Entity:
        """Returns a new row with the server's values; it is not saved yet."""
        return self.ties.blank(kind, self.new_id(), values)

    # The same name twice --------------------------------------------------------------------

    def unsent_twin(self, kind: str, values: Values) -> Entity | None:
        """Returns the row of the same name that the server has not got yet (R12)."""
        key = reconcile.natural_key(kind, values)
        if key is None:
            return None
        if kind not in self._unnumbered:  # once: what is made in here has a number
            found = tables.load(self.tx.source, KINDS[kind], *_without_number(kind))
            self._unnumbered[kind] = [one.lid for one in found]
        for lid in self._unnumbered[kind]:
            latest = self.row(kind, lid)
            bound = self.binding(kind, lid)
            if latest is None or latest.deleted or (bound is not None and bound.rid is not None):
                continue
            if reconcile.natural_key(kind, self.ties.out(latest)) == key:
                return latest
        return None

    def sent_twin(self, one: Entity) -> str | None:
        """Returns the local id of the server's row that bears this row's name already, or None."""
        key = reconcile.natural_key(one.kind, self.ties.out(one))
        if key is None:
            return None
        for bound in bindings.bound(self.tx.source, TRACK, one.kind):
            other = self.row(one.kind, bound.lid)
            if bound.base is None or bound.gone or other is None or other.deleted:
                continue
            if reconcile.natural_key(one.kind, plain(bound.base)) == key:
                return bound.lid
        return None

    # What is pointed to ---------------------------------------------------------------------

    def reachable(self, values: Values) -> Values:
        """Returns the server's values pointing only to what is here.

        What was never read gets a row that says so (R3). What we deleted and the server does not
        know yet is needed again, so it comes back (R28); what it knows to be deleted is no pointer.
        """
        found = dict(values)
        if "workspace" in found:
            self._reach("workspace", found["workspace"], values)
        for name in ("client", "project"):
            if isinstance(found.get(name), int):
                found[name] = self._reach(name, found[name], found)
        if found.get("task") is not None:  # it is a part of its project, and nothing without it
            has_project = found.get("project") is not None
            found["task"] = self._reach("task", found["task"], found) if has_project else None
        if found.get("tags"):
            tags = (self._reach("tag", tag, values) for tag in found["tags"])
            found["tags"] = tuple(tag for tag in tags if tag is not None)
        return found

    def revived(self, one: Entity) -> Entity:
        """Returns a row that is not deleted after all, without pointers to what is."""
        values: dict[str, Any] = {"deleted": False}
        for field, kind in (("project", "project"), ("task", "task"), ("client", "client")):
            lid = getattr(one, field, None)
            if lid is not None and not isinstance(one, Task) and not self._lives(kind, lid):
                values |= {"project": None, "task": None} if field == "project" else {field: None}
        if isinstance(one, Entry):
            values["tags"] = tuple(tag for tag in one.tags if self._lives("tag", tag))
        revived: Entity = replace(one, **values)
        return revived

    def _lives(self, kind: str, lid: str) -> bool:
        one = self.row(kind, lid)
        return one is not None and not one.deleted

    def _reach(self, kind: str, rid: int, values: Values) -> int | None:
        bound = self.by_rid(kind, rid)
        if bound is None:
            lid = self._make_id()
            home = self.ties.lid("workspace", values.get("workspace"))
            project = self.ties.lid("project", values.get("project"))
            self.tx.save(stand_in(kind, lid, rid, WorkspaceId(home or LOCAL_WORKSPACE), project))
            self.bind(Binding(TRACK, kind, lid, rid, None, unsent=False))
            return rid
        one = self.row(kind, bound.lid)
        if one is not None and one.deleted:
            if bound.gone or kind == "workspace":
                return None
            one = self.revived(one)
            self.tx.save(one)
            self.shelve("undeleted", kind, bound.lid, rid, plain(bound.base))
            self.bind(replace(bound, unsent=self.is_unsent(one, bound)))
        return rid

    # One runs -------------------------------------------------------------------------------

    def _end_rivals(self) -> None:
        saved = (one for one in self.tx.saved() if isinstance(one, Entry))
        runs = {one.lid: one for one in saved if one.stop is None}
        if not (self.rules.ends_rivals and runs):  # one runs on disk at most
            return
        where = "WHERE stop IS NULL AND deleted = 0"
        found = {one.lid: one for one in tables.load(self.tx.source, Entry, where)} | runs
        running = [e for e in map(self.latest, found.values()) if e.is_running and not e.deleted]
        if len(running) < 2:
            return
        rivals = [reconcile.Rival(e.lid, e.start, self._rid_of(e.lid)) for e in running]
        ends = reconcile.end_rivals(
            rivals, [s for r in rivals for s in self._starts_after(r.start)]
        )
        for one in running:
            if one.lid in ends:
                stopped = replace(one, stop=ends[one.lid])
                bound = self.binding("time_entry", one.lid)
                if bound is None:
                    self.tx.save(stopped)
                else:
                    self.write(stopped, bound.base)

    def _rid_of(self, lid: str) -> int | None:
        bound = self.binding("time_entry", lid)
        return None if bound is None else bound.rid

    def _starts_after(self, start: int) -> list[int]:
        found = synced.next_start(self.tx.source, start)
        saved = [e.start for e in self.tx.saved() if isinstance(e, Entry) and not e.deleted]
        some = (found, *saved, *self.tx.arrivals.starts)
        return [one for one in some if one is not None and one > start]


def _without_number(kind: str) -> tuple[str, tuple[object, ...]]:
    return (
        (
            "WHERE deleted = 0 AND lid NOT IN (SELECT lid FROM binding "
            "WHERE service = 'track' AND kind = ? AND rid IS NOT NULL)"
        ),
        (kind,),
    )
