"""What the program has to say, said in the window: sentences, questions, and what was just done."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from toggl_desktop.ui.theme.assets import icon
from toggl_desktop.ui.theme.stylesheet import mark
from toggl_desktop.ui.theme.tokens import SIZE, SPACE
from toggl_desktop.ui.widgets.lingering import Lingering
from toggl_desktop.ui.widgets.state import IconMark
from toggl_desktop.ui.widgets.text import label, menu_text

_TOAST_MILLISECONDS: Final = 7000
_ICONS: Final = {"problem": "problem", "question": "info", "notice": "info"}
_TONES: Final = {"problem": "problem", "question": "accent", "notice": "second"}
_BUTTON_LIMIT: Final = 40


def announce(widget: QWidget, text: str) -> None:
    """Says something to a screen reader, where one listens."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class SentenceBar(QWidget):
    """A sentence that stays until it is answered or closed; hidden while there is none.

    Signals:
        chosen(int): The place of the choice that was pressed; -1 when it was closed.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = ""
        self._buttons: list[QPushButton] = []
        self._build_children()
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        self.hide()

    def _build_children(self) -> None:
        card = QFrame(self)
        mark(card, kind="card")
        self._icon = IconMark(parent=card)
        self._sentence = label(role="body", wraps=True, parent=card)
        self._copy = QPushButton(self.tr("Copy"), card)
        mark(self._copy, kind="quiet")
        self._close = QToolButton(card)
        self._close.setIcon(icon("close", "second"))
        self._close.setIconSize(QSize(SIZE.icon, SIZE.icon))
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close"))
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(SPACE.small)
        self._answers.addStretch(1)
        self._answers.addWidget(self._copy)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE.medium, SPACE.small, SPACE.small, SPACE.small)
        inner.setSpacing(SPACE.hair)
        inner.addLayout(line)
        inner.addLayout(self._answers)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE.small, 0, SPACE.small, SPACE.small)
        whole.addWidget(card)

    @property
    def sentence(self) -> str:
        """What is being said; empty when nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers that are offered."""
        return tuple(button.text() for button in self._buttons)

    def say(
        self,
        kind: str,
        sentence: str,
        choices: Sequence[str] = (),
        details: str = "",
        *,
        takes_keyboard: bool = False,
    ) -> None:
        """Says a sentence, in place of any other.

        Args:
            kind: `problem`, `question` or `notice`.
            sentence: The sentence.
            choices: Answers, the best one first.
            details: What Copy copies, if it is more than the sentence.
            takes_keyboard: Whether the first answer gets the keyboard.
        """
        self._details = details or sentence
        self._icon.show_icon(_ICONS[kind], _TONES[kind])
        self._sentence.setText(sentence)
        self._copy.setVisible(kind == "problem")
        self._set_choices(choices)
        self.show()
        announce(self, sentence)
        if takes_keyboard and self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def silence(self) -> None:
        """Takes the sentence away without an answer."""
        self.hide()
        self._set_choices(())

    def answer(self, place: int) -> None:
        """Answers as a button would: -1 closes."""
        self.silence()
        self.chosen.emit(place)

    def _set_choices(self, choices: Sequence[str]) -> None:
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, choice in enumerate(choices):
            button = QPushButton(menu_text(choice, _BUTTON_LIMIT), self)
            button.setProperty("place", place)
            if place == 0:
                mark(button, kind="primary")
            button.clicked.connect(self._on_choice_clicked)
            self._answers.addWidget(button)
            self._buttons.append(button)

    def _on_choice_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.answer(int(sender.property("place")))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details)

    def _on_close_clicked(self) -> None:
        self.answer(-1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.answer(-1)
            return
        super().keyPressEvent(event)


class Toast(Lingering):
    """Says what was just done, with the way back, and goes by itself when nobody points at it.

    Signals:
        pressed(): The way back was taken.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _TOAST_MILLISECONDS, "toggl-toast")
        self._room = parent
        mark(self, kind="card")
        self._sentence = label(role="body", elided=True, parent=self)
        self._action = QPushButton(self)
        mark(self._action, kind="quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(SPACE.medium, SPACE.hair, SPACE.hair, SPACE.hair)
        line.setSpacing(SPACE.small)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._action)
        self.hold_while_on(self._action)
        self._action.clicked.connect(self._on_action_clicked)
        parent.installEventFilter(self)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is being said; empty when nothing is."""
        return "" if self.isHidden() else self._sentence.text()

    def say(self, sentence: str, action: str = "") -> None:
        """Says something for a few seconds; `action` names the way back."""
        self._sentence.setText(sentence)
        self._action.setText(menu_text(action))
        self._action.setVisible(bool(action))
        self.show()  # lays out what is around it, which may have just lost a sentence
        self._place()
        self.raise_()
        self.linger()
        announce(self, sentence)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._room and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._room.rect()
        wanted = self.sizeHint()
        text = self._sentence.fontMetrics().horizontalAdvance(self._sentence.text())
        width = text + self._action.sizeHint().width() * self._action.isVisibleTo(self)
        width = min(width + SPACE.huge, room.width() - 2 * SPACE.large)
        left = (room.width() - width) // 2
        self.setGeometry(
            left, room.height() - wanted.height() - SPACE.medium, width, wanted.height()
        )

    def _on_action_clicked(self) -> None:
        self.hide()
        self.pressed.emit()
