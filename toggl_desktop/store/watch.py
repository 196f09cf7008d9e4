"""Waiting for what other processes commit, without asking again and again.

Linux tells when a file in the profile's directory is written. The log is written a moment before
what it holds counts, so a few looks follow every such moment, each later than the one before.
Elsewhere, and where the kernel has no watches left, the wait ends ten times a second: whoever waits
asks `PRAGMA data_version` then, which costs microseconds.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from toggl_desktop.store.place import Place

if TYPE_CHECKING:
    from types import TracebackType

_LOOKS: Final = (0.002, 0.01, 0.03, 0.1, 0.3)
_ASK_SECONDS: Final = 0.1
_READABLE: Final = getattr(select, "POLLIN", 1)
_NON_BLOCKING_CLOSED_ON_EXEC: Final = 0o2004000
_MODIFY, _MOVED, _CREATE, _DELETE = 0x2, 0xC0, 0x100, 0x200
_GONE, _ONLY_DIRECTORY = 0x400 | 0x800, 0x01000000
_MASK: Final = _MODIFY | _MOVED | _CREATE | _DELETE | _GONE | _ONLY_DIRECTORY


class Watch:
    """Tells when the store of a place may have changed. It may say so once too often, never less.

    Attributes:
        is_told: Whether the system tells us; otherwise `wait` returns ten times a second.
    """

    def __init__(self, place: Place) -> None:
        self._directory = place.directory
        self._descriptor = _inotify(os.fsencode(place.directory))
        self._looks: list[float] = []

    @property
    def is_told(self) -> bool:
        """Whether the system tells us of changes."""
        return self._descriptor is not None

    def wait(
        self, seconds: float | None = None, readable: Iterable[int] = (), ends: Iterable[int] = ()
    ) -> frozenset[int]:
        """Returns when the store may have changed, the time is up, or a descriptor has news.

        Args:
            seconds: At most so long; None means as long as it takes.
            readable: File descriptors that have news when there is something to read.
            ends: File descriptors that have news when nobody is at the other end any more.

        Returns:
            The descriptors that have news.
        """
        limit = self._looks.pop(0) if self._looks else None
        if self._descriptor is None:
            limit = _ASK_SECONDS
        if limit is not None:
            seconds = limit if seconds is None else min(seconds, limit)
        wanted = dict.fromkeys(ends, 0) | dict.fromkeys(readable, _READABLE)
        if self._descriptor is not None:
            wanted[self._descriptor] = _READABLE
        ready = _ready(seconds, wanted)
        if self._descriptor in ready:
            self._drain()
        return frozenset(d for d in ready if d != self._descriptor)

    def _drain(self) -> None:
        assert self._descriptor is not None
        self._looks = list(_LOOKS)
        try:
            while os.read(self._descriptor, 65536):
                pass
        except BlockingIOError:
            pass
        if not self._directory.is_dir():
            self.close()  # it was moved or deleted: from here on we ask

    def close(self) -> None:
        """Gives the watch back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _inotify(directory: bytes) -> int | None:
    """Returns a descriptor that has news when something in the directory is written, or None."""
    if sys.platform != "linux":
        return None
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    descriptor: int = libc.inotify_init1(_NON_BLOCKING_CLOSED_ON_EXEC)
    if descriptor < 0:
        return None
    if libc.inotify_add_watch(descriptor, directory, ctypes.c_uint32(_MASK)) < 0:
        os.close(descriptor)
        return None
    return descriptor


def _ready(seconds: float | None, wanted: dict[int, int]) -> frozenset[int]:
    """Returns which descriptors have news within the time; a broken one always has."""
    if not hasattr(select, "poll"):
        time.sleep(_ASK_SECONDS if seconds is None else seconds)
        return frozenset()
    poll = select.poll()
    for descriptor, mask in wanted.items():
        poll.register(descriptor, mask)
    milliseconds = None if seconds is None else max(0, seconds) * 1000
    return frozenset(descriptor for descriptor, _ in poll.poll(milliseconds))
