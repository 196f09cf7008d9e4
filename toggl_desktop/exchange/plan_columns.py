"""Which column is which in Toggl Plan's two tables, and in what spreadsheets make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE
from toggl_desktop.exchange.records import Unreadable

VIEW_COLUMNS: Final = (
    "Task name",
    "Task status",
    "Project name",
    "Segment",
    "Tags",
    "Assignee name",
    "Assignee email",
    "Start date",
    "End date",
    "Recurrence",
    "Estimated time (minutes)",
    "Start time",
    "End time",
)
"""The export of a Team or Project view, word for word."""

WORKSPACE_COLUMNS: Final = (
    "User ID",
    "User Name",
    "User Email",
    "Client ID",
    "Client Name",
    "Project ID",
    "Project Name",
    "Task ID",
    "Task Name",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "Estimated Time (minutes)",
    "Status",
    "Segment",
    "Tags",
    "Repeats",
    "Notes",
    "Attachment Links",
)
"""The export of a workspace, word for word."""

_WORDS: Final = {
    "name": "task name | task title | task",
    "status": "task status | status | state",
    "project": "project name | project | plan | plan name",
    "client": "client name | client",
    "segment": "segment | segment name | stage",
    "tags": "tags | tag | labels",
    "person": "assignee name | user name | assignee | assignees | user | member | member name",
    "email": "assignee email | user email | assignee emails | email | member email",
    "start": "start date | start | starts on",
    "end": "end date | end | ends on | due date",
    "start_time": "start time",
    "end_time": "end time",
    "repeat": "recurrence | repeats | repeat | recurring",
    "estimate": "estimated time minutes | estimated minutes | estimated time | estimate minutes",
    "notes": "notes | note",
    "links": "attachment links | attachments",
    "key": "task id",
}
_NOT_A_PLAN: Final = frozenset({"description", "duration", "billable", "time entry"})
"""Words of a time report, whose rows have tasks and dates too."""


def _plain(word: str) -> str:
    letters = (c if c.isalnum() else " " for c in word.casefold())
    return " ".join("".join(letters).split())


_FIELD_OF: Final = {
    word.strip(): field for field, words in _WORDS.items() for word in words.split("|")
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column is; `ours`: this program wrote the file, so its escapes count."""

    places: dict[str, int]
    width: int
    ours: bool

    def at(self, field: str) -> int:
        """The column's index; -1 when the file has no such column."""
        return self.places.get(field, -1)

    @property
    def format(self) -> str:
        """Which of the two tables it is."""
        return WORKSPACE if "key" in self.places else VIEW


def _places(header: Sequence[str]) -> dict[str, int]:
    """The columns by field: where two would do, the one with the likelier word wins."""
    rank: dict[str, int] = {}
    places: dict[str, int] = {}
    order = list(_FIELD_OF)
    for index, cell in enumerate(header):
        word = _plain(cell)
        field = _FIELD_OF.get(word)
        if field is not None and order.index(word) < rank.get(field, len(order)):
            places[field], rank[field] = index, order.index(word)
    return places


def looks_like_plan(cells: Sequence[str]) -> bool:
    """Whether this row is the header of a table of plan tasks."""
    words = {_plain(cell) for cell in cells[:200]}
    fields = _places(cells[:200]).keys()
    if words & _NOT_A_PLAN or not {"name", "start"} <= fields:
        return False
    return "task name" in words or bool(fields & {"segment", "estimate", "repeat"})


def recognise(header: Sequence[str], first_line: str) -> Columns:
    """The columns of a table of plan tasks.

    Raises:
        Unreadable: it has no tasks, or no dates.
    """
    places = _places(header)
    for field, word in (("name", "Task name"), ("start", "Start date")):
        if field not in places:
            raise Unreadable(
                f"This table has no column {word}. Export tasks from the menu of a view of "
                "Toggl Plan, or from its workspace settings."
            )
    plain = first_line.strip("\ufeff \r\n")
    ours = plain in {_quoted(VIEW_COLUMNS), _quoted(WORKSPACE_COLUMNS)}
    return Columns(places, len(header), ours)


def _quoted(columns: Sequence[str]) -> str:
    return ",".join(f'"{column}"' for column in columns)
