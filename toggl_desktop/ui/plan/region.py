"""The rectangles of a region, as Python can walk through them."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion


def rects_of(region: QRegion) -> list[QRect]:
    """Returns a region's rectangles; none covers another."""
    return list(cast("Iterable[QRect]", region))
