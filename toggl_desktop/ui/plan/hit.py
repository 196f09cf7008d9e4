"""What a pointer is on, and who may have mouse and keyboard before the timeline itself."""

from typing import NamedTuple, Protocol

from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from toggl_desktop.domain.plan.rows import Bar
from toggl_desktop.ui.plan.delegate import Zone


class Hit(NamedTuple):
    """A bar under a point.

    Attributes:
        lid: Its id.
        zone: Which part of it.
        lane: Key of the lane in which it was hit.
        bar: The bar itself.
    """

    lid: str
    zone: Zone
    lane: str
    bar: Bar


class Hand(Protocol):
    """Whoever edits with mouse and keyboard; returns whether it took the event."""

    def pressed(self, event: QMouseEvent) -> bool:
        """A button went down on the chart."""
        ...

    def moved(self, event: QMouseEvent) -> bool:
        """The pointer moved, with or without a button."""
        ...

    def released(self, event: QMouseEvent) -> bool:
        """A button was let go."""
        ...

    def double_clicked(self, event: QMouseEvent) -> bool:
        """The chart was clicked twice."""
        ...

    def key_pressed(self, event: QKeyEvent) -> bool:
        """A key went down while the chart has the keyboard."""
        ...

    def menu_wanted(self, event: QContextMenuEvent) -> bool:
        """A menu was asked for, by pointer or by key."""
        ...
