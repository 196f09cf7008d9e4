"""A cold `toggl-desktop status --json` beside the bare interpreter and its floor."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.perf.measure import median, table
from tests.perf.seed import seed

ROOT = Path(__file__).parents[2]
HEAVY = ("PySide6", "asyncio", "httpx", "qasync", "keyring", "msgspec", "rapidfuzz")


def _cpu_ms(command: list[str], env: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def loaded(env: dict[str, str]) -> list[str]:
    """Returns which heavy packages a cold `status` imports: there should be none."""
    code = (
        "import sys; from toggl_desktop.__main__ import main\n"
        "try: main(['status', '--json'])\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    return list(eval(done.stderr.strip().splitlines()[-1]))


def main(entries: int = 50_000, times: int = 20) -> None:
    """Prints CPU times, median of many, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        data = seed(Path(folder) / "data", entries, running=True)
        env = dict(os.environ) | {
            "TOGGL_DESKTOP_DATA_DIR": str(data),
            "PYTHONPATH": str(ROOT),
        }
        commands = (
            ("python -c pass", [sys.executable, "-c", "pass"]),
            ("import sqlite3, json (floor)", [sys.executable, "-c", "import sqlite3, json"]),
            (
                "toggl-desktop status --json",
                [sys.executable, "-m", "toggl_desktop", "status", "--json"],
            ),
            (
                "toggl-desktop entries --json",
                [sys.executable, "-m", "toggl_desktop", "entries", "--json"],
            ),
        )
        found: dict[str, list[float]] = {name: [] for name, _ in commands}
        for _ in range(times):
            for name, command in commands:
                found[name].append(_cpu_ms(command, env))
        floor = median(found[commands[1][0]])
        rows = [
            (name, f"{median(v):.0f}", f"{min(v):.0f}–{max(v):.0f}", f"{median(v) / floor:.2f}")
            for name, v in found.items()
        ]
        heavy = loaded(env)
    table(f"Cold command, {entries:,} entries", ("command", "CPU ms", "spread", "ratio"), rows)
    print(f"Heavy packages imported by status: {heavy or 'none'}. Budget: ratio ≤ 3.")


if __name__ == "__main__":
    os.umask(0o077)
    main(*(int(a) for a in sys.argv[1:]))
