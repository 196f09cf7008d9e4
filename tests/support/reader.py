"""What a screen reader finds: the program's accessible tree, read from outside over AT-SPI.

    with Reader(desk) as reader:
        with program.window(env=reader.env): ...
        reader.find("push button", "Stop")

The reading itself is done by the system's Python, which has pyatspi; this file is that program too.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
PYTHON = Path("/usr/bin/python3")


class Node(NamedTuple):
    """Something with a name that can be read aloud, and where it is on the screen."""

    role: str
    name: str
    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


def missing() -> str | None:
    """Returns what this machine lacks to read a screen; None when nothing."""
    if not LAUNCHER.exists():
        return "at-spi2-core"
    command = [str(PYTHON), "-c", "import pyatspi"]
    if not PYTHON.exists() or subprocess.run(command, capture_output=True).returncode:
        return "python3-pyatspi"
    return None


class Reader:
    """An accessibility bus on a desk, and a reader that listens there.

    Attributes:
        env: The variables that a program needs to be read.
    """

    def __init__(self, desk: object) -> None:
        self._desk = desk

    def __enter__(self) -> "Reader":
        for name in ("NO_AT_BRIDGE", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON"):
            self._desk.env.pop(name, None)
        self._desk.spawn(str(LAUNCHER), "--launch-immediately")
        time.sleep(0.5)
        self.env = self._desk.env | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        self._process = subprocess.Popen(
            [str(PYTHON), __file__],
            env={k: v for k, v in self.env.items() if not k.startswith("PYTHON")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def look(self) -> list[Node]:
        """Returns everything that is showing, in the order of the tree."""
        self._process.stdin.write("look\n")
        self._process.stdin.flush()
        return [Node(*values) for values in json.loads(self._process.stdout.readline())]

    def find(self, words: str, role: str = "") -> Node | None:
        """Returns the first thing whose name has the words in it."""
        return next((n for n in self.look() if words in n.name and role in n.role), None)


def _serve() -> None:
    import pyatspi

    def walk(node: object, found: list, depth: int) -> None:
        if node is None or depth > 14:
            return
        states = node.getState()
        if depth > 1 and not states.contains(pyatspi.STATE_SHOWING):
            return
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS) if depth > 0 else None
        if box is not None and (node.name or "").strip():
            found.append([node.getRoleName(), node.name, box.x, box.y, box.width, box.height])
        for place in range(min(node.childCount, 80)):
            try:
                walk(node.getChildAtIndex(place), found, depth + 1)
            except Exception:
                continue

    for _line in sys.stdin:
        found: list = []
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and "toggl" in (app.name or "").lower():
                walk(app, found, 0)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
