"""The first start: three ways to begin, offered in the window, never in its way."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from toggl_desktop.domain.commands import LoadSample
from toggl_desktop.domain.errors import KnownError
from toggl_desktop.store.read import beginning
from toggl_desktop.ui.context import Context
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SPACE
from toggl_desktop.ui.widgets.bars import announce
from toggl_desktop.ui.widgets.text import label

_COLUMN: Final = 168


class Welcome(QWidget):
    """Three choices while nothing was ever done; whoever simply begins has chosen the first.

    Signals:
        sign_in_requested(): An account is to be opened.
    """

    sign_in_requested = Signal()

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, can_sign_in: bool = False
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._can_sign_in = can_sign_in
        self._build()
        context.bridge.changed.connect(self._on_bridge_changed)

    def _build(self) -> None:
        card = QFrame(self)
        mark(card, kind="card")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.medium)
        grid.setVerticalSpacing(SPACE.small)
        grid.setColumnMinimumWidth(0, _COLUMN)
        grid.setColumnStretch(1, 1)
        self.here = self._choice(
            grid,
            self.tr("Use on this computer"),
            self.tr("No account. Nothing leaves this computer."),
            self._on_here_clicked,
        )
        mark(self.here, kind="primary")
        self.sign_in = self._choice(
            grid,
            self.tr("Sign in to Toggl…"),
            self.tr("Keeps in step with Toggl Track."),
            self._on_sign_in_clicked,
        )
        self.sample = self._choice(
            grid,
            self.tr("Load sample data"),
            self.tr("Two weeks of work to look around in. One click removes it."),
            self._on_sample_clicked,
        )
        self.sentence = label("", role="body", wraps=True, parent=card)
        self.sentence.hide()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE.large, SPACE.medium, SPACE.large, SPACE.medium)
        inside.setSpacing(SPACE.medium)
        inside.addWidget(label(self.tr("How do you want to begin?"), role="emphasis", parent=card))
        inside.addLayout(grid)
        inside.addWidget(self.sentence)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.small, 0, SPACE.small, SPACE.small)
        whole.addWidget(card)

    def _choice(
        self, grid: QGridLayout, words: str, about: str, slot: Callable[[], None]
    ) -> QPushButton:
        row = grid.rowCount()
        button = QPushButton(words, self)
        button.setAccessibleDescription(about)
        button.clicked.connect(slot)
        hint = label(about, role="caption", wraps=True, parent=self)
        grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(hint, row, 1, Qt.AlignmentFlag.AlignVCenter)
        return button

    def is_wanted(self) -> bool:
        """Tells whether there is still something to choose."""
        if self._context.preferences.now.welcomed:
            return False
        try:
            return beginning.is_untouched(self._context.source)
        except KnownError:
            return False

    def _end(self) -> None:
        """Goes for good; what cannot be remembered is offered again another time."""
        self.hide()
        try:
            self._context.preferences.choose("welcomed", value=True)
        except KnownError as error:
            self._say(error.sentence)

    def _say(self, sentence: str) -> None:
        self.show()
        self.sentence.setText(sentence)
        self.sentence.show()
        announce(self, sentence)

    def _on_here_clicked(self) -> None:
        self._end()

    def _on_sign_in_clicked(self) -> None:
        if self._can_sign_in:
            self._end()
            self.sign_in_requested.emit()
        else:
            self._say(
                self.tr(
                    "Signing in is not part of this version yet. Begin on this computer: "
                    "what you record stays, and can join an account later."
                )
            )

    def _on_sample_clicked(self) -> None:
        outcome = self._context.perform(LoadSample())
        if outcome.error is not None:
            self._say(outcome.error.sentence)
        else:
            self._end()

    def _on_bridge_changed(self, _changes: object) -> None:
        if self.isVisible() and not self.is_wanted():
            self._end()
