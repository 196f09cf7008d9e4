"""What is looked at before something there is changed; unseen, it waits until somebody has (R45).

Track takes whatever comes last: what was changed there since it was read is overwritten by what is
sent, and nobody hears of it. So what is there already is changed or deleted only when it was seen
within two minutes. A read before it is usual; when the hour has none left, the change waits for the
next regular one. What is new, and a timer that is started or stopped, never waits.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from toggl_desktop.store import bindings, progress
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ledger import ME, Priority
from toggl_desktop.sync.line import Line, NotNowError, Time
from toggl_desktop.sync.reading import THINGS, Reader
from toggl_desktop.sync.timetable import MOST_PAID, Timetable
from toggl_desktop.sync.unsent import Job

UNSURE_SECONDS: Final = 120
"""What was seen longer ago may have changed."""

CATCH_UP_SECONDS: Final = 900
"""So far apart are looks that take what is kept for a person."""


def _stops(cycle: Cycle, jobs: Sequence[Job]) -> bool:
    """Tells whether an entry is to be stopped that runs as far as the server was read."""
    updates = [j.lid for j in jobs if j.op == "update" and j.values.get("stop") is not None]
    bound = (bindings.get(cycle.store.source, TRACK, "time_entry", lid) for lid in updates)
    return any(b is not None and (b.base or {}).get("stop", 0) is None for b in bound)


class Looks:
    """Looks how things stand there, and says what may be changed."""

    def __init__(self, reader: Reader, line: Line, time: Time, timetable: Timetable) -> None:
        self._reader = reader
        self._line = line
        self._time = time
        self._timetable = timetable
        self._caught_up: dict[Priority, float] = {}

    def may_go(self, cycle: Cycle, job: Job) -> bool:
        """Tells whether it overwrites nothing that was not seen just now."""
        if job.op == "create" or job.urgent or not cycle.rules.looks_before_changing:
            return True
        seen = self._timetable.seen
        at = seen.entries(job.workspace) if job.kind == "time_entry" else seen.names
        return at is not None and self._time.now().boot - at <= UNSURE_SECONDS

    async def before(self, cycle: Cycle, jobs: Sequence[Job]) -> bool:
        """Looks at what is to be changed and was not seen lately; tells whether it did.

        Raises:
            StopError, EpochError, ApiError, AnswerError, BrakeError: As a read does.
        """
        kinds = {job.kind for job in jobs if not self.may_go(cycle, job)}
        has_looked = False
        if _stops(cycle, jobs):  # it may have been stopped elsewhere (R34)
            has_looked = await self._catch_up(cycle, Priority.TIMER)
        if "time_entry" in kinds and self._line.wait(ME, Priority.ENTRIES) > 0:
            has_looked |= await self._catch_up(cycle, Priority.TODAY)
        if kinds & set(THINGS) and self._timetable.has_room(self._time.now().boot, 1):
            with suppress(NotNowError):
                await self._reader.read_names(cycle)
                has_looked = True
        return has_looked

    def later(self) -> None:
        """Something waits to be seen: entries are read as soon as there is room for that."""
        self._timetable.hear(self._time.now().boot)

    async def _catch_up(self, cycle: Cycle, priority: Priority) -> bool:
        """Looks what changed, when nobody has for two minutes and there is a request for it left.

        It is for what a person did just now: it may take what is kept for that, four times an hour.
        On a paid plan glances have told already, and cost nothing of it.
        """
        if self._timetable.most == MOST_PAID:
            return False
        now, seen_at = self._time.now().boot, self._timetable.seen.account
        if seen_at is not None and now - seen_at <= UNSURE_SECONDS:
            return False
        if now - self._caught_up.get(priority, -CATCH_UP_SECONDS) < CATCH_UP_SECONDS:
            return False
        at = progress.cursor(cycle.store.source, TRACK, "time_entry").at
        if at is None:
            return False
        self._caught_up[priority] = now
        with suppress(NotNowError):
            if await self._reader.changes(cycle, at, priority):
                self._timetable.read(now)
                return True
        return False
