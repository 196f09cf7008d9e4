"""A day of the real program with real secrets: no trace of them, and nothing open to others."""

import os
import signal
import stat
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.process import Program
from tests.support.secrets import leaks
from tests.support.track import Fault, Loopback, TrackServer

pytestmark = pytest.mark.e2e
TOKEN = "0123456789abcdef0123456789abcdef"
PROXY = "zq7sEcReT0proxy-password"


def command_lines():
    """Returns what anybody on the machine can see of everybody's processes."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes())
    return found


def open_to_others(folder):
    """Returns what somebody else could read or enter."""
    return [
        (str(path), oct(stat.S_IMODE(path.lstat().st_mode)))
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.lstat().st_mode & 0o077
    ]


@pytest.mark.skipif(os.name != "posix", reason="modes and /proc")
def test_a_day_with_secrets_leaves_no_trace_and_nothing_open(tmp_path):
    with Loopback(TrackServer(time.time())) as loopback:
        secret = {
            "TOGGL_TRACK_TOKEN": TOKEN,
            "HTTPS_PROXY": f"http://ann:{PROXY}@127.0.0.1:9",
            "PYTHONASYNCIODEBUG": "1",
        }
        program = Program(tmp_path, {"TOGGL_TRACK_URL": loopback.url, **secret})
        old = os.umask(0)
        try:
            said = [program.cli("signin", "track", "--merge").ok()]
            said += [program.cli("start", "Work").ok(), program.cli("sync").ok()]
            for status in (401, 500):
                loopback.track.fail(Fault("answer", status=status, times=3))
                said.append(program.cli("sync"))
                loopback.track.faults.clear()
            loopback.track.fail(Fault("answer", status=302, times=9, headers={"Location": "/x"}))
            said.append(program.cli("sync"))
            loopback.track.faults.clear()
            exports = tmp_path / "exports"
            exports.mkdir(mode=0o700)
            for kind in ("csv", "json"):
                out = exports / f"all.{kind}"
                said.append(program.cli("export", kind, "--all", "-o", str(out)).ok())
            said += [program.cli("backup").ok(), program.cli("doctor"), program.cli("settings")]
            with program.window("--background") as window:
                window.wait_until(lambda: program.cli("status", "--json").json, "runs")
                seen = command_lines()
                os.kill(window.pid, signal.SIGABRT)  # as a crash leaves it
                window.wait()
            said.append(program.cli("sync").ok())
        finally:
            os.umask(old)
        texts = [text for one in said for text in (one.out, one.err)]
        where = [program.data, program.home, exports, *texts, *seen]
        assert leaks(where, [TOKEN, PROXY]) == []
        assert not [text for text in texts if "Traceback" in text]
        assert open_to_others(program.data) == []
        assert open_to_others(exports) == []
        assert list(program.data.glob("edits-*.jsonl"))
        heads = {seen.path for seen in loopback.track.seen}
        assert "/x" not in heads  # no redirect is followed, so no token goes with it
