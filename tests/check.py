"""Runs every check of this repository, the fast ones first; `python3 run.py test` calls it.

    python -m tests.check             everything
    python -m tests.check --fast      without the virtual desk and the real program
    python -m tests.check ARGUMENT…   pytest alone, with these arguments

Every stage runs, whatever failed before it: one run tells everything. A stage that outlasts its
limit is ended and counts as failed, and so does one that finds nothing to test. The last line is
always "N passed, N failed"; a failed stage that is not pytest counts as one failure.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "-rfEs")
QUICK = "not desk and not e2e and not perf"
SLOW = "(desk or e2e) and not perf"


@dataclass(frozen=True, slots=True)
class Stage:
    """One command that must end with 0 within its limit."""

    name: str
    command: tuple[str, ...]
    limit_seconds: int = 180
    is_pytest: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """How a stage ended."""

    stage: Stage
    ok: bool
    passed: int = 0
    failed: int = 0


STAGES = (
    Stage("ruff format", (sys.executable, "-m", "ruff", "format", "--check", ".")),
    Stage("ruff check", (sys.executable, "-m", "ruff", "check", ".")),
    Stage("lint-imports", (str(SCRIPTS / "lint-imports"), "--no-cache")),
    Stage("mypy", (sys.executable, "-m", "mypy")),
    Stage(
        "pytest, plain and ui", (*PYTEST, "-n", "2", "--dist", "loadfile", "-m", QUICK), 900, True
    ),
)
SLOW_STAGES = (Stage("pytest, desk and e2e", (*PYTEST, "-m", SLOW), 900, True),)


def main(arguments: list[str]) -> int:
    """Runs what the arguments ask for and returns the exit code."""
    if arguments and arguments != ["--fast"]:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
    results = [run(stage) for stage in (STAGES if arguments else STAGES + SLOW_STAGES)]
    if broken := [result.stage.name for result in results if not result.ok]:
        print(f"\nFailed: {'; '.join(broken)}")
    passed, failed = (sum(getattr(r, name) for r in results) for name in ("passed", "failed"))
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if broken else 0


def run(stage: Stage) -> Result:
    """Runs one stage, shows what pytest says while it says it, and the others' words on failure."""
    started = time.monotonic()
    # A short name: the path of a socket has 107 characters, and tests put sockets below it.
    with tempfile.TemporaryDirectory(prefix="tc") as place:
        log = Path(place, "log")
        more = ("--basetemp", str(Path(place, "t"))) if stage.is_pytest else ()
        code = watch((*stage.command, *more), stage.limit_seconds, log, live=stage.is_pytest)
        text = log.read_text(encoding="utf-8", errors="replace")
    if code and not stage.is_pytest:
        print(text)
    counts = count(text) if stage.is_pytest else {}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    words = "ok" if code == 0 else f"failed ({code})" if code else f"over {stage.limit_seconds} s"
    words += f", {counts['skipped']} skipped" if counts.get("skipped") else ""
    print(f"{stage.name:<22} {time.monotonic() - started:6.1f} s  {words}", flush=True)
    return Result(stage, code == 0, counts.get("passed", 0), max(failed, int(code != 0)))


def watch(command: tuple[str, ...], seconds: float, log: Path, *, live: bool) -> int | None:
    """Returns the exit code, or None when the limit was reached; nothing is left running."""
    with log.open("wb") as sink, log.open("rb") as tail:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=os.name == "posix",
        )
        try:
            for _ in ticks(process, seconds):
                show(tail.read() if live else b"")
            code = process.poll()
            if code is None and os.name == "posix":
                process.send_signal(signal.SIGABRT)  # faulthandler tells where every thread is
                time.sleep(2)
        finally:
            end(process)
            show(tail.read() if live else b"")
        return code


def ticks(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    """Yields ten times a second until the process has ended or its time is over."""
    limit = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < limit:
        time.sleep(0.1)
        yield


def show(piece: bytes) -> None:
    """Passes a piece of a log on."""
    sys.stdout.write(piece.decode("utf-8", "replace"))
    sys.stdout.flush()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and whatever it has left behind in its session."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def count(text: str) -> dict[str, int]:
    """The figures of pytest's closing line; none when there is no such line."""
    closing = [line for line in text.splitlines() if re.search(r" in \d+\.\d+s\b", line)][-1:]
    found = re.findall(r"(\d+) (passed|failed|error|skipped)", " ".join(closing))
    return {word: int(number) for number, word in found}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
