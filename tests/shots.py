"""Makes the pictures of README and docs from the real program on a virtual screen.

`python -m tests.shots` writes docs/pictures/; `python -m tests.shots DIR` writes elsewhere.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.desk import Desk, eventually
from tests.support.process import ROOT, Program, Running

WINDOW = "Toggl Desktop$"
_PROJECTS = (
    ("Website", "#0b83d9", "Northwind"),
    ("Team", "#2da608", None),
    ("Bakery app", "#e36a00", "Bakery Lund"),
    ("Book", "#9e5bd9", None),
)
_DAY = (  # minutes before now: start, stop, text, project, tags
    (395, 372, "Stand-up", "Team", ()),
    (372, 268, "Wireframes for the start page", "Website", ("ux",)),
    (254, 190, "Review of the checkout", "Website", ("review",)),
    (131, 96, "Call with Ann", "Bakery app", ("call",)),
    (96, 42, "Opening hours, first version", "Bakery app", ("code",)),
)
_YESTERDAY = (
    (1890, 1775, "Chapter 3", "Book", ("writing",)),
    (1760, 1602, "Wireframes for the start page", "Website", ("ux",)),
    (1540, 1381, "Orders by telephone", "Bakery app", ("code",)),
)


def fill(program: Program) -> None:
    """Gives a profile two days of believable work and a running entry."""
    for name, color, client in _PROJECTS:
        more = ("--client", client, "--create") if client else ()
        program.cli("projects", "add", name, "--color", color, *more).ok()
    now = int(time.time()) // 60 * 60

    def at(minutes: int) -> str:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - minutes * 60))

    for low, high, text, project, tags in (*_YESTERDAY, *_DAY):
        marks = [part for tag in tags for part in ("-t", tag)]
        program.cli("add", text, "--from", at(low), "--to", at(high), "-p", project, *marks).ok()
    program.cli("start", "Wireframes for the start page", "-p", "Website", "-t", "ux",
                "--at", at(42)).ok()  # fmt: skip


def _where_it_is_afternoon() -> str:
    """Returns a zone in which the day of the pictures is one that people work in."""
    ahead = min(15 - time.gmtime().tm_hour, 14)
    return f"Etc/GMT{-ahead:+d}"  # POSIX counts westwards


def window_of(desk: Desk, running: Running, title: str = WINDOW) -> str:
    """Waits for a window and returns its id."""
    return running.wait_until(lambda: desk.windows(title), f"a window {title}")[0]


def take(desk: Desk, window: str, path: Path) -> None:
    """Saves one window as a picture."""
    subprocess.run(["import", "-window", window, str(path)], env=desk.env, check=True)


def _convert(*arguments: object) -> None:
    subprocess.run(["convert", *map(str, arguments)], check=True)


def _tray_icon(desk: Desk) -> tuple[int, int]:
    """Returns where the only icon of the XEmbed tray is."""
    tray = eventually(lambda: desk.windows("^panel$"), 10, "the tray's window")[0]
    about = desk.out("xdotool", "getwindowgeometry", "--shell", tray)
    values = dict(line.split("=") for line in about.splitlines())
    x, y = int(values["X"]), int(values["Y"])
    return x + int(values["WIDTH"]) // 2, y + 1  # at its edge, so that the menu leaves it in view


def main(folder: Path) -> None:
    """Takes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Desk("trayer", size="1280x800x24") as desk:
        work = Path(name)
        program = Program(work, env=desk.env | {"TZ": _where_it_is_afternoon()})
        fill(program)
        for theme in ("light", "dark"):
            program.cli("settings", "set", "theme", theme).ok()
            with program.window() as running:
                window = window_of(desk, running)
                time.sleep(1.0)
                desk.out("xdotool", "windowsize", window, "460", "640")
                time.sleep(0.6)
                take(desk, window, work / f"window-{theme}.png")
                x, y = _tray_icon(desk)
                desk.click(x, y, 3)
                time.sleep(0.8)
                desk.move(x - 200, y - 330)
                time.sleep(0.3)
                desk.shot(work / f"menu-{theme}.png")
                desk.key("Escape")
                time.sleep(0.3)
                _click_in(desk, window, 280, 71)
                desk.key("ctrl+k")
                palette = window_of(desk, running, "Switch")
                desk.type("review #deep -10m")
                time.sleep(0.6)
                take(desk, palette, work / f"palette-{theme}.png")
                desk.key("Escape")
                time.sleep(0.3)
                _click_in(desk, window, 200, 280)
                desk.key("F2")
                time.sleep(0.6)
                take(desk, window, work / f"edit-{theme}.png")
                desk.key("Escape")
                desk.out("xdotool", "windowsize", window, "1000", "640")
                time.sleep(1.2)
                take(desk, window, work / f"calendar-{theme}.png")
                assert running.end() == 0, running.err
        for what in ("window", "palette", "edit", "calendar"):
            pair = [work / f"{what}-{theme}.png" for theme in ("light", "dark")]
            direction = "-append" if what in ("palette", "calendar") else "+append"
            _convert(*pair, direction, folder / f"{what}.png")
        for theme in ("light", "dark"):
            corner = ("-gravity", "SouthEast", "-crop", "450x475+0+0", "+repage")
            _convert(work / f"menu-{theme}.png", *corner, work / f"corner-{theme}.png")
        _convert(
            work / "corner-light.png", work / "corner-dark.png", "+append", folder / "tray.png"
        )


def _click_in(desk: Desk, window: str, x: int, y: int) -> None:
    """Clicks at a place of a window."""
    about = desk.out("xdotool", "getwindowgeometry", "--shell", window)
    values = dict(line.split("=") for line in about.splitlines())
    desk.click(int(values["X"]) + x, int(values["Y"]) + y)
    time.sleep(0.3)


def day(folder: Path) -> None:
    """Makes the picture of a working day from the test that lives through one."""
    with tempfile.TemporaryDirectory() as name:
        command = [sys.executable, "-m", "pytest", "-q", "-k", "test_a_working_day"]
        subprocess.run(
            [*command, "tests/e2e/test_working_day.py"],
            cwd=ROOT,
            env=os.environ | {"DAY_PICTURES": name, "TZ": _where_it_is_afternoon()},
            check=True,
        )
        moments = [Path(name) / f"day-{number:02}.png" for number in (4, 6, 7, 8)]
        tile = ("-crop", "1003x726+278+66", "+repage", "-resize", "60%")
        small = [moment.with_suffix(".small.png") for moment in moments]
        for moment, made in zip(moments, small, strict=True):
            _convert(moment, *tile, made)
        rows = [Path(name) / "row-1.png", Path(name) / "row-2.png"]
        _convert(*small[:2], "+append", rows[0])
        _convert(*small[2:], "+append", rows[1])
        _convert(*rows, "-append", folder / "day.png")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    main(target)
    day(target)
