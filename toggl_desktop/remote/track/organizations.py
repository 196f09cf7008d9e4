"""Organizations and invitations. v9 invites into the organization, never into a workspace."""

from collections.abc import Sequence

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track import answers, models
from toggl_desktop.remote.track.paging import QueryDict, by_page
from toggl_desktop.remote.track.payloads import InvitedTo


class OrganizationCalls:
    """`/organizations`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def get(self, organization: int) -> models.Organization:
        """Returns one organization."""
        path = f"/organizations/{organization}"
        return (await self._http.ask("GET", path)).one(models.Organization)

    async def create(self, name: str, workspace_name: str) -> answers.Founded:
        """Makes an organization with its first workspace."""
        body = {"name": name, "workspace_name": workspace_name}
        return (await self._http.ask("POST", "/organizations", body=body)).one(answers.Founded)

    async def rename(self, organization: int, name: str) -> None:
        """Renames an organization."""
        await self._http.ask("PUT", f"/organizations/{organization}", body={"name": name})

    async def users(
        self, organization: int, status: str | None = None
    ) -> Rows[answers.OrganizationUser]:
        """Returns its people: `active`, `inactive`, `invited`, or all."""
        path = f"/organizations/{organization}/users"
        query: QueryDict = {"active_status": status}
        return await by_page(self._http, path, answers.OrganizationUser, query, 50)

    async def invitations(self, organization: int) -> Rows[answers.OrganizationUser]:
        """Returns who is invited and has not come yet."""
        return await self.users(organization, "invited")

    async def invite(
        self, organization: int, emails: Sequence[str], workspaces: Sequence[InvitedTo]
    ) -> answers.Invited:
        """Invites people into workspaces of an organization."""
        body = {"emails": list(emails), "workspaces": list(workspaces)}
        path = f"/organizations/{organization}/invitations"
        return (await self._http.ask("POST", path, body=body)).one(answers.Invited)

    async def resend_invitation(self, organization: int, invitation: int) -> None:
        """Sends an invitation again."""
        path = f"/organizations/{organization}/invitations/{invitation}/resend"
        await self._http.ask("PUT", path)
