"""How long to wait after a failure: at random, longer each time, not in step with others (R48)."""

from collections.abc import Callable
from typing import Final

FIRST_SECONDS: Final = 2.0
LONGEST_SECONDS: Final = 900.0
LEAST_PAUSE_SECONDS: Final = 60.0
LONGEST_PAUSE_SECONDS: Final = 1800.0
RECONNECT_SECONDS: Final = 10.0
Chance = Callable[[], float]
"""A number from 0 to 1, at random."""


class Backoff:
    """Counts failures in a row; one success forgets them all."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._failures = 0
        self._pauses = 0

    def succeeded(self) -> None:
        """Begins anew."""
        self._failures = self._pauses = 0

    def failed(self) -> float:
        """Returns the seconds until the next try: full jitter below a doubling limit."""
        limit = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(self._failures, 20))
        self._failures += 1
        return self._chance() * limit

    def told_to_slow_down(self, retry_after: int | None) -> float:
        """Returns for how long the whole host is left alone: a minute at least, doubling."""
        seconds = max(LEAST_PAUSE_SECONDS, retry_after or 0) * 2.0**self._pauses
        self._pauses = min(self._pauses + 1, 10)
        return min(seconds, max(LONGEST_PAUSE_SECONDS, retry_after or 0))

    def network_is_back(self) -> float:
        """Returns the seconds until the next try when a network has come: soon, not all at once."""
        self._failures = 0
        return self._chance() * RECONNECT_SECONDS
