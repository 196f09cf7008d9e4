"""The task editor: each change is done at once; refusals are said and nothing typed is lost."""

import json

import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import settle
from tests.ui.hands import put
from tests.ui.plan_hands import ALT, CTRL, KEY, Sown, plan_desk
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.plan.commands import EditPlanTasks
from toggl_desktop.store.read import plan as reading
from toggl_desktop.ui.plan.editor import facts

pytestmark = pytest.mark.ui


@pytest.fixture
def sown(house):
    return Sown(house)


def _open(desk, lid):
    desk.editing.deeds.open_task(lid)
    settle()
    return desk.editing.side.task


def _enter(field, text):
    put(field, text)
    if not text:
        QTest.keyClick(field, KEY.Key_Delete)
    QTest.keyClick(field, KEY.Key_Return)
    settle()


def test_without_a_project_status_segment_and_tags_wait(house, sown):
    lid = sown.add("One", 0, members=(sown.ann,))
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        where = panel.where
        assert not where.status.isEnabled()
        assert not where.segment.isEnabled()
        assert not where.tags.isEnabled()
        _enter(where.project, "web")
        assert desk.task(lid).project == sown.web
        assert desk.task(lid).segment == sown.design
        assert desk.task(lid).status == sown.todo
        assert where.status.isEnabled()
        assert where.segment.text() == "Design"
        assert panel.colour._colour == "#2da608"


def test_the_name_is_renamed_and_an_empty_one_is_refused(house, sown):
    lid = sown.add("One", 0)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        assert panel.name.hasFocus()
        _enter(panel.name, "Wireframes")
        assert desk.task(lid).name == "Wireframes"
        _enter(panel.name, "  ")
        assert desk.task(lid).name == "Wireframes"
        assert "name" in panel.note.text()
        assert panel.name.property("state") == "invalid"
        QTest.keyClick(panel.name, KEY.Key_Escape)
        assert panel.name.text() == "Wireframes"


def test_a_change_made_in_the_panel_is_read_once(house, sown, monkeypatch):
    lid = sown.add("One", 0)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        read, count = facts.read, []

        def counting(source, task):
            count.append(task)
            return read(source, task)

        monkeypatch.setattr(facts, "read", counting)
        _enter(panel.name, "Wireframes")
        assert count == [lid]
        house.do(EditPlanTasks((lid,), name="Elsewhere"))
        settle()
        assert panel.name.text() == "Elsewhere"
        assert len(count) == 2


def test_days_are_typed_freely_and_one_drags_the_other(house, sown):
    lid = sown.add("One", 0, 2)
    with plan_desk(house) as desk:
        days = _open(desk, lid).days
        _enter(days.start, "tomorrow")
        assert desk.days(lid) == (1, 2)
        _enter(days.end, "+3")
        assert desk.days(lid) == (1, 4)
        _enter(days.start, "+1w")
        assert desk.days(lid) == (7, 7)
        _enter(days.end, "tomorrow")
        assert desk.days(lid) == (1, 1)
        assert days.length.text() == "1 day"
        _enter(days.start, "some day")
        assert days.start.property("state") == "invalid"
        assert desk.days(lid) == (1, 1)
        _enter(days.start, "3 dec")
        assert desk.task(lid).start == QDate(2026, 12, 3).toJulianDay() - 1721425
        QTest.keyClick(days.start, KEY.Key_Up)
        assert desk.task(lid).start == QDate(2026, 12, 4).toJulianDay() - 1721425
        days.clear.click()
        settle()
        assert desk.task(lid).start is None
        _enter(days.start, "today")
        assert desk.days(lid) == (0, 0)


def test_a_day_is_chosen_from_a_month(house, sown):
    lid = sown.add("One", 0, 2)
    with plan_desk(house) as desk:
        days = _open(desk, lid).days
        QTest.keyClick(days.start, KEY.Key_Down, ALT)
        settle()
        month = days.start._card
        assert month.isVisible()
        assert not month.month.isDateEditEnabled(), "the field is there to type into"
        assert month.month.selectedDate() == QDate(2026, 11, 23)
        month.month.setSelectedDate(QDate(2026, 11, 24))
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        settle()
        assert not month.isVisible()
        assert desk.days(lid) == (1, 2)


def test_times_of_day_are_offered_typed_and_kept_apart(house, sown):
    lid = sown.add("One", 0)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        times = panel.times
        times.start.setFocus()
        QTest.keyClick(times.start, KEY.Key_Down)
        settle()
        assert times.start.offers.isVisible()
        assert times.start.offers._rows.item(0).text() == "7:00"
        QTest.keyClick(times.start, KEY.Key_Down)
        QTest.keyClick(times.start, KEY.Key_Return)
        settle()
        assert desk.task(lid).start_minute == 450
        _enter(times.end, "9.15")
        assert desk.task(lid).end_minute == 555
        _enter(times.start, "10")
        assert (desk.task(lid).start_minute, desk.task(lid).end_minute) == (600, 660)
        assert panel.work.amount.placeholderText() == "1h"
        _enter(times.start, "")
        assert desk.task(lid).start_minute is None


