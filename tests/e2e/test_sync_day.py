"""Days with an account, end to end: the real program, real HTTP, a strict server, real keys.

At the end of each day both sides are the same, nothing is there twice, and a further turn sends
nothing.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import Program
from tests.support.track import Loopback, TrackServer

pytestmark = pytest.mark.e2e

TOKEN = "0123456789abcdef0123456789abcdef"
ME, WS = 5001, 7001
MINUTE = int(time.time()) // 60 * 60


def iso(minutes_ago: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(MINUTE - 60 * minutes_ago))


class Account:
    """One program beside one server.

    Attributes:
        secrets: What must not be found in anything that was written.
    """

    def __init__(self, folder: Path, loopback: Loopback) -> None:
        self.loopback, self.track = loopback, loopback.track
        self.program = Program(folder, env={"TOGGL_TRACK_URL": loopback.url})
        self.cli = self.program.cli
        self.token = {"TOGGL_TRACK_TOKEN": TOKEN}

    # The other side -------------------------------------------------------------------------

    def made_on_the_web(self, text: str, low: int, high: int | None, project: int | None) -> int:
        times = {"start": MINUTE - 60 * low, "stop": None if high is None else MINUTE - 60 * high}
        fields = {"workspace_id": WS, "user_id": ME, "task_id": None, "billable": False}
        about = {"description": text, "project_id": project, "tag_ids": []}
        return self.track.world.add("entry", fields | times | about, time.time()).id

    def edited_on_the_web(self, text: str, **fields: object) -> None:
        row = next(r for r in self.track.world.entry.live() if r["description"] == text)
        self.track.world.change(row, fields, time.time())

    def there(self) -> list[tuple[str, int, int | None]]:
        rows = self.track.world.entry.live()
        return sorted((r["description"], r["start"], r["stop"]) for r in rows)

    def writes(self) -> int:
        return sum(seen.method != "GET" for seen in self.track.seen)

    # This side ------------------------------------------------------------------------------

    def sync(self, code: int = 0) -> str:
        done = self.cli("sync", "--once", env=self.token).failed(code)
        return done.out + done.err

    def status(self) -> dict:
        return self.cli("status", "--json").ok().json

    def entries(self) -> list[dict]:
        return self.cli("entries", "--json").ok().json

    def here(self) -> list[tuple[str, str, str | None]]:
        return sorted((e["description"], e["start"], e["stop"]) for e in self.entries())

    def assert_equal(self) -> None:
        """Both sides are the same, once each, and a further turn is silent."""

        def moment(at: int | None) -> str | None:
            return at if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))

        there = [(text, moment(start), moment(stop)) for text, start, stop in self.there()]
        assert self.here() == there
        assert len({start for _, start, _ in there}) == len(there)
        writes = self.writes()
        assert "In step with Toggl Track" in self.sync()
        assert self.writes() == writes
        assert {e["sync"] for e in self.entries()} == {"synced"}
        assert self.cli("doctor").code == 0


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Account]:
    with Loopback(TrackServer(time.time())) as loopback:
        yield Account(tmp_path, loopback)


def test_work_that_was_here_joins_in_one_turn_and_nothing_is_doubled(account: Account) -> None:
    world, cli = account.track.world, account.cli
    fields = {"workspace_id": WS, "name": "Website", "color": "#0b83d9", "active": True}
    project = world.add("project", fields, time.time()).id
    account.made_on_the_web("Imported long ago", 6000, 5940, project)
    for name in ("Website", "Bakery app"):
        cli("projects", "add", name).ok()
    for text, low, high in (
        ("Imported long ago @Website", 6000, 5940),
        ("Only here @Bakery app #oven", 90, 60),
    ):
        cli("add", text, "--from", iso(low), "--to", iso(high)).ok()
    assert "signin track" in account.sync(4)
    asked = cli("signin", "track", env=account.token).failed(1).err
    assert "1 entry of the same time and description: recognised, not sent again." in asked
    assert account.writes() == 0
    cli("signin", "track", "--merge", env=account.token).ok()
    assert "In step" in account.sync()
    assert [text for text, _, _ in account.there()] == ["Imported long ago", "Only here"]
    assert [row["name"] for row in world.project.live()] == ["Website", "Bakery app"]
    account.assert_equal()
