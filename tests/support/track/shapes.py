"""Rows as JSON: key sets, nulls and omissions as recorded from the real service."""

from typing import Any

from tests.support.track.stamps import SECOND, fine, offset, zulu
from tests.support.track.world import Fields, Row, User, Version, World


def entry(
    row: Row, version: Version, world: World, *, posted: bool = False, meta: bool = False
) -> Fields:
    """An entry; a POST's answer says `Z` and `null` where a GET says `+00:00` and `[]`."""
    own = version.fields
    write = zulu if posted else offset
    names = tag_names(own["tag_ids"], world)
    shape: Fields = {
        "id": row.id,
        "workspace_id": own["workspace_id"],
        "project_id": own["project_id"],
        "task_id": own["task_id"],
        "billable": own["billable"],
        "start": write(own["start"]),
        "stop": None if own["stop"] is None else write(own["stop"]),
        "duration": duration(own, posted=posted),
        "description": own["description"],
        "tags": names or (None if posted else []),
        "tag_ids": own["tag_ids"] or (None if posted else []),
        "duronly": True,
        "at": fine(version.at),
        "server_deleted_at": None if version.deleted is None else offset(version.deleted),
        "user_id": own["user_id"],
        "uid": own["user_id"],
        "wid": own["workspace_id"],
    }
    if own["project_id"] is not None:
        shape["pid"] = own["project_id"]
    if own["task_id"] is not None:
        shape["tid"] = own["task_id"]
    return shape | (_meta(own, world) if meta else {})


def duration(own: Fields, *, posted: bool = False) -> int:
    """Negative while running: −1 as posted, else about −epoch(start), off by one as seen."""
    if own["stop"] is None:
        return -1 if posted else -(own["start"] + 1)
    return int(own["stop"] - own["start"])


def tag_names(ids: list[int], world: World) -> list[str]:
    return [str(world.tag[rid]["name"]) for rid in ids if rid in world.tag]


def _meta(own: Fields, world: World) -> Fields:
    shape: Fields = {"user_name": world.users[own["user_id"]].fullname, "user_avatar_url": ""}
    project_ = world.project.get(own["project_id"] or 0)
    if project_ is not None:
        shape |= {
            "project_name": project_["name"],
            "project_color": project_["color"],
            "project_active": project_["active"],
            "project_billable": bool(project_["billable"]),
        }
        client_ = world.client.get(project_["client_id"] or 0)
        if client_ is not None:
            shape["client_name"] = client_["name"]
    task_ = world.task.get(own["task_id"] or 0)
    if task_ is not None:
        shape["task_name"] = task_["name"]
    return shape


