"""Where everything is: columns of days, blocks in them, and what lies under a point.

Heights count from the top of the content, not of what is scrolled into sight.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from math import floor
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from toggl_desktop.domain.calendar import Axis, Shelf, Slot, axes, pack
from toggl_desktop.ui.calendar.sheet import DaySheet
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.timer.days import EntryItem, Key

LEAST_HEIGHT: Final = 4
"""So high is the thinnest block, and so far may what follows it give way."""
GRAB: Final = 8
"""So high is the least that can be hit: a block, and each of its edges."""
_SPACING: Final = 1
_NARROW: Final = 200


class Zone(Enum):
    """What of a block is under the pointer."""

    EMPTY = auto()
    BODY = auto()
    START = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """An entry, or its part in a day, where it is drawn."""

    item: EntryItem
    rect: QRectF

    @property
    def key(self) -> Key:
        """What stays the same while it moves."""
        return self.item.key

    @property
    def lid(self) -> str:
        """The entry's local id."""
        return self.item.row.lid

    def zone_at(self, y: float, *, reaches_out: bool, is_current: bool = False) -> Zone:
        """Returns the part of the block at a height; edges may reach out of it to be grabbed.

        The current block keeps room to be moved however thin it is: its edges lie further out.
        """
        height = self.rect.height()
        inner = min(GRAB, (height - GRAB) / 2 if is_current else height / 3)
        outer = GRAB - inner if reaches_out else 0
        top, bottom, end = self.rect.top(), self.rect.bottom(), self.rect.bottom() + _SPACING
        if not self.item.goes_on and bottom - inner <= y < end + outer:
            return Zone.STOP
        if not self.item.is_from_before and top - outer <= y < top + inner:
            return Zone.START
        return Zone.BODY if top <= y < end else Zone.EMPTY


@dataclass(frozen=True, slots=True)
class Column:
    """One day on the screen."""

    sheet: DaySheet
    axis: Axis
    left: int
    width: int
    blocks: tuple[Block, ...]
    shelf: Shelf

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.left + self.width

    def between(self, top: float, bottom: float) -> Iterator[Block]:
        """Yields the blocks that may show between two heights, from the top down."""
        return (self.blocks[i] for i in self.shelf.between(top, bottom))


class Hit(NamedTuple):
    """What lies under a point."""

    zone: Zone
    column: Column
    block: Block | None
    at: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place.

    Attributes:
        gutter_left: Where the scale of hours stands; it is `gutter` wide.
        height: Of the longest day.
    """

    columns: tuple[Column, ...]
    gutter_left: int
    gutter: int
    height: float
    is_rtl: bool

    def blocks(self) -> Iterator[Block]:
        """Yields all blocks, day by day in the order of time."""
        for column in self.columns:
            yield from column.blocks

    def block(self, key: Key | None) -> Block | None:
        """Returns the block with a key."""
        return next((b for b in self.blocks() if b.key == key), None)

    def column_at(self, x: float) -> Column:
        """Returns the nearest column."""
        return min(self.columns, key=lambda c: max(c.left - x, x - c.right + 1, 0.0))

    def column_of(self, at: int) -> Column | None:
        """Returns the column whose day holds an instant."""
        for column in self.columns:
            low, high = column.sheet.bounds
            if low <= at < high:
                return column
        return None

    def hit(self, x: float, y: float, current: Key | None) -> Hit:
        """Returns what lies under a point.

        The edges of the current block come first, then what is too thin to be hit otherwise,
        then what is drawn there, then edges that reach out into empty time.
        """
        column = self.column_at(x)
        at = column.axis.at(y)
        near = [
            b
            for b in column.between(y - 2 * GRAB, y + 2 * GRAB)
            if b.rect.left() <= x < b.rect.right() + 1
        ]
        for block in near:
            if block.key == current:
                zone = block.zone_at(y, reaches_out=True, is_current=True)
                if zone in (Zone.START, Zone.STOP):
                    return Hit(zone, column, block, at)
        thin = [b for b in near if b.rect.height() < GRAB and _off(b, y) <= GRAB / 2]
        if thin:
            return Hit(Zone.BODY, column, min(thin, key=lambda b: _off(b, y)), at)
        for reaches_out in (False, True):
            for block in near:
                zone = block.zone_at(y, reaches_out=reaches_out)
                if zone is not Zone.EMPTY:
                    return Hit(zone, column, block, at)
        return Hit(Zone.EMPTY, column, None, at)


def _off(block: Block, y: float) -> float:
    return abs(block.rect.center().y() - y)


def lay_out(
    sheets: Sequence[DaySheet], width: int, gutter: int, per_hour: float, *, is_rtl: bool
) -> Layout:
    """Puts days beside each other and their entries into them; right to left where reading is."""
    found = axes([sheet.bounds for sheet in sheets], per_hour)
    room = max(width - gutter, len(sheets))
    columns = []
    for i, (sheet, axis) in enumerate(zip(sheets, found, strict=True)):
        first, end = i * room // len(sheets), (i + 1) * room // len(sheets)
        left = room - end if is_rtl else gutter + first
        columns.append(_column(sheet, axis, left, end - first, is_rtl=is_rtl))
    height = max((axis.bottom for axis in found), default=0.0)
    return Layout(tuple(columns), width - gutter if is_rtl else 0, gutter, height, is_rtl)


def _column(sheet: DaySheet, axis: Axis, left: int, width: int, *, is_rtl: bool) -> Column:
    spans = [(axis.y(item.low), axis.y(item.high)) for item in sheet.items]
    slots = pack(spans, LEAST_HEIGHT + _SPACING, LEAST_HEIGHT)
    # A strip stays free at the far side, so that a full day can still be drawn in.
    strip = SPACE.small if width < _NARROW else SPACE.large
    near, room = left + (strip if is_rtl else 2), width - strip - 2
    blocks = tuple(
        Block(item, _rect(slot, near, room, is_rtl=is_rtl))
        for item, slot in zip(sheet.items, slots, strict=True)
    )
    return Column(sheet, axis, left, width, blocks, Shelf(slots))


def _rect(slot: Slot, near: int, room: int, *, is_rtl: bool) -> QRectF:
    first = slot.lane * room // slot.lanes
    end = (slot.lane + slot.reach) * room // slot.lanes
    left = near + room - end if is_rtl else near + first
    top, bottom = floor(slot.top + 0.5), floor(slot.bottom + 0.5)
    spacing = 0 if slot.lane + slot.reach == slot.lanes else 2
    left += spacing if is_rtl else 0
    return QRectF(left, top, max(end - first - spacing, 2), bottom - top - _SPACING)
