"""One typed line means what its reader expects, and no line at all can break the reader."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.test_instants import zones
from toggl_desktop.domain.grammar import Line, parse_line

BERLIN = ZoneInfo("Europe/Berlin")
NOW = int(datetime.fromisoformat("2026-09-21T16:13:20+02:00").timestamp())
KNOWN = ("Acme", "Acme Website", "Größe 3", "R&D")


def at(clock: str, day: str = "2026-09-21") -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}+02:00").timestamp())


LAST = NOW - 777


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("write @last", Line("write", start=LAST)),
        ("write since last stop @Acme", Line("write", "Acme", start=LAST)),
        ("Since  Last STOP write", Line("write", start=LAST)),
        ("30m @last write", Line("write", start=LAST, stop=LAST + 1800)),
        ("@last @14:20 write", Line("write", start=at("14:20"))),
        (r"write \@last", Line("write @last")),
        ('@"last" write', Line("write", "last")),
        ("blast@last @lasting", Line("blast@last", "lasting")),
        ("long since last stopped", Line("long since last stopped")),
    ],
)
def test_since_the_last_stop_is_a_start_like_any_other(text, line):
    assert parse_line(text, NOW, BERLIN, KNOWN, LAST) == line


def test_without_a_last_stop_its_words_mean_nothing_special():
    assert parse_line("write since last stop", NOW, BERLIN).start is None
    assert parse_line("@last", NOW, BERLIN) == Line(project="last")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", Line()),
        ("   ", Line()),
        ("write spec", Line("write spec")),
        ("  write   spec ", Line("write spec")),
        (
            "write spec @Acme #deep $billable -10m",
            Line("write spec", "Acme", ("deep",), billable=True, start=NOW - 600),
        ),
        ("@Acme Website fix", Line("fix", "Acme Website")),
        ("@acme website fix", Line("fix", "Acme Website")),
        ("@grosse 3 fix", Line("fix", "Größe 3")),
        ("@GRÖSSE 3 fix", Line("fix", "Größe 3")),
        ("@Acme site", Line("site", "Acme")),
        ('@"Acme Website" fix', Line("fix", "Acme Website")),
        ('@"No such" fix', Line("fix", "No such")),
        ('@"open', Line("", "open")),
        ('@""', Line()),
        ("@", Line("@")),
        ("#", Line("#")),
        ('#"deep work" #deep #deep', Line("", tags=("deep work", "deep"))),
        ('#""', Line()),
        ("a@b.example", Line("a@b.example")),
        ("issue#5", Line("issue#5")),
        ("$", Line(billable=True)),
        ("$yes", Line(billable=True)),
        ("$NO", Line(billable=False)),
        ("$5 coffee", Line("$5 coffee")),
        ("-1h30 write", Line("write", start=NOW - 5400)),
        ("@14:20 write", Line("write", start=at("14:20"))),
        ("@8pm late", Line("late", start=at("20:00", "2026-09-20"))),
        ("@8 write", Line("write", "8")),
        ("9-10:30 write", Line("write", start=at("09:00"), stop=at("10:30"))),
        ("9:00–10:30 write", Line("write", start=at("09:00"), stop=at("10:30"))),
        ("write 9-10", Line("write", start=at("09:00"), stop=at("10:00"))),
        ("9-10 write", Line("9-10 write")),  # could be anything but at the end
        ("9-25 write", Line("9-25 write")),
        ("write 9-25", Line("write 9-25")),
        ("22:30-0:30 late", Line("late", start=at("22:30", "2026-09-20"), stop=at("00:30"))),
        ("write 45m", Line("write", start=NOW - 2700, stop=NOW)),
        ("write 1h30 @14:00", Line("write", start=at("14:00"), stop=at("15:30"))),
        ("write -1h 45m", Line("write", start=NOW - 3600, stop=NOW - 900)),
        ("write 1h 9-10:30", Line("write", start=at("09:00"), stop=at("10:30"))),
        ("1:30 write", Line("1:30 write")),  # a length in the line has a unit
        (r"\-10m write", Line("-10m write")),
        (r"\@Acme \#deep \$", Line("@Acme #deep $")),
        ("Bobby'); DROP TABLE time_entry; --", Line("Bobby'); DROP TABLE time_entry; --")),
        ("<b>bold</b> & {0} %s", Line("<b>bold</b> & {0} %s")),
        ("-", Line("-")),
        ("–", Line("–")),
        ("9-", Line("9-")),
        ("-10x", Line("-10x")),
        ("999999999999h", Line("999999999999h")),
    ],
)
def test_a_line_means_what_its_reader_expects(text, line):
    assert parse_line(text, NOW, BERLIN, KNOWN) == line


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=12), max_size=4), zones)
@example("@" + "a " * 9, ["a a"], BERLIN)
@example('@"#"@"', [], BERLIN)
@example("\udcff @\udcff #\udcff", ["\udcff"], BERLIN)
@example("²-³", [], BERLIN)
@example("٣-٤ ٩h", [], BERLIN)
def test_no_line_breaks_the_reader(text, names, zone):
    line = parse_line(text, NOW, zone, names)
    assert line.start is None or isinstance(line.start, int)
    assert line.stop is None or line.start is not None


PIECES = st.sampled_from(
    ["@Acme", '@"Acme Website"', "#a", '#"b c"', "$", "$no", "-10m", "@14:20", "9-10:30", "1h", "x"]
)


@given(st.lists(PIECES, max_size=7))
def test_a_stop_never_lies_before_its_start(pieces):
    line = parse_line(" ".join(pieces), NOW, BERLIN, KNOWN)
    if line.stop is not None and line.start is not None and "9-10:30" not in pieces:
        assert line.stop >= line.start


@given(st.lists(st.sampled_from(["write", "spec", "x1", "é"]), min_size=1, max_size=5))
def test_plain_words_stay_the_description(words):
    assert parse_line(" ".join(words), NOW, BERLIN, KNOWN) == Line(" ".join(words))
