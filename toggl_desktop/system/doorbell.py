"""Where the running program can be reached, and how to ring it. No Qt: the command line rings too.

The program that runs for a data directory listens in the first of two folders that is safe:
`$XDG_RUNTIME_DIR/app/toggl-desktop`, else `run` inside the data directory. Both are ours alone, so
nobody else can take the name first. What may be asked is a fixed word; nothing else is understood.
"""

import os
import stat
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

VERBS: Final = frozenset(
    {"show", "plan", "palette", "start-last", "stop", "quit", "sync", "changed"}
)
"""What can be asked. `changed` says that the store has news; the others are a person's wishes."""

MAX_BYTES: Final = 4096
"""Longest message that is read at all."""

_SUN_PATH_BYTES = 104 if sys.platform == "darwin" else 108
_PATIENCE_STEP_SECONDS = 0.02


def key(data_dir: Path) -> str:
    """Returns the name that this data directory goes by; links to it share the name.

    Raises:
        OSError: There is no such directory.
    """
    # Device and inode are the directory's own identity, and cost no import of hashlib.
    info = data_dir.stat()
    return f"{info.st_dev:x}-{info.st_ino:x}"


def places(data_dir: Path) -> tuple[Path, ...]:
    """Returns the folders in which lock and socket may be, best first."""
    inside = data_dir / "run"
    runtime = _runtime_dir()
    return (inside,) if runtime is None else (runtime / "app" / "toggl-desktop", inside)


def make_place(place: Path) -> None:
    """Makes sure that the folder exists and is ours alone.

    Raises:
        OSError: It cannot be made, or somebody else could change what is in it.
    """
    for folder in (place.parent, place):
        folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix":
        _refuse_foreign(place.parent.stat())
        _refuse_foreign(place.lstat())
        place.chmod(0o700)


def ring(data_dir: Path, verb: str, seconds: float = 1.0, *, is_patient: bool = False) -> bool:
    """Asks the running program for something; tells whether it said yes within the seconds.

    Args:
        data_dir: Which program: the one that runs for this data.
        verb: One of `VERBS`.
        seconds: The longest this may take.
        is_patient: Whether to keep trying while the program is still starting.

    Raises:
        ValueError: The verb is none of `VERBS`.
    """
    if verb not in VERBS:
        raise ValueError(f"“{verb}” is nothing that the running program can be asked")
    end = time.monotonic() + seconds
    while True:
        for path in _sockets(data_dir):
            answer = _say(path, verb, max(end - time.monotonic(), 0.001))
            if answer:
                return answer == b"ok"
        if not is_patient or time.monotonic() >= end:
            return False
        time.sleep(_PATIENCE_STEP_SECONDS)


def poke(data_dir: Path) -> bool:
    """Tells the running program that the store has news, without waiting for its answer."""
    return any(
        _say(path, "changed", 0.2, wants_answer=False) is not None for path in _sockets(data_dir)
    )


def is_open(data_dir: Path) -> bool:
    """Tells whether the program runs for this data right now."""
    return any(_say(path, None, 0.2) is not None for path in _sockets(data_dir))


class ShortPath:
    """A path that fits into a socket address, however long the real one is.

    Linux reaches a folder by an open descriptor too, so a socket deep down keeps a short name
    while this object is open. Elsewhere a path that does not fit stays as it is and is refused.
    """

    def __init__(self, path: Path) -> None:
        self._folder = -1
        self.text = str(path)
        if sys.platform == "linux" and len(os.fsencode(path)) >= _SUN_PATH_BYTES:
            self._folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            self.text = f"/proc/self/fd/{self._folder}/{path.name}"

    def close(self) -> None:
        """Gives the descriptor back; the short name means nothing afterwards."""
        if self._folder >= 0:
            os.close(self._folder)
            self._folder = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_own_peer(descriptor: int) -> bool:
    """Tells whether the other end of a connected socket belongs to the same person.

    Where the system cannot tell, the folder's mode has to be enough.
    """
    if sys.platform != "linux":
        return True
    import socket
    from struct import calcsize, unpack

    with socket.socket(fileno=os.dup(descriptor)) as peer:
        raw = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, calcsize("3i"))
    return int(unpack("3i", raw)[1]) == os.geteuid()


def _runtime_dir() -> Path | None:
    """Returns the person's own runtime directory, or None where there is none to be trusted."""
    if os.name != "posix":
        return None
    # A login by ssh or a job of cron may lack the variable and still share the data.
    named = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.geteuid()}"
    try:
        _refuse_foreign(Path(named).stat())
    except OSError:
        return None
    return Path(named) if named.startswith("/") else None


def _refuse_foreign(info: os.stat_result) -> None:
    if not stat.S_ISDIR(info.st_mode) or info.st_uid != os.geteuid() or info.st_mode & 0o022:
        raise PermissionError("not a folder that only this person can change")


def _sockets(data_dir: Path) -> list[Path]:
    """Returns the sockets that exist for this data; a dead one may be among them."""
    try:
        name = key(data_dir)
    except OSError:
        return []
    if sys.platform == "win32":
        return [Path(rf"\\.\pipe\toggl-desktop-{name}")]
    return [path for place in places(data_dir) if (path := place / f"{name}.sock").exists()]


if sys.platform == "win32":

    def _say(
        path: Path, verb: str | None, seconds: float, *, wants_answer: bool = True
    ) -> bytes | None:
        """Returns what the program answered, perhaps nothing; None when nobody listens."""
        from toggl_desktop.system.deadline import within

        def talk() -> bytes | None:
            with path.open("r+b", buffering=0) as pipe:
                if verb is None:
                    return b""
                pipe.write(verb.encode("ascii") + b"\n")
                return (pipe.readline(MAX_BYTES) or b"").strip() if wants_answer else b""

        return within(seconds, talk).value

else:

    def _say(
        path: Path, verb: str | None, seconds: float, *, wants_answer: bool = True
    ) -> bytes | None:
        """Returns what the program answered, perhaps nothing; None when nobody listens."""
        import socket

        try:
            with ShortPath(path) as short, socket.socket(socket.AF_UNIX) as line:
                line.settimeout(seconds)
                line.connect(short.text)
                if not is_own_peer(line.fileno()):
                    return None
                if verb is None:
                    return b""
                line.sendall(verb.encode("ascii") + b"\n")
                return line.recv(MAX_BYTES).strip() if wants_answer else b""
        except BlockingIOError:
            return b""  # so many wait at the door that there is no room to queue
        except OSError:
            return None
