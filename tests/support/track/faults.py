"""What may go wrong, one request at a time, and a record of what was asked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.support.track.reply import Reply

Kind = Literal[
    "refused",  # nobody listens: nothing was sent
    "before",  # the connection dies before the server acts
    "after",  # the server acts, the answer is lost
    "late",  # the answer is lost now, the server acts `seconds` later
    "answer",  # a given answer, and the server does not act
    "answer_after",  # the server acts and gives this answer instead of its own
    "cut",  # the server acts, the body is cut at `size`
    "delay",  # the answer comes `seconds` later
    "drip",  # one byte of the body every `seconds`
    "twice",  # the request is delivered two times
    "changed",  # the server acts, and `change` is done to its answer
    "instead",  # the server does not act, and `change` is done to an empty answer
    "lag",  # this read sees how things were `seconds` ago
]


@dataclass
class Fault:
    """One thing that goes wrong, `times` times, for requests that match.

    Attributes:
        method: Only for this verb; empty for all.
        path: A pattern to find in the path; empty for all.
        skip: Let so many matching requests pass first.
    """

    kind: Kind
    method: str = ""
    path: str = ""
    times: int = 1
    skip: int = 0
    seconds: float = 0.0
    status: int = 500
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    size: int = 1
    claims_length: bool = True
    change: Callable[[Reply], object] | None = None

    def hits(self, method: str, path: str) -> bool:
        """Tells whether this request is the one, and counts it."""
        if self.times <= 0 or self.method not in {"", method} or not re.search(self.path, path):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass(frozen=True)
class Seen:
    """One request that reached the server.

    Attributes:
        bucket: Whose quota it was counted on: `me`, the organization's id, or None.
    """

    at: float
    method: str
    path: str
    query: dict[str, str]
    status: int
    body: object = None
    bucket: str | int | None = None
    user: int | None = None
    fault: str | None = None


HTML = b"<!DOCTYPE html><html><body><h1>Welcome to Hotel WiFi</h1></body></html>"


def captive(**options: object) -> Fault:
    """A hotel's page instead of an answer."""
    return Fault("answer", status=200, body=HTML, content_type="text/html", **options)


def quota_spent(seconds: int = 133, **options: object) -> Fault:
    """402 that means: the hour's requests are used up."""
    words = (
        f"You have hit your hourly limit for API calls. The quota will reset in {seconds} seconds."
    )
    return Fault(
        "answer",
        status=402,
        body=words.encode(),
        content_type="text/plain",
        headers={"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": str(seconds)},
        **options,
    )


def plan_required(**options: object) -> Fault:
    """402 that means: pay for more."""
    words = b'"Billable rates are available for Starter and higher plans."'
    return Fault("answer", status=402, body=words, **options)
