"""The keyboard on the timeline: whatever a hand can do."""

import pytest
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.plan_hands import ALT, CTRL, DAY, KEY, SHIFT, Sown, plan_desk
from toggl_desktop.store.read import entries
from toggl_desktop.store.read import plan as reading

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def test_arrows_walk_along_a_lane_and_across_lanes(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.ann,))
    below = sown.add("Below", 4, 4, members=(sown.ann,))
    bo = sown.add("Bo's", 3, 5, members=(sown.bo,))
    with plan_desk(house) as desk:
        walked = []
        for key in (KEY.Key_Right, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
            desk.key(key)
            walked.append(desk.view.focus_bar[0])
        assert walked == [one, two, below, bo, below]
        assert desk.view.selection == {walked[-1]}
        desk.key(KEY.Key_Left, SHIFT)
        assert len(desk.view.selection) == 2
        desk.key(KEY.Key_Escape)
        assert not desk.view.selection


def test_alt_moves_and_alt_shift_resizes(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_Right, ALT)
        assert desk.days(lid) == (1, 3)
        desk.key(KEY.Key_Down, ALT)
        assert desk.days(lid) == (8, 10)
        desk.key(KEY.Key_Up, ALT)
        desk.key(KEY.Key_Left, ALT)
        assert desk.days(lid) == (0, 2)
        desk.key(KEY.Key_Right, ALT | SHIFT)
        assert desk.days(lid) == (0, 3)
        desk.key(KEY.Key_Down, ALT | SHIFT)
        assert desk.days(lid) == (1, 3)
        desk.key(KEY.Key_Up, ALT | SHIFT)
        desk.key(KEY.Key_Left, ALT | SHIFT)
        assert desk.days(lid) == (0, 2)


def test_ctrl_alt_takes_a_bar_to_another_lane_and_the_keyboard_with_it(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_Down, CTRL | ALT)
        assert desk.task(lid).members == (sown.bo,)
        assert desk.view.focus_bar == (lid, f"member:{sown.bo}")
        desk.key(KEY.Key_Up, CTRL | SHIFT)
        assert desk.task(lid).members == (sown.ann,)


def test_n_makes_a_task_after_the_one_in_hand(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_N)
        desk.enter_name("Next")
        made = desk.find("Next")
        assert desk.days(made) == (3, 3)
        assert desk.task(made).members == (sown.ann,)
        assert desk.view.focus_bar[0] == made
        assert desk.view.hasFocus()


def test_n_works_on_an_empty_plan_of_people(house, sown):
    with plan_desk(house) as desk:
        desk.key(KEY.Key_N)
        desk.enter_name("First")
        assert desk.days(desk.find("First")) == (0, 0)


def test_ctrl_enter_adds_and_opens(house, sown):
    with plan_desk(house) as desk:
        desk.key(KEY.Key_N)
        desk.enter_name("First", held=CTRL)
        assert desk.editing.side.task.lid == desk.find("First")


def test_done_unschedule_duplicate_delete(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    two = sown.add("Two", 4, 5, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_X)
        assert desk.task(lid).is_done
        desk.key(KEY.Key_X)
        assert not desk.task(lid).is_done
        desk.key(KEY.Key_D, CTRL)
        assert desk.names() == ["One", "One", "Two"]
        desk.focus(lid)
        desk.key(KEY.Key_U, SHIFT)
        assert desk.task(lid).start is None
        desk.focus(two)
        desk.key(KEY.Key_Delete)
        assert reading.task(house.store.source, two) is None


def test_space_starts_the_timer_for_the_task(house, sown):
    lid = sown.add("One", 0, 2, project=sown.web, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_Space)
        row = entries.running(house.store.source)
        assert row is not None
        assert (row.description, row.project, row.plan_task) == ("One", sown.web, lid)


def test_e_and_d_open_the_editor_where_it_is_wanted(house, sown):
    lid = sown.add("One", 0, 2, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_E)
        panel = desk.editing.side.task
        assert panel.name.hasFocus()
        QTest.keyClick(panel.name, KEY.Key_Escape)
        QTest.keyClick(panel, KEY.Key_Escape)
        settle()
        assert not desk.editing.side.isVisible()
        assert desk.view.hasFocus()
        desk.key(KEY.Key_D)
        assert panel.days.start.hasFocus()


def test_select_all_moves_all_in_sight(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.bo,))
    with plan_desk(house) as desk:
        desk.key(KEY.Key_A, CTRL)
        assert desk.view.selection == {one, two}
        desk.focus(one)
        desk.view.set_selection([one, two])
        desk.key(KEY.Key_Right, ALT)
        assert desk.days(one) == (1, 2)
        assert desk.days(two) == (4, 5)


def test_shift_s_shifts_everything_after(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.ann,))
    bo = sown.add("Bo's", 3, 4, members=(sown.bo,))
    with plan_desk(house) as desk:
        desk.focus(one)
        desk.key(KEY.Key_S, SHIFT)
        card = desk.editing.shift
        assert card.isVisible()
        assert "One" in card.about.text()
        assert "Ann Lee" in card.only.text()
        QTest.keyClicks(card.day, "+1w")
        QTest.keyClick(card.day, KEY.Key_Return)
        settle()
        assert not card.isVisible()
        assert desk.days(one) == (7, 8)
        assert desk.days(two) == (10, 11)
        assert desk.days(bo) == (3, 4)


def test_shift_m_makes_a_milestone_and_keys_move_it(house, sown):
    with plan_desk(house) as desk:
        desk.key(KEY.Key_M, SHIFT)
        field = desk.editing.milestones.name.field
        assert field.hasFocus()
        QTest.keyClicks(field, "Launch")
        QTest.keyClick(field, KEY.Key_Return)
        settle()
        (row,) = reading.milestones(house.store.source)
        assert (row.name, row.day) == ("Launch", DAY)
        desk.editing.milestones.walk_here()
        top = desk.view.top
        desk.key(KEY.Key_Right, ALT, on=top)
        assert reading.milestones(house.store.source)[0].day == DAY + 1
        desk.key(KEY.Key_Return, on=top)
        assert desk.editing.side.milestone.lid == row.lid
        desk.editing.side.close_panel()
        desk.editing.milestones.walk_here()
        desk.key(KEY.Key_Delete, on=top)
        assert reading.milestones(house.store.source) == []


def test_a_dead_key_is_left_to_the_view(house, sown):
    with plan_desk(house) as desk:
        before = desk.view.axis.per_day
        desk.key(KEY.Key_Q)
        assert desk.view.axis.per_day != before
