"""Who works in a workspace: members, project members, organizations, invitations."""

from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.nouns import paged
from tests.support.track.reply import Refuse
from tests.support.track.stamps import SECOND, offset
from tests.support.track.world import WORKSPACE, Fields, Row

_W = "/workspaces/{ws}"
_O = "/organizations/{org}"
_CHANGE_MODES = {"rate_change_mode": "str", "labor_cost_change_mode": "str"}


def _member(call: Call, row: Row) -> Fields:
    user = call.world.users[row["user_id"]]
    return {
        "id": row.id, "user_id": user.id, "uid": user.id, "workspace_id": row["workspace_id"],
        "wid": row["workspace_id"], "name": user.fullname, "email": user.email,
        "active": not row["inactive"], "inactive": row["inactive"], "admin": row["admin"],
        "workspace_admin": row["admin"], "organization_admin": row["admin"], "role": row["role"],
        "role_id": None, "is_direct": True, "group_ids": [], "rate": row["rate"],
        "timezone": user.timezone, "at": offset(row.now.at // SECOND), "2fa_enabled": False,
    }  # fmt: skip


def _members(call: Call, ws: int) -> list[Fields]:
    return [_member(call, row) for row in call.world.workspace_user.live(workspace_id=ws)]


@route("GET", _W)
def workspace(call: Call) -> Any:
    row = call.world.workspace[call.ws]
    return shapes.workspace(row, row.now, call.world, call.user)


@route("GET", _W + "/users")
def users(call: Call) -> Any:
    call.flag("exclude_deleted")
    return [
        {
            "id": one["user_id"],
            "fullname": one["name"],
            "email": one["email"],
            "inactive": one["inactive"],
            "is_active": one["active"],
            "is_admin": one["admin"],
            "role": one["role"],
        }
        for one in _members(call, call.ws)
    ]


@route("GET", _W + "/workspace_users")
def workspace_users(call: Call) -> Any:
    if "includeIndirect" not in call.query:
        raise Refuse(400, "includeIndirect is required")
    return _members(call, call.ws)


def _workspace_user(call: Call) -> Row:
    words = "Workspace user is not found or accessible"
    return call.row("workspace_user", call.id("id"), words, status=403, workspace_id=call.ws)


@route("PUT", _W + "/workspace_users/{id}")
def update_workspace_user(call: Call) -> Any:
    call.need_admin("User does not have access to this resource.")
    row = _workspace_user(call)
    body = call.fields(
        role="str", role_id="int", inactive="bool", rate="float?", labor_cost="float?",
        working_hours_in_minutes="int?", postedFields="[str]", admin="bool", **_CHANGE_MODES,
    )  # fmt: skip
    if body.get("role", "user") not in {"admin", "user", "projectlead", "teamlead"}:
        raise Refuse(400, "Invalid role")
    if body.get("rate") is not None:
        call.need_plan("Billable rates are available for Starter and higher plans.")
    call.world.change(row, body, call.now)
    return ""


@route("DELETE", _W + "/workspace_users/{id}")
def remove_workspace_user(call: Call) -> Any:
    call.need_admin("User does not have access to this resource.")
    call.world.delete(_workspace_user(call), call.now)
    return ""


@route("GET", _O + "/workspaces/{ws}/workspace_users")
def organization_workspace_users(call: Call) -> Any:
    _organization(call)
    found = _members(call, call.ws)
    text = (call.query.get("search") or call.query.get("name") or "").casefold()
    found = [one for one in found if text in f"{one['name']} {one['email']}".casefold()]
    return paged(call, found, 50)


# -- project users ---------------------------------------------------------------------------


def _project_user(call: Call, row: Row) -> Fields:
    return {
        "id": row.id, "project_id": row["project_id"], "user_id": row["user_id"],
        "workspace_id": row["workspace_id"], "group_id": None, "gid": None,
        "manager": bool(row["manager"]), "rate": row["rate"], "rate_last_updated": None,
        "labor_cost": row["labor_cost"], "labor_cost_last_updated": None,
        "at": offset(row.now.at // SECOND),
    }  # fmt: skip


@route("GET", _W + "/project_users")
def project_users(call: Call) -> Any:
    ids = [word for word in call.query.get("project_ids", "").split(",") if word]
    if len(ids) > 200:
        raise Refuse(400, "project_ids cannot exceed 200 elements.")
    user = call.number("user_id")
    rows = call.world.project_user.live(workspace_id=call.ws)
    return [
        _project_user(call, row)
        for row in rows
        if (not ids or str(row["project_id"]) in ids) and user in {None, row["user_id"]}
    ]


@route("POST", _W + "/project_users")
def add_project_user(call: Call) -> Any:
    ws = call.ws
    body = call.fields(
        project_id="int", user_id="int", manager="bool", rate="float?", labor_cost="float?",
        **_CHANGE_MODES,
    )  # fmt: skip
    call.row("project", body.get("project_id", 0), "Invalid project_id", status=400)
    if body.get("user_id") not in call.world.users:
        raise Refuse(400, "Invalid user_id")
    same = {"project_id": body["project_id"], "user_id": body["user_id"]}
    if call.world.project_user.live(**same):
        raise Refuse(400, "Project user already exists")
    row = call.world.add("project_user", body | {"workspace_id": ws}, call.now)
    return _project_user(call, row)


def _one_project_user(call: Call) -> Row:
    words = "Project user not found/accessible"
    return call.row("project_user", call.id("id"), words, status=400, workspace_id=call.ws)


@route("PUT", _W + "/project_users/{id}")
def update_project_user(call: Call) -> Any:
    row = _one_project_user(call)
    body = call.fields(manager="bool", rate="float?", labor_cost="float?", **_CHANGE_MODES)
    call.world.change(row, body, call.now)
    return _project_user(call, row)


@route("DELETE", _W + "/project_users/{id}")
def remove_project_user(call: Call) -> Any:
    row = _one_project_user(call)
    call.world.delete(row, call.now)
    return row.id


# -- organizations ---------------------------------------------------------------------------


def _organization(call: Call) -> Row:
    row = call.row("organization", call.id("org"), "Organization not found")
    spaces = call.world.workspace.live(organization_id=row.id)
    if not any(call.world.is_member(call.user.id, ws.id) for ws in spaces):
        raise Refuse(403, "User does not have access to this resource.")
    return row


@route("GET", _O)
def organization(call: Call) -> Any:
    row = _organization(call)
    shape = shapes.organization(row, row.now, call.world, call.user)
    return shape | {"pricing_plan_name": ""}


@route("PUT", _O)
def rename_organization(call: Call) -> Any:
    call.world.change(_organization(call), {"name": call.fields(name="str")["name"]}, call.now)
    return ""


@route("POST", "/organizations")
def create_organization(call: Call) -> Any:
    body = call.fields(name="str", workspace_name="str")
    org = call.world.add("organization", {"name": body["name"], "plan": "free"}, call.now)
    ws = _found_workspace(call, org.id, body["workspace_name"])
    return {"id": org.id, "name": body["name"], "workspace_id": ws.id} | {
        "workspace_name": body["workspace_name"]
    }


def _found_workspace(call: Call, org: int, name: str) -> Row:
    fields = dict(WORKSPACE, name=name, organization_id=org)
    ws = call.world.add("workspace", fields, call.now)
    call.world.join(call.user.id, ws.id, call.now, admin=True)
    return ws


@route("GET", _O + "/users")
def organization_users(call: Call) -> Any:
    org = _organization(call)
    spaces = {ws.id for ws in call.world.workspace.live(organization_id=org.id)}
    members = [m for m in call.world.workspace_user.live() if m["workspace_id"] in spaces]
    found: list[Fields] = [_member(call, row) for row in members]
    found += [
        {"id": one.id, "email": email, "name": email, "invitation_id": one.id}
        for one in call.world.invitation.live(organization_id=org.id)
        for email in one["emails"]
    ]
    wanted = call.query.get("active_status", "active,inactive,invited").split(",")
    state = {True: "invited", False: "active"}
    return paged(call, [one for one in found if state["invitation_id" in one] in wanted], 50)


@route("POST", _O + "/invitations")
def invite(call: Call) -> Any:
    org = _organization(call)
    body = call.fields(
        emails="[str]", workspaces="[{}]", groups="[int]", project_invite="{}", skip_email="bool"
    )
    if not body.get("emails") or not body.get("workspaces"):
        raise Refuse(400, "emails and workspaces must be provided")
    made = []
    for email in body["emails"]:
        fields = {"organization_id": org.id, "emails": [email], "workspaces": body["workspaces"]}
        row = call.world.add("invitation", fields, call.now)
        made.append(
            {
                "invitation_id": row.id,
                "sender_id": call.user.id,
                "recipient_id": None,
                "organization_id": org.id,
                "email": email,
                "invite_url": None,
                "workspaces": body["workspaces"],
            }
        )
    return {"data": made, "invitations": made, "messages": []}


@route("PUT", _O + "/invitations/{id}/resend")
def resend(call: Call) -> Any:
    _organization(call)
    call.row("invitation", call.id("id"), "Invitation not found", status=400)
    return "OK"
