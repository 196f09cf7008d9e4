"""A task's notes; they grow with their text and are kept in the form they came in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.domain.plan.notes import is_rich, plain_notes, with_text
from toggl_desktop.ui.plan.editor.edit import Edit
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

_LEAST_LINES = 3
_MOST_LINES = 14


class _Text(QPlainTextEdit):
    """Plain text that is handed up when the keyboard leaves it, or on Ctrl+Enter.

    Signals:
        finished(): What was typed is to be taken.
    """

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().blockCountChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self.document().blockCount(), _LEAST_LINES), _MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2 * SPACE.small)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class Notes(QWidget):
    """The notes' field.

    Signals:
        edited(Edit): They are to be others.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = ""
        self.text = _Text(self)
        self.text.setAccessibleName(self.tr("Notes"))
        self.text.setPlaceholderText(self.tr("Notes"))
        about = self.tr("Formatted text, shown plain. What you do not change keeps its form.")
        self.about = label(about, role="caption", wraps=True, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.hair)
        whole.addWidget(self.text)
        whole.addWidget(self.about)
        self.setFocusProxy(self.text)
        self.text.finished.connect(self.take)

    def show_notes(self, notes: str) -> None:
        """Shows notes, unless a person is typing others."""
        was, self._notes = plain_notes(self._notes), notes
        self.about.setVisible(is_rich(notes))
        plain = plain_notes(notes)
        is_typing = self.text.hasFocus() and self.text.toPlainText() != was
        if not is_typing and self.text.toPlainText() != plain:
            self.text.setPlainText(plain)

    def take(self) -> None:
        """Hands up what was typed, if it is something else."""
        text = self.text.toPlainText()
        if text != plain_notes(self._notes):
            self.edited.emit(Edit.of(notes=with_text(self._notes, text)))
