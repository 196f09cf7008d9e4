"""What a sync asks of thousands of ties costs as much as the answer, not as all of them."""

import pytest

from tests.support.builders import make_store
from toggl_desktop.domain.changes import Origin
from toggl_desktop.store import bindings
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.read import synced

COUNT = 3000


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with make_store(tmp_path_factory.mktemp("many")) as store:
        ties = [
            Binding("track", "time_entry", f"e{n}", n, {"description": "x"}, unsent=n == 7)
            for n in range(1, COUNT)
        ]
        ties += [
            Binding("track", "project", "p1", 1, {"name": "p"}, unsent=False),
            Binding("track", "project", "p2", 2, None, unsent=False),
        ]
        with store.transaction("Pull", 1, origin=Origin.TRACK) as tx:
            tx.bindings += ties
        yield store


def lids(found):
    return [one.lid for one in found]


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (
            lambda source: lids(bindings.by_rids(source, "track", "time_entry", [5, 9, 10**9])),
            ["e5", "e9"],
        ),
        (lambda source: bindings.by_rid(source, "track", "time_entry", 5).lid, "e5"),
        (lambda source: bindings.get(source, "track", "time_entry", "e5").rid, 5),
        (lambda source: lids(bindings.waiting(source, "track")), ["e7"]),
        (synced.numbers, [("project", "p1", 1), ("project", "p2", 2)]),
        (synced.count_unknown, 1),
    ],
)  # fmt: skip
def test_a_question_does_not_look_at_every_tie(store, ask, answer):
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    connection = store.source._connection
    connection.set_progress_handler(count, 1)
    try:
        found = ask(store.source)
    finally:
        connection.set_progress_handler(None, 1)
    assert found == answer
    assert steps < COUNT / 5
