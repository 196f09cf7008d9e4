"""Which rows of a table are occurrences of one series: Toggl Plan's files do not say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from toggl_desktop.domain.plan import repeat
from toggl_desktop.domain.plan.repeat import Repeat
from toggl_desktop.exchange.plan_records import PlanRecord

_TRIED: Final = 20
"""Of how many series of one name a task may be; beyond that nothing shall become quadratic."""


@dataclass(slots=True)
class _Series:
    """A series as far as it is known: its first day, and the occurrences that were seen."""

    number: int
    rule: Repeat
    first: int
    taken: set[int] = field(default_factory=set)

    def takes(self, day: int, *, may_have_moved: bool) -> bool:
        """Whether a task that begins on a day can be an occurrence; then it is one."""
        before = self.first
        for slot in repeat.occurrences(
            self.rule, self.first, day + self.rule.longest, after=day - 2 * self.rule.longest
        ):
            if slot > day:
                near = before if day - before <= slot - day or slot in self.taken else slot
                return self._takes(near, day, may_have_moved=may_have_moved)
            before = slot
        return self._takes(before, day, may_have_moved=may_have_moved)

    def _takes(self, slot: int, day: int, *, may_have_moved: bool) -> bool:
        if slot in self.taken or (slot != day and not may_have_moved):
            return False
        self.taken.add(slot)
        return True


def grouped(records: Iterable[PlanRecord], *, may_have_moved: bool) -> tuple[PlanRecord, ...]:
    """The records, those that recur with the number of their series.

    Tasks of one name, project and rule belong together when they lie on the days of the rule; with
    `may_have_moved` also when they lie beside a day that no other one took.
    """
    everything = list(records)
    known: dict[tuple[str, str | None, str], list[_Series]] = {}
    numbers: dict[int, int] = {}
    count = 0
    recurring = [at for at, record in enumerate(everything) if record.repeat]
    for at in sorted(recurring, key=lambda at: (everything[at].start or 0, at)):
        record = everything[at]
        rule = repeat.find(record.repeat)
        if rule is None or record.start is None:
            continue
        among = known.setdefault((record.name, record.project, record.repeat), [])
        for series in among[-_TRIED:]:
            if series.takes(record.start, may_have_moved=may_have_moved):
                break
        else:
            count += 1
            series = _Series(count, rule, record.start, {record.start})
            among.append(series)
        numbers[at] = series.number
    return tuple(
        replace(record, group=numbers[at]) if at in numbers else record
        for at, record in enumerate(everything)
    )
