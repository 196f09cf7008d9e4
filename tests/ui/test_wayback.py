"""A very large step is undone and done again beside the window."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ui.conftest import House, settle
from tests.ui.plan_desk import PlanDesk, plan_desk
from tests.ui.test_plan_import import VIEW, press, tasks
from tests.ui.test_plan_import_aside import gate
from toggl_desktop.actions import history
from toggl_desktop.actions.perform import Undo
from toggl_desktop.domain.commands import StartTimer
from toggl_desktop.store import journal, lock, writing
from toggl_desktop.ui.timer import wayback
from toggl_desktop.ui.widgets import aside

pytestmark = pytest.mark.ui


@pytest.fixture
def desk(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanDesk]:
    """A plan window with eight imported tasks, to which that is a very large step."""
    monkeypatch.setattr(wayback, "MUCH", 8)
    monkeypatch.setattr(aside, "_AT_ONCE", 0.0)
    with plan_desk(house, None) as made:
        made.window.filing.intake.take(VIEW)
        press(made, "Import")
        yield made


def shown(desk: PlanDesk) -> Any:
    return desk.window.talk._turner.aside


def free(desk: PlanDesk, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: shown(desk) is None, timeout=10_000)
    settle()


def test_it_is_undone_and_done_again_beside_the_window(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gate(monkeypatch, history, "undo")
    desk.window.menu.undo.trigger()
    card = shown(desk).card
    assert card.isVisible()
    assert card.bar.accessibleName() == "Undoing “Import 8 plan tasks from plan_view.csv”…"
    desk.window.menu.undo.trigger()  # one at a time
    held.opened.set()
    free(desk, qtbot)
    assert held.thread != threading.get_ident()
    assert tasks(desk) == 0
    assert not desk.window.timeline.model.bars
    assert "Undone: " in desk.window.toast.sentence
    desk.window.menu.redo.trigger()
    free(desk, qtbot)
    assert tasks(desk) == 8
    assert len(desk.window.timeline.model.bars) == 8


def test_who_stops_it_keeps_everything(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = gate(monkeypatch, writing, "commit")
    before = journal.last_seq(desk.house.store.source)
    desk.window.menu.undo.trigger()
    assert held.reached.wait(10)
    shown(desk).card.reject()
    held.opened.set()
    free(desk, qtbot)
    assert desk.window.sentences.sentence == "It was stopped. Nothing was changed."
    assert tasks(desk) == 8
    assert journal.last_seq(desk.house.store.source) == before


def test_a_store_that_is_locked_refuses_and_keeps_all(
    desk: PlanDesk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    with desk.house.store.locked():
        desk.window.menu.undo.trigger()
        free(desk, qtbot)
    assert "locked" in desk.window.sentences.sentence
    assert tasks(desk) == 8


def test_a_small_step_is_undone_at_once(desk: PlanDesk) -> None:
    desk.house.do(StartTimer("Small"))
    desk.window.menu.undo.trigger()
    assert isinstance(desk.house.performed[-1], Undo)
    assert shown(desk) is None
    assert tasks(desk) == 8
