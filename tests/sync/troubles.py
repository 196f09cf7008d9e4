"""Everything that may go wrong with one request, by name, and which requests there are.

A trouble is a function that returns fresh faults for requests of one verb to one path. What it is
expected to lead to is said beside it; everything else is the same for all of them (`matrix.play`).
"""

import gzip
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from tests.support.track.faults import HTML, Fault, captive, plan_required, quota_spent
from tests.support.track.reply import Reply
from tests.support.track.stamps import http_date

YEAR = 365 * 86_400


# What is asked --------------------------------------------------------------------------------

_W = "^/api/v9/workspaces/7001"
_PLACES = {
    "client": f"{_W}/clients",
    "project": rf"{_W}/projects(/\d+)?$",
    "tag": f"{_W}/tags",
    "task": rf"{_W}/projects/\d+/tasks",
    "time_entry": f"{_W}/time_entries",
}
READS = {
    "names": r"^/api/v9/me$",
    "entries": "^/api/v9/me/time_entries$",
    "running": "^/api/v9/me/time_entries/current$",
    "client": "^/api/v9/me/clients$",
    "project": "^/api/v9/me/projects$",
    "tag": "^/api/v9/me/tags$",
    "task": "^/api/v9/me/tasks$",
}
TARGETS = {
    **{f"read {name}": ("GET", path) for name, path in READS.items()},
    **{f"create {kind}": ("POST", path) for kind, path in _PLACES.items()},
    **{f"update {kind}": ("PUT", path) for kind, path in _PLACES.items()},
    **{f"delete {kind}": ("DELETE", path) for kind, path in _PLACES.items()},
    "patch time_entry": ("PATCH", _PLACES["time_entry"]),
}


# What goes wrong ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trouble:
    """A way for a request to fail.

    Attributes:
        make: Returns the fault, for a verb and a path.
        holds: Whether a write is refused by it, so that a person is asked.
        seconds: How long a request may take, of real time; short where nothing comes.
        update: Whether a newer version must be started (this one is told to leave it alone).
        sign_in: Whether somebody has to sign in again.
        verbs: Which verbs it is about; empty for all.
        doubles: Whether the server itself makes two of one, or a person who repeats what it did
            and refused.
        lies: Whether it says that something is gone which is there: the edit is kept aside then.
    """

    make: Callable[[str, str], Fault]
    holds: bool = False
    seconds: float = 10.0
    update: bool = False
    sign_in: bool = False
    verbs: tuple[str, ...] = ()
    doubles: bool = False
    lies: bool = False
    times: int = 2


def plain(kind, **options):
    return lambda method, path: Fault(kind, method, path, **options)


