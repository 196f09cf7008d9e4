"""What a clock says. Reading it is system/clock.py's work; everybody else is handed a reading."""

from typing import NamedTuple, Protocol

from toggl_desktop.domain.instants import Instant

JUMP_SECONDS = 5
"""Wall clock and time since boot may differ by this much before we call it a jump (R38)."""


class Reading(NamedTuple):
    """One look at the machine's clocks.

    Attributes:
        wall: Seconds since the epoch, UTC, as the machine believes.
        boot: Seconds since boot, suspend included; None where the system has no such clock.
        boot_id: Which boot `boot` counts from; None where unknown.
    """

    wall: Instant
    boot: float | None = None
    boot_id: str | None = None


class Anchor(NamedTuple):
    """Where both clocks stood when an entry was started at “now”."""

    entry: str
    wall: Instant
    boot: float
    boot_id: str


class Clock(Protocol):
    """Anything that can be asked for the time; tests bring their own."""

    def now(self) -> Reading:
        """Returns the present reading."""
        ...


def jumped_seconds(anchor: Anchor | None, now: Reading) -> int:
    """Tells by how many seconds the wall clock was moved since the anchor; 0 when it was not.

    Suspend is no jump: the boot clock counts it. After a reboot nothing can be said, so 0.
    """
    if anchor is None or now.boot is None or now.boot_id != anchor.boot_id:
        return 0
    drift = (now.wall - anchor.wall) - (now.boot - anchor.boot)
    return round(drift) if abs(drift) > JUMP_SECONDS else 0
