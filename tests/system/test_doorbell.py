"""Where the running program is found."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from toggl_desktop.system import doorbell

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sockets as files")


@pytest.fixture
def data(tmp_path_factory, monkeypatch) -> Path:
    """A data directory, and a runtime directory beside it."""
    here = tmp_path_factory.mktemp("bell")  # a socket's path may have 107 bytes, a test's name more
    runtime = here / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    data = here / "data"
    data.mkdir()
    return data


def test_each_data_directory_has_its_own_name(data, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert doorbell.key(data) != doorbell.key(other)


def test_a_link_to_the_data_directory_has_the_same_name(data, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(data)
    assert doorbell.key(link) == doorbell.key(data)


def test_the_runtime_directory_comes_first_and_the_data_directory_stands_in(data):
    in_runtime = data.parent / "runtime" / "app" / "toggl-desktop"
    assert doorbell.places(data) == (in_runtime, data / "run")


def test_the_usual_runtime_directory_is_found_without_the_variable(data, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    expected = Path(f"/run/user/{os.geteuid()}")
    has_runtime = expected.is_dir()
    assert (expected / "app" / "toggl-desktop" in doorbell.places(data)) == has_runtime


@pytest.mark.parametrize("mode", [0o777, 0o720, 0o702])
def test_a_runtime_directory_that_others_can_change_is_not_used(data, mode):
    (data.parent / "runtime").chmod(mode)
    assert doorbell.places(data) == (data / "run",)


def test_a_runtime_directory_of_somebody_else_is_not_used(data, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert doorbell.places(data) == (data / "run",)


@pytest.mark.parametrize("value", ["relative/path", "/nonexistent"])
def test_a_senseless_runtime_directory_is_not_used(data, monkeypatch, value):
    monkeypatch.setenv("XDG_RUNTIME_DIR", value)
    assert doorbell.places(data) == (data / "run",)


def test_the_place_is_made_for_its_owner_alone(data):
    place = doorbell.places(data)[0]
    umask = os.umask(0)
    try:
        doorbell.make_place(place)
        place.chmod(0o755)
        doorbell.make_place(place)
    finally:
        os.umask(umask)
    assert place.stat().st_mode & 0o777 == 0o700
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_place_that_is_a_link_is_refused(data, tmp_path):
    place = doorbell.places(data)[0]
    place.parent.mkdir(mode=0o700)
    (tmp_path / "victim").mkdir(mode=0o700)
    place.symlink_to(tmp_path / "victim")
    with pytest.raises(PermissionError):
        doorbell.make_place(place)


def test_a_place_that_others_can_change_is_refused(data):
    place = doorbell.places(data)[0]
    place.parent.mkdir()
    place.parent.chmod(0o777)
    with pytest.raises(PermissionError):
        doorbell.make_place(place)


def test_nobody_is_there_when_nothing_runs(data, tmp_path):
    assert not doorbell.is_open(data)
    assert not doorbell.ring(data, "show")
    assert not doorbell.poke(data)
    assert not doorbell.is_open(tmp_path / "no such folder")


def test_a_socket_left_by_a_killed_program_is_nobody(data):
    place = doorbell.places(data)[0]
    doorbell.make_place(place)
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(place / f"{doorbell.key(data)}.sock"))
    assert not doorbell.is_open(data)
    assert not doorbell.ring(data, "show")


def test_an_unknown_verb_never_leaves_the_process(data):
    with pytest.raises(ValueError, match="rm -rf"):
        doorbell.ring(data, "rm -rf")


def test_a_program_that_never_answers_costs_no_more_than_the_seconds(data):
    place = doorbell.places(data)[0]
    doorbell.make_place(place)
    with socket.socket(socket.AF_UNIX) as mute:
        mute.bind(str(place / f"{doorbell.key(data)}.sock"))
        mute.listen()
        assert doorbell.is_open(data)
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(doorbell.ring(data, "show", 0.05)), daemon=True
        )
        thread.start()
        thread.join(10)
        assert answers == [False]


def test_the_other_end_is_known_by_its_user():
    left, right = socket.socketpair()
    with left, right:
        assert doorbell.is_own_peer(left.fileno())


def test_the_other_end_is_refused_when_it_is_another_user(monkeypatch):
    left, right = socket.socketpair()
    with left, right:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        assert not doorbell.is_own_peer(left.fileno())


def test_ringing_needs_no_qt():
    code = (
        "import sys; from pathlib import Path; from toggl_desktop.system import doorbell;"
        "doorbell.is_open(Path('/')); print('PySide6' in sys.modules, 'socket' in sys.modules)"
    )
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.split() == ["False", "False"]  # no socket either while nobody listens
