"""The one way to a server: checked address and certificate, bounded time and size, one error tree.

Every request of the program goes through `Http.ask`. It waits at the gate (who may ask, and when),
sends, reads, tells the gate what came, and returns an `Answer` or raises a `RemoteError`; nothing
else comes out but cancellation. A request that was cancelled or whose error is an
`AmbiguousError` may have been acted on.

httpx is imported when a client is made, not before.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from urllib.parse import urlsplit

from toggl_desktop.remote.address import (
    USER_AGENT,
    is_loopback,
    name_of,
    plain_query,
    refuse_address,
)
from toggl_desktop.remote.errors import (
    KEPT,
    AmbiguousError,
    CaptiveError,
    NotSentError,
    RemoteError,
    UnreadableError,
)
from toggl_desktop.remote.secret import Basic, authorize
from toggl_desktop.remote.tls import tls_context
from toggl_desktop.remote.verdict import Reply, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    import httpx

    from toggl_desktop.remote.parsing import Rows
    from toggl_desktop.remote.proxy import Proxy

SECONDS: Final = 30.0
MOST_BYTES: Final = 20 * 1024 * 1024
_LOG = logging.getLogger("remote")
_SUBJECT: ContextVar[str | None] = ContextVar("subject", default=None)
T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def about(lid: str) -> Iterator[None]:
    """Names the local row that the requests inside are about: for the log, never on the wire."""
    token = _SUBJECT.set(lid)
    try:
        yield
    finally:
        _SUBJECT.reset(token)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request before it is sent.

    Attributes:
        scope: Whose quota it is counted on: `me`, `workspace/7001`, `organization/6001` or empty.
    """

    method: str
    path: str
    scope: str

    @property
    def writes(self) -> bool:
        """Whether it changes something on the server."""
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back and could be read to its end; only 2xx gets this far.

    Attributes:
        remaining: Requests left in the scope's hour, when the server said so.
        resets_in: Seconds until the hour's window opens again, when it said so.
        server_time: The server's clock, epoch seconds.
        request_id: How the server's people find this request.
        next_page: Whatever the server said about a next page, by header name in lower case.
    """

    ask: Ask
    status: int
    body: bytes = field(repr=False)
    remaining: int | None = None
    resets_in: int | None = None
    server_time: int | None = None
    request_id: str = ""
    next_page: Mapping[str, str] = field(default_factory=dict)

    def rows(self, kind: type[T]) -> Rows[T]:
        """Returns the body as a list. Raises UnreadableError."""
        from toggl_desktop.remote import parsing

        return self._read(lambda: parsing.rows(self.body, kind))

    def one(self, kind: type[T]) -> T:
        """Returns the body as one typed value. Raises UnreadableError."""
        from toggl_desktop.remote import parsing

        return self._read(lambda: parsing.one(self.body, kind))

    def refuse_page(self) -> None:
        """Raises CaptiveError when a page came: then somebody else has answered."""
        if self.body.lstrip()[:1] == b"<":
            raise CaptiveError(f"Something on the way answered instead of the server. {KEPT}")

    def anything(self) -> object:
        """Returns the body as plain JSON; None when it is empty. Raises UnreadableError."""
        from toggl_desktop.remote import parsing

        return self._read(lambda: parsing.anything(self.body)) if self.body else None

    def _read(self, read: Callable[[], R]) -> R:
        from toggl_desktop.remote.parsing import JsonRefusedError

        failure = ""
        try:
            return read()
        except JsonRefusedError as error:
            failure = str(error)
        self.refuse_page()
        raise UnreadableError(f"The server's answer cannot be read: {failure}. {KEPT}")


class Gate(Protocol):
    """Who decides when a request may go, and hears what became of it."""

    async def enter(self, ask: Ask) -> None:
        """Waits until the request may be sent, or raises a RemoteError: it is not sent then."""

    def leave(self, ask: Ask, outcome: Reply | RemoteError) -> None:
        """Takes note of how it ended; a `Reply` also when the server said no."""


class OpenGate:
    """Lets everything pass at once."""

    async def enter(self, ask: Ask) -> None:
        """Does not wait."""

    def leave(self, ask: Ask, outcome: Reply | RemoteError) -> None:
        """Takes no note."""


class Http:
    """A client for one server. Open and close it with `async with`, inside the running loop.

    Args:
        base: The server's address up to and including the API's version.
        basic: Who signs in; None for requests without credentials.
        gate: Who decides when a request may go.
        transport: Something else than the network, for tests in virtual time.
        authority: A file with a company's own certificate authority, in addition to the system's.
        proxy: The way to servers outside, by CONNECT only; None leaves it to the environment.
        seconds: The limit for a request as a whole.
    """

    def __init__(  # noqa: PLR0913
        self,
        base: str,
        basic: Basic | None = None,
        gate: Gate | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        authority: Path | None = None,
        proxy: Proxy | None = None,
        seconds: float = SECONDS,
    ) -> None:
        refusal = refuse_address(base)
        if refusal is not None:
            raise NotSentError(refusal)
        from http.cookiejar import CookieJar, DefaultCookiePolicy

        import httpx

        self._base = base.rstrip("/")
        self._gate: Gate = gate or OpenGate()
        self._seconds = seconds
        self._auth = authorize(basic)
        # A proxy is for what is outside; this computer is reached directly.
        is_outside = not is_loopback(urlsplit(base).hostname or "")
        try:
            self._client = httpx.AsyncClient(
                proxy=proxy.opened() if proxy is not None and is_outside else None,
                verify=tls_context(authority),
                timeout=httpx.Timeout(seconds, connect=min(10.0, seconds)),
                limits=httpx.Limits(max_keepalive_connections=0),  # no answer is taken for another
                # Only gzip, because it is unpacked here, bounded.
                headers={
                    "User-Agent": USER_AGENT,
                    "Accept": "application/json",
                    "Accept-Encoding": "gzip",
                },
                follow_redirects=False,
                trust_env=is_outside and proxy is None,
                transport=transport,
                # Nothing signs in here but the header.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            )
        except (ImportError, ValueError):
            raise NotSentError(
                "The proxy set in the environment is of a kind that is not supported."
            ) from None

    async def __aenter__(self) -> Http:
        """Returns itself; connections are made as needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes what is open."""
        await self.close()

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int | bool | None] | None = None,
        body: object = None,
        base: str | None = None,
    ) -> Answer:
        """Sends one request and returns its answer. Raises a RemoteError for everything else.

        Args:
            method: GET, POST, PUT, PATCH or DELETE.
            path: Below the base, beginning with `/`.
            query: Values that are None are left out.
            body: Anything that JSON can say; None for no body.
            base: Another API of the same service.
        """
        ask = Ask(method, path, scope_of(path))
        await self._gate.enter(ask)
        outcome: Reply | RemoteError = AmbiguousError(f"The request was given up. {KEPT}")
        try:
            outcome = await self._exchange(ask, plain_query(query or {}), body, base or self._base)
        finally:  # also when it is cancelled: it may have been counted
            self._gate.leave(ask, outcome)
        if isinstance(outcome, RemoteError):
            _LOG.info("%s %s failed: %s%s", method, path, type(outcome).__name__, _for())
            raise outcome
        size = len(outcome.body)
        _LOG.info(
            "%s %s %s, %d bytes, request %s%s",
            *(method, path, outcome.status, size, outcome.request_id or "-", _for()),
        )
        refusal = verdict(outcome)
        if refusal is not None:
            raise refusal
        return Answer(
            ask,
            outcome.status,
            outcome.body,
            outcome.remaining,
            outcome.resets_in,
            outcome.server_time,
            outcome.request_id,
            {n: v for n, v in outcome.headers.items() if n.startswith(("x-next", "x-page"))},
        )

    async def _exchange(
        self, ask: Ask, query: dict[str, str], body: object, base: str
    ) -> Reply | RemoteError:
        """Returns what came, or the error; an error is made outside of `except`, without a trace.

        The trace of an httpx error leads to the request and its headers.
        """
        import httpx

        progress = _Progress()
        try:
            async with asyncio.timeout(self._seconds):
                return await self._talk(ask, query, body, base, progress)
        except TimeoutError:
            sentence = f"{name_of(base)} gave no answer in {self._seconds:g} s."
            never = progress.never_sent
        except _TooLargeError:
            return UnreadableError(f"The server's answer is too large to be believed. {KEPT}")
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            from toggl_desktop.remote.why import why

            sentence = why(base, error, self._seconds)
            never = isinstance(error, _before_sending()) or progress.never_sent
        return NotSentError(f"{sentence} {KEPT}") if never else AmbiguousError(f"{sentence} {KEPT}")

    async def _talk(
        self, ask: Ask, query: dict[str, str], body: object, base: str, progress: _Progress
    ) -> Reply:
        from toggl_desktop.remote import parsing

        headers = {"Content-Type": "application/json"}
        if not ask.writes:
            headers["Cache-Control"] = "no-cache"
        request = self._client.build_request(
            ask.method,
            base + ask.path,
            params=query or None,
            content=None if body is None else parsing.written(body),
            headers=headers,
            extensions={"trace": progress.hear, "subject": _SUBJECT.get()},
        )
        response = await self._client.send(request, auth=self._auth, stream=True)
        try:
            content = await _bounded(response)
        finally:
            await response.aclose()
        return Reply(ask.method, ask.path, ask.scope, response.status_code, content).told(
            {name.lower(): value for name, value in response.headers.items()}
        )


def _before_sending() -> tuple[type[Exception], ...]:
    import httpx

    connecting = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
    return (*connecting, httpx.ProxyError, httpx.UnsupportedProtocol, httpx.InvalidURL)


class _TooLargeError(Exception):
    """More came than anything honest would send."""


class _Progress:
    """How far a request came, as httpcore tells it: whether a byte of it can have left."""

    def __init__(self) -> None:
        self._connects = self._sends = False

    async def hear(self, event: str, _info: object) -> None:
        self._connects = self._connects or event.startswith("connection.connect")
        self._sends = self._sends or "send_request_headers" in event

    @property
    def never_sent(self) -> bool:
        return self._connects and not self._sends


async def _bounded(response: httpx.Response) -> bytes:
    """Reads a body to its end, counting what it unpacks to."""
    import zlib

    packed = response.headers.get("Content-Encoding", "identity").strip().lower()
    unpack = zlib.decompressobj(wbits=31) if packed in {"gzip", "x-gzip"} else None
    if unpack is None and packed not in {"identity", ""}:
        raise ValueError("an encoding nobody asked for")
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        try:
            content = part if unpack is None else unpack.decompress(part, MOST_BYTES + 1 - size)
        except zlib.error:
            raise ValueError("the packing is broken") from None
        size += len(content)
        if size > MOST_BYTES:
            raise _TooLargeError
        parts.append(content)
    if unpack is not None and parts and not unpack.eof:
        raise ValueError("the packed body is cut off")
    return b"".join(parts)


def scope_of(path: str) -> str:
    """Returns whose quota a path is counted on, as far as the path tells."""
    words = path.split("/")
    if words[1] == "me":
        return "me"
    if words[1] in {"workspaces", "workspace"} and len(words) > 2:
        return f"workspace/{words[2]}"
    if words[1] == "organizations" and len(words) > 2:
        return f"organization/{words[2]}"
    return ""


def _for() -> str:
    lid = _SUBJECT.get()
    return f", for {lid}" if lid else ""
