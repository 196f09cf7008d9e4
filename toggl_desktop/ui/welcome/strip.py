"""The strip above sample data: it says what is looked at, and takes it away with one click."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from toggl_desktop.domain.commands import RemoveSample
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.read import beginning
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.text import label


class SampleStrip(QWidget):
    """Visible while there is sample data."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        card = QFrame(self)
        mark(card, kind="card")
        self.sentence = label(
            self.tr("This is sample data."), role="body", elided=True, parent=card
        )
        self.button = QPushButton(self.tr("Remove sample data"), card)
        mark(self.button, kind="quiet")
        self.button.clicked.connect(self._on_button_clicked)
        line = QHBoxLayout(card)
        line.setContentsMargins(SPACE.medium, SPACE.hair, SPACE.hair, SPACE.hair)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.small, 0, SPACE.small, SPACE.small)
        whole.addWidget(card)
        context.bridge.changed.connect(self._on_bridge_changed)
        self.refresh()

    def refresh(self) -> None:
        """Shows itself where there is sample data."""
        try:
            shows = beginning.has_sample(self._context.source)
        except KnownError:
            shows = False
        if not shows and self.button.hasFocus():
            self.button.clearFocus()  # Qt would hand it on to a field and select its text
        self.setVisible(shows)

    def _on_button_clicked(self) -> None:
        outcome = self._context.perform(RemoveSample())
        if outcome.error is not None:
            self.sentence.setText(outcome.error.sentence)
        elif outcome.changes is not None and outcome.changes.notice:
            self.sentence.setText(outcome.changes.notice)
        self.refresh()

    def _on_bridge_changed(self, _changes: object) -> None:
        self.refresh()
