"""Completion in real shells: a terminal is opened, a line typed, the tab key pressed."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time

import pytest

from tests.support.process import ROOT, Program

pytestmark = pytest.mark.e2e
SECONDS = 20.0


@pytest.fixture
def program(tmp_path):
    """A store with names that need quoting, and the command on the path."""
    program = Program(tmp_path)
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "toggl-desktop"
    start = "import sys\nfrom toggl_desktop.__main__ import main\nsys.exit(main())\n"
    command.write_text(f"#!{sys.executable}\n{start}")
    command.chmod(0o755)
    program.env |= {"PATH": f"{folder}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "> "}
    program.env["PYTHONPATH"] = str(ROOT)
    for arguments in (
        ("projects", "add", "Acme Website"),
        ("projects", "add", "Beta"),
        ("projects", "add", "evil\x1b[2J"),
        ("tags", "add", "deep work"),
        ("start", "first", "-p", "Beta"),
    ):
        program.cli(*arguments).ok()
    return program


def needs(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


class Screen:
    """An interactive shell in a terminal of its own."""

    def __init__(self, program, *command):
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, program.env)
        self.text = ""

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    def type(self, text):
        os.write(self.handle, text.encode())

    def wait_for(self, pattern):
        """Returns what came up to the pattern; what follows is kept."""
        end = time.monotonic() + SECONDS
        while not (match := re.search(pattern, self.text)):
            assert time.monotonic() < end, f"no {pattern!r} in {self.text!r}"
            if select.select([self.handle], [], [], 0.2)[0]:
                self.text += os.read(self.handle, 65536).decode(errors="replace")
        before, self.text = self.text[: match.end()], self.text[match.end() :]
        return before


BASH = (
    ("toggl-desktop sw\t", r"toggl-desktop switch "),
    ("toggl-desktop start -p A\t", r"start -p Acme\\ Website "),
    ("toggl-desktop start --project Be\t", r"start --project Beta "),
    ("toggl-desktop start x -t d\t", r"start x -t deep\\ work "),
    ("toggl-desktop start x @B\t", r"Beta "),
    ("toggl-desktop projects arc\t", r"projects archive "),
    ("toggl-desktop edit la\t", r"edit last "),
    ("toggl-desktop start x --over\t", r"start x --overlap "),
    ("toggl-desktop settings set theme d\t", r"settings set theme dark "),
    ("toggl-desktop export ti\t", r"export timewarrior "),
    ('toggl-desktop switch "Acme\t', r'switch "Acme Website" '),
)


def test_bash_completes_commands_names_and_ids(program):
    needs("bash")
    with Screen(program, "bash", "--norc", "--noprofile", "-i") as screen:
        screen.type(
            'bind "set bell-style none"; eval "$(toggl-desktop completion bash)"; echo RE""ADY\n'
        )
        screen.wait_for("READY")
        for typed, shown in BASH:
            screen.type(typed)
            screen.wait_for(shown)
            screen.type("\x15")  # takes the line back
        screen.type("toggl-desktop start -p \t\t")
        listed = screen.wait_for(r"Beta")
        assert "Acme" in listed
        assert "evil" not in listed
        screen.type("\x15")
        screen.type("toggl-desktop edit \t\t")
        listed = screen.wait_for(r"running")
        lid = program.cli("entries", "--json").json[0]["id"][-8:]
        assert lid in listed


def test_fish_completes_with_a_word_about_each(program):
    needs("fish")
    lid = program.cli("entries", "--json").json[0]["id"][-8:]
    script = "toggl-desktop completion fish | source\n" + "".join(
        f"echo '== {line}'; complete -C '{line}'\n"
        for line in ("toggl-desktop sw", "toggl-desktop start -p ", "toggl-desktop edit ")
    )
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        env=program.env,
        capture_output=True,
        text=True,
        check=True,
    )
    _, commands, names, ids = re.split(r"== .*\n", done.stdout)
    assert commands == "switch\tTimer\n"
    assert names.splitlines() == ["Acme Website", "Beta"]
    assert f"{lid}\tfirst · Beta" in ids.splitlines()
    assert "last\tthe latest finished entry" in ids.splitlines()


def test_zsh_completes_names(program):
    needs("zsh")
    with Screen(program, "zsh", "-f", "-i") as screen:
        screen.type(
            "unsetopt zle_bracketed_paste beep; autoload -Uz compinit; compinit -u -D; "
            'eval "$(toggl-desktop completion zsh)"; echo RE""ADY\n'
        )
        screen.wait_for("READY")
        for typed, shown in (
            ("toggl-desktop sw\t", r"toggl-desktop switch "),
            ("toggl-desktop start -p A\t", r"start -p Acme\\ Website "),
            ("toggl-desktop edit la\t", r"edit last "),
        ):
            screen.type(typed)
            screen.wait_for(shown)
            screen.type("\x15")


def test_completion_says_nothing_where_there_is_no_store(program, tmp_path):
    env = program.env | {
        "TOGGL_DESKTOP_DATA_DIR": str(tmp_path / "none"),
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "answer"),
        "COMP_LINE": "toggl-desktop switch ",
        "COMP_POINT": "21",
    }
    subprocess.run(
        [sys.executable, "-m", "toggl_desktop"], env=env, check=False, capture_output=True
    )
    assert (tmp_path / "answer").read_text() == ""
    assert not (tmp_path / "none").exists()
