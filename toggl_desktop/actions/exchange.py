"""Import: what a file holds becomes one step of the journal.

Names are matched to what is there (case and accents do not matter) and made where they are
missing. What is here already is recognised and left alone, so a file can be imported twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.matching import Matcher
from toggl_desktop.domain import limits
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import (
    REQUIRABLE,
    Client,
    Entity,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.errors import KnownError, NothingToDoError, RefusedError
from toggl_desktop.domain.ids import EntryId, FavouriteId
from toggl_desktop.exchange.records import BadLine, Found, Record, Row
from toggl_desktop.store import journal, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source

if TYPE_CHECKING:
    from toggl_desktop.actions.plan.own import OwnPlan

_RUNS_HERE = "it runs, and an entry is running here already"
_RUNS_TWICE = "it runs, and only one entry can; another one of this file began later"
_AHEAD = "it runs, and it starts in the future"

Key = tuple[int, int | None, str, str | None]
"""Start, stop, description and project: two entries that agree in these are one."""


@dataclass(frozen=True, slots=True)
class Made:
    """Names that are not there yet and would be made."""

    clients: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    favourites: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        new: How many entries would be added.
        duplicates: How many are here already, plan tasks too, or stand in the file twice.
        bad: Lines that cannot be read or kept, with the reason.
        seconds: How long the new finished entries are together.
        first: Start of the earliest new entry, epoch seconds UTC; None without any.
        last: Start of the latest one.
        running: Whether one of them runs on.
        made: Names that would be made.
        users: The people whose entries the file holds.
        entities: All that would be saved.
        seq: The journal's last step when the plan was made.
        planned: How many plan tasks would be added.
    """

    new: int
    duplicates: int
    bad: tuple[BadLine, ...]
    seconds: int
    first: int | None
    last: int | None
    running: bool
    made: Made
    users: tuple[str, ...]
    entities: tuple[Entity, ...] = field(repr=False)
    seq: int = 0
    planned: int = 0


def plan_import(source: Source, found: Found, now: int, *, user: str | None = None) -> ImportPlan:
    """Says what an import would do; writes nothing.

    Args:
        source: The store.
        found: What the file holds.
        now: The present.
        user: Whose entries are wanted, where the file holds several people's.

    Raises:
        RefusedError: It holds several people's entries and nobody said whose are wanted.
    """
    with source.snapshot():
        return _Plan(source, found, now).made(_of_user(found, user))


def _users(found: Found) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.user for r in found.records if r.user))


def _of_user(found: Found, user: str | None) -> Iterable[Record]:
    users = _users(found)
    if user is None:
        if len(users) > 1:
            raise RefusedError(
                f"The file holds entries of {len(users)} people: {', '.join(users[:5])}. "
                "Nothing was imported; say whose are yours."
            )
        return found.records
    if user not in users:
        others = ", ".join(users[:5]) or "nobody named"
        raise RefusedError(
            f"The file holds no entries of “{user}”, but of {others}. Nothing was imported."
        )
    return (record for record in found.records if record.user == user)


