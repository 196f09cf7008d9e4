"""Cards that float on the chart beside what they are about."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

from toggl_desktop.ui.theme.tokens import SPACE

_EDGE: Final = 4


def beside(near: QRect, size: QSize, room: QRect) -> QPoint:
    """Returns where a card of some size goes: below what it is about, or above, always inside."""
    inner = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    left = max(inner.left(), min(near.left(), inner.right() - size.width()))
    top = near.bottom() + SPACE.hair
    if top + size.height() > inner.bottom():
        top = min(near.top(), inner.bottom()) - SPACE.hair - size.height()
    return QPoint(left, max(inner.top(), top))
