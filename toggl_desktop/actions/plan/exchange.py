"""Import of a plan: what a table of Toggl Plan's holds becomes one step of the journal.

Tasks that are here already are recognised and left alone, so a file can be imported twice. What is
taken over is what the file says: no status, segment or occurrence is made up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from toggl_desktop.actions.exchange import refuse_bad_lines
from toggl_desktop.actions.ids import new_id
from toggl_desktop.actions.plan.matching import PlanMatcher, Thing
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Client, Entity, Project
from toggl_desktop.domain.errors import KnownError, NothingToDoError
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, PlanTaskId
from toggl_desktop.domain.plan import rules
from toggl_desktop.domain.plan.entities import Member, PlanTag, PlanTask, Segment, Status
from toggl_desktop.domain.stopping import Pulse, go_on
from toggl_desktop.exchange.plan_records import PlanRecord
from toggl_desktop.exchange.records import BadLine, Found
from toggl_desktop.store import journal, tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.source import Source

Key = tuple[object, ...]
"""Name, days, times, project and assignees: two tasks that agree in these are one."""


@dataclass(frozen=True, slots=True)
class PlanImport:
    """What an import of a plan would do.

    Attributes:
        new: How many tasks would be added.
        undated: How many of them have no days.
        duplicates: How many are here already.
        bad: Lines that cannot be read or kept, with the reason.
        first: The first day of the earliest new task, an ordinal; None without any.
        last: The last day of the latest one.
        made: Names that would be made, by what they are: `members`, `projects` and so on.
        notes: What the person should know.
        entities: All that would be saved.
        seq: The journal's last step when the plan was made.
    """

    new: int
    undated: int
    duplicates: int
    bad: tuple[BadLine, ...]
    first: int | None
    last: int | None
    made: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]
    entities: tuple[Entity, ...] = field(repr=False)
    seq: int = 0


def plan_import(source: Source, found: Found, pulse: Pulse = go_on) -> PlanImport:
    """Says what an import would do; writes nothing. `pulse` is asked between the tasks."""
    with source.snapshot():
        return _Import(source, found).planned(pulse)


class _Import:
    """Turns records into tasks, one after the other."""

    def __init__(self, source: Source, found: Found) -> None:
        self._source, self._found = source, found
        self._matcher = PlanMatcher(source)
        self._bad = list(found.bad)
        self._tasks: list[PlanTask] = []
        self._series: dict[int, PlanTaskId] = {}
        self._stripped = 0
        weight, position = source.rows(
            "SELECT coalesce(max(weight), 0), coalesce(max(board_position), 0) FROM plan_task"
        )[0]
        self._weight, self._position = float(weight), float(position)

    def planned(self, pulse: Pulse) -> PlanImport:
        here: dict[Key, list[PlanTask]] = {}
        for task in tables.load(self._source, PlanTask, "WHERE deleted = 0"):
            here.setdefault(same(task), []).append(task)
        bound = self._bound_ids()
        duplicates = 0
        # The first day of a series comes first: it gives the series its id.
        for record in sorted(self._found.plan, key=_in_series):
            pulse()
            try:
                task = self._task(record)
            except KnownError as error:
                reason = error.sentence.partition(" Nothing was ")[0].rstrip(".")
                self._bad.append(BadLine(record.line or 0, reason, record.name[:200]))
                continue
            # A table names each task once: what stands in it twice was there twice.
            twins = here.get(same(task))
            if twins or record.key in bound:
                duplicates += 1
                if twins:
                    known = twins.pop()
                    self._series.setdefault(record.group, known.series or known.lid)
            else:
                self._tasks.append(self._in_its_series(task, record))
        return self._done(duplicates)

    def _done(self, duplicates: int) -> PlanImport:
        made = self._matcher.made(self._tasks)
        starts = [t.start for t in self._tasks if t.start is not None]
        return PlanImport(
            new=len(self._tasks),
            undated=len(self._tasks) - len(starts),
            duplicates=duplicates,
            bad=tuple(sorted(self._bad, key=_by_line)),
            first=min(starts, default=None),
            last=max((t.end for t in self._tasks if t.end is not None), default=None),
            made=_names(made),
            notes=self._notes(),
            entities=(*made, *self._tasks),
            seq=journal.last_seq(self._source),
        )

    def _bound_ids(self) -> frozenset[str]:
        rows = self._source.rows(
            "SELECT b.rid FROM binding b JOIN plan_task t ON t.lid = b.lid AND t.deleted = 0 "
            "WHERE b.service = 'plan' AND b.kind = 'plan_task' AND b.rid IS NOT NULL"
        )
        return frozenset(str(rid) for (rid,) in rows)

    def _task(self, record: PlanRecord) -> PlanTask:
        """Returns the task a record tells of; raises KnownError for what cannot be kept."""
        matcher = self._matcher
        project = matcher.project(record.project, record.client)
        of = None if project is None else project.lid
        status = None if of is None else matcher.status(record, of)
        if of is None and (record.tags or record.segment):
            self._stripped += 1
        place = record.line or 0
        task = PlanTask(
            PlanTaskId(new_id()),
            record.name,
            record.start,
            record.end,
            record.start_minute,
            record.end_minute,
            of,
            None if of is None else matcher.segment(record.segment, of),
            None if status is None else status.lid,
            matcher.members(record.people),
            () if of is None else matcher.tags(record.tags, of),
            estimate_minutes=record.estimate_minutes,
            estimate_kind="total" if record.is_total else "daily",
            notes=record.notes,
            is_done=record.is_done if status is None else status.is_done,
            weight=self._weight + place,  # in the order of the file, below what is here
            board_position=self._position + place,
            workspace=LOCAL_WORKSPACE if project is None else project.workspace,
        )
        return rules.checked(task)

    def _in_its_series(self, task: PlanTask, record: PlanRecord) -> PlanTask:
        if not record.repeat or not record.group:
            return task
        series = self._series.setdefault(record.group, task.lid)
        return replace(task, repeat=record.repeat, series=series)

    def _notes(self) -> tuple[str, ...]:
        if not self._stripped:
            return ()
        count = "One task has" if self._stripped == 1 else f"{self._stripped} tasks have"
        return (f"{count} no project; tags and segments belong to one, and were left out.",)


def _in_series(record: PlanRecord) -> tuple[int, int, int]:
    if not record.group:
        return 0, 0, record.line or 0
    return record.group, record.start or 0, record.line or 0


def same(task: PlanTask) -> Key:
    """Returns what makes two plan tasks one."""
    return (
        task.name, task.start, task.end, task.start_minute, task.end_minute, task.project,
        frozenset(task.members),
    )  # fmt: skip


def _by_line(bad: BadLine) -> int:
    return bad.line


def _names(made: Iterable[Thing]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, type[Thing]] = {
        "clients": Client,
        "projects": Project,
        "members": Member,
        "segments": Segment,
        "statuses": Status,
        "tags": PlanTag,
    }
    listed = list(made)
    return {
        word: tuple(dict.fromkeys(one.name for one in listed if isinstance(one, kind)))
        for word, kind in kinds.items()
    }


@dataclass(frozen=True, slots=True)
class PlanImported:
    """What an import did: the step, and the plan it carried out."""

    changes: ChangeSet
    plan: PlanImport


def import_plan(
    store: Store,
    found: Found,
    now: Reading,
    *,
    name: str,
    skip_bad: bool = False,
    plan: PlanImport | None = None,
) -> PlanImported:
    """Adds the tasks of a file that are not here yet, in one step: one undo takes it all back.

    `plan` is what was planned before; it holds as long as nobody has written since.

    Raises:
        RefusedError: There are bad lines and they are not to be skipped; nothing was imported.
        NothingToDoError: Everything is here already.
    """
    plan = plan or plan_import(store.source, found, store.pulse or go_on)
    refuse_bad_lines(plan.bad, skip_bad=skip_bad)
    with store.transaction(f"Import {name}", now.wall) as tx:
        if journal.last_seq(tx.source) != plan.seq:
            plan = plan_import(tx.source, found, tx.pulse)
            refuse_bad_lines(plan.bad, skip_bad=skip_bad)
        if not plan.entities:
            raise NothingToDoError("Nothing to import: everything is here already.")
        noun = "plan task" if plan.new == 1 else "plan tasks"
        tx.step.name = f"Import {plan.new} {noun} from {name}"
        tx.save(*plan.entities)
    return PlanImported(tx.result, plan)
