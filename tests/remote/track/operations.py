"""Every operation: its names in the seed documents, the method, the endpoint, one call of it.

The table in docs/track-operations.md and the tests of the client come from this list.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from toggl_desktop.remote.track.client import Track

WS, ORG = 7001, 6001


@dataclass(frozen=True)
class Operation:
    """One row.

    Attributes:
        seeds: What the seed documents call it; empty for what only the program needs.
        method: The method's name on `Track`.
        endpoint: Verb and path as the specification writes them.
        call: Calls it on a prepared server.
        note: Where a seed's shape is stale, or the specification wrong.
        paid: Whether the workspace must be on a paid plan.
    """

    seeds: tuple[str, ...]
    method: str
    endpoint: str
    call: Callable[[Track, "Things"], Awaitable[object]]
    note: str = ""
    paid: bool = False


@dataclass
class Things:
    """Ids of what the prepared server has."""

    entry: int = 0
    running: int = 0
    client: int = 0
    project: int = 0
    task: int = 0
    tag: int = 0
    member: int = 0
    other_user: int = 0
    project_user: int = 0
    reminder: int = 0
    favourite: int = 0
    invitation: int = 0


_W = "/workspaces/{workspace_id}"
_O = "/organizations/{organization_id}"
_P = _W + "/projects/{project_id}"
_START = {"start": "2026-09-21T12:00:00Z", "duration": 60}
_V8_BODY = "the seed wraps the body; v9 takes it flat"
_V8_ENTRY = (
    "the seed writes to `/me/time_entries` with a wrapped v8 body (`pid`, `tid`, duration as text)"
)


def op(seeds, method, endpoint, call, note="", *, paid=False):
    names = tuple(name.strip() for name in seeds.split("|") if name.strip())
    return Operation(names, method, endpoint, call, note, paid)


OPERATIONS: tuple[Operation, ...] = (
    # -- the user --
    op("S1 Get current user | S3 users read", "me.get", "GET /me", lambda t, x: t.me.get()),
    op("", "me.get_with_token", "GET /me", lambda t, x: t.me.get_with_token(), "sign-in"),
    op("", "me.related", "GET /me", lambda t, x: t.me.related(), "`with_related_data`"),
    op("S1 Update current user | S3 users update", "me.update", "PUT /me",
       lambda t, x: t.me.update({"fullname": "New Name", "timezone": "Europe/Tallinn"})),
    op("S1 Get user clients", "me.clients", "GET /me/clients",
       lambda t, x: t.me.clients(1_789_000_000), "`since` is a query parameter"),
    op("S1 Get user features", "me.features", "GET /me/features", lambda t, x: t.me.features()),
    op("S1 Get user location", "me.location", "GET /me/location", lambda t, x: t.me.location()),
    op("S1 Check authentication", "me.check", "GET /me/logged", lambda t, x: t.me.check()),
    op("", "me.number", "GET /me/id", lambda t, x: t.me.number()),
    op("S1 Get user organizations", "me.organizations", "GET /me/organizations",
       lambda t, x: t.me.organizations()),
    op("S1 Get user projects", "me.projects", "GET /me/projects",
       lambda t, x: t.me.projects(1_789_000_000)),
    op("S1 Get user projects paginated", "me.projects_paginated", "GET /me/projects/paginated",
       lambda t, x: t.me.projects_paginated(size=2), "cursor followed to the end"),
    op("S1 Get user tags", "me.tags", "GET /me/tags", lambda t, x: t.me.tags()),
    op("S1 Get user tasks", "me.tasks", "GET /me/tasks", lambda t, x: t.me.tasks()),
    op("S1 Get track reminders", "me.reminders", "GET /me/track_reminders",
       lambda t, x: t.me.reminders()),
    op("S1 Get web timer", "me.web_timer", "GET /me/web-timer", lambda t, x: t.me.web_timer()),
    op("S1 Get user workspaces | S3 workspaces list", "me.workspaces", "GET /me/workspaces",
       lambda t, x: t.me.workspaces(), "S3's `/workspaces` is an undocumented alias"),
    op("", "me.quota", "GET /me/quota", lambda t, x: t.me.quota()),
    op("", "me.reset_token", "POST /me/reset_token", lambda t, x: t.me.reset_token()),
    # -- time entries --
    op("S1 Get time entries | S3 time_entries list", "entries.since", "GET /me/time_entries",
       lambda t, x: t.entries.since(1_789_000_000), "tombstones included"),
    op("S3 time_entries list", "entries.between", "GET /me/time_entries",
       lambda t, x: t.entries.between("2026-09-01", "2026-09-22")),
    op("S1 Get time entries", "entries.recent", "GET /me/time_entries",
       lambda t, x: t.entries.recent()),
    op("S1 Get time entries", "entries.before", "GET /me/time_entries",
       lambda t, x: t.entries.before("2026-09-22")),
    op("S1 Get current time entry", "entries.current", "GET /me/time_entries/current",
       lambda t, x: t.entries.current(), "200 `null` when none; 404 and 405 are taken for it too"),
    op("S1 Get time entry by ID | S3 time_entries read", "entries.get",
       "GET /me/time_entries/{time_entry_id}", lambda t, x: t.entries.get(x.entry)),
    op("S1 Create time entry | S3 time_entries create", "entries.create",
       "POST " + _W + "/time_entries",
       lambda t, x: t.entries.create(WS, {**_START, "tags": ["new"], "project_id": x.project}),
       _V8_ENTRY),
    op("S1 Update time entry | S3 time_entries update", "entries.update",
       "PUT " + _W + "/time_entries/{time_entry_id}",
       lambda t, x: t.entries.update(WS, x.entry, {"description": "x", "tags": []}), _V8_ENTRY),
    op("S1 Bulk edit time entries", "entries.bulk",
       "PATCH " + _W + "/time_entries/{time_entry_ids}",
       lambda t, x: t.entries.bulk(
           WS, [x.entry, x.running], [{"op": "replace", "path": "/description", "value": "y"}]
       ), "100 ids cost one request"),
    op("S1 Stop time entry", "entries.stop",
       "PATCH " + _W + "/time_entries/{time_entry_id}/stop",
       lambda t, x: t.entries.stop(WS, x.running), "stops at the server's time"),
    op("S1 Delete time entry | S3 time_entries delete", "entries.delete",
       "DELETE " + _W + "/time_entries/{time_entry_id}",
       lambda t, x: t.entries.delete(WS, x.entry), "the seed deletes below `/me`"),
    op("", "entries.sharing", "POST /me/time_entries_shared_with",
       lambda t, x: t.entries.sharing([(WS, x.entry)])),
    # -- people --
    op("S1 Get workspace users (organization level)", "workspaces.members_of_organization",
       "GET " + _O + "/workspaces/{workspace_id}/workspace_users",
       lambda t, x: t.workspaces.members_of_organization(ORG, WS)),
    op("S1 Get workspace users", "workspaces.users", "GET " + _W + "/users",
       lambda t, x: t.workspaces.users(WS)),
    op("S3 workspace_users list", "workspaces.members", "GET " + _W + "/workspace_users",
       lambda t, x: t.workspaces.members(WS)),
    op("S3 workspace_users read", "workspaces.members", "GET " + _W + "/workspace_users",
       lambda t, x: t.workspaces.members(WS), "v9 reads no single membership; the list is read"),
    op("S3 workspace_users update", "workspaces.update_member",
       "PUT " + _W + "/workspace_users/{workspace_user_id}",
       lambda t, x: t.workspaces.update_member(WS, x.member, {"role": "admin"}),
       "the seed's `admin` is stale: `role`"),
    op("S3 workspace_users delete", "workspaces.remove_member",
       "DELETE " + _W + "/workspace_users/{workspace_user_id}",
       lambda t, x: t.workspaces.remove_member(WS, x.member)),
    op("S1 Get workspace project users | S3 project_users list", "project_users.list",
       "GET " + _W + "/project_users", lambda t, x: t.project_users.list(WS, [x.project]),
       "the seed lists below the project; v9 below the workspace"),
    op("S3 project_users read", "project_users.get", "GET " + _W + "/project_users",
       lambda t, x: t.project_users.get(WS, x.project, x.project_user),
       "v9 reads no single member; the project's list is read"),
    op("S3 project_users create | S3 Action: Add Project Member", "project_users.add",
       "POST " + _W + "/project_users",
       lambda t, x: t.project_users.add(WS, x.project, x.other_user, {"manager": True}),
       "the project's id belongs into the body"),
    op("S3 project_users update", "project_users.update",
       "PUT " + _W + "/project_users/{project_user_id}",
       lambda t, x: t.project_users.update(WS, x.project_user, {"rate": 12.5})),
    op("S3 project_users delete", "project_users.remove",
       "DELETE " + _W + "/project_users/{project_user_id}",
       lambda t, x: t.project_users.remove(WS, x.project_user)),
    # -- projects --
    op("S1 Get workspace projects | S3 projects list", "projects.list", "GET " + _W + "/projects",
       lambda t, x: t.projects.list(WS), "paged to the end"),
    op("S1 Get workspace project | S3 projects read", "projects.get", "GET " + _P,
       lambda t, x: t.projects.get(WS, x.project)),
    op("S3 projects create", "projects.create", "POST " + _W + "/projects",
       lambda t, x: t.projects.create(WS, {"name": "Brand new", "client_id": x.client}),
       _V8_BODY),
    op("S3 projects update", "projects.update", "PUT " + _P,
       lambda t, x: t.projects.update(WS, x.project, {"active": False}), _V8_BODY),
    op("", "projects.bulk", "PATCH " + _W + "/projects/{project_ids}",
       lambda t, x: t.projects.bulk(
           WS, [x.project], [{"op": "replace", "path": "/color", "value": "#d94182"}]
       )),
    op("S3 projects delete", "projects.delete", "DELETE " + _P,
       lambda t, x: t.projects.delete(WS, x.project), "entries stay: `teDeletionMode=unassign`"),
    op("", "projects.pin", "POST " + _P + "/pin", lambda t, x: t.projects.pin(WS, x.project)),
    op("", "projects.statistics", "GET " + _P + "/statistics",
       lambda t, x: t.projects.statistics(WS, x.project)),
    # -- clients --
    op("S3 clients list", "clients.list", "GET " + _W + "/clients",
       lambda t, x: t.clients.list(WS)),
    op("", "clients.by_ids", "POST " + _W + "/clients/data",
       lambda t, x: t.clients.by_ids(WS, [x.client])),
    op("S3 clients read", "clients.get", "GET " + _W + "/clients/{client_id}",
       lambda t, x: t.clients.get(WS, x.client)),
    op("S3 clients create | S3 Action: Create Client", "clients.create", "POST " + _W + "/clients",
       lambda t, x: t.clients.create(WS, {"name": "New client", "notes": "x"}), _V8_BODY),
    op("S3 clients update", "clients.update", "PUT " + _W + "/clients/{client_id}",
       lambda t, x: t.clients.update(WS, x.client, {"name": "Renamed"}), _V8_BODY),
    op("S3 clients delete", "clients.delete", "DELETE " + _W + "/clients/{client_id}",
       lambda t, x: t.clients.delete(WS, x.client)),
    op("", "clients.archive", "POST " + _W + "/clients/{client_id}/archive",
       lambda t, x: t.clients.archive(WS, x.client), paid=True),
    op("", "clients.restore", "POST " + _W + "/clients/{client_id}/restore",
       lambda t, x: t.clients.restore(WS, x.client), paid=True),
    # -- tasks --
    op("S3 tasks list", "tasks.list", "GET " + _P + "/tasks",
       lambda t, x: t.tasks.list(WS, x.project)),
    op("S3 tasks read", "tasks.get", "GET " + _P + "/tasks/{task_id}",
       lambda t, x: t.tasks.get(WS, x.project, x.task)),
    op("S3 tasks create | S3 Action: Create Task", "tasks.create", "POST " + _P + "/tasks",
       lambda t, x: t.tasks.create(WS, x.project, {"name": "Ship", "estimated_seconds": 3600}),
       paid=True),
    op("S3 tasks update", "tasks.update", "PUT " + _P + "/tasks/{task_id}",
       lambda t, x: t.tasks.update(WS, x.project, x.task, {"active": False}), paid=True),
    op("S3 tasks delete", "tasks.delete", "DELETE " + _P + "/tasks/{task_id}",
       lambda t, x: t.tasks.delete(WS, x.project, x.task)),
    op("", "tasks.of_workspace", "GET " + _W + "/tasks",
       lambda t, x: t.tasks.of_workspace(WS), "wrapped in `data`"),
    # -- tags --
    op("S3 tags list", "tags.list", "GET " + _W + "/tags", lambda t, x: t.tags.list(WS)),
    op("S3 tags read", "tags.get", "GET " + _W + "/tags", lambda t, x: t.tags.get(WS, x.tag),
       "v9 reads no single tag; the list is read"),
    op("S3 tags create", "tags.create", "POST " + _W + "/tags",
       lambda t, x: t.tags.create(WS, "fresh")),
    op("S3 tags update", "tags.update", "PUT " + _W + "/tags/{tag_id}",
       lambda t, x: t.tags.update(WS, x.tag, "renamed")),
    op("S3 tags delete", "tags.delete", "DELETE " + _W + "/tags/{tag_id}",
       lambda t, x: t.tags.delete(WS, x.tag)),
    # -- workspaces --
    op("S1 Get single workspace | S3 workspaces read", "workspaces.get", "GET " + _W,
       lambda t, x: t.workspaces.get(WS)),
    op("S1 Get rates list", "workspaces.rates", "GET " + _W + "/rates/{level}/{level_id}",
       lambda t, x: t.workspaces.rates(WS, "workspace", WS), paid=True),
    op("", "workspaces.create_rate", "POST " + _W + "/rates",
       lambda t, x: t.workspaces.create_rate(
           WS, {"level": "workspace", "level_id": WS, "amount": 50.0, "type": "billable_rates",
                "mode": "start-today"}
       ), paid=True),
    op("S1 Get workspace statistics", "workspaces.statistics", "GET " + _W + "/statistics",
       lambda t, x: t.workspaces.statistics(WS)),
    op("S1 Get workspace time entry constraints", "workspaces.constraints",
       "GET " + _W + "/time_entry_constraints", lambda t, x: t.workspaces.constraints(WS)),
    op("", "workspaces.set_constraints", "POST " + _W + "/time_entry_constraints",
       lambda t, x: t.workspaces.set_constraints(WS, {"project_present": True}), paid=True),
    op("S1 Get workspace track reminders", "workspaces.reminders", "GET " + _W + "/track_reminders",
       lambda t, x: t.workspaces.reminders(WS)),
    op("", "workspaces.create_reminder", "POST " + _W + "/track_reminders",
       lambda t, x: t.workspaces.create_reminder(WS, {"frequency": 1, "threshold": 8.0})),
    op("", "workspaces.update_reminder", "PUT " + _W + "/track_reminders/{reminder_id}",
       lambda t, x: t.workspaces.update_reminder(WS, x.reminder, {"threshold": 6.0})),
    op("", "workspaces.delete_reminder", "DELETE " + _W + "/track_reminders/{reminder_id}",
       lambda t, x: t.workspaces.delete_reminder(WS, x.reminder)),
    # -- organizations and invitations --
    op("", "organizations.get", "GET " + _O, lambda t, x: t.organizations.get(ORG)),
    op("", "organizations.create", "POST /organizations",
       lambda t, x: t.organizations.create("Org", "First")),
    op("", "organizations.rename", "PUT " + _O, lambda t, x: t.organizations.rename(ORG, "New")),
    op("", "organizations.users", "GET " + _O + "/users", lambda t, x: t.organizations.users(ORG)),
    op("S3 user_invitations list", "organizations.invitations", "GET " + _O + "/users",
       lambda t, x: t.organizations.invitations(ORG),
       "v9 has no list of invitations: the invited among the organization's people"),
    op("S3 user_invitations create | S3 Action: Create User Invitation", "organizations.invite",
       "POST " + _O + "/invitations",
       lambda t, x: t.organizations.invite(
           ORG, ["new@example.com"], [{"workspace_id": WS, "role": "user"}]
       ), "the seed invites into the workspace with `{email, admin}`"),
    op("S3 user_invitations delete", "workspaces.remove_member",
       "DELETE " + _W + "/workspace_users/{workspace_user_id}",
       lambda t, x: t.workspaces.remove_member(WS, x.member),
       "v9 takes back no invitation: the member is removed"),
    op("", "organizations.resend_invitation", "PUT " + _O + "/invitations/{invitation_id}/resend",
       lambda t, x: t.organizations.resend_invitation(ORG, x.invitation)),
    # -- favourites, preferences, reports, status --
    op("", "favourites.list", "GET /me/favorites", lambda t, x: t.favourites.list()),
    op("", "favourites.create", "POST /me/favorites",
       lambda t, x: t.favourites.create({"workspace_id": WS, "description": "Stand-up"})),
    op("", "favourites.update", "PUT /me/favorites",
       lambda t, x: t.favourites.update([{"favorite_id": x.favourite, "description": "z"}])),
    op("", "favourites.delete", "DELETE /me/favorites/{favorite_id}",
       lambda t, x: t.favourites.delete(x.favourite)),
    op("", "preferences.get", "GET /me/preferences", lambda t, x: t.preferences.get()),
    op("", "preferences.set", "POST /me/preferences/{client}",
       lambda t, x: t.preferences.set({"duration_format": "decimal"}, "desktop")),
    op("", "reports.entries", "POST /reports/api/v3/workspace/{workspace_id}/search/time_entries",
       lambda t, x: collected(t.reports.entries(WS, "2025-01-01", "2026-12-31", 5001, 1)),
       "older than three months"),
    op("", "is_up", "GET /status", lambda t, x: t.is_up()),
)  # fmt: skip


async def collected(pages):
    return [row async for page in pages for row in page]


SEED_TRIGGERS = {
    "S1 When a time entry is created": "time_entry.created",
    "S1 When a time entry is updated": "time_entry.updated",
    "S1 When a time entry is deleted": "time_entry.deleted",
    "S1 When a time entry is started": "time_entry.started",
    "S1 When a time entry is stopped": "time_entry.stopped",
    "S3 Time Entry Created": "time_entry.created",
    "S3 Time Entry Updated": "time_entry.updated",
    "S3 Time Entry Deleted": "time_entry.deleted",
    "S3 Project Created": "project.created",
    "S3 Project Updated": "project.updated",
    "S3 Project Deleted": "project.deleted",
    "S3 Workspace Created": "workspace.created",
}
"""Not calls but events: the journal tells them, whoever made the change (`events --follow`)."""
