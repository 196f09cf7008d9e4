"""A bar too short for its name has it beside itself, where nothing is in the way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.plan.chart import Box
from toggl_desktop.domain.plan.commands import EditPlanTasks

pytestmark = pytest.mark.ui


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    bars = [
        plans.bar("alone", TODAY, TODAY, name="A long name", members=("ann",)),
        plans.bar("near", TODAY, TODAY, name="A long name", members=("bo",)),
        plans.bar("next", TODAY + 2, TODAY + 2, name="Next", members=("bo",)),
        plans.bar("long", TODAY + 4, TODAY + 12, name="Long", members=("bo",)),
    ]
    plan = plans.plan(bars, members=[plans.member("ann"), plans.member("bo")])
    with plan_desk(house, plan) as made:
        made.view.show_scale("month")
        made.view.show_day(TODAY, 1 / 3)
        settle()
        yield made


def names(desk: PlanDesk, area: QRect) -> list[str]:
    view = desk.view
    clip = Box(area.x() + view.left, area.y() + view.upper, area.width(), area.height())
    return sorted(one.face.bar.lid for one in view.painter._beside.find(clip, desk.scene))


def test_a_name_goes_beside_only_where_there_is_room(desk: PlanDesk) -> None:
    whole = desk.surface.rect()
    assert desk.view.rect_of("alone").width() < 60
    assert names(desk, whole) == ["alone"], "elsewhere the next bar is in the way"
    desk.view.zoom(8.0)
    settle()
    assert names(desk, desk.surface.rect()) == [], "there is room inside"
    desk.view.show_scale("year")
    settle()
    assert names(desk, desk.surface.rect()) == [], "there it would be names only"


def test_a_strip_has_the_rest_of_a_name_that_begins_before_it(desk: PlanDesk) -> None:
    rect = desk.view.rect_of("alone")
    beside = QRect(rect.right() + 30, rect.top(), 8, rect.height())
    assert names(desk, beside) == ["alone"]
    assert names(desk, beside.translated(400, 0)) == []
    assert names(desk, rect.translated(0, 200)) == []


def test_what_is_scrolled_looks_as_if_painted_at_once(desk: PlanDesk) -> None:
    for way in (-37, 91, -60):
        desk.view.scroll_sideways(way)
        settle()
        scrolled = desk.surface.grab().toImage()
        desk.view.viewport().update()
        settle()
        assert desk.surface.grab().toImage() == scrolled


def test_a_neighbour_that_comes_near_takes_the_room(desk: PlanDesk) -> None:
    key = ("alone", desk.view.rect_of("alone").y() + desk.view.upper)
    assert key in desk.view.painter._beside.known
    desk.house.do(EditPlanTasks(("next",), start=TODAY + 1, end=TODAY + 1, members=("ann",)))
    settle()
    desk.surface.grab()
    assert key not in desk.view.painter._beside.known


def test_a_bar_that_becomes_long_has_its_name_inside_again(desk: PlanDesk) -> None:
    key = ("alone", desk.view.rect_of("alone").y() + desk.view.upper)
    assert key in desk.view.painter._beside.known
    desk.house.do(EditPlanTasks(("alone",), end=TODAY + 9))
    settle()
    desk.surface.grab()
    assert key not in desk.view.painter._beside.known
    desk.house.do(EditPlanTasks(("alone",), end=TODAY))
    settle()
    desk.surface.grab()
    assert key in desk.view.painter._beside.known
    desk.view.zoom(8.0)
    settle()
    desk.surface.grab()
    assert key not in desk.view.painter._beside.known
