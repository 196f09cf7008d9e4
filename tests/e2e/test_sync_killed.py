"""The real program, killed in the middle of a sync, against a server on a port."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.support.track.loopback import Loopback

TOKEN = "0123456789abcdef0123456789abcdef"
pytestmark = pytest.mark.e2e


class Terminal:
    def __init__(self, folder, url):
        self.command = [sys.executable, "-m", "toggl_desktop", "--data-dir", str(folder)]
        self.environment = os.environ | {"TOGGL_TRACK_URL": url, "TOGGL_TRACK_TOKEN": TOKEN}

    def run(self, *words):
        return subprocess.run(
            [*self.command, *words], env=self.environment, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip

    def killed(self, server, method, *, after_answer):
        """Begins a sync and kills it when the server has had a request of that kind."""
        before = len(server.track.seen)
        process = subprocess.Popen([*self.command, "sync"], env=self.environment)
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and process.poll() is None:
            if any(one.method == method for one in server.track.seen[before:]):
                if after_answer:
                    time.sleep(0.05)
                break
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("after_answer", [False, True])
def test_a_kill_around_a_create_loses_nothing_and_doubles_nothing(tmp_path, after_answer):
    with Loopback() as server:
        terminal = Terminal(tmp_path / "data", server.url)
        assert terminal.run("signin", "track", "--merge").returncode == 0
        assert terminal.run("sync").returncode == 0
        assert terminal.run("add", "work", "--from", "9:00", "--to", "9:10").returncode == 0
        terminal.killed(server, "POST", after_answer=after_answer)
        found = terminal.run("entries", "--json", "--all")
        assert found.stdout.count('"work"') == 1
        terminal.run("sync")
        assert terminal.run("doctor").returncode in {0, 1}
        sent = [one for one in server.track.seen if one.method == "POST"]
        assert len(sent) == 1
