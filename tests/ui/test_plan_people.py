"""People and groups: added, renamed, reordered, given capacity and time off, deleted."""

import pytest
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.hands import put
from tests.ui.plan_hands import ALT, DAY, KEY, Sown, plan_desk
from toggl_desktop.domain.plan.entities import Member
from toggl_desktop.store import tables
from toggl_desktop.store.read import plan as reading

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def _people(desk):
    desk.editing.side.open_people()
    settle()
    return desk.editing.side.people


def _line(panel, lid):
    return next(line for line in panel.lines if line.lid == lid)


def _enter(field, text):
    put(field, text)
    QTest.keyClick(field, KEY.Key_Return)
    settle()


def test_people_are_added_renamed_moved_and_deleted(house, sown):
    with plan_desk(house) as desk:
        panel = _people(desk)
        assert panel.add_person.hasFocus()
        _enter(panel.add_person, "Cy")
        names = [m.name for m in reading.members(house.store.source)]
        assert names == ["Ann Lee", "Bo", "Cy"]
        _enter(_line(panel, sown.bo).name, "Bob")
        QTest.keyClick(_line(panel, sown.bo).name, KEY.Key_Up, ALT)
        settle()
        assert [m.name for m in reading.members(house.store.source)] == ["Bob", "Ann Lee", "Cy"]
        assert _line(panel, sown.bo).name.hasFocus()
        QTest.keyClick(_line(panel, sown.bo).name, KEY.Key_Down, ALT)
        settle()
        assert [m.name for m in reading.members(house.store.source)] == ["Ann Lee", "Bob", "Cy"]
        _line(panel, sown.ann).drop.click()
        settle()
        assert [m.name for m in reading.members(house.store.source)] == ["Bob", "Cy"]
        _enter(_line(panel, sown.bo).name, " ")
        assert panel.note.isVisible()


def test_capacity_holidays_and_initials_are_set_by_person(house, sown):
    with plan_desk(house) as desk:
        panel = _people(desk)
        _line(panel, sown.ann).more.click()
        settle()
        card = panel.cards[0]
        _enter(card.capacity[4], "4")
        member = tables.get(house.store.source, Member, sown.ann)
        assert member.capacity == (480, 480, 480, 480, 240, 0, 0)
        card = panel.cards[0]
        _enter(card.holidays, "de-by")
        card = panel.cards[0]
        _enter(card.initials, "AL")
        member = tables.get(house.store.source, Member, sown.ann)
        assert (member.holidays, member.initials) == ("DE-BY", "AL")


def test_time_off_is_added_and_edited(house, sown):
    with plan_desk(house) as desk:
        panel = _people(desk)
        _line(panel, sown.ann).more.click()
        panel.cards[0].add_off.click()
        settle()
        editor = desk.editing.side.time_off
        assert editor.name.text() == "Ann Lee is off"
        _enter(editor.days.end, "+2")
        _enter(editor.reason, "sick")
        _enter(editor.note_field, "flu")
        (row,) = reading.time_off(house.store.source)
        assert (row.member, row.start, row.end) == (sown.ann, DAY, DAY + 2)
        assert (row.reason, row.note) == ("sick", "flu")
        editor.delete.click()
        settle()
        assert reading.time_off(house.store.source) == []
        assert not desk.editing.side.isVisible()


def test_groups_gather_people(house, sown):
    with plan_desk(house) as desk:
        panel = _people(desk)
        _enter(panel.add_group, "Design")
        (group,) = reading.groups(house.store.source)
        who = panel.cards[0]
        _enter(who.field, "bo")
        (group,) = reading.groups(house.store.source)
        assert group.members == (sown.bo,)
        panel.cards[0].chips[0].click()
        settle()
        assert reading.groups(house.store.source)[0].members == ()
        _line(panel, group.lid).drop.click()
        settle()
        assert reading.groups(house.store.source) == []


def test_segments_and_tags_are_a_projects(house, sown):
    with plan_desk(house, "project", sown.web) as desk:
        desk.editing.side.open_project(sown.web)
        settle()
        panel = desk.editing.side.project
        assert panel.title.text() == "Website"
        _enter(panel.add_segment, "Launch")
        names = [s.name for s in reading.segments(house.store.source)]
        assert names == ["Design", "Build", "Launch"]
        QTest.keyClick(panel.segments[2].name, KEY.Key_Up, ALT)
        settle()
        names = [s.name for s in reading.segments(house.store.source)]
        assert names == ["Design", "Launch", "Build"]
        _enter(panel.segments[0].name, "Drawing")
        panel.segments[2].drop.click()
        settle()
        names = [s.name for s in reading.segments(house.store.source)]
        assert names == ["Drawing", "Launch"]
        _enter(panel.add_tag, "ux")
        panel.tags[0].colour.click()
        panel.tags[0].colour.card().swatches[0].click()
        settle()
        assert reading.tags(house.store.source)[0].color == "#263238"
        QTest.keyClick(panel.add_tag, KEY.Key_Escape)
        assert not desk.editing.side.isVisible()


def test_an_empty_place_and_a_lanes_name_have_a_menu(house, sown):
    with plan_desk(house) as desk:
        menu = desk.editing.lane_menu
        spot = desk.editing.hand.spot(desk.spot(2, f"member:{sown.ann}"))
        menu.open_at(desk.mapToGlobal(desk.rect().center()), spot)
        by_what = {action.data(): action for action in menu.actions() if action.data()}
        assert set(by_what) == {"task", "milestone", "off", "people"}
        by_what["off"].trigger()
        settle()
        (row,) = reading.time_off(house.store.source)
        assert (row.member, row.start) == (sown.ann, DAY + 2)
        by_what["milestone"].trigger()
        assert desk.editing.milestones.name.field.hasFocus()
        QTest.keyClick(desk.editing.milestones.name.field, KEY.Key_Escape)
        by_what["task"].trigger()
        assert desk.editing.maker.name.isVisible()
        QTest.keyClick(desk.editing.maker.name.field, KEY.Key_Escape)
        desk.view.side.lane_pressed.emit("no_one")
        assert {a.data() for a in menu.actions() if a.data()} == {"task", "people"}
        menu.hide()
