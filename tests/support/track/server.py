"""The whole of Toggl Track as one function from request to reply."""

import base64
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from tests.support.track import entries, me, nouns, parts, people, reports, settings
from tests.support.track.call import Call, decoded, find
from tests.support.track.faults import Fault, Seen
from tests.support.track.quota import PER_USER, PLANS, Quota
from tests.support.track.reply import Answer, Refuse, Reply, encoded
from tests.support.track.stamps import SECOND, http_date
from tests.support.track.world import Fields, User, World

HANDLERS = (entries, me, nouns, parts, people, reports, settings)
_API = "/api/v9"
_REPORTS = "/reports/api/v3"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    origin: str | None

    @property
    def pairs(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))

    def seen(self, at: float, status: int, **rest: object) -> Seen:
        return Seen(at, self.method, self.path, self.pairs, status=status, **rest)


class TrackServer:
    """Answers requests the way the real service does, at whatever time it is told.

    Attributes:
        world: What it remembers.
        quota: Who asked how often.
        seen: Every request that arrived, in order.
        faults: What is to go wrong; the first that matches is used.
        burst: Drops the leaking bucket holds before 429; None for no limit.
        totals: Requests an hour by plan, and `me`.
        lag: Seconds that every read is behind.
        skew: Seconds that its clock is ahead, as the Date header tells it.
    """

    def __init__(self, now: float = 0.0, *, burst: int | None = 10) -> None:
        self.world = World(now)
        self.quota = Quota()
        self.seen: list[Seen] = []
        self.faults: list[Fault] = []
        self.burst = burst
        self.totals: dict[str, int] = dict(PLANS, me=PER_USER)
        self.lag = 0.0
        self.skew = 0.0
        self._late: list[tuple[float, Callable[[float], Reply]]] = []

    # -- for tests ---------------------------------------------------------------------------

    def fail(self, *faults: Fault) -> None:
        """Makes something go wrong with the next requests that match."""
        self.faults.extend(faults)

    def heal(self, now: float) -> None:
        """Nothing goes wrong from here on; what was to be acted on late is acted on when due."""
        self.faults.clear()
        self.lag = self.skew = 0.0
        self.settle(now)

    def settle(self, now: float) -> None:
        """Acts on the late requests that are due."""
        due = sorted((one for one in self._late if one[0] <= now), key=lambda one: one[0])
        self._late = [one for one in self._late if one[0] > now]
        for when, act in due:
            act(when)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left that will be acted on late."""
        return not self._late

    def requests(self, method: str = "", path: str = "") -> list[Seen]:
        """Returns what was asked, by verb and a pattern in the path."""
        return [s for s in self.seen if s.method.startswith(method) and re.search(path, s.path)]

    # -- the server --------------------------------------------------------------------------

    def handle(  # noqa: PLR0917 - what a request is made of
        self,
        method: str,
        path: str,
        query: str,
        headers: dict[str, str],
        body: bytes,
        now: float,
        origin: str | None = None,
    ) -> Reply:
        """Answers one request.

        Args:
            path: With its prefix, `/api/v9/me`.
            headers: Names in lower case.
            origin: Which local row this is about; kept beside a created row.
        """
        self.settle(now)
        fault = next((f for f in self.faults if f.hits(method, path)), None)
        self.faults = [f for f in self.faults if f.times > 0]
        lag = self.lag if fault is None or fault.kind != "lag" else fault.seconds

        asked = Asked(method, path, query, headers, body, origin)

        def act(when: float) -> Reply:
            return self._act(asked, when, lag, fault)

        if fault is None:
            return act(now)
        return self._faulty(fault, act, now, asked)

    def _faulty(
        self, fault: Fault, act: Callable[[float], Reply], now: float, asked: Asked
    ) -> Reply:
        if fault.kind in {"refused", "before", "answer", "late", "instead"}:
            if fault.kind != "refused":
                self.seen.append(asked.seen(now, fault.status, fault=fault.kind))
            if fault.kind == "late":
                self._late.append((now + fault.seconds, act))
            if fault.kind == "answer":
                return self._given(fault, now)
            if fault.kind == "instead":
                return _changed(Reply(200, b"", {"Date": http_date(now + self.skew)}), fault)
            return Reply(0, lost=fault.kind)
        reply = act(now)
        if fault.kind == "twice":
            act(now)
        elif fault.kind == "after":
            reply.lost = "after"
        elif fault.kind == "answer_after":
            return self._given(fault, now)
        elif fault.kind == "changed":
            return _changed(reply, fault)
        elif fault.kind == "cut":
            reply.cut, reply.claims_length = fault.size, fault.claims_length
        elif fault.kind == "delay":
            reply.delay = fault.seconds
        elif fault.kind == "drip":
            reply.drip = fault.seconds
        return reply

    def _given(self, fault: Fault, now: float) -> Reply:
        headers = {"Date": http_date(now + self.skew), "Content-Type": fault.content_type}
        return Reply(fault.status, fault.body, headers | fault.headers)

    def _act(self, asked: Asked, now: float, lag: float, fault: Fault | None) -> Reply:
        out = {"Date": http_date(now + self.skew), "X-Service-Level": "GREEN"}
        out |= {
            "Cache-Control": "no-store",
            "X-Toggl-Request-Id": str(uuid.UUID(int=len(self.seen))),
        }
        user: User | None = None
        bucket: str | int | None = None
        value: object = None
        try:
            user = self._who(asked.headers)
            bucket = self._bucket(asked.path)
            if self.burst is not None and not self.quota.drop(user.id, self.burst, now):
                raise Refuse(429, b"Too many requests")
            out |= self._spend(user, bucket, now)
            value = decoded(asked.body)
            handler, ids = find(asked.method, _relative(asked.path))
            behind = asked.method == "GET" and lag > 0
            moment = round((now - lag) * SECOND) if behind else 1 << 62
            call = Call(
                self.world, user, now, moment, ids, asked.pairs, value, asked.origin,
                lambda: self._quota_of(user, now),
            )  # fmt: skip
            answer = handler(call)
            if not isinstance(answer, Answer):
                answer = Answer(200, answer)
        except Refuse as refusal:
            answer = Answer(refusal.status, refusal.body, refusal.headers)
        content, kind = encoded(answer.body)
        self.seen.append(
            asked.seen(
                now,
                answer.status,
                body=value,
                bucket=bucket,
                user=user.id if user else None,
                fault=fault.kind if fault else None,
            )
        )
        return Reply(answer.status, content, {"Content-Type": kind} | out | answer.headers)

    def _who(self, headers: dict[str, str]) -> User:
        given = headers.get("authorization")
        if not given:
            raise Refuse(401, "", {"X-Authorization-Missing": "true"})
        try:
            scheme, coded = given.split(" ", 1)
            name, _, word = base64.b64decode(coded, validate=True).decode().partition(":")
        except ValueError:
            raise Refuse(403, "Incorrect username and/or password") from None
        for user in self.world.users.values():
            if scheme == "Basic" and (name, word) in {
                (user.token, "api_token"),
                (user.email, user.password),
            }:
                return user
        raise Refuse(403, "Incorrect username and/or password", {"X-Remaining-Login-Attempts": "4"})

    def _bucket(self, path: str) -> str | int | None:
        relative = _relative(path)
        if relative.startswith("/me") and relative not in {"/me/location", "/me/quota"}:
            return "me"
        found = re.match(r"/(workspaces?|organizations)/(\d+)", relative)
        if found is None:
            return None
        rid = int(found[2])
        if found[1] == "organizations":
            return rid
        workspace = self.world.workspace.get(rid)
        return None if workspace is None else int(workspace["organization_id"])

    def total(self, bucket: str | int) -> int:
        """Returns how many requests an hour a bucket has."""
        if bucket == "me":
            return self.totals["me"]
        organization = self.world.organization.get(int(bucket))
        return self.totals[str(organization["plan"]) if organization else "free"]

    def _spend(self, user: User, bucket: str | int | None, now: float) -> dict[str, str]:
        if bucket is None:
            return {}
        passes, left, resets = self.quota.spend(user.id, bucket, self.total(bucket), now)
        told = {
            "X-Toggl-Quota-Remaining": str(max(0, left)),
            "X-Toggl-Quota-Resets-In": str(resets),
        }
        if not passes:
            words = (
                "You have hit your hourly limit for API calls. "
                f"The quota will reset in {resets} seconds."
            )
            raise Refuse(402, words.encode(), told)
        return told

    def _quota_of(self, user: User, now: float) -> list[Fields]:
        memberships = self.world.workspace_user.live(user_id=user.id)
        orgs = {self.world.workspace[m["workspace_id"]]["organization_id"] for m in memberships}
        return [
            {
                "organization_id": None if bucket == "me" else bucket,
                "remaining": self.quota.left(user.id, bucket, self.total(bucket), now),
                "resets_in_secs": self.quota.resets_in(user.id, bucket, now),
                "total": self.total(bucket),
            }
            for bucket in ("me", *sorted(orgs))
        ]


def _changed(reply: Reply, fault: Fault) -> Reply:
    if fault.change is not None:
        fault.change(reply)
    return reply


def _relative(path: str) -> str:
    for prefix in (_API, _REPORTS):
        if path.startswith(prefix + "/"):
            return path.removeprefix(prefix)
    return path
