"""What was deleted on one side and changed on the other, beside the reference model (R27 to R29).

Rows in every standing are put into a real store, a real answer meets them all, and what became of
each is compared with what `tests/support/second_opinion.py` says.
"""

from dataclasses import replace
from random import Random

import pytest

from tests.support.effort import effort
from tests.sync import comparing
from tests.sync.scene import WS, scene
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import LOCAL_WORKSPACE, EntryId
from toggl_desktop.store import attempts, shelf
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding
from toggl_desktop.sync import meeting, pull, push
from toggl_desktop.sync.mapping import Row
from toggl_desktop.sync.rules import RULES
from toggl_desktop.sync.ties import Ties

TIMES = (0, 60, 120)
ROWS = 500


def values(random):
    start = random.choice(TIMES)
    return {
        "description": random.choice("abc"),
        "start": 1_700_000_000 + start,
        "stop": 1_700_000_000 + start + random.choice(TIMES),
        "workspace": WS,
        "project": None,
        "task": None,
        "tags": (),
        "billable": random.random() < 0.5,
    }


def perturbed(random, base):
    other = values(random)
    names = random.sample(["description", "billable"], random.choice([0, 0, 1, 2]))
    names += ["start", "stop"] * (random.random() < 0.3)
    return base | {name: other[name] for name in names}


class Situation:
    """A row here, what was sent of it, and what the server says."""

    def __init__(self, random, rid):
        base = values(random)
        here, self.server = perturbed(random, base), perturbed(random, base)
        self.rid, self.lid = rid, EntryId(f"row-{rid:08}")
        self.deleted_there = random.random() < 0.6
        self.by_a_person = random.random() < 0.5
        is_dead, gone = random.random() < 0.5, random.random() < 0.25
        self.row = Entry(
            self.lid, here["start"], here["stop"], here["description"], billable=here["billable"],
            workspace=LOCAL_WORKSPACE, deleted=is_dead,
        )  # fmt: skip
        known = None if gone and random.random() < 0.2 else base | {"at": 1.0}
        self.bound = Binding("track", "time_entry", self.lid, rid, known, gone=gone)
        self.attempt = self._sent(random, here)

    def _sent(self, random, here):
        op = "delete" if self.bound.gone else random.choice([None, "update", "delete"])
        if op is None or random.random() < 0.5:
            return None
        sent = {"description": random.choice([here["description"], self.server["description"]])}
        payload = sent if op == "update" else {}
        return Attempt("track", "time_entry", self.lid, op, payload, None, 0, 1.0, "boot")

    def put(self, tx):
        tx.save(replace(self.row, deleted=False))

    def put_in_its_standing(self, tx):
        tx.save(self.row)
        tx.bindings.append(self.bound)
        if self.attempt is not None:
            tx.also.append(attempts.put(self.attempt))

    def said(self):
        return Row("time_entry", self.rid, 2.0, self.deleted_there, self.server)

    def known(self, ties):
        return comparing.known(self.bound, ties.out(self.row), self.row, self.attempt)


def put(random, a, count, first=1):
    found = [Situation(random, 10_000 + first + number) for number in range(count)]
    with a.store.transaction("Rows", a.clock.wall()) as tx:
        for one in found:
            one.put(tx)
    for origin in (Origin.HERE, Origin.TRACK):
        with a.store.transaction("As they are", a.clock.wall(), origin=origin) as tx:
            for one in found:
                if one.by_a_person == (origin is Origin.HERE):
                    one.put_in_its_standing(tx)
    return found


def fates(a, situations):
    """Returns what became of each, as it is on disk."""
    aside = {}
    for one in shelf.unresolved(a.store.source):
        content = {k: tuple(v) if isinstance(v, list) else v for k, v in one.content.items()}
        aside.setdefault(one.lid, []).append((one.reason, content))
    for one in situations:
        row = comparing.row(a.store.source, "time_entry", one.lid)
        yield one, comparing.fate(row, a.binding(one.lid), aside.get(one.lid, []))


def differences(random, count, *, rules=RULES, lists=False):
    """Lets an answer meet so many rows; returns what the model says otherwise."""
    with scene(rules=rules) as (_, a):
        rows = put(random, a, count)
        cycle = a.engine.cycle()
        known = [one.known(Ties(a.store.source)) for one in rows]
        told = [one.said() for one in rows]
        answer = pull.Answer("time_entry", told, [], 0.0, None, confirmed=True, lists=lists)
        for _ in pull.steps(cycle, answer, lambda _desk: None):
            pass
        found = (
            comparing.fate_differs(
                before, one.server, fate, deleted=one.deleted_there, lists=lists,
                by_a_person=one.by_a_person,
            )
            for before, (one, fate) in zip(known, fates(a, rows), strict=True)
        )  # fmt: skip
        return [one for one in found if one is not None]


@pytest.mark.parametrize("lists", [False, True])
def test_thousands_of_deletions_and_edits_end_as_the_model_says(lists):
    random = Random(f"deletion {lists}")
    for _ in range(effort(5)):
        assert differences(random, ROWS, lists=lists) == []


def test_what_is_not_there_any_more_when_a_change_is_sent_is_kept():
    with scene() as (_, a):
        rows = [one for one in put(Random("missed"), a, 200) if not one.row.deleted]
        known = [one.known(Ties(a.store.source)) for one in rows]
        lids = tuple(one.lid for one in rows)
        push.gone(a.engine.cycle(), push.Send("update", "time_entry", lids, (), WS, None, {}))
        for before, (_, fate) in zip(known, fates(a, rows), strict=True):
            assert comparing.miss_differs(before, fate) is None


# It must be able to tell -------------------------------------------------------------------


@pytest.mark.parametrize("switch", ["keeps_what_was_deleted_elsewhere", "keeps_tombstones"])
def test_a_rule_taken_away_would_be_told(switch):
    assert differences(Random("rules"), 100, rules=replace(RULES, **{switch: False}))


def test_a_deletion_that_eats_a_change_made_elsewhere_would_be_told(monkeypatch):
    monkeypatch.setattr(meeting, "dirty", lambda _base, _server: {})
    assert differences(Random("blind"), 100)


def test_an_edit_that_brings_back_what_was_deleted_elsewhere_would_be_told(monkeypatch):
    monkeypatch.setattr(meeting.pointing, "bury", lambda _desk, _one, _rid: None)
    assert differences(Random("undead"), 100)
