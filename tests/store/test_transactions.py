"""One step, one transaction: rows, journal and news are all there, or none of them is."""

from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.support.builders import (
    NOW,
    client,
    entry,
    favourite,
    load,
    make_store,
    one,
    project,
    tag,
    task,
    unchanged,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import Entry, Tag
from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.store import journal, tables
from toggl_desktop.store.arrivals import Arrivals
from toggl_desktop.store.database import Store
from toggl_desktop.store.feed import Feed
from toggl_desktop.store.write import BULK, Step, change_set


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        yield made


@pytest.fixture
def heard(store):
    found = []
    store.feed.subscribe(found.append)
    return found


# One step ---------------------------------------------------------------------------------


def test_what_is_saved_comes_back_as_it_was(store):
    entities = [
        client("c", archived=True),
        project("p", client="c", billable=True),
        task("k", "p", estimate_seconds=3600),
        tag("t", "Ünï \x1f \x00 „x“"),
        entry(
            "e", NOW, NOW + 1, description="line\nbreak 😀", project="p", task="k",
            tags=("t", "t2"), billable=True, plan_task="plan-1", zone="Europe/Berlin",
        ),
        favourite("f", description="x", project="p", task="k", tags=("t",), position=3),
    ]  # fmt: skip
    load(store, *entities)
    for entity in entities:
        assert tables.get(store.source, type(entity), entity.lid) == entity
        assert tables.revived(entity.kind, tables.plain(entity)) == entity


def test_a_row_of_a_newer_program_comes_back_without_what_is_not_known_here():
    values = tables.plain(tag("t")) | {"shade": "dark"}
    assert tables.revived("tag", values) == tag("t")


def test_a_step_in_which_nothing_really_changes_is_none(store, heard):
    load(store, tag("t", "x"))
    with unchanged(store), store.transaction("Nothing", NOW) as tx:
        tx.save(tag("t", "x"))
    assert not tx.result
    assert [s.seq for s in heard] == [1]


def test_the_last_word_for_a_row_counts(store):
    load(store, tag("t", "one"), tag("t", "two"))
    assert store.source.rows("SELECT name FROM tag") == [("two",)]
    assert store.source.value("SELECT count(*) FROM change") == 1


def test_a_step_that_fails_leaves_nothing_behind(store, heard):
    load(store, tag("t", "x"))
    with unchanged(store):
        for _ in range(2):
            with suppress(KeyError), store.transaction("Fails", NOW) as tx:
                tx.save(tag("t", "y"), tag("t2"))
                raise KeyError
    assert len(heard) == 1
    load(store, tag("t", "y"))
    assert store.seen == 2


def test_a_step_sees_its_own_changes_but_not_those_that_were_deleted(store):
    load(store, tag("t", "x"), tag("gone", deleted=True))
    with store.transaction("Look", NOW) as tx:
        tx.save(tag("t", "y"), tag("new"))
        assert tx.get(Tag, "t").name == "y"
        assert tx.get(Tag, "new").name == "tag new"
        tx.save(tag("new", deleted=True))
        for lid in ("new", "gone", "never"):
            with pytest.raises(RefusedError, match="There is no such tag any more"):
                tx.get(Tag, lid)
        with pytest.raises(RefusedError, match="There is no such entry any more"):
            tx.get(Entry, "never")


def test_a_second_running_entry_is_refused_by_the_file_itself(store):
    load(store, entry("a", NOW))
    with unchanged(store), pytest.raises(RefusedError, match="Only one entry can run at a time"):
        load(store, entry("b", NOW))
    load(store, entry("gone", NOW, deleted=True))  # deleted ones do not count


def test_the_running_entry_can_change_hands_in_one_step(store):
    load(store, entry("b", NOW))
    load(store, entry("a", NOW + 5), entry("b", NOW, NOW + 5))
    assert one(store, "a").is_running
    load(store, entry("a", NOW + 5, deleted=True), entry("z", NOW))
    assert one(store, "z").is_running


def test_parents_are_written_before_what_points_to_them(store):
    last_first = [
        entry("e", NOW, NOW, project="p", task="k"),
        task("k", "p"),
        project("p", client="c"),
        client("c"),
    ]
    load(store, *last_first)
    assert store.check(full=True) == []


def test_a_mistake_of_ours_is_loud_and_changes_nothing(store):
    import sqlite3

    with unchanged(store), pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        load(store, entry("e", NOW, NOW, project="nowhere"))
    with unchanged(store), pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        load(store, entry("e", NOW, NOW - 1))


# The journal ------------------------------------------------------------------------------


def test_the_journal_says_what_each_field_was_and_the_whole_row_after(store):
    load(store, tag("t", "x"))
    load(store, tag("t", "y"))
    (first,), (second,) = (journal.changes_of(store.source, seq) for seq in (1, 2))
    assert (first.before, first.after) == (None, tables.plain(tag("t", "x")))
    assert (second.before, second.after) == ({"name": "x"}, tables.plain(tag("t", "y")))
    assert (second.kind, second.lid, second.origin, second.at) == ("tag", "t", "here", NOW - 10**7)


def test_history_is_newest_first_and_can_be_paged(store):
    for i in range(5):
        load(store, tag("t", str(i)))
    assert [s.seq for s in journal.history(store.source)] == [5, 4, 3, 2, 1]
    assert [s.seq for s in journal.history(store.source, 2)] == [5, 4]
    assert [s.seq for s in journal.history(store.source, 2, before=4)] == [3, 2]


def test_changes_since_a_step_come_oldest_first_and_by_whole_steps(store):
    for i in range(4):
        load(store, tag("a", str(i)), tag("b", str(i)))
    found = journal.changes_since(store.source, 1)
    assert [(c.seq, c.lid) for c in found] == [(s, lid) for s in (2, 3, 4) for lid in "ab"]
    assert [c.seq for c in journal.changes_since(store.source, 1, limit=2)] == [2, 2, 3, 3]
    assert journal.changes_since(store.source, 4) == []
    assert journal.last_seq(store.source) == 4


def test_a_step_that_touches_nothing_does_not_hide_the_ones_after_it(store):
    load(store, tag("a", "1"))
    history.undo(store, Reading(NOW))
    with store.transaction("Meta only", NOW) as tx:
        tx.step.meta["k"] = "v"
    load(store, tag("a", "2"))
    assert [c.seq for c in journal.changes_since(store.source, 0, limit=4)] == [1, 2, 4]


def test_numbers_of_steps_are_never_used_twice(store):
    load(store, tag("t"))
    with store.locked() as connection:
        connection.execute("DELETE FROM change")
        connection.execute("DELETE FROM step")
    load(store, tag("t", "again"))
    assert journal.last_seq(store.source) == 2


# News -------------------------------------------------------------------------------------


def test_news_come_after_the_commit_and_name_what_was_touched(store, heard):
    seen_by_listener = []
    store.feed.subscribe(
        lambda s: seen_by_listener.append(store.source.value("SELECT count(*) FROM tag"))
    )
    with store.transaction("Step", NOW) as tx:
        tx.save(tag("t"), entry("e", NOW, NOW + 9))
        tx.step.notice = "Mind this."
        assert heard == []
    (said,) = heard
    assert said == tx.result
    assert said.touched == {"tag": {"t"}, "time_entry": {"e"}}
    assert (said.low, said.high, said.step, said.notice, said.seq) == (
        NOW, NOW + 9, "Step", "Mind this.", 1,
    )  # fmt: skip
    assert seen_by_listener == [1]


def test_the_range_of_the_news_covers_what_was_and_what_is(store, heard):
    load(store, entry("e", NOW, NOW + 100))
    load(store, entry("e", NOW + 500, NOW + 600))
    load(store, entry("e", NOW + 500))
    load(store, entry("e", NOW + 500, NOW + 550))
    assert [(s.low, s.high) for s in heard] == [
        (NOW, NOW + 100), (NOW, NOW + 600), (NOW + 500, None), (NOW + 500, None),
    ]  # fmt: skip


def test_a_listener_that_fails_keeps_no_news_from_the_others():
    feed, heard = Feed(), []

    def fail(_):
        raise ValueError

    feed.subscribe(fail)
    feed.subscribe(heard.append)
    with pytest.raises(ValueError):  # noqa: PT011 - it is the listener's own
        feed.publish("news")
    assert heard == ["news"]
    feed.unsubscribe(fail)
    feed.publish("more")
    assert heard == ["news", "more"]


def test_listeners_hear_in_the_order_they_came_and_may_leave_while_hearing():
    feed, heard = Feed(), []

    def once(_):
        heard.append("once")
        feed.unsubscribe(once)

    feed.subscribe(once)
    feed.subscribe(lambda _: heard.append("always"))
    feed.publish("a")
    feed.publish("b")
    assert heard == ["once", "always", "always"]


def test_another_process_is_heard_of_each_step_once_in_order(store, heard):
    with Store(store.place) as other:
        load(store, tag("a"))
        load(other, tag("b"))
        load(other, tag("c"))
        load(store, tag("d"))
        assert [s.seq for s in heard] == [1, 2, 3, 4]
        assert not store.catch_up()
        load(other, tag("e"))
        assert store.changed_elsewhere()
        assert not store.changed_elsewhere()
        assert store.catch_up()
        assert [s.seq for s in heard] == [1, 2, 3, 4, 5]
        assert heard[-1].ids("tag") == {"e"}


SPANS = st.tuples(st.integers(0, 50), st.none() | st.integers(0, 20))


@how(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), SPANS, st.booleans()), max_size=3), max_size=4
    )
)
def test_whoever_made_a_step_the_news_of_it_are_the_same(tmp_path_factory, steps):
    """The set published at once, and the one another process makes from the journal."""
    with make_store(tmp_path_factory.mktemp("s")) as mine, Store(mine.place) as other:
        here, there = [], []
        mine.feed.subscribe(here.append)
        other.feed.subscribe(there.append)
        for rows in steps:
            with mine.transaction("Step", NOW) as tx:
                for lid, (start, length), deleted in rows:
                    # one of them may run, so no step is refused
                    seconds = 1 if length is None and lid != "a" else length
                    stop = None if seconds is None else start + seconds
                    tx.save(entry(lid, start, stop, deleted=deleted))
                tx.save(tag("t", f"{len(here)}"))
        other.catch_up()
        assert there == here


def test_a_very_large_step_names_no_ids(store, heard):
    load(store, *(tag(f"t{i}") for i in range(BULK)), project("p"))
    assert heard[0].touched == {"tag": frozenset(), "project": {"p"}}
    with closing(Store(store.place)) as other:
        other.seen, there = 0, []
        other.feed.subscribe(there.append)
        other.catch_up()
        assert there == heard


def test_a_step_without_entries_has_no_range():
    assert change_set(1, Step(NOW, "x"), [], Arrivals()).low is None
