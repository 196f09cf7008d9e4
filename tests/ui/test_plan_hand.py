"""The pointer on the timeline: every change is one command, and Esc leaves nothing behind."""

import pytest
from PySide6.QtCore import QPoint

from tests.ui.conftest import settle
from tests.ui.plan_hands import ALT, CTRL, DAY, KEY, NONE, SHIFT, Sown, plan_desk
from toggl_desktop.domain.plan.commands import (
    AddPlanTask,
    CopyPlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def lane(sown, who):
    return f"member:{who}"


def test_a_click_on_an_empty_lane_asks_for_a_name_in_its_place(house, sown):
    with plan_desk(house) as desk:
        desk.click(desk.spot(1, lane(sown, sown.ann)))
        name = desk.editing.maker.name
        assert name.isVisible()
        assert desk.view.drafts[0].start == DAY + 1
        desk.enter_name("Wireframes")
        lid = desk.find("Wireframes")
        assert desk.days(lid) == (1, 1)
        assert desk.task(lid).members == (sown.ann,)
        assert desk.view.selection == {lid}
        assert not name.isVisible()
        assert not desk.view.drafts
        assert [type(c) for c in house.performed] == [AddPlanTask]


def test_a_drag_on_an_empty_lane_makes_a_bar_of_many_days(house, sown):
    with plan_desk(house) as desk:
        start, end = desk.spot(2, lane(sown, sown.bo)), desk.spot(5, lane(sown, sown.bo))
        desk.press(start)
        desk.move_to(end)
        assert "4 days" in desk.scene.draft_words
        desk.release(end)
        desk.enter_name("Checkout", KEY.Key_Return)
        assert desk.days(desk.find("Checkout")) == (2, 5)


def test_esc_and_an_empty_name_make_nothing(house, sown):
    with plan_desk(house) as desk:
        desk.click(desk.spot(1, lane(sown, sown.ann)))
        desk.enter_name("Half a na", KEY.Key_Escape)
        assert not desk.editing.maker.name.isVisible()
        desk.click(desk.spot(1, lane(sown, sown.ann)))
        desk.enter_name("")
        assert desk.editing.maker.name.isVisible()
        assert "name" in desk.editing.maker.name.about.text()
        desk.enter_name("", KEY.Key_Escape)
        assert desk.names() == []


def test_a_name_is_taken_when_the_pointer_goes_elsewhere(house, sown):
    with plan_desk(house) as desk:
        desk.click(desk.spot(1, lane(sown, sown.ann)))
        from PySide6.QtTest import QTest

        QTest.keyClicks(desk.editing.maker.name.field, "Kept")
        desk.click(desk.spot(4, lane(sown, sown.bo)))
        settle()
        assert desk.names() == ["Kept"]
        assert not desk.editing.maker.name.isVisible()


def test_a_drag_moves_by_days_and_says_so(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        to = grip + QPoint(80, 0)
        desk.press(grip)
        desk.move_to(grip + QPoint(20, 0))
        desk.move_to(to)
        assert "+2 days" in desk.scene.draft_words
        assert desk.view.drafts[0].lid == lid
        desk.release(to)
        assert desk.days(lid) == (2, 4)
        assert house.performed == [MovePlanTasks((lid,), days=2)]


def test_esc_ends_a_drag_without_a_trace(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.press(grip)
        desk.move_to(grip + QPoint(120, 0))
        assert desk.view.drafts
        desk.key(KEY.Key_Escape)
        assert not desk.view.drafts
        desk.release(grip + QPoint(120, 0))
        assert desk.days(lid) == (0, 2)
        assert house.performed == []


def test_a_drag_to_another_lane_reassigns(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        to = QPoint(grip.x(), desk.spot(0, lane(sown, sown.bo)).y())
        desk.press(grip)
        desk.move_to(to)
        assert "to Bo" in desk.scene.draft_words
        assert desk.scene.lit_lane == lane(sown, sown.bo)
        desk.release(to)
        assert desk.task(lid).members == (sown.bo,)
        assert desk.days(lid) == (0, 2)


def test_a_drag_to_another_segment_changes_it(house, sown):
    lid = sown.add("Wireframes", 0, 2, project=sown.web)
    with plan_desk(house, "project", sown.web) as desk:
        assert desk.task(lid).segment == sown.design
        grip = desk.bar_rect(lid).center()
        to = QPoint(grip.x() + 40, desk.spot(0, f"segment:{sown.build}").y())
        desk.drag(grip, to)
        assert desk.task(lid).segment == sown.build
        assert desk.days(lid) == (1, 3)


def test_both_edges_resize_and_never_cross(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        rect = desk.bar_rect(lid)
        right = QPoint(rect.right() - 2, rect.center().y())
        desk.drag(right, right + QPoint(80, 0))
        assert desk.days(lid) == (0, 4)
        left = QPoint(rect.left() + 2, rect.center().y())
        desk.drag(left, left + QPoint(40, 0))
        assert desk.days(lid) == (1, 4)
        left = QPoint(desk.bar_rect(lid).left() + 2, rect.center().y())
        desk.drag(left, left + QPoint(400, 0))
        assert desk.days(lid) == (4, 4)
        assert {type(c) for c in house.performed} == {EditPlanTasks}


def test_ctrl_drag_copies(house, sown):
    lid = sown.add("Wireframes", 0, 1, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.drag(grip, grip + QPoint(120, 0), CTRL)
        assert desk.names() == ["Wireframes", "Wireframes"]
        assert desk.days(lid) == (0, 1)
        (copy,) = desk.view.selection
        assert desk.days(copy) == (3, 4)
        assert isinstance(house.performed[0], CopyPlanTasks)


def test_alt_moves_a_timed_task_by_quarters_of_an_hour(house, sown):
    lid = sown.add("Call", 0, members=(sown.ann,), start_minute=540, end_minute=600)
    with plan_desk(house) as desk:
        desk.view.zoom(5.0)
        desk.view.show_day(DAY)
        settle()
        grip = desk.bar_rect(lid).center()
        desk.drag(grip, grip + QPoint(50, 0), ALT)
        task = desk.task(lid)
        assert task.start == DAY
        assert task.start_minute == 540 + 360
        assert task.end_minute == 600 + 360


def test_many_are_selected_and_move_together(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.ann,))
    three = sown.add("Three", 0, 1, members=(sown.bo,))
    with plan_desk(house) as desk:
        desk.click(desk.bar_rect(one).center())
        desk.click(desk.bar_rect(two).center(), CTRL)
        assert desk.view.selection == {one, two}
        grip = desk.bar_rect(two).center()
        desk.drag(grip, grip + QPoint(40, 0))
        assert desk.days(one) == (1, 2)
        assert desk.days(two) == (4, 5)
        assert desk.days(three) == (0, 1)
        assert len(house.performed) == 1
        desk.click(desk.bar_rect(two).center(), CTRL)
        assert desk.view.selection == {one}


def test_a_rubber_band_selects_what_it_touches_and_esc_gives_back_what_was(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.ann,))
    three = sown.add("Three", 0, 1, members=(sown.bo,))
    with plan_desk(house) as desk:
        corner = desk.bar_rect(one).topLeft() - QPoint(8, 3)
        far = desk.bar_rect(three).bottomRight() + QPoint(4, 3)
        desk.drag(corner, far, SHIFT)
        assert desk.view.selection == {one, three}
        desk.press(desk.bar_rect(two).topLeft() - QPoint(8, 3), CTRL)
        desk.move_to(desk.bar_rect(two).center(), CTRL)
        assert desk.view.selection == {one, two, three}
        desk.key(KEY.Key_Escape)
        assert desk.view.selection == {one, three}
        assert house.performed == []


def test_a_rubber_band_held_at_the_edge_scrolls_and_takes_what_comes(house, sown):
    first = sown.add("First", 0, 0, members=(sown.ann,))
    far = sown.add("Far", 60, 61, members=(sown.ann,))
    with plan_desk(house) as desk:
        start = desk.bar_rect(first).topLeft() - QPoint(8, 3)
        edge = QPoint(desk.surface.width() - 2, desk.bar_rect(first).center().y())
        desk.press(start, SHIFT)
        desk.move_to(edge, SHIFT)
        assert desk.view.edge.is_scrolling
        for _ in range(200):
            desk.view.edge._on_timer_timeout()
        assert desk.bar_rect(first).right() < 0
        assert desk.view.selection == {first, far}
        desk.release(edge, SHIFT)
        assert not desk.view.edge.is_scrolling


def test_shift_click_selects_all_between(house, sown):
    one = sown.add("One", 0, 0, members=(sown.ann,))
    two = sown.add("Two", 2, 2, members=(sown.ann,))
    three = sown.add("Three", 4, 4, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.click(desk.bar_rect(one).center())
        desk.click(desk.bar_rect(three).center(), SHIFT)
        assert desk.view.selection == {one, two, three}


def test_a_change_that_lands_during_a_drag_does_not_end_it(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    other = sown.add("Other", 0, 2, members=(sown.bo,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.press(grip)
        desk.move_to(grip + QPoint(40, 0))
        house.do(MovePlanTasks((other,), days=1))
        settle()
        desk.move_to(grip + QPoint(80, 0))
        assert desk.view.drafts[0].lid == lid
        desk.release(grip + QPoint(80, 0))
        assert desk.days(lid) == (2, 4)
        assert desk.days(other) == (1, 3)


def test_a_bar_that_was_deleted_during_a_drag_is_refused_in_words(house, sown):
    from toggl_desktop.domain.plan.commands import DeletePlanTasks

    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.press(grip)
        desk.move_to(grip + QPoint(40, 0))
        house.do(DeletePlanTasks((lid,)))
        settle()
        desk.move_to(grip + QPoint(80, 0))
        desk.release(grip + QPoint(80, 0))
        assert desk.names() == []
        assert len(desk.refused) == 1


def test_a_double_click_opens_the_editor(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        from PySide6.QtTest import QTest

        QTest.mouseDClick(desk.surface, desk_left(), NONE, desk.bar_rect(lid).center())
        settle()
        assert desk.editing.side.isVisible()
        assert desk.editing.side.task.lid == lid


def desk_left():
    from tests.ui.plan_hands import LEFT

    return LEFT


def test_a_bar_can_be_taken_to_the_taskbox_and_a_card_back(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        box = desk.editing.taskbox
        box.set_open(is_open=True)
        settle()
        grip = desk.bar_rect(lid).center()
        target = desk.surface.mapFromGlobal(box.mapToGlobal(box.rect().center()))
        desk.drag(grip, target)
        assert desk.task(lid).start is None
        assert box.count == 1
        assert "1 unscheduled" in box.handle.text()
        settle()
        cards = box.cards
        from PySide6.QtTest import QTest

        from tests.ui.plan_hands import LEFT

        place = cards.visualRect(cards.cards.index(0)).center()
        QTest.mousePress(cards.viewport(), LEFT, NONE, place)
        to = desk.surface.mapToGlobal(desk.spot(3, f"member:{sown.bo}"))
        inside = cards.viewport().mapFromGlobal(to)
        desk.move_to(place + QPoint(10, 0), on=cards.viewport())
        desk.move_to(inside, on=cards.viewport())
        assert desk.view.drafts
        ghost = desk.editing.carrier._ghost
        assert ghost.isHidden(), "the chart shows it: a picture would hide its days"
        desk.move_to(place + QPoint(10, 0), on=cards.viewport())
        assert ghost.isVisible()
        desk.move_to(inside, on=cards.viewport())
        QTest.mouseRelease(cards.viewport(), LEFT, NONE, inside)
        settle()
        assert desk.days(lid) == (3, 3)
        assert sown.bo in desk.task(lid).members
        assert box.count == 0


def test_undo_takes_a_drag_back(house, sown):
    from toggl_desktop.actions.perform import Undo

    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        desk.drag(grip, grip + QPoint(80, 0))
        house.do(Undo())
        settle()
        assert desk.days(lid) == (0, 2)


def test_a_drag_held_at_the_edge_scrolls_and_goes_on(house, sown):
    lid = sown.add("Wireframes", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        grip = desk.bar_rect(lid).center()
        edge = QPoint(desk.surface.width() - 4, grip.y())
        desk.press(grip)
        desk.move_to(edge)
        before, left = desk.view.drafts[0].start, desk.view.left
        assert desk.view.edge.is_scrolling
        for _ in range(12):
            desk.view.edge._on_timer_timeout()
        assert desk.view.left > left
        assert desk.view.drafts[0].start > before
        wanted = desk.view.drafts[0].start - DAY
        desk.release(edge)
        assert not desk.view.edge.is_scrolling
        assert desk.days(lid) == (wanted, wanted + 2)
