"""What one typed line does: the same for palette, window and terminal."""

from dataclasses import dataclass

from toggl_desktop.actions import entries, names, tagging, timer
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import AddEntry, EnterLine, StartTimer
from toggl_desktop.domain.entities import Project, Task
from toggl_desktop.domain.errors import KnownError, Overlap
from toggl_desktop.domain.grammar import Line
from toggl_desktop.domain.ids import ProjectId, TaskId, WorkspaceId
from toggl_desktop.domain.words import named
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import catalog, rights
from toggl_desktop.store.read import entries as read
from toggl_desktop.store.read.home import home
from toggl_desktop.store.source import Source
from toggl_desktop.store.write import Transaction

_BESIDE = 4


def enter(store: Store, command: EnterLine, now: Reading, zone: str = "") -> ChangeSet:
    """Starts an entry, or adds a finished one when the line says when it stopped; in one step.

    Tags that are missing are made; a project that is missing only if the command says so.

    Raises:
        UnknownNameError: The project is not known; `near` has the nearest ones.
        OverlapError, RefusedError: As for a start or an added entry; nothing was changed.
    """
    line = command.line
    verb = "Add" if line.stop is not None else "Start"
    with store.transaction(f"{verb} {named(line.description)}", now.wall) as tx:
        project = None
        if line.project is not None:
            project = names.project(
                tx, line.project, creates=command.creates_project, client=command.new_client
            )
        task = None if command.task is None else names.task(tx.source, command.task, project)
        tags = tagging.named(tx, line.tags, _workspace(tx, project, task))
        if line.start is not None and line.stop is not None:
            entries.add_in(
                tx,
                AddEntry(
                    line.start,
                    line.stop,
                    line.description,
                    project,
                    task,
                    tags,
                    line.billable,
                    command.plan_task,
                ),
                zone,
            )
        else:
            start = StartTimer(
                line.description,
                project,
                task,
                tags,
                line.billable,
                line.start,
                command.plan_task,
                command.overlaps,
            )
            timer.start_in(tx, start, now, zone)
    return tx.result


def _workspace(tx: Transaction, project: ProjectId | None, task: TaskId | None) -> WorkspaceId:
    """Returns where the entry belongs that points to these."""
    if project is None and task is not None:
        project = tx.get(Task, task).project
    return home(tx.source) if project is None else tx.get(Project, project).workspace


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line would do, before Enter.

    Attributes:
        line: The line as it was understood.
        project: The name of the project found; None when the line names none or an unknown one.
        color: That project's colour.
        unknown_project: The name nobody knows, with the nearest ones in `near`.
        new_tags: Tags that would be made.
        start: When it would start.
        trimmed: What runs and would stop at the start: its description and that instant.
        overlaps: Finished entries in the way; Enter asks about them.
        beside: Entries that a finished one would share time with; all of them stay as they are.
        refusal: Why it cannot be done at all.
        rule: What its workspace would not take of it, and that it waits then; empty for nothing.
        no_new_project: Why a project that nobody knows is not offered to be made.
    """

    line: Line
    start: int
    project: str | None = None
    color: str | None = None
    unknown_project: str | None = None
    near: tuple[str, ...] = ()
    new_tags: tuple[str, ...] = ()
    trimmed: tuple[str, int] | None = None
    overlaps: tuple[Overlap, ...] = ()
    refusal: str | None = None
    beside: tuple[str, ...] = ()
    rule: str = ""
    no_new_project: str = ""


def preview(source: Source, line: Line, now: int) -> Preview:
    """Returns exactly what `enter` would do with the line; writes nothing."""
    project = color = unknown = refusal = None
    near: tuple[str, ...] = ()
    lid: str | None = None
    if line.project is not None:
        try:
            lid = names.lid_of(source, "project", line.project)
        except names.UnknownNameError as error:
            unknown, near = line.project, error.near
        except KnownError as error:
            refusal = error.sentence
        else:
            row = next(p for p in catalog.projects(source, archived=True) if p.lid == lid)
            project, color = row.written, row.color
    new_tags = catalog.new_tags(source, line.tags, lid)
    start = now if line.start is None else line.start
    trimmed: tuple[str, int] | None = None
    overlaps: tuple[Overlap, ...] = ()
    beside: tuple[str, ...] = ()
    if line.stop is not None and line.start is not None:
        shared = read.find(source, read.Wanted(line.start, line.stop, limit=_BESIDE))
        beside = tuple(row.description or row.project_name or "" for row in shared)
    if line.stop is None:
        if start > now:
            refusal = "An entry cannot start in the future."
        else:
            planned = timer.plan(source, line.start, now)
            start, overlaps = planned.at, planned.overlaps
            if planned.trimmed is not None and planned.trimmed.stop is not None:
                trimmed = (planned.trimmed.description, planned.trimmed.stop)
    return Preview(
        line,
        start,
        project,
        color,
        unknown,
        near,
        new_tags,
        trimmed,
        overlaps,
        refusal,
        beside,
        rights.rule(source, _typed(line, start, lid, new_tags)),
        rights.no_new(source, "project") if unknown is not None else "",
    )


def _typed(line: Line, start: int, project: str | None, new_tags: tuple[str, ...]) -> rights.Typed:
    return rights.Typed(
        start,
        line.stop,
        line.description,
        project or line.project,
        has_tags=bool(line.tags),
        has_new_tags=bool(new_tags),
    )
