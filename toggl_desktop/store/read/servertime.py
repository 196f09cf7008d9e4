"""What is known of a server's clock, for every process: asked of the store, not of a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toggl_desktop.domain.clock import ServerClock
from toggl_desktop.store import schema

if TYPE_CHECKING:
    from toggl_desktop.store.source import Source

KEY: Final = "server clock"
"""Meta key: there only while this machine's clock is off by more than a hint is worth."""


def known(source: Source) -> ServerClock | None:
    """Returns what the server's clock shows, where that differs from this machine's."""
    text = schema.meta(source, KEY)
    if text is None:
        return None
    boot_id, _, offset = text.rpartition(" ")
    return ServerClock(boot_id, float(offset))
