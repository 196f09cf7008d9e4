"""One running program for one data directory; a second start speaks to the first.

The lock file is the mutex, the socket only carries words: Qt would let a second `listen()` take
the name of a live socket away, so the socket is touched by nobody but the holder of the lock.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from toggl_desktop.system import doorbell

if TYPE_CHECKING:  # QtNetwork costs 12 ms: it is loaded when somebody can already see the icon
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CALL_MILLISECONDS: Final = 1000
_MAX_CALLERS: Final = 64
_SETTLE_SECONDS: Final = 0.1


class Asked(NamedTuple):
    """Somebody rang: `verb` is one of `doorbell.VERBS`."""

    verb: str


class Instance(QObject):
    """Holds the place of the one running program, or hands a wish to whoever holds it.

    Signals:
        asked(Asked): Another process of the same person wants something.
    """

    asked = Signal(object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        """Prepares for the data directory, which must exist."""
        super().__init__(parent)
        self._data_dir = data_dir
        self._key = doorbell.key(data_dir)
        self._lock: QLockFile | None = None
        self._place: Path | None = None
        self._short: doorbell.ShortPath | None = None
        self._server: QLocalServer | None = None

    @property
    def is_listening(self) -> bool:
        """Whether others can reach this program."""
        return self._server is not None and self._server.isListening()

    def first(self) -> bool:
        """Tells whether this process is the one that may run; others find it once it listens.

        A place in which nothing can be written stops nobody: the program runs, unreachable.
        """
        if self._lock is not None:
            return True
        if doorbell.is_open(self._data_dir):
            return False
        for place in doorbell.places(self._data_dir):
            try:
                doorbell.make_place(place)
            except OSError:
                continue
            lock = QLockFile(str(place / f"{self._key}.lock"))
            lock.setStaleLockTime(0)
            if lock.tryLock(0) or _take_over(lock):
                self._lock, self._place = lock, place
                return True
            if lock.error() is QLockFile.LockError.LockFailedError:
                return False
        return True

    def send(self, verb: str) -> bool:
        """Asks the running program for something; tells whether it agreed, within a second."""
        return doorbell.ring(self._data_dir, verb, is_patient=True)

    def close(self) -> None:
        """Gives the place up: from here on another start is the first."""
        if self._server is not None:
            self._server.close()
        if self._short is not None:
            self._short.close()
            self._short = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def listen(self) -> None:
        """Lets others reach this program; those who rang meanwhile are patient."""
        if self._place is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)
        self._open(self._server, self._place)

    def _open(self, server: QLocalServer, place: Path) -> None:
        if os.name == "posix":
            (place / f"{self._key}.lock").chmod(0o600)
        if sys.platform == "win32":
            server.listen(f"toggl-desktop-{self._key}")
            return
        path = place / f"{self._key}.sock"
        path.unlink(missing_ok=True)  # left by a program that was killed; we hold the lock
        self._short = doorbell.ShortPath(path)
        server.listen(self._short.text)

    def _on_server_new_connection(self) -> None:
        server = self._server
        while server is not None and (socket := server.nextPendingConnection()) is not None:
            caller = _Caller(socket, self)
            caller.spoke.connect(self._on_caller_spoke)
            crowd = len(self.findChildren(_Caller)) > _MAX_CALLERS
            if crowd or not doorbell.is_own_peer(int(socket.socketDescriptor())):
                caller.drop()
            else:
                caller.listen()

    def _on_caller_spoke(self, asked: Asked) -> None:
        self.asked.emit(asked)


class _Caller(QObject):
    """One connection: a single known word within a second, else it is cut.

    Signals:
        spoke(Asked): The word was understood and answered.
    """

    spoke = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._heard = b""
        self._is_done = False
        socket.setParent(self)
        socket.setReadBufferSize(doorbell.MAX_BYTES + 1)
        socket.readyRead.connect(self._on_socket_ready_read)
        socket.disconnected.connect(self._on_socket_disconnected)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._on_patience_timeout)

    def listen(self) -> None:
        """Starts the second that the caller has; the word may have come before we looked."""
        self._patience.start(_CALL_MILLISECONDS)
        self._hear()
        if self._socket.state() is self._socket.LocalSocketState.UnconnectedState:
            self.deleteLater()

    def drop(self) -> None:
        """Cuts the line without a word."""
        self._is_done = True
        self._patience.stop()
        self._socket.abort()
        self.deleteLater()

    def _hear(self) -> None:
        if self._is_done:
            return
        self._heard += bytes(self._socket.readAll().data())
        line, ended, _ = self._heard.partition(b"\n")
        if len(self._heard) > doorbell.MAX_BYTES:
            self.drop()
        elif ended:
            self._answer(line.decode("ascii", "replace"))

    def _answer(self, verb: str) -> None:
        self._is_done = True
        known = verb in doorbell.VERBS
        # Answered before it is done: what is asked for may be to quit, or take a while.
        self._socket.write(b"ok\n" if known else b"no\n")
        self._socket.flush()
        self._socket.disconnectFromServer()
        if known:
            self.spoke.emit(Asked(verb))

    def _on_socket_ready_read(self) -> None:
        self._hear()

    def _on_socket_disconnected(self) -> None:
        self._hear()
        self.deleteLater()

    def _on_patience_timeout(self) -> None:
        self.drop()


def _take_over(lock: QLockFile) -> bool:
    """Takes a lock whose holder is dead although its number lives on; tells whether it did.

    Qt asks only whether a process of that number and name exists. In a container, where numbers
    are small and Python is Python, that is often another one, or even ourselves. The kernel's own
    lock on the file cannot be wrong about it.
    """
    if sys.platform == "win32" or not _is_abandoned(lock):
        return False
    time.sleep(_SETTLE_SECONDS)  # a holder that is just leaving has let go, not yet removed it
    guard = QLockFile(f"{lock.fileName()}.rmlock")  # Qt's own name for this guard
    if not guard.tryLock(0):
        return False
    is_removed = _is_abandoned(lock) and lock.removeStaleLockFile()
    guard.unlock()
    return is_removed and lock.tryLock(0)


def _is_abandoned(lock: QLockFile) -> bool:
    """Tells whether the lock file is complete and no process holds it."""
    import fcntl

    try:
        with Path(lock.fileName()).open("rb") as file:
            if not file.read(1):
                return False  # just made, not yet locked
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
