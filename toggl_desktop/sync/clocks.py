"""What the answers say of the server's clock is kept for whoever makes entries (R39)."""

from typing import Final

from toggl_desktop.domain.clock import SKEW_HINT_SECONDS, ServerClock
from toggl_desktop.store.read import servertime
from toggl_desktop.sync.cycle import Cycle, Moment

_CLOSE_SECONDS: Final = 5


def remember(cycle: Cycle, now: Moment, offset: float | None) -> None:
    """Writes down what the server's clock shows while this machine's differs from it."""
    if offset is None or not now.boot_id:
        return
    old = servertime.known(cycle.store.source)
    is_off = abs(cycle.wall() - now.boot - offset) > SKEW_HINT_SECONDS
    if not is_off and old is None:
        return
    is_same = old is not None and old.boot_id == now.boot_id
    if is_off and old is not None and is_same and abs(old.offset - offset) <= _CLOSE_SECONDS:
        return
    new = ServerClock(now.boot_id, offset) if is_off else None
    with cycle.desk("Look at the clock") as desk:
        desk.tx.step.meta[servertime.KEY] = None if new is None else f"{new.boot_id} {new.offset}"
