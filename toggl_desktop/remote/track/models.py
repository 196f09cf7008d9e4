"""What sync works with. Every key may be missing or null, unknown ones are ignored.

Ids are 64-bit. Instants are the server's own texts; `moments` reads them.
"""

from typing import Annotated

from msgspec import Meta, Struct

Id = Annotated[int, Meta(ge=-(1 << 63), le=(1 << 63) - 1)]


class Model(Struct, frozen=True, kw_only=True):
    """Something with a server's id or without one; never printed whole, it may hold names."""


class TimeEntry(Model, frozen=True, kw_only=True):
    """A time entry. Running is a negative `duration`; its value means nothing else."""

    id: Id
    workspace_id: Id | None = None
    wid: Id | None = None
    project_id: Id | None = None
    task_id: Id | None = None
    billable: bool | None = None
    start: str | None = None
    stop: str | None = None
    duration: Id | None = None
    description: str | None = None
    tags: list[str] | None = None
    tag_ids: list[Id] | None = None
    at: str | None = None
    server_deleted_at: str | None = None
    user_id: Id | None = None
    uid: Id | None = None

    @property
    def is_running(self) -> bool:
        """Whether it runs: by the sign of its duration, as the server means it."""
        return self.duration is not None and self.duration < 0

    @property
    def is_deleted(self) -> bool:
        """Whether this is a tombstone."""
        return self.server_deleted_at is not None


class Client(Model, frozen=True, kw_only=True):
    """A client; the workspace is `wid`, there is no long name."""

    id: Id
    wid: Id | None = None
    name: str = ""
    archived: bool | None = None
    notes: str | None = None
    external_reference: str | None = None
    at: str | None = None
    server_deleted_at: str | None = None


class Project(Model, frozen=True, kw_only=True):
    """A project; archived is `active` false."""

    id: Id
    workspace_id: Id | None = None
    wid: Id | None = None
    client_id: Id | None = None
    name: str = ""
    color: str | None = None
    active: bool | None = None
    is_private: bool | None = None
    billable: bool | None = None
    status: str | None = None
    rate: float | None = None
    currency: str | None = None
    estimated_seconds: Id | None = None
    actual_seconds: Id | None = None
    start_date: str | None = None
    end_date: str | None = None
    template: bool | None = None
    pinned: bool | None = None
    can_track_time: bool | None = None
    at: str | None = None
    server_deleted_at: str | None = None


class Task(Model, frozen=True, kw_only=True):
    """A task of a project. `tracked_seconds` is in milliseconds, whatever it says."""

    id: Id
    workspace_id: Id | None = None
    project_id: Id | None = None
    name: str = ""
    active: bool | None = None
    estimated_seconds: Id | None = None
    tracked_seconds: Id | None = None
    user_id: Id | None = None
    at: str | None = None
    server_deleted_at: str | None = None


class Tag(Model, frozen=True, kw_only=True):
    """A tag; its tombstone is `deleted_at`, unlike everything else's."""

    id: Id
    workspace_id: Id | None = None
    name: str = ""
    at: str | None = None
    deleted_at: str | None = None


class Constraints(Model, frozen=True, kw_only=True):
    """Which fields an entry must have."""

    description_present: bool | None = None
    project_present: bool | None = None
    tag_present: bool | None = None
    task_present: bool | None = None
    time_entry_constraints_enabled: bool | None = None


class Workspace(Model, frozen=True, kw_only=True):
    """A workspace and its rules. The API's deprecated `api_token` in it is never read."""

    id: Id
    organization_id: Id | None = None
    name: str = ""
    premium: bool | None = None
    business_ws: bool | None = None
    admin: bool | None = None
    role: str | None = None
    suspended_at: str | None = None
    server_deleted_at: str | None = None
    default_currency: str | None = None
    only_admins_may_create_projects: bool | None = None
    only_admins_may_create_tags: bool | None = None
    projects_billable_by_default: bool | None = None
    projects_private_by_default: bool | None = None
    projects_enforce_billable: bool | None = None
    rounding: int | None = None
    rounding_minutes: int | None = None
    hide_start_end_times: bool | None = None
    te_constraints: Constraints | None = None
    at: str | None = None


class Subscription(Model, frozen=True, kw_only=True):
    """What an organization pays for."""

    plan: str | None = None
    plan_name: str | None = None
    state: str | None = None


class Organization(Model, frozen=True, kw_only=True):
    """An organization; its plan decides how many requests an hour there are."""

    id: Id
    name: str = ""
    pricing_plan_name: str | None = None
    subscription: Subscription | None = None
    user_count: int | None = None
    admin: bool | None = None
    owner: bool | None = None
    suspended_at: str | None = None
    server_deleted_at: str | None = None
    at: str | None = None

    @property
    def plan(self) -> str:
        """Its plan in lower case: `free`, `starter`, `premium`, `enterprise`, or empty."""
        named = self.subscription.plan if self.subscription else None
        return (named or self.pricing_plan_name or "").casefold()


class Me(Model, frozen=True, kw_only=True):
    """The signed-in person. The token in it is read by `me.token` alone, never kept here."""

    id: Id
    email: str = ""
    fullname: str = ""
    timezone: str | None = None
    default_workspace_id: Id | None = None
    beginning_of_week: int | None = None
    country_id: Id | None = None
    has_password: bool | None = None
    at: str | None = None


class Quota(Model, frozen=True, kw_only=True):
    """What is left of one bucket; without an organization it is the person's own."""

    organization_id: Id | None = None
    remaining: int | None = None
    resets_in_secs: int | None = None
    total: int | None = None
