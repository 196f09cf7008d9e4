"""Tasks of projects; they need a paid plan."""

import msgspec

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows, rows
from toggl_desktop.remote.track.answers import TaskPage
from toggl_desktop.remote.track.models import Task
from toggl_desktop.remote.track.paging import QueryDict, until_short
from toggl_desktop.remote.track.payloads import TaskFields

_SIZE = 50


class TaskCalls:
    """`/workspaces/{id}/projects/{id}/tasks` and the workspace's list of all."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(self, workspace: int, project: int) -> Rows[Task]:
        """Returns a project's tasks, finished ones too."""
        return (await self._http.ask("GET", _path(workspace, project))).rows(Task)

    async def of_workspace(self, workspace: int, since: int | None = None) -> Rows[Task]:
        """Returns all tasks of a workspace; they come wrapped, and null when there are none."""

        async def fetch(page: int) -> Rows[Task]:
            query: QueryDict = {"page": page, "per_page": _SIZE, "active": "both", "since": since}
            answer = await self._http.ask("GET", f"/workspaces/{workspace}/tasks", query)
            wrapped = answer.one(TaskPage)
            return rows(msgspec.json.encode(wrapped.data or []), Task)

        return await until_short(fetch, _SIZE)

    async def get(self, workspace: int, project: int, rid: int) -> Task:
        """Returns one task. Raises GoneError."""
        return (await self._http.ask("GET", f"{_path(workspace, project)}/{rid}")).one(Task)

    async def create(self, workspace: int, project: int, fields: TaskFields) -> Task:
        """Makes a task."""
        return (await self._http.ask("POST", _path(workspace, project), body=fields)).one(Task)

    async def update(self, workspace: int, project: int, rid: int, fields: TaskFields) -> Task:
        """Changes the given fields; done is `active` false."""
        path = f"{_path(workspace, project)}/{rid}"
        return (await self._http.ask("PUT", path, body=fields)).one(Task)

    async def delete(self, workspace: int, project: int, rid: int) -> None:
        """Deletes a task."""
        await self._http.ask("DELETE", f"{_path(workspace, project)}/{rid}")


def _path(workspace: int, project: int) -> str:
    return f"/workspaces/{workspace}/projects/{project}/tasks"
