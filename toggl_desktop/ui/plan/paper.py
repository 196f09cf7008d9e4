"""The scale of days on paper, where the chart begins at its first day.

On the screen it is endless and its pixels are counted from the first of all days: numbers that the
small floats of PDF and SVG readers cannot tell apart.
"""

from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from toggl_desktop.domain.plan.axis import Axis, clamp_day, weekday

WIDEST: Final = 96.0
NARROWEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class PaperAxis(Axis):
    """A scale of days that counts from one of them."""

    origin: int = 0

    @override
    def column(self, day: int) -> int:
        """Returns how many shown days lie before a day, from the origin on."""
        return Axis.column(self, day) - Axis.column(self, self.origin)

    @override
    def day_of_column(self, column: int) -> int:
        """Returns the day that a column shows."""
        return Axis.day_of_column(self, column + Axis.column(self, self.origin))

    @override
    def edges(self, low: int, high: int) -> list[int]:
        """Returns where each day from `low` to the one after `high` begins."""
        column, per_day, found = self.column(low), self.per_day, []
        for day in range(low, high + 2):
            found.append(int(column * per_day))
            column += weekday(day) not in self.hidden
        return found


def axis_for(low: int, high: int, width: int, hidden: frozenset[int] = frozenset()) -> PaperAxis:
    """Returns the scale at which days fill a width, as far as they can be told there."""
    bare = Axis(1.0, hidden)
    columns = max(1, bare.column(high + 1) - bare.column(low))
    per_day = min(max(width / columns, NARROWEST), WIDEST)
    return PaperAxis(per_day, hidden, clamp_day(low))
