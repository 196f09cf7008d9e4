"""Projects of a workspace."""

from collections.abc import Sequence
from typing import Literal

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.answers import Bulk, Span
from toggl_desktop.remote.track.models import Project
from toggl_desktop.remote.track.paging import QueryDict, by_page
from toggl_desktop.remote.track.payloads import Patch, ProjectFields


class ProjectCalls:
    """`/workspaces/{id}/projects`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(
        self, workspace: int, active: str = "both", since: int | None = None
    ) -> Rows[Project]:
        """Returns the projects: `true` for those in use, `false` for archived, or `both`."""
        query: QueryDict = {"active": active, "since": since}
        return await by_page(self._http, _path(workspace), Project, query, 200)

    async def get(self, workspace: int, rid: int) -> Project:
        """Returns one project. Raises GoneError."""
        return (await self._http.ask("GET", f"{_path(workspace)}/{rid}")).one(Project)

    async def create(self, workspace: int, fields: ProjectFields) -> Project:
        """Makes a project; `active` is always said, because its default is not documented."""
        body: ProjectFields = {"active": True, **fields}
        return (await self._http.ask("POST", _path(workspace), body=body)).one(Project)

    async def update(self, workspace: int, rid: int, fields: ProjectFields) -> Project:
        """Changes the given fields; archiving is `active` false."""
        answer = await self._http.ask("PUT", f"{_path(workspace)}/{rid}", body=fields)
        return answer.one(Project)

    async def bulk(self, workspace: int, ids: Sequence[int], changes: Sequence[Patch]) -> Bulk:
        """Makes the same changes to several projects; some may fail."""
        path = f"{_path(workspace)}/{','.join(map(str, ids))}"
        return (await self._http.ask("PATCH", path, body=list(changes))).one(Bulk)

    async def delete(
        self, workspace: int, rid: int, entries: Literal["unassign", "delete"] = "unassign"
    ) -> None:
        """Deletes a project; its entries stay without one unless they are to go too."""
        query = {"teDeletionMode": entries}
        await self._http.ask("DELETE", f"{_path(workspace)}/{rid}", query)

    async def pin(self, workspace: int, rid: int, *, pinned: bool = True) -> None:
        """Pins a project to the top, or takes the pin off."""
        await self._http.ask("POST", f"{_path(workspace)}/{rid}/pin", body={"pin": pinned})

    async def statistics(self, workspace: int, rid: int) -> Span:
        """Returns when its first and last entry are."""
        answer = await self._http.ask("GET", f"{_path(workspace)}/{rid}/statistics")
        return answer.one(Span)


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}/projects"
