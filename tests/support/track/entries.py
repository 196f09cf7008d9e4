"""Time entries: creating, changing, stopping, deleting."""

import datetime
from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.reply import Refuse
from tests.support.track.stamps import parsed
from tests.support.track.world import Fields, Row

_TYPES = {
    "created_with": "str", "start": "str", "workspace_id": "int", "wid": "int",
    "duration": "int", "stop": "str?", "description": "str?", "billable": "bool",
    "project_id": "int?", "pid": "int?", "task_id": "int?", "tid": "int?", "tags": "[str]?",
    "tag_ids": "[int]?", "tag_action": "str", "start_date": "str", "user_id": "int",
    "shared_with_user_ids": "[int]", "expense_ids": "[int]", "event_metadata": "{}",
    "duronly": "bool",
}  # fmt: skip
_PATCHABLE = {
    "billable", "description", "duration", "project_id", "shared_with_user_ids", "start", "stop",
    "tag_ids", "tags", "task_id", "user_id",
}  # fmt: skip
_PATH = "/workspaces/{ws}/time_entries"
_GONE = "Time entry not found"


@route("POST", _PATH)
def create(call: Call) -> Any:
    ws = call.ws
    body = call.fields(**_TYPES)
    if not str(body.get("created_with", "")).strip():
        raise Refuse(400, "created_with needs to be provided an a valid string")
    if "workspace_id" not in body and "wid" not in body:
        raise Refuse(400, "wid is required for time entry creation")
    if body.get("workspace_id", body.get("wid")) != ws:
        raise Refuse(403, "cannot access workspace")
    if "start" not in body:
        raise Refuse(400, "start time must be provided")
    fresh: Fields = {
        "workspace_id": ws, "user_id": call.user.id, "project_id": None, "task_id": None,
        "billable": False, "description": None, "tag_ids": [], "start": 0, "stop": 0,
    }  # fmt: skip
    fields = _applied(call, ws, fresh, body, creating=True)
    if fields["stop"] is None:
        _stop_others(call, None)
    row = call.world.add("entry", fields, call.now, origin=call.origin)
    shape = shapes.entry(row, row.now, call.world, posted=True)
    if "duration" not in body and "stop" not in body:
        shape |= {"stop": None, "duration": 0}  # not running all the same
    return shape


@route("PUT", _PATH + "/{id}")
def update(call: Call) -> Any:
    ws = call.ws
    row = _own(call, call.id("id"), ws)
    body = call.fields(**_TYPES)
    target = body.get("workspace_id", ws)
    if target != ws and not call.world.is_member(call.user.id, target):
        raise Refuse(403, "cannot access workspace")
    _write(call, row, body, target)
    return shapes.entry(row, row.now, call.world, posted=True)


def _write(call: Call, row: Row, body: Fields, ws: int) -> None:
    fields = _applied(call, ws, dict(row.now.fields, workspace_id=ws), body, creating=False)
    if fields["stop"] is None:
        _stop_others(call, row.id)
    call.world.change(row, fields, call.now)


@route("PATCH", _PATH + "/{id}/stop")
def stop(call: Call) -> Any:
    row = _own(call, call.id("id"), call.ws)
    if row["stop"] is not None:
        raise Refuse(409, "Time entry already stopped")
    call.world.change(row, {"stop": max(int(call.now), row["start"])}, call.now)
    return shapes.entry(row, row.now, call.world, posted=True) | {"tags": _names(call, row)}


@route("DELETE", _PATH + "/{id}")
def delete(call: Call) -> Any:
    row = _own(call, call.id("id"), call.ws)
    _unlocked(call, row["start"])
    call.world.delete(row, call.now)
    return row.id


@route("PATCH", _PATH + "/{ids}")
def patch(call: Call) -> Any:
    ws = call.ws
    ids = [int(word) for word in call.ids["ids"].split(",") if word.isdigit()]
    if not ids or len(ids) > 100:
        raise Refuse(400, "PATCH request is limited to 100 IDs")
    changes = _operations(call)
    done: list[int] = []
    failed: list[Fields] = []
    for rid in ids:
        try:
            row = _own(call, rid, ws)
            for change in changes:
                _write(call, row, change, ws)
            done.append(rid)
        except Refuse as refusal:
            failed.append({"id": rid, "message": refusal.body})
    return {"success": done, "failure": failed}


def _operations(call: Call) -> list[Fields]:
    if not isinstance(call.body, list) or not call.body:
        raise Refuse(400, "No patchable fields defined")
    changes = []
    for one in call.body:
        name = str(one.get("path", "")).removeprefix("/") if isinstance(one, dict) else ""
        if name not in _PATCHABLE or one.get("op") not in {"add", "remove", "replace"}:
            raise Refuse(400, "Invalid patch operation")
        value = one.get("value")
        if one["op"] != "replace" and name in {"tags", "tag_ids"}:
            action = "add" if one["op"] == "add" else "delete"
            changes.append({name: value, "tag_action": action})
        else:
            changes.append({name: None if one["op"] == "remove" else value})
    return changes


def _own(call: Call, rid: int, ws: int) -> Row:
    return call.row("entry", rid, _GONE, user_id=call.user.id, workspace_id=ws)


def _names(call: Call, row: Row) -> list[str]:
    return shapes.tag_names(row["tag_ids"], call.world)


