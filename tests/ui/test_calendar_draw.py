"""New entries: drawn, then named in their place."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.calendar_desk import ALT, CTRL, KEY, Desk, desk
from tests.ui.conftest import TODAY, House, settle
from toggl_desktop.domain import commands

pytestmark = pytest.mark.ui


@pytest.fixture
def day(house: House) -> Iterator[Desk]:
    with desk(house) as made:
        yield made


# Drawing ----------------------------------------------------------------------------------


def test_a_stretch_that_is_drawn_gets_its_name_in_its_place(house: House, day: Desk) -> None:
    website = house.project("Website")
    day.drag(day.at("11:01"), day.at("11:44"))
    assert day.name.field.hasFocus()
    assert house.performed == []
    day.enter_name("Call with Bo @Website #deep")
    (row,) = house.all_rows()
    assert (row.description, row.project, row.tags) == ("Call with Bo", website, ("deep",))
    assert day.times(row.lid) == ("23 11:00", "23 11:45")
    assert len(house.performed) == 1
    assert isinstance(house.performed[0], commands.EnterLine)
    assert day.current == row.lid
    assert day.area.hasFocus()
    assert not day.name.is_open


def test_it_can_be_drawn_upwards_and_finer_with_alt(house: House, day: Desk) -> None:
    day.drag(day.at("11:31"), day.at("11:02"))
    day.enter_name("Up")
    assert day.times(house.all_rows()[0].lid) == ("23 11:00", "23 11:30")
    day.area.zoom(4, day.at("12:30").y())
    start = day.at("12:31")
    day.drag(start, day.at("12:38"), ALT)
    day.enter_name("Fine")
    assert day.times(house.all_rows()[0].lid) == ("23 12:31", "23 12:38")


def test_esc_while_drawing_or_typing_leaves_nothing(house: House, day: Desk) -> None:
    day.press(day.at("11:00"))
    day.move(day.at("11:30"))
    assert day.area.draft is not None
    day.key(KEY.Key_Escape)
    assert day.area.draft is None
    day.move(day.at("12:00"))
    assert day.area.draft is None
    day.release(day.at("12:00"))
    assert not day.name.is_open
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("half a")
    QTest.keyClick(day.name.field, KEY.Key_Escape)
    assert not day.name.is_open
    assert day.area.draft is None
    assert house.performed == []
    assert house.all_rows() == []


def test_a_click_elsewhere_keeps_what_was_typed_and_drops_what_was_not(
    house: House, day: Desk
) -> None:
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("Typed")
    day.click(day.at("16:00"))
    assert [row.description for row in house.all_rows()] == ["Typed"]
    day.drag(day.at("12:00"), day.at("12:30"))
    day.click(day.at("16:00"))
    assert len(house.all_rows()) == 1
    assert not day.name.is_open


def test_an_unknown_project_keeps_the_text_and_ctrl_enter_makes_it(house: House, day: Desk) -> None:
    day.drag(day.at("11:00"), day.at("11:30"))
    day.enter_name("Plan @Moon")
    assert house.all_rows() == []
    assert day.answers[-1].error is not None
    assert day.name.is_open
    assert day.name.field.text() == "Plan @Moon"
    assert day.name.field.property("state") == "invalid"
    day.enter_name("", CTRL)
    (row,) = house.all_rows()
    assert (row.description, row.project_name) == ("Plan", "Moon")


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("Call 45m", ("22 11:00", "22 11:45")),
        ("Call 9-10:30", ("22 09:00", "22 10:30")),
        ("Call @9:10", ("22 09:10", "22 09:40")),
        ("Call -10m", ("22 11:00", "22 11:30")),
    ],
)
def test_times_that_are_typed_win_over_times_that_are_drawn(
    house: House, day: Desk, typed: str, times: tuple[str, str]
) -> None:
    day.view.show_day(TODAY - timedelta(days=1))
    day.area.look_at(house.at("10:00", -1))
    day.drag(day.at("11:00", -1), day.at("11:30", -1))
    day.enter_name(typed)
    (row,) = house.all_rows()
    assert row.description == "Call"
    assert day.times(row.lid) == times


def test_the_field_says_what_enter_will_do_and_never_leaves_the_view(
    house: House, day: Desk
) -> None:
    house.project("Website")
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("x @Website")
    assert day.name._about.text() == "11:00 – 11:30 · 30 min · Website"
    day.type_name("s")
    assert "No project “Websites”" in day.name._about.text()
    assert day.surface.rect().contains(day.name.geometry())
    day.view.resize(300, 420)
    settle()
    assert day.surface.rect().contains(day.name.geometry())
    assert day.name.field.text() == "x @Websites"


def test_what_is_typed_survives_changes_days_and_zoom(house: House, day: Desk) -> None:
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("half")
    house.entry("Elsewhere", "09:00", "10:00")
    settle()
    day.area.zoom(1.5)
    day.view.resize(900, 500)
    settle()
    assert day.name.field.text() == "half"
    assert len(day.blocks()) == 1
    day.enter_name(" done")
    assert sorted(r.description for r in house.all_rows()) == ["Elsewhere", "half done"]


def test_a_double_click_in_a_gap_fills_it(house: House, day: Desk) -> None:
    house.entry("A", "09:00", "10:03")
    house.entry("B", "10:41", "11:00")
    settle()
    day.double_click(day.at("10:20"))
    day.enter_name("Between")
    found = next(r for r in house.all_rows() if r.description == "Between")
    assert day.times(found.lid) == ("23 10:03", "23 10:41")


def test_leaving_a_refused_name_keeps_it_open_and_does_not_fight_for_the_keyboard(
    house: House, day: Desk
) -> None:
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("Plan @Moon")
    day.view.bar.today.setEnabled(True)
    day.view.bar.today.setFocus(Qt.FocusReason.MouseFocusReason)
    settle()
    assert day.answers[-1].error is not None
    assert day.name.is_open
    assert not day.name.field.hasFocus()
    assert day.area.is_naming
    day.drag(day.at("15:00"), day.at("16:00"))
    assert day.name.field.text() == "Plan @Moon"
    assert day.name.draft.span.low == house.at("11:00")
    day.name.field.setFocus()
    day.enter_name("", CTRL)
    assert day.times(house.all_rows()[0].lid) == ("23 11:00", "23 11:30")
    assert not day.area.is_naming


def test_a_name_being_typed_survives_the_window_being_hidden(house: House, day: Desk) -> None:
    day.drag(day.at("11:00"), day.at("11:30"))
    day.type_name("half")
    day.view.hide()
    settle()
    day.view.show()
    settle()
    assert day.name.is_open
    assert day.name.field.text() == "half"
    assert day.area.is_naming
    assert house.all_rows() == []


def test_the_label_shows_while_drawing_and_the_field_after_it(house: House, day: Desk) -> None:
    day.press(day.at("11:00"))
    day.move(day.at("11:10"))
    day.move(day.at("11:30"))
    assert day.area.draft is not None
    assert day.area.phrases.draft(day.area.draft) == "11:00 – 11:30 · 30 min"
    assert not day.area.is_naming
    day.release(day.at("11:30"))
    assert day.area.is_naming
