"""A terminal in the test's own process: the command line with a clock that stands still."""

import io
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from toggl_desktop.cli.context import Machine
from toggl_desktop.cli.main import run
from toggl_desktop.cli.output import Output
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.instants import Instant

NOON = "2026-11-23T12:00:00+01:00"
"""A Monday."""


@dataclass(frozen=True)
class Said:
    """What a command printed and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def ok(self) -> "Said":
        return self.failed(0)

    def failed(self, code: int) -> "Said":
        assert self.code == code, f"{self.code}: {self.out}{self.err}"
        if code:
            assert self.err.endswith("\n"), "a refusal is one line"
            assert self.err.count("\n") == 1, "a refusal is one line"
        else:
            assert self.err == ""
        return self


@dataclass
class Terminal:
    """One person's terminal; `at` moves its clock."""

    folder: Path
    zone: str = "Europe/Berlin"
    time: str = NOON
    env: dict[str, str] = field(default_factory=dict)
    poked: list[Path] = field(default_factory=list)
    is_open: bool = False
    drawn: list[Any] = field(default_factory=list)
    booted: int | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def now(self) -> int:
        moment = datetime.fromisoformat(self.time)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(self.zone))
        return int(moment.timestamp())

    def at(self, time: str) -> "Terminal":
        """Sets the clock: a time of the day it is, or a whole moment."""
        self.time = time if "T" in time else f"{self.time[:11]}{time}{self.time[16:]}"
        return self

    def machine(self) -> Machine:
        environment = {"TOGGL_DESKTOP_DATA_DIR": str(self.data), "LANG": "de_DE.UTF-8"}
        return Machine(
            environment=environment | self.env,
            now=self.reading,
            zone=lambda: ZoneInfo(self.zone),
            window_open=lambda _directory: self.is_open,
            poke=self.poked.append,
            draw=self.draw,
        )

    def reading(self) -> Reading:
        if self.booted is None:
            return Reading(Instant(self.now))
        return Reading(Instant(self.now), float(self.now - self.booted), "boot")

    def draw(self, plan: Any, picture: Any) -> bytes:
        """Stands for Qt: keeps what was asked for."""
        self.drawn.append((plan, picture))
        return b"a picture"

    def __call__(self, *arguments: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        code = run(arguments, self.machine(), Output(out, err))
        return Said(code, out.getvalue(), err.getvalue())
