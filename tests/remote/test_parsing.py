"""JSON from strangers: whatever comes, it is a value or JsonRefusedError."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.remote.parsing import JsonRefusedError, Rows, anything, one, rows


class Thing(msgspec.Struct):
    id: int
    name: str | None = None


HOSTILE = [
    b"", b"{", b"[1,", b'"\xff"', b'"\\ud800"', b"NaN", b"-Infinity", b"1e999", b"[" * 100_000,
    b"[" * 65 + b"]" * 65, b'{"a":' * 70 + b"1" + b"}" * 70, b"9" * 5000, b"9223372036854775808",
    b"-9223372036854775809", b"<html></html>", b"\x00", b"\xef\xbb\xbf[]", b"[1] [2]", b"01",
    b'{"id": 99999999999999999999}', "[\u201c]".encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_hostile_is_refused_in_one_way(body):
    with pytest.raises(JsonRefusedError) as caught:
        anything(body)
    assert caught.value.__cause__ is None
    assert len(str(caught.value)) < 60


def test_sixty_four_deep_is_as_deep_as_it_goes():
    assert anything(b"[" * 64 + b"]" * 64)
    in_texts = b'["[", "", "]]", "{", "' + b"[" * 80 + b'", ""]'
    assert anything(in_texts) == ["[", "", "]]", "{", "[" * 80, ""]
    assert anything(b'{"a": "[[[[{{{{", "b": "\\"]]]}\\\\"}') == {"a": "[[[[{{{{", "b": '"]]]}\\'}


def test_the_last_of_two_equal_keys_counts_and_unknown_ones_do_not():
    assert one(b'{"id": 1, "id": 2, "x": [{}]}', Thing).id == 2


def test_emoji_nul_and_bidi_are_text():
    assert anything('"\U0001f680\\u0000\u202e"'.encode()) == "\U0001f680\x00\u202e"


def test_a_list_keeps_its_good_rows():
    found = rows(b'[{"id": 1}, null, {"name": "x"}, {"id": 2, "name": null}]', Thing)
    assert [thing.id for thing in found] == [1, 2]
    assert found.bad == (b"null", b'{"name": "x"}')
    assert rows(b"null", Thing).is_missing
    assert (found + Rows(is_missing=True)).is_missing
    with pytest.raises(JsonRefusedError):
        rows(b"{}", Thing)


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_refused(body):
    for read in (anything, lambda b: one(b, Thing), lambda b: rows(b, Thing)):
        try:
            read(body)
        except JsonRefusedError:
            continue


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(_VALUES)
def test_any_honest_json_is_read_as_it_is(value):
    assert anything(json.dumps(value).encode()) == json.loads(json.dumps(value))
