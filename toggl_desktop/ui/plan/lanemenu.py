"""The menu over an empty part of the timeline: what can be made there."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from toggl_desktop.domain.plan.lanes import Lane
from toggl_desktop.ui.plan.belonging import takes_bars
from toggl_desktop.ui.plan.editor.saying import Saying
from toggl_desktop.ui.plan.gestures import Spot
from toggl_desktop.ui.plan.phrases import Phrases
from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.widgets.text import menu_text


@dataclass(frozen=True, slots=True)
class LaneWish:
    """Something is to be made, or opened, for a place.

    Attributes:
        what: `task`, `milestone`, `off`, `people` or `project`.
    """

    what: str
    spot: Spot


class LaneMenu(QMenu):
    """Opens over a day of a lane, or over a lane's name.

    Signals:
        wished(LaneWish): Something was chosen.
    """

    wished = Signal(object)

    def __init__(self, phrases: Phrases, saying: Saying, parent: QWidget) -> None:
        super().__init__(parent)
        self._phrases = phrases
        self._saying = saying
        self._spot: Spot | None = None
        self.triggered.connect(self._on_self_triggered)

    def open_at(self, place: QPoint, spot: Spot, *, is_name: bool = False) -> None:
        """Opens the menu for a place of the plan.

        Args:
            place: Where on the screen.
            spot: Which day and lane.
            is_name: Whether the lane's name was pressed, and no day.
        """
        self._spot = spot
        self.clear()
        day = self._saying.day(spot.day)
        if takes_bars(spot.lane):
            self._add("plus", self.tr("New task on {day}").format(day=day), "task")
        if not is_name:
            self._add("plan", self.tr("Milestone on {day}").format(day=day), "milestone")
        self._add_for(spot.lane, day)
        self.popup(place)

    def _add_for(self, lane: Lane | None, day: str) -> None:
        if lane is None:
            return
        if lane.kind == "member":
            name = self._phrases.lane(lane)
            words = self.tr("{name} is off on {day}").format(name=name, day=day)
            self._add("calendar", words, "off")
        self.addSeparator()
        if lane.kind in ("member", "group", "no_one"):
            self._add("client", self.tr("People and groups…"), "people")
        if lane.project is not None:
            self._add("project", self.tr("Segments and tags…"), "project")

    def _add(self, picture: str, words: str, what: str) -> None:
        self.addAction(icon(picture), menu_text(words)).setData(what)

    def _on_self_triggered(self, action: QAction) -> None:
        if self._spot is not None:
            self.wished.emit(LaneWish(action.data(), self._spot))
