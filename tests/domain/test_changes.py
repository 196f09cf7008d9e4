"""Several change sets as one: nothing that one of them names is forgotten."""

from toggl_desktop.domain.changes import BULK, ChangeSet, merged


def changed(seq, *ids, kind="time_entry", low=10, high=20):
    return ChangeSet(seq=seq, touched={kind: frozenset(ids)}, low=low, high=high)


def test_ids_and_stretches_of_all_are_in_the_one():
    one = merged([changed(1, "a"), changed(2, "b", low=5), changed(3, "t", kind="tag", high=None)])
    assert one.touched == {"time_entry": {"a", "b"}, "tag": {"t"}}
    assert (one.seq, one.low, one.high) == (3, 5, None)


def test_too_many_to_be_named_stays_too_many_whatever_comes_with_it():
    for sets in (
        [changed(1), changed(2, "a")],
        [changed(1, "a"), changed(2)],
        [changed(1), changed(2)],
    ):
        assert merged(sets).touched == {"time_entry": frozenset()}


def test_many_named_ones_become_too_many_to_be_named():
    some = [changed(n, *(f"{n} {m}" for m in range(BULK // 4))) for n in range(5)]
    assert merged(some[:2]).touched["time_entry"]
    assert merged(some).touched == {"time_entry": frozenset()}


def test_too_many_to_be_named_may_be_any_of_them():
    assert changed(1).is_bulk("time_entry")
    assert changed(1).concerns("time_entry", "a")
    assert changed(1, "a").concerns("time_entry", "a")
    assert not changed(1, "a").is_bulk("time_entry")
    assert not changed(1, "a").concerns("time_entry", "b")
    assert not changed(1).concerns("tag", "a")


def test_what_was_shown_is_taken_out_and_what_nobody_named_stays():
    assert changed(1, "a", "b").without(changed(1, "a")).touched == {"time_entry": {"b"}}
    assert not changed(1, "a").without(changed(1, "a"))
    assert changed(1).without(changed(1, "a")).touched == {"time_entry": frozenset()}
    assert not changed(1, "a").without(changed(1))
    assert not changed(1).without(changed(1))
    assert changed(1, "a").without(changed(1, kind="tag")).touched == {"time_entry": {"a"}}
