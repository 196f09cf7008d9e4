"""What a turn reads, in which order, and when it is worth a request."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from toggl_desktop.store import attempts, bindings, progress, schema
from toggl_desktop.store.read import synced
from toggl_desktop.sync import absence, homes, joining, missed, pull, unseen
from toggl_desktop.sync.api import ApiError, TrackApi
from toggl_desktop.sync.cycle import AnswerError, Cycle, GivenUpError
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.hands import MANY, Hands, Here
from toggl_desktop.sync.ledger import ME, Priority
from toggl_desktop.sync.line import Heard, Line, StopError, Time
from toggl_desktop.sync.mapping import Row, written
from toggl_desktop.sync.pull import Answer
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.rules import CURSOR_DAYS
from toggl_desktop.sync.timetable import NAMES_SECONDS, Timetable

DAY: Final = 86_400
WINDOW_DAYS: Final = 89
"""So far back may be asked: three months are the server's limit (R21)."""

AHEAD_DAYS: Final = 366
NEAR_DAYS: Final = 2
"""So far ahead is asked, for what is planned or was made by a clock that is wrong; and so far where
the server does not want to look that far, of which nothing is written anywhere."""

AHEAD_SECONDS: Final = 300
"""A cursor so far ahead of the server's clock means that the server was set back."""

PAGE: Final = 1000
PAGES: Final = 200
_FEW: Final = 3
TOMBSTONE_SECONDS: Final = 6 * 3600
"""So often is asked which of them were deleted: one request a kind."""

RELATED: Final = ("workspaces", "clients", "projects", "tags")
_KIND_OF: Final = {f"{kind}s": kind for kind in ("workspace", "client", "project", "tag")}
THINGS: Final = ("client", "project", "tag", "task")
Progress = Callable[[], object]


