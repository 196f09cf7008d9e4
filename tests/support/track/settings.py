"""What a workspace allows and what a user likes: features, rules, rates, reminders, favourites."""

from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.reply import Answer, Refuse
from tests.support.track.stamps import SECOND, fine, offset
from tests.support.track.world import Fields, Row

_W = "/workspaces/{ws}"
_PAY = "Billable rates are available for Starter and higher plans."


def _spaces(call: Call) -> list[int]:
    rows = call.world.workspace.live()
    return [row.id for row in rows if call.world.is_member(call.user.id, row.id)]


@route("GET", "/me/features")
def features(call: Call) -> Any:
    names = {"free": 0, "pro": 13, "business": 15, "tracking_reminders": 55, "tasks": 64}
    return [
        {
            "workspace_id": ws,
            "features": [
                {
                    "feature_id": number,
                    "name": name,
                    "enabled": name == "free" or call.world.plan_of(ws) != "free",
                }
                for name, number in names.items()
            ],
        }
        for ws in _spaces(call)
    ]


@route("GET", "/me/web-timer")
def web_timer(call: Call) -> Any:
    world = call.world
    entries = []
    for row in world.entry.live(user_id=call.user.id):
        own = row.now.fields
        stop = own["stop"]
        entries.append(
            {
                "billable": own["billable"],
                "deleted": None,
                "description": own["description"],
                "duration_in_seconds": shapes.duration(own),
                "ignore_start_and_stop": True,
                "planned_task_id": None,
                "project_id": own["project_id"],
                "tag_ids": own["tag_ids"],
                "task_id": own["task_id"],
                "updated_at": offset(row.now.at // SECOND),
                "user_id": own["user_id"],
                "utc_start": offset(own["start"]),
                "utc_stop": stop and offset(stop),
                "workspace_id": own["workspace_id"],
            }
        )
    projects = [shapes.project(row, row.now, world) for row in world.project.live()]
    tags = [shapes.tag(row, row.now) for row in world.tag.live()]
    return {
        "clients": None, "projects": projects, "tags": tags, "tasks": None, "time_entries": entries
    }  # fmt: skip


# -- preferences -----------------------------------------------------------------------------

_PREFERENCES: Fields = {
    "BeginningOfWeek": 1,
    "alpha_features": [{"code": "paging_project_list", "enabled": False}],
    "date_format": "MM/DD/YYYY",
    "duration_format": "improved",
    "pg_time_zone_name": "Europe/Berlin",
    "record_timeline": False,
    "timeofday_format": "H:mm",
}
_ALLOWED = {
    "duration_format": {"classic", "improved", "decimal"},
    "timeofday_format": {"h:mm A", "H:mm"},
}


@route("GET", "/me/preferences")
def preferences(call: Call) -> Any:
    return _PREFERENCES | call.user.preferences


@route("POST", "/me/preferences")
def set_preferences(call: Call) -> Any:
    if not isinstance(call.body, dict) or not call.body:
        raise Refuse(400, "Missing data")
    for name, value in call.body.items():
        if name in _ALLOWED and value not in _ALLOWED[name]:
            raise Refuse(400, f"Value in {name} is invalid")
    call.user.preferences |= call.body
    return ""


@route("GET", "/me/preferences/{client}")
def client_preferences(call: Call) -> Any:
    _known_client(call)
    return preferences(call)


@route("POST", "/me/preferences/{client}")
def set_client_preferences(call: Call) -> Any:
    _known_client(call)
    return set_preferences(call)


def _known_client(call: Call) -> None:
    if call.ids["client"] not in {"desktop", "web"}:
        raise Refuse(400, "Unknown client.")


# -- favourites ------------------------------------------------------------------------------

_FAVOURITE = {
    "description": "str", "workspace_id": "int", "project_id": "int?", "task_id": "int?",
    "tag_ids": "[int]?", "billable": "bool",
}  # fmt: skip


def _favourite(row: Row) -> Fields:
    own = row.now.fields
    return {
        "favorite_id": row.id, "workspace_id": own["workspace_id"], "user_id": own["user_id"],
        "description": own.get("description", ""), "project_id": own.get("project_id"),
        "task_id": own.get("task_id"), "tag_ids": own.get("tag_ids") or [],
        "billable": own.get("billable", False), "rank": row.id, "public": False,
        "created_at": fine(own["created"]),
        "deleted_at": row.now.deleted and offset(row.now.deleted),
    }  # fmt: skip


@route("GET", "/me/favorites")
def favourites(call: Call) -> Any:
    since = call.number("since")
    return [
        _favourite(row)
        for row, v in call.world.favourite.seen(call.moment, gone=since is not None)
        if v.fields["user_id"] == call.user.id and v.at >= (since or 0) * SECOND
    ]


@route("POST", "/me/favorites")
def create_favourite(call: Call) -> Any:
    body = call.fields(**_FAVOURITE)
    if "workspace_id" not in body:
        raise Refuse(400, "the parameter 'workspace_id' is invalid")
    if not call.world.is_member(call.user.id, body["workspace_id"]):
        raise Refuse(403, "User has no access to all resources")
    fields = body | {"user_id": call.user.id}
    return _favourite(call.world.add("favourite", fields, call.now, origin=call.origin))


@route("PUT", "/me/favorites")
def update_favourites(call: Call) -> Any:
    if not isinstance(call.body, list):
        raise Refuse(400, "we could not parse the provided parameters")
    changed = []
    for one in call.body:
        rid = one.get("favorite_id", 0)
        row = call.row("favourite", rid, "given favorite ID is invalid", status=400)
        fields = {name: value for name, value in one.items() if name in _FAVOURITE}
        changed.append(_favourite(call.world.change(row, fields, call.now)))
    return changed


@route("DELETE", "/me/favorites/{id}")
def delete_favourite(call: Call) -> Any:
    words = "given favorite ID is invalid"
    row = call.row("favourite", call.id("id"), words, status=400, user_id=call.user.id)
    call.world.delete(row, call.now)
    return Answer(204)


# -- reminders -------------------------------------------------------------------------------

_REMINDER = {
    "frequency": "int", "threshold": "float", "user_ids": "[int]", "group_ids": "[int]",
    "email_reminder_enabled": "bool", "slack_reminder_enabled": "bool",
}  # fmt: skip


def _reminder(row: Row) -> Fields:
    own = row.now.fields
    return {
        "reminder_id": row.id, "workspace_id": own["workspace_id"],
        "created_at": fine(own["created"]), "group_ids": own.get("group_ids", []),
        "user_ids": own.get("user_ids", []),
        **{name: own.get(name) for name in _REMINDER if name not in {"group_ids", "user_ids"}},
    }  # fmt: skip


@route("GET", "/me/track_reminders")
def my_reminders(call: Call) -> Any:
    return [_reminder(r) for r in call.world.reminder.live() if call.user.id in r["user_ids"]]


@route("GET", _W + "/track_reminders")
def reminders(call: Call) -> Any:
    return [_reminder(row) for row in call.world.reminder.live(workspace_id=call.ws)]


@route("POST", _W + "/track_reminders")
def create_reminder(call: Call) -> Any:
    body = call.fields(**_REMINDER)
    if body.get("frequency") not in {1, 7}:
        raise Refuse(400, "frequency should be either 1 or 7")
    fields = {"user_ids": [], "group_ids": [], **body, "workspace_id": call.ws}
    return _reminder(call.world.add("reminder", fields, call.now))


def _one_reminder(call: Call) -> Row:
    return call.row("reminder", call.id("id"), "Reminder not found", workspace_id=call.ws)


@route("PUT", _W + "/track_reminders/{id}")
def update_reminder(call: Call) -> Any:
    row = _one_reminder(call)
    return _reminder(call.world.change(row, call.fields(**_REMINDER), call.now))


@route("DELETE", _W + "/track_reminders/{id}")
def delete_reminder(call: Call) -> Any:
    call.world.delete(_one_reminder(call), call.now)
    return ""


# -- the workspace's rules -------------------------------------------------------------------


@route("GET", _W + "/statistics")
def statistics(call: Call) -> Any:
    members = call.world.workspace_user.live(workspace_id=call.ws)
    admins = [m["user_id"] for m in members if m["admin"]]
    return {
        "admins": [{"user_id": one, "name": call.world.users[one].fullname} for one in admins],
        "groups_count": 0,
        "members_count": len(members),
    }


@route("GET", _W + "/time_entry_constraints")
def constraints(call: Call) -> Any:
    return call.world.workspace[call.ws]["constraints"]


@route("POST", _W + "/time_entry_constraints")
def set_constraints(call: Call) -> Any:
    call.need_admin("User does not have access to this resource.")
    call.need_plan("Required fields are available for Premium plans.")
    row = call.world.workspace[call.ws]
    names = dict.fromkeys(row["constraints"], "bool")
    call.world.change(row, {"constraints": row["constraints"] | call.fields(**names)}, call.now)
    return row["constraints"]


@route("GET", _W + "/rates/{level}/{id}")
def rates(call: Call) -> Any:
    call.need_plan(_PAY)
    level = call.ids["level"]
    known = {"workspace", "workspace_user", "project", "project_user", "task", "user"}
    if level not in known:
        raise Refuse(400, "Invalid level")
    if call.query.get("type", "billable_rates") not in {"billable_rates", "labor_costs"}:
        raise Refuse(400, "Invalid type")
    rows = call.world.rate.live(level=level, level_id=call.id("id"))
    return [
        {
            "id": row.id,
            "amount": row["amount"],
            "start": row["start"],
            "end": None,
            "type": row["type"] or "billable_rates",
            "rate_change_mode": row["mode"],
            "creator_id": call.user.id,
            "created_at": fine(row["created"]),
            "updated_at": fine(row.now.at),
            "deleted_at": None,
        }
        for row in rows
    ]


@route("POST", _W + "/rates")
def create_rate(call: Call) -> Any:
    call.need_plan(_PAY)
    body = call.fields(
        level="str", level_id="int", amount="float", type="str", start="str", mode="str"
    )
    if not {"level", "level_id"} <= set(body) or body.get("amount", 0) <= 0:
        raise Refuse(400, "Request payload must be informed")
    if ("start" in body) == ("mode" in body):
        raise Refuse(400, "Either start or mode must be informed")
    call.world.add("rate", body | {"workspace_id": call.ws}, call.now)
    return Answer(201)
