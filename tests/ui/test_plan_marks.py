"""Milestones and dependencies under the pointer, and the menu over bars."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import settle
from tests.ui.plan_hands import DAY, KEY, LEFT, NONE, Sown, plan_desk
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.commands import AddDependency, EditMilestone
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.plan.links import LinkPainter

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def _head(desk, day):
    x = (desk.view.x_of(DAY + day) + desk.view.x_of(DAY + day + 1)) // 2
    return QPoint(x, desk.view.top.painter.row + 4)


def test_a_click_on_a_days_head_marks_it(house, sown):
    with plan_desk(house) as desk:
        QTest.mouseClick(desk.view.top, LEFT, NONE, _head(desk, 3))
        settle()
        name, glass = desk.editing.milestones.name, desk.editing.milestones._glass
        layers = desk.surface.children()
        assert layers.index(name) > layers.index(glass), "its line does not cross what is typed"
        field = name.field
        assert field.hasFocus()
        QTest.keyClicks(field, "Launch")
        QTest.keyClick(field, KEY.Key_Return)
        settle()
        (row,) = reading.milestones(house.store.source)
        assert (row.name, row.day, row.project) == ("Launch", DAY + 3, None)


def test_on_a_projects_timeline_a_milestone_is_the_projects(house, sown):
    with plan_desk(house, "project", sown.web) as desk:
        QTest.mouseClick(desk.view.top, LEFT, NONE, _head(desk, 3))
        field = desk.editing.milestones.name.field
        QTest.keyClicks(field, "Launch")
        QTest.keyClick(field, KEY.Key_Return)
        settle()
        assert reading.milestones(house.store.source)[0].project == sown.web


def test_a_milestone_is_dragged_and_esc_leaves_it(house, sown):
    lid = sown.milestone("Launch", 3)
    with plan_desk(house) as desk:
        top = desk.view.top
        row = top.painter
        place = QPoint(_head(desk, 3).x(), 2 * row.row + row.band // 2)
        QTest.mousePress(top, LEFT, NONE, place)
        desk.move_to(place + QPoint(80, 0), on=top)
        assert desk.editing.milestones._glass.isVisible()
        QTest.mouseRelease(top, LEFT, NONE, place + QPoint(80, 0))
        settle()
        assert house.performed == [EditMilestone(lid, day=DAY + 5)]
        place += QPoint(80, 0)
        QTest.mousePress(top, LEFT, NONE, place)
        desk.move_to(place + QPoint(80, 0), on=top)
        desk.key(KEY.Key_Escape, on=top)
        QTest.mouseRelease(top, LEFT, NONE, place + QPoint(80, 0))
        settle()
        assert reading.milestones(house.store.source)[0].day == DAY + 5


def test_a_click_on_a_milestone_opens_it(house, sown):
    lid = sown.milestone("Launch", 3)
    with plan_desk(house) as desk:
        row = desk.view.top.painter
        place = QPoint(_head(desk, 3).x(), 2 * row.row + row.band // 2)
        QTest.mouseClick(desk.view.top, LEFT, NONE, place)
        settle()
        editor = desk.editing.side.milestone
        assert editor.lid == lid
        editor.whom.setFocus()
        QTest.keyClicks(editor.whom, "web")
        QTest.keyClick(editor.whom, KEY.Key_Return)
        editor.holiday.click()
        settle()
        row = reading.milestone(house.store.source, lid)
        assert row.project == sown.web
        assert row.is_holiday


def test_a_knob_does_not_stay_where_its_bar_was(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.hover(desk.bar_rect(lid).center())
        assert desk.editing.knob.isVisible()
        desk.focus(lid)
        desk.key(KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert not desk.editing.knob.isVisible()


def test_a_knob_is_dragged_to_the_task_that_waits(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 4, 5, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.hover(desk.bar_rect(one).center())
        settle()
        knob = desk.editing.knob
        assert knob.isVisible()
        assert desk.bar_rect(one).intersects(knob.geometry())
        QTest.mouseMove(knob, knob.rect().center())
        settle()
        assert knob.isVisible()
        QTest.mousePress(knob, LEFT, NONE, knob.rect().center())
        desk.move_to(knob.mapFrom(desk.surface, desk.bar_rect(two).center()), on=knob)
        desk.key(KEY.Key_Escape)
        QTest.mouseRelease(knob, LEFT, NONE, knob.mapFrom(desk.surface, QPoint(5, 5)))
        assert house.performed == []
        desk.hover(desk.bar_rect(two).center())
        desk.hover(desk.bar_rect(one).center())
        settle()
        QTest.mousePress(knob, LEFT, NONE, knob.rect().center())
        place = knob.mapFrom(desk.surface, desk.bar_rect(two).center())
        desk.move_to(place, on=knob)
        QTest.mouseRelease(knob, LEFT, NONE, place)
        settle()
        assert house.performed == [AddDependency(one, two)]
        assert len(reading.dependencies(house.store.source)) == 1


def test_a_circle_is_refused_in_words(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 4, 5, members=(sown.ann,))
    sown.waits(one, two)
    with plan_desk(house) as desk:
        desk.editing.deeds.do(AddDependency(two, one))
        assert len(desk.refused) == 1
        assert desk.refused[0].error.sentence


def test_the_menu_does_what_it_says_with_all_that_are_selected(house, sown):
    one = sown.add("One", 0, 1, project=sown.web)
    two = sown.add("Two", 3, 4, project=sown.web)
    with plan_desk(house) as desk:
        menu = desk.editing.menu
        desk.view.set_selection([one, two])
        desk.key(KEY.Key_Menu)
        menu.open_at(QPoint(5, 5), desk.planned.plan, (one, two))
        assert not menu.open.isEnabled()
        assert "2" in menu.delete.text()
        menu.done.trigger()
        assert desk.task(one).is_done
        assert desk.task(two).is_done
        for sub, words in ((menu.status, "In progress"), (menu.people, "Bo")):
            action = next(a for a in sub.actions() if a.text() == words)
            action.trigger()
        assert desk.task(two).status == sown.doing
        assert desk.task(two).members == (sown.bo,)
        colour = menu.colour.actions()[3]
        colour.trigger()
        assert desk.task(one).color == colour.data()[1]
        menu.duplicate.trigger()
        assert desk.names() == ["One", "One", "Two", "Two"]
        menu.delete.trigger()
        assert desk.names() == ["One", "Two"]
        menu.hide()
        QApplication.sendPostedEvents()


def test_lines_between_lanes_out_of_sight_are_not_painted(house, sown, monkeypatch):
    near = sown.add("Near", 0, 1, members=(sown.ann,)), sown.add("Next", 3, 4, members=(sown.ann,))
    sown.waits(*near)
    with plan_desk(house) as desk:
        painted = []
        monkeypatch.setattr(LinkPainter, "_paint_one", lambda *given: painted.append(given[-1]))
        view, lane = desk.view, desk.view.chart.placed(f"member:{sown.ann}")
        picture = QPixmap(8, 8)
        painter = QPainter(picture)
        x = view.axis.x(DAY)
        LinkPainter().paint(painter, Box(x, lane.top, 400, lane.height), view.scene)
        assert len(painted) == 1
        LinkPainter().paint(painter, Box(x, lane.top + 400, 400, 50), view.scene)
        LinkPainter().paint(painter, Box(view.axis.x(DAY + 40), lane.top, 400, 50), view.scene)
        assert len(painted) == 1
        painter.end()
