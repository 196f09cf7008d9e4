import pytest

from toggl_desktop.cli.arguments import Command, Option, UsageError, Word, cleaned, parse
from toggl_desktop.cli.main import find, outer, wants_desktop


def nothing(_context, _given):
    raise AssertionError("parsing runs nothing")


COMMAND = Command(
    "try",
    "tries",
    nothing,
    words=(Word("ID", "one"), Word("MORE", "others", "*")),
    options=(
        Option("project", "", "NAME", "p"),
        Option("tag", "", "NAME", "t", is_many=True),
        Option("json", "", short="j"),
        Option("billable", "", has_no=True),
        Option("how", "", "HOW", choices=("a", "b")),
        Option("file", "", "FILE", completes="file"),
    ),
)


def test_options_may_stand_before_between_and_after_words():
    given = parse(COMMAND, ["-p", "x", "one", "--json", "two", "--tag=a", "three", "-tb"])
    assert given.word("ID") == "one"
    assert given.words("MORE") == ["two", "three"]
    assert given.value("project") == "x"
    assert given.values("tag") == ("a", "b")
    assert given.has("json")


def test_what_looks_like_a_number_behind_a_dash_is_a_word_or_a_value():
    given = parse(COMMAND, ["-10m", "-3", "-p", "-5"])
    assert given.word("ID") == "-10m"
    assert given.words("MORE") == ["-3"]
    assert given.value("project") == "-5"


def test_after_two_dashes_everything_is_a_word():
    given = parse(COMMAND, ["--", "--json", "-p"])
    assert given.word("ID") == "--json"
    assert given.words("MORE") == ["-p"]
    assert not given.has("json")


def test_a_switch_has_three_states():
    assert parse(COMMAND, ["x"]).choice("billable") is None
    assert parse(COMMAND, ["x", "--billable"]).choice("billable") is True
    assert parse(COMMAND, ["x", "--billable", "--no-billable"]).choice("billable") is False


def test_letters_of_switches_can_stand_together():
    given = parse(COMMAND, ["x", "-jpname"])
    assert given.has("json")
    assert given.value("project") == "name"


def test_a_value_that_begins_with_two_dashes_needs_an_equals_sign():
    assert parse(COMMAND, ["x", "--project=--json"]).value("project") == "--json"
    with pytest.raises(UsageError, match="needs a value"):
        parse(COMMAND, ["x", "--project", "--json"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "needs ID"),
        (["x", "--frob"], "no option “--frob”"),
        (["x", "-z"], "no option “-z”"),
        (["x", "-p"], "“-p” needs a value"),
        (["x", "--json=1"], "takes no value"),
        (["x", "--how", "c"], "“c” is none of a, b"),
        (["x", "--no-json"], "no option “--no-json”"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence(arguments, says):
    with pytest.raises(UsageError) as caught:
        parse(COMMAND, arguments)
    assert says in caught.value.sentence
    assert "toggl-desktop try -h" in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_word_too_many_is_refused():
    command = COMMAND._replace(words=(Word("ID", "one"),))
    with pytest.raises(UsageError, match="“b” is one word too many"):
        parse(command, ["a", "b"])


def test_bytes_that_are_no_characters_are_kept_for_file_names_only():
    bad = "caf\udce9"
    given = parse(COMMAND, [bad, "--file", bad, "-p", bad])
    assert given.word("ID") == given.value("project") == "caf\ufffd"
    assert given.value("file") == bad
    assert cleaned("plain") == "plain"


def test_the_outer_options_are_found_wherever_they_stand():
    said = outer(["status", "--data-dir", "/d", "--json", "--profile=me"])
    assert (said.rest, said.data_dir, said.profile) == (["status", "--json"], "/d", "me")
    assert outer(["start", "--", "-h"]).rest == ["start", "--", "-h"]
    assert outer(["start", "-h"]).wants_help
    assert outer(["-V"]).wants_version


@pytest.mark.parametrize("arguments", [["--data-dir"], ["--profile="], ["--data-dir", ""]])
def test_an_outer_option_without_its_value_is_refused(arguments):
    with pytest.raises(UsageError, match="needs a value"):
        outer(arguments)


@pytest.mark.parametrize(
    ("arguments", "is_desktop"),
    [
        ([], True),
        (["--background"], True),
        (["--data-dir", "/d", "--profile", "p"], True),
        (["status"], False),
        (["-h"], False),
        (["-V"], False),
        (["--frob"], False),
    ],
)
def test_without_a_command_the_desktop_app_is_meant(arguments, is_desktop):
    assert wants_desktop(outer(arguments)) is is_desktop


def test_a_noun_without_a_verb_lists():
    assert find(["projects"])[0].name == "projects list"
    command, rest = find(["projects", "--json"])
    assert (command.name, rest) == ("projects list", ["--json"])
    assert find(["projects", "add", "X"])[0].name == "projects add"


def test_an_unknown_command_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="Did you mean “status”"):
        find(["statsu"])
    with pytest.raises(UsageError, match="can list, add, edit, archive, delete"):
        find(["projects", "frob"])
