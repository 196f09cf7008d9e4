"""From block to block by keyboard."""

from toggl_desktop.ui.calendar.layout import Block, Layout
from toggl_desktop.ui.timer.days import Key


def along(layout: Layout, current: Key | None, by: int) -> Block | None:
    """Returns the next or previous block in the order of time, over all days; None at the end."""
    blocks = list(layout.blocks())
    place = next((i for i, b in enumerate(blocks) if b.key == current), None)
    if place is None:
        return (blocks[0] if by > 0 else blocks[-1]) if blocks else None
    return blocks[place + by] if 0 <= place + by < len(blocks) else None


def within_day(layout: Layout, current: Key, by: int) -> Block | None:
    """Returns the next or previous block of the same day; None at its end."""
    found = along(layout, current, by)
    return found if found is not None and found.key[1] == current[1] else None


def beside(layout: Layout, current: Key, by: int) -> Block | None:
    """Returns the block of the nearest other day in a direction that is about as high; or None."""
    here = layout.block(current)
    days = [column.sheet.day for column in layout.columns]
    if here is None:
        return None
    place = days.index(current[1]) + by
    while 0 <= place < len(days):
        blocks = layout.columns[place].blocks
        if blocks:
            middle = here.rect.center().y()
            return min(blocks, key=lambda b: abs(b.rect.center().y() - middle))
        place += by
    return None
