"""Which days are shown and what is in them: midnight, odd days, settings, time passing."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale, Qt

from tests.ui.calendar_desk import Desk, desk
from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.actions.perform import Outcome
from toggl_desktop.domain import commands
from toggl_desktop.domain.calendar import hours_of
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.ui.calendar.layout import LEAST_HEIGHT

pytestmark = pytest.mark.ui


def spoken(made: Desk) -> list[str]:
    return [made.area.phrases.spoken(block.item) for block in made.blocks()]


# Midnight ---------------------------------------------------------------------------------


def test_an_entry_across_midnight_is_in_both_days(house: House) -> None:
    lid = house.entry("Deploy", "22:30", "01:15", day=1)
    with desk(house, width=900) as week:
        first, second = week.block(lid, 0), week.block(lid, 1)
        assert (first.item.goes_on, second.item.is_from_before) == (True, True)
        assert first.rect.bottom() + 1 == round(week.plan.height)
        assert second.rect.top() == 0
        assert [sheet.seconds for sheet in week.view._sheet.days[1:3]] == [5400, 4500]
        assert spoken(week) == ["Deploy, 22:30 to 0:00", "Deploy, 0:00 to 1:15"]


def test_a_part_moves_the_whole_and_has_no_edge_at_midnight(house: House) -> None:
    lid = house.entry("Deploy", "22:00", "02:00", day=-1)
    with desk(house) as day:
        day.area.verticalScrollBar().setValue(0)
        day.drag(day.at("00:01"), day.at("00:01") + day.way(60))
        assert day.times(lid) == ("22 23:00", "23 03:00")
        day.drag(day.edge(lid, stop=True), day.edge(lid, stop=True) + day.way(30))
        assert day.times(lid) == ("22 23:00", "23 03:30")


def test_what_runs_over_midnight_is_closed_yesterday_and_grows_today(house: House) -> None:
    lid = house.start("Night", at="13:00")
    house.clock.at = house.at("01:00", 1)
    with desk(house, width=900) as week:
        first, second = week.block(lid, 0), week.block(lid, 1)
        assert first.item.high == house.at("00:00", 1)
        assert second.item.high == house.clock.at
        assert spoken(week)[1] == "Night, 0:00 to now, running"


def test_empty_and_unknown_lengths_do_not_disturb(house: House) -> None:
    at = house.at("00:00")
    house.do(commands.AddEntry(at, at, "Nothing at midnight"))
    house.do(commands.AddEntry(house.at("09:00"), house.at("09:00"), "Nothing"))
    house.do(commands.AddEntry(house.at("10:00", -1), house.at("00:00"), "Up to midnight"))
    with desk(house) as day:
        assert [b.item.row.description for b in day.blocks()] == [
            "Nothing at midnight",
            "Nothing",
        ]
        assert min(b.rect.height() for b in day.blocks()) >= LEAST_HEIGHT


# Odd days ---------------------------------------------------------------------------------

ODD = [
    ("Europe/Berlin", date(2026, 3, 29), 23),
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("America/New_York", date(2026, 11, 1), 25),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("America/Havana", date(2026, 11, 1), 25),
]


@pytest.mark.parametrize(("zone", "day", "hours"), ODD)
def test_an_odd_day_is_as_high_as_it_is_long(
    house: House, zone: str, day: date, hours: float
) -> None:
    house.zone = ZoneInfo(zone)
    house.clock.at = house.at("20:00", (day - TODAY).days)
    lid = house.entry("Breakfast", "09:00", "10:00", day=(day - TODAY).days)
    with desk(house) as one:
        assert one.view.days == (day,)
        assert one.plan.height == pytest.approx(hours * one.area.per_hour)
        (nine,) = [h for h in hours_of(day, house.zone) if h.hour == 9]
        assert one.block(lid).rect.top() == round(one.plan.columns[0].axis.y(nine.at))
        one.area.grab()
    with desk(house, width=900) as week:
        whole = {round(column.axis.y(nine_of(column, house))) for column in week.plan.columns}
        assert len(whole) == 1, "nine o'clock is at one height on all days"
        week.area.verticalScrollBar().setValue(0)
        week.area.grab()


def nine_of(column, house: House) -> int:
    return next(h.at for h in hours_of(column.sheet.day, house.zone) if h.hour == 9)


def test_a_drag_into_an_odd_day_keeps_the_time_of_day(house: House) -> None:
    day = (date(2026, 10, 24) - TODAY).days
    lid = house.entry("Breakfast", "09:00", "10:00", day=day)
    with desk(house, width=900) as week:
        week.view.show_day(date(2026, 10, 24))
        column = week.plan.columns[0]
        week.area.look_at(house.at("09:00", day))
        start = week.middle(lid)
        end = start
        end.setX(start.x() + column.width)
        week.drag(week.middle(lid), end)
        assert week.times(lid) == ("25 09:00", "25 10:00")


def test_the_repeated_hour_can_be_drawn_in_twice(house: House) -> None:
    zone, day = house.zone, date(2026, 10, 25)
    first, second = [h.at for h in hours_of(day, zone) if h.hour == 2]
    with desk(house) as one:
        one.view.show_day(day)
        one.area.verticalScrollBar().setValue(0)
        for at, name in ((first, "CEST"), (second, "CET")):
            one.drag(one.place(at + 60), one.place(at + 1740))
            one.enter_name(name)
        rows = {r.description: r for r in house.all_rows()}
        assert (rows["CEST"].start, rows["CET"].start) == (first, second)
        assert rows["CET"].start - rows["CEST"].stop == 1800


# Settings ---------------------------------------------------------------------------------


def test_settings_change_words_and_weeks_at_once(house: House) -> None:
    house.entry("E", "13:00", "14:00")
    with desk(house, width=900) as week:
        assert week.view.days[0] == TODAY
        assert spoken(week) == ["E, 13:00 to 14:00"]
        gutter = week.area.gutter
        house.preferences.choose("time_format", "12")
        house.preferences.choose("first_weekday", "sunday")
        settle()
        assert week.view.days[0] == TODAY - timedelta(days=1)
        assert spoken(week) == ["E, 1:00 PM to 2:00 PM"]
        assert week.area.phrases.hour(hours_of(TODAY, house.zone)[13]) == "1 PM"
        assert week.area.gutter != gutter
        week.area.grab()


def test_the_locale_decides_where_nobody_chose(house: House) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    try:
        with desk(house, width=900) as week:
            assert week.view.days[0].weekday() == 6
            assert week.area.phrases.has_twelve_hours
    finally:
        QLocale.setDefault(before)


@pytest.mark.parametrize(("width", "count"), [(300, 1), (440, 1), (560, 3), (700, 3), (900, 7)])
def test_as_many_days_as_there_is_room_for(house: House, width: int, count: int) -> None:
    with desk(house, width=width) as made:
        assert len(made.view.days) == count
        assert TODAY in made.view.days
        assert made.plan.columns[-1].right == made.surface.width()


def test_right_to_left_begins_at_the_right(house: House) -> None:
    lid = house.entry("E", "09:00", "10:00")
    with desk(house, width=900) as week:
        week.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        settle()
        lefts = [column.left for column in week.plan.columns]
        assert lefts == sorted(lefts, reverse=True)
        assert week.plan.gutter_left > max(lefts)
        week.click(week.middle(lid))
        assert week.current == lid
        week.key(Qt.Key.Key_Escape)
        week.key(Qt.Key.Key_Left)
        assert week.view.days[0] == TODAY + timedelta(days=7)
        week.area.grab()


# Time passes ------------------------------------------------------------------------------


def test_what_runs_grows_with_the_minute_and_only_while_seen(house: House) -> None:
    lid = house.start("Run", at="13:00")
    with desk(house) as day:
        height = day.block(lid).rect.height()
        assert day.view._minute.is_running
        house.clock.advance(1800)
        day.view._minute._timer.timeout.emit()
        assert day.block(lid).rect.height() == pytest.approx(height + day.area.per_hour / 2, abs=1)
        day.view.hide()
        assert not day.view._minute.is_running
        house.clock.advance(1800)
        day.view.show()
        assert day.block(lid).item.high == house.clock.at


def test_midnight_turns_to_the_new_day(house: House) -> None:
    with desk(house) as day:
        house.clock.at = house.at("00:00", 1) + 1
        day.view._minute._timer.timeout.emit()
        assert day.view.days == (TODAY + timedelta(days=1),)
        day.view.show_day(TODAY)
        house.clock.at = house.at("00:00", 2) + 1
        day.view._minute._timer.timeout.emit()
        assert day.view.days == (TODAY,)


def test_a_new_zone_lays_the_days_out_anew(house: House) -> None:
    lid = house.entry("E", "09:00", "10:00")
    with desk(house) as day:
        house.zone = ZoneInfo("America/New_York")
        day.view._minute._timer.timeout.emit()
        assert day.block(lid).item.low == house.at("03:00")
        assert spoken(day) == ["E, 3:00 to 4:00"]


# Reading ----------------------------------------------------------------------------------


def test_a_hidden_calendar_reads_nothing_and_catches_up(house: House) -> None:
    with desk(house) as day:
        day.view.hide()
        settle()
        asked = house.store.source.asked
        house.entry("Meanwhile", "09:00", "10:00")
        settle()
        assert house.store.source.asked - asked <= 3  # what the action itself asked
        assert day.blocks() == []
        day.view.show()
        assert len(day.blocks()) == 1


def test_a_change_of_another_day_is_not_read(house: House) -> None:
    lid = house.entry("Far", "09:00", "10:00", day=-30)
    with desk(house):
        house.do(commands.EditEntries((lid,), description="Further"))
        asked = house.store.source.asked
        settle()
        assert house.store.source.asked == asked


def test_an_own_command_is_read_once(house: House) -> None:
    lid = house.entry("E", "09:00", "10:00")
    with desk(house) as day:
        day.key(Qt.Key.Key_Down)
        finds = []
        show = day.view._sheet.show
        day.view._sheet.show = lambda days: (finds.append(days), show(days))[1]
        day.key(Qt.Key.Key_Delete)
        assert len(finds) == 1
        assert day.blocks() == []
        assert lid not in {r.lid for r in house.all_rows()}


def test_a_renamed_project_is_renamed_here(house: House) -> None:
    website = house.project("Website")
    house.entry("E", "09:00", "10:00", project=website)
    with desk(house) as day:
        house.do(commands.EditProject(website, name="Shop", color="#d94182"))
        settle()
        assert spoken(day) == ["E, Shop, 9:00 to 10:00"]
        assert day.area.phrases.face(day.blocks()[0].item).color == "#d94182"


def test_entries_that_cannot_be_read_are_said_and_nothing_is_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.entry("E", "09:00", "10:00")
    with desk(house) as day:
        failures: list[object] = []
        day.view.reading_failed.connect(failures.append)

        def broken(*_: object) -> None:
            raise StoreError("The store cannot be read.")

        monkeypatch.setattr("toggl_desktop.store.read.entries.find", broken)
        house.entry("F", "11:00", "12:00")
        settle()
        day.view.show_day(TODAY - timedelta(days=1))
        assert [str(error) for error in failures] == ["The store cannot be read."] * 2
        assert len(day.blocks()) == 1


def test_what_became_of_a_command_is_handed_up_with_it(house: House) -> None:
    house.entry("E", "09:00", "10:00")
    with desk(house) as day:
        day.key(Qt.Key.Key_Down)
        day.key(Qt.Key.Key_Delete)
        (answer,) = day.answers
        assert isinstance(answer, Outcome)
        assert isinstance(answer.command, commands.DeleteEntries)
        assert answer.error is None
        assert answer.changes is not None
        assert answer.changes.step == "Delete “E”"


def test_the_window_can_show_an_entry_and_ask_for_a_name(house: House) -> None:
    lid = house.entry("E", "09:00", "10:00")
    with desk(house) as day:
        day.view.show_day(TODAY - timedelta(days=9))
        day.view.show_entry(lid)
        assert day.view.days == (TODAY,)
        assert day.view.selected == (lid,)
        from toggl_desktop.domain.calendar import Span

        span = Span(house.at("10:00", -2), house.at("10:30", -2))
        day.view.open_name_field(span)
        assert day.view.days == (TODAY - timedelta(days=2),)
        day.enter_name("From the list")
        assert day.times(house.all_rows()[-1].lid) == ("21 10:00", "21 10:30")
