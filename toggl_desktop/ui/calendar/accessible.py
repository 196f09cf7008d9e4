"""What a screen reader finds in the calendar: a list with one item for each painted block.

Painted things do not exist for it by themselves. Qt's cache of interfaces does not keep the
Python halves of ours alive, so they are kept here, and given back when their entry or the view
is gone.
"""

from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override

from toggl_desktop.ui.calendar.keys import KeysView
from toggl_desktop.ui.calendar.layout import Block
from toggl_desktop.ui.timer.days import Key


class BlockInterface(QAccessibleInterface):
    """One block."""

    def __init__(self, around: "CalendarInterface", key: Key) -> None:
        super().__init__()
        self._around = around
        self._key = key

    def _block(self) -> Block | None:
        return self._around.block(self._key)

    @override
    def isValid(self) -> bool:
        return self._block() is not None

    @override
    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    @override
    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._around.window()

    @override
    def parent(self) -> QAccessibleInterface:
        return self._around

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    @override
    def childCount(self) -> int:
        return 0

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        return -1

    @override
    def rect(self) -> QRect:
        block = self._block()
        return QRect() if block is None else self._around.place_of(block)

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        state, block = QAccessible.State(), self._block()
        state.focusable = state.selectable = state.multiSelectable = True
        if block is None:
            state.invalid = True
            return state
        view = self._around.view
        state.selected = block.lid in view.choice.lids
        state.focused = view.hasFocus() and view.choice.current == self._key
        state.offscreen = not self._around.is_in_sight(block)
        return state

    @override
    def text(self, t: QAccessible.Text) -> str:
        block = self._block()
        if block is None:
            return ""
        if t == QAccessible.Text.Name:
            return self._around.view.phrases.spoken(block.item)
        if t == QAccessible.Text.Description:
            return self._around.view.phrases.spoken_more(block.item)
        return ""

    @override
    def setText(self, t: QAccessible.Text, text: str) -> None:
        """The name is what the entry is; it is changed by editing the entry."""


class CalendarInterface(QAccessibleWidget):
    """The calendar: its blocks first, then the widgets in it that are shown."""

    def __init__(self, view: KeysView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self.view = view
        self._made: dict[Key, BlockInterface] = {}

    def _blocks(self) -> list[Block]:
        if not shiboken6.isValid(self.view) or self.view.plan is None:
            return []
        return list(self.view.plan.blocks())

    def _widgets(self) -> list[QWidget]:
        return [w for w in self.view.inner_widgets() if w.isVisible()]

    def block(self, key: Key) -> Block | None:
        """Returns the block of a key as it is now."""
        if not shiboken6.isValid(self.view) or self.view.plan is None:
            return None
        return self.view.plan.block(key)

    def place_of(self, block: Block) -> QRect:
        """Returns where a block is on the screen."""
        rect = self.view.rect_of(block)
        return QRect(self.view.global_place(rect.topLeft()), rect.size())

    def is_in_sight(self, block: Block) -> bool:
        """Tells whether any of a block shows."""
        return self.view.viewport().rect().intersects(self.view.rect_of(block))

    def interface(self, key: Key) -> BlockInterface:
        """Returns the interface of a block, made when it is first asked for."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = BlockInterface(self, key)
            QAccessible.registerAccessibleInterface(found)
        return found

    def forget_the_gone(self) -> None:
        """Gives back the interfaces of blocks that are not shown any more."""
        kept = {block.key for block in self._blocks()}
        for key in [key for key in self._made if key not in kept]:
            _give_back(self._made.pop(key))

    def forget_all(self) -> None:
        """Gives back everything."""
        while self._made:
            _give_back(self._made.popitem()[1])

    @override
    def childCount(self) -> int:
        return len(self._blocks()) + len(self._widgets())

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        blocks = self._blocks()
        if 0 <= index < len(blocks):
            return self.interface(blocks[index].key)
        widgets = self._widgets()
        if 0 <= index - len(blocks) < len(widgets):
            return QAccessible.queryAccessibleInterface(widgets[index - len(blocks)])
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        for block in self._blocks():
            if self.place_of(block).contains(x, y):
                return self.interface(block.key)
        return None

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        current = self.view.choice.current
        if self.view.hasFocus() and current is not None and self.block(current) is not None:
            return self.interface(current)
        return None

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        blocks = self._blocks()
        for i, block in enumerate(blocks):
            if self._made.get(block.key) is child:
                return i
        for i, widget in enumerate(self._widgets()):
            if child.object() is widget:
                return len(blocks) + i
        return -1


def _give_back(interface: BlockInterface) -> None:
    if shiboken6.isValid(interface):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


class Reader(QObject):
    """Tells screen readers what happens in one calendar; its interfaces live as long as it does.

    It has no parent: it must still be there when the view's death is told.
    """

    def __init__(self, view: KeysView) -> None:
        super().__init__()
        self._view = view
        self.interface: CalendarInterface | None = None
        _forget_what_was_made_before(view)
        _readers[id(view)] = self
        view.destroyed.connect(self._on_view_destroyed)
        if len(_readers) == 1 and not _installed:
            QAccessible.installFactory(_interface_of)
            _installed.append(True)

    def tell_focus(self) -> None:
        """Says that the keyboard is on another block."""
        plan, current = self._view.plan, self._view.choice.current
        if not QAccessible.isActive() or plan is None or not self._view.hasFocus():
            return
        for i, block in enumerate(plan.blocks()):
            if block.key == current:
                event = QAccessibleEvent(self._view, QAccessible.Event.Focus)
                event.setChild(i)
                QAccessible.updateAccessibility(event)

    def tell_reordered(self) -> None:
        """Says that there are other blocks than before."""
        if self.interface is not None:
            self.interface.forget_the_gone()
            event = QAccessibleEvent(self._view, QAccessible.Event.ObjectReorder)
            QAccessible.updateAccessibility(event)

    @Slot()
    def _on_view_destroyed(self) -> None:
        if self.interface is not None:
            self.interface.forget_all()
            self.interface = None
        for key in [key for key, reader in _readers.items() if reader is self]:
            del _readers[key]


_readers: Final[dict[int, Reader]] = {}
_installed: Final[list[bool]] = []


def _forget_what_was_made_before(view: KeysView) -> None:
    """Takes a plain interface out of Qt's cache: whoever listens asks while a view is made."""
    if QAccessible.isActive():
        plain = QAccessible.queryAccessibleInterface(view)
        if plain is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(plain))


def _interface_of(_name: str, thing: QObject) -> QAccessibleInterface | None:
    reader = _readers.get(id(thing))
    if reader is None or not isinstance(thing, KeysView):
        return None
    if reader.interface is None:
        reader.interface = CalendarInterface(thing)
    return reader.interface
