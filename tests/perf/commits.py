"""From a command to committed: an edit with its journal, beside a bare two-row SQLite commit."""

import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from tests.perf.measure import median, percentile, table
from tests.perf.seed import seed
from toggl_desktop.actions import entries as actions
from toggl_desktop.actions import timer
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import EditEntries, StartTimer
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place


def _bare(folder: Path, times: int) -> list[float]:
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("CREATE TABLE b (id INTEGER PRIMARY KEY, text TEXT)")
    found = []
    for i in range(times):
        begin = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO a (text) VALUES (?)", (f"entry {i}" * 10,))
        connection.execute("INSERT INTO b (text) VALUES (?)", (f"journal {i}" * 30,))
        connection.execute("COMMIT")
        found.append((time.perf_counter() - begin) * 1000)
    connection.close()
    return found


def main(entries: int = 50_000, times: int = 500) -> None:
    """Prints the latencies of an edit and of a start, and their ratio to the floor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = seed(folder / "data", entries)
        floor = _bare(folder, times)
        edits, starts = [], []
        now = int(time.time()) + 60
        with Store(Place(data)) as store:
            for i in range(times):
                command = EditEntries((EntryId(f"01a00000-{i * 7:08x}"),), description=f"edit {i}")
                begin = time.perf_counter()
                actions.edit(store, command, Reading(now + i))
                edits.append((time.perf_counter() - begin) * 1000)
            for i in range(times):
                begin = time.perf_counter()
                timer.start(store, StartTimer(f"start {i}"), Reading(now + 1000 + i))
                starts.append((time.perf_counter() - begin) * 1000)
        rows = [
            (
                what,
                f"{median(values):.2f}",
                f"{percentile(values, 0.99):.2f}",
                f"{max(values):.2f}",
                f"{median(values) / median(floor):.1f}",
            )
            for what, values in (
                ("bare two-row commit (floor)", floor),
                ("edit an entry", edits),
                ("start (stops the running one)", starts),
            )
        ]
    title = f"Commit latency, {entries:,} entries, synchronous=FULL, cross-process lock"
    table(title, ("step", "p50 ms", "p99 ms", "worst", "ratio"), rows)
    print("Budget: p99 ≤ 8 ms.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
