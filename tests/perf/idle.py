"""What the program costs while nothing happens: hidden in the tray, and with its clock in view."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.perf.measure import memory_mb, table, usage
from tests.perf.seed import seed
from tests.support.desk import Desk
from tests.support.sni_host import SniHost

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main(seconds: int = 60, entries: int = 50_000) -> None:
    """Prints wake-ups, CPU and memory, all programs side by side in the same stretch of time."""
    with tempfile.TemporaryDirectory() as folder, Desk() as desk:
        env = desk.env | {"PYTHONPATH": str(ROOT)}
        hidden = seed(Path(folder) / "hidden", entries, running=True)
        visible = seed(Path(folder) / "visible", entries, running=True)
        python, program = sys.executable, [sys.executable, "-m", "toggl_desktop"]
        with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]):
            started = [
                ("bare PySide6 tray (floor)", [python, str(HERE / "bare_tray.py")]),
                ("bare PySide6 clock (floor)", [python, str(HERE / "bare_clock.py")]),
                ("hidden, an entry runs", [*program, "--data-dir", str(hidden), "--background"]),
                ("window open, an entry runs", [*program, "--data-dir", str(visible)]),
            ]
            processes = [
                (name, subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.DEVNULL))
                for name, command in started
            ]
            time.sleep(15)  # past the check of the store and the day's backup
            before = {name: usage(p.pid) for name, p in processes}
            time.sleep(seconds)
            rows = []
            for name, process in processes:
                now = usage(process.pid)
                cpu = (now.cpu_seconds - before[name].cpu_seconds) * 60 / seconds
                wakeups = now.wakeups_since(before[name]) / seconds
                memory = memory_mb(process.pid)
                rows.append((name, f"{wakeups:.2f}", f"{cpu:.4f}", f"{memory:.0f}"))
                process.send_signal(signal.SIGTERM)
            for _, process in processes:
                process.wait(10)
    table(
        f"Idle over {seconds} s, {entries:,} entries",
        ("program", "wake-ups/s", "CPU s/min", "USS MB"),
        rows,
    )
    print(
        "Budget: hidden ≤ 0.2 wake-ups/s, visible ≤ 1.1, ≤ 0.02 s CPU a minute, USS ≤ 75 / 110 MB."
    )
    print("Peers: Charm 0.12 wake-ups/s and 0.001 s/min, gtimelog 1.0 and 0.013, Chromium 5.9.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
