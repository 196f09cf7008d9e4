"""The page that asks what becomes of what waits before somebody signs out."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from toggl_desktop.domain.accounts import Leave, Waiting
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.text import label

_INDENT: Final = SIZE.icon + 2 + SPACE.small
"""Where the words of a choice begin: beside its ring, as the style sheet draws it."""


class LeavePage(QWidget):
    """Says what waits, and asks what becomes of it; to keep it is the answer already chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = label("", wraps=True, parent=self)
        self._group = QButtonGroup(self)
        self.buttons: dict[Leave, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addWidget(self._waiting)
        for choice, words, hint in self._choices():
            button = QRadioButton(words, self)
            button.setAccessibleDescription(hint)
            self._group.addButton(button)
            self.buttons[choice] = button
            below = label(hint, role="caption", wraps=True, parent=self)
            below.setContentsMargins(_INDENT, 0, 0, 0)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(button)
            pair.addWidget(below)
            column.addLayout(pair)
        column.addStretch(1)

    def _choices(self) -> tuple[tuple[Leave, str, str], ...]:
        return (
            (
                Leave.KEEP,
                self.tr("Keep it on this computer"),
                self.tr("It is sent when you sign in here again. Nothing is lost."),
            ),
            (
                Leave.SYNC,
                self.tr("Sync now"),
                self.tr("Sends it first; you stay signed in and see what is left."),
            ),
            (
                Leave.EXPORT,
                self.tr("Export it…"),
                self.tr("Saves everything to a file first; you stay signed in."),
            ),
            (
                Leave.DELETE,
                self.tr("Delete everything on this computer…"),
                self.tr("This profile goes for good, what Toggl does not have too. Asks again."),
            ),
        )

    def show_waiting(self, waiting: Waiting) -> None:
        """Says what waits; the safe answer is chosen anew."""
        sentence = self.tr("{count} waiting to send. What becomes of it?")
        if waiting.held:
            sentence = self.tr("{count} waiting to send, {held} of them need you first. What now?")
        self._waiting.setText(sentence.format(count=waiting.unsent, held=waiting.held))
        self.buttons[Leave.KEEP].setChecked(True)

    def take_keyboard(self) -> None:
        """Puts the keyboard on the answer that is chosen; the arrows choose another."""
        self.buttons[self.choice].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def choice(self) -> Leave:
        """What was chosen."""
        return next(one for one, button in self.buttons.items() if button.isChecked())

    @property
    def sentence(self) -> str:
        """What waits, as it is being said."""
        return self._waiting.text()
