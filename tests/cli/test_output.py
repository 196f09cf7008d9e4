import io
import json

import pytest

from toggl_desktop.cli.output import Output, OutputError

EVIL = "a\x1b[31mred\u202egnp\x07\x9b2J\u2028end\u2066x"


def stream(encoding):
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")


def bytes_of(text_stream):
    text_stream.flush()
    return text_stream.buffer.getvalue()


def test_nothing_that_a_terminal_would_act_upon_is_printed(terminal):
    terminal("start", EVIL, "-p", EVIL, "-t", EVIL, "--create").ok()
    terminal("favourites", "add", "running").ok()
    for command in (
        ("status",),
        ("entries",),
        ("projects",),
        ("tags",),
        ("history",),
        ("favourites",),
        ("status", "--format", "{description} {project} {tags}"),
        ("status", "--waybar"),
        ("status", "--json"),
        ("entries", "--json"),
        ("events",),
        ("stop",),
        ("undo",),
    ):
        out = terminal(*command).ok().out
        assert not set(out) & set("\x1b\x07\x9b\u202e\u2066\u2028"), command


def test_refusals_are_neutralised_too(terminal):
    said = terminal("switch", EVIL).failed(1)
    assert not set(said.err) & set("\x1b\x07\x9b\u202e\u2066\u2028")
    said = terminal(EVIL).failed(2)
    assert "\x1b" not in said.err


def test_json_keeps_the_text_as_it_is_stored(terminal):
    terminal("start", EVIL).ok()
    out = terminal("entries", "--json").out
    kept = json.loads(out)[0]["description"]
    assert "\x1b[31mred\u202egnp\x07\x9b2J" in kept


def test_a_small_character_set_gets_plain_signs_and_question_marks():
    out = stream("ascii")
    Output(out, None).line("Started “Grüße” – 9:00 · now … 東")
    assert bytes_of(out) == b'Started "Gr??e" - 9:00 | now ... ?\n'


def test_json_for_a_small_character_set_is_ascii():
    out = stream("latin-1")
    Output(out, None).json({"x": "東 “ü”"})
    assert json.loads(bytes_of(out)) == {"x": "東 “ü”"}
    assert bytes_of(out).isascii()


def test_json_is_readable_where_it_can_be():
    out = stream("utf-8")
    Output(out, None).json({"x": "Grüße"})
    assert bytes_of(out).decode() == '{"x": "Grüße"}\n'


@pytest.mark.parametrize("values", [[], [{"a": 1}], [{"a": 1}, {"a": 1}, {"b": [2]}]])
def test_a_list_is_one_array_with_an_element_a_line(values):
    out = stream("utf-8")
    Output(out, None).json_list(values)
    text = bytes_of(out).decode()
    assert json.loads(text) == values
    assert text.count("\n") == max(1, len(values))


def test_without_any_output_nothing_fails():
    output = Output(None, None)
    output.line("x")
    output.json({})
    output.bytes(b"x")
    output.complain("x")
    output.flush()
    output.give_up()
    assert output.descriptor() is None


class Full(io.StringIO):
    def flush(self):
        raise OSError(28, "No space left on device")


class Gone(io.StringIO):
    def write(self, _text):
        raise BrokenPipeError(32, "Broken pipe")


def test_a_full_disk_behind_the_output_is_one_sentence():
    with pytest.raises(OutputError, match="could not be written: No space left on device"):
        Output(Full(), None).flush()


def test_a_reader_that_went_away_ends_it_without_a_word(terminal):
    from toggl_desktop.cli.main import run

    err = io.StringIO()
    assert run(["status"], terminal.machine(), Output(Gone(), err)) == 0
    assert err.getvalue() == ""


def test_a_full_output_is_refused_but_what_was_done_stays(terminal):
    from toggl_desktop.cli.main import run

    err = io.StringIO()
    assert run(["start", "x"], terminal.machine(), Output(Full(), err)) == 1
    assert err.getvalue().count("\n") == 1
    assert terminal("status", "--json").json["running"]["description"] == "x"


class Tty(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_for_people_who_watch():
    seen, kept = Tty(), io.StringIO()
    Output(None, seen).progress("Writing.")
    Output(None, kept).progress("Writing.")
    Output(None, None).progress("Writing.")
    assert (seen.getvalue(), kept.getvalue()) == ("Writing.\n", "")
