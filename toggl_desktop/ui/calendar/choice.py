"""What is selected, and where the keyboard is."""

from collections.abc import Iterable

from toggl_desktop.ui.calendar.layout import Block, Layout
from toggl_desktop.ui.timer.days import Key


class Choice:
    """Entries that are selected, by local id, and the block that is current."""

    def __init__(self) -> None:
        self.lids: frozenset[str] = frozenset()
        self.current: Key | None = None
        self._anchor: Key | None = None

    def only(self, block: Block) -> None:
        """Selects one block and nothing else."""
        self.lids = frozenset({block.lid})
        self.current = self._anchor = block.key

    def toggle(self, block: Block) -> None:
        """Adds a block to what is selected, or takes it out."""
        self.lids ^= {block.lid}
        self.current = self._anchor = block.key

    def extend(self, layout: Layout, block: Block) -> None:
        """Selects everything from where the selection began to a block, in the order of time."""
        blocks = list(layout.blocks())
        keys = [b.key for b in blocks]
        first = keys.index(self._anchor) if self._anchor in keys else keys.index(block.key)
        low, high = sorted((first, keys.index(block.key)))
        self.lids = frozenset(b.lid for b in blocks[low : high + 1])
        self.current = block.key

    def take(self, lids: Iterable[str]) -> None:
        """Selects entries; the current block stays if it is one of them."""
        self.lids = frozenset(lids)

    def clear(self) -> None:
        """Selects nothing; the keyboard is nowhere."""
        self.lids = frozenset()
        self.current = self._anchor = None

    def keep(self, layout: Layout) -> None:
        """Forgets what is not there any more; a current block that moved is found again."""
        blocks = list(layout.blocks())
        self.lids &= {b.lid for b in blocks}
        if self.current is not None and all(b.key != self.current for b in blocks):
            lid = self.current[2]
            self.current = next((b.key for b in blocks if b.lid == lid), None)
