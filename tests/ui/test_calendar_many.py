"""Several entries in the calendar at once: chosen by band or key, moved in one step."""

import pytest
from PySide6.QtCore import QPoint

from tests.ui.calendar_desk import ALT as HELD_ALT
from tests.ui.calendar_desk import CTRL, KEY, SHIFT, Desk, desk
from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import enter, put
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain import commands
from toggl_desktop.store import journal
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


def three(house: House) -> list[str]:
    return [
        house.entry("One", "08:00", "09:00"),
        house.entry("Two", "09:30", "10:00"),
        house.entry("Three", "12:00", "13:00"),
    ]


def choose(day: Desk, *lids: str) -> None:
    for lid in lids:
        day.click(day.middle(lid), CTRL)


def steps(house: House) -> int:
    return len(journal.history(house.store.source, 100))


def test_selected_entries_move_together_in_one_step(house: House) -> None:
    one, two, three_ = three(house)
    with desk(house) as day:
        choose(day, one, two)
        before = steps(house)
        start = day.middle(one)
        day.press(start)
        day.move(start + day.way(15))
        day.move(start + day.way(30))
        draft = day.area.draft
        assert draft is not None
        assert day.area.phrases.draft(draft) == "2 entries · +30 min"
        assert draft.lids == {one, two}
        day.release(start + day.way(30))
        assert day.times(one) == ("23 08:30", "23 09:30")
        assert day.times(two) == ("23 10:00", "23 10:30")
        assert day.times(three_) == ("23 12:00", "23 13:00")
        assert steps(house) == before + 1
        assert day.area.choice.lids == {one, two}
        house.do(Undo())
        settle()
        assert day.times(one) == ("23 08:00", "23 09:00")
        assert day.times(two) == ("23 09:30", "23 10:00")


def test_an_edge_that_is_dragged_moves_the_edges_of_all(house: House) -> None:
    one, two, _ = three(house)
    with desk(house) as day:
        choose(day, one, two)
        start = day.edge(two, stop=True)
        day.drag(start, start + day.way(10))
        assert day.times(one) == ("23 08:00", "23 09:10")
        assert day.times(two) == ("23 09:30", "23 10:10")


def test_esc_drops_the_drag_of_all(house: House) -> None:
    one, two, _ = three(house)
    with desk(house) as day:
        choose(day, one, two)
        before = steps(house)
        start = day.middle(one)
        day.press(start)
        day.move(start + day.way(30))
        day.key(KEY.Key_Escape)
        day.release(start + day.way(30))
        assert day.area.draft is None
        assert steps(house) == before
        assert day.times(one) == ("23 08:00", "23 09:00")


def test_a_band_selects_what_it_touches_and_esc_takes_it_back(house: House) -> None:
    one, two, three_ = three(house)
    with desk(house) as day:
        start, end = day.at("07:30", across=0.5), day.at("09:45", across=0.6)
        day.press(start, SHIFT)
        day.move(end, SHIFT)
        assert day.area.choice.lids == {one, two}
        assert day.area.band.isVisible()
        day.release(end, SHIFT)
        assert day.area.choice.lids == {one, two}
        assert not day.area.band.isVisible()
        day.press(day.at("11:30", across=0.5), SHIFT)
        day.move(day.at("12:30", across=0.6), SHIFT)
        assert day.area.choice.lids == {one, two, three_}
        day.key(KEY.Key_Escape)
        assert day.area.choice.lids == {one, two}
        day.release(day.at("12:30", across=0.6), SHIFT)


def test_keys_move_stretch_and_delete_all_that_are_selected(house: House) -> None:
    one, two, three_ = three(house)
    with desk(house) as day:
        day.key(KEY.Key_Home)
        day.key(KEY.Key_Down, SHIFT)
        assert day.area.choice.lids == {one, two}
        day.key(KEY.Key_Down, HELD_ALT)
        assert day.times(one) == ("23 08:05", "23 09:05")
        assert day.times(two) == ("23 09:35", "23 10:05")
        day.key(KEY.Key_Down, HELD_ALT | SHIFT)
        assert day.times(one) == ("23 08:05", "23 09:10")
        assert day.times(two) == ("23 09:35", "23 10:10")
        day.key(KEY.Key_Left, HELD_ALT)
        assert day.times(one) == ("22 08:05", "22 09:10")
        assert day.times(two) == ("22 09:35", "22 10:10")
        assert day.area.choice.lids == {one, two}
        day.key(KEY.Key_Delete)
        assert [row.lid for row in house.all_rows()] == [three_]
        house.do(Undo())
        assert len(house.all_rows()) == 3


def test_what_runs_goes_on_when_it_is_moved_with_others(house: House) -> None:
    one = house.entry("One", "08:00", "09:00")
    lid = house.start("Runs", "13:00")
    with desk(house) as day:
        choose(day, one, lid)
        start = day.middle(one)
        day.drag(start, start + QPoint(0, -day.way(30).y()))
        assert day.times(one) == ("23 07:30", "23 08:30")
        assert day.times(lid) == ("23 12:30", "")


def test_a_change_from_elsewhere_does_not_disturb_the_drag(house: House) -> None:
    one, two, _ = three(house)
    with desk(house) as day:
        choose(day, one, two)
        start = day.middle(one)
        day.press(start)
        day.move(start + day.way(30))
        house.do(commands.DeleteEntries((two,)))
        settle()
        assert day.area.draft is not None
        assert day.area.draft.lids == {one, two}
        day.key(KEY.Key_Escape)
        day.release(start)
        assert day.blocks()[0].lid == one
        assert len(day.blocks()) == 2


def test_several_are_edited_at_once_from_the_calendar(house: House, window: TimerWindow) -> None:
    lids = three(house)
    window.resize(1000, 640)
    open_window(window)
    calendar = window.body.calendar
    assert calendar is not None
    calendar.area.select_all(lids[:2])
    calendar._menus.entry.edit.trigger()
    editor = window.entries.bulk
    assert editor is not None
    put(editor.description, "Both")
    enter(editor.description)
    assert [house.row(lid).description for lid in lids] == ["Both", "Both", "Three"]
