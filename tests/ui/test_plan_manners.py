"""Small things one notices on a screen: where cards stand, what a still pointer says, who moved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY
from tests.ui.plan_desk import plan_desk as whole_desk
from tests.ui.plan_hands import CTRL, DAY, KEY, Sown, plan_desk
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import (
    AddPlanTask,
    DeletePlanTasks,
    EditPlanTasks,
    MovePlanTasks,
)
from toggl_desktop.ui.widgets.picking import Choice
from toggl_desktop.ui.widgets.picking_many import PickMany

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house: House) -> Sown:
    return Sown(house)


def test_the_first_card_stands_in_the_middle(house: House) -> None:
    with whole_desk(house, None) as desk:
        desk.window.resize(900, 600)
        settle()
        card, room = desk.window.welcome.geometry(), desk.surface.rect()
        assert abs(card.center().x() - room.center().x()) <= 1
        desk.window.hide()
        desk.window.resize(1300, 700)
        desk.window.show()
        settle()
        card, room = desk.window.welcome.geometry(), desk.surface.rect()
        assert abs(card.center().x() - room.center().x()) <= 1


def test_the_first_card_stays_where_it_is_while_the_days_go_by(house: House) -> None:
    with whole_desk(house, None) as desk:
        card = desk.window.welcome.geometry()
        for step in (300, -120):
            desk.view.scroll_sideways(desk.view.horizontalScrollBar().value() + step)
            settle()
            assert desk.window.welcome.geometry() == card


def test_the_day_under_a_still_pointer_follows_the_chart(house: House) -> None:
    with whole_desk(house, plans.small()) as desk:
        place = QPoint(desk.view.x_of(TODAY + 3) + 4, 300)
        desk.move(place)
        assert desk.view.top._pointed == TODAY + 3
        desk.view.scroll_sideways(desk.view.x_of(TODAY + 5) - desk.view.x_of(TODAY))
        desk.hear()
        assert desk.view.top._pointed == TODAY + 8


def test_a_refused_name_has_room_for_the_reason(house: House, sown: Sown) -> None:
    with plan_desk(house) as desk:
        desk.click(desk.spot(1, f"member:{sown.ann}"))
        desk.enter_name("")
        name = desk.editing.maker.name
        assert name.about.height() >= name.about.heightForWidth(name.about.width())
        assert name.field.geometry().bottom() < name.about.geometry().top()


def test_a_bar_lands_where_it_was_shown_though_others_moved_it(house: House, sown: Sown) -> None:
    lid = sown.add("Wireframes", 0, 1, members=(sown.ann,))
    with plan_desk(house) as desk:
        start = desk.bar_rect(lid).center()
        width = desk.view.x_of(DAY + 1) - desk.view.x_of(DAY)
        desk.press(start)
        desk.move_to(start + QPoint(width, 0))
        desk.move_to(start + QPoint(3 * width, 0))
        assert desk.view.drafts[0].start == DAY + 3
        house.context.bridge.blockSignals(True)  # the word of it waits until the drag is over
        house.do(MovePlanTasks((PlanTaskId(lid),), days=2))
        house.context.bridge.blockSignals(False)
        desk.release(start + QPoint(3 * width, 0))
        assert desk.days(lid) == (3, 4)


def test_what_is_deleted_elsewhere_is_not_selected_any_more(house: House, sown: Sown) -> None:
    one, two = sown.add("One"), sown.add("Two", 3)
    sown.waits(one, two)
    with whole_desk(house, None) as desk:
        desk.view.set_selection([one])
        desk.hear()
        assert "1 selected" in desk.window.status.words
        house.do(DeletePlanTasks((PlanTaskId(one),)))  # takes the dependency with it
        settle()
        desk.hear()
        assert not desk.view.selection
        assert "selected" not in desk.window.status.words


def test_a_way_back_is_not_offered_when_it_leads_elsewhere(house: House, sown: Sown) -> None:
    with whole_desk(house, None) as desk:
        desk.window.do(AddPlanTask("Mine"))
        settle()
        assert desk.window.toast.isVisible()
        house.do(AddPlanTask("From a terminal"))
        settle()
        assert not desk.window.toast.isVisible()


def test_the_keyboard_is_on_the_timeline_once_there_is_a_sample(house: House) -> None:
    with whole_desk(house, None) as desk:
        desk.window.activateWindow()
        desk.window.welcome.sample.setFocus()
        settle()
        desk.window.welcome.sample.click()
        settle()
        assert not desk.window.welcome.isVisible()
        assert desk.view.hasFocus()


def test_in_a_narrow_window_the_names_make_room_for_the_panel(house: House, sown: Sown) -> None:
    with whole_desk(house, None) as desk:
        window, names = desk.window, desk.view.side
        side = window.outfit.editing.side
        window.resize(560, 420)
        side.open_people()
        settle()
        assert names.is_folded
        assert side.geometry().right() < window.width(), "all of it is on the window"
        window.resize(1100, 420)
        settle()
        assert not names.is_folded
        window.resize(560, 420)
        settle()
        side.hide()
        settle()
        assert not names.is_folded
        names.fold(is_folded=True)
        side.show()
        side.hide()
        assert names.is_folded, "a person folded them"


@pytest.mark.parametrize(("kept", "width"), [(240, 240), (9, 96), ("99999999999", 480), ("x", 180)])
def test_the_names_are_as_wide_as_they_were_left(
    house: House, tmp_path: Path, kept: object, width: int
) -> None:
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    state.setValue("plan/side", kept)
    with whole_desk(house, plans.small(), state) as desk:
        assert desk.view.side.width_open == width
        desk.view.side.fold(is_folded=True)
        desk.window.remember()
        assert int(str(state.value("plan/side"))) == width, "not as they are folded"


def test_selection_and_keyboard_go_to_the_copy(house: House, sown: Sown) -> None:
    lid = sown.add("One", members=(sown.ann,))
    with plan_desk(house) as desk:
        desk.focus(lid)
        desk.key(KEY.Key_D, CTRL)
        (copy,) = desk.view.selection
        assert copy != lid
        assert desk.view.focus_bar == (copy, f"member:{sown.ann}")


def test_what_was_done_is_told_as_done(house: House, sown: Sown) -> None:
    lid = sown.add("One")
    with whole_desk(house, None) as desk:
        desk.window.do(EditPlanTasks((PlanTaskId(lid),), start=None, end=None))
        settle()
        assert desk.window.toast.sentence == "Took “One” off the schedule"
        desk.window.do(
            EditPlanTasks((PlanTaskId(lid),), start=TODAY, end=TODAY, repeat="every 1 week")
        )
        settle()
        assert desk.window.toast.sentence == "Made “One” repeat"


def test_the_days_in_sight_stay_told_beside_an_open_taskbox(house: House, sown: Sown) -> None:
    sown.add("Later", None)
    with whole_desk(house, None) as desk:
        window = desk.window
        window.outfit.editing.taskbox.toggle()
        for words in ("later", ""):
            window.bar.field.setText(words)
            window.bar._tell_typed()
            settle()
            assert "filtered" in window.status.words or not words
            assert window.status._far.isVisible(), words


def test_a_filter_that_nothing_passes_says_so_and_shows_the_way_back(house: House) -> None:
    with whole_desk(house, plans.small()) as desk:
        window = desk.window
        box = window.outfit.editing.taskbox
        assert not window.no_match.isVisible()
        window.bar.field.setText("zzz")
        window.bar._tell_typed()
        settle()
        assert window.no_match.isVisible()
        assert "matches the filter" in box.teaching.text(), "not: everything has a day"
        window.no_match.all.click()
        settle()
        assert not window.no_match.isVisible()
        assert window.bar.field.text() == ""
        assert "has a day" in box.teaching.text()


def test_a_thousand_assignees_are_counted_not_painted(house: House) -> None:
    people = [Choice(f"p{i}", f"Person {i}") for i in range(1000)]
    field = PickMany("Assignees", "Assign")
    field.show_chosen(people, [one.lid for one in people])
    assert len(field.chips) == 60
    assert field._rest.text() == "and 940 more"
    field.show_chosen(people, ["p1"])
    assert len(field.chips) == 1
    assert field._rest.isHidden()
    field.deleteLater()
