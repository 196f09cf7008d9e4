"""The server on a port of this computer, so that real sockets break in real ways."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.support.track.reply import Reply
from tests.support.track.server import TrackServer
from tests.support.track.stream import Stream


class Loopback:
    """Serves a `TrackServer` over HTTP on 127.0.0.1; a context manager.

    Args:
        server: Who answers; a new one when not given.
        clock: What the server takes for the time.
        port: Where; 0 chooses a free one.
    """

    def __init__(
        self,
        server: TrackServer | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.track = server or TrackServer(clock())
        self.clock = clock
        self.port = port
        self.stream = Stream(next(iter(self.track.world.users.values())).token)
        self._turn = threading.Lock()
        self._http: ThreadingHTTPServer | None = None
        self.released = threading.Event()
        self.connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """What `TOGGL_TRACK_URL` must be."""
        return f"http://127.0.0.1:{self.port}/api/v9"

    def start(self) -> "Loopback":
        """Begins to listen; after `stop` again on the same port."""
        owner = self

        class Handler(_Handler):
            loopback = owner

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: object, client_address: object) -> None:
                """The other end hung up, as it may."""

        self.released.clear()
        self._http = Server(("127.0.0.1", self.port), Handler)
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Goes away: connections are refused from here on, and those that stand are cut."""
        self.released.set()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    def restart(self) -> None:
        """Goes away and comes back, with all it remembers."""
        self.stop()
        self.start()

    def __enter__(self) -> "Loopback":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Reply:
        parts = urlsplit(target)
        with self._turn:
            return self.track.handle(
                method, parts.path, parts.query, headers, body, self.clock(), None
            )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    loopback: Loopback

    def setup(self) -> None:
        super().setup()
        self.loopback.connections.add(self.connection)

    def finish(self) -> None:
        self.loopback.connections.discard(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def log_message(self, *_arguments: object) -> None:
        """Nothing is written to the terminal."""

    def _serve(self) -> None:
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.close_connection = True
            head = f"{self.requestline}\r\n{self.headers.as_string()}".replace("\r\n", "\n")
            raw = head.rstrip("\n").replace("\n", "\r\n") + "\r\n\r\n"
            self.loopback.stream.serve(self.connection, self.path, raw.encode("latin-1"))
            return
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.loopback.answer(self.command, self.path, headers, body)
        if reply.delay:
            self.loopback.released.wait(reply.delay)
        if reply.lost is not None:
            self._hang_up()
        elif reply.raw is not None:
            self._send_raw(reply)
        else:
            self._send(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        length = len(reply.body)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.cut is None or reply.claims_length:
            if reply.status != 204:
                self.send_header("Content-Length", str(length))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        if reply.drip:
            self._drip(reply)
            return
        self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
        if reply.cut is not None:
            self._hang_up()

    def _send_raw(self, reply: Reply) -> None:
        self.wfile.write(reply.raw or b"")
        if reply.ends == "closed":
            self._hang_up()
        elif reply.ends == "reset":
            self.close_connection = True
            at_once = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
            self.rfile.close()
            self.wfile.close()
            self.connection.close()
        elif reply.ends == "silent":
            self.close_connection = True
            self.loopback.released.wait(30)

    def _drip(self, reply: Reply) -> None:
        for place in range(len(reply.body)):
            if self.loopback.released.wait(reply.drip):
                return
            self.wfile.write(reply.body[place : place + 1])
            self.wfile.flush()

    def _hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
