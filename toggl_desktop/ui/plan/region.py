"""The rectangles of a region, as Python can walk through them, and as few as possible."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

_WASTE: Final = 4
"""To paint so many times as much at once costs less than to begin for each part anew."""


def rects_of(region: QRegion) -> list[QRect]:
    """Returns a region's rectangles; none covers another."""
    return list(cast("Iterable[QRect]", region))


def region_of(rects: Iterable[QRect], right: int, down: int) -> QRegion:
    """Returns the region of some rectangles, moved."""
    region = QRegion()
    for rect in rects:
        region += rect
    return region.translated(right, down)


def joined(rects: Iterable[QRect]) -> list[QRect]:
    """Returns rectangles of a region with those joined that stand on one another.

    A region is kept in bands: whatever lies beside a strip cuts it into slices.
    """
    open_ones: dict[tuple[int, int], QRect] = {}
    found = []
    for rect in rects:
        key = (rect.x(), rect.width())
        above = open_ones.get(key)
        if above is not None and above.bottom() + 1 == rect.top():
            above.setBottom(rect.bottom())
        else:
            open_ones[key] = made = QRect(rect)
            found.append(made)
    return found


def together(rects: Sequence[QRect]) -> Sequence[QRect]:
    """Returns one rectangle around all when they lie near each other, else each by itself."""
    whole, sum_ = QRect(), 0
    for rect in rects:
        if rect.width() > 4 and rect.height() > 4:
            whole = whole.united(rect)
            sum_ += rect.width() * rect.height()
    return rects if whole.width() * whole.height() > _WASTE * sum_ else [whole]
