"""What a screen reader finds in the timeline: lanes, their bars, milestones, by name and state."""

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from toggl_desktop.ui.plan import reader

pytestmark = pytest.mark.ui
NAME = QAccessible.Text.Name


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        yield made


def tree(desk: PlanDesk):
    found = QAccessible.queryAccessibleInterface(desk.view)
    assert found is not None
    return found


def children(of) -> list:
    return [of.child(i) for i in range(of.childCount())]


def names(of) -> list[str]:
    return [one.text(NAME) for one in children(of)]


def test_milestones_lanes_and_bars_are_there_with_their_names(desk: PlanDesk) -> None:
    top = tree(desk)
    assert top.text(NAME) == "Timeline"
    assert names(top)[:6] == [
        "Milestone Founders’ day, 27 Nov, holiday",
        "Milestone Launch, 3 Dec, Website",
        "Milestone Board meeting, 4 Dec",
        "Design, open",
        "Ann Lee, 4 tasks, today 4/8 h",
        "Bo Nilsson, 3 tasks, today 12/8 h, more than can be done",
    ]
    bo = children(top)[5]
    assert bo.role() == QAccessible.Role.List
    assert names(bo) == [
        "Checkout, Bo Nilsson, 21 Nov – 2 Dec, 8 h a day, 64 h in all",
        "API outline, Ann Lee, Bo Nilsson, 23–27 Nov, 4 h a day, 20 h in all, In progress",
        "Call with the bakery, Bo Nilsson, 24 Nov, 10:30 to 11:00",
    ]
    api = bo.child(1)
    more = api.text(QAccessible.Text.Description)
    assert more == "Website, tags ux, deep, 3 of 5 points done, has notes"
    assert api.parent() is bo
    assert bo.parent() is top
    assert bo.indexOfChild(api) == 1
    assert top.indexOfChild(bo) == 5


def test_a_bar_is_where_it_is_painted(desk: PlanDesk) -> None:
    top = tree(desk)
    ann = children(top)[4]
    wire = ann.child(0)
    rect = desk.view.rect_of("wire")
    assert wire.rect().topLeft() == desk.surface.mapToGlobal(rect.topLeft())
    assert wire.rect().size() == rect.size()
    centre = wire.rect().center()
    assert top.childAt(centre.x(), centre.y()) is wire
    assert not wire.state().offscreen
    assert wire.state().checked, "it is done"
    desk.view.scroll_sideways(5000)
    assert wire.state().offscreen
    flag = children(top)[0]
    assert not flag.rect().isNull()


def test_focus_selection_and_closed_groups_are_told(
    desk: PlanDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: told.append(e.type()))
    desk.view.setFocus()
    desk.view.set_focus_bar("check", "member:bo@g1")
    desk.view.set_selection(("check",))
    assert QAccessible.Event.Focus in told
    top = tree(desk)
    check = children(top)[5].child(0)
    assert top.focusChild() is check
    assert check.state().focused
    assert check.state().selected
    head = children(top)[3]
    assert head.state().expanded
    desk.view.side.turned.emit("group:g1")
    assert names(tree(desk))[3:5] == ["Design, closed", "Build, open"]


def test_what_is_gone_is_given_back(desk: PlanDesk) -> None:
    from dataclasses import replace

    from toggl_desktop.store.read import plan as reading

    bo = children(tree(desk))[5]
    check = bo.child(0)
    found = reading.task(desk.house.store.source, "check")
    with desk.house.store.transaction("Change", desk.house.clock.at) as tx:
        tx.save(replace(found, deleted=True))
    settle()
    assert not shiboken6.isValid(check)
    assert len(names(children(tree(desk))[5])) == 2
    gc.collect()


def test_a_view_that_dies_leaves_nothing_behind(house: House) -> None:
    with plan_desk(house, plans.small()) as made:
        lane = children(tree(made))[4]
        assert lane.isValid()
        before = len(reader._readers)
    assert len(reader._readers) == before - 1
    assert not shiboken6.isValid(lane)


def test_other_things_are_left_to_qt() -> None:
    assert reader._interface_of("QObject", QObject()) is None
