"""What the server sends back, and what goes wrong with it on the way."""

import json
from dataclasses import dataclass, field
from typing import Literal

Loss = Literal["refused", "before", "after", "late"]


@dataclass
class Reply:
    """An answer; `lost` and `cut` are for whoever carries it.

    Attributes:
        lost: The connection was refused, or died before or after the server acted.
        cut: Send only so many bytes of the body.
        claims_length: Whether a cut body still claims its whole length.
        delay: Seconds before the first byte.
        drip: Seconds between one byte of the body and the next.
        raw: Exactly these bytes instead of an answer made from the other fields.
        ends: What becomes of the connection after them.
    """

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    lost: Loss | None = None
    cut: int | None = None
    claims_length: bool = True
    delay: float = 0.0
    drip: float = 0.0
    raw: bytes | None = None
    ends: Literal["kept", "closed", "reset", "silent"] = "kept"

    def json(self) -> object:
        return json.loads(self.body) if self.body else None


class Refuse(Exception):  # noqa: N818 - thrown as an order, not an error
    """An answer other than 200, thrown from deep inside."""

    def __init__(self, status: int, body: object = "", headers: dict | None = None) -> None:
        super().__init__(status, body)
        self.status, self.body, self.headers = status, body, headers or {}


@dataclass
class Answer:
    """A handler's answer that is not plain 200 JSON."""

    status: int = 200
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)


def encoded(body: object) -> tuple[bytes, str]:
    """Returns the bytes and the content type; an empty text is an empty body."""
    if body == "" and isinstance(body, str):
        return b"", "application/json; charset=utf-8"
    if isinstance(body, bytes):
        return body, "text/plain; charset=utf-8"
    return json.dumps(body, ensure_ascii=False).encode(), "application/json; charset=utf-8"
