import pytest

from toggl_desktop.domain.plaintext import clamp, many_lines, one_line

BIDI = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
CONTROLS = [chr(c) for c in (*range(9), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), 0x86, 0x9F)]
BREAKS = ["\n", "\r", "\r\n", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\n\n\n"]


@pytest.mark.parametrize("sign", BIDI, ids=ascii)
def test_signs_that_turn_their_neighbours_are_gone(sign):
    assert one_line(f"a{sign}b") == "ab"
    assert many_lines(f"a{sign}b") == "ab"


@pytest.mark.parametrize("sign", CONTROLS, ids=ascii)
def test_control_characters_show_that_something_was_there(sign):
    assert one_line(f"a{sign}b") == "a\ufffdb"
    assert many_lines(f"a{sign}b") == "a\ufffdb"


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
def test_a_line_break_of_any_kind_becomes_one_space(sign):
    assert one_line(f"a{sign}b") == "a b"


def test_many_lines_keep_their_breaks_as_one_kind():
    assert many_lines("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_half_a_surrogate_pair_cannot_reach_an_encoder():
    assert one_line("a\ud800b").encode() == "a\ufffdb".encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R&D",
        "<b>x</b>",
        "שלום",
        "مرحبا",
        "日本",
        "e\u0301",
        "👩\u200d🚀",
        "a\u200eb",
        "a\u00a0b",
    ],
)
def test_what_people_write_is_left_alone(text):
    assert one_line(text) == text
    assert many_lines(text) == text


def test_too_long_a_text_ends_with_an_ellipsis_at_the_limit():
    assert one_line("a" * 301) == "a" * 299 + "…"
    assert one_line("a" * 300) == "a" * 300
    assert many_lines("line\n" * 1000, limit=6) == "line…"


@pytest.mark.parametrize(
    ("text", "limit", "kept"),
    [
        ("xe\u0301yz", 3, "x…"),
        ("x👩\u200d🚀yz", 4, "x…"),
        ("x👍🏽yz", 3, "x…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_no_sign_is_cut_in_half(text, limit, kept):
    assert clamp(text, limit) == kept


def test_a_description_of_the_greatest_length_made_of_nothing_but_marks_still_ends():
    assert one_line("\u0301" * 3000) == "…"
