"""One step: what a command changes, gathered first, then written with its journal in one commit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from toggl_desktop.domain.changes import BULK, ChangeSet, Origin
from toggl_desktop.domain.entities import KINDS, Entity, Entry
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.stopping import Pulse, go_on
from toggl_desktop.store import tables
from toggl_desktop.store.arrivals import Arrivals
from toggl_desktop.store.attempts import Statement
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.source import Source

E = TypeVar("E", bound=Entity)
Role = Literal["do", "undo", "redo"]
_WORDS = {
    "time_entry": "entry",
    "plan_group": "group",
    "plan_tag": "tag",
    "plan_task": "plan task",
    "time_off": "time off",
}
"""What a person calls a kind, where it is not the kind's name."""


def word_for(kind: str) -> str:
    """Returns what a person calls a kind."""
    return _WORDS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One row's change: old values of touched fields (None: a new row) and the whole new row.

    A row of which only the binding changed has no old values: nothing of it is undone, but whoever
    shows it is told.
    """

    entity: Entity
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(slots=True)
class Step:
    """What goes into the journal.

    Attributes:
        at: Epoch seconds UTC.
        name: The step in words: `Edit “Wireframes”`.
        target: The step that this one undoes or redoes.
    """

    at: int
    name: str
    origin: Origin = Origin.HERE
    role: Role = "do"
    target: int | None = None
    notice: str | None = None
    meta: dict[str, str | None] = field(default_factory=dict)


class Transaction:
    """What a command sees: the store as it was when the step began, and a place for its changes.

    Questions (`source`, `get`) are answered from the store under the write lock; what `save` was
    given is written when the step ends, all or nothing.

    Attributes:
        bindings: Ties to servers to be written.
        also: What a sync remembers of itself (`attempts`, `shelf`, `progress`), to be written.
        arrivals: Entries that are new for certain, with their ties, in words already.
        pulse: Asked from row to row while the step is put into words and written.
    """

    def __init__(self, source: Source, step: Step) -> None:
        self.source = source
        self.step = step
        self.result = ChangeSet()
        self.bindings: list[Binding] = []
        self.also: list[Statement] = []
        self.arrivals = Arrivals()
        self.keep_even_if_empty = False
        self.pulse: Pulse = go_on
        self._saved: dict[tuple[str, str], Entity] = {}
        self._stored: dict[tuple[str, str], Entity | None] = {}

    def get(self, cls: type[E], lid: str) -> E:
        """Returns an entity, as saved in this step or as stored; refuses one that is not there."""
        found = self.find(cls, lid)
        if found is None:
            what = word_for(cls.kind)
            raise RefusedError(f"There is no such {what} any more. Nothing was changed.")
        return found

    def find(self, cls: type[E], lid: str | None) -> E | None:
        """Returns an entity, as saved in this step or as stored; None when it is not there."""
        if lid is None:
            return None
        found = self._saved.get((cls.kind, lid)) or self.stored(cls, lid)
        return None if found is None or found.deleted else found  # type: ignore[return-value]

    def stored(self, cls: type[E], lid: str) -> E | None:
        """Returns an entity as the step found it, deleted or not; None when there is none.

        Under the write lock nobody else can change it, so it is read once.
        """
        key = (cls.kind, lid)
        if key not in self._stored:
            self._stored[key] = tables.get(self.source, cls, lid)
        return self._stored[key]  # type: ignore[return-value]

    def present(self, cls: type[E], lid: str) -> E | None:
        """Returns an entity as saved in this step or as stored, deleted or not, or None."""
        return self._saved.get((cls.kind, lid)) or self.stored(cls, lid)  # type: ignore[return-value]

    def saved(self) -> Iterable[Entity]:
        """Returns what was saved in this step so far."""
        return self._saved.values()

    def look_up(self, keys: Iterable[tuple[str, str]]) -> None:
        """Reads many entities at once, by kind and id: `stored` and `get` then know them."""
        by_kind: dict[str, list[str]] = {}
        for key in dict.fromkeys(keys):
            kind, lid = key
            if kind in KINDS and key not in self._stored:
                by_kind.setdefault(kind, []).append(lid)
        for kind, lids in by_kind.items():
            found = tables.many(self.source, KINDS[kind], lids)
            self._stored.update(((kind, lid), found.get(lid)) for lid in lids)

    def save(self, *entities: Entity) -> None:
        """Takes entities to be written when the step ends; the last word for a row counts."""
        for entity in entities:
            self._saved[entity.kind, entity.lid] = entity

    def changes(self) -> list[Change]:
        """Returns what really differs from the store; parents come first, stops before starts."""
        found = []
        self.look_up(self._saved)
        for (kind, lid), entity in self._saved.items():
            self.pulse()
            old = self._stored[kind, lid]
            before = None if old is None else tables.before(old, entity)
            if before or before is None:
                found.append(Change(entity, before, tables.plain(entity)))
        there: set[tuple[str, str]] = {(c.entity.kind, c.entity.lid) for c in found}
        found += self._only_bound(there)
        return sorted(found, key=_order)

    def _only_bound(self, others: set[tuple[str, str]]) -> Iterator[Change]:
        for kind, lid in dict.fromkeys((b.kind, b.lid) for b in self.bindings):
            if (kind, lid) in others or kind not in KINDS:
                continue
            entity = self.stored(KINDS[kind], lid)
            if entity is not None:
                yield Change(entity, {}, tables.plain(entity))


_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


def _order(change: Change) -> tuple[int, bool]:
    entity = change.entity
    runs = isinstance(entity, Entry) and entity.stop is None and not entity.deleted
    return _RANK[entity.kind], runs


def change_set(seq: int, step: Step, changes: list[Change], arrivals: Arrivals) -> ChangeSet:
    """Returns what listeners are told about a step."""
    touched: dict[str, set[str]] = {Entry.kind: set(arrivals.lids)} if arrivals else {}
    lows: list[int] = [*arrivals.starts]
    highs: list[int | None] = [*arrivals.stops]
    for change in changes:
        entity = change.entity
        touched.setdefault(entity.kind, set()).add(entity.lid)
        if isinstance(entity, Entry):
            old = change.before or {}
            lows += [entity.start, old.get("start", entity.start)]
            highs += [entity.stop, old.get("stop", entity.stop)]
    whole = [h for h in highs if h is not None]
    return ChangeSet(
        seq=seq,
        touched={k: frozenset(v) if len(v) < BULK else frozenset() for k, v in touched.items()},
        low=min(lows, default=None),
        high=None if len(whole) < len(highs) else max(whole, default=None),
        origin=step.origin,
        step=step.name,
        notice=step.notice,
    )
