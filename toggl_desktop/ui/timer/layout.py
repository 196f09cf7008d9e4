"""Where things are in the list: how high each row is, and what stands where inside one."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.timer.days import DayHead, GapItem, Item

WIDE_FROM: Final = 640
"""From this width on an entry is one line; below, two."""
ACTION: Final = SIZE.control_height


class Offsets:
    """Heights of rows and their places, one above the other; asking is cheap for any number."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._tops: list[int] | None = [0]

    @property
    def total(self) -> int:
        """The height of everything."""
        return self._sums()[-1]

    @property
    def count(self) -> int:
        """How many rows are laid out."""
        return len(self._heights)

    def set_all(self, heights: Sequence[int]) -> None:
        """Takes the heights of all rows."""
        self._heights = list(heights)
        self._tops = None

    def insert(self, row: int, heights: Sequence[int]) -> None:
        """Takes the heights of rows that have come."""
        self._heights[row:row] = heights
        self._tops = None

    def remove(self, row: int, count: int) -> None:
        """Forgets rows that have gone."""
        del self._heights[row : row + count]
        self._tops = None

    def set_height(self, row: int, height: int) -> bool:
        """Gives one row another height; tells whether it is another."""
        if self._heights[row] == height:
            return False
        self._heights[row] = height
        self._tops = None
        return True

    def top(self, row: int) -> int:
        """Returns where a row begins; the row after the last begins where everything ends."""
        return self._sums()[min(max(row, 0), len(self._heights))]

    def height(self, row: int) -> int:
        """Returns the height of a row."""
        return self._heights[row]

    def row_at(self, y: int) -> int:
        """Returns the row at a height; -1 above the first and below the last."""
        if not 0 <= y < self.total:
            return -1
        return bisect_right(self._sums(), y) - 1

    def rows_between(self, low: int, high: int) -> range:
        """Returns the rows that show between two heights."""
        if not self._heights or high <= 0:
            return range(0)
        first = max(0, bisect_right(self._sums(), max(0, low)) - 1)
        last = min(len(self._heights) - 1, bisect_right(self._sums(), high - 1) - 1)
        return range(first, last + 1)

    def _sums(self) -> list[int]:
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops


@dataclass(frozen=True, slots=True)
class Heights:
    """How high each kind of row is, for the fonts in force."""

    head: int
    one_line: int
    two_lines: int
    gap: int
    body: int
    caption: int

    @classmethod
    def of(cls, theme: Theme) -> "Heights":
        """Returns the heights for a theme's fonts."""
        body = QFontMetrics(theme.font()).height()
        caption = QFontMetrics(theme.font(SIZE.caption)).height()
        return cls(
            head=max(SIZE.control_height, body) + SPACE.medium,
            one_line=max(SIZE.control_height, body) + SPACE.small,
            two_lines=body + caption + 2 * SPACE.small + 2,
            gap=max(SIZE.control_height, caption + SPACE.small),
            body=body,
            caption=caption,
        )

    def of_item(self, item: Item, *, is_wide: bool) -> int:
        """Returns the height of an item's row."""
        if isinstance(item, DayHead):
            return self.head
        if isinstance(item, GapItem):
            return self.gap
        return self.one_line if is_wide else self.two_lines


@dataclass(frozen=True, slots=True)
class Actions:
    """Where the two buttons of an entry's row are."""

    go: QRect
    more: QRect


def actions(row: QRect, column: int) -> Actions:
    """Returns where the buttons of a row are, as reading goes from left to right.

    Args:
        row: The row's place.
        column: The width of the figures at the row's far side; the buttons stand before them.
    """
    right = row.right() - SPACE.large - column - SPACE.hair
    top = row.top() + (row.height() - ACTION) // 2
    more = QRect(right - ACTION + 1, top, ACTION, ACTION)
    return Actions(more.translated(-ACTION, 0), more)
