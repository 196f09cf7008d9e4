#!/usr/bin/env python3
"""Starts Toggl Desktop, or its tests, from a checkout. Needs Python 3.11 or newer and nothing else.

    python3 run.py [toggl-desktop arguments...]    the program (without arguments: the desktop app)
    python3 run.py test [options]                  everything the tests check (see tests/check.py)

The first run makes `.venv` here with exactly what `requirements/` names, and adds missing system
libraries (as root on Debian and its kin; elsewhere it says what to type). Later runs start at once.
"""

# Every start pays for this: no pathlib, late imports; any Python 3 reads it, so 3.6's grammar.
# ruff: noqa: PTH101, PTH105, PTH107, PTH110, PTH114, PTH118, PTH120, PTH123, PTH207

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where older ones are told
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.exit(f"Toggl Desktop needs Python 3.11 or newer; this is Python {found}.")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen
    from typing import BinaryIO

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
SCRIPTS = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if WINDOWS else "python")
LIBRARY = "Lib" if WINDOWS else f"lib/python3.{sys.version_info[1]}"
PACKAGES = os.path.join(VENV, LIBRARY, "site-packages")
COMMAND = os.path.join(SCRIPTS, "toggl-desktop.py" if WINDOWS else "toggl-desktop")

# Which Python made the environment, for which checkout: another one makes it anew.
OWNER = f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix} {ROOT}\n"
OWNER_STAMP = os.path.join(VENV, ".made-for")
UNFINISHED = os.path.join(VENV, ".unfinished")
LOCKS = {name: os.path.join(ROOT, "requirements", f"{name}.txt") for name in ("app", "dev")}
STAMPS = {name: os.path.join(VENV, f".ready-{name}") for name in ("app", "dev", "system")}

INSTALL = {  # in the order of the columns of requirements/linux.txt
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper --non-interactive install",
}


def main(arguments: list[str]) -> int:
    """Makes ready what this start needs, then becomes the program or its tests."""
    is_test = arguments[:1] == ["test"]
    is_desktop = not is_test and opens_desktop(arguments)
    wanted, needed = parts_of_linux(is_test=is_test, is_desktop=is_desktop)
    libraries = "dev" if is_test else "app"
    if not (is_installed(libraries) and wanted <= set(read(STAMPS["system"]).split())):
        try:
            prepare(libraries, wanted, needed)
        except KeyboardInterrupt:
            say("Stopped while setting up; the next start begins that part again.")
            return 130
        except OSError as error:
            sys.exit(f"Setting up does not work here: {error}.")
    if is_test:
        os.chdir(ROOT)
        return become([PYTHON, "-m", "tests.check", *arguments[1:]])
    if is_desktop and sys.platform == "linux" and not has_screen():
        return run_without_screen([PYTHON, COMMAND, *arguments])
    return become([PYTHON, COMMAND, *arguments])


def opens_desktop(arguments: list[str]) -> bool:
    """Whether these arguments start the desktop app, rather than ask something in the terminal."""
    rest = iter(arguments)
    for argument in rest:
        if argument in {"--data-dir", "--profile"}:
            next(rest, None)
        elif not argument.startswith("-") or argument in {"-h", "--help", "-V", "--version"}:
            return False
    return True


def become(command: list[str]) -> int:
    """Replaces this process by `command`; where that cannot be done, returns its exit code."""
    if not WINDOWS:
        os.execv(command[0], command)
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the console tells the program too: let it end
    return subprocess.call(command)


def say(sentence: str) -> None:
    """Tells progress on stderr: stdout belongs to whoever reads the program's answer."""
    print(sentence, file=sys.stderr, flush=True)