def test_the_estimate_has_a_kind_and_a_summary(house, sown):
    lid = sown.add("One", 0, 4)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        work = panel.work
        _enter(work.amount, "4:30")
        assert desk.task(lid).estimate_minutes == 270
        assert work.said.text() == "4h 30m Daily WD"
        work.total.click()
        assert desk.task(lid).estimate_kind == "total"
        work.skips.click()
        assert not desk.task(lid).skips_weekend
        assert work.said.text() == "4h 30m Total"
        _enter(work.amount, "lots")
        assert "estimate" in panel.note.text()
        assert desk.task(lid).estimate_minutes == 270
        _enter(work.amount, "")
        assert desk.task(lid).estimate_minutes is None


def test_people_and_tags_are_found_made_and_taken_away(house, sown):
    lid = sown.add("One", 0, project=sown.web)
    with plan_desk(house) as desk:
        where = _open(desk, lid).where
        _enter(where.people.field, "an")
        assert desk.task(lid).members == (sown.ann,)
        _enter(where.people.field, "Cy Young")
        assert len(desk.task(lid).members) == 2
        assert [m.name for m in reading.members(house.store.source)][-1] == "Cy Young"
        assert len(where.people.chips) == 2
        QTest.keyClick(where.people.field, KEY.Key_Backspace)
        assert desk.task(lid).members == (sown.ann,)
        _enter(where.tags.field, "ux")
        (tag,) = reading.tags(house.store.source)
        assert desk.task(lid).tags == (tag.lid,)
        where.tags.chips[0].click()
        assert desk.task(lid).tags == ()
        _enter(where.status, "Review")
        assert desk.task(lid).status == reading.statuses(house.store.source)[-1].lid
        _enter(where.segment, "Launch")
        assert desk.task(lid).segment == reading.segments(house.store.source)[-1].lid


def test_a_name_that_was_not_chosen_is_not_taken(house, sown):
    lid = sown.add("One", 0, project=sown.web)
    with plan_desk(house) as desk:
        where = _open(desk, lid).where
        put(where.project, "Some")
        where.segment.setFocus()
        settle()
        assert where.project.text() == "Website"
        assert desk.task(lid).project == sown.web
        assert house.performed == []
        put(where.project, "x")
        QTest.keyClick(where.project, KEY.Key_Escape)
        assert where.project.text() == "Website"
        assert not where.project.is_open


def test_a_colour_of_forty_five_any_other_or_the_projects(house, sown):
    lid = sown.add("One", 0, project=sown.web)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        panel.colour.click()
        settle()
        card = panel.colour.card()
        assert card.isVisible()
        assert len(card.swatches) == 45
        QTest.keyClick(card.swatches[0], KEY.Key_Down)
        assert card.swatches[5].hasFocus()
        QTest.keyClick(card.swatches[5], KEY.Key_Return)
        assert desk.task(lid).color == "#311b92"
        panel.colour.click()
        _enter(card.own, "nonsense")
        assert card.own.property("state") == "invalid"
        _enter(card.own, "#123456")
        assert desk.task(lid).color == "#123456"
        panel.colour.click()
        card.inherit.click()
        assert desk.task(lid).color is None
        panel.colour.click()
        QTest.keyClick(card.swatches[0], KEY.Key_Escape)
        assert not card.isVisible()
        assert desk.editing.side.isVisible()


def test_notes_keep_the_form_they_came_in(house, sown):
    delta = json.dumps(
        {"ops": [{"insert": "See "}, {"insert": "brief", "attributes": {"bold": True}}]}
    )
    lid = sown.add("One", 0, notes=delta)
    with plan_desk(house) as desk:
        notes = _open(desk, lid).notes
        assert notes.text.toPlainText() == "See brief"
        assert notes.about.isVisible()
        notes.text.setFocus()
        QTest.keyClick(notes.text, KEY.Key_Return, CTRL)
        assert desk.task(lid).notes == delta
        notes.text.moveCursor(notes.text.textCursor().MoveOperation.End)
        QTest.keyClicks(notes.text, " first")
        QTest.keyClick(notes.text, KEY.Key_Return, CTRL)
        settle()
        saved = json.loads(desk.task(lid).notes)
        assert {"insert": "brief", "attributes": {"bold": True}} in saved["ops"]
        assert "first" in saved["ops"][-1]["insert"]


