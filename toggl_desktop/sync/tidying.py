"""Before a turn: what is only said of rows is put right, and what a dead process left is dated."""

import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from toggl_desktop import __version__
from toggl_desktop.domain.entities import Entity
from toggl_desktop.domain.merge import dirty
from toggl_desktop.store import attempts, bindings, progress, schema
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import rights as read_rights
from toggl_desktop.store.source import Source
from toggl_desktop.sync import again, failing, handing, mending, missed, sweeping
from toggl_desktop.sync.cycle import Cycle, Moment
from toggl_desktop.sync.desk import TRACK, Desk, Key
from toggl_desktop.sync.rights import Book, is_by_rule
from toggl_desktop.sync.ties import Ties, plain
from toggl_desktop.sync.unsent import is_held, wanted

RECHECKED: Final = "rechecked"
"""Meta key: for which version and which rights refusals were put to the test."""

DAY: Final = 86_400
AGAIN_SECONDS: Final = 1800
TRIES: Final = 8


def tidy(cycle: Cycle, now: Moment) -> None:
    """Puts right what is only said of rows: marks of what is sent already, drafts given up.

    What a process that died had sent may arrive until now: its end is now (M4).
    """
    source = cycle.store.source
    outstanding = attempts.outstanding(source, TRACK)
    lost = [
        a
        for a in outstanding
        if (a.ended_at is None or a.boot_id != now.boot_id) and not handing.is_handed(a)
    ]
    is_restored = schema.meta(source, schema.RESTORED) is not None
    waiting, rows = mending.waiting(cycle)
    ties = Ties(source)
    tried = {(a.kind, a.lid) for a in outstanding}
    stale = [
        b
        for b in waiting
        if (key := (b.kind, b.lid)) in rows
        if _is_stale(source, ties, rows[key], b, is_tried=key in tried)
    ]
    told = _told_of(source)
    is_new = schema.meta(source, RECHECKED) not in {None, told}
    due = [b for b in waiting if _is_due(b, cycle.wall(), is_new=is_new)]
    ruled = _ruled(cycle, ties, waiting, rows) if cycle.rules.knows_rights else []
    sweeping.sweep(cycle)
    is_told = schema.meta(source, RECHECKED) == told
    if is_told and not (lost or stale or due or ruled or is_restored):
        return
    with cycle.desk("Look what waits") as desk:
        if not is_told:
            desk.tx.step.meta[RECHECKED] = told
        for attempt in lost:
            if again.is_again(attempt):
                desk.attempted(again.dated(attempt, now, cycle.wall(), cycle.rules))
                continue
            ended = now.boot if cycle.rules.settles_from_the_end else 0.0
            desk.attempted(replace(attempt, ended_at=ended, boot_id=now.boot_id))
        for bound in due:
            again.look(cycle, desk, bound, now)
            held = again.unmarked(bound)
            desk.bind(replace(held, hold={**(held.hold or {}), "due": True}))
        for bound in stale:
            _refresh(desk, bound)
            fresh = desk.binding(bound.kind, bound.lid)
            if fresh is not None and fresh.hold is None and fresh.unsent:
                again.look(cycle, desk, bound, now)
        for bound in ruled:
            present = desk.binding(bound.kind, bound.lid) or bound
            desk.bind(replace(present, hold=bound.hold))
        if is_restored:
            _distrust(desk, now)


def _ruled(
    cycle: Cycle, ties: Ties, waiting: list[Binding], rows: Mapping[Key, Entity]
) -> list[Binding]:
    """Returns the ties of which a workspace's rules say something else than before."""
    source = cycle.store.source
    book = Book(source, ties)
    found = []
    for bound in waiting:
        one = rows.get((bound.kind, bound.lid))
        if one is None or bound.kind == "workspace":
            continue
        if bound.hold is not None and not is_by_rule(bound.hold):
            continue
        op, _ = wanted(source, ties, one, bound)
        hold = book.hold(one, bound, op, cycle.wall())
        if hold != bound.hold and not (bound.hold or {}).get("due"):
            found.append(replace(bound, hold=hold))
    return found


