"""One turn after another: read, then send; and when the next one is due.

Plain asyncio, no Qt, no clock of its own. A turn may be killed at any await: what was sent is
written down before it left, what was read is applied whole or not at all.
"""

import asyncio
import logging
import os
import random
from collections.abc import Callable
from functools import partial
from math import inf
from typing import Final, NamedTuple

from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.ids import Ascending
from toggl_desktop.domain.syncstate import Phase, Question, SyncState
from toggl_desktop.store import progress, schema
from toggl_desktop.store.database import Store
from toggl_desktop.store.lock import WriteLock
from toggl_desktop.store.read import synced
from toggl_desktop.sync import clocks, latch, older, outcome, reconcile, settling, tidying
from toggl_desktop.sync.api import ApiError, TrackApi
from toggl_desktop.sync.backoff import Chance
from toggl_desktop.sync.cycle import AnswerError, BrakeError, Cycle, GivenUpError
from toggl_desktop.sync.desk import TRACK, EpochError
from toggl_desktop.sync.hands import Hands, done
from toggl_desktop.sync.ledger import ME, Priority
from toggl_desktop.sync.line import Line, NotNowError, StopError, Time
from toggl_desktop.sync.looking import Looks
from toggl_desktop.sync.lookout import Lookout, paid
from toggl_desktop.sync.pace import Pace
from toggl_desktop.sync.reading import Reader
from toggl_desktop.sync.rules import RULES, Rules
from toggl_desktop.sync.sending import Sender
from toggl_desktop.sync.standing import standing
from toggl_desktop.sync.timetable import HIDDEN_SECONDS, MOST, MOST_PAID, Timetable

LOOK_SECONDS: Final = 60.0
STALE_SECONDS: Final = 30.0
"""Before something is sent the last read is not older than this, while the quota allows (R45)."""

FOR_NEWS: Final = 3
"""So many reads are kept for news where there are glances: they tell that what is here is fresh."""

PAUSE_SECONDS: Final = 1.0
"""So far apart are two turns of which the second seems due at once."""

ECHO_SECONDS: Final = 5.0
"""So long after something was sent, news is taken for its echo."""

_URGENT: Final = ("Start ", "Stop ", "Continue ", "Unstop ", "Switch ")


class Want(NamedTuple):
    """What a turn is for.

    Attributes:
        is_asked: Whether a person asked for it now.
    """

    push: bool = True
    pull: bool = True
    full: bool = False
    is_asked: bool = False


EVERYTHING: Final = Want()


