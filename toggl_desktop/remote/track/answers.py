"""What else Track answers with: people, plans, rates, reports. As tolerant as `models`."""

import msgspec

from toggl_desktop.remote.track.models import Client, Id, Model, Project, Tag, Task


class Feature(Model, frozen=True, kw_only=True):
    """One feature of a plan."""

    feature_id: int | None = None
    name: str = ""
    enabled: bool | None = None


class Features(Model, frozen=True, kw_only=True):
    """What a workspace's plan includes."""

    workspace_id: Id | None = None
    features: list[Feature] | None = None


class Location(Model, frozen=True, kw_only=True):
    """Where the address of this computer is, as Toggl guesses."""

    city: str | None = None
    city_lat_long: str | None = None
    country_code: str | None = None
    country_name: str | None = None
    state: str | None = None


class Reminder(Model, frozen=True, kw_only=True):
    """A reminder to track, by hours over a day or a week."""

    reminder_id: Id
    workspace_id: Id | None = None
    frequency: int | None = None
    threshold: float | None = None
    user_ids: list[Id] | None = None
    group_ids: list[Id] | None = None
    email_reminder_enabled: bool | None = None
    slack_reminder_enabled: bool | None = None
    created_at: str | None = None


class WorkspaceUser(Model, frozen=True, kw_only=True):
    """A membership; `id` is the membership's, not the person's."""

    id: Id
    user_id: Id | None = None
    uid: Id | None = None
    workspace_id: Id | None = None
    name: str | None = None
    email: str | None = None
    active: bool | None = None
    inactive: bool | None = None
    admin: bool | None = None
    role: str | None = None
    rate: float | None = None
    labor_cost: float | None = None
    timezone: str | None = None
    working_hours_in_minutes: int | None = None
    at: str | None = None


class Person(Model, frozen=True, kw_only=True):
    """A person in a workspace; `id` is the person's."""

    id: Id
    fullname: str | None = None
    email: str | None = None
    inactive: bool | None = None
    is_active: bool | None = None
    is_admin: bool | None = None
    role: str | None = None


class OrganizationUser(Model, frozen=True, kw_only=True):
    """Somebody in an organization, or invited into it."""

    id: Id
    user_id: Id | None = None
    name: str | None = None
    email: str | None = None
    invitation_id: Id | None = None
    role: str | None = None
    inactive: bool | None = None


class ProjectUser(Model, frozen=True, kw_only=True):
    """A person's part in a project."""

    id: Id
    project_id: Id | None = None
    user_id: Id | None = None
    workspace_id: Id | None = None
    manager: bool | None = None
    rate: float | None = None
    labor_cost: float | None = None
    at: str | None = None


class Rate(Model, frozen=True, kw_only=True):
    """What an hour costs, and since when."""

    id: Id
    amount: float | None = None
    start: str | None = None
    end: str | None = None
    type: str | None = None
    rate_change_mode: str | None = None
    deleted_at: str | None = None


class Administrator(Model, frozen=True, kw_only=True):
    """Somebody who may change a workspace."""

    user_id: Id | None = None
    name: str | None = None


class Statistics(Model, frozen=True, kw_only=True):
    """How many people and groups a workspace has."""

    admins: list[Administrator] | None = None
    groups_count: int | None = None
    members_count: int | None = None


class Favourite(Model, frozen=True, kw_only=True):
    """Something started often, kept on the server."""

    favorite_id: Id
    workspace_id: Id | None = None
    description: str | None = None
    project_id: Id | None = None
    task_id: Id | None = None
    tag_ids: list[Id] | None = None
    billable: bool | None = None
    rank: int | None = None
    deleted_at: str | None = None


class Failure(Model, frozen=True, kw_only=True):
    """One id that a bulk change did not reach, and why."""

    id: Id | None = None
    message: str | None = None


class Bulk(Model, frozen=True, kw_only=True):
    """What a bulk change did: some ids, not necessarily all; an id in neither is unknown."""

    success: list[Id] | None = None
    failure: list[Failure] | None = None


class Invitation(Model, frozen=True, kw_only=True):
    """An invitation that was sent."""

    invitation_id: Id | None = None
    email: str | None = None
    organization_id: Id | None = None


class Invited(Model, frozen=True, kw_only=True):
    """What came of inviting people."""

    data: list[Invitation] | None = None
    messages: list[str] | None = None


class Founded(Model, frozen=True, kw_only=True):
    """A new organization with its first workspace."""

    id: Id
    name: str = ""
    workspace_id: Id | None = None
    workspace_name: str | None = None


class WebEntry(Model, frozen=True, kw_only=True):
    """An entry as the web timer's start page gets it: other names, not for sync."""

    description: str | None = None
    duration_in_seconds: Id | None = None
    project_id: Id | None = None
    tag_ids: list[Id] | None = None
    utc_start: str | None = None
    utc_stop: str | None = None
    workspace_id: Id | None = None


class WebTimer(Model, frozen=True, kw_only=True):
    """What the web timer starts with."""

    clients: list[Client] | None = None
    projects: list[Project] | None = None
    tags: list[Tag] | None = None
    tasks: list[Task] | None = None
    time_entries: list[WebEntry] | None = None


class ReportedPart(Model, frozen=True, kw_only=True):
    """One entry within a row of a report."""

    id: Id
    seconds: Id | None = None
    start: str | None = None
    stop: str | None = None
    at: str | None = None


class Reported(Model, frozen=True, kw_only=True):
    """A row of the detailed report: what its entries have in common, and the entries."""

    user_id: Id | None = None
    project_id: Id | None = None
    task_id: Id | None = None
    billable: bool | None = None
    description: str | None = None
    tag_ids: list[Id] | None = None
    row_number: int | None = None
    time_entries: list[ReportedPart] | None = None


class TaskPage(Model, frozen=True, kw_only=True):
    """The wrapper of a workspace's tasks; `data` is null when there are none."""

    data: list[msgspec.Raw] | None = None
    page: int | None = None
    per_page: int | None = None
    total_count: int | None = None


class Span(Model, frozen=True, kw_only=True):
    """From the first to the last entry of a project."""

    earliest_time_entry: Id | str | None = None
    latest_time_entry: Id | str | None = None
