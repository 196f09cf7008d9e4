"""Thousands of plan tasks in one step: moved, changed, deleted, taken back and done again.

The floor is SQLite alone: the same rows and the same lines of the journal, ready-made, written by
`executemany` into tables of the same shape and committed once.
"""

import gc
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.perf.measure import median, table
from tests.perf.plan_seed import seed_plan
from toggl_desktop.actions.perform import Outcome, Redo, Undo, perform
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import (
    CopyPlanTasks,
    DeletePlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

_TABLES = ("plan_task", "step", "change")


def _floor(database: Path, seq: int, tasks: int) -> float:
    """Returns the CPU microseconds a task that SQLite takes to write what the last step wrote."""
    source = sqlite3.connect(database)
    shapes = [
        sql
        for (sql,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN (?,?,?) AND sql IS NOT NULL", _TABLES
        )
    ]
    lids = "SELECT lid FROM change WHERE seq = ? AND kind = 'plan_task'"
    rows = source.execute(f"SELECT * FROM plan_task WHERE lid IN ({lids})", (seq,)).fetchall()
    everything = source.execute("SELECT * FROM plan_task").fetchall()
    lines = source.execute("SELECT * FROM change WHERE seq = ? ORDER BY place", (seq,)).fetchall()
    names = [row[1] for row in source.execute("PRAGMA table_info(plan_task)")]
    source.close()
    marks = ",".join("?" * len(names))
    sets = ",".join(f'"{name}"=excluded."{name}"' for name in names if name != "lid")
    with tempfile.TemporaryDirectory() as folder:
        bare = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        for sql in shapes:
            bare.execute(sql)
        bare.executemany(f"INSERT INTO plan_task VALUES ({marks})", everything)
        begin = time.process_time()
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            f"INSERT INTO plan_task VALUES ({marks}) ON CONFLICT (lid) DO UPDATE SET {sets}", rows
        )
        bare.executemany(f"INSERT INTO change VALUES ({','.join('?' * len(lines[0]))})", lines)
        bare.execute("COMMIT")
        took = time.process_time() - begin
        bare.close()
    return took * 1e6 / tasks


def _measured(store: Store, run: Callable[[], Outcome], tasks: int) -> float:
    gc.collect()
    begin = time.process_time()
    outcome = run()
    took = time.process_time() - begin
    assert outcome.changes, outcome.error
    return took * 1e6 / tasks


def measure(folder: Path, tasks: int) -> dict[str, tuple[float, float]]:
    """Returns, by what was done, the CPU microseconds a task that it took, and the floor's."""
    found: dict[str, tuple[float, float]] = {}
    now = int(time.time()) + 60
    with Store(Place(folder)) as store:
        rows = store.source.rows(
            "SELECT lid FROM plan_task WHERE start IS NOT NULL ORDER BY lid LIMIT ?",
            (tasks,),
        )
        lids = tuple(PlanTaskId(lid) for (lid,) in rows)
        for what, command in (
            ("move by a day", MovePlanTasks(lids, days=1)),
            ("give a colour", EditPlanTasks(lids, color="#123456")),
            ("copy", CopyPlanTasks(lids, days=7)),
            ("delete", DeletePlanTasks(lids)),
        ):
            for name, one in ((what, command), ("  undo", Undo()), ("  redo", Redo())):
                if name == "  redo" and what == "delete":
                    continue
                key = name if name == what else f"{name} it: {what}"
                took = _measured(
                    store, lambda one=one: perform(store, one, Reading(now)), len(lids)
                )
                found[key] = took, _floor(store.place.database, store.seen, len(lids))
    return found


def main(*sizes: int) -> None:
    """Prints the cost of each step a task, beside the floor of the same run."""
    for tasks in sizes or (1000, 5000):
        with tempfile.TemporaryDirectory() as name:
            seeded = seed_plan(Path(name) / "seed", tasks + tasks // 10)
            runs = []
            for number in range(3):
                shutil.copytree(seeded, Path(name) / str(number))
                runs.append(measure(Path(name) / str(number), tasks))
        rows = []
        for what in runs[0]:
            took = median([run[what][0] for run in runs])
            floor = median([run[what][1] for run in runs])
            rows.append((what, f"{took:.0f}", f"{floor:.0f}", f"{took / floor:.1f}"))
        head = ("step", "CPU µs a task", "SQLite alone", "ratio")
        table(f"{tasks:,} plan tasks in one step", head, rows)


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
