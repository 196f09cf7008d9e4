"""Which tasks are in which column of a board, and which are in the taskbox."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from toggl_desktop.domain.plan.rows import Bar

BoxKind = Literal["team", "project", "board"]


class Box(NamedTuple):
    """Which tasks a taskbox holds.

    Attributes:
        kind: The view that it belongs to.
        members: Only tasks of these people; None for everybody's, and nobody's.
        project: Only tasks of this project; None for all.
    """

    kind: BoxKind
    members: frozenset[str] | None = None
    project: str | None = None


def boxed(bars: Iterable[Bar], box: Box) -> list[Bar]:
    """Returns what is in a taskbox.

    On a timeline that is what has no days; beside a board what has no status.
    """
    found = []
    for bar in bars:
        if box.kind == "board":
            is_in = bar.status is None and bar.project == box.project
        elif box.kind == "project":
            is_in = bar.start is None and box.project in (None, bar.project)
        else:
            is_mine = box.members is None or not box.members.isdisjoint(bar.members)
            is_in = bar.start is None and is_mine
        if is_in:
            found.append(bar)
    return sorted(found, key=_in_box)


def columns(bars: Iterable[Bar], project: str, statuses: Sequence[str]) -> dict[str, list[Bar]]:
    """Returns the tasks of each column of a project's board, in their order."""
    found: dict[str, list[Bar]] = {status: [] for status in statuses}
    for bar in bars:
        if bar.project == project and bar.status in found:
            found[bar.status].append(bar)
    for column in found.values():
        column.sort(key=_in_column)
    return found


def _in_box(bar: Bar) -> tuple[bool, float, str]:
    return bar.is_done, bar.weight, bar.lid


def _in_column(bar: Bar) -> tuple[float, float, str]:
    return bar.board_position, bar.weight, bar.lid
