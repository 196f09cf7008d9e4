"""One program for one data directory, with real processes where it matters."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from toggl_desktop.system import doorbell
from toggl_desktop.system.instance import Asked, Instance

pytestmark = [
    pytest.mark.ui,
    pytest.mark.skipif(sys.platform != "linux", reason="sockets as files"),
]

START = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from toggl_desktop.system.instance import Instance
app = QCoreApplication(sys.argv)
instance = Instance(Path(sys.argv[1]))
def say(**values):
    print(json.dumps({"pid": os.getpid(), **values}), flush=True)
def asked(wish):
    say(asked=wish.verb)
    if wish.verb == "quit":
        app.quit()
say(ready=True)
sys.stdin.readline()
if instance.first():
    instance.listen()
    instance.asked.connect(asked)
    say(first=True)
    app.exec()
    instance.close()
else:
    say(first=False, answered=instance.send("show"))
"""


@pytest.fixture
def data(tmp_path_factory, monkeypatch) -> Path:
    here = tmp_path_factory.mktemp("bell")  # a socket's path may have 107 bytes, a test's name more
    runtime = here / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    data = here / "data"
    data.mkdir()
    return data


@pytest.fixture
def instance(data, qapp) -> Iterator[Instance]:
    instance = Instance(data)
    yield instance
    instance.close()


def begins(instance: Instance) -> bool:
    """Tells whether the program may run; then it can be reached."""
    is_first = instance.first()
    instance.listen()
    return is_first


def heard_by(instance: Instance) -> list[str]:
    heard: list[str] = []

    def note(asked: Asked) -> None:
        heard.append(asked.verb)

    instance.asked.connect(note)
    return heard


def socket_of(data: Path) -> str:
    return str(doorbell.places(data)[0] / f"{doorbell.key(data)}.sock")


class Starts:
    """Several starts of the program at the same moment."""

    def __init__(self, data: Path, count: int) -> None:
        pipe = subprocess.PIPE
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", START, str(data)], stdin=pipe, stdout=pipe, text=True
            )
            for _ in range(count)
        ]

    def __enter__(self) -> "Starts":
        for process in self.processes:
            assert json.loads(process.stdout.readline())["ready"]
        for process in self.processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        self.answers = [json.loads(process.stdout.readline()) for process in self.processes]
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait(10)
            process.stdin.close()
            process.stdout.close()

    @property
    def winners(self) -> list[dict]:
        return [answer for answer in self.answers if answer["first"]]

    @property
    def losers(self) -> list[dict]:
        return [answer for answer in self.answers if not answer["first"]]


def test_of_twenty_simultaneous_starts_exactly_one_runs_and_hears_the_others(data):
    with Starts(data, 20) as starts:
        assert len(starts.winners) == 1
        assert all(loser["answered"] for loser in starts.losers)
        winner = next(p for p in starts.processes if p.pid == starts.winners[0]["pid"])
        heard = [json.loads(winner.stdout.readline())["asked"] for _ in starts.losers]
        assert heard == ["show"] * 19


def test_a_killed_program_blocks_nobody_and_again_exactly_one_runs(data):
    with Starts(data, 1) as first:
        os.kill(first.processes[0].pid, signal.SIGKILL)
        first.processes[0].wait(10)
        assert Path(socket_of(data)).exists()  # what it left behind
        with Starts(data, 6) as second:
            assert len(second.winners) == 1
            assert all(loser["answered"] for loser in second.losers)


def test_a_lock_whose_number_was_given_to_another_process_blocks_nobody(data, instance):
    with Starts(data, 1) as first:
        os.kill(first.processes[0].pid, signal.SIGKILL)
        first.processes[0].wait(10)
    lock = doorbell.places(data)[0] / f"{doorbell.key(data)}.lock"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert begins(instance)


def test_a_program_that_asks_it_to_quit_is_obeyed(data):
    with Starts(data, 1) as starts:
        assert doorbell.ring(data, "quit")
        assert starts.processes[0].wait(10) == 0
        assert not Path(socket_of(data)).exists()


