"""Toggl's realtime socket: it tells that something changed, and nothing more is taken from it.

Toggl does not document it. Two ways to speak to it are known, and which of them a server takes is
found out by trying (contract, 7.1). What an event says is never read: a read of the entries follows
it, through the one owner of the quota.

websockets is imported when a connection is opened, not before.
"""

from __future__ import annotations

import asyncio
import json
import logging
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from toggl_desktop.domain.errors import KnownError
from toggl_desktop.remote.address import USER_AGENT, is_loopback, refuse_address
from toggl_desktop.remote.tls import tls_context

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from websockets.asyncio.client import ClientConnection, connect

    from toggl_desktop.domain.secrets import Secret
    from toggl_desktop.remote.proxy import Proxy

OPEN_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 5.0
"""A wrong token is answered by silence."""

ALIVE_SECONDS: Final = 60.0
"""So often is asked whether the other end is still there."""

MOST_BYTES: Final = 4 * 1024 * 1024
_TOGGL: Final = {"api.track.toggl.com": "track.toggl.com"}
_LOG = logging.getLogger("remote")


class Dialect(NamedTuple):
    """A way to speak to the socket.

    Attributes:
        path: Where it is.
        signs_in_by_header: Whether the upgrade itself carries the token, too.
    """

    path: str
    signs_in_by_header: bool

    def greeting(self, token: Secret) -> str:
        """Returns the first message: who it is."""
        if self.signs_in_by_header:
            parameters = {"api_token": token.reveal()}
            return json.dumps({"action": "authenticate", "parameters": parameters})
        return json.dumps({"type": "authenticate", "api_token": token.reveal()})


DIALECTS: Final = (Dialect("/stream", False), Dialect("/websockets", True))  # noqa: FBT003


@dataclass(frozen=True, slots=True)
class Way:
    """How the socket is reached: as everything else of this server."""

    url: str
    authority: Path | None = None
    proxy: Proxy | None = None


class StreamError(Exception):
    """The connection could not be made, or is no more; no word of it needs to be told."""


def address(track_url: str, dialect: Dialect) -> str:
    """Returns where the socket of a server is. Raises StreamError for what is not spoken to."""
    if refuse_address(track_url) is not None:
        raise StreamError("address")
    parts = urlsplit(track_url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    host = _TOGGL.get(parts.netloc, parts.netloc)
    return urlunsplit((scheme, host, dialect.path, "", ""))


async def listen(
    way: Way,
    dialect: Dialect,
    token: Secret,
    *,
    opened: Callable[[], None],
    news: Callable[[], None],
) -> None:
    """Keeps one connection until it ends, and tells of each event.

    Args:
        way: How to get there.
        dialect: How to speak there.
        token: Who it is.
        opened: Called when the server has taken the token.
        news: Called for each event.

    Raises:
        StreamError: Always, in the end; it says nothing that came from outside.
    """
    from websockets.exceptions import WebSocketException

    try:
        async with _connection(way, dialect, token) as socket:
            await socket.send(dialect.greeting(token))
            await _hear(socket, dialect, opened, news)
    except (WebSocketException, OSError, ImportError, ValueError, KnownError) as error:
        # Words of these errors may hold an address with a proxy's password: its kind is enough.
        _LOG.info("realtime: %s ended by %s", dialect.path, type(error).__name__)
    raise StreamError("ended")


async def _hear(
    socket: ClientConnection,
    dialect: Dialect,
    opened: Callable[[], None],
    news: Callable[[], None],
) -> None:
    is_open = False
    async with asyncio.timeout(ANSWER_SECONDS) as limit:
        if dialect.signs_in_by_header:  # the upgrade was the answer
            is_open = True
            limit.reschedule(None)
            opened()
        async for message in socket:
            kind = _kind(message)
            if kind == "ping":
                await socket.send('{"type": "pong"}')
            elif kind and not is_open:
                is_open = True
                limit.reschedule(None)
                opened()
            if kind == "event":
                news()


def _kind(message: str | bytes) -> str:
    """Returns what a message is: a ping, a session, an event, or empty for anything else."""
    try:
        said = json.loads(message)
    except ValueError:  # also what is no UTF-8
        return ""
    if not isinstance(said, dict):
        return ""
    if "type" in said:
        return "ping" if said["type"] == "ping" else ""
    if "session_id" in said:
        return "session"
    return "event" if "model" in said or "event_type" in said else ""


def _proxy(proxy: Proxy | None) -> str | Literal[True]:
    """Returns a proxy's address with what it wants; the environment's where none was named."""
    if proxy is None:
        return True
    parts = urlsplit(proxy.url)
    if not proxy.user:
        return proxy.url
    who = f"{quote(proxy.user, safe='')}:{quote(proxy.password, safe='')}"
    return urlunsplit((parts.scheme, f"{who}@{parts.netloc}", "", "", ""))


def _silent() -> logging.Logger:
    """Returns a log that takes nothing: the library would write down every frame, tokens too."""
    found = logging.getLogger("remote.realtime")
    found.disabled = True
    return found


def _connection(way: Way, dialect: Dialect, token: Secret) -> connect:
    from typing_extensions import override
    from websockets.asyncio.client import connect
    from websockets.typing import Origin

    class Straight(connect):
        """Goes where it was sent and nowhere else: the token follows in the first message."""

        @override
        def process_redirect(self, exc: Exception) -> Exception | str:
            return exc

    url = address(way.url, dialect)
    host = urlsplit(url).hostname or ""
    headers = {}
    if dialect.signs_in_by_header:
        basic = b64encode(f"{token.reveal()}:api_token".encode()).decode()
        headers["Authorization"] = f"Basic {basic}"
    return Straight(
        url,
        origin=Origin("https://track.toggl.com"),
        additional_headers=headers,
        user_agent_header=USER_AGENT,
        compression=None,
        proxy=None if is_loopback(host) else _proxy(way.proxy),
        ssl=tls_context(way.authority) if url.startswith("wss:") else None,
        open_timeout=OPEN_SECONDS,
        close_timeout=2,
        ping_interval=ALIVE_SECONDS,
        ping_timeout=ALIVE_SECONDS,
        max_size=MOST_BYTES,
        logger=_silent(),
    )
