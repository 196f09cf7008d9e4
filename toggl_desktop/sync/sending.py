"""What a turn sends: row by row, one failing row never in the way of the others (R13)."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from toggl_desktop.store import bindings
from toggl_desktop.sync import homes, latch, mapping, mending, push, reconcile, unsent
from toggl_desktop.sync.api import ApiError, Said, TrackApi, Where
from toggl_desktop.sync.cycle import BrakeError, Cycle
from toggl_desktop.sync.desk import TRACK
from toggl_desktop.sync.hands import Hands, Here, done
from toggl_desktop.sync.ledger import Priority, organization
from toggl_desktop.sync.line import Heard, Line, NotNowError, StopError, Time
from toggl_desktop.sync.looking import Looks
from toggl_desktop.sync.push import Refusal, Send
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.seeking import Seeker
from toggl_desktop.sync.unsent import Job

DAY: Final = 86_400
_FAILURES: Final = 2
"""So many answers in a row that say nothing end a turn."""


class Sender:
    """Sends what is unsent, once a turn."""

    def __init__(self, api: TrackApi, line: Line, time: Time, looks: Looks) -> None:
        """Takes what it asks, and what looks at how things stand there first."""
        self._looks = looks
        self._api = api
        self._line = line
        self._time = time
        self.hands: Hands = Here(time)
        self.closed: set[str] = set()
        self._scopes: dict[int, str] = {}
        self.seeker = Seeker(api, line, time)
        self.confirmed: frozenset[str] = frozenset()
        self.sent_at: float | None = None

    def jobs(self, cycle: Cycle) -> list[Job]:
        """Returns what wants to be sent and may."""
        self.closed |= latch.closed(cycle.store.source)
        return [
            job
            for job in unsent.plan(cycle.store.source, cycle.rules, cycle.wall())
            if job.kind not in self.closed
        ]

    async def waiting(self, cycle: Cycle) -> list[Job]:
        """Returns the same; what thousands of rows want is found out beside the loop."""
        return await done(self.hands, cycle, self.jobs)

    async def has_way(self, cycle: Cycle) -> bool:
        """Tells whether anything is waiting that no limit keeps back now."""
        self._scopes.clear()
        jobs = await self.waiting(cycle)
        ways = {(self._scope(cycle, job), self._priority([job])) for job in jobs}
        return any(self._line.wait(*way) == 0 for way in ways)

    async def send(self, cycle: Cycle) -> None:
        """Sends everything that may go; what would overwrite unseen waits for the next read.

        Raises:
            BrakeError: So much would be deleted there that a person is asked; the rest was sent.
            StopError, EpochError: The turn ends.
            NotNowError: Something was kept back for its quota; the rest was sent.
        """
        if cycle.rules.verifies:
            await self.seeker.look(cycle)
        mending.bring_home(cycle)
        jobs = await self.waiting(cycle)
        if await self._looks.before(cycle, jobs):
            jobs = await self.waiting(cycle)
        kept, brake = self._braked(cycle, jobs)
        late = await self._each(cycle, kept)
        if brake is not None:
            raise brake
        if late is not None:
            raise late

    async def _each(self, cycle: Cycle, jobs: Sequence[Job]) -> NotNowError | None:
        """Sends them one after the other; returns the last that a limit kept back, if any."""
        self._silent = self._gone = 0
        self._scopes.clear()
        late: NotNowError | None = None
        parked: dict[str, Priority] = {}
        is_unseen = False
        for group in unsent.groups(jobs):
            scope, priority = self._scope(cycle, group[0]), self._priority(group)
            if group[0].kind in self.closed or priority >= parked.get(scope, len(Priority)):
                continue  # thousands may wait for one limit: each is not asked anew
            if (seconds := self._line.wait(scope, priority)) > 0:
                late, parked[scope] = NotNowError(scope, seconds), priority
                continue
            if not all(self._looks.may_go(cycle, job) for job in group):
                is_unseen = True
                continue
            try:
                await self._one(cycle, group, scope, priority)
            except NotNowError as error:
                late, parked[scope] = error, priority
        if is_unseen:
            self._looks.later()
        return late

    def _braked(self, cycle: Cycle, jobs: Sequence[Job]) -> tuple[list[Job], BrakeError | None]:
        """Returns the jobs without deletions that are so many that a person is asked (R23)."""
        brake: BrakeError | None = None
        held: set[str] = set()
        for kind in {job.kind for job in jobs if job.op == "delete"} - self.confirmed:
            count = sum(job.kind == kind and job.op == "delete" for job in jobs)
            there = bindings.count_there(cycle.store.source, TRACK, kind)
            if reconcile.asks_first(count, there, cycle.rules):
                brake = BrakeError(kind, count, there, outward=True)
                held.add(kind)
        return [j for j in jobs if j.op != "delete" or j.kind not in held], brake

    async def _one(
        self, cycle: Cycle, group: Sequence[Job], scope: str, priority: Priority
    ) -> None:
        send = push.prepare(cycle, group, self._line.server_not_before())
        if send is None:
            return
        try:
            heard = await self._line.ask(cycle.epoch, scope, priority, self._call(send))
        except NotNowError:
            push.not_sent(cycle, send)
            raise
        except ApiError as error:
            self._failed(cycle, send, error)
        else:
            self._answered(cycle, send, heard)
        finally:
            self.sent_at = self._time.now().boot

    def _scope(self, cycle: Cycle, job: Job) -> str:
        if job.workspace not in self._scopes:
            bound = bindings.by_rid(cycle.store.source, TRACK, "workspace", job.workspace)
            number = (bound.base or {}).get("organization") if bound else None
            self._scopes[job.workspace] = organization(number, job.workspace)
        return self._scopes[job.workspace]

    def _priority(self, group: Sequence[Job]) -> Priority:
        now = self._time.wall()
        if any(job.urgent and now - job.start < DAY for job in group):
            return Priority.TIMER
        is_open = any(job.kind == "time_entry" and now - job.start < DAY for job in group)
        return Priority.TODAY if is_open else Priority.BACKLOG

    def _call(self, send: Send) -> Any:  # noqa: ANN401 - a bound method with its arguments
        where = Where(send.workspace, send.project)
        if len(send.lids) > 1:
            operations = mapping.bulk(send.values)
            return partial(self._api.patch_entries, send.workspace, send.rids, operations)
        if send.op == "delete":
            return partial(self._api.delete, send.kind, where, send.rids[0])
        is_new = send.op == "create"
        body = mapping.body(send.kind, send.values, workspace=send.workspace, is_new=is_new)
        if is_new:
            return partial(self._api.create, send.kind, where, body)
        return partial(self._api.update, send.kind, where, send.rids[0], body)

    # What became of it --------------------------------------------------------------------

    def _answered(self, cycle: Cycle, send: Send, heard: Heard) -> None:
        self._silent = 0
        now = self._time.now()
        if len(send.lids) > 1:
            self._shared_out(cycle, send, heard.said)
            return
        said = push.reply(send.kind, heard.said.body)
        if send.op == "create" and (said.rid is None or push.is_anothers(cycle, send, said)):
            push.lost(cycle, send, now)  # it took it, perhaps, and did not say as what
        else:
            push.done(cycle, send, send.lids, now, said)

    def _shared_out(self, cycle: Cycle, send: Send, said: Said) -> None:
        """Takes an answer for many rows apart: who took it, who did not, and who was not named."""
        body = said.body if isinstance(said.body, dict) else {}
        took = {rid for rid in body.get("success") or () if type(rid) is int}
        refused = {
            one["id"]: str(one.get("message") or "")
            for one in body.get("failure") or ()
            if isinstance(one, dict) and type(one.get("id")) is int
        }
        pairs = list(zip(send.lids, send.rids, strict=True))
        done = [lid for lid, rid in pairs if rid in took]
        push.done(cycle, send, done, self._time.now(), push.Reply())
        for lid, rid in pairs:
            if rid in refused and rid not in took:
                push.refused(cycle, send, [lid], Refusal(400, refused[rid]))
        rest = [(lid, rid) for lid, rid in pairs if rid not in took and rid not in refused]
        if rest:
            lids, rids = zip(*rest, strict=True)
            push.lost(cycle, send._replace(lids=lids, rids=rids), self._time.now())

    def _failed(self, cycle: Cycle, send: Send, error: ApiError) -> None:
        outcome = error.outcome
        if outcome in {Outcome.AMBIGUOUS, Outcome.CAPTIVE}:
            has_failed = error.status is not None and error.status >= 500
            why = Refusal(error.status or 0, error.text) if has_failed else None
            push.lost(cycle, send, self._time.now(), why)
            self._silent += 1
            is_over = error.status is None or outcome is Outcome.CAPTIVE
            if is_over or self._silent >= _FAILURES:
                raise StopError(outcome, error.sentence, is_answered=error.is_answered) from error
        elif outcome is Outcome.DONE or (error.status == 410 and send.op == "delete"):
            push.done(cycle, send, send.lids, self._time.now(), push.Reply())
        elif outcome is Outcome.GONE and send.op == "update" and len(send.lids) == 1:
            self._is_gone(cycle, send, error)
        elif outcome in {Outcome.REFUSED, Outcome.GONE}:
            self._silent = 0
            why = Refusal(error.status or 0, error.text, error.request_id)
            push.refused(cycle, send, send.lids, why)
            if error.status == 403 and "workspace" in error.text.lower():
                homes.suspect(cycle, send.workspace)  # the next list of them tells (R56)
            if not cycle.rules.goes_on_after_refusal:
                raise StopError(outcome, error.sentence) from error
        else:
            push.not_sent(cycle, send)
            if outcome is Outcome.CLOSED and error.status == 410:
                self.closed.add(send.kind)  # never again in this version; everything is kept
                latch.shut(cycle, send.kind)
                return
            raise StopError(outcome, error.sentence) from error

    def _is_gone(self, cycle: Cycle, send: Send, error: ApiError) -> None:
        """One row that is not there was deleted; two in a row mean that it is the way there."""
        self._gone += 1
        if self._gone > 1:
            push.not_sent(cycle, send)
            raise StopError(Outcome.GONE, error.sentence) from error
        push.gone(cycle, send)
