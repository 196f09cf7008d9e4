"""The running clock: what it says, what a press does, and how little a tick paints."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tests.ui.conftest import House, open_window, settle
from tests.ui.hands import KEY, LEFT, enter, put
from toggl_desktop.ui.timer.window import TimerWindow

pytestmark = pytest.mark.ui


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("8.30", "08:30"),
        ("830", "08:30"),
        ("8:30", "08:30"),
        ("8:30am", "08:30"),
        ("1:30pm", "13:30"),
        ("-15m", "13:47"),
        ("45m", "13:17"),
        ("1h30m", "12:32"),
    ],
)
def test_a_press_on_the_clock_changes_start_or_length(
    house: House, window: TimerWindow, typed: str, start: str
) -> None:
    lid = house.start("Design", "13:20")
    open_window(window)
    QTest.mouseClick(window.running.clock, LEFT)
    field = window.running.details.start_field
    assert field.isVisible()
    assert field.hasFocus()
    put(field, typed)
    enter(field)
    assert house.row(lid).start == house.at(start)
    assert not window.running.details.is_open


def test_the_clock_works_by_key_and_says_what_it_is(house: House, window: TimerWindow) -> None:
    house.start("Design", "13:20")
    open_window(window)
    clock = window.running.clock
    assert clock.accessibleName() == "Elapsed: 42 minutes. Change the start"
    clock.setFocus()
    QTest.keyClick(clock, KEY.Key_Space)
    assert window.running.details.start_field.isVisible()


def test_a_refused_start_keeps_what_was_typed(house: House, window: TimerWindow) -> None:
    lid = house.start("Design", "13:20")
    open_window(window)
    window.running.clock.click()
    field = window.running.details.start_field
    put(field, "soonish")
    enter(field)
    assert field.text() == "soonish"
    assert "not a time" in window.bar.sentence
    assert house.row(lid).start == house.at("13:20")


class Painted(QObject):
    """Writes down what is painted of some widgets."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.rects: dict[QWidget, list[QRect]] = {widget: [] for widget in watched}
        for widget in watched:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and watched in self.rects:
            self.rects[watched].append(event.rect())  # type: ignore[index]
        return False


def test_a_tick_paints_only_figures_that_changed(house: House, window: TimerWindow) -> None:
    house.start("Design", "13:20")
    house.entry("Stand-up", "09:00", "09:30")
    open_window(window)
    settle()
    clock, surface = window.running.clock, window.entries.view.viewport()
    painted = Painted(clock, surface, window.running, window.status)
    house.clock.advance(1)
    window._ticker.ticked.emit()
    settle()
    assert clock.text() == "0:42:01"
    (rect,) = painted.rects[clock]
    assert rect.width() < clock.width() / 3
    assert painted.rects[surface] == []  # the day's total changes by the minute
    assert painted.rects[window.running] == []
    assert painted.rects[window.status] == []
    house.clock.advance(59)
    window._ticker.ticked.emit()
    settle()
    assert clock.text() == "0:43:00"
    assert len(painted.rects[surface]) == 1
