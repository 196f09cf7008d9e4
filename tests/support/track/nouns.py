"""Clients and projects of a workspace."""

import re
from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.reply import Refuse
from tests.support.track.stamps import SECOND
from tests.support.track.world import Fields, Row
from toggl_desktop.domain.entities import PALETTE

_W = "/workspaces/{ws}"
_PROJECT = {
    "name": "str", "active": "bool", "is_private": "bool", "client_id": "int?", "cid": "int?",
    "client_name": "str", "color": "str", "start_date": "str", "end_date": "str",
    "is_shared": "bool", "external_reference": "str", "billable": "bool?", "rate": "float?",
    "rate_change_mode": "str", "currency": "str?", "fixed_fee": "float?",
    "estimated_hours": "int?", "auto_estimates": "bool?", "template": "bool?",
    "template_id": "int?", "recurring": "bool", "recurring_parameters": "{}?",
}  # fmt: skip
_PAID = {
    "billable", "rate", "rate_change_mode", "currency", "fixed_fee", "estimated_hours",
    "auto_estimates", "template", "template_id", "recurring", "recurring_parameters",
}  # fmt: skip


def paged(call: Call, rows: list[Any], size: int, most: int = 200) -> list[Any]:
    """Returns one page, 1 based."""
    size = min(call.number("per_page", size) or size, most)
    page = max(1, call.number("page", 1) or 1)
    return rows[(page - 1) * size : page * size]


def rows_of(call: Call, kind: str, **fixed: Any) -> list[Row]:
    seen = call.world.tables[kind].seen(call.moment)
    wanted = {"workspace_id": call.ws, **fixed}
    return [r for r, v in seen if all(v.fields.get(k) == x for k, x in wanted.items())]


def named(call: Call, rows: list[Row], parameter: str) -> list[Row]:
    text = call.query.get(parameter, "").casefold()
    return [row for row in rows if text in str(row["name"]).casefold()]


def free_name(call: Call, kind: str, words: str, name: str, but: int = 0, **fixed: Any) -> None:
    for row in call.world.tables[kind].live(workspace_id=call.ws, **fixed):
        if row.id != but and str(row["name"]).casefold() == name.casefold():
            raise Refuse(400, words)


# -- clients ---------------------------------------------------------------------------------


@route("GET", _W + "/clients")
def clients(call: Call) -> Any:
    status = call.query.get("status", "active")
    if status not in {"active", "archived", "both"}:
        raise Refuse(400, "Client status is invalid")
    rows = named(call, rows_of(call, "client"), "name")
    wanted = {"active": {False}, "archived": {True}, "both": {False, True}}[status]
    rows = [row for row in rows if bool(row["archived"]) in wanted]
    return [shapes.client(row, row.now) for row in paged(call, rows, 200)] or None


@route("POST", _W + "/clients")
def create_client(call: Call) -> Any:
    ws = call.ws
    body = call.fields(name="str", notes="str", external_reference="str", wid="int")
    _check_client(call, body, creating=True)
    fields = {"workspace_id": ws, "archived": False, "creator_id": call.user.id, **body}
    row = call.world.add("client", fields, call.now, origin=call.origin)
    return shapes.client(row, row.now)


def _check_client(call: Call, body: Fields, *, creating: bool, but: int = 0) -> None:
    if creating or "name" in body:
        name = str(body.get("name", "")).strip()
        if not name:
            raise Refuse(400, "Client name cannot be empty")
        if len(name) > 255:
            raise Refuse(400, "Client name exceeds the maximum length")
        free_name(call, "client", "Name has already been taken", name, but)


@route("POST", _W + "/clients/data")
def clients_by_ids(call: Call) -> Any:
    ids = call.body if isinstance(call.body, list) else []
    return [shapes.client(row, row.now) for row in rows_of(call, "client") if row.id in ids]


