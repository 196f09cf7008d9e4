"""Entries older than the three months that are read by themselves: on request, the newest first.

They come page by page through the Reports API, behind everything else that asks of the same quota.
How far they came is written down with every page, so that a spent limit, a restart or a person who
stops it costs nothing. A page is met like any other answer: by number, merged, never over edits.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from toggl_desktop.store import bindings, progress
from toggl_desktop.store.source import Source
from toggl_desktop.sync import pull
from toggl_desktop.sync.api import ApiError, Older, Said, TrackApi
from toggl_desktop.sync.cycle import AnswerError, Cycle
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.hands import Hands, Here
from toggl_desktop.sync.ledger import ME, Priority, organization
from toggl_desktop.sync.line import Heard, Line, Time
from toggl_desktop.sync.mapping import MalformedError, moment
from toggl_desktop.sync.reconcile import Outcome

DAY: Final = 86_400
SPAN_DAYS: Final = 365
"""A report covers a year at most."""

FIRST_DAY: Final = int(datetime(2006, 1, 1, tzinfo=UTC).timestamp())
"""Toggl knows no entry before it was founded."""

RECENT_DAYS: Final = 88
"""What is younger is read by itself; a day of both, for days differ by time zone."""

OLDER: Final = "older"
"""The cursor of the whole: `fetched_at` while they are wanted, `full_at` when they were complete,
`max_rid` how many came. Each workspace has one more, `at` being the last day still to be read."""

_PASSED_BY: Final = {Outcome.REFUSED, Outcome.GONE}
Show = Callable[[], None]


def is_wanted(source: Source) -> bool:
    """Tells whether they are being brought."""
    return progress.cursor(source, TRACK, OLDER).fetched_at is not None


def count(source: Source) -> int:
    """Returns how many have come since it began."""
    return progress.cursor(source, TRACK, OLDER).max_rid


def back_to(source: Source) -> int | None:
    """Returns how far back they have come, in the workspace that is furthest; None before any."""
    spaces = bindings.bound(source, TRACK, "workspace")
    reached = (progress.cursor(source, TRACK, _kind(space.rid)).at for space in spaces)
    return min((at for at in reached if at is not None), default=None)


def begin(cycle: Cycle) -> None:
    """A person wants them: it goes on where it ended, or anew after it was complete."""
    old = progress.cursor(cycle.store.source, TRACK, OLDER)
    with cycle.desk("Bring older entries") as desk:
        if old.full_at is not None:
            spaces = bindings.bound(desk.tx.source, TRACK, "workspace")
            _put(desk, *(progress.Cursor(_kind(space.rid)) for space in spaces))
        seen = 0 if old.full_at is not None else old.max_rid
        _put(desk, progress.Cursor(OLDER, None, seen, cycle.wall()))


def stop(cycle: Cycle) -> None:
    """A person wants no more of them: what came stays, and another time it goes on from there."""
    old = progress.cursor(cycle.store.source, TRACK, OLDER)
    if old.fetched_at is not None:
        with cycle.desk("Stop bringing older entries") as desk:
            _put(desk, old._replace(fetched_at=None))


def _kind(workspace: int | None) -> str:
    return f"{OLDER} {workspace}"


class Bringer:
    """Reads them, as far as it may."""

    def __init__(self, api: TrackApi, line: Line, time: Time) -> None:
        self._api = api
        self._line = line
        self._time = time
        self.hands: Hands = Here(time)
        self._user: tuple[int, int | None] | None = None
        self._after: dict[int, tuple[Older, Mapping[str, int]]] = {}
        self._scope = ME
        self.refused = ""

    def wait(self) -> float:
        """Returns the seconds until the next page may be asked for."""
        return self._line.wait(self._scope, Priority.OLDER)

    async def read(self, cycle: Cycle, gives_way: Callable[[], bool], show: Show) -> None:
        """Reads on until all is here, a limit is spent, or something else is due.

        Args:
            cycle: The cycle.
            gives_way: Tells whether something else is due.
            show: Called after each page.

        Raises:
            NotNowError: The rest follows when the limit allows.
            EpochError, StopError, ApiError, AnswerError: As they say; what came is here.
        """
        self.refused = ""
        if self._user is None:
            self._user = await self._who(cycle)
        for space in bindings.bound(cycle.store.source, TRACK, "workspace"):
            if space.gone or space.rid is None:
                continue
            number = (space.base or {}).get("organization")
            self._scope = organization(number, space.rid)
            while progress.cursor(cycle.store.source, TRACK, _kind(space.rid)).full_at is None:
                if gives_way() or not is_wanted(cycle.store.source):
                    return
                await self._page(cycle, space.rid)
                show()
        done = progress.cursor(cycle.store.source, TRACK, OLDER)
        with cycle.desk("Bring older entries") as desk:
            _put(desk, done._replace(fetched_at=None, full_at=cycle.wall()))

    async def _who(self, cycle: Cycle) -> tuple[int, int | None]:
        """Returns who it is, and since when they have been with Toggl."""
        heard = await self._ask(cycle, ME, lambda: self._api.me(related=False))
        body = heard.said.body
        if not isinstance(body, dict) or type(body.get("id")) is not int:
            raise AnswerError("it does not say who you are")
        try:
            return body["id"], moment(body.get("created_at"))
        except MalformedError:
            return body["id"], None

    async def _ask(self, cycle: Cycle, scope: str, call: Callable[[], Any]) -> Heard:
        self._scope = scope
        return await self._line.ask(cycle.epoch, scope, Priority.OLDER, call)

    async def _page(self, cycle: Cycle, space: int) -> None:
        """Reads one page of a workspace and applies it; how far it came is kept with it."""
        page = self._next(cycle, space)
        try:
            heard, after = await self._asked(cycle, page)
        except ApiError as error:
            if error.outcome not in _PASSED_BY and error.status != 410:
                raise
            self.refused = (
                error.text or error.sentence
            )  # this workspace tells nothing; the others may
            with cycle.desk("Bring older entries") as desk:
                _put(desk, _reached(desk, space, None, cycle.wall()))
            return
        wires = flat(heard.said.body, space)
        rows, strange = pull.understood("time_entry", wires)
        date = heard.said.meta.date
        answer = pull.Answer("time_entry", rows, strange, heard.sent, date)
        if after and after == page.after:
            raise AnswerError("the report has no end")
        if after and rows:
            self._after[space] = page, after
            last: int | None = min(
                _day(page.last), _midnight(min(r.values["start"] for r in rows)) + DAY
            )
        else:
            self._after.pop(space, None)
            first = _day(page.first)
            is_over = first <= FIRST_DAY or (not rows and self._is_before_all(first))
            last = None if is_over else first - DAY

        def then(desk: Desk) -> None:
            seen = progress.cursor(desk.tx.source, TRACK, OLDER)
            seen = seen._replace(max_rid=seen.max_rid + len(rows))
            _put(desk, _reached(desk, space, last, cycle.wall()), seen)
            for raw in strange:
                desk.shelve("strange", "time_entry", None, None, {"raw": raw})

        await self.hands.do(cycle, partial(pull.steps, answer=answer, then=then), len(rows))

    async def _asked(self, cycle: Cycle, page: Older) -> tuple[Heard, Mapping[str, int]]:
        after: Mapping[str, int] = {}

        async def call() -> Said:
            nonlocal after
            said, after = await self._api.older(page)
            return said

        return await self._ask(cycle, self._scope, call), after

    def _next(self, cycle: Cycle, space: int) -> Older:
        """Returns the page to ask for: after the last one, or from the last day that is known."""
        going = self._after.get(space)
        if going is not None:
            return going[0]._replace(after=going[1])
        assert self._user is not None
        now = self._line.server_now() or cycle.wall()
        at = progress.cursor(cycle.store.source, TRACK, _kind(space)).at
        last = _midnight(now) - RECENT_DAYS * DAY if at is None else at
        first = max(FIRST_DAY, last - (SPAN_DAYS - 1) * DAY)
        return Older(space, self._user[0], _date(first), _date(last))

    def _is_before_all(self, first: int) -> bool:
        """Tells whether an empty year is the last: it is older than the person's account."""
        made = None if self._user is None else self._user[1]
        return made is not None and first < made


