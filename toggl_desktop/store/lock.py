"""The lock that every write and checkpoint of every process takes (sync.md R59).

SQLite before 3.51.3 can damage a WAL when two connections write or checkpoint at one moment. The
operating system releases the lock when a process dies, so a killed one never blocks the next.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store.failures import KEPT, translated

WAIT_SECONDS = 5.0

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class WriteLock:
    """A lock file beside the store; held for one transaction at a time."""

    def __init__(self, path: Path) -> None:
        with translated():
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            self._handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        self._depth = 0

    @contextmanager
    def held(self, wait_seconds: float | None = None) -> Iterator[None]:
        """Holds the lock inside; waits for it, then raises StoreError. May be nested."""
        if self._depth == 0:
            self._acquire(WAIT_SECONDS if wait_seconds is None else wait_seconds)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                _release(self._handle)

    @contextmanager
    def tried(self) -> Iterator[bool]:
        """Holds the lock inside if nobody else does; tells whether it does. Never waits."""
        is_held = _try(self._handle)
        try:
            yield is_held
        finally:
            if is_held:
                _release(self._handle)

    def _acquire(self, wait_seconds: float) -> None:
        deadline = time.monotonic() + wait_seconds
        pause = 0.0002
        while not _try(self._handle):
            if time.monotonic() > deadline:
                raise StoreError(
                    f"Another program has kept the store locked for {wait_seconds:g} seconds. "
                    f"{KEPT} Close it and repeat."
                )
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads waiters, no secret
            pause = min(pause * 2, 0.01)

    def close(self) -> None:
        """Gives the file back."""
        os.close(self._handle)
