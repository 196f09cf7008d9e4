"""Clients of a workspace."""

from collections.abc import Sequence

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track.models import Client
from toggl_desktop.remote.track.paging import by_page
from toggl_desktop.remote.track.payloads import ClientFields


class ClientCalls:
    """`/workspaces/{id}/clients`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def list(self, workspace: int, status: str = "both") -> Rows[Client]:
        """Returns the clients: `active`, `archived` or `both`."""
        return await by_page(self._http, _path(workspace), Client, {"status": status}, 200)

    async def by_ids(self, workspace: int, ids: Sequence[int]) -> Rows[Client]:
        """Returns these clients."""
        answer = await self._http.ask("POST", f"{_path(workspace)}/data", body=list(ids))
        return answer.rows(Client)

    async def get(self, workspace: int, rid: int) -> Client:
        """Returns one client. Raises GoneError."""
        return (await self._http.ask("GET", f"{_path(workspace)}/{rid}")).one(Client)

    async def create(self, workspace: int, fields: ClientFields) -> Client:
        """Makes a client; its name must be free."""
        return (await self._http.ask("POST", _path(workspace), body=fields)).one(Client)

    async def update(self, workspace: int, rid: int, fields: ClientFields) -> Client:
        """Changes the given fields."""
        answer = await self._http.ask("PUT", f"{_path(workspace)}/{rid}", body=fields)
        return answer.one(Client)

    async def delete(self, workspace: int, rid: int) -> None:
        """Deletes a client; its projects stay without one."""
        await self._http.ask("DELETE", f"{_path(workspace)}/{rid}")

    async def archive(self, workspace: int, rid: int) -> object:
        """Archives a client with its projects; returns their ids. Needs a paid plan."""
        return (await self._http.ask("POST", f"{_path(workspace)}/{rid}/archive")).anything()

    async def restore(self, workspace: int, rid: int, *, with_projects: bool = True) -> Client:
        """Takes a client back into use."""
        body = {"restore_all_projects": with_projects}
        answer = await self._http.ask("POST", f"{_path(workspace)}/{rid}/restore", body=body)
        return answer.one(Client)


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}/clients"
