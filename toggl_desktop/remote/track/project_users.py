"""Who works on which project. v9 keeps them under the workspace, not under the project."""

from collections.abc import Sequence

from toggl_desktop.remote.errors import GoneError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import ProjectUser
from toggl_desktop.remote.track.payloads import ProjectMemberFields

_MOST = 200


class ProjectUserCalls:
    """`/workspaces/{id}/project_users`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(self, workspace: int, projects: Sequence[int] = ()) -> Rows[ProjectUser]:
        """Returns the members of all projects, or of these; 200 projects a request."""
        found: Rows[ProjectUser] = Rows()
        for start in range(0, max(1, len(projects)), _MOST):
            some = ",".join(map(str, projects[start : start + _MOST])) or None
            answer = await self._http.ask("GET", _path(workspace), {"project_ids": some})
            found += answer.rows(ProjectUser)
        return found

    async def get(self, workspace: int, project: int, rid: int) -> ProjectUser:
        """Returns one member; v9 cannot read one, so the project's are read. Raises GoneError."""
        for user in await self.list(workspace, [project]):
            if user.id == rid:
                return user
        raise GoneError("Toggl refused: the project member was not found.", 404)

    async def add(
        self, workspace: int, project: int, user: int, fields: ProjectMemberFields | None = None
    ) -> ProjectUser:
        """Takes somebody into a project."""
        body = {**(fields or {}), "project_id": project, "user_id": user}
        return (await self._http.ask("POST", _path(workspace), body=body)).one(ProjectUser)

    async def update(self, workspace: int, rid: int, fields: ProjectMemberFields) -> ProjectUser:
        """Changes the given fields."""
        path = f"{_path(workspace)}/{rid}"
        return (await self._http.ask("PUT", path, body=fields)).one(ProjectUser)

    async def remove(self, workspace: int, rid: int) -> None:
        """Takes somebody out of a project."""
        await self._http.ask("DELETE", f"{_path(workspace)}/{rid}")


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}/project_users"
