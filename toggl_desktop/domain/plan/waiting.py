"""What waits for what, found by days: a look at some weeks costs what lies there, no more."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from toggl_desktop.domain.plan.rows import Bar, DependencyRow

_DAYS: Final = 64
"""What is filed together; a task that waits for long is filed in each part it crosses."""


class Link(NamedTuple):
    """One scheduled task waits for another, somewhere from day `low` to `high`."""

    lid: str
    before: Bar
    after: Bar
    low: int
    high: int

    @property
    def is_violated(self) -> bool:
        """Whether what waits begins too early."""
        start, end = self.after.start, self.before.end
        return start is not None and end is not None and start <= end


class Links:
    """Dependencies whose tasks both have days."""

    def __init__(self, rows: Sequence[DependencyRow], bar_of: Callable[[str], object]) -> None:
        self._bar_of = bar_of
        self._parts: dict[int, dict[str, Link]] = {}
        self._filed: dict[str, Link] = {}
        self._of_task: dict[str, list[DependencyRow]] = {}
        for row in rows:
            self._of_task.setdefault(row.before, []).append(row)
            self._of_task.setdefault(row.after, []).append(row)
            self._file(row)

    def between(self, low: int, high: int) -> list[Link]:
        """Returns what has a day from `low` to `high`."""
        found: dict[str, Link] = {}
        for number in range(low // _DAYS, high // _DAYS + 1):
            found.update(self._parts.get(number, {}))
        return [link for link in found.values() if link.low <= high and link.high >= low]

    def refile(self, lids: Iterable[str]) -> None:
        """Hears that some tasks are others than before."""
        for lid in lids:
            for row in self._of_task.get(lid, ()):
                self._file(row)

    def _file(self, row: DependencyRow) -> None:
        known = self._filed.pop(row.lid, None)
        for number in () if known is None else _numbers(known):
            del self._parts[number][row.lid]
        before, after = self._bar_of(row.before), self._bar_of(row.after)
        if not (isinstance(before, Bar) and isinstance(after, Bar)):
            return
        days = (before.start, before.end, after.start, after.end)
        known_days = [day for day in days if day is not None]
        if len(known_days) < len(days):
            return
        link = Link(row.lid, before, after, min(known_days), max(known_days))
        self._filed[row.lid] = link
        for number in _numbers(link):
            self._parts.setdefault(number, {})[row.lid] = link


def _numbers(link: Link) -> range:
    return range(link.low // _DAYS, link.high // _DAYS + 1)
