"""What a server's answer does to the store: adopted, merged, deleted, put aside; never dropped.

An answer is read whole before the first row of it is applied (R24), then applied in transactions as
short as `pace` wants them, which may be repeated; the cursor moves in the last one. Rows that say
nothing new cost no transaction at all.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import Final, NamedTuple

from toggl_desktop.domain.merge import dirty
from toggl_desktop.store import attempts, bindings, journal, progress
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.source import Source
from toggl_desktop.sync import again, mapping, pointing, reconcile, sweeping, unseen
from toggl_desktop.sync.cycle import AnswerError, BrakeError, Cycle, Moment
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.mapping import MalformedError, Row
from toggl_desktop.sync.meeting import Meeting
from toggl_desktop.sync.rules import Rules
from toggl_desktop.sync.ties import Ties, Values, plain, waits

LOOK: Final = 500
LONG_WAY: Final = 5
"""So many times what a new entry costs does a row cost that is to be compared with one here."""

SOME: Final = 250
"""So many rows of a long list are understood at a time; the loop goes on in between."""

MALFORMED_SHARE: Final = 0.05
RAW: Final = 65_536
_MANY: Final = {
    "workspace": "workspaces",
    "client": "clients",
    "project": "projects",
    "tag": "tags",
    "task": "tasks",
    "time_entry": "entries",
}


class Answer(NamedTuple):
    """One kind's answer, whole and understood.

    Attributes:
        strange: Rows that could not be understood, as text.
        sent: When it was asked for, seconds since the boot.
        horizon: The server's clock when it began to answer: what changed later may be missing.
        is_full: Whether it is everything, not what changed.
        confirmed: Whether a person agreed to its deletions.
        lists: Whether it is a list of what lives: what it shows is not deleted, whatever was said.
        span: Where it is all that is known of the past: the starts of what it shows.
    """

    kind: str
    rows: list[Row]
    strange: list[str]
    sent: float
    horizon: int | None
    is_full: bool = False
    confirmed: bool = False
    lists: bool = False
    span: range | None = None


class Understood(NamedTuple):
    """What a list says: its rows, and those that make no sense as text."""

    rows: list[Row]
    strange: list[str]


def understood(kind: str, body: object) -> Understood:
    """Returns what a list says.

    Raises:
        AnswerError: It is no list, or too much of it makes no sense (R25).
    """
    found = Understood([], [])
    for _ in understanding(kind, body, found):
        pass
    return found


def understanding(kind: str, body: object, found: Understood) -> Iterator[None]:
    """Does the same for long lists, some rows at a time; what it says is in `found` at the end.

    Raises:
        AnswerError: As above.
    """
    if isinstance(body, dict) and isinstance(body.get("items"), list):
        body = body["items"]
    if not isinstance(body, list):
        raise AnswerError(f"it is no list of {_MANY[kind]}")
    rows: dict[int, Row] = {}
    for number, wire in enumerate(body):
        if number and number % SOME == 0:
            yield
        try:
            row = mapping.read(kind, wire)
        except MalformedError:
            found.strange.append(repr(wire)[:RAW])
        else:
            rows[row.rid] = row
    count = len(found.strange)
    if count > MALFORMED_SHARE * len(body) and count > 1:
        raise AnswerError(f"{count} of {len(body)} {_MANY[kind]} cannot be understood")
    found.rows.extend(rows.values())


Then = Callable[[Desk], None]


def steps(cycle: Cycle, answer: Answer, then: Then) -> Iterator[None]:
    """Applies an answer, in steps so short that a screen may be painted between them.

    Each is a transaction of its own or only looks; what was applied may be applied again.

    Args:
        cycle: The cycle.
        answer: The answer.
        then: What belongs to the end of the answer: it is done in the last transaction.

    Raises:
        BrakeError: It would delete too much at once; nothing was applied.
        EpochError: The cycle is void.
    """
    source = cycle.store.source
    news: list[Row] = []
    unbound: set[int] = set()
    for first in range(0, len(answer.rows), LOOK):
        news += _news(source, answer, answer.rows[first : first + LOOK], cycle.rules, unbound)
        yield
    if not answer.confirmed:
        _brake(source, answer.kind, news, cycle.rules)
    strangers = [row for row in news if row.rid in unbound]
    matches = _matches(source, answer.kind, strangers, cycle.rules)
    news.sort(key=_turn)
    if matches.unsure:
        with cycle.desk("Ask about possible duplicates") as desk:
            _hold(desk, answer.kind, matches.unsure)
    yield from _met(cycle, answer, _News(news, unbound, matches.adopted), then)
    if not cycle.rules.absence_is_nothing:
        _bury_absent(cycle, answer)


def _turn(row: Row) -> tuple[bool, int, int]:
    """What runs comes after all that ended; of the rest the newest first: a person looks there."""
    values = row.values
    return "stop" in values and values["stop"] is None, -values.get("start", 0), row.rid


class _News(NamedTuple):
    """What an answer says that is not known here.

    Attributes:
        rows: In the order in which they are applied.
        unbound: Numbers that nothing here was bound to.
        adopted: Numbers that a draft of ours bears.
    """

    rows: Sequence[Row]
    unbound: Set[int]
    adopted: dict[int, str]

    def chunk(self, first: int, most: int) -> tuple[Sequence[Row], int]:
        """Returns the rows of the next transaction, and what they cost: new entries cost least."""
        cost, last = 0, first
        while last < len(self.rows) and cost < most:
            row = self.rows[last]
            cost += 1 if row.kind == "time_entry" and row.rid in self.unbound else LONG_WAY
            last += 1
        return self.rows[first:last], cost


def _met(cycle: Cycle, answer: Answer, news: _News, then: Then) -> Iterator[None]:
    """Lets the news meet what is here, a transaction at a time, the end of the answer with it."""
    first, is_over, pace, adopted = 0, False, cycle.pace, news.adopted
    while not is_over:
        chunk, cost = news.chunk(first, pace.rows)
        first += len(chunk)
        is_over = first == len(news.rows)
        ready = cycle.ground.prepared(cycle.store.source, chunk, adopted, cycle.make_id)
        with cycle.desk(_name(answer.kind, len(chunk)) if chunk else "Look again") as desk:
            began = pace.now()
            source = desk.tx.source
            if ready.seq != journal.last_seq(source):  # somebody came in between
                ready = cycle.ground.prepared(source, chunk, adopted, cycle.make_id)
            desk.tx.arrivals = ready.arrivals
            desk.look_up(answer.kind, [row.rid for row in ready.rest])
            desk.look_up_pointers(ready.rest)
            for row in ready.rest:
                Meeting(desk, row, lists=answer.lists).meet(adopted.get(row.rid))
            if is_over:
                then(desk)
        pace.learn(cost, pace.now() - began)
        if ready.arrivals and not desk.has_changed_rows:
            cycle.ground.stays(desk.tx.result.seq)
        yield


def _bury_absent(cycle: Cycle, answer: Answer) -> None:
    """The mistake of others, for the tests: takes what a list lacks for deleted."""
    there = {row.rid for row in answer.rows}
    with cycle.desk("Bury") as desk:
        for bound in bindings.bound(cycle.store.source, TRACK, answer.kind):
            one = desk.row(bound.kind, bound.lid)
            if one is not None and bound.rid not in there and answer.kind != "workspace":
                pointing.bury(desk, one, bound.rid)


def _name(kind: str, count: int) -> str:
    word = kind.replace("time_entry", "entry")
    if count == 1:
        return f"From Toggl: {word}"
    return f"From Toggl: {count} {'entries' if word == 'entry' else word + 's'}"


def _news(
    source: Source, answer: Answer, rows: Sequence[Row], rules: Rules, unbound: set[int]
) -> list[Row]:
    """Returns the rows that differ from what is known; lagging ones are no news."""
    found_here = bindings.by_rids(source, TRACK, answer.kind, [row.rid for row in rows])
    known = {b.rid: b for b in found_here}
    tried = {a.lid for a in attempts.outstanding(source, TRACK) if a.kind == answer.kind}
    found = []
    for row in rows:
        bound = known.get(row.rid)
        if bound is None:
            found.append(row)
            unbound.add(row.rid)
            continue
        base = plain(bound.base)
        is_late = not answer.is_full and _is_older(row, base)
        lives_on = bound.gone and answer.lists and not row.deleted
        has_news = lives_on or row.deleted or bound.base is None or dirty(base, row.values)
        is_over = bound.gone and bound.base is None and not lives_on
        if is_over or (is_late and not row.deleted):
            continue
        if has_news or bound.lid in tried or not rules.merges:
            found.append(row)
    return found


def _is_older(row: Row, base: Values) -> bool:
    return row.at is not None and row.at < base.get("at", 0)


def _brake(source: Source, kind: str, news: Sequence[Row], rules: Rules) -> None:
    dead = [row.rid for row in news if row.deleted]
    if not dead:
        return
    living = bindings.count_clean(source, TRACK, kind)
    count = sum(not b.gone and not b.unsent for b in bindings.by_rids(source, TRACK, kind, dead))
    if count and (kind == "workspace" or reconcile.asks_first(count, living, rules)):
        raise BrakeError(kind, count, living)


def _matches(source: Source, kind: str, unbound: Sequence[Row], rules: Rules) -> reconcile.Matches:
    """Finds creates whose answer was lost, and refused ones, among rows that are nobody's yet."""
    if kind != "time_entry" or not unbound:
        return reconcile.Matches({}, {})
    outstanding = attempts.outstanding(source, TRACK)
    lost = [a for a in outstanding if a.kind == kind and a.op == "create"]
    return matches(source, lost, unbound, rules, again.held(source))


