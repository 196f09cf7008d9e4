"""What a step says of itself is one thing: in the journal, in the log and after both are read."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.builders import NOW, entry, load, make_store, tag
from toggl_desktop.domain.changes import Origin
from toggl_desktop.store import bindings, editlog, journal, jsontext
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
