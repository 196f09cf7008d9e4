"""`status --follow` and `events --follow` as real processes beside others that write."""

import json
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.desk import eventually
from tests.support.process import Program, needs_signal

pytestmark = pytest.mark.e2e

WRITER = """
import sys, time
from toggl_desktop.actions import timer
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import find
from toggl_desktop.system.clock import SystemClock
with Store(find({}, sys.argv[1])) as store:
    for line in sys.stdin:
        timer.start(store, StartTimer(line.strip()), SystemClock().now())
        print(time.monotonic(), flush=True)
"""


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path)


class Follow:
    """A following command whose lines are read with the moment they came."""

    def __init__(self, program, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "toggl_desktop", *arguments],
            env=program.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def line(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return line.rstrip("\n")

    def json(self):
        return json.loads(self.line())

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=10)
        assert err == ""
        return self.process.returncode, out


class Writer:
    """Another process that has the store open and commits when it is told to."""

    def __init__(self, program):
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(program.data)],
            env=program.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.process.communicate(timeout=10)

    def start(self, text):
        self.process.stdin.write(f"{text}\n")
        self.process.stdin.flush()

    def committed(self):
        return float(self.process.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_when_it_is_asked_to(program, number):
    needs_signal(number)
    with Follow(program, "status", "--follow", "--json") as follow:
        assert follow.json()["running"] is None
        assert follow.end(number) == (0, "")


def test_it_ends_when_nobody_reads_it_any_more(program):
    for command in (("status", "--follow"), ("events", "--follow")):
        program.cli("start", "x").ok()
        with Follow(program, *command) as follow:
            if command[0] == "status":
                follow.line()
            follow.process.stdout.close()
            follow.process.stdout = None
            assert follow.process.wait(10) == 0


def test_each_change_of_a_terminal_is_one_line_in_order(program):
    program.cli("status").ok()
    with Follow(program, "status", "--follow", "--json") as follow:
        assert follow.json()["running"] is None
        for number in range(5):
            program.cli("start", f"n{number}").ok()
            assert follow.json()["running"]["description"] == f"n{number}"
        program.cli("stop").ok()
        assert follow.json()["running"] is None
        program.cli("start", "x", "-p", "Nobody").failed(1)
        program.cli("entries").ok()
        assert follow.end() == (0, "")


def test_a_line_comes_within_moments_of_the_commit(program, capsys):
    """Measured and printed; only that no commit is missed is asserted."""
    program.cli("status").ok()
    late = []
    with Writer(program) as writer, Follow(program, "status", "--follow", "--json") as follow:
        follow.json()
        for number in range(50):
            writer.start(f"n{number}")
            assert follow.json()["running"]["description"] == f"n{number}"
            late.append((time.monotonic() - writer.committed()) * 1000)
        assert follow.end() == (0, "")
    with capsys.disabled():
        print(
            f"\n  from commit to line: median {statistics.median(late):.1f} ms, "
            f"longest {max(late):.1f} ms"
        )


def test_events_are_told_once_and_in_order(program):
    program.cli("start", "before").ok()
    with Follow(program, "events", "--follow", "--since", "0") as follow:
        assert [follow.json()["kind"] for _ in range(2)] == [
            "time_entry.created",
            "time_entry.started",
        ]
        program.cli("start", "after", "-t", "t").ok()
        told = [follow.json() for _ in range(5)]
        assert [event["kind"] for event in told] == [
            "tag.created",
            "time_entry.updated",
            "time_entry.stopped",
            "time_entry.created",
            "time_entry.started",
        ]
        assert {event["seq"] for event in told} == {2}
        program.cli("undo").ok()
        assert [follow.json()["seq"] for _ in range(5)] == [3] * 5
        assert follow.end() == (0, "")


def test_events_without_a_number_begin_with_what_comes_next(program):
    program.cli("start", "before").ok()
    with Follow(program, "events", "--follow") as follow:
        time.sleep(1)  # it prints nothing by which one could know that it waits
        program.cli("stop").ok()
        assert follow.json()["kind"] == "time_entry.updated"


def test_a_text_is_printed_again_only_when_it_reads_differently(program):
    program.cli("start", "x").ok()
    with Follow(program, "status", "--follow", "--format", "{description} {project}") as follow:
        assert follow.line() == "x "
        program.cli("tags", "add", "t").ok()
        program.cli("edit", "running", "--billable").ok()
        program.cli("edit", "running", "--description", "y").ok()
        assert follow.line() == "y "
        assert follow.end() == (0, "")


def test_shown_seconds_move_on_by_themselves(program):
    program.cli("start", "x").ok()
    with Follow(program, "status", "--follow", "--format", "{seconds}") as follow:
        seen = [int(follow.line()) for _ in range(3)]
        assert seen == sorted(set(seen))
        assert follow.end()[0] == 0


def test_it_goes_on_after_a_backup_was_restored(program):
    program.cli("start", "old").ok()
    program.cli("backup").ok()
    with Follow(program, "status", "--follow", "--json") as follow:
        assert follow.json()["running"]["description"] == "old"
        program.cli("start", "new").ok()
        assert follow.json()["running"]["description"] == "new"
        program.cli("restore").ok()
        assert follow.json()["running"]["description"] == "old"
        program.cli("stop").ok()
        assert follow.json()["running"] is None
        assert follow.end()[0] == 0


def test_it_goes_on_with_a_store_that_was_put_in_place_of_a_lost_one(program):
    program.cli("start", "old").ok()
    program.cli("backup").ok()
    with Follow(program, "status", "--follow", "--json") as follow:
        follow.json()
        aside = program.home / "aside"
        aside.mkdir()
        for path in program.data.glob("toggl.sqlite3*"):
            if path.suffix != ".lock":
                shutil.move(path, aside)
        program.cli("status").failed(6)
        program.cli("restore").ok()
        assert follow.json()["running"]["description"] == "old"
        program.cli("start", "new").ok()
        while follow.json()["running"]["description"] != "new":
            pass
        assert follow.end()[0] == 0


def test_it_rests_while_nothing_happens(program):
    program.cli("start", "x").ok()
    with Follow(program, "status", "--follow", "--json") as follow:
        follow.json()
        path = Path(f"/proc/{follow.process.pid}/status")
        if not path.exists():
            pytest.skip("needs /proc")

        def sleeps():
            lines = path.read_text(encoding="ascii").splitlines()
            return int(next(x for x in lines if x.startswith("voluntary_ctxt")).split()[1])

        eventually(lambda: sleeps() == (time.sleep(0.5), sleeps())[1], 15, "it rests")
        before = sleeps()
        time.sleep(3)
        assert sleeps() - before <= 1
