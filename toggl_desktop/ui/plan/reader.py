"""What a screen reader finds in the timeline: lanes, in each its bars, and the milestones.

Painted things do not exist for it by themselves. An interface is made when it is asked for, so that
a large plan costs nothing until somebody reads it, and given back when its thing is gone: Qt keeps
no hold on the Python half.
"""

from typing import Final, NamedTuple

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.domain.plan.rows import Bar, MilestoneRow
from toggl_desktop.ui.plan.speech import Speech
from toggl_desktop.ui.plan.view import PlanView


class Thing(NamedTuple):
    """Stands for one lane, milestone, or bar in a lane, for as long as it is there."""

    kind: str
    lane: str
    lid: str = ""


class ThingInterface(QAccessibleInterface):
    """A lane, a bar or a milestone."""

    def __init__(self, around: "PlanInterface", thing: Thing) -> None:
        super().__init__()
        self._around = around
        self.thing = thing

    @override
    def isValid(self) -> bool:
        return self._around.has(self.thing)

    @override
    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    @override
    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._around.window()

    @override
    def parent(self) -> QAccessibleInterface:
        if self.thing.kind == "bar":
            return self._around.interface(Thing("lane", self.thing.lane))
        return self._around

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        bars = self._around.bars(self.thing)
        if 0 <= index < len(bars):
            return self._around.interface(Thing("bar", self.thing.lane, bars[index].lid))
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        found = self._around.childAt(x, y)
        return found if isinstance(found, ThingInterface) and found.parent() is self else None

    @override
    def childCount(self) -> int:
        return len(self._around.bars(self.thing))

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        if isinstance(arg__1, ThingInterface):
            for place, bar in enumerate(self._around.bars(self.thing)):
                if bar.lid == arg__1.thing.lid:
                    return place
        return -1

    @override
    def rect(self) -> QRect:
        return self._around.place_of(self.thing)

    @override
    def role(self) -> QAccessible.Role:
        is_lane = self.thing.kind == "lane"
        return QAccessible.Role.List if is_lane else QAccessible.Role.ListItem

    @override
    def state(self) -> QAccessible.State:
        return self._around.state_of(self.thing)

    @override
    def text(self, t: QAccessible.Text) -> str:
        if t == QAccessible.Text.Name:
            return self._around.name_of(self.thing)
        if t == QAccessible.Text.Description:
            return self._around.more_of(self.thing)
        return ""

    @override
    def setText(self, t: QAccessible.Text, text: str) -> None:
        """What it is called is changed by editing it."""


