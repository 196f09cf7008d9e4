"""The plan window: what it shows of the store, what its buttons and keys do, what it keeps."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from tests.support import plans
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.entities import Project
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.domain.ids import PlanTaskId
from toggl_desktop.domain.plan.commands import EditPlanTasks
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.plan.header import flag_words, flags
from toggl_desktop.ui.plan.model import Shown
from toggl_desktop.ui.plan.scene import DraftBar

pytestmark = pytest.mark.ui
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        yield made


def save(house: House, *entities) -> None:
    with house.store.transaction("Change", house.clock.at) as tx:
        tx.save(*entities)
    settle()


def task(house: House, lid: str) -> PlanTask:
    found = reading.task(house.store.source, lid)
    assert found is not None
    return found


def test_lanes_and_bars_of_the_store_are_shown(desk: PlanDesk) -> None:
    assert [lane.key for lane in desk.view.chart.shown] == [
        "group:g1", "member:ann@g1", "member:bo@g1", "group:g2", "member:cy@g2", "member:di@g2",
        "no_one",
    ]  # fmt: skip
    assert not desk.view.rect_of("books").isNull()
    low, high = desk.view.days_in_sight
    assert low < TODAY < high
    assert desk.window.bar.scales["month"].isChecked()


def test_a_change_reads_only_what_it_names(desk: PlanDesk) -> None:
    house = desk.house
    before = house.store.source.asked
    save(house, replace(task(house, "check"), start=TODAY + 3, end=TODAY + 4, members=("ann",)))
    assert desk.view.bar("check").start == TODAY + 3
    assert desk.view.lane_at(desk.middle("check")).key == "member:ann@g1"
    assert house.store.source.asked - before <= 6, "one task, its colours, and the journal"


def test_a_change_from_elsewhere_is_not_lost_beside_ones_own(desk: PlanDesk) -> None:
    with desk.house.store.transaction("Elsewhere", desk.house.clock.at) as tx:
        tx.save(replace(task(desk.house, "check"), name="Till"))
    desk.window.do(EditPlanTasks((PlanTaskId("api"),), name="Interface"))
    settle()
    assert desk.view.bar("api").name == "Interface"
    assert desk.view.bar("check").name == "Till"


def test_nothing_jumps_while_something_is_dragged(desk: PlanDesk) -> None:
    draft = DraftBar("api", TODAY + 2, TODAY + 6, "member:cy@g2")
    desk.view.show_draft([draft])
    place = desk.view.rect_of("check")
    save(desk.house, replace(task(desk.house, "check"), start=TODAY + 3, end=TODAY + 4))
    assert desk.view.rect_of("check") == place
    desk.view.clear_draft()
    assert desk.view.bar("check").start == TODAY + 3


def test_what_is_deleted_goes_from_the_chart_and_the_selection(desk: PlanDesk) -> None:
    desk.view.set_selection(("check", "api"))
    save(desk.house, replace(task(desk.house, "check"), deleted=True))
    assert desk.view.bar("check") is None
    assert desk.view.selection == {"api"}


def test_a_projects_new_colour_is_its_bars_colour(desk: PlanDesk) -> None:
    save(desk.house, Project("app", "Bakery app", "#2da608", "c-Bakery Lund"))
    assert desk.view.bar("check").color == "#2da608"


def test_what_happens_while_it_is_hidden_is_read_when_it_is_shown(desk: PlanDesk) -> None:
    desk.window.hide()
    settle()
    asked = desk.house.store.source.asked
    save(desk.house, replace(task(desk.house, "check"), start=TODAY, end=TODAY))
    assert desk.house.store.source.asked - asked <= 4, "nothing was read for the window"
    desk.window.show_on_current()
    settle()
    assert desk.view.bar("check").end == TODAY


def test_the_buttons_turn_to_projects_and_back(desk: PlanDesk) -> None:
    bar = desk.window.bar
    bar.project.click()
    settle()
    assert desk.view.chart.shown[0].key == "project:app"
    menu = bar.project.menu()
    action = next(a for a in menu.actions() if a.data() == Shown("project", "web"))
    action.trigger()
    settle()
    assert [lane.key for lane in desk.view.chart.shown] == ["segment:w1", "segment:w2"]
    assert bar.project.text() == "Website"
    assert [m.lid for m in desk.scene.milestones] == ["ms3", "ms1", "ms2"]
    QTest.keyClick(desk.window, Qt.Key.Key_1, CTRL)
    settle()
    assert desk.window.timeline.model.shown == Shown("team")


def test_a_group_alone_has_its_people_and_nobody_else(desk: PlanDesk) -> None:
    desk.window.show_timeline(Shown("team", "g2"))
    settle()
    assert [lane.key for lane in desk.view.chart.shown] == ["member:cy", "member:di"]
    assert desk.window.bar.team.text() == "Build"


def test_each_timeline_keeps_its_scale_and_place(house: House, tmp_path: Path) -> None:
    state = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    with plan_desk(house, plans.small(), state) as desk:
        desk.view.show_scale("quarter")
        desk.view.show_day(TODAY + 200, 0)
        place = desk.view.days_in_sight
        desk.window.show_timeline(Shown("project", "web"))
        settle()
        assert desk.view.days_in_sight != place
        desk.window.show_timeline(Shown("team"))
        settle()
        assert desk.view.days_in_sight == place
        desk.window.remember()
    with plan_desk(house, None, state) as desk:
        assert desk.view.days_in_sight == place
    state.setValue("plan/places", '{"team:": [0, "x"], "y": 3}')
    with plan_desk(house, None, state) as desk:
        low, high = desk.view.days_in_sight
        assert low < TODAY < high, "what is no place is not gone to"


def test_typing_filters_and_escape_shows_everything(desk: PlanDesk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F, CTRL)
    field = desk.window.bar.field
    assert field.hasFocus()
    QTest.keyClicks(field, "@bakery -call")
    desk.window.bar._tell_typed()
    settle()
    shown = {b.lid for lane in desk.window.timeline.model.lanes.all for b in lane.bars}
    assert shown == {"check", "orders"}
    assert "filtered" in desk.window.status.words
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    assert field.text() == ""
    assert not desk.view.rect_of("api").isNull()


def test_the_filters_menu_offers_what_there_is(desk: PlanDesk) -> None:
    menu = desk.window.filters
    menu.aboutToShow.emit()
    people = {a.text(): a for a in menu._menus["members"].actions()}
    assert "Ann Lee" in people
    people["Ann Lee"].trigger()
    settle()
    assert [lane.key for lane in desk.view.chart.shown] == ["group:g1", "member:ann@g1"]
    menu.open.trigger()
    settle()
    assert desk.view.rect_of("wire").isNull()
    menu.aboutToShow.emit()
    menu.all.trigger()
    settle()
    assert len(desk.view.chart.shown) == 7


def test_an_empty_plan_says_how_to_begin(house: House) -> None:
    with plan_desk(house, None) as desk:
        welcome = desk.window.welcome
        assert welcome.isVisible()
        welcome.first.click()
        settle()
        field = desk.window.outfit.editing.maker.name.field
        QTest.keyClicks(field, "Begin")
        QTest.keyClick(field, Qt.Key.Key_Return)
        settle()
        assert not welcome.isVisible()
        (bar,) = reading.plan(house.store.source).bars
        assert bar.start == TODAY
        assert desk.view.rect_of(bar.lid).intersects(desk.surface.rect())
        desk.window.bar.undo.click()
        settle()
        assert welcome.isVisible()


def test_a_plan_that_cannot_be_read_is_said(desk: PlanDesk) -> None:
    desk.window.timeline.reading_failed.emit(StoreError("The plan could not be read."))
    assert desk.window.sentences.sentence == "The plan could not be read."


def test_looks_follow_the_settings(desk: PlanDesk) -> None:
    height = desk.view.chart.measures.bar
    menu = desk.window.menu
    menu.refresh()
    menu.switches["plan_big"].trigger()
    settle()
    assert desk.view.chart.measures.bar > height
    for name in ("plan_contrast", "plan_patterns", "plan_borders", "plan_week_numbers"):
        desk.house.preferences.choose(name, True)
    settle()
    desk.surface.repaint()
    assert desk.scene.looks.switches.has_patterns
    assert desk.scene.has_week_numbers
    desk.house.preferences.choose("plan_no_one", False)
    settle()
    assert desk.view.chart.index_of("no_one") is None


def test_milestones_near_each_other_are_one_mark_with_a_count(desk: PlanDesk) -> None:
    far = flags(desk.scene.milestones, desk.view.axis.scaled(10))
    assert [flag_words(flag) for flag in far] == ["Founders’ day", "Launch", "Board meeting"]
    near = flags(desk.scene.milestones, desk.view.axis.scaled(0.1))
    assert [flag_words(flag) for flag in near] == ["Founders’ day +2"]
    assert all(flag.room > 0 for flag in (*far, *near))
    seen = desk.view.top.painter.flags(desk.scene)
    area = desk.view.top.painter.flag_area(seen[0])
    assert (
        desk.view.top.painter.flag_at(desk.scene, area.center().x(), area.center().y()) == seen[0]
    )


def test_the_load_of_a_day_is_beside_the_name(desk: PlanDesk) -> None:
    side = desk.view.side
    lane = desk.view.chart.lanes.by_key["member:bo@g1"]
    load = side.load_today(lane)
    assert side.load_words(load) == "12/8 h"
    assert load.is_over
    assert side.load_today(desk.view.chart.lanes.by_key["no_one"]) is None


def test_the_column_of_names_folds(desk: PlanDesk) -> None:
    side, width = desk.view.side, desk.surface.width()
    QTest.keyClick(desk.window, Qt.Key.Key_B, CTRL)
    settle()
    assert side.is_folded
    assert desk.surface.width() > width
    QTest.keyClick(desk.window, Qt.Key.Key_B, CTRL)
    settle()
    assert desk.surface.width() == width


def test_the_chrome_is_low(desk: PlanDesk) -> None:
    chrome = desk.window.height() - desk.window.pages.height()
    assert chrome < 72


def test_names_are_shown_as_they_are_written(desk: PlanDesk) -> None:
    nasty = "<b>x</b>\u202eevil\n& more"
    save(desk.house, replace(task(desk.house, "check"), name=nasty))
    face = desk.scene.faces.face(desk.view.bar("check"))
    assert face.words == "<b>x</b>evil & more"
    assert face.text.textFormat() == Qt.TextFormat.PlainText
    assert "<b>x</b>evil" in desk.window.timeline.speech.tip(desk.view.bar("check"))
    assert desk.scene.faces.face(desk.view.bar("rtl")).is_rtl


def test_closing_hides_and_keeps(desk: PlanDesk) -> None:
    told = []
    desk.window.hidden.connect(lambda: told.append(True))
    desk.window.close()
    assert not desk.window.isVisible()
    assert told == [True]
