"""What a person's hands do in the timer window, said shortly."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import settle
from toggl_desktop.ui.timer.editor import EntryEditor
from toggl_desktop.ui.timer.view import EntryView
from toggl_desktop.ui.timer.window import TimerWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Heard(QObject):
    """Writes down what a signal said."""

    def __init__(self, signal: Any) -> None:
        super().__init__()
        self.all: list[object] = []
        signal.connect(self.hear)

    def hear(self, *said: object) -> None:
        self.all.append(said[0] if said else None)


def view_of(window: TimerWindow) -> EntryView:
    return window.entries.view


def titles(window: TimerWindow) -> list[str]:
    model = window.entries.model
    return [model.face(row).title for row in range(model.rowCount())]


def go_to(window: TimerWindow, lid: str) -> None:
    view_of(window).setFocus()
    window.entries.select(lid)


def edit(window: TimerWindow, lid: str) -> EntryEditor:
    go_to(window, lid)
    QTest.keyClick(view_of(window), KEY.Key_Return)
    editor = window.entries.editor
    assert isinstance(editor, EntryEditor)
    return editor


def put(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, KEY.Key_A, CTRL)
    QTest.keyClicks(field, text)


def enter(field: QWidget) -> None:
    QTest.keyClick(field, KEY.Key_Return)
    settle()
