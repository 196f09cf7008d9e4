"""On a paid plan, glances at a workspace to tell whether something changed elsewhere; no more.

Reading entries counts on thirty requests an hour, whatever the plan. What a workspace says about
itself counts on its organization's limit, which is eight to twenty times as large on a paid plan.
So the workspace is asked what its person did last and which entries changed last. What that shows
is never taken over: it only says that the entries are worth a read now.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from math import inf
from typing import Any, Final, NamedTuple

from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.merge import dirty
from toggl_desktop.store import accounts, bindings, tables
from toggl_desktop.store.source import Source
from toggl_desktop.sync import older, pull
from toggl_desktop.sync.api import ApiError, Older, Said, TrackApi
from toggl_desktop.sync.cycle import AnswerError, Cycle
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.ledger import PAID, Priority, organization
from toggl_desktop.sync.line import Line, NotNowError, Time
from toggl_desktop.sync.mapping import MalformedError, Row, moment
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.seen import Seen
from toggl_desktop.sync.ties import plain

BEAT_SECONDS: Final = 45.0
"""So often a workspace is asked one of its two questions."""

REST_SECONDS: Final = 600.0
"""After an answer of no use; the regular reads go on meanwhile."""

RECENT_DAYS: Final = 88
DAY: Final = 86_400
_NEVER: Final = frozenset({Outcome.REFUSED, Outcome.GONE, Outcome.CLOSED})
Sight = tuple[object, ...]


class Space(NamedTuple):
    """A workspace on a paid plan."""

    rid: int
    scope: str


def paid(source: Source) -> list[Space]:
    """Returns the workspaces whose organization has a larger limit."""
    return [
        Space(space.rid, organization((space.base or {}).get("organization"), space.rid))
        for space in bindings.bound(source, TRACK, "workspace")
        if space.rid is not None and not space.gone and (space.base or {}).get("premium")
    ]


class Lookout:
    """Takes one glance at a time, in turn, and remembers what it has already told of."""

    def __init__(self, api: TrackApi, line: Line, time: Time, seen: Seen) -> None:
        self._api = api
        self._line = line
        self._time = time
        self._seen = seen
        self._beat = 0
        self._rests_until: float | None = None
        self._told: dict[tuple[int, str], frozenset[Sight]] = {}
        self._off: set[tuple[int, str]] = set()

    def due(self, source: Source, now: float) -> float:
        """Returns when the next glance is due; never where no plan pays for one."""
        if not paid(source):
            return inf
        if self._rests_until is None:  # everything was read when the program began
            self._rests_until = now + BEAT_SECONDS
        return self._rests_until

    async def look(self, cycle: Cycle) -> bool:
        """Takes the glance that is due; tells whether there is something to read.

        It never raises for what a server does: whatever fails here is found out by the next read.

        Raises:
            EpochError: The cycle is void.
        """
        now = self._time.now().boot
        self._rests_until = now + BEAT_SECONDS
        spaces = paid(cycle.store.source)
        user = accounts.owner(cycle.store.source, TRACK)
        if not spaces or user is None:
            return False
        space = spaces[self._beat // 2 % len(spaces)]
        what = ("activity", "edits")[self._beat % 2]
        self._beat += 1
        if (space.rid, what) in self._off or not self._may(space):
            return False
        try:
            return await self._glance(cycle, space, what, user[0])
        except NotNowError as error:
            self._rests_until = now + max(BEAT_SECONDS, error.seconds)
        except ApiError as error:
            self._rests_until = now + REST_SECONDS
            if error.outcome in _NEVER:  # not for this person, or not on this plan
                self._off.add((space.rid, what))
        except (AnswerError, MalformedError):
            self._off.add((space.rid, what))
        return False

    def _may(self, space: Space) -> bool:
        """Tells whether half of the limit is left: the other half is for what a person does."""
        self._line.expect(space.scope, PAID)
        total = self._line.bucket(space.scope).total
        return self._line.left(space.scope) > total // 2

    async def _glance(self, cycle: Cycle, space: Space, what: str, user: int) -> bool:
        asks: Callable[[], Awaitable[Said]] = partial(self._api.activity, space.rid)
        if what == "edits":
            now = self._line.server_now() or cycle.wall()
            days = _date(now - RECENT_DAYS * DAY), _date(now + DAY)
            asks = partial(self._api.edited, Older(space.rid, user, *days))
        heard = await self._line.ask(cycle.epoch, space.scope, Priority.RECONCILE, asks)
        source = cycle.store.source
        if what == "edits":
            rows, _ = pull.understood("time_entry", older.flat(heard.said.body, space.rid))
            unknown = _edits(source, rows)
            if not unknown:
                self._seen.glance(space.rid, heard.sent)
        else:
            unknown = _activity(source, heard.said.body, user)
        told = self._told.get((space.rid, what), frozenset())
        self._told[space.rid, what] = unknown
        return not unknown <= told


def _activity(source: Source, body: object, user: int) -> frozenset[Sight]:
    """Returns what a person did last that is not known here."""
    if body is None:
        return frozenset()
    if not isinstance(body, list):
        raise AnswerError("it is no list of activities")
    mine = [one for one in body if isinstance(one, dict) and one.get("user_id") == user]
    return frozenset(sight for sight in map(_sight, mine) if not _is_known(source, *sight))


def _sight(one: dict[str, Any]) -> tuple[str, int | None, int | None]:
    """Returns its words, when it began if it runs, and when it stopped if it does not."""
    words = one.get("description")
    length = one.get("duration")
    runs = isinstance(length, int) and length < 0 and not one.get("stop")
    begun = -length if runs and isinstance(length, int) and length < -1 else None
    stop = moment(one["stop"]) if one.get("stop") else None
    return (words if isinstance(words, str) else "", begun, stop)


def _is_known(source: Source, words: str, begun: int | None, stop: int | None) -> bool:
    if stop is not None:
        where, values = "WHERE stop BETWEEN ? AND ? AND deleted = 0", (stop - 1, stop + 1)
        found = tables.load(source, Entry, where, values)
    else:
        found = tables.load(source, Entry, "WHERE stop IS NULL AND deleted = 0")
        if begun is not None:  # the server counts from it, off by one now and then
            found = [one for one in found if abs(one.start - begun) <= 1]
    return any(one.description == words for one in found)


def _edits(source: Source, rows: Iterable[Row]) -> frozenset[Sight]:
    """Returns the entries that are there in another shape than was read, or were never read."""
    found = []
    for row in rows:
        bound = bindings.by_rid(source, TRACK, "time_entry", row.rid)
        base = {} if bound is None or bound.base is None else plain(bound.base)
        values = row.values
        runs = base.get("stop", 0) is None and values["stop"] in {None, values["start"]}
        if runs:  # a report has no word for that
            values = values | {"stop": None}
        if dirty(base, values):
            found.append((row.rid, row.at))
    return frozenset(found)


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
