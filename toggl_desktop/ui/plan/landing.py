"""The timeline as a place to let cards go: what had no day gets one, and a lane."""

from PySide6.QtCore import QObject, QPoint

from toggl_desktop.ui.plan.belonging import takes_bars
from toggl_desktop.ui.plan.gestures import Deed, Draft
from toggl_desktop.ui.plan.making import Maker


class Landing(QObject):
    """Takes cards from the taskbox."""

    draws_it = True

    def __init__(self, maker: Maker) -> None:
        super().__init__(maker.view)
        self._maker = maker
        self._view = maker.view
        self._is_shown = False

    def _draft(self, place: QPoint, lids: tuple[str, ...]) -> Draft | None:
        """Returns what letting go at a place of the screen would do."""
        inside = self._view.viewport().mapFromGlobal(place)
        if not self._view.isVisible() or not self._view.viewport().rect().contains(inside):
            return None
        lane, bars = self._view.lane_at(inside), tuple(self._maker.deeds.bars(lids))
        if lane is None or not takes_bars(lane) or not bars:
            return None
        day = self._view.day_at(inside)
        return Draft(Deed.SCHEDULE, bars, day, day, None, lane)

    def carry_over(self, place: QPoint, lids: tuple[str, ...]) -> bool:
        """Shows the days and the lane that cards would get."""
        draft = self._draft(place, lids)
        inside = self._view.viewport().mapFromGlobal(place)
        if draft is None:
            self.carry_away()
            return False
        self._is_shown = True
        self._view.edge.follow(inside)
        self._maker.show(draft, inside)
        return True

    def carry_away(self) -> None:
        """Shows nothing any more."""
        if self._is_shown:
            self._is_shown = False
            self._view.edge.stop()
            self._view.clear_draft()

    def let_go(self, place: QPoint, lids: tuple[str, ...]) -> None:
        """Gives cards a day and a lane."""
        draft = self._draft(place, lids)
        self.carry_away()
        if draft is not None and self._maker.finish(draft):
            self._maker.select(lids)
            lane = "" if draft.lane is None else draft.lane.key
            self._view.set_focus_bar(lids[0], lane)