def test_a_checklist_grows_is_ticked_and_reordered(house, sown):
    lid = sown.add("One", 0)
    with plan_desk(house) as desk:
        checklist = _open(desk, lid).checklist
        for words in ("Sketch", "Ask Ann", "Draw"):
            QTest.keyClicks(checklist.more, words)
            QTest.keyClick(checklist.more, KEY.Key_Return)
            settle()
        assert [w for _, w, _ in desk.task(lid).checklist] == ["Sketch", "Ask Ann", "Draw"]
        checklist.rows[1].done.click()
        settle()
        assert [d for *_, d in desk.task(lid).checklist] == [False, True, False]
        field = checklist.rows[2].words
        field.setFocus()
        QTest.keyClick(field, KEY.Key_Up, ALT)
        settle()
        assert [w for _, w, _ in desk.task(lid).checklist] == ["Sketch", "Draw", "Ask Ann"]
        assert checklist.rows[1].words.hasFocus()
        _enter(checklist.rows[0].words, "Sketches")
        checklist.rows[2].drop.click()
        settle()
        assert [w for _, w, _ in desk.task(lid).checklist] == ["Sketches", "Draw"]


def test_what_it_waits_for_is_found_by_name(house, sown):
    one = sown.add("Wireframes", 0, 1)
    lid = sown.add("Build", 4, 5)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        _enter(panel.waits.before.field, "wire")
        (row,) = reading.dependencies(house.store.source)
        assert (row.before, row.after) == (one, lid)
        assert len(panel.waits.before.chips) == 1
        panel.waits.before.chips[0].click()
        settle()
        assert reading.dependencies(house.store.source) == []


def test_a_rule_makes_occurrences_and_the_scope_says_which_change(house, sown):
    lid = sown.add("Stand-up", 0)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        assert panel.scopes.isHidden()
        _enter(panel.repeat.rule, "every 1 week until 2027-01-31")
        found = [b for b in reading.plan(house.store.source).bars if b.name == "Stand-up"]
        assert len(found) == 10
        assert not panel.scopes.isHidden()
        panel.scope.button(2).click()
        _enter(panel.name, "Daily")
        assert {b.name for b in reading.plan(house.store.source).bars} == {"Daily"}
        _enter(panel.repeat.rule, "every now and then")
        assert panel.note.text()
        assert panel.note.isVisible()


def test_what_is_typed_is_kept_when_a_change_lands_meanwhile(house, sown):
    lid = sown.add("One", 0)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        put(panel.name, "Typed")
        house.do(EditPlanTasks((lid,), name="Elsewhere", notes="new"))
        settle()
        assert panel.name.text() == "Typed"
        assert panel.notes.text.toPlainText() == "new"
        QTest.keyClick(panel.name, KEY.Key_Escape)
        assert panel.name.text() == "Elsewhere"


def test_it_closes_when_the_task_is_deleted_and_follows_the_keyboard(house, sown):
    one = sown.add("One", 0, 1, members=(sown.ann,))
    two = sown.add("Two", 3, 4, members=(sown.ann,))
    with plan_desk(house) as desk:
        panel = _open(desk, one)
        desk.focus(two)
        assert panel.lid == two
        panel.delete.click()
        settle()
        assert not desk.editing.side.isVisible()
        assert desk.names() == ["One"]


def test_every_part_has_a_name_for_a_screen_reader(house, sown):
    from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLineEdit, QPlainTextEdit

    lid = sown.add("One", 0, project=sown.web, checklist=(("1", "Sketch", False),))
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        for kind in (QLineEdit, QAbstractButton, QPlainTextEdit, QCheckBox):
            for part in panel.findChildren(kind):
                if part.objectName().startswith("qt_"):
                    continue
                text = part.text() if isinstance(part, QAbstractButton) else ""
                assert part.accessibleName() or text, part


def test_a_list_that_is_open_keeps_its_meaning_when_others_add_to_it(house, sown):
    from toggl_desktop.domain.plan.commands import AddStatus, EditStatus

    lid = sown.add("One", 0, project=sown.web)
    with plan_desk(house) as desk:
        where = _open(desk, lid).where
        where.status.setFocus()
        where.status.open_offers()
        house.do(AddStatus("Idea", sown.web))
        idea = reading.statuses(house.store.source)[-1].lid
        house.do(EditStatus(idea, position=0))
        settle()
        QTest.keyClick(where.status, KEY.Key_Down)
        QTest.keyClick(where.status, KEY.Key_Return)
        settle()
        assert desk.task(lid).status == sown.doing


def test_a_tag_made_on_the_spot_is_one_step(house, sown):
    lid = sown.add("One", 0, project=sown.web)
    with plan_desk(house) as desk:
        panel = _open(desk, lid)
        put(panel.where.tags.field, "brand new")
        QTest.keyClick(panel.where.tags.field, KEY.Key_Return)
        settle()
        assert len(desk.task(lid).tags) == 1
        house.do(Undo())
        settle()
        assert desk.task(lid).tags == ()
        assert "brand new" not in [tag.name for tag in reading.tags(house.store.source)]