def test_other_data_is_another_program(data, instance, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    beside = Instance(other)
    assert begins(instance)
    assert begins(beside)
    beside.close()


def test_a_second_one_is_not_first_until_the_first_closes(data, instance):
    second = Instance(data)
    assert begins(instance)
    assert begins(instance)  # asking again changes nothing
    assert not second.first()
    instance.close()
    assert begins(second)
    second.close()


def test_a_program_found_in_the_other_place_counts_too(data, instance, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    assert begins(instance)
    assert (data / "run" / f"{doorbell.key(data)}.sock").exists()
    monkeypatch.undo()
    assert not Instance(data).first()


@pytest.mark.parametrize("verb", sorted(doorbell.VERBS))
def test_each_verb_is_heard_and_answered(data, instance, qtbot, verb):
    assert begins(instance)
    heard = heard_by(instance)
    with ringing(data, f"{verb}\n".encode()) as line:
        qtbot.waitUntil(lambda: heard == [verb])
        assert line.recv(100) == b"ok\n"


def test_a_poke_is_heard_although_its_sender_is_gone(data, instance, qtbot):
    assert begins(instance)
    heard = heard_by(instance)
    assert doorbell.poke(data)
    qtbot.waitUntil(lambda: heard == ["changed"])


def test_a_word_that_comes_in_pieces_is_put_together(data, instance, qtbot):
    assert begins(instance)
    heard = heard_by(instance)
    with ringing(data, b"sh") as line:
        qtbot.waitUntil(lambda: has_caller(instance))
        line.sendall(b"ow\nstop\n")
        qtbot.waitUntil(lambda: heard == ["show"])  # one line, one wish


@pytest.mark.parametrize("line", [b"format c:\n", b"\xff\xfe\n", b"\n", b"SHOW\n", b"show stop\n"])
def test_anything_else_is_refused(data, instance, qtbot, line):
    assert begins(instance)
    heard = heard_by(instance)
    with ringing(data, line) as sender:
        assert received(sender, qtbot) == b"no\n"
    assert heard == []


def test_a_flood_is_cut_and_the_next_caller_is_served(data, instance, qtbot):
    assert begins(instance)
    heard = heard_by(instance)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(socket_of(data))
        line.setblocking(False)
        line.send(b"x" * 100_000)
        assert received(line, qtbot) == b""
    with ringing(data, b"show\n"):
        qtbot.waitUntil(lambda: heard == ["show"])


def test_a_caller_who_says_nothing_is_cut_after_a_second(data, instance, qtbot, monkeypatch):
    monkeypatch.setattr("toggl_desktop.system.instance._CALL_MILLISECONDS", 20)
    assert begins(instance)
    with ringing(data, b"sho") as line:
        assert received(line, qtbot) == b""
    qtbot.waitUntil(lambda: not has_caller(instance))


def test_a_crowd_of_silent_callers_does_not_grow_without_end(data, instance, qtbot):
    assert begins(instance)
    with ExitStack() as crowd:
        for _ in range(100):
            crowd.enter_context(ringing(data, b""))
            qtbot.wait(1)
        assert 0 < caller_count(instance) <= 65  # the one that was too many goes in a moment
    qtbot.waitUntil(lambda: not has_caller(instance))


def test_a_door_with_a_full_queue_is_still_a_door(data, instance):
    assert begins(instance)
    with ExitStack() as crowd:

        def fill() -> None:
            for _ in range(1000):  # nobody lets them in: the event loop stands still
                line = crowd.enter_context(socket.socket(socket.AF_UNIX))
                line.setblocking(False)
                line.connect(socket_of(data))

        with pytest.raises(BlockingIOError):
            fill()
        assert doorbell.is_open(data)


def test_another_user_is_cut_before_a_word(data, instance, qtbot, monkeypatch):
    assert begins(instance)
    heard = heard_by(instance)
    monkeypatch.setattr(doorbell, "is_own_peer", lambda _descriptor: False)
    with ringing(data, b"quit\n") as line:
        assert received(line, qtbot) == b""
    assert heard == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_users_process_cannot_connect(data, instance):
    assert begins(instance)
    for folder in (data.parent, *data.parent.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o011)  # the way there is open to everybody
    code = (
        "import os, socket, sys\nos.setgid(65534); os.setuid(65534)\n"
        "try: socket.socket(socket.AF_UNIX).connect(sys.argv[1])\n"
        "except PermissionError: print('refused')"
    )
    out = subprocess.run([sys.executable, "-c", code, socket_of(data)], capture_output=True)
    assert out.stdout.strip() == b"refused", out


def test_what_lies_in_the_place_belongs_to_its_owner_alone(data, instance):
    umask = os.umask(0)
    try:
        assert begins(instance)
    finally:
        os.umask(umask)
    place = doorbell.places(data)[0]
    loose = [path for path in (place, *place.iterdir()) if path.stat().st_mode & 0o077]
    assert loose == []


def test_a_data_directory_deep_down_is_reached_all_the_same(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    data = tmp_path / ("d" * 100) / ("e" * 100)
    data.mkdir(parents=True)
    instance = Instance(data)
    assert begins(instance)
    heard = heard_by(instance)
    assert instance.is_listening
    assert doorbell.is_open(data)
    assert doorbell.poke(data)
    qtbot.waitUntil(lambda: heard == ["changed"])
    instance.close()


def test_a_place_that_cannot_be_written_stops_nobody(data, instance, monkeypatch):
    def refuse(_place: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(doorbell, "make_place", refuse)
    assert begins(instance)
    assert not instance.is_listening


def ringing(data: Path, words: bytes) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    line.connect(socket_of(data))
    line.sendall(words)
    return line


def received(line: socket.socket, qtbot) -> bytes:
    """Returns what came until the program hung up, while its event loop runs."""
    line.setblocking(False)
    parts: list[bytes] = []

    def is_over() -> bool:
        try:
            parts.append(line.recv(100))
        except BlockingIOError:
            return False
        except ConnectionResetError:
            parts.append(b"")
        return parts[-1] == b""

    qtbot.waitUntil(is_over)
    return b"".join(parts)


def caller_count(instance: Instance) -> int:
    from toggl_desktop.system.instance import _Caller

    return len(instance.findChildren(_Caller))


def has_caller(instance: Instance) -> bool:
    return caller_count(instance) > 0
