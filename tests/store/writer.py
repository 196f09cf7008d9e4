"""A real process that writes: `python -m tests.store.writer WHAT DATA_DIR …`. Light: no pytest."""

import sys
import time
from dataclasses import replace
from pathlib import Path

from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

NOW = 1_790_000_000


def count(data: Path, who: str, times: str) -> None:
    """Edits two entries per step: one of its own, and one that all writers count up together."""
    with Store(Place(data)) as store:
        sys.stdin.readline()
        for i in range(int(times)):
            with store.transaction(f"{who} {i}", NOW + i) as tx:
                shared = tx.get(Entry, "shared")
                said = int(shared.description) + 1
                own = tables.get(tx.source, Entry, who) or Entry(who, NOW, NOW + 1)
                tx.save(replace(shared, description=str(said)), replace(own, description=str(i)))


def acknowledge(data: Path, who: str) -> None:
    """Commits one step after another, each said aloud after its commit, until it is killed."""
    with Store(Place(data)) as store:
        i = store.seen
        while True:
            i += 1
            with store.transaction(f"{who} {i}", NOW + i) as tx:
                own = tables.get(tx.source, Entry, f"e{i % 7}") or Entry(f"e{i % 7}", NOW, NOW + 1)
                tx.save(
                    replace(own, description=f"{who}-{i}"),
                    Entry(f"{who}-{i}", NOW + i, NOW + i + 1, f"new {i} " + "x" * (i % 300)),
                )
            sys.stdout.write(f"{tx.result.seq} {who}-{i}\n")
            sys.stdout.flush()
            time.sleep(0.0005)  # leaves the processor to the next one that starts


def hold(data: Path, seconds: str) -> None:
    """Holds the write lock."""
    with Store(Place(data)) as store, store.locked():
        sys.stdout.write("held\n")
        sys.stdout.flush()
        time.sleep(float(seconds))


def hold_sqlite(data: Path, seconds: str) -> None:
    """Another program that knows nothing of our lock has the file to itself."""
    import sqlite3

    connection = sqlite3.connect(data / "toggl.sqlite3", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    sys.stdout.write("held\n")
    sys.stdout.flush()
    time.sleep(float(seconds))


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
