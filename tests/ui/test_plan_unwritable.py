"""A store that cannot be written: every gesture ends in a sentence, nothing is shown as done."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.support import plans
from tests.ui import plan_hands
from tests.ui.conftest import House, settle
from tests.ui.plan_desk import TODAY, PlanDesk, plan_desk
from toggl_desktop.domain.plan.entities import PlanTask
from toggl_desktop.store import tables, writing
from toggl_desktop.store.failures import DiskFullError

pytestmark = pytest.mark.ui
KEY, LEFT, NONE = Qt.Key, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FULL = "The disk is full. Nothing was changed. Free some space and repeat."


def _refuse(*_arguments: object) -> int:
    raise DiskFullError(FULL)


@contextmanager
def unwritable(house: House, *, full: bool) -> Iterator[None]:
    """A file that may only be read, or a disk without room for another step."""
    house.store.place.ballast.unlink(missing_ok=True)
    with house.store.locked() as connection:
        connection.execute(f"PRAGMA query_only = {'OFF' if full else 'ON'}")
    with pytest.MonkeyPatch.context() as patch:
        if full:
            patch.setattr(writing, "commit", _refuse)
        yield
    with house.store.locked() as connection:
        connection.execute("PRAGMA query_only = OFF")


@pytest.fixture
def desk(house: House) -> Iterator[PlanDesk]:
    with plan_desk(house, plans.small()) as made:
        made.view.setFocus()
        yield made


def rows(house: House) -> list[PlanTask]:
    return tables.load(house.store.source, PlanTask, "ORDER BY lid")


def drag(desk: PlanDesk, start: QPoint, way: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(desk.surface, LEFT, held, start)
    for part in (0.3, 0.7, 1.0):
        plan_hands.PlanDesk.move_to(desk, start + way * part, held)
    QTest.mouseRelease(desk.surface, LEFT, held, start + way)
    settle()


def choose(desk: PlanDesk, lid: str) -> None:
    desk.view.set_selection([lid])
    desk.view.set_focus_bar(lid, desk.view.chart.lanes.of(desk.view.bar(lid))[0].key)


def gestures(desk: PlanDesk):
    """Everything that changes a plan by hand or by key."""
    keys = {
        "by a day": (KEY.Key_Right, ALT),
        "longer": (KEY.Key_Right, ALT | SHIFT),
        "to another lane": (KEY.Key_Down, CTRL | ALT),
        "done": (KEY.Key_X, NONE),
        "copied": (KEY.Key_D, CTRL),
        "unscheduled": (KEY.Key_U, SHIFT),
        "deleted": (KEY.Key_Delete, NONE),
    }
    for name, (key, held) in keys.items():
        yield name, lambda key=key, held=held: (choose(desk, "orders"), desk.key(key, held))
    middle = desk.middle("orders")
    right = QPoint(desk.view.rect_of("orders").right() - 2, middle.y())
    yield "dragged", lambda: drag(desk, middle, QPoint(90, 0))
    yield "resized", lambda: drag(desk, right, QPoint(90, 0))
    yield "copied by hand", lambda: drag(desk, middle, QPoint(90, 0), CTRL)
    yield "undone", lambda: QTest.keyClick(desk.window, KEY.Key_Z, CTRL)


@pytest.mark.parametrize("full", [False, True])
def test_every_gesture_ends_in_a_sentence_and_nothing_is_shown_as_done(
    desk: PlanDesk, house: House, full: bool
) -> None:
    window = desk.window
    before, shown = rows(house), {bar.lid: bar for bar in window.timeline.model.bars}
    with unwritable(house, full=full):
        for name, do in gestures(desk):
            window.sentences.silence()
            do()
            settle()
            assert "Nothing was changed" in window.sentences.sentence, name
            assert window.toast.isHidden(), f"{name}: told as done"
            assert rows(house) == before, name
            assert {bar.lid: bar for bar in window.timeline.model.bars} == shown, name
            assert not desk.view.drafts, name
        assert "Nothing can be saved at the moment" in window.status.words
    choose(desk, "orders")
    desk.key(KEY.Key_Right, ALT)
    assert window.toast.sentence.startswith("Moved")
    assert "Saved here" in window.status.words
    assert not window.sentences.sentence
    room = window.pages.height() - window.toast.geometry().bottom()
    assert 0 < room < 30, "where it is told as ever, though the sentence made room meanwhile"


def test_a_name_that_was_typed_is_kept_with_the_reason(desk: PlanDesk, house: House) -> None:
    name = desk.window.outfit.editing.maker.name
    choose(desk, "launch")
    desk.key(KEY.Key_N)
    with unwritable(house, full=False):
        QTest.keyClicks(name.field, "Party")
        QTest.keyClick(name.field, KEY.Key_Return)
        settle()
        assert name.is_open
        assert name.field.text() == "Party"
        assert "Nothing was changed" in name.about.text()
        assert "Nothing can be saved" in desk.window.status.words
    QTest.keyClick(name.field, KEY.Key_Return)
    settle()
    assert "Party" in [task.name for task in rows(house)]


def test_a_milestone_and_a_field_of_the_panel_keep_what_was_typed(
    desk: PlanDesk, house: House
) -> None:
    editing = desk.window.outfit.editing
    choose(desk, "launch")
    desk.key(KEY.Key_Return)
    panel = editing.side.task
    with unwritable(house, full=False):
        panel.name.selectAll()
        QTest.keyClicks(panel.name, "Launch party")
        QTest.keyClick(panel.name, KEY.Key_Return)
        settle()
        assert panel.name.text() == "Launch party"
        assert "Nothing was changed" in panel.note.text()
        editing.milestones.ask_for_name(TODAY + 20)
        QTest.keyClicks(editing.milestones.name.field, "Gala")
        QTest.keyClick(editing.milestones.name.field, KEY.Key_Return)
        settle()
        assert editing.milestones.name.field.text() == "Gala"
        assert "Gala" not in [row.name for row in desk.window.timeline.model.plan.milestones]