def _stamp(version: Version) -> str:
    return offset(version.at // SECOND)


def _made(version: Version) -> str:
    return offset(version.fields["created"] // SECOND)


def client(row: Row, version: Version) -> Fields:
    own = version.fields
    shape: Fields = {
        "id": row.id,
        "wid": own["workspace_id"],
        "archived": own.get("archived", False),
        "name": own["name"],
        "at": _stamp(version),
        "creator_id": own.get("creator_id", 5001),
    }
    for name in ("notes", "external_reference"):
        if own.get(name) is not None:
            shape[name] = own[name]
    return shape | _gone(version)


def project(row: Row, version: Version, world: World) -> Fields:
    own = version.fields
    client_id = own.get("client_id")
    shape: Fields = {
        "id": row.id,
        "workspace_id": own["workspace_id"],
        "client_id": client_id,
        "name": own["name"],
        "is_private": own.get("is_private", True),
        "active": own.get("active", True),
        "at": _stamp(version),
        "created_at": _made(version),
        "server_deleted_at": None if version.deleted is None else offset(version.deleted),
        "color": own.get("color", "#0b83d9"),
        "billable": own.get("billable", False),
        "recurring": False,
        "can_track_time": True,
        "status": "active" if own.get("active", True) else "archived",
        "wid": own["workspace_id"],
        "is_shared": False,
        "pinned": own.get("pinned", False),
        "actual_seconds": 0,
        "estimated_seconds": None,
        "rate": own.get("rate"),
        "currency": None,
        "template": None,
    }
    if client_id is not None:
        shape["cid"] = client_id
        if client_id in world.client:
            shape["client_name"] = world.client[client_id]["name"]
    return shape


def task(row: Row, version: Version) -> Fields:
    own = version.fields
    return {
        "id": row.id,
        "workspace_id": own["workspace_id"],
        "project_id": own["project_id"],
        "name": own["name"],
        "active": own.get("active", True),
        "at": _stamp(version),
        "user_id": own.get("user_id"),
        "estimated_seconds": own.get("estimated_seconds"),
        "tracked_seconds": 0,
        "recurring": False,
        **_gone(version),
    }


def tag(row: Row, version: Version) -> Fields:
    own = version.fields
    shape: Fields = {
        "id": row.id,
        "workspace_id": own["workspace_id"],
        "name": own["name"],
        "at": fine(version.at),
        "creator_id": own.get("creator_id", 5001),
    }
    if version.deleted is not None:
        shape["deleted_at"] = offset(version.deleted)
    return shape


def _gone(version: Version) -> Fields:
    return {} if version.deleted is None else {"server_deleted_at": offset(version.deleted)}


def workspace(row: Row, version: Version, world: World, user: User) -> Fields:
    own = version.fields
    plan = world.plan_of(row.id)
    admin = world.is_admin(user.id, row.id)
    return {
        "id": row.id,
        "organization_id": own["organization_id"],
        "name": own["name"],
        "premium": plan != "free",
        "business_ws": plan == "premium",
        "admin": admin,
        "role": "admin" if admin else "user",
        "suspended_at": None,
        "server_deleted_at": None if version.deleted is None else offset(version.deleted),
        "default_hourly_rate": None,
        "default_currency": "USD",
        "only_admins_may_create_projects": own["only_admins_may_create_projects"],
        "only_admins_may_create_tags": own["only_admins_may_create_tags"],
        "only_admins_see_billable_rates": False,
        "only_admins_see_team_dashboard": False,
        "projects_billable_by_default": True,
        "projects_private_by_default": True,
        "projects_enforce_billable": False,
        "limit_public_project_data": False,
        "last_modified": zulu(version.at // SECOND),
        "reports_collapse": True,
        "rounding": 0,
        "rounding_minutes": 0,
        "api_token": "fedcba9876543210fedcba9876543210",
        "at": _stamp(version),
        "ical_url": "/ical/workspace_user/xxx",
        "ical_enabled": True,
        "subscription": None,
        "hide_start_end_times": False,
        "te_constraints": own["constraints"] if plan != "free" else None,
        "active_project_count": len(world.project.live(workspace_id=row.id, active=True)),
    }


def organization(row: Row, version: Version, world: World, user: User) -> Fields:
    own = version.fields
    spaces = [ws.id for ws in world.workspace.live(organization_id=row.id)]
    admin = any(world.is_admin(user.id, ws) for ws in spaces)
    return {
        "id": row.id,
        "name": own["name"],
        "pricing_plan_id": 0,
        "created_at": fine(version.fields["created"]),
        "at": fine(version.at),
        "server_deleted_at": None,
        "is_multi_workspace_enabled": False,
        "suspended_at": None,
        "user_count": len(world.users),
        "trial_info": {"trial": False, "trial_available": True, "trial_end_date": None},
        "is_unified": False,
        "max_workspaces": 20,
        "permissions": None,
        "admin": admin,
        "owner": admin,
        "pricing_plan_name": str(own["plan"]).capitalize(),
        "pricing_plan_enterprise": False,
        "subscription": {"plan": own["plan"], "plan_name": str(own["plan"]).capitalize()},
    }


def user(person: User, now: float) -> dict[str, Any]:
    return {
        "id": person.id,
        "api_token": person.token,
        "email": person.email,
        "fullname": person.fullname,
        "timezone": person.timezone,
        "toggl_accounts_id": "exampleAccountsId00000",
        "default_workspace_id": person.default_workspace,
        "beginning_of_week": person.beginning_of_week,
        "image_url": "https://example.com/a.png",
        "created_at": "2016-03-20T20:40:08.017845Z",
        "updated_at": "2024-11-26T17:13:54.850204Z",
        "openid_email": None,
        "openid_enabled": True,
        "country_id": person.country_id,
        "has_password": True,
        "at": "2024-12-11T17:43:57.206072Z",
        "intercom_hash": "00",
        "oauth_providers": ["google"],
        "authorization_updated_at": "2024-07-02T14:55:08.008327Z",
    }
