"""What a step says of itself is one thing: in the journal, in the log and after both are read."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.builders import NOW, entry, load, make_store, tag
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import bindings, editlog, journal, jsontext, tables
from toggl_desktop.store.arrivals import OWN, Arrivals, Place
from toggl_desktop.store.bindings import Binding

ODD = 'He said “ja”, "no" \\ \t \x1f \u2028 🦊'


def lines_of(store):
    mark = editlog.Mark(store._log.store, 0)
    return editlog.after(store.place, mark)


def test_the_log_says_what_the_journal_says(tmp_path):
    with make_store(tmp_path) as store:
        load(store, tag("t", ODD), entry("e", NOW, NOW + 60, description=ODD, tags=("t",)))
        load(store, entry("e", NOW, NOW + 90, description=ODD, tags=("t",)))
        lines, unread = lines_of(store)
        assert unread == 0
        told = [[c.kind, c.lid, c.before, c.after] for c in journal.changes_since(store.source, 0)]
        assert [change for line in lines for change in line["changes"]] == told
        assert [line["seq"] for line in lines] == [s.seq for s in journal.history(store.source)][
            ::-1
        ]


def test_the_log_says_of_a_tie_all_that_is_known(tmp_path):
    base = {"description": ODD, "tags": [1, 2], "at": 1.5, "stop": None}
    ties = [
        Binding("track", "time_entry", "e", 7, base, unsent=False),
        Binding("track", "tag", "t", None, None, gone=True, hold={"text": ODD}),
    ]
    with make_store(tmp_path) as store:
        load(store, tag("t"), entry("e", NOW, NOW + 60))
        with store.transaction("Pull", NOW, origin=Origin.TRACK) as tx:
            tx.bindings += ties
        lines, _ = lines_of(store)
        assert [Binding(**values) for values in lines[-1]["bindings"]] == ties
        assert [bindings.get(store.source, t.service, t.kind, t.lid) for t in ties] == ties
        assert [json.loads(bindings.line(row)) for row in bindings.rows(ties)] == [
            bindings.plain(tie) for tie in ties
        ]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\é', max_size=5), inner)
    ),
    max_leaves=8,
)


@given(VALUES)
@example({"a": ODD, "b": [1.0, -0.0, 1e300, 2**53 + 1]})
def test_many_texts_say_what_a_few_would(value):
    few, many = jsontext.encoder(1), jsontext.encoder(jsontext.MANY)
    assert repr(json.loads(many(value))) == repr(json.loads(few(value))) == repr(value)
    assert json.loads(jsontext.quoted(ODD)) == ODD


# Entries by the thousand ---------------------------------------------------------------------


def arrival(one, rid, base):
    """Takes one entry the short way: all but its own fields come from another of its place."""
    own = {"lid": "other", "start": 1, "stop": 2, "description": "other"}
    like = tables.with_values(one, own)
    rest = {name: value for name, value in base.items() if name != "at"}
    place = Place(like, "track", rest | {"description": "x", "start": 1, "stop": 2})
    arrivals = Arrivals()
    arrivals.add(place, one.lid, rid, base, base.get("at"))
    return arrivals


words = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    words,
    st.integers(-(2**40), 2**40),
    st.integers(0, 2**20),
    st.lists(st.sampled_from("tuv"), unique=True).map(tuple),
    st.booleans(),
    st.none() | st.floats(0, 2**33),
)
@example(ODD, NOW, 60, ("t",), True, 1_790_000_000.123456)
def test_the_short_way_says_what_the_long_way_says(text, start, seconds, tags, billable, at):
    one = Entry("e-1", start, start + seconds, text, "p", None, tags, billable, "w")
    base = {"description": text, "start": start, "stop": start + seconds, "workspace": 7001}
    base |= {"project": 8, "task": None, "tags": tuple(range(len(tags))), "billable": billable}
    base |= {} if at is None else {"at": at}
    short = arrival(one, 2**53 + 1, base)
    assert list(map(list, short.rows)) == [tables.values_for_upsert(one)]
    (told,) = journal.told([("time_entry", one.lid, None, tables.plain(one))])
    assert (short.told, short.changes) == ([told], [journal.line(told)])
    tie = Binding("track", "time_entry", one.lid, 2**53 + 1, base, unsent=False)
    (row,) = bindings.rows([tie])
    (taken,) = short.ties
    assert (taken[:4], taken[5:7], taken[8]) == (row[:4], row[5:7], row[8])
    assert (json.loads(taken[4]), taken[7]) == (json.loads(row[4]), bindings.checksum(taken[:7]))
    (line,) = short.bindings
    assert line == bindings.line(taken)
    assert (short.lids, short.starts, short.stops) == (["e-1"], [start], [start + seconds])


def test_what_each_has_for_itself_comes_first_in_its_row():
    assert tables.COLUMNS["time_entry"][: len(OWN)] == OWN


def test_what_arrives_is_in_table_tie_journal_and_log_and_everybody_is_told(tmp_path):
    here = entry("e", NOW, NOW + 60, description=ODD, tags=("t",))
    base = {"description": ODD, "start": NOW, "stop": NOW + 60, "tags": [1], "at": 1.5}
    heard = []
    with make_store(tmp_path) as store:
        load(store, tag("t"))
        seen = store.seen
        store.feed.subscribe(heard.append)
        with store.transaction("From Toggl: entry", NOW, origin=Origin.TRACK) as tx:
            tx.save(tag("u"))
            tx.arrivals = arrival(here, 7, base)
        assert tables.get(store.source, Entry, "e") == here
        tie = Binding("track", "time_entry", "e", 7, base, unsent=False)
        assert bindings.get(store.source, "track", "time_entry", "e") == tie
        changes = journal.changes_since(store.source, seen)
        assert [(c.lid, c.before) for c in changes] == [("u", None), ("e", None)]
        lines, _ = lines_of(store)
        told = [[c.kind, c.lid, c.before, c.after] for c in changes]
        assert lines[-1]["changes"] == told
        assert [Binding(**values) for values in lines[-1]["bindings"]] == [tie]
        (found,) = journal.sets_since(store.source, seen)
        assert heard == [found]
        assert (found.ids("time_entry"), found.low, found.high) == ({"e"}, NOW, NOW + 60)
