"""What may be done in a workspace, from what its server said last."""

import json
from typing import Final, NamedTuple

from toggl_desktop.domain import rights
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import EntryId, ProjectId, TagId, TaskId
from toggl_desktop.domain.rights import Rights
from toggl_desktop.store import schema
from toggl_desktop.store.read.home import home
from toggl_desktop.store.source import Source

LOCKED: Final = "locked"
"""Meta key: before which instant each workspace is locked, by the server's number."""


def of_workspace(source: Source, workspace: str) -> Rights:
    """Returns what may be done in a workspace; all of it in one that is no account's."""
    row = source.row(
        """SELECT w.name, w.required, b.rid, b.base, b.hold FROM workspace AS w
           LEFT JOIN binding AS b ON b.service = 'track' AND b.kind = 'workspace'
             AND b.lid = w.lid AND b.rid IS NOT NULL WHERE w.lid = ?""",
        (workspace,),
    )
    if row is None:
        return Rights()
    name, required, rid, base, hold = row
    if rid is None:
        return Rights(name)
    known = {} if base is None else source.parsed(base, dict)
    return Rights(
        name,
        is_account=True,
        is_open=hold is None,
        required=tuple(source.parsed(required, list)),
        creates_projects=known.get("may_create_projects", True),
        creates_tags=known.get("may_create_tags", True),
        locked_before=None if known.get("admin") else locked(source).get(str(rid)),
    )


def of_project(source: Source, project: str | None) -> Rights:
    """Returns what may be done in a project's workspace; in that of new things without one."""
    found = None
    if project is not None:
        found = source.value("SELECT workspace FROM project WHERE lid = ?", (project,))
    return of_workspace(source, home(source) if found is None else found)


def no_new(source: Source, kind: str) -> str:
    """Returns why this person may not make a thing of a kind; empty when they may."""
    found = rights.of_new(of_project(source, None), kind)
    return "" if found is None else found.sentence


class Typed(NamedTuple):
    """An entry as it is being typed, before anything of it is saved.

    Attributes:
        start: When it starts; None where that cannot be read yet.
        project: Local id of its project, or the name of one to be made; None for none.
        has_new_tags: Whether one of its tags is to be made.
        was_start: When it starts by now.
    """

    start: int | None
    stop: int | None
    description: str
    project: str | None
    has_tags: bool
    has_task: bool = False
    has_new_tags: bool = False
    was_start: int | None = None


def rule(source: Source, typed: Typed) -> str:
    """Returns what its workspace would not take of it, with what becomes of it; empty for nothing.

    This is what is said before it is saved; `actions.rights` says the same afterwards.
    """
    here = of_project(source, typed.project)
    entry = Entry(
        EntryId(""),
        typed.was_start or 0 if typed.start is None else typed.start,
        typed.stop,
        typed.description,
        None if typed.project is None else ProjectId(typed.project),
        TaskId("") if typed.has_task else None,
        (TagId(""),) if typed.has_tags else (),
    )
    found = rights.of_entry(here, entry, typed.was_start)
    if found is None and typed.has_new_tags:
        found = rights.of_new(here, "tag")
    return "" if found is None else f"{found.sentence} {rights.WAITS}"


def locked(source: Source) -> dict[str, int]:
    """Returns before which instant workspaces are locked, by their numbers."""
    text = schema.meta(source, LOCKED)
    return {} if text is None else dict(json.loads(text))