def matches(
    source: Source,
    lost: Iterable[Attempt],
    unbound: Sequence[Row],
    rules: Rules,
    refused: Iterable[Attempt] = (),
) -> reconcile.Matches:
    """Finds creates among rows that nothing is bound to.

    Args:
        source: Knows what they point to.
        lost: Those whose answer was lost.
        unbound: The rows.
        rules: What is done.
        refused: Those that nobody has tried again: adopted where they are there just the same;
            else their refusal is what is shown.
    """
    tried = [(one, True) for one in lost] + [(one, False) for one in refused]
    ties = Ties(source) if any(waits(one.payload) for one, _ in tried) else None
    drafts = []
    for one, asks in tried:
        values = plain(one.payload) if ties is None else ties.resolved(plain(one.payload))
        drafts.append(reconcile.Draft(one.lid, values, one.sent_at, one.max_rid, asks))
    if not drafts:
        return reconcile.Matches({}, {})
    rows = [reconcile.Found(r.rid, None if r.at is None else int(r.at), r.values) for r in unbound]
    return reconcile.match(drafts, rows, rules)


def _hold(desk: Desk, kind: str, unsure: dict[str, list[int]]) -> None:
    for lid, rids in unsure.items():
        bound = desk.binding(kind, lid) or Binding(TRACK, kind, lid)
        if bound.rid is None:
            desk.bind(replace(bound, hold={"reason": "duplicate", "rids": rids}))
            desk.settled(kind, lid)


