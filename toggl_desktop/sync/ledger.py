"""What was asked of a server within the hour, and what may still be: the one owner of the quota.

Toggl counts two ways at once: what is under `/me`, thirty an hour on every plan, and what names an
organization, thirty to six hundred. Both windows slide. Our own count survives a restart; what the
server says corrects it. A 402 parks its bucket, a 429 parks everything (2.13).
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final

from toggl_desktop.store.progress import Bucket
from toggl_desktop.sync.cycle import Moment

WINDOW_SECONDS: Final = 3600.0
PACE_SECONDS: Final = 1.0
LONGEST_PARKING: Final = 2 * WINDOW_SECONDS
MOST: Final = 10_000
"""More an hour than any plan has: a header that says so is believed up to here."""
FREE: Final = 30
PLANS: Final = (30, 240, 600)
PAID: Final = 240
"""What an organization that pays has at least."""

ME: Final = "me"
HOST: Final = "host"
_RESERVE_SHARE: Final = 0.2
_LEAST_RESERVE: Final = 6


class Priority(IntEnum):
    """Who goes first when little is left (R44)."""

    TIMER = 0
    TODAY = 1
    BACKLOG = 2
    ENTRIES = 3
    REFERENCE = 4
    RECONCILE = 5
    OLDER = 6


def organization(number: int | None, workspace: int) -> str:
    """Returns the bucket of a workspace: its organization's, or its own while that is unknown."""
    return f"workspace {workspace}" if number is None else f"organization {number}"


class Ledger:
    """Keeps all buckets of one service."""

    def __init__(self, buckets: Iterable[Bucket], now: Moment, wall: int) -> None:
        self._buckets = {b.scope: _moved(b, now, wall) for b in buckets}
        self._last = -PACE_SECONDS

    @property
    def known(self) -> Mapping[str, Bucket]:
        """All buckets by their scope, as they were asked for last."""
        return self._buckets

    def bucket(self, scope: str, now: Moment, wall: int) -> Bucket:
        """Returns a bucket as it is now: what is older than an hour has dropped out."""
        found = self._buckets.get(scope) or Bucket(scope, now.boot_id, now.boot, wall)
        kept = tuple(s for s in found.sends if s > now.boot - WINDOW_SECONDS)
        is_void = found.resets is not None and found.resets <= now.boot
        found = found._replace(
            boot_id=now.boot_id,
            boot=now.boot,
            wall=wall,
            sends=kept,
            remaining=None if is_void else found.remaining,
            resets=None if is_void else found.resets,
            parked=None if found.parked is not None and found.parked <= now.boot else found.parked,
        )
        self._buckets[scope] = found
        return found

    def left(self, scope: str, now: Moment, wall: int) -> int:
        """Returns how many requests a bucket has left."""
        found = self.bucket(scope, now, wall)
        if found.parked is not None:
            return 0
        own = found.total - len(found.sends)
        return max(0, own if found.remaining is None else min(found.remaining, max(own, 0)))

    def wait(self, scope: str, priority: Priority, now: Moment, wall: int) -> float:
        """Returns the seconds until something of this priority may go; 0 when it may now."""
        host = self.bucket(HOST, now, wall)
        if host.parked is not None:
            return host.parked - now.boot
        found = self.bucket(scope, now, wall)
        if found.parked is not None:
            return found.parked - now.boot
        if self.left(scope, now, wall) > floor(priority, found.total):
            return 0.0
        ends = [s + WINDOW_SECONDS for s in found.sends]
        if found.resets is not None:
            ends.append(found.resets)
        return max(1.0, min(ends, default=now.boot + WINDOW_SECONDS) - now.boot)

    def pace(self, now: Moment) -> float:
        """Returns the seconds until the leaky bucket takes the next request."""
        return max(0.0, self._last + PACE_SECONDS - now.boot)

    def sending(self, scope: str, now: Moment, wall: int) -> Bucket:
        """Counts a request that goes now; returns the bucket to be written down."""
        self._last = now.boot
        found = self.bucket(scope, now, wall)
        remaining = None if found.remaining is None else found.remaining - 1
        self._buckets[scope] = found._replace(sends=(*found.sends, now.boot), remaining=remaining)
        return self._buckets[scope]

    def stayed(self, scope: str, now: Moment, wall: int) -> Bucket:
        """Takes back the count of the request just made: it never got out of this computer."""
        found = self.bucket(scope, now, wall)
        remaining = None if found.remaining is None else found.remaining + 1
        self._buckets[scope] = found._replace(sends=found.sends[:-1], remaining=remaining)
        return self._buckets[scope]

    def heard(
        self, scope: str, remaining: int | None, resets_in: int | None, now: Moment, wall: int
    ) -> Bucket:
        """Corrects a bucket by what the server said.

        A plan is learned upwards from what is left, and downwards when what is left and what we
        sent make less than it: else the reserve of a plan that ended would hold back everything.
        """
        found = self.bucket(scope, now, wall)
        if remaining is not None:
            remaining = min(max(0, remaining), MOST)
            least = _plan_of(remaining + 1)
            likely = _plan_of(remaining + max(1, len(found.sends)))
            found = found._replace(
                total=max(least, min(found.total, likely)),
                remaining=remaining,
                resets=now.boot + within_the_hour(resets_in),
            )
            self._buckets[scope] = found
        return found

    def expect(self, scope: str, total: int, now: Moment, wall: int) -> None:
        """Hears that a bucket has so much at least; what the server says is left counts more."""
        found = self.bucket(scope, now, wall)
        self._buckets[scope] = found._replace(total=max(found.total, total))

    def park(self, scope: str, seconds: float, now: Moment, wall: int) -> Bucket:
        """Leaves a bucket alone for so long."""
        found = self.bucket(scope, now, wall)
        self._buckets[scope] = found._replace(parked=now.boot + min(seconds, LONGEST_PARKING))
        return self._buckets[scope]

    def resume(self, scope: str, now: Moment, wall: int) -> None:
        """Lets a bucket go on before its time: its plan or its token has changed."""
        self._buckets[scope] = self.bucket(scope, now, wall)._replace(parked=None)


def _plan_of(seen: int) -> int:
    return next((plan for plan in PLANS if plan >= seen), seen)


def within_the_hour(resets_in: float | None) -> float:
    """Returns the seconds until a window opens anew: it is an hour long, whatever is said."""
    return WINDOW_SECONDS if resets_in is None else min(max(0.0, resets_in), WINDOW_SECONDS)


def floor(priority: Priority, total: int) -> int:
    """Returns what must be left over when something of this priority has gone."""
    reserve = max(_LEAST_RESERVE, int(total * _RESERVE_SHARE))
    if priority == Priority.TIMER:
        return 0
    if priority == Priority.OLDER:  # a page of years ago is not to keep back what a person edits
        return 2 * reserve
    return reserve // 2 if priority == Priority.TODAY else reserve


def _moved(one: Bucket, now: Moment, wall: int) -> Bucket:
    """Returns a bucket by this boot's clock; after a restart of the machine the wall clock helps.

    A clock that was put back makes what was sent look recent: that only makes us wait.
    """
    if one.boot_id == now.boot_id:
        return one
    shift = now.boot - max(0, wall - one.wall) - one.boot
    return one._replace(
        boot_id=now.boot_id,
        boot=now.boot,
        wall=wall,
        sends=tuple(s + shift for s in one.sends),
        resets=None if one.resets is None else one.resets + shift,
        parked=None if one.parked is None else one.parked + shift,
    )