def _stop_others(call: Call, keep: int | None) -> None:
    """A second running entry stops the first at the server's receipt, not at the new start."""
    for row in call.world.entry.live(user_id=call.user.id, stop=None):
        if row.id != keep:
            call.world.change(row, {"stop": max(int(call.now), row["start"])}, call.now)


def _applied(call: Call, ws: int, fields: Fields, body: Fields, *, creating: bool) -> Fields:
    """Returns the fields after the body, or refuses in the server's words."""
    if not creating:
        _unlocked(call, fields["start"])
    old = dict(fields)
    for name in ("description", "billable", "user_id"):
        if name in body:
            fields[name] = body[name]
    for name, short in (("project_id", "pid"), ("task_id", "tid")):
        if name in body or short in body:
            fields[name] = body.get(name, body.get(short))
    if fields["project_id"] != old["project_id"] and "task_id" not in body:
        fields["task_id"] = None
    _set_times(fields, body, creating=creating)
    _set_tags(call, ws, fields, body)
    _check(call, ws, fields, body)
    return fields


def _set_times(fields: Fields, body: Fields, *, creating: bool) -> None:
    if "start" in body:
        start = parsed(body["start"])
        if start is None:
            raise Refuse(400, f'parsing time "{body["start"]}" as RFC3339: cannot parse')
        fields["start"] = start
    if body.get("start_date"):
        day = datetime.date.fromisoformat(body["start_date"])
        midnight = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
        fields["start"] = int(midnight.timestamp()) + fields["start"] % 86_400
    length = body.get("duration")
    stop_ = body.get("stop")
    if stop_ is not None:
        ending = parsed(stop_)
        if ending is None:
            raise Refuse(400, f'parsing time "{stop_}" as RFC3339: cannot parse')
        if length is not None and length >= 0 and fields["start"] + length != ending:
            raise Refuse(400, "start + duration must be equal to stop")
        fields["stop"] = ending
    elif length is not None and length < 0:
        fields["stop"] = None
    elif length is not None:
        fields["stop"] = fields["start"] + length
    elif creating:
        fields["stop"] = fields["start"]
    if fields["stop"] is not None and fields["stop"] < fields["start"]:
        raise Refuse(400, "Stop time must be after start time")


def _set_tags(call: Call, ws: int, fields: Fields, body: Fields) -> None:
    if "tags" not in body and "tag_ids" not in body:
        return
    given = list(body.get("tag_ids") or [])
    for rid in given:
        call.row("tag", rid, "Tag was not found", status=400, workspace_id=ws)
    given += [_tag_named(call, ws, name) for name in body.get("tags") or []]
    action = body.get("tag_action")
    if action not in {None, "add", "delete", "remove"}:
        raise Refuse(400, "Invalid tag_action")
    had = fields["tag_ids"]
    if action == "add":
        given = had + given
    elif action is not None:
        given = [rid for rid in had if rid not in given]
    fields["tag_ids"] = list(dict.fromkeys(given))
    if len(fields["tag_ids"]) > 50:
        raise Refuse(400, "Tags are limited to 50 per task")


def _tag_named(call: Call, ws: int, name: str) -> int:
    same = [t for t in call.world.tag.live(workspace_id=ws) if t["name"] == name]
    if same:
        return same[0].id
    if call.world.workspace[ws]["only_admins_may_create_tags"]:
        call.need_admin("Only organization or workspace administrators may manage tags")
    fields = {"workspace_id": ws, "name": name, "creator_id": call.user.id}
    return call.world.add("tag", fields, call.now).id


def _check(call: Call, ws: int, fields: Fields, body: Fields) -> None:
    _unlocked(call, fields["start"])
    year = datetime.datetime.fromtimestamp(fields["start"], datetime.UTC).year
    if not 2006 <= year <= 2030:
        raise Refuse(400, "Start time year must be between 2006 and 2030")
    if fields["stop"] is not None and fields["stop"] - fields["start"] > 999 * 3600:
        raise Refuse(400, "Max allowed duration per 1 time entry is 999 hours")
    if len(fields["description"] or "") > 3000:
        raise Refuse(400, "Maximum length for description (3000 chars) exceeded")
    if body.get("billable") and call.world.plan_of(ws) == "free":
        raise Refuse(402, "Billable is a premium feature")
    if fields["project_id"] is not None:
        words = "User cannot access the selected project"
        call.row("project", fields["project_id"], words, status=400, workspace_id=ws)
    if fields["task_id"] is not None:
        words = "User cannot access selected task"
        project = fields["project_id"]
        call.row("task", fields["task_id"], words, status=400, project_id=project)
    _required(call, ws, fields)


def _required(call: Call, ws: int, fields: Fields) -> None:
    rules = call.world.workspace[ws]["constraints"]
    if not rules["time_entry_constraints_enabled"] or call.world.plan_of(ws) == "free":
        return
    present = {
        "description": bool(fields["description"]),
        "project": fields["project_id"] is not None,
        "tag": bool(fields["tag_ids"]),
        "task": fields["task_id"] is not None,
    }
    for name, there in present.items():
        if rules[f"{name}_present"] and not there:
            raise Refuse(400, f"To save the time entry, please add a {name}")


def _unlocked(call: Call, start: int) -> None:
    lock = call.world.locked_before
    if lock is not None and start < lock:
        raise Refuse(400, "Entries can't be added or edited in this period")
