"""What goes to the server: found from state, written down before it leaves, settled by the answer.

Nothing is sent from memory: every request is made from the rows as they are at that moment, and
its attempt is committed before the first byte leaves (2.6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from toggl_desktop.domain.entities import Task
from toggl_desktop.store import attempts, bindings, progress
from toggl_desktop.store.attempts import Attempt, Op
from toggl_desktop.sync import again, failing, mapping, pointing
from toggl_desktop.sync.cycle import Cycle, Moment
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ties import Values, plain, waits
from toggl_desktop.sync.unsent import Job, is_held, json_ready, wanted

WORDS: Final = 500
"""So much of a server's refusal is kept."""


class Send(NamedTuple):
    """One request, ready to go, for one row or for many that get the same values."""

    op: Op
    kind: str
    lids: tuple[str, ...]
    rids: tuple[int, ...]
    workspace: int
    project: int | None
    values: Values


# Before a request ----------------------------------------------------------------------------


def prepare(cycle: Cycle, jobs: Sequence[Job], server_now: int | None) -> Send | None:
    """Looks at the rows once more and writes down what is about to be sent; None: nothing is."""
    if not cycle.rules.persists_attempts:
        return _prepared_in_memory(cycle, jobs)
    with cycle.desk("Send") as desk:
        found = [s for job in jobs if (s := _send(desk, job)) is not None]
        sends = [s for s in found if s[0]._replace(rids=()) == found[0][0]._replace(rids=())]
        for send, lid in sends:
            desk.attempted(_attempt(desk, send, lid, server_now))
    return _joined([(send, lid) for send, lid in sends]) if sends else None


def _prepared_in_memory(cycle: Cycle, jobs: Sequence[Job]) -> Send | None:
    with cycle.desk("Send") as desk:
        found = [s for job in jobs[:1] if (s := _send(desk, job)) is not None]
    return _joined(found) if found else None


def _joined(sends: Sequence[tuple[Send, str]]) -> Send:
    first = sends[0][0]
    return first._replace(
        lids=tuple(lid for _, lid in sends), rids=tuple(rid for one, _ in sends for rid in one.rids)
    )


def _send(desk: Desk, job: Job) -> tuple[Send, str] | None:
    one = desk.row(job.kind, job.lid)
    bound = desk.binding(job.kind, job.lid)
    if one is None or bound is None:
        return None
    if desk.rules.verifies and desk.attempt(job.kind, job.lid) is not None:
        return None
    op, values = wanted(desk.tx.source, desk.ties, one, bound)
    workspace = desk.ties.workspace_of(one, desk.tx.source)
    if op is None or is_held(bound, op, values) or not isinstance(workspace, int):
        return None
    if desk.rules.knows_rights and desk.rights.obstacle(one, bound, op) is not None:
        return None
    if op == "create" and desk.rules.merges_twins and (lid := desk.sent_twin(one)):
        pointing.unite(desk, one, lid)
        return None
    if not desk.rules.sends_changed_fields_only and op == "update":
        values = desk.ties.out(one)
    if waits(values) or (desk.rules.verifies and again.is_to_be_sought(desk, bound)):
        return None
    home = bound.base.get("workspace", workspace) if bound.base else workspace
    project = desk.ties.rid("project", one.project) if isinstance(one, Task) else None
    if isinstance(project, str):
        return None
    if op == "create" and bound.gone:  # taken back when its deletion was known: a new number comes
        desk.bind(replace(bound, rid=None, base=None, gone=False))
    rids = () if bound.rid is None or op == "create" else (bound.rid,)
    return Send(op, job.kind, (), rids, home, project, values), job.lid


def _attempt(desk: Desk, send: Send, lid: str, server_now: int | None) -> Attempt:
    seen = progress.cursor(desk.tx.source, TRACK, send.kind).max_rid
    return Attempt(TRACK, send.kind, lid, send.op, send.values, server_now, seen)


# After a request -----------------------------------------------------------------------------


class Refusal(NamedTuple):
    """Why the server will not have it, in its own words."""

    status: int
    text: str
    request_id: str | None = None


class Reply(NamedTuple):
    """What a successful answer says of one row."""

    rid: int | None = None
    at: float | None = None


def reply(kind: str, body: object) -> Reply:
    """Returns what an answer says; its number is None where it cannot be understood."""
    if isinstance(body, list) and len(body) == 1:
        body = body[0]
    try:
        row = mapping.read(kind, body)
    except mapping.MalformedError:
        rid = body.get("id") if isinstance(body, dict) else None
        return Reply(rid if type(rid) is int and rid > 0 else None)
    return Reply(row.rid, row.at)


def is_anothers(cycle: Cycle, send: Send, said: Reply) -> bool:
    """Tells whether the answer to a create is about an entry that is known as something else.

    Something on the way may give the answer to an earlier request once more. Only a row that was
    read meanwhile, and is newer and like what was sent, can be the one that was made.
    """
    if send.kind != "time_entry" or said.rid is None:
        return False
    source = cycle.store.source
    bound = bindings.by_rid(source, TRACK, send.kind, said.rid)
    if bound is None or bound.lid in send.lids:
        return False
    tried = attempts.get(source, TRACK, send.kind, send.lids[0])
    base = bound.base or {}
    is_alike = any(base.get(name) == send.values[name] for name in ("start", "description"))
    return not is_alike or (tried is not None and said.rid <= tried.max_rid)


