"""What a server's answer means: nothing wrong, or which branch of the error tree."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from toggl_desktop.remote import errors
from toggl_desktop.remote.errors import KEPT, RemoteError
from toggl_desktop.remote.probe import server_time

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_WORDS: Final = 500
REST_SECONDS: Final = 60
HOUR_SECONDS: Final = 3600
_QUOTA = re.compile(r"hourly limit|quota will reset", re.IGNORECASE)
_SECONDS = re.compile(r"reset in (\d{1,6}) seconds", re.IGNORECASE)
_PLAN = re.compile(r"\b(plans?|premium|starter|enterprise|paid|upgrade|feature)\b", re.IGNORECASE)
_WORD_KEYS = ("error_message", "message", "error", "description", "errors")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer of whatever status, without anything secret in it."""

    method: str
    path: str
    scope: str
    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    remaining: int | None = None
    resets_in: int | None = None
    server_time: int | None = None
    request_id: str = ""

    def told(self, headers: Mapping[str, str]) -> Reply:
        """Returns it with what its headers say (names in lower case)."""
        return replace(
            self,
            headers={n: v for n, v in headers.items() if n not in {"set-cookie", "authorization"}},
            remaining=_number(headers.get("x-toggl-quota-remaining")),
            resets_in=_within_the_hour(_number(headers.get("x-toggl-quota-resets-in"))),
            server_time=server_time(headers.get("date")),
            request_id=_HIDDEN.sub("", headers.get("x-toggl-request-id", ""))[:64],
        )


def verdict(reply: Reply) -> RemoteError | None:
    """Returns the error an answer stands for; None when it did what was asked."""
    status = reply.status
    if 200 <= status < 300:
        return None
    if status < 200 or 300 <= status < 400:
        return errors.CaptiveError(
            f"Something on the way redirects to another place ({status}), perhaps a login page of "
            f"this network; it is not followed. {KEPT}"
        )
    if status >= 500 or status == 408:
        return errors.ServerTroubleError(
            f"Toggl has a problem of its own ({status}). {KEPT}", status
        )
    return _no(reply)


def _no(reply: Reply) -> RemoteError:
    said = words(reply.body, reply.headers.get("content-type", ""))
    match reply.status:
        case 401:
            return _not_signed_in(said)
        case 402:
            return _pay_or_wait(reply, said)
        case 403 if reply.path in {"/me", "/me/logged"} or (
            "x-authorization-missing" in reply.headers
            or "x-remaining-login-attempts" in reply.headers
        ):
            return _not_signed_in(said)
        case 405 | 410:
            return errors.EndpointGoneError(
                "Toggl no longer answers this way of asking. "
                f"{KEPT} A newer Toggl Desktop is needed."
            )
        case 418:
            return errors.ClientRefusedError(
                f"Toggl does not speak to this version of Toggl Desktop. {KEPT} Update it."
            )
        case 429:
            asked = _number(reply.headers.get("retry-after")) or 0
            rest = min(max(REST_SECONDS, asked), HOUR_SECONDS)
            return errors.TooManyError(f"Toggl asks for a pause of {rest} seconds. {KEPT}", rest)
    kind = {
        403: errors.ForbiddenError,
        404: errors.GoneError,
        409: errors.ConflictError,
    }.get(reply.status, errors.TurnedDownError)
    sentence = f"Toggl refused: {said or f'no reason given ({reply.status})'}"
    return kind(_ended(sentence), reply.status, said, reply.request_id)


def _not_signed_in(said: str) -> RemoteError:
    reason = f" ({said})" if said else ""
    return errors.AuthRefusedError(
        f"Toggl does not accept the sign-in{reason}. {KEPT} Sign in again."
    )


def _pay_or_wait(reply: Reply, said: str) -> RemoteError:
    """402 means two things; the text decides, and where it says nothing, the header."""
    names_quota = bool(_QUOTA.search(said))
    is_spent = reply.remaining is not None and reply.remaining <= 0
    if names_quota or (is_spent and not _PLAN.search(said)):
        found = _SECONDS.search(said)
        seconds = reply.resets_in if reply.resets_in is not None else None
        if seconds is None and found:
            seconds = _within_the_hour(int(found[1]))
        until = f" New ones come in {_minutes(seconds)}." if seconds is not None else ""
        return errors.QuotaSpentError(
            f"Toggl's requests for this hour are used up.{until} {KEPT}", reply.scope, seconds
        )
    return errors.PlanRequiredError(
        _ended(f"The workspace's plan does not include this: {said or 'a paid plan is needed'}"),
        reply.status,
        said,
        reply.request_id,
    )


def words(body: bytes, content_type: str = "") -> str:
    """Returns the server's own sentence from any form of body: one clean line, or empty."""
    text = body[:20_000].decode("utf-8", "replace").strip()
    if not text or text.startswith("<") or "html" in content_type:
        return ""
    if text[0] in '"{[':
        with suppress(ValueError, RecursionError):  # plain text may begin like JSON
            text = _said(json.loads(text))
    return _HIDDEN.sub(" ", text).strip()[:MOST_WORDS]


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value[:10])))
    if isinstance(value, dict):
        return next((_said(value[key]) for key in _WORD_KEYS if value.get(key)), "")
    return ""


def _number(text: str | None) -> int | None:
    if text is None or not re.fullmatch(r"\s*-?\d{1,9}\s*", text):
        return None
    return int(text)


def _within_the_hour(seconds: int | None) -> int | None:
    """Returns a time that an hour's window can take; whatever else is said is no time."""
    return None if seconds is None else min(max(0, seconds), HOUR_SECONDS)


def _minutes(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"{seconds} seconds" if seconds < 60 else f"{minutes} min"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
