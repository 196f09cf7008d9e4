"""What a clock says. Reading it is system/clock.py's work; everybody else is handed a reading."""

from typing import NamedTuple, Protocol

from toggl_desktop.domain.instants import Instant

SKEW_SECONDS = 120
"""From here on what is started and stopped by a click counts by the server's clock (R39)."""

SKEW_HINT_SECONDS = 30
"""From here on a person is told that the machine's clock is wrong."""

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


class ServerClock(NamedTuple):
    """What a server's clock shows, told by the seconds since a boot: a moved clock changes nothing.

    Attributes:
        boot_id: Which boot.
        offset: The server's clock when that boot began, epoch seconds.
    """

    boot_id: str
    offset: float

    def ahead(self, now: Reading) -> int:
        """Returns by how many seconds the machine's clock is ahead; 0 where that is not known."""
        if now.boot is None or now.boot_id != self.boot_id:
            return 0
        return round(now.wall - now.boot - self.offset)


def corrected(now: Reading, server: ServerClock | None) -> Reading:
    """Returns the reading by the server's clock, when the machine's is far from it."""
    if server is None:
        return now
    ahead = server.ahead(now)
    return now._replace(wall=Instant(now.wall - ahead)) if abs(ahead) > SKEW_SECONDS else now


class CorrectedClock:
    """The machine's clock, put right by a server's once that is known to be far from it.

    Attributes:
        machine: The machine's own.
        server: What the server's shows; None while that is not known.
    """

    def __init__(self, machine: Clock) -> None:
        self.machine = machine
        self.server: ServerClock | None = None

    def now(self) -> Reading:
        """Returns the reading that everything a person does is to count by."""
        return corrected(self.machine.now(), self.server)
