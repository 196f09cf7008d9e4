"""A plan under a hand and a keyboard: what the tests of editing do to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.domain.plan.axis import Axis
from toggl_desktop.domain.plan.boards import Box
from toggl_desktop.domain.plan.chart import Chart
from toggl_desktop.domain.plan.commands import (
    AddDependency,
    AddMember,
    AddMilestone,
    AddPlanTask,
    AddSegment,
    AddStatus,
)
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.domain.plan.lanes import project_lanes, team_lanes
from toggl_desktop.domain.plan.rows import Bar, Plan
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.plan.editing import Editing
from toggl_desktop.ui.plan.faces import Faces
from toggl_desktop.ui.plan.looks import Looks
from toggl_desktop.ui.plan.scene import Scene
from toggl_desktop.ui.plan.view import PlanView
from toggl_desktop.ui.timer.performer import Done, Kit, Performer, Refusal
from toggl_desktop.ui.timer.wording import Wording

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
DAY = TODAY.toordinal()


class Planned:
    """The whole plan, read anew after every change."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.read()

    def read(self) -> None:
        self.plan: Plan = reading.plan(self._house.store.source)
        self.bars: list[Bar] = self.plan.bars
        self._by_lid = {bar.lid: bar for bar in self.bars}

    def bar(self, lid: str) -> Bar | None:
        return self._by_lid.get(lid)


class PlanDesk(QWidget):
    """A window with a timeline, its side panel, the taskbox and a board."""

    def __init__(self, house: House, grouping: str = "team", project: str | None = None) -> None:
        super().__init__()
        self.house = house
        self.grouping, self.project = grouping, project
        self.done: list[Done] = []
        self.refused: list[Refusal] = []
        context = house.context
        performer = Performer(context, self)
        performer.done.connect(self._on_done)
        performer.refused.connect(self.refused.append)
        self.kit = Kit(context, performer, Wording(context, self))
        self.planned = Planned(house)
        looks = Looks(house.theme.tokens)
        lanes = team_lanes(self.planned.plan)
        chart = Chart(lanes, Axis(40.0), looks.measures)
        self.scene = Scene(chart, looks, Faces(looks, str), today=DAY, bar_of=self.planned.bar)
        self.view = PlanView(self.scene, self)
        self.editing = Editing(self.kit, self.planned, self.view, self)
        upper = QHBoxLayout()
        upper.addWidget(self.view, 1)
        upper.addWidget(self.editing.board, 1)
        upper.addWidget(self.editing.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.editing.taskbox)
        house.bridge.changed.connect(self.refresh)
        self.resize(1000, 640)
        self.refresh()
        self.view.show_day(DAY - 2, 0.0)

    def _on_done(self, done: Done) -> None:
        self.done.append(done)
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        self.planned.read()
        plan = self.planned.plan
        kind = self.grouping
        lanes = team_lanes(plan) if kind == "team" else project_lanes(plan, self.project)
        lanes.fill(plan.bars)
        self.scene.show_plan(plan, lanes, plan.milestones)
        self.view.arrange()
        self.view.setVisible(kind != "board")
        self.editing.board.setVisible(kind == "board")
        self.editing.refresh(Box(kind, None, self.project))

    # Filling ------------------------------------------------------------------------------

    def task(self, lid: str) -> PlanTask:
        found = reading.task(self.house.store.source, lid)
        assert found is not None, "the task is gone"
        return found

    def days(self, lid: str) -> tuple[int, int]:
        """First and last day, counted from today."""
        task = self.task(lid)
        assert task.start is not None
        assert task.end is not None
        return task.start - DAY, task.end - DAY

    def names(self) -> list[str]:
        return sorted(bar.name for bar in reading.plan(self.house.store.source).bars)

    def find(self, name: str) -> str:
        (lid,) = [b.lid for b in reading.plan(self.house.store.source).bars if b.name == name]
        return lid

    def bar_rect(self, lid: str, lane: str = ""):
        rect = self.view.rect_of(lid, lane)
        assert not rect.isNull(), "the bar is not shown"
        return rect

    def spot(self, day: int, lane: str) -> QPoint:
        """The middle of a day, counted from today, in a lane."""
        x = (self.view.x_of(DAY + day) + self.view.x_of(DAY + day + 1)) // 2
        return QPoint(x, self.view.placed_rect(lane).bottom() - 4)

    # Hand ---------------------------------------------------------------------------------

    @property
    def surface(self) -> QWidget:
        return self.view.viewport()

    def press(self, place: QPoint, held=NONE) -> None:
        QTest.mousePress(self.surface, LEFT, held, place)

    def move_to(self, place: QPoint, held=NONE, on: QWidget | None = None) -> None:
        """Moves with the button down; QTest's own move knows no keys."""
        surface = on or self.surface
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(surface.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            LEFT,
            held,
        )
        QApplication.sendEvent(surface, event)

    def hover(self, place: QPoint) -> None:
        """Moves with no button down, wherever the pointer of the test before was left."""
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            QPointF(self.surface.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            NONE,
        )
        QApplication.sendEvent(self.surface, event)

    def release(self, place: QPoint, held=NONE) -> None:
        QTest.mouseRelease(self.surface, LEFT, held, place)
        settle()

    def drag(self, start: QPoint, end: QPoint, held=NONE) -> None:
        self.press(start, held)
        self.move_to(start + (end - start) / 2, held)
        self.move_to(end, held)
        self.release(end, held)

    def click(self, place: QPoint, held=NONE) -> None:
        QTest.mouseClick(self.surface, LEFT, held, place)
        settle()

    def key(self, key: Qt.Key, held=NONE, on: QWidget | None = None) -> None:
        QTest.keyClick(on or self.view, key, held)
        settle()

    def enter_name(self, text: str, key: Qt.Key = KEY.Key_Return, held=NONE) -> None:
        field = self.editing.maker.name.field
        QTest.keyClicks(field, text)
        QTest.keyClick(field, key, held)
        settle()

    def focus(self, lid: str, lane: str = "") -> None:
        lanes = self.view.chart.lanes.of(self.planned.bar(lid))
        self.view.setFocus()
        self.view.set_selection([lid])
        self.view.set_focus_bar(lid, lane or lanes[0].key)