class _Plan:
    """Turns records into entities, one after the other."""

    def __init__(self, source: Source, found: Found, now: int) -> None:
        self._source, self._found, self._now = source, found, now
        self._matcher = Matcher(source)
        self._bad: list[BadLine] = list(found.bad)
        self._entries: list[Entry] = []
        self._planned: dict[EntryId, int] = {}
        self._duplicates = 0
        # Our own file says all there is: what stands in it twice was there twice.
        self._counts_copies = found.bundle is not None
        self._workspaces = {w.lid: w for w in tables.load(source, Workspace)}

    def made(self, records: Iterable[Record]) -> ImportPlan:
        matcher, found = self._matcher, self._found
        matcher.take_lists(found)
        records = list(records)
        there = self._there(records)
        known_ids = self._bound_ids()
        latest = max((r.start for r in records if r.stop is None), default=None)
        for record in records:
            self._take(record, there, known_ids, latest)
        favourites = list(self._favourites())
        plan = self._own_plan()
        names = matcher.made(
            [*self._entries, *favourites], also=() if plan is None else plan.projects
        )
        entities: list[Entity] = [*names, *favourites, *self._requirements()]
        if plan is not None:
            self._entries = [self._with_plan_task(plan, entry) for entry in self._entries]
            entities += plan.entities
            self._bad += plan.bad
        entities += self._entries
        finished = [e for e in self._entries if e.stop is not None]
        starts = [e.start for e in self._entries]
        return ImportPlan(
            new=len(self._entries),
            duplicates=self._duplicates + (0 if plan is None else plan.duplicates),
            bad=tuple(sorted(self._bad, key=_by_line)),
            seconds=sum(e.seconds(self._now) for e in finished),
            first=min(starts, default=None),
            last=max(starts, default=None),
            running=len(finished) < len(self._entries),
            made=Made(
                clients=tuple(one.name for one in names if isinstance(one, Client)),
                projects=tuple(one.name for one in names if isinstance(one, Project)),
                tags=tuple(one.name for one in names if isinstance(one, Tag)),
                tasks=tuple(one.name for one in names if isinstance(one, Task)),
                favourites=len(favourites),
            ),
            users=_users(found),
            entities=tuple(entities),
            seq=journal.last_seq(self._source),
            planned=0 if plan is None else plan.tasks,
        )

    def _with_plan_task(self, plan: "OwnPlan", entry: Entry) -> Entry:
        """Returns the entry with the plan task it was tracked for, as it is called here."""
        number = self._planned.get(entry.lid)
        return entry if number is None else replace(entry, plan_task=plan.task(number))

    def _own_plan(self) -> "OwnPlan | None":
        """Returns what our own file says of a plan."""
        rows = self._found.bundle.plan if self._found.bundle else {}
        if not rows:
            return None
        from toggl_desktop.actions.plan.matching import PlanMatcher
        from toggl_desktop.actions.plan.own import OwnPlan

        return OwnPlan(self._source, PlanMatcher(self._source, self._matcher), rows)

    def _there(self, records: list[Record]) -> Counter[Key]:
        """Returns how many entries of each kind are here, as far as the file reaches."""
        if not records:
            return Counter()
        rows = self._source.rows(
            "SELECT start, stop, description, project FROM time_entry "
            "WHERE deleted = 0 AND start BETWEEN ? AND ?",
            (min(r.start for r in records), max(r.start for r in records)),
        )
        return Counter((start, stop, text, project) for start, stop, text, project in rows)

    def _bound_ids(self) -> set[int]:
        rows = self._source.rows(
            "SELECT b.rid FROM binding b JOIN time_entry e ON e.lid = b.lid AND e.deleted = 0 "
            "WHERE b.service = 'track' AND b.kind = 'time_entry' AND b.rid IS NOT NULL"
        )
        return {rid for (rid,) in rows}

    def _take(
        self, record: Record, there: Counter[Key], known_ids: set[int], latest: int | None
    ) -> None:
        try:
            entry = self._entry(record)
        except KnownError as error:
            self._refuse(record, error.sentence.partition(" Nothing was ")[0].rstrip("."))
            return
        key = (entry.start, entry.stop, entry.description, entry.project)
        if record.track_id is not None and record.track_id in known_ids:
            self._duplicates += 1
        elif there[key] > 0:
            self._duplicates += 1
            there[key] -= 1 if self._counts_copies else 0
        elif reason := self._cannot_run(entry, latest):
            self._refuse(record, reason)
        else:
            if record.track_id is not None:
                known_ids.add(record.track_id)
            there[key] += 0 if self._counts_copies else 1
            self._entries.append(entry)
            if record.plan_task is not None:
                self._planned[entry.lid] = record.plan_task

    def _refuse(self, record: Record, reason: str) -> None:
        self._bad.append(BadLine(record.line or 0, reason, record.description[:200]))

    def _entry(self, record: Record) -> Entry:
        """Returns the entry a record tells of; raises KnownError for what cannot be kept."""
        matcher = self._matcher
        project = matcher.project(record)
        task = matcher.task(record, project)
        workspace = matcher.workspace(record.workspace) if project is None else project.workspace
        entry = Entry(
            EntryId(new_id()),
            record.start,
            record.stop,
            record.description.strip(),
            None if project is None else project.lid,
            None if task is None else task.lid,
            matcher.tags_of(record.tags, workspace),
            record.billable,
            workspace,
        )
        limits.check_entry(entry)
        limits.check_required(self._workspaces[workspace], entry)
        return entry

    def _cannot_run(self, entry: Entry, latest: int | None) -> str | None:
        if entry.stop is not None:
            return None
        if entry.start > self._now:
            return _AHEAD
        if self._source.value("SELECT 1 FROM time_entry WHERE stop IS NULL AND deleted = 0"):
            return _RUNS_HERE
        runs_already = any(e.stop is None for e in self._entries)
        return _RUNS_TWICE if entry.start != latest or runs_already else None

    def _favourites(self) -> Iterator[Favourite]:
        """Yields the favourites of our own file that are not here yet."""
        rows = self._found.bundle.favourites if self._found.bundle else ()
        here = tables.load(self._source, Favourite, "WHERE deleted = 0")
        position = max((f.position for f in here), default=-1)
        known = {replace(f, lid=FavouriteId(""), position=0) for f in here}
        for row in rows:
            content = self._favourite(row)
            if content not in known:
                known.add(content)
                position += 1
                yield replace(content, lid=FavouriteId(new_id()), position=position)

    def _favourite(self, row: Row) -> Favourite:
        tags = row.get("tags")
        record = Record(
            None,
            _text(row, "description") or "",
            0,
            0,
            project=_text(row, "project"),
            client=_text(row, "client"),
            task=_text(row, "task"),
            tags=tuple(t for t in tags if isinstance(t, str)) if isinstance(tags, list) else (),
        )
        project = self._matcher.project(record)
        task = self._matcher.task(record, project)
        workspace = self._matcher.workspace(None) if project is None else project.workspace
        return Favourite(
            FavouriteId(""),
            record.description,
            None if project is None else project.lid,
            None if task is None else task.lid,
            self._matcher.tags_of(record.tags, workspace),
            row.get("billable") is True,
        )

    def _requirements(self) -> Iterator[Workspace]:
        """Yields workspaces that take over what our own file requires; own choices stay."""
        for row in self._found.bundle.workspaces if self._found.bundle else ():
            here = self._workspaces[self._matcher.workspace(_text(row, "name"))]
            fields = row.get("required")
            required = tuple(f for f in fields if f) if isinstance(fields, list) else ()
            is_known = all(f in REQUIRABLE for f in required)
            if required and is_known and not here.required:
                yield replace(here, required=required)


