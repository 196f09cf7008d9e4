"""The tests' own border: no other computer, no other home."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.process import ROOT


@pytest.fixture
def border(request):
    """The border itself, so that a deliberate try does not fail the test that makes it."""
    module = request.config.pluginmanager.get_plugin("conftest") or next(
        plugin
        for plugin in request.config.pluginmanager.get_plugins()
        if getattr(plugin, "OffLoopbackError", None)
    )
    yield module
    module._border.tried.clear()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "api.track.toggl.com"])
def test_another_computer_cannot_be_reached(border, host):
    with pytest.raises(border.OffLoopbackError, match="must not leave this computer"):
        socket.create_connection((host, 443), timeout=1)


def test_a_datagram_cannot_leave_either(border):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line,
        pytest.raises(border.OffLoopbackError),
    ):
        line.sendto(b"x", ("192.0.2.1", 53))


HIDES_IT = """
import socket

def test_that_swallows_the_refusal():
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=1)
    except Exception:
        pass
"""


def test_a_program_that_hides_the_refusal_is_still_found_out(tmp_path):
    file = tmp_path / "test_hides.py"
    file.write_text(HIDES_IT)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", str(file)]
    done = subprocess.run(
        [*command, f"--rootdir={tmp_path}", "-c", os.devnull],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "left this computer: ['socket.getaddrinfo 192.0.2.1'" in done.stdout, done.stdout


def test_this_computer_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname(), timeout=5).close()


def test_home_and_settings_lie_in_a_folder_of_the_run():
    home = Path.home()
    assert home.name.startswith("toggl-tests-")
    names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"]
    assert all(Path(os.environ[name]).is_relative_to(home) for name in names)
    assert Path(os.environ["XDG_RUNTIME_DIR"]).stat().st_mode & 0o777 == 0o700


def test_new_files_belong_to_their_owner_alone(tmp_path):
    (tmp_path / "file").touch()
    assert (tmp_path / "file").stat().st_mode & 0o077 == 0


def test_no_desktop_of_the_person_leaks_in():
    assert not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)
    assert "/nonexistent" in os.environ["DBUS_SESSION_BUS_ADDRESS"]
