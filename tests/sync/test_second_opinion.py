"""The engine's decisions beside the reference model's: the same situations, the same answers.

What the two decide is drawn from a seed: lives with small changes, so that fields, times and texts
often meet. `tests/support/second_opinion.py` is written from the specification and shares nothing
with the engine. Of deletion against edit see `test_deletion_against_edit.py`; what whole histories
decide is handed to the same model while they live (`overheard.py`).
"""

from random import Random
from types import SimpleNamespace

import pytest

from tests.support import second_opinion as model
from tests.support.effort import effort
from tests.sync import comparing
from toggl_desktop.domain import merge as merging
from toggl_desktop.store.bindings import Binding
from toggl_desktop.sync import reconcile, unsent

TIMES = (0, 30, 60, 61, 90, 125, 180)


def an_entry(random):
    start = random.choice(TIMES)
    return {
        "description": random.choice("abc"),
        "start": start,
        "stop": random.choice([None, None, *(t for t in (*TIMES, 300) if t >= start)]),
        "workspace": random.choice([1, 1, 1, 2]),
        "project": random.choice([None, 1, 2, "unsent"]),
        "task": random.choice([None, 1, 2]),
        "tags": tuple(sorted(random.sample([1, 2, 3, "new"], random.randrange(4)), key=str)),
        "billable": random.random() < 0.5,
    }


def perturbed(random, base):
    """Returns the row with a few fields of another one; one that ends ends after it began."""
    other = an_entry(random)
    names = random.sample(sorted(base), random.choice([0, 1, 1, 2, 3, 8]))
    found = base | {name: other[name] for name in names}
    if found["stop"] is not None:
        found["stop"] = max(found["start"], found["stop"])
    return found


def three(random):
    base = an_entry(random)
    here, server = perturbed(random, base), perturbed(random, base)
    if random.random() < 0.1:  # what was never read, or is new in this version
        base = {name: value for name, value in base.items() if random.random() < 0.7}
    return base, here, server


# Differences, as text: none may be found ----------------------------------------------------


def merge_differs(random, merge=merging.merge):
    base, here, server = three(random)
    found = merge(base, here, server)
    if merging.dirty(base, here) != model.dirty(base, here):
        return f"dirty {base=} {here=}"
    return comparing.merge_differs(base, here, server, found)


def wanted_differs(random, wanted=unsent.wanted):
    base, here, _ = three(random)
    gone, number = random.random() < 0.2, random.choice([1, 1, 1, 1, None])
    base = random.choice([base, base, base, None])
    row = SimpleNamespace(deleted=random.random() < 0.4)
    ties = SimpleNamespace(out=lambda _: dict(here), lid=lambda _kind, _ref: None)
    bound = Binding("track", "time_entry", "x", number, base, gone=gone)
    return comparing.wanted_differs(None, ties, row, bound, wanted(None, ties, row, bound))


def match_differs(random, match=reconcile.match):
    lost, rows = [], []
    origin = an_entry(random)
    for number in range(random.randrange(1, 4)):
        sent = perturbed(random, origin)
        sent |= {name: random.random() < 0.2 for name in ("joined", "refused")}
        since = random.choice([None, 100, 104, 106, 150])
        above, asks = random.choice([0, 2, 4]), random.random() < 0.8
        lost.append(reconcile.Draft(f"lid {number}", sent, since, above, asks))
    for rid in range(1, random.randrange(1, 6)):
        sent = random.choice(lost).values
        values = perturbed(random, {name: sent[name] for name in origin})
        later = random.choice([0, 0, 0, 0, 43_200, 43_300])
        values |= {n: values[n] and values[n] + later for n in ("start", "stop")}
        rows.append(reconcile.Found(rid, random.choice([None, 99, 100, 101, 160]), values))
    return comparing.match_differs(lost, rows, match(lost, rows))


def ends_differ(random, ends=reconcile.end_rivals):
    number = random.randrange(5)
    rids = random.sample([None, None, None, 4, 5, 6, 7], number)
    running = [
        reconcile.Rival(f"lid {n}", random.choice(TIMES[:4]), rids[n]) for n in range(number)
    ]
    starts = [random.choice(TIMES) for _ in range(random.randrange(4))]
    return comparing.ends_differ(running, starts, ends(running, starts))


@pytest.mark.parametrize("differs", [merge_differs, wanted_differs, match_differs, ends_differ])
def test_twenty_thousand_situations_are_decided_as_the_model_decides_them(differs):
    random = Random(f"second {differs.__name__}")
    for _ in range(effort(5_000)):
        assert differs(random) is None


def test_what_began_in_the_same_second_ends_there_and_not_beside_the_one_that_goes_on():
    rivals = [reconcile.Rival("a", 60, 4), reconcile.Rival("b", 60, 5)]
    assert reconcile.end_rivals(rivals, [600]) == {"a": 60}


# It must be able to tell -------------------------------------------------------------------


def _server_wins(base, here, server):
    found = merging.merge(base, here, server)
    return merging.Merged(found.values | found.theirs, {}, found.ours)


def _forgets_the_shelf(base, here, server):
    return merging.Merged(merging.merge(base, here, server).values)


def _later_stop(base, here, server):
    found = merging.merge(base, here, server)
    return merging.Merged(found.values | found.ours, found.theirs, {})


def _adopts_what_is_alike(drafts, rows):
    return reconcile.match(drafts, rows, reconcile.Rules(asks_before_adopting_partial=False))


def _exact_only(drafts, rows):
    return reconcile.match(drafts, rows, reconcile.Rules(holds_partial=False))


def _asks_about_one_only(drafts, rows):
    found = reconcile.match(drafts, rows)
    return reconcile.Matches(found.adopted, dict(list(found.unsure.items())[:1]))


def _all_end_at_the_last(running, _starts):
    last = max((one.start for one in running), default=0)
    return dict.fromkeys(reconcile.end_rivals(running, ()), last)


def _sends_everything(source, ties, one, bound):
    op, values = unsent.wanted(source, ties, one, bound)
    return op, ties.out(one) if op == "update" else values


@pytest.mark.parametrize(
    ("differs", "mistake"),
    [
        (merge_differs, _server_wins),
        (merge_differs, _forgets_the_shelf),
        (merge_differs, _later_stop),
        (match_differs, _adopts_what_is_alike),
        (match_differs, _exact_only),
        (match_differs, _asks_about_one_only),
        (ends_differ, _all_end_at_the_last),
        (wanted_differs, _sends_everything),
    ],
)
def test_a_mistake_of_the_engine_would_be_told(differs, mistake):
    random = Random("mistake")
    assert any(differs(random, mistake) for _ in range(500))
