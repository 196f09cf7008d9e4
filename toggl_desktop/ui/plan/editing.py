"""Everything that edits a plan, put together: what a window installs on its timeline."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from toggl_desktop.domain.plan.boards import Box
from toggl_desktop.domain.plan.rows import Bar, Plan
from toggl_desktop.ui.board.view import BoardView
from toggl_desktop.ui.plan.carrying import Carrier
from toggl_desktop.ui.plan.deeds import Deeds, DoneAlone, EditWanted, MenuWanted
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.editor.side import SidePanel
from toggl_desktop.ui.plan.gestures import Deed, Draft, Spot
from toggl_desktop.ui.plan.hand import LaneMenuWanted, PlanHand
from toggl_desktop.ui.plan.keys import PlanKeys
from toggl_desktop.ui.plan.landing import Landing
from toggl_desktop.ui.plan.lanemenu import LaneMenu, LaneWish
from toggl_desktop.ui.plan.linking import LinkKnob
from toggl_desktop.ui.plan.making import Maker
from toggl_desktop.ui.plan.menus import TaskMenu
from toggl_desktop.ui.plan.milestones import MilestoneHand
from toggl_desktop.ui.plan.occurrences import ScopeCard
from toggl_desktop.ui.plan.phrases import Phrases
from toggl_desktop.ui.plan.shifting import ShiftCard
from toggl_desktop.ui.plan.taskbox import Taskbox
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.timer.performer import Kit


class Planned(Protocol):
    """The plan as the window holds it."""

    @property
    def plan(self) -> Plan:
        """Names: members, projects and the like."""
        ...

    @property
    def bars(self) -> Iterable[Bar]:
        """All tasks."""
        ...

    def bar(self, lid: str) -> Bar | None:
        """Returns a task by its id."""
        ...


class Editing(QObject):
    """A hand and a keyboard on the timeline, a side panel, the taskbox, a board.

    The window puts `side`, `taskbox` and `board` where it wants them, and calls `refresh` when the
    plan, the filter or what is shown has changed.
    """

    def __init__(self, kit: Kit, planned: Planned, view: PlanView, window: QWidget) -> None:
        super().__init__(window)
        self._kit = kit
        self._planned = planned
        self._view = view
        self._is_board = False
        theme, saying = kit.context.theme, Saying(kit.context, self)
        self.deeds = Deeds(kit, planned.bar, self)
        self.carrier = Carrier(window)
        self.phrases = Phrases(saying, self)
        self.maker = Maker(view, self.deeds, self.phrases, kit.context.preferences)
        self.hand = PlanHand(self.maker)
        self.keys = PlanKeys(self.hand)
        self.milestones = MilestoneHand(view, self.deeds, saying, theme)
        self.knob = LinkKnob(view, self.deeds, theme)
        self.shift = ShiftCard(self.deeds, saying, view.viewport())
        self.scope = ScopeCard(self.deeds, view.viewport())
        self.menu = TaskMenu(self.deeds, window)
        self.lane_menu = LaneMenu(self.phrases, saying, window)
        self.side = SidePanel(kit, self._all_bars, window)
        self.taskbox = Taskbox(kit, self.deeds, self.carrier, window)
        self.board = BoardView(kit, self.deeds, self.carrier, window)
        self.board.hide()
        self.carrier.add_target(Landing(self.maker))
        self.hand.box = self.taskbox
        self.hand.others = (self.knob.drop, self.milestones.drop, self.scope.drop)
        view.install_hand(self.keys)
        self._wire()

    def _wire(self) -> None:
        self.deeds.edit_wanted.connect(self._on_edit_wanted)
        self.deeds.done_alone.connect(self._on_deeds_done_alone)
        self._kit.performer.done.connect(self.scope.hear)
        self.scope.closed.connect(self.take_keyboard)
        self.keys.scope_wanted.connect(self.scope.take_keyboard)
        self.hand.menu_asked.connect(self._on_menu_wanted)
        self.hand.lane_menu_asked.connect(self._on_lane_menu_wanted)
        self.lane_menu.wished.connect(self._on_lane_menu_wished)
        self._view.side.lane_pressed.connect(self._on_lane_pressed)
        self.taskbox.menu_wanted.connect(self._on_menu_wanted)
        self.board.menu_wanted.connect(self._on_menu_wanted)
        self.taskbox.left.connect(self.take_keyboard)
        self.board.left.connect(self.take_keyboard)
        self.side.closed.connect(self.take_keyboard)
        self.shift.closed.connect(self.take_keyboard)
        self.keys.milestone_wanted.connect(self._on_milestone_wanted)
        self.keys.shift_wanted.connect(self._on_shift_wanted)
        self.menu.shift.triggered.connect(self._on_menu_shift_triggered)
        self._view.focus_moved.connect(self._on_focus_moved)

    def _all_bars(self) -> Iterable[Bar]:
        return self._planned.bars

    # What the window says -----------------------------------------------------------------

    def refresh(
        self,
        box: Box,
        *,
        passing: Iterable[Bar] | None = None,
        team: str = "",
        group: str | None = None,
    ) -> None:
        """Shows the plan as it is now in taskbox and board.

        Args:
            box: What belongs in the taskbox; its kind says which view is shown.
            passing: The tasks that pass the filter; all when not given.
            team: What the people of the box are called together.
            group: The group that is shown, for new milestones.
        """
        self.knob.keep_up()
        plan = self._planned.plan
        bars = list(self._planned.bars if passing is None else passing)
        self.milestones.project, self.milestones.group = box.project, group
        self.taskbox.show_plan(plan, box, bars, team)
        self._is_board = box.kind == "board"
        if self._is_board:
            self.board.show_plan(plan, box.project, bars)

    def take_keyboard(self) -> None:
        """Puts the keyboard on the timeline or on the board."""
        if self._is_board:
            self.board.take_keyboard()
        else:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> bool:
        """Ends whatever is being dragged; tells whether anything was."""
        dropped = [one() for one in (self.hand.drop, self.carrier.drop, *self.hand.others)]
        return any(dropped)

    @property
    def is_dragging(self) -> bool:
        """Whether something is being dragged, so that nothing may jump."""
        return self.hand.gesture.is_pressed or bool(self.carrier.lids)

    # Hearing ------------------------------------------------------------------------------

    def _on_edit_wanted(self, wanted: EditWanted) -> None:
        self.side.open(wanted)

    def _on_deeds_done_alone(self, done: DoneAlone) -> None:
        """Offers to mean more by it, beside the bar, or where that was."""
        bar = done.bars[0]
        near = self._view.rect_of(bar.lid)
        if near.isNull():
            lane = next(iter(self._view.chart.lanes.of(bar)), None)
            near = self._view.placed_rect("" if lane is None else lane.key)
            near.setLeft(self._view.x_of(bar.start or 0))
        self.scope.offer(done, near)

    def _on_menu_wanted(self, wanted: MenuWanted) -> None:
        self.menu.open_at(wanted.place, self._planned.plan, wanted.lids)

    def _on_lane_menu_wanted(self, wanted: LaneMenuWanted) -> None:
        self.lane_menu.open_at(wanted.place, wanted.spot)

    def _on_lane_pressed(self, key: str) -> None:
        """A lane's name opens what can be done with its person or its segment."""
        lane = self._view.chart.lanes.by_key.get(key)
        spot = Spot(self._view.scene.today, 0, lane)
        self.lane_menu.open_at(QCursor.pos(), spot, is_name=True)

    def _on_lane_menu_wished(self, wish: LaneWish) -> None:
        spot, lane = wish.spot, wish.spot.lane
        if wish.what == "task":
            self.maker.finish(Draft(Deed.CREATE, (), spot.day, spot.day, lane, lane))
        elif wish.what == "milestone":
            self.milestones.ask_for_name(spot.day)
        elif wish.what == "people":
            self.side.open_people()
        elif lane is not None and wish.what == "off" and lane.lid is not None:
            self.side.open_time_off_for(lane.lid, spot.day, spot.day)
        elif lane is not None and lane.project is not None:
            self.side.open_project(lane.project)

    def _on_milestone_wanted(self, day: int) -> None:
        self.milestones.ask_for_name(day)

    def _on_menu_shift_triggered(self) -> None:
        for lid in self.menu.lids[:1]:
            self._on_shift_wanted(lid)

    def _on_shift_wanted(self, lid: str) -> None:
        bar, focus = self._planned.bar(lid), self._view.focus_bar
        if bar is None:
            return
        key = focus[1] if focus is not None and focus[0] == lid else ""
        lane = self._view.chart.lanes.by_key.get(key)
        near = self._view.rect_of(lid, key)
        near = QRect(40, 40, 1, 1) if near.isNull() else near
        words = "" if lane is None else self.phrases.lane(lane)
        self.shift.open_for(bar, lane, words, near)

    def _on_focus_moved(self) -> None:
        focus = self._view.focus_bar
        if focus is not None:
            self.side.follow(focus[0])
