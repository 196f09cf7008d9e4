"""The server under an httpx client, without sockets and in whatever time the test keeps."""

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx

from tests.support.track.reply import Reply
from tests.support.track.server import TrackServer


class InProcess(httpx.AsyncBaseTransport):
    """Carries requests to a `TrackServer` and loses them as told.

    Args:
        server: Who answers.
        now: Reads the test's clock, in seconds.
        sleep: Waits in the test's time; for answers that come late.
        on_arrival: Called after each request was handled; a test kills or cancels from here.
    """

    def __init__(
        self,
        server: TrackServer,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] | None = None,
        on_arrival: Callable[[httpx.Request], None] | None = None,
    ) -> None:
        self._server, self._now, self._sleep, self._arrived = server, now, sleep, on_arrival

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = b"".join([part async for part in request.stream])
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = self._server.handle(
            request.method,
            request.url.path,
            request.url.query.decode(),
            headers,
            body,
            self._now(),
            request.extensions.get("subject"),
        )
        if self._arrived is not None:
            self._arrived(request)
        if reply.delay and self._sleep is not None:
            await self._sleep(reply.delay)
        if reply.lost == "refused":
            raise httpx.ConnectError("connection refused", request=request)
        if reply.lost is not None:
            raise httpx.ReadError("connection reset", request=request)
        return httpx.Response(
            reply.status, headers=reply.headers, stream=_Body(reply), request=request
        )


class _Body(httpx.AsyncByteStream):
    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def __aiter__(self) -> AsyncIterator[bytes]:
        body, cut = self._reply.body, self._reply.cut
        yield body if cut is None else body[:cut]
        if cut is not None and self._reply.claims_length:
            raise httpx.RemoteProtocolError("peer closed connection without sending all of it")


def squeezed(body: bytes) -> bytes:
    """Returns a gzip body, for answers that grow when they are read."""
    packer = zlib.compressobj(wbits=31)
    return packer.compress(body) + packer.flush()