def _reached(desk: Desk, space: int, last: int | None, wall: int) -> progress.Cursor:
    """Returns a workspace's cursor with the last day still to be read; None: it is complete."""
    old = progress.cursor(desk.tx.source, TRACK, _kind(space))
    return old._replace(
        at=old.at if last is None else last,
        fetched_at=wall,
        full_at=wall if last is None else None,
    )


def _put(desk: Desk, *cursors: progress.Cursor) -> None:
    desk.tx.also += [progress.put_cursor(TRACK, one) for one in cursors]


def flat(body: object, workspace: int) -> list[object]:
    """Returns the entries of a report's rows as Track itself would tell them."""
    if body is None:
        return []
    if not isinstance(body, list):
        raise AnswerError("it is no report")
    found: list[object] = []
    for row in body:
        parts = row.get("time_entries") if isinstance(row, dict) else None
        if not isinstance(parts, list):
            found.append(row)  # makes no sense, and is put aside as such
            continue
        shared = {n: row.get(n) for n in _SHARED}
        found += [
            {**shared, **_part(part), "workspace_id": workspace} if isinstance(part, dict) else part
            for part in parts
        ]
    return found


_SHARED: Final = ("description", "project_id", "task_id", "tag_ids", "billable")


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: part.get(name) for name in ("id", "start", "stop", "at")}
    return told | {"duration": part.get("seconds")}


def _midnight(at: int) -> int:
    return at - at % DAY


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _day(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