class Engine:
    """Keeps one store in step with one account."""

    def __init__(
        self,
        store: Store,
        api: TrackApi,
        time: Time,
        *,
        rules: Rules = RULES,
        chance: Chance = random.random,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._store = store
        self._time = time
        self._rules = rules
        self._ids = Ascending(randomness)
        self.line = Line(store, time, chance)
        self.timetable = Timetable(lambda: self.line.bucket(ME).sends)
        self.reader = Reader(api, self.line, time, self.timetable)
        self.reader.on_progress = partial(self._show, Phase.WORKING)
        looks = Looks(self.reader, self.line, time, self.timetable)
        self.sender = Sender(api, self.line, time, looks)
        self.lookout = Lookout(api, self.line, time, self.timetable.seen)
        self.bringer = older.Bringer(api, self.line, time)
        self.state = SyncState(Phase.RESTING)
        self.listener: Callable[[SyncState], None] | None = None
        self._pace = Pace(lambda: time.now().boot)
        self._turning = WriteLock(store.place.turn)
        self._woken = asyncio.Event()
        self._wants = Want(push=False, pull=True)
        self._first_edit: float | None = None
        self._last_edit = 0.0
        self._is_urgent = False
        self._is_over = False
        self._has_turned = False

    def end(self) -> None:
        """Lets `run` end after the turn that is under way: the way to the server has changed."""
        self._is_over = True
        self._woken.set()

    def close(self) -> None:
        """Gives its files back; the store stays open."""
        self._turning.close()

    def work_with(self, hands: Hands) -> None:
        """Says who does the work that an answer makes; else it is done on this thread."""
        self.reader.hands = self.bringer.hands = self.sender.hands = hands

    def _id(self) -> str:
        return self._ids(self._time.wall() * 1000)

    def cycle(self) -> Cycle:
        """Returns what holds for a turn that begins now."""
        epoch = schema.meta(self._store.source, schema.EPOCH) or ""
        return Cycle(self._store, epoch, self._id, self._rules, self._time.wall, self._pace)

    # A turn -------------------------------------------------------------------------------

    async def turn(self, want: Want = EVERYTHING) -> SyncState:
        """Reads and sends what is due, and returns how things stand then; never raises on data.

        Of several processes with this store one turns at a time; the others leave it at that.
        """
        with self._turning.tried() as is_mine:
            shut = latch.is_shut(self._store.source, self._time.wall(), is_asked=want.is_asked)
            if is_mine and not shut:
                await self._turn(want)
            else:
                self._show(Phase.OUTDATED if is_mine else Phase.ELSEWHERE)
        if want.is_asked and self.state.phase is not Phase.ELSEWHERE:
            outcome.keep(self._store, self._time.wall(), self.state)
        return self.state

    async def _turn(self, want: Want) -> None:
        self._has_turned = True
        self.reader.so_far, self.reader.is_given_up = None, False
        self.line.load()
        cycle = self.cycle()
        if want.pull or want.full or want.is_asked or await self.sender.waiting(cycle):
            self._show(Phase.WORKING)  # a glance alone is nothing to tell of
        try:
            await self.reader.join(cycle)
            now = self._time.now()
            await done(self.reader.hands, cycle, lambda own: tidying.tidy(own, now))
            await self._read_and_send(cycle, want)
            await self._bring_older(cycle)
        except (EpochError, GivenUpError):
            self._rest()
            self._show(Phase.RESTING)
        except StopError as stop:
            self._rest()
            self._show(latch.ended(cycle, stop.cause, stop.is_answered), text=stop.text)
        except NotNowError as error:
            self._show(Phase.QUOTA, resets=error.seconds)
        except BrakeError as brake:
            self._rest()
            question = Question(brake.kind, brake.count, brake.living, brake.outward)
            self._show(Phase.ASKING, question=question)
        except ApiError as error:
            self._rest()
            self._show(latch.ended(cycle, error.outcome, error.is_answered), text=error.sentence)
        except AnswerError as error:
            self._later(error.sentence)
        except StoreError as error:
            self._later(error.sentence)
        else:
            latch.reopen(cycle)
            self.reader.confirmed = self.sender.confirmed = frozenset()  # a word is for one turn
            self._show(Phase.RESTING, text=self.bringer.refused)

    def _later(self, sentence: str) -> None:
        """Says what went wrong, and leaves the server alone for a while."""
        self.line.retry_at = self._time.now().boot + self.line.backoff.failed()
        self._show(Phase.TROUBLE, text=sentence)

    def _rest(self) -> None:
        """Leaves the next try to the next regular read, where no other moment for it is known."""
        if self.line.retry_at is None:
            self.timetable.rest(self._time.now().boot)

    async def _read_and_send(self, cycle: Cycle, want: Want) -> None:
        """Reads, then sends; what may not be read for its quota is no reason not to send."""
        late: NotNowError | None = None
        self.timetable.most = MOST_PAID if paid(self._store.source) else MOST
        now = self._time.now().boot
        if not want.pull and self._next_glance(now) <= now and await self.lookout.look(cycle):
            self.timetable.hear(now)
        if want.pull or want.full or await self._must_read(cycle, want):
            try:
                priority = Priority.TODAY if want.is_asked else Priority.ENTRIES
                await self.reader.read(cycle, is_full=want.full, priority=priority)
                await self.reader.join(cycle)
                if self.reader.wants_all(cycle):
                    await self.reader.look_for_absent(cycle)
            except NotNowError as error:
                late = error
        clocks.remember(cycle, self._time.now(), self.line.offset)
        was_read = progress.cursor(self._store.source, TRACK, "time_entry").at is not None
        if want.push and was_read:  # nothing is sent into an account that was never looked at
            await self.sender.send(cycle)
        if late is not None:
            raise late

    async def _bring_older(self, cycle: Cycle) -> None:
        """Goes on with the older entries, where they are wanted, until something else is due."""
        source = self._store.source
        if not older.is_wanted(source):
            return
        unknown = synced.count_unknown(source)
        try:
            self._show(Phase.WORKING)
            await self.bringer.read(cycle, self._is_due, lambda: self._show(Phase.WORKING))
            if synced.count_unknown(source) > unknown:
                await self.reader.read_names(cycle)
        except NotNowError:
            pass  # the rest of them follows when the limit allows; nothing else waits for it

    def _is_due(self) -> bool:
        """Tells whether something other than older entries is to be done."""
        now = self._time.now().boot
        if self._wants.push or self._wants.is_asked or self._next_read(now) <= now:
            return True
        return self._first_edit is not None and self._edits_due() <= now

    def bring_older(self) -> None:
        """A person wants the entries older than three months."""
        older.begin(self.cycle())
        self.wake(Want(is_asked=True))

    def stop_reading(self) -> None:
        """A person wants the long read that is under way no more; it begins anew with the next."""
        self.reader.is_given_up = True

    def stop_older(self) -> None:
        """A person wants no more of them; what came stays."""
        older.stop(self.cycle())
        self._show(self.state.phase, text=self.state.text, question=self.state.question)

    async def _must_read(self, cycle: Cycle, want: Want) -> bool:
        if self.reader.wants_entries(cycle):
            return True
        now, seen_at = self._time.now().boot, self.timetable.seen.account
        is_old = seen_at is None or now - seen_at > STALE_SECONDS
        kept = FOR_NEWS if self.timetable.most == MOST_PAID else 0
        may = self.line.wait(ME, Priority.ENTRIES) == 0 and self.timetable.fits(now, kept)
        return want.push and is_old and may and await self.sender.has_way(cycle)

    def confirm(self) -> None:
        """A person agreed to the deletions in question: the next turn goes through with them."""
        question = self.state.question
        if question is None:
            return
        kinds = frozenset({question.kind})
        if question.outward:
            self.sender.confirmed |= kinds
        else:
            self.reader.confirmed |= kinds
        self.wake(Want(is_asked=True))

    # How things stand -----------------------------------------------------------------------

    def _show(
        self,
        phase: Phase,
        *,
        text: str = "",
        resets: float | None = None,
        question: Question | None = None,
    ) -> None:
        told = phase, text, resets, question, self.reader.so_far
        state = standing(self._store.source, self.line, self._time, self.bringer, told)
        is_news, self.state = state != self.state, state
        if self.listener is not None and is_news:
            self.listener(state)

    # When ---------------------------------------------------------------------------------

    def changed(self, changes: ChangeSet) -> None:
        """Hears of every step: what a person did is to be sent, after a breath or at once."""
        self._woken.set()
        if changes.origin is not Origin.HERE or not changes:
            return
        now = self._time.now().boot
        self._first_edit = now if self._first_edit is None else self._first_edit
        self._last_edit = now
        self._is_urgent |= changes.step.startswith(_URGENT)

    def wake(self, want: Want = EVERYTHING) -> None:
        """Asks for a turn now: a person did, the window came up, the machine woke."""
        self._wants = Want(*(mine or asked for mine, asked in zip(self._wants, want, strict=True)))
        self._woken.set()

    def look(self) -> None:
        """Reads now, if the last time is a minute ago: the window came into sight."""
        now, read_at = self._time.now().boot, self.timetable.read_at
        if read_at is None or (now - read_at > LOOK_SECONDS and self.timetable.fits(now)):
            self.wake(Want(push=False))
        self._woken.set()  # what is in sight is read more often from now on

    def hear(self) -> None:
        """Somebody says that something changed: it is read as soon as there is room.

        Just after something was sent it is that which is told of; the regular read covers the rest.
        """
        now, sent_at = self._time.now().boot, self.sender.sent_at
        if sent_at is not None and now - sent_at < ECHO_SECONDS:
            return
        self.timetable.hear(now)
        self._woken.set()

    def network_is_back(self) -> None:
        """A network has come: the next try follows soon, not at once with everybody else's."""
        self.line.forget_clock()
        self.line.retry_at = self._time.now().boot + self.line.backoff.network_is_back()
        self.wake()

    def wait(self) -> float:
        """Returns the seconds until a turn is due; 0 when it is."""
        now = self._time.now().boot
        if self.state.phase in {Phase.SIGN_IN, Phase.OUTDATED} and not self._wants.is_asked:
            return HIDDEN_SECONDS
        times = [self._next_read(now)]
        if self._first_edit is not None:
            times.append(self._edits_due())
        if older.is_wanted(self._store.source):
            times.append(now + self.bringer.wait())
        if self._wants.push or self._wants.is_asked:
            times.append(now)
        times += [*self._settling(now), self._next_glance(now)]
        times.append(self.sender.seeker.due(self._store.source, now))
        earliest = min(times)
        if self.line.retry_at is not None and not self._wants.is_asked:
            earliest = max(earliest, self.line.retry_at)
        host = self.line.wait(ME, Priority.TIMER) if self.state.phase is Phase.PAUSED else 0
        return max(0.0, earliest - now, host)

    def _settling(self, now: float) -> list[float]:
        """Returns when the next read may say what became of something whose answer was lost."""
        return settling.reads(self._store.source, self.line, now, self.timetable.read_at)

    def _edits_due(self) -> float:
        first = self._last_edit if self._first_edit is None else self._first_edit
        return reconcile.due(first, self._last_edit, at_once=self._is_urgent)

    def _next_read(self, now: float) -> float:
        if not self._has_turned:  # even when nothing may be read: something may be sent, or said
            return now
        due = now if self.timetable.read_at is None else self.timetable.due(now)
        return max(due, now + self.line.wait(ME, Priority.ENTRIES))

    def _next_glance(self, now: float) -> float:
        """Returns when to glance at a workspace next: in sight, and where the plan pays for it."""
        return self.lookout.due(self._store.source, now) if self.timetable.in_sight() else inf

    def next_want(self) -> Want:
        """Returns what the turn that is due now is for, and forgets it."""
        now = self._time.now().boot
        due = [self._next_read(now), *self._settling(now)]
        reads = self._wants.pull or min(due) <= now
        want = self._wants._replace(push=True, pull=reads)
        self._wants = Want(push=False, pull=False)
        self._first_edit, self._is_urgent = None, False
        return want

    async def run(self) -> None:
        """Turns until the account changes or `end`; what is unforeseen is reported and survived."""
        epoch = self.cycle().epoch
        while self.cycle().epoch == epoch and not self._is_over:
            self._woken.clear()
            seconds = self.wait()
            if seconds > 0:
                try:
                    async with asyncio.timeout(min(seconds, HIDDEN_SECONDS)):
                        await self._woken.wait()
                except TimeoutError:
                    pass
                continue
            try:
                await self.turn(self.next_want())
            except Exception:
                logging.getLogger("sync").exception("a turn failed")
                self._later("The sync met something unforeseen. Everything is kept here.")
            if self.wait() <= 0:  # whatever it is: the screen is painted by the same thread
                await self._time.sleep(PAUSE_SECONDS)
