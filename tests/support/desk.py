"""A throw-away desk: X screen, window manager, session bus, tray and home, gone at the end.

    with Desk(tray="trayer") as desk:
        subprocess.Popen([...], env=desk.env)
        desk.click(100, 100, 3)
        desk.shot(tmp_path / "menu.png")

Everything is started by the desk and ended by its process id.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TypeVar

from toggl_desktop.system.xtray import TraySelection

T = TypeVar("T")

PACKAGES = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus-daemon",
    "openbox": "openbox",
    "trayer": "trayer",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "xprop": "x11-utils",
}
"""The programs a desk needs, and the Debian package of each."""

_FOREIGN = (
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "GTK_MODULES",
    "KDE_FULL_SESSION",
    "QT_QPA_PLATFORM",
    "QT_QPA_PLATFORMTHEME",
    "SESSION_MANAGER",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
)


def missing() -> list[str]:
    """Returns the packages without which there is no desk on this machine."""
    return [package for program, package in PACKAGES.items() if shutil.which(program) is None]


def eventually(condition: Callable[[], T], seconds: float = 10.0, what: str = "") -> T:
    """Returns the condition's first true value; fails when the deadline passes first."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            name = what or getattr(condition, "__qualname__", "the condition")
            raise AssertionError(f"after {seconds:g} s still not so: {name} (last: {value!r})")
        time.sleep(0.01)


def homely_environment(home: Path, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """Returns an environment in which home, settings, data and runtime lie under `home` alone."""
    environment = dict(os.environ if base is None else base)
    for name in _FOREIGN:
        environment.pop(name, None)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    return environment | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }


class Desk:
    """A private desktop.

    Args:
        tray: `trayer` for an XEmbed tray from the start, or None; see `start_tray`.
        has_manager: Whether openbox manages the windows.
        has_bus: Whether there is a session bus; without one its address leads nowhere.
        size: Width, height and depth of the screen.
    """

    def __init__(
        self,
        tray: str | None = None,
        *,
        has_manager: bool = True,
        has_bus: bool = True,
        size: str = "1280x800x24",
    ) -> None:
        self._tray_wanted = tray
        self._has_manager = has_manager
        self._has_bus = has_bus
        self._size = size
        self._processes: list[subprocess.Popen] = []
        self._tray: subprocess.Popen | None = None
        self._log: IO[bytes] | None = None
        self.home = Path()
        self.env: dict[str, str] = {}

    def __enter__(self) -> "Desk":
        self.home = Path(tempfile.mkdtemp(prefix="desk-"))
        self._log = (self.home / "desk.log").open("wb")
        try:
            self._set_up()
        except BaseException:
            self._tear_down()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._tear_down()

    @property
    def log(self) -> str:
        """What the desk's own programs said so far."""
        return (self.home / "desk.log").read_text(errors="replace")

    def spawn(self, *command: str, **options: object) -> subprocess.Popen:
        """Starts a program on the desk; it ends with the desk at the latest."""
        options = {"stdout": self._log, "stderr": self._log, "env": self.env} | options
        process = subprocess.Popen(command, **options)
        self._processes.append(process)
        return process

    def start_tray(self) -> None:
        """Brings an XEmbed tray to the lower right corner; returns when it owns the selection."""
        self._tray = self.spawn(
            "trayer",
            *("--edge", "bottom", "--align", "right", "--widthtype", "request"),
            *("--height", "28", "--SetDockType", "true"),
            *("--tint", "0x303030", "--transparent", "false"),
        )
        eventually(self.has_tray, 5, "trayer owns the tray selection")

    def stop_tray(self) -> None:
        """Ends the tray as a crash would."""
        self._tray.kill()
        self._tray.wait(5)
        eventually(lambda: not self.has_tray(), 5, "the tray selection is free")

    def has_tray(self) -> bool:
        """Tells whether an XEmbed tray owns the selection."""
        selection = TraySelection(self.env["DISPLAY"])
        try:
            return selection.has_tray()
        finally:
            selection.close()

    def out(self, *command: str, seconds: float = 10.0) -> str:
        """Returns what a command on the desk prints; empty when it fails."""
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=seconds, check=False
        )
        return done.stdout.strip()

    def shot(self, path: Path) -> Path:
        """Saves the whole screen as a picture."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True)
        return path

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Moves the pointer there and clicks."""
        self._do("mousemove", str(x), str(y), "click", str(button))

    def move(self, x: int, y: int) -> None:
        """Moves the pointer there."""
        self._do("mousemove", str(x), str(y))

    def key(self, *keys: str) -> None:
        """Presses keys by their X names: `key("ctrl+z", "Return")`."""
        self._do("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Types text into whatever has the focus."""
        self._do("type", "--delay", "2", text)

    def windows(self, title: str) -> list[str]:
        """Returns the ids of the visible windows whose title matches the pattern."""
        return self.out("xdotool", "search", "--onlyvisible", "--name", title).split()

    def title_of_focus(self) -> str:
        """Returns the title of the window that has the keyboard."""
        return self.out("xdotool", "getactivewindow", "getwindowname")

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.env, check=True, timeout=20)

    def _set_up(self) -> None:
        self.env = homely_environment(self.home) | {
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "0",
            "NO_AT_BRIDGE": "1",
        }
        self.env["DISPLAY"] = f":{self._start_screen()}"
        if self._has_bus:
            self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start_bus()
        if self._has_manager:
            self.spawn("openbox")
            eventually(self._is_managed, 10, "openbox manages the screen")
        if self._tray_wanted == "trayer":
            self.start_tray()

    def _is_managed(self) -> bool:
        return "window id" in self.out("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def _start_screen(self) -> str:
        reader, writer = os.pipe()
        options = ["-screen", "0", self._size, "-nolisten", "tcp", "-noreset"]
        self.spawn("Xvfb", "-displayfd", str(writer), *options, pass_fds=(writer,))
        os.close(writer)
        # Up to the newline: a pipe that is closed earlier kills Xvfb while it still writes.
        with os.fdopen(reader, "rb") as pipe:
            number = pipe.readline().decode().strip()
        if not number:
            raise AssertionError(f"Xvfb did not start:\n{self.log}")
        return number

    def _start_bus(self) -> str:
        arguments = ("--session", "--nofork", "--nopidfile", "--print-address=1")
        bus = self.spawn("dbus-daemon", *arguments, stdout=subprocess.PIPE)
        with bus.stdout as pipe:
            return pipe.readline().decode().strip()

    def _tear_down(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
        self._log.close()
        shutil.rmtree(self.home, ignore_errors=True)


class Bus:
    """A private message bus and nothing else, for what needs no screen."""

    def __enter__(self) -> "Bus":
        self._process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE,
        )
        with self._process.stdout as pipe:
            self.address = pipe.readline().decode().strip()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.terminate()
        self._process.wait(5)