# The end of an answer ------------------------------------------------------------------------


def finish(
    cycle: Cycle,
    answer: Answer,
    now: Callable[[], Moment],
    *,
    moves: bool = True,
    seen: frozenset[int] = frozenset(),
) -> Then:
    """Returns what moves the cursor and lets go of what a read sent late enough did not find.

    Args:
        cycle: The cycle.
        answer: The answer.
        now: Tells the moment.
        moves: A list without tombstones does not move the cursor: they would be passed over.
        seen: Workspaces that are open: of one that is not, a list lacks everything.
    """
    shown = seen | {row.values.get("workspace") for row in answer.rows}

    def then(desk: Desk) -> None:
        source, moment = desk.tx.source, now()
        old = progress.cursor(source, TRACK, answer.kind)
        cursor = progress.Cursor(
            answer.kind,
            _advanced(cycle, answer, old.at, moves=moves),
            max([old.max_rid, *(row.rid for row in answer.rows)]),
            cycle.wall(),
            cycle.wall() if answer.is_full else old.full_at,
        )
        desk.tx.also.append(progress.put_cursor(TRACK, cursor))
        for raw in answer.strange:
            desk.shelve("strange", answer.kind, None, None, {"raw": raw})
        sent = answer.sent if cycle.rules.settles_by_sending else moment.boot
        for attempt in attempts.outstanding(source, TRACK):
            is_over = desk.attempt(attempt.kind, attempt.lid) is None
            if attempt.kind != answer.kind or is_over or unseen.is_unseen(attempt):
                continue
            beyond = None if answer.span is None else unseen.beyond(attempt, answer.span)
            if beyond is not None:
                desk.attempted(beyond)  # it would not be in there anyway
                continue
            is_settled = _is_settled(attempt, sent, moment, cycle.rules)
            if is_settled and _was_to_be_seen(attempt, shown):
                let_go(desk, attempt)

    return then


def _advanced(cycle: Cycle, answer: Answer, old: int | None, *, moves: bool) -> int | None:
    """Returns the newest change known, never later than when the server began to answer (R20)."""
    if not cycle.rules.cursor_from_server:
        return cycle.wall()
    if old is not None and not moves:
        return old
    seen = [int(row.at) for row in answer.rows if row.at is not None]
    if old is None and not seen:
        return answer.horizon  # nothing is there, and nothing was here to be deleted
    newest = max([*seen, *([] if old is None else [old])], default=0)
    return newest if answer.horizon is None else min(newest, answer.horizon)


def _is_settled(attempt: Attempt, sent: float, now: Moment, rules: Rules) -> bool:
    if attempt.ended_at is None or attempt.boot_id != now.boot_id:
        return False
    return sent - attempt.ended_at >= rules.settle_seconds


def _was_to_be_seen(attempt: Attempt, shown: Container[object]) -> bool:
    """Tells whether a read says anything of a lost create that it lacks: its workspace is open."""
    is_new = attempt.kind == "time_entry" and attempt.op == "create"
    return not is_new or again.is_again(attempt) or attempt.payload.get("workspace") in shown


def let_go(desk: Desk, attempt: Attempt) -> None:
    """Nothing more can come of it: a create is made again, an update is what still differs."""
    desk.settled(attempt.kind, attempt.lid)
    bound = desk.binding(attempt.kind, attempt.lid)
    one = desk.row(attempt.kind, attempt.lid)
    if bound is None or one is None:
        return
    if bound.rid is None and again.is_again(attempt) and (rids := again.alike(desk, attempt)):
        desk.bind(replace(bound, hold={"reason": "duplicate", "rids": rids}))
        return
    is_ours = not attempt.payload.get("joined")  # what was here before was never sent
    if attempt.kind == "time_entry" and attempt.op == "create" and bound.rid is None and is_ours:
        sweeping.sends_again(desk, attempt.lid, plain(attempt.payload))
    if bound.gone and bound.base is not None:
        if desk.rules.keeps_tombstones:
            desk.shelve("trash", bound.kind, bound.lid, bound.rid, plain(bound.base))
        bound = replace(bound, base=None)
    desk.bind(replace(bound, unsent=desk.is_unsent(one, bound)))
