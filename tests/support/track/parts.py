"""Tasks and tags of a workspace."""

from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.nouns import free_name, named, one_project, paged, rows_of
from tests.support.track.reply import Refuse
from tests.support.track.world import Fields, Row

_W = "/workspaces/{ws}"
_TAGS_ARE_FOR_ADMINS = (
    "Only organization or workspace administrators may manage tags in this workspace."
)

# -- tasks -----------------------------------------------------------------------------------

_T = _W + "/projects/{project}/tasks"
_TASK = {
    "name": "str", "active": "bool", "estimated_seconds": "int?", "user_id": "int?",
    "external_reference": "str",
}  # fmt: skip
_PAY = "Tasks are available for Starter and higher plans."


@route("GET", _T)
def tasks(call: Call) -> Any:
    rows = rows_of(call, "task", project_id=one_project(call, "project").id)
    if call.query.get("active") == "true":
        rows = [row for row in rows if row["active"]]
    return [shapes.task(row, row.now) for row in rows]


@route("POST", _T)
def create_task(call: Call) -> Any:
    call.need_plan(_PAY)
    project_ = one_project(call, "project")
    if not project_["active"]:
        raise Refuse(400, "Can not change tasks of archived project")
    fields = _task_fields(call, project_.id, creating=True)
    made: Fields = {"workspace_id": call.ws, "project_id": project_.id, "active": True}
    row = call.world.add("task", made | fields, call.now, origin=call.origin)
    return shapes.task(row, row.now)


def _task_fields(call: Call, project_: int, *, creating: bool, but: int = 0) -> Fields:
    body = call.fields(**_TASK)
    if creating or "name" in body:
        name = str(body.get("name", "")).strip()
        if not name:
            raise Refuse(400, "Task name cannot be empty")
        free_name(call, "task", "Name has already been taken", name, but, project_id=project_)
    return body


def _task(call: Call) -> Row:
    project_ = call.id("project")
    words = "Task not found/accessible"
    return call.row("task", call.id("id"), words, workspace_id=call.ws, project_id=project_)


@route("GET", _T + "/{id}")
def task(call: Call) -> Any:
    row = _task(call)
    return shapes.task(row, row.now)


@route("PUT", _T + "/{id}")
def update_task(call: Call) -> Any:
    call.need_plan(_PAY)
    row = _task(call)
    fields = _task_fields(call, row["project_id"], creating=False, but=row.id)
    call.world.change(row, fields, call.now)
    return shapes.task(row, row.now)


@route("DELETE", _T + "/{id}")
def delete_task(call: Call) -> Any:
    row = _task(call)
    call.world.delete(row, call.now)
    return ""


@route("GET", _W + "/tasks")
def workspace_tasks(call: Call) -> Any:
    rows = named(call, rows_of(call, "task"), "search")
    active = {"true": {True}, "false": {False}}.get(call.query.get("active", "both"), {True, False})
    rows = [row for row in rows if row["active"] in active]
    return {
        "data": [shapes.task(row, row.now) for row in paged(call, rows, 50)] or None,
        "page": call.number("page", 1),
        "per_page": call.number("per_page", 50),
        "total_count": len(rows),
        "sort_field": "name",
        "sort_order": "ASC",
    }


# -- tags ------------------------------------------------------------------------------------


@route("GET", _W + "/tags")
def tags(call: Call) -> Any:
    rows = named(call, rows_of(call, "tag"), "search")
    return [shapes.tag(row, row.now) for row in paged(call, rows, 200)]


def _tag_name(call: Call, but: int = 0) -> str:
    if call.world.workspace[call.ws]["only_admins_may_create_tags"]:
        call.need_admin(_TAGS_ARE_FOR_ADMINS)
    name = str(call.fields(name="str").get("name", "")).strip()
    if not name:
        raise Refuse(400, "tag name can't be blank")
    free_name(call, "tag", f"a tag with the name '{name}' already exists", name, but)
    return name


@route("POST", _W + "/tags")
def create_tag(call: Call) -> Any:
    fields = {"workspace_id": call.ws, "name": _tag_name(call), "creator_id": call.user.id}
    row = call.world.add("tag", fields, call.now, origin=call.origin)
    return shapes.tag(row, row.now)


def _tag(call: Call) -> Row:
    return call.row("tag", call.id("id"), "Tag was not found", workspace_id=call.ws)


@route("PUT", _W + "/tags/{id}")
def update_tag(call: Call) -> Any:
    row = _tag(call)
    call.world.change(row, {"name": _tag_name(call, row.id)}, call.now)
    return shapes.tag(row, row.now)


@route("DELETE", _W + "/tags/{id}")
def delete_tag(call: Call) -> Any:
    row = _tag(call)
    for one in call.world.entry.live():
        if row.id in one["tag_ids"]:
            rest = [rid for rid in one["tag_ids"] if rid != row.id]
            call.world.change(one, {"tag_ids": rest}, call.now, silent=True)
    call.world.delete(row, call.now)
    return ""
