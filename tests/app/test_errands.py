"""What goes on beside the loop has a store of its own, is heard of here, and never outlives us."""

import threading

import pytest

from tests.support.builders import NOW, FakeClock, make_store
from toggl_desktop.actions import entries
from toggl_desktop.app import errands
from toggl_desktop.app.errands import Errands
from toggl_desktop.domain.commands import AddEntry
from toggl_desktop.domain.stopping import StoppedError
from toggl_desktop.store import journal


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as store:
        yield store


@pytest.fixture
def begun(store):
    made = Errands(store)
    yield made
    made.close()


def added(own):
    return entries.add(own, AddEntry(NOW - 3600, NOW - 1800, "Beside"), FakeClock().now(), "UTC")


def test_what_it_commits_is_heard_of_here_before_its_result_is_there(store, begun):
    heard = []
    store.feed.subscribe(heard.append)
    seen = []

    def work(own):
        seen.extend((own, threading.get_ident()))
        return added(own)

    errand = begun.begin(work)
    assert errand.wait(10)
    assert not heard  # another thread publishes nothing here
    assert errand.result() == heard[0]
    assert seen[0] is not store
    assert seen[1] != threading.get_ident()
    assert store.seen == journal.last_seq(store.source)
    errand.result()
    assert len(heard) == 1


def test_it_is_stopped_up_to_its_commit_and_then_nothing_was_written(store, begun):
    before = journal.last_seq(store.source)
    ready, go_on = threading.Event(), threading.Event()

    def work(own):
        with own.transaction("Work", NOW) as tx:
            tx.step.meta["x"] = "y"
            ready.set()
            assert go_on.wait(10)

    errand = begun.begin(work)
    assert ready.wait(10)
    assert not errand.wait(0)
    errand.give_up()
    go_on.set()
    assert errand.wait(10)
    with pytest.raises(StoppedError):
        errand.result()
    assert journal.last_seq(store.source) == before
    added(store)  # and the lock is free


def test_a_bug_in_it_is_told_here(begun):
    errand = begun.begin(lambda _store: 1 // 0)
    assert errand.wait(10)
    with pytest.raises(ZeroDivisionError):
        errand.result()


def test_it_breathes_so_that_the_loop_gets_its_turn(begun, monkeypatch):
    rests = []
    monkeypatch.setattr(errands, "_WORKS_SECONDS", 0.0)
    monkeypatch.setattr(errands.time, "sleep", rests.append)
    errand = begun.begin(lambda own: [own.pulse() for _ in range(50)])
    assert errand.wait(10)
    assert rests


def test_the_end_of_the_program_stops_all_of_it_and_waits(store, begun):
    ready = threading.Event()

    def work(own):
        ready.set()
        while True:
            own.pulse()

    errand = begun.begin(work)
    assert ready.wait(10)
    begun.close()
    assert errand.wait(0)
    with pytest.raises(StoppedError):
        errand.result()
