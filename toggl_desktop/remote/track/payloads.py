"""What may be written to Track. Only the keys given are sent; null clears where it is allowed."""

from typing import Literal, TypedDict


class EntryFields(TypedDict, total=False):
    """An entry's fields. `created_with` and the workspace are added where they are needed."""

    start: str
    stop: str | None
    duration: int
    description: str
    billable: bool
    project_id: int | None
    task_id: int | None
    tags: list[str]
    tag_ids: list[int]
    tag_action: Literal["add", "delete"]
    workspace_id: int
    user_id: int
    shared_with_user_ids: list[int]


class Patch(TypedDict):
    """One change of a bulk edit; `path` is `/description` and so on."""

    op: Literal["add", "remove", "replace"]
    path: str
    value: object


class ClientFields(TypedDict, total=False):
    """A client's fields; the workspace belongs into the path only."""

    name: str
    notes: str
    external_reference: str


class ProjectFields(TypedDict, total=False):
    """A project's fields; from `billable` on they need a paid plan."""

    name: str
    active: bool
    is_private: bool
    client_id: int | None
    color: str
    start_date: str
    end_date: str
    is_shared: bool
    external_reference: str
    billable: bool
    rate: float
    rate_change_mode: Literal["start-today", "override-current", "override-all"]
    currency: str
    fixed_fee: float
    estimated_hours: int
    auto_estimates: bool
    template: bool
    template_id: int


class TaskFields(TypedDict, total=False):
    """A task's fields."""

    name: str
    active: bool
    estimated_seconds: int
    user_id: int
    external_reference: str


class MeFields(TypedDict, total=False):
    """What a person may change about themselves; a new password needs the current one."""

    fullname: str
    email: str
    timezone: str
    beginning_of_week: int
    country_id: int
    default_workspace_id: int
    current_password: str
    password: str


class MemberFields(TypedDict, total=False):
    """A workspace member's fields; `admin` is stale, `role` says it."""

    role: Literal["admin", "user", "projectlead", "teamlead"]
    role_id: int
    inactive: bool
    rate: float
    rate_change_mode: str
    labor_cost: float
    labor_cost_change_mode: str
    working_hours_in_minutes: int


class ProjectMemberFields(TypedDict, total=False):
    """A project member's fields."""

    manager: bool
    rate: float
    rate_change_mode: str
    labor_cost: float
    labor_cost_change_mode: str


class ReminderFields(TypedDict, total=False):
    """A reminder's fields: every 1 or 7 days, after so many hours."""

    frequency: Literal[1, 7]
    threshold: float
    user_ids: list[int]
    group_ids: list[int]
    email_reminder_enabled: bool
    slack_reminder_enabled: bool


class RateFields(TypedDict, total=False):
    """A rate; either `start` or `mode`."""

    level: Literal["workspace", "workspace_user", "project", "project_user", "task"]
    level_id: int
    amount: float
    type: Literal["billable_rates", "labor_rates"]
    start: str
    mode: Literal["start-today", "override-current", "override-all"]


class FavouriteFields(TypedDict, total=False):
    """A favourite's fields."""

    favorite_id: int
    workspace_id: int
    description: str
    project_id: int | None
    task_id: int | None
    tag_ids: list[int]
    billable: bool


class ConstraintFields(TypedDict, total=False):
    """Which fields entries must have."""

    description_present: bool
    project_present: bool
    tag_present: bool
    task_present: bool
    time_entry_constraints_enabled: bool


class InvitedTo(TypedDict, total=False):
    """A workspace to invite somebody into."""

    workspace_id: int
    role: Literal["admin", "user", "projectlead", "teamlead"]
