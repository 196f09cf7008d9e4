"""A huge plan is on the screen before it is read whole; nothing is lost or hidden by it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.plan.filters import Filter
from toggl_desktop.store.read import plan as reading

pytestmark = pytest.mark.ui
COUNT = 900
PLAN = plans.large(COUNT, lanes=6)
FAR = min(PLAN.bars, key=lambda bar: bar.start or TODAY).lid


@pytest.fixture
def desk(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanDesk]:
    """A window on a plan of which only what is near is read, until a test reads on."""
    monkeypatch.setattr("toggl_desktop.ui.plan.model._HUGE", 100)
    monkeypatch.setattr("toggl_desktop.ui.plan.rest._PART", 200)
    monkeypatch.setattr("toggl_desktop.ui.plan.timeline._BREATH_MS", 1_000_000)
    with plan_desk(house, PLAN) as made:
        made.hear()
        yield made


def read_on(desk: PlanDesk) -> int:
    """Reads all the rest a part at a time; returns in how many turns."""
    turns = 0
    while not desk.window.timeline.model.is_whole:
        desk.window.timeline._on_reading_on_timeout()
        turns += 1
    settle()
    return turns


def in_lanes(desk: PlanDesk) -> set[str]:
    return {bar.lid for lane in desk.view.chart.lanes.all for bar in lane.bars}


def test_what_is_near_is_shown_first_and_the_rest_comes(desk: PlanDesk) -> None:
    near = in_lanes(desk)
    low, high = desk.view.days_in_sight
    assert {b.lid for b in PLAN.bars if b.start and b.start <= high and b.end >= low} <= near
    assert FAR not in near
    assert "reading earlier and later days" in desk.window.status.words
    assert not desk.window.welcome.isVisible()
    assert read_on(desk) > 3
    assert in_lanes(desk) == {bar.lid for bar in PLAN.bars if bar.start is not None}
    assert "reading" not in desk.window.status.words
    assert len(desk.window.timeline.model.bars) == COUNT


def test_changes_meanwhile_are_kept(desk: PlanDesk) -> None:
    desk.window.timeline._on_reading_on_timeout()
    far = sorted((bar for bar in PLAN.bars if bar.start), key=lambda bar: bar.start)[:60]
    with desk.house.store.transaction("Change", desk.house.clock.at) as tx:
        for place, bar in enumerate(far):
            task = reading.task(desk.house.store.source, bar.lid)
            gone = place % 2 == 0
            tx.save(replace(task, deleted=True) if gone else replace(task, name="Kept", end=TODAY))
    settle()
    read_on(desk)
    model = desk.window.timeline.model
    found = [model.bar(bar.lid) for bar in far]
    assert [bar and (bar.name, bar.end) for bar in found] == [None, ("Kept", TODAY)] * 30
    assert len(in_lanes(desk)) == len([bar for bar in PLAN.bars if bar.start]) - 30


@pytest.mark.parametrize("way", ["filter", "fit", "far", "bars"])
def test_whoever_needs_everything_gets_it_at_once(desk: PlanDesk, way: str) -> None:
    model = desk.window.timeline.model
    if way == "filter":
        desk.window.show_filter(Filter(words=model.plan.bars[0].name[:3]))
        desk.window.show_filter(Filter())
    elif way == "fit":
        desk.view.fit()
    elif way == "far":
        desk.view.show_day(TODAY - 900, 0.5)
        desk.hear()
    else:
        assert len(model.bars) == COUNT
        read_on(desk)
    assert model.is_whole
    assert FAR in in_lanes(desk)


def test_it_goes_on_after_the_window_was_hidden(desk: PlanDesk) -> None:
    timer = desk.window.timeline._reading_on
    assert timer.isActive()
    desk.window.hide()
    assert not timer.isActive()
    desk.window.show()
    settle()
    assert timer.isActive()
