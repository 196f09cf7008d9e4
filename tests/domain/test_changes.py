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
