"""The real command against a strict server on this computer: signing in, a turn, and no trace."""

import time

import pytest

from tests.support.process import Program
from tests.support.secrets import leaks
from tests.support.track import Loopback, TrackServer

pytestmark = pytest.mark.e2e
TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def loopback():
    with Loopback(TrackServer(time.time())) as loopback:
        yield loopback


def test_without_a_keyring_the_way_out_is_named_and_then_works(tmp_path, loopback):
    program = Program(tmp_path, {"TOGGL_TRACK_URL": loopback.url})
    program.cli("start", "Wireframes").ok()
    refused = program.cli("signin", "track", "--merge", text=f"{TOKEN}\n").failed(4)
    assert "no secure storage" in refused.err
    assert "TOGGL_TRACK_TOKEN" in refused.err
    program.cli("sync").failed(4)
    program.env["TOGGL_TRACK_TOKEN"] = TOKEN
    said = program.cli("signin", "track", "--merge").ok()
    assert "user@example.com" in said.out
    program.cli("sync").ok()
    program.cli("signout").ok()
    assert program.cli("entries", "--json").ok().json[0]["description"] == "Wireframes"
    assert leaks([tmp_path, refused.err, said.out], [TOKEN]) == []


def test_a_wrong_token_is_4_no_server_is_5_and_nothing_is_written(tmp_path, loopback):
    program = Program(tmp_path, {"TOGGL_TRACK_URL": loopback.url})
    assert "does not know" in program.cli("signin", "track", text="f" * 32 + "\n").failed(4).err
    loopback.stop()
    said = program.cli("signin", "track", text=f"{TOKEN}\n").failed(5)
    assert "connection refused" in said.err
    assert leaks([tmp_path, said.err], [TOKEN]) == []