class PlanInterface(QAccessibleWidget):
    """The timeline: its milestones, its lanes, then the widgets in it that are shown."""

    def __init__(self, view: PlanView, speech: Speech) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self.view = view
        self._speech = speech
        self._made: dict[Thing, ThingInterface] = {}
        self._sorted: dict[str, tuple[list[Bar], list[Bar]]] = {}

    # Things -------------------------------------------------------------------------------

    def things(self) -> list[Thing]:
        """Returns what is there: milestones, then lanes."""
        if not shiboken6.isValid(self.view):
            return []
        scene = self.view.scene
        found = [Thing("milestone", "", row.lid) for row in scene.milestones]
        return found + [Thing("lane", lane.key) for lane in scene.chart.shown]

    def _lane(self, thing: Thing) -> Lane | None:
        if not shiboken6.isValid(self.view) or self.view.chart.index_of(thing.lane) is None:
            return None
        return self.view.chart.lanes.by_key.get(thing.lane)

    def _milestone(self, thing: Thing) -> MilestoneRow | None:
        if not shiboken6.isValid(self.view):
            return None
        rows = self.view.scene.milestones
        return next((row for row in rows if row.lid == thing.lid), None)

    def _bar(self, thing: Thing) -> Bar | None:
        lane = self._lane(thing)
        bar = None if lane is None else self.view.bar(thing.lid)
        return bar if bar is not None and lane in self.view.chart.lanes.of(bar) else None

    def bars(self, thing: Thing) -> list[Bar]:
        """Returns the bars of a lane in the order of time."""
        lane = self._lane(thing) if thing.kind == "lane" else None
        if lane is None:
            return []
        known = self._sorted.get(lane.key)
        if known is None or known[0] is not lane.bars:
            ordered = sorted(lane.bars, key=_order)
            known = self._sorted[lane.key] = (lane.bars, ordered)
        return known[1]

    def has(self, thing: Thing) -> bool:
        """Tells whether a thing is still there."""
        if thing.kind == "lane":
            return self._lane(thing) is not None
        found = self._bar(thing) if thing.kind == "bar" else self._milestone(thing)
        return found is not None

    # What is said of them -----------------------------------------------------------------

    def name_of(self, thing: Thing) -> str:
        """Returns a thing in one sentence."""
        lane, bar = self._lane(thing), self._bar(thing)
        if thing.kind == "bar":
            return "" if bar is None else self._speech.bar(bar)
        if thing.kind == "lane":
            return "" if lane is None else self._speech.lane(lane)
        row = self._milestone(thing)
        return "" if row is None else self._speech.milestone(row)

    def more_of(self, thing: Thing) -> str:
        """Returns the rest of what is known about a bar."""
        bar = self._bar(thing) if thing.kind == "bar" else None
        return "" if bar is None else self._speech.bar_more(bar)

    def place_of(self, thing: Thing) -> QRect:
        """Returns where a thing is on the screen."""
        if not self.has(thing):
            return QRect()
        if thing.kind == "milestone":
            rect = self._flag_rect(thing)
            corner = self.view.top.mapToGlobal(rect.topLeft())
        else:
            is_bar = thing.kind == "bar"
            rect = (
                self.view.rect_of(thing.lid, thing.lane)
                if is_bar
                else self.view.placed_rect(thing.lane)
            )
            corner = self.view.viewport().mapToGlobal(rect.topLeft())
        return QRect(corner, rect.size())

    def _flag_rect(self, thing: Thing) -> QRect:
        painter, scene = self.view.top.painter, self.view.scene
        for flag in painter.flags(scene):
            if any(row.lid == thing.lid for row in flag.rows):
                return painter.flag_area(flag).translated(-self.view.left, 0)
        return QRect()

    def state_of(self, thing: Thing) -> QAccessible.State:
        """Returns how a thing stands."""
        state = QAccessible.State()
        if not self.has(thing):
            state.invalid = True
            return state
        view = self.view
        room = view.viewport().rect() if thing.kind != "milestone" else view.top.rect()
        surface = view.viewport() if thing.kind != "milestone" else view.top
        shown = QRect(surface.mapToGlobal(QPoint(0, 0)), room.size())
        state.offscreen = not shown.intersects(self.place_of(thing))
        if thing.kind == "bar":
            state.focusable = state.selectable = state.multiSelectable = True
            state.selected = thing.lid in view.selection
            state.focused = view.hasFocus() and view.focus_bar == (thing.lid, thing.lane)
            bar = self._bar(thing)
            state.checked = bar is not None and bar.is_done
        elif thing.kind == "lane":
            lane = self._lane(thing)
            if lane is not None and lane.is_head:
                state.expandable = True
                state.expanded = lane.is_open
                state.collapsed = not lane.is_open
        return state

    # Interfaces ---------------------------------------------------------------------------

    def interface(self, thing: Thing) -> ThingInterface:
        """Returns the interface of a thing, made when it is first asked for."""
        found = self._made.get(thing)
        if found is None:
            found = self._made[thing] = ThingInterface(self, thing)
            QAccessible.registerAccessibleInterface(found)
        return found

    def forget_the_gone(self) -> None:
        """Gives back the interfaces of things that are not there any more."""
        for thing in [thing for thing in self._made if not self.has(thing)]:
            _give_back(self._made.pop(thing))

    def forget_all(self) -> None:
        """Gives back everything."""
        while self._made:
            _give_back(self._made.popitem()[1])

    def _widgets(self) -> list[QWidget]:
        if not shiboken6.isValid(self.view):
            return []
        inside = self.view.viewport().children()
        return [w for w in inside if isinstance(w, QWidget) and w.isVisible()]

    @override
    def childCount(self) -> int:
        return len(self.things()) + len(self._widgets())

    @override
    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        things, widgets = self.things(), self._widgets()
        if 0 <= index < len(things):
            return self.interface(things[index])
        if 0 <= index - len(things) < len(widgets):
            return QAccessible.queryAccessibleInterface(widgets[index - len(things)])
        return None

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not shiboken6.isValid(self.view):
            return None
        place = self.view.viewport().mapFromGlobal(QPoint(x, y))
        hit = self.view.bar_at(place)
        if hit is not None:
            return self.interface(Thing("bar", hit.lane, hit.lid))
        lane = self.view.lane_at(place)
        return None if lane is None else self.interface(Thing("lane", lane.key))

    @override
    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        focus = self.view.focus_bar
        if self.view.hasFocus() and focus is not None:
            thing = Thing("bar", focus[1], focus[0])
            return self.interface(thing) if self.has(thing) else None
        return None

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        things = self.things()
        if isinstance(child, ThingInterface):
            return things.index(child.thing) if child.thing in things else -1
        for place, widget in enumerate(self._widgets()):
            if child.object() is widget:
                return len(things) + place
        return -1


def _order(bar: Bar) -> tuple[int, str]:
    return bar.start or 0, bar.lid


def _give_back(interface: ThingInterface) -> None:
    if shiboken6.isValid(interface):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


class PlanReader(QObject):
    """Tells screen readers what happens in one timeline.

    It has no parent: it must still be there when the view's death is told.
    """

    def __init__(self, view: PlanView, speech: Speech) -> None:
        super().__init__()
        self._view = view
        self.speech = speech
        self.interface: PlanInterface | None = None
        if QAccessible.isActive():  # a reader that listens was given a plain one meanwhile
            plain = QAccessible.queryAccessibleInterface(view)
            if plain is not None:
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(plain))
        _readers[id(view)] = self
        view.destroyed.connect(self._on_view_destroyed)
        if not _installed:
            QAccessible.installFactory(_interface_of)
            _installed.append(True)

    def tell_focus(self) -> None:
        """Says that the keyboard is on another bar."""
        focus = self._view.focus_bar
        if not QAccessible.isActive() or focus is None or not self._view.hasFocus():
            return
        if self.interface is None:
            QAccessible.queryAccessibleInterface(self._view)
        if self.interface is not None:
            thing = Thing("bar", focus[1], focus[0])
            event = QAccessibleEvent(self.interface.interface(thing), QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)

    def tell_reordered(self) -> None:
        """Says that there are other things than before."""
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


_readers: Final[dict[int, PlanReader]] = {}
_installed: Final[list[bool]] = []


def _interface_of(_name: str, thing: QObject) -> QAccessibleInterface | None:
    reader = _readers.get(id(thing))
    if reader is None or not isinstance(thing, PlanView):
        return None
    if reader.interface is None:
        reader.interface = PlanInterface(thing, reader.speech)
    return reader.interface
