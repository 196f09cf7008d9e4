"""When entries are read next, and how many other reads still fit between: pure arithmetic.

An hour in sight costs twenty background reads at most (R45). A read every five minutes takes most
of them; what else would be good to read, before something is sent, or because somebody says that
there is news, is read while that leaves room for the regular ones, and is left out otherwise.
"""

from collections.abc import Callable, Sequence
from typing import Final

from toggl_desktop.sync.ledger import WINDOW_SECONDS
from toggl_desktop.sync.seen import Seen

VISIBLE_SECONDS: Final = 290.0
HIDDEN_SECONDS: Final = 900.0
NAMES_SECONDS: Final = 1800.0
"""So often are names and colours read: one request for all of them."""

MOST: Final = 20
MOST_PAID: Final = 24
"""So many reads an hour at most, on the free plan and on a paid one; the rest is a person's."""

BREATH_SECONDS: Final = 2.0
"""News comes in bursts: the read waits for the end of one."""

APART_SECONDS: Final = 30.0
"""However much news there is, two reads are so far apart."""

_STEP_SECONDS: Final = 15.0


def room(sends: Sequence[float], now: float, due: float, every: float, most: int) -> int:
    """Returns how many reads fit in now, when those that are due later are still to fit.

    Below zero, even these do not.

    Args:
        sends: When something was asked.
        now: The moment.
        due: When the next regular read is due.
        every: How far apart regular reads are.
        most: How many there may be in any hour.
    """
    least, ahead, moment = most, 0, now
    while moment < now + WINDOW_SECONDS:
        past = sum(sent > moment - WINDOW_SECONDS for sent in sends)
        names = 1 + int((moment - now) / NAMES_SECONDS)
        least = min(least, most - past - ahead - names)
        ahead += 1
        moment = max(due, now) + (ahead - 1) * every
    return least


class Timetable:
    """When one account is read; the clock, the quota and what a person sees are asked.

    Attributes:
        read_at: From when the next regular read counts; None before the first.
        seen: What was read in truth, and when.
    """

    def __init__(self, sends: Callable[[], Sequence[float]]) -> None:
        self._sends = sends
        self.in_sight: Callable[[], bool] = lambda: True
        self.most = MOST
        self.read_at: float | None = None
        self.seen = Seen()
        self._news_at: float | None = None

    @property
    def every(self) -> float:
        """How far apart regular reads are."""
        return VISIBLE_SECONDS if self.in_sight() else HIDDEN_SECONDS

    def read(self, asked: float) -> None:
        """Entries were read as they were at a moment: what was news until then is not any more."""
        self.read_at = self.seen.account = asked
        if self._news_at is not None and self._news_at <= asked:
            self._news_at = None

    def rest(self, now: float) -> None:
        """A read failed: the next try is the next regular one."""
        self.read_at = now

    def hear(self, now: float) -> None:
        """Somebody says that something changed elsewhere."""
        if self._news_at is None:
            self._news_at = now

    def has_room(self, now: float, count: int) -> bool:
        """Tells whether so many reads fit in now and leave room for the regular ones.

        The names that are read twice an hour have their room: they count as none.
        """
        return room(self._sends(), now, self.due(now), self.every, self.most) >= count

    def fits(self, now: float, kept: int = 0) -> bool:
        """Tells whether a read of entries fits in now, and so many more for when there is news."""
        return room(self._sends(), now, now + self.every, self.every, self.most) > kept

    def due(self, now: float) -> float:
        """Returns when entries are to be read next."""
        regular = (now if self.read_at is None else self.read_at) + self.every
        if self._news_at is None:
            return regular
        soon = max(self._news_at + BREATH_SECONDS, (self.read_at or 0.0) + APART_SECONDS)
        while soon < regular and not self.fits(max(soon, now)):
            soon = max(soon, now) + _STEP_SECONDS
        return min(soon, regular)
