"""Bars of several lanes change them together, by hand and by key, as one step."""

import pytest
from PySide6.QtCore import QPoint

from tests.ui.plan_hands import ALT, CTRL, KEY, Sown, plan_desk
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.plan.commands import AddMember, CopyPlanTasks, MovePlanTasks

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    made = Sown(house)
    made.cy = house._made("member", AddMember("Cy"))
    made.one = made.add("One", 0, 1, members=(made.ann,))
    made.two = made.add("Two", 1, 2, members=(made.bo,))
    made.both = made.add("Both", 3, 3, members=(made.ann, made.bo))
    return made


def people(desk, sown):
    return [desk.task(lid).members for lid in (sown.one, sown.two, sown.both)]


def test_a_drag_takes_them_down_side_by_side(house, sown):
    with plan_desk(house) as desk:
        desk.view.set_selection([sown.one, sown.two, sown.both])
        grip = desk.bar_rect(sown.one).center()
        to = QPoint(grip.x() + 40, desk.spot(0, f"member:{sown.bo}").y())
        desk.press(grip)
        desk.move_to(to)
        ghosts = {(draft.lid, draft.lane) for draft in desk.view.drafts}
        assert ghosts == {
            (sown.one, f"member:{sown.bo}"),
            (sown.two, f"member:{sown.cy}"),
            (sown.both, f"member:{sown.bo}"),
            (sown.both, f"member:{sown.cy}"),
        }
        assert "one lane down · 3 tasks" in desk.scene.draft_words
        desk.release(to)
        assert people(desk, sown) == [(sown.bo,), (sown.cy,), (sown.bo, sown.cy)]
        assert desk.days(sown.two) == (2, 3)
        assert len(house.performed) == 1
        house.do(Undo())
        assert people(desk, sown) == [(sown.ann,), (sown.bo,), (sown.ann, sown.bo)]
        assert desk.days(sown.two) == (1, 2)


def test_past_the_last_lane_only_the_days_move_and_the_words_say_so(house, sown):
    with plan_desk(house) as desk:
        desk.view.set_selection([sown.one, sown.two])
        grip = desk.bar_rect(sown.two).center()
        to = QPoint(grip.x() + 40, desk.spot(0, "member:" + sown.ann).y() - 4)
        desk.press(grip)
        desk.move_to(to)
        assert "in their lanes: no lane above is left" in desk.scene.draft_words
        assert {draft.lane for draft in desk.view.drafts} == {
            f"member:{sown.ann}",
            f"member:{sown.bo}",
        }
        assert desk.scene.lit_lane == ""
        desk.release(to)
        assert people(desk, sown)[:2] == [(sown.ann,), (sown.bo,)]
        assert [desk.days(lid) for lid in (sown.one, sown.two)] == [(1, 2), (2, 3)]
        assert isinstance(house.performed[0], MovePlanTasks)


def test_ctrl_copies_them_to_the_lanes_below(house, sown):
    with plan_desk(house) as desk:
        desk.view.set_selection([sown.one, sown.two])
        grip = desk.bar_rect(sown.one).center()
        desk.press(grip)
        to = QPoint(grip.x(), desk.spot(0, f"member:{sown.bo}").y())
        desk.move_to(to, CTRL)
        desk.release(to, CTRL)
        assert isinstance(house.performed[0], CopyPlanTasks)
        assert people(desk, sown)[:2] == [(sown.ann,), (sown.bo,)]
        copies = {
            bar.name: bar.members for bar in desk.planned.bars if bar.lid in desk.view.selection
        }
        assert copies == {"One": (sown.bo,), "Two": (sown.cy,)}


def test_keys_take_them_along_and_say_why_not(house, sown):
    with plan_desk(house) as desk:
        desk.focus(sown.one)
        desk.view.set_selection([sown.one, sown.two])
        desk.key(KEY.Key_Down, CTRL | ALT)
        assert people(desk, sown)[:2] == [(sown.bo,), (sown.cy,)]
        assert desk.view.focus_bar == (sown.one, f"member:{sown.bo}")
        desk.key(KEY.Key_Down, CTRL | ALT)  # the last lane is no one's
        assert people(desk, sown)[:2] == [(sown.cy,), ()]
        desk.key(KEY.Key_Down, CTRL | ALT)
        assert people(desk, sown)[:2] == [(sown.cy,), ()]
        assert "No lane below is left for all of them." in desk.refused[-1].error.sentence
        assert len(house.performed) == 2


def test_segments_change_together_too(house, sown):
    ones = [sown.add(f"S{n}", 0, 1, project=sown.web, segment=s)
            for n, s in enumerate((sown.design, sown.build))]  # fmt: skip
    with plan_desk(house, "project", sown.web) as desk:
        desk.focus(ones[0])
        desk.view.set_selection(ones)
        desk.key(KEY.Key_Down, CTRL | ALT)
        assert "No lane below" in desk.refused[-1].error.sentence
        desk.view.set_focus_bar(ones[1], f"segment:{sown.build}")
        desk.view.set_selection([ones[1]])
        desk.key(KEY.Key_Up, CTRL | ALT)
        assert desk.task(ones[1]).segment == sown.design


def test_two_ghosts_never_lie_upon_each_other(house, sown):
    over = sown.add("Over", 0, 1, members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.view.set_selection([sown.one, over])
        grip = desk.bar_rect(sown.one).center()
        desk.press(grip)
        desk.move_to(grip + QPoint(200, 0))
        rows = [draft.row for draft in desk.view.drafts]
        assert len(set(rows)) == 2
        desk.key(KEY.Key_Escape)


def test_one_bar_at_the_last_lane_says_so(house, sown):
    with plan_desk(house) as desk:
        desk.focus(sown.one)
        desk.key(KEY.Key_Up, CTRL | ALT)
        assert desk.refused[-1].error.sentence == "No lane is above."
        assert not house.performed
