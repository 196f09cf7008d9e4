"""What arrives from elsewhere while something is dragged."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint

from tests.ui.calendar_desk import KEY, Desk, desk
from tests.ui.conftest import House, settle
from toggl_desktop.domain import commands
from toggl_desktop.domain.changes import Origin

pytestmark = pytest.mark.ui


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


# What arrives meanwhile -------------------------------------------------------------------


def test_changes_from_elsewhere_show_while_dragging_but_not_on_what_is_dragged(
    house: House, day: Desk
) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    other = house.entry("Other", "11:00", "12:00")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 20))
    day.move(start + QPoint(0, round(day.area.per_hour)))
    elsewhere(house, lid, "Renamed elsewhere", house.at("08:00"))
    elsewhere(house, other, "Other, too", house.at("11:30"))
    settle()
    assert day.block(lid).item.row.description == "Mine"
    assert day.block(lid).item.low == house.at("09:00")
    assert day.block(other).item.row.description == "Other, too"
    assert day.area.draft is not None
    assert day.area.draft.span.low == house.at("10:00")
    day.release(start + QPoint(0, round(day.area.per_hour)))
    row = house.row(lid)
    assert (row.description, row.start, row.stop) == (
        "Renamed elsewhere",
        house.at("10:00"),
        house.at("11:00"),
    )
    assert day.block(lid).item.row == row


def elsewhere(house: House, lid: str, text: str, start: int) -> None:
    from dataclasses import replace

    from toggl_desktop.domain.entities import Entry

    with house.store.transaction("Pull", house.clock.at, origin=Origin.TRACK) as tx:
        entry = tx.get(Entry, lid)
        tx.save(replace(entry, description=text, start=start))


def test_what_was_deleted_elsewhere_while_dragged_is_refused_and_goes(
    house: House, day: Desk
) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 60))
    house.do(commands.DeleteEntries((lid,)))
    settle()
    assert len(day.blocks()) == 1
    day.release(start + QPoint(0, 60))
    assert day.answers[-1].error is not None
    assert day.blocks() == []


def test_a_drag_dropped_with_esc_shows_what_happened_meanwhile(house: House, day: Desk) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 60))
    elsewhere(house, lid, "Renamed", house.at("08:00"))
    settle()
    day.key(KEY.Key_Escape)
    assert day.block(lid).item.row.description == "Renamed"
    day.release(start)


def test_hiding_the_view_drops_a_drag(house: House, day: Desk) -> None:
    lid = house.entry("Mine", "09:00", "10:00")
    settle()
    start = day.middle(lid)
    day.press(start)
    day.move(start + QPoint(0, 60))
    day.view.hide()
    assert day.area.draft is None
    assert not day.area._timer.isActive()
    assert house.performed == []
