"""How the benchmarks measure: CPU of other processes, memory, wake-ups, medians, tables."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What a process has used so far: CPU seconds, and by thread how often it was woken up."""

    cpu_seconds: float
    woken: dict[str, int]

    def wakeups_since(self, before: "Usage") -> int:
        """Counts the wake-ups since an earlier look; threads that ended meanwhile do not count."""
        return sum(n - before.woken.get(thread, 0) for thread, n in self.woken.items())


def usage(pid: int) -> Usage:
    """Reads a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = (int(fields[11]) + int(fields[12])) / _TICKS
    cpu, woken = 0.0, {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            cpu += int((task / "schedstat").read_text().split()[0]) / 1e9
            status = (task / "status").read_text()
        except (OSError, IndexError):
            continue
        for line in status.splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                woken[task.name] = int(line.split()[1])
    return Usage(max(cpu, ticks), woken)


def memory_mb(pid: int) -> float:
    """Memory that is this process's alone (USS), in MB."""
    kilobytes = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(("Private_Clean", "Private_Dirty")):
            kilobytes += int(line.split()[1])
    return kilobytes / 1024


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def timed(work: Callable[[], object], times: int = 5) -> list[float]:
    """Milliseconds of each of several runs."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table whose columns line up."""
    widths = [max(len(r[i]) for r in [head, *rows]) for i in range(len(head))]
    print(f"\n{title}")
    for row in [head, ["-" * w for w in widths], *rows]:
        print("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip())
