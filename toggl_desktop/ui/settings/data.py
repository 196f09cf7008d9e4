"""Where the data lies, and how to be rid of it: of the sample, or of everything."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from toggl_desktop.domain.commands import RemoveSample
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.domain.folding import fold
from toggl_desktop.store.read import beginning
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label

_WIDTH: Final = 440
_LIST_HEIGHT: Final = 132


class Belongings(NamedTuple):
    """What is kept of a profile.

    Attributes:
        place: The directory.
        backups: The directory of the backups.
        parts: Returns all that would be removed, as a person may read it.
    """

    place: str
    backups: str
    parts: Callable[[], Sequence[str]]


class DataPage(QWidget):
    """Says where things are; removes the sample at once, everything only after typing a word.

    Signals:
        erase_requested(): All data is to be deleted for good, and the program to end.
    """

    erase_requested = Signal()

    def __init__(
        self, context: Context, belongings: Belongings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._belongings = belongings
        self._dialog: EraseDialog | None = None
        lines = (
            self.tr("Your data is in {place}").format(place=belongings.place),
            self.tr("Backups are in {place}").format(place=belongings.backups),
        )
        self.sample = QPushButton(self.tr("Remove sample data"), self)
        self.erase = QPushButton(self.tr("Delete all my data…"), self)
        mark(self.erase, kind="danger")
        self._words = fold(" ".join([*lines, self.sample.text(), self.erase.text()]))
        self.sample.clicked.connect(self._on_sample_clicked)
        self.erase.clicked.connect(self._on_erase_clicked)
        self._sentence = label("", role="caption", wraps=True, parent=self)
        self._sentence.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE.small)
        buttons.addWidget(self.sample)
        buttons.addWidget(self.erase)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE.large)
        column.setSpacing(SPACE.small)
        for line in lines:
            column.addWidget(label(line, role="caption", wraps=True, parent=self))
        column.addLayout(buttons)
        column.addWidget(self._sentence)
        context.bridge.changed.connect(self._on_bridge_changed)
        self._refresh()

    def narrow(self, words: list[str]) -> bool:
        """Shows itself if it has all the words; tells whether it does."""
        fits = all(word in self._words for word in words)
        self.setVisible(fits)
        return fits

    def _refresh(self) -> None:
        try:
            self.sample.setVisible(beginning.has_sample(self._context.source))
        except KnownError:
            self.sample.hide()

    def _on_sample_clicked(self) -> None:
        outcome = self._context.perform(RemoveSample())
        notice = "" if outcome.changes is None else outcome.changes.notice or ""
        sentence = outcome.error.sentence if outcome.error is not None else notice
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._refresh()

    def _on_erase_clicked(self) -> None:
        self._dialog = EraseDialog(self._belongings.parts(), self.window())
        self._dialog.accepted.connect(self._on_dialog_accepted)
        self._dialog.open()

    def _on_dialog_accepted(self) -> None:
        self.erase_requested.emit()

    def _on_bridge_changed(self, _changes: object) -> None:
        self._refresh()


class EraseDialog(QDialog):
    """Lists what goes, and lets it go only when the word has been typed."""

    def __init__(self, parts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Delete all my data"))
        self.setMinimumWidth(_WIDTH)
        self._word = self.tr("delete")
        self.list = QPlainTextEdit(self)
        self.list.setReadOnly(True)
        self.list.setPlainText("\n".join(parts))
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(self.tr("What will be deleted"))
        self.field = QLineEdit(self)
        asks = self.tr("Type “{word}” to delete it for good.").format(word=self._word)
        self.field.setAccessibleName(asks)
        self.field.setPlaceholderText(self._word)
        self.button = QPushButton(self.tr("Delete everything and quit"), self)
        mark(self.button, kind="danger")
        self.button.setEnabled(False)
        self.button.setAutoDefault(False)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setDefault(True)
        self.field.textChanged.connect(self._on_field_text_changed)
        self.button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        column.setSpacing(SPACE.medium)
        first = self.tr(
            "Everything that is kept here is deleted, backups included. Nothing brings it back."
        )
        column.addWidget(label(first, wraps=True, parent=self))
        column.addWidget(self.list)
        column.addWidget(label(asks, wraps=True, parent=self))
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.field.setFocus()

    def _on_field_text_changed(self, text: str) -> None:
        self.button.setEnabled(fold(text.strip()) == fold(self._word))
