"""What belongs to the user: profile, lists across workspaces, the pull of time entries."""

from collections.abc import Iterator
from typing import Any

from tests.support.track import shapes
from tests.support.track.call import Call, route
from tests.support.track.reply import Refuse
from tests.support.track.stamps import SECOND, day, months_before, parsed_day
from tests.support.track.world import Row, Version

DAY = 86_400
CAP = 1000


@route("GET", "/me")
def get(call: Call) -> Any:
    shape = shapes.user(call.user, call.now)
    if call.flag("with_related_data"):
        floor = int(call.now) - 10 * DAY
        tasks = [shapes.task(*one) for one in _mine(call, "task")]
        shape |= {
            "tags": [shapes.tag(*one) for one in _mine(call, "tag")],
            "clients": [shapes.client(*one) for one in _mine(call, "client")],
            "projects": [shapes.project(*one, call.world) for one in _mine(call, "project")],
            "workspaces": [_workspace(call, *one) for one in _spaces(call)],
            "time_entries": _entries(call, lambda v: v.fields["start"] >= floor),
        }
        if tasks:
            shape["tasks"] = tasks
    return shape


@route("PUT", "/me")
def update(call: Call) -> Any:
    body = call.fields(
        beginning_of_week="int", country_id="int?", current_password="str",
        default_workspace_id="int", email="str", fullname="str", password="str", timezone="str",
    )  # fmt: skip
    user = call.user
    if "password" in body:
        if "current_password" not in body:
            raise Refuse(400, "Current password must be present to change password")
        if body["current_password"] != user.password:
            raise Refuse(400, "Current password is not valid")
        if len(body["password"]) < 6:
            raise Refuse(400, "Password should be at least 6 characters")
        user.password = body["password"]
    if not 0 <= body.get("beginning_of_week", 0) <= 6:
        raise Refuse(400, "Invalid beginning_of_week")
    if body.get("email") in {u.email for u in call.world.users.values() if u is not user}:
        raise Refuse(400, "user with this email already exists")
    names = {"default_workspace_id": "default_workspace"}
    for name in set(body) - {"password", "current_password"}:
        setattr(user, names.get(name, name), body[name])
    return shapes.user(user, call.now) | {"toggl_accounts_updated_at": None}


@route("GET", "/me/logged")
def logged(_call: Call) -> Any:
    return ""


@route("GET", "/me/id")
def number(call: Call) -> Any:
    return call.user.id


@route("GET", "/me/quota")
def quota(call: Call) -> Any:
    return call.quota()


@route("GET", "/me/location")
def location(_call: Call) -> Any:
    return {
        "city": "Tallinn", "city_lat_long": "59.43,24.75", "country_code": "EE",
        "country_name": "Estonia", "state": "",
    }  # fmt: skip


@route("POST", "/me/reset_token")
def reset(call: Call) -> Any:
    call.user.token = f"{int(call.user.token, 16) ^ ((1 << 127) - 1):032x}"
    return call.user.token


@route("GET", "/me/clients")
def clients(call: Call) -> Any:
    return [shapes.client(*one) for one in _since(call, "client")]


@route("GET", "/me/tags")
def tags(call: Call) -> Any:
    return [shapes.tag(*one) for one in _since(call, "tag")]


@route("GET", "/me/projects")
def projects(call: Call) -> Any:
    archived = call.query.get("include_archived", "false")
    if archived not in {"true", "false"}:
        raise Refuse(400, "Invalid include_archived")
    return [
        shapes.project(row, version, call.world)
        for row, version in _since(call, "project")
        if archived == "true" or version.fields.get("active", True)
    ]


@route("GET", "/me/projects/paginated")
def projects_paginated(call: Call) -> Any:
    size = call.number("per_page", 201) or 201
    start = call.number("start_project_id", 0) or 0
    rows = sorted(_since(call, "project"), key=lambda one: one[0].id)
    # The cursor's own row comes again: which of the two the real server does is not known.
    after = [one for one in rows if one[0].id >= start]
    return [shapes.project(*one, call.world) for one in after[:size]]


@route("GET", "/me/tasks")
def tasks(call: Call) -> Any:
    inactive = call.query.get("include_not_active", "false")
    if inactive not in {"true", "false"}:
        raise Refuse(400, "Invalid include_not_active")
    found = [
        shapes.task(*one)
        for one in _since(call, "task")
        if inactive == "true" or one[1].fields.get("active", True)
    ]
    first = call.number("offset", 0) or 0
    size = call.number("per_page")
    return found[first : None if size is None else first + size]


