"""The far bars of a huge plan: read a few at a time once what is in sight is on the screen."""

from typing import Final

from toggl_desktop.domain.plan.days import WEEKEND, Weekend
from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.store.read import plan as reading
from toggl_desktop.store.source import Source

_PART: Final = 4000
"""So many rows are read in less than a tenth of a second, also on a slow machine."""


class Rest:
    """What is left to read of a plan of which a part is shown.

    Attributes:
        low: The first day of the part that is shown.
        high: Its last day.
    """

    def __init__(self, source: Source, low: int, high: int, weekend: Weekend = WEEKEND) -> None:
        self.low = low
        self.high = high
        self._source = source
        self._weekend = weekend
        self._next = 0
        self._end = reading.extent(source)

    @property
    def is_left(self) -> bool:
        """Whether anything is left to read."""
        return self._next <= self._end

    def step(self, bars: dict[str, Bar]) -> None:
        """Reads some more into `bars`; what is there already is known better, and stays."""
        upper = self._next + _PART
        for bar in reading.part(self._source, self._next, upper, self._weekend):
            bars.setdefault(bar[0], bar)
        self._next = upper
