"""What may be done in a workspace, from what its server said last."""

import json
from typing import Final

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


def locked(source: Source) -> dict[str, int]:
    """Returns before which instant workspaces are locked, by their numbers."""
    text = schema.meta(source, LOCKED)
    return {} if text is None else dict(json.loads(text))
