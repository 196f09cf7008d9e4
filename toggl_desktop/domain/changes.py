"""What one committed step touched: the only thing that views and sync are told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

BULK = 1000
"""From this many changes on, a set names no ids: views read anew."""


class Origin(StrEnum):
    """Where a step came from."""

    HERE = "here"
    TRACK = "track"
    PLAN = "plan"


class ChangeSet(NamedTuple):
    """Kinds and ids that one or several steps touched.

    Attributes:
        seq: Journal number of the last step in it; 0 when nothing was written.
        touched: Kind → local ids.
        low: Earliest instant any touched entry covers or covered; None when no entry was touched.
        high: Latest such instant, open for a running entry (None then).
        origin: Where the step came from.
        step: The step's name in words.
        notice: A sentence to show beside the change, where the change was not just as asked.
    """

    seq: int = 0
    touched: dict[str, frozenset[str]] = {}  # noqa: RUF012 - nobody writes into a set
    low: int | None = None
    high: int | None = None
    origin: Origin = Origin.HERE
    step: str = ""
    notice: str | None = None

    def __bool__(self) -> bool:
        return bool(self.touched)

    def ids(self, kind: str) -> frozenset[str]:
        """Returns the touched ids of a kind; empty when there are none."""
        return self.touched.get(kind, frozenset())

    def is_bulk(self, kind: str) -> bool:
        """Tells whether so many of a kind were touched that none of them is named."""
        return kind in self.touched and not self.touched[kind]

    def concerns(self, kind: str, lid: str) -> bool:
        """Tells whether one row may have been touched."""
        return self.is_bulk(kind) or lid in self.ids(kind)

    def without(self, shown: ChangeSet) -> ChangeSet:
        """Returns the set without what another one has named, or was too many of to be named."""
        rest = {
            kind: ids - shown.ids(kind)
            for kind, ids in self.touched.items()
            if not shown.is_bulk(kind) and (not ids or ids - shown.ids(kind))
        }
        return self._replace(touched=rest)


def merged(sets: Iterable[ChangeSet]) -> ChangeSet:
    """Returns one set that names everything the given ones name; views read once for many."""
    result = ChangeSet()
    lows: list[int] = []
    high: int | None = 0
    notice: str | None = None
    touched: dict[str, frozenset[str]] = {}
    for one in sets:
        for kind, ids in one.touched.items():
            named = touched.get(kind, ids) | ids
            is_bulk = not ids or not touched.get(kind, ids) or len(named) >= BULK
            touched[kind] = frozenset() if is_bulk else named
        if one.low is not None:
            lows.append(one.low)
            high = None if high is None or one.high is None else max(high, one.high)
        notice = one.notice or notice
        result = one if one.seq >= result.seq else result
    return ChangeSet(
        seq=result.seq,
        touched=touched,
        low=min(lows) if lows else None,
        high=high if lows else None,
        origin=result.origin,
        step=result.step,
        notice=notice,
    )