class Sown:
    """A house with people, projects and a few tasks."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.ann = house._made("member", AddMember("Ann Lee"))
        self.bo = house._made("member", AddMember("Bo"))
        self.web = house.project("Website", "#2da608")
        self.design = house._made("segment", AddSegment("Design", self.web))
        self.build = house._made("segment", AddSegment("Build", self.web))
        self.todo = house._made("status", AddStatus("To-do", self.web))
        self.doing = house._made("status", AddStatus("In progress", self.web))
        self.finished = house._made("status", AddStatus("Done", self.web, is_done=True))

    def add(self, name: str, start: int | None = 0, end: int | None = None, **more: Any) -> str:
        """Adds a task by days from today."""
        low = None if start is None else DAY + start
        high = low if end is None else DAY + end
        made = self.house.do(AddPlanTask(name, start=low, end=high, **more))
        (lid,) = made.ids("plan_task")
        return lid

    def milestone(self, name: str, day: int, **more: Any) -> str:
        return self.house._made("milestone", AddMilestone(name, DAY + day, **more))

    def waits(self, before: str, after: str) -> None:
        self.house.do(AddDependency(before, after))


@contextmanager
def plan_desk(house: House, grouping: str = "team", project=None) -> Iterator[PlanDesk]:
    """A window that is shown as long as the block lasts."""
    made = PlanDesk(house, grouping, project)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    settle()
    made.view.show_day(DAY - 2, 0.0)
    settle()
    try:
        yield made
    finally:
        made.editing.drop()
        made.hide()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
