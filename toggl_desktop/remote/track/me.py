"""The signed-in person: profile, and everything that is listed across workspaces."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from toggl_desktop.domain.secrets import Secret
from toggl_desktop.remote.errors import KEPT, UnreadableError
from toggl_desktop.remote.http import Http
from toggl_desktop.remote.parsing import JsonRefusedError, Rows, anything, rows
from toggl_desktop.remote.track import answers, models
from toggl_desktop.remote.track.payloads import MeFields


@dataclass(frozen=True, slots=True)
class Related:
    """One request that brings everything a first look needs.

    `entries` are those of about ten days, `token` is what to sign in with from now on; projects
    include the archived ones.
    """

    me: models.Me
    token: Secret
    workspaces: Rows[models.Workspace]
    clients: Rows[models.Client]
    projects: Rows[models.Project]
    tags: Rows[models.Tag]
    tasks: Rows[models.Task]
    entries: Rows[models.TimeEntry]


T = TypeVar("T")


class _Lists(msgspec.Struct):
    workspaces: list[msgspec.Raw] | None = None
    clients: list[msgspec.Raw] | None = None
    projects: list[msgspec.Raw] | None = None
    tags: list[msgspec.Raw] | None = None
    tasks: list[msgspec.Raw] | None = None
    time_entries: list[msgspec.Raw] | None = None


class _Keyed(msgspec.Struct):
    api_token: str | None = None


class MeCalls:
    """`/me` and below."""

    def __init__(self, http: Http) -> None:
        self._http = http

    async def get(self) -> models.Me:
        """Returns who is signed in."""
        return (await self._http.ask("GET", "/me")).one(models.Me)

    async def get_with_token(self) -> tuple[models.Me, Secret]:
        """Returns who is signed in and the token to sign in with from now on."""
        answer = await self._http.ask("GET", "/me")
        return answer.one(models.Me), Secret(answer.one(_Keyed).api_token or "")

    async def related(self) -> Related:
        """Returns who is signed in with all that belongs to them, in one request."""
        answer = await self._http.ask("GET", "/me", {"with_related_data": True})
        lists = answer.one(_Lists)
        return Related(
            answer.one(models.Me),
            Secret(answer.one(_Keyed).api_token or ""),
            _listed(lists.workspaces, models.Workspace),
            _listed(lists.clients, models.Client),
            _listed(lists.projects, models.Project),
            _listed(lists.tags, models.Tag),
            _listed(lists.tasks, models.Task),
            _listed(lists.time_entries, models.TimeEntry),
        )

    async def update(self, fields: MeFields) -> models.Me:
        """Changes the person's own data."""
        return (await self._http.ask("PUT", "/me", body=fields)).one(models.Me)

    async def check(self) -> None:
        """Succeeds when the sign-in is accepted. Costs a request like any other."""
        await self._http.ask("GET", "/me/logged")

    async def number(self) -> int:
        """Returns the person's id."""
        return (await self._http.ask("GET", "/me/id")).one(int)

    async def quota(self) -> Rows[models.Quota]:
        """Returns what is left in each bucket."""
        answer = await self._http.ask("GET", "/me/quota")
        try:
            return rows(answer.body, models.Quota)
        except JsonRefusedError:  # one client has seen {"items": […]}
            found = answer.anything()
        if isinstance(found, dict) and isinstance(found.get("items"), list):
            return rows(msgspec.json.encode(found["items"]), models.Quota)
        raise UnreadableError(f"The server's answer cannot be read. {KEPT}")

    async def reset_token(self) -> Secret:
        """Replaces the token; the old one is refused from here on."""
        body = (await self._http.ask("POST", "/me/reset_token")).body
        found = anything(body) if body.lstrip()[:1] == b'"' else body.decode("ascii", "replace")
        return Secret(str(found).strip())

    async def features(self) -> Rows[answers.Features]:
        """Returns what each workspace's plan includes."""
        return (await self._http.ask("GET", "/me/features")).rows(answers.Features)

    async def location(self) -> answers.Location | None:
        """Returns where Toggl believes this computer to be; None when it does not know."""
        answer = await self._http.ask("GET", "/me/location")
        return answer.one(answers.Location | None) if answer.body else None  # type: ignore[arg-type]

    async def organizations(self) -> Rows[models.Organization]:
        """Returns the organizations with their plans."""
        return (await self._http.ask("GET", "/me/organizations")).rows(models.Organization)

    async def workspaces(self, since: int | None = None) -> Rows[models.Workspace]:
        """Returns the workspaces, or those that changed since."""
        answer = await self._http.ask("GET", "/me/workspaces", {"since": since})
        return answer.rows(models.Workspace)

    async def clients(self, since: int | None = None) -> Rows[models.Client]:
        """Returns the clients, or what changed and was deleted since."""
        answer = await self._http.ask("GET", "/me/clients", {"since": since})
        return answer.rows(models.Client)

    async def tags(self, since: int | None = None) -> Rows[models.Tag]:
        """Returns the tags, or what changed and was deleted since."""
        return (await self._http.ask("GET", "/me/tags", {"since": since})).rows(models.Tag)

    async def tasks(self, since: int | None = None) -> Rows[models.Task]:
        """Returns the tasks of one's projects, the finished ones too."""
        query = {"since": since, "include_not_active": "true"}
        return (await self._http.ask("GET", "/me/tasks", query)).rows(models.Task)

    async def projects(self, since: int | None = None) -> Rows[models.Project]:
        """Returns the projects, archived ones too, in one page of any length."""
        query = {"since": since, "include_archived": "true"}
        return (await self._http.ask("GET", "/me/projects", query)).rows(models.Project)

    async def projects_paginated(
        self, since: int | None = None, size: int = 201
    ) -> Rows[models.Project]:
        """Returns the projects page by page; the cursor's own row may come twice and is dropped."""
        found: Rows[models.Project] = Rows()
        seen: set[int] = set()
        cursor: int | None = None
        while True:
            query = {"since": since, "start_project_id": cursor, "per_page": size}
            page = (await self._http.ask("GET", "/me/projects/paginated", query)).rows(
                models.Project
            )
            fresh = tuple(project for project in page.good if project.id not in seen)
            seen.update(project.id for project in fresh)
            found += Rows(fresh, page.bad, page.is_missing)
            if page.came < size or not fresh:
                return found
            cursor = page.good[-1].id

    async def reminders(self) -> Rows[answers.Reminder]:
        """Returns the reminders that reach this person."""
        return (await self._http.ask("GET", "/me/track_reminders")).rows(answers.Reminder)

    async def web_timer(self) -> answers.WebTimer:
        """Returns what Toggl's web timer starts with."""
        return (await self._http.ask("GET", "/me/web-timer")).one(answers.WebTimer)


def _listed(parts: list[msgspec.Raw] | None, kind: type[T]) -> Rows[T]:
    return Rows(is_missing=True) if parts is None else rows(msgspec.json.encode(parts), kind)
