"""Lets Timewarrior, Hamster and gtimelog write files; compares what they report with what we read.

    python -m tests.exchange.peers            compares, with whatever peer is installed
    python -m tests.exchange.peers --write    also replaces the files kept in tests/exchange/files

Debian and Ubuntu: apt install timewarrior gtimelog hamster-time-tracker dbus xvfb xauth
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Found

FILES = Path(__file__).parent / "files"
FIGURES = FILES / "peers.json"
ZONE = ZoneInfo("Europe/Berlin")
SYSTEM_PYTHON = "/usr/bin/python3"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Work:
    """One thing somebody did, on the clock of Berlin."""

    start: datetime
    stop: datetime | None
    project: str
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """What a peer itself says about the file it wrote."""

    entries: int
    seconds: int
    running: int
    said_by: str


def _at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def work() -> list[Work]:
    """Ten ordinary days, both nights the clock changes, a midnight, and one that is still open."""
    texts = [
        "Wireframes",
        "Stand-up",
        "Übersicht – “Entwurf”",
        "設計レビュー",
        "Fix: crash 🎉",
        "Mail",
    ]
    tags = [(), ("deep",), ("ux", "café"), ("deep", "東京")]
    days = []
    for number in range(10):
        day = datetime(2026, 3, 2) + timedelta(days=number + 2 * (number // 5))
        for part, (hour, minute, length) in enumerate([(9, 3, 87), (10, 41, 24), (13, 7, 195)]):
            begin = day.replace(hour=hour, minute=minute + number)
            index = number * 3 + part
            days.append(
                Work(
                    begin,
                    begin + (length + number) * _MINUTE,
                    ["Acme", "Ops", "Garten"][index % 3],
                    texts[index % len(texts)],
                    tags[index % len(tags)],
                )
            )
    special = [
        ("2026-03-28 23:20", "2026-03-29 00:40", "Across midnight"),
        ("2026-03-29 01:10", "2026-03-29 03:50", "The short night"),
        ("2026-10-25 00:15", "2026-10-25 01:15", "Before the long hour"),
        ("2026-10-25 01:30", "2026-10-25 04:10", "The long night"),
    ]
    days.extend(Work(_at(a), _at(b), "Ops", text, ("night",)) for a, b, text in special)
    days.append(Work(_at("2026-11-02 09:00"), None, "Acme", "Still open", ("deep",)))
    return days


def a_few() -> list[Work]:
    """The telling part of `work`, for peers that take a second an entry."""
    return work()[:4] + work()[-5:]


def run(command: list[str], env: dict[str, str], timeout: float = 240) -> str:
    """The program's output; fails with what it complained about."""
    done = subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **env},
        capture_output=True,
        text=True,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{command[:3]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def timewarrior(folder: Path, items: list[Work]) -> tuple[dict[str, bytes], Figures]:
    """`timew track`, `timew start`, then `timew export` and `timew summary`."""
    database = folder / "timewarrior"
    database.mkdir()
    env = {"TIMEWARRIORDB": str(database), "TZ": ZONE.key, "HOME": str(folder)}
    (database / "timewarrior.cfg").write_text("confirmation = off\n")
    (database / "data").mkdir()
    for item in items:
        names = [f"project:{item.project}", *item.tags]
        begin = item.start.isoformat()
        if item.stop is None:
            run(["timew", "start", begin, *names], env)
        else:
            run(["timew", "track", begin, "-", item.stop.isoformat(), *names], env)
        run(["timew", "annotate", "@1", item.text], env)
    summary = run(["timew", "summary", "2026-01-01", "-", "2026-11-01"], env)
    total = summary.strip().splitlines()[-1].strip()
    exported = run(["timew", "export"], env)
    lines = sum(line.startswith("{") for line in exported.splitlines())
    open_ones = sum('"end"' not in line for line in exported.splitlines() if line[:1] == "{")
    figures = Figures(
        lines,
        _seconds(total),
        open_ones,
        f"timew {run(['timew', '--version'], env).strip()} summary",
    )
    return {"timewarrior.json": exported.encode()}, figures


_GTIMELOG = """
import datetime, io, json, sys
import gtimelog
from gtimelog.timelog import TimeLog, Reports
path, items = sys.argv[1], json.loads(sys.argv[2])
two = datetime.time(2, 0)
log = TimeLog(path, two)
for stamp, text in items:
    log.append(text, datetime.datetime.strptime(stamp, "%Y-%m-%d %H:%M"))
log.reread()
window = log.window_for_date_range(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
work, slack = window.totals()
entries = sum(1 for e in window.all_entries() if e.duration and "***" not in e.entry)
lines = []
for month in range(1, 13):
    out = io.StringIO()
    month_window = log.window_for_month(datetime.date(2026, month, 1))
    Reports(month_window, email_headers=False).monthly_report(out, "a@example.com", "A")
    lines += [line for line in out.getvalue().splitlines() if line.startswith("Total work done")]
totals = [work.total_seconds(), slack.total_seconds()]
print(json.dumps([entries, *totals, gtimelog.__version__, lines]))
"""


def gtimelog(folder: Path, items: list[Work]) -> tuple[dict[str, bytes], Figures]:
    """`TimeLog.append` for every event, then the totals and the monthly reports."""
    path = folder / "timelog.txt"
    events: list[tuple[str, str]] = []
    stop: datetime | None = None
    for number, item in enumerate(items):
        if item.stop is None:
            continue
        if stop != item.start:
            idle = (
                stop is not None
                and (stop - timedelta(hours=2)).date() == (item.start - timedelta(hours=2)).date()
            )
            gap = ["lunch **", "on the way ***"][number % 2] if idle else "arrived"
            events.append((f"{item.start:%Y-%m-%d %H:%M}", gap))
        text = [item.text, f"{item.project}: {item.text}", f"{item.project}: Build: {item.text}"]
        tags = f" -- {' '.join(item.tags)}" if item.tags else ""
        events.append((f"{item.stop:%Y-%m-%d %H:%M}", text[number % 3] + tags))
        stop = item.stop
    out = run(
        [SYSTEM_PYTHON, "-c", _GTIMELOG, str(path), json.dumps(events)],
        {"TZ": ZONE.key, "HOME": str(folder)},
    )
    entries, worked, slacked, version, lines = json.loads(out)
    reported = sum(_in_words(line) for line in lines)
    if reported != worked:
        raise RuntimeError(f"gtimelog's reports say {reported} s, its totals {worked} s")
    figures = Figures(
        entries, int(worked + slacked), 0, f"gtimelog {version} monthly reports and totals"
    )
    return {"timelog.txt": path.read_bytes()}, figures


def _in_words(line: str) -> int:
    """Seconds of `Total work done this month: 12 hours 5 min`."""
    hours, minutes = re.search(r"(\d+) hour", line), re.search(r"(\d+) min", line)
    return int(hours[1] if hours else 0) * 3600 + int(minutes[1] if minutes else 0) * 60


def hamster(folder: Path, items: list[Work]) -> tuple[dict[str, bytes], Figures]:
    """`hamster add`, then `hamster export tsv`, `hamster list`, and the database it keeps."""
    script = ["set -e"]
    for item in items:
        tags = " ".join(f"#{tag}" for tag in item.tags)
        note = f",, about {item.project}" if len(item.tags) == 2 else ""
        category = f"@{item.project}" if item.project != "Garten" else ""
        stop = "" if item.stop is None else f" - {item.stop:%Y-%m-%d %H:%M}"
        activity = item.text.replace(":", "")
        fact = f"{activity}{category}{note},, {tags} {item.start:%Y-%m-%d %H:%M}{stop}"
        script.append(f"hamster add '{fact}'")
    script.append(f"hamster export tsv 2026-01-01 2026-12-31 > '{folder}/hamster.tsv'")
    script.append(f"hamster list 2026-01-01 2026-11-01 > '{folder}/list.txt'")
    script.append("hamster version || true")
    out = run(
        ["xvfb-run", "-a", "dbus-run-session", "--", "bash", "-c", "\n".join(script)],
        {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "TZ": ZONE.key,
            "GSETTINGS_BACKEND": "memory",
            "NO_AT_BRIDGE": "1",
        },
    )
    listed = (folder / "list.txt").read_text().splitlines()
    rows = [line for line in listed if re.match(r"\d{4}-\d\d-\d\d ", line)]
    total = next(line for line in listed if line.startswith("Total:"))
    hours, minutes = re.search(r"(\d+)h", total), re.search(r"(\d+)min", total)
    seconds = int(hours[1] if hours else 0) * 3600 + int(minutes[1] if minutes else 0) * 60
    open_ones = sum(item.stop is None for item in items)
    version = re.search(r"\d+\.\d+[.\d]*", out)
    figures = Figures(
        len(rows) + open_ones, seconds, open_ones, f"hamster {version[0] if version else ''} list"
    )
    database = (folder / "data" / "hamster" / "hamster.db").read_bytes()
    return {
        "hamster.tsv": (folder / "hamster.tsv").read_bytes(),
        "hamster.db": database,
    }, figures


Peer = Callable[[Path, list[Work]], tuple[dict[str, bytes], Figures]]
PEERS: dict[str, Peer] = {"timewarrior": timewarrior, "gtimelog": gtimelog, "hamster": hamster}
NEEDS = {
    "timewarrior": ["timew"],
    "gtimelog": ["gtimelog", SYSTEM_PYTHON],
    "hamster": ["hamster", "xvfb-run", "dbus-run-session"],
}


def missing(peer: str) -> str | None:
    """Why this peer cannot be asked here, or None."""
    absent = [name for name in NEEDS[peer] if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else None


def figures_of(found: Found) -> tuple[int, int, int]:
    """Entries, seconds of the finished ones, and running ones."""
    seconds = sum(r.stop - r.start for r in found.records if r.stop is not None)
    return len(found.records), seconds, sum(r.stop is None for r in found.records)


def ours(data: bytes, name: str) -> tuple[int, int, int]:
    """What we make of a peer's file.

    Hamster and gtimelog subtract wall-clock times, so on the night of a clock change their own
    durations are an hour off; read in UTC, where no clock changes, theirs and ours must agree.
    """
    found = read(data, name, ZONE if name == "timewarrior.json" else UTC)
    if found.bad:
        raise RuntimeError(f"{name}: {found.bad[0]}")
    return figures_of(found)


def main(arguments: list[str]) -> int:
    """Prints a line a file; 1 when any figure differs."""
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    wrong = 0
    for peer, ask in PEERS.items():
        reason = missing(peer)
        if reason:
            print(f"{peer:12} skipped, {reason}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            files, figures = ask(Path(folder), work())
        for name, data in files.items():
            theirs = (figures.entries, figures.seconds, figures.running)
            same = ours(data, name) == theirs
            wrong += not same
            print(f"{peer:12} {name:18} they {theirs} we {ours(data, name)} [{figures.said_by}]")
            if "--write" in arguments:
                (FILES / name).write_bytes(data)
                known[name] = {
                    "entries": figures.entries,
                    "seconds": figures.seconds,
                    "running": figures.running,
                    "said_by": figures.said_by,
                }
    if "--write" in arguments:
        FIGURES.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
