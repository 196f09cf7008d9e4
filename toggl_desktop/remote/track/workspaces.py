"""Workspaces: their rules, people, rates and reminders."""

from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import Rows
from toggl_desktop.remote.track import answers, models
from toggl_desktop.remote.track.paging import by_page
from toggl_desktop.remote.track.payloads import (
    ConstraintFields,
    MemberFields,
    RateFields,
    ReminderFields,
)


class WorkspaceCalls:
    """`/workspaces/{id}` and what is not a noun of its own below it."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def get(self, workspace: int) -> models.Workspace:
        """Returns one workspace."""
        return (await self._http.ask("GET", _path(workspace))).one(models.Workspace)

    async def users(self, workspace: int) -> Rows[answers.Person]:
        """Returns the people in a workspace."""
        return (await self._http.ask("GET", f"{_path(workspace)}/users")).rows(answers.Person)

    async def members(self, workspace: int) -> Rows[answers.WorkspaceUser]:
        """Returns the memberships, those through groups too."""
        query = {"includeIndirect": "true"}
        answer = await self._http.ask("GET", f"{_path(workspace)}/workspace_users", query)
        return answer.rows(answers.WorkspaceUser)

    async def members_of_organization(
        self, organization: int, workspace: int
    ) -> Rows[answers.WorkspaceUser]:
        """Returns the memberships as the organization sees them."""
        path = f"/organizations/{organization}/workspaces/{workspace}/workspace_users"
        return await by_page(self._http, path, answers.WorkspaceUser, {}, 50)

    async def update_member(self, workspace: int, rid: int, fields: MemberFields) -> None:
        """Changes a membership."""
        await self._http.ask("PUT", f"{_path(workspace)}/workspace_users/{rid}", body=fields)

    async def remove_member(self, workspace: int, rid: int) -> None:
        """Takes somebody out of a workspace."""
        await self._http.ask("DELETE", f"{_path(workspace)}/workspace_users/{rid}")

    async def statistics(self, workspace: int) -> answers.Statistics:
        """Returns how many people and groups there are, and who administers."""
        answer = await self._http.ask("GET", f"{_path(workspace)}/statistics")
        return answer.one(answers.Statistics)

    async def constraints(self, workspace: int) -> models.Constraints:
        """Returns which fields every entry must have."""
        answer = await self._http.ask("GET", f"{_path(workspace)}/time_entry_constraints")
        return answer.one(models.Constraints)

    async def set_constraints(self, workspace: int, fields: ConstraintFields) -> None:
        """Says which fields every entry must have; for administrators."""
        path = f"{_path(workspace)}/time_entry_constraints"
        await self._http.ask("POST", path, body=fields)

    async def rates(
        self, workspace: int, level: str, level_id: int, kind: str = "billable_rates"
    ) -> Rows[answers.Rate]:
        """Returns the rates of a workspace, project, task or user. Needs a paid plan."""
        path = f"{_path(workspace)}/rates/{level}/{level_id}"
        return (await self._http.ask("GET", path, {"type": kind})).rows(answers.Rate)

    async def create_rate(self, workspace: int, fields: RateFields) -> None:
        """Sets a rate. Needs a paid plan."""
        await self._http.ask("POST", f"{_path(workspace)}/rates", body=fields)

    async def reminders(self, workspace: int) -> Rows[answers.Reminder]:
        """Returns a workspace's reminders."""
        answer = await self._http.ask("GET", f"{_path(workspace)}/track_reminders")
        return answer.rows(answers.Reminder)

    async def create_reminder(self, workspace: int, fields: ReminderFields) -> answers.Reminder:
        """Makes a reminder."""
        path = f"{_path(workspace)}/track_reminders"
        return (await self._http.ask("POST", path, body=fields)).one(answers.Reminder)

    async def update_reminder(
        self, workspace: int, rid: int, fields: ReminderFields
    ) -> answers.Reminder:
        """Changes a reminder."""
        path = f"{_path(workspace)}/track_reminders/{rid}"
        return (await self._http.ask("PUT", path, body=fields)).one(answers.Reminder)

    async def delete_reminder(self, workspace: int, rid: int) -> None:
        """Deletes a reminder."""
        await self._http.ask("DELETE", f"{_path(workspace)}/track_reminders/{rid}")


def _path(workspace: int) -> str:
    return f"/workspaces/{workspace}"
