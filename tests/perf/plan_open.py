"""Opening a plan from disk, beside the floor: all its rows fetched as they lie, and thrown away."""

import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from tests.perf.measure import median, table
from tests.perf.plan_seed import TODAY, seed_plan
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import plan
from toggl_desktop.store.reading import reading

SIZES = (1_000, 10_000, 100_000)


def _floor(where: Place) -> None:
    with reading(where) as source:
        source.rows("SELECT * FROM plan_task NOT INDEXED WHERE deleted = 0")


def _opened(where: Place) -> None:
    with reading(where) as source:
        plan.plan(source)


def _one_year(where: Place) -> None:
    with reading(where) as source:
        plan.plan(source, TODAY - 183, TODAY + 183)


def _today(where: Place) -> None:
    with reading(where) as source:
        plan.on_day(source, TODAY)


def _again(where: Place) -> None:
    with reading(where) as source:
        plan.bars(source, [f"01b00000-0000-7000-8000-{i:012x}" for i in range(1, 21)])


def _cpu_ms(work: Callable[[Place], None], where: Place, times: int = 5) -> float:
    found = []
    for _ in range(times):
        begin = time.process_time()
        work(where)
        found.append((time.process_time() - begin) * 1000)
    return median(found)


def main(*sizes: int) -> None:
    """Prints the CPU milliseconds of each way to read a plan, median of five."""
    rows = []
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            where = Place(seed_plan(Path(folder) / "data", size))
            made = time.perf_counter() - begin
            works = (_floor, _opened, _one_year, _today, _again)
            floor, whole, year, day, twenty = (_cpu_ms(work, where) for work in works)
            tracemalloc.start()
            with reading(where) as source:
                kept = plan.plan(source)
                memory = tracemalloc.get_traced_memory()[0] / 1e6
            tracemalloc.stop()
            assert len(kept.bars) == size
            rows.append(
                (
                    *(f"{size:,}", f"{floor:.0f}", f"{whole:.0f}", f"{whole / floor:.2f}"),
                    *(f"{year:.0f}", f"{day:.1f}", f"{twenty:.1f}", f"{memory:.0f}", f"{made:.1f}"),
                )
            )
    head = ("tasks", "all rows (floor) ms", "whole plan ms", "ratio", "a year ms", "a day ms")
    table("A plan from disk", (*head, "20 bars again ms", "MB", "seeded in s"), rows)
    print("Budget: 100,000 tasks in 500 ms.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
