"""Long work leaves the window its events, says how far it is, and can be stopped."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from toggl_desktop.ui.widgets import working
from toggl_desktop.ui.widgets.working import Ended, Working

pytestmark = pytest.mark.ui


class Work:
    """Some steps; what is done between them is counted."""

    def __init__(self, steps, fails=None):
        self.left, self.is_closed, self._fails = steps, False, fails
        self.total = steps

    def __call__(self):
        try:
            while self.left:
                self.left -= 1
                yield 1 - self.left / self.total
            if self._fails is not None:
                raise self._fails
        finally:
            self.is_closed = True
        return b"made"


@pytest.fixture
def window(qtbot, monkeypatch):
    monkeypatch.setattr(working, "_AT_ONCE", 0.0)
    monkeypatch.setattr(working, "_SLICE", 1e-9)  # one step a turn
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def begun(window, work, *failures):
    made, heard = Working("Export", "Drawing…", window, *failures), []
    made.ended.connect(heard.append)
    made.begin(work())
    return made, heard


def test_what_is_done_in_a_moment_shows_no_card(window, monkeypatch):
    monkeypatch.setattr(working, "_AT_ONCE", 60.0)
    made, heard = begun(window, Work(3))
    assert heard == [Ended(b"made")]
    assert made.card is None


def test_it_says_how_far_it_is_and_ends(window, qtbot):
    made, heard = begun(window, Work(50))
    assert made.card is not None
    assert made.card.bar.accessibleName() == "Drawing…"
    qtbot.waitUntil(lambda: made.card is None or made.card.bar.value() > 100)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Ended(b"made")]
    assert made.card is None


@pytest.mark.parametrize("how", ["button", "Esc"])
def test_it_is_stopped_where_it_is(window, qtbot, how):
    work = Work(100_000)
    made, heard = begun(window, work)
    qtbot.waitUntil(lambda: made.card.isVisible() and made.card.bar.value() >= 0)
    if how == "button":
        role = QDialogButtonBox.ButtonRole.RejectRole
        (cancel,) = [b for b in made.card.buttons.buttons()
                     if made.card.buttons.buttonRole(b) == role]  # fmt: skip
        cancel.click()
    else:
        QTest.keyClick(made.card, "\x1b")
    assert heard == [Ended()]
    assert work.is_closed
    assert work.left > 0
    assert made.card is None


def test_a_failure_it_may_have_is_handed_up(window, qtbot):
    error = ValueError("no room")
    made, heard = begun(window, Work(5, error), ValueError)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Ended(error=error)]
    assert made.card is None
