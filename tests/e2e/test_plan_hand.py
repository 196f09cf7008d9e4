"""The plan edited by real mouse and keyboard events in the real program; the store looked at after.

Nothing here calls into a widget: where a bar is, is found by its colour on the screen.
"""

import datetime
import json
import sqlite3
import subprocess
import time
from contextlib import closing
from typing import NamedTuple

import pytest

from tests.support.desk import Desk, eventually
from tests.support.process import Program

pytestmark = [pytest.mark.desk, pytest.mark.e2e]

RED, BLUE, PLAIN = "#d01234", "#1234d0", "#9575cd"
NAMES = 182
"""So wide is the column of names, in which people's colours are."""
_NO_KEYS = '<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/></openbox_config>'


class Box(NamedTuple):
    width: int
    height: int
    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Bench:
    """A program with a plan window on a screen, and the two ways to look at it."""

    def __init__(self, desk: Desk, program: Program) -> None:
        self.desk = desk
        self.program = program
        self.today = self.base = datetime.date.today().toordinal()
        window = desk.windows("^Plan ")[0]
        about = desk.out("xdotool", "getwindowgeometry", "--shell", window).splitlines()
        self.left = int(dict(line.split("=") for line in about)["X"]) + NAMES

    # Looking --------------------------------------------------------------------------------

    def plan(self) -> list[tuple[str, int, int, tuple[str, ...]]]:
        """What the store holds: names, days counted from today (or `base`), people."""
        path = f"{(self.program.data / 'toggl.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as store:
            people = dict(store.execute("SELECT lid, name FROM member WHERE deleted = 0"))
            rows = store.execute(
                'SELECT name, start, "end", members FROM plan_task WHERE deleted = 0'
            ).fetchall()
        found = []
        for name, start, end, who in rows:
            day = self.today if name.startswith("Anchor") else self.base
            found.append((name, start - day, end - day, tuple(people[m] for m in json.loads(who))))
        return sorted(found)

    def is_so(self, *wanted: tuple[str, int, int, str]) -> None:
        """Waits until the plan holds just this, beside what it began with."""
        whole = sorted((*wanted, ("Anchor A", -2, -2, "Ann"), ("Anchor B", -2, -2, "Bo")))
        aim = [(name, low, high, (who,)) for name, low, high, who in whole]
        end = time.monotonic() + 10
        while self.plan() != aim:
            assert time.monotonic() < end, f"wanted {aim}\nfound {self.plan()}"
            time.sleep(0.03)
        time.sleep(0.1)  # the screen follows the store

    def box(self, colour: str) -> Box:
        """Where a colour is on the chart."""
        shot = self.desk.shot(self.desk.home / "shot.png")
        done = subprocess.run(
            ["convert", str(shot), "-region", f"{self.left}x800+0+0", "-fill", "white",
             "-colorize", "100", "+region", "-fill", "white", "+opaque", colour, "-trim",
             "-format", "%w %h %X %Y", "info:"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return Box(*(int(part) for part in done.stdout.split()))

    def find(self, colour: str) -> Box:
        """Waits until a colour is on the screen as a bar is, and stands still."""
        seen: list[Box] = []

        def still() -> Box | None:
            try:
                seen.append(self.box(colour))
            except subprocess.CalledProcessError:
                return None
            is_bar = seen[-1].width > 30 and seen[-1].height < 40
            return seen[-1] if is_bar and seen[-2:] == [seen[-1]] * 2 else None

        return eventually(still, 15, f"a bar of {colour}")

    # Doing ----------------------------------------------------------------------------------

    def do(self, *arguments: object) -> None:
        subprocess.run(["xdotool", *map(str, arguments)], env=self.desk.env, check=True, timeout=20)

    def drag(self, start: tuple[int, int], end: tuple[int, int], key: str = "") -> None:
        """Presses, moves in steps as a hand does, and lets go."""
        held = ["keydown", key] if key else []
        self.do("mousemove", *start, *held, "mousedown", 1)
        for part in (0.2, 0.6, 1.0):
            at = [round(a + (b - a) * part) for a, b in zip(start, end, strict=True)]
            self.do("mousemove", *at)
        self.do("mouseup", 1, *(["keyup", key] if key else []))

    def enter(self, text: str) -> None:
        self.desk.type(text)
        self.desk.key("Return")


@pytest.fixture
def bench(tmp_path):
    with Desk(size="1280x800x24") as desk:
        rc = desk.home / ".config/openbox/rc.xml"
        rc.parent.mkdir(parents=True)
        rc.write_text(_NO_KEYS)  # the window manager has keys of its own for Alt and arrows
        desk.out("openbox", "--reconfigure")
        program = Program(tmp_path, env=desk.env)
        for name, who, colour in (("Anchor A", "Ann", RED), ("Anchor B", "Bo", BLUE)):
            program.cli(
                *("plan", "add", name, "--from", "-2", "-m", who),
                *("--color", colour, "--create"),
            ).ok()
        with program.window() as running:
            running.wait_until(lambda: desk.windows("Toggl Desktop$"), "the timer's window")
            program.cli("show", "plan").ok()
            running.wait_until(lambda: desk.windows("^Plan "), "the plan's window")
            made = Bench(desk, program)
            eventually(lambda: desk.title_of_focus().startswith("Plan"), 10, "it has the keyboard")
            desk.key("w")
            desk.key("t")
            made.find(RED)
            yield made
            assert running.end() == 0, running.err


def test_by_mouse(bench):
    ann, bo = bench.find(RED), bench.find(BLUE)
    day = ann.width + 3  # the fill, its edges, and the gap to the next day
    y, below = ann.middle[1], bo.middle[1]

    def x(days: int) -> int:
        return ann.middle[0] + (days + 2) * day

    # Create: a click on an empty lane, the name typed at once.
    bench.desk.click(x(0), y)
    time.sleep(0.3)
    bench.enter("Sketch")
    bench.is_so(("Sketch", 0, 0, "Ann"))
    # Move by a day.
    bar = bench.find(PLAIN)
    bench.drag(bar.middle, (bar.middle[0] + day, y))
    bench.is_so(("Sketch", 1, 1, "Ann"))
    # Resize at both edges.
    bar = bench.find(PLAIN)
    right = bar.x + bar.width - 3
    bench.drag((right, y), (right + day, y))
    bench.is_so(("Sketch", 1, 2, "Ann"))
    bench.drag((bar.x + 3, y), (bar.x + 3 - day, y))
    bench.is_so(("Sketch", 0, 2, "Ann"))
    # Reassign: to the lane below.
    bench.drag((x(1), y), (x(1), below))
    bench.is_so(("Sketch", 0, 2, "Bo"))
    # Copy: with Ctrl, back to the lane above.
    bench.drag((x(1), below), (x(1), y), "ctrl")
    bench.is_so(("Sketch", 0, 2, "Ann"), ("Sketch", 0, 2, "Bo"))
    # A rubber band takes both, and both move.
    bench.drag((x(-1), y), (x(3), below), "shift")
    time.sleep(0.2)
    bench.drag((x(1), y), (x(2), y))
    bench.is_so(("Sketch", 1, 3, "Ann"), ("Sketch", 1, 3, "Bo"))
    # Both go a lane down, side by side as they lie, and come back as one.
    bench.drag((x(2), y), (x(2), below))
    aim = [(), ("Bo",)]
    eventually(lambda: sorted(o[3] for o in bench.plan() if o[0] == "Sketch") == aim, 10, "down")
    bench.desk.key("ctrl+z")
    bench.is_so(("Sketch", 1, 3, "Ann"), ("Sketch", 1, 3, "Bo"))
    # Esc in the middle of a drag leaves everything as it is.
    bench.do("mousemove", x(2), y, "mousedown", 1)
    bench.do("mousemove", x(2) + day // 2, y)
    bench.do("mousemove", x(3), y)
    bench.do("key", "Escape")  # `Desk.key` would let the button go, as it does with all keys
    bench.do("mouseup", 1)
    time.sleep(0.3)
    bench.is_so(("Sketch", 1, 3, "Ann"), ("Sketch", 1, 3, "Bo"))
    # Undo, step by step.
    bench.desk.key("ctrl+z")
    bench.is_so(("Sketch", 0, 2, "Ann"), ("Sketch", 0, 2, "Bo"))
    bench.desk.key("ctrl+z")
    bench.is_so(("Sketch", 0, 2, "Bo"))
    bench.desk.key("ctrl+z")
    bench.is_so(("Sketch", 0, 2, "Ann"))


def test_without_a_mouse(bench):
    key = bench.desk.key
    # Create: beside what the keyboard is on.
    key("Right")
    key("n")
    time.sleep(0.3)
    bench.enter("By key")
    eventually(lambda: len(bench.plan()) == 3, 10, "it is planned")
    bench.base += bench.plan()[-1][1] + 1  # after a Friday comes a Monday
    bench.is_so(("By key", -1, -1, "Ann"))
    # Esc drops a name that is being typed.
    key("n")
    time.sleep(0.3)
    bench.desk.type("no")
    key("Escape")
    # Move and resize.
    key("alt+Right")
    bench.is_so(("By key", 0, 0, "Ann"))
    key("alt+shift+Right")
    bench.is_so(("By key", 0, 1, "Ann"))
    key("alt+shift+Up")
    bench.is_so(("By key", -1, 1, "Ann"))
    # Reassign: both ways to say it.
    key("ctrl+alt+Down")
    bench.is_so(("By key", -1, 1, "Bo"))
    key("ctrl+shift+Up")
    bench.is_so(("By key", -1, 1, "Ann"))
    # Copy, then select all and move.
    key("ctrl+d")
    bench.is_so(("By key", -1, 1, "Ann"), ("By key", -1, 1, "Ann"))
    key("Escape")
    key("Right")
    key("ctrl+a")
    key("alt+Down")
    aim = [("By key", 6, 8), ("By key", 6, 8), ("Anchor A", 5, 5), ("Anchor B", 5, 5)]
    eventually(lambda: sorted(one[:3] for one in bench.plan()) == sorted(aim), 10, "all moved")
    key("ctrl+z")
    bench.is_so(("By key", -1, 1, "Ann"), ("By key", -1, 1, "Ann"))
    # Rename in the editor, which Enter opens and Esc leaves.
    key("Escape")
    key("Right")
    key("Right")
    key("Return")
    time.sleep(0.4)
    key("ctrl+a")
    bench.enter("Renamed")
    bench.is_so(("By key", -1, 1, "Ann"), ("Renamed", -1, 1, "Ann"))
    key("Escape")
    time.sleep(0.2)
    key("Delete")
    bench.is_so(("By key", -1, 1, "Ann"))
    key("ctrl+z")
    bench.is_so(("By key", -1, 1, "Ann"), ("Renamed", -1, 1, "Ann"))