@route("POST", _W + "/clients/delete")
def delete_clients(call: Call) -> Any:
    for rid in call.body:
        _delete_client(call, call.row("client", rid, "Client not found", workspace_id=call.ws))
    return ""


@route("POST", _W + "/clients/archive")
def archive_clients(call: Call) -> Any:
    call.need_plan("Archiving clients is available for Starter and higher plans.")
    return [rid for one in call.body for rid in _archive(call, one)]


@route("GET", _W + "/clients/{id}")
def client(call: Call) -> Any:
    row = _client(call)
    return shapes.client(row, row.now)


def _client(call: Call) -> Row:
    rid = call.id("id")
    words = f"No client with ID {rid} was found"
    return call.row("client", rid, words, workspace_id=call.ws)


@route("PUT", _W + "/clients/{id}")
def update_client(call: Call) -> Any:
    row = _client(call)
    body = call.fields(name="str", notes="str", external_reference="str", wid="int")
    _check_client(call, body, creating=False, but=row.id)
    call.world.change(row, body, call.now)
    return shapes.client(row, row.now)


@route("DELETE", _W + "/clients/{id}")
def delete_client(call: Call) -> Any:
    return _delete_client(call, _client(call))


def _delete_client(call: Call, row: Row) -> int:
    for project_ in call.world.project.live(client_id=row.id):
        call.world.change(project_, {"client_id": None}, call.now)
    call.world.delete(row, call.now)
    return row.id


@route("POST", _W + "/clients/{id}/archive")
def archive_client(call: Call) -> Any:
    call.need_plan("Archiving clients is available for Starter and higher plans.")
    return _archive(call, call.id("id"))


def _archive(call: Call, rid: int) -> list[int]:
    row = call.row("client", rid, "Client not found", workspace_id=call.ws)
    call.world.change(row, {"archived": True}, call.now)
    projects_ = call.world.project.live(client_id=rid, active=True)
    for one in projects_:
        call.world.change(one, {"active": False}, call.now)
    return [one.id for one in projects_]


@route("POST", _W + "/clients/{id}/restore")
def restore_client(call: Call) -> Any:
    row = _client(call)
    body = call.fields(projects="[int]", restore_all_projects="bool")
    call.world.change(row, {"archived": False}, call.now)
    for one in call.world.project.live(client_id=row.id):
        if body.get("restore_all_projects") or one.id in body.get("projects", []):
            call.world.change(one, {"active": True}, call.now)
    return shapes.client(row, row.now)


# -- projects --------------------------------------------------------------------------------


@route("GET", _W + "/projects")
def projects(call: Call) -> Any:
    rows = named(call, named(call, rows_of(call, "project"), "name"), "search")
    wanted = {"true": {True}, "false": {False}, "both": {True, False}}
    active = wanted.get(call.query.get("active", "true"))
    if active is None:
        raise Refuse(400, "Invalid active")
    since = call.number("since", 0) or 0
    found = [row for row in rows if row["active"] in active and row.now.at >= since * SECOND]
    if since:
        dead = call.world.project.seen(call.moment, gone=True)
        found += [
            row
            for row, v in dead
            if v.deleted and row["workspace_id"] == call.ws and v.at >= since * SECOND
        ]
    return [shapes.project(row, row.now, call.world) for row in paged(call, found, 151)]


@route("POST", _W + "/projects")
def create_project(call: Call) -> Any:
    ws = call.ws
    body = call.fields(**_PROJECT)
    if call.world.workspace[ws]["only_admins_may_create_projects"]:
        call.need_admin("Only admins may create projects")
    fields = _project_fields(call, body, creating=True)
    made: Fields = {"workspace_id": ws, "active": True, "is_private": True, "color": PALETTE[0]}
    row = call.world.add("project", made | fields, call.now, origin=call.origin)
    return shapes.project(row, row.now, call.world)


@route("GET", _W + "/projects/{id}")
def project(call: Call) -> Any:
    row = one_project(call)
    return shapes.project(row, row.now, call.world)


