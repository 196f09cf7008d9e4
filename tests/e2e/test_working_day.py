"""A whole working day with real keys and a real mouse, then without a mouse, read from outside.

It begins in the tray's menu, switches three times in the palette (the last time ten minutes late),
repairs a forgotten evening in the calendar, and takes everything back and does it again; the store
is looked at after each step. `DAY_PICTURES=DIR` keeps a picture of each; `tests.shots` makes the
documentation's of them.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import reader as reading
from tests.support.desk import Desk, eventually
from tests.support.process import Program, Running
from tests.support.reader import Node, Reader
from tests.support.sni_host import SniHost
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import entries
from toggl_desktop.store.reading import reading as reading_store

pytestmark = [
    pytest.mark.desk,
    pytest.mark.e2e,
    pytest.mark.skipif(reading.missing() is not None, reason=f"install {reading.missing()}"),
]

Row = tuple[str, int, int | None]
WINDOW = "Toggl Desktop$"


class Day:
    """One program on one desk, and what a person does with it.

    Attributes:
        steps: What was recorded after each step, the beginning first.
    """

    def __init__(
        self, desk: Desk, host: SniHost, reader: Reader, folder: Path, pictures: Path | None
    ) -> None:
        self.desk, self.host, self.reader = desk, host, reader
        self.program = Program(folder, env=desk.env)
        self.pictures = pictures
        self.steps: list[list[Row]] = []

    def prepare(self) -> None:
        """Two projects, something done before, and an evening whose stop was forgotten."""
        cli = self.program.cli
        cli("settings", "set", "quit_while_running", "keep").ok()
        cli("settings", "set", "welcomed", "true").ok()
        for name in ("Website", "Bakery app"):
            cli("projects", "add", name).ok()
        yesterday = time.strftime("%Y-%m-%d", time.localtime(time.time() - 86400))
        cli("add", "Chapter 3", "--from", f"{yesterday}T18:00", "--to", f"{yesterday}T23:30").ok()
        self.steps.append(self.rows())

    def rows(self) -> list[Row]:
        """What is recorded, oldest first."""
        with reading_store(Place(self.program.data)) as source:
            found = entries.find(source, entries.Wanted())
        return sorted((e.description, e.start, e.stop) for e in found)

    def did(self, what: str) -> list[Row]:
        """Waits until something else is recorded than after the last step, and keeps it."""
        before = self.steps[-1]
        self.steps.append(eventually(lambda: self._news(before), 10, what))
        if self.pictures is not None:
            time.sleep(0.4)
            self.desk.shot(self.pictures / f"day-{len(self.steps):02}.png")
        return self.steps[-1]

    def _news(self, before: list[Row]) -> list[Row] | None:
        now = self.rows()
        return now if now != before else None

    def seen(self, words: str, role: str = "", seconds: float = 10) -> Node:
        """What a screen reader finds under these words."""
        return eventually(lambda: self.reader.find(words, role), seconds, f"{role} “{words}”")

    def switch(self, line: str, *, from_tray: bool) -> str:
        """Types a line into the palette and presses Enter; returns what was said before it."""
        if from_tray:
            self.host.items[-1].click("Switch…")
        else:
            self.desk.key("ctrl+k")
        self.seen("What to start", "text")
        eventually(lambda: "Switch" in self.desk.title_of_focus(), 10, "the palette in front")
        self.desk.type(line)
        said = self.seen("ends").name
        self.desk.key("Return")
        eventually(lambda: not self.desk.windows("Switch"), 10, "the palette to close")
        return said


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    wanted = os.environ.get("DAY_PICTURES")
    with (
        Desk() as desk,
        SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host,
        Reader(desk) as reader,
    ):
        yield Day(desk, host, reader, tmp_path, Path(wanted) if wanted else None)


def _begin(day: Day, running: Running) -> str:
    """Makes the window wide enough for the calendar; returns its id."""
    window = running.wait_until(lambda: day.desk.windows(WINDOW), "a window")[0]
    day.desk.out("xdotool", "windowsize", window, "1000", "700")
    day.seen("Calendar")
    return window


def _four_starts(day: Day, *, with_mouse: bool) -> None:
    item = day.host.wait_item()
    item.click("Continue “Chapter 3”")
    assert [row for row in day.did("a start from the tray") if row[2] is None]
    # An hour passes: in a test it is a terminal that moves the start.
    day.program.cli("edit", "running", "--description", "Stand-up", "--from", "-60m").ok()
    day.did("an hour")
    day.switch("Wireframes @Website #ux -40m", from_tray=with_mouse)
    day.did("the first switch")
    day.switch("Call with Ann @Bakery app -25m", from_tray=with_mouse)
    day.did("the second switch")
    said = day.switch("Review @Website -10m", from_tray=False)
    assert "“Call with Ann” ends" in said
    rows = {text: (start, stop) for text, start, stop in day.did("a switch ten minutes late")}
    assert rows["Stand-up"][1] == rows["Wireframes"][0]
    assert rows["Wireframes"][1] == rows["Call with Ann"][0]
    assert rows["Call with Ann"][1] == rows["Review"][0]
    assert rows["Review"][1] is None


def _repair(day: Day, window: str, *, with_mouse: bool) -> None:
    """Cuts the forgotten evening in the calendar and drops what was never worked."""
    desk = day.desk
    desk.out("xdotool", "windowactivate", "--sync", window)
    desk.key("ctrl+l")
    desk.key("Home")
    block = eventually(lambda: _block(day, "Chapter 3"), 10, "the evening in the calendar")
    if with_mouse:
        desk.click(block.centre[0], block.y + block.height // 3)
        time.sleep(0.3)
        desk.key("s")
    else:
        desk.key("s", "Return")
    both = [row for row in day.did("a split evening") if row[0] == "Chapter 3"]
    assert len(both) == 2
    assert both[0][2] == both[1][1]
    if with_mouse:
        second = eventually(lambda: _block(day, "Chapter 3", 1), 10, "the second half")
        desk.click(*second.centre)
        time.sleep(0.3)
    else:
        desk.key("Down")
    desk.key("Delete")
    left = [row for row in day.did("a repaired evening") if row[0] == "Chapter 3"]
    assert left == both[:1]


def _block(day: Day, words: str, place: int = 0) -> Node | None:
    """A block of the calendar: what stands to the right of the list under these words."""
    nodes = day.reader.look()
    edge = next((n.x for n in nodes if n.name == "Calendar"), 10_000)
    found = [n for n in nodes if n.name.startswith(words) and n.x >= edge and n.height > 4]
    found.sort(key=lambda n: n.y)
    return found[place] if len(found) > place else None


def _back_and_forth(day: Day) -> None:
    """Takes everything back step by step, then does it all again."""
    steps = day.steps
    for wanted in reversed(steps[:-1]):
        day.desk.key("ctrl+z")
        eventually(lambda wanted=wanted: day.rows() == wanted, 10, "a step taken back")
    for wanted in steps[1:]:
        day.desk.key("ctrl+shift+z")
        eventually(lambda wanted=wanted: day.rows() == wanted, 10, "a step done again")


def test_a_working_day(day: Day) -> None:
    day.prepare()
    with day.program.window(env=day.reader.env) as running:
        window = _begin(day, running)
        _four_starts(day, with_mouse=True)
        _repair(day, window, with_mouse=True)
        _back_and_forth(day)
        assert day.rows() == day.steps[-1]
        day.host.items[-1].click("Quit")
        assert running.wait() == 0, running.err
    assert day.program.cli("doctor").code == 0


def test_the_same_day_without_a_mouse_and_read_from_outside(day: Day) -> None:
    day.prepare()
    with day.program.window(env=day.reader.env) as running:
        window = _begin(day, running)
        _four_starts(day, with_mouse=False)
        names = [node.name for node in day.reader.look()]
        assert any(name.startswith("Elapsed: 10 minutes") for name in names)
        assert "Project: Website" in names
        assert any(name.startswith("Call with Ann, ") for name in names)
        assert any(name.startswith("Yesterday, ") for name in names)
        day.desk.key("ctrl+k")
        day.seen("Suggestions", "list")
        assert day.seen("Wireframes, Website", "list item")
        day.desk.key("Escape")
        eventually(lambda: not day.desk.windows("Switch"), 10, "the palette to close")
        _repair(day, window, with_mouse=False)
        assert _block(day, "Chapter 3")
        _back_and_forth(day)
        day.desk.key("ctrl+q")
        assert running.wait() == 0, running.err
