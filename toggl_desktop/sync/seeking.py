"""Looks for entries outside of Track's lists in the reports of their days, before a repeat.

A report counts on the organization's requests, as what is sent does. What the report has and is the
very same is adopted, what is alike is asked about, the rest is free to be sent. Where no report is
to be had nothing is sent blindly: a person is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from math import inf
from typing import Any, Final

from toggl_desktop.store import accounts, bindings, progress
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.source import Source
from toggl_desktop.sync import older, pull
from toggl_desktop.sync.api import ApiError, Older, Said, TrackApi
from toggl_desktop.sync.cycle import AnswerError, Cycle
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.hands import Hands, Here
from toggl_desktop.sync.ledger import ME, Priority, organization
from toggl_desktop.sync.line import Call, Heard, Line, NotNowError, Time
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.rules import SETTLE_SECONDS
from toggl_desktop.sync.unseen import is_over, sought

DAY: Final = 86_400
NEAR: Final = 7 * DAY
"""Days so close together are one report."""

LONGEST: Final = 60 * DAY
PAGES: Final = 40
REST_SECONDS: Final = 600.0
"""After an answer of no use; what is to be sent otherwise goes on meanwhile."""

_TELLS_NOTHING: Final = {Outcome.REFUSED, Outcome.GONE, Outcome.CLOSED}
_COMES_LATER: Final = {Outcome.AMBIGUOUS, Outcome.CAPTIVE, Outcome.NOT_SENT}


class Seeker:
    """Looks for them, a report at a time."""

    def __init__(self, api: TrackApi, line: Line, time: Time) -> None:
        self._api = api
        self._line = line
        self._time = time
        self._user: int | None = None
        self._rests_until = 0.0
        self._scope = ME
        self.hands: Hands = Here(time)

    def due(self, source: Source, now: float) -> float:
        """Returns when the next look is due; never where nothing is to be looked for."""
        ends = [a.ended_at for a in sought(source) if a.ended_at is not None]
        if not ends or progress.cursor(source, TRACK, "time_entry").at is None:
            return inf  # or everything is to be read first
        wait = self._line.wait(self._scope, Priority.ENTRIES)
        return max(min(ends) + SETTLE_SECONDS, self._rests_until, now + wait)

    async def look(self, cycle: Cycle) -> None:
        """Looks for everything that is due, as far as it may.

        Raises:
            EpochError, ApiError: The turn ends; what waits for a look waits on.
        """
        now = self._time.now()
        if now.boot < self._rests_until:
            return
        due = [one for one in sought(cycle.store.source) if is_over(one, now)]
        for group in _together(due):
            try:
                await self._look(cycle, group)
            except NotNowError:
                return
            except AnswerError:
                self._ask_about(cycle, group)
            except ApiError as error:
                if error.outcome in _TELLS_NOTHING:
                    self._ask_about(cycle, group)
                elif error.outcome in _COMES_LATER:
                    self._rests_until = now.boot + REST_SECONDS
                    return
                else:
                    raise

    async def _look(self, cycle: Cycle, group: Sequence[Attempt]) -> None:
        rows = await self._report(cycle, group)
        source, rids = cycle.store.source, [row.rid for row in rows]
        known = {bound.rid for bound in bindings.by_rids(source, TRACK, "time_entry", rids)}
        strangers = [row for row in rows if row.rid not in known]
        matches = pull.matches(source, group, strangers, cycle.rules)
        wanted = {*matches.adopted, *(rid for rids in matches.unsure.values() for rid in rids)}
        candidates = [row for row in rows if row.rid in wanted]
        answer = pull.Answer("time_entry", candidates, [], self._time.now().boot, None)

        def then(desk: Desk) -> None:
            for one in group:
                if desk.attempt(one.kind, one.lid) is not None:
                    pull.let_go(desk, one)

        parts = partial(pull.steps, answer=answer, then=then)
        await self.hands.do(cycle, parts, len(answer.rows))

    async def _report(self, cycle: Cycle, group: Sequence[Attempt]) -> list[Row]:
        """Returns everything of these days, and of a day on either side: zones differ."""
        starts = [one.payload["start"] for one in group]
        space = group[0].payload["workspace"]
        if not isinstance(space, int):
            raise AnswerError("nobody knows where that was")
        page = Older(
            space, await self._who(cycle), _date(min(starts) - DAY), _date(max(starts) + DAY)
        )
        bound = bindings.by_rid(cycle.store.source, TRACK, "workspace", space)
        self._scope = organization((bound.base or {}).get("organization") if bound else None, space)
        rows: dict[int, Row] = {}
        for _ in range(PAGES):
            after: Mapping[str, int] = {}

            async def call(asked: Older = page) -> Said:
                nonlocal after
                said, after = await self._api.older(asked)
                return said

            heard = await self._ask(cycle, call)
            found, strange = pull.understood("time_entry", older.flat(heard.said.body, space))
            if strange:
                raise AnswerError("a row of the report makes no sense")
            rows.update((row.rid, row) for row in found)
            if not after or after == page.after:
                return list(rows.values())
            page = page._replace(after=after)
        raise AnswerError("the report has no end")

    async def _ask(self, cycle: Cycle, call: Call) -> Heard:
        return await self._line.ask(cycle.epoch, self._scope, Priority.ENTRIES, call)

    async def _who(self, cycle: Cycle) -> int:
        owner = accounts.owner(cycle.store.source, TRACK)
        if owner is not None:
            return owner[0]
        if self._user is None:
            heard = await self._line.ask(
                cycle.epoch, ME, Priority.ENTRIES, lambda: self._api.me(related=False)
            )
            body = heard.said.body
            if not isinstance(body, dict) or type(body.get("id")) is not int:
                raise AnswerError("it does not say who you are")
            self._user = body["id"]
        return self._user

    def _ask_about(self, cycle: Cycle, group: Sequence[Attempt]) -> None:
        """Nobody can say whether they are there: a person is asked, nothing is sent."""
        with cycle.desk("Ask about possible duplicates") as desk:
            for one in group:
                desk.settled(one.kind, one.lid)
                bound = desk.binding(one.kind, one.lid) or Binding(TRACK, one.kind, one.lid)
                living = desk.row(one.kind, one.lid)
                if bound.rid is None and living is not None:
                    hold = {"reason": "duplicate", "rids": [], "at": cycle.wall()}
                    bound = replace(bound, hold=None if living.deleted else hold)
                    desk.bind(bound)
                    desk.bind(replace(bound, unsent=desk.is_unsent(living, bound)))


def _together(due: Sequence[Attempt]) -> list[list[Attempt]]:
    """Returns them in groups of which each is one report: a workspace, days close together."""
    groups: list[list[Attempt]] = []
    for one in sorted(due, key=lambda a: (str(a.payload["workspace"]), a.payload["start"])):
        if groups and _is_near(groups[-1], one.payload):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _is_near(group: Sequence[Attempt], values: Mapping[str, Any]) -> bool:
    first, last = group[0].payload, group[-1].payload
    return bool(
        first["workspace"] == values["workspace"]
        and values["start"] - last["start"] <= NEAR
        and values["start"] - first["start"] <= LONGEST
    )


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
