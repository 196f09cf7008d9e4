"""A wrong decision in a history is told by the reference model, at once and by its name."""

import pytest

from tests.sync import scene as play
from tests.sync.scene import add, delete, edit, failing, scene, start, sync, web_add
from toggl_desktop.domain.merge import Merged
from toggl_desktop.sync import meeting, push, reconcile, unsent
from toggl_desktop.sync.engine import Want


def conflict(world, a):
    one = add(a, "work")
    sync(a)
    play.web_edit(world, play.rid_of(a, one), description="theirs")
    edit(a, one, description="ours")
    sync(a, seconds=60)


def lost_answer(world, a):
    add(a, "lost", start=int(world.t) - 300)
    with failing(world, "POST"):
        sync(a)
    web_add(world, "theirs", start=int(world.t) - 290)
    sync(a, seconds=200)


def rivals(world, a):
    start(a, "ours")
    web_add(world, "theirs", start=int(world.t) + 30, seconds=None)
    sync(a, seconds=60)


def deletion(world, a):
    one = add(a, "work")
    sync(a)
    delete(a, one)
    play.web_edit(world, play.rid_of(a, one), description="theirs")
    sync(a, seconds=60)


def missing(world, a):
    one = add(a, "work")
    sync(a)
    world.server.rows["time_entry"].pop(play.rid_of(a, one))
    edit(a, one, description="ours")
    sync(a, Want(pull=False), seconds=10)


PLAYS = [conflict, lost_answer, rivals, deletion, missing]
merge, match, end_rivals = meeting.merge, reconcile.match, reconcile.end_rivals
wanted = unsent.wanted


def theirs_win(base, here, server):
    found = merge(base, here, server)
    return Merged(found.values | found.theirs, {}, found.ours)


def sends_the_whole_row(source, ties, one, bound):
    op, values = wanted(source, ties, one, bound)
    return op, ties.out(one) if op == "update" else values


MISTAKES = [
    (conflict, meeting, "merge", theirs_win),
    (conflict, unsent, "wanted", sends_the_whole_row),
    (lost_answer, reconcile, "match", lambda *_: reconcile.Matches({}, {})),
    (rivals, reconcile, "end_rivals", lambda run, _: {one.lid: one.start for one in run[:-1]}),
    (deletion, meeting, "dirty", lambda *_: {}),
    (missing, push, "gone", lambda _cycle, _send: None),
]


@pytest.mark.parametrize("history", PLAYS, ids=lambda one: one.__name__)
def test_the_model_hears_of_what_is_decided_and_agrees(history):
    with scene() as (world, a):
        history(world, a)
        assert world.overheard.asked
        assert world.bad == []


@pytest.mark.parametrize(
    ("history", "owner", "name", "mistake"), MISTAKES, ids=lambda one: getattr(one, "__name__", one)
)
def test_a_planted_mistake_is_told(monkeypatch, history, owner, name, mistake):
    monkeypatch.setattr(owner, name, mistake)
    with scene() as (world, a):
        history(world, a)
        assert any(line.startswith("the model decides otherwise") for line in world.bad)


def test_every_kind_of_decision_is_heard_of():
    heard = set()
    for history in PLAYS:
        with scene() as (world, a):
            history(world, a)
            heard |= world.overheard.asked.keys()
    assert heard == {"merge", "match", "end", "unsent", "deletion against edit", "gone"}


def test_nothing_is_listened_to_when_a_world_is_over():
    with scene():
        assert meeting.merge is not merge
    assert (meeting.merge, reconcile.match, unsent.wanted) == (merge, match, wanted)
