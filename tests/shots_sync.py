"""Makes the pictures of the account and the sync: the real program, a strict server, a bad day.

`python -m tests.shots_sync` writes docs/pictures/sync-*.png; `python -m tests.shots_sync DIR`
writes elsewhere.
"""

import base64
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.shots import _convert, take, window_of
from tests.support.desk import Desk
from tests.support.process import ROOT, Program, Running
from tests.support.track import Fault, Loopback, TrackServer

TOKEN = "0123456789abcdef0123456789abcdef"
WS, ME = 7001, 5001
_PROJECTS = (("Website", "#0b83d9"), ("Team", "#2da608"), ("Bakery app", "#e36a00"))
_DAY = (
    (395, 372, "Stand-up", 1),
    (372, 268, "Wireframes for the start page", 0),
    (254, 190, "Review of the checkout", 0),
    (131, 96, "Call with Ann", 2),
)


class Day:
    """One program beside one server, and what happens to both."""

    def __init__(self, desk: Desk, work: Path, loopback: Loopback) -> None:
        self.desk, self.loopback = desk, loopback
        self.track = loopback.track
        self.program = Program(
            work, env=desk.env | {"TOGGL_TRACK_URL": loopback.url, "TOGGL_TRACK_TOKEN": TOKEN}
        )
        now = time.time()
        world = self.track.world
        world.users[ME].fullname = "Ann Lund"
        world.change(world.workspace[WS], {"name": "Northwind"}, now)
        projects = [
            world.add("project", {"workspace_id": WS, "name": n, "color": c, "active": True}, now)
            for n, c in _PROJECTS
        ]
        minute = int(now) // 60 * 60
        fields = {"workspace_id": WS, "user_id": ME, "task_id": None, "billable": False}
        for low, high, text, place in _DAY:
            times = {"start": minute - low * 60, "stop": minute - high * 60}
            about = {"description": text, "project_id": projects[place].id, "tag_ids": []}
            world.add("entry", fields | times | about, now)

    def web(self, text: str, **changes: object) -> None:
        """Somebody changes an entry at the web page, with neither our faults nor our quota."""
        row = next(r for r in self.track.world.entry.live() if r["description"] == text)
        pair = base64.b64encode(f"{TOKEN}:api_token".encode()).decode()
        body = json.dumps({"workspace_id": WS} | changes).encode()
        path = f"/api/v9/workspaces/{WS}/time_entries/{row.id}"
        kept = self.track.quota, self.track.faults
        self.track.quota, self.track.faults = type(kept[0])(), []
        head = {"authorization": f"Basic {pair}"}
        self.track.handle("PUT", path, "", head, body, time.time())
        self.track.quota, self.track.faults = kept

    def add(self, text: str, low: int, high: int) -> None:
        now = int(time.time()) // 60 * 60
        at = [time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - m * 60)) for m in (low, high)]
        self.program.cli("add", text, "--from", at[0], "--to", at[1]).ok()

    def id_of(self, text: str) -> str:
        found = self.program.cli("entries", "--json").ok().json
        return next(one["id"] for one in found if one["description"] == text)

    def until(self, running: Running, wanted, what: str) -> None:
        running.wait_until(lambda: wanted(self.program.cli("status", "--json").ok().json), what, 60)
        time.sleep(1.5)


def _sync(day: Day, running: Running) -> None:
    """Asks for a turn as a person does."""
    window = window_of(day.desk, running)

    def page_is_there() -> list[str]:
        day.desk.out("xdotool", "windowactivate", "--sync", window)
        time.sleep(0.4)
        day.desk.key("ctrl+shift+y")
        time.sleep(1)
        return day.desk.windows("^Sync$")

    page = running.wait_until(page_is_there, "the sync page")[0]
    time.sleep(0.6)
    _press_sync(day, page)


def _press_sync(day: Day, page: str) -> None:
    """Presses “Sync now”, which has the keyboard when the page comes."""
    day.desk.out("xdotool", "windowactivate", "--sync", page)
    day.desk.key("space")
    time.sleep(4)