def answer(status, body=b"", kind="application/json; charset=utf-8", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda method, path: Fault(
        "answer", method, path, status=status, body=body, content_type=kind, headers=named
    )


def changed(change, *, acts=True):
    return lambda method, path: Fault("changed" if acts else "instead", method, path, change=change)


def raw(content, ends="closed", *, acts=True):
    def change(reply: Reply) -> None:
        reply.raw = content(reply) if callable(content) else content
        reply.ends = ends

    return changed(change, acts=acts)


def head(reply, *more, length=None, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", *(f"{n}: {v}" for n, v in reply.headers.items()), *more]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def body(change):
    """Changes the body of the server's own answer."""

    def do(reply: Reply) -> None:
        reply.body = change(reply.body)

    return changed(do)


def header(name, value):
    def do(reply: Reply) -> None:
        reply.headers[name] = value

    return changed(do)


def later(seconds):
    """The server's Date header is wrong by so much."""

    def do(reply: Reply) -> None:
        now = parsedate_to_datetime(reply.headers["Date"]).timestamp()
        reply.headers["Date"] = http_date(now + seconds)

    return changed(do)


def rows(change):
    """Changes every object of the answer that has an id."""

    def walk(value):
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, dict):
            found = {name: walk(one) for name, one in value.items()}
            return change(found) if "id" in found else found
        return value

    return body(lambda raw: json.dumps(walk(json.loads(raw))).encode() if raw else raw)


def _with(**more):
    return rows(lambda row: row | more)


def _without(*names):
    return rows(lambda row: {k: v for k, v in row.items() if k not in names})


def packed(content):
    def do(reply: Reply) -> None:
        reply.body, reply.headers["Content-Encoding"] = content(reply.body), "gzip"

    return changed(do)


def _bomb(_body):
    packer = zlib.compressobj(9, wbits=31)
    part = packer.compress(bytes(1 << 20))
    return part + b"".join(packer.compress(bytes(1 << 20)) for _ in range(60)) + packer.flush()


_bomb_once: list[bytes] = []


def _nothing(reply: Reply) -> None:
    reply.status, reply.body = 204, b""


def bomb(raw_body):
    if not _bomb_once:
        _bomb_once.append(_bomb(raw_body))
    return _bomb_once[0]


HUGE = b"[" + b'{"id":1,"description":"' + b"x" * 1000 + b'"},' + b"0" * (50 << 20) + b"]"
TLS_ALERT = struct.pack(">BHHBB", 21, 0x0303, 2, 2, 40)

TROUBLES: dict[str, Trouble] = {
    # The connection
    "refused": Trouble(plain("refused")),
    "dropped before": Trouble(plain("before")),
    "dropped after": Trouble(plain("after")),
    "acted on 70 s late": Trouble(plain("late", seconds=70)),
    "reset before": Trouble(raw(b"", "reset", acts=False)),
    "reset after": Trouble(raw(b"", "reset")),
    "reset in the head": Trouble(raw(b"HTTP/1.1 200 OK\r\nDa", "reset")),
    "reset in the body": Trouble(raw(lambda r: head(r, length=99) + b"[{", "reset")),
    "half open": Trouble(raw(b"", "silent"), seconds=0.25),
    "half open before": Trouble(raw(b"", "silent", acts=False), seconds=0.25),
    "stops in the head": Trouble(raw(b"HTTP/1.1 200 OK\r\nDate: Mo", "silent"), seconds=0.25),
    "stops in the body": Trouble(
        raw(lambda r: head(r, length=len(r.body) + 1) + r.body, "silent"), seconds=0.25
    ),
    "delayed": Trouble(plain("delay", seconds=3), seconds=0.25),
    "drips": Trouble(plain("drip", seconds=0.05), seconds=0.25),
    "only 100 Continue": Trouble(raw(b"HTTP/1.1 100 Continue\r\n\r\n", "silent"), seconds=0.25),
    "100 Continue first": Trouble(
        raw(
            lambda r: b"HTTP/1.1 100 Continue\r\n\r\n" + head(r, length=len(r.body)) + r.body,
        )
    ),
    "not HTTP": Trouble(raw(b"SSH-2.0-OpenSSH_9.6\r\n", acts=False)),
    "a TLS alert": Trouble(raw(TLS_ALERT, acts=False)),
    "a senseless status line": Trouble(raw(b"HTTP/1.1 2OO fine\r\n\r\n")),
    "status 999": Trouble(raw(lambda r: head(r, length=0, status="999 Odd"))),
    "a flood of headers": Trouble(
        raw(lambda r: head(r, *(f"X-{n}: {'y' * 100}" for n in range(20_000)), length=0))
    ),
    "one endless header": Trouble(raw(lambda r: head(r, "X-Long: " + "y" * 3_000_000, length=0))),
    "answered twice": Trouble(
        raw(lambda r: (head(r, length=len(r.body)) + r.body) * 2, "kept"),
    ),
    "delivered twice": Trouble(plain("twice"), doubles=True, times=1),
    # The body
    "cut with a length": Trouble(plain("cut", size=15)),
    "cut without a length": Trouble(plain("cut", size=15, claims_length=False)),
    "cut to nothing": Trouble(plain("cut", size=0, claims_length=False)),
    "shorter than it says": Trouble(raw(lambda r: head(r, length=len(r.body) + 50) + r.body)),
    "longer than it says": Trouble(raw(lambda r: head(r, length=5) + r.body)),
    "a broken chunk": Trouble(
        raw(lambda r: head(r, "Transfer-Encoding: chunked") + b"zz\r\n" + r.body)
    ),
    "an unfinished chunk": Trouble(
        raw(lambda r: head(r, "Transfer-Encoding: chunked") + b"5\r\n[{\"id")
    ),
    "empty": Trouble(body(lambda _: b"")),
    "null": Trouble(body(lambda _: b"null")),
    "object": Trouble(body(lambda _: b"{}")),
    "list": Trouble(body(lambda _: b"[]")),
    "text": Trouble(body(lambda _: b'"ok"')),
    "number": Trouble(body(lambda _: b"5")),
    "a list of nulls": Trouble(body(lambda _: b"[null,null,null]")),
    "lists in lists": Trouble(body(lambda raw_body: b"[[" + raw_body + b"]]")),
    "captive portal": Trouble(lambda m, p: captive(method=m, path=p)),
    "captive portal as JSON": Trouble(answer(200, HTML)),
    "captive portal after acting": Trouble(body(lambda _: HTML)),
    "a wrong charset": Trouble(body(lambda b: b.replace(b'"', b'"\xff', 1) if b else b"\xff")),
    "UTF-16": Trouble(body(lambda b: b.decode().encode("utf-16"))),
    "a byte order mark": Trouble(body(lambda b: b"\xef\xbb\xbf" + b)),
    "a wrong type": Trouble(header("Content-Type", "text/html; charset=latin-1")),
    "NaN": Trouble(body(lambda b: b.replace(b"{", b'{"x": NaN, ', 1) if b"{" in b else b"NaN")),
    "Infinity": Trouble(_with(estimated_seconds=float("inf"))),
    "100,000 deep": Trouble(body(lambda _: b"[" * 100_000 + b"]" * 100_000)),
    "100,000 deep inside": Trouble(
        body(lambda b: b.replace(b"{", b'{"x":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001, 1))
    ),
    "a number of 5,000 digits": Trouble(
        body(lambda b: b.replace(b"{", b'{"id2": ' + b"9" * 5000 + b", ", 1) if b"{" in b else b)
    ),
    "ids of 5,000 digits": Trouble(body(lambda _: b'[{"id": ' + b"9" * 5000 + b"}]")),
    "ids beyond 64 bits": Trouble(_with(id=2**63)),
    "ids that are text": Trouble(rows(lambda row: row | {"id": str(row["id"])})),
    "ids with a fraction": Trouble(rows(lambda row: row | {"id": row["id"] + 0.5})),
    "ids below zero": Trouble(rows(lambda row: row | {"id": -row["id"]})),
    "duplicate keys": Trouble(
        body(lambda b: b.replace(b"{", b'{"id": 1, "name": null, ', 1)),
    ),
    "unknown keys": Trouble(_with(mood="blue", kind=7, extra={"deep": [1, {"er": None}]})),
    "an unknown status": Trouble(_with(status="quantum", role="emperor", rate_change_mode="x")),
    "no id": Trouble(_without("id")),
    "no names and texts": Trouble(_without("name", "description")),
    "no workspace": Trouble(_without("workspace_id", "wid")),
    "no times": Trouble(_without("start", "stop", "at", "duration")),
    "packed": Trouble(packed(gzip.compress)),
    "packed and cut": Trouble(packed(lambda b: gzip.compress(b)[:-6])),
    "packed twice over": Trouble(packed(lambda b: gzip.compress(gzip.compress(b)))),
    "a bomb": Trouble(packed(bomb)),
    "fifty megabytes": Trouble(body(lambda _: HUGE)),
    # The headers
    "Date a year ahead": Trouble(later(YEAR), times=1),
    "Date a year back": Trouble(later(-YEAR), times=1),
    "Date a year back for long": Trouble(later(-YEAR), times=40),
    "Date a year ahead for long": Trouble(later(YEAR), times=40),
    "Date is garbage": Trouble(header("Date", "yesterday, or so")),
    "Date beyond all": Trouble(header("Date", "Mon, 23 Nov 99999 14:02:00 GMT")),
    "a quota that is garbage": Trouble(header("X-Toggl-Quota-Remaining", "many")),
    "a quota beyond all": Trouble(header("X-Toggl-Quota-Remaining", "999999999")),
    "a quota below zero": Trouble(header("X-Toggl-Quota-Remaining", "-5")),
    "a reset in thirty years": Trouble(header("X-Toggl-Quota-Resets-In", "946080000")),
    # What the server says
    **{
        str(status): Trouble(answer(status, b'"No, thanks"'), holds=True)
        for status in (400, 403, 409, 415, 422, 451)
    },
    "400 page": Trouble(answer(400, HTML, "text/html"), holds=True),
    "404": Trouble(answer(404, b'"Not found"'), holds=True, times=1, lies=True),
    "404 thrice": Trouble(answer(404, b'"Not found"'), holds=True, times=3, lies=True),
    "401": Trouble(answer(401), sign_in=True),
    "402 quota": Trouble(lambda m, p: quota_spent(method=m, path=p)),
    "402 quota for thirty years": Trouble(
        lambda m, p: quota_spent(946_080_000, method=m, path=p)
    ),
    "402 plan": Trouble(lambda m, p: plan_required(method=m, path=p), holds=True),
    "405": Trouble(answer(405), update=True),
    "408": Trouble(answer(408)),
    "410": Trouble(answer(410), update=True),
    "418": Trouble(answer(418), update=True),
    "429": Trouble(answer(429, b"slow down", "text/plain")),
    "429 for years": Trouble(answer(429, Retry_After="99999999")),
    "429 with a date": Trouble(answer(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT")),
    **{str(status): Trouble(answer(status, b'"busy"')) for status in (500, 502, 503, 504)},
    **{str(status): Trouble(answer(status, HTML, "text/html")) for status in (520, 521, 522, 525)},
    "503 after acting": Trouble(lambda m, p: Fault("answer_after", m, p, status=503)),
    "409 after acting": Trouble(
        lambda m, p: Fault("answer_after", m, p, status=409, body=b'"It is so already"'),
        holds=True,
        doubles=True,
    ),
    "301": Trouble(answer(301, Location="http://127.0.0.1:1/elsewhere")),
    "302 to a login": Trouble(answer(302, Location="/login")),
    "307": Trouble(answer(307, Location="https://evil.example/steal")),
    "308 loop": Trouble(answer(308, Location="/api/v9/me"), times=6),
    "304": Trouble(answer(304)),
    "204 with nothing": Trouble(changed(_nothing)),
}  # fmt: skip


@dataclass
class Case:
    """One fault with one request."""

    trouble: str
    target: str
    bad: list[str] = field(default_factory=list)

    @property
    def makes_sense(self):
        """Whether the trouble is about such a request."""
        verbs = TROUBLES[self.trouble].verbs
        return not verbs or TARGETS[self.target][0] in verbs


def cases():
    """Returns every combination."""
    return [Case(trouble, target) for trouble in TROUBLES for target in TARGETS]
