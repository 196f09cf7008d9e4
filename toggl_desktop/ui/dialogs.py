"""Dialogs without a loop of their own: a nested one would lose the program's tasks (C3)."""

import asyncio
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QMessageBox,
    QPushButton,
    QWidget,
)

from toggl_desktop.ui.widgets.text import menu_text, plain

D = TypeVar("D", bound=QDialog)


class _Answer(QObject):
    """Carries a dialog's result into a future."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        dialog.finished.connect(self._on_dialog_finished)

    def _on_dialog_finished(self, result: int) -> None:
        if not self.future.done():
            self.future.set_result(result)


async def ask(dialog: QDialog) -> int:
    """Shows a dialog and returns its result when it is closed; the program goes on meanwhile."""
    answer = _Answer(dialog)
    dialog.open()
    try:
        return await answer.future
    finally:
        dialog.close()


def question(
    parent: QWidget | None, title: str, sentence: str, choices: tuple[str, ...], default: int = 0
) -> QMessageBox:
    """Returns a box that asks one question; `chosen` tells which button closed it.

    Args:
        parent: The window it belongs to.
        title: The window's title.
        sentence: The question; shown as plain text.
        choices: The buttons' verbs, the first is leftmost; the last one is taken by Esc.
        default: Which choice Enter takes.
    """
    box = QMessageBox(parent)
    box.setWindowTitle(menu_text(title))
    box.setText(plain(sentence))
    for place, choice in enumerate(choices):
        last = place == len(choices) - 1
        role = QMessageBox.ButtonRole.RejectRole if last else QMessageBox.ButtonRole.AcceptRole
        button = QPushButton(menu_text(choice), box)
        box.addButton(button, role)
        if place == default:
            box.setDefaultButton(button)
        if last:
            box.setEscapeButton(button)
    return box


def with_memory(box: QMessageBox, words: str) -> QCheckBox:
    """Gives a `question` a box to tick, such as “Remember my choice”; returns it."""
    tick = QCheckBox(menu_text(words), box)
    box.setCheckBox(tick)
    return tick


def chosen(box: QMessageBox, choices: tuple[str, ...]) -> int:
    """Returns the place of the button that closed a `question`; the last when it was closed."""
    clicked: QAbstractButton | None = box.clickedButton()
    for place, choice in enumerate(choices):
        if clicked is not None and clicked.text() == menu_text(choice):
            return place
    return len(choices) - 1
