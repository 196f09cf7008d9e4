"""Which workspaces the account reaches, and before when they are locked.

A workspace that two answers lack is marked, never deleted: its rows stay and can be read, and what
waits for it waits on (R56). When it is back everything in it is read anew.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from toggl_desktop.domain.entities import Workspace
from toggl_desktop.store import accounts, bindings, progress, schema, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import rights as read
from toggl_desktop.store.source import Source
from toggl_desktop.sync import mapping, missed
from toggl_desktop.sync.api import ApiError, TrackApi
from toggl_desktop.sync.cycle import Cycle
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ledger import Priority, organization
from toggl_desktop.sync.line import Line, NotNowError, Time
from toggl_desktop.sync.reconcile import Outcome
from toggl_desktop.sync.rights import NO_ACCESS

ABSENT: Final = "absent"
"""Meta key: the numbers of workspaces that the last answer lacked."""

LOCKS_SECONDS: Final = 6 * 3600
"""So often is asked before when a workspace is locked."""

SIGHT_SECONDS: Final = 60.0

_UNANSWERED: Final = {Outcome.REFUSED, Outcome.GONE, Outcome.CLOSED}


def absent(source: Source) -> frozenset[int]:
    """Returns the workspaces that the last answer lacked, by their numbers."""
    return frozenset(json.loads(schema.meta(source, ABSENT) or "[]"))


def doubtful(source: Source) -> frozenset[int]:
    """Returns the workspaces of which a list may lack everything: nothing there is deleted."""
    closed = {b.rid for b in bindings.bound(source, TRACK, "workspace") if b.hold is not None}
    return absent(source) | {rid for rid in closed if rid is not None}


def is_to_be_found_out(source: Source) -> bool:
    """Tells whether a workspace was missing once: the next answer says whether it is gone."""
    gone = absent(source)
    return any(b.rid in gone and b.hold is None for b in bindings.bound(source, TRACK, "workspace"))


def suspect(cycle: Cycle, workspace: int) -> None:
    """Hears that the server lets nobody into a workspace: the next answer that lacks it counts."""
    gone = absent(cycle.store.source)
    if workspace not in gone:
        with cycle.desk("Look for a workspace") as desk:
            _remember(desk, gone | {workspace})


def _remember(desk: Desk, gone: Iterable[int]) -> None:
    desk.tx.step.meta[ABSENT] = json.dumps(sorted(gone)) if gone else None


def note_zone(cycle: Cycle, name: object) -> None:
    """Keeps by which time zone the person's profile counts: Toggl's own import goes by it."""
    is_news = isinstance(name, str) and name != accounts.zone(cycle.store.source)
    if is_news:
        with cycle.desk("Look by which zone Toggl counts") as desk:
            desk.tx.step.meta[accounts.ZONE] = str(name)


def note(cycle: Cycle, present: Iterable[int]) -> None:
    """Compares the workspaces of an answer with those that are known.

    Missing once is nothing; missing twice is no access. What is back is open again.
    """
    source = cycle.store.source
    there, before = set(present), absent(source)
    known = [b for b in bindings.bound(source, TRACK, "workspace") if not b.gone]
    missing = {b.rid for b in known if b.rid is not None and b.rid not in there}
    lost = [b for b in known if b.hold is None and b.rid in missing & before]
    back = [b for b in known if b.hold is not None and b.rid in there]
    if not (lost or back) and missing == before:
        return
    with cycle.desk("Look which workspaces are there") as desk:
        _remember(desk, missing)
        for bound in lost:
            desk.bind(replace(bound, hold=_no_access(source, bound, cycle.wall())))
        for bound in back:
            desk.bind(replace(bound, hold=None))
        if back:  # not only what changed since: what happened there meanwhile was not to be seen
            missed.void(desk)


def _no_access(source: Source, bound: Binding, at: int) -> dict[str, Any]:
    one = tables.get(source, Workspace, bound.lid)
    name = one.name if one else str(bound.rid)
    text = f"Your account has no access to “{name}” any more."
    return {"reason": NO_ACCESS, "text": text, "at": at}


class Sight:
    """Which workspaces the account's own list named a moment ago: what lies there is shown too."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._at, self._shown = -SIGHT_SECONDS, frozenset[int]()

    def see(self, shown: Iterable[int]) -> None:
        """Hears which the list names."""
        self._at, self._shown = self._time.now().boot, frozenset(shown)

    def forget(self) -> None:
        """A new turn begins: what the last one's list named may be closed by now."""
        self._shown = frozenset()

    def now(self) -> frozenset[int]:
        """Returns those that can be seen now."""
        return self._shown if self._time.now().boot - self._at < SIGHT_SECONDS else frozenset()


class Locks:
    """Asks before when workspaces are locked, where a plan has that and it binds this person."""

    def __init__(self, api: TrackApi, line: Line) -> None:
        self._api = api
        self._line = line

    async def read(self, cycle: Cycle) -> None:
        """Asks for what is due; a workspace that does not say keeps what is known of it.

        Raises:
            EpochError, StopError: The turn ends.
        """
        for bound in _lockable(cycle.store.source):
            mark = f"lock {bound.rid}"
            at = progress.cursor(cycle.store.source, TRACK, mark).fetched_at
            if at is not None and 0 <= cycle.wall() - at < LOCKS_SECONDS:
                continue
            try:
                locked = await self._asked(cycle, bound)
            except NotNowError:
                continue
            with cycle.desk("Look what is locked") as desk:
                desk.tx.also.append(
                    progress.put_cursor(TRACK, progress.Cursor(mark, fetched_at=cycle.wall()))
                )
                _keep(desk, str(bound.rid), locked)

    async def _asked(self, cycle: Cycle, bound: Binding) -> int | None:
        rid = bound.rid or 0
        scope = organization((bound.base or {}).get("organization"), rid)
        try:
            heard = await self._line.ask(
                cycle.epoch, scope, Priority.REFERENCE, lambda: self._api.preferences(rid)
            )
        except ApiError as error:
            if error.outcome not in _UNANSWERED:
                raise
            return read.locked(cycle.store.source).get(str(rid))
        return _instant(heard.said.body)


def _lockable(source: Source) -> list[Binding]:
    return [
        b
        for b in bindings.bound(source, TRACK, "workspace")
        if b.hold is None and (b.base or {}).get("business") and not (b.base or {}).get("admin")
    ]


def _instant(body: object) -> int | None:
    text = body.get("report_locked_at") if isinstance(body, Mapping) else None
    try:
        return mapping.moment(text) if text else None
    except mapping.MalformedError:
        return None


def _keep(desk: Desk, rid: str, locked: int | None) -> None:
    old = read.locked(desk.tx.source)
    new = {k: v for k, v in old.items() if k != rid}
    if locked is not None:
        new[rid] = locked
    if new != old:
        desk.tx.step.meta[read.LOCKED] = json.dumps(new) if new else None
