"""How much goes into one transaction: as much as fits, so that nobody waits long for the lock.

A machine, a disk and an account differ by a hundred times; so does what a row costs. Therefore it
is not written here but learned, from one transaction for the next.
"""

from collections.abc import Callable
from typing import Final

AIM_SECONDS: Final = 0.012
"""So long may a transaction of a sync take: the lock is wanted for less than 20 ms."""

FIRST, FEWEST, MOST = 200, 200, 1000
"""A commit costs the same for one row as for a hundred: on a slow disk fewer would only mean more
of them."""


def _still() -> float:
    return 0.0


class Pace:
    """Says how many rows the next transaction takes.

    Attributes:
        rows: So many new ones; others cost as much as several.
        now: A clock in seconds; one that stands still teaches nothing.
    """

    def __init__(self, now: Callable[[], float] = _still) -> None:
        self.now = now
        self.rows = FIRST

    def learn(self, rows: int, seconds: float) -> None:
        """Hears how long a transaction of so many new rows held the lock."""
        if seconds <= 0:
            return
        fitting = int(rows * AIM_SECONDS / seconds)
        if seconds > AIM_SECONDS:
            self.rows = max(FEWEST, min(self.rows, fitting))  # one late moment is soon made up for
        elif rows >= self.rows:  # a small rest says nothing of a whole one
            self.rows = min(MOST, 2 * self.rows, fitting)
