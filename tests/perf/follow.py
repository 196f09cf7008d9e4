"""From a commit in one process to what others show: the tray's tooltip, a line of `--follow`."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.perf.measure import median, table
from tests.perf.seed import seed
from tests.support.desk import Desk
from tests.support.sni_host import SniHost
from toggl_desktop.actions import timer
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

ROOT = Path(__file__).parents[2]


def main(times: int = 10, entries: int = 50_000) -> None:
    """Prints how long the others take to show a start."""
    with tempfile.TemporaryDirectory() as folder, Desk() as desk:
        data = seed(Path(folder) / "data", entries)
        env = desk.env | {"TOGGL_DESKTOP_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
        program = [sys.executable, "-m", "toggl_desktop"]
        with SniHost(desk.env["DBUS_SESSION_BUS_ADDRESS"]) as host:
            window = subprocess.Popen([*program, "--background"], env=env, cwd=ROOT)
            follow = subprocess.Popen(
                [*program, "status", "--follow"], env=env, cwd=ROOT, stdout=subprocess.PIPE
            )
            item = host.wait_item()
            time.sleep(2)
            os.set_blocking(follow.stdout.fileno(), False)
            tray, lines = [], []
            with Store(Place(data)) as store:
                for i in range(times):
                    follow.stdout.read()
                    command = StartTimer(f"start {i} of the measurement", overlaps="keep")
                    timer.start(store, command, Reading(int(time.time())))
                    begin = time.perf_counter()
                    said = shown = 0.0
                    while not (said and shown) and time.perf_counter() - begin < 5:
                        if not said and f"start {i} ".encode() in (follow.stdout.read() or b""):
                            said = time.perf_counter() - begin
                        if not shown and f"start {i} " in item.tooltip():
                            shown = time.perf_counter() - begin
                    tray.append(shown * 1000)
                    lines.append(said * 1000)
                    time.sleep(1.1)
            for process in (window, follow):
                process.send_signal(signal.SIGTERM)
                process.wait(10)
    rows = [
        (name, f"{median(v):.0f}", f"{max(v):.0f}")
        for name, v in (("tray tooltip", tray), ("status --follow", lines))
    ]
    title = f"From another process's commit to …, {entries:,} entries, {times} starts"
    table(title, ("where", "median ms", "longest"), rows)
    print("Budget: 200 ms.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
