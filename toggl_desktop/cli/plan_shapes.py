"""The plan in JSON as scripts rely on it: once shipped, these shapes change only by addition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from toggl_desktop.domain.plan.notes import plain_notes

if TYPE_CHECKING:
    from toggl_desktop.cli.shapes import Json
    from toggl_desktop.domain.plan.rows import GroupRow, MemberRow, SegmentRow, StatusRow
    from toggl_desktop.store.read.plan_tasks import MilestoneRow, TaskRow


def day(ordinal: int | None) -> str | None:
    """Returns a day as `2026-11-23`."""
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def minute(of_day: int | None) -> str | None:
    """Returns a time of day as `09:30`."""
    return None if of_day is None else f"{of_day // 60:02}:{of_day % 60:02}"


def task(row: TaskRow, tracked: int) -> Json:
    """Returns a plan task; notes are plain text here."""
    return {
        "id": row.lid,
        "name": row.name,
        "start": day(row.start),
        "end": day(row.end),
        "start_time": minute(row.start_minute),
        "end_time": minute(row.end_minute),
        "project": row.project_name,
        "segment": row.segment,
        "status": row.status,
        "done": row.is_done,
        "members": list(row.members),
        "estimate_minutes": row.estimate_minutes,
        "tracked_seconds": tracked,
        "color": row.color,
        "notes": plain_notes(row.notes),
        "sync": row.sync,
        "plan_id": row.plan_id,
        "project_id": row.project,
        "tags": list(row.tags),
        "estimate_kind": row.estimate_kind,
        "repeat": row.repeat,
    }


def milestone(row: MilestoneRow) -> Json:
    """Returns a milestone; for everyone when it has neither project nor group."""
    return {
        "id": row.lid,
        "name": row.name,
        "date": day(row.day),
        "done": row.is_done,
        "holiday": row.is_holiday,
        "project": row.project,
        "group": row.group,
        "color": row.color,
        "sync": row.sync,
        "plan_id": row.plan_id,
    }


def member(row: MemberRow, groups: list[str]) -> Json:
    """Returns a person of the plan; `capacity` is minutes of work a day, Monday first."""
    return {
        "id": row.lid,
        "name": row.name,
        "initials": row.initials,
        "color": row.color,
        "placeholder": row.is_placeholder,
        "capacity": list(row.capacity),
        "holidays": row.holidays,
        "groups": groups,
    }


def group(row: GroupRow, names: dict[str, str]) -> Json:
    """Returns a group with the names of its members, in their order."""
    members = [names[lid] for lid in row.members if lid in names]
    return {"id": row.lid, "name": row.name, "members": members}


def segment(row: SegmentRow, project: str) -> Json:
    """Returns a segment of a project."""
    return {"id": row.lid, "name": row.name, "project": project, "project_id": row.project}


def status(row: StatusRow, project: str) -> Json:
    """Returns a status of a project."""
    return {
        "id": row.lid,
        "name": row.name,
        "project": project,
        "project_id": row.project,
        "icon": row.icon,
        "done": row.is_done,
        "hidden": row.is_hidden,
    }
