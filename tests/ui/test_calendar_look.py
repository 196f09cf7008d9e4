"""How the calendar looks: readable in both themes, never more painted than shows."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.ui.calendar_desk import Desk, desk
from tests.ui.conftest import House, settle
from toggl_desktop.domain import commands
from toggl_desktop.domain.entities import PALETTE
from toggl_desktop.ui.calendar.blocks import Look, ground_of
from toggl_desktop.ui.theme.tokens import DARK, LIGHT, Tokens, contrast, readable

pytestmark = pytest.mark.ui

RTL = Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", [*PALETTE, "#000000", "#ffffff", "#ffff00"])
def test_words_and_bar_of_every_project_can_be_seen_on_its_block(
    tokens: Tokens, colour: str
) -> None:
    for look in (Look(), Look(is_selected=True), Look(is_selected=True, is_hovered=True)):
        ground = ground_of(tokens, colour, look)
        assert contrast(readable(tokens.text, ground), ground) >= 4.5
        assert contrast(readable(tokens.second, ground), ground) >= 4.5
        assert contrast(readable(colour, ground), ground) >= 4.5
        assert contrast(readable(colour, ground, 3.0), ground) >= 3


def crowd(house: House, count: int, day: int = 0) -> None:
    """So many entries of 160 seconds, one after the other."""
    begin = house.at("00:00", day)
    with house.store.transaction("Load", house.clock.at) as tx:
        from toggl_desktop.domain.entities import Entry
        from toggl_desktop.domain.ids import EntryId

        for i in range(count):
            lid = EntryId(f"crowd-{day}-{i}")
            tx.save(Entry(lid, begin + i * 170, begin + i * 170 + 160, f"Entry {i}"))


def test_five_hundred_entries_in_a_day_are_all_there_and_only_those_that_show_are_painted(
    house: House,
) -> None:
    crowd(house, 500)
    with desk(house) as day:
        blocks = day.blocks()
        assert len(blocks) == 500
        assert min(b.rect.height() for b in blocks) >= 4
        for i, block in enumerate(blocks):
            for other in blocks[i + 1 : i + 8]:
                assert not block.rect.intersects(other.rect)
        day.area.blocks.painted = 0
        day.surface.grab()
        rect = day.surface.rect()
        shown = sum(rect.intersects(day.area.rect_of(b)) for b in blocks)
        assert shown <= day.area.blocks.painted <= shown + 8
        assert day.area.blocks.painted < 300


def test_scrolling_paints_the_strip_that_came_in(house: House) -> None:
    crowd(house, 500)
    with desk(house) as day:
        day.surface.grab()
        settle()
        whole = day.area.blocks.painted
        day.area.blocks.painted = 0
        bar = day.area.verticalScrollBar()
        bar.setValue(bar.value() + 20)
        settle()
        assert 0 < day.area.blocks.painted < whole / 5


def test_a_drag_step_lays_nothing_out_anew(house: House) -> None:
    crowd(house, 100)
    with desk(house) as day:
        plan = day.plan
        start = day.middle("crowd-0-80")
        day.area.verticalScrollBar().setValue(round(day.block("crowd-0-80").rect.top()) - 200)
        start = day.middle("crowd-0-80")
        day.press(start)
        for i in range(5, 60, 5):
            day.move(start + QPoint(0, i))
        assert day.plan is plan
        day.key(Qt.Key.Key_Escape)


def colours(image: QImage, place: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(place.left(), place.right())
        for y in range(place.top(), place.bottom())
    }


def test_the_theme_switches_live(house: House, qapp: QApplication) -> None:
    house.entry("E", "13:00", "13:50", project=house.project("P", "#0b83d9"))
    with desk(house) as day:
        light = QColor(day.surface.grab().toImage().pixelColor(200, 600)).lightness()
        house.theme.apply(qapp, "dark")
        try:
            settle()
            image = day.surface.grab().toImage()
            assert image.pixelColor(200, 600).lightness() < 60 < light
            ground = ground_of(DARK, "#0b83d9", Look())
            assert ground in colours(image, day.area.rect_of(day.blocks()[0]))
        finally:
            house.theme.apply(qapp, "light")


def states(house: House, day: Desk) -> None:
    lid = house.entry("<b>Bold</b> & <img src='file:///etc/passwd'> " * 5, "09:00", "10:30")
    house.entry("שלום עולם " * 8, "09:30", "10:45", project=house.project("P" * 255, "#c7af14"))
    house.entry("", "11:00", "11:05")
    house.start("👩‍👩‍👧‍👧 " * 40, at="12:00")
    settle()
    day.click(day.middle(lid))
    day.area.grab()
    day.press(day.middle(lid))
    day.move(day.middle(lid) + QPoint(0, 200))
    day.area.grab()
    day.key(Qt.Key.Key_Escape)
    day.release(day.middle(lid))
    day.key(Qt.Key.Key_S)
    day.area.grab()
    day.key(Qt.Key.Key_Escape)
    day.key(Qt.Key.Key_N)
    day.type_name("<u>x</u> @Nobody")
    day.view.grab()


@pytest.mark.parametrize("width", [200, 300, 560, 900])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, RTL], ids=["ltr", "rtl"])
def test_everything_can_be_painted_everywhere(
    house: House, width: int, direction: Qt.LayoutDirection
) -> None:
    with desk(house, width=width, height=500) as day:
        day.view.setLayoutDirection(direction)
        settle()
        states(house, day)
        for factor in (0.01, 4, 100):
            day.area.zoom(factor)
            day.area.grab()


def test_a_hint_shows_markup_as_it_is_written(house: House) -> None:
    house.entry("<img src='x'> & co", "09:00", "10:00")
    with desk(house) as day:
        from toggl_desktop.ui.widgets.text import tooltip

        hint = day.area._hint(day.blocks()[0])
        assert hint.splitlines()[0] == "<img src='x'> & co"
        assert "&lt;img" in tooltip(hint)


def test_a_gap_says_how_long_it_is_and_today_is_marked(house: House) -> None:
    house.entry("A", "09:00", "10:00")
    house.entry("B", "11:05", "12:00")
    with desk(house, width=900) as week:
        gap = QRect(week.at("10:10", across=0.2), week.at("10:55", across=0.8))
        image = week.surface.grab().toImage()
        assert len(colours(image, gap)) > 3  # words, not only ground and line
        today, other = week.at("16:20", across=0.5), week.at("16:20", day=1, across=0.5)
        assert image.pixelColor(today) != image.pixelColor(other)


def test_no_hour_is_written_half_under_the_label_of_now(house: House) -> None:
    house.clock.at = house.at("14:12")
    with desk(house, width=900) as week:
        y = week.at("14:00", across=0.5).y()
        image = week.surface.grab().toImage()
        strip = QRect(1, y - 6, week.area.gutter - 4, 7)
        assert colours(image, strip) == colours(image, strip.translated(0, -20))  # ground alone
        there = strip.translated(0, week.at("13:00", across=0.5).y() - y)
        assert len(colours(image, there)) > 1


def test_an_entry_that_waits_to_be_sent_shows_it(house: House) -> None:
    lid = house.entry("A", "09:00", "10:30")
    with desk(house) as day:
        block = day.block(lid)
        face = day.area.phrases.face(block.item)
        from dataclasses import replace

        marked = replace(face, marks=("overlap", "billable", "unsent", "problem"))
        assert day.area.blocks._marks(block, marked) == ["problem", "unsent", "billable"]
        house.do(commands.EditEntries((lid,), billable=True))
        settle()
        again = day.block(lid)
        assert day.area.blocks._marks(again, day.area.phrases.face(again.item)) == ["billable"]
