"""A large plan comes in beside the loop: with a card, a way out, and the same one step."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from tests.ui.test_plan_import import FILES, VIEW, box_of, tasks
from toggl_desktop.actions.perform import Undo
from toggl_desktop.actions.plan import taking
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import journal, lock, tables, write, writing
from toggl_desktop.ui.plan import importing
from toggl_desktop.ui.widgets import aside

pytestmark = pytest.mark.ui


@pytest.fixture
def desk(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanDesk]:
    """A plan window to which every file is a large one, and every work long."""
    monkeypatch.setattr(importing, "MUCH", 1)
    monkeypatch.setattr(aside, "_AT_ONCE", 0.0)
    with plan_desk(house, None) as made:
        yield made


class Gate:
    """Holds up what another thread does, and remembers which one it was."""

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self.reached, self.opened = threading.Event(), threading.Event()
        self.thread = 0

    def __call__(self, *values: Any) -> Any:
        self.thread = threading.get_ident()
        self.reached.set()
        assert self.opened.wait(10)
        return self._plain(*values)


def gate(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> Gate:
    made = Gate(getattr(where, name))
    monkeypatch.setattr(where, name, made)
    return made


def free(desk: PlanDesk, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: desk.window.filing.intake.aside is None, timeout=10_000)
    settle()


def looked(desk: PlanDesk, qtbot: Any, path: Any = VIEW) -> None:
    desk.window.filing.intake.take(path)
    free(desk, qtbot)


def say_yes(desk: PlanDesk) -> None:
    box_of(desk).buttons()[0].click()
    settle()


def card(desk: PlanDesk) -> Any:
    return desk.window.filing.intake.aside.card


def test_it_is_read_and_written_beside_the_loop_and_is_one_step(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing_ = gate(monkeypatch, taking, "look"), gate(monkeypatch, taking, "take")
    reading.opened.set()
    looked(desk, qtbot)
    assert "8 tasks, 28 Sep" in box_of(desk).text()
    say_yes(desk)
    shown = card(desk)
    assert shown.isVisible()
    assert shown.windowTitle() == "Import"
    assert shown.bar.accessibleName() == "Importing plan_view.csv…"
    desk.house.do(StartTimer("Meanwhile"))
    desk.window.filing.intake.take(VIEW)
    assert "Repeat it when that has ended" in desk.window.sentences.sentence
    writing_.opened.set()
    free(desk, qtbot)
    assert {reading.thread, writing_.thread}.isdisjoint({0, threading.get_ident()})
    assert tasks(desk) == 8
    assert len(desk.window.timeline.model.bars) == 8
    step = journal.undoable(desk.house.store.source)
    assert step is not None
    assert step.name == "Import 8 plan tasks from plan_view.csv"
    assert "Imported 8 plan tasks" in desk.window.toast.sentence
    assert desk.house.store.seen == journal.last_seq(desk.house.store.source)
    desk.house.do(Undo())
    assert tasks(desk) == 0


def test_who_cancels_while_it_is_written_gets_nothing(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gate(monkeypatch, writing, "commit")
    looked(desk, qtbot)
    before = journal.last_seq(desk.house.store.source)
    say_yes(desk)
    assert held.reached.wait(10)
    QTest.keyClick(card(desk), Qt.Key.Key_Escape)
    assert card(desk) is None
    held.opened.set()
    free(desk, qtbot)
    assert "was stopped. Nothing was imported" in desk.window.sentences.sentence
    assert tasks(desk) == 0
    assert journal.last_seq(desk.house.store.source) == before
    desk.house.do(StartTimer("The lock is free"))


def test_who_cancels_too_late_is_told_the_truth(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gate(monkeypatch, writing, "line")  # it is committed by then
    looked(desk, qtbot)
    say_yes(desk)
    assert held.reached.wait(10)
    card(desk).buttons.buttons()[0].click()
    held.opened.set()
    free(desk, qtbot)
    assert tasks(desk) == 8
    assert "Imported 8 plan tasks" in desk.window.toast.sentence


def test_what_the_bridge_has_told_already_is_not_read_twice(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "BULK", 3)
    monkeypatch.setattr(write, "BULK", 3)
    held = gate(monkeypatch, writing, "line")  # it is committed by then
    looked(desk, qtbot)
    say_yes(desk)
    assert held.reached.wait(10)
    desk.house.store.catch_up()  # as when the log of the store is watched
    settle()
    model = desk.window.timeline.model
    assert len(model.bars) == 8
    plan = model.plan
    held.opened.set()
    free(desk, qtbot)
    assert model.plan is plan
    assert "Imported 8 plan tasks" in desk.window.toast.sentence


def test_reading_can_be_stopped_too(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gate(monkeypatch, taking, "look")
    desk.window.filing.intake.take(VIEW)
    assert card(desk).bar.accessibleName() == "Reading plan_view.csv…"
    card(desk).reject()
    held.opened.set()
    free(desk, qtbot)
    assert "was stopped" in desk.window.sentences.sentence


@pytest.mark.parametrize("name", ["toggl_newer.csv", "hamster.db", "none.csv"])
def test_what_is_no_plan_is_refused_in_one_sentence(desk: PlanDesk, qtbot: Any, name: str) -> None:
    looked(desk, qtbot, FILES / name)
    assert "Nothing was imported" in desk.window.sentences.sentence
    assert tasks(desk) == 0


def test_a_store_that_is_locked_refuses_and_keeps_all(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    looked(desk, qtbot)
    with desk.house.store.locked():
        say_yes(desk)
        free(desk, qtbot)
    assert "locked" in desk.window.sentences.sentence
    assert tasks(desk) == 0


def test_what_was_written_since_the_look_is_not_brought_twice(desk: PlanDesk, qtbot: Any) -> None:
    looked(desk, qtbot)
    one = taking.opened(VIEW)
    taking.take(desk.house.store, one, desk.house.clock.now())
    say_yes(desk)
    free(desk, qtbot)
    assert tasks(desk) == 8
    assert "everything is here already" in desk.window.sentences.sentence


def test_dates_that_can_be_read_two_ways_are_asked_about(
    desk: PlanDesk, qtbot: Any, tmp_path: Any
) -> None:
    path = tmp_path / "us.csv"
    header = VIEW.read_text(encoding="utf-8").split("\n", 1)[0]
    path.write_text(f"{header}\nx,,,,,,,03/04/2026,03/04/2026,,,,\n", encoding="utf-8")
    looked(desk, qtbot, path)
    next(b for b in box_of(desk).buttons() if b.text() == "Day first").click()
    free(desk, qtbot)
    assert "3 Apr 2026" in box_of(desk).text()
    say_yes(desk)
    free(desk, qtbot)
    (task,) = tables.load(desk.house.store.source, PlanTask)
    assert task.name == "x"


def test_six_thousand_tasks_come_in(house: House, qtbot: Any, tmp_path: Any) -> None:
    path = tmp_path / "large.csv"
    header = VIEW.read_text(encoding="utf-8").split("\n", 1)[0]
    rows = (f"Task {n},,,,,,,2026-11-23,2026-11-24,,,,\n" for n in range(6000))
    path.write_text(f"{header}\n{''.join(rows)}", encoding="utf-8")
    with plan_desk(house, None) as desk:
        looked(desk, qtbot, path)
        assert "6000 tasks" in box_of(desk).text()
        say_yes(desk)
        free(desk, qtbot)
        assert tasks(desk) == 6000
        assert len(desk.window.timeline.model.bars) == 6000