def one_project(call: Call, name: str = "id") -> Row:
    words = "Project not found/accessible"
    return call.row("project", call.id(name), words, workspace_id=call.ws)


@route("PUT", _W + "/projects/{id}")
def update_project(call: Call) -> Any:
    row = one_project(call)
    fields = _project_fields(call, call.fields(**_PROJECT), creating=False, but=row.id)
    call.world.change(row, fields, call.now)
    return shapes.project(row, row.now, call.world)


def _project_fields(call: Call, body: Fields, *, creating: bool, but: int = 0) -> Fields:
    ws = call.ws
    if not call.is_paid and any(body.get(name) for name in _PAID & set(body)):
        raise Refuse(402, "This feature is available for Starter and higher plans.")
    if creating or "name" in body:
        name = str(body.get("name", "")).strip()
        if not name:
            raise Refuse(400, "Project name must be present")
        client_id = body.get("client_id", call.world.project[but]["client_id"] if but else None)
        free_name(call, "project", "Name has already been taken", name, but, client_id=client_id)
    color = body.get("color")
    if color is not None and not re.fullmatch(r"#[0-9a-f]{6}", color):
        raise Refuse(400, "Project color must match #[0-9a-f]{6}")
    if color is not None and not call.is_paid and color not in PALETTE:
        raise Refuse(400, "Custom project colors are a premium feature")
    if body.get("client_id") is not None:
        words = "Client isn't present in workspace"
        call.row("client", body["client_id"], words, status=400, workspace_id=ws)
    if "client_name" in body:
        body["client_id"] = _client_named(call, ws, body.pop("client_name"))
    return body


def _client_named(call: Call, ws: int, name: str) -> int:
    for row in call.world.client.live(workspace_id=ws):
        if row["name"] == name:
            return row.id
    fields = {"workspace_id": ws, "name": name, "archived": False}
    return call.world.add("client", fields, call.now).id


@route("DELETE", _W + "/projects/{id}")
def delete_project(call: Call) -> Any:
    mode = call.query.get("teDeletionMode", "unassign")
    if mode not in {"delete", "unassign"}:
        raise Refuse(400, "Invalid teDeletionMode")
    row = one_project(call)
    for one in call.world.entry.live(project_id=row.id):
        if mode == "delete":
            call.world.delete(one, call.now)
        else:  # taking a project off an entry moves its `at`, deleting a tag does not
            call.world.change(one, {"project_id": None, "task_id": None}, call.now)
    for one in call.world.task.live(project_id=row.id):
        call.world.delete(one, call.now)
    call.world.delete(row, call.now)
    return row.id


@route("POST", _W + "/projects/{id}/pin")
def pin(call: Call) -> Any:
    row = one_project(call)
    body = call.fields(pin="bool")
    pinned = [one for one in call.world.project.live(pinned=True) if one.id != row.id]
    if body["pin"] and pinned and not call.is_paid:
        raise Refuse(403, "Only 1 pinned project is allowed")
    call.world.change(row, {"pinned": body["pin"]}, call.now)
    return ""


@route("GET", _W + "/projects/{id}/statistics")
def project_statistics(call: Call) -> Any:
    starts = sorted(row["start"] for row in call.world.entry.live(project_id=one_project(call).id))
    first, last = (starts[0], starts[-1]) if starts else (None, None)
    return {"earliest_time_entry": first, "latest_time_entry": last}


@route("PATCH", _W + "/projects/{ids}")
def patch_projects(call: Call) -> Any:
    fields = {one["path"].removeprefix("/"): one.get("value") for one in call.body}
    done: list[int] = []
    failed: list[Fields] = []
    for rid in map(int, call.ids["ids"].split(",")):
        row = call.world.project.get(rid)
        if row is None or not row.is_live:
            failed.append({"id": rid, "message": "Project not found"})
        else:
            call.world.change(row, fields, call.now)
            done.append(rid)
    return {"success": done, "failure": failed}
