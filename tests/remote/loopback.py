"""What every remote test needs: a server on this computer that does exactly as it is told."""

import socket
import ssl
import threading
from collections.abc import Callable

GOOD = b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 14:02:00 GMT\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers each connection with a script, and keeps what it was told.

    Args:
        script: Called with the accepted connection.
        context: TLS for the connection, if any.
    """

    def __init__(
        self, script: Callable[[socket.socket], None], context: ssl.SSLContext | None = None
    ) -> None:
        self._script = script
        self._context = context
        self.heard: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.released = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.released.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line:
                line.settimeout(5)
                try:
                    self._talk(line)
                except OSError:
                    continue  # the other end hung up, as it should

    def _talk(self, line: socket.socket) -> None:
        if self._context is None:
            self._script(line)
            return
        with self._context.wrap_socket(line, server_side=True) as safe:
            self._script(safe)

    def says(self, answer: bytes) -> None:
        """Makes the server read the request and give this answer."""

        def script(line: socket.socket) -> None:
            self.heard.append(line.recv(65536))
            line.sendall(answer)

        self._script = script
