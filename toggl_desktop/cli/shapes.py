"""JSON as scripts rely on it: once shipped, these shapes change only by addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toggl_desktop.domain.instants import iso

if TYPE_CHECKING:
    from toggl_desktop.domain.entities import Workspace
    from toggl_desktop.store.journal import StepRow
    from toggl_desktop.store.read.catalog import FavouriteRow, NamedRow, ProjectRow
    from toggl_desktop.store.read.entries import EntryRow
    from toggl_desktop.store.read.status import Status
    from toggl_desktop.store.read.sync import Freshness

Json = dict[str, Any]


def entry(row: EntryRow, now: int) -> Json:
    """Returns an entry; a running one is as long as it is now."""
    return {
        "id": row.lid,
        "description": row.description,
        "project": row.project_name,
        "project_id": row.project,
        "client": row.client,
        "tags": list(row.tags),
        "billable": row.billable,
        "start": iso(row.start),
        "stop": None if row.stop is None else iso(row.stop),
        "seconds": row.seconds(now),
        "plan_task_id": row.plan_task,
        "sync": row.sync,
        "problem": row.problem,
        "track_id": row.track_id,
    }


def status(state: Status, now: int, *, window_open: bool) -> Json:
    """Returns the state in one look; nothing is fresh and no quota known before a first sync."""
    return {
        "running": None if state.running is None else entry(state.running, now),
        "today_seconds": state.today_seconds,
        "week_seconds": state.week_seconds,
        "unsent": state.unsent,
        "problems": state.problems,
        "fresh": {
            "track": None if state.fresh.read_at is None else iso(state.fresh.read_at),
            "plan": None,
        },
        "quota": quota(state.fresh),
        "window_open": window_open,
    }


def quota(fresh: Freshness) -> Json | None:
    """Returns what is left of the hour's requests; None before anything was asked."""
    if fresh.remaining is None:
        return None
    resets = None if fresh.resets_at is None else iso(fresh.resets_at)
    return {"remaining": fresh.remaining, "total": fresh.total, "resets": resets}


def step(row: StepRow) -> Json:
    """Returns a step of the journal."""
    states = ("done", "undone", "undone")
    return {
        "seq": row.seq,
        "time": iso(row.at),
        "name": row.name,
        "origin": row.origin,
        "role": row.role,
        "target": row.target,
        "state": states[row.state],
    }


def project(row: ProjectRow) -> Json:
    """Returns a project."""
    return {
        "id": row.lid,
        "name": row.name,
        "color": row.color,
        "client": row.client_name,
        "client_id": row.client,
        "workspace": row.workspace,
        "billable": row.billable,
        "archived": row.archived,
    }


def named(row: NamedRow, *, has_archive: bool) -> Json:
    """Returns a client or a tag; tags cannot be archived."""
    found: Json = {"id": row.lid, "name": row.name}
    return found | {"archived": row.archived} if has_archive else found


def task(row: NamedRow, of: ProjectRow, estimate: int | None) -> Json:
    """Returns a task of a project."""
    return {
        "id": row.lid,
        "name": row.name,
        "project": of.name,
        "project_id": of.lid,
        "estimate_seconds": estimate,
        "archived": row.archived,
    }


def favourite(row: FavouriteRow, place: int, tags: dict[str, str], task_name: str | None) -> Json:
    """Returns a favourite; `position` counts from 1, as lists show it."""
    return {
        "id": row.lid,
        "position": place,
        "description": row.description,
        "project": row.project_name,
        "project_id": row.project,
        "task": task_name,
        "tags": [tags[lid] for lid in row.tags if lid in tags],
        "billable": row.billable,
    }


def workspace(of: Workspace) -> Json:
    """Returns a workspace with the fields that every entry in it must have."""
    return {"id": of.lid, "name": of.name, "required": list(of.required)}
