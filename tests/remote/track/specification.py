"""The official specification as a judge of requests, where it lies beside the checkout.

What it says wrongly is listed here one by one, with who knows better; everything else must fit.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CONTRACT = Path(__file__).parents[3].parent / "shared" / "contract"
FILES = ("toggl-track-v9.swagger.json", "toggl-reports-v3.swagger.json")
IS_HERE = all((CONTRACT / name).exists() for name in FILES)

QUERY_SAID_TO_BE_FORM = {
    "GET /me/clients", "GET /me/tags", "GET /me/tasks", "GET /me/workspaces", "GET /me/projects",
    "GET /me/projects/paginated", "GET /me/favorites", "GET /me/preferences/{client}",
    "GET /organizations/{organization_id}/workspaces/{workspace_id}/workspace_users",
}  # fmt: skip
"""Filters marked `in: formData` that are query parameters (contract, section 0, a)."""

NOT_REALLY_REQUIRED = {
    "GET /workspaces/{workspace_id}/projects": {
        "name", "page", "sort_field", "sort_order", "only_templates", "sort_pinned", "search",
    },
    "GET /organizations/{organization_id}/workspaces/{workspace_id}/workspace_users": {
        "name", "search",
    },
}  # fmt: skip
"""Parameters marked as required that every client leaves out (section 0, a and b)."""

THREE_VALUED = {
    "GET /workspaces/{workspace_id}/projects": {"active"},
    "GET /workspaces/{workspace_id}/tasks": {"active"},
}
"""Parameters typed boolean that also take `both`, as the text beside them or clients say."""

UNDOCUMENTED_QUERY = {
    "GET /workspaces/{workspace_id}/clients": {"page", "per_page"},
}
"""Parameters that work and are not written down (contract 3.3, reported)."""

BODY_WITHOUT_SCHEMA = {
    "PATCH /workspaces/{workspace_id}/time_entries/{time_entry_ids}",
    "PATCH /workspaces/{workspace_id}/projects/{project_ids}",
    "PUT /me/favorites",  # described as an array, typed as one object
}
"""Bodies whose schema is missing or is not what the text beside it says."""

NULLABLE = {"project_id", "task_id", "client_id", "stop"}
"""Fields where null clears; the specification marks none of them (contract, section 2)."""


@dataclass
class Spoken:
    """One endpoint as specified."""

    endpoint: str
    query: dict[str, Any] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    body: Any = None
    takes_body: bool = False


@cache
def endpoints() -> dict[str, Spoken]:
    found: dict[str, Spoken] = {}
    for name in FILES:
        document = json.loads((CONTRACT / name).read_text())
        for path, verbs in document["paths"].items():
            for verb, about in verbs.items():
                if verb in {"get", "post", "put", "patch", "delete"}:
                    one = _spoken(f"{verb.upper()} {path}", about, document)
                    found[one.endpoint] = one
    return found


def _spoken(endpoint: str, about: Any, document: Any) -> Spoken:
    one = Spoken(endpoint)
    forms = endpoint in QUERY_SAID_TO_BE_FORM
    for parameter in about.get("parameters", ()):
        place = parameter["in"]
        if place == "query" or (place == "formData" and forms):
            one.query[parameter["name"]] = parameter
            if parameter.get("required"):
                one.required.add(parameter["name"])
        elif place == "body":
            one.body, one.takes_body = _resolved(parameter["schema"], document), True
    one.required -= NOT_REALLY_REQUIRED.get(endpoint, set())
    return one


def _resolved(schema: Any, document: Any) -> Any:
    """Returns a schema with its references followed."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _resolved(document["definitions"][name], document)
    if "allOf" in schema:
        merged: dict[str, Any] = {"type": "object", "properties": {}}
        for part in schema["allOf"]:
            merged["properties"] |= _resolved(part, document).get("properties", {})
        return merged
    solved = dict(schema)
    if "properties" in schema:
        solved["properties"] = {
            name: _resolved(value, document) for name, value in schema["properties"].items()
        }
    if "items" in schema:
        solved["items"] = _resolved(schema["items"], document)
    return solved


def endpoint_of(method: str, path: str) -> str:
    """Returns the most literal template that a real path fits."""
    path = path.removeprefix("/api/v9")
    fitting = []
    for endpoint in endpoints():
        verb, template = endpoint.split(" ", 1)
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if verb == method and re.fullmatch(pattern, path):
            fitting.append(endpoint)
    many = re.search(r"/\d+(,\d+)+", path) is not None
    fitting.sort(key=lambda e: (e.count("{"), many != e.endswith("s}")))
    return fitting[0] if fitting else f"{method} {path}"


def complaints(method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
    """Returns what the specification has against a request."""
    name = endpoint_of(method, path)
    spoken = endpoints().get(name)
    if spoken is None:
        return [f"{name} is not in the specification"]
    extra = set(query) - set(spoken.query) - UNDOCUMENTED_QUERY.get(name, set())
    wrong = [f"{name}: no query parameter {one}" for one in sorted(extra)]
    wrong += [f"{name}: {one} is required" for one in sorted(spoken.required - set(query))]
    for one, value in query.items():
        kind = spoken.query.get(one, {}).get("type")
        if kind == "integer" and not re.fullmatch(r"-?\d+", value):
            wrong.append(f"{name}: {one} is no integer")
        if kind == "boolean" and not _is_boolean(name, one, value):
            wrong.append(f"{name}: {one} is no boolean")
    if name in BODY_WITHOUT_SCHEMA or body is None:
        return wrong
    if not spoken.takes_body:
        return [*wrong, f"{name}: takes no body"]
    return wrong + [f"{name}: {one}" for one in _unfit(body, spoken.body, "body")]


def _is_boolean(endpoint: str, name: str, value: str) -> bool:
    third = {"both"} if name in THREE_VALUED.get(endpoint, ()) else set()
    return value in {"true", "false"} | third


def _unfit(value: Any, schema: Any, where: str) -> list[str]:
    kind = schema.get("type", "object")
    if value is None:
        return [] if where.rsplit(".", 1)[-1] in NULLABLE else [f"{where} is null"]
    types = {
        "integer": int, "number": (int, float), "string": str, "boolean": bool, "array": list,
        "object": dict,
    }  # fmt: skip
    if not isinstance(value, types[kind]) or (kind != "boolean" and isinstance(value, bool)):
        return [f"{where} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where} is none of {schema['enum']}"]
    if kind == "array":
        items = schema.get("items", {})
        return [w for i, one in enumerate(value) for w in _unfit(one, items, f"{where}[{i}]")]
    if kind != "object" or not schema.get("properties"):
        return []
    wrong = []
    for name, inner in value.items():
        if name not in schema["properties"]:
            wrong.append(f"{where}.{name} is not in the specification")
        else:
            wrong += _unfit(inner, schema["properties"][name], f"{where}.{name}")
    return wrong
