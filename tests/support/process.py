"""The real program as a process, with a data directory of its own.

program = Program(tmp_path)
program.cli("start", "Writing").ok()
with program.window("--background", env=desk.env):
    assert program.cli("status", "--json").ok().json["window_open"]
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.support.desk import eventually, homely_environment

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"
"""Nothing listens here: a program under test that asks a server finds none."""


@dataclass(frozen=True)
class Result:
    """What a command left behind."""

    arguments: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def ok(self) -> "Result":
        """Returns itself; fails when the command did."""
        return self.failed(0)

    def failed(self, code: int) -> "Result":
        """Returns itself; fails when the exit code is another one."""
        assert self.code == code, f"{self.arguments} → {self.code}\n{self.out}\n{self.err}"
        assert "Traceback" not in self.err, self.err
        return self


def needs_signal(number: signal.Signals) -> None:
    """Skips a test where whoever runs it has a signal ignored: every program inherits that."""
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip(f"{number.name} is ignored here, as by nohup or in a script's background")


class Program:
    """One profile of the program: each command and window started here shares its data.

    Args:
        folder: An empty folder; home and data go into it.
        env: Variables that replace those of the isolated home, such as a desk's.
    """

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        self.home = folder / "home"
        self.data = folder / "data"
        self.home.mkdir(exist_ok=True)
        self.env = {
            **homely_environment(self.home),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "TOGGL_DESKTOP_DATA_DIR": str(self.data),
            "TOGGL_TRACK_URL": f"{NOWHERE}/api/v9",
            "TOGGL_PLAN_URL": f"{NOWHERE}/api/v5",
            **(env or {}),
        }

    def cli(
        self,
        *arguments: str,
        text: str | None = None,
        env: Mapping[str, str] | None = None,
        seconds: float = 30.0,
    ) -> Result:
        """Runs a command to its end."""
        done = subprocess.run(
            self._command(arguments),
            input=text,
            env=self.env | dict(env or {}),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Result(arguments, done.returncode, done.stdout, done.stderr)

    def window(self, *arguments: str, env: Mapping[str, str] | None = None) -> "Running":
        """Starts the desktop program, or a command that does not end by itself."""
        return Running(self._command(arguments), self.env | dict(env or {}), self.home)

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "toggl_desktop", *arguments]


class Running:
    """A process under test; it is killed at the end of the `with` if it still runs."""

    def __init__(self, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        number = len(list(folder.glob("process-*.out")))
        self._out = folder / f"process-{number}.out"
        self._err = folder / f"process-{number}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                command, env=dict(env), stdin=subprocess.PIPE, stdout=out, stderr=err
            )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        self.process.stdin.close()

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    @property
    def out(self) -> str:
        """What it printed so far."""
        return self._out.read_text(errors="replace")

    @property
    def err(self) -> str:
        """What it complained about so far."""
        return self._err.read_text(errors="replace")

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    def say(self, line: str) -> None:
        """Writes a line to its standard input."""
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def wait_until(self, condition: Callable[[], T], what: str, seconds: float = 15.0) -> T:
        """Returns the condition's first true value; fails at once when the process ends first."""

        def or_ended() -> T | None:
            value = condition()
            if not value and not self.is_running:
                raise AssertionError(
                    f"ended with {self.process.returncode} before: {what}\n{self.out}\n{self.err}"
                )
            return value

        return eventually(or_ended, seconds, what)

    def wait_line(self, text: str, seconds: float = 15.0) -> str:
        """Returns the first printed line that has the text in it."""
        return self.wait_until(
            lambda: next((line for line in self.out.splitlines() if text in line), None),
            f"prints {text!r}",
            seconds,
        )

    def end(self, with_signal: int = signal.SIGTERM, seconds: float = 10.0) -> int:
        """Sends the signal and returns the exit code; fails when it does not end in time."""
        os.kill(self.pid, with_signal)
        return self.wait(seconds)

    def wait(self, seconds: float = 10.0) -> int:
        """Returns the exit code; fails when the process does not end in time."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(
                f"still runs after {seconds:g} s\n{self.out}\n{self.err}"
            ) from None
