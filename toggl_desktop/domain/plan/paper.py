"""A timeline on paper: where one page ends and the next begins."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

DAYS_A_PAGE: Final = 92
"""More days than a quarter of a year are told by several pages."""
_WEEK: Final = 7


def parts(low: int, high: int, most: int = DAYS_A_PAGE) -> list[tuple[int, int]]:
    """Cuts days into equal stretches of at most so many, each of whole weeks but the last."""
    days = high - low + 1
    count = -(-days // most)
    if count <= 1:
        return [(low, high)]
    step = -(-days // count)
    step = -(-step // _WEEK) * _WEEK
    return [(first, min(first + step - 1, high)) for first in range(low, high + 1, step)]


def cuts(tops: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Cuts lanes into pages of some height: between two lanes, or within one that is higher.

    Args:
        tops: Where each lane begins, and where the last one ends.
        room: How much of them fits on a page.
    """
    found = []
    top, end = 0, tops[-1]
    while top < end:
        bottom = top + room
        if bottom < end:
            before = tops[bisect_right(tops, bottom) - 1]
            bottom = before if before > top else bottom
        bottom = min(bottom, end)
        found.append((top, bottom))
        top = bottom
    return found or [(0, 0)]
