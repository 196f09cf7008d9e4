"""The entries that the list has read so far, by day: read in chunks, kept up by change sets."""

from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from typing import Final

from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.instants import day_bounds, day_of
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.store.read.entries import EntryRow, Hits, Wanted
from toggl_desktop.store.source import Source
from toggl_desktop.ui.timer.days import Item, day_items, touched_days

CHUNK: Final = 200
"""Entries read at once: a few screens, a few milliseconds."""
ONE_BY_ONE: Final = 25
"""Up to so many changed entries are read by their ids; more by the range they lie in."""

_NAMED: Final = frozenset({"project", "client", "task", "tag"})


class Ledger:
    """Rows in memory, whole days only: everything that reaches past `low`.

    Every method that changes what is known returns the days whose items are others now.
    """

    def __init__(self, source: Source, zone: Callable[[], tzinfo], now: Callable[[], int]) -> None:
        self._source = source
        self._zone = zone
        self._now = now
        self._text = ""
        self.hits: Hits | None = None
        self._rows: dict[str, EntryRow] = {}
        self._days: dict[date, set[str]] = {}
        self._filed: dict[str, tuple[date, ...]] = {}
        self._low: int | None = None
        self.is_complete = False

    @property
    def days(self) -> list[date]:
        """The days that have entries, newest first."""
        return sorted(self._days, reverse=True)

    def row(self, lid: str) -> EntryRow | None:
        """Returns an entry that has been read."""
        return self._rows.get(lid)

    def items(self, day: date) -> tuple[Item, ...]:
        """Returns the items of a day."""
        rows = [self._rows[lid] for lid in self._days.get(day, ())]
        return day_items(day, rows, self._zone(), self._now(), has_gaps=not self._text)

    def clear(self) -> None:
        """Forgets everything; the next `fetch` begins with the newest."""
        self.hits = None
        self._rows, self._days, self._filed = {}, {}, {}
        self._low, self.is_complete = None, False

    def search(self, text: str) -> None:
        """Knows only what has all words of a text from now on; the next `fetch` finds it."""
        self._text = text
        self.clear()

    def count(self) -> Hits:
        """Returns how much the search finds in all. Raises StoreError."""
        if self.hits is None:
            self.hits = entries.hits(self._source, self._text)
        return self.hits

    def fetch(self) -> set[date]:
        """Reads the next older chunk, up to the beginning of a day."""
        chunk = self._chunk
        found = self._older()
        if len(found) < chunk:
            self.is_complete = True
            self._low = None
        else:
            last = found[-1].start
            low = day_bounds(day_of(last, self._zone()), self._zone())[0]
            # One second more on both sides: an empty entry on the edge counts; `_take` decides.
            found += self._find(Wanted(low=low - 1, high=last + 1))
            self._low = low
        return self._take({row.lid: row for row in found})

    def _older(self) -> list[EntryRow]:
        if self._text and self._low is None:
            rows, self.hits = entries.search(self._source, self._text, self._chunk)
            return rows
        return self._find(Wanted(high=self._low, limit=self._chunk))

    @property
    def _chunk(self) -> int:
        """How much is read at once; a search shows a screen after each key."""
        return max(1, CHUNK // 4) if self._text and self._low is None else CHUNK

    def _find(self, wanted: Wanted) -> list[EntryRow]:
        """Finds entries; what runs stands above the list and is never found by a search."""
        if self._text:
            wanted = wanted._replace(text=self._text, finished=True)
        return entries.find(self._source, wanted)

    def apply(self, changes: ChangeSet) -> set[date]:
        """Reads again what a change set names."""
        if self._text and changes.touched:
            return self._search_again(changes)
        days: set[date] = set()
        if "time_entry" in changes.touched:
            days |= self._read_entries(changes)
        if _NAMED & changes.touched.keys():
            days |= self._read_names()
        return days

    def _search_again(self, changes: ChangeSet) -> set[date]:
        """Finds anew: by the entries that changed, or everything when a name has changed."""
        self.hits = None
        if not _NAMED & changes.touched.keys():
            return self._read_entries(changes)
        days = set(self._days)
        self.clear()
        self.fetch()
        return days | set(self._days)

    def refile(self) -> set[date]:
        """Puts what runs under the day that has begun meanwhile."""
        running = {lid: row for lid, row in self._rows.items() if row.stop is None}
        return self._take(running)

    def _read_entries(self, changes: ChangeSet) -> set[date]:
        ids = changes.ids("time_entry")
        if 0 < len(ids) <= ONE_BY_ONE:
            named: dict[str, EntryRow | None] = dict.fromkeys(ids)
            named.update({row.lid: row for row in self._find(Wanted(lids=tuple(ids)))})
            return self._take(named)
        gone = self._let_go_of_older()
        low = None if changes.low is None else changes.low - 1
        high = None if changes.high is None else changes.high + 1
        if self._low is not None:
            low = self._low - 1 if low is None else max(low, self._low - 1)
        fresh: dict[str, EntryRow | None] = {
            row.lid: None
            for row in self._rows.values()
            if (low is None or row.stop is None or row.stop > low)
            and (high is None or row.start < high)
        }
        fresh.update({r.lid: r for r in self._find(Wanted(low=low, high=high))})
        return gone | self._take(fresh)

    def _let_go_of_older(self) -> set[date]:
        """When years come to a list that had a few days, it goes on as a long one: in chunks."""
        if self._text or not self.is_complete or len(self._rows) > CHUNK:
            return set()
        found = self._find(Wanted(limit=CHUNK))
        if len(found) < CHUNK:
            return set()
        self.is_complete = False
        self._low = day_bounds(day_of(found[-1].start, self._zone()), self._zone())[0]
        older = [lid for lid, row in self._rows.items() if not _belongs(row, self._low)]
        return self._take(dict.fromkeys(older))

    def _read_names(self) -> set[date]:
        projects = {p.lid: p for p in catalog.projects(self._source, archived=True)}
        tasks = {t.lid: t.name for t in catalog.tasks(self._source, archived=True)}
        tags = entries.tag_names(self._source)
        fresh: dict[str, EntryRow | None] = {}
        for row in self._rows.values():
            project = projects.get(row.project) if row.project else None
            renamed = row._replace(
                project_name=project.name if project else row.project_name,
                color=project.color if project else row.color,
                client=project.client_name if project else row.client,
                place=project.place if project else row.place,
                task_name=tasks.get(row.task, row.task_name) if row.task else None,
                tags=tuple(tags[t] for t in row.tag_ids if t in tags),
            )
            if renamed != row:
                fresh[row.lid] = renamed
        return self._take(fresh)

    def _take(self, fresh: Mapping[str, EntryRow | None]) -> set[date]:
        """Files rows anew, or away where there is none any more."""
        zone, now = self._zone(), self._now()
        first = None if self._low is None else day_of(self._low, zone)
        days: set[date] = set()
        for lid, row in fresh.items():
            self._rows.pop(lid, None)
            days |= self._unfile(lid)
            if row is None or not _belongs(row, self._low):
                continue
            self._rows[lid] = row
            touched = touched_days(row, zone, now)
            self._filed[lid] = tuple(day for day in touched if first is None or day >= first)
            for day in self._filed[lid]:
                self._days.setdefault(day, set()).add(lid)
                days.add(day)
        return days

    def _unfile(self, lid: str) -> set[date]:
        days = set(self._filed.pop(lid, ()))
        for day in days:
            self._days[day].discard(lid)
            if not self._days[day]:
                del self._days[day]
        return days


def _belongs(row: EntryRow, low: int | None) -> bool:
    return low is None or row.stop is None or row.stop > low or row.start >= low
