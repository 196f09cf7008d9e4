"""Toggl Track in memory and in virtual time, with everything that goes wrong on the way to it.

Rows are the wire's own objects. What commits late, what an answer loses, what a replica shows too
late: all is drawn from one random number generator, so that a seed is a history.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

from tests.sync import fake_glances
from tests.sync.fake_faults import NONE, Counts, Faults
from toggl_desktop.sync.api import ApiError, Meta, Said
from toggl_desktop.sync.mapping import moment
from toggl_desktop.sync.reconcile import Outcome, classify

WS, ORG, USER = 7001, 6001, 5001
HOUR = 3600
POISON = "poison"


class Step:
    """What the driver of a turn is handed at every await: a place where it may stop or kill."""

    def __init__(self, name):
        self.name = name

    def __await__(self):
        yield self


def stamp(t: float) -> str:
    return datetime.fromtimestamp(t, UTC).isoformat()


class Server:
    """The server: what it has, what it will have, what it shows."""

    def __init__(self, world, random: Random):
        self.world = world
        self.random = random
        self.faults = NONE
        self.quota = 10**9
        self.next_id = 1000
        self.rows: dict[str, dict[int, dict[str, Any]]] = {
            kind: {} for kind in ("workspace", "client", "project", "tag", "task", "time_entry")
        }
        self.rows["workspace"][WS] = {
            "id": WS, "organization_id": ORG, "name": "Work", "premium": False, "admin": True,
            "at": stamp(world.t),
        }  # fmt: skip
        self.origin: dict[int, object] = {}
        self.late: list[tuple[float, Callable[[], Any]]] = []
        self.shown: dict[int, tuple[float, dict[str, Any] | None]] = {}
        self._last_shown: dict[int, dict[str, Any]] = {}
        self.used: dict[str, list[float]] = {}
        self.banned_until: dict[str, float] = {}
        self.counts = Counts()
        self.trampled: list[object] = []
        self.blind: set[str] = set()
        self.broken_rules: list[str] = []
        self.locked: dict[int, str | None] = {}
        self.closed: set[int] = set()

    # What it does ----------------------------------------------------------------------------

    def tick(self):
        """Lets what commits late commit, each at its own time."""
        due = [one for one in self.late if one[0] <= self.world.t]
        self.late = [one for one in self.late if one[0] > self.world.t]
        present = self.world.t
        for at, commit in sorted(due, key=lambda one: one[0]):
            self.world.t = at
            with contextlib.suppress(ApiError):
                commit()
        self.world.t = present

    def _refuse(self, status, text="", method="POST", remaining=None):
        outcome = classify(method, status, text, remaining)
        meta = Meta(int(self.world.t), remaining)
        return ApiError(outcome, status, text, meta)

    def _touch(self, kind, row):
        if kind == "time_entry":
            until = 0.0
            if self.faults.lag and self.random.random() < self.faults.lag:
                until = self.world.t + self.random.uniform(0, 8)
                self.counts.hit("shown late")
            seen_until, seen = self.shown.get(row["id"], (0.0, None))
            old = seen if seen_until > self.world.t else self._last_shown.get(row["id"])
            self.shown[row["id"]] = (until, old)
        row["at"] = stamp(self.world.t)
        if kind == "time_entry":
            self._last_shown[row["id"]] = dict(row)

    def is_from(self, rid, t):
        """Says that a row has not changed since long ago."""
        row = self.rows["time_entry"][rid]
        row["at"] = stamp(t)
        self._last_shown[rid] = dict(row)
        self.shown.pop(rid, None)

    def live(self, kind="time_entry"):
        return [r for r in self.rows[kind].values() if not r.get("server_deleted_at")]

    def _let_in(self, kind, row):
        """Lets nobody into a workspace that is closed to this account."""
        if row.get("workspace_id", row.get("wid", WS)) in self.closed:
            raise self._refuse(403, "cannot access workspace")

    def _is_shown(self, row):
        home = row["id"] if "organization_id" in row else row.get("workspace_id", row.get("wid"))
        return home not in self.closed

    def create(self, kind, body, origin):
        self._let_in(kind, body)
        self._check(kind, body, None)
        if kind == "time_entry" and body.get("stop") is None:
            self._stop_running(None)
        self.next_id += 1
        row = {"id": self.next_id, "server_deleted_at": None, **self._filled(kind, body)}
        self.rows[kind][row["id"]] = row
        self.origin[row["id"]] = origin
        self._touch(kind, row)
        return dict(row)

    def _filled(self, kind, body):
        body = {k: v for k, v in body.items() if k != "created_with"}
        blank = {
            "time_entry": {
                "workspace_id": WS, "description": "", "stop": None, "project_id": None,
                "task_id": None, "tag_ids": None, "billable": False,
            },
            "project": {
                "workspace_id": WS, "color": "#0b83d9", "client_id": None, "billable": False,
                "active": True,
            },
            "client": {"wid": WS, "archived": False},
            "tag": {"workspace_id": WS},
            "task": {"active": True, "estimated_seconds": None},
        }[kind]  # fmt: skip
        return blank | body

    def _check(self, kind, body, row):
        text = body.get("description") or body.get("name") or ""
        if text.startswith(POISON):
            raise self._refuse(400, "That is not allowed")
        if text.startswith("Unknown "):
            self.broken_rules.append(f"a {kind} was sent under its stand-in's name")
        for name, of in (("project_id", "project"), ("client_id", "client")):
            rid = body.get(name)
            if rid is not None and not self._is_live(of, rid):
                raise self._refuse(400, f"{of} cannot be accessed")
        if not all(self._is_live("tag", rid) for rid in body.get("tag_ids") or ()):
            raise self._refuse(400, "Tag was not found")
        if kind in {"project", "client", "tag"} and "name" in body:
            home = body.get("client_id", (row or {}).get("client_id"))
            for other in self.live(kind):
                same = other["name"].lower() == body["name"].lower()
                if kind == "project":
                    same = same and other.get("client_id") == home
                if same and other is not row and _space(other) == _space(body | (row or {})):
                    raise self._refuse(400, f"{kind} name has already been taken")

    def _is_live(self, kind, rid):
        row = self.rows[kind].get(rid)
        return row is not None and not row.get("server_deleted_at")

    def _stop_running(self, but):
        for row in self.live():
            if row["stop"] is None and row["id"] != but:
                row["stop"] = stamp(max(moment(row["start"]), int(self.world.t)))
                self._touch("time_entry", row)

    def update(self, kind, rid, body, guard=None):
        row = self.rows[kind].get(rid)
        if row is None or row.get("server_deleted_at"):
            raise self._refuse(404, "not found", "PUT")
        self._let_in(kind, row)
        self._check(kind, body, row)
        body = {k: v for k, v in body.items() if k not in {"duration", "workspace_id"}}
        if guard is not None:
            guard(row, body)
        if "stop" in body and body["stop"] is None and row["stop"] is not None:
            self._stop_running(rid)
        row.update(body)
        self._touch(kind, row)
        return dict(row)

    def delete(self, kind, rid):
        row = self.rows[kind].get(rid)
        if row is None or row.get("server_deleted_at"):
            raise self._refuse(404, "not found", "DELETE")
        self._let_in(kind, row)
        row["server_deleted_at"] = stamp(self.world.t)
        self._touch(kind, row)
        if kind == "project":
            for entry in self.live():
                if entry["project_id"] == rid:
                    entry["project_id"] = None
                    self._touch("time_entry", entry)
        if kind == "tag":
            for entry in self.live():
                if rid in (entry["tag_ids"] or ()):
                    entry["tag_ids"] = [t for t in entry["tag_ids"] if t != rid]  # `at` stays

    def since(self, kind, since):
        found = []
        for row in filter(self._is_shown, self.rows[kind].values()):
            shown = row
            until, old = self.shown.get(row["id"], (0.0, None))
            if kind == "time_entry" and until > self.world.t:
                shown = old
            if shown is None:
                continue
            at = datetime.fromisoformat(shown["at"]).timestamp()
            if since is None:
                if not shown.get("server_deleted_at"):
                    found.append(dict(shown))
            elif at >= since:
                found.append(dict(shown))
        return found

    def between(self, start, end):
        low, high = moment(start), moment(end)
        rows = [r for r in self.since("time_entry", None) if low <= moment(r["start"]) < high]
        return sorted(rows, key=lambda r: r["start"], reverse=True)[:1000]

    # The way to it ---------------------------------------------------------------------------

    def call(self, who, scope, name, work, *, method):
        """One request, with what may go wrong on its way and on the way back."""
        world, random, _faults = self.world, self.random, self.faults
        world.t += random.uniform(0.05, 2)
        self.tick()
        self.counts.requests += 1
        self.counts.writes += method != "GET"
        self.counts.by_call[name] = self.counts.by_call.get(name, 0) + 1
        if world.t < self.banned_until.get(who, 0):
            self.broken_rules.append(f"{who} asked during a ban")
        self._before(who, method)
        used = [t for t in self.used.get(scope, []) if t > world.t - HOUR]
        self.used[scope] = used
        if len(used) >= self.quota:
            self.counts.hit("402 quota")
            text = "You have hit your hourly limit for API calls."
            resets = int(used[0] + HOUR - world.t) + 1
            error = self._refuse(402, text, method, 0)
            error.meta = Meta(int(world.t), 0, resets)
            raise error
        used.append(world.t)
        self._late_or_lost(work, method)
        body = work()
        remaining = self.quota - len(used) if self.quota < 10**6 else None
        return Said(body, Meta(int(world.t), remaining, HOUR))

    def _before(self, who, method):
        x, faults = self.random.random(), self.faults
        if faults is NONE:
            return
        for share, status in (
            (faults.drop_before, None), (faults.slow_down, 429), (faults.broken, 503),
            (faults.token, 401),
        ):  # fmt: skip
            if x < share:
                self.counts.hit("dropped before" if status is None else f"{status} before")
                if status is None:
                    raise ApiError(classify(method, 500), None, "the line broke")
                if status == 429:
                    self.banned_until[who] = self.world.t + 55
                raise self._refuse(status, "", method)
            x -= share

    def _late_or_lost(self, work, method):
        if self.faults is NONE:
            return
        x, faults = self.random.random(), self.faults
        if method == "GET":
            if x < faults.lose_read:
                self.counts.hit("read lost")
                raise ApiError(classify(method, 500), None, "the answer was lost")
            return
        if x < faults.lose_answer:
            self.counts.hit("done, answer lost")
            with contextlib.suppress(ApiError):
                work()
            raise ApiError(classify(method, 500), None, "the answer was lost")
        if x < faults.lose_answer + faults.late:
            self.counts.hit("done late")
            at = self.world.t + self.random.uniform(1, faults.latest)
            self.late.append((at, work))
            raise ApiError(classify(method, 500), None, "no answer in time")


class FakeApi:
    """The door of one client to the server."""

    def __init__(self, server: Server, who: str):
        self.server, self.who = server, who
        self.origin: object = None
        self.guards = {}
        self.answers = 0
        self.seen_at = float("-inf")

    async def _call(self, scope, name, work, method="GET"):
        await Step(f"before {name}")
        try:
            said = self.server.call(self.who, scope, name, work, method=method)
        except ApiError as error:
            self.answers += error.outcome in {Outcome.REFUSED, Outcome.GONE, Outcome.DONE}
            raise
        self.answers += 1
        if name in {"since", "between", "edited"}:
            self.seen_at = self.server.world.t
        await Step(f"after {name}")
        return said

    async def me(self, *, related):
        def work():
            body = {"id": USER, "default_workspace_id": WS, "created_at": "2023-01-01T00:00:00Z"}
            if related:
                for kind in ("workspace", "client", "project", "tag"):
                    body[f"{kind}s"] = self.server.since(kind, None) or None
            return body

        return await self._call("me", "me", work)

    async def entries_since(self, since):
        return await self._call("me", "since", lambda: self.server.since("time_entry", since))

    async def entries_between(self, start, end):
        return await self._call("me", "between", lambda: self.server.between(start, end))

    async def older(self, page):
        said = await self._call("org", "older", lambda: fake_glances.older(self.server, page))
        rows, after = said.body
        return said._replace(body=rows), after

    async def edited(self, page):
        return await self._call("org", "edited", lambda: fake_glances.edited(self.server))

    async def activity(self, workspace):
        work = lambda: fake_glances.activity(self.server, USER)  # noqa: E731
        return await self._call("org", "activity", work)

    async def current(self):
        def work():
            return next((dict(r) for r in self.server.live() if r["stop"] is None), None)

        return await self._call("me", "current", work)

    async def things_since(self, kind, since):
        return await self._call("me", f"{kind}s", lambda: self.server.since(kind, since))

    async def preferences(self, workspace):
        work = lambda: {"report_locked_at": self.server.locked.get(workspace)}  # noqa: E731
        return await self._call("org", "preferences", work)

    async def create(self, kind, where, body):
        origin = self.origin
        home = {"task": {"project_id": where.project}, "client": {"wid": where.workspace}}
        body = {**body, **home.get(kind, {"workspace_id": where.workspace})}
        work = lambda: self.server.create(kind, body, origin)  # noqa: E731
        return await self._call("org", f"create {kind}", work, "POST")

    async def update(self, kind, where, rid, body):
        guard = self.guards.get(rid)
        work = lambda: self.server.update(kind, rid, body, guard)  # noqa: E731
        return await self._call("org", f"update {kind}", work, "PUT")

    async def delete(self, kind, where, rid):
        work = lambda: self.server.delete(kind, rid)  # noqa: E731
        return await self._call("org", f"delete {kind}", work, "DELETE")

    async def patch_entries(self, workspace, rids, operations):
        guards = self.guards

        def work():
            body = {op["path"][1:]: op["value"] for op in operations}
            success, failure = [], []
            for rid in rids:
                try:
                    self.server.update("time_entry", rid, body, guards.get(rid))
                    success.append(rid)
                except ApiError as error:
                    failure.append({"id": rid, "message": error.text})
            return {"success": success, "failure": failure}

        return await self._call("org", "patch", work, "PATCH")


def _space(row):
    return row.get("workspace_id", row.get("wid", WS))


__all__ = ["NONE", "Counts", "FakeApi", "Faults", "Server"]
