"""What a person did is shown at once; what a sync brings in hundreds of steps, a few times."""

import pytest

from tests.ui.conftest import House, settle
from toggl_desktop.domain.changes import ChangeSet, Origin
from toggl_desktop.domain.entities import Entry
from toggl_desktop.domain.ids import EntryId
from toggl_desktop.domain.instants import local
from toggl_desktop.ui.bridge import Bridge
from toggl_desktop.ui.calendar.sheet import Sheet
from toggl_desktop.ui.timer.ledger import CHUNK, Ledger

pytestmark = pytest.mark.ui


def changed(seq: int, lid: str, origin: Origin = Origin.TRACK) -> ChangeSet:
    return ChangeSet(
        seq=seq, touched={"time_entry": frozenset({lid})}, low=1, high=2, origin=origin
    )


def test_a_hundred_steps_of_a_sync_are_shown_twice_and_whole(qtbot) -> None:
    bridge, shown = Bridge(), []
    bridge.changed.connect(shown.append)
    for seq in range(1, 101):
        bridge.take(changed(seq, f"row {seq}"))
        settle()
    assert len(shown) == 1
    qtbot.waitUntil(lambda: len(shown) == 2)
    named = [lid for one in shown for lid in one.ids("time_entry")]
    assert sorted(named) == sorted(f"row {seq}" for seq in range(1, 101))
    assert shown[-1].seq == 100
    qtbot.wait(2 * Bridge.EVERY_MILLISECONDS)
    assert len(shown) == 2


def test_what_a_person_does_meanwhile_does_not_wait_for_it(qtbot) -> None:
    bridge, shown = Bridge(), []
    bridge.changed.connect(shown.append)
    bridge.take(changed(1, "first"))
    settle()
    bridge.take(changed(2, "pulled"))
    bridge.take(changed(3, "mine", Origin.HERE))
    settle()
    assert [sorted(one.ids("time_entry")) for one in shown] == [["first"], ["mine", "pulled"]]
    qtbot.wait(2 * Bridge.EVERY_MILLISECONDS)
    assert len(shown) == 2


def test_the_calendar_reads_again_when_too_many_changed_to_be_named(house: House) -> None:
    sheet = Sheet(house.context)
    sheet.show([local(house.at("09:00"), house.zone).date()])
    lid = house.entry("Here", "09:00", "10:00")
    many = ChangeSet(seq=5, touched={"time_entry": frozenset()}, low=0, high=2**40)
    assert not sheet.apply(many._replace(high=house.at("09:00") - 90_000))
    assert sheet.apply(many)
    assert sheet.row(lid) is not None


def test_a_list_that_a_first_sync_fills_reads_the_newest_and_the_rest_when_scrolled_to(
    house: House,
) -> None:
    lid = house.entry("Here", "09:00", "10:00")
    ledger = Ledger(house.store.source, house.current_zone, lambda: house.clock.at)
    ledger.fetch()
    assert ledger.is_complete
    with house.store.transaction("Pull", house.clock.at, origin=Origin.TRACK) as tx:
        for number in range(5 * CHUNK):
            start = house.at("09:00") - (number + 1) * 7200
            tx.save(Entry(EntryId(f"e{number:04}"), start, start + 3600, f"Old {number}"))
    days = ledger.apply(tx.result)
    assert ledger.row(lid) is not None
    read = [f"e{n:04}" for n in range(5 * CHUNK) if ledger.row(f"e{n:04}") is not None]
    assert CHUNK - 1 <= len(read) < CHUNK + 24
    assert set(ledger.days) <= days
    while not ledger.is_complete:
        ledger.fetch()
    assert all(ledger.row(f"e{n:04}") is not None for n in range(5 * CHUNK))