def _close_page(day: Day, running: Running) -> None:
    """Closes the sync page by its key, and waits until it is gone."""

    def is_gone() -> bool:
        for page in day.desk.windows("^Sync$"):
            day.desk.out("xdotool", "windowactivate", "--sync", page)
            time.sleep(0.3)
            day.desk.key("Escape")
            time.sleep(0.5)
        return not day.desk.windows("^Sync$")

    running.wait_until(is_gone, "the sync page is gone")


def _picture(day: Day, running: Running, path: Path, title: str = "Toggl Desktop$") -> None:
    window = window_of(day.desk, running, title)
    day.desk.out("xdotool", "windowactivate", "--sync", window)
    time.sleep(0.8)
    take(day.desk, window, path)


def bad_day(day: Day, out: Path, theme: str) -> None:
    """Takes the pictures of one day in one theme."""
    day.program.cli("settings", "set", "theme", theme).ok()
    day.program.cli("settings", "set", "welcomed", "true").ok()
    with day.program.window() as running:
        window = window_of(day.desk, running)
        running.wait_until(lambda: day.program.cli("entries", "--json").ok().json, "entries", 60)
        day.desk.out("xdotool", "windowsize", window, "460", "420")
        time.sleep(2)
        _picture(day, running, out / f"signed-in-{theme}.png")
        # Offline, with three entries that wait.
        day.loopback.stop()
        for text, low, high in (("Opening hours", 90, 60), ("Notes", 58, 50), ("Invoices", 48, 20)):
            day.add(text, low, high)
        day.until(running, lambda said: said["unsent"] == 3, "three unsent")
        _sync(day, running)
        _close_page(day, running)
        _picture(day, running, out / f"offline-{theme}.png")
        # The network is back and the three are sent; then the two sides disagree.
        day.loopback.start()
        _sync(day, running)
        day.until(running, lambda said: said["unsent"] == 0, "all sent")
        _close_page(day, running)
        _disagree(day, running)
        _picture(day, running, out / f"problems-{theme}.png", "^Sync$")
        _close_page(day, running)
        # Somebody else's program has used up the hour's requests.
        day.track.quota.use_up(ME, "me", 30, time.time())
        _sync(day, running)
        _close_page(day, running)
        time.sleep(3)
        _picture(day, running, out / f"quota-{theme}.png")
        # The token was replaced, as the next edit finds out.
        day.track.world.users[ME].token = "f" * 32
        day.program.cli("edit", day.id_of("Notes"), "--description", "Notes on the oven").ok()
        time.sleep(6)
        _picture(day, running, out / f"token-{theme}.png")


def _disagree(day: Day, running: Running) -> None:
    """An entry is changed on both sides, and another one is refused."""
    day.track.fail(Fault("refused", times=40))
    call = day.id_of("Call with Ann")
    day.program.cli("edit", call, "--description", "Call with Ann, prices").ok()
    time.sleep(6)
    day.web("Call with Ann", description="Call with Ann about the shop")
    day.track.faults.clear()
    _sync(day, running)
    refusal = b'"Entries can\'t be added or edited in this period"'
    day.track.fail(Fault("answer", "PUT", status=400, body=refusal))
    day.program.cli("edit", day.id_of("Stand-up"), "--description", "Stand-up, long").ok()
    day.until(running, lambda said: said["problems"] == 2, "a conflict and a refusal")


def main(folder: Path) -> None:
    """Takes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Desk("trayer", size="1280x900x24") as desk:
        for theme in ("light", "dark"):
            work = Path(name) / theme
            work.mkdir()
            with Loopback(TrackServer(time.time())) as loopback:
                bad_day(Day(desk, work, loopback), Path(name), theme)
        for what in ("signed-in", "offline", "quota", "token", "problems"):
            pair = [Path(name) / f"{what}-{theme}.png" for theme in ("light", "dark")]
            _convert(*pair, "+append", folder / f"sync-{what}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
