"""Days with an account, end to end: the real program, real HTTP, a strict server, real keys.

At the end of each day both sides are the same, nothing is there twice, and a further turn sends
nothing.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.support import reader as reading
from tests.support.desk import Desk, eventually
from tests.support.process import Program, Running
from tests.support.reader import Reader
from tests.support.sni_host import SniHost
from tests.support.track import Fault, Loopback, TrackServer
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import entries as entry_rows
from toggl_desktop.store.reading import reading as reading_store

pytestmark = pytest.mark.e2e

TOKEN = "0123456789abcdef0123456789abcdef"
ME, WS = 5001, 7001
MINUTE = int(time.time()) // 60 * 60


def iso(minutes_ago: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(MINUTE - 60 * minutes_ago))


class Account:
    """One program beside one server.

    Attributes:
        token: The environment of a terminal in which the token is set.
    """

    def __init__(
        self, folder: Path, loopback: Loopback, env: Mapping[str, str] | None = None
    ) -> None:
        self.loopback, self.track = loopback, loopback.track
        self.program = Program(folder, env={**(env or {}), "TOGGL_TRACK_URL": loopback.url})
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

    def texts(self) -> list[str]:
        """What is recorded here, oldest first; read without a process."""
        with reading_store(Place(self.program.data)) as source:
            found = entry_rows.find(source, entry_rows.Wanted())
        return [e.description for e in sorted(found, key=lambda e: e.start)]

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
        said = self.sync()
        assert "In step with Toggl Track" in said
        assert "requests left this hour · resets " in said
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


def test_a_terminal_hears_what_is_wrong_by_its_exit_code(account: Account) -> None:
    assert "signin track" in account.cli("sync", "--once").failed(4).err
    account.made_on_the_web("Made elsewhere", 200, 180, None)
    account.sync()
    account.cli("add", "Made here", "--from", iso(90), "--to", iso(60)).ok()
    account.loopback.stop()
    assert "Saved here: 1 waiting to send." in account.sync(5)
    account.loopback.start()
    account.track.world.users[ME].token = "f" * 32
    assert "TOGGL_TRACK_TOKEN. Everything is kept here" in account.sync(4)
    account.token = {"TOGGL_TRACK_TOKEN": "f" * 32}
    account.sync()
    assert account.texts() == ["Made elsewhere", "Made here"]
    account.assert_equal()
    # Whose the token is, the names, and whose the other token is: no run asks twice.
    assert len(account.track.requests(path="/me$")) == 3
    account.track.quota.use_up(ME, "me", 30, time.time())
    assert "saved here" in account.sync(5)
    assert account.status()["unsent"] == 0


def test_a_project_of_the_plan_alone_is_sent_with_the_first_time_on_it(account: Account) -> None:
    account.cli("plan", "add", "Planned before", "--project", "Before", "--create").ok()
    account.sync()  # signs in: a plan alone is no work to be joined
    account.cli("plan", "add", "Planned after", "--project", "After", "--create").ok()
    account.cli("projects", "add", "Asked for").ok()
    account.sync()
    assert [r["name"] for r in account.track.world.project.live()] == ["Asked for"]
    for number, name in enumerate(("Before", "After")):
        low = 90 - 30 * number
        account.cli("add", "Time", "--from", iso(low), "--to", iso(low - 10), "-p", name).ok()
    assert "In step" in account.sync()
    names = [row["name"] for row in account.track.world.project.live()]
    assert sorted(names) == ["After", "Asked for", "Before"]
    account.assert_equal()


class Window(Account):
    """The same with the window on a virtual screen, its tray and who reads it aloud."""

    desk: Desk
    host: SniHost
    reader: Reader

    def line(self, *words: str, seconds: float = 20) -> str:
        """Waits until the quiet line at the bottom says all of it."""

        def said() -> str | None:
            names = [n.name for n in self.reader.look() if n.name.startswith("Saved here")]
            return next((n for n in names if all(word in n for word in words)), None)

        return eventually(said, seconds, f"the line {words}")

    def tooltip(self, words: str) -> None:
        eventually(lambda: words in self.host.items[-1].tooltip(), 10, f"a tooltip with {words}")

    def sees(self, words: str, role: str = "") -> None:
        eventually(lambda: self.reader.find(words, role), 15, f"{role} “{words}”")

    def press(self, keys: str, title: str) -> None:
        """Presses keys in the main window until a window of that title is in front."""

        def is_there() -> bool:
            front = self.desk.title_of_focus()
            if front.startswith(title):
                return True
            if front.endswith("Toggl Desktop"):
                self.desk.key(keys)
            elif main := self.desk.windows("Toggl Desktop$"):
                self.desk.out("xdotool", "windowactivate", main[0])
            time.sleep(0.5)
            return self.desk.title_of_focus().startswith(title)

        eventually(is_there, 15, f"“{title}” in front")

    def sign_in(self, token: str, *, joins: bool) -> None:
        """Types the token, answers what is asked, and keeps it for the session."""
        self.press("ctrl+shift+a", "Account")
        self.desk.type(token)
        self.desk.key("Return")
        if joins:
            self.sees("1 entry will be sent")
            self.desk.key("Return")
        self.sees("For this session only", "push button")
        self.desk.key("Return")
        self.sees("Sign out", "push button")
        self.desk.key("Return")

    def sync_by_hand(self) -> None:
        """Presses “Sync now”, which has the keyboard when the page comes, and leaves the page."""
        self.press("ctrl+shift+y", "Sync")
        time.sleep(0.3)
        self.desk.key("space")
        time.sleep(0.2)
        self.desk.key("Escape")

    def until(self, running: Running, condition: Callable[[], object], what: str) -> None:
        running.wait_until(condition, what, 25)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    if reading.missing() is not None:
        pytest.skip(f"install {reading.missing()}")
    with (
        Loopback(TrackServer(time.time())) as loopback,
        Desk() as desk,
        SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host,
        Reader(desk) as reader,
    ):
        nowhere = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        found = Window(tmp_path, loopback, reader.env | nowhere)
        found.desk, found.host, found.reader = desk, host, reader
        for name, value in (("welcomed", "true"), ("quit_while_running", "keep")):
            found.cli("settings", "set", name, value).ok()
        yield found


def _picture(window: Window, name: str) -> None:
    if folder := os.environ.get("DAY_PICTURES"):
        time.sleep(0.5)
        window.desk.shot(Path(folder) / f"sync-{name}.png")


@pytest.mark.desk
def test_a_day_with_an_account_in_the_window(window: Window) -> None:
    w, world = window, window.track.world
    w.made_on_the_web("Made elsewhere", 300, 240, None)
    w.cli("add", "Made before the account", "--from", iso(200), "--to", iso(180)).ok()
    with w.program.window() as running:
        w.until(running, lambda: w.desk.windows("Toggl Desktop$"), "a window")
        w.sign_in(TOKEN, joins=True)
        w.until(running, lambda: len(w.there()) == 2 == len(w.texts()), "both sides joined")
        w.line("as of", "of 30 left")
        w.tooltip("synced")
        # Started here, it arrives there; edited there, it arrives here.
        w.press("ctrl+k", "Switch")
        w.desk.type("Started in the window -20m")
        w.desk.key("Return")
        w.until(running, lambda: len(w.there()) == 3, "the start arrived")
        w.edited_on_the_web("Made elsewhere", description="Edited elsewhere")
        w.sync_by_hand()
        w.until(running, lambda: "Edited elsewhere" in w.texts(), "the edit arrived")
        w.sees("Edited elsewhere")
        _offline_and_back(w, running)
        _two_problems(w, running)
        _another_token(w, running)
        w.assert_equal()
        # The hour's requests are used up, by another program of the same person.
        w.track.quota.use_up(ME, "me", 30, time.time())
        w.sync_by_hand()
        w.line("Toggl limit resets")
        _picture(w, "quota")
        w.sync(5)
        w.host.items[-1].click("Quit")
        assert running.wait() == 0, running.err
    assert not _found_in(w.program.data, TOKEN, "f" * 32)
    assert len(world.entry.live()) == 6


def _offline_and_back(w: Window, running: Running) -> None:
    w.until(running, lambda: w.status()["unsent"] == 0, "all sent")
    w.loopback.stop()
    for number in range(3):
        low = 100 - number * 20
        w.cli("add", f"Offline {number}", "--from", iso(low), "--to", iso(low - 10)).ok()
    w.sync_by_hand()
    w.line("3 waiting to send", "Toggl cannot be reached")
    w.tooltip("3 unsent")
    _picture(w, "offline")
    w.loopback.start()
    w.sync_by_hand()
    w.until(running, lambda: len(w.there()) == 6, "three that waited arrived")
    w.line("as of")


def _two_problems(w: Window, running: Running) -> None:
    """A conflict and a refused entry, settled by keys."""
    w.loopback.stop()
    ids = {e["description"]: e["id"] for e in w.entries()}
    w.cli("edit", ids["Offline 0"], "--description", "Mine").ok()
    w.edited_on_the_web("Offline 0", description="Theirs")
    w.loopback.start()
    w.sync_by_hand()
    w.line("1 needs you")
    w.press("ctrl+shift+y", "Sync")
    w.sees("Changed here and elsewhere")
    w.desk.key("shift+Tab", "space")  # Take theirs
    w.until(running, lambda: w.texts().count("Theirs") == 1, "theirs was taken")
    w.desk.key("Escape")
    w.until(running, lambda: w.status()["problems"] == w.status()["unsent"] == 0, "it is settled")
    refusal = b'"Entries can\'t be added or edited in this period"'
    w.track.fail(Fault("answer", "PUT", status=400, body=refusal))
    w.cli("edit", ids["Offline 1"], "--description", "Refused once").ok()
    w.line("1 needs you")
    w.press("ctrl+shift+y", "Sync")
    w.sees("Toggl refused it: Entries can't be added or edited in this period")
    _picture(w, "problems")
    w.desk.key("Tab", "Tab", "Tab", "space")  # Try again: below the toast of before are other keys
    w.until(running, lambda: "Refused once" in [t for t, *_ in w.there()], "it was sent again")
    w.until(running, lambda: w.status()["problems"] == 0, "no problem is left")
    w.desk.key("Escape")


def _another_token(w: Window, running: Running) -> None:
    """The token is replaced; what is edited meanwhile waits, and goes when one signs in again."""
    w.track.world.users[ME].token = "f" * 32
    w.cli("edit", w.entries()[-1]["id"], "--description", "Edited meanwhile").ok()
    w.line("1 waiting to send", "Sign in to Toggl again")
    _picture(w, "token")
    assert "saved here and waits. Sign in again" in w.sync(4)
    w.sign_in("f" * 32, joins=False)
    w.token = {"TOGGL_TRACK_TOKEN": "f" * 32}
    w.until(running, lambda: "Edited meanwhile" in [t for t, *_ in w.there()], "it was sent")


def _found_in(folder: Path, *secrets: str) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(s.encode() in path.read_bytes() for s in secrets)]


@pytest.mark.desk
def test_a_window_killed_while_the_server_holds_the_answer_doubles_nothing(window: Window) -> None:
    w = window
    w.sync()
    w.track.fail(Fault("delay", "POST", "time_entries", seconds=60))
    w.cli("add", "Sent and not heard of", "--from", iso(60), "--to", iso(30)).ok()
    with w.program.window(env=w.token) as running:
        w.until(running, w.there, "the server has it")
        running.process.kill()
    assert w.status()["unsent"] == 1
    w.sync()  # what was sent is recognised
    assert len(w.there()) == 1
    w.assert_equal()
