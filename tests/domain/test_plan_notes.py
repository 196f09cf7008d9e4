"""Notes that come as rich text, estimates, and the palette."""

import json

import pytest

from toggl_desktop.domain.errors import RefusedError
from toggl_desktop.domain.plan import estimate, notes
from toggl_desktop.domain.plan.palette import PALETTE, PICKER_ROWS

DELTA = json.dumps(
    {
        "ops": [
            {"insert": "See the "},
            {"insert": "brief", "attributes": {"link": "https://example.test"}},
            {"insert": " first\nThen ask\n"},
        ]
    }
)


def test_a_delta_is_shown_as_plain_text():
    assert notes.is_rich(DELTA)
    assert notes.plain_notes(DELTA) == "See the brief first\nThen ask"
    assert notes.plain_notes("plain {text}") == "plain {text}"
    for odd in ('{"ops": 3}', "{", '{"ops": [1]}', "[1]"):
        assert not notes.is_rich(odd)
        assert notes.plain_notes(odd) == odd


def test_a_delta_that_nobody_changed_stays_as_it_came():
    assert notes.with_text(DELTA, "See the brief first\nThen ask") == DELTA


def test_what_stays_of_a_changed_delta_keeps_its_form():
    made = notes.with_text(DELTA, "See the brief first\nThen ask Ann")
    assert notes.plain_notes(made) == "See the brief first\nThen ask Ann"
    assert {"insert": "brief", "attributes": {"link": "https://example.test"}} in json.loads(made)[
        "ops"
    ]
    assert notes.with_text(DELTA, "") == ""
    assert notes.with_text("old", "new") == "new"


@pytest.mark.parametrize(
    "text", ["x", "See", "brief", "See the brief first", "aSee the brief first\nThen ask", "\n\nx"]
)
def test_any_text_can_take_a_deltas_place(text):
    assert notes.plain_notes(notes.with_text(DELTA, text)) == text


def test_estimates_are_typed_freely():
    for text, minutes in (("4h 30m", 270), ("4:30", 270), ("4.5", 270), ("90m", 90), ("4", 240)):
        assert estimate.parse_estimate(text, "daily") == minutes
    assert estimate.parse_estimate(" ", "daily") is None
    assert estimate.parse_estimate("0", "total") is None
    assert estimate.parse_estimate("100h", "total") == 6000
    for text in ("soon", "24h", "9000h"):
        with pytest.raises(RefusedError, match="Nothing was changed"):
            estimate.parse_estimate(text, "daily")


def test_an_estimate_has_a_summary():
    assert estimate.summary(270, "daily", skips_weekend=True) == "4h 30m Daily WD"
    assert estimate.summary(60, "total", skips_weekend=False) == "1h Total"
    assert estimate.summary(None, "daily", skips_weekend=True) == ""
    assert estimate.hours_and_minutes(45) == "45m"
    assert estimate.proposed(540, 630) == 90
    assert estimate.proposed(540, None) is None


def test_the_picker_shows_each_colour_once():
    shown = [colour for row in PICKER_ROWS for colour in row]
    assert sorted(shown) == sorted(PALETTE.values())
    assert len(PICKER_ROWS) == 9
    assert {len(row) for row in PICKER_ROWS} == {5}
    assert PALETTE[30] == "#9575cd"