def done(cycle: Cycle, send: Send, lids: Iterable[str], now: Moment, said: Reply) -> None:
    """The server took it: what was sent is now known to be there, and nothing else (R6)."""
    lids = tuple(lids)
    with cycle.desk(_name(send)) as desk:
        failing.forget(desk, send.kind, lids)
        for lid in lids:
            if send.op == "delete":
                _deleted(desk, send, lid, now)
            elif send.op == "create":
                _created(desk, send, lid, said)
            else:
                _updated(desk, send, lid, said)


def _name(send: Send) -> str:
    word = send.kind.replace("time_entry", "entry")
    count = len(send.lids)
    return f"To Toggl: {word}" if count == 1 else f"To Toggl: {count} entries"


def _created(desk: Desk, send: Send, lid: str, said: Reply) -> None:
    one = desk.row(send.kind, lid)
    if one is None or said.rid is None:
        return
    desk.settled(send.kind, lid)
    other = desk.by_rid(send.kind, said.rid)
    if other is not None and other.lid != lid:  # read by another way meanwhile: one row of two
        desk.bind(replace(other, rid=None, base=None, unsent=False))
        copy = desk.row(send.kind, other.lid)
        if copy is not None:
            desk.tx.save(replace(copy, deleted=True))
    base = send.values if said.at is None else send.values | {"at": said.at}
    if not desk.rules.keeps_edits_made_meanwhile:
        one = desk.ties.changed(one, send.values)
    desk.write(one, base, rid=said.rid, gone=False, hold=None)


def _updated(desk: Desk, send: Send, lid: str, said: Reply) -> None:
    one = desk.row(send.kind, lid)
    bound = desk.binding(send.kind, lid)
    if one is None or bound is None or bound.base is None:
        return
    desk.settled(send.kind, lid)
    base = plain(bound.base) | send.values
    if said.at is not None and len(send.lids) == 1:
        base["at"] = max(said.at, base.get("at", 0))
    if not desk.rules.keeps_edits_made_meanwhile:
        one = desk.ties.changed(one, send.values)
    desk.write(one, base, hold=None)


def _deleted(desk: Desk, send: Send, lid: str, now: Moment) -> None:
    """The deletion is known there; what was deleted is shown by its tombstone (R29)."""
    bound = desk.binding(send.kind, lid)
    one = desk.row(send.kind, lid)
    tried = desk.attempt(send.kind, lid)
    if bound is None or one is None:
        return
    base = bound.base if desk.rules.keeps_tombstones else None
    desk.bind(replace(bound, base=base, gone=True, unsent=not one.deleted, hold=None))
    if tried is not None and desk.rules.keeps_tombstones:
        desk.attempted(replace(tried, ended_at=now.boot, boot_id=now.boot_id))
    elif tried is not None:
        desk.settled(send.kind, lid)
    pointing.release_copies(desk, one)


def lost(cycle: Cycle, send: Send, now: Moment, why: Refusal | None = None) -> None:
    """Nobody knows what became of it: the rows wait for a read that is sent late enough (R14).

    `why` is what a server said that failed; it is counted (R52).
    """
    with cycle.desk("No answer") as desk:
        if why is not None:
            failing.count(desk, send.kind, send.lids, why.text[:WORDS])
        for lid in send.lids:
            tried = desk.attempt(send.kind, lid)
            if tried is not None:
                desk.attempted(replace(tried, ended_at=now.boot, boot_id=now.boot_id))


def not_sent(cycle: Cycle, send: Send) -> None:
    """It never left: nothing is to be found out."""
    with cycle.desk("Not sent") as desk:
        for lid in send.lids:
            desk.settled(send.kind, lid)


def refused(cycle: Cycle, send: Send, lids: Iterable[str], why: Refusal) -> None:
    """Sets the rows aside until a person edits or retries: the content is never made to fit (R50).

    Of a name that is taken the next read finds the row, or it is here already (R12).
    """
    lids = tuple(lids)
    with cycle.desk("Refused by Toggl") as desk:
        failing.forget(desk, send.kind, lids)
        for lid in lids:
            tried = desk.attempt(send.kind, lid)
            desk.settled(send.kind, lid)
            bound = desk.binding(send.kind, lid)
            one = desk.row(send.kind, lid)
            if bound is None or one is None:
                continue
            twin = desk.sent_twin(one) if send.op == "create" else None
            if twin is not None and desk.rules.merges_twins:
                pointing.unite(desk, one, twin)
                continue
            tries = (bound.hold or {}).get("tries", 0)
            hold = {
                "reason": "refused",
                "tries": tries + 1,
                "is_taken": send.op == "create" and send.kind != "time_entry",
                "op": send.op,
                "status": why.status,
                "text": why.text[:WORDS],
                "request_id": why.request_id,
                "values": json_ready(send.values),
                "at": cycle.wall(),
                **again.marks(tried),
            }
            desk.bind(replace(bound, hold=hold))


def gone(cycle: Cycle, send: Send) -> None:
    """It is not there any more: its content is kept, and one click makes it anew."""
    with cycle.desk("Deleted elsewhere") as desk:
        for lid in send.lids:
            one = desk.row(send.kind, lid)
            bound = desk.binding(send.kind, lid)
            if one is None or bound is None:
                continue
            desk.settled(send.kind, lid)
            if desk.rules.keeps_what_is_gone:
                content = desk.ties.out(one)
                desk.shelve("deleted elsewhere", send.kind, lid, bound.rid, content)
            pointing.bury(desk, one, bound.rid)
