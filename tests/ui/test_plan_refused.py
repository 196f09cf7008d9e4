"""What a task's field could not take is there again when the task is opened the next time."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest

from tests.ui.conftest import settle
from tests.ui.hands import put
from tests.ui.plan_hands import DAY, KEY, Sown, plan_desk
from toggl_desktop.ui.plan.editor.refused import RefusedTexts

pytestmark = pytest.mark.ui


@pytest.fixture
def state(tmp_path):
    return QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)


def _open(desk, lid):
    desk.editing.deeds.open_task(lid)
    settle()
    return desk.editing.side.task


def _enter(field, text):
    put(field, text)
    QTest.keyClick(field, KEY.Key_Return)
    settle()


def _typed(house, state, lid, typed):
    """Types what no field takes; what happens to the window afterwards does not matter."""
    with plan_desk(house) as desk:
        desk.editing.side.refused.keep_in(state)
        panel = _open(desk, lid)
        for name, text in typed.items():
            _enter(panel._fields_by_name()[name], text)
        return {name: field.text() for name, field in panel._fields_by_name().items()}


def test_after_a_restart_they_stand_in_their_fields_and_are_said(house, state, tmp_path):
    lid = Sown(house).add("One", 0)
    typed = {
        "start": "the 35th",
        "estimate_minutes": "a while",
        "start_minute": "tea time",
        "repeat": "now and then",
    }
    _typed(house, state, lid, typed)
    again = QSettings(str(tmp_path / "state.ini"), QSettings.Format.IniFormat)
    with plan_desk(house) as desk:
        desk.editing.side.refused.keep_in(again)
        panel = _open(desk, lid)
        fields = panel._fields_by_name()
        assert {name: fields[name].text() for name in typed} == typed
        assert all(fields[name].is_edited for name in typed)
        assert "in its field again" in panel.note.text()
        assert fields["end"].text() == desk.editing.side.task.saying.day(DAY)
        assert desk.task(lid).start == DAY


def test_what_is_mended_or_dropped_is_forgotten(house, state):
    lid = Sown(house).add("One", 0)
    _typed(house, state, lid, {"start": "the 35th", "estimate_minutes": "a while"})
    with plan_desk(house) as desk:
        desk.editing.side.refused.keep_in(state)
        panel = _open(desk, lid)
        _enter(panel.work.amount, "2h")
        assert desk.task(lid).estimate_minutes == 120
        panel.days.start.setFocus()
        QTest.keyClick(panel.days.start, KEY.Key_Escape)
        settle()
        assert panel.days.start.text() == panel.saying.day(DAY)
        assert desk.editing.side.refused.of(lid) == {}
    kept = RefusedTexts()
    kept.keep_in(state)
    assert kept.of(lid) == {}


def test_another_task_does_not_get_them_and_the_first_one_does_again(house, state):
    sown = Sown(house)
    lid, other = sown.add("One", 0), sown.add("Two", 1)
    with plan_desk(house) as desk:
        desk.editing.side.refused.keep_in(state)
        panel = _open(desk, lid)
        put(panel.work.amount, "a while")  # it is not even entered: leaving hands it up
        _open(desk, other)
        assert panel.work.amount.text() == ""
        assert not panel.work.amount.is_edited
        assert panel.note.isHidden()
        _open(desk, lid)
        assert panel.work.amount.text() == "a while"


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"a": 1}', '{"a": {"start": 1}}'])
def test_a_state_that_was_tampered_with_keeps_nothing_and_fails_nothing(state, text):
    state.setValue("plan/refused", text)
    kept = RefusedTexts()
    kept.keep_in(state)
    assert kept.of("a") in ({}, {"start": "1"})


def test_so_many_tasks_are_kept_and_no_more(state):
    kept = RefusedTexts()
    kept.keep_in(state)
    for number in range(130):
        kept.keep(f"t{number}", "start", "x" * 5000)
    again = RefusedTexts()
    again.keep_in(state)
    assert again.of("t0") == {}
    assert len(again.of("t129")["start"]) == 2000
