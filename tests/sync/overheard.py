"""What the engine decides in a history, handed to the reference model while the history lives.

Nothing is changed by it: the engine's own functions are called, and what they were asked and
answered is compared with what `tests/support/second_opinion.py` says.
"""

from collections import Counter
from contextlib import ExitStack
from unittest.mock import patch

from tests.sync import comparing
from toggl_desktop.store import attempts, bindings
from toggl_desktop.store.read import synced
from toggl_desktop.sync import meeting, push, reconcile, tidying, unsent
from toggl_desktop.sync.desk import TRACK, Desk
from toggl_desktop.sync.ties import Ties


class Overheard:
    """Listens to every decision until it is closed.

    Args:
        bad: Where differences are written to.
    """

    def __init__(self, bad):
        self.bad = bad
        self.asked: Counter[str] = Counter()
        self._shelved = []
        self._stack = ExitStack()
        self._listen(meeting, "merge", self._merged)
        self._listen(reconcile, "match", self._matched)
        self._listen(reconcile, "end_rivals", self._ended)
        for module in (unsent, push, tidying):
            self._listen(module, "wanted", self._wanted)
        self._listen(Desk, "shelve", self._shelve)
        self._listen(meeting.Meeting, "meet", self._met)
        self._listen(push, "gone", self._missed)

    def close(self):
        self._stack.close()

    def _listen(self, owner, name, hear):
        plain = getattr(owner, name)

        def heard(*args, **kwargs):
            return hear(plain, *args, **kwargs)

        self._stack.enter_context(patch.object(owner, name, heard))

    def _say(self, what, difference):
        self.asked[what] += 1
        if difference is not None:
            self.bad.append(f"the model decides otherwise: {difference}")

    # What is decided of values ------------------------------------------------------------------

    def _merged(self, plain, base, here, server):
        found = plain(base, here, server)
        self._say("merge", comparing.merge_differs(base, here, server, found))
        return found

    def _matched(self, plain, drafts, rows, *rules):
        rows = list(rows)
        found = plain(drafts, rows, *rules)
        self._say("match", comparing.match_differs(drafts, rows, found))
        return found

    def _ended(self, plain, running, starts):
        running, starts = list(running), list(starts)
        found = plain(running, starts)
        self._say("end", comparing.ends_differ(running, starts, found))
        return found

    def _wanted(self, plain, source, ties, one, bound):
        found = plain(source, ties, one, bound)
        if bound.kind != "workspace":
            self._say("unsent", comparing.wanted_differs(source, ties, one, bound, found))
        return found

    # What becomes of a row ----------------------------------------------------------------------

    def _shelve(self, plain, desk, *kept):
        reason, kind, lid, _, content = kept
        self._shelved.append((kind, lid, reason, dict(content)))
        return plain(desk, *kept)

    def _aside(self, kind, lid):
        return [(why, content) for k, i, why, content in self._shelved if (k, i) == (kind, lid)]

    def _met(self, plain, met, draft):
        desk, row = met._desk, met._row
        bound = desk.by_rid(row.kind, row.rid)
        one = None if bound is None else desk.row(bound.kind, bound.lid)
        if one is None or not (row.deleted or one.deleted or bound.gone):
            return plain(met, draft)
        if row.kind == "workspace":
            return plain(met, draft)
        before = comparing.known(bound, desk.ties.out(one), one, desk.attempt(row.kind, bound.lid))
        by_a_person = synced.was_deleted_here(desk.tx.source, row.kind, bound.lid)
        self._shelved.clear()
        plain(met, draft)
        after = desk.row(bound.kind, bound.lid), desk.binding(bound.kind, bound.lid)
        found = comparing.fate(*after, self._aside(bound.kind, bound.lid))
        server = row.values if row.deleted or bound.gone else desk.reachable(row.values)
        difference = comparing.fate_differs(
            before, server, found, deleted=row.deleted, lists=met._lists, by_a_person=by_a_person
        )
        self._say("deletion against edit", difference)
        return None

    def _missed(self, plain, cycle, send):
        source = cycle.store.source
        before = {lid: _state(source, send.kind, lid) for lid in send.lids}
        self._shelved.clear()
        plain(cycle, send)
        for lid, known in before.items():
            if known is not None:
                after = (
                    comparing.row(source, send.kind, lid),
                    bindings.get(source, TRACK, send.kind, lid),
                )
                found = comparing.fate(*after, self._aside(send.kind, lid))
                self._say("gone", comparing.miss_differs(known, found))


def _state(source, kind, lid):
    one, bound = comparing.row(source, kind, lid), bindings.get(source, TRACK, kind, lid)
    if one is None or bound is None:
        return None
    attempt = attempts.get(source, TRACK, kind, lid)
    return comparing.known(bound, Ties(source).out(one), one, attempt)
