"""Tells whoever listens in this process what a committed step touched. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toggl_desktop.domain.changes import ChangeSet

Listener = Callable[["ChangeSet"], None]


class Feed:
    """Publishes after commit, in order; a listener gets every set exactly once."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> None:
        """Adds a listener; it is called on the thread that committed or caught up."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Removes a listener."""
        self._listeners.remove(listener)

    def publish(self, changes: ChangeSet) -> None:
        """Hands a set to every listener, even when one of them fails; then that failure leaves."""
        with ExitStack() as stack:
            for listener in reversed(self._listeners):
                stack.callback(listener, changes)