def _told_of(source: Source) -> str:
    """Returns what decides about refusals beside the rows: this version, and what rights say."""
    names = ("required", "may_create_projects", "may_create_tags", "admin", "premium")
    spaces = bindings.bound(source, TRACK, "workspace")
    rights = [
        (b.rid, b.hold is None, *((b.base or {}).get(name) for name in names)) for b in spaces
    ]
    locked = sorted(read_rights.locked(source).items())
    return f"{__version__} {zlib.crc32(repr((sorted(rights, key=str), locked)).encode())}"


def _is_due(bound: Binding, now: int, *, is_new: bool) -> bool:
    """Tells whether a refusal is to be put to the test again: the other side may have changed.

    A name that was taken may be free half an hour later; the rest is tried once a day, for a week,
    and when this program or what a workspace allows is new (R51).
    """
    hold = bound.hold or {}
    if hold.get("reason") != "refused" or hold.get("due") or hold.get("tries", 0) >= TRIES:
        return False
    if is_new:
        return True
    return bool(now - hold.get("at", now) >= (AGAIN_SECONDS if hold.get("is_taken") else DAY))


def _is_stale(source: Source, ties: Ties, one: Entity, bound: Binding, *, is_tried: bool) -> bool:
    """Tells whether what a binding says of its row is not so any more."""
    if bound.kind == "workspace":
        return bound.unsent
    if bound.gone and not one.deleted and bound.base is None:
        return True
    op, values = wanted(source, ties, one, bound)
    is_over = op is None and not is_tried
    is_ruled = is_by_rule(bound.hold) or failing.is_failing(bound.hold)
    is_free = bound.hold is not None and (op is None or not is_held(bound, op, values))
    is_free = is_free and (op is None or not is_ruled)
    is_free = is_free and not (op is not None and (bound.hold or {}).get("due"))
    covered = is_over and bound.rid is not None and not one.deleted and bound.base is not None
    if covered and dirty(plain(bound.base), ties.out(one)):
        is_over = False  # it still differs, and waits for the deletion of what it pointed to
    return (is_over and bound.unsent) or is_free


def _refresh(desk: Desk, bound: Binding) -> None:
    bound = desk.binding(bound.kind, bound.lid) or bound
    one = desk.row(bound.kind, bound.lid)
    if one is None:
        return
    if bound.gone and not one.deleted and bound.base is None:
        bound = replace(bound, rid=None, gone=False, hold=None)
    op, values = wanted(desk.tx.source, desk.ties, one, bound)
    hold = bound.hold or {}
    keeps = op is not None and (is_held(bound, op, values) or hold.get("due") or is_by_rule(hold))
    keeps = keeps or bound.kind == "workspace" or (op is not None and failing.is_failing(hold))
    bound = replace(bound, hold=bound.hold if keeps else None)
    desk.bind(bound)
    desk.bind(replace(bound, unsent=desk.is_unsent(one, bound)))


def _distrust(desk: Desk, now: Moment) -> None:
    """After a restore: what has no number may have been sent all the same, so it is looked for."""
    desk.tx.step.meta[schema.RESTORED] = None
    desk.tx.also += progress.forget_cursors(TRACK)
    missed.keep(desk)
    for bound in bindings.waiting(desk.tx.source, TRACK):
        one = desk.row(bound.kind, bound.lid)
        if bound.rid is not None or one is None or one.deleted:
            continue
        if (bound.hold or {}).get("reason") == "duplicate":
            continue  # it was found already, and a person is asked
        if desk.attempt(bound.kind, bound.lid) is None:
            key = (TRACK, bound.kind, bound.lid)
            payload = desk.ties.out(one)
            desk.attempted(Attempt(*key, "create", payload, None, 0, now.boot, now.boot_id))
