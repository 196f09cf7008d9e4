"""One occurrence is changed at once; that more was meant can be said right after it."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.plan_hands import ALT, DAY, KEY, LEFT, SHIFT, Sown, plan_desk
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.plan.commands import EditPlanTasks
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    made = Sown(house)
    house.do(EditPlanTasks((made.add("Weekly", 0, 0, members=(made.ann,)),), repeat="weekly"))
    house.performed.clear()
    return made


def days(house):
    found = tables.load(house.store.source, PlanTask, "WHERE deleted = 0 ORDER BY start")
    return [task.start - DAY for task in found if task.name == "Weekly"]


def occurrence(desk, number):
    bars = sorted((b for b in desk.planned.bars if b.name == "Weekly"), key=lambda b: b.start)
    return bars[number].lid


def press(desk, place):
    button = desk.editing.scope.buttons[place]
    QTest.mouseClick(button, LEFT)
    settle()


def test_a_drag_is_done_and_the_following_may_be_meant_too(house, sown):
    with plan_desk(house) as desk:
        lid = occurrence(desk, 1)
        grip = desk.bar_rect(lid).center()
        desk.drag(grip, grip + QPoint(80, 0))
        card = desk.editing.scope
        assert days(house)[:4] == [0, 9, 14, 21], "it is done before anybody answers"
        assert card.isVisible()
        assert [button.isChecked() for button in card.buttons] == [True, False, False]
        assert desk.view.hasFocus(), "nothing is asked: the keyboard stays"
        press(desk, 1)
        assert days(house)[:4] == [0, 9, 16, 23]
        assert card.scope == "following"
        press(desk, 2)
        assert days(house)[:4] == [2, 9, 16, 23]
        press(desk, 0)
        assert days(house)[:4] == [0, 9, 14, 21]
        press(desk, 1)
        house.do(Undo())
        assert days(house)[:4] == [0, 7, 14, 21], "one step in the end"


def test_keys_reach_it_and_what_they_did_in_several_steps_is_one(house, sown):
    with plan_desk(house) as desk:
        desk.focus(occurrence(desk, 1))
        for _ in range(3):
            desk.key(KEY.Key_Right, ALT)
        assert days(house)[:3] == [0, 10, 14]
        desk.key(KEY.Key_R)
        card = desk.editing.scope
        assert card.buttons[0].hasFocus()
        desk.key(KEY.Key_Tab, on=card.buttons[0])
        desk.key(KEY.Key_Tab, on=card.buttons[1])
        desk.key(KEY.Key_Return, on=card.buttons[2])
        assert days(house)[:3] == [3, 10, 17]
        assert desk.view.hasFocus()
        desk.key(KEY.Key_Escape)
        assert not card.isVisible()
        assert desk.view.selection, "Esc took the card first"
        house.do(Undo())
        assert days(house)[:3] == [0, 7, 14]


def test_resizing_and_deleting_offer_it_too(house, sown):
    with plan_desk(house) as desk:
        desk.focus(occurrence(desk, 2))
        desk.key(KEY.Key_Right, ALT | SHIFT)
        desk.key(KEY.Key_Right, ALT | SHIFT)
        press(desk, 1)
        assert [desk.task(occurrence(desk, n)).end - DAY for n in (1, 2, 3)] == [7, 16, 23]
        desk.key(KEY.Key_Delete)
        assert 14 not in days(house)
        assert desk.editing.scope.about.text() == "Deleted:"
        press(desk, 1)
        assert days(house) == [0, 7]
        house.do(Undo())
        assert days(house)[:4] == [0, 7, 14, 21]


def test_it_goes_away_with_what_comes_next(house, sown):
    other = sown.add("Other", 4, 4, members=(sown.ann,))
    with plan_desk(house) as desk:
        card = desk.editing.scope
        desk.focus(occurrence(desk, 0))
        desk.key(KEY.Key_X)
        assert not card.isVisible(), "nobody means all to be done"
        desk.key(KEY.Key_Right, ALT)
        assert card.isVisible()
        desk.focus(other)
        desk.key(KEY.Key_Right, ALT)
        assert not card.isVisible()
        desk.key(KEY.Key_R)
        assert desk.view.hasFocus()
        desk.focus(occurrence(desk, 0))
        desk.key(KEY.Key_Left, ALT)
        desk.click(desk.spot(6, f"member:{sown.bo}"))
        assert not card.isVisible()


def test_what_was_changed_since_is_not_taken_back(house, sown):
    with plan_desk(house) as desk:
        desk.focus(occurrence(desk, 0))
        desk.key(KEY.Key_Right, ALT)
        house.do(EditPlanTasks((occurrence(desk, 5),), name="Odd"))  # from elsewhere
        press(desk, 2)
        assert "Something else was done since" in desk.refused[-1].error.sentence
        assert days(house)[:3] == [1, 7, 14]
        assert not desk.editing.scope.isVisible()
