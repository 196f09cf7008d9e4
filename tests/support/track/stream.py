"""The realtime socket beside the loopback server: takes a token, tells of events, or misbehaves."""

import contextlib
import json
import logging
import socket
import threading
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.frames import Opcode
from websockets.server import ServerProtocol

_QUIET = logging.getLogger("tests.realtime")
_QUIET.disabled = True  # it would put what it hears among what the program under test writes down


class Stream:
    """Speaks with whoever opens the socket.

    Attributes:
        mode: `good`; `refuses` (403 to the upgrade); `silent` (takes it and never says a word);
            `elsewhere` (redirects).
        paths: Where it is; others are answered 404.
        greeted: The first messages that came, whole.
        upgrades: The request heads that came.
        pongs: How many pings of its own were answered.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self.mode = "good"
        self.paths = ["/stream"]
        self.greeted: list[str] = []
        self.upgrades: list[str] = []
        self.pongs = 0
        self._lock = threading.Lock()
        self._lines: list[tuple[socket.socket, ServerProtocol]] = []

    @property
    def open(self) -> int:
        """How many have said who they are and are still there."""
        return len(self._lines)

    def tell(self, **event: Any) -> None:
        """Sends an event to everybody."""
        self._send(json.dumps(event or {"action": "UPDATE", "model": "time_entry", "data": {}}))

    def ping(self) -> None:
        """Asks whether they are there, the way Toggl does."""
        self._send('{"type": "ping"}')

    def drop(self) -> None:
        """Hangs up on everybody."""
        for line, _ in list(self._lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _send(self, text: str) -> None:
        with self._lock:
            for line, protocol in self._lines:
                protocol.send_text(text.encode())
                self._flush(line, protocol)

    def _flush(self, line: socket.socket, protocol: ServerProtocol) -> None:
        with contextlib.suppress(OSError):
            for part in protocol.data_to_send():
                if part:
                    line.sendall(part)

    # One connection -------------------------------------------------------------------------

    def serve(self, line: socket.socket, path: str, head: bytes) -> None:
        """Speaks until the other end or the test ends it; `head` is the request as it came."""
        self.upgrades.append(head.decode("latin-1"))
        if self.mode == "refuses" or path not in self.paths:
            status = "403 Forbidden" if path in self.paths else "404 Not Found"
            line.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        if self.mode == "elsewhere":
            where = "ws://127.0.0.1:9/stream"
            answer = f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n"
            line.sendall(answer.encode())
            return
        protocol = ServerProtocol(logger=_QUIET)
        protocol.receive_data(head)
        (request,) = protocol.events_received()
        protocol.send_response(protocol.accept(request))
        self._flush(line, protocol)
        pair = (line, protocol)
        try:
            while True:
                data = line.recv(65536)
                with self._lock:
                    protocol.receive_data(data) if data else protocol.receive_eof()
                    for frame in protocol.events_received():
                        if frame.opcode in {Opcode.TEXT, Opcode.BINARY}:
                            self._hear(pair, frame.data.decode())
                    self._flush(line, protocol)
                if not data or protocol.close_expected():
                    return
        except (OSError, WebSocketException):
            return
        finally:
            with self._lock:
                if pair in self._lines:
                    self._lines.remove(pair)

    def _hear(self, pair: tuple[socket.socket, ServerProtocol], text: str) -> None:
        said = json.loads(text)
        if said.get("type") == "pong":
            self.pongs += 1
            return
        self.greeted.append(text)
        token = said.get("api_token") or said.get("parameters", {}).get("api_token")
        if self.mode == "silent" or token != self.token:
            return
        self._lines.append(pair)
        pair[1].send_text(b'{"session_id": "s-1"}')