class Reader:
    """Reads what is new, once a turn; every answer is whole before any of it is applied."""

    def __init__(self, api: TrackApi, line: Line, time: Time, timetable: Timetable) -> None:
        self._api = api
        self._line = line
        self._time = time
        self.hands: Hands = Here(time)
        self._timetable = timetable
        self._locks = homes.Locks(api, line)
        self._sight = homes.Sight(time)
        self._ahead_days = AHEAD_DAYS
        self.user: int | None = None
        self.on_progress: Progress | None = None
        self.so_far: int | None = None
        self.is_given_up = False
        self.confirmed: frozenset[str] = frozenset()

    # What is due ----------------------------------------------------------------------------

    def wants_things(self, cycle: Cycle) -> bool:
        """Tells whether names are to be read: they are old, unknown, or one is to be found out."""
        source = cycle.store.source
        at = progress.cursor(source, TRACK, "workspace").fetched_at
        if at is None:
            return True
        if not 0 <= cycle.wall() - at < NAMES_SECONDS and self._has_room(0):
            return True
        if homes.is_to_be_found_out(source) or self._is_half_read(cycle):
            return True
        held = (bound for kind in THINGS for bound in bindings.held(source, TRACK, kind))
        is_taken = any(_is_taken(bound, at) for bound in held)
        lost = [a for a in attempts.outstanding(source, TRACK) if self._is_over(a)]
        doubts = any(unseen.is_in_doubt(a, self._timetable.seen.account) for a in lost)
        doubts = doubts and self._line.may(ME, Priority.REFERENCE, 1)
        return is_taken or doubts or any(a.kind in THINGS for a in lost)

    def wants_entries(self, cycle: Cycle) -> bool:
        """Tells whether entries must be read before anything more can be said of one."""
        return any(
            a.kind == "time_entry" and self._is_over(a) and not unseen.is_unseen(a)
            for a in attempts.outstanding(cycle.store.source, TRACK)
        )

    def wants_all(self, cycle: Cycle) -> bool:
        """Tells whether the day's complete list is due, or the second look at what it lacked.

        It is not begun when it could not be read to its end; where it is long, it may take what
        the hour has left, once a day.
        """
        if not absence.is_due(cycle):
            return False
        count = bindings.count_clean(cycle.store.source, TRACK, "time_entry") // PAGE + 2
        if count <= _FEW:
            return self._has_room(count)
        return self._line.may(ME, Priority.RECONCILE, count)

    def _has_room(self, count: int) -> bool:
        return self._timetable.has_room(self._time.now().boot, count)

    def _is_over(self, attempt: attempts.Attempt) -> bool:
        return unseen.is_over(attempt, self._time.now())

    # Reading --------------------------------------------------------------------------------

    async def read(self, cycle: Cycle, *, is_full: bool, priority: Priority) -> None:
        """Reads what is due and applies it: names first, then entries, then names again if needed.

        Raises:
            BrakeError, EpochError, NotNowError, StopError, ApiError: As they say; what was read
                until then is applied and stays.
        """
        self._sight.forget()
        if is_full or self.wants_things(cycle):
            await self._things(cycle, is_full=is_full)
        await self.join(cycle, asks=priority)
        before = self._unknown(cycle)
        await self._entries(cycle, is_full=is_full, priority=priority)
        if self._unknown(cycle) > before:
            await self._things(cycle, is_full=is_full)

    async def join(self, cycle: Cycle, asks: Priority | None = None) -> None:
        """Ties the work that was here before its workspace was an account's.

        What is too old to be looked for is left untied: this machine's clock is not asked for that,
        it may be a year off. Where the server's is not known, it waits, or asks with that priority.
        """
        if not joining.is_due(cycle):
            return
        if self._line.server_now() is None:
            if asks is None:
                return
            await self._ask(cycle, asks, lambda: self._api.me(related=False))
        now, server_now = self._time.now(), self._line.server_now() or cycle.wall()
        await self.hands.do(cycle, lambda own: joining.tie(own, now, server_now), MANY)

    async def read_names(self, cycle: Cycle) -> None:
        """Reads names now: entries point to some that are not known, or some are to be changed."""
        await self._things(cycle, is_full=False)

    def _unknown(self, cycle: Cycle) -> int:
        return synced.count_unknown(cycle.store.source)

    async def _ask(self, cycle: Cycle, priority: Priority, call: Callable[[], Any]) -> Any:  # noqa: ANN401
        return await self._line.ask(cycle.epoch, ME, priority, call)

    async def _things(self, cycle: Cycle, *, is_full: bool) -> None:
        try:
            heard = await self._ask(cycle, Priority.REFERENCE, lambda: self._api.me(related=True))
        except ApiError as error:
            if error.status == 403:  # the one place where it means the token
                raise StopError(Outcome.AUTH, error.sentence) from error
            raise
        body = heard.said.body
        if not isinstance(body, dict) or type(body.get("id")) is not int:
            raise AnswerError("it does not say who you are")
        self.user = body["id"]
        answers = []
        for name in RELATED:
            rows, strange = pull.understood(_KIND_OF[name], body.get(name) or [])
            answer = _answer(_KIND_OF[name], rows, strange, heard)
            answers.append(answer._replace(lists=name != "workspaces"))
        if not answers[0].rows:
            raise AnswerError("it names no workspace")
        self._sight.see(row.rid for row in answers[0].rows)
        for answer in answers:
            await self._apply(cycle, answer, moves=False)
        if not answers[0].strange:  # one that makes no sense is there all the same
            homes.note(cycle, (row.rid for row in answers[0].rows))
        homes.note_zone(cycle, body.get("timezone"))
        await self._locks.read(cycle)
        await self._tombstones(cycle, is_full=is_full)
        self._timetable.seen.names = heard.sent

    async def _tombstones(self, cycle: Cycle, *, is_full: bool) -> None:
        """Asks which names were deleted, and for tasks, which the list of everything lacks."""
        source = cycle.store.source
        was_asked = False
        for kind in THINGS:
            cursor = progress.cursor(source, TRACK, kind)
            checked = progress.cursor(source, TRACK, f"{kind} deleted").fetched_at
            is_recent = checked is not None and 0 <= cycle.wall() - checked < TOMBSTONE_SECONDS
            is_sought = self._is_sought(cycle, kind, checked or 0)
            if is_recent and not is_full and not (is_sought and kind == "task"):
                continue
            is_routine = not (checked is None or is_full or is_sought)
            if is_routine and (was_asked or not self._has_room(1)):
                continue  # one at a time: it can wait, the entries cannot
            was_asked |= is_routine
            if kind == "task" and not is_sought and not self._has_tasks(cycle):
                continue
            if checked is None and kind != "task":
                self._mark_checked(cycle, kind)
                continue  # everything was read just now, and nothing was here before
            floor = (self._line.server_now() or cycle.wall()) - WINDOW_DAYS * DAY
            since = max((cursor.at or 0) - cycle.rules.overlap_seconds, floor)
            is_first = kind == "task" and (cursor.at is None or is_full)
            call = partial(self._api.things_since, kind, None if is_first else since)
            heard = await self._ask(cycle, Priority.REFERENCE, call)
            body = heard.said.body
            rows, strange = pull.understood(kind, [] if body is None else body)
            answer = _answer(kind, rows, strange, heard)._replace(lists=is_first)
            await self._apply(cycle, answer, moves=True)
            self._mark_checked(cycle, kind)

    def _is_sought(self, cycle: Cycle, kind: str, checked: int) -> bool:
        """Tells whether one is to be found out: its answer was lost, or its name is taken."""
        source = cycle.store.source
        if any(a.kind == kind for a in attempts.outstanding(source, TRACK)):
            return True
        waiting = bindings.waiting(source, TRACK) if kind == "task" else []
        return any(
            bound.kind == kind and (_is_taken(bound, checked) or _is_changed(bound))
            for bound in waiting
        )

    def _is_half_read(self, cycle: Cycle) -> bool:
        """Tells whether a read of names ended before its end: its last part is still missing."""
        source = cycle.store.source
        missing = [
            kind
            for kind in THINGS
            if progress.cursor(source, TRACK, f"{kind} deleted").fetched_at is None
        ]
        return any(kind != "task" or self._has_tasks(cycle) for kind in missing)

    def _has_tasks(self, cycle: Cycle) -> bool:
        spaces = bindings.bound(cycle.store.source, TRACK, "workspace")
        return any((space.base or {}).get("premium") for space in spaces)

    def _mark_checked(self, cycle: Cycle, kind: str) -> None:
        mark = progress.Cursor(f"{kind} deleted", fetched_at=cycle.wall())
        with cycle.desk("Look again") as desk:
            desk.tx.also.append(progress.put_cursor(TRACK, mark))

    async def _apply(self, cycle: Cycle, answer: Answer, *, moves: bool) -> None:
        answer = answer._replace(confirmed=answer.kind in self.confirmed)
        then = pull.finish(cycle, answer, self._time.now, moves=moves, seen=self._sight.now())
        parts = partial(pull.steps, answer=answer, then=then)
        await self.hands.do(cycle, parts, len(answer.rows))

    # Entries --------------------------------------------------------------------------------

    async def _entries(self, cycle: Cycle, *, is_full: bool, priority: Priority) -> None:
        asked = self._time.now().boot
        at = progress.cursor(cycle.store.source, TRACK, "time_entry").at
        if schema.meta(cycle.store.source, schema.RESTORED) is not None:
            at = None
        if at is None or self._is_old(at) or not await self.changes(cycle, at, priority):
            await self._window(cycle, priority, forgets=True)
        elif is_full:
            await self._window(cycle, priority, forgets=False)
        if (since := missed.since(cycle.store.source)) is not None:
            floor = (self._line.server_now() or cycle.wall()) - WINDOW_DAYS * DAY
            await self.changes(cycle, max(since, floor + cycle.rules.overlap_seconds), priority)
            missed.told(cycle)
        self._timetable.read(asked)

    async def changes(self, cycle: Cycle, at: int, priority: Priority) -> bool:
        """Reads which entries changed since; tells whether the server still knows (R21)."""
        since = at - cycle.rules.overlap_seconds
        try:
            heard = await self._ask(cycle, priority, partial(self._api.entries_since, since))
        except ApiError as error:
            if error.status != 400:
                raise
            return False  # it does not look back so far
        date = heard.said.meta.date
        is_ahead = date is not None and at > date + AHEAD_SECONDS
        if is_ahead and cycle.rules.cursor_from_server:
            return False  # it was set back: what we know is no more
        rows, strange = await self._understood(heard.said.body)
        await self._apply(cycle, _answer("time_entry", rows, strange, heard), moves=True)
        return True

    async def _understood(self, body: object) -> pull.Understood:
        """Understands a list of entries, which may be long; others come in meanwhile."""
        found = pull.Understood([], [])
        for _ in pull.understanding("time_entry", body, found):
            await self._time.sleep(0)
        return found

    def _is_old(self, at: int) -> bool:
        """Tells whether a cursor is too old; this machine's clock is not asked, it may be wrong."""
        now = self._line.server_now()
        return now is not None and now - at > CURSOR_DAYS * DAY

    async def _window(self, cycle: Cycle, priority: Priority, *, forgets: bool) -> None:
        """Reads everything the server shows: three months, and what runs (R21).

        Which months those are is the server's to say: what a wrong clock leaves out of the list
        would be taken for never having arrived.
        """
        if self._line.server_now() is None:
            await self._ask(cycle, priority, lambda: self._api.me(related=False))
        rows, strange, first = await self._pages(cycle, priority)
        heard = await self._ask(cycle, priority, self._api.current)
        if heard.said.body is not None:
            found, odd = pull.understood("time_entry", [heard.said.body])
            rows += [row for row in found if row.rid not in {r.rid for r in rows}]
            strange += odd
        answer = _answer("time_entry", rows, strange, first)
        if forgets:
            with cycle.desk("Look again") as desk:
                missed.void(desk)
            suspect = partial(absence.suspect, rows=rows, span=self._span(cycle))
            await self.hands.do(cycle, suspect, len(rows))
            answer = answer._replace(span=self._span(cycle))
        await self._apply(cycle, answer._replace(is_full=True, lists=True), moves=False)

    async def _pages(self, cycle: Cycle, priority: Priority) -> tuple[list[Row], list[str], Heard]:
        now = self._line.server_now() or cycle.wall()
        start = written(_midnight(now) - WINDOW_DAYS * DAY)
        end = written(now + self._ahead_days * DAY)
        found: dict[int, Row] = {}
        strange: list[str] = []
        first: Heard | None = None
        for _ in range(PAGES):
            call = partial(self._api.entries_between, start, end)
            try:
                heard = await self._ask(cycle, priority, call)
            except ApiError as error:
                if error.status != 400 or self._ahead_days == NEAR_DAYS:
                    raise
                self._ahead_days = NEAR_DAYS
                return await self._pages(cycle, priority)
            first = first or heard
            rows, odd = await self._understood(heard.said.body)
            strange += odd
            fresh = [row for row in rows if row.rid not in found]
            found.update((row.rid, row) for row in fresh)
            if len(rows) + len(odd) < PAGE or not fresh:
                break
            self._tell(len(found))
            end = written(min(row.values["start"] for row in rows) + 1)
        else:
            raise AnswerError("the list of entries has no end")
        assert first is not None
        return list(found.values()), strange, first

    def _tell(self, count: int) -> None:
        """Tells how far a long read has come, and ends it where nobody wants it any more."""
        if self.is_given_up:
            raise GivenUpError
        self.so_far = count
        if self.on_progress is not None:
            self.on_progress()

    async def look_for_absent(self, cycle: Cycle) -> None:
        """Reads the whole window and notes which rows it lacks: twice missing is deleted (R22)."""
        rows, strange, first = await self._pages(cycle, Priority.RECONCILE)
        heard = await self._ask(cycle, Priority.RECONCILE, lambda: self._api.me(related=False))
        if not isinstance(heard.said.body, dict) or heard.said.body.get("id") is None:
            raise AnswerError("it does not say who you are")
        answer = _answer("time_entry", rows, strange, first)._replace(lists=True)
        await self._apply(cycle, answer, moves=False)  # what it shows lives, whatever was said
        span, confirmed = self._span(cycle), "time_entry" in self.confirmed
        note = partial(absence.note, rows=rows, span=span, confirmed=confirmed)
        await self.hands.do(cycle, note, len(rows))

    def _span(self, cycle: Cycle) -> range:
        """Returns the starts that a list of the whole window surely covers."""
        now = self._line.server_now() or cycle.wall()
        return range(_midnight(now) - (WINDOW_DAYS - 1) * DAY, now + (self._ahead_days - 1) * DAY)


def _is_taken(bound: bindings.Binding, read_at: int) -> bool:
    """Tells whether a name was refused since the names were read: it may be there by now."""
    hold = bound.hold or {}
    return bool(hold.get("is_taken")) and hold.get("at", 0) >= read_at


def _is_changed(bound: bindings.Binding) -> bool:
    """Tells whether one that is there waits to be changed there."""
    return bound.rid is not None and bound.hold is None


def _answer(kind: str, rows: list[Row], strange: list[str], heard: Heard) -> Answer:
    return Answer(kind, rows, strange, heard.sent, heard.said.meta.date)


def _midnight(moment: int) -> int:
    return moment - moment % DAY