def _text(row: Row, key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _by_line(bad: BadLine) -> int:
    return bad.line


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the step, and the plan it carried out."""

    changes: ChangeSet
    plan: ImportPlan


def import_(
    store: Store,
    found: Found,
    now: Reading,
    *,
    name: str,
    skip_bad: bool = False,
    user: str | None = None,
) -> Imported:
    """Adds what a file holds and is not here yet, in one step: one undo takes it all back.

    The step holds the write lock for as long as its rows take to write; the thinking is done
    before, and again inside only when somebody else has written meanwhile.

    Raises:
        RefusedError: There are bad lines and they are not to be skipped; nothing was imported.
        NothingToDoError: Everything is here already.
    """
    plan = plan_import(store.source, found, now.wall, user=user)
    refuse_bad(plan, skip_bad=skip_bad)
    with store.transaction(f"Import {name}", now.wall) as tx:
        if journal.last_seq(tx.source) != plan.seq:
            plan = plan_import(tx.source, found, now.wall, user=user)
            refuse_bad(plan, skip_bad=skip_bad)
        if not plan.entities:
            raise NothingToDoError("Nothing to import: everything is here already.")
        tx.step.name = f"Import {counted(plan)} from {name}"
        tx.save(*plan.entities)
    return Imported(tx.result, plan)


def counted(plan: ImportPlan) -> str:
    """Returns `3 entries`, `1 plan task`, `3 entries and 1 plan task`."""
    parts = []
    if plan.new or not plan.planned:
        parts.append(f"{plan.new} {'entry' if plan.new == 1 else 'entries'}")
    if plan.planned:
        parts.append(f"{plan.planned} plan {'task' if plan.planned == 1 else 'tasks'}")
    return " and ".join(parts)


def refuse_bad(plan: ImportPlan, *, skip_bad: bool) -> None:
    """Raises RefusedError when a plan has bad lines and they are not to be skipped."""
    refuse_bad_lines(plan.bad, skip_bad=skip_bad)


def refuse_bad_lines(bad: tuple[BadLine, ...], *, skip_bad: bool) -> None:
    """Raises RefusedError when there are bad lines and they are not to be skipped."""
    if not bad or skip_bad:
        return
    first = bad[0]
    where = f"line {first.line}" if first.line else f"“{first.text[:40]}”"
    count = "One line" if len(bad) == 1 else f"{len(bad)} lines"
    raise RefusedError(
        f"{count} cannot be imported, the first one is {where}: {first.reason}. "
        "Nothing was imported; mend the file, or skip such lines."
    )
