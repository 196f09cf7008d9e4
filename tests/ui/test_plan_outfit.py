"""Editing in the plan window itself: menu, keys, board, taskbox, side panel, undo."""

from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import settle
from tests.ui.plan_hands import CTRL, DAY, KEY, LEFT, NONE, Sown
from toggl_desktop.domain.plan.commands import AddGroup, AddPlanTask, EditPlanTasks
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.plan.model import Shown
from toggl_desktop.ui.plan.window import PlanWindow

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


@contextmanager
def window_of(house):
    made = PlanWindow(house.context)
    made.show_on_current()
    made.activateWindow()
    settle()
    try:
        yield made
    finally:
        made.outfit.editing.drop()
        made.hide()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _drag(window, start, end):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent

    surface = window.timeline.view.viewport()
    QTest.mousePress(surface, LEFT, NONE, start)
    for place in (start + (end - start) / 2, end):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), QPointF(surface.mapToGlobal(place)),
            Qt.MouseButton.NoButton, LEFT, NONE,
        )  # fmt: skip
        QApplication.sendEvent(surface, event)
    QTest.mouseRelease(surface, LEFT, NONE, end)
    settle()


def test_a_drag_is_told_and_can_be_taken_back_at_once(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with window_of(house) as window:
        view = window.timeline.view
        day = view.x_of(DAY + 1) - view.x_of(DAY)
        grip = view.rect_of(lid).center()
        _drag(window, grip, grip + QPoint(2 * day, 0))
        assert reading.task(house.store.source, lid).start == DAY + 2
        assert "Wireframes" in window.toast.sentence
        assert view.rect_of(lid).left() == view.x_of(DAY + 2)
        QTest.keyClick(view, KEY.Key_Z, CTRL)
        settle()
        assert reading.task(house.store.source, lid).start == DAY


def test_u_opens_the_taskbox_which_counts_what_the_view_shows(house, sown):
    sown.add("Later", None, members=(sown.ann,))
    sown.add("Web", None, project=sown.web)
    house.do(AddGroup("Design", (sown.ann,)))
    with window_of(house) as window:
        box = window.outfit.editing.taskbox
        assert box.handle.text() == "2 unscheduled"
        QTest.keyClick(window.timeline.view, KEY.Key_U)
        settle()
        assert box.is_open
        group = reading.groups(house.store.source)[0]
        window.show_timeline(Shown("team", group.lid))
        assert box.handle.text() == "1 unscheduled"
        assert "Design" in box.rule.text()
        window.show_timeline(Shown("project", sown.web))
        assert [bar.name for bar in box.cards.cards.bars] == ["Web"]


def test_the_board_keeps_up_while_the_timeline_is_out_of_sight(house, sown):
    lid = sown.add("Wireframes", 0, 2, project=sown.web)
    with window_of(house) as window:
        QTest.keyClick(window.timeline.view, KEY.Key_3, CTRL)
        settle()
        board = window.outfit.editing.board
        assert board.isVisible()
        assert board.whose.text() == "Website"
        assert board.columns[0].cards.hasFocus()
        house.do(EditPlanTasks((lid,), status=sown.doing))
        settle()
        assert [bar.name for bar in board.columns[1].cards.cards.bars] == ["Wireframes"]
        assert window.outfit.editing.taskbox.handle.text() == "0 without a status"
        other = house.project("Other")
        house.do(AddPlanTask("Elsewhere", project=other))
        settle()
        board.whose.setFocus()
        board.whose.selectAll()
        QTest.keyClicks(board.whose, "oth")
        QTest.keyClick(board.whose, KEY.Key_Return)
        settle()
        assert [bar.name for bar in board.columns[0].cards.cards.bars] == ["Elsewhere"]
        QTest.keyClick(window, KEY.Key_1, CTRL)
        settle()
        assert window.timeline.view.hasFocus()
        assert window.timeline.model.bar(lid).status == sown.doing


def test_keys_open_people_milestones_and_a_new_task(house, sown):
    with window_of(house) as window:
        editing = window.outfit.editing
        QTest.keyClick(window.timeline.view, KEY.Key_P, CTRL)
        settle()
        assert editing.side.people.isVisible()
        QTest.keyClick(editing.side.people, KEY.Key_Escape)
        QTest.keyClick(window.timeline.view, KEY.Key_N, CTRL)
        settle()
        assert editing.maker.name.field.hasFocus()
        QTest.keyClicks(editing.maker.name.field, "umq")
        assert editing.maker.name.field.text() == "umq"
        assert not editing.taskbox.is_open
        QTest.keyClick(editing.maker.name.field, KEY.Key_Return)
        settle()
        assert window.timeline.view.hasFocus()
        assert [bar.name for bar in reading.plan(house.store.source).bars] == ["umq"]
        QTest.keyClick(window.timeline.view, KEY.Key_M, CTRL)
        settle()
        assert window.timeline.view.top.hasFocus()


def test_what_waits_is_pushed_where_that_is_chosen(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 2, 3, members=(sown.bo,))
    sown.waits(one, two)
    with window_of(house) as window:
        view = window.timeline.view
        view.set_selection([one])
        view.set_focus_bar(one, f"member:{sown.ann}")
        QTest.keyClick(view, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert reading.task(house.store.source, two).start == DAY + 2
        house.preferences.choose("plan_push", value=True)
        QTest.keyClick(view, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
        settle()
        assert reading.task(house.store.source, two).start == DAY + 4


def test_the_list_of_shortcuts_names_the_keys_of_editing(house, sown):
    with window_of(house) as window:
        listed = dict(line for _, lines in window.shortcut_groups() for line in lines)
        assert "Shift+M" in listed["New task; milestone"]
        assert listed["Taskbox"] == "U"


def test_letters_typed_in_the_panel_are_no_keys_of_the_window(house, sown):
    lid = sown.add("One", 0, 1, members=(sown.ann,))
    with window_of(house) as window:
        editing = window.outfit.editing
        editing.deeds.open_task(lid)
        settle()
        panel = editing.side.task
        panel.done.setFocus()
        QTest.keyClick(panel.done, KEY.Key_U)
        settle()
        assert not editing.taskbox.is_open


def test_what_is_being_typed_is_kept_when_the_window_is_closed(house, sown):
    lid = sown.add("One", 0, 1, members=(sown.ann,))
    with window_of(house) as window:
        window.outfit.editing.deeds.open_task(lid)
        settle()
        name = window.outfit.editing.side.task.name
        name.selectAll()
        QTest.keyClicks(name, "Half typed")
        window.close()
        settle()
        assert reading.task(house.store.source, lid).name == "Half typed"


def test_the_first_task_is_named_in_its_place(house):
    with window_of(house) as window:
        assert window.welcome.isVisible()
        window.welcome.first.click()
        settle()
        field = window.outfit.editing.maker.name.field
        assert field.hasFocus()
        QTest.keyClicks(field, "Begin")
        QTest.keyClick(field, KEY.Key_Return)
        settle()
        (bar,) = reading.plan(house.store.source).bars
        assert (bar.name, bar.start, bar.members) == ("Begin", DAY, ())
        assert not window.welcome.isVisible()


def test_a_task_without_days_from_elsewhere_is_in_the_taskbox_at_once(house):
    with window_of(house) as window:
        assert window.welcome.isVisible()
        box = window.outfit.editing.taskbox
        house.do(AddPlanTask("For later"))
        settle()
        assert [bar.name for bar in box.cards.cards.bars] == ["For later"]
        assert not window.welcome.isVisible(), "something is planned"


def test_a_projects_tasks_are_looked_for_once_and_kept_in_step(house, sown, monkeypatch):
    one = sown.add("One", 0, 1, project=sown.web)
    with window_of(house) as window:
        window.show_board()
        settle()
        model = window.timeline.model
        assert [bar.lid for bar in model.of_project(sown.web)] == [one]
        asked = []
        monkeypatch.setattr(type(model), "bars", property(lambda _: asked.append(1) or ()))
        window.do(AddPlanTask("Two", project=sown.web))
        window.do(EditPlanTasks((one,), name="First"))
        settle()
        assert sorted(bar.name for bar in model.of_project(sown.web)) == ["First", "Two"]
        window.do(EditPlanTasks((one,), project=None))
        settle()
        assert [bar.name for bar in model.of_project(sown.web)] == ["Two"]
        assert not asked
