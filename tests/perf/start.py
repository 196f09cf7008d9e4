"""From exec to the tray item that a host has registered, and to the mapped window."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.perf.measure import median, memory_mb, table, usage
from tests.perf.seed import seed
from tests.support.desk import Desk
from tests.support.sni_host import SniHost

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


Start = tuple[float, float, float]
"""Wall ms, CPU ms and USS MB."""


def _run(
    desk: Desk,
    command: Sequence[str],
    is_there: Callable[[], bool],
    env: dict[str, str],
    host: SniHost | None = None,
) -> Start:
    """Starts a program and returns what it took until it is there; then ends it.

    With a host the moment is the one in which it hears of the icon: what the program does after
    that is no longer its start.
    """
    at: list[tuple[float, float]] = []
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=desk.env | env, cwd=ROOT, stderr=subprocess.DEVNULL)

    def note() -> None:
        at.append((time.perf_counter() - begin, usage(process.pid).cpu_seconds))

    if host is not None:
        host.on_registration = note
    try:
        while not (at if host is not None else is_there()):
            if process.poll() is not None or time.perf_counter() - begin > 20:
                raise RuntimeError(f"{command} did not come up")
            time.sleep(0.002)
        if host is None:
            note()
        wall, cpu = at[0]
        time.sleep(1.0)
        memory = memory_mb(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return wall * 1000, cpu * 1000, memory


def main(entries: int = 50_000, times: int = 5) -> None:
    """Prints both starts beside their floors."""
    with tempfile.TemporaryDirectory() as folder, Desk() as desk:
        data = seed(Path(folder) / "data", entries, running=True)
        env = {"TOGGL_DESKTOP_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
        env["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        desk.env.pop("PYTHONDONTWRITEBYTECODE", None)
        program = [sys.executable, "-m", "toggl_desktop"]
        with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:

            def has_item() -> bool:
                return bool(host.items)

            _compare(
                f"Start to tray, {entries:,} entries in the store",
                (
                    ("bare PySide6 tray (floor)", [sys.executable, str(HERE / "bare_tray.py")]),
                    ("Toggl Desktop --background", [*program, "--background"]),
                ),
                has_item,
                lambda command: _run(desk, command, has_item, env, host),
                times,
            )

        def has_window() -> bool:
            return bool(desk.windows("bare window") or desk.windows("Toggl Desktop"))

        _compare(
            f"Start to window, {entries:,} entries in the store",
            (
                ("bare PySide6 window (floor)", [sys.executable, str(HERE / "bare_window.py")]),
                ("Toggl Desktop", program),
            ),
            has_window,
            lambda command: _run(desk, command, has_window, env),
            times,
        )
    print("\nPeers (performance.md's machine): Charm 51 ms, KTimeTracker 155–192, gtimelog 410,")
    print("Hamster 771, Chromium shell 452 ms and 177 MB USS.")


def _compare(
    title: str,
    programs: Sequence[tuple[str, list[str]]],
    is_there: Callable[[], bool],
    run: Callable[[list[str]], Start],
    times: int,
) -> None:
    found: dict[str, list[Start]] = {name: [] for name, _ in programs}
    for _, command in programs:  # once for nothing: an installed program is compiled already
        run(command)
        while is_there():
            time.sleep(0.01)
    for _ in range(times):  # in turn, so that a busy moment meets both
        for name, command in programs:
            found[name].append(run(command))
            while is_there():
                time.sleep(0.01)
    floors = [start[1] for start in found[programs[0][0]]]
    rows = []
    for name, _ in programs:
        wall, cpu, memory = (median([f[i] for f in found[name]]) for i in range(3))
        spread = f"{min(f[1] for f in found[name]):.0f}–{max(f[1] for f in found[name]):.0f}"
        pairs = zip(floors, (start[1] for start in found[name]), strict=True)
        ratio = median([cost / floor for floor, cost in pairs])
        rows.append((name, f"{wall:.0f}", f"{cpu:.0f} ({spread})", f"{ratio:.2f}", f"{memory:.0f}"))
    table(title, ("program", "wall ms", "CPU ms (spread)", "CPU ratio", "USS MB"), rows)


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
