"""What the task editor shows, read in one look."""

from typing import NamedTuple

from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.domain.plan.rows import (
    Bar,
    DependencyRow,
    MemberRow,
    PlanProjectRow,
    PlanTagRow,
    SegmentRow,
    StatusRow,
)
from toggl_desktop.store.read import plan
from toggl_desktop.store.source import Source


class Facts(NamedTuple):
    """A task and what can be chosen for it; segments, statuses and tags are its project's."""

    task: PlanTask
    members: list[MemberRow]
    projects: list[PlanProjectRow]
    segments: list[SegmentRow]
    statuses: list[StatusRow]
    tags: list[PlanTagRow]
    waits: list[DependencyRow]
    known: list[Bar]

    @property
    def project(self) -> PlanProjectRow | None:
        """Returns the task's project."""
        return next((p for p in self.projects if p.lid == self.task.project), None)

    @property
    def colour(self) -> str:
        """Returns the colour that the task is shown in."""
        project = self.project
        return self.task.color or (project.color if project else plan.PLAIN_COLOR)


def read(source: Source, lid: str) -> Facts | None:
    """Returns a task's facts; None when it is not there any more."""
    with source.snapshot():
        task = plan.task(source, lid)
        if task is None:
            return None
        waits = [d for d in plan.dependencies(source) if d.after == lid]
        own = task.project
        return Facts(
            task,
            plan.members(source),
            plan.projects(source),
            [s for s in plan.segments(source) if s.project == own],
            [s for s in plan.statuses(source) if s.project == own],
            [t for t in plan.tags(source) if t.project == own],
            waits,
            plan.bars(source, [d.before for d in waits]),
        )
