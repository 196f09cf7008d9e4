"""The line to a server: every request goes through here, and none that may not (R43 to R49).

It keeps the pace and the quotas, checks before each byte that the cycle still counts, learns the
server's clock, and says of every failure whether the turn goes on.
"""

from collections.abc import Awaitable, Callable
from statistics import median
from typing import Final, NamedTuple, Protocol

from toggl_desktop.store import progress, schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.progress import Bucket
from toggl_desktop.sync.api import ApiError, Meta, Said
from toggl_desktop.sync.backoff import Backoff, Chance
from toggl_desktop.sync.cycle import Moment
from toggl_desktop.sync.desk import EpochError
from toggl_desktop.sync.ledger import HOST, Ledger, Priority, floor, within_the_hour
from toggl_desktop.sync.reconcile import Outcome

JITTER_SECONDS: Final = 30.0
_DATES: Final = 5


class Time(Protocol):
    """The machine's clocks, and waiting."""

    def now(self) -> Moment:
        """Returns the moment by the clock that counts suspend."""
        ...

    def wall(self) -> int:
        """Returns what the machine believes the time to be, epoch seconds."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""


class StopError(Exception):
    """The turn ends here; what is left waits. `cause` says why."""

    def __init__(self, cause: Outcome, text: str = "", *, is_answered: bool = False) -> None:
        super().__init__(cause)
        self.cause, self.text, self.is_answered = cause, text, is_answered


class NotNowError(Exception):
    """This request may not go now: its quota is kept for what matters more."""

    def __init__(self, scope: str, seconds: float) -> None:
        super().__init__(scope)
        self.scope, self.seconds = scope, seconds


class Heard(NamedTuple):
    """An answer, and when it was asked for."""

    said: Said
    sent: float


Call = Callable[[], Awaitable[Said]]


class Line:
    """The line to one server, through one account."""

    def __init__(self, store: Store, time: Time, chance: Chance) -> None:
        self._store = store
        self._time = time
        self._chance = chance
        self._offsets: list[float] = []
        self._dated: tuple[int, float] | None = None
        self._ledger = Ledger((), time.now(), time.wall())
        self.backoff = Backoff(chance)
        self.retry_at: float | None = None
        self.scope: str | None = None
        self.load()

    def load(self) -> None:
        """Reads what other processes asked meanwhile.

        What an earlier boot stored was set right by the wall clock when it was read first; where
        somebody moves that clock afterwards, that counts.
        """
        now, wall = self._time.now(), self._time.wall()
        known = self._ledger.known
        stored = progress.buckets(self._store.source)
        fresh = (b if b.boot_id == now.boot_id else known.get(b.scope, b) for b in stored)
        self._ledger = Ledger(fresh, now, wall)

    # The quota, for whoever shows or plans --------------------------------------------------

    def bucket(self, scope: str) -> Bucket:
        """Returns a bucket as it is now."""
        return self._ledger.bucket(scope, self._time.now(), self._time.wall())

    def left(self, scope: str) -> int:
        """Returns how many requests a bucket has left."""
        return self._ledger.left(scope, self._time.now(), self._time.wall())

    def wait(self, scope: str, priority: Priority) -> float:
        """Returns the seconds until such a request may go."""
        return self._ledger.wait(scope, priority, self._time.now(), self._time.wall())

    def expect(self, scope: str, total: int) -> None:
        """Hears that a bucket has so much an hour at least: its plan says so."""
        self._ledger.expect(scope, total, self._time.now(), self._time.wall())

    def may(self, scope: str, priority: Priority, count: int) -> bool:
        """Tells whether so many requests of this priority may go, one after the other."""
        if self.wait(scope, priority) > 0:
            return False
        return self.left(scope) - count >= floor(priority, self.bucket(scope).total)

    def server_now(self) -> int | None:
        """Returns the server's clock; None before it ever said anything."""
        offset = self.offset
        return None if offset is None else round(self._time.now().boot + offset)

    @property
    def offset(self) -> float | None:
        """What the server's clock showed when this boot began (R39); None before it said anything.

        It is told by the clock that nobody can move: setting this machine's right counts at once.
        """
        return median(self._offsets) if self._offsets else None

    def server_not_before(self) -> int | None:
        """Returns a moment that the server's clock has surely reached: a slow answer errs early.

        None before it ever said anything.
        """
        if self._dated is None:
            return None
        date, heard = self._dated
        return int(date + self._time.now().boot - heard)

    @property
    def skew(self) -> float:
        """By how many seconds this machine's clock is ahead of the server's (R39)."""
        offset = self.offset
        return 0.0 if offset is None else self._time.wall() - self._time.now().boot - offset

    def forget_clock(self) -> None:
        """Forgets the server's clock: the machine slept, and not every clock counts that."""
        self._offsets = []

    # Asking ---------------------------------------------------------------------------------

    async def ask(self, epoch: str, scope: str, priority: Priority, call: Call) -> Heard:
        """Sends one request.

        Raises:
            NotNowError: Its quota is kept for something else; nothing was sent.
            EpochError: The cycle is void; nothing was sent.
            StopError: The account, the host or this program may ask no more for now.
            ApiError: It failed in a way that concerns this request alone.
        """
        seconds = self.wait(scope, priority)
        if seconds > 0:
            raise NotNowError(scope, seconds)
        pause = self._ledger.pace(self._time.now())
        if pause > 0:
            await self._time.sleep(pause)
        if (schema.meta(self._store.source, schema.EPOCH) or "") != epoch:
            raise EpochError
        now = self._time.now()
        self._keep(self._ledger.sending(scope, now, self._time.wall()))
        try:
            said = await call()
        except ApiError as error:
            self._failed(scope, now.boot, error)
            raise
        self._hear(scope, said.meta, now.boot)
        self.backoff.succeeded()
        self.retry_at = None
        return Heard(said, now.boot)

    def _hear(self, scope: str, meta: Meta, sent: float) -> None:
        now = self._time.now()
        self.scope = scope
        if meta.remaining is not None:
            seen = self._ledger.heard(scope, meta.remaining, meta.resets_in, now, self._time.wall())
            self._keep(seen)
        if meta.date is not None:
            self._dated = meta.date, now.boot
            middle = (sent + now.boot) / 2
            self._offsets = [*self._offsets, meta.date + 0.5 - middle][-_DATES:]

    def _failed(self, scope: str, sent: float, error: ApiError) -> None:
        self._hear(scope, error.meta, sent)
        now, wall = self._time.now(), self._time.wall()
        if error.outcome is Outcome.QUOTA:
            seconds = within_the_hour(error.meta.resets_in) + self._chance() * JITTER_SECONDS
            self._keep(self._ledger.park(scope, seconds, now, wall))
            raise NotNowError(scope, seconds) from error
        if error.outcome is Outcome.SLOW_DOWN:
            seconds = self.backoff.told_to_slow_down(error.retry_after)
            self._keep(self._ledger.park(HOST, seconds, now, wall))
        elif error.outcome in {Outcome.NOT_SENT, Outcome.AMBIGUOUS, Outcome.CAPTIVE}:
            if error.outcome is Outcome.NOT_SENT:
                self._keep(self._ledger.stayed(scope, now, wall))
            self.retry_at = now.boot + self.backoff.failed()

    def _keep(self, bucket: Bucket) -> None:
        with self._store.locked() as writer:
            progress.put_bucket(writer, bucket)
