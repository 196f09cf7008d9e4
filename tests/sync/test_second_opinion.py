"""The engine's decisions beside the reference model's: the same situations, the same answers.

What the two decide is drawn from a seed: lives with small changes, so that fields, times and texts
often meet. `tests/support/second_opinion.py` is written from the specification and shares nothing
with the engine. Deletion against edit is judged by the histories, by what is left at their end.
"""

from random import Random
from types import SimpleNamespace

import pytest

from tests.support import second_opinion as model
from tests.support.effort import effort
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
    theirs = merge(base, here, server)
    ours = model.merge(base, here, server)
    same = (theirs.values, theirs.theirs, theirs.ours) == tuple(ours)
    same &= merging.dirty(base, here) == model.dirty(base, here)
    return None if same else f"{base=} {here=} {server=}: {theirs} {ours}"


def wanted_differs(random, wanted=unsent.wanted):
    base, here, _ = three(random)
    one = model.Standing(
        has_number=random.random() < 0.8,
        base=random.choice([base, base, base, None]),
        here=here,
        deleted=random.random() < 0.4,
        gone=random.random() < 0.2,
    )
    row = SimpleNamespace(deleted=one.deleted)
    ties = SimpleNamespace(out=lambda _: dict(here), lid=lambda _kind, _ref: None)
    bound = Binding(
        "track", "time_entry", "x", 1 if one.has_number else None, one.base, gone=one.gone
    )
    found = wanted(None, ties, row, bound)
    return None if found == model.wanted(one) else f"{one}: {found} {model.wanted(one)}"


def match_differs(random, match=reconcile.match):
    lost, rows = [], []
    origin = an_entry(random)
    for number in range(random.randrange(1, 4)):
        sent = perturbed(random, origin)
        sent["joined"] = random.random() < 0.2
        since = random.choice([None, 100, 104, 106, 150])
        lost.append(model.Lost(f"lid {number}", sent, since, random.choice([0, 2, 4])))
    for rid in range(1, random.randrange(1, 6)):
        sent = random.choice(lost).sent
        values = perturbed(random, {n: v for n, v in sent.items() if n != "joined"})
        rows.append(model.Unknown(rid, random.choice([None, 99, 100, 101, 160]), values))
    return told_apart(lost, rows, match)


def told_apart(lost, rows, match):
    """Compares the two on creates and rows.

    The product differs from the model on purpose in one thing: it looks through all rows for the
    very one first. Row by row, a look-alike with a lower number would have a create held, and its
    own row would then be taken for another entry: a person would be asked about nothing.
    """
    drafts = [reconcile.Draft(*one) for one in lost]
    found = match(drafts, [reconcile.Found(*row) for row in rows])
    first = [row for row in rows if row.rid in very_ones(lost, rows)]
    ours = model.match(lost, [*first, *(row for row in rows if row not in first)])
    same = (found.adopted, found.unsure) == tuple(ours)
    return None if same else f"{lost} {rows}: {found} {ours}"


def very_ones(lost, rows):
    """Returns the rows that are just what was sent, once nothing is held."""
    free, found = list(lost), set()
    for row in rows:
        alone = (one for one in free if model.match([one], [row]).adopted)
        if (one := next(alone, None)) is not None:
            found.add(row.rid)
            free.remove(one)
    return found


def ends_differ(random, ends=reconcile.end_rivals):
    number = random.randrange(5)
    rids = random.sample([None, None, None, 4, 5, 6, 7], number)
    running = [model.Running(f"lid {n}", random.choice(TIMES[:4]), rids[n]) for n in range(number)]
    starts = [random.choice(TIMES) for _ in range(random.randrange(4))]
    found = ends([reconcile.Rival(*one) for one in running], starts)
    same = found == model.ends(running, starts)
    return None if same else f"{running} {starts}: {found} {model.ends(running, starts)}"


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
