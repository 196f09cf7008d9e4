"""What every file format is turned into, and what is handed to the writers. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from toggl_desktop.exchange.plan_records import PlanRecord

SIZE_LIMIT: Final = 50 * 1024 * 1024
"""Files beyond this many bytes are refused unread."""

LINE_LIMIT: Final = 500_000
"""Lines, or objects in JSON: fifty entries a day for twenty-seven years."""

PART_LIMIT: Final = 8_000_000
"""Cells or values altogether; beyond it a small file would need gigabytes of memory."""

BAD_LIMIT: Final = 10_000
"""A file with more unreadable lines than this is refused: it is some other kind of file."""

EARLIEST: Final = 0
LATEST: Final = 7_258_118_400
"""1970-01-01 and 2200-01-01. What the product accepts is narrower and is the actions' business;
this range only keeps calendar arithmetic from overflowing."""

Row: TypeAlias = Mapping[str, object]


class Unreadable(Exception):  # noqa: N818 - a refusal with a sentence, not a defect
    """The whole file is refused; `sentence` says why, and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class AmbiguousDates(Unreadable):
    """Nothing in the file tells day/month from month/day; read it again with `date_order`."""

    def __init__(self, example: str) -> None:
        super().__init__(
            f"The dates can be read as day/month or as month/day, for example “{example}”, and "
            "nothing in the file says which. Say it with the date order: dmy or mdy."
        )
        self.example = example


@dataclass(frozen=True, slots=True)
class Record:
    """One time entry as a file tells it; `start` and `stop` are UTC epoch seconds.

    A running entry has no `stop`. `duration` is what the file itself states, if it does; it is
    never needed to compute anything. `user` is set where a file may hold several people's entries,
    `plan_task` where it holds a plan: the number of the plan task it was tracked for.
    """

    line: int | None
    description: str
    start: int
    stop: int | None
    project: str | None = None
    client: str | None = None
    task: str | None = None
    tags: tuple[str, ...] = ()
    billable: bool = False
    workspace: str | None = None
    color: str | None = None
    track_id: int | None = None
    duration: int | None = None
    user: str | None = None
    project_track_id: int | None = None
    plan_task: int | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """One line (or item) that was not understood, with the reason and its text, cut short."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A project, with or without entries."""

    name: str
    client: str | None = None
    color: str | None = None
    archived: bool = False
    billable: bool = False
    track_id: int | None = None
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """A client, with or without projects."""

    name: str
    archived: bool = False
    track_id: int | None = None
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class TagRecord:
    """A tag, with or without entries."""

    name: str
    track_id: int | None = None
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """A task of a project, with or without entries."""

    name: str
    project: str | None = None
    client: str | None = None
    archived: bool = False
    track_id: int | None = None
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceRecord:
    """A workspace."""

    name: str
    track_id: int | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What travels beside the entries in our own JSON: plain rows, kept exactly as handed in.

    `person` and `email` fill the columns User and Email of the CSV; `plan` has the plan's lists by
    name (`plan_json`).
    """

    projects: tuple[Row, ...] = ()
    clients: tuple[Row, ...] = ()
    tags: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()
    favourites: tuple[Row, ...] = ()
    workspaces: tuple[Row, ...] = ()
    plan: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    person: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Everything a file held: what was understood, and what was not, by line.

    `skipped` counts rows that are no entries on purpose (deleted ones, gtimelog's `***`), `notes`
    are sentences for the person, `bundle` is set for our own JSON only, `plan` holds plan tasks.
    """

    format: str
    records: tuple[Record, ...] = ()
    bad: tuple[BadLine, ...] = ()
    projects: tuple[ProjectRecord, ...] = ()
    clients: tuple[ClientRecord, ...] = ()
    tags: tuple[TagRecord, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    workspaces: tuple[WorkspaceRecord, ...] = ()
    skipped: int = 0
    notes: tuple[str, ...] = ()
    bundle: Bundle | None = None
    plan: tuple[PlanRecord, ...] = ()


def clip(text: str, length: int = 200) -> str:
    """At most `length` characters of a hostile line, on one printable line."""
    short = text[:length].replace("\x00", "␀")
    return "".join(c if c.isprintable() else " " for c in short).strip()


def tidy(text: str) -> str:
    """The text without NUL, which neither SQLite nor Qt carries safely."""
    return text.replace("\x00", "") if "\x00" in text else text


def wrong_span(start: int, stop: int | None) -> str | None:
    """Why these two instants are no entry, or None."""
    if not EARLIEST <= start < LATEST or (stop is not None and not EARLIEST <= stop < LATEST):
        return "the year is not between 1970 and 2199"
    if stop is not None and stop < start:
        return "it stops before it starts"
    return None


class BadLines:
    """Collects bad lines; refuses the file when there are absurdly many."""

    def __init__(self) -> None:
        self._lines: list[BadLine] = []

    def add(self, line: int, reason: str, text: str = "") -> None:
        """Keeps one bad line.

        Raises:
            Unreadable: there are more than `BAD_LIMIT`.
        """
        if len(self._lines) >= BAD_LIMIT:
            raise Unreadable(
                f"More than {BAD_LIMIT} lines cannot be read. Is this the right file? The first: "
                f"line {self._lines[0].line}, {self._lines[0].reason}."
            )
        self._lines.append(BadLine(line, reason, clip(text)))

    def sorted(self) -> tuple[BadLine, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._lines, key=_line_of))


def _line_of(bad: BadLine) -> int:
    return bad.line