@route("GET", "/me/workspaces")
def workspaces(call: Call) -> Any:
    floor = (call.number("since", 0) or 0) * SECOND
    return [_workspace(call, *one) for one in _spaces(call) if one[1].at >= floor]


@route("GET", "/workspaces")
def workspaces_alias(call: Call) -> Any:
    return workspaces(call)


@route("GET", "/me/organizations")
def organizations(call: Call) -> Any:
    ids = {row["organization_id"] for row, _ in _spaces(call)}
    return [
        shapes.organization(row, row.now, call.world, call.user)
        for row in call.world.organization.values()
        if row.id in ids and row.is_live
    ]


@route("GET", "/me/time_entries")
def time_entries(call: Call) -> Any:
    query = call.query
    if "since" in query and "before" in query:
        raise Refuse(400, "'since' and 'before' can not be present simultaneously")
    if ("start_date" in query) != ("end_date" in query):
        raise Refuse(400, "start_date and end_date should be provided together")
    meta = call.flag("meta")
    call.flag("include_sharing")
    floor = months_before(int(call.now), 3)
    if "since" in query:
        since = call.number("since") or 0
        _not_before(since, floor)
        return _entries(call, lambda v: v.at >= since * SECOND, gone=True, meta=meta)
    if "before" in query:
        before = _instant(query["before"], "before")
        return _entries(call, lambda v: v.fields["start"] < before, meta=meta)
    if "start_date" in query:
        first = _instant(query["start_date"], "start_date")
        last = _instant(query["end_date"], "end_date")
        _not_before(first, floor)
        return _entries(call, lambda v: first <= v.fields["start"] < last, meta=meta)
    recent = int(call.now) - 9 * DAY
    return _entries(call, lambda v: v.fields["start"] >= recent, meta=meta)


@route("GET", "/me/time_entries/current")
def current(call: Call) -> Any:
    for row, version in _own(call):
        if version.fields["stop"] is None:
            return shapes.entry(row, version, call.world)
    return None


@route("GET", "/me/time_entries/{id}")
def one_entry(call: Call) -> Any:
    row = call.row("entry", call.id("id"), "Resource can not be found", user_id=call.user.id)
    return shapes.entry(row, row.now, call.world, meta=call.flag("meta"))


@route("POST", "/me/time_entries_shared_with")
def shared_with(call: Call) -> Any:
    if not isinstance(call.body, list):
        raise Refuse(400, "Invalid JSON input")
    return []


def _not_before(moment: int, floor: int) -> None:
    if moment < floor:
        raise Refuse(400, f"start_date must not be earlier than {day(floor)}")


def _instant(text: str, name: str) -> int:
    moment = parsed_day(text)
    if moment is None:
        raise Refuse(400, f"the parameter '{name}' is invalid")
    return moment


def _own(call: Call, *, gone: bool = False) -> Iterator[tuple[Row, Version]]:
    for row, version in call.world.entry.seen(call.moment, gone=gone):
        fields = version.fields
        if fields["user_id"] == call.user.id and call.world.is_member(
            call.user.id, fields["workspace_id"]
        ):
            yield row, version


def _entries(call: Call, wanted: Any, *, gone: bool = False, meta: bool = False) -> list[Any]:
    found = [one for one in _own(call, gone=gone) if wanted(one[1])]
    found.sort(key=lambda one: (one[1].fields["start"], one[0].id), reverse=True)
    return [shapes.entry(*one, call.world, meta=meta) for one in found[:CAP]]


def _spaces(call: Call) -> list[tuple[Row, Version]]:
    rows = call.world.workspace.seen(call.moment)
    return [one for one in rows if call.world.is_member(call.user.id, one[0].id)]


def _workspace(call: Call, row: Row, version: Version) -> Any:
    return shapes.workspace(row, version, call.world, call.user)


def _mine(call: Call, kind: str, *, gone: bool = False) -> list[tuple[Row, Version]]:
    rows = call.world.tables[kind].seen(call.moment, gone=gone)
    return [
        one for one in rows if call.world.is_member(call.user.id, one[1].fields["workspace_id"])
    ]


def _since(call: Call, kind: str) -> list[tuple[Row, Version]]:
    """With `since` what changed and what was deleted, without it what is there."""
    since = call.number("since")
    if since is None:
        return _mine(call, kind)
    _not_before(since, months_before(int(call.now), 3))
    return [one for one in _mine(call, kind, gone=True) if one[1].at >= since * SECOND]