def read(path: str) -> str:
    """The text of a file, empty when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path: str, text: str) -> None:
    """Leaves either the old file or the whole new one, whatever happens meanwhile."""
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)


# --- the environment ----------------------------------------------------------------------------


def is_installed(libraries: str) -> bool:
    """Whether the environment holds exactly what is locked now, for this Python."""
    return read(STAMPS[libraries]) == OWNER + read(LOCKS[libraries]) and os.path.exists(PYTHON)


def prepare(libraries: str, wanted: set[str], needed: set[str]) -> None:
    """Brings system libraries and environment up to date, alone: a second start waits here."""
    turn = wait_for_turn()
    try:
        is_new = not is_usable()
        venv = {"venv"} if is_new and sys.platform == "linux" else set()
        prepare_linux(wanted | venv, needed | venv)
        if is_new:
            make_environment()
        if not is_installed(libraries):
            install(libraries)
        if os.access(VENV, os.W_OK):  # the owner's later starts are spared the look
            write(STAMPS["system"], "\n".join(sorted({*read(STAMPS["system"]).split(), *wanted})))
    finally:
        turn.close()


def wait_for_turn() -> "BinaryIO":
    """Returns when no other start sets up; closing ends the turn. The lock lies on this file."""
    file = open(__file__, "rb")  # noqa: SIM115 - held for the whole set-up
    if sys.platform == "win32":
        import msvcrt

        file.seek(1 << 30)  # beyond the end: a lock on what is there would bar readers
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # gives up after ten seconds
            except OSError:
                say("Another start is setting up; waiting for it.")
            else:
                return file
    import fcntl

    # Handed on to pip and apt-get, so that it holds until they end even if this process is killed.
    os.set_inheritable(file.fileno(), True)  # noqa: FBT003
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another start is setting up; waiting for it.")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def is_usable() -> bool:
    """Whether `.venv` is whole and ours; one made by hand with the same Python is taken over."""
    if os.path.exists(UNFINISHED) or not os.path.exists(PYTHON):
        return False
    if os.path.exists(OWNER_STAMP):
        return read(OWNER_STAMP) == OWNER
    made_by = read(os.path.join(VENV, "pyvenv.cfg")).splitlines()
    has_pip = is_there(os.path.join(PACKAGES, "pip-*", "RECORD"))  # which pip writes last
    return has_pip and f"version = {sys.version.split()[0]}" in made_by


def make_environment() -> None:
    """Makes `.venv` from nothing."""
    say(f"Setting up, once: an environment for Python {sys.version.split()[0]} in {VENV}.")
    if os.path.islink(VENV):  # --clear would empty the folder it points to, which is not ours
        os.remove(VENV)
    if call([sys.executable, "-m", "venv", "--clear", VENV]):
        sys.exit(f"The environment in {VENV} could not be made (the reason stands above).")
    write(OWNER_STAMP, OWNER)


def install(libraries: str) -> None:
    """Installs what is locked and puts the `toggl-desktop` command beside it."""
    write(UNFINISHED, "")  # a start that finds this makes everything anew
    for name in ("app", "dev"):
        write(STAMPS[name], "")
    say("Setting up, once: fetching and installing the libraries (about 100 MB).")
    pip = [PYTHON, "-I", "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input"]
    if call([*pip, "install", "--require-hashes", "--requirement", LOCKS[libraries]]):
        sys.exit(
            "The libraries could not be installed (the reason stands above); this first time needs"
            " the network. The same command tries again."
        )
    add_command()
    for name in ("app", libraries):
        write(STAMPS[name], OWNER + read(LOCKS[name]))
    write(OWNER_STAMP, OWNER)
    os.remove(UNFINISHED)


def add_command() -> None:
    """Makes `.venv/bin/toggl-desktop` start this checkout: nothing is built and nothing copied."""
    write(os.path.join(PACKAGES, "toggl-desktop-checkout.pth"), f"{ROOT}\n")
    start = f"#!{PYTHON}"
    if (
        len(start) > 120 or " " in start
    ):  # more than the kernel reads: a line for sh and Python both
        start = f'#!/bin/sh\n"exec" "{PYTHON}" "$0" "$@"'
    body = "import sys\n\nfrom toggl_desktop.__main__ import main\n\nsys.exit(main())\n"
    write(COMMAND, f"{start}\n# PYTHON_ARGCOMPLETE_OK\n{body}")
    os.chmod(COMMAND, 0o755)
    if WINDOWS:
        write(f"{COMMAND[:-3]}.cmd", '@"%~dp0python.exe" "%~dp0toggl-desktop.py" %*\n')


def call(command: list[str]) -> int:
    """Runs a step of the set-up in silence, unless it fails; returns its exit code."""
    import subprocess

    env = {**os.environ, "PIP_USER": "0", "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=env, close_fds=WINDOWS, capture_output=True, check=False)
    if done.returncode:
        say((done.stdout + done.stderr).decode(errors="replace"))
    return done.returncode


# --- what a Linux system brings -----------------------------------------------------------------


def has_screen() -> bool:
    """Whether a window would be seen, or somebody has said where it shall go instead."""
    return any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def parts_of_linux(*, is_test: bool, is_desktop: bool) -> tuple[set[str], set[str]]:
    """The parts of requirements/linux.txt this start would like, and those it cannot do without."""
    if sys.platform != "linux" or not (is_test or is_desktop):
        return set(), set()
    if is_test:
        return {"base", "x11", "wayland", "screen", "test"}, {"base", "x11", "screen", "test"}
    platform = os.environ.get("QT_QPA_PLATFORM") or (
        "wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb" if has_screen() else ""
    )
    shown_by = "wayland" if "wayland" in platform else "x11" if "xcb" in platform else "base"
    wanted = {"base", "x11", "wayland"} | (set() if has_screen() else {"screen"})
    return wanted, {"base", shown_by}


def is_there(thing: str) -> bool:
    """Whether a library loads, or a program, a path or a Python module is found."""
    import ctypes
    import glob
    import importlib.util
    import shutil

    if ".so." not in thing:
        importlib.invalidate_caches()
        found = shutil.which(thing) or glob.glob(thing)
        return bool(found or (thing.isidentifier() and importlib.util.find_spec(thing)))
    try:
        ctypes.CDLL(thing)
    except OSError:
        return False
    return True


def missing_packages(parts: set[str], manager: str) -> list[str]:
    """What `manager` would have to install for these parts."""
    column = 2 + list(INSTALL).index(manager)
    table = read(os.path.join(ROOT, "requirements", "linux.txt"))
    table = table.replace("{minor}", str(sys.version_info[1]))
    rows = (line.split() for line in table.splitlines() if line and line[0] != "#")
    return list(dict.fromkeys(r[column] for r in rows if r[0] in parts and not is_there(r[1])))


def prepare_linux(wanted: set[str], needed: set[str]) -> None:
    """Installs what is missing where this process may; otherwise ends with the line to type."""
    import shutil

    manager = next((name for name in INSTALL if shutil.which(name)), "apt-get")
    packages = missing_packages(wanted, manager)
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Setting up, once: installing {len(packages)} system packages with apt-get.")
        call(["apt-get", "-qq", "update"])
        call([*INSTALL["apt-get"].split(), "-qq", *packages])
    if missing_packages(needed, manager):
        sudo = "" if os.geteuid() == 0 else "sudo "
        line = f"{sudo}apt-get update && " if manager == "apt-get" else ""
        line += f"{sudo}{INSTALL[manager]} {' '.join(packages)}"
        sys.exit(f"Some system packages are missing here. Type this, then start again:\n{line}")


# --- without a screen ---------------------------------------------------------------------------


def run_without_screen(command: list[str]) -> int:
    """Runs the desktop app on a virtual screen of its own and returns its exit code."""
    import tempfile

    servers: list[Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="toggl-desktop-screen-") as place:
        try:
            if start_screen(place, servers):
                say(how_to_look())
            else:
                os.environ["QT_QPA_PLATFORM"] = "offscreen"
                say("There is no screen and no Xvfb here: the app runs unseen; Ctrl-C ends it.")
            return watch(command)
        finally:
            for server in reversed(servers):
                server.terminate()
                server.wait()


def start_screen(place: str, servers: "list[Popen[bytes]]") -> bool:
    """Starts Xvfb that only this user may look at, and a session bus where there is none."""
    import shutil
    import struct

    if not shutil.which("Xvfb"):
        return False
    key = os.path.join(place, "Xauthority")  # one entry: any host, any display, this cookie
    with open(key, "wb") as file:
        kind = b"MIT-MAGIC-COOKIE-1"
        file.write(struct.pack(">HHHH18sH16s", 0xFFFF, 0, 0, len(kind), kind, 16, os.urandom(16)))
    ready, told = os.pipe()
    xvfb = ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x800x24", "-noreset"]
    servers.append(serve([*xvfb, "-nolisten", "tcp", "-auth", key], told))
    os.close(told)
    with open(ready, "rb") as answer:
        number = answer.readline()  # the whole line: closing any earlier kills the server
    if not number.strip():
        return False
    os.environ.update(DISPLAY=f":{int(number)}", XAUTHORITY=key)
    a_bus = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), "bus")
    has_bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or os.path.exists(a_bus)
    if not has_bus and shutil.which("dbus-daemon"):
        bus = serve(["dbus-daemon", "--session", "--nofork", "--print-address=1"])
        servers.append(bus)
        address = bus.stdout.readline() if bus.stdout else b""
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address.decode().strip()
    for more in (["openbox"], ["trayer", "--edge", "top", "--align", "right", "--height", "28"]):
        servers += [serve(more)] if shutil.which(more[0]) else []
    return True


def serve(command: list[str], *handed_on: int) -> "Popen[bytes]":
    """Starts a server that no Ctrl-C in this terminal reaches and that ends when we are killed."""
    import ctypes
    import signal
    import subprocess

    libc = ctypes.CDLL(None)
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=handed_on,
        start_new_session=True,
        preexec_fn=lambda: libc.prctl(1, signal.SIGTERM),  # noqa: PLW1509 - there are no threads
    )


def how_to_look() -> str:
    """Says where the app went and the lines that show it."""
    names = ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS")
    export = " ".join(f"{name}='{os.environ[name]}'" for name in names if name in os.environ)
    take = "from PySide6.QtGui import *; app = QGuiApplication([]); "
    take += "app.primaryScreen().grabWindow(0).save('screen.png')"
    return f"""There is no screen here, so the app runs on a virtual one; Ctrl-C ends it.
To look at it, type in another terminal
  export {export}
  {PYTHON} -c "{take}"
for a picture in screen.png, or `x11vnc -localhost` and a VNC viewer (package x11vnc)."""


def watch(command: list[str]) -> int:
    """Runs `command`, passes signals on to it, and returns its exit code."""
    import signal
    import subprocess

    app = subprocess.Popen(command, start_new_session=True)

    def pass_on(number: int, _frame: object) -> None:
        app.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    code = app.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
