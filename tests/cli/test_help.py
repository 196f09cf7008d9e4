import re
import shlex
from pathlib import Path

import pytest

from toggl_desktop import __version__
from toggl_desktop.cli.arguments import parse
from toggl_desktop.cli.bars import Template
from toggl_desktop.cli.help import EXIT_CODES, everything, reference
from toggl_desktop.cli.main import find, outer

DOCS = Path(__file__).parents[2] / "docs"
ALL = [command for _, group in everything() for command in group]
LATER = ("hooks",)


def test_every_command_has_help_that_names_all_it_takes(terminal):
    for command in ALL:
        out = terminal(*command.name.split(), "-h").ok().out
        assert out.startswith(f"usage: toggl-desktop {command.name}")
        for option in command.options:
            assert f"--{option.name}" in out
        for word in command.words:
            assert word.name in out
        assert max(map(len, out.splitlines()[1:])) <= 100


def test_help_and_version_work_wherever_they_stand(terminal):
    overview = terminal("-h").ok().out
    assert terminal("--help").out == overview
    assert all(command.summary.split(",")[0] in " ".join(overview.split()) for command in ALL)
    assert terminal("start", "x", "--help").out.startswith("usage: toggl-desktop start")
    for arguments in (["-V"], ["--version"], ["status", "-V"]):
        assert terminal(*arguments).ok().out == f"toggl-desktop {__version__}\n"


def test_a_noun_alone_shows_all_its_verbs(terminal):
    out = terminal("projects", "-h").ok().out
    assert "archive  archives a project" in out


def test_what_is_not_there_yet_is_not_offered(terminal):
    for name in LATER:
        assert name not in {command.name.split()[0] for command in ALL}
        terminal(name).failed(2)


@pytest.mark.parametrize("command", ALL, ids=[c.name for c in ALL])
def test_descriptions_are_whole(command):
    assert command.summary[0].islower()
    assert not command.summary.endswith(".")
    assert len({option.name for option in command.options}) == len(command.options)
    assert all(word.times in "1?" for word in command.words[:-1])
    letters = [option.short for option in command.options if option.short]
    assert len(set(letters)) == len(letters)
    assert not {option.name for option in command.options} & {"help", "version", "data-dir"}


def test_the_documentation_lists_every_command_as_it_is():
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")
    begin, end = "<!-- generated: python -m toggl_desktop.cli.help -->\n", "<!-- end -->"
    written = text.partition(begin)[2].partition(end)[0].strip("\n")
    assert written == reference().strip("\n"), (
        "run python -m toggl_desktop.cli.help and put what it prints between the marks"
    )


def test_the_documentation_lists_every_exit_code():
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")
    for code, meaning in EXIT_CODES:
        assert f"| {code} | {meaning} |" in text


def told_commands():
    """Yields every command line that a page of the documentation tells somebody to type."""
    for name in ("command-line.md", "status-bars.md", "files.md"):
        text = (DOCS / name).read_text(encoding="utf-8").partition("<!-- generated")[0]
        for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            for line in block.splitlines():
                if not line.startswith("Switched"):
                    yield from commands_in(line.partition("     #")[0].rstrip(","))


def commands_in(text):
    """Yields the arguments of each of our commands in a line for a shell, in quotes or not."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.commenters, lexer.whitespace_split = "", True
    found = None
    for word in lexer:
        if "toggl-desktop " in word:
            yield from commands_in(word)
        elif word.endswith("toggl-desktop"):
            found = []
        elif found is not None and set(word) <= set("();<>|&"):
            yield found
            found = None
        elif found is not None:
            found.append(word)
    if found is not None:
        yield found


def test_every_command_line_in_the_documentation_is_understood():
    told = list(told_commands())
    assert len(told) >= 16
    for arguments in told:
        command, rest = find(outer(arguments).rest)
        given = parse(command, rest)
        if command.name == "status" and (text := given.value("format")) is not None:
            Template(text, given)


def test_half_a_verb_says_what_it_can_and_its_help_lists_it(terminal):
    said = terminal("plan", "milestone").failed(2).err
    assert said == (
        "“toggl-desktop plan milestone” can add, edit, delete. "
        "See “toggl-desktop plan milestone -h”.\n"
    )
    assert terminal("plan", "milestone", "-h").ok().out.rstrip().endswith("deletes a milestone")
    assert "statuses" in terminal("plan", "-h").ok().out
