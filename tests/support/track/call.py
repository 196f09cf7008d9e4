"""One request as a handler sees it, and the table of handlers."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.track.reply import Refuse
from tests.support.track.world import Fields, Row, User, World

Handler = Callable[["Call"], Any]
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


@dataclass
class Call:
    """What a handler works with.

    Attributes:
        moment: What a read sees of the past: the present, or earlier on a lagging replica.
        origin: Which local row a create is for; test knowledge, never in an answer.
    """

    world: World
    user: User
    now: float
    moment: int
    ids: dict[str, str]
    query: dict[str, str]
    body: Any
    origin: str | None
    quota: Callable[[], list[Fields]]

    def id(self, name: str) -> int:
        try:
            return int(self.ids[name])
        except ValueError:
            raise Refuse(400, f"Invalid or missing {name}") from None

    @property
    def ws(self) -> int:
        """The workspace of the path, after making sure it may be used."""
        ws = self.id("ws")
        if ws not in self.world.workspace or not self.world.workspace[ws].is_live:
            raise Refuse(404, "Workspace not found/accessible.")
        if not self.world.is_member(self.user.id, ws):
            raise Refuse(403, "User does not have access to this resource.")
        return ws

    @property
    def is_paid(self) -> bool:
        return self.world.plan_of(self.id("ws")) != "free"

    def need_admin(self, words: str) -> None:
        if not self.world.is_admin(self.user.id, self.ws):
            raise Refuse(403, words)

    def need_plan(self, words: str) -> None:
        if not self.is_paid:
            raise Refuse(402, words)

    def row(self, kind: str, rid: int, words: str, *, status: int = 404, **fixed: Any) -> Row:
        """Returns a living row, or refuses with these words."""
        row = self.world.tables[kind].get(rid)
        if row is None or not row.is_live or any(row[k] != v for k, v in fixed.items()):
            raise Refuse(status, words)
        return row

    def fields(self, **types: str) -> Fields:
        """Returns the body as an object whose keys are known and of these types.

        Types: `str int bool float [int] [str] [{}] {}`; with `?` null is allowed. A wrong type is
        answered with the words of Go's decoder, which the real server uses.
        """
        if not isinstance(self.body, dict):
            raise Refuse(400, "Invalid JSON input")
        for name, value in self.body.items():
            kind = types.get(name)
            if kind is None:
                raise Refuse(400, f'Unknown field "{name}"; this test server knows no such key')
            if not fits(value, kind):
                raise Refuse(400, f'Unexpected "{name}" type {_go(value)}, offset=88')
        return dict(self.body)

    def flag(self, name: str) -> bool:
        value = self.query.get(name, "false")
        if value not in {"true", "false"}:
            raise Refuse(400, f"Invalid {name}")
        return value == "true"

    def number(self, name: str, default: int | None = None) -> int | None:
        value = self.query.get(name)
        if value is None:
            return default
        if not re.fullmatch(r"-?\d+", value):
            raise Refuse(400, f"the parameter '{name}' is invalid")
        return int(value)


def fits(value: Any, kind: str) -> bool:
    if kind.endswith("?"):
        return value is None or fits(value, kind[:-1])
    if kind.startswith("["):
        return isinstance(value, list) and all(fits(one, kind[1:-1]) for one in value)
    if kind == "int":
        return type(value) is int
    if kind == "float":
        return type(value) in {int, float}
    return isinstance(value, {"str": str, "bool": bool, "{}": dict}[kind])


def _go(value: Any) -> str:
    names = {str: "string", int: "number", float: "number", bool: "bool", list: "array"}
    return "null" if value is None else names.get(type(value), "object")


def route(method: str, path: str) -> Callable[[Handler], Handler]:
    """Registers a handler for a path with `{names}`."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, pattern, handler))
        return handler

    return register


def find(method: str, path: str) -> tuple[Handler, dict[str, str]]:
    """Returns the handler of a path; 404 and 405 as the real router gives them."""
    known = False
    for verb, pattern, handler in ROUTES:
        found = pattern.fullmatch(path)
        if found and verb == method:
            return handler, found.groupdict()
        known = known or bool(found)
    raise Refuse(
        405 if known else 404, b"405 method not allowed" if known else b"404 page not found"
    )


def decoded(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        raise Refuse(400, "Invalid JSON input") from None
